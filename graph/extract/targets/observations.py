"""Observations: what a document says was so in a past period (截至2024年底，…达到55%). Never a target (contract section 4)."""

from __future__ import annotations

import re
from collections import Counter

from ...core.model import Attributes, Mention, Span
from ...text.enumerations import clean, split_list
from ...text.numerals import spoken
from ...text.sentences import clauses_in
from ..context import Context
from .brackets import enclosed, within
from .clause_forms import shared_tail
from .fragments import pieces_in
from .indicator_names import Namer
from .noun_phrases import indicator_named
from .quantities import Quantity, quantities_in
from .years import State, issue_year

_MOST = 3
"""How many quantities a clause may hold to be clear."""
_PERIODS = 12
"""How many periods of one sentence are looked at: each is followed to its end, and what has more is no prose."""
_WHOLE_YEAR = 4
"""How long the name of a period is that is a year."""
_YEAR = re.compile(r"\d{4}(?:-\d{2})*", re.ASCII)
"""A period within one year, as ISO 8601 writes it."""


def find_observations(ctx: Context) -> None:
    """Add the values that a sentence gives for a period before the document's own, indicator by indicator.

    A level is taken that stands right behind its indicator (规模达到410亿元), and a change whose base year is said
    (较2020年提高4.2个百分点). What is compared with something else, rounded by words or said of no year is left alone.
    """
    if ctx.plan is None:
        return
    issued = issue_year(ctx)
    if not issued:
        return
    namer: Namer | None = None
    periods: Counter[Span] = Counter()
    for match in ctx.everywhere("observations.when"):
        year = 2000 + int(match["year"])
        until = ctx.text[match.start() - 2 : match.start()] in ctx.vocabulary.role("observation.until")
        if year > issued or (year == issued and not until) or ctx.find("observations.compares")(ctx.text, max(0, match.start() - 2), match.start()):
            continue
        sentence = ctx.sentence(match.start())
        periods[sentence] += 1
        if periods[sentence] > _PERIODS:
            continue
        namer = namer or Namer(ctx)
        period = f"{year}-{int(match['month']):02}" if match["month"] else str(year)
        _sentence(ctx, namer, match.end() - len(match["whole"] or ""), sentence, period)
        for following in _following(ctx, sentence):
            _sentence(ctx, namer, following.start, following, period)
    namer = namer or Namer(ctx)
    _of_terms(ctx, namer, issued)
    _of_today(ctx, namer)


def _of_today(ctx: Context, namer: Namer) -> None:
    """Add the levels that a sentence gives for today (目前，渔港覆盖率已达60%) and no year says better, where the text sets no work."""
    assert ctx.plan is not None
    keeper = ctx.plan.number or ctx.plan.label
    for match in (*ctx.everywhere("observations.now"), *ctx.everywhere("observations.present"), *ctx.everywhere("observations.found")):
        sentence = ctx.sentence(match.start())
        item = ctx.outline.at(match.start())
        holders = (item, *ctx.outline.ancestors(item)) if item else ()
        works = any(holder.start in ctx.tasks or holder.role == "goal" for holder in holders)
        if not works and not ctx.find("observations.year")(ctx.text, *sentence):
            today = ctx.vocabulary.word("wording.today")
            _sentence(ctx, namer, match.end(), sentence, today, keeper)
            # 现有渔港12座；有效泊位600个。
            for following in _following(ctx, sentence):
                if ctx.text[following.start - 1] not in "；;" or ctx.find("observations.year")(ctx.text, *following):
                    break
                _sentence(ctx, namer, following.start, following, today, keeper)


def _of_terms(ctx: Context, namer: Namer, issued: int) -> None:
    """Add what a sentence sums up of five years that have ended (“十四五”期间累计新建渔港5座), for the last of them, up to a year of its own."""
    ends = {period.name.strip("“”"): period.end for period in ctx.vocabulary.periods}
    for match in ctx.everywhere("observations.term"):
        end = ends.get(match["name"], issued)
        sentence = ctx.sentence(match.start())
        if end < issued:
            year = ctx.find("observations.year")(ctx.text, match.end(), sentence.end)
            _sentence(ctx, namer, match.end(), Span(sentence.start, year.start() if year else sentence.end), str(end))


def _following(ctx: Context, sentence: Span) -> list[Span]:
    """Give the sentences for which a period holds on: behind a semicolon, and in a review to the end of its paragraph or the next year."""
    item = ctx.outline.at(sentence.start)
    reviews = item is not None and any(holder.role == "rationale" for holder in (item, *ctx.outline.ancestors(item)))
    line = ctx.lines_in(*sentence)[-1]
    found: list[Span] = []
    last = sentence
    for span in ctx.sentences_in(sentence.end, line.end):
        if not (reviews or ctx.text[last.end - 1] in "；;") or ctx.find("observations.turns")(ctx.text, *span):
            break
        found.append(span)
        last = span
    return found


