"""Domains and industries that a plan prioritises, and which industry belongs to which domain.

A domain is a member of a declared count (面向甲、乙、丙三大领域). Its industries stand in the clause that a frame opens (从…甲看，重点培育…),
or the list itself names the group that it belongs to (在A、B、C等未来产业领域), or that it is a priority (等重点领域). Lists of fields inside
tasks that say no such thing are examples and give nothing.
"""

from __future__ import annotations

import re

from ...core.model import Mention, Span
from ...core.rules import rule, template
from ...text.enumerations import clean, is_member, split_list
from ...text.sentences import behind_last
from ..context import Context
from ..counts.declared import Declared, list_before
from ..counts.quoted import unled
from ..guards import Candidate, passes
from ..structure.section_roles import LONGEST_FIELD
from .guards import is_name

_CLAUSE = re.compile(r"[^，。；：\n]+")
_CLOSE = 60
_LONGEST_LIST = 62
_Field = tuple[str, list[str], Span]
"""A field, its industries, and where that is said."""


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
        counted = rule("industries.counted")
        goes_for = found.cls in ("Domain", "Direction") or found.noun in ctx.vocabulary.role("count.product")
        if goes_for and not framed and found.holds and found.count > counted.limit("more_than") and ctx.has_work and _sought(ctx, found):
            for label, place in found.members:
                if len(label) <= counted.limit("longest") and passes(ctx, counted.name, Candidate(*place, (label,))):
                    _industry(ctx, label, ctx.with_plan(place), counted.name)
    # Where a plan sets out all its industries domain by domain, other lists of fields are examples.
    if ctx.has_work and not framed:
        _grouped(ctx)
        _opened(ctx)
        _unclosed(ctx)
        _around(ctx)
        if not ctx.is_interpretation:
            _directed(ctx)


def _sought(ctx: Context, found: Declared) -> bool:
    """Tell whether a plan goes for what a count lists: fields that it only faces it may serve, and of kinds of products it must say that it does."""
    if ctx.pattern("industries.counted", "of_other").match(found.noun):
        # 三个应用方向, 四大研究方向: fields in which something is applied or looked into.
        return False
    label, place = found.members[0]
    at = ctx.text.find(label, *place)
    if found.noun in ctx.vocabulary.role("count.product"):
        return ctx.pattern("industries.opened", "opened_by").search(ctx.text, max(place.start, at - _CLOSE), at) is not None
    faces = ctx.text.startswith(ctx.vocabulary.role("industry.faces"), at - 2)
    return ctx.is_interpretation or not (faces and ctx.find("industries.faced")(ctx.text, found.span.end, place.end))


