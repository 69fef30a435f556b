"""The network page in either language, in light and dark, on a phone, by keyboard and for assistive technology."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page_browser import Picture, Watched, find, launch, open_sample, rest, sample_page, settle, watch
from tests.page_sample import sample_graph

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)
AXE = Path(__file__).parent / "page" / "node_modules" / "axe-core" / "axe.min.js"
sample = pytest.fixture(scope="module")(sample_page)
window = pytest.fixture(open_sample)


def test_one_switch_changes_interface_and_labels_and_the_link_remembers_it(window: Watched) -> None:
    page = window.go()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Binhai “Voyage” Action Plan for a Smart Ocean (2024–2026)"
    )
    assert {"Smart fisheries", "Special actions"} <= Picture(page).words
    page.reload()
    expect(page.get_by_role("button", name="At a glance")).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("button", name="概览")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "fragment", "button"),
    [("en-US", "", "At a glance"), ("de-DE", "", "At a glance"), ("zh-TW", "", "概览"), ("en-US", "#l=zh", "概览")],
)
def test_the_page_opens_in_the_readers_language_unless_the_link_says_another(
    browser: Browser, sample: Path, locale: str, fragment: str, button: str
) -> None:
    page = watch(browser, sample, locale=locale).go(fragment)
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()


def test_a_reader_of_english_who_chooses_chinese_keeps_it(browser: Browser, sample: Path) -> None:
    page = watch(browser, sample, locale="en-US").go()
    page.get_by_role("button", name="中文").click()
    page.reload()
    expect(page.get_by_role("button", name="概览", exact=True)).to_be_visible()


def test_the_english_tabs_fit_a_phone(browser: Browser, sample: Path) -> None:
    page = watch(browser, sample, width=390, height=844, touch=True, locale="en-US").go()
    box = page.get_by_role("button", name="At a glance").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert page.get_by_role("group", name="View").evaluate("views => views.scrollWidth <= views.clientWidth")


def test_english_amounts_units_and_dates_have_no_chinese_in_them(window: Watched) -> None:
    page = window.go("#l=en&v=glance")
    card = page.get_by_role("region", name="Indicators and targets")
    expect(card).to_contain_text("≥ 120 billion yuan")
    expect(card).to_contain_text("300–400 vessels")
    expect(card).to_contain_text("61.5% 2023 known")
    page = window.go("#l=en&v=table")
    expect(page.get_by_role("rowheader", name="5G coverage of coastal waters: > 85% (2026)")).to_be_visible()


def test_a_node_without_an_english_label_stays_chinese_and_says_so(window: Watched) -> None:
    page = window.go("#l=en")
    find(page, "海底观测网")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=2, name="海底观测网工程")
    expect(heading).to_have_attribute("lang", "zh-CN")
    find(page, "Smart fisheries")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Smart fisheries")).to_have_attribute("lang", "en")


def test_quotes_are_marked_as_chinese_on_the_english_page(window: Watched) -> None:
    page = window.go("#l=en")
    find(page, "Smart fisheries")
    page.keyboard.press("Enter")
    expect(page.get_by_role("blockquote").first).to_have_attribute("lang", "zh-CN")


def test_the_theme_follows_the_system_and_the_switch_overrides_it(browser: Browser, sample: Path) -> None:
    page = watch(browser, sample, dark=True).go()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="浅色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_everything_works_by_keyboard(window: Watched) -> None:
    page = window.go()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="跳到图谱")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_contain_text("已选中")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tabpanel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tabpanel")).to_have_count(0)
    for key, words in (("2", "表格"), ("4", "概览"), ("1", "图谱")):
        page.keyboard.press(key)
        expect(page.get_by_role("button", name=words, exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("l")
    expect(page.get_by_role("button", name="Network", exact=True)).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="图谱", exact=True)).to_be_visible()


def test_fold_focus_hide_and_path_have_keys(window: Watched) -> None:
    page = window.go()
    find(page, "感知网络构建")
    page.keyboard.press("Enter")
    page.get_by_role("application").focus()
    page.keyboard.press("e")
    assert "建设近海浮标网" in Picture(page).words
    page.get_by_role("application").focus()
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="聚焦邻域 1 步")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="聚焦邻域 2 步")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("p")
    expect(page.get_by_role("tab", name="路径")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("u")
    # Browsers go back in history in their own time: a key pressed before that would be undone with it.
    expect(page.get_by_role("tab", name="路径")).to_have_attribute("aria-selected", "false")
    page.keyboard.press("h")
    expect(page.get_by_role("navigation").get_by_role("button", name="感知网络构建")).to_be_visible()


def test_the_shortcut_list_opens_and_single_keys_can_be_switched_off(window: Watched) -> None:
    page = window.go()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("聚焦邻域")
    dialog.get_by_role("checkbox", name="启用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.get_by_role("button", name="图谱", exact=True)).to_have_attribute("aria-pressed", "true")


def test_focus_is_visible(window: Watched) -> None:
    page = window.go()
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
        )
        assert style[0] != "none"
        assert float(style[1].removesuffix("px")) >= 2


def test_the_table_is_in_step_with_the_picture(window: Watched) -> None:
    page = window.go()
    find(page, "智慧渔业")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="表格", exact=True).click()
    table = page.get_by_role("table", name="节点表")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="智慧渔业", exact=True))
    expect(row).to_have_attribute("aria-current", "true")
    page.get_by_role("checkbox", name="机构", exact=True).uncheck()
    expect(table.get_by_role("rowheader", name="滨海市财政局")).to_have_count(0)
    table.get_by_role("button", name="海上风电").click()
    page.get_by_role("button", name="图谱", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="海上风电")).to_be_visible()


def test_the_table_sorts_and_lists_edges_with_their_quotes(window: Watched) -> None:
    page = window.go("#v=table")
    page.get_by_role("columnheader", name="关系数").get_by_role("button").click()
    expect(page.get_by_role("columnheader", name="关系数")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("rowheader").first).to_contain_text("远航")
    page.get_by_role("button", name="关系", exact=True).click()
    table = page.get_by_role("table", name="关系表")
    expect(table.get_by_role("row").filter(has_text="资源开发领域包括智慧渔业").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="共")).to_have_text(f"共 {sample_graph().number_of_edges()} 行")


def test_the_plan_at_a_glance(window: Watched) -> None:
    page = window.go("#v=glance")
    declared = page.get_by_role("region", name="声明数量核对")
    expect(declared.get_by_role("row").filter(has_text="6个行业")).to_contain_text("✗ 不符")
    expect(declared.get_by_role("row").filter(has_text="3大专项行动")).to_contain_text("✓ 相符")
    expect(page.get_by_role("region", name="领域与行业")).to_contain_text("资源开发 3 个行业")
    expect(
        page.get_by_role("region", name="行动与行业").get_by_role("row").filter(has_text="场景应用深化")
    ).to_contain_text("智慧渔业")
    expect(page.get_by_role("region", name="指标与目标值")).to_contain_text("≥ 1200亿元")
    expect(page.get_by_role("region", name="依据构成")).to_contain_text("规则推断 1 1.5%")
    page.get_by_role("button", name="行业 仅看").click()
    expect(page.get_by_role("region", name="数量", exact=True).get_by_role("listitem")).to_have_count(1)


def test_a_phone_has_the_picture_the_drawer_and_the_sheet(browser: Browser, sample: Path) -> None:
    page = watch(browser, sample, width=390, height=844, touch=True).go()
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.get_by_role("button", name="筛选").tap()
    expect(page.get_by_role("navigation")).to_be_visible()
    page.get_by_role("navigation").get_by_role("button", name="关闭").tap()
    find(page, "智慧渔业")
    page.get_by_role("option").first.tap()
    panel = page.get_by_role("complementary")
    box = panel.bounding_box()
    assert box
    assert box["width"] == 390
    assert box["y"] > 300
    page.get_by_role("button", name="放大面板").tap()
    settle(page)
    taller = panel.bounding_box()
    assert taller
    assert taller["height"] > box["height"] + 150
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    panel.get_by_role("button", name="关闭").tap()
    expect(panel).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_footer_of_a_phone_is_one_line_and_shows_everything_on_request(
    browser: Browser, sample: Path, language: str
) -> None:
    page = watch(browser, sample, width=390, height=844, touch=True).go(f"#l={language}")
    closed = page.get_by_role("contentinfo").bounding_box()
    assert closed
    assert closed["height"] < 40
    page.get_by_role("button", name="更多" if language == "zh" else "More", exact=True).tap()
    boxes = page.evaluate("[...document.querySelectorAll('#foot > *')].map((e) => e.getBoundingClientRect().toJSON())")
    assert len(boxes) == 6
    for position, box in enumerate(boxes):
        assert box["left"] >= 0
        assert box["right"] <= 390
        assert box["bottom"] <= 844
        for other in boxes[position + 1 :]:
            beside = box["right"] <= other["left"] or other["right"] <= box["left"]
            assert beside or box["bottom"] <= other["top"], (box, other)
    dock = page.locator(".dock").bounding_box()
    foot = page.get_by_role("contentinfo").bounding_box()
    assert dock
    assert foot
    assert dock["y"] + dock["height"] <= foot["y"]


def _axe(page: Page) -> list[dict[str, Any]]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        {"id": v["id"], "what": [n["html"] for n in v["nodes"]][:4], "why": v["nodes"][0]["failureSummary"]}
        for v in found
        if v["impact"] in {"serious", "critical", "moderate"}
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "view", ["", "v=table", "v=glance", "p=source", "p=path", "p=d&n=industry/智慧渔业", "l=en&p=d"]
)
def test_axe_finds_nothing_serious(window: Watched, view: str, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("needs axe-core: npm install in tests/page")
    page = window.go(f"#t={theme}&{view}")
    rest(page)
    assert _axe(page) == []
