"""Terms that a text defines: 本办法所称X，是指…; the definition is the rest of the sentence, in the words of the text."""

from __future__ import annotations

import re

from ...core.model import Mention
from ...text.enumerations import clean
from ..context import Context

_RULE, _LISTED = "glossary.defined", "glossary.listed"


def find_definitions(ctx: Context) -> None:
    """Add the terms that the document defines, with their definitions."""
    if ctx.plan is None or ctx.is_interpretation:
        return
    for match in (*ctx.everywhere(_RULE), *ctx.everywhere(_RULE, "so_called")):
        _define(ctx, match, _RULE)
    if ctx.regex("glossary.section").search(ctx.text):
        _glossary(ctx)


def _glossary(ctx: Context) -> None:
    """Take the lines behind the heading of a glossary, as long as each begins with a term and a colon."""
    section, entry, open_ = ctx.pattern(_LISTED, "section"), ctx.pattern(_LISTED), False
    for line in ctx.document.lines:
        match = entry.match(ctx.text, line.start, line.end) if open_ else None
        if match:
            _define(ctx, match, _LISTED)
        else:
            open_ = section.search(ctx.text, line.start, line.end) is not None


def _define(ctx: Context, match: re.Match[str], how: str) -> None:
    label = clean(match["term"].removesuffix("："))
    if len(label) < 2 or ctx.pattern(_RULE, "no_term").search(label):
        return
    assert ctx.plan is not None
    sentence = ctx.sentence(match.start("term"))
    term = Mention("Term", label)
    ctx.claim(ctx.plan, "defines", term, ctx.with_plan(sentence), how)
    ctx.describe(term, {"skos:definition": match["what"].strip("，；。 ")})
