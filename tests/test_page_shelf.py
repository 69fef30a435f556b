"""A folder is a shelf: its plans as a list and on a line of years, what they share, who cites whom."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.generate import generate
from tests.page_browser import Picture, Watched, find, launch, legend_count, watch, write_page

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven plans with years and dates, the first cited by the third, one body of a province, another whose name begins with a county's."""
    graph = generate(2400)
    plans = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan"]
    for number, plan in enumerate(plans):
        graph.nodes[plan]["attrs"].update(
            {"yf:startYear": 2021 + number, "yf:endYear": 2024 + number, "dcterms:issued": date(2021 + number, 3, 1)}
        )
    graph.add_edge(plans[2], plans[0], key="cites", statements=())
    graph.remove_edges_from([edge for edge in graph.out_edges(plans[6], keys=True) if edge[2] == "issuedBy"])
    for name, cls, label in (("county", "Place", "丙山县"), ("office", "Organization", "丙山县商务局")):
        kind = {"yf:placeKind": "county"} if cls == "Place" else {}
        graph.add_node(f"https://example.org/{name}", cls=cls, zh=label, en="", alt=(), attrs=kind)
    graph.add_edge(plans[6], "https://example.org/office", key="issuedBy", statements=())
    graph.add_node(
        "https://example.org/place", cls="Place", zh="上州省", en="", alt=(), attrs={"yf:placeKind": "province"}
    )
    for body in [o for _, o, relation in graph.out_edges(plans[1], keys=True) if relation == "issuedBy"]:
        graph.add_edge(body, "https://example.org/place", key="ofPlace", statements=())
    return write_page(graph, tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def window(browser: Browser, folder: Path) -> Watched:
    return watch(browser, folder)


def row(page: Page, number: int) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("button", name=f"第{number}号新型基础设施"))


