"""What the network page reckons at build time: sizes of cards, what is folded, positions without overlaps, columns."""

from __future__ import annotations

import json
import random
import zlib
from base64 import b64decode
from typing import Any

import pytest

from benchmarks.generate import generate
from tests.page_sample import PLAN, labels_of, sample_graph
from yangfan.core.model import Statement
from yangfan.core.schema import load_schema
from yangfan.page import render_page
from yangfan.page.columns import drawn_edges, drawn_nodes
from yangfan.page.layout.board import sizes, structure
from yangfan.page.layout.domains import by_domain
from yangfan.page.layout.layouts import scenes
from yangfan.page.layout.measure import card, ems, wrap
from yangfan.page.layout.overview import communities, overview, quotient
from yangfan.page.layout.shape import shape_of
from yangfan.page.layout.themes import common_words, theme
from yangfan.page.layout.tree import tree
from yangfan.page.palette import class_colours, hues


def unpack(html: str, which: str) -> Any:
    packed = html.split(f'id="{which}">', 1)[1].split("</script>", 1)[0]
    return json.loads(zlib.decompress(b64decode(packed)))


def test_every_character_of_a_label_is_on_its_card() -> None:
    for text in (
        "智慧渔业",
        "5G应用标准体系构建及推广工程",
        "Project for promoting 5G",
        "国务院国有资产监督管理委员会",
        "",
    ):
        assert "".join(wrap(text, 11.5)).replace(" ", "") == text.replace(" ", "")


def test_words_and_numbers_are_not_broken_and_marks_stay_with_their_words() -> None:
    lines = wrap("形成海洋经济“远航”格局，并落实（2035年）远景目标纲要", 7)
    assert len(lines) > 3
    assert not any(line[0] in "”，）" or line[-1] in "“（" for line in lines)
    assert any("2035年" in line for line in lines)
    # A range, its 亿 and its unit stay together.
    told = [wrap(text, 5) for text in ("领军企业 8—10家以上", "工业产值 > 1500亿元以上")]
    assert told == [["领军企业", "8—10家", "以上"], ["工业产值", "> 1500亿元", "以上"]]
    assert all(line.split() for line in wrap("Supercalifragilistic words", 5))


def test_a_card_grows_with_its_text_and_never_holds_a_longer_line() -> None:
    rng = random.Random(7)
    for _ in range(200):
        text = "".join(rng.choice("智慧医疗5G+ab（）、“”W i") for _ in range(rng.randint(1, 60)))
        assert max(map(ems, wrap(text, 11.5))) * 13 <= card(text, "zh").width


def test_details_fold_into_the_task_that_holds_them() -> None:
    graph = sample_graph()
    shape = shape_of(graph)
    zh = labels_of(graph)
    folded = {zh[node]: zh[parent] for node, parent in shape.fold.items()}
    assert folded["建设近海浮标网"] == "感知网络构建"
    assert folded["近海5G覆盖率超过85%"] == "近海5G覆盖率"
    assert folded["3大专项行动"] == PLAN
    assert "感知网络构建" not in folded


def test_tasks_that_hold_each_other_are_not_both_folded_away() -> None:
    graph = sample_graph()
    measures = list(labels_of(graph, "Measure"))[:2]
    for a, b in (measures, measures[::-1]):
        graph.add_edge(a, b, key="hasTask", statements=())
    fold = shape_of(graph).fold
    # Something stays folded, one of the two at most into the other.
    assert len(fold) > 5
    assert sum(fold.get(a) == b for a, b in (measures, measures[::-1])) < 2
    for node in fold:
        seen = {node}
        while node in fold:
            node = fold[node]
            assert node not in seen
            seen.add(node)


@pytest.mark.parametrize("make", [structure, by_domain, tree])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("count", [0, 400, 1000])
def test_no_two_cards_overlap_in_any_layout(make: Any, language: str, count: int) -> None:
    graph = generate(count) if count else sample_graph()
    shape = shape_of(graph)
    size = sizes(graph, language)
    piece = make(graph, shape, size)
    assert sorted(node for node, _, _ in piece.places) == sorted(shape.first)
    boxes = sorted((x - size(n)[0] / 2, y - size(n)[1] / 2, *size(n)) for n, x, y in piece.places)
    for position, (x, y, width, height) in enumerate(boxes):
        assert x >= -0.5
        assert y >= -0.5
        assert x + width <= piece.width + 0.5
        assert y + height <= piece.height + 0.5
        for ox, oy, _, oheight in boxes[position + 1 :]:
            if ox >= x + width:
                break
            assert oy >= y + height or y >= oy + oheight


def test_the_plan_stands_at_the_head_of_the_first_view() -> None:
    graph = sample_graph()
    piece = structure(graph, shape_of(graph), sizes(graph, "zh"))
    plan = next(iter(labels_of(graph, "Plan")))
    width, height = sizes(graph, "zh")(plan)
    assert [(x, y) for node, x, y in piece.places if node == plan] == [(width / 2, height / 2)]


def test_what_no_relation_joins_to_a_single_plan_stands_on_its_board() -> None:
    graph = sample_graph()
    graph.add_node("https://example.org/alone", cls="Indicator", zh="渔港吞吐量", en="", alt=(), attrs={})
    size = sizes(graph, "zh")
    for make in (structure, by_domain):
        blocks = [name for name, _ in make(graph, shape_of(graph), size).regions]
        assert "indicators" in blocks
        assert len(blocks) == len(set(blocks))


