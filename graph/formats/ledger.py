"""The ledger as a table: every sentence of every document with what became of it, and the edges that it is evidence for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ..assembly.records import Records
from ..core.model import Account, Document, Part, Span, Statement
from ..core.vocabulary import load_vocabulary
from ..extract.ledger import signals
from ..text.sentences import SHORTEST, Sentences
from .tables import BYTE_ORDER_MARK, csv_lines
from .text import Text

LEDGER_HEADER = ("document", "start", "end", "state", "reason", "signals", "statements", "edges", "sentence")
_LISTED = 20
"""How many edges a row names: a plan's title is evidence for hundreds."""


def ledger_file(records: Records) -> Text:
    """Write `ledger.csv`, one row a sentence: `evidence` (of how many edges, and the first of them), `context` (why), or `open`."""
    return Text(chain((BYTE_ORDER_MARK, csv_lines([LEDGER_HEADER])), records.document_texts("ledger", ledger_lines)))


def ledger_lines(document: Document, ledger: Sequence[Account], part: Part | None) -> str:
    """Write the rows of one document; part is its named graph."""
    return csv_lines(_rows(document, ledger, part))


def _rows(document: Document, ledger: Sequence[Account], part: Part | None) -> Iterator[tuple[object, ...]]:
    vocabulary = load_vocabulary()
    reasons = {account.span: account.reason for account in ledger}
    quoted = _Quoted(part.statements if part else (), document)
    for span in Sentences(document.text):
        if span.end - span.start < SHORTEST:
            continue
        sentence = document.text[span.start : span.end]
        edges = quoted.edges(span)
        reason = "" if edges else reasons.get(span, "")
        state = "evidence" if edges else "context" if reason else "open"
        held = ";".join(signals(sentence, vocabulary)) if state == "open" else ""
        yield document.key, span.start, span.end, state, reason, held, len(edges), ";".join(edges[:_LISTED]), sentence


class _Quoted:
    """The stretches that a document's statements quote, with the edges that they are evidence for."""

    def __init__(self, statements: Iterable[Statement], document: Document) -> None:
        found: dict[Span, dict[str, None]] = {}
        for statement in statements:
            edge = " ".join((statement.subject, statement.relation, statement.object))
            for passage in statement.passages:
                if passage.key == document.key:
                    found.setdefault(passage.span, {})[edge] = None
        self._edges = found
        self._spans = sorted(found)
        self._starts = [span.start for span in self._spans]
        # How far any stretch up to this one reaches: where a look-up may stop.
        self._reach: list[int] = []
        for span in self._spans:
            self._reach.append(max(span.end, self._reach[-1] if self._reach else 0))

    def edges(self, sentence: Span) -> list[str]:
        """Give the edges that some part of a sentence is evidence for, as the first columns of `edges.csv` name them."""
        found: dict[str, None] = {}
        at = bisect_right(self._starts, sentence.end - 1) - 1
        while at >= 0 and self._reach[at] > sentence.start:
            if self._spans[at].end > sentence.start:
                found |= self._edges[self._spans[at]]
            at -= 1
        return sorted(found)
