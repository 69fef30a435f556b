"""Any line can be asked who says so: the panel, its quotes, the bases, the text beside the network."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page_browser import Picture, Watched, launch, open_sample, point, sample_page, watch, write_page
from tests.page_sample import PLAN, labels_of, sample_graph
from yangfan.assembly.evidence import statement_of
from yangfan.core.labels import inverse_words
from yangfan.core.model import Source

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)
sample = pytest.fixture(scope="module")(sample_page)
window = pytest.fixture(open_sample)


def look_up(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="搜索").fill(name)
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()


def ask(page: Page, relation: str, neighbour: str) -> Locator:
    """Ask who says an edge: unfold its quotes when they are folded, and give what they say."""
    button = page.get_by_role("button", name=re.compile(f"谁说的？ {relation} {neighbour}$"))
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return page.get_by_role("listitem").filter(has=button)


def test_a_click_on_a_node_shows_class_names_attributes_and_edges_by_relation(window: Watched) -> None:
    page = window.go()
    look_up(page, "滨海市智慧海洋“远航”行动计划（2024-2026年）")
    panel = page.get_by_role("tabpanel")
    expect(panel).to_contain_text("Binhai “Voyage” Action Plan for a Smart Ocean")
    expect(panel).to_contain_text("智慧海洋远航计划")
    expect(panel).to_contain_text("滨海发〔2024〕8号")
    for relation in ("发布机构", "面向领域", "重点行业", "专项行动", "量化指标"):
        expect(panel.get_by_role("heading", level=4, name=re.compile(relation))).to_be_visible()
    panel.get_by_role("button", name="海上风电", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="海上风电")).to_be_visible()


def test_an_edge_shows_its_quote_with_the_words_marked_and_where_it_stands(window: Watched) -> None:
    page = window.go()
    look_up(page, "智慧渔业")
    said = ask(page, "所属领域", "资源开发")
    quote = said.get_by_role("blockquote")
    expect(quote).to_contain_text("资源开发领域包括智慧渔业、海上风电、海水利用；公共服务领域包括智慧海事、海洋文旅。")
    assert quote.locator("mark").all_inner_texts() == ["资源开发", "智慧渔业"]
    expect(quote).to_contain_text("推进6个行业。")
    text = sample_graph().graph["documents"].popitem()[1].text
    start = text.index("资源开发领域包括")
    expect(said.get_by_role("figure")).to_contain_text(f"第 {start}–{start + 41} 字")
    assert text[start : start + 41].endswith("海洋文旅。")


def test_a_node_with_few_edges_shows_all_their_quotes_at_once(window: Watched) -> None:
    page = window.go()
    look_up(page, "智慧渔业")
    expect(page.get_by_role("tabpanel").get_by_role("blockquote")).to_have_count(5)
    look_up(page, "滨海市智慧海洋“远航”行动计划（2024-2026年）")
    expect(page.get_by_role("tabpanel").get_by_role("blockquote")).to_have_count(0)


def test_an_attribute_that_a_person_asserted_names_its_source(browser: Browser, tmp_path: Path) -> None:
    graph = sample_graph()
    node = next(iter(labels_of(graph, "Plan")))
    source = Source("滨海市海洋局公告", "https://example.org/binhai/8", "2024-03-08", "official")
    told = (("dcterms:issued", date(2024, 3, 8)), ("skos:altLabel", "远航计划"))
    graph.nodes[node]["curated"] = tuple(
        statement_of((node, curie, ""), "curated", "overlay", source=source, note="公告所载", value=value) for curie, value in told
    )
    path = write_page(graph, tmp_path)
    page = watch(browser, path).go()
    look_up(page, PLAN)
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("definition").filter(has_text="2024-03-08").first).to_contain_text("滨海市海洋局公告")
    expect(panel.get_by_role("definition").filter(has_text="远航计划").last).to_contain_text("公告所载")


def test_the_headings_that_complete_a_sentence_stand_above_it(window: Watched) -> None:
    page = window.go()
    look_up(page, "强化资金支持")
    said = ask(page, "举措", "设立海洋产业引导基金")
    expect(said.get_by_role("figure")).to_contain_text("二是强化资金支持。")
    expect(said.get_by_role("blockquote")).to_contain_text("设立海洋产业引导基金。")


def test_parallel_edges_share_a_line_and_keep_each_their_quote(window: Watched) -> None:
    page = window.go()
    look_up(page, "感知网络构建")
    for relation in ("运用技术", "涉及"):
        expect(ask(page, relation, "5G").get_by_role("blockquote")).to_contain_text("推动5G网络覆盖重点海域")
    # Both are one line, which names both and opens both.
    page.get_by_role("button", name="适应窗口").click()
    page.wait_for_function("() => location.hash.includes('z=')")
    x, y = Picture(page).place("涉及、运用技术")
    place = point(page, x, y, "感知网络构建 → 5G")
    expect(page.get_by_role("tooltip")).to_contain_text("运用技术")
    page.mouse.click(*place)
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("2 条关系")
    expect(panel.get_by_role("blockquote")).to_have_count(2)


def test_an_inferred_edge_names_its_rule_and_what_it_was_concluded_from(window: Watched) -> None:
    page = window.go()
    look_up(page, "智慧渔业")
    panel = ask(page, "推进行动", "场景应用深化")
    expect(panel).to_contain_text("concerned-by-action")
    expect(panel).to_contain_text("据以推断")
    expect(panel.get_by_role("blockquote")).to_contain_text("面向智慧渔业、海上风电开展示范")


def test_a_curated_edge_names_its_source_date_and_note(window: Watched) -> None:
    page = window.go()
    look_up(page, "场景应用深化")
    panel = ask(page, "包含工程", "智能船舶示范工程")
    expect(panel.get_by_role("link", name="滨海市海洋局公告")).to_have_attribute(
        "href", "https://example.org/binhai/list"
    )
    expect(panel).to_contain_text("2024-04-01")
    expect(panel).to_contain_text("工程名单附于正式文本")


def test_a_line_on_the_picture_answers_who_says_so(window: Watched) -> None:
    page = window.go()
    page.get_by_role("button", name="适应窗口").click()
    page.wait_for_function("() => location.hash.includes('z=')")
    place = point(page, *Picture(page).place("所属领域"), "所属领域")
    page.mouse.click(*place)
    expect(page.get_by_role("tabpanel").get_by_role("blockquote").first).to_be_visible()


def test_targets_are_drawn_as_quantities(window: Watched) -> None:
    page = window.go()
    for name, amount in (
        ("近海5G覆盖率", "> 85%"),
        ("海洋经济增加值", "≥ 1200亿元"),
        ("智能船舶数量", "300—400 艘"),
    ):
        look_up(page, name)
        expect(page.get_by_role("tabpanel").get_by_text(amount, exact=True)).to_be_visible()
    look_up(page, "近海5G覆盖率")
    expect(page.get_by_role("tabpanel")).to_contain_text("61.5% 2023 年 已知")
    assert page.get_by_role("tabpanel").get_by_role("img", name="上升 61.5% → > 85%").count() == 1


def test_the_source_text_stands_beside_the_network_scrolled_to_the_sentence(window: Watched) -> None:
    page = window.go()
    look_up(page, "推广无人机巡检")
    said = ask(page, inverse_words()["hasMeasure"][0], "场景应用深化")
    said.get_by_role("button", name="在原文中查看").click()
    sentence = page.get_by_role("button", name="面向智慧渔业、海上风电开展示范，推广无人机巡检。")
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_have_attribute("aria-pressed", "true")


def test_choosing_a_sentence_chooses_its_nodes_and_edges(window: Watched) -> None:
    page = window.go()
    page.get_by_role("application").focus()
    page.keyboard.press("t")
    page.get_by_role("button", name="攻关深海传感器，智能船舶运用北斗导航。").click()
    page.get_by_role("tab", name="详情").click()
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("heading", level=2)).to_have_text("选中 2 个节点、1 条关系")
    expect(panel.get_by_role("button", name="装备能力提升").first).to_be_visible()
    expect(panel.get_by_role("button", name="北斗导航").first).to_be_visible()


def test_dragging_over_the_text_chooses_what_was_dragged_over(window: Watched) -> None:
    page = window.go()
    page.get_by_role("application").focus()
    page.keyboard.press("t")
    first = page.get_by_role("button", name="建设近海浮标网，推动5G网络覆盖重点海域。")
    last = page.get_by_role("button", name="建立海洋数据共享机制，智慧海事平台接入人工智能能力。")
    first.scroll_into_view_if_needed()
    ends = "(e) => { const [r] = e.getClientRects(); return [r.left + 30, r.top + 8]; }"
    page.mouse.move(*first.evaluate(ends))
    page.mouse.down()
    page.mouse.move(*last.evaluate(ends), steps=5)
    page.mouse.up()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(last).to_have_attribute("aria-pressed", "true")
    page.get_by_role("tab", name="详情").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("人工智能")


def test_the_source_text_of_a_picture_lights_what_the_picture_is_about(window: Watched) -> None:
    page = window.go("#a=industry/智慧渔业&p=source")
    first = page.get_by_role("tabpanel").get_by_role("button", pressed=True).first
    expect(first).to_be_in_viewport()
    expect(first).to_contain_text("智慧渔业")
