"""Provisions: sentences that say who is given how much, at what rate, up to what cap, by whom. Their ceilings are no targets."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ...core.model import Attributes, Mention, Span
from ...core.rules import rule
from ...text.normalize import strip_span
from ...text.numerals import plain
from ..bodies.names import is_body
from ..context import Context
from ..deadlines.work import Work
from .instruments import instrument, to_consumers

_RULE, _CONDITION, _BUDGET = "instruments.provision", "provisions.condition", "instruments.budget"
_NUMBERS = {"rate": "rate", "cap": "cap", "amount": "amount", "each": "amount", "earmarked": "amount", "share": "rate", "held": "rate"}
"""The templates that read a number, each with the attribute that holds it."""
_NTH = ("", "2", "3")
"""What the names of the groups of a template's alternatives end in."""


def find_provisions(ctx: Context, work: Work) -> None:
    """Add the provisions of a plan and its tasks, with their numbers, the instrument that they use and who pays."""
    if ctx.plan is None or not ctx.has_work:
        return
    past, gives = ctx.regex("told.past"), ctx.pattern(_RULE, "gives")
    seen: set[Span] = set()
    used_in: dict[Span, list[Mention]] = {}
    for claim in ctx.claims_of("usesInstrument"):
        used_in.setdefault(claim.spans[0], []).append(claim.object)
    for number in ctx.everywhere(_RULE, "figure"):
        sentence = ctx.sentence(number.start())
        if sentence in seen or not gives.search(ctx.text, *sentence):
            continue
        seen.add(sentence)
        attrs = _numbers(ctx, sentence)
        if not attrs or past.search(ctx.text, *sentence):
            continue
        _provide(ctx, work, sentence, attrs, used_in)


def _numbers(ctx: Context, sentence: Span) -> Attributes:
    """Read the rates, the caps and the amounts that a sentence gives, in their order: for whom each is, its words say."""
    found: dict[str, list[Decimal]] = {}
    for key, name in _NUMBERS.items():
        if found.get(name):
            # What one form has read, another would read again.
            continue
        for match in ctx.pattern(_RULE, key).finditer(ctx.text, *sentence):
            groups = match.groupdict()
            unit = next(filter(None, (groups.get(f"unit{nth}") for nth in _NTH)), "")
            for number in filter(None, (groups.get(f"number{nth}") for nth in _NTH)):
                value = plain(Decimal(number) * (ctx.vocabulary.units[unit].multiplier if unit in ctx.vocabulary.units else 1))
                if value > 0 and value not in found.setdefault(name, []):
                    found[name].append(value)
    return {f"yf:{name}": values[0] if len(values) == 1 else tuple(values) for name, values in found.items() if values}


def _provide(ctx: Context, work: Work, sentence: Span, attrs: Attributes, used_in: Mapping[Span, list[Mention]]) -> None:
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
    conditions = _conditions(ctx, label)
    if conditions:
        attrs["yf:condition"] = conditions if len(conditions) > 1 else conditions[0]
    provision = Mention("Provision", label)
    row, around = work.rows.at(sentence.start), work.around(sentence.start)
    if row is not None:
        ctx.claim(row[1], "hasProvision", provision, tuple(dict.fromkeys((sentence, row[0]))), _RULE)
    elif around is not None:
        ctx.claim(around[0], "hasProvision", provision, (sentence, ctx.head_span(around[1])), _RULE)
    else:
        ctx.claim(ctx.plan, "hasProvision", provision, ctx.with_plan(sentence), _RULE)
    ctx.describe(provision, attrs)
    for used in dict.fromkeys((*(instrument(ctx, name) for name in instruments), *used_in.get(sentence, ()))):
        ctx.claim(provision, "usesInstrument", used, (sentence,), _RULE)
    for name in _payers(ctx, label):
        ctx.claim(provision, "paidBy", Mention("Organization", name), (sentence,), _RULE)


def _conditions(ctx: Context, label: str) -> tuple[str, ...]:
    """Give what must be so for it to give: clauses that test something (年寄递量超过10万件的, 经验收合格后); whose alone is none (海州市的企业)."""
    found = (match["it"] or match["it2"] for match in ctx.pattern(_CONDITION).finditer(label))
    return tuple(dict.fromkeys(said for said in found if ctx.find("provisions.tested")(said)))


def _payers(ctx: Context, label: str) -> list[str]:
    """Give who pays: bodies, and the treasuries of named levels (市、区两级财政 are two)."""
    found: list[str] = []
    levels = ctx.pattern(_RULE, "levels")
    for match in ctx.pattern(_RULE, "payer").finditer(label):
        said = match["by"] or match["who"]
        of_levels = levels.fullmatch(said)
        if of_levels:
            names = [level + of_levels["treasury"] for level in ctx.pattern(_RULE, "level").findall(of_levels["levels"])]
        else:
            parts = [part for part in ctx.pattern(_RULE, "joined").split(said) if part]
            # 市财政局和上濮县财政局 ends like a body, and is two.
            names = parts if (len(parts) > 1 and all(is_body(ctx, part) for part in parts)) or not is_body(ctx, said) else [said]
        # 参加推广的卫生院 is given it.
        names = [] if ctx.vocabulary.word("particle.of") in said else names
        payers = [name for name in names if is_body(ctx, name) or ctx.pattern(_RULE, "treasury").fullmatch(name)]
        # 由市财政局和燃气企业各承担一半: of those that are no bodies by name the text says no more.
        if len(payers) == len(names) or (match["by"] and all(is_body(ctx, name) for name in payers)):
            found += payers
    return list(dict.fromkeys(found))


def _means(ctx: Context, sentence: Span) -> list[str]:
    """Give the words of a sentence that name what is given, each once."""
    text = ctx.text[sentence.start : sentence.end]
    named = [to_consumers(ctx, sentence, word) for word in ctx.vocabulary.role("provision.means") if word in text]
    # 市财政每年安排渔业发展资金5000万元: a fund for one end, whatever it is called.
    fund = ctx.pattern(_BUDGET).search(text)
    return list(dict.fromkeys((*named, fund[fund.lastgroup]) if fund and fund.lastgroup else named))
