"""Places that work is for by the form of a sentence: 滨湖区要率先建设…, “一核”即…, 试点范围为…, and the plan's own place by its short name.

Each gives the lists of names that stand at such a place of the text; `locations` says whose place they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ...core.model import Span
from ...core.rules import finder, pattern
from ...text.numerals import parse_count
from ...text.sentences import behind_last
from ..bodies.places import Place
from ..context import Context
from .names import place_behind, place_pattern, places_from

_SUBJECT, _LAYOUT, _CHOSEN, _OWN, _BARE, _SCOPE, _TOWARD, _SHARES = (
    f"locations.{name}" for name in ("subject", "layout", "chosen", "own", "bare", "scope", "toward", "shares")
)
_UNIT = "place.unit."
_KINDS = ("county", "prefecture", "township")
_STOPS = "，。；：\n"
_LONGEST = 60
"""How far back a clause is followed to where it begins."""
_AMONG = 3
"""How far before a name the word stands that calls it a part of what a sentence speaks of."""


class Named(NamedTuple):
    """Places that one stretch of the text names: where it stands, the names, the rule, the kind of names that do not say it, the word for a name."""

    span: Span
    names: tuple[str, ...]
    rule: str
    kind: str = ""
    short: str = ""
    among: bool = False
    """Whether they are named as a part of what the sentence speaks of (其中滨湖区…)."""


def subjects(ctx: Context) -> Iterator[Named]:
    """Give the places that a clause begins with and that are to do something (滨湖区要率先建设…; 滨湖区：建设…)."""
    told, core = set[Span](), ctx.pattern(_SUBJECT, "core")
    marks = [*ctx.everywhere(_SUBJECT)]
    # 甲区重点发展…，乙县完善…: a clause beside one that says so needs no word of it.
    for mark in (*marks, *(ctx.everywhere(_SUBJECT, "beside") if marks else ())):
        start, end = _before(ctx, mark)
        if mark.re is ctx.pattern(_SUBJECT, "beside") and ctx.sentence(start) not in told:
            continue
        opening = ctx.pattern(_SUBJECT, "opens").match(ctx.text, start, end)
        for at in (start, opening.end() if opening else start):
            listed = places_from(ctx.vocabulary, ctx.text, at, end)
            if listed and (listed.span.end == end or core.fullmatch(ctx.text, listed.span.end, end)):
                told.add(ctx.sentence(start))
                among = ctx.pattern(_SUBJECT, "among").search(ctx.text, max(0, at - _AMONG), at) is not None
                yield Named(Span(at, mark.end()), listed.names, _SUBJECT, among=among)
                break


def _before(ctx: Context, mark: re.Match[str]) -> Span:
    """Give what a clause begins with, up to the last character of a name, which the mark of what is done there begins with."""
    end = mark.start() + 1
    return Span(behind_last(ctx.text, _STOPS, max(0, end - _LONGEST), end), end)


def zones(ctx: Context) -> Iterator[Named]:
    """Give named zones of which a sentence says side by side what each is for (甲创新区重点布局…，乙测试区重点发展…); one alone says too little."""
    named, no_name, side_by_side = ctx.pattern(_SUBJECT, "zone_name"), ctx.pattern(_LAYOUT, "no_name"), defaultdict[Span, list[Named]](list)
    for mark in ctx.everywhere(_SUBJECT, "zone"):
        start, end = _before(ctx, mark)
        if named.fullmatch(ctx.text, start, end) and not no_name.search(ctx.text, start, end):
            zone = Named(Span(start, mark.end()), (ctx.text[start:end],), _SUBJECT, "zone")
            side_by_side[ctx.sentence(start)].append(zone)
    for found in side_by_side.values():
        if len(found) > 1:
            yield from found


def layouts(ctx: Context) -> Iterator[Named]:
    """Give the parts of a layout of space: “一核”即…; 建设甲区、乙区两大片区, where the number is that of the names."""
    ends, no_name, joined = (ctx.pattern(_LAYOUT, key) for key in ("ends", "no_name", "joined"))
    for match in ctx.everywhere(_LAYOUT):
        names = tuple(joined.split(match["list"] or match["list2"]))
        if match["count"] and parse_count(match["count"]) != len(names):
            continue
        if all(ends.search(name) and not no_name.search(name) for name in names):
            yield Named(Span(*match.span()), names, _LAYOUT, "zone")


def chosen(ctx: Context) -> list[Named]:
    """Give the places that are named as the scope of a trial, as a centre, or as what is chosen."""
    return [*_between(ctx, _CHOSEN)]


def scope(ctx: Context) -> Iterator[Named]:
    """Give the places that the plan says it is for (实施范围为甲省、乙省)."""
    return _between(ctx, _SCOPE)


def _between(ctx: Context, rule: str) -> Iterator[Named]:
    """Give the lists of places between what a rule says opens them and what it says closes them."""
    closes, of_people = ctx.pattern(rule, "closes"), ctx.pattern("locations.work", "no_thing")
    for opening in place_behind(ctx.vocabulary, rule, "opens").finditer(ctx.text):
        listed = places_from(ctx.vocabulary, ctx.text, opening.end(), len(ctx.text))
        # 为台湾同胞提供便利: who comes from there, and no place where something is done.
        if listed and closes.match(ctx.text, listed.span.end) and not of_people.match(ctx.text, listed.span.end):
            yield Named(Span(opening.start(), listed.span.end), listed.names, rule)


def toward(ctx: Context) -> list[Named]:
    """Give the places that something is done for or is moved to (引导企业向滨湖区集聚; 由南山县承担试点; 对江苏、山东给予支持)."""
    return [*_between(ctx, _TOWARD)]


def shares(ctx: Context) -> Iterator[Named]:
    """Give the places among which a number is shared out (滨湖区8个、南山县12个)."""
    amount, joins = ctx.pattern(_SHARES, "amount"), ctx.pattern(_SHARES, "joins")
    for opening in ctx.everywhere(_SHARES, "opens"):
        at, names = opening.end(), []
        while (name := place_pattern(ctx.vocabulary).match(ctx.text, at)) and (number := amount.match(ctx.text, name.end())):
            names.append(name[0])
            joint = joins.match(ctx.text, number.end())
            at = joint.end() if joint else number.end()
        if len(names) > 1 or (names and opening["among"]):
            yield Named(Span(opening.start(), at), tuple(names), _SHARES)


def short_own(ctx: Context, here: Place) -> str:
    """Give the short name of the plan's own place (海州 of 海州市, 云泽 of 云泽苗族侗族自治州)."""
    peoples = ctx.find("locations.peoples")(here.narrowest)
    return here.narrowest[: peoples.start()] if peoples else ctx.pattern(_OWN, "unit").sub("", here.narrowest)


