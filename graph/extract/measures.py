"""Measures: what the sentences of a task's text say will be done, clause by clause."""

from __future__ import annotations

import re

from graph.extract.context import Context
from graph.extract.sentences import CLAUSE, sentences_in
from graph.model import Claim, Mention
from graph.outline import Item

_SHORTEST, _LONGEST = 6, 80
_UNCLEAR = re.compile(r"[（(）)：]")


def find_measures(ctx: Context, item: Item, parent: Mention) -> None:
    """Add the clauses of an item's body that begin with a verb that directs by itself (建立, 制定).

    Many others (提高, 实现) only say what a measure is for; a clause that begins with them is none.
    """
    text = ctx.text
    verbs, adverbs = ctx.prefixes("verb.measure"), ctx.prefixes("adverb")
    known = ctx.found("Measure")
    head = ctx.head_span(item)
    for span in sentences_in(text, item.body.start, item.body.end):
        for match in CLAUSE.finditer(text, span.start, span.end):
            opening, end = match.span()
            if text[opening] == " ":
                opening += 1
            start = adverbs.skip(text, opening)
            if start >= end:
                start = opening
            if verbs.at(text, start) and _SHORTEST <= end - start <= _LONGEST:
                label = text[start:end].replace(" ", "")
                if label not in known and label != parent.label and not _UNCLEAR.search(label):
                    ctx.add(Claim(parent, "hasMeasure", Mention("Measure", label), (span, head), "structure.measures"))
