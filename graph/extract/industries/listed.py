"""Domains and industries that a plan prioritises, and which industry belongs to which domain.

A domain is a member of a declared count (面向甲、乙、丙三大领域). Its industries stand in the clause that a frame opens (从…甲看，重点培育…),
or the list itself names the group that it belongs to (在A、B、C等未来产业领域), or that it is a priority (等重点领域). Lists of fields inside
tasks that say no such thing are examples and give nothing.
"""

from __future__ import annotations

import re

from ...core.model import Mention, Span
from ...text.enumerations import clean, is_member, split_list
from ..context import Context
from ..counts.declared import Declared, list_before
from ..counts.quoted import unled
from ..structure.section_roles import LONGEST_FIELD, is_work
from ..words import only_verbs

_CLAUSE = re.compile(r"[^，。；：\n]+")
_CONJUNCTION = re.compile(r"、|和|与|及")
_LONGEST_NAME = 14
_CLOSE = 60
_Field = tuple[str, list[str], Span]
"""A field, its industries, and where that is said."""
_FIELD_LINE = re.compile(
    r"(?P<field>[^，。；：、\n]{2,8})(?:领域|方向|产业|行业)[。：](?:(?:重点|主要|着力|优先)?(?:发展|培育|推进|面向|布局|支持|包括|聚焦|突破))?"
    r"(?P<list>[^，。；：\n]{2,80})[。；]?$"
)


def find_industries(ctx: Context, declared: list[Declared]) -> None:
    """Add domains, industries and which belongs to which."""
    if ctx.plan is None:
        return
    for index, found in enumerate(declared):
        if found.cls != "Industry" or found.members:
            continue
        domains = next((d for d in reversed(declared[:index]) if d.cls == "Domain" and d.members), None)
        if domains is not None:
            _framed(ctx, found, domains)
    for found in declared:
        if found.cls == "Industry" and found.rule in ("declarations.list_before", "declarations.list_after"):
            for label, place in found.members:
                _industry(ctx, label, ctx.with_plan(place), "industries.listed")
    for item in ctx.outline.items:
        if item.role == "field" and item.start not in ctx.containers:
            label = ctx.outline.label(item)
            holder = ctx.outline.items[item.parent]
            if holder.role == "field" and holder.start in ctx.containers and 2 <= len(label) <= LONGEST_FIELD:
                _industry(ctx, label, (ctx.head_span(item), ctx.head_span(holder), *ctx.with_plan(ctx.head_span(item))[1:]), "industries.headed")
    framed = any(found.rule == "declarations.framed" for found in declared)
    by_field = _by_field(ctx, declared)
    framed = framed or by_field
    for found in declared:
        # 聚焦甲、乙、丙三大方向 : directions and fields that are counted are those that the plan goes for.
        if found.cls in ("Domain", "Direction") and not framed and found.holds and found.count > 2 and ctx.has_work:
            for label, place in found.members:
                if len(label) <= _LONGEST_NAME and not is_work(ctx, label):
                    _industry(ctx, label, ctx.with_plan(place), "industries.counted")
    # Where a plan sets out all its industries domain by domain, other lists of fields are examples.
    if ctx.has_work and not framed:
        _grouped(ctx)
        _opened(ctx)
        if not ctx.is_interpretation:
            _directed(ctx)


def _by_field(ctx: Context, declared: list[Declared]) -> bool:
    """Find industries that a sentence sets out field by field (甲领域重点面向A、B行业，乙领域重点面向C、D行业); tell whether there are any."""
    assert ctx.plan is not None
    groups: dict[Span, list[_Field]] = {}
    sets_out = ctx.regex(
        "industry.sets_out", before=r"(?:在)?(?P<field>[^，。；：、\n]{2,8})领域，?(?:", after=r")(?P<list>[^，。；：\n]{4,60}?)等?(?:行业|产业|领域)"
    )
    for mark in ctx.regex("industry.sets_out", before="领域，?(?:", after=")").finditer(ctx.text):
        start = max(ctx.text.rfind(stop, 0, mark.start()) for stop in "，。；：\n") + 1
        match = sets_out.match(ctx.text, start)
        if match is None:
            continue
        names = _named(ctx, *match.span("list"))
        if all(map(_is_name, names)):
            groups.setdefault(ctx.sentence(match.start()), []).append((match["field"], names, ctx.sentence(match.start())))
    _by_line(ctx, groups)
    found = False
    for sentence, fields in groups.items():
        if len(fields) < 2:
            continue
        found = True
        for field, names, place in fields:
            domain, spans = Mention("Domain", field), ctx.with_plan(place)
            ctx.claim(ctx.plan, "hasDomain", domain, spans, "industries.by_field")
            for name in names:
                ctx.claim(_industry(ctx, name, spans, "industries.by_field"), "inDomain", domain, (place,), "industries.by_field")
        told = {
            "Domain": [(field, place) for field, _, place in fields],
            "Industry": [(name, place) for _, names, place in fields for name in names],
        }
        for count in declared:
            # 面向三大领域7个行业: the sentence behind spells out what it counts.
            if not count.members and 0 <= sentence.start - count.span.end <= _CLOSE and len(told.get(count.cls, ())) == count.count:
                count.members, count.rule = told[count.cls], "declarations.by_field"
    return found


