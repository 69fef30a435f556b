"""Platforms and bases that a plan says are to be built: 建设海洋生物医药中试基地3个, with who builds it, where, how many and how large.

A name that says only what kind of thing it is (公共服务平台, 区域金融中心) is none; what has been built already, and what the goals wish
for, is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from ...core.model import Attributes, Mention, Span
from ...core.rules import rule as rule_of
from ...text.enumerations import clean
from ...text.numerals import parse_count
from ...text.sentences import behind_last
from ..bodies.names import is_body, may_name, names_in
from ..context import Context
from ..deadlines.work import Work
from ..locations.layout import Named, bare
from ..locations.locations import place
from ..locations.names import known_at, place_end, places_from

_BUILT, _BUILDER, _PLACE, _SCALE = (f"facilities.{name}" for name in ("built", "builder", "place", "scale"))
_STOPS = "，。；：\n"
_LEAD = 60
_SHORT = (2, 3)
"""How many characters the short name of a place has."""


class _Named(NamedTuple):
    """One facility of an enumeration, and how many of it are to be built where the text says so."""

    label: str
    number: int | None


class _Found(NamedTuple):
    """What a verb of building says: under which task, where, whether in its heading, what, in which sentence, what stands before it, how large."""

    task: Mention
    spans: tuple[Span, ...]
    headed: bool
    named: list[_Named]
    sentence: Span
    lead: Span
    scale: tuple[str, ...]
    shared: bool
    """Whether the verb says that it is built together with somebody."""

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
        for order, name in enumerate(one.named):
            facility = Mention("Facility", name.label)
            ctx.claim(one.task, "builds", facility, one.spans, _BUILT)
            attrs: Attributes = {"yf:quantity": Decimal(name.number)} if name.number else {}
            if one.scale:
                attrs["yf:scale"] = one.scale
            ctx.describe(facility, attrs)
            _builders(ctx, facility, one)
            if not _places(ctx, facility, one, order, unmarked) and one.alone:
                _sited(ctx, facility, one)


def _built(ctx: Context, work: Work) -> Iterator[_Found]:
    """Give each object of a verb of building that holds nothing but facilities."""
    past = ctx.regex("told.past")
    rule = {key: ctx.pattern(_BUILT, key) for key in ("noun", "one", "site", "other", "no_name", "closes", "joined", "jointly", "each", "crops")}
    rows = work.rows
    for match in sorted([*ctx.everywhere(_BUILT), *ctx.everywhere(_BUILT, "framed")], key=lambda match: match.start()):
        if not rule["noun"].search(ctx.text, *match.span("object")):
            continue
        row = rows.at(match.start())
        around = None if row else work.around(match.start())
        named = _names(ctx, rule, match["object"]) if row or around else []
        if not named:
            continue
        sentence = ctx.sentence(match.start())
        lead = Span(behind_last(ctx.text, _STOPS, max(sentence.start, match.start() - _LEAD), match.start()), match.start())
        # 每个县建设1个中心: one of a kind for each, and none that has a name.
        if rule["each"].search(ctx.text[lead.start : lead.end]) or past.search(ctx.text, sentence.start, match.end()):
            continue
        scale = ctx.pattern(_SCALE).findall(ctx.text, match.end(), sentence.end) if len(named) == 1 else []
        shared = rule["jointly"].match(ctx.text, match.start()) is not None
        if row:
            yield _Found(row[1], (row[0],), False, named, sentence, lead, tuple(scale), shared)
        elif around:
            task, item = around
            headed = match.end() <= item.head.end
            yield _Found(task, (sentence, ctx.head_span(item)), headed, named, sentence, lead, tuple(scale), shared)


def _names(ctx: Context, rule: dict[str, re.Pattern[str]], text: str) -> list[_Named]:
    """Give the facilities that the object of a verb names; none where a part of it is something else. So many of them have no name."""
    found: list[_Named] = []
    if rule["crops"].fullmatch(text):
        # 建设牡蛎、扇贝养殖基地: one, of what is raised there.
        return [_Named(text, None)]
    of, most = ctx.vocabulary.word("particle.of"), rule_of(_BUILT).limit("most")
    for part in rule["joined"].split(rule["closes"].sub("", text)):
        # What stands before 的 only describes it.
        said = clean(part).rpartition(of)[2]
        one = rule["one"].fullmatch(said)
        if one is None and rule["site"].fullmatch(said) and _bears_place(ctx, said):
            found.append(_Named(said, None))
            continue
        if one is None and rule["other"].fullmatch(part):
            # 建设县级物流中心3个、村级服务站40个: what is built beside it is of another kind.
            continue
        if one is None or rule["no_name"].search(one["name"]) or rule["no_name"].search(part):
            return []
        counted = one["count"] or one["before"]
        number = parse_count(counted) if counted else None
        if number is None or number <= most:
            found.append(_Named(one["name"], number))
    return found


def _bears_place(ctx: Context, name: str) -> bool:
    """Tell whether a name begins with a place: one of the table, or the short name of one that the text names (桑原加工园, where it says 桑原市)."""
    if known_at(ctx.vocabulary, name, 0):
        return True
    begins = [name[:length] for length in _SHORT if not ctx.prefixes("place.not_start", "facility.generic").at(name)]
    unit = ctx.pattern(_BUILT, "unit")
    return any(unit.match(ctx.text, named.end()) for short in begins for named in re.finditer(re.escape(short), ctx.text))


def _builders(ctx: Context, facility: Mention, found: _Found) -> None:
    """Add who builds it: the bodies before the verb (由甲院在乙市建设…), else those of a clause behind it (…，由甲院与乙局共同建设)."""
    lead = found.lead
    # 建设储备库。由甲集团负责建设和运营。: the next sentence goes on with it.
    next_one = ctx.pattern(_BUILDER, "behind").match(ctx.text, found.sentence.end) if found.alone else None
    if next_one is None and not may_name(ctx, found.sentence):
        return
    ahead = ctx.text[lead.start : lead.end]
    sited = ctx.pattern(_BUILDER, "sited").search(ahead)
    before = ctx.pattern(_BUILDER).search(ahead[: sited.start()] if sited else ahead)
    beside = ctx.pattern(_BUILDER, "with").search(ahead) if found.shared else None
    behind = (ctx.pattern(_BUILDER, "behind").search(ctx.text, lead.end, found.sentence.end) if found.alone else None) or next_one
    # 由甲局牵头，在乙区建设…
    put = ctx.pattern(_BUILDER, "before").search(ctx.text[found.sentence.start : lead.start])
    stretches = [_stretch(lead.start, before), _stretch(lead.start, beside), _stretch(0, behind)]
    builders = [next((names for who in stretches if (names := _named_builders(ctx, who))), [])]
    builders += [_named_builders(ctx, _stretch(found.sentence.start, put, group)) for group in ("who", "help")]
    for name in dict.fromkeys(chain.from_iterable(builders)):
        said = (found.sentence, ctx.sentence(found.sentence.end)) if next_one and behind is next_one else (found.sentence,)
        ctx.claim(facility, "builtBy", Mention("Organization", name), said, _BUILDER)


def _stretch(start: int, match: re.Match[str] | None, group: str = "who") -> Span:
    """Give where a group of a match stands in the text that begins at a place; an empty one where it took no part."""
    return Span(start + match.start(group), start + match.end(group)) if match and match[group] else Span(0, 0)


def _named_builders(ctx: Context, who: Span) -> list[str]:
    """Give the bodies of a stretch that holds nothing but named bodies; a place alone and those of every place are none."""
    each, of = ctx.vocabulary.role("org.each"), ctx.vocabulary.word("particle.of")
    names = names_in(ctx, who) if who.end > who.start else []
    # 有条件的地区 are no one in particular.
    told = all(is_body(ctx, name) and not name.startswith(each) and of not in name for name in names)
    return names if told and all(place_end(ctx.vocabulary, name) < len(name) for name in names) else []


def _places(ctx: Context, facility: Mention, built: _Found, order: int, unmarked: list[Named]) -> bool:
    """Add the places that stand right before the verb, or bare in a list that a unit closes (支持甲、乙3个市…建设…); tell whether any does.

    Of as many places as facilities, each of which is built in its own (分别), it is the one at the facility's place in the order.
    """
    lead, sentence = built.lead, built.sentence
    for found in unmarked:
        if lead.start <= found.span.start and found.span.end <= lead.end:
            for name in found.names:
                ctx.claim(facility, "locatedIn", place(ctx, name, found.kind), (sentence,), _PLACE)
            return True
    behind = ctx.pattern(_PLACE, "behind")
    for opening in ctx.pattern(_PLACE).finditer(ctx.text[lead.start : lead.end]):
        listed = places_from(ctx.vocabulary, ctx.text, lead.start + opening.end(), lead.end)
        if listed and behind.match(ctx.text[listed.span.end : lead.end]):
            own = ctx.vocabulary.role("target.each_own")[0] in ctx.text[listed.span.end : lead.end] and len(listed.names) == len(built.named)
            for name in listed.names[order : order + 1] if own else listed.names:
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
