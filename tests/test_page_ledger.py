"""The text beside the picture shows of every sentence what became of it: evidence, context for a reason, or not understood."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

import yangfan as yf
from tests.page_browser import Watched, launch, rest, watch, write_page
from yangfan.assembly.coverage import coverage
from yangfan.assembly.records import GraphRecords
from yangfan.core.labels import reason_words
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract.ledger import SIGNS, signals
from yangfan.page.ledger import pack_ledger

if TYPE_CHECKING:
    import networkx as nx

browser = pytest.fixture(scope="module")(launch)


@pytest.fixture(scope="module")
def seed(seed_graph: nx.MultiDiGraph[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(seed_graph, tmp_path_factory.mktemp("ledger"))


@pytest.fixture
def window(browser: Browser, seed: Path) -> Watched:
    return watch(browser, seed)


def opened(page: Page, words: str) -> None:
    """Open the list behind a state of the legend."""
    page.get_by_role("region", name="每句话的去向").locator("summary").filter(has_text=words).click()


def test_the_columns_hold_every_sentence_with_what_became_of_it(seed_graph: nx.MultiDiGraph[str]) -> None:
    packed = pack_ledger(seed_graph)
    ((document, covered),) = coverage(GraphRecords(seed_graph))
    ((steps, lengths, codes),) = packed["documents"]
    end = 0
    for step, length, code in zip(steps, lengths, codes, strict=True):
        start, end = end + step, end + step + length
        sentence = document.text[start:end]
        assert (code < 0) == any(span == (start, end) for span in covered.open)
        if code < 0:
            assert tuple(sign for bit, sign in enumerate(SIGNS) if -1 - code & 1 << bit) == signals(sentence, load_vocabulary())
    assert codes.count(0) == covered.evidence
    for name, count in covered.context.items():
        assert codes.count(packed["reasons"].index(reason_words()[name]) + 1) == count


def test_a_graph_without_a_ledger_claims_nothing_of_its_sentences(seed_graph: nx.MultiDiGraph[str]) -> None:
    bare = seed_graph.copy()
    bare.graph["ledgers"] = {}
    assert pack_ledger(bare)["documents"] == [None]


@pytest.mark.browser
def test_the_legend_counts_what_the_report_counts(window: Watched, seed_graph: nx.MultiDiGraph[str]) -> None:
    ((_, covered),) = coverage(GraphRecords(seed_graph))
    page = window.go("#p=source")
    legend = page.get_by_role("region", name="每句话的去向")
    for words, count in (("读出关系", covered.evidence), ("说明文字", sum(covered.context.values())), ("未读懂", len(covered.open))):
        expect(legend.locator(".fate-row").filter(has_text=words)).to_contain_text(f"{count} 句 · {count / covered.sentences:.0%}")
    opened(page, "说明文字")
    expect(legend.get_by_role("listitem").filter(has_text="提问")).to_have_text(f"提问 {covered.context['question']}")
    assert window.faults == []


@pytest.mark.browser
def test_what_was_not_understood_is_listed_with_what_holds_most_first_and_leads_to_the_text(window: Watched) -> None:
    page = window.go("#p=source")
    opened(page, "未读懂")
    entries = page.get_by_role("region", name="每句话的去向").locator("details[open]").get_by_role("button")
    signs = [entry.locator(".sign-tag").all_inner_texts() for entry in entries.all()]
    assert signs[0] == ["数字", "机构"]
    assert [len(one) for one in signs] == sorted((len(one) for one in signs), reverse=True)
    words = entries.first.locator("[lang=zh-CN]").inner_text()
    entries.first.click()
    sentence = page.get_by_role("tabpanel").locator(".text").get_by_role("button", name=words)
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("complementary", name="这句话的去向")).to_have_text("文未读懂 · 其中有数字、机构")


@pytest.mark.browser
def test_a_sentence_that_is_evidence_leads_to_its_relations(window: Watched) -> None:
    page = window.go("#p=source")
    page.get_by_role("tabpanel").get_by_role("button", name=re.compile("^为推动政策加快落地")).click()
    fate = page.get_by_role("complementary", name="这句话的去向")
    expect(fate).to_contain_text("此句说出 2 条关系")
    fate.get_by_role("button", name=re.compile("隶属 → ?工业和信息化部$")).click()
    expect(page.get_by_role("tab", name="详情")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel").get_by_role("heading", level=2)).to_contain_text("工业和信息化部信息通信发展司")


@pytest.mark.browser
def test_many_relations_of_a_sentence_are_listed_twelve_at_a_time(browser: Browser, tmp_path: Path) -> None:
    fields = (
        "农业农村 财政 教育 科学技术 民政 司法 交通运输 水利 商务 审计 统计 林业 体育 "
        "医疗保障 城市管理 应急管理 生态环境 自然资源 市场监督管理 卫生健康 海洋渔业 住房城乡建设 退役军人事务 文化旅游 工业信息化 数据"
    ).split()
    bodies = "、".join(f"海州市{field}局" for field in fields)
    source = tmp_path / "plan.md"
    source.write_text(f"# 海州市渔业振兴行动计划\n\n二、主要任务\n\n（一）建设渔港。新建渔港2座。（责任单位：{bodies}）\n", encoding="utf-8")
    page = watch(browser, write_page(yf.build(source).nx, tmp_path)).go("#p=source")
    page.get_by_role("tabpanel").locator(".text").get_by_role("button", name=re.compile("责任单位：")).click()
    fate = page.get_by_role("complementary", name="这句话的去向")
    relations = fate.get_by_role("button", name=re.compile("→"))
    expect(relations).to_have_count(12)
    said = re.search(r"此句说出 (\d+) 条关系", fate.inner_text())
    assert said
    total = int(said[1])
    assert total > 24
    for shown in range(12, total, 12):
        # The last step is no longer than what is left.
        step = min(12, total - shown)
        fate.get_by_role("button", name=f"再显示 {step} 条", exact=True).click()
        expect(relations).to_have_count(shown + step)
    expect(fate.get_by_role("button", name=re.compile("再显示"))).to_have_count(0)


@pytest.mark.browser
def test_context_says_why_it_states_nothing_in_both_languages(window: Watched) -> None:
    page = window.go("#p=source")
    question = page.get_by_role("tabpanel").locator(".text").get_by_role("button", name="五、如何推动各方下场")
    question.click()
    expect(page.get_by_role("complementary", name="这句话的去向")).to_contain_text("说明文字 · 提问")
    page.keyboard.press("l")
    expect(page.get_by_role("complementary", name="What became of this sentence")).to_contain_text("Context · A question that somebody asks")
    expect(page.get_by_role("region", name="What became of each sentence")).to_contain_text("Not understood")


@pytest.mark.browser
def test_the_three_states_can_be_told_without_colours_and_are_printed(window: Watched) -> None:
    page = window.go("#p=source")
    styles = {
        state: page.locator(f".text .fate.{state}").first.evaluate("(element) => getComputedStyle(element).textDecorationStyle")
        for state in ("evidence", "context", "open")
    }
    assert len(set(styles.values())) == 3
    page.emulate_media(media="print")
    rest(page)
    printed = pypdfium2.PdfDocument(page.pdf())
    words = "".join(sheet.get_textpage().get_text_range() for sheet in printed)
    assert "未读懂" in words
    # What was not understood bears a question mark of its own.
    assert re.search(r"[?？]\s*工信部网站截图", words)


@pytest.mark.browser
def test_the_glance_shows_each_text_and_opens_it_at_what_was_not_understood(
    window: Watched, seed_graph: nx.MultiDiGraph[str]
) -> None:
    ((_, covered),) = coverage(GraphRecords(seed_graph))
    page = window.go("#v=glance")
    card = page.get_by_role("region", name="逐句核对")
    expect(card).to_contain_text(f"未读懂 {len(covered.open)}")
    card.get_by_role("button").click()
    expect(page.get_by_role("region", name="每句话的去向").locator("details[open]")).to_contain_text("工信部网站截图")


@pytest.mark.browser
def test_a_page_in_the_dark_theme_is_printed_on_white(window: Watched) -> None:
    page = window.go("#p=source&t=dark")
    sentence = page.locator(".text .fate.evidence").first
    ground = "(element) => getComputedStyle(element).backgroundColor"
    dark = sentence.evaluate(ground)
    page.emulate_media(media="print")
    white = sentence.evaluate(ground)
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 200
    assert sum(map(int, re.findall(r"\d+", white)[:3])) > 650
