"""Provisions: sentences that say who is given how much, at what rate, up to what cap, by whom. Their ceilings are no targets."""

from __future__ import annotations

from decimal import Decimal

from ...core.model import Attributes, Mention, Span
from ...core.rules import rule
from ...text.normalize import strip_span
from ...text.numerals import plain
from ..bodies.names import is_body
from ..context import Context
from ..deadlines.work import Work
from .instruments import instrument

_RULE = "instruments.provision"
_NUMBERS = {"rate": "rate", "cap": "cap", "amount": "amount", "each": "amount", "earmarked": "amount", "share": "rate"}
"""The templates that read a number, each with the attribute that holds it."""


def find_provisions(ctx: Context, work: Work) -> None:
    """Add the provisions of a plan and its tasks, with their numbers, the instrument that they use and who pays."""
    if ctx.plan is None or not ctx.has_work:
        return
    past, gives = ctx.regex("told.past"), ctx.pattern(_RULE, "gives")
    seen: set[Span] = set()
    for number in ctx.everywhere(_RULE, "figure"):
        sentence = ctx.sentence(number.start())
        if sentence in seen or not gives.search(ctx.text, *sentence):
            continue
        seen.add(sentence)
        attrs = _numbers(ctx, sentence)
        if not attrs or past.search(ctx.text, *sentence):
            continue
        _provide(ctx, work, sentence, attrs)


def _numbers(ctx: Context, sentence: Span) -> Attributes:
    """Read the rate, the cap and the amount that a sentence gives, each where it gives one alone."""
    attrs: Attributes = {}
    for key, name in _NUMBERS.items():
        found = {(m["number"], m.groupdict().get("unit", "")) for m in ctx.pattern(_RULE, key).finditer(ctx.text, *sentence)}
        if len(found) == 1:
            number, unit = found.pop()
            value = plain(Decimal(number) * (ctx.vocabulary.units[unit].multiplier if unit in ctx.vocabulary.units else 1))
            if value > 0:
                attrs.setdefault(f"yf:{name}", value)
    return attrs


def _provide(ctx: Context, work: Work, sentence: Span, attrs: Attributes) -> None:
    assert ctx.plan is not None
    item = ctx.outline.at(sentence.start)
    start = item.head.start if item is not None and item.start == sentence.start else sentence.start
    span = strip_span(ctx.text, start, sentence.end, "。；， ")
    label = ctx.text[span.start : span.end].replace(" ", "")
    instruments = [name for name in _means(ctx, sentence) if ctx.vocabulary.knows("Instrument", name)]
    if len(label) > rule(_RULE).limit("longest") or not (instruments or ctx.pattern(_RULE, "supports").search(label)):
        return
    who = ctx.pattern(_RULE, "beneficiary").search(label)
    if who:
        attrs["yf:beneficiary"] = who["who"]
    provision = Mention("Provision", label)
    around = work.around(sentence.start)
    spans = (sentence, ctx.head_span(around[1])) if around else ctx.with_plan(sentence)
    ctx.claim(around[0] if around else ctx.plan, "hasProvision", provision, spans, _RULE)
    ctx.describe(provision, attrs)
    for name in instruments:
        ctx.claim(provision, "usesInstrument", instrument(ctx, name), (sentence,), _RULE)
    payer = ctx.pattern(_RULE, "payer").search(label)
    who_pays = (payer["who"] or payer["who2"] or payer["who3"]).partition(ctx.vocabulary.word("provision.to"))[0] if payer else ""
    if who_pays and (is_body(ctx, who_pays) or ctx.pattern(_RULE, "treasury").match(who_pays)):
        ctx.claim(provision, "paidBy", Mention("Organization", who_pays), (sentence,), _RULE)


def _means(ctx: Context, sentence: Span) -> list[str]:
    """Give the words of a sentence that name what is given, each once."""
    text = ctx.text[sentence.start : sentence.end]
    return [word for word in ctx.vocabulary.role("provision.means") if word in text]
