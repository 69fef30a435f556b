"""What is measured of a page in a real browser: when it can be used, how long its frames take while it is dragged."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright
from playwright.sync_api import TimeoutError as TooLong

# Software rendering for all alike; sigma.js and cosmos need WebGL, which SwiftShader then gives them.
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
_PLAIN = ("--disable-gpu",)
_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
# Usable: the page says it has drawn (pyvis: its loading bar is gone), and then the next frame comes within 50 ms.
_WATCH = """
(() => {
  const drawn = () => window.READY === true || document.documentElement.dataset.ready !== undefined
    || (document.getElementById('loadingBar') && document.getElementById('loadingBar').style.opacity === '0');
  let last = performance.now();
  let quick = 0;
  const beat = (now) => {
    quick = drawn() && now - last < 50 ? quick + 1 : 0;
    last = now;
    if (quick >= 1) { window.USABLE = now; return; }
    requestAnimationFrame(beat);
  };
  document.addEventListener('DOMContentLoaded', () => requestAnimationFrame(beat));
  window.frames_ = [];
  window.watchFrames = () => {
    window.frames_ = [];
    let before = performance.now();
    const frame = (now) => { frames_.push(now - before); before = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
  };
})();
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page's figures: kilobytes, milliseconds until usable, 95th-percentile frame in ms (None: not reached in time)."""

    size: int
    usable: float | None
    frame: float | None


def chromium(playwright: Playwright, *, webgl: bool = False) -> Browser:
    """Start the system's Chromium, with WebGL in software for those that need it."""
    flags = [*FLAGS, *(_WEBGL if webgl else _PLAIN)]
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)


def _drag(page: Page) -> float:
    page.evaluate("watchFrames()")
    x, y = 760.0, 420.0
    page.mouse.move(x, y)
    page.mouse.down()
    until = time.monotonic() + 15
    for step in range(80):
        if time.monotonic() > until:
            break
        page.mouse.move(x + 2.5 * step, y + 1.2 * step)
        page.wait_for_timeout(12)
    page.mouse.up()
    frames = sorted(page.evaluate("frames_"))[1:]
    return float(frames[min(len(frames) - 1, int(len(frames) * 0.95))])


def _usable(page: Page, patience: float) -> float:
    """Give the moment at which the page became usable; asked with `evaluate`, since our policy refuses polling by eval."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found = page.evaluate("window.USABLE ?? null")
        if found is not None:
            return float(found)
        page.wait_for_timeout(100)
    raise TooLong(f"not usable within {patience} s")


def measure(browser: Browser, path: Path, fragment: str = "", *, runs: int = 3, patience: float = 60) -> Measured:
    """Measure a page `runs` times and give the medians; one that is not usable within `patience` seconds has no figures."""
    usable: list[float] = []
    frames: list[float] = []
    for _ in range(runs):
        page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
        page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
        page.add_init_script(_WATCH)
        try:
            page.set_default_timeout(patience * 1000)
            page.goto(path.as_uri() + fragment, wait_until="commit")
            usable.append(_usable(page, patience))
            page.wait_for_timeout(600)
            frames.append(_drag(page))
        except TooLong:
            page.close()
            return Measured(path.stat().st_size // 1000, None, None)
        page.close()
        time.sleep(0.2)
    middle = len(usable) // 2
    return Measured(path.stat().st_size // 1000, sorted(usable)[middle], sorted(frames)[middle])


def search(browser: Browser, path: Path, queries: tuple[str, ...]) -> float:
    """Give the longest time in ms that our page takes to answer what is typed, the suggestions' elements included."""
    page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.get_by_role("combobox").first.focus()
    page.wait_for_timeout(2000)
    worst = 0.0
    for query in queries:
        taken = page.evaluate(
            """(query) => {
              const field = document.getElementById('search');
              const times = [];
              for (let i = 0; i < 5; i += 1) {
                field.value = query;
                const start = performance.now();
                field.dispatchEvent(new Event('input'));
                times.push(performance.now() - start);
              }
              return times.sort((a, b) => a - b)[2];
            }""",
            query,
        )
        worst = max(worst, float(taken))
    page.close()
    return worst
