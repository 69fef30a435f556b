"""The stages of the build on Spark without Spark: the same functions over plain lists give the quads and tables of a local build.

This takes a second and needs no Java; `test_spark.py` lets Spark do it.
"""

from __future__ import annotations

import gzip
import json
from functools import reduce
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as parquet
import pytest

from tests.samples_checked import OVERLAY, PLAN
from tests.test_corpus import FOREST, plant
from yangfan.core.model import BASES
from yangfan.formats.parquet import TABLES
from yangfan.pipeline import build
from yangfan.spark import shards, stages
from yangfan.spark.read import read
from yangfan.spark.shared import both, edge_record, either, known_in, records_of, said_in
from yangfan.spark.wire import Record, pack, place, unpack

Rows = list[Any]


def run(files: list[Path], overlays: stages.Overlays, parts: int) -> tuple[Rows, dict[str, Any]]:
    """Do all stages but the last over lists, in so many parts; gives rows, and documents that were set aside with the reason."""
    documents = [read(str(path), path.read_bytes()) for path in files]
    aside: dict[str, Any] = {one.name: one.fault for one in documents if one.fault}
    entries: dict[str, tuple[str, bytes]] = {}
    for key, entry in stages.entries(documents):
        entries[key] = min(entry, entries.get(key, entry))
    index = sorted(stages.index(entries.items()))
    together = sorted([*stages.readings(documents), *stages.resolve(index)])
    gathered = [*stages.gathered(together)]
    aside |= dict(unpack(data) for _, kind, _, data in gathered if kind == "aside")
    rows: Rows = []
    for part in range(parts):
        mine = [((group, kind, key), data) for group, kind, key, data in gathered if kind != "aside" and place(group, parts) == part]
        rows += map(row, stages.taken(sorted(mine), overlays, 1, 1))
    for _, same in groupby(sorted(kind_of(rows, "known"), key=lambda one: one.key), key=lambda one: one.key):
        records = records_of(reduce(both, [known_in(one.data) for one in same]))
        rows += [row(stages.row_of(record, 1, 1)) for record in records]
    for key, same in groupby(sorted(kind_of(rows, "said"), key=lambda one: one.key), key=lambda one: one.key):
        said = reduce(either, [said_in(one.data) for one in same])
        rows.append(row(stages.row_of(edge_record(key, said), 1, 1)))
    keys = sorted(one.key for one in kind_of(rows, "source"))
    used = {name for one in kind_of(rows, "tally") for kind, name, _ in unpack(one.data) if kind == "statements"}
    bases = [basis for basis in BASES if basis in used - {"stated"}]
    told = shards.run_of(lambda: iter(keys), bases)
    lines = shards.run_lines(told, bases)
    rows += map(row, stages.sources(kind_of(rows, "source"), told, lines, 1, 1))
    rows.append(row(stages.row_of(Record("quads", "\n", pack("".join(sorted(lines)))), 1, 1)))
    aside |= {one.key: unpack(one.data)[1] for one in kind_of(rows, "aside")}
    return rows, aside


def row(values: tuple[Any, ...]) -> SimpleNamespace:
    return SimpleNamespace(**dict(zip(("kind", "wave", "shard", "key", "data"), values, strict=True)))


def kind_of(rows: Rows, *kinds: str) -> Rows:
    return [one for one in rows if one.kind in kinds]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Plans that cite each other and share nodes, one with an overlay, a copy of it, and a document that cannot be read."""
    return plant(tmp_path_factory.mktemp("stages") / "in", {**FOREST, "plan.md": PLAN, "quaint-copy.md": PLAN, "empty.md": ""})


@pytest.mark.parametrize("parts", [1, 3])
def test_the_stages_give_the_quads_and_rows_of_a_local_build(files: list[Path], tmp_path: Path, parts: int) -> None:
    overlay = tmp_path / "plan.overlay.yaml"
    overlay.write_text(OVERLAY.replace("alt: x, ", ""), encoding="utf-8")
    assert build(files, tmp_path / "out", [overlay], strict=False, formats=["nquads", "parquet"]).findings == []
    plan = next(one for one in parquet.read_table(tmp_path / "out/parquet/nodes.parquet").to_pylist() if one["identifier"] == "海政发〔2024〕8号")
    rows, aside = run(files, {plan["iri"]: ((overlay.name, overlay.read_bytes()),)}, parts)
    (shard,) = (tmp_path / "out" / "nquads").iterdir()
    wanted = sorted(gzip.decompress(shard.read_bytes()).decode("utf-8").splitlines())
    quads = shards.blocks((one.key, one.data) for one in sorted(kind_of(rows, "quads", "common"), key=lambda one: (one.key, one.data)))
    assert sorted("\n".join(quads).splitlines()) == wanted
    for name, table in TABLES.items():
        listed = sorted(((one.key, one.data) for one in kind_of(rows, name)), key=lambda one: one[0])
        here = parquet.read_table(tmp_path / "out" / "parquet" / f"{name}.parquet").to_pylist()
        found = [dict(zip(table.columns, values, strict=True)) for values in shards.rows(name, listed)]
        assert sorted(map(told, found)) == sorted(map(told, here)), name
    assert {Path(name).name: reason.rpartition("/")[2] for name, reason in aside.items()} == {
        "empty.md": "empty.md: an empty file", "quaint-copy.md": "plan.md"
    }  # fmt: skip


def told(row: dict[str, Any]) -> str:
    """Give a row as text; what a list holds stands there as values."""
    return json.dumps([[list(item.values()) if isinstance(item, dict) else item for item in v] if isinstance(v, list) else v for v in row.values()])
