"""Terms that a text defines: 本办法所称X，是指…; the definition is the rest of the sentence, in the words of the text."""

from __future__ import annotations

from ...core.model import Mention
from ...text.enumerations import clean
from ..context import Context

_RULE = "glossary.defined"


def find_definitions(ctx: Context) -> None:
    """Add the terms that the document defines, with their definitions."""
    if ctx.plan is None or ctx.is_interpretation:
        return
    if not ctx.pattern(_RULE, "says").search(ctx.text):
        return
    for match in ctx.pattern(_RULE).finditer(ctx.text):
        label = clean(match["term"].removesuffix("："))
        if len(label) < 2 or ctx.pattern(_RULE, "no_term").search(label):
            continue
        sentence = ctx.sentence(match.start("term"))
        term = Mention("Term", label)
        ctx.claim(ctx.plan, "defines", term, ctx.with_plan(sentence), _RULE)
        ctx.describe(term, {"skos:definition": match["what"].strip("，；。 ")})
