"""Measure the network page against pyvis's default page and against other viewers, and print the table of README.md.

python -m benchmarks.page                     # all sizes, pyvis up to 1,000 nodes: some fifteen minutes
python -m benchmarks.page 400 --no-pyvis
python -m benchmarks.page 20000 --no-peers    # ours alone
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from playwright.sync_api import Playwright, sync_playwright

from benchmarks.generate import generate
from benchmarks.page.measure import Measured, chromium, measure, search
from benchmarks.page.pages import HERE, PEERS, ours, peer, pyvis_as_it_comes
from yangfan.page import render_page
from yangfan.page.layout.layouts import LARGE, scenes
from yangfan.page.layout.overview import overview
from yangfan.page.layout.shape import shape_of

if TYPE_CHECKING:
    import networkx as nx

EDGES = {20000: 80000}
WEBGL = ("sigma", "cosmos")
QUERIES = ("智慧", "zhihui", "衔接（20）", "hangye", "教育厅", "zzzz")


def python_seconds(graph: nx.MultiDiGraph[str]) -> tuple[float, float]:
    """Give the seconds that Python takes for a page without its layouts, and those of the layouts (imports done)."""
    render_page(graph)
    shape = shape_of(graph)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        render_page(graph)
        whole = time.perf_counter() - start
        start = time.perf_counter()
        scenes(graph, shape)
        if len(graph) > LARGE:
            overview(graph, shape)
        layouts = time.perf_counter() - start
        times.append((whole - layouts, layouts))
    return sorted(times)[1]


def cell(value: float | None, unit: str = "ms") -> str:
    """Write a figure, or that it was not reached."""
    return "never" if value is None else f"{value:,.0f} {unit}"


def line(size: int, name: str, found: Measured, python: str = "", note: str = "") -> str:
    """Write one row of the table."""
    return f"| {size:,} | {name} | {found.size:,} kB | {python} | {cell(found.usable)} | {cell(found.frame)} | {note} |"


def measured(playwright: Playwright, size: int, with_pyvis: bool) -> list[str]:
    """Measure one size: our page, pyvis as it comes where that ends at all, and the peers from 5,000 nodes on."""
    browser = chromium(playwright)
    graph = generate(size, EDGES.get(size))
    folder = HERE.parent / "out"
    folder.mkdir(exist_ok=True)
    path = ours(graph, folder)
    bare, layouts = python_seconds(graph)
    python = f"{bare:.2f} s + {layouts:.2f} s"
    own = measure(browser, path)
    answered = f"search ≤ {search(browser, path, QUERIES):.1f} ms"
    rows = []
    if with_pyvis and size <= 1000:
        before = measure(browser, pyvis_as_it_comes(graph, folder), runs=1, patience=300)
        gain = f"{before.usable / own.usable:.0f} times sooner; " if before.usable and own.usable else ""
        rows.append(line(size, "pyvis as it comes", before))
        answered = gain + answered
    rows.insert(0, line(size, "first view", own, python, answered))
    if size > LARGE:
        rows.append(line(size, "whole graph", measure(browser, path, "#g=whole")))
        # A large graph opens on its shelf; the overview is the picture behind it.
        rows.append(line(size, "overview", measure(browser, path, "#v=net")))
        for name in PEERS if "--no-peers" not in sys.argv else ():
            running = chromium(playwright, webgl=True) if name in WEBGL else browser
            rows.append(line(size, name, measure(running, peer(name, graph, folder), runs=1, patience=90)))
    browser.close()
    return rows


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or [400, 1000, 5000, 20000]
    print(
        "| nodes | page | size | Python (without layout + layout) | usable | frame while dragging (95th percentile) | |"
    )
    print("|---:|---|---:|---|---:|---:|---|")
    with sync_playwright() as playwright:
        for count in sizes:
            print("\n".join(measured(playwright, count, "--no-pyvis" not in sys.argv)), flush=True)
