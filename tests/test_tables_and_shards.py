"""Parquet tables and sharded N-Quads: other programs read them, they hold what the other exports hold, and `check` sees to that."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as parquet
import pyoxigraph as ox
import pytest

import yangfan as yf
from tests.places import SEED, Run
from tests.samples_checked import OVERLAY, PLAN
from tests.test_corpus import FOREST, contents, plant
from yangfan.core.errors import MissingLibrary
from yangfan.formats.manifest import write_manifest
from yangfan.formats.nquads import quads, write_shards
from yangfan.formats.registry import FOLDERS, export_folder
from yangfan.formats.text import encoded
from yangfan.pipeline import build, read_sources
from yangfan.quality.check import check_exports

BOTH = ("parquet", "nquads")
TABLES = ("nodes", "edges", "statements", "passages", "documents")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of a plan with every basis, tables and shards among them. Do not write into it."""
    folder = tmp_path_factory.mktemp("tables")
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / "plan.overlay.yaml").write_text(OVERLAY.replace("alt: x, ", ""), encoding="utf-8")
    assert build([folder / "plan.md"], folder / "out", [folder / "plan.overlay.yaml"], formats=BOTH).findings == []
    return folder / "out"


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# other programs read them


def test_duckdb_joins_the_tables_and_finds_who_says_what(built: Path) -> None:
    tables = duckdb.connect()
    for name in TABLES:
        tables.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{built}/parquet/{name}.parquet')")
    asked = """
        SELECT t.label_zh, t.comparator, t.value, t.unit, t.year, p.exact, substr(d.text, p.start + 1, p."end" - p.start) = p.exact
        FROM nodes t JOIN edges e ON e.subject = t.iri AND e.relation = 'setBy'
        JOIN (SELECT subject, relation, object, unnest(passages) AS passage FROM statements) s USING (subject, relation, object)
        JOIN passages p ON p.iri = s.passage JOIN documents d ON d.key = p.key
        WHERE t.class = 'Target' AND t.value = 40
    """
    found = tables.execute(asked).fetchall()
    assert {row[1:5] for row in found} == {(">", 40.0, "%", 2026)}
    assert any("海水养殖覆盖率超过40%" in row[5] for row in found)
    assert all(row[6] for row in found)
    (counted,) = tables.execute("SELECT list(DISTINCT p.property) FROM nodes, unnest(properties) AS u(p) WHERE p.datatype = 'xsd:decimal'").fetchall()
    assert set(counted[0]) == {"yf:value", "yf:lower", "yf:upper"}


def test_pandas_reads_every_table_with_its_types(built: Path) -> None:
    frames = {name: pd.read_parquet(built / "parquet" / f"{name}.parquet") for name in TABLES}
    nodes, edges = frames["nodes"], frames["edges"]
    assert nodes["iri"].tolist() == [row["iri:ID"] for row in rows(built, "nodes")]
    assert list(zip(edges["subject"], edges["relation"], edges["object"], strict=True)) == [
        (row[":START_ID"], row[":TYPE"], row[":END_ID"]) for row in rows(built, "edges")
    ]
    assert edges["basis"].value_counts().to_dict() == Counter(row["basis"] for row in rows(built, "edges"))
    assert nodes["value"].dtype == "float64"
    said = frames["statements"].groupby(["subject", "relation", "object"]).size()
    assert said.to_dict() == edges.set_index(["subject", "relation", "object"])["statements"].to_dict()
    assert set(frames["statements"]["passages"].explode().dropna()) == set(frames["passages"]["iri"])


