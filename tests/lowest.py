"""The lowest versions that `pyproject.toml` allows, in an environment outside the checkout. Run: python -m tests.lowest [TEST]...

Not one of the tests, because it installs; continuous integration runs it beside them. It puts what the package and its extras require, each
at its floor, into an empty environment, and runs there a part of the tests that touches every library that is required. A floor that does
not work fails here, and is to be raised. What those libraries require in turn is at its newest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.places import ROOT

EXTRAS = ("pandas", "parquet")
TOOLS = ("pytest", "pytest-xdist", "hypothesis", "reportlab", "httpx", "pyshacl", "python-pptx")
"""What the tests themselves need."""
TESTS = (
    "test_cli", "test_check", "test_load", "test_api", "test_query_sheet",
    "test_read_docx", "test_read_html", "test_read_doc", "test_read_pdf", "test_negotiate", "test_protocol",
)  # fmt: skip
AT_MOST = 1200
"""Seconds by the clock that the tests may take, on a machine that has other work too."""


def requirements() -> list[str]:
    """Give what the tests need as `pyproject.toml` says it, with its floors."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {re.split(r"[<>=\[]", line)[0]: line for line in project["optional-dependencies"]["dev"]}
    return [found[name] for name in TOOLS]


def main() -> None:
    """Install and test; end with the exit code of the tests."""
    with tempfile.TemporaryDirectory(prefix="yangfan-lowest-") as name:
        place = Path(name) / "python"
        environment = {**os.environ, "VIRTUAL_ENV": str(place), "YANGFAN_CACHE": str(Path(name) / "readings")}
        subprocess.run(["uv", "venv", "-q", "--python", "3.11", str(place)], check=True, timeout=60)
        wanted = [f"{ROOT}[{','.join(EXTRAS)}]", *requirements()]
        install = ["uv", "pip", "install", "-q", "--resolution", "lowest-direct", "--editable", *wanted]
        subprocess.run(install, check=True, timeout=300, env=environment)
        tests = sys.argv[1:] or [f"tests/{test}.py" for test in TESTS]
        command = [
            str(place / "bin" / "python"),
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-m",
            "not browser",
            *tests,
        ]
        try:
            done = subprocess.run(command, cwd=ROOT, timeout=AT_MOST, check=False, env=environment)
        except subprocess.TimeoutExpired:
            sys.exit(f"the tests with the lowest versions take more than {AT_MOST} seconds")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
