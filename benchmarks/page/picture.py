"""Take the README's picture of the network page of the 5G plan, from the corpus as it is: docs/page.png.

python -m benchmarks.page.picture
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.places import ROOT
from yangfan.assembly.assemble import assemble
from yangfan.assembly.overlay import Overlay, find_overlays
from yangfan.page import render_page
from yangfan.pipeline import read_sources
from yangfan.readers.read import find_sources

PICTURE = ROOT / "docs" / "page.png"


def take(path: Path = PICTURE) -> Path:
    """Build the default corpus, open its page with one industry chosen and its quote unfolded, and take the picture."""
    readings = read_sources(find_sources([ROOT / "corpus"]))
    graph, _ = assemble(readings, [Overlay(overlay) for overlay in find_overlays([ROOT / "corpus"])])
    path.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder, "graph.html")
        page_file.write_text(render_page(graph), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(locale="zh-CN", viewport={"width": 1600, "height": 900}, reduced_motion="reduce")
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.get_by_role("combobox", name="搜索").fill("智慧医疗")
        page.get_by_role("option").first.click()
        page.get_by_role("blockquote").first.wait_for()
        page.get_by_role("heading", name="智慧医疗").click()
        page.keyboard.press("0")
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(2, 2)
        page.wait_for_timeout(600)
        page.screenshot(path=path)
        browser.close()
    return path


if __name__ == "__main__":
    print(take())