def test_a_folder_opens_on_its_plans_with_the_counts_of_the_legend(window: Watched) -> None:
    page = window.go()
    heading = page.get_by_role("main").get_by_role("heading", level=2)
    tasks = sum(int(legend_count(page, cls)) for cls in ("任务", "专项行动"))
    assert heading.inner_text() == (
        f"7 份计划 · {legend_count(page, '机构')} 个机构 · {tasks} 项任务、{legend_count(page, '举措')} 项举措 · "
        f"{legend_count(page, '目标值')} 个目标 · 1 处互引"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(f"政策计划图谱（{legend_count(page, '计划')} 份计划）")
    assert window.faults == []


def sheets_of(path: Path) -> list[str]:
    return [re.sub(r"\s", "", sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(path)]


def test_a_printed_shelf_names_every_source(window: Watched, tmp_path: Path) -> None:
    page = window.go()
    page.pdf(path=tmp_path / "shelf.pdf", format="A4")
    assert "".join(sheets_of(tmp_path / "shelf.pdf")).count("SHA-256") == int(legend_count(page, "来源文件"))
    expect(page.get_by_role("contentinfo").get_by_role("list")).to_be_hidden()


def test_a_plan_is_printed_on_one_sheet_with_its_years(window: Watched, tmp_path: Path) -> None:
    page = window.go()
    for height in range(110, 150, 8):
        page.pdf(path=tmp_path / "shelf.pdf", width="210mm", height=f"{height}mm")
        sheets = sheets_of(tmp_path / "shelf.pdf")
        for number in range(1, 8):
            sheet = next(said for said in sheets if f"第{number}号新型基础设施" in said)
            assert f"{2020 + number}–{2023 + number}" in sheet


def test_each_plan_has_issuers_size_and_its_years(window: Watched) -> None:
    page = window.go()
    first, last = row(page, 1), row(page, 7)
    expect(first).to_contain_text("48 项任务、253 项举措、7 个目标")
    expect(first).to_contain_text("2021–2024")
    early, late = first.locator(".span").bounding_box(), last.locator(".span").bounding_box()
    assert early
    assert late
    assert early["x"] < late["x"]
    # What a bar, a ring and an arc are is said, and years stand close enough to read one off.
    main = page.get_by_role("main")
    for words in ("实施期", "发布", "引用"):
        expect(main.get_by_text(words, exact=True)).to_be_visible()
    assert [int(year) for year in main.locator("thead .year").all_inner_texts()] == [2022, 2024, 2026, 2028, 2030]


def test_the_shelf_is_ordered_by_level_theme_or_time(window: Watched) -> None:
    page = window.go()
    heads = page.get_by_role("main").get_by_role("rowgroup").get_by_role("rowheader")
    expect(heads.filter(has_text="省级")).to_have_count(1)
    # A body of no place stands where its name says.
    expect(heads.filter(has_text="区县")).to_have_count(1)
    page.get_by_role("button", name="按时间").click()
    titles = page.get_by_role("main").get_by_role("rowheader").all_inner_texts()
    assert [text.strip()[:3] for text in titles] == [f"第{number}号" for number in range(1, 8)]
    page.get_by_role("button", name="按主题").click()
    named = [
        text for text in page.get_by_role("main").get_by_role("rowheader").all_inner_texts() if "行动计划" not in text
    ]
    assert named


def test_choosing_what_a_plan_shares_lights_its_neighbours(window: Watched) -> None:
    page = window.go()
    shared = row(page, 2).get_by_role("button", name="份", exact=False).last
    # How many things a plan shares, not only with how many plans; which ones, under the pointer.
    expect(shared).to_have_text(re.compile(r"^\d+ 项 · \d 份$"))
    expect(shared).to_have_attribute("title", re.compile(r"^与其他 \d 份计划共有 \d+ 项：."))
    shared.click()
    expect(page.get_by_role("main")).to_contain_text("与其他计划共有：")
    expect(row(page, 2)).to_have_attribute("aria-current", "true")


def test_a_citation_is_an_arc_that_says_who_cites_whom(window: Watched) -> None:
    page = window.go()
    arc = page.get_by_role("group", name="计划之间的引用").get_by_role("button")
    expect(arc).to_have_count(1)
    assert (arc.get_attribute("aria-label") or "").startswith("第3号新型基础设施")
    arc.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tabpanel").get_by_role("heading", level=2)).to_contain_text("引用")


def test_a_plan_opens_from_the_shelf_and_from_search(window: Watched) -> None:
    page = window.go()
    row(page, 3).get_by_role("button").first.click()
    assert any(text.startswith("第3号") for text in Picture(page).words)
    page.go_back()
    expect(page.get_by_role("button", name="计划", exact=True)).to_have_attribute("aria-pressed", "true")
    find(page, "第5号新型基础设施")
    page.keyboard.press("Enter")
    assert any(text.startswith("第5号") for text in Picture(page).words)


def test_the_shelf_fits_a_phone(browser: Browser, folder: Path) -> None:
    page = watch(browser, folder, width=390, height=844, touch=True).go()
    box = row(page, 1).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    expect(row(page, 1)).to_contain_text("项任务")


def test_from_the_shelf_of_a_phone_one_chooses_what_to_look_at(browser: Browser, folder: Path) -> None:
    page = watch(browser, folder, width=390, height=844, touch=True).go()
    page.get_by_role("button", name="筛选").tap()
    page.get_by_role("navigation").get_by_role("combobox", name="行业").focus()
    page.get_by_role("navigation").get_by_role("combobox", name="行业").select_option(index=1)
    expect(page.get_by_role("banner").get_by_role("button", name="图谱", exact=True)).to_have_attribute("aria-pressed", "true")
    # On a phone the orders of the picture are a list to open, in one line with the rest.
    dock = page.locator(".dock").bounding_box()
    assert dock
    assert dock["height"] < 50


def test_a_plan_without_years_says_on_a_phone_when_it_was_issued(browser: Browser, tmp_path: Path) -> None:
    graph = generate(900)
    plans = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan"]
    for plan in plans:
        for years in ("yf:startYear", "yf:endYear"):
            graph.nodes[plan]["attrs"].pop(years, None)
        graph.nodes[plan]["attrs"]["dcterms:issued"] = date(2024, 3, 1)
    page = watch(browser, write_page(graph, tmp_path), width=390, height=844, touch=True).go("#v=shelf")
    expect(row(page, 1).get_by_text("2024-03")).to_be_visible()


def test_figures_of_a_folder_name_their_plan(browser: Browser, folder: Path) -> None:
    page = watch(browser, folder).go("#v=glance")
    item = page.get_by_role("region", name="指标与目标值").get_by_role("listitem").first
    expect(item.get_by_role("button", name="新型基础设施")).not_to_have_count(0)
