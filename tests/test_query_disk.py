"""Large exports as a store on disk: made once of each content, opened by many, and never trusted beyond its content."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.places import ROOT, Run
from tests.samples import sample_graph, write_exports
from yangfan.core.errors import QueryError
from yangfan.query import disk
from yangfan.query.disk import KeptStore, is_large
from yangfan.query.store import load_store, open_store


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YANGFAN_CACHE", str(tmp_path / "cache"))
    return write_exports(sample_graph(), tmp_path / "exports")


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    """End what this process holds, as its own end would."""
    yield
    while disk._held:
        os.close(disk._held.pop())


def quads(store: ox.Store) -> list[str]:
    return sorted(map(str, store))


def test_a_store_on_disk_holds_what_one_in_memory_does(folder: Path) -> None:
    assert quads(KeptStore(folder).open()) == quads(load_store(folder))


def test_a_store_is_made_once_of_each_content(folder: Path) -> None:
    first = KeptStore(folder).path()
    os.utime(folder / "graph.ttl", ns=(1, 1))
    assert KeptStore(folder).path() == first
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    (folder / "graph.ttl").write_text(text + "<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    second = KeptStore(folder)
    assert second.path() != first
    assert "<a:s> <a:p> <a:o>" in " ".join(quads(second.open()))


def test_a_file_that_is_gone_or_new_makes_another_store(folder: Path) -> None:
    first = KeptStore(folder).path()
    (folder / "evidence.ttl").unlink()
    second = KeptStore(folder).path()
    assert second != first
    assert len(KeptStore(folder).open()) < len(load_store(write_exports(sample_graph(), folder)))


def test_a_store_that_is_open_is_not_cleared_away(folder: Path) -> None:
    old = KeptStore(folder)
    store = old.open()
    path = old.path()
    (folder / "graph.ttl").write_text("<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    KeptStore(folder).path()
    assert path.is_dir()
    assert len(store) == len(quads(store))
    while disk._held:
        os.close(disk._held.pop())
    KeptStore(folder)._clear(KeptStore(folder).path().name)
    assert not path.exists()


def test_a_damaged_store_is_made_anew(folder: Path) -> None:
    kept = KeptStore(folder)
    path = kept.path()
    (path / "CURRENT").write_bytes(b"nothing\n")
    assert quads(KeptStore(folder).open()) == quads(load_store(folder))
    shutil.rmtree(KeptStore(folder).path())
    assert quads(KeptStore(folder).open()) == quads(load_store(folder))
    for wrong in ("", "[]", "{}", '{"form": 1}', "\x00"):
        (kept.home / "state.json").write_text(wrong)
        assert quads(KeptStore(folder).open()) == quads(load_store(folder))


def test_exports_that_are_no_rdf_are_told_and_leave_nothing_behind(folder: Path) -> None:
    (folder / "evidence.ttl").write_text("<a:s> <a:p> .\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"evidence\.ttl:1: no valid Turtle"):
        KeptStore(folder).open()
    assert [path.name for path in KeptStore(folder).home.iterdir()] == ["lock"]


def test_two_processes_make_one_store(folder: Path) -> None:
    program = "import sys; from pathlib import Path; from yangfan.query.disk import KeptStore; print(KeptStore(Path(sys.argv[1])).path())"
    command = [sys.executable, "-c", program, str(folder)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)]
    said = {process.communicate()[0] for process in running}
    assert len(said) == 1
    assert {process.returncode for process in running} == {0}


def test_large_exports_are_asked_from_disk_and_answer_the_same(run: Run, folder: Path) -> None:
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    small = run("query", query, "--data", folder)
    cache = Path(os.environ["YANGFAN_CACHE"])
    assert not (cache / "stores").exists()
    with (folder / "graph.ttl").open("a", encoding="utf-8") as stream:
        stream.write("# padding\n" * (disk.LARGE // 10))
    assert is_large(folder)
    for _ in range(2):
        assert run("query", query, "--data", folder).stdout == small.stdout
    assert len(list((cache / "stores").iterdir())) == 1
    assert run("show", "智慧医疗", "--data", folder).returncode == 0
    state = json.loads(next((cache / "stores").iterdir()).joinpath("state.json").read_text())
    assert state["folder"] == str(folder)


def test_a_cache_that_cannot_be_written_to_costs_time_alone(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(disk, "LARGE", 1)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("YANGFAN_CACHE", str(tmp_path / "file"))
    assert quads(open_store(folder)) == quads(load_store(folder))