def _sentence(ctx: Context, namer: Namer, start: int, sentence: Span, period: str, keeper: str = "") -> None:
    namer.forget()
    label = ""
    for clause in clauses_in(ctx.text, start, sentence.end):
        later = ctx.find("years.ahead")(ctx.text, *clause) if period[:4].isdigit() else None
        if later and int(later["year"]) > int(period[:4]):
            # 截至2025年底，排查隐患217处，…，2028年底前整改率达到90%: what is to be so is no observation.
            break
        quantities = quantities_in(ctx.vocabulary, ctx.text, clause.start, clause.end)
        lasts = [ctx.find("observations.lasts")(ctx.text, clause.start, q.reach) is not None for q in quantities]
        # 进口、出口通关时间分别为26小时和1小时: what the first of several lasts, the others do.
        each = len(quantities) > 1 and lasts[0] and all(q.is_time for q in quantities)
        found = [q for q, long in zip(quantities, lasts, strict=True) if not q.is_time or long or each]
        if not 0 < len(found) <= _MOST or any(within(enclosed(ctx.text, *clause), q.start) for q in found):
            continue
        if len(found) == 1 and found[0].kind == "change":
            since = ctx.find("observations.since")(ctx.text, clause.start, found[0].reach)
            named = namer.nouns.before(ctx.text[clause.start : since.start()]) if since else ""
            over_year = label and len(period) == _WHOLE_YEAR and ctx.find("observations.over_year")(ctx.text[clause.start : found[0].start].strip())
            year = int(since["year"]) if since and since["year"] else int(period[:4]) - 1 if period[:4].isdigit() else 0
            if (since or over_year) and year and (named or label):
                observe(ctx, indicator_named(ctx, named or label), found[0], period, sentence, base=year)
            continue
        times = ctx.find("observations.multiple")(ctx.text, *clause) if label and len(found) == 1 else None
        if times and int(times["year"]) < int(period[:4] if period[:4].isdigit() else 0):
            # 企业达到412家，是2020年176家的两倍多: what there was of them then.
            observe(ctx, indicator_named(ctx, label), found[0], times["year"], sentence)
            continue
        if len(found) > 1 and (pairs := _each_of(ctx, namer, clause, found)):
            for label, quantity in pairs:
                observe(ctx, indicator_named(ctx, label), quantity, period, sentence, keeper=keeper)
            continue
        for piece in pieces_in(ctx.text, clause, found, namer.build):
            quantity = piece.quantity
            spoken_of, label = label, ""
            namer.literal = ""
            if ctx.find("observations.unclear")(piece.before) or quantity.kind == "change":
                continue
            if quantity.kind == "level":
                label = "" if piece.after else namer.nouns.before(piece.before)
            elif quantity.is_time:
                label = namer.nouns.before(piece.before)
            elif quantity.is_ratio:
                # 差别化产品占比38%: the name itself says that it is a share.
                label = namer.nouns.before(piece.before) if not piece.after and ctx.find("observations.ratio")(piece.before) else ""
            else:
                label = namer.name(piece, "", State(None, None, True))
            said, label = label, ctx.pattern("observations.trails").sub("", ctx.pattern("observations.leads").sub("", label))
            if said and namer.subject == said:
                # 全市共有燃气管道3260公里，其中使用20年以上的486公里: of the thing by its own name.
                namer.subject = label
            realised = ctx.find("observations.realised")(label)
            label = realised["who"] + realised["what"] if realised else label
            made = ctx.find("observations.made")(label)
            label = made["what"] if made else label
            label = _described(ctx, namer, label, piece.before)
            if quantity.is_ratio and ctx.text.startswith(ctx.vocabulary.role("observation.makes_up"), quantity.reach):
                # 规模养蜂户占28.2%，…1.2万人，占15%: the share of what stands before, or of what was counted last.
                of = label or ("" if namer.nouns.is_measure(spoken_of) else spoken_of)
                label = of + ctx.vocabulary.word("observation.share_of") if of else ""
            if ctx.find("observations.share")(label):
                # 海洋生产总值达到1860亿元，占地区生产总值比重为31.4%
                label = spoken_of + label if spoken_of else ""
            label = _as_set(ctx, namer, label, piece.before)
            if len(label) > 1 and not ctx.find("observations.no_name")(label) and not (namer.nouns.is_aspect(label) and not _is_set(ctx, label)):
                indicator = indicator_named(ctx, label)
                if _is_tabled(ctx, indicator.label, quantity, period):
                    continue
                observe(ctx, indicator, quantity, period, sentence, keeper=keeper)
                if namer.literal:
                    ctx.describe(indicator, {}, (namer.literal,))


def _is_set(ctx: Context, label: str) -> bool:
    """Tell whether the plan sets a target for an indicator of this name."""
    return label in ctx.found("Indicator")


