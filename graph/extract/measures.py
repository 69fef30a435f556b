"""Measures: what the sentences of a task's text say will be done, clause by clause."""

from __future__ import annotations

import re

from graph.extract.context import Context
from graph.extract.sentences import clauses_in, sentences_in
from graph.model import Mention
from graph.outline import Item

_SHORTEST, _LONGEST = 6, 80
_UNCLEAR = re.compile(r"[（(）)：]")


def find_measures(ctx: Context, item: Item, parent: Mention) -> None:
    """Add the clauses of an item's body that begin with a verb of work.

    The first clause of a sentence may begin with any such verb; the later ones only with those that direct by themselves (建立, 制定), since
    many others (提高, 实现) there only say what the first is for.
    """
    text = ctx.text
    starts, directs, adverbs = ctx.prefixes("verb.work"), ctx.prefixes("verb.measure"), ctx.prefixes("adverb")
    known = ctx.found("Measure")
    head = ctx.head_span(item)
    for span in sentences_in(text, item.body.start, item.body.end):
        first = True
        for clause in clauses_in(text, span.start, span.end):
            start = adverbs.skip(text, clause.start)
            if start >= clause.end:
                start = clause.start
            verbs = starts if first else directs
            first = False
            if not _SHORTEST <= clause.end - start <= _LONGEST or not verbs.at(text, start):
                continue
            label = text[start : clause.end].replace(" ", "")
            if label == parent.label or label in known or _UNCLEAR.search(label):
                continue
            ctx.claim(parent, "hasMeasure", Mention("Measure", label), (span, head), "structure.measures")
            known = ctx.found("Measure")
