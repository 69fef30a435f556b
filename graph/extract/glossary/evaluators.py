"""Who evaluates, monitors or assesses how the plan is carried out; how often is a frequency of the task that says it."""

from __future__ import annotations

from ...core.model import Mention, Span
from ..bodies.names import bodies_in, is_body
from ..context import Context

_RULE = "glossary.evaluates"


def find_evaluators(ctx: Context) -> None:
    """Add the bodies that the plan says evaluate it; a sentence that names no body alone before its verb gives none."""
    if ctx.plan is None or not ctx.has_work:
        return
    past = ctx.regex("told.past")
    for about in ctx.pattern(_RULE, "about").finditer(ctx.text):
        sentence = ctx.sentence(about.start())
        match = ctx.pattern(_RULE).search(ctx.text, *sentence)
        if match is None:
            continue
        names = [name for name, _ in bodies_in(ctx, Span(*match.span("who")), strict=False)]
        if not names or not all(is_body(ctx, name) for name in names) or past.search(ctx.text, *sentence):
            continue
        for name in names:
            ctx.claim(ctx.plan, "evaluatedBy", Mention("Organization", name), ctx.with_plan(sentence), _RULE)
