"""Statements of a graph as flat records: which edge, on what basis, with which quotes at which place.

Exporters, the page, the command line and the checks all read evidence through here, so that they agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.iris import document_iri, passage_iri, statement_iri
from ..core.model import Document, Span, Statement, Value
from ..core.namespaces import BASE

if TYPE_CHECKING:
    import networkx as nx

CONTEXT = 32
"""How many code points of context `oa:prefix` and `oa:suffix` carry on each side (Web Annotation, 4.2.4)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted stretch of a document: IRI, the document's IRI and key, the span, the quote and its context."""

    iri: str
    document: str
    key: str
    span: Span
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement about one edge, with its IRI and its passages.

    relation is the local name of a relation; where a person asserted an attribute or a name of a node it is that property's
    CURIE and `value` the value (object is then empty).
    """

    iri: str
    subject: str
    relation: str
    object: str
    statement: Statement
    passages: tuple[Passage, ...]
    value: Value | None = None


def base_of(graph: nx.MultiDiGraph[str]) -> str:
    """Give the base of a graph's IRIs."""
    return str(graph.graph.get("base", BASE))


def documents_of(graph: nx.MultiDiGraph[str]) -> dict[str, Document]:
    """Give a graph's source documents by their IRI."""
    documents: dict[str, Document] = graph.graph.get("documents", {})
    return documents


def passage_of(document: Document, span: Span, base: str = BASE) -> Passage:
    """Quote a span of a document with its context."""
    start, end = span
    text = document.text
    return Passage(
        passage_iri(document.key, start, end, base),
        document_iri(document.key, base),
        document.key,
        Span(start, end),
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def origin_of(statement: Statement) -> str:
    """Tell apart the statements of one edge: by rule, document and place, or source."""
    source = statement.source.url or statement.source.title if statement.source else ""
    places = ",".join(f"{start}-{end}" for start, end in statement.spans)
    return "\x1e".join((statement.basis, statement.rule, statement.document, places, source, *statement.derived_from))


def evidence_of(graph: nx.MultiDiGraph[str], subject: str, relation: str, object_: str) -> Iterator[Evidence]:
    """Give the statements of one edge with their passages, in the order in which the graph holds them."""
    base, documents = base_of(graph), documents_of(graph)
    for statement in graph.edges[subject, object_, relation]["statements"]:
        iri = statement_iri(subject, relation, object_, origin_of(statement), base)
        passages: tuple[Passage, ...] = ()
        if statement.spans:
            document = documents[statement.document]
            passages = tuple(passage_of(document, span, base) for span in statement.spans)
        yield Evidence(iri, subject, relation, object_, statement, passages)


def curated_of(graph: nx.MultiDiGraph[str], node: str) -> Iterator[Evidence]:
    """Give the statements behind a node's curated attributes and names."""
    for curie, value, statement in graph.nodes[node].get("curated", ()):
        iri = statement_iri(node, curie, str(value), origin_of(statement), base_of(graph))
        yield Evidence(iri, node, curie, "", statement, (), value)


def all_evidence(graph: nx.MultiDiGraph[str]) -> Iterator[Evidence]:
    """Give the evidence of every edge, edges in the graph's order, then that of curated attributes and names."""
    for subject, object_, relation in graph.edges(keys=True):
        yield from evidence_of(graph, subject, relation, object_)
    for node in graph:
        yield from curated_of(graph, node)
