"""From a name to its node: every kind of name, ambiguity, nearness, search."""

from __future__ import annotations

import pytest

from graph.errors import AmbiguousName, NameNotFound
from graph.lookup import Names, fold
from graph.namespaces import BASE
from graph.query import names_of
from graph.query_nodes import Nodes
from graph.query_store import from_networkx
from tests.samples import sample_graph

MEDICINE = f"{BASE}industry/智慧医疗"
NAMES = names_of(Nodes(from_networkx(sample_graph())))


@pytest.mark.parametrize(
    "name",
    [
        "智慧医疗",
        "智能医疗",
        " 智慧 医疗 ",
        "“智慧医疗”",
        MEDICINE,
        f"<{MEDICINE}>",
        "industry/智慧医疗",
        "/industry/智慧医疗",
    ],
)
def test_a_node_is_found_by_any_of_its_names(name: str) -> None:
    assert NAMES.resolve(name) == MEDICINE


def test_a_plan_is_found_by_title_number_and_short_form() -> None:
    found = {NAMES.resolve(n) for n in ("《５ｇ应用“远帆”行动计划（2021-2023年）》", "工信部联〔2021〕7号", "远帆计划")}
    assert len(found) == 1


def test_a_name_of_several_nodes_lists_them_each_with_a_form_that_is_unique() -> None:
    with pytest.raises(AmbiguousName) as caught:
        NAMES.resolve("信息消费")
    assert "信息消费 (industry/信息消费)" in str(caught.value)
    assert "信息消费 (domain/信息消费)" in str(caught.value)
    assert NAMES.resolve("industry/信息消费") != NAMES.resolve("domain/信息消费")


@pytest.mark.parametrize("name", ["智慧医料", "zhihuiyiliao", "慧医"])
def test_an_unknown_name_tells_the_nearest(name: str) -> None:
    with pytest.raises(NameNotFound, match=r"nearest: .*智慧医疗"):
        NAMES.resolve(name)


def test_a_name_that_resembles_nothing_says_only_that() -> None:
    with pytest.raises(NameNotFound, match=r"^no node is named ☂☂☂$"):
        NAMES.resolve("☂☂☂")


def test_search_puts_the_best_fit_first() -> None:
    names = Names(
        [("a:1", "智慧医疗平台", "label"), ("a:2", "智慧医疗", "label"), ("a:3", "新智慧医疗", "label")], "a:"
    )
    assert [hit.iri for hit in names.search("智慧医疗")] == ["a:2", "a:1", "a:3"]
    assert [hit.iri for hit in names.search("zhyl")] == ["a:2", "a:1", "a:3"]
    assert names.search("") == []
    assert names.search("xyz") == []


def test_folding_forgets_width_case_space_and_quotation_marks() -> None:
    assert fold("《５Ｇ Apps》") == fold("5g apps") == "5gapps"