def _as_set(ctx: Context, namer: Namer, label: str, before: str) -> str:
    """Give the name under which the plan sets a target: 集聚企业 for 企业 behind 集聚, where 集聚企业 is to reach so many."""
    whole = namer.nouns.with_verb(before, label) if label and not _is_set(ctx, label) else ""
    return whole if whole and _is_set(ctx, whole) else label


def _tabled(ctx: Context) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Give the indicators and periods of what the tables give of the past, by value and unit."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for claim in ctx.claims_of("hasObservation"):
        if claim.rule == "observations.table":
            attrs = ctx.attrs_of(claim.object)
            found.setdefault(_amount(attrs), []).append((claim.subject.label, str(attrs["yf:period"])))
    return found


def _amount(attrs: Attributes) -> tuple[str, str]:
    return str(attrs.get("yf:value", "")), str(attrs.get("yf:unitText", ""))


def _is_tabled(ctx: Context, label: str, quantity: Quantity, period: str) -> bool:
    """Tell whether a table gives the value for the same year under a name that holds this one, or for its base year where this is today's."""
    today = ctx.vocabulary.word("wording.today")
    known = ctx.once(_tabled).get(_amount(quantity.attributes()), ())
    counted = ctx.vocabulary.role("indicator.counted")
    return any((when == period and (label in name or _told_by(name, label, counted))) or (period == today and name == label) for name, when in known)


def _told_by(name: str, label: str, counted: tuple[str, ...]) -> bool:
    """Tell whether a longer name says what a table says in short, in its order (规模以上企业数, 全市规模以上渔业企业).

    >>> _told_by("规模以上企业数", "全市规模以上渔业企业", ("数",)), _told_by("规模以上企业数", "规模企业", ("数",))
    (True, False)
    """
    name = next((name.removesuffix(word) for word in counted if name.endswith(word)), name)
    rest = iter(label)
    return all(character in rest for character in name)


def _each_of(ctx: Context, namer: Namer, clause: Span, found: list[Quantity]) -> list[tuple[str, Quantity]]:
    """Pair nouns with levels (甲、乙产量分别为36吨和210吨); nothing is guessed where their numbers differ."""
    ahead = ctx.text[clause.start : found[0].reach]
    at = max(ahead.rfind(word) for word in ctx.vocabulary.role("target.each_own"))
    if at < 0 or any(quantity.kind == "change" for quantity in found):
        return []
    nouns = [clean(ctx.text[s.start : s.end]) for s in split_list(ctx.text, clause.start, clause.start + at, len(found))]
    nouns = [namer.nouns.cut(noun) for noun in shared_tail(ctx, namer.nouns, nouns)] if len(nouns) == len(found) else []
    return list(zip(nouns, found, strict=True)) if nouns and all(len(noun) > 1 for noun in nouns) else []


def _described(ctx: Context, namer: Namer, label: str, before: str) -> str:
    """Give the thing itself where its verb describes it (开展透析的机构29家, 登记在册的患者4180人: 机构, 患者)."""
    of = ctx.vocabulary.word("particle.of")
    inner = label.find(of)
    lead = namer.nouns.cut_leads(before[: max(before.rfind(label), 0)])
    whole = next((word for word in ctx.vocabulary.role("whole") if lead.startswith(word)), "")
    lead, thing = lead[len(whole) :], label[inner + len(of) :]
    return thing if inner > 0 and lead and ctx.prefixes("verb.measure", "verb.work").skip(lead) == len(lead) and len(thing) > 1 else label


def dated_by(period: str) -> Attributes:
    """Give the period of an observation and, where it says one, the year that it lies in.

    >>> dated_by("2022-05")
    {'yf:period': '2022-05', 'yf:year': 2022}
    """
    return {"yf:period": period, **({"yf:year": int(period[:4])} if _YEAR.fullmatch(period) else {})}


def observe(
    ctx: Context, indicator: Mention, quantity: Quantity, period: str, sentence: Span, *, base: int | None = None, keeper: str = ""
) -> Mention:
    """Add a past or present value of an indicator; `keeper` keeps to one plan what is dated by its words alone (目前, 基期)."""
    attrs = quantity.attributes()
    attrs |= dated_by(period)
    if base:
        attrs["yf:baseYear"] = base
    bounds = (quantity.lower,) if quantity.upper is None else (quantity.lower, quantity.upper)
    amount = "—".join(spoken(bound) for bound in bounds) + quantity.unit.unit_text
    compared, year, changes = (ctx.vocabulary.word(f"wording.{name}") for name in ("compared", "year", "change"))
    change = f"{compared}{base}{year}{changes} " if base else f"{changes} " if quantity.kind == "change" else ""
    dated = f"{period}{year}" if period.isdigit() else period
    observation = Mention("Observation", f"{indicator.label} {change}{quantity.comparator} {amount}（{dated}）", keeper=keeper)
    ctx.claim(indicator, "hasObservation", observation, (sentence,), "observations.past" if not keeper else "observations.start")
    ctx.describe(observation, attrs)
    return observation
