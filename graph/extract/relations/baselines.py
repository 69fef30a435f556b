"""Where targets start from: 由60%提升至95% gives the value of today beside the one that is wanted.

Both are values of one indicator. A pair whose later year has passed gives two observations and no target; what a document observed
elsewhere of a target's own indicator, in its unit, is where that target starts as well.
"""

from __future__ import annotations

from itertools import pairwise

from ...core.model import Attributes, Claim, Mention, Span
from ...text.sentences import clauses_in
from ..context import Context
from ..targets.noun_phrases import Nouns, indicator_named
from ..targets.observations import observe
from ..targets.quantities import Quantity, quantities_in
from ..targets.target_statements import part_of
from ..targets.years import issue_year

_RULE, _BEHIND = "relations.from_to", "relations.base_behind"
_NEAR = 40
"""How far before a value of the past the one that is wanted may begin."""
_Values = list[tuple[str, Mention, Span]]
"""What was observed of an indicator, or of a part of it: when, the observation, and where the text says it."""
_SHORTEST = 4
"""How many characters a name has at least that says enough to be told again by its end."""


def find_baselines(ctx: Context) -> None:
    """Add the values that targets start from, and the two ends of changes that lie in the past."""
    if ctx.plan is None or not ctx.has_work:
        return
    stated: dict[Span, list[tuple[Mention, Mention]]] = {}
    for claim in ctx.claims_of("hasTarget"):
        stated.setdefault(claim.spans[0], []).append((claim.subject, claim.object))
    issued = issue_year(ctx)
    seen: set[int] = set()
    for opening in ctx.everywhere(_RULE, "opens"):
        sentence = ctx.sentence(opening.start())
        clause = next((c for c in clauses_in(ctx.text, *sentence) if c.start <= opening.start() < c.end), None)
        if clause is None or clause.start in seen:
            continue
        seen.add(clause.start)
        _clause(ctx, clause, sentence, stated.get(sentence, []), issued)
    _behind(ctx, stated, issued)
    _same_indicator(ctx)


def _clause(ctx: Context, clause: Span, sentence: Span, stated: list[tuple[Mention, Mention]], issued: int) -> None:
    found = quantities_in(ctx.vocabulary, ctx.text, *clause)
    origin_of, between = ctx.pattern(_RULE, "origin"), ctx.pattern(_RULE, "between")
    for first, second in pairwise(found):
        origin = origin_of.search(ctx.text, clause.start, first.reach)
        if origin is None or not between.match(ctx.text, first.end, second.reach):
            continue
        start = int(origin["year"] or origin["year2"]) if origin["year"] or origin["year2"] else None
        if second.kind == "change" and start:
            # 达到70%，比2025年的58%提高12个百分点: where the level that the sentence wants starts from.
            # 在2025年120亿元的基础上增长50%: the change itself, where the sentence wants no level.
            levels = [one for one in stated if _level(ctx, one[1], first)]
            _pair(ctx, levels or [one for one in stated if _is(ctx.attrs_of(one[1]), second)], first, start, sentence, _RULE)
            continue
        if second.kind == "change" and origin["now2"]:
            # 在现有60%的基础上提高20个百分点
            ends = [one for one in stated if _is(ctx.attrs_of(one[1]), second)]
            if len(ends) == 1:
                ctx.claim(ends[0][1], "baseline", _start(ctx, ends[0][0], first, None, origin["now2"], sentence), (sentence,), _RULE)
            continue
        if second.kind != "level" or first.unit.unit_text != second.unit.unit_text:
            continue
        later = ctx.find("years.named")(ctx.text, second.reach, second.start)
        ends = [(i, t) for i, t in stated if _is(ctx.attrs_of(t), second)]
        if len(ends) == 1:
            indicator, target = ends[0]
            base = _start(ctx, indicator, first, start, origin["now"] or origin["now2"] or "", sentence)
            ctx.claim(target, "baseline", base, (sentence,), _RULE)
        elif not ends and start and issued and start < issued:
            # 由2020年的78%提升至86% in a review: when the second value held is said elsewhere, or nowhere.
            reached = later is not None and int(later["year"]) <= issued
            label = Nouns(ctx).before(ctx.text[clause.start : origin.start()]) if reached or _reviews(ctx, clause.start) else ""
            label = ctx.pattern("observations.leads").sub("", label)
            if label:
                indicator = indicator_named(ctx, label)
                observe(ctx, indicator, first, str(start), sentence)
                if later and reached:
                    observe(ctx, indicator, second, later["year"], sentence)


