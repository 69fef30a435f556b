"""Citations of plans that are in the corpus themselves: the edge then leads to the plan, not to a work of that title.

A number decides; without one the title does, and among plans of one title the last that was issued before the citing document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ..core.model import Attributes, Described, Mention, Reading
from ..core.rules import fixed_pattern

_LOOSE = re.compile(r"[（(][^（）()]*[)）]$|[《》〈〉<>“”\"'\s]")
_TO_PLANS = ("cites", "supersedes")


def title_key(title: str) -> str:
    """Give a title without what citations leave out or vary: brackets with years, quotes, white space, the notice that sends it out.

    >>> title_key("5G应用“扬帆”行动计划（2021-2023年）"), title_key("海州市关于印发《海洋产业行动计划》的通知")
    ('5G应用扬帆行动计划', '海洋产业行动计划')
    """
    key = _LOOSE.sub("", title)
    sent = fixed_pattern("citations.sent").match(key)
    return _LOOSE.sub("", sent["title"]) if sent else key


def _attributes(reading: Reading, mention: Mention) -> Attributes:
    return next((d.attrs for d in reading.described if d.mention == mention), {})


def issued(reading: Reading) -> date | None:
    """Give the day on which the plan of a document was issued, when the document says so."""
    value = _attributes(reading, reading.plan).get("dcterms:issued") if reading.plan else None
    return value if isinstance(value, date) else None


def citations(reading: Reading) -> dict[Mention, str]:
    """Give the works that a document's plan cites or follows up, each with the number that it is cited with."""
    works = dict.fromkeys(claim.object for claim in reading.claims if claim.relation in _TO_PLANS and claim.object != reading.plan)
    return {work: work.number if work.cls == "Plan" else str(_attributes(reading, work).get("dcterms:identifier", "")) for work in works}


class Plans:
    """The plans of a corpus by number and by title, a few words each: all that resolving a citation needs to know of them.

    `others` are plans from outside that these follow up: cited with their number, each is known by its first title.
    """

    def __init__(self, plans: Iterable[tuple[Mention, date | None]] = (), others: Iterable[Mention] = ()) -> None:
        self._by_number: dict[str, dict[Mention, None]] = {}
        self._by_title: dict[str, dict[tuple[date, Mention], None]] = {}
        for plan, day in plans:
            if plan.number:
                self._by_number.setdefault(plan.number, {})[plan] = None
            self._by_title.setdefault(title_key(plan.label), {})[day or date.min, plan] = None
        for plan in others:
            if plan.number and plan.number not in self._by_number:
                self._by_number[plan.number] = {plan: None}

    def numbered(self, number: str) -> Iterable[Mention]:
        """Give the plans of a number."""
        return self._by_number.get(number, ())

    def titled(self, key: str) -> Iterable[tuple[date, Mention]]:
        """Give the plans of a title (as `title_key` gives it), each with the day on which it was issued."""
        return self._by_title.get(key, ())

    def meant(self, works: dict[Mention, str], by: Mention | None, day: date | None) -> dict[Mention, Mention]:
        """Give the plans that are meant by citations; `by` is the citing plan and `day` the day on which it was issued.

        A work cited with its own number is that one and no other of the same title.
        """
        found: dict[Mention, Mention] = {}
        for work, number in works.items():
            if number:
                plan = next(iter(near(self.numbered(number), by)), None)
            else:
                known = sorted(self.titled(title_key(work.label)), key=lambda one: one[0])
                before = (one for one in known if one[0] <= (day or date.max) and one[1] != by)
                dated = {plan: (when, plan.number, plan.label) for when, plan in before}
                plan = max(near(dated, by), key=lambda plan: (*dated[plan], plan), default=None)
            if plan is not None and plan != work:
                found[work] = plan
        return found

    def lead(self, reading: Reading) -> Reading:
        """Let a document's citations of these plans lead to them; what is cited from outside stays what it is."""
        return led(reading, self.meant(citations(reading), reading.plan, issued(reading)))


def led(reading: Reading, found: dict[Mention, Mention]) -> Reading:
    """Let a document's citations lead to the plans that they mean; what is not among them stays what it is."""
    if not found:
        return reading
    claims = tuple(
        claim._replace(object=found[claim.object]) if claim.object in found else claim
        for claim in reading.claims
        if found.get(claim.object) != claim.subject
    )
    # What the citing document says of the work would else be said of the plan; the name that it uses is a name of the plan.
    described = [described for described in reading.described if described.mention not in found]
    described += [Described(plan, {}, (work.label,)) for work, plan in found.items() if plan != reading.plan]
    return replace(reading, claims=claims, described=tuple(described))


def near(plans: Iterable[Mention], by: Mention | None) -> list[Mention]:
    """Give those of some plans of one number or title that a plan can mean: of those that places keep, its own place's, else none of several."""
    listed = list(plans)
    keepers = {plan.keeper for plan in listed}
    if len(keepers) < 2:
        return listed
    own = [plan for plan in listed if by and plan.keeper and (plan.keeper == by.keeper or plan.keeper in by.label)]
    return own or [plan for plan in listed if not plan.keeper]


def resolve_citations(readings: list[Reading]) -> list[Reading]:
    """Let citations of plans among these documents lead to the plans."""
    others = [work for reading in readings for work in citations(reading) if work.cls == "Plan"]
    plans = Plans(((reading.plan, issued(reading)) for reading in readings if reading.plan), others)
    return [plans.lead(reading) for reading in readings]
