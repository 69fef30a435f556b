"""The ledger of a text: what became of each of its sentences.

A sentence is *evidence* where a claim quotes it, *context* where something says why it need not be (a section's role, or words of a
named reason in `words.tsv`), and *open* where neither holds: not understood. What is open and holds a number, a deadline, a body or
a verb of work is what a reader should look at first.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..core.kinds import kind_of
from ..core.model import Account, Claim, Span
from ..core.rules import fixed_pattern, pattern
from ..core.vocabulary import Vocabulary
from ..text.dates import DATE_LINE
from ..text.document_numbers import NUMBER_LINE
from ..text.sentences import SHORTEST, unquoted
from .context import Context
from .words import prefixes, role_regex

_ROLES = {"rationale": "background", "definition": "definition"}
"""Roles of sections whose sentences say nothing that is to be done."""
SIGNS = ("number", "deadline", "body", "work")
"""What an open sentence may hold, worded as `ledger.…` in `ontology/vocabulary/wording.tsv`."""
_MARKS = frozenset("。；;！!？?：:，,…")
_LONGEST_HEAD = 60
_GROUPING = frozenset({"part", "chapter", "section", "major", "minor", "digit"})
"""Enumerators of lines that group what follows; the others open items that say something themselves."""
_REASONS = ("procedure", "guiding", "review", "background", "provision", "definition")
"""Reasons whose words (`ledger.…`) stand in the sentence itself, in the order in which they are tried."""


def account(ctx: Context, claims: Iterable[Claim]) -> tuple[Account, ...]:
    """Give the sentences that no claim quotes, in their order, with what became of them; the others are evidence."""
    words, meant = ctx.regex(*(f"ledger.{reason}" for reason in _REASONS)), _meant(ctx.vocabulary)
    found = []
    for span in unquoted([span for span in ctx.sentences() if span[1] - span[0] >= SHORTEST], _quoted(claims)):
        ranks = [meant[match] for match in words.findall(ctx.text, *span)]
        said = _REASONS[min(ranks)] if ranks else ""
        # 本计划自印发之日起施行 is procedure wherever it stands; of the other reasons the place in the outline is the surer one.
        reason = said if said == _REASONS[0] else _by_place(ctx, span) or said
        found.append(Account(span, "context" if reason else "open", reason))
    return tuple(found)


def signals(sentence: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Tell what an open sentence holds that a reader would want to know of.

    >>> from yangfan.core.vocabulary import load_vocabulary
    >>> signals("2026年底前由市财政局拨付3亿元。", load_vocabulary())
    ('number', 'deadline', 'body')
    """
    found = (
        pattern(vocabulary, "ledger.number").search(sentence),
        pattern(vocabulary, "ledger.deadline").search(sentence),
        role_regex(vocabulary, "org.suffix").search(sentence),
        prefixes(vocabulary, "verb.work").at(sentence),
    )
    return tuple(name for name, sign in zip(SIGNS, found, strict=True) if sign)


def _quoted(claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """Give the stretches that claims quote in the order of the text; of those that begin at one place the longest."""
    reach: dict[int, int] = {}
    former: tuple[Span, ...] = ()
    for claim in claims:
        # Claims of one sentence follow one another.
        if claim.spans is former:
            continue
        former = claim.spans
        for start, end in former:
            if reach.get(start, 0) < end:
                reach[start] = end
    return sorted(reach.items())


@cache
def _meant(vocabulary: Vocabulary) -> dict[str, int]:
    """Give the place in order of the reason that each word stands for."""
    ranked = [(word, rank) for rank, reason in enumerate(_REASONS) for word in vocabulary.role(f"ledger.{reason}")]
    return dict(reversed(ranked))


def _no_sentence(ctx: Context, span: Span) -> str:
    """Tell of a line of its own without a mark at its end what it is instead of a sentence: a document's title, number or date, or a heading."""
    if span.end - span.start > _LONGEST_HEAD:
        return ""
    sentence = ctx.text[span.start : span.end]
    if DATE_LINE.fullmatch(sentence) or NUMBER_LINE.fullmatch(sentence) or fixed_pattern("titles.letterhead").fullmatch(sentence):
        return "title"
    lines = ctx.lines_in(*span) if sentence[-1] not in _MARKS else []
    if len(lines) != 1 or (lines[0].start, lines[0].end) != span:
        return ""
    opened = fixed_pattern("outline.start").match(sentence)
    if (opened is not None and opened.lastgroup in _GROUPING) or fixed_pattern("outline.box").match(sentence):
        return "heading"
    return "title" if kind_of(sentence) else ""


def _by_place(ctx: Context, span: Span) -> str:
    """Give why a sentence need not be evidence by where it stands; empty when that says nothing."""
    item = ctx.outline.at(span.start)
    if reason := _no_sentence(ctx, span):
        return reason
    if item is None:
        sentence = ctx.text[span.start : span.end]
        if ctx.document.metadata.get("title", "") in (sentence, "") and span.end - span.start > SHORTEST:
            return "title"
        if sentence[-1] in "：:" and span.end - span.start < 60:
            return "procedure"
        return ""
    if span.start < item.head.end and item.start in ctx.containers:
        return "question" if ctx.asks(item) else "heading"
    if ctx.text[span.end - 1] in "？?":
        return "question"
    above = ctx.outline.ancestors(item)
    # Nothing stands above an annex.
    if (above[-1] if above else item).kind == "annex":
        return "annex"
    if item.role == "definition" and ctx.prefixes("verb.work").at(ctx.text, span.start):
        # What begins like work is not passed over because of where it stands.
        return ""
    return _ROLES.get(item.role, "")
