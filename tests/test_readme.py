"""What the READMEs and docs/ show works as it stands, from a fresh clone in an empty environment; and they name nothing that is not there.

The links of docs/ are checked when the site is built (`test_docs`): some lead to pages that are generated then.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documented import INSTALLING, PAGES, READMES, SUITE, Clone, Shown, shown
from tests.places import ROOT

LINK = re.compile(r"\]\((?!https?://|#)([^)]+)\)")
FIRST = "python3 -m pip install -q uv && uv run python build.py"
EVERYTHING = list(dict.fromkeys(one._replace(page="") for page in PAGES for one in shown(page)))


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A fresh clone in which the first command of the README has been run, as it stands."""
    made = Clone(tmp_path_factory.mktemp("clone"))
    done = made.call(FIRST, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "edges" in done.stdout
    return made


def test_without_the_environment_one_line_says_what_to_type(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "build.py"), "show", "智慧医疗", "a b"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        "build.py: yangfan is not installed for this Python; type: uv run python build.py show 智慧医疗 'a b'\n"
    )


def test_a_library_that_is_missing_is_one_line(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pyoxigraph'] = None; from yangfan.cli.main import main; main(['show', '智慧医疗'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("yangfan: pyoxigraph is not installed for this Python; type: ")
    assert done.stderr.count("\n") == 1


def trouble(one: Shown, clone: Clone) -> str:
    """Run what a page shows in a clone; gives what is wrong with how that ended, nothing where it is well."""
    if one.text in (FIRST, SUITE, *INSTALLING):
        # The first has been run when there is a clone, the second runs this test, the others are run by tests/installed.
        ran = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        kept = (one.text == FIRST or SUITE in ran) and (one.text not in INSTALLING or "python -m tests.installed" in ran)
        return "" if kept else "no test runs it"
    if not one.program and re.search(r"\bserve\b", one.text):
        return "" if "<html" in clone.serve(one.text) else "it serves no page"
    done = clone.call("uv run --extra pandas python -", stdin=one.text) if one.program else clone.call(one.text)
    if done.returncode:
        return f"exit code {done.returncode}: {done.stderr}"
    silent = one.program or re.search(r" --view | view\b| export | > ", one.text)
    return "" if silent or done.stdout.strip() else "it says nothing"


def test_what_the_documents_show_works_in_a_fresh_clone_in_its_order(clone: Clone) -> None:
    """One test, for what a page shows may rest on what stands above it: two processes must not take the halves of a page."""
    assert {one.text: wrong for one in EVERYTHING if (wrong := trouble(one, clone))} == {}


@pytest.mark.parametrize("page", READMES)
def test_both_readmes_show_the_same_commands(page: str) -> None:
    assert [one.text for one in shown(page)] == [one.text for one in shown("README.md")]


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/en/")])
def test_every_page_shows_the_same_commands_in_both_languages(page: str) -> None:
    assert [one.text for one in shown(page.replace("/en/", "/zh/"))] == [one.text for one in shown(page)]


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in LINK.findall(text):
        assert (ROOT / name).parent.joinpath(target.split("#")[0]).exists(), target


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    assert SUITE in [one.text for one in shown("README.md")]
    assert f"\n{SUITE}\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
