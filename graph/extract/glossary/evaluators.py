"""Who evaluates, monitors or assesses how the plan is carried out; how often is a frequency of the task that says it."""

from __future__ import annotations

from ...core.model import Mention, Span
from ...text.normalize import strip_span
from ...text.sentences import behind_last
from ..bodies.names import is_body, may_name, names_in
from ..context import Context

_RULE, _OVERSEES = "glossary.evaluates", "glossary.oversees"
_FORMS = ("commissioned", "joint", "match", "passive", "after", "listed")
"""The templates of who evaluates, in the order in which a sentence is read by them."""


def find_evaluators(ctx: Context) -> None:
    """Add the bodies that the plan says evaluate it; a sentence that names no body alone before its verb gives none."""
    if ctx.plan is None or not ctx.has_work:
        return
    for about in ctx.everywhere(_RULE, "about"):
        sentence = ctx.sentence(about.start())
        if not may_name(ctx, sentence):
            continue
        found = (next(ctx.within(sentence, _RULE, form), None) for form in _FORMS)
        taken = next((match for match in found if match and _claim(ctx, Span(*match.span("who")), sentence, _RULE)), None)
        # 由甲局牵头、乙局配合，对…; 甲局开展…评估，乙局配合
        helped = ctx.pattern(_RULE, "helped").match(ctx.text, taken.end(), sentence.end) if taken else None
        # 甲部负责监测，2028年委托乙院开展评估.
        entrusted = ctx.pattern(_RULE, "entrusted").search(ctx.text, *sentence)
        for named in filter(None, (taken, helped, entrusted)):
            if "with" in named.groupdict():
                _claim(ctx, Span(*named.span("with")), sentence, _RULE)
    doers: dict[Span, list[Mention]] = {}
    for duty in (claim for role in ("responsibleBody", "ledBy", "supportedBy") for claim in ctx.claims_of(role)):
        doers.setdefault(duty.spans[0], []).append(duty.object)
    for about in ctx.everywhere(_OVERSEES, "about"):
        sentence = ctx.sentence(about.start())
        if not may_name(ctx, sentence):
            continue
        at = _behind_head(ctx, behind_last(ctx.text, "，；：", sentence.start, about.start()))
        if ctx.pattern(_OVERSEES, "goes_on").fullmatch(ctx.text, at, about.start()) and _in_safeguard(ctx, about.start()):
            # 甲局会同乙局建立监测制度，2028年开展中期评估: the same bodies do both.
            for body in doers.get(sentence, ()):
                ctx.claim(ctx.plan, "evaluatedBy", body, ctx.with_plan(sentence), _OVERSEES)
            continue
        match = ctx.pattern(_OVERSEES).search(ctx.text[at : about.start()])
        if match and _in_safeguard(ctx, about.start()) and _claim(ctx, Span(at + match.start("who"), at + match.end("who")), sentence, _OVERSEES):
            entrusted = ctx.pattern(_RULE, "entrusted").search(ctx.text, about.end(), sentence.end)
            if entrusted:
                _claim(ctx, Span(*entrusted.span("with")), sentence, _OVERSEES)


def _claim(ctx: Context, who: Span, sentence: Span, how: str) -> bool:
    """Claim the bodies of a stretch that holds nothing else; tell whether it does."""
    assert ctx.plan is not None
    who = strip_span(ctx.text, *who)
    names = names_in(ctx, who)
    about, past, start = ctx.pattern(_RULE, "about"), ctx.regex("told.past"), behind_last(ctx.text, "，；", sentence.start, who.start)
    if not names or not all(is_body(ctx, name) and not about.search(name) for name in names) or past.search(ctx.text, start, who.end):
        return False
    for name in names:
        ctx.claim(ctx.plan, "evaluatedBy", Mention("Organization", name), ctx.with_plan(sentence), how)
    return True


def _behind_head(ctx: Context, position: int) -> int:
    """Give where the text of an item begins that starts at a position: its enumerator is no part of a name."""
    item = ctx.outline.at(position)
    return item.head.start if item is not None and item.start == position else position


def _in_safeguard(ctx: Context, position: int) -> bool:
    """Tell whether a place stands in a safeguard, or in the words behind all work."""
    item = ctx.outline.at(position)
    holders = [ctx.tasks.get(holder.start) for holder in (item, *ctx.outline.ancestors(item))] if item is not None else []
    return all(task is None or task.cls == "Safeguard" for task in holders)
