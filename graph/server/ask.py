"""The query page's work: which query to show, its parameters put in, its answer as rows and as a network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from ..core.errors import AmbiguousName, NameNotFound, YangfanError
from ..query.library import NamedQuery, Parameter, named_query
from ..query.nodes import Term
from ..query.run import example, term_of
from ..query.sheet import Sheet, sheet_of
from ..query.syntax import FORMS, bind, query_form
from ..query.view import part_of
from .endpoint import Endpoint
from .facts import Facts
from .negotiate import GRAPHS, RESULTS
from .protocol import Operation, Refused, form_of

MOST_ROWS = 1000
MOST_DRAWN = 400
OPENING = {False: "indicators-and-targets", True: "plans"}
"""The question that the page opens on, by whether the graph holds several plans."""
EXAMPLE = """SELECT ?industry ?name WHERE {
  ?industry a yf:Industry ; skos:prefLabel ?name .
  FILTER(LANG(?name) = "zh")
}
"""
"""What stands in the editor for a query of one's own at first: something that runs."""


@dataclass(slots=True)
class Asked:
    """A query page's content: the text in the editor, and once it has run the answer or what is wrong with it."""

    text: str = ""
    named: NamedQuery | None = None
    opening: bool = False
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
    sheet: Sheet | None = None

    @property
    def formats(self) -> list[str]:
        """The formats in which this answer can be had."""
        return [form.name for form in (GRAPHS if self.graph else RESULTS)]

    @property
    def digest(self) -> str:
        """The digest of the text in the editor."""
        return digest(self.text)

    @property
    def address(self) -> str:
        """The address of this page as a link: the named query with its values, or the text."""
        if self.named:
            return urlencode({"name": self.named.name, **{f"p.{name}": value for name, value in self.given.items()}})
        return urlencode({"query": self.text})

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


def digest(text: str) -> str:
    """Give a short digest of a query's text as a form sends it back: line ends are the browser's own."""
    return hashlib.sha256("\n".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def prefilled(parameter: Parameter, facts: Facts) -> str:
    """Give the value that stands in a parameter's field at first: the default, or one that this graph has where it has no such node or year."""
    if not parameter.default:
        return ""
    if parameter.type == "year":
        years = facts.years
        return parameter.default if parameter.default in years or not years else years[-1]
    try:
        term_of(parameter.default, facts.nodes, facts.names, parameter.type)
        return parameter.default
    except (AmbiguousName, NameNotFound):
        iri = example(facts.nodes, parameter.type)
        return facts.names.unique(iri) if iri else parameter.default


def _choose(asked: Asked, facts: Facts, fields: Mapping[str, str]) -> None:
    """Take a named query with the values in its fields."""
    query = asked.named = named_query(fields["name"])
    for parameter in query.parameters:
        asked.given[parameter.name] = fields.get(f"p.{parameter.name}", prefilled(parameter, facts)).strip()
    asked.text = body_of(query)
    values = {
        parameter.name: term_of(value, facts.nodes, facts.names, parameter.type)
        for parameter in query.parameters
        if (value := asked.given[parameter.name])
    }
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


def _read(asked: Asked, body: bytes, most: int) -> None:
    """Read a worker's answer: JSON for rows and truth values, N-Triples for graphs."""
    if asked.graph:
        asked.columns = ["subject", "property", "object"]
        triples = [[t.subject, t.predicate, t.object] for t in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        asked.rows, asked.total = list(triples[:most]), len(triples)
        return
    data = json.loads(body)
    if "boolean" in data:
        asked.truth = data["boolean"]
        return
    asked.columns = data["head"]["vars"]
    found = data["results"]["bindings"]
    asked.total = len(found)
    asked.rows = [[_term(row[c]) if c in row else None for c in asked.columns] for row in found[:most]]


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


async def ask(endpoint: Endpoint, facts: Facts, fields: Mapping[str, str], most: int = MOST_ROWS, *, drawn: bool = True) -> Asked:
    """Answer what the query page's form or permalink asks: `query`, or `name` with its parameters as `p.NAME`.

    At most `most` rows are read. With `was`, the digest of a text that the page gave, that text counts as not edited.
    Without either a first question is answered (`opening`); an empty `query` gives an editor with an example that has not run.
    """
    asked = Asked(text=fields.get("query", ""), opening="query" not in fields and not fields.get("name"))
    if asked.opening:
        fields = {**fields, "name": OPENING[len(facts.nodes.plans) > 1]}
    try:
        # Text that stands as the page gave it is no query of somebody's own: the fields above it decide.
        if fields.get("name") and (not asked.text or fields.get("was") == digest(asked.text)):
            _choose(asked, facts, fields)
        if not asked.text.strip():
            asked.text = EXAMPLE
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
        _read(asked, answer.body, most)
        asked.sheet = sheet_of(asked.columns, asked.rows, facts.nodes) if asked.columns else None
        if drawn:
            asked.sheet = asked.sheet and asked.sheet.filled
            asked.drawing = _draw(asked, facts)
    except (YangfanError, Refused) as error:
        asked.error = str(error)
    return asked
