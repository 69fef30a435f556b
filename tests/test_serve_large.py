"""`serve` on large exports: SPARQL answers at once from the store on disk, pages follow when all is counted, and that is counted once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from tests.serving import serving, until
from yangfan.query import disk
from yangfan.query.filling import fill
from yangfan.server import facts as served
from yangfan.server.facts import COUNTED, Facts

pytestmark = pytest.mark.server


@pytest.fixture
def large(seed_exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YANGFAN_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "exports"
    shutil.copytree(seed_exports, folder)
    with (folder / "evidence.ttl").open("a", encoding="utf-8") as stream:
        stream.write("# padding\n" * (disk.LARGE // 10))
    return folder


def test_queries_are_answered_before_anything_is_counted_and_pages_afterwards(large: Path) -> None:
    with serving(large) as server:
        assert server.ask("ASK { ?plan a yf:Plan }").json()["boolean"] is True
        until(lambda: server.health()["triples"])
        assert server.client.get("/", headers={"Accept": "text/html"}).status_code == 200
        assert server.client.get("/void", headers={"Accept": "text/turtle"}).status_code == 200


def test_a_store_of_more_files_than_are_opened_at_once_is_asked_by_the_confined_workers(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_many_files(place: Path, folder: Path) -> None:
        whole, store = ox.Store(), ox.Store(str(place))
        fill(whole, folder)
        quads = list(whole)
        for part in range(3):
            store.extend(quads[part::3])
            store.flush()

    monkeypatch.setattr(disk, "_fill", in_many_files)
    files = len(list(disk.KeptStore(large).path().glob("*.sst")))
    assert files > 16
    with serving(large) as server:
        for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }", "?s ?p yf:Plan"):
            answer = server.ask(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
            assert answer.status_code == 200, answer.text
            assert int(answer.json()["results"]["bindings"][0]["n"]["value"]) > 0


def test_what_was_counted_is_known_the_next_time(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Facts(large)
    assert not first.ready
    first.prepare()
    assert first.ready

    def never(*_: Any) -> int:
        raise AssertionError("counted again")

    monkeypatch.setattr(served.Facts, "_count", never)
    monkeypatch.setattr(served.Facts, "_counted", never)
    second = Facts(large)
    second.prepare()
    assert {name: getattr(second, name) for name in COUNTED} == {name: getattr(first, name) for name in COUNTED}


@pytest.mark.parametrize("broken", ["", "[]", '{"triples": 1}', "{"])
def test_counts_that_are_damaged_are_counted_anew(large: Path, broken: str) -> None:
    first = Facts(large)
    first.prepare()
    assert first.kept
    first.kept.beside("counts").write_text(broken, encoding="utf-8")
    second = Facts(large)
    second.prepare()
    assert second.triples == first.triples > 1000