def _by_line(ctx: Context, groups: dict[Span, list[_Field]]) -> None:
    """Add fields that have a line each (核心器件领域。重点发展A、B。 or 农业领域：C、D。), line after line."""
    first: Span | None = None
    for line in ctx.document.lines:
        match = _FIELD_LINE.match(ctx.text, line.start, line.end)
        names = _named(ctx, *match.span("list")) if match else []
        if not match or not names or not all(map(_is_name, names)):
            first = None
            continue
        first = first or Span(line.start, line.end)
        groups.setdefault(first, []).append((match["field"], names, Span(line.start, line.end)))


def _industry(ctx: Context, label: str, spans: tuple[Span, ...], rule: str) -> Mention:
    assert ctx.plan is not None
    industry = Mention("Industry", label)
    ctx.claim(ctx.plan, "hasIndustry", industry, spans, rule)
    return industry


def _framed(ctx: Context, found: Declared, domains: Declared) -> None:
    """Find the industries of each domain in the clauses that name it: 从促进甲看，重点培育….

    The members are taken as they stand; whether they are as many as declared is for the report to say.
    """
    assert ctx.plan is not None
    end = ctx.text.find("\n", found.span.end)
    end = len(ctx.text) if end < 0 else end
    closing = ctx.role_pattern("frame.end")
    openings = sorted(
        (match.start(), match.end(), label)
        for label, _ in domains.members
        for match in re.compile(
            rf"(?:从|在)[^，。；\n]{{0,8}}?{re.escape(label)}[^，。；\n]{{0,6}}?(?:{closing})[，,]?"
        ).finditer(ctx.text, found.span.end, end)
    )
    members: list[tuple[str, Span]] = []
    lead = ctx.sentence(domains.span.start)
    for index, (start, after, label) in enumerate(openings):
        limit = openings[index + 1][0] if index + 1 < len(openings) else end
        names = _first_list(ctx, after, limit)
        if not names:
            continue
        domain = Mention("Domain", label)
        ctx.claim(ctx.plan, "hasDomain", domain, ctx.with_plan(lead), "industries.domains")
        # The frame ends where the next one opens, though a semicolon or nothing may part them.
        stop = ctx.text.rfind("，", after, limit) if index + 1 < len(openings) and ctx.text[limit - 1] not in "。；" else limit
        place = Span(start, max(names[-1][1].end, min(stop if stop > after else limit, ctx.sentence(names[-1][1].start).end)))
        for name, _ in names:
            industry = _industry(ctx, name, (place, *ctx.with_plan(lead)), "industries.framed")
            ctx.claim(industry, "inDomain", domain, (place,), "industries.framed")
            members.append((name, place))
    if members:
        found.members, found.rule = members, "declarations.framed"


def _first_list(ctx: Context, start: int, end: int) -> list[tuple[str, Span]]:
    """Give the members of the first list in a stretch: a clause with 、, or two things joined by 和."""
    tails = ctx.regex("list.tail", before="(?:等(?:", after=")?)?的[^、]*$|等[^、]*$")
    for clause in _CLAUSE.finditer(ctx.text, start, end):
        low, high = clause.span()
        tail = tails.search(ctx.text, low, high)
        list_end = tail.start() if tail else high
        if not _CONJUNCTION.search(ctx.text, low, list_end):
            continue
        list_start, _ = list_before(ctx, list_end)
        spans = split_list(ctx.text, max(low, list_start), list_end)
        if len(spans) == 1:
            spans = split_list(ctx.text, max(low, list_start), list_end, 2)
        names = [(clean(ctx.text[s.start : s.end]), s) for s in spans]
        if len(names) >= 2 and all(name and is_member(name) for name, _ in names):
            return names
    return []


def _named(ctx: Context, start: int, end: int) -> list[str]:
    """Give what the members of the list in a stretch are called."""
    return [clean(ctx.text[s.start : s.end]) for s in split_list(ctx.text, start, end)]


def _is_name(name: str) -> bool:
    """Tell whether a member of a list is short enough, and whole enough, to name an industry."""
    return 2 <= len(name) <= _LONGEST_NAME and is_member(name)


