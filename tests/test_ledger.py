"""Every sentence of a text is accounted for: evidence, context for a named reason, or not understood."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extracting import reading
from tests.places import ROOT
from yangfan.assembly.assemble import assemble
from yangfan.assembly.coverage import coverage
from yangfan.assembly.records import GraphRecords
from yangfan.core.model import Span
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract.ledger import _REASONS, _ROLES, signals
from yangfan.text.sentences import Sentences, unquoted

LINES = (
    "海政发〔2024〕3号",
    "各区人民政府，市政府各部门：",
    "海洋产业是海州市发展的重要支撑，具有重要意义。",
    "## 一、重点任务",
    "（一）建设深海装备基地。支持企业联合攻关。这是一句谁也不懂的话，涉及市财政局3亿元。",
    "## 二、附则",
    "本计划自印发之日起施行。",
)


def told(*lines: str) -> dict[str, str]:
    """Give what became of each sentence that is no evidence, by its text."""
    found = reading(*lines)
    text = found.document.text
    return {text[one.span.start : one.span.end]: one.reason or one.state for one in found.ledger}


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("海政发〔2024〕3号", "title"),
        ("各区人民政府，市政府各部门：", "procedure"),
        ("海洋产业是海州市发展的重要支撑，具有重要意义。", "background"),
        ("本计划自印发之日起施行。", "procedure"),
        ("这是一句谁也不懂的话，涉及市财政局3亿元。", "open"),
    ],
)
def test_a_sentence_that_is_no_evidence_has_a_reason_or_is_open(sentence: str, reason: str) -> None:
    assert told(*LINES)[sentence] == reason


def test_titles_dates_and_headings_are_no_sentences_to_be_understood() -> None:
    work = ("一、重点任务", "（一）建设深海装备基地。支持企业联合攻关。", "专栏2 渔港名录", "谁也不懂的半句话", "说不清楚的一整句话。")
    end = ("二、附则", "海州市关于印发海洋产业实施方案的通知", "2025年5月17日")
    assert told("# 海州市渔港计划", *work, *end) == {
        "海州市渔港计划": "title",
        "一、重点任务": "heading",
        "专栏2 渔港名录": "heading",
        "谁也不懂的半句话": "open",
        "说不清楚的一整句话。": "open",
        "二、附则": "heading",
        "海州市关于印发海洋产业实施方案的通知": "title",
        "2025年5月17日": "title",
    }


def test_what_is_quoted_is_not_in_the_ledger() -> None:
    assert not any("建设深海装备基地" in sentence for sentence in told(*LINES))


def test_the_coverage_of_a_graph_adds_up_to_all_sentences() -> None:
    found = reading(*LINES)
    graph, _ = assemble([found])
    ((_, covered),) = coverage(GraphRecords(graph))
    assert covered.evidence > 0
    assert covered.evidence + sum(covered.context.values()) + len(covered.open) == covered.sentences
    assert covered.sentences == sum(1 for span in Sentences(found.document.text) if span.end - span.start > 1)


def test_a_sentence_whose_edge_is_not_in_the_graph_is_not_evidence() -> None:
    """What counts is what the graph quotes, not what a reading claimed."""
    found = reading(*LINES)
    graph, _ = assemble([found])
    _, before = next(coverage(GraphRecords(graph)))
    graph.remove_edges_from(list(graph.edges(keys=True)))
    _, after = next(coverage(GraphRecords(graph)))
    assert before.evidence > after.evidence == 0
    assert after.sentences == before.sentences


def test_an_open_sentence_tells_what_it_holds() -> None:
    vocabulary = load_vocabulary()
    assert signals("2026年底前由市财政局拨付3亿元。", vocabulary) == ("number", "deadline", "body")
    assert signals("加强统筹。", vocabulary) == ("work",)
    assert signals("5G赋能千行百业。", vocabulary) == ()


def test_every_reason_is_named_in_both_languages() -> None:
    path = ROOT / "ontology" / "vocabulary" / "reasons.tsv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert {row["reason"] for row in rows} == {*_REASONS, *_ROLES.values(), "heading", "title", "question", "annex"}
    assert all(row["zh"] and row["en"] for row in rows)


@given(st.text(alphabet="甲乙。！？；\n \t", max_size=60))
def test_the_sentences_of_any_text_are_in_order_within_lines_and_hold_all_but_white_space(text: str) -> None:
    spans = list(Sentences(text))
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all("\n" not in text[span.start : span.end] for span in spans)
    kept = "".join(text[span.start : span.end] for span in spans)
    assert [c for c in kept if c in "甲乙"] == [c for c in text if c in "甲乙"]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8),
)
def test_unquoted_is_what_no_quote_touches(sentences: list[tuple[int, int]], quotes: list[tuple[int, int]]) -> None:
    ordered: list[Span] = []
    for start, length in sorted(sentences):
        if not ordered or start >= ordered[-1].end:
            ordered.append(Span(start, start + length))
    quoted = sorted(Span(start, start + length) for start, length in quotes)
    expected = [s for s in ordered if not any(q.start < s.end and q.end > s.start for q in quoted)]
    assert list(unquoted(ordered, quoted)) == expected
