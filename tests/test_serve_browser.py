"""The server's pages in a real browser: the lit span, the drawing of an answer, no error and no foreign request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
    opened = browser.new_page(base_url=server.url)
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


def test_an_answer_is_drawn_as_a_network_and_its_nodes_are_links(page: Page) -> None:
    page.goto("/query?name=domains-and-industries")
    assert page.locator("#drawing").is_hidden()
    page.click("button[data-show=drawing]")
    assert page.locator("#drawing circle").count() == 5
    assert page.locator("#drawing line").count() == 3
    page.click("#drawing a:has-text('智慧教育')")
    page.wait_for_url("**/id/industry/**")


def test_control_enter_runs_the_query_and_a_prefix_is_put_in_at_the_cursor(page: Page) -> None:
    page.goto("/query")
    page.fill("#editor", "ASK { ?s a  }")
    page.evaluate("document.getElementById('editor').setSelectionRange(11, 11)")
    page.click(".prefixes summary")
    page.click("[data-insert='yf:Industry']")
    assert page.input_value("#editor") == "ASK { ?s a yf:Industry }"
    page.focus("#editor")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".truth")
    assert page.inner_text(".truth") == "是 true"


def test_the_pages_fit_a_narrow_screen(browser: Browser, server: Served) -> None:
    opened = browser.new_page(base_url=server.url, viewport={"width": 390, "height": 800})
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
