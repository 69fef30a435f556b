"""How a passage is quoted and what a statement's IRI hangs on: the one place where evidence is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..core.iris import document_iri, passage_iri, statement_iri
from ..core.model import Basis, Document, Passage, Premise, Source, Span, Statement, Value
from ..core.namespaces import BASE

if TYPE_CHECKING:
    import networkx as nx

CONTEXT = 32
"""How many code points of context `oa:prefix` and `oa:suffix` carry on each side (Web Annotation, 4.2.4)."""


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
    text, scanned = document.text, document.lines and document.lines[0].confidence is not None
    return Passage(
        passage_iri(document.key, start, end, base),
        document_iri(document.key, base),
        document.key,
        span,
        text[start:end],
        text[start - CONTEXT if start > CONTEXT else 0 : start],
        text[end : end + CONTEXT],
        _confidence(document, span) if scanned else None,
    )


def _confidence(document: Document, span: Span) -> float | None:
    """Give the lowest confidence of the recognised lines that a span touches."""
    touched = [line.confidence for line in document.lines if line.start < span.end and span.start < line.end and line.confidence is not None]
    return min(touched, default=None)


def statement_of(
    edge: tuple[str, str, str],
    basis: Basis,
    rule: str,
    passages: tuple[Passage, ...] = (),
    premises: tuple[Premise, ...] = (),
    source: Source | None = None,
    note: str = "",
    value: Value | None = None,
    wording: str = "",
    *,
    base: str = BASE,
) -> Statement:
    """Make the statement of an edge (or of an attribute: its value then stands in the place of the object) with its IRI.

    The IRI does not hang on the wording: that is a part of the passages, which it hangs on.
    """
    subject, relation, object_ = edge
    told = object_ if value is None else str(value)
    iri = statement_iri(subject, relation, told, _origin(basis, rule, passages, premises, source), base)
    return Statement(iri, subject, relation, object_, basis, rule, passages, premises, source, note, value, wording)


def _origin(
    basis: Basis, rule: str, passages: tuple[Passage, ...], premises: tuple[Premise, ...], source: Source | None
) -> str:
    if len(passages) == 1:
        start, end = passages[0].span
        places = f"{start}-{end}"
    else:
        places = ",".join([f"{start}-{end}" for start, end in [passage.span for passage in passages]])
    if passages and not premises and not source:
        # A quote: nearly every statement is one.
        return f"{basis}\x1e{rule}\x1e{passages[0].document}\x1e{places}\x1e"
    document = passages[0].document if passages else ""
    whose = source.url or source.title if source else ""
    return "\x1e".join((basis, rule, document, places, whose, *[premise.statement for premise in premises]))


def origin_of(statement: Statement) -> str:
    """Tell apart the statements of one edge: by rule, document and place, or source."""
    return _origin(statement.basis, statement.rule, statement.passages, statement.premises, statement.source)


def evidence_of(graph: nx.MultiDiGraph[str], subject: str, relation: str, object_: str) -> tuple[Statement, ...]:
    """Give the statements of one edge, in the order in which the graph holds them."""
    statements: tuple[Statement, ...] = graph.edges[subject, object_, relation]["statements"]
    return statements


def all_evidence(graph: nx.MultiDiGraph[str]) -> Iterator[Statement]:
    """Give the statements of every edge, edges in the graph's order, then those of curated attributes and names."""
    for _, _, edge in graph.edges(data=True):
        yield from edge["statements"]
    for _, node in graph.nodes(data=True):
        yield from node.get("curated", ())


def quoted(statements: Iterable[Statement]) -> list[Passage]:
    """Give the passages that some statements quote, each once and in the order of the text."""
    passages = {passage.iri: passage for statement in statements for passage in statement.passages}
    return sorted(passages.values(), key=lambda p: (p.key, p.span))
