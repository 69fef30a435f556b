"""Citations of plans that are in the corpus themselves: the edge then leads to the plan, not to a work of that title.

A number decides; without one the title does, and among plans of one title the last that was issued before the citing document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from graph.model import Attributes, Mention, Reading

_LOOSE = re.compile(r"[（(][^（）()]*[)）]$|[《》〈〉<>“”\"'\s]")
_TO_PLANS = ("cites", "supersedes")


def title_key(title: str) -> str:
    """Give a title without what citations leave out or vary: brackets with years, quotes, white space.

    >>> title_key("5G应用“扬帆”行动计划（2021-2023年）")
    '5G应用扬帆行动计划'
    """
    return _LOOSE.sub("", title)


def _attributes(reading: Reading, mention: Mention) -> Attributes:
    return next((d.attrs for d in reading.described if d.mention == mention), {})


def issued(reading: Reading) -> date | None:
    """Give the day on which the plan of a document was issued, when the document says so."""
    value = _attributes(reading, reading.plan).get("dcterms:issued") if reading.plan else None
    return value if isinstance(value, date) else None


class Plans:
    """The plans of a corpus by number and by title, a few words each: all that resolving a citation needs to know of them."""

    def __init__(self, plans: Iterable[tuple[Mention, date | None]] = ()) -> None:
        self._by_number: dict[str, Mention] = {}
        self._by_title: dict[str, dict[tuple[date, Mention], None]] = {}
        for plan, day in plans:
            if plan.parent:
                self._by_number.setdefault(plan.parent, plan)
            self._by_title.setdefault(title_key(plan.label), {})[day or date.min, plan] = None

    def cited(self, title: str, number: str, before: date) -> Mention | None:
        """Give the plan that is meant by a citation; a work cited with its own number is that one and no other of the same title."""
        if number:
            return self._by_number.get(number)
        dated = [pair for pair in self._by_title.get(title_key(title), ()) if pair[0] <= before]
        return max(dated, key=lambda pair: (pair[0], pair[1].parent, pair[1].label))[1] if dated else None

    def lead(self, reading: Reading) -> Reading:
        """Let a document's citations of these plans lead to them; what is cited from outside stays a cited work."""
        found: dict[Mention, Mention] = {}
        before = issued(reading) or date.max
        for claim in reading.claims:
            work = claim.object
            if claim.relation not in _TO_PLANS or work.cls != "CitedDocument" or work in found:
                continue
            number = str(_attributes(reading, work).get("dcterms:identifier", ""))
            plan = self.cited(work.label, number, before)
            if plan is not None:
                found[work] = plan
        claims = tuple(
            replace(claim, object=found[claim.object]) if claim.object in found and claim.relation in _TO_PLANS else claim
            for claim in reading.claims
            # A plan cites itself to no purpose, and follows up only what is known to be a plan.
            if found.get(claim.object) != claim.subject and (claim.relation != "supersedes" or claim.object in found)
        )
        return replace(reading, claims=claims) if claims != reading.claims else reading


def resolve_citations(readings: list[Reading]) -> list[Reading]:
    """Let citations of plans among these documents lead to the plans."""
    plans = Plans((reading.plan, issued(reading)) for reading in readings if reading.plan)
    return [plans.lead(reading) for reading in readings]
