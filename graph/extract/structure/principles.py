"""Principles: items under 基本原则, enumerated or not, and those that a sentence of an interpretation lists."""

from __future__ import annotations

from ...core.model import Mention, Span
from ...text.enumerations import clean, split_list
from ...text.normalize import strip_span
from ...text.sentences import clauses_in
from ..context import Context
from ..outline import Item

_LONGEST_PRINCIPLE = 40
_SHORTEST_HEAD = 4
_STOPS = "。；，, "
LONGEST_HEAD = 24
"""How long a paragraph's first sentence may be to be its head, where no enumerator marks it."""


def listed_principles(ctx: Context) -> None:
    """Principles in a sentence: 按照甲、乙、丙的基本原则."""
    assert ctx.plan is not None
    if not ctx.is_interpretation:
        return
    pattern = ctx.pattern("structure.principles_listed")
    for match in pattern.finditer(ctx.text):
        for member in split_list(ctx.text, *match.span("list")):
            label = clean(ctx.text[member.start : member.end])
            if 2 <= len(label) <= 16:
                spans = ctx.with_plan(ctx.sentence(match.start()))
                ctx.claim(ctx.plan, "hasPrinciple", Mention("Principle", label), spans, "structure.principles_listed")


def find_principle(ctx: Context, item: Item) -> None:
    """Add an item under 基本原则, or the paragraphs of a section whose principles bear no enumerators."""
    assert ctx.plan is not None
    if item.start in ctx.containers:
        bullets = all(child.kind == "bullet" for child in ctx.outline.children(item))
        if not item.children or bullets:
            for span in unnumbered_heads(ctx, item, least=1 if item.children else 2):
                text = ctx.text[span.start : span.end]
                spans = (span, *ctx.with_plan(ctx.head_span(item)))
                ctx.claim(ctx.plan, "hasPrinciple", Mention("Principle", text), spans, "structure.principles_unnumbered")
        return
    label = ctx.outline.label(item)
    above = ctx.outline.items[item.parent] if item.parent >= 0 else None
    if 2 <= len(label) <= _LONGEST_PRINCIPLE and (above is None or above.start in ctx.containers):
        spans = (item_span(ctx, item), ctx.plan_near(item.start))
        ctx.claim(ctx.plan, "hasPrinciple", Mention("Principle", label), spans, "structure.principles_enumerated")


def unnumbered_heads(ctx: Context, item: Item, least: int = 2) -> list[Span]:
    """Give the head clauses of a section's paragraphs, where at least so many begin with a short one."""
    heads = []
    for line in ctx.lines_in(item.body.start, item.body.end):
        low, high = max(line.start, item.body.start), min(line.end, item.body.end)
        start = low
        # ——坚持需求导向。… : a dash is no enumerator of a head that stands alone.
        while start < high and ctx.text[start] in "—-•· ":
            start += 1
        stop = ctx.text.find("。", start, high)
        if 0 <= stop - start <= LONGEST_HEAD and stop < high - 1:
            heads.append(strip_span(ctx.text, start, stop))
    return heads if len(heads) >= least else _insisted(ctx, item)


def _insisted(ctx: Context, item: Item) -> list[Span]:
    """Give the head clauses of sentences that run on in one paragraph: 坚持政府引导，…。坚持市场运作，…。"""
    if item.role != "principle":
        return []
    heads = []
    for sentence in ctx.sentences_in(*item.body):
        clause = clauses_in(ctx.text, *sentence)[0]
        # Stricter than under a name without an enumerator: the sentence itself must begin so.
        if ctx.pattern("structure.principles_unnumbered", "insists").match(ctx.text, sentence.start) and clause.end - clause.start <= LONGEST_HEAD:
            heads.append(strip_span(ctx.text, *clause, _STOPS))
    return heads if len(heads) >= 2 else _parted(ctx, item.body)


def _openings(ctx: Context, body: Span) -> list[Span]:
    """Give the clause that each sentence of a paragraph begins with."""
    return [clauses_in(ctx.text, *sentence)[0] for sentence in ctx.sentences_in(*body)]


def _parted(ctx: Context, body: Span) -> list[Span]:
    """Give principles that semicolons part in one paragraph: 系统谋划、协同推进；节水优先、因地制宜."""
    if "；" not in ctx.text[body.start : body.end] or "\n" in ctx.text[body.start : body.end].strip():
        return []
    heads = [strip_span(ctx.text, *clause, _STOPS) for clause in _openings(ctx, body)]
    return heads if len(heads) >= 2 and all(_SHORTEST_HEAD <= head.end - head.start <= LONGEST_HEAD for head in heads) else []


def headed_principles(ctx: Context) -> None:
    """Principles in a paragraph that a name without an enumerator opens: 基本原则：坚持甲，…；坚持乙，…."""
    assert ctx.plan is not None
    names = ctx.regex("section.principle", before="(?:", after=")[。：:]")
    for line in ctx.document.lines:
        named = names.match(ctx.text, line.start, line.end)
        item = ctx.outline.at(line.start) if named else None
        if not named or (item is not None and item.start == line.start):
            continue
        body = Span(named.end(), line.end)
        heads = [
            strip_span(ctx.text, *clause, _STOPS)
            for clause in _openings(ctx, body)
            if ctx.pattern("structure.principles_unnumbered", "insists").match(ctx.text, clause.start)
        ]
        heads = heads if len(heads) >= 2 else _parted(ctx, body)
        for head in heads:
            label = ctx.text[head.start : head.end]
            if len(label) <= LONGEST_HEAD:
                spans = (head, *ctx.with_plan(Span(line.start, named.end())))
                ctx.claim(ctx.plan, "hasPrinciple", Mention("Principle", label), spans, "structure.principles_unnumbered")


def item_span(ctx: Context, item: Item) -> Span:
    """Give the passage that states an item: its heading, or the sentence that its head begins."""
    stop = ctx.text[item.head.end : item.head.end + 1]
    return Span(item.start, item.head.end + (1 if stop in "。；，：" and stop else 0))
