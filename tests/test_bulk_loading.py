"""The recipes of docs/*/scale.md for bulk loaders are right: QLever's own command takes the Qleverfile, Virtuoso loads the shards, and
what Neptune's loader asks of files and requests holds.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest

from tests.places import OVERLAY, ROOT, SEED
from tests.test_publish import INI, VIRTUOSO, free_port, select, started
from yangfan.pipeline import build

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
QLEVER = Path(sys.executable).with_name("qlever")
ISQL = shutil.which("isql-vt") or shutil.which("isql-v")


def recipe(kind: str, holding: str) -> str:
    """Give the block of a kind that holds a text; both languages show the same."""
    pages = [(ROOT / "docs" / language / "scale.md").read_text(encoding="utf-8") for language in ("en", "zh")]
    (one,), (other,) = ([text for name, text in BLOCK.findall(page) if name == kind and holding in text] for page in pages)
    assert one == other
    return str(one)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed's exports with shards and tables. Do not write into it."""
    out = tmp_path_factory.mktemp("bulk") / "graph"
    assert build([SEED], out, [OVERLAY], formats=["nquads", "parquet"]).findings == []
    return out


def lines(out: Path) -> list[str]:
    return [line for shard in sorted((out / "nquads").iterdir()) for line in gzip.decompress(shard.read_bytes()).decode("utf-8").splitlines()]


@pytest.mark.skipif(not QLEVER.is_file(), reason="qlever is not installed")
def test_the_qleverfile_is_one_that_qlever_takes(loaded: Path, tmp_path: Path) -> None:
    shutil.copytree(loaded, tmp_path / "graph")
    (tmp_path / "Qleverfile").write_text(recipe("ini", "[data]"), encoding="utf-8")
    for verb in ("index", "start"):
        done = subprocess.run([QLEVER, verb, "--show"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        if verb == "index":
            assert "zcat graph/nquads/part-*.nq.gz" in done.stderr
            assert "-F nq" in done.stderr
    # It is told what does not hold, so that the above says something.
    (tmp_path / "Qleverfile").write_text(recipe("ini", "[data]").replace("FORMAT ", "FORM "), encoding="utf-8")
    wrong = subprocess.run([QLEVER, "index", "--show"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert "-F nq" not in wrong.stderr


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    if VIRTUOSO is None or ISQL is None:
        pytest.skip("Virtuoso 7 is not installed (apt-get install virtuoso-opensource-7)")
    folder, port, sql = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    ini = INI.format(sql=sql, http=port).replace("DisableUnixSocket = 1", "DisableUnixSocket = 1\nDirsAllowed = /")
    (folder / "v.ini").write_text(ini, encoding="utf-8")
    with started([VIRTUOSO, "+foreground", "+configfile", "v.ini"], folder, f"http://127.0.0.1:{port}/sparql"):
        yield f"http://127.0.0.1:{port}/sparql", sql


@pytest.mark.server
def test_virtuoso_loads_the_shards_into_their_graphs(loaded: Path, virtuoso: tuple[str, int]) -> None:
    endpoint, port = virtuoso
    script = recipe("sql", "ld_dir").replace("/data/graph", str(loaded))
    command = [str(ISQL), f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    # The last question lists the shards that were not loaded.
    assert "part-" not in done.stdout, done.stdout
    assert "Error" not in done.stdout + done.stderr, done.stdout + done.stderr
    graphs: dict[str, int] = {}
    for quad in ox.parse("\n".join(lines(loaded)).encode("utf-8"), format=ox.RdfFormat.N_QUADS):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else "https://w3id.org/yangfan/id/graph/run"
        graphs[name] = graphs.get(name, 0) + 1
    asked = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/yangfan/')) } GROUP BY ?g"
    assert {name: int(count) for name, count in select(endpoint, asked)} == graphs


# Neptune


def test_the_shards_are_what_neptune_asks_of_n_quads(loaded: Path) -> None:
    for shard in (loaded / "nquads").iterdir():
        # One text in UTF-8 to a file, .gz at its end.
        assert shard.suffix == ".gz"
        assert gzip.decompress(shard.read_bytes()).decode("utf-8").endswith(" .\n")
    found = lines(loaded)
    assert not any(line.startswith("_:") or " _:" in line.split('"')[0] for line in found)
    assert all(re.match(r"<https?://", line) for line in found)


def test_the_request_is_one_of_neptunes_loader(loaded: Path) -> None:
    """Names and values are those of `StartLoaderJob` (Neptune Data API 2023-08-01) as the loader takes them in JSON."""
    request = json.loads(recipe("json", "nquads"))
    told = {
        "format": ("csv", "opencypher", "ntriples", "nquads", "rdfxml", "turtle"),
        "mode": ("NEW", "RESUME", "AUTO"),
        "parallelism": ("LOW", "MEDIUM", "HIGH", "OVERSUBSCRIBE"),
        "failOnError": ("TRUE", "FALSE"),
        "queueRequest": ("TRUE", "FALSE"),
    }
    assert request.keys() == {"source", "iamRoleArn", "region", "parserConfiguration", *told}
    assert {name: value for name, value in request.items() if name in told and value not in told[name]} == {}
    assert request["parserConfiguration"].keys() == {"namedGraphUri"}
    # A role belongs to the part of AWS that its region is in.
    part = "aws-cn" if request["region"].startswith("cn-") else "aws"
    assert re.fullmatch(rf"arn:{part}:iam::\d{{12}}:role/\w+", request["iamRoleArn"])
    # What begins as `source` does is loaded, whatever it is.
    folder, _, beginning = request["source"].removeprefix("s3://").rpartition("/")
    assert folder.endswith("/nquads")
    shards = [path.name for path in (loaded / "nquads").iterdir()]
    assert [name for name in [*shards, "_SUCCESS"] if name.startswith(beginning)] == shards


def test_duckdb_writes_the_tables_that_neptune_takes_as_a_property_graph(loaded: Path, tmp_path: Path) -> None:
    script = recipe("sql", "COPY").replace("'graph/", f"'{loaded}/").replace("'neptune/", f"'{tmp_path}/")
    duckdb.connect().execute(script)
    rows = {}
    for name in ("nodes", "edges"):
        data = gzip.decompress((tmp_path / f"{name}.csv.gz").read_bytes())
        assert not data.startswith(b"\xef\xbb\xbf")
        rows[name] = list(csv.DictReader(data.decode("utf-8").splitlines()))
    with (loaded / "nodes.csv").open(encoding="utf-8-sig", newline="") as stream:
        known = {row["iri:ID"]: row for row in csv.DictReader(stream)}
    assert {row[":ID"] for row in rows["nodes"]} == known.keys()
    assert {"label_zh:String", "value:Double", ":LABEL"} < rows["nodes"][0].keys()
    assert rows["edges"][0].keys() >= {":START_ID", ":END_ID", ":TYPE"}
    assert all(row[":START_ID"] in known and row[":END_ID"] in known for row in rows["edges"])