def test_polars_reads_every_table_and_its_lists(built: Path) -> None:
    scanned = {name: pl.scan_parquet(built / "parquet" / f"{name}.parquet") for name in TABLES}
    counts = scanned["nodes"].group_by("class").len().collect()
    assert dict(counts.iter_rows()) == Counter(row[":LABEL"] for row in rows(built, "nodes"))
    curated = scanned["statements"].filter(pl.col("basis") == "curated").collect()
    assert {"attribute", "edge"} == {"edge" if row["object"] else "attribute" for row in curated.iter_rows(named=True)}
    assert {row["source_title"] for row in curated.iter_rows(named=True)} == {"印发通知"}
    assert {(row["value"], row["datatype"]) for row in curated.iter_rows(named=True) if row["value"]} >= {("2024-03-05", "xsd:date")}
    (document,) = scanned["documents"].collect().iter_rows(named=True)
    assert document["text"] == of(built / "texts" / f"{document['key']}.txt")
    assert document["characters"] == len(document["text"])


def test_the_shards_hold_the_quads_of_the_trig(built: Path) -> None:
    wanted = set(ox.parse((built / "graph.trig").read_bytes(), format=ox.RdfFormat.TRIG))
    (shard,) = sorted((built / "nquads").iterdir())
    listed = list(ox.parse(gzip.decompress(shard.read_bytes()), format=ox.RdfFormat.N_QUADS))
    assert set(listed) == wanted
    assert len(listed) == len(wanted)
    store = ox.Store()
    store.bulk_load(gzip.decompress(shard.read_bytes()), format=ox.RdfFormat.N_QUADS)
    assert len(store) == len(wanted)


def test_lines_are_cut_into_shards_without_loss(tmp_path: Path) -> None:
    lines = [f"<urn:{number}> <urn:p> \"文\" .\n" for number in range(10)]
    write_shards(iter(lines), tmp_path, 4)
    shards = sorted(tmp_path.iterdir())
    assert [shard.name for shard in shards] == ["part-00000.nq.gz", "part-00001.nq.gz", "part-00002.nq.gz"]
    assert "".join(gzip.decompress(shard.read_bytes()).decode() for shard in shards) == "".join(lines)
    # Neither the time nor a file's name stands in the header (RFC 1952, 2.3).
    assert all(shard.read_bytes()[3:8] == bytes(5) for shard in shards)


# one content, one set of bytes


def test_a_folder_gives_the_same_bytes_whatever_the_order_and_the_processes_and_as_from_memory(tmp_path: Path) -> None:
    forest = plant(tmp_path / "forest", FOREST)
    assert build(forest, tmp_path / "one", formats=BOTH).findings == []
    build(forest[::-1], tmp_path / "two", workers=2, formats=BOTH)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    from yangfan.assembly.assemble import assemble

    graph, _ = assemble(read_sources(forest))
    for name in BOTH:
        export_folder(graph, name, tmp_path / "memory" / name)
        assert contents(tmp_path / "memory" / name) == contents(tmp_path / "one" / name)
    assert check_exports(tmp_path / "one") == []
    trig = set(ox.parse((tmp_path / "one" / "graph.trig").read_bytes(), format=ox.RdfFormat.TRIG))
    written = gzip.decompress((tmp_path / "one" / "nquads" / "part-00000.nq.gz").read_bytes())
    assert set(ox.parse(written, format=ox.RdfFormat.N_QUADS)) == trig