def _pair(ctx: Context, ends: list[tuple[Mention, Mention]], base: Quantity, year: int, sentence: Span, how: str) -> None:
    """Say that the one target of some starts from the value of a year; nothing where they are several."""
    if len(ends) == 1:
        indicator, target = ends[0]
        ctx.claim(target, "baseline", observe(ctx, indicator, base, str(year), sentence), (sentence,), how)


def _level(ctx: Context, target: Mention, base: Quantity) -> bool:
    attrs = ctx.attrs_of(target)
    return not attrs.get("yf:change") and attrs.get("yf:unitText", "") == base.unit.unit_text


def _behind(ctx: Context, stated: dict[Span, list[tuple[Mention, Mention]]], issued: int) -> None:
    """Add the values of past years that stand right behind what is wanted: 达到70%（2025年为58%）; 突破14亿美元，2025年为9.6亿美元."""
    ends = ctx.pattern(_BEHIND, "ends")
    for match in ctx.everywhere(_BEHIND):
        sentence, year = ctx.sentence(match.start()), int(match["year"])
        near = stated.get(sentence) if not issued or year < issued else None
        base = next(iter(quantities_in(ctx.vocabulary, ctx.text, match.end(), sentence.end)), None) if near else None
        wanted = quantities_in(ctx.vocabulary, ctx.text, max(sentence.start, match.start() - _NEAR), match.start()) if base else []
        if near and base and wanted and base.start == match.end() and ends.match(ctx.text, base.end) and not base.tail:
            last = wanted[-1]
            same = last.unit.unit_text == base.unit.unit_text and not ctx.text[last.end : match.start()].strip()
            _pair(ctx, [one for one in near if _is(ctx.attrs_of(one[1]), last)] if same else [], base, year, sentence, _BEHIND)


def _reviews(ctx: Context, position: int) -> bool:
    item = ctx.outline.at(position)
    return item is not None and any(holder.role == "rationale" for holder in (item, *ctx.outline.ancestors(item)))


def _start(ctx: Context, indicator: Mention, quantity: Quantity, year: int | None, now: str, sentence: Span) -> Mention:
    assert ctx.plan is not None
    if year:
        return observe(ctx, indicator, quantity, str(year), sentence)
    said = next((o for o in _observed(ctx, indicator) if _is(o[1], quantity)), None)
    if said is not None:
        # 由3个（由现有的3个）增加到15个, where the text says elsewhere in which year they were 3.
        return said[0]
    # 由现有的3个: 现有 says today as 目前 does.
    period = ctx.vocabulary.word("wording.today") if now in ctx.vocabulary.role("target.today") else now or ctx.vocabulary.word("wording.base")
    return observe(ctx, indicator, quantity, period, sentence, keeper=ctx.plan.number or ctx.plan.label)


def _observed(ctx: Context, indicator: Mention) -> list[tuple[Mention, Attributes]]:
    """Give what the document observed of an indicator in a year that it names."""
    seen = {claim.object for claim in ctx.claims_of("hasObservation") if claim.subject == indicator}
    return [(d.mention, d.attrs) for d in ctx.described() if d.mention in seen and str(d.attrs.get("yf:period", ""))[:4].isdigit()]


def _is(attrs: Attributes, quantity: Quantity) -> bool:
    return attrs.get("yf:value") == quantity.lower and attrs.get("yf:unitText", "") == quantity.unit.unit_text


