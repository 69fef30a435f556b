"""Exports back into the networkx graph: the inverse of the exporters, for programs that start from a finished build.

Nodes, labels, attributes and edges come from `graph.ttl`, statements and passages from `evidence.ttl`, the texts from
`texts/`. What exports do not carry is gone: the kinds of a document's lines and the warnings of its reading.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..core.errors import QueryError, ReadError
from ..core.files import EXPORTS
from ..core.model import (
    BASES,
    Account,
    Attributes,
    Document,
    Iri,
    Line,
    Passage,
    Premise,
    Source,
    Span,
    Statement,
    Value,
)
from ..core.namespaces import BASE, PREFIXES, YF, expand
from ..core.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

_XSD = PREFIXES["xsd"]
_TYPE, _OXA = PREFIXES["rdf"] + "type", PREFIXES["oa"]
_PREF, _LABEL, _ALT = PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel"
_RDF, _DCTERMS = PREFIXES["rdf"], PREFIXES["dcterms"]
_ATTRIBUTED, *_DERIVED = (PREFIXES["prov"] + name for name in ("wasAttributedTo", "wasDerivedFrom", "wasQuotedFrom"))
_METADATA = {"dcterms:creator": "author", "dcterms:date": "date", "yf:format": "format", "dcterms:source": "url", "yf:accessed": "accessed"}
_CONFIDENCE = re.compile(r"0(?:\.\d{1,6})?|1(?:\.0{1,6})?", re.ASCII)
# Attributes that are tuples even with one value.
_LISTED = frozenset({"yf:industryCode"})
_SHORT = {namespace: prefix for prefix, namespace in PREFIXES.items()}

Resource = dict[str, list[ox.NamedNode | ox.Literal]]
Edges = dict[tuple[str, str, str], tuple[Statement, ...]]
Problem = tuple[str, str]
"""Which check a problem belongs to, and what it is, in one line."""
_STATEMENT, _PASSAGE = ox.NamedNode(YF + "Statement"), ox.NamedNode(YF + "Passage")
_NONE = "Domain"
"""The class under which a node without a class is looked at further."""


def curie(iri: str) -> str:
    """Write an IRI with its declared prefix, or in full where none fits.

    >>> curie("http://qudt.org/vocab/unit/PERCENT"), curie("http://example.org/a")
    ('unit:PERCENT', 'http://example.org/a')
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _SHORT.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and cut < len(iri) else iri


def _resources(path: Path) -> dict[str, Resource]:
    """Read a Turtle file as resources with their properties, both in the order of the file."""
    found: dict[str, Resource] = {}
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, lenient=True):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal)):
                found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    except OSError as error:
        raise QueryError(f"cannot read this file: {error.strerror or error}", file=path) from error
    except SyntaxError as error:
        raise QueryError(f"no valid Turtle: {error.msg}", file=path, line=error.lineno) from error
    return found


def value_of(term: ox.NamedNode | ox.Literal) -> Value:
    """Turn a term into the attribute's value that the exporter wrote it from (contract sections 3 and 4)."""
    if isinstance(term, ox.NamedNode):
        return Iri(curie(term.value))
    kind = term.datatype.value.removeprefix(_XSD)
    if kind in ("integer", "gYear"):
        return int(term.value)
    if kind == "decimal":
        return Decimal(term.value)
    if kind == "boolean":
        return term.value in ("true", "1")
    return date.fromisoformat(term.value) if kind == "date" else term.value


def _text(resource: Resource, predicate: str) -> str:
    return next((term.value for term in resource.get(predicate, ())), "")