def _by_field(ctx: Context, declared: list[Declared]) -> bool:
    """Find industries that a sentence sets out field by field (甲领域重点面向A、B行业，乙领域重点面向C、D行业); tell whether there are any."""
    assert ctx.plan is not None
    groups: dict[Span, list[_Field]] = {}
    sets_out = ctx.pattern("industries.by_field")
    for mark in ctx.everywhere("industries.by_field", "marked"):
        start = behind_last(ctx.text, "，。；：\n", 0, mark.start())
        match = sets_out.match(ctx.text, start)
        if match is None:
            continue
        names = _named(ctx, *match.span("list"))
        if all(map(is_name, names)):
            groups.setdefault(ctx.sentence(match.start()), []).append((match["field"], names, ctx.sentence(match.start())))
    _by_line(ctx, groups)
    found = False
    for sentence, fields in groups.items():
        if len(fields) < rule("industries.by_field").limit("least"):
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
    field_line = ctx.pattern("industries.by_field", "line")
    for line in ctx.document.lines:
        match = field_line.match(ctx.text, line.start, line.end)
        names = _named(ctx, *match.span("list")) if match else []
        if not match or not names or not all(map(is_name, names)):
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
    opened, closed = (template(ctx.vocabulary, "industries.framed", key) for key in ("opened_by", "closed_by"))
    openings = sorted(
        (match.start(), match.end(), label)
        for label, _ in domains.members
        for match in re.compile(f"{opened}{re.escape(label)}{closed}").finditer(ctx.text, found.span.end, end)
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
    tails, joints = (ctx.pattern("industries.framed", key) for key in ("list_end", "joined_by"))
    least = rule("industries.framed").limit("least")
    for clause in _CLAUSE.finditer(ctx.text, start, end):
        low, high = clause.span()
        tail = tails.search(ctx.text, low, high)
        list_end = tail.start() if tail else high
        if not joints.search(ctx.text, low, list_end):
            continue
        list_start, _ = list_before(ctx, list_end)
        spans = split_list(ctx.text, max(low, list_start), list_end)
        if len(spans) == 1:
            spans = split_list(ctx.text, max(low, list_start), list_end, 2)
        names = [(clean(ctx.text[s.start : s.end]), s) for s in spans]
        if len(names) >= least and all(name and is_member(name) for name, _ in names):
            return names
    return []


def _named(ctx: Context, start: int, end: int) -> list[str]:
    """Give what the members of the list in a stretch are called."""
    return [clean(ctx.text[s.start : s.end]) for s in split_list(ctx.text, start, end)]


def _names_before(ctx: Context, position: int) -> tuple[str, ...]:
    """Give the names in the list that 等 closes at a position."""
    start, end = list_before(ctx, position)
    names = _named(ctx, start, end)
    if names:
        # 加大甲、乙等重点行业…力度, 改革现有甲、乙等领域 : what comes before the first name is no part of it.
        names[0] = unled(ctx, names[0], ctx.prefixes("list.lead", "verb.work", "adverb"))
    return tuple(names)


def _listed(ctx: Context, name: str, match: re.Match[str]) -> tuple[str, ...]:
    """Give the names in the list that a match closes; empty where they are too few or a guard of the rule stops them."""
    names = _names_before(ctx, match.start())
    enough = len(names) >= rule(name).limit("least")
    return names if enough and passes(ctx, name, Candidate(*match.span(), names)) else ()


def _grouped(ctx: Context) -> None:
    """Find lists closed by the name of their group (等未来产业领域) or by that of a priority (等重点领域)."""
    assert ctx.plan is not None
    for match in ctx.everywhere("industries.grouped"):
        names = _listed(ctx, "industries.grouped", match)
        if not names:
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
    opens = ctx.pattern("industries.opened", "opened_by")
    for match in ctx.everywhere("industries.opened", "closed_by"):
        start, _ = list_before(ctx, match.start())
        low = behind_last(ctx.text, "\n，。；：", 0, start + 1)
        if not opens.search(ctx.text, low, start):
            continue
        for name in _listed(ctx, "industries.opened", match):
            _industry(ctx, name, ctx.with_plan(ctx.sentence(match.start())), "industries.opened")


def _unclosed(ctx: Context) -> None:
    """Find lists that a word of priority opens and nothing closes, of industries alone (优先发展甲业、乙业和丙业)."""
    for match in ctx.everywhere("industries.unclosed"):
        names = tuple(_named(ctx, *match.span("list")))
        found = Candidate(*match.span(), names)
        if len(names) >= rule("industries.unclosed").limit("least") and passes(ctx, "industries.unclosed", found):
            for name in names:
                _industry(ctx, name, ctx.with_plan(ctx.sentence(match.start())), "industries.unclosed")


def _around(ctx: Context) -> None:
    """Find lists with words on both sides (以A、B等行业为重点)."""
    opens = ctx.pattern("industries.around", "opened_by")
    for closing in ctx.everywhere("industries.around", "closed_by"):
        match = opens.search(ctx.text, max(0, closing.start() - _LONGEST_LIST), closing.start())
        # 以甲、乙等行业为重点: of a mere rank the field must be said, or the list is one of anything.
        if match is None or (closing["rank"] and not (match["etc"] and match["field"])):
            continue
        names = tuple(_named(ctx, *match.span("list")))
        found = Candidate(match.start(), closing.end(), names)
        if len(names) >= rule("industries.around").limit("least") and passes(ctx, "industries.around", found):
            for name in names:
                _industry(ctx, name, ctx.with_plan(ctx.sentence(closing.start())), "industries.around")


def _directed(ctx: Context) -> None:
    """Find lists of fields (在A、B、C等领域) where a plan sets its course: in its goals, or under a heading of 方向."""
    headings = ctx.pattern("industries.directed", "heading")
    fields = ctx.pattern("industries.directed")
    for item in ctx.outline.items:
        if item.role != "goal" and not headings.search(ctx.outline.label(item)):
            continue
        for match in fields.finditer(ctx.text, item.start, max(item.body.end, item.head.end)):
            names = _listed(ctx, "industries.directed", match)
            spans = (ctx.sentence(match.start()), ctx.head_span(item), *ctx.with_plan(ctx.sentence(match.start()))[1:])
            for name in names:
                _industry(ctx, name, spans, "industries.directed")
