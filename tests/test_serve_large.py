"""`serve` on large exports: SPARQL answers at once from the store on disk, pages follow when all is counted, and that is counted once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.serving import serving, until
from yangfan.query import disk
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
