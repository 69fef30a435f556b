"""Counts of anything (四类紧缺人才, 三大沙区) whose members stand right before them: no noun needs to be known for these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core.model import Span
from ...text.enumerations import clean
from ...text.numerals import parse_count
from ...text.sentences import behind_last
from ..context import Context
from .declared import NO_COUNT, Declared, list_before, members_in
from .quoted import unled

_LONGEST_ANYTHING = 6
_LONGEST_LED = 24
"""How many characters before its number the noun of a count may begin, with the verb that leads to it."""
_STOPS = "。；：，、！？\n\t"
_LONGEST_QUOTED = 60


def matches_at(text: str, starts: list[int], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Find what a pattern matches at some places, one match behind the other."""
    end = 0
    for start in starts:
        match = pattern.match(text, start) if start >= end else None
        if match:
            end = match.end()
            yield match


def add_counts_of_anything(ctx: Context, declared: list[Declared], starts: list[int]) -> list[Declared]:
    """Add counts of whatever it may be (四类紧缺人才, 三大沙区) that directly follow a list of exactly as many members."""
    known = {found.span.start: index for index, found in enumerate(declared)}
    ends = ctx.prefixes("verb.work", "list.noun_end")
    ordinals = (*NO_COUNT, *ctx.vocabulary.role("declared.ordinal"))
    for match in matches_at(ctx.text, starts, ctx.pattern("declarations.anything")):
        old = known.get(match.start())
        if old is not None and (declared[old].cls or declared[old].members):
            continue
        count = parse_count(match["n"])
        before = ctx.text[match.start() - 1 : match.start()]
        quoted = ctx.text.rfind("“", max(0, match.start() - _LONGEST_QUOTED), match.start()) + 1 if before == "”" else 0
        if before == ctx.vocabulary.word("particle.of"):
            # 老化、漏损严重的二级管网: what the words before describe.
            continue
        if not count or count < 2 or before in ordinals or (before in "，。；：、（）“”《》\n" and not quoted):
            continue
        noun = match["noun"]
        # 三大沙区布局基地: the noun ends where a verb begins.
        cut = next((at for at in range(1, len(noun)) if ends.at(noun, at)), len(noun))
        # 三大粮食作物完全成本保险: a thing that the vocabulary knows ends the noun.
        known_ends, describes = (ctx.vocabulary.role(role) for role in ("count.other", "declared.describes"))
        cut = next((at for at in range(2, cut) if noun[:at].endswith(known_ends) and not noun[:at].endswith(describes)), cut)
        found = Declared(count, noun[:cut], match[0][: len(match[0]) - len(noun) + cut], Span(match.start(), match.end() - len(noun) + cut), "")
        # 按照“快线、干线、支线”三级网络: what the quotation marks hold is the list.
        start, end = (quoted, match.start() - 1) if quoted else list_before(ctx, match.start())
        members = members_in(ctx, start, end, count)
        if len(members) > count:
            members = without_lead(ctx, members, count)
        if len(members) == count and cut <= _LONGEST_ANYTHING and "、" in ctx.text[start:end]:
            members = without_verb(ctx, members)
            longest = max(len(name) for name, _ in members[1:])
            # 市、区两级财政 are levels of government and no count; and what is still too long is no member.
            if longest < 2 or len(members[0][0]) > longest + 4:
                continue
            found.members, found.rule = members, "declarations.list_before"
            if old is None:
                declared.append(found)
            else:
                declared[old] = found
    return declared


def counts_behind(ctx: Context) -> list[Declared]:
    """Find counts behind their noun (建成场馆4座，分别为甲、乙、丙、丁) that are followed by exactly as many members."""
    found = []
    for match in ctx.everywhere("declarations.behind"):
        if ctx.text[match.start() - 1 : match.start()] in NO_COUNT:
            continue
        number = ctx.text[match.start() : match.end("more")]
        low = behind_last(ctx.text, _STOPS, max(0, match.start() - _LONGEST_LED), match.start())
        line = ctx.lines_in(match.start(), match.end())[0]
        item = ctx.outline.at(match.start())
        low = max(low, line.start, item.head.start if item and item.start >= line.start else low)
        noun = unled(ctx, clean(ctx.text[low : match.start()]), ctx.prefixes("list.lead", "verb.work", "target.build", "adverb"))
        count = parse_count(number)
        members = members_in(ctx, *match.span("list"), count) if count and count > 1 and noun else []
        if members and len(members) == count:
            text = noun + number + match["unit"]
            declared = Declared(count, noun, text, Span(match.start(), match.end("unit")), "", members)
            declared.rule = "declarations.list_after"
            found.append(declared)
    return found


def without_verb(ctx: Context, members: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Take off the first member what leads into the list (构建骨干基地、县域中心), where it is the longest and the others name things."""
    label, place = members[0]
    verbs = ctx.prefixes("verb.work")
    if len(label) <= max(len(name) for name, _ in members[1:]) or any(0 < verbs.at(name) < len(name) for name, _ in members[1:]):
        return members
    return [(unled(ctx, label, ctx.prefixes("list.lead", "verb.work", "adverb")), place), *members[1:]]


def without_lead(ctx: Context, members: list[tuple[str, Span]], count: int) -> list[tuple[str, Span]]:
    """Drop what stands before the list where its first member still bears the verb: 市、区共建甲、乙两个基地."""
    verbs = list(ctx.regex("list.verb").finditer(members[-count][0]))
    if not verbs or verbs[-1].end() == len(members[-count][0]):
        return members
    return [(members[-count][0][verbs[-1].end() :], members[-count][1]), *members[len(members) - count + 1 :]]
