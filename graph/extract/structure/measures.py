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
_OPENS = "。；！？\n"
"""Marks behind which a sentence begins."""
_made = tuple.__new__
_UNTOLD = Mention("Measure", "")[2:]
"""What the fields of a mention hold that nothing is said of."""


@cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give the pattern of a clause that a verb of work opens, behind the mark that ends the one before it.

    A clause with brackets or a colon in it is left alone: where it ends is not clear. Verbs of effect (提升, 促进) open a measure only at the
    beginning of a sentence: behind another clause they say what that one is for. So is a noun that begins like a verb (发展规划).
    """
    adverbs, verbs = grouped_role_pattern(vocabulary, "adverb"), grouped_role_pattern(vocabulary, "verb.measure")
    effects, nouns = grouped_role_pattern(vocabulary, "verb.effect"), grouped_role_pattern(vocabulary, "measure.noun")
    past = "".join(vocabulary.role("aspect.past"))
    return re.compile(
        rf"[{_MARKS}][ \t]?(?:{adverbs})*(?P<clause>(?!{nouns})(?:(?P<directs>{verbs})|{effects})"
        rf"(?![{past}])[^{_MARKS}（()）：\t]*+)(?=[{_MARKS}]|$)"
    )


def find_measures(ctx: Context, item: Item, parent: Mention) -> None:
    """Add the clauses of an item's body that begin with a verb of work: a broad lexicon.

    What only frames (围绕, 按照), sets a condition (…的) or tells of results (…成效显著) is none; what a row of a table says is of that row.
    """
    text, body = ctx.text, item.body
    if body.end <= body.start:
        return
    known = ctx.found("Measure")
    head = ctx.plan_near(item.start) if parent is ctx.plan else ctx.head_span(item)
    ends_never, parent_label = ctx.suffixes("measure.not_end").end, parent.label
    # The mark that ends the item's head is the one before its first clause.
    start = body.start - 1 if text[body.start - 1] in _MARKS else body.start
    spans, found = (Span(0, 0), head), dict[str, Claim]()
    sentence_end, has_rows, in_row = 0, ctx.once(_has_rows), False
    for match in _pattern(ctx.vocabulary).finditer(text, start, body.end):
        low, high = match.span("clause")
        if not _SHORTEST <= high - low <= _LONGEST or (text[match.start()] not in _OPENS and match["directs"] is None):
            continue
        label = text[low:high].replace(" ", "")
        if label in known or label in found or label == parent_label or ends_never(label):
            continue
        if ("“" in label or "”" in label) and label.count("“") != label.count("”"):
            continue
        if low >= sentence_end:
            spans = (ctx.sentence(low), head)
            sentence_end = spans[0].end
            in_row = has_rows and any(line.kind == "row" for line in ctx.lines_in(*spans[0]))
        if in_row:
            continue
        # As `Claim(…, Mention("Measure", label), …)`, in half the time: half of all claims of a plan are measures.
        measure = _made(Mention, ("Measure", label, *_UNTOLD))
        found[label] = _made(Claim, (parent, "hasMeasure", measure, spans, "structure.measures", ""))
    ctx.add("hasMeasure", "Measure", found)


def _has_rows(ctx: Context) -> bool:
    return any(line.kind == "row" for line in ctx.document.lines)
