"""Finding in the network page: search, filters, neighbourhoods, paths, folding, hiding, back and forward."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.page_browser import Picture, Watched, find, launch, legend_count, open_sample, rest, sample_page

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)
sample = pytest.fixture(scope="module")(sample_page)
window = pytest.fixture(open_sample)


def choose(page: Page, typed: str) -> None:
    find(page, typed)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("智慧渔业", "智慧渔业"),
        ("offshore", "海上风电"),
        ("zhihuiyuye", "智慧渔业"),
        ("zhyy", "智慧渔业"),
        ("hang xing", "远航”行动计划"),
        ("xing hang", None),
        ("智慧海洋远航计划", "滨海市智慧海洋“远航”行动计划（2024-2026年）"),
    ],
)
def test_search_by_chinese_english_pinyin_and_alias(window: Watched, typed: str, found: str | None) -> None:
    page = window.go()
    suggestions = find(page, typed)
    assert (found in suggestions[0]) if found else suggestions == ["没有找到"]


def test_a_polyphone_is_found_by_either_reading(window: Watched) -> None:
    page = window.go()
    assert "6个行业" in find(page, "6gehangye")[0]
    assert "6个行业" in find(page, "6gexingye")[0]


def test_search_by_quote_leads_to_the_sentence(window: Watched) -> None:
    page = window.go()
    page.get_by_role("combobox", name="搜索").focus()
    find(page, "联席会议")
    page.get_by_role("option", name="联席会议").click()
    expect(page.get_by_role("tab", name="原文")).to_have_attribute("aria-selected", "true")


def test_search_works_by_keyboard_and_jumps_to_a_folded_node(window: Watched) -> None:
    page = window.go()
    page.keyboard.press("/")
    page.keyboard.type("海洋")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    choose(page, "建设近海浮标网")
    expect(page.get_by_role("heading", level=2)).to_contain_text(["建设近海浮标网"])
    assert "建设近海浮标网" in Picture(page).words


def hold_sentences(page: Page) -> None:
    """Let the evidence of an open page arrive only when `release()` is called in it."""
    page.evaluate(
        """() => {
            const read = Response.prototype.text;
            const wait = new Promise((go) => { window.release = go; });
            Response.prototype.text = async function () { await wait; return read.call(this); };
        }"""
    )


def test_sentences_that_arrive_late_leave_closed_suggestions_closed(window: Watched) -> None:
    page = window.go()
    hold_sentences(page)
    page.keyboard.press("/")
    page.keyboard.type("海洋")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("release()")
    rest(page)
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_sentences_that_arrive_late_leave_the_marked_suggestion_marked(window: Watched) -> None:
    page = window.go()
    hold_sentences(page)
    page.keyboard.press("/")
    page.keyboard.type("海洋")
    expect(page.get_by_role("option").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    page.evaluate("release()")
    expect(page.get_by_role("listbox").get_by_role("option", name="原文").last).to_be_visible()
    expect(page.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")


def test_class_filter_and_only_and_the_counts_follow(window: Watched) -> None:
    page = window.go()
    page.get_by_role("checkbox", name="行业", exact=True).uncheck()
    assert legend_count(page, "行业") == "0/5"
    assert "智慧渔业" not in Picture(page).words
    page.get_by_role("button", name="清除筛选").click()
    assert legend_count(page, "行业") == "5"
    page.get_by_role("button", name="专项行动 仅看").click()
    assert legend_count(page, "专项行动") == "3"
    assert legend_count(page, "机构") == "0/3"


def test_basis_filter_leaves_only_what_was_curated(window: Watched) -> None:
    page = window.go()
    page.get_by_role("button", name="人工补充 仅看").click()
    assert legend_count(page, "人工补充") == "1"
    words = Picture(page).words
    assert {"场景应用深化", "智能船舶示范工程"} <= words
    assert "智慧渔业" not in words


def test_relation_filter(window: Watched) -> None:
    page = window.go()
    page.get_by_text("关系", exact=True).first.click()
    page.get_by_role("checkbox", name="发布机构", exact=True).uncheck()
    assert legend_count(page, "机构") == "0/3"


def test_choosing_a_domain_or_an_industry_shows_what_belongs_to_it(window: Watched) -> None:
    page = window.go()
    page.get_by_role("combobox", name="领域").select_option(label="公共服务")
    assert legend_count(page, "行业") == "2/5"
    page.get_by_role("combobox", name="领域").select_option(label="全部")
    page.get_by_role("combobox", name="行业").select_option(label="智慧渔业")
    assert legend_count(page, "行业") == "1/5"
    words = Picture(page).words
    assert "场景应用深化" in words
    assert "海洋文旅" not in words
    expect(page.get_by_role("tabpanel").get_by_role("button", name="资源开发", exact=True)).to_be_visible()


def test_focus_on_one_two_and_three_steps(window: Watched) -> None:
    page = window.go()
    choose(page, "北斗导航")
    seen = []
    for steps in (1, 2, 3):
        page.get_by_role("button", name=f"聚焦邻域 {steps} 步").click()
        seen.append(Picture(page).words)
    assert "装备能力提升" in seen[0]
    assert not any(text.startswith("滨海市智慧海洋") for text in seen[0])
    assert any(text.startswith("滨海市智慧海洋") for text in seen[1])
    assert "智慧渔业" not in seen[1]
    assert "智慧渔业" in seen[2]
    page.get_by_role("button", name="退出聚焦").first.click()
    assert "发布机构" in Picture(page).words


def test_path_between_two_nodes_is_a_chain_of_quotes(window: Watched) -> None:
    page = window.go()
    choose(page, "北斗导航")
    page.get_by_role("button", name="由此找路径").click()
    page.get_by_role("combobox", name="终点").fill("智慧海事")
    page.get_by_role("tabpanel").get_by_role("option", name="智慧海事").first.click()
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("heading", level=3)).to_have_text("3 步")
    expect(panel.get_by_role("blockquote")).to_have_count(3)
    expect(panel.get_by_role("blockquote").first).to_contain_text("智能船舶运用北斗导航")
    page.get_by_role("button", name="原文明示 仅看").click()
    page.get_by_role("checkbox", name="原文明示").uncheck()
    expect(panel).to_contain_text("两者之间没有路径")


def test_hide_and_restore(window: Watched) -> None:
    page = window.go()
    choose(page, "海水利用")
    page.get_by_role("button", name="隐藏", exact=True).click()
    assert "海水利用" not in Picture(page).words
    assert legend_count(page, "行业") == "4/5"
    page.get_by_role("navigation").get_by_role("button", name="海水利用").click()
    assert "海水利用" in Picture(page).words


def test_unfold_all_and_fold_all(window: Watched) -> None:
    page = window.go()
    page.get_by_role("button", name="展开全部").click()
    assert {"建设近海浮标网", "推广无人机巡检", "3大专项行动"} <= Picture(page).words
    page.get_by_role("button", name="收起全部").click()
    assert "建设近海浮标网" not in Picture(page).words


def test_back_and_forward_undo_and_redo(window: Watched) -> None:
    page = window.go()
    page.get_by_role("checkbox", name="行业", exact=True).uncheck()
    choose(page, "5G")
    page.get_by_role("button", name="后退（撤销）").click()
    expect(page.get_by_role("tabpanel")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("checkbox", name="行业", exact=True)).to_be_checked()
    page.get_by_role("button", name="前进（重做）").click()
    expect(page.get_by_role("checkbox", name="行业", exact=True)).not_to_be_checked()
    assert window.faults == []
