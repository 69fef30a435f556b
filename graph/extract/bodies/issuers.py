"""Who issued the plan: said in a sentence (甲联合乙、丙等9部门印发), signed under it, or named in its title."""

from __future__ import annotations

import re

from ...core.model import Mention, Span
from ...text.dates import CHINESE_DATE
from ..context import Context
from .names import bodies_in, is_body

_LONGEST_DATE = 26
_TOP_LINES = 12


def find_issuers(ctx: Context) -> None:
    """Add the bodies that issued the plan. 转发 and 经…同意 make no issuer."""
    if ctx.plan is None:
        return
    if ctx.is_interpretation:
        _joint(ctx)
        return
    if not _signatures(ctx):
        _masthead(ctx)


def _issue(ctx: Context, name: str, spans: tuple[Span, ...], rule: str) -> None:
    assert ctx.plan is not None
    ctx.claim(ctx.plan, "issuedBy", Mention("Organization", name), spans, rule)


def _joint(ctx: Context) -> None:
    before = ctx.regex("org.before")
    several, others, first_of, together = (ctx.pattern("issuers.joint", key) for key in ("several", "others", "first", "with"))
    for match in several.finditer(ctx.text):
        sentence = ctx.sentence(match.start("list"))
        if ctx.names_plan(sentence):
            for name, _ in bodies_in(ctx, Span(*match.span("list"))):
                if not together.search(name):
                    _issue(ctx, name, (sentence,), "issuers.joint")
    for match in others.finditer(ctx.text):
        sentence = ctx.sentence(match.start())
        who = first_of.search(ctx.text, max(sentence.start, match.start() - 30), match.start())
        if who is None or not ctx.names_plan(sentence):
            continue
        first = before.split(who["first"])[-1]
        names = [first] if is_body(ctx, first) else []
        names += [name for name, _ in bodies_in(ctx, Span(*match.span("others")))]
        for name in names:
            _issue(ctx, name, (sentence,), "issuers.joint")


def _signatures(ctx: Context) -> bool:
    """Find lines of nothing but bodies directly above a date."""
    lines = ctx.document.lines
    found = False
    for index, line in enumerate(lines):
        if line.end - line.start > _LONGEST_DATE:
            continue
        content = ctx.text[line.start : line.end].strip("（）() ")
        date = CHINESE_DATE.search(content)
        if not date or date.end() < len(content) - 2:
            continue
        above = index - 1
        signed: list[tuple[str, Span]] = []
        while above >= 0:
            names = ctx.text[lines[above].start : lines[above].end].split(" ")
            if not all(is_body(ctx, name) for name in names):
                break
            signed[:0] = [(name, Span(lines[above].start, lines[above].end)) for name in names]
            above -= 1
        leading = content[: date.start()].strip()
        if leading and is_body(ctx, leading):
            signed.append((leading, Span(line.start, line.end)))
        for name, span in signed:
            _issue(ctx, name, (span, ctx.plan_span), "issuers.signed")
        if signed:
            found = True
            break
    return found


def _full_title(ctx: Context) -> re.Match[str] | None:
    """Find the line near the top that gives the title in full, with its issuers, where the heading of the copy leaves them out."""
    assert ctx.plan is not None
    begins = ctx.pattern("issuers.title")
    core = re.sub(r"[（(][^（）()]*[)）]$", "", ctx.plan.label)
    for line in ctx.document.lines[:_TOP_LINES]:
        match = begins.match(ctx.text, line.start, line.end)
        if match and core in ctx.text[line.start : line.end].replace(" ", ""):
            return match
    return None


def _masthead(ctx: Context) -> None:
    """Take the body that a title begins with (国务院办公厅关于…)."""
    title = ctx.document.metadata["title"]
    match = ctx.pattern("issuers.title").match(title)
    if not match:
        match = _full_title(ctx)
        if match is None:
            return
        span = Span(*match.span())
    else:
        start = ctx.text.find(title)
        line = ctx.document.lines[0]
        span = Span(start, start + len(title)) if start >= 0 else Span(line.start, line.end)
    for name in match["who"].split(" "):
        if is_body(ctx, name) and ctx.text.find(name, span.start, span.end) >= 0:
            _issue(ctx, name, (span, ctx.plan_span), "issuers.title")
