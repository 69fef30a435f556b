"""Tools of others take the exports as the documentation says: its own commands are run, in DuckDB, in Kuzu, in a store with RDF 1.2."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from tests.places import ROOT
from yangfan.core.namespaces import PREFIXES
from yangfan.formats.registry import FOLDERS, export_folder
from yangfan.quality.check import check_exports

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]

PAGES = ("docs/en/tools.md", "docs/zh/tools.md")
TYPES = {"int": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__, "date": date.fromisoformat}


def commands(page: str, language: str) -> list[str]:
    """Give the commands that a page shows in a language."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [command.strip() for block in blocks for command in block.split(";\n") if command.strip()]


def test_both_languages_show_the_same_commands() -> None:
    for language in ("sql", "cypher", "text", "sh"):
        assert commands(PAGES[0], language) == commands(PAGES[1], language) != []


def test_duckdb_answers_what_the_page_asks(seed_exports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(seed_exports.parent)
    bodies, targets = (duckdb.sql(q.replace("exports/", f"{seed_exports.name}/")).fetchall() for q in commands(PAGES[0], "sql"))
    assert ("工业和信息化部", 1) in bodies
    assert len(bodies) == 10
    assert [row[1:] for row in targets if row[0].startswith("5G个人用户普及率")] == [(40, "%", 2023)]


def test_kuzu_loads_the_tables_as_the_page_says(seed_exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kuzu = pytest.importorskip("kuzu")
    monkeypatch.chdir(seed_exports.parent)
    connection = kuzu.Connection(kuzu.Database(str(tmp_path / "base")))
    answer: Any = None
    for command in commands(PAGES[0], "cypher"):
        answer = connection.execute(command.replace("exports/", f"{seed_exports.name}/"))
    rows = []
    while answer.has_next():
        rows.append(tuple(answer.get_next()))
    assert ("智慧医疗", "社会民生服务", "inferred") in rows


@pytest.mark.parametrize("name", ["nodes.csv", "edges.csv"])
def test_every_cell_is_of_the_type_that_its_column_declares(seed_exports: Path, name: str) -> None:
    with (seed_exports / name).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    typed = [column for column in rows[0] if column.partition(":")[2] in TYPES]
    assert len(typed) >= 3
    for row in rows:
        for column in typed:
            if row[column]:
                TYPES[column.partition(":")[2]](row[column])  # type: ignore[operator]


def test_triple_terms_say_what_the_statements_say(seed_graph: Net, tmp_path: Path) -> None:
    export_folder(seed_graph, "rdf12", tmp_path)
    store = ox.Store()
    store.load(path=tmp_path / "graph.nt", format=ox.RdfFormat.N_TRIPLES)
    question = (
        f"PREFIX yf: <{PREFIXES['yf']}> PREFIX rdf: <{PREFIXES['rdf']}> "
        "SELECT ?said { ?said rdf:reifies <<( ?plan yf:hasIndustry ?industry )>> ; yf:basis yf:stated }"
    )
    found = store.query(question)
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == 15
    assert not list(store.quads_for_pattern(None, ox.NamedNode(PREFIXES["rdf"] + "predicate"), None))


def test_a_changed_triple_term_is_found(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", "corpus/5g-yangfan-2021.md", "--out", str(out), "--format", "rdf12").returncode == 0
    assert not check_exports(out)
    path = out / FOLDERS["rdf12"].folder / "graph.nt"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(reifies> <<\( <[^>]+> <[^>]+#)\w+", r"\1cites", text, count=1), encoding="utf-8")
    assert any("rdf12" in found.message for found in check_exports(out))
