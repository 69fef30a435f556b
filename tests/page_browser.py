"""The network page in a real browser, for the tests that use it as a person would: by role and by what is written there."""

from __future__ import annotations

import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect, sync_playwright

from tests.page_sample import sample_graph
from yangfan.page import render_page

if TYPE_CHECKING:
    import networkx as nx

SCREENSHOTS = Path(__file__).parent / "screenshots"
CHINESE = "zh-CN"  # what the browser of a Chinese reader asks for; the page follows it
_SVG = "{http://www.w3.org/2000/svg}"


def launch() -> Iterator[Browser]:
    """Start the system's Chromium; a test that needs it is skipped where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                # A frame that runs in a process of its own may start before the locale of its window has reached it.
                f"--accept-lang={CHINESE}",
            ],
        )
        yield browser
        browser.close()


class Watched:
    """A page with everything that it tried to fetch and everything that went wrong in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", self._refuse)
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: self.requests.append(request.url))

    def _refuse(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def go(self, fragment: str = "") -> Page:
        """Open the page (anew, when it is open) and wait until it can be used."""
        self.page.goto("about:blank")
        self.requests.clear()
        self.page.goto(f"{self.address}{fragment}")
        self.page.wait_for_selector("html[data-ready]")
        return self.page


def write_page(graph: nx.MultiDiGraph[str], folder: Path) -> Path:
    """Write the page of a graph into a folder and give its file."""
    path = folder / "graph.html"
    path.write_text(render_page(graph), encoding="utf-8")
    return path


def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the sample graph."""
    return write_page(sample_graph(), tmp_path_factory.mktemp("page"))


def open_sample(browser: Browser, sample: Path) -> Watched:
    """Open the page of the sample graph in a window of its own."""
    return watch(browser, sample)


def watch(
    browser: Browser,
    path: Path,
    *,
    width: int = 1366,
    height: int = 768,
    dark: bool = False,
    touch: bool = False,
    locale: str = CHINESE,
) -> Watched:
    """Open a window for a page's file; motion is reduced so that nothing has to be waited for."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=touch,
        locale=locale,
        accept_downloads=True,
    )
    context.set_default_timeout(8000)
    return Watched(context.new_page(), path.as_uri())


def settle(page: Page) -> None:
    """Wait until the picture has been drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def rest(page: Page) -> None:
    """Wait until nothing moves any more: until two pictures taken one after the other are the same."""
    before = b""
    for _ in range(100):
        now = page.screenshot()
        if now == before:
            return
        before = now
    raise AssertionError("the page never comes to rest")


def saved(page: Page, words: str) -> Path:
    """Export something by the words of its menu entry and give the file."""
    page.get_by_label(re.compile("^(导出|Export)$")).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words, exact=True).click()
    return Path(waiting.value.path())


def png_size(path: Path) -> tuple[int, int]:
    """Give a PNG's width and height from its header (PNG specification, 11.2.1)."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return int(width), int(height)


class Picture:
    """What the network shows, read from its SVG export: cards with their words, in the drawing's own coordinates."""

    def __init__(self, page: Page) -> None:
        root = ElementTree.fromstring(
            saved(page, "SVG 矢量图" if page.get_by_text("导出").count() else "SVG drawing").read_bytes()
        )
        self.texts: list[tuple[str, float, float]] = []
        for text in root.iter(f"{_SVG}text"):
            self.texts.append((text.text or "", float(text.attrib["x"]), float(text.attrib["y"])))

    @property
    def words(self) -> set[str]:
        """Every line of text in the drawing."""
        return {text for text, _, _ in self.texts}

    def place(self, words: str) -> tuple[float, float]:
        """Where a line of text begins."""
        return next((x, y) for text, x, y in self.texts if text == words)


def canvas_point(page: Page, words: str) -> tuple[float, float]:
    """Point at a node on the picture: where its drawing shows its name, the tooltip must name it too."""
    page.get_by_role("button", name=re.compile("^(适应窗口|Fit to window)$")).click()
    page.wait_for_function("() => location.hash.includes('z=')")
    rest(page)
    x, y = Picture(page).place(words)
    return point(page, x + 4, y, words)


def point(page: Page, x: float, y: float, words: str) -> tuple[float, float]:
    """Move the pointer to a place of the drawing (the link says how the view lies) and expect the name to come up."""
    found = re.search(r"z=(-?[\d.]+)~(-?[\d.]+)~([\d.]+)", page.url)
    assert found
    middle_x, middle_y, zoom = map(float, found.groups())
    box = page.get_by_role("application").bounding_box()
    assert box is not None
    at = box["x"] + box["width"] / 2 + (x - middle_x) * zoom, box["y"] + box["height"] / 2 + (y - middle_y) * zoom
    page.mouse.move(at[0] - 1, at[1])
    page.mouse.move(*at)
    settle(page)
    expect(page.get_by_role("tooltip")).to_contain_text(words)
    return at


def legend_count(page: Page, words: str) -> str:
    """Give the count that the legend shows beside a class, relation or basis."""
    row: Locator = (
        page.get_by_role("navigation")
        .get_by_role("listitem")
        .filter(has=page.get_by_role("checkbox", name=words, exact=True))
    )
    return row.locator(".count").inner_text()


def find(page: Page, typed: str) -> list[str]:
    """Type into the search field and give what it suggests."""
    page.get_by_role("combobox", name=re.compile("^(搜索|Search)$")).fill(typed)
    options = page.get_by_role("listbox").get_by_role("option")
    options.first.wait_for()
    return options.all_inner_texts()
