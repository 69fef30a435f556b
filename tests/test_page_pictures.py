"""Screenshots of the page of the real plan, for people to look at: tests/screenshots (ignored by git)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser

from tests.page_browser import SCREENSHOTS, launch, png_size, rest, watch, write_page

if TYPE_CHECKING:
    import networkx as nx

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)

VIEWS = {
    "first-view": ("", 1366, 768, False),
    "first-view-english": ("#l=en", 1366, 768, False),
    "panel": ("#p=d&n=industry/智慧医疗", 1366, 768, False),
    "text": ("#p=source", 1366, 768, False),
    "table": ("#v=table", 1366, 768, False),
    "glance": ("#v=glance", 1366, 900, False),
    "dark": ("", 1366, 768, True),
    "phone": ("", 390, 844, False),
    "phone-panel": ("#p=d&n=industry/智慧医疗", 390, 844, False),
}


@pytest.fixture(scope="module")
def seed_page(seed_graph: nx.MultiDiGraph[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(seed_graph, tmp_path_factory.mktemp("page"))


@pytest.mark.parametrize("name", VIEWS)
def test_screenshot(browser: Browser, seed_page: Path, name: str) -> None:
    fragment, width, height, dark = VIEWS[name]
    window = watch(browser, seed_page, width=width, height=height, dark=dark)
    page = window.go(fragment)
    rest(page)
    SCREENSHOTS.mkdir(exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path)
    assert png_size(path) == (width, height)
    assert window.faults == []
