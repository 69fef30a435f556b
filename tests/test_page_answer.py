"""Choose a body, an industry, a programme or a year, and see the answer: its picture, its title in words, its list, its files."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pptx
import pytest
from playwright.sync_api import Browser, Page, expect
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Pt

from tests.page_browser import Picture, find, launch, legend_count, saved, watch, write_page
from tests.page_sample import PLAN, Sample, named
from yangfan.core.model import Described

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a body that leads two tasks, a date by which one is due, and a target that is a decrease."""
    sample = Sample()
    first, second = named("Measure", "建设近海浮标网", "推广无人机巡检")
    sample.say(first, "ledBy", named("Organization", "滨海市财政局"), "近海浮标网")
    sample.say(second, "supportedBy", named("Organization", "滨海市财政局"), "无人机")
    due = named("Deadline", "2025年12月31日")
    sample.say(first, "dueBy", due, "近海浮标网")
    sample.described.append(Described(due[0], {"yf:dueDate": date(2025, 12, 31)}))
    cover, drop = named("Indicator", "近海5G覆盖率")[0], named("Target", "能耗 变化 = -15%")[0]
    sample.say(cover, "hasTarget", [drop], "61.5%")
    sample.say(drop, "setBy", [sample.plan], "61.5%")
    sample.say(drop, "setIn", [second], "61.5%")
    sample.described.append(
        Described(
            drop,
            {"yf:comparator": "=", "yf:value": Decimal(-15), "yf:unitText": "%", "yf:change": True, "yf:year": 2025},
        )
    )
    return write_page(sample.finish(), tmp_path_factory.mktemp("led"))


def look_at(page: Page, kind: str, name: str) -> None:
    page.get_by_role("navigation").get_by_role("combobox", name=kind, exact=True).select_option(label=name)


def test_choosing_a_body_shows_its_plans_tasks_and_targets_with_their_list(browser: Browser, led: Path) -> None:
    window = watch(browser, led)
    page = window.go()
    look_at(page, "机构", "滨海市财政局")
    title = "滨海市财政局：1 份计划、2 项举措、4 个目标"
    expect(page.get_by_role("main").get_by_role("heading", name=title)).to_be_visible()
    drawn = Picture(page)
    assert {"建设近海浮标网", "推广无人机巡检", title} <= drawn.words
    # Roles and dates stand on the cards, from left to right run plan, tasks, targets.
    assert {"牵头", "2025年12月31日", "参与"} <= drawn.words
    plan = next(x for text, x, _ in drawn.texts if text.startswith("滨海市智慧海洋"))
    assert plan < drawn.place("感知网络构建")[0] < drawn.place("建设近海浮标网")[0]
    assert "智慧渔业" not in drawn.words
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_role("heading", level=2)).to_have_text(title)
    expect(panel.get_by_role("listitem").filter(has_text="近海5G覆盖率超过85%")).to_contain_text("> 85% · 2026")
    panel.get_by_role("button", name="谁说的？ 建设近海浮标网").click()
    expect(panel.get_by_role("blockquote")).to_contain_text("建设近海浮标网")
    # The legend counts what the title counts.
    assert legend_count(page, "举措") == "2/4"
    assert legend_count(page, "目标值") == "4"
    assert window.faults == []


def test_an_answer_is_left_by_escape_and_by_its_button(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go("#a=organization/滨海市财政局")
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_contain_text("滨海市财政局：")
    page.get_by_role("main").get_by_role("button", name="返回全图").click()
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(0)
    assert "智慧渔业" in Picture(page).words


def test_a_year_an_industry_and_an_action_have_their_own_pictures(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go()
    head = page.get_by_role("main").get_by_role("heading", level=2)
    look_at(page, "年份", "2025 年")
    expect(head).to_have_text("2025 年：1 份计划、1 项举措、1 个目标")
    look_at(page, "行业", "智慧渔业")
    expect(head).to_contain_text("智慧渔业：1 份计划、1 项任务")
    look_at(page, "专项与工程", "感知网络构建")
    expect(head).to_contain_text("感知网络构建：1 份计划、1 项任务、2 项举措")
    assert {"建设近海浮标网", "建立海洋数据共享机制"} <= Picture(page).words
    find(page, "滨海市海洋局")
    page.keyboard.press("Enter")
    page.get_by_role("tabpanel").get_by_role("button", name="看它的计划、任务与目标").click()
    expect(head).to_have_text("滨海市海洋局：1 份计划、4 个目标")


def test_an_answer_is_titled_in_english_too(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go("#a=year:2026&l=en")
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_text("2026: 1 plan, 3 targets")


def test_a_picture_that_is_saved_has_title_legend_source_and_date(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go("#a=organization/滨海市财政局")
    root = ElementTree.parse(saved(page, "SVG 矢量图")).getroot()
    words = " ".join(text for element in root.iter() if (text := element.text))
    assert "滨海市财政局：1 份计划、2 项举措、4 个目标" in words
    assert "来源：" in words
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert today in words
    for cls in ("举措", "目标值"):
        assert cls in words


def test_the_slide_has_native_shapes_that_can_be_edited(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go("#a=organization/滨海市财政局")
    (slide,) = pptx.Presentation(str(saved(page, "PPTX 幻灯片"))).slides
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert {"滨海市财政局：1 份计划、2 项举措、4 个目标", "建设近海浮标网\n2025年12月31日", "牵头"} <= set(texts)
    assert any("来源：" in text for text in texts)
    assert len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)
    assert not any(shape.shape_type is not None and "PICTURE" in str(shape.shape_type) for shape in slide.shapes)
    # A large box has no rounder corners than a card.
    rounded = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE and len(shape.adjustments)]
    assert rounded
    assert all(shape.adjustments[0] * min(shape.width, shape.height) <= Pt(6.1) for shape in rounded)


def test_the_workbook_has_rows_with_values_and_quotes(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go("#a=organization/滨海市财政局")
    book = openpyxl.load_workbook(io.BytesIO(saved(page, "XLSX 工作簿（含原文）").read_bytes()))
    head, *rows = ([cell.value for cell in row] for row in book["清单"].rows)
    found = {row[2]: dict(zip(head, row, strict=True)) for row in rows}
    assert found["建设近海浮标网"]["角色"] == "牵头"
    assert found["建设近海浮标网"]["期限"] == "2025年12月31日"
    assert "建设近海浮标网" in found["建设近海浮标网"]["原文"]
    assert found["建设近海浮标网"]["计划"] == PLAN
    target = found["近海5G覆盖率超过85%"]
    assert (target["数值"], target["单位"], target["年份"]) == (85, "%", 2026)
    about = {row[0].value: row[1].value for row in book["说明"].rows}
    assert about["标题"] == "滨海市财政局：1 份计划、2 项举措、4 个目标"
    assert about["日期"]


def test_the_list_as_csv_keeps_value_unit_and_year(browser: Browser, led: Path) -> None:
    page = watch(browser, led).go("#a=year:2025")
    text = saved(page, "CSV 清单（含数值、单位、年份）").read_text("utf-8-sig")
    rows = {row["名称"]: row for row in csv.DictReader(io.StringIO(text))}
    drop = rows["能耗 变化 = -15%"]
    assert (drop["数值"], drop["单位"], drop["年份"]) == ("-15", "%", "2025")
    assert rows["建设近海浮标网"]["期限"] == "2025年12月31日"
