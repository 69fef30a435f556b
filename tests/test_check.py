"""`check` finds what was tampered with: shapes, statements, quotes, declared counts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import SH, Graph, Literal

from tests.places import Run
from yangfan.core.errors import QueryError
from yangfan.core.namespaces import ONTOLOGY
from yangfan.quality.check import check_exports


@pytest.fixture
def copy(tmp_path: Path, seed_exports: Path) -> Path:
    shutil.copytree(seed_exports, tmp_path / "exports")
    return tmp_path / "exports"


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def found(folder: Path) -> set[str]:
    """What is found besides that a file is not the one that was built, which is found of every change."""
    checks = {finding.check for finding in check_exports(folder)}
    assert "files" in checks
    return checks - {"files"}


def test_untouched_exports_are_clean(copy: Path) -> None:
    assert check_exports(copy) == []


def test_an_edge_without_a_statement_is_found(copy: Path) -> None:
    edit(copy / "graph.ttl", lambda t: t.replace("yf:inDomain domain:实体经济", "yf:inDomain domain:民生服务", 1))
    findings = check_exports(copy)
    assert any("no statement for" in f.message for f in findings)
    assert any("a statement about no edge" in f.message for f in findings)


def test_a_moved_quote_is_found(copy: Path) -> None:
    edit(copy / "evidence.ttl", lambda t: t.replace("oa:start 2", "oa:start 3", 1))
    assert "quotes" in found(copy)


def test_a_changed_text_is_found(copy: Path) -> None:
    (text,) = (copy / "texts").glob("*.txt")
    edit(text, lambda t: t.replace("智慧医疗", "智慧医院", 1))
    assert found(copy) >= {"quotes", "texts"}


def test_a_missing_text_is_found(copy: Path) -> None:
    (text,) = (copy / "texts").glob("*.txt")
    text.unlink()
    assert "quotes" in found(copy)


def test_a_count_that_does_not_hold_is_found(copy: Path) -> None:
    edit(copy / "graph.ttl", lambda t: t.replace("yf:count 8 ", "yf:count 9 ", 1))
    assert "declarations" in found(copy)


def test_a_node_without_a_chinese_label_is_found(copy: Path) -> None:
    def drop(text: str) -> str:
        start = text.index("industry:智慧医疗 a ")
        return text[:start] + text[start:].replace('skos:prefLabel "智慧医疗"@zh , ', "skos:prefLabel ", 1)

    edit(copy / "graph.ttl", drop)
    assert "shapes" in found(copy)


def test_a_target_with_an_unknown_comparator_is_found(copy: Path) -> None:
    edit(copy / "graph.ttl", lambda t: t.replace('yf:comparator ">"', 'yf:comparator "roughly"', 1))
    assert "shapes" in found(copy)


def test_a_falsified_target_is_found(copy: Path) -> None:
    edit(copy / "graph.ttl", lambda t: t.replace("yf:value 3000.0", "yf:value 9000.0").replace('"3000"', '"9000"'))
    assert "targets" in found(copy)


def test_a_stated_edge_that_quotes_something_else_is_found(copy: Path) -> None:
    def swap(text: str) -> str:
        # The statement that 智慧城市 is an industry of the plan now quotes the safeguards.
        start = text.index("rdf:object industry:智慧城市")
        head, tail = text[:start], text[start:]
        other = text[text.index("rdf:object safeguard:做好监测评估") :]
        passages = other[other.index("prov:wasDerivedFrom ") :].split(" .\n")[0]
        mine = tail[tail.index("prov:wasDerivedFrom ") :].split(" .\n")[0]
        return head + tail.replace(mine, passages, 1)

    edit(copy / "evidence.ttl", swap)
    assert any("is not named in what it quotes" in f.message for f in check_exports(copy))


def test_pyshacl_agrees_that_the_seed_conforms(seed_exports: Path) -> None:
    data = Graph().parse(seed_exports / "graph.ttl").parse(seed_exports / "evidence.ttl")
    conforms, _, text = validate(data, shacl_graph=Graph().parse(ONTOLOGY / "shapes.ttl"))
    assert conforms, text


def test_broken_turtle_and_missing_files_are_told_apart_from_faults(copy: Path) -> None:
    (copy / "graph.ttl").write_text("@prefix : <x> . :a :b", encoding="utf-8")
    with pytest.raises(QueryError, match=r"graph\.ttl:1: no valid Turtle"):
        check_exports(copy)
    (copy / "graph.ttl").unlink()
    with pytest.raises(QueryError, match=r"graph\.ttl: cannot read this file: No such file"):
        check_exports(copy)


def test_the_verb_prints_a_list_and_exits_with_one(copy: Path, run: Run) -> None:
    edit(copy / "graph.ttl", lambda t: t.replace("yf:count 8 ", "yf:count 9 ", 1))
    done = run("check", copy)
    assert done.returncode == 1
    assert "declarations: " in done.stdout
    assert "Traceback" not in done.stderr


def test_the_verb_says_that_all_is_well(seed_exports: Path, run: Run) -> None:
    done = run("check", seed_exports)
    assert (done.returncode, done.stderr) == (0, "")
    assert "are right" in done.stdout


def test_the_verb_gives_its_findings_as_json(copy: Path, run: Run) -> None:
    good = run("check", copy, "--format", "json")
    assert (good.returncode, json.loads(good.stdout)) == (0, {"folder": str(copy), "faults": 0, "findings": []})
    edit(copy / "graph.ttl", lambda t: t.replace("yf:count 8 ", "yf:count 9 ", 1))
    done = run("check", copy, "--format", "json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["faults"]) == (1, len(told["findings"]))
    assert {"files", "declarations"} <= {finding["check"] for finding in told["findings"]}


def test_the_verb_gives_the_validation_report_in_turtle(copy: Path, run: Run) -> None:
    good = run("check", copy, "--format", "ttl")
    assert good.returncode == 0
    assert (None, SH.conforms, Literal(True)) in Graph().parse(data=good.stdout)
    edit(copy / "graph.ttl", lambda t: t.replace('yf:comparator ">"', 'yf:comparator "roughly"', 1))
    done = run("check", copy, "--format", "ttl")
    assert done.returncode == 1
    report = Graph().parse(data=done.stdout)
    assert (None, SH.conforms, Literal(False)) in report
    assert "target" in str(next(report.objects(None, SH.focusNode)))


@pytest.mark.parametrize(
    ("name", "quote", "named"),
    [
        ("小学学生人数", "小学、初中学生人数分别达到2000人和1000人", True),
        ("锌综合利用率", "锌、锡综合利用率分别达到70%和60%", True),
        ("锌综合利用率", "锌矿产量增长。综合利用率不限", False),
        ("小学学生人数", "小学，乡镇中心校。初中学生人数达到1000人", False),
        ("小学学生人数", "小学食堂改造。学生人数不限", False),
        ("小学学生人数", "小学阶段学生人数增加", False),
        ("海洋生产总值占比", "海洋生产总值达到900亿元，占比15%", True),
        ("海洋生产总值占比", "海洋生产总值达到900亿元，渔业占比15%", False),
        ("海洋生产总值占比", "海洋生产总值达到900亿元。占比15%", False),
    ],
)
def test_a_name_whose_end_a_list_shares_is_named(name: str, quote: str, named: bool) -> None:
    from yangfan.assembly.unproven import _in_parts

    assert _in_parts(name, quote) is named
