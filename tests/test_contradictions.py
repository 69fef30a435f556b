"""Declared counts held against the whole graph, and passages that do not fit together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.places import Run
from yangfan.assembly.builder import GraphBuilder
from yangfan.assembly.inference import infer
from yangfan.core.model import Attributes, Claim, Described, Document, Line, Mention, Reading, Source, Span

if TYPE_CHECKING:
    import networkx as nx

PLAN = Mention("Plan", "海州市海洋产业行动计划", "海政发〔2024〕3号")
PRESS = Source("某报", "https://example.org/press", "2024-05-01", "final_media")


def reading(text: str, *claims: tuple[str, Mention], described: tuple[Described, ...] = (), key: str = "a") -> Reading:
    """Give a reading of one sentence that says all these edges of the plan."""
    document = Document(key, f"{key}.md", text, (Line(0, len(text)),))
    span = (Span(0, len(text)),)
    return Reading(document, PLAN, tuple(Claim(PLAN, relation, mention, span, "test") for relation, mention in claims), described)


def built(*readings: Reading) -> GraphBuilder:
    builder = GraphBuilder()
    for one in readings:
        builder.add_reading(one)
    return builder


def concluded(builder: GraphBuilder) -> nx.MultiDiGraph[str]:
    infer(builder)
    return builder.finish()


def contradictions(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str]]:
    return [(data["attrs"]["yf:contradictionKind"], data["zh"]) for _, data in graph.nodes(data=True) if data["cls"] == "Contradiction"]


def bodies(count: int) -> list[tuple[str, Mention]]:
    names = ["海州市财政局", "海州市教育局", "海州市水务局", "海州市商务局"]
    return [("issuedBy", Mention("Organization", name)) for name in names[:count]]


def count(number: int, noun: str, text: str, *, holds: bool = False) -> tuple[tuple[str, Mention], Described]:
    mention = Mention("Declaration", text)
    return ("declares", mention), Described(mention, {"yf:count": number, "yf:noun": noun, "yf:holds": holds})


def node(graph: nx.MultiDiGraph[str], label: str) -> str:
    (found,) = [iri for iri, data in graph.nodes(data=True) if data["zh"] == label]
    return found


# declared counts


def test_a_count_holds_by_members_that_a_person_added() -> None:
    said, described = count(3, "部门", "3部门")
    builder = built(reading("海州市财政局等3部门印发。", said, *bodies(1), described=(described,)))
    plan = builder.plan_named(PLAN.label)
    for name in ("海州市教育局", "海州市水务局"):
        body = builder.node(Mention("Organization", name))
        builder.curate_edge(plan, "issuedBy", body, "overlay.test", PRESS)
    graph = concluded(builder)
    declared = node(graph, "3部门")
    assert graph.nodes[declared]["attrs"]["yf:holds"] is True
    assert len(graph.nodes[declared]["attrs"]["yf:memberLabel"]) == 3
    members = {(graph.nodes[o]["zh"], r) for _, o, r in graph.out_edges(declared, keys=True)}
    assert members == {("海州市财政局", "member"), ("海州市教育局", "member"), ("海州市水务局", "member")}
    (statement,) = graph.edges[declared, node(graph, "海州市教育局"), "member"]["statements"]
    assert (statement.basis, [used[1:] for used in statement.premises]) == ("inferred", [(plan, "issuedBy", node(graph, "海州市教育局"))])


def test_a_count_of_another_number_stays_open() -> None:
    said, described = count(3, "部门", "3部门")
    graph = concluded(built(reading("海州市财政局等3部门印发。", said, *bodies(2), described=(described,))))
    assert graph.nodes[node(graph, "3部门")]["attrs"]["yf:holds"] is False


def test_a_count_whose_sentence_names_none_of_them_counts_something_else() -> None:
    said, described = count(2, "部门", "2部门")
    builder = built(reading("加强2部门联动。", said, described=(described,)), reading("海州市财政局、海州市教育局印发。", *bodies(2), key="b"))
    graph = concluded(builder)
    assert graph.nodes[node(graph, "2部门")]["attrs"]["yf:holds"] is False


# contradictions


def test_two_counts_of_the_issuers_contradict_each_other_and_both_passages_are_shown() -> None:
    ten, ten_is = count(10, "部门", "10部门")
    nine, nine_is = count(9, "部委", "九部委")
    builder = built(
        reading("海州市财政局联合10部门印发。", ten, *bodies(1), described=(ten_is,)),
        reading("海州市财政局联合九部委印发。", nine, *bodies(1), described=(nine_is,), key="b"),
    )
    graph = concluded(builder)
    assert contradictions(graph) == [("counts", "10部门 / 九部委")]
    found = node(graph, "10部门 / 九部委")
    (statement,) = graph.edges[node(graph, PLAN.label), found, "hasContradiction"]["statements"]
    assert [graph.nodes[o]["zh"] for _, _, _, o in statement.premises] == ["10部门", "九部委"]
    assert {graph.nodes[o]["zh"] for _, o in graph.out_edges(found)} == {"10部门", "九部委"}


def test_the_same_count_twice_is_no_contradiction() -> None:
    one, one_is = count(10, "部门", "10部门")
    two, two_is = count(10, "部委", "十部委")
    builder = built(reading("海州市财政局联合10部门、十部委印发。", one, two, *bodies(1), described=(one_is, two_is)))
    assert contradictions(concluded(builder)) == []


def targets(*given: tuple[str, Attributes], key: str = "a") -> Reading:
    indicator = Mention("Indicator", "海水淡化规模")
    text = "".join(f"海水淡化规模{label}。" for label, _ in given)
    claims = [Claim(PLAN, "hasIndicator", indicator, (Span(0, len(text)),), "test")]
    described = []
    for label, attrs in given:
        target = Mention("Target", f"海水淡化规模{label}")
        claims += [
            Claim(indicator, "hasTarget", target, (Span(0, len(text)),), "test"),
            Claim(target, "setBy", PLAN, (Span(0, len(text)),), "test"),
        ]
        described.append(Described(target, attrs))
    return Reading(Document(key, f"{key}.md", text, (Line(0, len(text)),)), PLAN, tuple(claims), tuple(described))


def floor(value: int, year: int, **more: str) -> Attributes:
    return {"yf:comparator": ">=", "yf:value": Decimal(value), "yf:year": year, "yf:unitText": "万吨", **{f"yf:{k}": v for k, v in more.items()}}


def test_two_documents_that_give_one_target_two_values_contradict_each_other() -> None:
    graph = concluded(built(targets(("≥30", floor(30, 2026))), targets(("≥40", floor(40, 2026)), key="b")))
    assert [kind for kind, _ in contradictions(graph)] == ["values"]


@pytest.mark.parametrize(
    "other",
    [
        floor(40, 2026, unitText="吨/日"),
        floor(40, 2026, perUnit="年均"),
        floor(40, 2027),
        floor(30, 2026),
    ],
)
def test_targets_that_something_tells_apart_do_not_contradict_each_other(other: Attributes) -> None:
    graph = concluded(built(targets(("≥30", floor(30, 2026))), targets(("另", other), key="b")))
    assert contradictions(graph) == []


def test_two_values_in_one_document_are_of_different_things_until_it_says_otherwise() -> None:
    assert contradictions(concluded(built(targets(("≥30", floor(30, 2026)), ("≥40", floor(40, 2026)))))) == []


def test_a_later_floor_below_an_earlier_one_is_a_contradiction() -> None:
    graph = concluded(built(targets(("≥40", floor(40, 2026)), ("≥30", floor(30, 2030)))))
    assert [kind for kind, _ in contradictions(graph)] == ["years"]


def test_a_ceiling_that_falls_is_none() -> None:
    falling = [{**floor(40, 2026), "yf:comparator": "<="}, {**floor(30, 2030), "yf:comparator": "<="}]
    assert contradictions(concluded(built(targets(("≤40", falling[0]), ("≤30", falling[1]))))) == []


def test_one_name_in_two_spellings_in_two_documents_is_a_contradiction() -> None:
    builder = built(
        reading("重点推进智慧晒盐。", ("hasIndustry", Mention("Industry", "智慧晒盐"))),
        reading("重点推进智能晒盐。", ("hasIndustry", Mention("Industry", "智能晒盐")), key="b"),
    )
    assert contradictions(concluded(builder)) == [("names", "智慧晒盐 / 智能晒盐")]


def test_two_names_that_one_document_uses_side_by_side_are_two_things() -> None:
    text = "重点推进智慧晒盐、智慧晒烟。"
    builder = built(
        reading(text, ("hasIndustry", Mention("Industry", "智慧晒盐")), ("hasIndustry", Mention("Industry", "智慧晒烟"))),
        reading("重点推进智慧晒烟。", ("hasIndustry", Mention("Industry", "智慧晒烟")), key="b"),
    )
    assert contradictions(concluded(builder)) == []


def test_the_seed_counts_ten_departments_and_nine(seed_graph: nx.MultiDiGraph[str]) -> None:
    held = {data["zh"]: data["attrs"]["yf:holds"] for _, data in seed_graph.nodes(data=True) if data["cls"] == "Declaration"}
    assert held["10部门"] is True
    assert held["9部门"] is False
    assert ("counts", "10部门 / 9部门") in contradictions(seed_graph)


def test_contradictions_are_a_named_question(run: Run) -> None:
    done = run("query", "--name", "contradictions", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert "10部门" in done.stdout
    assert "联合中央网信办、国家发展和改革委等9部门" in done.stdout
