"""A statement that its quote does not prove is left out with a warning; the rest of its plan stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from yangfan import pipeline
from yangfan.assembly.assemble import assemble
from yangfan.assembly.builder import GraphBuilder
from yangfan.assembly.records import GraphRecords, edges_of
from yangfan.assembly.unproven import unproven
from yangfan.cli.main import cli
from yangfan.core.model import Document, Reading, Span
from yangfan.core.vocabulary import Vocabulary, load_vocabulary
from yangfan.corpus import read
from yangfan.extract import extract
from yangfan.formats.load import load_graph
from yangfan.quality.check import check_exports
from yangfan.readers.read import read_bytes

TEXT = """# 海州市渔港建设行动方案（2026—2028年）

一、主要目标

到2028年，渔港泊位达到600个，渔船更新率达到80%。

二、重点任务

（一）建设渔港。新建东湾渔港。（市海洋局牵头）

（二）更新渔船。淘汰老旧渔船。（市交通局牵头）
"""
OTHER = TEXT.replace("海州市渔港", "江州市粮库").replace("渔港", "粮库")


def reading(text: str = TEXT) -> Reading:
    return extract(read_bytes(text.encode(), "a.md", ".md"), load_vocabulary())


def misquoting(found: Reading, relation: str, word: str) -> Reading:
    """A reading whose statements of a relation to what a word names quote the last line, and beside it the title."""
    title, last = Span(0, found.document.text.index("\n")), Span(found.document.text.index("（二）更新渔船"), len(found.document.text))
    wrong = [claim for claim in found.claims if claim.relation == relation and word in claim.object.label]
    assert wrong
    return replace(found, claims=tuple(claim._replace(spans=(last, title)) if claim in wrong else claim for claim in found.claims))


def graph_without(found: Reading) -> tuple[GraphRecords, list[str]]:
    left = {one.statement.iri: one.remark for one in unproven(GraphRecords(assemble([found])[0]))}
    return GraphRecords(assemble([found], without=left)[0]), list(left.values())


def edges(records: GraphRecords) -> set[tuple[str, str, str]]:
    labels = {node.iri: node.zh for node, _ in records.entries()}
    return {(labels[edge.subject], edge.relation, labels[edge.object]) for edge in edges_of(records)}


@pytest.fixture
def misread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read with one statement, of who leads the first task, that quotes another line."""

    def misreads(document: Document, vocabulary: Vocabulary) -> Reading:
        return misquoting(extract(document, vocabulary), "ledBy", "海洋局")

    monkeypatch.setattr(pipeline, "extract", misreads)
    monkeypatch.setattr(read, "extract", misreads)


def test_what_every_quote_proves_is_whole() -> None:
    assert list(unproven(GraphRecords(assemble([reading()])[0]))) == []


def test_the_statement_alone_is_left_out_and_told() -> None:
    whole = edges(GraphRecords(assemble([reading()])[0]))
    without, remarks = graph_without(misquoting(reading(), "ledBy", "海洋局"))
    assert whole - edges(without) == {("建设渔港", "ledBy", "海州市海洋局")}
    assert edges(without) <= whole
    (remark,) = remarks
    assert remark.startswith("建设渔港 ledBy 海州市海洋局 is left out: its quote does not name ")


def test_an_indicator_that_nothing_leads_to_goes_with_its_targets() -> None:
    without, _ = graph_without(misquoting(reading(), "hasIndicator", "渔港泊位"))
    assert not any("渔港泊位" in end for edge in edges(without) for end in edge)
    assert any(relation == "hasTarget" for _, relation, _ in edges(without)), "the other indicator keeps its target"


def test_a_task_that_nothing_leads_to_goes_with_its_bodies() -> None:
    without, _ = graph_without(misquoting(reading(), "hasTask", "建设渔港"))
    told = edges(without)
    assert not any("建设渔港" in edge or "海州市海洋局" in edge for edge in told)
    assert ("更新渔船", "ledBy", "海州市交通局") in told


def test_a_statement_that_another_one_says_as_well_takes_no_edge_along() -> None:
    found = reading()
    (claim,) = [claim for claim in found.claims if claim.relation == "ledBy" and "海洋局" in claim.object.label]
    last = Span(found.document.text.index("（二）更新渔船"), len(found.document.text))
    twice = replace(found, claims=(*found.claims, claim._replace(spans=(last,))))
    without, remarks = graph_without(twice)
    assert len(remarks) == 1
    assert edges(without) == edges(GraphRecords(assemble([found])[0]))


def test_one_document_is_built_without_it_and_told_of(misread: None, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    built = pipeline.build([path], tmp_path / "out", strict=False)
    assert built.findings == []
    (warning,) = [said for said in built.report["warnings"]["a.md"] if "is left out" in said]
    assert warning.startswith("建设渔港 ledBy 海州市海洋局 is left out: its quote does not name ")
    assert check_exports(tmp_path / "out") == []
    labels = {node["zh"] for _, node in load_graph(tmp_path / "out").nodes(data=True)}
    assert "海州市交通局" in labels
    assert "海州市海洋局" not in labels


def test_of_a_folder_the_plan_stays_and_is_told_of_again(misread: None, tmp_path: Path) -> None:
    for name, text in (("a.md", TEXT), ("b.md", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / "a.md", tmp_path / "b.md"]
    for out in ("first", "second"):
        built = pipeline.build(paths, tmp_path / out, strict=False, cache=tmp_path / "cache")
        assert built.findings == []
        assert built.report["rejected"] == {}
        assert [sum("is left out" in said for said in built.report["warnings"][name]) for name in ("a.md", "b.md")] == [1, 1]
        assert check_exports(tmp_path / out) == []


def test_a_strict_build_writes_nothing_and_says_which(misread: None, tmp_path: Path) -> None:
    for name, text in (("a.md", TEXT), ("b.md", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for sources in (["a.md"], ["a.md", "b.md"]):
        named = [str(tmp_path / name) for name in sources]
        result = CliRunner().invoke(cli, ["build", *named, "--out", str(tmp_path / "out"), "--strict", "--no-cache"])
        assert result.exit_code == 1
        assert "a.md" in result.stderr
        assert not (tmp_path / "out").exists()
    result = CliRunner().invoke(cli, ["build", str(tmp_path / "a.md"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert "is left out: its quote does not name" in result.stderr


def test_a_cluster_leaves_it_out_as_well() -> None:
    from yangfan.spark.take import Group, take
    from yangfan.spark.wire import unpack

    found = misquoting(reading(), "ledBy", "海洋局")
    assert found.plan is not None
    taken = take(Group(GraphBuilder().iri(found.plan), (), (found,), {}))
    assert taken.fault == ""
    ((name, remark),) = [unpack(record.data) for record in taken.records if record.kind == "left"]
    assert name == "a.md"
    assert "is left out" in remark
    assert any(record.kind == "nodes" for record in taken.records)
