"""Works that the plan rests on: titles in 《》, with the number and the year beside them, and numbers that stand for a title."""

from __future__ import annotations

import re

from ...core.model import Attributes, Mention, Span
from ...core.rules import rule
from ...text.document_numbers import NUMBER, normal_number
from ..context import Context
from ..guards import Candidate, passes
from . import guards as guards  # registers them
from .headings import QUOTED

_LONGEST = 120
_NUMBER_AFTER = re.compile(r"\s?[（(](?P<inside>[^（）()]{4,60})[)）]")


def find_citations(ctx: Context) -> None:
    """Add cited works. The plan itself, its short form, newspapers and titles announced as attachments are none."""
    if ctx.plan is None:
        return
    shortest, year_before = rule("citations.quoted").limit("shortest"), ctx.find("citations.year_before")
    for match in QUOTED.finditer(ctx.text):
        # A copy may break a title over two lines; what is longer than any title began with a mark that nothing closes.
        title = "".join(match["title"].split())
        if not shortest <= len(title) <= _LONGEST or not passes(ctx, "citations.quoted", Candidate(*match.span(), (title,))):
            continue
        before = year_before(ctx.text, max(0, match.start() - 12), match.start())
        after = _NUMBER_AFTER.match(ctx.text, match.end())
        number = NUMBER.search(after["inside"]) if after else None
        attrs: Attributes = {}
        if number:
            attrs["dcterms:identifier"] = normal_number(number)
        if before:
            attrs["yf:year"] = int(before["year"])
        label = title.replace("〈", "《").replace("〉", "》").replace("<", "《").replace(">", "》")
        # A title may hold the marks that end sentences.
        sentence = Span(ctx.sentence(match.start()).start, max(match.end(), ctx.sentence(match.end() - 1).end))
        spans = ctx.with_plan(sentence)
        if _replaced(ctx, match.start(), match.end() if after is None else after.end(), sentence.end):
            # A plan that this one takes the place of is a plan, and one node.
            earlier = Mention("Plan", label, attrs.get("dcterms:identifier", ""))  # type: ignore[arg-type]
            ctx.claim(ctx.plan, "supersedes", earlier, spans, "citations.superseded")
            ctx.claim(ctx.plan, "cites", earlier, spans, "citations.quoted")
            ctx.describe(earlier, attrs)
            continue
        cited = Mention("CitedDocument", label, year=before["year"] if before else "")
        ctx.claim(ctx.plan, "cites", cited, spans, "citations.quoted")
        ctx.describe(cited, attrs)
    _numbered(ctx)


def _numbered(ctx: Context) -> None:
    """Add works that the text cites by their numbers alone (按照国发〔2021〕5号文件要求): a number is the document's own, and leads to its plan."""
    assert ctx.plan is not None
    for cue in ctx.everywhere("citations.numbered"):
        match = NUMBER.match(ctx.text, cue.end())
        said = ctx.text[match.start() : match.end()] if match else ""
        number = normal_number(match) if match else ""
        if match is None or number == ctx.plan.number or not ctx.pattern("citations.numbered", "closes").match(ctx.text, match.end()):
            continue
        cited = Mention("CitedDocument", number)
        ctx.claim(ctx.plan, "cites", cited, ctx.with_plan(ctx.sentence(match.start())), "citations.numbered")
        ctx.describe(cited, {"dcterms:identifier": number}, (said,) if said != number else ())


def _replaced(ctx: Context, start: int, end: int, stop: int) -> bool:
    """Tell whether the text says that this plan takes a title's place: 《…》同时废止, 废止《…》, 接续《…》."""
    behind, before = ctx.pattern("citations.superseded", "behind"), ctx.pattern("citations.superseded", "before")
    return bool(behind.match(ctx.text, end, stop) or before.search(ctx.text, max(0, start - 8), start))
