"""Overlays are checked on load: a fault is one line with the file and the line number."""

from __future__ import annotations

from pathlib import Path

import pytest

from yangfan.assembly.builder import GraphBuilder
from yangfan.assembly.overlay import Overlay
from yangfan.core.errors import OverlayError
from yangfan.core.model import Claim, Document, Line, Mention, Reading, Span

HEAD = """\
plan: 甲发〔2024〕1号
sources:
  a: {title: 甲, url: "https://example.org/a", date: 2024-01-02, status: final_text}
"""
BOMB = "a: &a [1,1,1,1,1,1,1,1]\n" + "".join(f"b{i}: &a{'b' * (i + 1)} [{','.join(['*a' + 'b' * i] * 8)}]\n" for i in range(8))
TEXT = "《甲行动计划》设置能耗强度指标，实施节能行动，面向钢铁行业。"


def load(tmp_path: Path, text: str) -> Overlay:
    path = tmp_path / "a.overlay.yaml"
    path.write_text(text, encoding="utf-8")
    return Overlay(path)


@pytest.fixture
def builder() -> GraphBuilder:
    result = GraphBuilder()
    plan = Mention("Plan", "甲行动计划", "甲发〔2024〕1号")
    document = Document("a-1", "a.md", TEXT, (Line(0, len(TEXT)),), {"title": "甲"})
    span = (Span(0, len(TEXT)),)
    claims = (
        Claim(plan, "hasIndicator", Mention("Indicator", "能耗强度"), span, "test"),
        Claim(plan, "hasAction", Mention("Action", "节能行动"), span, "test"),
        Claim(plan, "hasIndustry", Mention("Industry", "钢铁行业"), span, "test"),
    )
    result.add_reading(Reading(document, plan, claims, ()))
    return result


def test_a_target_enters_the_graph_as_curated_with_its_source(tmp_path: Path, builder: GraphBuilder) -> None:
    overlay = load(
        tmp_path, HEAD + 'targets:\n  - {indicator: 能耗强度, comparator: "<=", value: 13.5, unit: "%", year: 2026, source: a}\n'
    )
    assert overlay.apply(builder)
    graph = builder.finish()
    ((_, target, data),) = [(s, o, d) for s, o, r, d in graph.edges(keys=True, data=True) if r == "hasTarget"]
    (statement,) = data["statements"]
    assert (statement.basis, statement.source.url) == ("curated", "https://example.org/a")
    assert graph.nodes[target]["zh"] == "能耗强度 ≤ 13.5%（2026年）"


def test_an_alias_is_kept_with_the_statement_behind_it(tmp_path: Path, builder: GraphBuilder) -> None:
    overlay = load(tmp_path, HEAD + "aliases:\n  - {class: Action, name: 节能行动, alias: 重点节能行动, source: a}\n")
    overlay.apply(builder)
    graph = builder.finish()
    node = next(data for _, data in graph.nodes(data=True) if data["cls"] == "Action")
    assert ("zh", "重点节能行动") in node["alt"]
    assert [(said.relation, said.value) for said in node["curated"]] == [("skos:altLabel", "重点节能行动")]


def test_an_overlay_of_another_plan_adds_nothing(tmp_path: Path, builder: GraphBuilder) -> None:
    overlay = load(tmp_path, HEAD.replace("〔2024〕1号", "〔2030〕9号") + "issuers:\n  - {name: 教育部, source: a}\n")
    before = builder.finish().number_of_edges()
    assert overlay.apply(builder) is False
    assert builder.finish().number_of_edges() == before


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("plan: [\n", 2, "expected node content"),
        ("- a\n", 1, "an overlay is a mapping"),
        ("sources: {}\n", 1, "plan is missing"),
        ("plan: x\n", 1, "sources is missing"),
        (HEAD + "colour: red\n", 1, "unknown key 'colour'"),
        (HEAD.replace("2024-01-02", "2024-13-02"), 3, "bad date 2024-13-02"),
        (HEAD.replace("2024-01-02", "soon"), 3, "bad date soon"),
        (HEAD.replace("https://example.org/a", "example.org"), 3, "no web address"),
        (HEAD.replace("https://example.org/a", "http://[::1"), 3, "no web address"),
        (HEAD.replace("final_text", "rumour"), 3, "unknown status rumour"),
        (HEAD + "issuers:\n  - {name: 教育部}\n", 5, "source is missing"),
        (HEAD + "issuers:\n  - {name: 教育部, source: b}\n", 5, "unknown source b"),
        (HEAD + "issuers: 教育部\n", 1, "issuers is no list"),
        (HEAD + "edges: &e [*e]\n", 4, "nests too deeply"),
        (HEAD + "edges: " + "[" * 60 + "]" * 60 + "\n", 4, "nests too deeply"),
        (HEAD + BOMB, 4, "too many values"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(OverlayError, match=message) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'a.overlay.yaml'}:{line}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("targets:\n  - {indicator: 没有, comparator: '>', value: 1, unit: '%', year: 2026, source: a}", "unknown node: Indicator 没有"),
        ("targets:\n  - {indicator: 能耗强度, comparator: '~~', value: 1, unit: '%', year: 2026, source: a}", "unknown comparator"),
        ("targets:\n  - {indicator: 能耗强度, comparator: '>', value: x, unit: '%', year: 2026, source: a}", "value is no number"),
        ("targets:\n  - {indicator: 能耗强度, comparator: '>', value: 1e999999999, unit: '%', year: 2026, source: a}", "value is no number"),
        ("targets:\n  - {indicator: 能耗强度, comparator: '>', value: .nan, unit: '%', year: 2026, source: a}", "value is no number"),
        ("targets:\n  - {indicator: 能耗强度, comparator: '>', value: 1, unit: '%', year: 26, source: a}", "bad year"),
        ("edges:\n  - {subject: plan, relation: likes, object: {Action: 节能行动}, source: a}", "no relation likes"),
        ("edges:\n  - {subject: {Action: 节能行动}, relation: issuedBy, object: plan, source: a}", "issuedBy does not go"),
        ("edges:\n  - {subject: 节能行动, relation: hasTask, object: plan, source: a}", "subject is written"),
        ("aliases:\n  - {class: Dragon, name: 龙, alias: 蛟, source: a}", "no class Dragon"),
        ("attributes:\n  - {property: dcterms:issued, value: 2024-02-31, source: a}", "bad date"),
        ("attributes:\n  - {property: yf:secret, value: x, source: a}", "no attribute that an overlay may set"),
    ],
)
def test_a_fault_against_the_graph_is_told_with_its_line(
    tmp_path: Path, builder: GraphBuilder, entry: str, message: str
) -> None:
    overlay = load(tmp_path, f"{HEAD}{entry}\n")
    with pytest.raises(OverlayError, match=message) as caught:
        overlay.apply(builder)
    assert f"{tmp_path / 'a.overlay.yaml'}:5: " in str(caught.value)