def _same_indicator(ctx: Context) -> None:
    """Pair what is wanted with the last level that the document observed of the same indicator, in a unit that goes with it."""
    paired = {claim.subject for claim in ctx.claims_of("baseline")}
    observed: dict[tuple[Mention, str], _Values] = {}
    for claim in ctx.claims_of("hasObservation"):
        attrs = ctx.attrs_of(claim.object)
        if not attrs.get("yf:change"):
            period = str(attrs.get("yf:period", ""))
            # What is so today is known by no year; a year says more.
            dated = period if period[:4].isdigit() else ""
            observed.setdefault((claim.subject, part_of(claim)), []).append((dated, claim.object, claim.spans[0]))
    alike: dict[tuple[str, str], list[tuple[str, _Values]]] = {}
    for (indicator, part), values in observed.items():
        thing = _thing(ctx, indicator.label)
        alike.setdefault((thing[-_SHORTEST:], part), []).append((thing, values))
    for claim in ctx.claims_of("hasTarget") if observed else ():
        part = part_of(claim)
        if claim.object in paired or _of_some(ctx, claim):
            continue
        label = _thing(ctx, claim.subject.label)
        found = observed.get((claim.subject, part)) or _nearly(ctx, label, alike.get((label[-_SHORTEST:], part), []))
        if not found:
            continue
        wanted = ctx.attrs_of(claim.object)
        _, observation, place = max(found, key=lambda one: one[0])
        start = ctx.attrs_of(observation)
        earlier = str(start.get("yf:year", "")) < str(wanted.get("yf:year", "9999"))
        if earlier and (_changes_from(wanted, start) if wanted.get("yf:change") else start.get("yf:unitText") == wanted.get("yf:unitText")):
            ctx.claim(claim.object, "baseline", observation, (claim.spans[0], place), "relations.observed_before")


def _thing(ctx: Context, label: str) -> str:
    """Give what an indicator counts without the word that says that it does (渔港数量 → 渔港)."""
    counted = next((word for word in ctx.vocabulary.role("indicator.counted") if label.endswith(word)), "")
    return label.removesuffix(counted)


def _of_some(ctx: Context, claim: Claim) -> bool:
    """Tell whether a target's words say that its number is new, or is that of those which are worked on (新建改造渔港18座): there are others."""
    at = ctx.text.rfind(claim.subject.label, *claim.spans[0])
    words = (*ctx.vocabulary.role("indicator.added"), *ctx.vocabulary.role("indicator.of_some"))
    return at > 0 and ctx.text.endswith(words, claim.spans[0].start, at)


def _changes_from(wanted: Attributes, start: Attributes) -> bool:
    """Tell whether a change in all that is wanted starts from a level: of its base year, where one is told, and in a unit that goes with it."""
    base, unit = wanted.get("yf:baseYear"), wanted.get("yf:unitText")
    if wanted.get("yf:perUnit") or (base and base != start.get("yf:year")):
        return False
    # 16.5个百分点 more than 38.5%; 50% more than in 2023, when it was 120亿元. That 12% more is wanted says alone nothing of such a sum.
    of_share = start.get("yf:unitText") == "%"
    return unit == start.get("yf:unitText") or (of_share and unit != "%") or (base is not None and not of_share and unit == "%")


def _nearly(ctx: Context, label: str, alike: list[tuple[str, _Values]]) -> _Values:
    """Give what was observed under the same name but for whose it is (全县蜂群存栏, 蜂群存栏) or what describes it; nothing where two are.

    产业规模 alone is that of the industry that was named before (卫星应用产业规模).

    `alike` holds what was observed under names that end as this one does.
    """
    whose, industry, measures = ctx.find("relations.whose_indicator"), ctx.find("relations.of_industry"), ctx.once(Nouns)
    found = []
    for other, values in alike:
        longer, shorter = sorted((label, other), key=len, reverse=True)
        lead = longer[: len(longer) - len(shorter)]
        # 复壮古树 are some of the 古树 that there are; 渔业营业收入, in a plan for 渔业, is the 营业收入.
        own = ctx.plan is not None and lead in ctx.plan.label and measures.is_measure(shorter)
        # 渔港数量 is that of the 渔港 that were counted.
        alone = len(shorter) >= _SHORTEST and longer.endswith(shorter) and (own or whose(lead) or (shorter == label and industry(label)))
        if label == other or alone:
            found.append(values)
    return found[0] if len(found) == 1 else []
