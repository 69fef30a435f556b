"""Goals without a number: what a plan wants to be so by a year (到2023年，…显著提升) and the heads of its goal section."""

from __future__ import annotations

import re

from ...core.model import Attributes, Mention, Span
from ...text.sentences import clauses_in, sentences_in
from ..context import Context
from ..targets.quantities import quantities_in

_HORIZON = re.compile(r"(?:力争)?(?:到|至)(20\d{2})年(?:末|底|年底)?")
_BRACKET = re.compile(r"（[^）]*）")
_SPEAKER = re.compile(r"我们|我想|我(?![国省市区县院部委])")
_SUBJECT = re.compile(r"^(?:我国|全国|全市|全省|本市|我市|我省|全区)(?=.{4})")


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
        if item.body.end > item.body.start and not (item.parent >= 0 and "指标" in ctx.outline.label(item)[-4:]):
            _in_body(ctx, item.body)


def _year_above(ctx: Context, position: int) -> int | None:
    years = [int(m["year"]) for m in re.finditer(r"到(?P<year>20\d{2})年", ctx.text[max(0, position - 600) : position])]
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
        for span in sentences_in(ctx.text, low, high):
            if _SPEAKER.search(ctx.text, *span):
                continue
            for clause in clauses_in(ctx.text, span.start, span.end):
                text = ctx.text[clause.start : clause.end]
                horizon = _HORIZON.match(text)
                if horizon:
                    year = int(horizon[1])
                    text = text[horizon.end() :]
                label = _SUBJECT.sub("", _BRACKET.sub("", text)).replace(" ", "")
                if year and 6 <= len(label) <= 60 and "《" not in text and not quantities_in(ctx.vocabulary, text, 0, len(text)):
                    _goal(ctx, label, year, span)
