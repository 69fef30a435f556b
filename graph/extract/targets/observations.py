"""Observations: what a document says was reached in a past year (截至2024年底，…达到55%). Never a target (contract section 4)."""

from __future__ import annotations

import re

from ...core.model import Mention
from ...text.numerals import spoken
from ...text.sentences import clauses_in
from ..context import Context
from .clauses import inside
from .noun_phrases import Nouns, indicator_named
from .quantities import quantities_in
from .years import issue_year

_PAST = re.compile(r"20(?P<year>\d{2})年(?:末|底|年底)?(?:，|,|全[国市省年])")
_UNTIL = ("截至", "截止", "止到")
_UNCLEAR = re.compile(r"比|较|同比|目标|计划|力争|将")


def find_observations(ctx: Context) -> None:
    """Add the values that a sentence gives for a year before the document's own, indicator by indicator.

    Only a level is taken that stands right behind its indicator (规模达到410亿元); what is compared, rounded by words or said of no year
    is left alone.
    """
    if ctx.plan is None:
        return
    issued = issue_year(ctx)
    nouns: Nouns | None = None
    for match in _PAST.finditer(ctx.text):
        year = 2000 + int(match["year"])
        until = ctx.text[match.start() - 2 : match.start()] in _UNTIL
        if not issued or year > issued or (year == issued and not until):
            continue
        nouns = nouns or Nouns(ctx)
        sentence = ctx.sentence(match.start())
        for clause in clauses_in(ctx.text, match.end() - (0 if match[0][-1] in "，," else 2), sentence.end):
            found = [q for q in quantities_in(ctx.vocabulary, ctx.text, clause.start, clause.end) if not q.is_time]
            if len(found) != 1 or found[0].kind != "level" or inside(ctx.text, clause.start, found[0].start):
                continue
            quantity = found[0]
            before = ctx.text[clause.start : quantity.reach]
            label = "" if _UNCLEAR.search(before) or ctx.text[quantity.end : clause.end].strip("，。；") else nouns.before(before)
            if not label:
                continue
            attrs = quantity.attributes()
            attrs["yf:period"] = str(year)
            amount = f"{spoken(quantity.lower)}{quantity.unit.unit_text}"
            observation = Mention("Observation", f"{label} {quantity.comparator} {amount}（{year}年）")
            ctx.claim(indicator_named(ctx, label), "hasObservation", observation, (sentence,), "observations.past")
            ctx.describe(observation, attrs)
