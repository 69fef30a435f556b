"""A full disk, too few open files, a locale without Chinese: one line and the old exports whole, or the new ones."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT, SEED

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits are set the POSIX way")
PLAN = ROOT / "tests" / "documents" / "marine-plan.md"
OTHER = ROOT / "tests" / "documents" / "silver-economy-plan.txt"


def limited(limit: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a shell that has set a limit (`ulimit`)."""
    command = f'ulimit {limit}; exec "$@"' if limit else 'exec "$@"'
    call = ["bash", "-c", command, "bash", sys.executable, str(ROOT / "build.py"), *map(str, arguments)]
    settled = {"LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **settled}, timeout=120, check=False)


def digests(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("limit", ["-f 40", "-f 400", "-n 8", "-n 12", "-n 24"])
@pytest.mark.parametrize("sources", [(PLAN,), (PLAN, OTHER)], ids=["alone", "folder"])
def test_exports_are_old_or_new_and_whole_when_a_limit_is_met(limit: str, sources: tuple[Path, ...], tmp_path: Path) -> None:
    assert limited("", "build", SEED, "-q", "--out", tmp_path / "out").returncode == 0
    before = digests(tmp_path / "out")
    done = limited(limit, "build", *sources, "-q", "--no-cache", "--out", tmp_path / "out")
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith("yangfan: ")
        assert digests(tmp_path / "out") == before
    else:
        assert limited("", "check", tmp_path / "out").returncode == 0
    # What a process that could open no file left behind goes with the next build.
    assert limited("", "build", SEED, "-q", "--out", tmp_path / "out").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_no_small_file_size_is_enough(tmp_path: Path) -> None:
    done = limited("-f 40", "build", PLAN, "-q", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot write here: File too large" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_full_disk_under_what_is_printed_is_one_line(tmp_path: Path) -> None:
    assert limited("", "build", PLAN, "-q", "--out", tmp_path / "out").returncode == 0
    command = [sys.executable, str(ROOT / "build.py"), "query", "--name", "task-tree", "--data", str(tmp_path / "out")]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", timeout=120, check=False)
    assert (done.returncode, done.stderr) == (2, "yangfan: cannot go on: No space left on device\n")


def test_a_locale_without_chinese_builds_the_same(tmp_path: Path) -> None:
    for locale in ("C.UTF-8", "POSIX"):
        assert limited("", "build", PLAN, "-q", "--out", tmp_path / locale, LC_ALL=locale).returncode == 0
    assert digests(tmp_path / "C.UTF-8") == digests(tmp_path / "POSIX")
