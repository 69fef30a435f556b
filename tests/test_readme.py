"""The READMEs' commands work as they stand, and the documents name nothing that is not there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

READMES = ("README.md", "README.zh.md")
LINK = re.compile(r"\]\((?!https?://|#)([^)]+)\)")


def commands(name: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the tour needs, so that it builds into exports/ of its own."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "build.py", folder)
    for name in ("graph", "ontology", "corpus"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_tour_works(readme: str, checkout: Path, tmp_path: Path) -> None:
    tour = commands(readme)
    assert len(tour) > 5
    for command in tour:
        words = [word.replace("/tmp/", f"{tmp_path}/") for word in shlex.split(command)]
        assert words[0] == "python"
        done = subprocess.run(
            [sys.executable, *words[1:]], cwd=checkout, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout.strip() or "--out" in command or "export" in command, f"{command} says nothing"


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "benchmarks/README.md", "docs/asking.md"])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in LINK.findall(text):
        assert (ROOT / name).parent.joinpath(target.split("#")[0]).exists(), target


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = "python3 -m pip install -q uv && uv run --extra dev pytest"
    assert f"```sh\n{command}\n```" in readme
    assert f"\n{command}\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_both_readmes_give_the_same_two_commands() -> None:
    blocks = [re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL) for name in READMES]
    assert blocks[0] == blocks[1]
    assert len(blocks[0]) == 2
