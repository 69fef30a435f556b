"""Ask the named queries on the three plans, in Oxigraph and in rdflib, and read the answers that a person has checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from yangfan.core.namespaces import YF
from yangfan.pipeline import build
from yangfan.query.library import NamedQuery, load_library
from yangfan.query.nodes import Nodes
from yangfan.query.run import names_of, prefixes, rows, run, term_of
from yangfan.query.store import load_store
from yangfan.query.syntax import bind

HERE = Path(__file__).parent
ANSWERS = HERE / "answers.txt"
MOST = 40
"""A cell longer than this is cut in the file of answers: quotes stand in the plans."""


@dataclass(frozen=True)
class Question:
    """One question: the query's name, what its parameters are set to, and the rows of the answer as text."""

    name: str
    values: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]


@cache
def exports() -> tuple[Nodes, Graph]:
    """Build the three plans once; give the store of Oxigraph and the same triples in rdflib."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        built = build([HERE / f"{name}.md" for name in ("province", "city", "fishery")], out)
        assert built.findings == []
        store = load_store(out)
        graph = Graph()
        for name in ("graph.ttl", "evidence.ttl"):
            graph.parse(out / name)
    return Nodes(store), graph


def _cell(value: str | None, labels: Nodes) -> str:
    """Show a resource by its label or the end of its IRI, a literal by its text."""
    if value is None:
        return ""
    if not value.startswith("http"):
        return value[:MOST].replace("\n", " ")
    node = labels.node(value)
    return node.zh if node and not value.startswith(YF) else value.rpartition("#" if "#" in value else "/")[2]


def _row(columns: list[str], cells: list[str]) -> str:
    """Put the cells of a row together; the label of a resource is shown in the resource's own column."""
    kept = [cell for column, cell in zip(columns, cells, strict=True) if column.removesuffix("Label") not in set(columns) - {column}]
    return " | ".join(kept)


def _bound(query: NamedQuery, values: dict[str, str]) -> dict[str, str]:
    nodes, _ = exports()
    names = names_of(nodes)
    given = {p.name: values.get(p.name, p.default) for p in query.parameters}
    kinds = {p.name: p.type for p in query.parameters}
    return {name: term_of(value, nodes, names, kinds[name]) for name, value in given.items() if value}


def by_oxigraph(name: str, values: dict[str, str]) -> list[str]:
    """Ask Oxigraph; give the rows as text, in the order of the query."""
    query, (nodes, _) = load_library()[name], exports()
    result = run(nodes.store, query.text, values=_bound(query, values), base=nodes.base)
    assert isinstance(result, ox.QuerySolutions)
    columns = [column.value for column in result.variables]
    return [_row(columns, [_cell(getattr(term, "value", None), nodes) for term in row]) for row in rows(result)]


def by_rdflib(name: str, values: dict[str, str]) -> list[str]:
    """Ask rdflib the same; give the rows as text."""
    query, (nodes, graph) = load_library()[name], exports()
    text = bind(query.text, _bound(query, values))

    def shown(term: Node | None) -> str | None:
        assert term is None or isinstance(term, (URIRef, Literal))
        return None if term is None else str(term)

    result = graph.query(text, initNs=prefixes(nodes.base), base=nodes.base)
    columns = [str(column) for column in result.vars or ()]
    return [_row(columns, [_cell(shown(term), nodes) for term in row]) for row in result]  # type: ignore[union-attr]


def questions() -> list[Question]:
    """Read the questions with their answers."""
    found: list[Question] = []
    name, values, said = "", (), []  # type: str, tuple[tuple[str, str], ...], list[str]
    for line in [*ANSWERS.read_text(encoding="utf-8").splitlines(), "? "]:
        if line.startswith("? "):
            if name:
                found.append(Question(name, values, tuple(said)))
            name, _, rest = line[2:].partition(" ")
            values = tuple((key, value) for key, _, value in (pair.partition("=") for pair in rest.split(" ") if pair))
            said = []
        elif line and not line.startswith("#"):
            said.append(line)
    return found
