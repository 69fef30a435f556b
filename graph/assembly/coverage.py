"""How much of a text is accounted for: each of its sentences is evidence of some edge, context for a named reason, or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ..core.model import Account, Document, Span
from ..text.sentences import SHORTEST, Sentences, unquoted
from .records import Records


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of a document's sentences: how many there are, how many are evidence, why others are context, which are open."""

    sentences: int
    evidence: int
    context: dict[str, int]
    open: tuple[Span, ...]


def coverage(records: Records) -> Iterator[tuple[Document, Coverage]]:
    """Give every document with its coverage: what the graph quotes counts, whatever its reading claimed."""
    quoted = groupby(records.passages(), key=lambda passage: passage.key)
    key, passages = next(quoted, ("", iter(())))
    for document, ledger in records.documents():
        spans: list[Span] = []
        if key == document.key:
            spans = [passage.span for passage in passages]
            key, passages = next(quoted, ("", iter(())))
        yield document, covered(document, spans, ledger)


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
