"""The verb `view` opens the page in the browser, or says why it cannot."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.places import Run


def test_view_opens_the_page_of_a_folder(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "graph.html"
    page.write_text("<!doctype html>", encoding="utf-8")
    opened = tmp_path / "opened"
    browser = tmp_path / "browser.py"
    browser.write_text(f"import sys; open({str(opened)!r}, 'w').write(sys.argv[1])", encoding="utf-8")
    done = run("view", tmp_path, BROWSER=f"{sys.executable} {browser} %s")
    assert (done.returncode, done.stderr) == (0, "")
    assert opened.read_text("utf-8") == page.as_uri()


def test_view_can_say_where_the_page_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text("<!doctype html>", encoding="utf-8")
    assert run("view", tmp_path, "--path").stdout == f"{(tmp_path / 'graph.html').resolve()}\n"


def test_a_missing_page_is_one_line_and_exit_2(run: Run, tmp_path: Path) -> None:
    done = run("view", tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "graph.html") in done.stderr


def test_without_a_browser_the_file_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text("<!doctype html>", encoding="utf-8")
    done = run("view", tmp_path, BROWSER="/no/such/browser %s", DISPLAY="", PATH="/nowhere")
    assert done.returncode == 2
    assert "graph.html" in done.stderr
