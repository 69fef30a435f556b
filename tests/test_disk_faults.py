"""What disks and databases do wrong is one line or costs time alone: records of a build, the index of words, the store of large exports."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT
from tests.samples import sample_graph, write_exports
from yangfan.core.errors import OutputError, QueryError
from yangfan.corpus import build as corpus_build
from yangfan.pipeline import build
from yangfan.query import disk
from yangfan.query.filling import fill
from yangfan.query.store import load_store, open_store, opener
from yangfan.server.facts import Facts

SOURCES = [ROOT / "tests" / "documents" / name for name in ("marine-plan.md", "robotics-plan.md")]
Break = Callable[[Path], object]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def full(monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    """Let databases in files have few pages, as on a disk that is full."""
    connect = sqlite3.connect

    def small(path: Any, *arguments: Any, **options: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = connect(path, *arguments, **options)
        if path != ":memory:":
            database.execute(f"PRAGMA max_page_count = {pages}")
        return database

    monkeypatch.setattr(sqlite3, "connect", small)


def damaged(path: Path) -> None:
    """Overwrite all but the first page."""
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * max(size - 4096, 1))


def no_database(path: Path) -> None:
    path.write_bytes(b"no database at all, but a text" * 300)


def locked(path: Path) -> sqlite3.Connection:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


# the records of a build


@pytest.fixture
def before(tmp_path: Path) -> dict[str, bytes]:
    assert build(SOURCES[:1], tmp_path / "out").findings == []
    return contents(tmp_path / "out")


def refused(tmp_path: Path, before: dict[str, bytes]) -> str:
    """Build a folder, which must be refused and leave nothing behind."""
    with pytest.raises(OutputError, match="cannot keep records here: ") as fault:
        build(SOURCES, tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert "\n" not in str(fault.value)
    return str(fault.value)


def test_a_full_disk_under_the_records_leaves_the_exports_whole(tmp_path: Path, before: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    full(monkeypatch, 12)
    assert "database or disk is full" in refused(tmp_path, before)


@pytest.mark.parametrize(
    ("breaks", "said"),
    [(damaged, "malformed"), (no_database, "not a database"), (locked, "locked"), (Path.unlink, "no such table")],
    ids=["damaged", "no database", "locked", "gone"],
)
def test_records_that_are_lost_while_the_exports_are_written_leave_the_old_ones(
    breaks: Break, said: str, tmp_path: Path, before: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, write_all = sqlite3.connect, corpus_build.write_all
    held: list[object] = []

    def broken(assembled: corpus_build.Assembled, *arguments: Any, **options: Any) -> None:
        held.append(breaks(assembled.store))
        write_all(assembled, *arguments, **options)

    monkeypatch.setattr(corpus_build, "write_all", broken)
    # Nobody waits for a lock here.
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, **{**options, "timeout": 0}))
    assert said in refused(tmp_path, before)


# the index of words


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("YANGFAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(disk, "LARGE", 1)
    yield write_exports(sample_graph(), tmp_path / "exports")
    while disk._held:
        os.close(disk._held.pop())


def index_of(facts: Facts) -> Path:
    assert facts.kept is not None
    return facts.kept.beside("texts")


@pytest.mark.parametrize("breaks", [damaged, no_database, locked])
def test_an_index_that_cannot_be_read_costs_no_answer(breaks: Break, exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Facts(exports)
    wanted = facts.search_texts("智慧医疗")
    assert wanted[1] == 2
    path = index_of(facts)
    connect = sqlite3.connect
    held = breaks(path)
    monkeypatch.setattr(sqlite3, "connect", lambda place, **options: connect(place, **{**options, "timeout": 0}))
    assert Facts(exports).search_texts("智慧医疗") == wanted
    del held
    # The next one makes a new index and keeps it.
    assert Facts(exports).search_texts("智慧医疗") == wanted
    assert sqlite3.connect(path).execute("SELECT COUNT(*) FROM line").fetchone()[0] > 5


def test_an_index_for_which_there_is_no_room_is_held_in_memory(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Facts(exports)
    path = index_of(facts)
    full(monkeypatch, 4)
    assert facts.search_texts("智慧医疗")[1] == 2
    assert not path.exists()
    assert not list(path.parent.glob(".indexing-*"))


# the store of large exports


def quads(store: Any) -> list[str]:
    return sorted(map(str, store))


def test_a_store_for_which_there_is_no_room_is_held_in_memory(exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(store: Any, folder: Path) -> None:
        fill(store, folder)
        raise QueryError("cannot read this file: No space left on device", file=folder) from OSError(28, os.strerror(28))

    monkeypatch.setattr(disk, "fill", no_room)
    wanted = quads(load_store(exports))
    assert quads(open_store(exports)) == wanted
    assert quads(opener(exports)()) == wanted
    assert [path.name for path in disk.KeptStore(exports).home.iterdir()] == ["lock"]


def test_a_server_opens_no_damaged_store(exports: Path) -> None:
    wanted = quads(opener(exports)())
    kept = disk.KeptStore(exports).path()
    for path in kept.iterdir():
        if path.is_file() and path.name != "LOCK":
            path.write_bytes(b"x")
    assert quads(opener(exports)()) == wanted
