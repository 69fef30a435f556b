"""The first view of the network page: there at once, readable, structured, and unfolding where it is clicked."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import yangfan as yf
from tests.page_browser import (
    Picture,
    Watched,
    canvas_point,
    launch,
    legend_count,
    open_sample,
    sample_page,
    saved,
    settle,
    watch,
    write_page,
)
from tests.page_sample import PLAN, sample_graph
from yangfan.core.schema import load_schema

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)
sample = pytest.fixture(scope="module")(sample_page)
window = pytest.fixture(open_sample)


def test_the_plan_is_the_heading_and_the_legend_counts_every_class(window: Watched) -> None:
    page = window.go()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)
    for cls, count in Counter(data["cls"] for _, data in sample_graph().nodes(data=True)).items():
        assert legend_count(page, load_schema().classes[cls].zh) == str(count)
    assert window.faults == []


def test_the_first_view_shows_the_structure_and_folds_the_details(window: Watched) -> None:
    words = Picture(window.go("#y=structure")).words
    assert {"发布机构", "专项行动", "重点工程", "领域与行业", "量化指标", "保障措施", "原则与目标"} <= words
    assert {"感知网络构建", "智慧渔业", "近海5G覆盖率", "加强组织领导", "海底观测网工程"} <= words
    assert not {"建设近海浮标网", "近海5G覆盖率超过85%"} & words
    assert "+2" in words


def test_the_first_view_is_ordered_by_domain_where_a_plan_has_domains(window: Watched) -> None:
    page = window.go()
    expect(page.get_by_role("button", name="按领域")).to_have_attribute("aria-pressed", "true")
    drawn = Picture(page)
    # An industry stands below its own domain, beside the other industries of it.
    for domain, own, other in (("资源开发", "智慧渔业", "智慧海事"), ("公共服务", "智慧海事", "智慧渔业")):
        (x, y), (ox, oy), (fx, _) = drawn.place(domain), drawn.place(own), drawn.place(other)
        assert oy > y
        assert abs(ox - x) < abs(fx - x)


def test_an_indicator_says_its_target_at_first_sight(window: Watched) -> None:
    assert {"> 85% · 2026年", "≥ 1200亿元 · 2026年", "300—400 艘 · 2026年"} <= Picture(window.go()).words
    assert {"> 85% · 2026", "≥ 120 billion yuan · 2026"} <= Picture(window.go("#l=en")).words


def test_a_plan_without_an_english_name_says_in_english_what_its_title_tells(browser: Browser, tmp_path: Path) -> None:
    source = tmp_path / "plan.md"
    source.write_text(
        "# 海州市人工智能产业实施方案\n\n二、主要任务\n\n（一）建设算力平台。建设智能算力中心1个。\n", encoding="utf-8"
    )
    page = watch(browser, write_page(yf.build(source).nx, tmp_path), locale="en-GB").go()
    gloss = "Implementation scheme: Artificial intelligence"
    expect(page.get_by_role("heading", level=1)).to_contain_text("海州市人工智能产业实施方案")
    expect(page.get_by_role("heading", level=1).get_by_text(gloss)).to_have_attribute(
        "title", "told from the title by the vocabulary; no translation"
    )
    assert gloss in " ".join(text for text, _, _ in Picture(page).texts)
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_text(gloss)).to_have_count(0)


def test_on_a_phone_the_first_view_is_filled(browser: Browser, sample: Path) -> None:
    page = watch(browser, sample, width=390, height=844, touch=True).go()
    page.get_by_role("button", name="适应窗口").click()
    page.wait_for_function("() => location.hash.includes('z=')")
    found = re.search(r"z=-?[\d.]+~(-?[\d.]+)~([\d.]+)", page.url)
    box = page.get_by_role("application").bounding_box()
    assert found
    assert box
    middle, zoom = map(float, found.groups())
    # The plan stands at the head of the order by domain, beside its first domains, and nothing of the window lies empty above these.
    head = next(y for words, _, y in Picture(page).texts if words and PLAN.startswith(words) and words != PLAN)
    assert 0 < (head - middle) * zoom + box["height"] / 2 < box["height"] / 4


def test_a_click_unfolds_the_details_and_a_click_on_the_sign_folds_them(window: Watched) -> None:
    page = window.go()
    x, y = canvas_point(page, "感知网络构建")
    page.mouse.click(x, y)
    expect(page.get_by_role("heading", level=2, name="感知网络构建")).to_be_visible()
    assert {"建设近海浮标网", "−"} <= Picture(page).words
    page.get_by_role("button", name="收起细节").click()
    assert "建设近海浮标网" not in Picture(page).words


# Cards from the SVG: a rounded rectangle of 7 px corners each, its text right after it.
_MEASURE = """async (text) => {
  const holder = document.createElement('div');
  holder.style.position = 'absolute';
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  holder.append(document.importNode(parsed, true));
  document.body.append(holder);
  const cards = [];
  for (const element of holder.querySelectorAll('path, text')) {
    if (element.tagName === 'path' && element.getAttribute('d').includes('a7 7') && element.getAttribute('fill') !== 'none') {
      const { x, y, width, height } = element.getBBox();
      cards.push({ x, y, right: x + width, bottom: y + height, texts: [] });
    } else if (element.tagName === 'text' && cards.length && element.getAttribute('font-size') !== '10') {
      const { x, y, width, height } = element.getBBox();
      const card = cards[cards.length - 1];
      card.texts.push({ words: element.textContent, x, y, right: x + width, bottom: y + height });
    }
  }
  holder.remove();
  return cards;
}"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("layout", ["structure", "domain", "force", "tree"])
def test_no_card_covers_another_and_no_label_leaves_its_card(window: Watched, layout: str, language: str) -> None:
    page = window.go(f"#y={layout}&l={language}")
    svg = saved(page, "SVG 矢量图" if language == "zh" else "SVG drawing").read_text("utf-8")
    cards = page.evaluate(_MEASURE, svg)
    assert len(cards) >= 30
    for position, card in enumerate(cards):
        assert card["texts"], "a card without its label"
        for text in card["texts"]:
            assert card["x"] <= text["x"], text
            assert text["right"] <= card["right"] + 0.5, text
        for other in cards[position + 1 :]:
            beside = card["right"] <= other["x"] + 1 or other["right"] <= card["x"] + 1
            above = card["bottom"] <= other["y"] + 1 or other["bottom"] <= card["y"] + 1
            assert beside or above, (card["texts"], other["texts"])


