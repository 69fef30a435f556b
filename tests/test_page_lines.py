"""Lines of the network page: relations of what is folded are drawn at its visible parent, beside cards, named and counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page_browser import Picture, find, launch, point, saved, watch, write_page
from tests.page_sample import Sample, named, sample_graph

if TYPE_CHECKING:
    import networkx as nx

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a body that leads two details of one action, and one of another."""
    sample = Sample()
    body = named("Organization", "滨海市海洋局")
    for detail, words in (
        ("建设近海浮标网", "近海浮标网"),
        ("建立海洋数据共享机制", "数据共享"),
        ("推广无人机巡检", "无人机"),
    ):
        sample.say(named("Measure", detail)[0], "ledBy", body, words)
    return write_page(sample.finish(), tmp_path_factory.mktemp("led"))


def choose(page: Page, name: str) -> None:
    find(page, name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()


def test_choosing_a_body_lights_the_tasks_whose_details_it_leads(browser: Browser, led: Path) -> None:
    window = watch(browser, led)
    page = window.go()
    assert "建设近海浮标网" not in Picture(page).words
    choose(page, "滨海市海洋局")
    words = Picture(page).words
    assert {"牵头 2", "牵头", "感知网络构建", "场景应用深化"} <= words
    assert "建设近海浮标网" not in words
    assert window.faults == []


def test_a_bundle_opens_on_a_click_and_lists_what_it_holds(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go()
    choose(page, "滨海市海洋局")
    page.get_by_role("button", name="适应窗口").click()
    page.wait_for_function("() => location.hash.includes('z=')")
    place = point(page, *Picture(page).place("牵头 2"), "牵头 2")
    page.mouse.click(*place)
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("2 条关系")
    expect(panel.get_by_role("button", name="建设近海浮标网")).to_be_visible()
    expect(panel.get_by_role("blockquote")).to_have_count(2)
    # It can be taken apart in the picture as well: then each detail has its own line.
    panel.get_by_role("button", name="在图中展开").click()
    assert {"建设近海浮标网", "建立海洋数据共享机制"} <= Picture(page).words


def test_a_count_stands_on_a_line_at_rest(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go()
    assert "2" in Picture(page).words


def test_the_plan_does_not_draw_a_star_to_what_stands_in_its_blocks(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go()
    at_rest = len(page.evaluate(_LINES, saved(page, "SVG 矢量图").read_text("utf-8"))["lines"])
    find(page, "滨海市智慧海洋“远航”")
    page.keyboard.press("Enter")
    chosen = len(page.evaluate(_LINES, saved(page, "SVG 矢量图").read_text("utf-8"))["lines"])
    assert chosen > at_rest + 15


# From the SVG: lines are strokes without arcs, cards the rounded rectangles of 7 px; lines as points three pixels apart.
_LINES = """async (text) => {
  const holder = document.createElement('div');
  holder.append(document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true));
  document.body.append(holder);
  const [lines, cards] = [[], []];
  for (const path of holder.querySelectorAll('path')) {
    const d = path.getAttribute('d');
    const { x, y, width, height } = path.getBBox();
    if (d.includes('a7 7') && path.getAttribute('fill') !== 'none') cards.push([x, y, x + width, y + height]);
    else if (path.getAttribute('fill') === 'none' && /^[ML\\d.\\sQ-]+$/.test(d)) {
      const long = path.getTotalLength();
      lines.push(Array.from({ length: Math.ceil(long / 3) }, (_, i) => { const p = path.getPointAtLength(i * 3); return [p.x, p.y]; }));
    }
  }
  holder.remove();
  return { lines, cards };
}"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("layout", ["structure", "domain"])
@pytest.mark.parametrize("which", ["seed", "sample"])
def test_lines_pass_beside_cards_and_never_under_them(
    browser: Browser, seed_graph: nx.MultiDiGraph[str], tmp_path: Path, which: str, layout: str, language: str
) -> None:
    path = write_page(seed_graph if which == "seed" else sample_graph(), tmp_path)
    page = watch(browser, path).go(f"#y={layout}&l={language}")
    drawn = page.evaluate(_LINES, saved(page, "SVG 矢量图" if language == "zh" else "SVG drawing").read_text("utf-8"))
    assert len(drawn["lines"]) >= (25 if which == "seed" else 9)
    for line in drawn["lines"]:
        for x, y in line:
            assert not any(
                left + 2 < x < right - 2 and top + 2 < y < bottom - 2 for left, top, right, bottom in drawn["cards"]
            ), (x, y)