def test_they_are_listed_in_the_manifest_and_go_with_the_next_build_that_does_not_ask_for_them(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(built, out)
    listed = json.loads(of(out / "manifest.json"))["files"]
    assert {f"parquet/{name}.parquet" for name in TABLES} | {"nquads/part-00000.nq.gz"} <= listed.keys()
    build([SEED], out)
    assert not (out / "parquet").exists()
    assert not (out / "nquads").exists()
    assert check_exports(out) == []


def test_an_export_of_a_finished_build_is_the_folder_that_the_build_wrote(built: Path, tmp_path: Path, run: Run) -> None:
    for name in BOTH:
        target = tmp_path / name
        target.mkdir()
        stale = target / FOLDERS[name].files.replace("*", "part-00007")
        for path in (stale, target / "notes.txt"):
            path.write_text("old", encoding="utf-8")
        assert run("export", name, target, "--data", built).returncode == 0
        # What a former export left goes, what is somebody else's stays.
        assert contents(target, "notes.txt") == contents(built / name)
        assert (target / "notes.txt").is_file()
    done = run("export", "parquet", "--data", built)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Error: parquet is several files: name a folder for them"


def test_python_saves_them_by_name(built: Path, tmp_path: Path) -> None:
    written = yf.load(built).save(tmp_path, ["parquet", "turtle"])
    assert sorted(path.name for path in written) == sorted(["graph.ttl", *(f"{name}.parquet" for name in TABLES)])
    assert contents(tmp_path / "parquet") == contents(built / "parquet")


# check


def change_a_row(folder: Path) -> None:
    path = folder / "parquet" / "nodes.parquet"
    table = parquet.read_table(path)
    told = table.to_pylist()
    next(row for row in told if row["value"] == 40)["value"] = 4.0
    parquet.write_table(type(table).from_pylist(told, schema=table.schema), path)


def drop_a_column(folder: Path) -> None:
    path = folder / "parquet" / "passages.parquet"
    parquet.write_table(parquet.read_table(path).drop_columns(["prefix"]), path)


def repeat_a_row(folder: Path) -> None:
    path = folder / "parquet" / "edges.parquet"
    table = parquet.read_table(path)
    told = table.to_pylist()
    parquet.write_table(type(table).from_pylist([told[0], *told], schema=table.schema), path)


def change_a_quad(folder: Path) -> None:
    path = folder / "nquads" / "part-00000.nq.gz"
    text = gzip.decompress(path.read_bytes()).decode()
    assert '"40"' in text
    path.write_bytes(gzip.compress(text.replace('"40"', '"4"', 1).encode()))


def lose_a_shard(folder: Path) -> None:
    (folder / "nquads" / "part-00000.nq.gz").rename(folder / "nquads" / "part-00001.nq.gz")


def cut_a_shard(folder: Path) -> None:
    path = folder / "nquads" / "part-00000.nq.gz"
    path.write_bytes(path.read_bytes()[:1000])


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        (change_a_row, "parquet: nodes.parquet: https://"),
        (drop_a_column, "parquet: cannot be read: passages.parquet: its columns are others"),
        (repeat_a_row, "parquet: edges.parquet: https://"),
        (change_a_quad, "nquads: lacks "),
        (lose_a_shard, "nquads: cannot be read: its shards are not numbered one by one from 0"),
        (cut_a_shard, "nquads: cannot be read: "),
    ],
)
def test_check_finds_a_table_or_a_shard_that_is_another(built: Path, tmp_path: Path, breaks: Any, message: str) -> None:
    out = tmp_path / "out"
    shutil.copytree(built, out)
    breaks(out)
    write_manifest(out)
    found = check_exports(out)
    assert any(one.check == "copies" and one.message.startswith(message) for one in found), found


# without the library


def test_without_pyarrow_one_line_names_the_extra_before_anything_is_read(tmp_path: Path, run: Run) -> None:
    # A module that cannot be found: the path of the process begins with a folder whose pyarrow hides the real one.
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util as u, sys\nreal = u.find_spec\n"
        "u.find_spec = lambda name, package=None: None if name == 'pyarrow' else real(name, package)\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    done = run("build", SEED, "--out", out, "--format", "parquet", PYTHONPATH=str(hidden))
    assert done.returncode == 2
    assert done.stderr == "yangfan: this needs pyarrow; type: pip install 'yangfan[parquet]'\n"
    assert not out.exists()


def test_a_check_without_pyarrow_says_that_it_could_not_look(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (found,) = check_exports(built)
    assert found.message == "parquet: cannot be read: this needs pyarrow; type: pip install 'yangfan[parquet]'"
    with pytest.raises(MissingLibrary):
        build([SEED], built.parent / "never", formats=["parquet"])


def test_quads_come_as_they_are_asked_for() -> None:
    from yangfan.assembly.assemble import assemble
    from yangfan.assembly.records import GraphRecords

    lines = quads(GraphRecords(assemble(read_sources([SEED]))[0]))
    assert encoded(next(lines)).startswith(b"<https://w3id.org/yangfan/id/software/yangfan-")
    lines.close()  # type: ignore[attr-defined]
