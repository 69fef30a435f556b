"""How much of a text is accounted for: each of its sentences is evidence of some edge, context for a named reason, or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.model import Account, Document, Span
from ..text.sentences import SHORTEST, Sentences, unquoted
from .evidence import all_evidence, documents_of

if TYPE_CHECKING:
    import networkx as nx

@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of a document's sentences: how many there are, how many are evidence, why others are context, which are open."""

    sentences: int
    evidence: int
    context: dict[str, int]
    open: tuple[Span, ...]


def ledgers_of(graph: nx.MultiDiGraph[str]) -> dict[str, tuple[Account, ...]]:
    """Give what was noted of the sentences of a graph's documents when they were read, by the document's IRI."""
    ledgers: dict[str, tuple[Account, ...]] = graph.graph.get("ledgers", {})
    return ledgers


def coverage(graph: nx.MultiDiGraph[str]) -> dict[str, Coverage]:
    """Give the coverage of a graph's documents, by their keys: what the graph quotes counts, whatever its reading claimed."""
    quoted: dict[str, set[Span]] = {}
    for record in all_evidence(graph):
        for passage in record.passages:
            quoted.setdefault(passage.document, set()).add(passage.span)
    noted = ledgers_of(graph)
    return {
        document.key: covered(document, sorted(quoted.get(iri, ())), noted.get(iri, ()))
        for iri, document in documents_of(graph).items()
    }


def covered(document: Document, quoted: list[Span], ledger: Iterable[Account]) -> Coverage:
    """Give the coverage of one document from the stretches that are quoted, in order, and its ledger."""
    reasons = {account.span: account.reason for account in ledger if account.reason}
    sentences = [span for span in Sentences(document.text) if span.end - span.start >= SHORTEST]
    context: Counter[str] = Counter()
    waiting = []
    rest = 0
    for span in unquoted(sentences, quoted):
        rest += 1
        if span in reasons:
            context[reasons[span]] += 1
        else:
            waiting.append(span)
    return Coverage(len(sentences), len(sentences) - rest, dict(sorted(context.items())), tuple(waiting))
