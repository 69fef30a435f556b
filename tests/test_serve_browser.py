"""The server's pages in a real browser: the lit span, the drawing of an answer, no error and no foreign request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.page_browser import CHINESE
from tests.samples import TEXT, sample_graph, write_exports
from tests.serving import Served, serving

pytestmark = [pytest.mark.server, pytest.mark.browser]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """A page that fails the test on any error of a script, refused resource or request to another server."""
    opened = browser.new_page(locale=CHINESE, base_url=server.url)
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda asked: None if asked.url.startswith(server.url) else wrong.append(asked.url))
    yield opened
    opened.close()
    assert wrong == []


def test_the_span_that_the_address_names_is_lit(page: Page) -> None:
    page.goto("/text/yuanfan-0001#97-137")
    assert page.locator("mark").all_text_contents() == [TEXT[3]]
    page.goto("/text/yuanfan-0001#97-103")
    assert page.locator("mark").all_text_contents() == [TEXT[3][:6]]
    page.evaluate("location.hash = '#53-70'")
    page.wait_for_function("document.querySelectorAll('mark').length === 2")
    assert "".join(page.locator("mark").all_text_contents()) == TEXT[1] + TEXT[2][: 70 - 53 - len(TEXT[1]) - 1]


def test_choosing_what_the_graph_draws_from_a_text_lights_its_sentence(page: Page) -> None:
    page.goto("/text/yuanfan-0001")
    assert page.locator("mark").count() == 0
    before = page.inner_html("#text")
    chosen = page.locator("#drawn li a[href='#97-137']").first
    chosen.click()
    page.wait_for_selector("mark")
    assert page.locator("mark").all_text_contents() == [TEXT[3]]
    assert chosen.get_attribute("aria-current") == "true"
    page.click("a[href='#drawn']")
    page.wait_for_selector("mark", state="detached")
    assert page.inner_html("#text") == before


def test_a_quote_leads_to_its_lit_sentence(page: Page) -> None:
    page.goto("/id/industry/智慧医疗")
    page.locator("blockquote a").first.click()
    page.wait_for_selector("mark")
    assert "智慧医疗" in page.locator("mark").first.inner_text()


def test_the_language_is_switched_and_kept_for_the_next_page(page: Page) -> None:
    page.goto("/query?name=targets-due")
    expect(page.get_by_role("button", name="运行")).to_be_visible()
    page.get_by_role("button", name="Switch to English").click()
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    expect(page.get_by_text("谁在问什么")).to_be_hidden()
    page.goto("/id/industry/智慧医疗")
    expect(page.get_by_role("heading", name="Edges and their quotes")).to_be_visible()
    page.get_by_role("button", name="切换为中文").click()
    expect(page.get_by_role("heading", name="关系与原文")).to_be_visible()


def test_from_the_network_page_one_comes_to_the_questions(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="查询", exact=True).click()
    page.wait_for_url("**/query")


def test_the_query_page_opens_on_a_question_with_its_answer_and_on_what_others_ask(page: Page) -> None:
    page.goto("/query")
    expect(page.get_by_role("heading", name="按类别列出指标及其目标值")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()
    assert page.get_by_role("textbox", name="SPARQL").is_hidden()
    page.get_by_role("link", name="看行业与技术的人 关于一个行业的一切").click()
    expect(page.get_by_role("heading", name="关于一个行业的一切")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()


def test_a_query_of_ones_own_begins_with_one_that_runs(page: Page) -> None:
    page.goto("/query")
    page.get_by_role("link", name="自己写 SPARQL").click()
    page.get_by_role("button", name="运行").click()
    page.wait_for_url("**/query?query=SELECT**")
    expect(page.get_by_role("link", name="智慧教育").first).to_be_visible()


def test_an_answer_is_drawn_as_a_network_and_its_nodes_are_links(page: Page) -> None:
    page.goto("/query?name=domains-and-industries")
    assert page.locator("#drawing").is_hidden()
    page.click("button[data-show=drawing]")
    assert page.locator("#drawing circle").count() == 5
    assert page.locator("#drawing line").count() == 3
    page.click("#drawing a:has-text('智慧教育')")
    page.wait_for_url("**/id/industry/**")


def test_control_enter_runs_the_query_and_a_prefix_is_put_in_at_the_cursor(page: Page) -> None:
    page.goto("/query?query=")
    page.fill("#editor", "ASK { ?s a  }")
    page.evaluate("document.getElementById('editor').setSelectionRange(11, 11)")
    page.click(".prefixes summary")
    page.click("[data-insert='yf:Industry']")
    assert page.input_value("#editor") == "ASK { ?s a yf:Industry }"
    page.focus("#editor")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".truth")
    assert page.inner_text(".truth") == "是 true"


def test_the_value_that_was_typed_is_the_one_that_is_answered(page: Page) -> None:
    page.goto("/query?name=targets-due")
    assert page.locator("#table tbody tr").count() == 2
    page.get_by_label("年份").fill("2031")
    page.get_by_role("button", name="运行").click()
    page.wait_for_url("**p.year=2031")
    assert page.get_by_text("没有这样的内容。").is_visible()
    assert page.get_by_label("年份").input_value() == "2031"
    page.go_back()
    page.get_by_label("年份").press("Enter")
    page.wait_for_url("**p.year=2023")
    assert page.locator("#table tbody tr").count() == 2


def test_a_named_query_that_was_changed_is_run_as_changed(page: Page) -> None:
    page.goto("/query?name=plans")
    page.get_by_text("SPARQL", exact=True).click()
    page.fill("#editor", "SELECT (7 AS ?seven) {}")
    page.get_by_role("button", name="运行").click()
    page.wait_for_url("**query=SELECT**")
    assert page.locator("#table tbody td").all_text_contents() == ["7"]


def test_the_answer_comes_as_a_spreadsheet(page: Page) -> None:
    page.goto("/query?name=targets-due")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename == "targets-due.xlsx"


def test_the_pages_fit_a_narrow_screen(browser: Browser, server: Served) -> None:
    opened = browser.new_page(locale=CHINESE, base_url=server.url, viewport={"width": 390, "height": 800})
    for path in (
        "/query?name=domains-and-industries",
        "/id/industry/智慧医疗",
        "/text/yuanfan-0001",
        "/void",
        "/search?q=a",
    ):
        opened.goto(path)
        assert opened.evaluate("document.documentElement.scrollWidth") <= 390, path
    opened.close()


def test_the_network_page_of_the_server_runs_under_its_policy(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.wait_for_selector("#net canvas, #whole")


def test_run_without_a_question_says_that_there_is_nothing_to_run(page: Page) -> None:
    page.goto("/query?query=")
    editor = page.get_by_role("textbox", name="SPARQL")
    editor.fill("")
    page.get_by_role("button", name="运行").click()
    assert page.url.endswith("/query?query=")
    assert editor.evaluate("editor => editor.validity.valueMissing && document.activeElement === editor")