class _Reader:
    """Reads one folder; what does not fit the form that exports have is told to `problem`."""

    def __init__(self, folder: Path, problems: list[Problem] | None) -> None:
        self.folder = folder
        self.problems = problems
        self.schema = load_schema()
        self.nodes = _resources(folder / "graph.ttl")
        self.evidence = _resources(folder / "evidence.ttl")
        self.keys: dict[str, str] = {}

    def problem(self, check: str, message: str) -> None:
        """Take note of a problem, or raise it where nobody takes note."""
        if self.problems is None:
            raise QueryError(message, file=self.folder)
        self.problems.append((check, message))

    def value(self, subject: str, term: ox.NamedNode | ox.Literal) -> Value:
        """Turn a term into a value; one that its datatype does not allow is a problem, and stays a text."""
        try:
            return value_of(term)
        except (ValueError, ArithmeticError):
            self.problem("literals", f"{subject}: {term.value!r} is no {curie(term.datatype.value) if isinstance(term, ox.Literal) else 'IRI'}")
            return term.value

    def number(self, subject: str, resource: Resource, predicate: str) -> int:
        """Give a whole number that a resource must have; -1 where it has none."""
        term = next(iter(resource.get(predicate, ())), None)
        value = None if term is None else self.value(subject, term)
        return value if isinstance(value, int) and not isinstance(value, bool) else -1

    def relation(self, predicate: str, term: ox.NamedNode | ox.Literal) -> str:
        """Give the relation by which a triple joins two nodes; empty for what is an attribute."""
        name = predicate.removeprefix(YF)
        return name if predicate.startswith(YF) and name in self.schema.relations and term.value in self.nodes else ""

    def node(self, iri: str) -> dict[str, Any]:
        """Give a node as the graph holds it."""
        resource = self.nodes[iri]
        types = [term.value.removeprefix(YF) for term in resource.get(_TYPE, ())]
        labels = {t.language: t.value for t in resource.get(_PREF, ()) if isinstance(t, ox.Literal)}
        alt = ((t.language or "", t.value) for t in resource.get(_ALT, ()) if isinstance(t, ox.Literal))
        attrs: Attributes = {}
        for predicate, terms in resource.items():
            if predicate in (_TYPE, _PREF, _LABEL, _ALT):
                continue
            if predicate.startswith(YF) and predicate.removeprefix(YF) in self.schema.relations:
                for term in terms:
                    if not self.relation(predicate, term):
                        self.problem("statements", f"an edge to no node: {iri} {predicate.removeprefix(YF)} {term.value}")
                continue
            values = tuple(self.value(iri, term) for term in terms)
            attrs[curie(predicate)] = values if len(values) > 1 or curie(predicate) in _LISTED else values[0]
        cls = self._class(iri, types)
        data: dict[str, Any] = {
            "cls": cls,
            "zh": labels.get("zh", ""),
            "en": labels.get("en", ""),
            "alt": tuple(sorted(alt)),
            "attrs": dict(sorted(attrs.items())),
            "curated": (),
        }
        if self.schema.classes[cls].scope == "plan":
            data["plan"] = iri.rsplit("/", 2)[0]
        return data

    def _class(self, iri: str, types: list[str]) -> str:
        """Give a node's class: the one of its types that no other of them is below; the rest are its ancestors."""
        known = [name for name in types if name in self.schema.classes]
        if len(known) < len(types) or not known:
            self.problem("classes", f"{iri} is of no class of the ontology: {', '.join(sorted(set(types) - set(known))) or 'none given'}")
            return known[0] if known else _NONE
        lowest = [name for name in known if not any(name in self.schema.classes[other].ancestors for other in known)]
        if len(lowest) > 1:
            self.problem("classes", f"{iri} is of two classes: {', '.join(lowest)}")
        elif set(known) - {lowest[0]} != self.schema.classes[lowest[0]].ancestors:
            self.problem("classes", f"{iri} is a {lowest[0]} without the classes above it")
        return lowest[0]

    def passage(self, iri: str) -> Passage:
        """Give a passage with its quote and its place."""
        resource = self.evidence[iri]
        selectors = [self.evidence.get(term.value, {}) for term in resource.get(_OXA + "hasSelector", ())]
        quote = next((s for s in selectors if _OXA + "exact" in s), {})
        position = next((s for s in selectors if _OXA + "start" in s), {})
        if not quote or not position:
            self.problem("quotes", f"{iri} has no {'quote' if position else 'place'}")
        span = Span(self.number(iri, position, _OXA + "start"), self.number(iri, position, _OXA + "end"))
        document = _text(resource, _OXA + "hasSource")
        exact, prefix, suffix = (_text(quote, _OXA + name) for name in ("exact", "prefix", "suffix"))
        said = _text(resource, YF + "confidence")
        confidence = float(said) if _CONFIDENCE.fullmatch(said) else None
        if said and confidence is None:
            self.problem("quotes", f"{iri} has no confidence from 0 to 1: {said[:40]}")
        return Passage(iri, document, self.keys.get(document, ""), span, exact, prefix, suffix, confidence)

    def statements(self) -> Iterator[tuple[ox.NamedNode | ox.Literal, Statement]]:
        """Give the statements with the term that each has for an object."""
        passages = {iri: self.passage(iri) for iri, resource in self.evidence.items() if _PASSAGE in resource.get(_TYPE, ())}
        for iri, resource in self.evidence.items():
            if _STATEMENT in resource.get(_TYPE, ()):
                yield from self._statement(iri, resource, passages)

    def _statement(self, iri: str, resource: Resource, passages: dict[str, Passage]) -> Iterator[tuple[ox.NamedNode | ox.Literal, Statement]]:
        derived = [term.value for how in _DERIVED for term in resource.get(how, ())]
        source = None
        if _DCTERMS + "source" in resource:
            told = ("bibliographicCitation", "source", "date")
            title, url, day = (_text(resource, _DCTERMS + name) for name in told)
            source = Source(title, url, day, _text(resource, YF + "status"))
        elif _ATTRIBUTED in resource:
            source = Source(_text(resource, _DCTERMS + "bibliographicCitation"), _text(resource, _ATTRIBUTED), "", "")
        basis = _text(resource, YF + "basis").removeprefix(YF)
        object_ = next(iter(resource.get(_RDF + "object", ())), None)
        subject, predicate = (_text(resource, _RDF + name) for name in ("subject", "predicate"))
        if object_ is None or basis not in BASES or not subject or not predicate:
            self.problem("statements", f"{iri} lacks a subject, a predicate, an object or a basis")
            return
        name = self.relation(predicate, object_)
        yield (
            object_,
            Statement(
                iri,
                subject,
                name or curie(predicate),
                object_.value if name else "",
                basis,
                _text(resource, YF + "rule"),
                tuple(passages[used] for used in derived if used in passages),
                tuple(self._premise(used) for used in derived if used not in passages),
                source,
                _text(resource, YF + "note"),
                None if name else self.value(iri, object_),
                _text(resource, YF + "wording"),
            ),
        )

    def _premise(self, iri: str) -> Premise:
        told = self.evidence.get(iri)
        if told is None:
            return Premise(iri)
        subject, predicate, object_ = (_text(told, _RDF + part) for part in ("subject", "predicate", "object"))
        return Premise(iri, subject, predicate.removeprefix(YF), object_)

    def document(self, iri: str, data: dict[str, Any]) -> Document:
        """Give a source document with its text; a text that is missing is a problem, and empty."""
        attrs, key = data["attrs"], self.keys[iri]
        path = self.folder / "texts" / f"{key}.txt"
        text = ""
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            if self.problems is None:
                raise ReadError(f"cannot read the text: {error}", file=path) from error
            self.problem("quotes", f"{path}: {error}")
        lines: list[Line] = []
        start = 0
        for line in text.split("\n"):
            lines.append(Line(start, start + len(line)))
            start += len(line) + 1
        metadata = {"title": data["zh"], **{name: str(attrs[at]) for at, name in _METADATA.items() if at in attrs}}
        return Document(key, data["zh"], text, tuple(line for line in lines if line.end > line.start), metadata)

    def ledgers(self) -> dict[str, tuple[Account, ...]]:
        """Read what became of the sentences, by the document's IRI; empty where the exports have no ledger."""
        path = self.folder / "ledger.csv"
        found: dict[str, list[Account]] = {}
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                for number, row in enumerate(csv.reader(stream)):
                    if number and (noted := _noted(row)):
                        found.setdefault(noted[0], []).append(noted[1])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, csv.Error) as error:
            self.problem("ledger", f"{path}: {error}")
        return {iri: tuple(found.get(key, ())) for iri, key in self.keys.items()}