def _names_before(ctx: Context, position: int) -> list[str]:
    """Give the names in the list that 等 closes at a position; empty when they are not all short names."""
    start, end = list_before(ctx, position)
    names = _named(ctx, start, end)
    if not names:
        return []
    # 加大甲、乙等重点行业…力度, 改革现有甲、乙等领域 : what comes before the first name is no part of it.
    names[0] = unled(ctx, names[0], ctx.prefixes("list.lead", "verb.work", "adverb"))
    if not all(_is_name(name) and "等" not in name for name in names):
        return []
    # 制度规则统一、要素市场整合 : what is to become of things, and no fields.
    states = only_verbs(ctx.vocabulary)
    if sum(1 for name in names if states.at(name, len(name) - 2) == 2 and len(name) > 4) * 2 > len(names):
        return []
    return names


def _at_risk(ctx: Context, match: re.Match[str]) -> bool:
    """Tell whether the clause around a list speaks of risks (等重点行业领域安全生产执法); its members may (城市治理)."""
    risks = ctx.regex("industry.not")
    sentence = ctx.sentence(match.start())
    end = ctx.text.find("，", match.end(), sentence.end)
    start = max(ctx.text.rfind("，", sentence.start, match.start()) + 1, sentence.start)
    before = min(list_before(ctx, match.start())[0], ctx.text.find("、", start, match.start()))
    behind = risks.search(ctx.text, match.end(), end if end >= 0 else sentence.end)
    return behind is not None or risks.search(ctx.text, start, max(start, before)) is not None


def _is_past(ctx: Context, position: int) -> bool:
    sentence = ctx.sentence(position)
    return ctx.regex("target.past").search(ctx.text, *sentence) is not None


def _grouped(ctx: Context) -> None:
    """Find lists closed by the name of their group (等未来产业领域) or by that of a priority (等重点领域).

    What follows must not turn the list into one of risks (等重点行业领域安全生产执法).
    """
    assert ctx.plan is not None
    group, priority = ctx.role_pattern("industry.group"), ctx.role_pattern("industry.priority")
    pattern = ctx.regex(
        "industry.field",
        before=rf"等(?:一系列)?(?:(?P<group>{group})|(?P<priority>{priority}))(?P<more>(?:和|、)(?:{group}))?(?:重点|发展|基础设施)*(?P<field>",
        after=")?",
    )
    for match in pattern.finditer(ctx.text):
        if _at_risk(ctx, match):
            continue
        if ctx.is_interpretation and _is_past(ctx, match.start()):
            continue
        named = match["group"] or match["priority"]
        if not match["field"] and not named.endswith(("产业", "行业", "领域", "方向", "赛道")):
            continue
        names = _names_before(ctx, match.start())
        if len(names) < 2:
            continue
        sentence = ctx.sentence(match.start())
        spans = ctx.with_plan(sentence)
        industries = [_industry(ctx, name, spans, "industries.grouped") for name in names]
        # 重点领域 is a rank and no domain; and an interview's groups change with the speaker.
        if match["group"] and not match["more"] and not ctx.is_interpretation:
            domain = Mention("Domain", match["group"])
            ctx.claim(ctx.plan, "hasDomain", domain, spans, "industries.grouped")
            for industry in industries:
                ctx.claim(industry, "inDomain", domain, (sentence,), "industries.grouped")


def _opened(ctx: Context) -> None:
    """Find lists that a word of priority opens and a field closes (重点发展A、B、C等产业)."""
    opens = ctx.regex("industry.opens", before="(?:", after=")(?:了|以|好)?$")
    for match in ctx.regex("industry.field", before="等(?:", after=")(?!的?[应使]用)").finditer(ctx.text):
        start, _ = list_before(ctx, match.start())
        first = ctx.text.find("、", start, match.start())
        low = max(ctx.text.rfind(mark, 0, start + 1) for mark in "，。；\n：") + 1
        if first < 0 or not opens.search(ctx.text, low, start) or _at_risk(ctx, match) or _is_past(ctx, match.start()):
            continue
        names = _names_before(ctx, match.start())
        if len(names) >= 2:
            for name in names:
                _industry(ctx, name, ctx.with_plan(ctx.sentence(match.start())), "industries.opened")


def _directed(ctx: Context) -> None:
    """Find lists of fields (在A、B、C等领域) where a plan sets its course: in its goals, or under a heading of 方向."""
    headings = ctx.regex("industry.heading", before="(?:", after=")$")
    fields = ctx.regex("industry.field", before="等(?:", after=")")
    for item in ctx.outline.items:
        if item.role != "goal" and not headings.search(ctx.outline.label(item)):
            continue
        for match in fields.finditer(ctx.text, item.start, max(item.body.end, item.head.end)):
            if _at_risk(ctx, match):
                continue
            names = _names_before(ctx, match.start())
            if len(names) >= 3:
                spans = (ctx.sentence(match.start()), ctx.head_span(item), *ctx.with_plan(ctx.sentence(match.start()))[1:])
                for name in names:
                    _industry(ctx, name, spans, "industries.directed")
