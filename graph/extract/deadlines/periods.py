"""The time for which a plan holds, from its title or where the text names it, and the phases into which the plan divides it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...core.model import Mention, Span
from ...text.due_dates import BEFORE, RANGE, UNTIL, due_of, last_of_month, range_of
from ...text.numerals import parse_count
from ..context import Context
from ..outline import Item
from ..targets.years import annual_year, issue_year

_BEFORE_PHASE = 12
_OPENS = ("：", "；")
"""What a phase may stand behind that is told beside another."""
_LONGEST_ENUMERATOR = 5
_LABEL = re.compile(r"[“”\s]")


def find_periods(ctx: Context) -> None:
    """Add the plan's period and its phases, with what stands under each phase."""
    if ctx.plan is None:
        return
    _plan_period(ctx)
    if ctx.has_work:
        _phases(ctx)


def _plan_period(ctx: Context) -> None:
    assert ctx.plan is not None
    described = ctx.attrs_of(ctx.plan)
    years = described.get("yf:startYear"), described.get("yf:endYear")
    if isinstance(years[0], int) and isinstance(years[1], int):
        _period(ctx, years[0], years[1], ctx.plan_span, "periods.title")
        return
    named = [p for p in ctx.vocabulary.periods if p.name.strip("“”") in _LABEL.sub("", ctx.plan.label)]
    if named:
        # 十五 stands in 十五五 as well: the longest name is meant.
        meant = max(named, key=lambda p: len(p.name))
        _period(ctx, meant.start, meant.end, ctx.plan_span, "periods.five_years")
        ctx.describe(ctx.plan, {"yf:startYear": meant.start, "yf:endYear": meant.end})
        return
    year = _one_year(ctx)
    if year:
        _period(ctx, year, year, ctx.plan_span, "periods.annual")
        ctx.describe(ctx.plan, {"yf:startYear": year, "yf:endYear": year})
        return
    match = ctx.find("periods.years")(ctx.text)
    if match and match["from"] < match["to"]:
        _period(ctx, int(match["from"]), int(match["to"]), ctx.sentence(match.start()), "periods.named")
        return
    valid = ctx.find("periods.valid")(ctx.text)
    if valid and valid["from"] <= valid["to"]:
        _period(ctx, int(valid["from"]), int(valid["to"]), ctx.sentence(valid.start()), "periods.named")
        return
    # In the words before all work it is the plan that takes so long; in a task's text the task does.
    match = ctx.find("periods.lasting")(ctx.text, 0, min(ctx.tasks, default=0))
    years_long = parse_count(match["count"]) if match else None
    if match and years_long:
        _period(ctx, int(match["from"]), int(match["from"]) + years_long - 1, ctx.sentence(match.start()), "periods.named")


def _one_year(ctx: Context) -> int | None:
    """Give the year for which a plan is that is made every year (2026年…工作要点), or that was issued in or for the one year of its title."""
    assert ctx.plan is not None
    match = ctx.pattern("periods.one_year_title").search(ctx.plan.label)
    if match is None or len({year["it"] for year in ctx.pattern("years.named").finditer(ctx.plan.label)}) > 1:
        return None
    return int(match["it"]) if match["kind"] else annual_year(ctx, issue_year(ctx))


def _period(ctx: Context, start: int, end: int, span: Span, rule: str) -> None:
    assert ctx.plan is not None
    years = str(start) if start == end else f"{start}-{end}"
    period = Mention("Period", f"{years}{ctx.vocabulary.word('wording.year')}")
    ctx.claim(ctx.plan, "hasPeriod", period, ctx.with_plan(span), rule)
    ctx.describe(period, {"yf:startDate": date(start, 1, 1), "yf:endDate": date(end, 12, 31)})


