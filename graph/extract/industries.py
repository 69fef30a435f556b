"""Domains and industries that a plan prioritises, and which industry belongs to which domain.

A domain is a member of a declared count (面向甲、乙、丙三大领域). Its industries stand in the clause that a frame opens (从…甲看，重点培育…),
or the list itself names the group that it belongs to (在A、B、C等未来产业领域).
"""

from __future__ import annotations

import re

from graph.extract.context import Context
from graph.extract.declarations import Declared, list_before
from graph.lists import clean, is_member, split_list
from graph.model import Mention, Span


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
    _grouped(ctx)


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
    openings = [
        (match.start(), match.end(), label)
        for label, _ in domains.members
        for match in re.finditer(
            rf"(?:从|在)[^，。；\n]{{0,8}}?{re.escape(label)}[^，。；\n]{{0,6}}?(?:{ctx.role_pattern('frame.end')})[，,]?",
            ctx.text[found.span.end : end],
        )
    ]
    openings = sorted((a + found.span.end, b + found.span.end, label) for a, b, label in openings)
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
    for clause in re.finditer(r"[^，。；：\n]+", ctx.text[start:end]):
        low, high = start + clause.start(), start + clause.end()
        tail = ctx.regex("list.tail", before="(?:等(?:", after=")?)?的[^、]*$|等[^、]*$").search(ctx.text, low, high)
        list_end = tail.start() if tail else high
        if not re.search(r"、|和|与|及", ctx.text[low:list_end]):
            continue
        list_start, _ = list_before(ctx, list_end)
        spans = split_list(ctx.text, max(low, list_start), list_end)
        if len(spans) == 1:
            spans = split_list(ctx.text, max(low, list_start), list_end, 2)
        names = [(clean(ctx.text[s.start : s.end]), s) for s in spans]
        if len(names) >= 2 and all(name and is_member(name) for name, _ in names):
            return names
    return []


def _grouped(ctx: Context) -> None:
    """Find lists closed by the name of their group in sections of the plan's own text: 在A、B、C等未来产业领域."""
    if ctx.is_interpretation or not ctx.has_work:
        return
    for match in ctx.regex("industry.group", before="等(?P<group>", after=")(?:领域|方向)?").finditer(ctx.text):
        start, end = list_before(ctx, match.start())
        names = [clean(ctx.text[s.start : s.end]) for s in split_list(ctx.text, start, end)]
        if len(names) < 3 or not all(name and is_member(name) and len(name) <= 16 for name in names):
            continue
        assert ctx.plan is not None
        sentence = ctx.sentence(match.start())
        domain = Mention("Domain", match["group"])
        spans = ctx.with_plan(sentence)
        ctx.claim(ctx.plan, "hasDomain", domain, spans, "industries.grouped")
        for name in names:
            industry = _industry(ctx, name, spans, "industries.grouped")
            ctx.claim(industry, "inDomain", domain, (sentence,), "industries.grouped")
