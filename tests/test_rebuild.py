"""A rebuild gives the bytes of a fresh build, whatever was added, changed or taken away, and does again only what it must."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_corpus import FOREST, OVERLAY, contents, plan, plant
from yangfan.corpus import plans, read, unchanged
from yangfan.corpus.plans import Workshop
from yangfan.formats.manifest import manifest_of
from yangfan.pipeline import build
from yangfan.readers.read import read_bytes as read_file_bytes


class Seen:
    """Which documents were read and which plans were assembled."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self.assembled: list[str] = []
        read_bytes, assembled = read_file_bytes, Workshop._assembled

        def reads(data: bytes, name: str, suffix: str) -> Any:
            self.read.append(Path(name).name)
            return read_bytes(data, name, suffix)

        def assembles(workshop: Workshop, group: Any, *rest: Any) -> Any:
            self.assembled.append(" ".join(path.name for path, _ in group.documents))
            return assembled(workshop, group, *rest)

        monkeypatch.setattr(read, "read_bytes", reads)
        monkeypatch.setattr(plans.Workshop, "_assembled", assembles)

    def forget(self) -> None:
        self.read.clear()
        self.assembled.clear()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    return Seen(monkeypatch)


class Garden:
    """A folder that is built again and again with one cache, and fresh, and the two compared."""

    def __init__(self, place: Path, seen: Seen) -> None:
        self.source, self.out, self.cache, self.seen = place / "in", place / "out", place / "cache", seen
        plant(self.source, FOREST)
        self.rebuilt()

    def sources(self) -> list[Path]:
        return sorted(self.source.glob("*.md"))

    def overlays(self) -> list[Path]:
        return sorted(self.source.glob("*.yaml"))

    def rebuilt(self, workers: int = 1) -> Any:
        self.seen.forget()
        return build(self.sources(), self.out, self.overlays(), strict=False, workers=workers, cache=self.cache)

    def is_fresh(self) -> bool:
        fresh = self.out.with_name("fresh")
        build(self.sources(), fresh, self.overlays(), strict=False)
        return contents(self.out) == contents(fresh)


@pytest.fixture
def garden(tmp_path: Path, seen: Seen) -> Garden:
    return Garden(tmp_path, seen)


def test_of_an_unchanged_folder_nothing_is_read_assembled_or_written(garden: Garden) -> None:
    times = {path: path.stat().st_mtime_ns for path in garden.out.rglob("*")}
    first = contents(garden.out)
    built = garden.rebuilt()
    assert (garden.seen.read, garden.seen.assembled, built.fresh) == ([], [], 0)
    assert {path: path.stat().st_mtime_ns for path in garden.out.rglob("*")} == times
    assert contents(garden.out) == first
    assert built.report["nodes"] > 0
    assert garden.is_fresh()


@pytest.mark.parametrize("name", ["graph.ttl", "graph.html", "report.md", "manifest.json"])
def test_an_export_that_somebody_changed_or_took_away_is_written_again(garden: Garden, name: str) -> None:
    before = contents(garden.out)
    (garden.out / name).write_bytes(before[name] + b"\n")
    garden.rebuilt()
    assert contents(garden.out) == before
    (garden.out / name).unlink()
    garden.rebuilt()
    assert contents(garden.out) == before
    assert garden.seen.assembled == []


