"""What many tests share: the seed's graph, its exports as a real build writes them, and the command line as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.places import OVERLAY, ROOT, SEED, Run
from yangfan.assembly.assemble import assemble
from yangfan.assembly.overlay import Overlay
from yangfan.pipeline import build, read_sources

if TYPE_CHECKING:
    import networkx as nx


@pytest.fixture(scope="session")
def seed_graph() -> nx.MultiDiGraph[str]:
    """The seed's graph with its overlay."""
    readings = read_sources([SEED])
    graph, _ = assemble(readings, [Overlay(OVERLAY)])
    return graph


@pytest.fixture(scope="session")
def stated_graph() -> nx.MultiDiGraph[str]:
    """The seed's graph from the text and the rules alone."""
    readings = read_sources([SEED])
    graph, _ = assemble(readings)
    return graph


@pytest.fixture(scope="session")
def seed_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all exports of the seed. Do not write into it: copy it."""
    folder = tmp_path_factory.mktemp("exports")
    built = build([SEED], folder, [OVERLAY])
    assert built.findings == []
    return folder


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the command line as a process of its own and give what it printed and its exit code."""

    def call(*arguments: object, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, str(ROOT / "build.py"), *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", **environment},
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
        )

    return call


@pytest.fixture(scope="session", autouse=True)
def _readings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests keep readings in a folder of their own, never in the user's."""
    os.environ["YANGFAN_CACHE"] = str(tmp_path_factory.mktemp("readings"))
