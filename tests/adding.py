"""A copy of the project to which something is added as CONTRIBUTING.md shows it, to see that it then is everywhere it must be.

A change that CONTRIBUTING.md shows stands in a block of the language `diff` below a comment `<!-- add: KIND -->`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.places import ROOT

_SHOWN = re.compile(r"<!-- add: (\w+) -->\n+```diff\n(.*?)^```", re.DOTALL | re.MULTILINE)
_COPIED = ("build.py", "graph", "ontology", "exports", "docs", "tests", "corpus", ".dev")
_LEFT = shutil.ignore_patterns("__pycache__", "node_modules", "site", "gold", "documents", "screenshots")


def shown(kind: str) -> str:
    """Give the change that CONTRIBUTING.md shows for a kind of thing.

    Raises `KeyError` where it shows none.
    """
    found: dict[str, str] = dict(_SHOWN.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    return found[kind]


class Copy:
    """A copy of the project that is imported as `yangfan` in place of the installed one."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        for name in _COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=_LEFT)
            else:
                shutil.copy(ROOT / name, folder)
        # Python finds the copy before the installed package, whose path comes behind.
        self.environment = {**os.environ, "PYTHONPATH": f"{folder / '.dev'}{os.pathsep}{folder}", "LC_ALL": "C.UTF-8"}
        subprocess.run(
            ["git", "apply", "--whitespace=nowarn", "-"], cwd=folder, input=shown(kind).encode("utf-8"), check=True,
            env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
        )  # fmt: skip

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy."""
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, env=self.environment, capture_output=True, text=True,
            encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    def yangfan(self, *arguments: str) -> str:
        """Run the copy's command line and give what it prints."""
        done = self.run("build.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def site(self) -> Path:
        """Build the copy's documentation and give its folder."""
        done = self.run("docs/build.py", str(self.folder / "built"))
        assert done.returncode == 0, done.stdout + done.stderr
        return self.folder / "built"