def test_how_a_class_looks_is_written_in_the_ontology_alone() -> None:
    schema = load_schema()
    packed = unpack(render_page(sample_graph()), "graph-data")["classes"]
    assert {name: (colour, mark) for name, *_, colour, mark in packed} == {
        name: (schema.classes[name].colour, schema.classes[name].mark) for name, *_ in packed
    }
    seen = [(cls.colour, cls.mark) for cls in schema.classes.values() if cls.mark != "circle hollow"]
    assert len(seen) == len(set(seen))
    assert {cls.colour for cls in schema.classes.values()} <= set(hues())
    assert len({class_colours()[name] for name, *_ in packed}) == len(packed)


def test_parallel_edges_are_kept_apart_with_their_bases() -> None:
    graph = sample_graph()
    edges = drawn_edges(graph)
    assert len(edges) == graph.number_of_edges()
    pairs = [(edge["from"], edge["to"]) for edge in edges]
    assert len(set(pairs)) < len(pairs)
    assert {edge["bases"] for edge in edges} == {1, 2, 4}


def test_the_columns_give_back_every_iri_label_and_edge() -> None:
    graph = generate(400)
    data = unpack(render_page(graph), "graph-data")
    nodes = data["nodes"]
    plan = at = 0
    for position, node in enumerate(graph):
        plan += nodes["plan"][position]
        at += nodes["fold"][position]
        tail = f"{data['classes'][nodes['cls'][position]][4]}/{nodes['zh'][position]}"
        given = nodes["iri"][position]
        owner = graph.nodes[node].get("plan")
        assert node == (data["base"] + (tail if given == 0 else given) if given != 1 else f"{owner}/{tail}")
        assert (list(graph)[plan] if plan >= 0 else None) == (owner or None)
    subject, found = 0, []
    for step, target, relation in zip(data["edges"]["from"], data["edges"]["to"], data["edges"]["rel"], strict=True):
        subject += step
        found.append((list(graph)[subject], list(graph)[target], data["relations"][relation][0]))
    assert found == list(graph.edges(keys=True))


def test_the_evidence_gives_back_every_quote() -> None:
    graph = sample_graph()
    proof = unpack(render_page(graph), "evidence-data")
    text = proof["documents"][0]["text"]
    start, spans = 0, []
    for steps in proof["passages"]:
        start += steps[0]
        spans.append(text[start : start + steps[1]])
    said: list[Statement] = [s for *_, data in graph.edges(keys=True, data=True) for s in data["statements"]]
    assert len(proof["at"]) == len(said) == sum(proof["counts"])
    for statement, at in zip(said, proof["at"], strict=True):
        if statement.spans:
            first = statement.spans[0]
            assert spans[at] == text[first.start : first.end]
    assert len(spans) < len(said) / 2


def test_a_large_graph_has_a_scene_for_each_plan_and_a_place_for_every_node() -> None:
    graph = generate(2400)
    shape = shape_of(graph)
    found = scenes(graph, shape)
    assert len(found) == len(shape.plans) == 7
    opening = overview(graph, shape)
    places = list(zip(opening["whole"]["x"], opening["whole"]["y"], strict=True))
    assert len(places) == len(graph)
    assert len(set(places)) > len(graph) * 0.99
    parts = communities(quotient(graph, shape))
    assert parts == communities(quotient(graph, shape))
    assert sum(count for _, count, _ in opening["communities"]) == len(graph)


def test_the_overview_keeps_its_cards_apart_in_both_languages() -> None:
    graph = generate(2400)
    for _, data in graph.nodes(data=True):
        if data["cls"] in ("Industry", "Organization"):
            data["en"] = f"Body or industry with a long English name, number {data['zh']}"
    nodes = list(graph)
    drawn = overview(graph, shape_of(graph))["layouts"]["structure"]
    for language in ("zh", "en"):
        size, drawing = sizes(graph, language), drawn[language]
        boxes = [
            (x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)
            for at, x, y in zip(drawing["of"], drawing["x"], drawing["y"], strict=True)
            if (box := size(nodes[at]))
        ]
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], language


def test_an_empty_graph_and_a_graph_without_a_plan_have_a_page() -> None:
    import networkx as nx

    assert "<h1" in render_page(nx.MultiDiGraph())
    lonely: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    lonely.add_node("https://example.org/a", cls="Technology", zh="5G", en="", alt=(), attrs={})
    data = unpack(render_page(lonely), "graph-data")
    assert data["nodes"]["zh"] == ["5G"]
    assert drawn_nodes(lonely)[0]["plan"] == ""


def test_a_community_is_named_by_what_its_plans_share_and_by_the_words_of_their_titles() -> None:
    import networkx as nx

    small: nx.Graph[str] = nx.Graph()
    titles = {"a": "甲市地热供暖实施方案（2026—2028年）", "b": "乙省关于加快地热能开发利用的意见", "c": "丙市海洋经济规划", "d": "丁市道路方案"}
    classes = dict.fromkeys(titles, "Plan") | {"rare": "Organization", "most": "Organization", "topic": "Industry"}
    labels = titles | {"rare": "甲市体育局", "most": "发展改革委", "topic": "清洁能源"}
    small.add_edges_from([("rare", "a"), ("rare", "b"), *((node, plan) for node in ("most", "topic") for plan in "abc")])
    # What all three share leads; a body of two of them, however rare, names nothing beside it.
    assert theme(small, ["a", "b", "c", "rare", "most", "topic"], classes, labels) == ["topic", "most"]
    assert theme(small, ["a", "b"], classes, labels)[0] == "地热"
    assert theme(small, ["d"], classes, labels) == []


def test_no_word_of_a_theme_begins_inside_the_name_of_a_place() -> None:
    assert common_words(["云川市道路规划", "青川市水利规划"], []) == {}
    assert common_words(["云川市道路规划", "云川市水利规划"], []) == {"云川市": (2, 0)}
