"""Who issued the plan: said in a sentence (甲联合乙、丙等9部门印发), signed under it, or named in its title."""

from __future__ import annotations

import re

from ...core.model import Mention, Span
from ...text.dates import SIGNED
from ..context import Context
from .names import bodies_in, first_of_two, is_body

_LONGEST_DATE = 26
_LONGEST_TAIL = 120
_LONGEST_SIGNED = 240
"""How long a line of bodies may be that runs into the date behind them."""
_TOP_LINES = 12
_LONGEST_NAME = 24


def find_issuers(ctx: Context) -> None:
    """Add the bodies that issued the plan. 转发 and 经…同意 make no issuer."""
    if ctx.plan is None:
        return
    if ctx.is_interpretation:
        _joint(ctx)
        return
    if not (_signatures(ctx) or _masthead(ctx) or _named_behind(ctx)):
        # 近日，甲、乙印发了《…》，全文如下: the frame in which an agency puts a plan.
        _joint(ctx)


def _issue(ctx: Context, name: str, spans: tuple[Span, ...], rule: str) -> None:
    assert ctx.plan is not None
    ctx.claim(ctx.plan, "issuedBy", Mention("Organization", name), spans, rule)


def _joint(ctx: Context) -> None:
    before = ctx.regex("org.before")
    several, others, first_of, together = (ctx.pattern("issuers.joint", key) for key in ("several", "others", "first", "with"))
    named = ctx.named_in()
    # The mark before a list of bodies may be the one that ends the sentence before.
    for match in (match for span in named for match in several.finditer(ctx.text, max(0, span.start - 2), span.end)):
        sentence = ctx.sentence(match.start("list"))
        if ctx.names_plan(sentence):
            for name, _ in bodies_in(ctx, Span(*match.span("list"))):
                if not together.search(name):
                    _issue(ctx, name, (sentence,), "issuers.joint")
    for match in (match for span in named for match in others.finditer(ctx.text, *span)):
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
    seal, second = ctx.pattern("issuers.seal"), ctx.find("issuers.second")
    found = False
    for index, line in enumerate(lines):
        if glued := _signed_within(ctx, Span(line.start, line.end)):
            for name in glued:
                _issue(ctx, name, (Span(line.start, line.end), ctx.plan_span), "issuers.signed")
            found = True
            break
        if line.end - line.start > (_LONGEST_SIGNED if ctx.text[line.end - 1] == ctx.vocabulary.word("wording.day") else _LONGEST_DATE):
            continue
        content = ctx.text[line.start : line.end].strip("（）() ")
        date = SIGNED.search(content)
        if not date or date.end() < len(content) - 2:
            continue
        above = index - 1
        signed: list[tuple[str, Span]] = []
        while above >= 0:
            signature = seal.sub("", ctx.text[lines[above].start : lines[above].end]).rstrip()
            if (other := second(signature)) and is_body(ctx, other["body"]):
                # （甲委员会） on a line of its own: the other name of the body above.
                above -= 1
                continue
            names = [first_of_two(ctx, name) for name in signature.split(" ")]
            if not all(is_body(ctx, name) for name in names):
                break
            signed[:0] = [(name, Span(lines[above].start, lines[above].end)) for name in names]
            above -= 1
        leading = content[: date.start()].strip()
        if leading:
            whole = [leading] if len(content) <= _LONGEST_DATE and is_body(ctx, leading) else []
            signed += [(name, Span(line.start, line.end)) for name in known_names(ctx, leading) or whole]
        for name, span in signed:
            _issue(ctx, name, (span, ctx.plan_span), "issuers.signed")
        if signed:
            found = True
            break
    return found


def _signed_within(ctx: Context, line: Span) -> list[str]:
    """Give the bodies that a line ends with in front of its date: a copy ran the signature into the paragraph (…执行。 甲局 2026年8月17日)."""
    if line.end - line.start <= _LONGEST_DATE or ctx.text[line.end - 1] != ctx.vocabulary.word("wording.day"):
        return []
    tail = ctx.text[max(line.start, line.end - _LONGEST_TAIL) : line.end]
    date = list(SIGNED.finditer(tail))
    stop = tail.rfind("。", 0, date[-1].start()) if date else -1
    if not date or stop < 0 or date[-1].end() < len(tail) - 1:
        return []
    names = tail[stop + 1 : date[-1].start()].split()
    return names if names and all(is_body(ctx, name) for name in names) else []


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


def _masthead(ctx: Context) -> bool:
    """Take the body that a title begins with (国务院办公厅关于…); tell whether there is one."""
    assert ctx.plan is not None
    title = ctx.document.metadata["title"]
    begins = ctx.pattern("issuers.title")
    match = begins.match(title)
    if match:
        start = ctx.text.find(title)
        line = ctx.document.lines[0]
        span = Span(start, start + len(title)) if start >= 0 else Span(line.start, line.end)
    elif match := _full_title(ctx):
        span = Span(*match.span())
    elif match := begins.match(ctx.plan.label):
        span = ctx.plan_span
    else:
        return False
    names = [name for name in match["who"].split(" ") if is_body(ctx, name)] or known_names(ctx, match["who"])
    said = [name for name in names if ctx.text.find(name, span.start, span.end) >= 0]
    for name in said:
        _issue(ctx, name, (span, ctx.plan_span), "issuers.title")
    return bool(said)


def _named_behind(ctx: Context) -> bool:
    """Take the bodies that the first line names behind the title (关于…的意见，国务院); tell whether there are any."""
    line = ctx.document.lines[0]
    match = ctx.pattern("issuers.behind").search(ctx.text, line.start, line.end)
    names = [name for part in match["who"].split("/") for name in known_names(ctx, part.strip())] if match else []
    for name in names:
        _issue(ctx, name, (Span(line.start, line.end), ctx.plan_span), "issuers.behind")
    return bool(names)


def known_names(ctx: Context, text: str) -> list[str]:
    """Part a run of bodies without marks between them (中央宣传部教育部) where the vocabulary knows every one of them; else give none."""
    found, start = [], 0
    while start < len(text):
        sizes = range(min(_LONGEST_NAME, len(text) - start), 1, -1)
        size = next((size for size in sizes if ctx.vocabulary.knows("Organization", text[start : start + size])), 0)
        if not size:
            return []
        found.append(text[start : start + size])
        start += size
    return found
