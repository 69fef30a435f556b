"""How plans hang together: what a plan rests on, carries out, aligns with, amends, repeals, is to issue; each said by the words around a title.

Titles that follow one another (根据《甲》《乙》和《丙》) share the words before the first and behind the last. What those words leave open
stays a citation and no more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...core.model import Mention, Span
from ..context import Context
from ..plan.headings import QUOTED

_STOP = re.compile(r"[，,。；：]")
_BRACKETS = re.compile(r"^\s?(?:[（(][^（）()]{0,80}[)）])+")
_LEAD = 36
_TAIL = 40
_LOOSE = re.compile(r"[《》〈〉<>“”\"'\s]")


@dataclass(frozen=True, slots=True)
class _Cited:
    """Titles that stand together in a sentence, with the words before the first and behind the last."""

    works: tuple[Mention, ...]
    before: str
    after: str
    start: int
    end: int


def find_plan_links(ctx: Context) -> None:
    """Add what the plan is to the works that it cites, beside the citation."""
    if ctx.plan is None:
        return
    by_sentence: dict[Span, list[Mention]] = {}
    for claim in ctx.claims_of("cites"):
        if claim.subject == ctx.plan:
            by_sentence.setdefault(claim.spans[0], []).append(claim.object)
    short = _short_forms(ctx, by_sentence)
    for match in QUOTED.finditer(ctx.text) if short else ():
        if _LOOSE.sub("", match["title"]) in short:
            by_sentence.setdefault(ctx.sentence(match.start()), [])
    for sentence, works in by_sentence.items():
        for cited in _cited(ctx, sentence, works, short):
            relation = _relation(ctx, cited, sentence)
            for work in cited.works if relation else ():
                # Where a short form stands for the work, the sentence that gives it the form says which work it is.
                given = tuple(said for title, said in short.values() if title == work and work not in works)
                ctx.claim(ctx.plan, relation, work, (*ctx.with_plan(sentence), *given), f"relations.{relation}")


def _short_forms(ctx: Context, by_sentence: dict[Span, list[Mention]]) -> dict[str, tuple[Mention, Span]]:
    """Give the works to which the text gives a short form (《…规划》，以下简称《规划》), each with the sentence that does so, by that form.

    A form that the plan itself bears, or that two works are given, stands for none.
    """
    found: dict[str, tuple[Mention, Span]] = {}
    twice = {_LOOSE.sub("", name) for name in ctx.plan_names}
    for sentence, works in by_sentence.items():
        by_label = {_LOOSE.sub("", work.label): work for work in works}
        for match in QUOTED.finditer(ctx.text, *sentence):
            work = by_label.get(_LOOSE.sub("", match["title"]))
            given = ctx.pattern("relations.short_form").match(ctx.text, match.end(), sentence.end) if work else None
            if given and work:
                form = _LOOSE.sub("", given["it"])
                if found.get(form, (work, sentence))[0] != work:
                    twice.add(form)
                found.setdefault(form, (work, sentence))
    return {form: told for form, told in found.items() if form not in twice}


def _cited(ctx: Context, sentence: Span, works: list[Mention], short: dict[str, tuple[Mention, Span]]) -> list[_Cited]:
    """Give the groups of titles of a sentence."""
    text = ctx.text
    by_label = {**{form: work for form, (work, _) in short.items()}, **{_LOOSE.sub("", work.label): work for work in works}}
    groups: list[list[re.Match[str]]] = []
    for match in QUOTED.finditer(text, *sentence):
        between = text[groups[-1][-1].end() : match.start()] if groups else ""
        joined = ctx.find("relations.joined")(between) if groups else None
        # 根据《甲》，并与《乙》做好衔接: what follows is said of another relation.
        apart = joined and (ctx.regex("link.verb").search(joined["whose"]) or joined["whose"].endswith(ctx.vocabulary.role("link.beside")))
        if joined and not apart:
            groups[-1].append(match)
        else:
            groups.append([match])
    found = []
    for group in groups:
        known = tuple(by_label[key] for m in group if (key := _LOOSE.sub("", m["title"])) in by_label)
        if not known:
            continue
        before = _STOP.split(text[max(sentence.start, group[0].start() - _LEAD) : group[0].start()])[-1].rpartition("》")[2]
        after = _BRACKETS.sub("", text[group[-1].end() : min(sentence.end, group[-1].end() + _TAIL)])
        found.append(_Cited(known, before, after, group[0].start(), group[-1].end()))
    return found


def _relation(ctx: Context, cited: _Cited, sentence: Span) -> str:
    """Tell what the words around titles say that the plan is to them; empty where they leave it open."""
    before, after = cited.before, cited.after
    ended = ctx.pattern("relations.repeals", "before").search(before)
    if ended or ctx.pattern("relations.repeals", "behind").search(after):
        return "repeals"
    told = ctx.regex("link.told").search(ctx.text, sentence.start, cited.start)
    if told or ctx.regex("link.past").search(before) or ctx.regex("link.not").search(before):
        return ""
    if _framed(ctx, "alignsWith", before, after, "beside") or ctx.pattern("relations.alignsWith", "before").search(before):
        return "alignsWith"
    for relation in ("amends", "toIssue"):
        if after.startswith(ctx.vocabulary.role("link.occasion")):
            continue
        if ctx.pattern(f"relations.{relation}", "before").search(before) or _framed(ctx, relation, before, after, "beside"):
            return relation
    if _framed(ctx, "restsOn", before, after, "own"):
        return "restsOn"
    carries = "relations.carriesOut"
    made = ctx.regex("link.made").search(ctx.text, cited.end, sentence.end)
    if not made and ctx.pattern(carries, "ordered").search(before) and ctx.pattern(carries, "orders").search(after):
        return "carriesOut"
    if ctx.pattern("relations.restsOn", "before").search(before):
        # 依据《…》，决定…。特制定本方案: the next sentence may say that it is the plan that rests on the work.
        return "restsOn" if made or ctx.pattern("relations.restsOn", "next").match(ctx.text, sentence.end) else ""
    carried = ctx.pattern(carries, "before").search(before) or _framed(ctx, "carriesOut", before, after, "beside")
    return "carriesOut" if carried and not ctx.pattern(carries, "not_behind").search(after) else ""


def _framed(ctx: Context, relation: str, before: str, after: str, opening: str) -> bool:
    """Tell whether words on both sides of titles say a relation: 推动《…》修订, 与《…》衔接, 本计划以《…》为依据."""
    rule = f"relations.{relation}"
    return bool(ctx.pattern(rule, opening).search(before) and ctx.pattern(rule, "behind").search(after))
