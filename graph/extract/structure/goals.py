"""Goals without a number: what a plan wants to be so by a year (到2023年，…显著提升) and the heads of its goal section."""

from __future__ import annotations

import re

from ...core.model import Attributes, Mention, Span
from ...text.sentences import clauses_in
from ..context import Context
from ..targets.quantities import quantities_in

_BRACKET = re.compile(r"（[^）]*）")


def find_goals(ctx: Context) -> None:
    """Add qualitative goals; clauses with a number are targets and found elsewhere."""
    if ctx.plan is None or not ctx.has_work:
        return
    for item in ctx.outline.items:
        if item.role != "goal":
            continue
        if item.kind == "bullet":
            label = ctx.outline.label(item)
            if item.start in ctx.tasks:
                continue
            if 4 <= len(label) <= 40:
                year = _year_above(ctx, item.start)
                _goal(ctx, label, year, Span(item.start, item.head.end))
            continue
        if item.body.end > item.body.start and not (item.parent >= 0 and ctx.find("goals.indicators")(ctx.outline.label(item))):
            _in_body(ctx, item.body)


def _year_above(ctx: Context, position: int) -> int | None:
    years = [int(m["year"]) for m in ctx.pattern("years.until").finditer(ctx.text, max(0, position - 600), position)]
    return years[-1] if years else None


def _goal(ctx: Context, label: str, year: int | None, span: Span) -> None:
    assert ctx.plan is not None
    goal = Mention("Goal", label)
    ctx.claim(ctx.plan, "hasGoal", goal, ctx.with_plan(span), "goals.by_year" if year else "goals.heads")
    attrs: Attributes = {"yf:year": year} if year else {}
    ctx.describe(goal, attrs)


def _in_body(ctx: Context, body: Span) -> None:
    """Read clauses from the first horizon (到2023年) on; the year holds until the next one or the end of the paragraph."""
    start = body.start
    for line in ctx.lines_in(body.start, body.end):
        year: int | None = None
        low, high = max(start, line.start), min(body.end, line.end)
        for span in ctx.sentences_in(low, high):
            if ctx.find("goals.speaker")(ctx.text, *span):
                continue
            for clause in clauses_in(ctx.text, span.start, span.end):
                text = ctx.text[clause.start : clause.end]
                horizon = ctx.find("goals.horizon")(text)
                if horizon:
                    year = int(horizon["year"])
                    text = text[horizon.end() :]
                label = ctx.pattern("goals.subject").sub("", _BRACKET.sub("", text)).replace(" ", "")
                if year and 6 <= len(label) <= 60 and "《" not in text and not quantities_in(ctx.vocabulary, text, 0, len(text)):
                    _goal(ctx, label, year, span)