def test_exports_that_are_those_that_were_written_are_not_read_again(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_again(*_: object) -> Any:
        raise AssertionError("exports were read")

    # Every file counts as older than the manifest.
    monkeypatch.setattr(unchanged, "_TICK", -(1 << 62))
    (garden.source / "c.md").write_text(FOREST["c.md"].replace("12个", "15个"), encoding="utf-8")
    garden.rebuilt()
    with monkeypatch.context() as patched:
        patched.setattr(unchanged, "manifest_of", read_again)
        assert garden.rebuilt().fresh == 0
    before = contents(garden.out)
    path = garden.out / "graph.ttl"
    status = path.stat()
    path.write_bytes(before["graph.ttl"].swapcase())
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    garden.rebuilt()
    assert contents(garden.out) == before


def test_exports_as_new_as_their_manifest_are_read(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_TICK", 1 << 62)
    (garden.source / "c.md").write_text(FOREST["c.md"].replace("12个", "15个"), encoding="utf-8")
    garden.rebuilt()
    assert unchanged.state_of(garden.out, frozenset(["graph.ttl"])) == ""
    made: list[Path] = []

    def made_again(folder: Path, ours: Callable[[str], bool]) -> Iterator[str]:
        made.append(folder)
        return manifest_of(folder, ours)

    monkeypatch.setattr(unchanged, "manifest_of", made_again)
    assert garden.rebuilt().fresh == 0
    assert made == [garden.out]


def test_a_file_that_is_no_export_of_this_build_goes_and_what_belongs_to_somebody_else_stays(garden: Garden) -> None:
    before = contents(garden.out)
    (garden.out / "texts" / "old.txt").write_text("x", encoding="utf-8")
    (garden.out / "README").write_text("mine", encoding="utf-8")
    garden.rebuilt()
    assert contents(garden.out) == before | {"README": b"mine"}
    garden.rebuilt()
    assert garden.seen.read == []


def test_one_document_changed_is_that_plan_and_the_writing(garden: Garden) -> None:
    (garden.source / "c.md").write_text(FOREST["c.md"].replace("12个", "15个"), encoding="utf-8")
    garden.rebuilt()
    assert (garden.seen.read, garden.seen.assembled) == (["c.md"], ["c.md"])
    assert garden.is_fresh()


def test_a_document_that_others_cite_is_assembled_with_them_when_it_comes_and_when_it_goes(garden: Garden) -> None:
    (garden.source / "a.md").unlink()
    (garden.source / "d.md").unlink()
    garden.rebuilt()
    # b.md cites the plan of a.md, which is a work from outside now; c.md has nothing to do with it.
    assert (garden.seen.read, garden.seen.assembled) == ([], ["b.md"])
    assert garden.is_fresh()
    plant(garden.source, {"a.md": FOREST["a.md"]})
    garden.rebuilt(workers=2)
    assert garden.is_fresh()


def test_a_document_added_changes_what_is_shared(garden: Garden) -> None:
    plant(garden.source, {"0.md": plan("红枫", 5, body="工业和信息化部、教育部")})
    garden.rebuilt()
    assert (garden.seen.read, garden.seen.assembled) == (["0.md"], ["0.md"])
    assert garden.is_fresh()


def test_an_overlay_that_comes_changes_and_goes_is_seen(garden: Garden) -> None:
    overlay = garden.source / "a.overlay.yaml"
    for text in (OVERLAY, OVERLAY.replace("自然资源部", "水利部"), OVERLAY.replace("2024-03-05", "2024-03-06")):
        overlay.write_text(text, encoding="utf-8")
        garden.rebuilt()
        assert (garden.seen.read, garden.seen.assembled) == ([], ["a.md d.md"])
        assert garden.is_fresh()
    overlay.unlink()
    garden.rebuilt()
    assert garden.seen.assembled == []
    assert garden.is_fresh()


def test_a_file_that_gets_another_name_is_read_again(garden: Garden) -> None:
    (garden.source / "c.md").rename(garden.source / "e.md")
    garden.rebuilt()
    assert garden.seen.read == ["e.md"]
    assert garden.is_fresh()


def test_a_plan_that_was_set_aside_is_looked_at_again(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.quality.findings import Finding

    with monkeypatch.context() as patch:
        patch.setattr(plans, "check_shapes", lambda records, _: [Finding("shapes", "made up")] if "白桦" in str(list(records.entries())) else [])
        (garden.source / "c.md").write_text(FOREST["c.md"].replace("12个", "15个"), encoding="utf-8")
        assert list(garden.rebuilt().report["rejected"]) == ["c.md"]
    (garden.source / "b.md").write_text(FOREST["b.md"].replace("12个", "15个"), encoding="utf-8")
    assert garden.rebuilt().report["rejected"] == {}
    assert garden.seen.assembled == ["c.md", "b.md"] or garden.seen.assembled == ["b.md", "c.md"]
    assert garden.is_fresh()


def test_flipped_bits_anywhere_in_what_was_kept_change_no_byte(garden: Garden) -> None:
    before = contents(garden.out)
    rng = random.Random(14)
    for _ in range(12):
        for path in sorted(garden.cache.rglob("*.*")):
            data = bytearray(path.read_bytes())
            for _ in range(rng.choice((1, 1, 8))):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            path.write_bytes(data[: rng.choice((len(data), len(data), rng.randrange(len(data))))])
        built = garden.rebuilt()
        assert built.notes == []
        assert contents(garden.out) == before


def test_what_cannot_be_kept_is_a_warning_and_costs_no_byte(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.corpus import cache

    def full(path: Path, name: str, head: Any, body: bytes) -> None:
        if path.suffix != ".reading" or garden.cache in path.parents:
            raise OSError(28, os.strerror(28))
        write(path, name, head, body)

    write = cache._write
    monkeypatch.setattr(cache, "_write", full)
    (garden.source / "c.md").write_text(FOREST["c.md"].replace("12个", "15个"), encoding="utf-8")
    built = garden.rebuilt()
    assert built.notes == [f"nothing can be kept in {garden.cache}: No space left on device"]
    monkeypatch.undo()
    assert garden.is_fresh()


def test_limits_of_reading_are_part_of_what_decides_a_build(garden: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_TEXT", "250")
    built = garden.rebuilt()
    assert built.report["rejected"]
    assert garden.is_fresh()
