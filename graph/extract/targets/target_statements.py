"""Targets as they enter the graph: said in the goals and again in a task they are one; their labels read as a person would write them."""

from __future__ import annotations

from decimal import Decimal

from ...core.model import Attributes, Claim, Mention, Span
from ...core.vocabulary import Vocabulary
from ...text.amounts import COMPARATORS
from ...text.numerals import spoken
from ..context import Context
from .noun_phrases import indicator_named, other_names
from .quantities import Quantity
from .years import State

_NEAR, _LONGEST_VERB = 6, 4
"""How far in front of a number its noun may stand, and how long a verb before that may be."""


class Stater:
    """States the targets of one document, each once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[tuple[str, str, str], list[tuple[str, Mention]]] = {}
        self._tabled: dict[str, str] = {}
        """The names of the tables' indicators, each under itself without what says that it counts (完成改造小区数)."""
        self.fresh = 0
        """Where the words begin that no target has used yet: 每个县 before one number is not said of the next."""
        for claim in ctx.claims_of("hasTarget"):
            # What a table states and a task says again is one target.
            self._known.setdefault(_amount(ctx.attrs_of(claim.object)), []).append((claim.subject.label, claim.object))
            name = claim.subject.label
            counted = next((word for word in ctx.vocabulary.role("indicator.counted") if name.endswith(word)), "")
            self._tabled[name.removesuffix(counted)] = name

    def state(self, label: str, quantity: Quantity, state: State, sentence: Span, literal: str = "", *, part: str = "") -> None:
        """State a target of an indicator; `literal` is the indicator's name as the text has it, where its own is put together.

        `part` is the place that it is for, where the indicator has others: 其中滨湖区5个.
        """
        ctx = self._ctx
        assert ctx.plan is not None
        if not any(map(str.isalpha, label)):
            # 由2025年的32%、2026年的34%提高到40%: a number is no indicator's name.
            return
        attrs = quantity.attributes()
        key = _amount(attrs)
        said = [] if state.year or part else [target for known, target in self._known.get(key, ()) if label.endswith(known) or known.endswith(label)]
        if said:
            # Said in the goals with its year and again in a task: one target.
            ctx.restated.append((said[0], sentence))
            return
        if state.year:
            attrs["yf:year"] = state.year
        if state.base and quantity.kind == "change":
            attrs["yf:baseYear"] = state.base
        if quantity.kind == "change" and ctx.text[quantity.reach - 2 : quantity.reach] == ctx.vocabulary.word("wording.yearly"):
            # 年均增长8%: the change of every year, not of the whole time.
            attrs["yf:perUnit"] = ctx.vocabulary.word("wording.yearly")
        of_table = self._of_table(self._whole_name(label, quantity.start), key)
        if of_table != label:
            label, literal = of_table, label
        each = ctx.find("nouns.each")(ctx.text, self.fresh, quantity.start)
        if each and "yf:perUnit" not in attrs:
            attrs["yf:perUnit"] = each[0].removesuffix(ctx.vocabulary.word("quantity.owned"))
        self.fresh = quantity.end
        indicator = indicator_named(ctx, label)
        sentence = self._with_name((label, literal, indicator.label), sentence)
        target = Mention("Target", target_label(part + indicator.label, attrs, state.year, ctx.vocabulary))
        self._known.setdefault(key, []).append((label, target))
        state_target(ctx, indicator, target, attrs, sentence, "targets.quantified")
        if literal and literal != label:
            ctx.describe(indicator, {}, (literal,))

    def _with_name(self, names: tuple[str, ...], sentence: Span) -> Span:
        """Give a sentence together with those before it in its line, back to the one that names the indicator: …率达到58%；到2027年底达到68%。"""
        text = self._ctx.text
        known = [name for name in names if name]
        if any(text.find(name, *sentence) >= 0 for name in known):
            return sentence
        line = text.rfind("\n", 0, sentence.start) + 1
        at = max(text.rfind(name, line, sentence.start) for name in known)
        return Span(self._ctx.sentence(at).start, sentence.end) if at >= 0 else sentence

    def _whole_name(self, label: str, end: int) -> str:
        """Give the name of a table's indicator that the text says word for word with the verb before it (完成改造小区150个 for 改造小区)."""
        at = self._ctx.text.rfind(label, max(0, end - len(label) - _NEAR), end) if self._tabled else -1
        names = (self._ctx.text[at - size : at] + label for size in range(_LONGEST_VERB + 1) if at >= size)
        return next((self._tabled[name] for name in names if name in self._tabled), label)

    def _of_table(self, label: str, key: tuple[str, str, str]) -> str:
        """Give the name that a table has for what the text says in short, with the same value: 修复湿地3万公顷 is its 修复湿地面积."""
        aspects = self._ctx.vocabulary.role("measure.aspect")
        return next((known for known, _ in self._known.get(key, ()) if known.startswith(label) and known[len(label) :] in aspects), label)


def _amount(attrs: Attributes) -> tuple[str, str, str]:
    return str(attrs.get("yf:value", attrs.get("yf:upper"))), str(attrs.get("yf:unitText", "")), str(attrs["yf:comparator"])


def part_of(claim: Claim) -> str:
    """Give the place that a value of an indicator is for, which its name begins with (滨湖区渔港 = 5个 of 渔港); empty where it is for all."""
    return claim.object.label.partition(claim.subject.label)[0] if claim.subject.label in claim.object.label else ""


def target_label(indicator: str, attrs: Attributes, year: int | None, vocabulary: Vocabulary) -> str:
    """Name a target as a person would: 普及率 > 40%（2023年）."""
    bounds = (attrs["yf:lower"], attrs["yf:upper"]) if "yf:lower" in attrs else (attrs["yf:value"],)
    amount = "—".join(spoken(Decimal(str(bound))) for bound in bounds)
    sign = COMPARATORS[str(attrs["yf:comparator"])]
    yearly = vocabulary.word("wording.yearly") if attrs.get("yf:perUnit") == vocabulary.word("wording.yearly") else ""
    change = f"{yearly}{vocabulary.word('wording.change')} " if attrs.get("yf:change") else ""
    dated = f"（{year}{vocabulary.word('wording.year')}）" if year else ""
    return f"{indicator} {change}{sign} {amount}{attrs.get('yf:unitText', '')}{dated}"


def state_target(
    ctx: Context, indicator: Mention, target: Mention, attrs: Attributes, place: Span, rule: str, head: Span | None = None
) -> None:
    """Add an indicator with its target and the plan that sets it; `head` is the heading that a table stands under."""
    assert ctx.plan is not None
    spans = (*ctx.with_plan(place), *((head,) if head else ()))
    ctx.claim(ctx.plan, "hasIndicator", indicator, spans, rule)
    ctx.claim(indicator, "hasTarget", target, (place, *((head,) if head else ())), rule)
    ctx.claim(target, "setBy", ctx.plan, spans, rule)
    ctx.describe(target, attrs)
    if names := other_names(indicator.label, ctx.vocabulary):
        ctx.describe(indicator, {}, names)
