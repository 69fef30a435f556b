"""The network page is right in every state: what is pressed, unfolded, filtered, translated, chosen, printed, on a phone."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pptx
import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import yangfan as yf
from tests.page_browser import (
    Picture,
    Watched,
    canvas_point,
    find,
    launch,
    open_sample,
    sample_page,
    saved,
    settle,
    watch,
    write_page,
)
from tests.page_sample import Sample, named

if TYPE_CHECKING:
    import networkx as nx

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)
sample = pytest.fixture(scope="module")(sample_page)
window = pytest.fixture(open_sample)


@pytest.fixture(scope="module")
def seed(seed_graph: nx.MultiDiGraph[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(seed_graph, tmp_path_factory.mktemp("seed"))


def contrast(button: Locator) -> float:
    """Reckon the contrast of a button's words to its ground (WCAG 2.2, 1.4.3)."""
    return float(
        button.evaluate(
            """(element) => {
                const of = (text) => text.match(/[\\d.]+/g).slice(0, 3).map((part) => {
                    const share = part / 255;
                    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
                });
                const light = (colour) => { const [r, g, b] = of(colour); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
                const style = getComputedStyle(element);
                const [a, b] = [light(style.color), light(style.backgroundColor)].sort((p, q) => q - p);
                return (a + 0.05) / (b + 0.05);
            }"""
        )
    )


def view(page: Page) -> tuple[float, float, float]:
    """Give the middle of the view and its zoom, as the link has them."""
    page.wait_for_function("() => location.hash.includes('z=')")
    found = re.search(r"z=(-?[\d.]+)~(-?[\d.]+)~([\d.]+)", page.url)
    assert found
    return float(found[1]), float(found[2]), float(found[3])


def inside(page: Page, words: str) -> bool:
    """Tell whether a node's name is inside the window, by the picture and the view in the link."""
    page.get_by_role("button", name="适应窗口").or_(page.get_by_role("button", name="Fit to window")).focus()
    x, y = Picture(page).place(words)
    mx, my, zoom = view(page)
    box = page.get_by_role("application").bounding_box()
    assert box
    return abs(x - mx) * zoom < box["width"] / 2 and abs(y - my) * zoom < box["height"] / 2


@pytest.mark.parametrize("dark", [False, True])
def test_a_chosen_segment_can_be_read_also_under_the_pointer(browser: Browser, sample: Path, dark: bool) -> None:
    page = watch(browser, sample, dark=dark).go()
    for name in ("图谱", "按领域"):
        button = page.get_by_role("button", name=name, exact=True)
        assert contrast(button) > 4.5
        button.hover()
        assert contrast(button) > 4.5


def test_unfolding_everything_fits_and_fills_the_window(browser: Browser, seed: Path) -> None:
    page = watch(browser, seed).go()
    page.get_by_role("button", name="展开全部").click()
    page.get_by_role("button", name="适应窗口").click()
    mx, my, zoom = view(page)
    drawn = Picture(page)
    box = page.get_by_role("application").bounding_box()
    assert box
    cards = [(x, y) for text, x, y in drawn.texts if len(text) > 3]
    shown = [(x, y) for x, y in cards if abs(x - mx) * zoom < box["width"] / 2 and abs(y - my) * zoom < box["height"] / 2]
    # The heading and the source of the saved picture lie outside the window, the cards do not.
    assert len(cards) - len(shown) < 12
    wide = (max(x for x, _ in shown) - min(x for x, _ in shown)) * zoom
    assert wide > box["width"] * 0.55


def test_what_filters_leave_is_drawn_together_and_fitted(browser: Browser, seed: Path) -> None:
    page = watch(browser, seed).go()
    page.get_by_role("button", name="适应窗口").click()
    before = view(page)[2]
    page.get_by_role("button", name="指标 仅看").click()
    names = ("5G个人用户普及率", "5G网络接入流量占比", "5G行业虚拟专网数")
    assert set(names) <= Picture(page).words
    page.get_by_role("button", name="放大").click()
    page.wait_for_function("(zoom) => Number(location.hash.split('z=')[1]?.split('~')[2]) > zoom", arg=before * 1.5)
    page.get_by_role("button", name="缩小").click()
    assert all(inside(page, name) for name in names)


