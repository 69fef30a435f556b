"""Sharing from the network page: links that open the same view, exports of what is seen, a clean print."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, expect
from rdflib import Graph

from tests.page_browser import Picture, Watched, find, launch, open_sample, png_size, sample_page, saved, watch
from tests.page_sample import sample_graph
from yangfan.formats.rdf import to_rdflib

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)
sample = pytest.fixture(scope="module")(sample_page)
window = pytest.fixture(open_sample)


def test_a_copied_link_opens_the_same_view(browser: Browser, sample: Path, window: Watched) -> None:
    page = window.go()
    page.get_by_role("button", name="树形").click()
    page.get_by_role("checkbox", name="机构", exact=True).uncheck()
    find(page, "智慧渔业")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Dark theme").click()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("() => location.hash.includes('z=')")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_attached()
    other = watch(browser, sample)
    again = other.go(page.url.removeprefix(other.address))
    expect(again.get_by_role("button", name="Tree")).to_have_attribute("aria-pressed", "true")
    expect(again.get_by_role("checkbox", name="Organization", exact=True)).not_to_be_checked()
    expect(again.get_by_role("heading", level=2, name="Smart fisheries")).to_be_visible()
    expect(again.locator("html")).to_have_attribute("data-theme", "dark")
    assert again.url == page.url
    assert Picture(again).texts == Picture(page).texts
    assert other.faults == []


def test_a_broken_link_opens_the_page_all_the_same(window: Watched) -> None:
    page = window.go("#v=nonsense&n=no/such/node&z=a~b~c&e=x%7Cy&l=%E0%A4%A&s=9~9~9&f=7~nothing&w=~~~")
    expect(page.get_by_role("button", name="图谱", exact=True)).to_have_attribute("aria-pressed", "true")
    assert window.faults == []


def test_png_shows_the_whole_scene(window: Watched) -> None:
    page = window.go()
    whole = saved(page, "PNG 图片")
    assert png_size(whole)[0] > 1500
    page.get_by_role("button", name="放大").click()
    assert png_size(saved(page, "PNG 图片")) == png_size(whole)
    page.get_by_role("button", name="行业 仅看").click()
    assert png_size(saved(page, "PNG 图片"))[0] < png_size(whole)[0]


def test_svg_is_well_formed_and_has_every_label_as_text(window: Watched) -> None:
    root = ElementTree.fromstring(saved(window.go(), "SVG 矢量图").read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {"智慧渔业", "5G"} <= {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}


def test_csv_holds_what_is_seen_with_the_quotes(window: Watched) -> None:
    page = window.go()
    page.get_by_role("button", name="行业 仅看").click()
    nodes = list(csv.DictReader(io.StringIO(saved(page, "CSV 节点").read_text("utf-8-sig"))))
    assert {row["label_zh"] for row in nodes} == {"智慧渔业", "海上风电", "海水利用", "智慧海事", "海洋文旅"}
    page.get_by_role("button", name="清除筛选").click()
    edges = list(csv.DictReader(io.StringIO(saved(page, "CSV 关系（含原文）").read_text("utf-8-sig"))))
    row = next(row for row in edges if row["subject_zh"] == "智慧渔业" and row["relation"] == "inDomain")
    assert row["quote"].startswith("资源开发领域包括智慧渔业")
    text = next(iter(sample_graph().graph["documents"].values())).text
    assert text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_json_holds_nodes_edges_and_their_statements(window: Watched) -> None:
    data = json.loads(saved(window.go(), "JSON").read_text("utf-8"))
    assert {node["class"] for node in data["nodes"]} >= {"Plan", "Industry", "Indicator"}
    curated = [s for edge in data["edges"] for s in edge["statements"] if s["basis"] == "curated"]
    assert curated[0]["source"]["title"] == "滨海市海洋局公告"
    assert data["licence"] == "Apache-2.0"


def test_turtle_of_everything_says_the_same_as_the_build(window: Watched) -> None:
    page = window.go()
    page.get_by_role("button", name="表格", exact=True).click()
    page.get_by_role("columnheader").first.wait_for()
    got = Graph().parse(data=saved(page, "Turtle").read_text("utf-8"), format="turtle")
    built = to_rdflib(sample_graph(), evidence=False)
    assert len(got) > 150
    assert set(got) <= set(built)
    missing = {p for _, p, _ in set(built) - set(got)}
    # Superclasses and rdfs:label follow from what is exported; everything else is there.
    assert {str(p).rpartition("#")[2] for p in missing} <= {"type", "label"}


def test_print_is_a_clean_sheet(window: Watched) -> None:
    page = window.go()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_be_visible()
    for name in ("导出", "结构", "English"):
        expect(page.get_by_text(name, exact=True).first).not_to_be_visible()
    expect(page.get_by_role("combobox", name="搜索")).not_to_be_visible()
    assert len(page.pdf()) > 10_000
