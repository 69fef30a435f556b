"""Indicators that a document names, with or without values, and the categories that it puts them in."""

from __future__ import annotations

from ...core.model import Mention
from ...text.enumerations import clean, split_list
from ..context import Context
from ..counts.declared import Declared
from .noun_phrases import Nouns, indicator_named

_NAMED = "indicators.named"
_LONGEST = 24


def find_indicators(ctx: Context, declared: list[Declared]) -> None:
    """Add the members of declared counts of indicators (提出了甲、乙2项量化指标), each in the category of its section.

    Categories are the members of the count in the same sentence as the total (从甲、乙、丙三个方面提出了7大量化指标).
    """
    if ctx.plan is None:
        return
    totals = [d for d in declared if d.cls == "Indicator" and d.rule == "declarations.sum"]
    categories: dict[str, tuple[Mention, tuple[int, int]]] = {}
    for total in totals:
        sentence = ctx.sentence(total.span.start)
        for other in declared:
            if other is total or not (sentence.start <= other.span.start < total.span.start) or not other.members:
                continue
            # Only the count that leads into the total (从…三个方面提出了7大…) names its categories.
            if other.noun not in ctx.vocabulary.role("count.aspect") or "，" in ctx.text[other.span.end : total.span.start]:
                continue
            for label, _ in other.members:
                if ctx.text.find(label, *sentence) < 0:
                    # A member that is spelled out farther below (一是在衡量用户发展方面) is worded there in another way.
                    continue
                category = Mention("IndicatorCategory", label)
                categories[label] = (category, sentence)
                ctx.claim(ctx.plan, "hasCategory", category, ctx.with_plan(sentence), "indicators.categories")
    for found in declared:
        if found.cls != "Indicator" or not found.rule.startswith("declarations.list"):
            continue
        item = ctx.outline.at(found.span.start)
        heading = ctx.head_span(item) if item else None
        for label, place in found.members:
            indicator = Mention("Indicator", label)
            ctx.claim(ctx.plan, "hasIndicator", indicator, ctx.with_plan(place), "indicators.listed")
            for name, (category, _) in categories.items():
                if heading and ctx.text.find(name, heading.start, heading.end) >= 0:
                    ctx.claim(indicator, "inCategory", category, (place, heading), "indicators.by_section")
                elif ctx.text.find(name, place.start, found.span.start) >= 0:
                    ctx.claim(indicator, "inCategory", category, (place,), "indicators.by_sentence")


def find_named_indicators(ctx: Context) -> None:
    """Add the measures that a sentence calls indicators without a value (将甲率、乙率等指标纳入考核), where all that it lists are measures."""
    if ctx.plan is None or not ctx.has_work:
        return
    past, nouns = ctx.regex("told.past"), Nouns(ctx)
    for match in ctx.everywhere(_NAMED):
        group = next(name for name in ("list", "list2", "list3") if match[name])
        names = [clean(ctx.text[start:end]) for start, end in split_list(ctx.text, *match.span(group))]
        sentence = ctx.sentence(match.start())
        if not all(nouns.is_measure(name) and 2 < len(name) <= _LONGEST for name in names) or past.search(ctx.text, sentence.start, match.end()):
            continue
        for name in names:
            ctx.claim(ctx.plan, "hasIndicator", indicator_named(ctx, name), ctx.with_plan(sentence), _NAMED)
