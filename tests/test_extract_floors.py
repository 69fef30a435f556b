from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import floors
from tests.floors import below, groups, measure, read_floors
from yangfan.core.schema import load_schema
from yangfan.quality.evaluate import Found, Row, _objects, compare, read_gold


def test_no_relation_falls_below_its_floor_on_our_own_documents() -> None:
    assert below(measure("own"), read_floors()["own"]) == []


def test_no_relation_falls_below_its_floor_on_the_annotated_corpus() -> None:
    if "corpus" not in groups():
        pytest.skip("the corpus is not here (YANGFAN_CORPUS)")
    assert below(measure("corpus"), read_floors()["corpus"]) == []


def test_a_score_below_its_floor_is_told() -> None:
    pinned = {"hasTask": {"precision": 0.9, "recall": 0.9, "f1": 0.9}}
    assert below({"hasTask": {"precision": 0.95, "recall": 0.8, "f1": 0.9}}, pinned) == [
        "hasTask recall: 0.8 is below 0.9"
    ]
    assert len(below({}, pinned)) == 3


def test_floors_go_down_only_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.json"
    pinned = {"own": {"hasTask": {"precision": 1.0, "recall": 1.0, "f1": 1.1}}}
    path.write_text(json.dumps({"floors": pinned}), encoding="utf-8")
    monkeypatch.setattr(floors, "FLOORS", path)
    monkeypatch.setattr(floors, "CORPUS", tmp_path / "none")
    assert any("hasTask f1" in line for line in floors.update())
    assert json.loads(path.read_text(encoding="utf-8"))["floors"] == pinned
    assert floors.update("the annotation was wrong") == []
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["floors"]["own"]["hasTask"]["f1"] < 1.1
    assert kept["lowered"][0]["reason"] == "the annotation was wrong"


def test_every_relation_of_the_ontology_can_be_scored(tmp_path: Path) -> None:
    relations = load_schema().relations.items()
    rows = [f"甲 = 5 家 2027\t{relation.scored_as}\t= 5 家 2027" for name, relation in relations if name != "declares"]
    gold = tmp_path / "all.tsv"
    gold.write_text("\n".join(rows) + "\n", encoding="utf-8")
    _, read = read_gold(gold)
    assert len(read) == len(rows)


def test_what_a_file_is_not_annotated_for_is_neither_right_nor_wrong() -> None:
    found = Found(frozenset(["甲"]), "dueBy", frozenset(["2025年底前"]), "", "")
    assert "dueBy" not in compare([], [found])
    assert compare([], [found], also=frozenset(["dueBy"]))["dueBy"].wrong == [found]


def test_what_is_said_of_a_measure_may_be_written_of_its_task_and_counts_once(tmp_path: Path) -> None:
    gold = tmp_path / "one.tsv"
    gold.write_text("建设平台\tdueBy\t2025年底前\n", encoding="utf-8")
    task, due = frozenset(["建设平台"]), frozenset(["2025年底前"])
    two = [Found(frozenset([name]), "dueBy", due, "", "", task) for name in ("出台办法", "建立台账")]
    other = Found(frozenset(["印发清单"]), "dueBy", due, "", "", frozenset(["培育企业"]))
    score = compare(read_gold(gold)[1], [*two, other])["dueBy"]
    assert (score.right, score.missed, score.wrong) == (1, [], [other])


def test_a_declared_count_may_be_written_in_several_ways_each_with_its_members() -> None:
    one = _objects("declares", "三大工程|3大工程: 乙;甲;丙")
    each = _objects("declares", "三大工程: 甲;乙;丙|3大工程: 甲;乙;丙")
    assert one == each == {"三大工程:丙;乙;甲", "3大工程:丙;乙;甲"}
    assert _objects("declares", "三大工程: 甲|三大工程: 甲工程") == {"三大工程:甲", "三大工程:甲工程"}


def test_a_unit_that_is_written_in_two_ways_is_one() -> None:
    assert _objects("target", "<= 7 日 -") == _objects("target", "<= 7 天 -") == {"<= 7 天 -"}
    assert _objects("target", "= 7 亿元 -") == {"= 7 亿元 -"}


def test_the_instrument_of_a_provision_may_be_written_of_its_task_alone() -> None:
    gold = Row(frozenset(["壮大企业"]), "usesInstrument", frozenset(["财政补助"]), "", 1)

    def given(instrument: str) -> Found:
        return Found(frozenset(["给予5万元补助"]), "usesInstrument", frozenset([instrument]), "", "", frozenset(["壮大企业"]))

    score = compare([gold], [given("财政补助")])["usesInstrument"]
    assert (score.right, score.wrong, score.missed) == (1, [], [])
    assert compare([gold], [given("财政奖励")])["usesInstrument"].wrong == [given("财政奖励")]
