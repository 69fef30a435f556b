"""Another engine over several endpoints at once: Comunica asks two servers with their defaults and is refused by neither."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.places import ROOT
from tests.serving import serving
from yangfan.core.namespaces import PREFIXES
from yangfan.pipeline import build
from yangfan.query.filling import load_file

NAMES = ("document", "task", "technology")
COMUNICA = ROOT / "tests" / "page" / "node_modules" / ".bin" / "comunica-sparql"
QUESTION = (
    f"PREFIX yf: <{PREFIXES['yf']}> PREFIX skos: <{PREFIXES['skos']}> "
    "SELECT DISTINCT ?document ?task ?technology WHERE { ?document yf:mentions ?technology . ?technology a yf:Technology ; skos:inScheme ?scheme . "
    "?task yf:concerns ?technology }"
)

pytestmark = [pytest.mark.server, pytest.mark.skipif(not COMUNICA.exists(), reason="needs Comunica: npm install in tests/page")]


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("several")
    build([ROOT / "tests" / "documents" / name for name in ("robotics-plan.md", "silver-economy-plan.txt")], folder)
    return folder


def rows(bindings: list[dict[str, str]]) -> set[tuple[str, ...]]:
    return {tuple(binding[name] for name in NAMES) for binding in bindings}


def test_comunica_joins_over_two_servers_and_neither_refuses(seed_exports: Path, several: Path) -> None:
    whole = ox.Store()
    for folder in (seed_exports, several):
        for name in ("graph.ttl", "evidence.ttl", "entailed.ttl"):
            load_file(whole, folder / name, graph=ox.DefaultGraph())
    solutions = whole.query(QUESTION)
    assert isinstance(solutions, ox.QuerySolutions)
    wanted = rows([{name: solution[name].value for name in NAMES} for solution in solutions])
    with serving(seed_exports) as one, serving(several) as other:
        command = [str(COMUNICA), f"sparql@{one.url}/sparql", f"sparql@{other.url}/sparql", QUESTION]
        environment = {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False, env=environment)
        assert done.returncode == 0, done.stderr[-2000:]
        found = rows(json.loads(done.stdout))
        asked = [line for server in (one, other) for line in server.lines if "/sparql" in line]
    assert found == wanted
    assert len(found) > 3
    assert len(asked) > 10
    assert all(" 200 " in line for line in asked)
