"""Which work a phrase of a sentence speaks of: the measures behind it, else the task in whose text the sentence stands."""

from __future__ import annotations

from ...core.model import Mention, Span
from ..context import Context
from ..outline import Item
from ..structure.table_rows import Rows


class Work:
    """The tasks of a document by place and the measures of each sentence."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.rows = Rows(ctx)
        """The rows of tables that name a task of their own."""
        self._measures: dict[Span, list[Mention]] = {}
        former, measures = tuple[Span, ...](), list[Mention]()
        for claim in ctx.claims_of("hasMeasure"):
            # Those of one sentence of an item follow one another.
            if claim.spans is not former:
                former, measures = claim.spans, self._measures.setdefault(claim.spans[0], [])
            measures.append(claim.object)

    def around(self, position: int) -> tuple[Mention, Item] | None:
        """Give the innermost task around a place, with its item; None in goals and in sections that set no work."""
        ctx = self._ctx
        item = ctx.outline.at(position)
        for holder in (item, *ctx.outline.ancestors(item)) if item else ():
            task = ctx.tasks.get(holder.start)
            if task is not None:
                return task, holder
            if holder.role in ("goal", "rationale", "definition", "principle"):
                return None
        return None

    def behind(self, position: int, sentence: Span, end: int) -> list[Mention]:
        """Give the measures that a sentence names between a place and an end, the innermost mentions first."""
        text = self._ctx.text[position:end].replace(" ", "")
        return [measure for measure in self._measures.get(sentence, ()) if measure.label in text]

    def of(self, position: int, sentence: Span, end: int) -> list[tuple[Mention, tuple[Span, ...]]]:
        """Give what a phrase before `position` speaks of, each with the passages that name it."""
        measures = self.behind(position, sentence, end)
        if measures:
            return [(measure, (sentence,)) for measure in measures]
        around = self.around(position - 1)
        return [(around[0], (sentence, self._ctx.head_span(around[1])))] if around else []