# Badges from the SVG: a text of 10 px right after its outline; and the square of each line of a label, from its middle.
_BADGES = """async (text) => {
  const holder = document.createElement('div');
  holder.style.position = 'absolute';
  holder.append(document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true));
  document.body.append(holder);
  const [badges, labels] = [[], []];
  for (const element of holder.querySelectorAll('text')) {
    const small = element.getAttribute('font-size') === '10';
    const { x, width, y, height } = (small ? element.previousElementSibling : element).getBBox();
    const middle = Number(element.getAttribute('y'));
    const half = Number(element.getAttribute('font-size')) / 2;
    const box = { words: element.textContent, x, right: x + width };
    if (small) badges.push({ ...box, y, bottom: y + height });
    else labels.push({ ...box, y: middle - half, bottom: middle + half });
  }
  holder.remove();
  return { badges, labels };
}"""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("layout", ["structure", "domain", "tree"])
def test_no_badge_covers_a_character_of_a_label(window: Watched, layout: str, language: str) -> None:
    page = window.go(f"#y={layout}&l={language}")
    drawn = page.evaluate(_BADGES, saved(page, "SVG 矢量图" if language == "zh" else "SVG drawing").read_text("utf-8"))
    badges = [badge for badge in drawn["badges"] if badge["words"].startswith(("+", "−"))]
    assert badges
    for badge in badges:
        for label in drawn["labels"]:
            beside = badge["right"] <= label["x"] or label["right"] <= badge["x"]
            above = badge["bottom"] <= label["y"] or label["bottom"] <= badge["y"]
            assert beside or above, (badge, label)


def test_a_click_on_a_badge_unfolds_without_choosing(window: Watched) -> None:
    page = window.go()
    canvas_point(page, "感知网络构建")
    found = re.search(r"z=(-?[\d.]+)~(-?[\d.]+)~([\d.]+)", page.url)
    assert found
    drawn = page.evaluate(_BADGES, saved(page, "SVG 矢量图").read_text("utf-8"))
    (label,) = (label for label in drawn["labels"] if label["words"] == "感知网络构建")
    badge = min(drawn["badges"], key=lambda b: abs(b["y"] - label["bottom"]) + abs(b["right"] - label["right"]))
    box = page.get_by_role("application").bounding_box()
    assert box
    middle_x, middle_y, zoom = map(float, found.groups())
    x, y = (badge["x"] + badge["right"]) / 2, badge["bottom"] - 2
    page.mouse.click(box["x"] + box["width"] / 2 + (x - middle_x) * zoom, box["y"] + box["height"] / 2 + (y - middle_y) * zoom)
    page.wait_for_function("() => location.hash.includes('o=')")
    assert "建设近海浮标网" in Picture(page).words
    expect(page.get_by_role("complementary")).to_have_count(0)


def test_the_whole_first_view_fits_into_the_window(window: Watched) -> None:
    page = window.go()
    for name in ("滨海市发展改革委", "5G", "海洋文旅", "绿色发展"):
        canvas_point(page, name)


def test_the_layout_switch_moves_the_nodes_and_force_is_the_same_every_time(window: Watched) -> None:
    page = window.go()
    places = {}
    for words in ("结构", "按领域", "力导向", "树形"):
        page.get_by_role("button", name=words, exact=True).click()
        expect(page.get_by_role("button", name=words, exact=True)).to_have_attribute("aria-pressed", "true")
        places[words] = Picture(page).place("智慧渔业")
    assert len(set(places.values())) == 4
    page = window.go("#y=force")
    assert Picture(page).place("智慧渔业") == places["力导向"]


def test_nothing_moves_by_itself_until_physics_is_asked_for(window: Watched) -> None:
    page = window.go()
    assert page.get_by_role("progressbar").count() == 0
    before = Picture(page).place("智慧渔业")
    for _ in range(20):
        settle(page)
    assert Picture(page).place("智慧渔业") == before
    page.get_by_role("button", name="物理模拟").click()
    # However slow the machine is, the first step of the simulation moves it.
    for _ in range(200):
        settle(page)
        if Picture(page).place("智慧渔业") != before:
            break
    page.get_by_role("button", name="停止物理模拟").click()
    stopped = Picture(page).place("智慧渔业")
    assert stopped != before
    for _ in range(5):
        settle(page)
    assert Picture(page).place("智慧渔业") == stopped


def test_hovering_names_the_node_in_both_languages(window: Watched) -> None:
    page = window.go()
    canvas_point(page, "智慧渔业")
    expect(page.get_by_role("tooltip")).to_contain_text("Smart fisheries")
    expect(page.get_by_role("tooltip")).to_contain_text(re.compile("行业.*Industry", re.DOTALL))