def _noted(row: list[str]) -> tuple[str, Account] | None:
    """Give what a row of the ledger notes of a sentence that is no evidence, with its document's key; None for one that is."""
    key, start, end, state, reason = row[:5]
    if state == "evidence":
        return None
    return key, Account(Span(int(start), int(end)), "context" if reason else "open", reason)


def load_graph(folder: Path = EXPORTS, problems: list[Problem] | None = None) -> nx.MultiDiGraph[str]:
    """Read an exports folder into the graph that it was written from (see `yangfan.assembly.builder` for its form).

    What does not have the form of an export is added to `problems` where a list is given. Raises `QueryError` for a missing or broken
    Turtle file, and without the list for every problem; `ReadError` for a missing text.
    """
    import networkx as nx

    reader = _Reader(folder, problems)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=BASE)
    for iri in reader.nodes:
        graph.add_node(iri, **reader.node(iri))
    sources = sorted(iri for iri, data in graph.nodes(data=True) if data["cls"] == "SourceDocument")
    reader.keys = {iri: str(graph.nodes[iri]["attrs"].get("dcterms:identifier", iri.rpartition("/")[2])) for iri in sources}
    graph.graph["documents"] = {iri: reader.document(iri, graph.nodes[iri]) for iri in sources}
    graph.graph["ledgers"] = reader.ledgers()
    if sources and "/document/" in sources[0]:
        graph.graph["base"] = sources[0].rpartition("/document/")[0] + "/"
    said: dict[tuple[str, str, str], list[Statement]] = {}
    for term, statement in reader.statements():
        if statement.object:
            said.setdefault(statement[1:4], []).append(statement)
        elif statement.subject in graph and term in reader.nodes[statement.subject].get(expand(statement.relation), ()):
            graph.nodes[statement.subject]["curated"] += (statement,)
        else:
            reader.problem("statements", f"a statement about no edge: {statement.subject} {statement.relation} {term.value}")
    edges: Edges = {
        (iri, name, term.value): tuple(said.pop((iri, name, term.value), ()))
        for iri, resource in reader.nodes.items()
        for predicate, terms in resource.items()
        for term in terms
        if (name := reader.relation(predicate, term))
    }
    for edge, statements in edges.items():
        if statements and all(one.basis == "proposed" for one in statements):
            reader.problem("statements", f"an edge that is only proposed is asserted: {' '.join(edge)}")
    # What is only proposed is no triple of the nodes: its statements alone tell of it.
    proposed = {edge: tuple(told) for edge, told in said.items() if edge[0] in graph and all(one.basis == "proposed" for one in told)}
    for subject, relation, object_ in said.keys() - proposed.keys():
        reader.problem("statements", f"a statement about no edge: {subject} {relation} {object_}")
    for (subject, relation, object_), statements in (_in_order({**edges, **proposed}, graph) if proposed else edges).items():
        graph.add_edge(subject, object_, key=relation, statements=statements)
    return graph


def _in_order(edges: Edges, graph: nx.MultiDiGraph[str]) -> Edges:
    """Put edges in the order of a graph: by subject, relation and object."""
    relations, ranks = load_schema().relations, {iri: rank for rank, iri in enumerate(graph)}
    listed = sorted(edges, key=lambda edge: (ranks[edge[0]], relations[edge[1]].rank, ranks[edge[2]]))
    return {edge: edges[edge] for edge in listed}
