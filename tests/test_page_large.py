"""Large graphs: an overview first, one plan's scene from there, the whole graph on its own layer, all behind the same panel."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.generate import generate
from tests.page_browser import Picture, Watched, find, launch, legend_count, png_size, rest, saved, watch, write_page

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(generate(2400), tmp_path_factory.mktemp("page"))


@pytest.fixture
def window(browser: Browser, large: Path) -> Watched:
    return watch(browser, large)


def shot(page: Page) -> bytes:
    """Give the picture of the whole graph as it is exported, once it rests."""
    rest(page)
    return saved(page, "PNG 图片").read_bytes()


# A canvas has no text that could be found by its role: what is written on it is noted as it is written.
LISTEN = """
const put = CanvasRenderingContext2D.prototype.fillText;
window.written = [];
CanvasRenderingContext2D.prototype.fillText = function (words, ...rest) {
  window.written.push(words);
  return put.call(this, words, ...rest);
};
"""


def names_written(page: Page) -> str:
    """Give what the canvas has written since this was asked last, once it rests; a name's lines one after the other."""
    rest(page)
    return str(page.evaluate("() => window.written.splice(0).join('')"))


def test_a_large_graph_opens_on_plans_industries_and_bodies_by_community(window: Watched) -> None:
    page = window.go("#v=net")
    expect(page.get_by_role("heading", level=1)).to_have_text("政策计划图谱（7 份计划）")
    words = Picture(page).words
    # Each plan heads a community of its own here; one of several plans would bear the name of what they share.
    assert not any(text.endswith("个节点") for text in words)
    assert {text[:3] for text in words if text[3:].startswith("新型基础设施")} == {f"第{number}号" for number in range(1, 8)}
    assert any(text.startswith("智慧") for text in words)
    assert legend_count(page, "举措") != "0"
    assert window.faults == []


def test_the_overview_expands_into_one_plan_and_its_details(window: Watched) -> None:
    page = window.go("#v=net")
    find(page, "第3号新型基础设施")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="打开此计划").click()
    words = Picture(page).words
    assert {"专项行动", "量化指标", "生产领域"} <= words
    page.get_by_role("button", name="结构").click()
    assert "领域与行业" in Picture(page).words
    page.get_by_role("button", name="总览").click()
    words = Picture(page).words
    assert "量化指标" not in words
    assert any(text.startswith("第4号新型基础设施") for text in words)


def test_search_leads_from_the_overview_to_a_folded_detail(window: Watched) -> None:
    page = window.go("#v=net")
    first = find(page, "衔接（20）")[0].split("\n")[0]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=first)).to_be_visible()
    expect(page.get_by_role("blockquote").first).to_contain_text(first)


def test_the_whole_graph_is_drawn_moves_and_zooms(window: Watched) -> None:
    page = window.go("#v=net")
    page.get_by_role("button", name="全图").click()
    first = shot(page)
    assert len(first) > 50_000
    page.mouse.move(700, 400)
    page.mouse.down()
    page.mouse.move(820, 470, steps=8)
    page.mouse.up()
    moved = shot(page)
    assert moved != first
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -900)
    assert shot(page) != moved
    page.get_by_role("button", name="适应窗口").click()
    assert shot(page) == first
    assert window.faults == []


def test_from_afar_the_whole_graph_names_plans_and_what_they_share_and_near_by_what_is_one_plans_own(
    browser: Browser, large: Path
) -> None:
    graph = generate(2400)
    own = [data["zh"] for _, data in graph.nodes(data=True) if data.get("plan") and data["cls"] != "Plan"]
    window = watch(browser, large)
    window.page.add_init_script(LISTEN)
    page = window.go("#g=whole")
    afar = names_written(page)
    assert all(data["zh"] in afar for _, data in graph.nodes(data=True) if data["cls"] == "Plan")
    assert "智慧" in afar
    assert not [label for label in own if label in afar]
    # The rest follows the zoom, and not what was written before.
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -1500)
    near = names_written(page)
    assert any(label in near for label in own)
    assert window.faults == []


def test_a_node_and_a_line_of_the_whole_graph_answer_in_the_panel(window: Watched) -> None:
    page = window.go("#v=net")
    page.get_by_role("button", name="全图").click()
    find(page, "第2号新型基础设施")
    page.keyboard.press("Enter")
    heading = page.get_by_role("tabpanel").get_by_role("heading", level=2)
    expect(heading).to_contain_text("第2号新型基础设施")
    box = page.get_by_role("application").bounding_box()
    assert box
    page.mouse.click(box["x"] + 30, box["y"] + 30)
    # A node found by search stands in the middle; a click there chooses it again.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel")).to_be_visible()
    asked = page.get_by_role("button", name="谁说的？").first
    if asked.get_attribute("aria-expanded") == "false":
        asked.click()
    expect(page.get_by_role("blockquote").first).to_be_visible()


def test_filters_and_the_table_work_on_the_whole_graph(window: Watched) -> None:
    page = window.go("#g=whole")
    before = shot(page)
    page.get_by_role("button", name="行业 仅看").click()
    assert legend_count(page, "举措").startswith("0/")
    assert shot(page) != before
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_role("button", name="表格", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="共")).to_have_text("共 2,400 行")
    page.get_by_role("button", name="再显示 200 行").click()
    expect(page.get_by_role("row")).to_have_count(401)


def test_the_whole_graph_is_exported_as_it_is_seen(window: Watched) -> None:
    page = window.go("#g=whole")
    rest(page)
    assert png_size(saved(page, "PNG 图片"))[0] > 900
    page.get_by_label("导出").click()
    expect(page.get_by_role("button", name="SVG 矢量图")).to_have_count(0)
