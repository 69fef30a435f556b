"""Citations of plans that are in the corpus themselves: the edge then leads to the plan, not to a work of that title.

A number decides; without one the title does, and among plans of one title the last that was issued before the citing document.
"""

from __future__ import annotations

import re
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


def _issued(reading: Reading) -> date | None:
    value = _attributes(reading, reading.plan).get("dcterms:issued") if reading.plan else None
    return value if isinstance(value, date) else None


def resolve_citations(readings: list[Reading]) -> list[Reading]:
    """Let citations of plans among these documents lead to the plans; what is cited from outside stays a cited work."""
    by_number: dict[str, Mention] = {}
    by_title: dict[str, list[tuple[date, Mention]]] = {}
    for reading in readings:
        if reading.plan is None:
            continue
        if reading.plan.parent:
            by_number.setdefault(reading.plan.parent, reading.plan)
        dated = (_issued(reading) or date.min, reading.plan)
        known = by_title.setdefault(title_key(reading.plan.label), [])
        if dated not in known:
            known.append(dated)
    return [_resolved(reading, by_number, by_title) for reading in readings]


def _resolved(
    reading: Reading, by_number: dict[str, Mention], by_title: dict[str, list[tuple[date, Mention]]]
) -> Reading:
    found: dict[Mention, Mention] = {}
    before = _issued(reading) or date.max
    for claim in reading.claims:
        work = claim.object
        if claim.relation not in _TO_PLANS or work.cls != "CitedDocument" or work in found:
            continue
        number = _attributes(reading, work).get("dcterms:identifier")
        plan = by_number.get(str(number)) if number else None
        if plan is None and not number:
            # A work cited with its own number is that one and no other of the same title.
            dated = [pair for pair in by_title.get(title_key(work.label), ()) if pair[0] <= before]
            plan = max(dated, key=lambda pair: (pair[0], pair[1].parent, pair[1].label))[1] if dated else None
        if plan is not None:
            found[work] = plan
    if not found:
        return reading
    claims = tuple(
        replace(claim, object=found[claim.object]) if claim.object in found else claim
        for claim in reading.claims
        if found.get(claim.object) != claim.subject
    )
    return replace(reading, claims=claims)
