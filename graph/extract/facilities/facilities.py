"""Platforms and bases that a plan says are to be built: 建设海洋生物医药中试基地3个, with who builds it, where, how many and how large.

A name that says only what kind of thing it is (公共服务平台, 区域金融中心) is none; what has been built already, and what the goals wish
for, is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ...core.model import Attributes, Mention, Span
from ...text.enumerations import clean
from ...text.numerals import parse_count
from ...text.sentences import behind_last
from ..bodies.names import is_body, names_in
from ..context import Context
from ..deadlines.work import Work
from ..locations.layout import Named, bare
from ..locations.locations import place
from ..locations.names import place_end, places_from
from ..outline import Item

_BUILT, _BUILDER, _PLACE, _SCALE = (f"facilities.{name}" for name in ("built", "builder", "place", "scale"))
_STOPS = "，。；：\n"
_LEAD = 60


class _Named(NamedTuple):
    """One facility of an enumeration, and how many of it are to be built where the text says so."""

    label: str
    number: int | None


class _Found(NamedTuple):
    """What a verb of building says: under which task, whether in its heading, what, in which sentence, what stands before the verb, how large."""

    task: Mention
    item: Item
    headed: bool
    named: list[_Named]
    sentence: Span
    lead: Span
    scale: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """Tell whether nothing else is built by the same words."""
        return len(self.named) == 1


def find_facilities(ctx: Context, work: Work) -> None:
    """Add what tasks say is to be built; a heading only announces what the text below it names."""
    if ctx.plan is None or not ctx.tasks or not ctx.has_work:
        return
    found = list(_built(ctx, work))
    told = {one.task for one in found if not one.headed}
    unmarked = ctx.once(bare) if found else []
    for one in found:
        if one.headed and one.task in told:
            continue
        for name in one.named:
            facility = Mention("Facility", name.label)
            ctx.claim(one.task, "builds", facility, (one.sentence, ctx.head_span(one.item)), _BUILT)
            attrs: Attributes = {"yf:quantity": Decimal(name.number)} if name.number else {}
            if one.scale:
                attrs["yf:scale"] = one.scale
            ctx.describe(facility, attrs)
            _builders(ctx, facility, one)
            if not _places(ctx, facility, one.lead, one.sentence, unmarked) and one.alone:
                _sited(ctx, facility, one)


def _built(ctx: Context, work: Work) -> Iterator[_Found]:
    """Give each object of a verb of building that holds nothing but facilities."""
    past, rule = ctx.regex("told.past"), {key: ctx.pattern(_BUILT, key) for key in ("noun", "one", "other", "no_name", "closes", "joined")}
    of = ctx.vocabulary.word("particle.of")
    for match in sorted([*ctx.everywhere(_BUILT), *ctx.everywhere(_BUILT, "framed")], key=lambda match: match.start()):
        around = work.around(match.start())
        named = _names(rule, of, match["object"]) if around else []
        sentence = ctx.sentence(match.start())
        if around is None or not named or past.search(ctx.text, sentence.start, match.end()):
            continue
        task, item = around
        lead = Span(behind_last(ctx.text, _STOPS, max(sentence.start, match.start() - _LEAD), match.start()), match.start())
        scale = ctx.pattern(_SCALE).findall(ctx.text, match.end(), sentence.end) if len(named) == 1 else []
        yield _Found(task, item, match.end() <= item.head.end, named, sentence, lead, tuple(scale))


def _names(rule: dict[str, re.Pattern[str]], of: str, text: str) -> list[_Named]:
    """Give the facilities that the object of a verb names; none where a part of it is something else."""
    found: list[_Named] = []
    if not rule["noun"].search(text):
        return found
    for part in rule["joined"].split(rule["closes"].sub("", text)):
        # What stands before 的 only describes it.
        one = rule["one"].fullmatch(clean(part).rpartition(of)[2])
        if one is None and rule["other"].fullmatch(part):
            # 建设县级物流中心3个、村级服务站40个: what is built beside it is of another kind.
            continue
        if one is None or rule["no_name"].search(one["name"]) or rule["no_name"].search(part):
            return []
        count = one["count"] or one["before"]
        found.append(_Named(one["name"], parse_count(count) if count else None))
    return found


def _builders(ctx: Context, facility: Mention, found: _Found) -> None:
    """Add who builds it: the bodies before the verb (由甲院在乙市建设…), else those of a clause behind it (…，由甲院与乙局共同建设)."""
    lead, each = found.lead, ctx.vocabulary.role("org.each")
    ahead = ctx.text[lead.start : lead.end]
    sited = ctx.pattern(_BUILDER, "sited").search(ahead)
    before = ctx.pattern(_BUILDER).search(ahead[: sited.start()] if sited else ahead)
    behind = ctx.pattern(_BUILDER, "behind").search(ctx.text, lead.end, found.sentence.end) if found.alone else None
    said = (Span(lead.start + before.start("who"), lead.start + before.end("who")) if before else None, Span(*behind.span("who")) if behind else None)
    for who in filter(None, said):
        names = names_in(ctx, who)
        if names and all(is_body(ctx, name) and not name.startswith(each) and place_end(ctx.vocabulary, name) < len(name) for name in names):
            for name in names:
                ctx.claim(facility, "builtBy", Mention("Organization", name), (found.sentence,), _BUILDER)
            return


def _places(ctx: Context, facility: Mention, lead: Span, sentence: Span, unmarked: list[Named]) -> bool:
    """Add the places that stand right before the verb, or bare in a list that a unit closes (支持甲、乙3个市…建设…); tell whether any does."""
    for found in unmarked:
        if lead.start <= found.span.start and found.span.end <= lead.end:
            for name in found.names:
                ctx.claim(facility, "locatedIn", place(ctx, name, found.kind), (sentence,), _PLACE)
            return True
    behind = ctx.pattern(_PLACE, "behind")
    for opening in ctx.pattern(_PLACE).finditer(ctx.text[lead.start : lead.end]):
        listed = places_from(ctx.vocabulary, ctx.text, lead.start + opening.end(), lead.end)
        if listed and behind.match(ctx.text[listed.span.end : lead.end]):
            for name in listed.names:
                ctx.claim(facility, "locatedIn", place(ctx, name), (sentence,), _PLACE)
            return True
    return False


def _sited(ctx: Context, facility: Mention, found: _Found) -> None:
    """Add the place that a clause behind the verb gives (…，选址滨湖区; …，由甲院在滨湖区建设)."""
    sited = ctx.pattern(_PLACE, "sited").search(ctx.text, found.lead.end, found.sentence.end)
    built = None if sited else ctx.pattern(_BUILDER, "behind").search(ctx.text, found.lead.end, found.sentence.end)
    start = sited.end() if sited else built.start("at") if built else -1
    listed = places_from(ctx.vocabulary, ctx.text, start, found.sentence.end) if start > 0 else None
    for name in listed.names if listed else ():
        ctx.claim(facility, "locatedIn", place(ctx, name), (found.sentence,), _PLACE)
