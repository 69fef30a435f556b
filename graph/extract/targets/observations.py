"""Observations: what a document says was so in a past period (截至2024年底，…达到55%). Never a target (contract section 4)."""

from __future__ import annotations

from ...core.model import Mention, Span
from ...text.numerals import spoken
from ...text.sentences import clauses_in
from ..context import Context
from .clauses import enclosed, within
from .fragments import pieces_in
from .indicator_names import Namer
from .noun_phrases import indicator_named
from .quantities import Quantity, quantities_in
from .years import issue_year

_MOST = 3
"""How many quantities a clause may hold to be clear."""


def find_observations(ctx: Context) -> None:
    """Add the values that a sentence gives for a period before the document's own, indicator by indicator.

    A level is taken that stands right behind its indicator (规模达到410亿元), and a change whose base year is said
    (较2020年提高4.2个百分点). What is compared with something else, rounded by words or said of no year is left alone.
    """
    if ctx.plan is None:
        return
    issued = issue_year(ctx)
    if not issued:
        return
    namer: Namer | None = None
    for match in ctx.pattern("observations.when").finditer(ctx.text):
        year = 2000 + int(match["year"])
        until = ctx.text[match.start() - 2 : match.start()] in ctx.vocabulary.role("observation.until")
        if year > issued or (year == issued and not until) or ctx.find("observations.compares")(ctx.text, max(0, match.start() - 2), match.start()):
            continue
        namer = namer or Namer(ctx)
        period = f"{year}-{int(match['month']):02}" if match["month"] else str(year)
        _sentence(ctx, namer, match.end() - (0 if match[0][-1] in "，," else 2), ctx.sentence(match.start()), period)


def _sentence(ctx: Context, namer: Namer, start: int, sentence: Span, period: str) -> None:
    namer.forget()
    label = ""
    for clause in clauses_in(ctx.text, start, sentence.end):
        found = [q for q in quantities_in(ctx.vocabulary, ctx.text, clause.start, clause.end) if not q.is_time]
        if not 0 < len(found) <= _MOST or any(within(enclosed(ctx.text, *clause), q.start) for q in found):
            continue
        if len(found) == 1 and found[0].kind == "change":
            since = ctx.find("observations.since")(ctx.text, clause.start, found[0].reach)
            named = namer.nouns.before(ctx.text[clause.start : since.start()]) if since else ""
            if since and (named or label):
                observe(ctx, indicator_named(ctx, named or label), found[0], period, sentence, base=int(since["year"]))
            continue
        for piece in pieces_in(ctx.text, clause, found, namer.build):
            quantity = piece.quantity
            level = quantity.kind == "level" and not piece.after and not ctx.find("observations.unclear")(piece.before)
            label = ctx.pattern("observations.trails").sub("", namer.nouns.before(piece.before)) if level else ""
            if len(label) > 1:
                observe(ctx, indicator_named(ctx, label), quantity, period, sentence)


def observe(
    ctx: Context, indicator: Mention, quantity: Quantity, period: str, sentence: Span, *, base: int | None = None, keeper: str = ""
) -> Mention:
    """Add a past or present value of an indicator; `keeper` keeps to one plan what is dated by its words alone (目前, 基期)."""
    attrs = quantity.attributes()
    attrs["yf:period"] = period
    if base:
        attrs["yf:baseYear"] = base
    bounds = (quantity.lower,) if quantity.upper is None else (quantity.lower, quantity.upper)
    amount = "—".join(spoken(bound) for bound in bounds) + quantity.unit.unit_text
    compared, year, changes = (ctx.vocabulary.word(f"wording.{name}") for name in ("compared", "year", "change"))
    change = f"{compared}{base}{year}{changes} " if base else f"{changes} " if quantity.kind == "change" else ""
    dated = f"{period}{year}" if period.isdigit() else period
    observation = Mention("Observation", f"{indicator.label} {change}{quantity.comparator} {amount}（{dated}）", keeper=keeper)
    ctx.claim(indicator, "hasObservation", observation, (sentence,), "observations.past" if not keeper else "observations.start")
    ctx.describe(observation, attrs)
    return observation