def _phases(ctx: Context) -> None:
    """Add phases that an item's head or a sentence opens with, and put below them what stands there."""
    assert ctx.plan is not None
    # The name is looked for in front of the word: trying it at every place would cost more than all the rest.
    head = ctx.find("periods.phase_head")
    marks = [head(ctx.text, max(0, m.start() - _BEFORE_PHASE)) for m in ctx.everywhere("periods.phase_mark")]
    seen: set[int] = set()
    for match in (*filter(None, marks), *ctx.everywhere("periods.phase_spoken"), *_steps(ctx)):
        if match.end("name") in seen:
            continue
        seen.add(match.end("name"))
        found = _days(ctx, match["when"])
        if found is None:
            continue
        item = ctx.outline.at(match.start())
        headed = item is not None and match.start() <= item.head.end
        sentence = ctx.sentence(match.start())
        # 分两个阶段推进：启动阶段（…），…；提升阶段（…），…
        behind = ctx.text[max(0, match.start() - 2) : match.start()].rstrip()
        opens = match.start() - sentence.start <= _LONGEST_ENUMERATOR or headed or behind[-1:] in _OPENS
        if not opens:
            continue
        start, end, dated = found
        phase = Mention("Period", f"{match['name']}（{dated}）")
        span = Span(item.start, max(item.head.end, match.end())) if item and headed else sentence
        ctx.claim(ctx.plan, "hasPhase", phase, ctx.with_plan(span), "periods.phase")
        ctx.describe(phase, {**({"yf:startDate": start} if start else {}), "yf:endDate": end}, (match["name"],))
        _below(ctx, phase, span, item if headed else None, match)


def _steps(ctx: Context) -> Iterator[re.Match[str]]:
    """Give the heads of items that a section of steps dates without calling them phases (（一）动员部署（2024年3月至4月）)."""
    steps = ctx.find("periods.steps")
    sections = {item.head for item in ctx.outline.items if item.children and steps(ctx.text, *item.head)}
    for item in ctx.outline.items if sections else ():
        if any(holder.head in sections for holder in ctx.outline.ancestors(item)):
            match = ctx.find("periods.step")(ctx.text, item.head.start)
            if match:
                yield match


def _days(ctx: Context, when: str) -> tuple[date | None, date, str] | None:
    """Read when a phase is: a range, or the day by which it ends."""
    match = RANGE.search(when)
    days = range_of(match) if match else None
    if match and days:
        return *days, match[0].replace(" ", "")
    for pattern in (BEFORE, UNTIL):
        due = due_of(found) if (found := pattern.search(when)) else None
        if due:
            return None, due.day, due.label
    month = ctx.find("periods.one_month")(when)
    if month and 1 <= int(month["month"]) <= 12:
        year_of, month_of = int(month["it"]), int(month["month"])
        return date(year_of, month_of, 1), last_of_month(year_of, month_of), when
    whole = ctx.find("periods.one_year")(when)
    if whole:
        year_of = int(whole["it"])
        return date(year_of, 1, 1), date(year_of, 12, 31), when
    year, words = ctx.find("periods.until_year")(when), ctx.vocabulary
    dated = f"{words.word('wording.until')}{year['year']}{words.word('wording.year')}" if year else ""
    return (None, date(int(year["year"]), 12, 31), dated) if year else None


def _below(ctx: Context, phase: Mention, span: Span, item: Item | None, match: re.Match[str]) -> None:
    """Put the tasks and targets of a phase's item, or of its own paragraph up to the next phase, in the phase."""
    if item is not None:
        low, high = item.start, item.end
    else:
        line = ctx.lines_in(match.start(), match.end())[0]
        spoken, mark = (ctx.pattern(name).search(ctx.text, match.end(), line.end) for name in ("periods.phase_spoken", "periods.phase_mark"))
        ends = (spoken.start() if spoken else line.end, max(match.end(), ctx.sentence(mark.start()).start) if mark else line.end)
        low, high = ctx.sentence(match.start()).start, min(ends)
    for start, task in ctx.tasks.items():
        if low <= start < high and not (task.label in phase.label or task.label.startswith(match["name"])):
            own = next(i for i in ctx.outline.items if i.start == start)
            ctx.claim(task, "inPhase", phase, (ctx.head_span(own), span), "periods.under_phase")
    within = set(ctx.sentences_in(low, high))
    for claim in ctx.claims():
        if claim.relation in ("hasTarget", "hasMeasure") and (claim.spans[0] in within or low <= claim.spans[0].start < high):
            ctx.claim(claim.object, "inPhase", phase, (claim.spans[0], span), "periods.under_phase")
