"""Measures: what the sentences of a task's text say will be done, clause by clause."""

from __future__ import annotations

import re
from functools import cache

from ...core.model import Claim, Mention, Span
from ...core.vocabulary import Vocabulary
from ..context import Context
from ..outline import Item
from ..words import grouped_role_pattern

_SHORTEST, _LONGEST = 6, 80
_MARKS = "，,。；！？\n"


@cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give the pattern of a clause that a verb opens, behind the mark that ends the one before it.

    A clause with brackets or a colon in it is left alone: where it ends is not clear.
    """
    adverbs, verbs = grouped_role_pattern(vocabulary, "adverb"), grouped_role_pattern(vocabulary, "verb.measure")
    return re.compile(rf"[{_MARKS}][ \t]?(?:{adverbs})*(?P<clause>{verbs}[^{_MARKS}（()）：]*)(?=[{_MARKS}]|$)")


def find_measures(ctx: Context, item: Item, parent: Mention) -> None:
    """Add the clauses of an item's body that begin with a verb that directs by itself (建立, 制定).

    Many other verbs (提高, 发挥) only say what a measure is for; a clause that begins with them is none.
    """
    text, body = ctx.text, item.body
    if body.end <= body.start:
        return
    known = ctx.found("Measure")
    head = ctx.head_span(item)
    # The mark that ends the item's head is the one before its first clause.
    start = body.start - 1 if text[body.start - 1] in _MARKS else body.start
    search = _pattern(ctx.vocabulary).search
    sentence = Span(0, 0)
    while match := search(text, start, body.end):
        low, high = match.span("clause")
        start = high
        if not _SHORTEST <= high - low <= _LONGEST:
            continue
        label = match["clause"].replace(" ", "")
        if label in known or label == parent.label or label.count("“") != label.count("”"):
            continue
        if low >= sentence.end:
            sentence = ctx.sentence(low)
        ctx.add(Claim(parent, "hasMeasure", Mention("Measure", label), (sentence, head), "structure.measures"))