def test_switching_the_language_fits_the_picture_anew(browser: Browser, seed: Path) -> None:
    page = watch(browser, seed).go()
    page.get_by_role("button", name="English").click()
    settle(page)
    page.get_by_role("button", name="Fit to window").click()
    settle(page)
    page.mouse.move(5, 5)
    page.get_by_role("button", name="中文").focus()
    mx, my, zoom = view(page)
    page = watch(browser, seed).go()
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Zoom in").click()
    again = view(page)
    assert again[2] == pytest.approx(zoom * 1.25, rel=0.02)
    assert abs(again[0] - mx) < 3
    assert abs(again[1] - my) < 3


def test_a_label_does_not_cover_what_a_click_has_opened(window: Watched) -> None:
    page = window.go()
    x, y = canvas_point(page, "感知网络构建")
    page.mouse.click(x, y)
    page.mouse.move(x + 1, y)
    settle(page)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    page.mouse.move(20, 300)
    page.mouse.move(x, y)


def test_both_ends_of_a_chosen_relation_are_in_view_beside_the_panel(window: Watched) -> None:
    page = window.go("#v=table")
    page.get_by_role("button", name="关系", exact=True).click()
    page.get_by_role("row").filter(has_text="包含工程").get_by_role("button", name="包含工程").click()
    page.get_by_role("button", name="图谱", exact=True).click()
    page.get_by_role("button", name="放大").click()
    page.get_by_role("button", name="缩小").click()
    for name in ("场景应用深化", "智能船舶示范工程"):
        assert inside(page, name)


def test_a_path_begins_at_what_is_chosen(window: Watched) -> None:
    page = window.go()
    find(page, "北斗导航")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="路径").click()
    expect(page.get_by_role("combobox", name="起点")).to_have_value("北斗导航")
    expect(page.get_by_role("combobox", name="终点")).to_have_value("")


def test_the_source_text_opens_at_the_sentence_of_what_is_chosen(window: Watched) -> None:
    page = window.go()
    find(page, "强化资金支持")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="原文").click()
    lit = page.get_by_role("tabpanel").get_by_role("button", pressed=True).first
    expect(lit).to_contain_text("二是强化资金支持")
    expect(lit).to_be_in_viewport()


def test_no_card_of_the_glance_is_broken_over_two_columns(browser: Browser, seed: Path) -> None:
    page = watch(browser, seed).go("#v=glance")
    boxes = [card.bounding_box() for card in page.get_by_role("main").get_by_role("region").all()]
    assert len(boxes) >= 5
    widths = {round(box["width"]) for box in boxes if box}
    assert max(widths) < 420


