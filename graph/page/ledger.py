"""The ledger as columns for the page: what became of each sentence of each text, with the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..assembly.coverage import STATES, fates
from ..assembly.evidence import all_evidence, documents_of, quoted
from ..core.labels import reason_words, words_of
from ..core.vocabulary import load_vocabulary
from ..extract.ledger import SIGNS, signals

if TYPE_CHECKING:
    import networkx as nx

    from ..core.model import Account, Document, Span


def pack_ledger(graph: nx.MultiDiGraph[str]) -> dict[str, Any]:
    """Give the sentences of each document of which a ledger is known, in the order of the documents (null for the others).

    A sentence is the step from the end of the one before, its length, and a code: 0 for evidence, from 1 on the number of the reason
    for which it is context, from -1 down what one that was not understood holds (-1 nothing, else -1 less the bits of `SIGNS` in their order).
    """
    ledgers: dict[str, tuple[Account, ...]] = graph.graph.get("ledgers", {})
    spans: dict[str, list[Span]] = {}
    for passage in quoted(said for said in all_evidence(graph) if said.basis != "proposed") if ledgers else ():
        spans.setdefault(passage.key, []).append(passage.span)
    reasons: dict[str, int] = {}
    documents = [
        _sentences(document, spans.get(document.key, []), ledgers[iri], reasons) if iri in ledgers else None
        for iri, document in documents_of(graph).items()
    ]
    words = {name: words_of(f"ledger.{name}") for state in STATES for name in (state, f"{state}.why")}
    return {
        "documents": documents,
        "reasons": [reason_words().get(name, (name, name)) for name in reasons],
        "signs": [words_of(f"ledger.{sign}") for sign in SIGNS],
        "words": words,
    }


def _sentences(document: Document, spans: list[Span], ledger: tuple[Account, ...], reasons: dict[str, int]) -> list[list[int]]:
    """Give the columns of one document: steps, lengths, codes; reasons are numbered from 1 on as they come."""
    vocabulary = load_vocabulary()
    steps, lengths, codes = [], [], []
    end = 0
    for span, state, reason in fates(document.text, spans, ledger):
        steps.append(span.start - end)
        lengths.append(span.end - span.start)
        end = span.end
        if state == "evidence":
            codes.append(0)
        elif state == "context":
            codes.append(reasons.setdefault(reason, len(reasons) + 1))
        else:
            held = signals(document.text[span.start : span.end], vocabulary)
            codes.append(-1 - sum(1 << bit for bit, sign in enumerate(SIGNS) if sign in held))
    return [steps, lengths, codes]
