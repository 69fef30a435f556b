"""The assembler refuses what does not belong in a graph."""

from __future__ import annotations

import re

import pytest

from yangfan.assembly.builder import GraphBuilder
from yangfan.core.errors import GraphError
from yangfan.core.iris import document_iri, document_key, slug, statement_iri
from yangfan.core.model import Claim, Document, Line, Mention, Reading, Span

TEXT = "《甲行动计划》实施乙工程。"
DOCUMENT = Document("a-1", "a.md", TEXT, (Line(0, len(TEXT)),), {"title": "甲"})
PLAN = Mention("Plan", "甲行动计划", "甲发〔2024〕1号")
SAID = ("test", document_iri(DOCUMENT.key), (Span(0, 5),))


@pytest.fixture
def builder() -> GraphBuilder:
    result = GraphBuilder()
    result.source_document(DOCUMENT)
    return result


def test_a_shared_thing_is_one_node_whatever_it_is_called(builder: GraphBuilder) -> None:
    assert builder.node(Mention("Organization", "工信部")) == builder.node(Mention("Organization", "工业和信息化部"))


def test_a_name_that_was_resolved_stays_as_another_name(builder: GraphBuilder) -> None:
    iri = builder.node(Mention("Organization", "工信部"))
    assert ("zh", "工信部") in builder.finish().nodes[iri]["alt"]


def test_things_of_two_plans_stay_apart(builder: GraphBuilder) -> None:
    one = builder.node(Mention("Plan", "甲行动计划"))
    other = builder.node(Mention("Plan", "乙行动计划"))
    assert builder.node(Mention("Action", "标准化"), one) != builder.node(Mention("Action", "标准化"), other)


def test_a_plan_is_known_by_its_number_whatever_its_title_says(builder: GraphBuilder) -> None:
    first = builder.node(PLAN)
    again = builder.node(Mention("Plan", "甲行动计划（2024-2026年）", "甲发〔2024〕1号"))
    assert first == again
    assert ("zh", "甲行动计划（2024-2026年）") in builder.finish().nodes[first]["alt"]


def test_a_dangling_edge_is_refused(builder: GraphBuilder) -> None:
    plan = builder.node(PLAN)
    with pytest.raises(GraphError, match="dangling"):
        builder.state(plan, "hasProject", f"{plan}/project/乙", *SAID)


def test_a_relation_against_its_range_is_refused(builder: GraphBuilder) -> None:
    plan, body = builder.node(PLAN), builder.node(Mention("Organization", "教育部"))
    with pytest.raises(GraphError, match="hasIndustry does not go from Plan to Organization"):
        builder.state(plan, "hasIndustry", body, *SAID)


def test_a_relation_against_its_domain_is_refused(builder: GraphBuilder) -> None:
    plan, body = builder.node(PLAN), builder.node(Mention("Organization", "教育部"))
    with pytest.raises(GraphError, match="issuedBy does not go from Organization"):
        builder.state(body, "issuedBy", plan, *SAID)


def test_an_unknown_relation_or_class_is_refused(builder: GraphBuilder) -> None:
    plan, body = builder.node(PLAN), builder.node(Mention("Organization", "教育部"))
    with pytest.raises(GraphError, match="no relation likes"):
        builder.state(plan, "likes", body, *SAID)
    with pytest.raises(GraphError, match="no class Dragon"):
        builder.node(Mention("Dragon", "龙"))


def test_an_edge_without_evidence_is_refused(builder: GraphBuilder) -> None:
    plan, body = builder.node(PLAN), builder.node(Mention("Organization", "教育部"))
    with pytest.raises(GraphError, match="says not where"):
        builder.state(plan, "issuedBy", body, "test", document_iri(DOCUMENT.key), ())
    with pytest.raises(GraphError, match="says not who"):
        builder.state(plan, "issuedBy", body, "", *SAID[1:])
    with pytest.raises(GraphError, match="would follow from hasGoal, which is no edge"):
        builder.conclude(plan, "issuedBy", body, "test", (plan, "hasGoal", body))


def test_a_loop_is_refused(builder: GraphBuilder) -> None:
    plan = builder.node(PLAN)
    task = builder.node(Mention("Task", "加强统筹"), plan)
    with pytest.raises(GraphError, match="to itself"):
        builder.state(task, "hasTask", task, *SAID)


def test_a_plan_scoped_thing_without_a_plan_is_refused(builder: GraphBuilder) -> None:
    with pytest.raises(GraphError, match="belongs to no plan"):
        builder.node(Mention("Task", "加强统筹"))


def test_the_same_statement_twice_is_one(builder: GraphBuilder) -> None:
    claim = Claim(PLAN, "hasProject", Mention("Project", "乙工程"), (Span(0, 13),), "test")
    builder.add_reading(Reading(DOCUMENT, PLAN, (claim, claim), ()))
    graph = builder.finish()
    ((_, _, data),) = graph.edges(data=True)
    assert len(data["statements"]) == 1


def test_parallel_relations_between_two_nodes_stay_apart(builder: GraphBuilder) -> None:
    plan, body = builder.node(PLAN), builder.node(Mention("Organization", "教育部"))
    task = builder.node(Mention("Task", "加强统筹"), plan)
    builder.state(task, "ledBy", body, *SAID)
    builder.state(task, "responsibleBody", body, *SAID)
    assert set(builder.finish()[task][body]) == {"ledBy", "responsibleBody"}


def test_adding_a_document_renames_nothing() -> None:
    def nodes(*titles: str) -> set[str]:
        result = GraphBuilder()
        for title in titles:
            text = f"《{title}》实施乙工程。"
            document = Document(f"{title}-1", title, text, (Line(0, len(text)),), {"title": title})
            plan = Mention("Plan", title)
            claim = Claim(plan, "hasProject", Mention("Project", "乙工程"), (Span(0, len(text)),), "test")
            result.add_reading(Reading(document, plan, (claim,), ()))
        return set(result.finish())

    assert nodes("甲计划") < nodes("甲计划", "乙计划")
    assert nodes("甲计划", "乙计划") == nodes("乙计划", "甲计划")


def test_names_that_lose_something_keep_64_bits_and_documents_and_statements_128() -> None:
    assert re.fullmatch(r"数字-健康-[0-9a-f]{16}", slug("数字、健康"))
    assert re.fullmatch(r"数字-健康-[0-9a-f]{16}", slug("数字，健康"))
    assert slug("数字、健康") != slug("数字，健康")
    assert re.fullmatch(r"甲-[0-9a-f]{32}", document_key("甲", TEXT))
    assert re.fullmatch(r".*/statement/[0-9a-f]{32}", statement_iri("a", "b", "c", "d"))
    titles = [f"关于{mark}的意见{number}" for number in range(2000) for mark in ("、", "，", "；", "：", "？", "！", " ", "/")]
    assert len({slug(title) for title in titles}) == len(titles)
