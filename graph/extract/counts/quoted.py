"""Counts in quotation marks (“四位一体”, “两个允许”, “三委两局”): a number with a short word, and the list that spells it out.

What is counted has no noun that the vocabulary could know; only a list of exactly as many members makes it a count.
"""

from __future__ import annotations

import re

from ...core.model import Span
from ...text.enumerations import clean
from ...text.numerals import parse_count
from ..context import Context
from ..words import Prefixes, only_verbs
from .declared import Declared, list_before, members_in

_SHORT_NAME = 4
_RUNS_ON = 2
"""A list of short names whose first is more than so many times as long as any other has words in front that are none of it."""
_LONGEST_FORM = 20
"""How long the words are that stand between a list and its short form (（以下统一简称)."""


def quoted_counts(ctx: Context, known: set[int]) -> list[Declared]:
    """Find quoted counts (“四位一体”, “四张清单”) with exactly as many members in the list before them or spelled out behind them."""
    text = ctx.text
    found = []
    joining = (*ctx.vocabulary.role("list.joint"), "、", "”")
    for match in ctx.everywhere("declarations.quoted"):
        count = parse_count(match["n"])
        if not count or count < 2 or match.start("text") in known:
            continue
        declared = Declared(count, match["rest"], match["text"], Span(*match.span("text")), "")
        shortened = ctx.find("declarations.abbreviated")(text, max(0, match.start() - _LONGEST_FORM), match.start())
        end = shortened.start() if shortened else match.start()
        members: list[tuple[str, Span]] = []
        # 甲、乙和“三农”: the quoted word is itself one of the list; and two things before one in quotes are two by chance.
        if text[end - 1 : end] not in joining and (shortened or count > 2):
            start, _ = list_before(ctx, end)
            members = members_in(ctx, start, end, count)
        if len(members) > 1:
            label, place = members[0]
            # Where the second is a thing, the first is one too: 制订服务领域、服务内容….
            verbs = only_verbs(ctx.vocabulary)
            label = label if verbs.at(members[1][0]) else unled(ctx, ctx.pattern("declarations.uncounted").sub("", label), verbs)
            lead = ctx.prefixes("verb.measure").at(label)
            # 实行行政、人员、财务: what is left is as long as the next.
            members[0] = (label[lead:] if len(label) - lead == len(members[1][0]) else label, place)
        rule = "declarations.list_before"
        if len(members) != count:
            members, rule = _spelled(ctx, match.end(), count), "declarations.list_after"
        if len(members) == count and not _runs_on(members):
            declared.members, declared.rule = members, rule
            found.append(declared)
    return found + _summed(ctx, known)


def _runs_on(members: list[tuple[str, Span]]) -> bool:
    """Tell whether the first member holds more than a name: 4月15日前公布…行政 beside 监测、预警、转移, words of one kind and length."""
    first, *others = (len(label) for label, _ in members)
    return first > _RUNS_ON * max(others) and max(others) <= _SHORT_NAME


def _summed(ctx: Context, known: set[int]) -> list[Declared]:
    """Find counts that add up (“三委两局”, “一核两翼”) with exactly as many members spelled out behind them."""
    found = []
    for match in ctx.everywhere("declarations.summed"):
        numbers = [parse_count(char) for char in match["text"][::2]]
        count = sum(number for number in numbers if number)
        members = _spelled(ctx, match.end(), count) if match.start("text") not in known else []
        if len(members) == count:
            declared = Declared(count, match["text"], match["text"], Span(*match.span("text")), "", members)
            declared.rule = "declarations.list_after"
            found.append(declared)
    return found


def unled(ctx: Context, name: str, leads: Prefixes) -> str:
    """Take leading words off the first member of a list of things (加大甲、乙; 改革现有甲、乙); a known name is left alone."""
    name = ctx.pattern("declarations.done").sub("", name)
    whole = name
    while not any(ctx.vocabulary.knows(cls, name) for cls in ("Industry", "Technology")):
        length = leads.at(name)
        # 互联网金融: a noun may begin as a verb does, and behind a verb a single character is no other (抓好建筑施工).
        if not length or (length == 1 and name != whole) or len(name) - length < 2 or ctx.prefixes("measure.noun").at(name) > length:
            break
        name = name[length:]
    return name


def _spelled(ctx: Context, position: int, count: int) -> list[tuple[str, Span]]:
    """Take the members behind a quoted count: in brackets, or after 即/是指; parted by 、, else by commas."""
    spelled = ctx.find("declarations.spelled")(ctx.text, position)
    if not spelled:
        return []
    closing = "）" if spelled["mark"] == "（" else "”" if spelled["mark"].endswith("“") else "。；"
    end = min((at for mark in closing if (at := ctx.text.find(mark, spelled.end())) >= 0), default=-1)
    if end < 0 or end - spelled.end() > 240 or "\n" in ctx.text[spelled.end() : end]:
        return []
    if "、" in ctx.text[spelled.end() : end] or count == 2:
        members = members_in(ctx, spelled.end(), end, count)
        if len(members) == count:
            return members
    parts = re.split(r"[，；]", ctx.text[spelled.end() : end])
    place = ctx.sentence(spelled.end())
    return [(clean(part), place) for part in parts] if len(parts) == count else []
