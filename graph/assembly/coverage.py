"""How much of a text is accounted for: each of its sentences is evidence of some edge, context for a named reason, or open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from ..core.model import Account, Document, Span
from ..text.sentences import SHORTEST, Sentences, unquoted
from .records import Records, proposes, said_by

State = Literal["evidence", "context", "open"]
STATES: tuple[State, ...] = get_args(State)
"""What may become of a sentence, in the order in which they are told; worded as `ledger.…` in `wording.tsv`."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of a document's sentences: how many there are, how many are evidence, why others are context, which are open."""

    sentences: int
    evidence: int
    context: dict[str, int]
    open: tuple[Span, ...]


class Fate(NamedTuple):
    """What became of one sentence of a text; reason is a name of `ontology/vocabulary/reasons.tsv`, of context alone."""

    span: Span
    state: State
    reason: str = ""


def coverage(records: Records) -> Iterator[tuple[Document, Coverage]]:
    """Give every document with its coverage: what the graph quotes counts, whatever its reading claimed; what tools propose does not."""
    proposed = proposed_passages(records)
    quoted = groupby((one for one in records.passages() if one.iri not in proposed), key=lambda passage: passage.key)
    key, passages = next(quoted, ("", iter(())))
    for document, ledger in records.documents():
        spans: list[Span] = []
        if key == document.key:
            spans = [passage.span for passage in passages]
            key, passages = next(quoted, ("", iter(())))
        yield document, covered(document, spans, ledger)


def proposed_passages(records: Records) -> set[str]:
    """Give the passages (their IRIs) that nothing but proposals of other tools quote: they account for nothing."""
    if not proposes(records):
        return set()
    found = {passage.iri for said in said_by(records) if said.basis == "proposed" for passage in said.passages}
    for said in said_by(records):
        if said.basis != "proposed":
            found.difference_update(passage.iri for passage in said.passages)
    return found


def covered(document: Document, quoted: list[Span], ledger: Iterable[Account]) -> Coverage:
    """Give the coverage of one document from the stretches that are quoted, in order, and its ledger."""
    sentences = list(fates(document.text, quoted, ledger))
    context = Counter(fate.reason for fate in sentences if fate.state == "context")
    evidence = sum(fate.state == "evidence" for fate in sentences)
    return Coverage(len(sentences), evidence, dict(sorted(context.items())), tuple(f.span for f in sentences if f.state == "open"))


def fates(text: str, quoted: list[Span], ledger: Iterable[Account]) -> Iterator[Fate]:
    """Give what became of every sentence of a text, in order; `quoted` are the stretches that are quoted, in order."""
    reasons = {account.span: account.reason for account in ledger if account.reason}
    sentences = [span for span in Sentences(text) if span.end - span.start >= SHORTEST]
    rest = unquoted(sentences, quoted)
    waiting = next(rest, None)
    for span in sentences:
        if span != waiting:
            yield Fate(span, "evidence")
            continue
        reason = reasons.get(span, "")
        yield Fate(span, "context" if reason else "open", reason)
        waiting = next(rest, None)