def test_bars_are_printed_and_the_picture_is_printed_whole(browser: Browser, seed: Path, tmp_path: Path) -> None:
    page = watch(browser, seed, dark=True).go("#v=glance")
    page.emulate_media(media="print")
    assert page.locator(".bar-fill").first.evaluate("(e) => getComputedStyle(e).printColorAdjust") == "exact"
    page = watch(browser, seed, dark=True).go()
    page.pdf(path=tmp_path / "page.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "page.pdf")[0].get_textpage().get_text_bounded()
    for words in ("智慧农业", "智慧文旅", "打造人才队伍", "国家能源局"):
        assert words in text
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_table_on_a_phone_shows_words_and_not_one_character_a_line(browser: Browser, seed: Path) -> None:
    page = watch(browser, seed, width=390, height=844, touch=True).go("#v=table")
    for index in range(1, 12):
        cell = page.get_by_role("row").nth(index).get_by_role("rowheader")
        box = cell.bounding_box()
        assert box
        assert box["width"] > 110


def test_rules_and_kinds_of_sources_are_words(browser: Browser, seed: Path) -> None:
    page = watch(browser, seed).go()
    find(page, "每万人拥有5G基站数")
    page.keyboard.press("Enter")
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_text(re.compile("^规则 .*指标")).first).to_be_visible()
    assert not re.search(r"\b[a-z]+\.[a-z_]+\b", panel.get_by_text(re.compile("^规则 ")).first.inner_text())
    find(page, "财政部")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("正式文本").first).to_be_visible()
    said = [text.inner_text() for text in panel.get_by_text(re.compile("^规则 ")).all()]
    assert said
    assert not any(re.search(r"[a-z]+[._][a-z]+", text) for text in said)
    assert not re.search("final_|analyst", panel.inner_text())
    find(page, "智慧医疗")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("政策行业", exact=True)).to_be_visible()
    assert "yfc:" not in panel.inner_text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_shows_in_pictures_what_can_be_done(window: Watched, language: str) -> None:
    page = window.go(f"#l={language}")
    page.get_by_role("button", name="快捷键与说明" if language == "zh" else "Shortcuts and help").click()
    lessons = page.get_by_role("dialog").get_by_role("figure")
    expect(lessons).to_have_count(6)
    for lesson in lessons.all():
        assert lesson.locator("svg *").count() >= 5
    expect(lessons.filter(has_text="看一项" if language == "zh" else "Look at one")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def cards_on_slide(page: Page, graph: nx.MultiDiGraph[str]) -> dict[str, tuple[int, int, int, int]]:
    """Give left, top, right and bottom of every card of the picture by its words, as the slide has it."""
    labels = {re.sub(r"\s", "", str(data[key])) for _, data in graph.nodes(data=True) for key in ("zh", "en") if data[key]}
    (slide,) = pptx.Presentation(str(saved(page, "PPTX 幻灯片" if "l=en" not in page.url else "PPTX slide"))).slides
    found = {}
    for shape in slide.shapes:
        words = re.sub(r"\s", "", shape.text_frame.text) if shape.has_text_frame else ""
        if words in labels:
            found[words] = (int(shape.left), int(shape.top), int(shape.left + shape.width), int(shape.top + shape.height))
    return found


@pytest.mark.parametrize("layout", ["force", "tree"])
@pytest.mark.parametrize("language", ["", "&l=en"])
def test_the_cards_of_force_and_tree_stand_apart(
    browser: Browser, seed: Path, seed_graph: nx.MultiDiGraph[str], layout: str, language: str
) -> None:
    cards = cards_on_slide(watch(browser, seed).go(f"#y={layout}{language}"), seed_graph)
    assert len(cards) > 70
    for a, b in combinations(cards, 2):
        (left, top, right, bottom), (x, y, far, low) = cards[a], cards[b]
        assert right <= x or far <= left or bottom <= y or low <= top, (a, b)


def test_the_tree_fills_the_window_both_ways(browser: Browser, seed: Path, seed_graph: nx.MultiDiGraph[str]) -> None:
    page = watch(browser, seed).go("#y=tree")
    cards = cards_on_slide(page, seed_graph).values()
    wide = max(right for _, _, right, _ in cards) - min(left for left, *_ in cards)
    high = max(bottom for *_, bottom in cards) - min(top for _, top, *_ in cards)
    box = page.get_by_role("application").bounding_box()
    assert box
    assert 0.8 < (wide / high) / (box["width"] / box["height"]) < 1.4


def test_a_node_that_a_link_names_is_seen_above_the_panel_on_a_phone(browser: Browser, seed: Path) -> None:
    page = watch(browser, seed, width=390, height=844, touch=True).go("#n=organization/工业和信息化部&p=d")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="中文").click()
    net, panel = page.get_by_role("application").bounding_box(), page.locator("#panel").bounding_box()
    assert net
    assert panel
    # What is chosen is lit: between the head of the page and the panel its name stands in the picture under the pointer.
    middle = net["x"] + net["width"] / 2, (net["y"] + panel["y"]) / 2
    page.mouse.move(middle[0] - 1, middle[1])
    page.mouse.move(*middle)
    settle(page)
    expect(page.get_by_role("tooltip")).to_contain_text("工业和信息化部")


