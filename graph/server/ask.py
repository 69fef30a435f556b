"""The query page's work: which query to show, its parameters put in, its answer as rows and as a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from ..core.errors import YangfanError
from ..query.library import NamedQuery, named_query
from ..query.nodes import Term
from ..query.run import term_of
from ..query.syntax import FORMS, bind, query_form
from ..query.tables import drawn_columns
from ..query.view import part_of
from .endpoint import Endpoint
from .facts import Facts
from .negotiate import GRAPHS, RESULTS
from .protocol import Operation, Refused, form_of

MOST_ROWS = 1000
MOST_DRAWN = 400


@dataclass(slots=True)
class Asked:
    """A query page's content: the text in the editor, and once it has run the answer or what is wrong with it."""

    text: str = ""
    named: NamedQuery | None = None
    given: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    rows: list[list[Term | None]] = field(default_factory=list)
    total: int = 0
    truth: bool | None = None
    graph: bool = False
    ran: bool = False
    error: str = ""
    line: int = 0
    column: int = 0
    drawing: str = ""

    @property
    def drawn(self) -> list[str]:
        """The columns of the table."""
        return drawn_columns(self.columns)

    @property
    def table(self) -> list[list[tuple[Term | None, str]]]:
        """The rows of the table: each cell's term, and the label that the answer itself gives it ("" if none)."""
        place = {name: number for number, name in enumerate(self.columns)}

        def label(row: list[Term | None], name: str) -> str:
            term = row[place[f"{name}Label"]] if f"{name}Label" in place else None
            return term.value if isinstance(term, ox.Literal) else ""

        return [[(row[place[name]], label(row, name)) for name in self.drawn] for row in self.rows]

    @property
    def formats(self) -> list[str]:
        """The formats in which this answer can be had."""
        return [form.name for form in (GRAPHS if self.graph else RESULTS)]

    @property
    def wrong_line(self) -> str:
        """The line of the query at which the parser stopped."""
        lines = self.text.split("\n")
        return lines[self.line - 1] if 0 < self.line <= len(lines) else ""


def body_of(query: NamedQuery) -> str:
    """Give a named query without the comments at its head."""
    lines = query.text.split("\n")
    while lines and (lines[0].startswith("#") or not lines[0].strip()):
        lines.pop(0)
    return "\n".join(lines).rstrip() + "\n"


def _choose(asked: Asked, facts: Facts, fields: Mapping[str, str]) -> None:
    """Put a named query into the editor, its parameters bound."""
    query = asked.named = named_query(fields["name"])
    values = {}
    for parameter in query.parameters:
        value = fields.get(f"p.{parameter.name}", parameter.default).strip()
        asked.given[parameter.name] = value
        if value:
            values[parameter.name] = term_of(value, facts.nodes, facts.names, parameter.type)
    asked.text = bind(body_of(query), values)


def _term(cell: Mapping[str, Any]) -> Term:
    if cell["type"] == "uri":
        return ox.NamedNode(cell["value"])
    if cell["type"] == "bnode":
        return ox.BlankNode(cell["value"])
    if cell["type"] == "triple":
        return ox.Literal(json.dumps(cell["value"], ensure_ascii=False))
    if "xml:lang" in cell:
        return ox.Literal(cell["value"], language=cell["xml:lang"])
    return ox.Literal(cell["value"], datatype=ox.NamedNode(cell["datatype"]) if "datatype" in cell else None)


def _read(asked: Asked, body: bytes) -> None:
    """Read a worker's answer: JSON for rows and truth values, N-Triples for graphs."""
    if asked.graph:
        asked.columns = ["subject", "property", "object"]
        triples = [[t.subject, t.predicate, t.object] for t in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        asked.rows, asked.total = list(triples[:MOST_ROWS]), len(triples)
        return
    data = json.loads(body)
    if "boolean" in data:
        asked.truth = data["boolean"]
        return
    asked.columns = data["head"]["vars"]
    found = data["results"]["bindings"]
    asked.total = len(found)
    asked.rows = [[_term(row[c]) if c in row else None for c in asked.columns] for row in found[:MOST_ROWS]]


def _draw(asked: Asked, facts: Facts) -> str:
    """Give the answer's nodes and edges as JSON for the drawing; empty where there are none or too many."""
    iris, edges = part_of(asked.rows, facts.nodes)
    if not iris or len(iris) > MOST_DRAWN:
        return ""
    place = {iri: number for number, iri in enumerate(iris)}
    relations = facts.nodes.schema.relations
    known = [facts.nodes.named(iri) for iri in iris]
    drawing = {
        "nodes": [{"iri": node.iri, "label": node.label, "class": node.cls} for node in known],
        "edges": [
            {"from": place[e.subject], "to": place[e.object], "label": relations[e.relation].zh}
            for e in edges
            if e.subject in place and e.object in place
        ],
    }
    return json.dumps(drawing, ensure_ascii=False)


async def ask(endpoint: Endpoint, facts: Facts, fields: Mapping[str, str]) -> Asked:
    """Answer what the query page's form or permalink asks: `query`, or `name` with its parameters as `p.NAME`."""
    asked = Asked(text=fields.get("query", ""))
    try:
        if fields.get("name") and not asked.text:
            _choose(asked, facts, fields)
        if not asked.text.strip():
            return asked
        kind = query_form(asked.text)
        asked.graph = kind in FORMS and kind not in ("SELECT", "ASK")
        operation = Operation(asked.text, None, None, "nt" if asked.graph else "json")
        form = form_of(operation, "*/*")
        answer = await endpoint.ask(operation, form.name)
        endpoint.release(answer)
        if answer.error:
            asked.error = answer.error.get("reason") or answer.error["message"]
            asked.line, asked.column = answer.error.get("line", 0), answer.error.get("column", 0)
            return asked
        asked.ran = True
        _read(asked, answer.body)
        asked.drawing = _draw(asked, facts)
    except (YangfanError, Refused) as error:
        asked.error = str(error)
    return asked
