"""Exports back into the networkx graph: the inverse of the exporters, for programs that start from a finished build.

Nodes, labels, attributes and edges come from `graph.ttl`, statements and passages from `evidence.ttl`, the texts from
`texts/`. What exports do not carry is gone: the kinds of a document's lines and the warnings of its reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..core.errors import QueryError, ReadError
from ..core.files import EXPORTS
from ..core.model import Basis, Document, Iri, Line, Source, Span, Statement, Value
from ..core.namespaces import BASE, PREFIXES, YF
from ..core.schema import Schema, load_schema

if TYPE_CHECKING:
    import networkx as nx

_XSD = PREFIXES["xsd"]
_TYPE, _OXA = PREFIXES["rdf"] + "type", PREFIXES["oa"]
_PREF, _LABEL, _ALT = PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel"
_RDF, _DCTERMS = PREFIXES["rdf"], PREFIXES["dcterms"]
_METADATA = {"dcterms:creator": "author", "dcterms:date": "date", "yf:format": "format", "dcterms:source": "url"}
# Attributes that are tuples even with one value.
_LISTED = frozenset({"yf:industryCode"})
_SHORT = {namespace: prefix for prefix, namespace in PREFIXES.items()}

Resource = dict[str, list[ox.NamedNode | ox.Literal]]
Said = tuple[str, str, ox.NamedNode | ox.Literal]


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


def _node(iri: str, resource: Resource, nodes: dict[str, Resource], schema: Schema) -> dict[str, Any]:
    types = [term.value.removeprefix(YF) for term in resource[_TYPE]]
    labels = {t.language: t.value for t in resource.get(_PREF, ()) if isinstance(t, ox.Literal)}
    alt = ((t.language or "", t.value) for t in resource.get(_ALT, ()) if isinstance(t, ox.Literal))
    attrs: dict[str, Value | tuple[Value, ...]] = {}
    for predicate, terms in resource.items():
        relation = predicate.startswith(YF) and predicate.removeprefix(YF) in schema.relations
        if predicate in (_TYPE, _PREF, _LABEL, _ALT) or (relation and any(term.value in nodes for term in terms)):
            continue
        values = tuple(map(value_of, terms))
        attrs[curie(predicate)] = values if len(values) > 1 or curie(predicate) in _LISTED else values[0]
    data: dict[str, Any] = {
        "cls": types[0],
        "zh": labels.get("zh", ""),
        "en": labels.get("en", ""),
        "alt": tuple(sorted(alt)),
        "attrs": dict(sorted(attrs.items())),
        "curated": (),
    }
    if types[0] in schema.classes and schema.classes[types[0]].scope == "plan":
        data["plan"] = iri.rsplit("/", 2)[0]
    return data


def _statements(evidence: dict[str, Resource]) -> Iterator[tuple[Said, Statement]]:
    statement_class = ox.NamedNode(YF + "Statement")
    for resource in evidence.values():
        if statement_class not in resource.get(_TYPE, ()):
            continue
        spans: list[Span] = []
        derived: list[str] = []
        document = ""
        for term in resource.get(PREFIXES["prov"] + "wasDerivedFrom", ()):
            passage = evidence.get(term.value, {})
            if _OXA + "hasSource" not in passage:
                derived.append(term.value)
                continue
            document = _text(passage, _OXA + "hasSource")
            position = evidence[f"{term.value}-position"]
            spans.append(Span(int(_text(position, _OXA + "start")), int(_text(position, _OXA + "end"))))
        source = None
        if _DCTERMS + "source" in resource:
            source = Source(
                _text(resource, _DCTERMS + "bibliographicCitation"),
                _text(resource, _DCTERMS + "source"),
                _text(resource, _DCTERMS + "date"),
                _text(resource, YF + "status"),
            )
        basis: Basis = _text(resource, YF + "basis").removeprefix(YF)  # type: ignore[assignment]
        statement = Statement(
            basis,
            _text(resource, YF + "rule"),
            document,
            tuple(spans),
            tuple(derived),
            tuple(_edge(evidence[iri]) for iri in derived if iri in evidence),
            source,
            _text(resource, YF + "note"),
        )
        ends = _text(resource, _RDF + "subject"), _text(resource, _RDF + "predicate"), resource[_RDF + "object"][0]
        yield ends, statement


def _edge(statement: Resource) -> tuple[str, str, str]:
    """Give the edge that a statement is about, its relation by local name."""
    subject, predicate, object_ = (_text(statement, _RDF + part) for part in ("subject", "predicate", "object"))
    return subject, predicate.removeprefix(YF), object_


def _document(iri: str, data: dict[str, Any], folder: Path) -> Document:
    attrs = data["attrs"]
    key = str(attrs.get("dcterms:identifier", iri.rpartition("/")[2]))
    path = folder / "texts" / f"{key}.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot read the text: {error}", file=path) from error
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append(Line(start, start + len(line)))
        start += len(line) + 1
    metadata = {"title": data["zh"], **{name: str(attrs[at]) for at, name in _METADATA.items() if at in attrs}}
    return Document(key, data["zh"], text, tuple(line for line in lines if line.end > line.start), metadata)


def load_graph(folder: Path = EXPORTS) -> nx.MultiDiGraph[str]:
    """Read an exports folder into the graph that it was written from (see `yangfan.assembly.builder` for its form).

    Raises `QueryError` for a missing or broken Turtle file, `ReadError` for a missing text.
    """
    import networkx as nx

    schema = load_schema()
    nodes = _resources(folder / "graph.ttl")
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=BASE)
    for iri, resource in nodes.items():
        graph.add_node(iri, **_node(iri, resource, nodes, schema))
    sources = [iri for iri, data in graph.nodes(data=True) if data["cls"] == "SourceDocument"]
    graph.graph["documents"] = {iri: _document(iri, graph.nodes[iri], folder) for iri in sorted(sources)}
    if sources and "/document/" in sources[0]:
        graph.graph["base"] = sources[0].rpartition("/document/")[0] + "/"
    said: dict[tuple[str, str, str], list[Statement]] = {}
    for (subject, predicate, value), statement in _statements(_resources(folder / "evidence.ttl")):
        if predicate.removeprefix(YF) in schema.relations and value.value in nodes:
            said.setdefault((subject, predicate, value.value), []).append(statement)
        else:
            graph.nodes[subject]["curated"] += ((curie(predicate), value_of(value), statement),)
    for iri, resource in nodes.items():
        for predicate, terms in resource.items():
            name = predicate.removeprefix(YF)
            if name in schema.relations and predicate.startswith(YF):
                for term in terms:
                    if term.value in nodes:
                        statements = tuple(said.get((iri, predicate, term.value), ()))
                        graph.add_edge(iri, term.value, key=name, statements=statements)
    return graph