def test_an_answer_on_a_phone_is_as_wide_as_the_window_and_goes_on_below(browser: Browser, tmp_path: Path) -> None:
    tasks = "\n\n".join(f"（{n}）建设第{n}座渔港。完善配套制度。（责任单位：海州市农业农村局）" for n in range(1, 41))
    source = tmp_path / "plan.md"
    source.write_text(f"# 海州市渔港建设行动计划\n\n二、主要任务\n\n{tasks}\n", encoding="utf-8")
    written = write_page(yf.build(source).nx, tmp_path)
    page = watch(browser, written, width=390, height=844, touch=True).go("#a=organization/海州市农业农村局")
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_contain_text("40 项任务")
    page.get_by_role("button", name="适应窗口").click()
    page.wait_for_function("() => location.hash.includes('z=')")
    found = re.search(r"z=(-?[\d.]+)~-?[\d.]+~([\d.]+)", page.url)
    assert found
    middle, zoom = map(float, found.groups())
    assert zoom * 13 > 7.5, "words too small to read"
    # Card labels begin within the window at both sides.
    starts = [(x - middle) * zoom + 195 for text, x, _ in Picture(page).texts if text.startswith(("海州市渔港", "建设第"))]
    assert 0 < min(starts) < max(starts) < 330


def test_the_picture_is_printed_on_one_sheet_across_too(browser: Browser, seed: Path, tmp_path: Path) -> None:
    page = watch(browser, seed).go()
    page.pdf(path=tmp_path / "across.pdf", format="A4", landscape=True)
    (sheet,) = pypdfium2.PdfDocument(tmp_path / "across.pdf")
    said = re.sub(r"\s", "", sheet.get_textpage().get_text_range())
    assert all(words in said for words in ("智慧港口", "国家能源局", "做好监测评估", "图谱许可"))


def test_a_long_list_of_targets_is_printed_from_the_first_sheet_on(browser: Browser, tmp_path: Path) -> None:
    sample = Sample()
    for n in range(10, 60):
        (indicator,) = named("Indicator", f"第{n}号渔港泊位数")
        sample.say(sample.plan, "hasIndicator", [indicator], "61.5%")
    page = watch(browser, write_page(sample.finish(), tmp_path)).go("#v=glance")
    expect(page.get_by_role("region", name="指标与目标值")).to_contain_text("第59号渔港泊位数")
    page.pdf(path=tmp_path / "glance.pdf", format="A4")
    sheets = [
        re.sub(r"\s", "", sheet.get_textpage().get_text_range())
        for sheet in pypdfium2.PdfDocument(tmp_path / "glance.pdf")
    ]
    assert "第10号渔港泊位数" in sheets[0]
    assert "第59号渔港泊位数" in "".join(sheets)


def test_the_sheet_of_the_picture_lies_across_and_that_of_a_table_stands(
    browser: Browser, seed: Path, tmp_path: Path
) -> None:
    for fragment, across in (("", True), ("#v=glance", False)):
        watch(browser, seed).go(fragment).pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
        width, height = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")[0].get_size()
        assert (width > height) is across


def test_every_body_of_the_matrix_is_printed(browser: Browser, tmp_path: Path) -> None:
    sample = Sample()
    bodies = named("Organization", *(f"滨海市第{n}海洋与渔业综合行政管理站" for n in range(10, 34)))
    (buoys,) = named("Measure", "建设近海浮标网")
    sample.say(buoys, "ledBy", bodies, "近海浮标网")
    page = watch(browser, write_page(sample.finish(), tmp_path)).go("#v=matrix")
    expect(page.get_by_role("columnheader")).to_have_count(25)
    page.pdf(path=tmp_path / "matrix.pdf", format="A4", landscape=True)
    first = pypdfium2.PdfDocument(tmp_path / "matrix.pdf")[0]
    text = first.get_textpage()
    lefts = [text.get_charbox(at)[0] for at in range(text.count_chars()) if text.get_text_range(at, 1) == "●"]
    # One mark in the key, one for each body, all on the sheet.
    assert len(lefts) == 25
    assert max(lefts) < first.get_size()[0]