def own(ctx: Context, here: Place) -> Iterator[Named]:
    """Give the plan's own place where its short name says that something is done there (在海州设立总部)."""
    name, short = here.narrowest, short_own(ctx, here)
    if len(short) < 2 or short == name:
        return
    opens, closes = ctx.pattern(_OWN, "opens"), ctx.pattern(_OWN, "closes")
    at = ctx.text.find(short)
    while at >= 0:
        end = at + len(short)
        if opens.search(ctx.text, max(0, at - 4), at) and closes.match(ctx.text, end):
            yield Named(Span(at, end), (name,), _OWN, short=short)
        at = ctx.text.find(short, end)


def bare(ctx: Context) -> list[Named]:
    """Give names that stand bare in a list that a unit (3个县) or 等地 closes."""
    open_list, no_place = finder(ctx.vocabulary, "locations.open_list"), pattern(ctx.vocabulary, _BARE, "no_place")
    found = []
    for match in ctx.everywhere(_BARE):
        last = open_list(match["list"])
        names = tuple(match["list"][: last.start() if last else None].split("、"))
        if match["region"] and any(no_place.search(name) for name in names):
            continue
        kind = next((kind for kind in _KINDS if match["unit"] in ctx.vocabulary.role(_UNIT + kind)), "region")
        found.append(Named(Span(*match.span()), names, _BARE, kind))
    return found
