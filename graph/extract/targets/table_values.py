"""What the cells of tables state: the target of a year ahead, the observation of the year that a plan starts from."""

from __future__ import annotations

import re
from decimal import Decimal

from ...core.model import Attributes, Mention, Span
from ...text.numerals import spoken
from ..context import Context
from .noun_phrases import indicator_named, keep_short
from .observations import dated_by
from .target_statements import state_target, target_label
from .years import plan_years

_BRACKET = re.compile(r"[（(](?P<unit>[^（）()，,]{1,8}(?:[（(][^（）()]{1,4}[)）])?)(?:[，,][^（）()，,]{1,6})?[)）]$")


_NUMBER = re.compile(r"\d{1,2}(?:[.．](?!\d)|[、)）])|[（(]\d{1,2}[)）]|[①-⑳]")


def unit_behind(name: str) -> tuple[str, str]:
    """Part a name from the unit in brackets behind it, "" where there is none, and leave the number before it.

    >>> unit_behind("新建渔港（个）"), unit_behind("1.新建渔港")
    (('新建渔港', '个'), ('新建渔港', ''))
    """
    number = _NUMBER.match(name)
    name = name[number.end() :] if number else name
    bracketed = _BRACKET.search(name)
    return (name[: bracketed.start()], bracketed["unit"]) if bracketed else (name, "")


def named_change(ctx: Context, label: str, attrs: Attributes) -> str:
    """Give a row's indicator; where its name says that its value is a change (单位产品能耗下降（%） 18), so do the attributes then."""
    change = ctx.find("tables.changes")(label)
    if change is None or "yf:change" in attrs:
        return label
    attrs["yf:change"] = True
    attrs["yf:value"] = -Decimal(str(attrs["yf:value"])) if change["down"] else attrs["yf:value"]
    return label[: change.start()]


def observe(ctx: Context, label: str, attrs: Attributes, period: str, place: Span, part: str = "", title: Span | None = None) -> None:
    """Add the value that an indicator has in the year that the plan starts from.

    `part` is the place whose value it is, `title` the line that names the indicator where the row does not.
    """
    assert ctx.plan is not None
    attrs |= dated_by(period or ctx.vocabulary.word("wording.base"))
    amount = f"{spoken(Decimal(str(attrs['yf:value'])))}{attrs.get('yf:unitText', '')}"
    change = f"{ctx.vocabulary.word('wording.change')} " if attrs.get("yf:change") else ""
    dated = f"{period}{ctx.vocabulary.word('wording.year')}" if period else ctx.vocabulary.word("wording.base")
    keeper = "" if period else ctx.plan.number or ctx.plan.label
    observation = Mention("Observation", f"{part}{label} {change}{attrs['yf:comparator']} {amount}（{dated}）", keeper=keeper)
    head = title or _head(ctx, place)
    ctx.claim(indicator_named(ctx, label), "hasObservation", observation, (place, *((head,) if head else ())), "observations.table")
    ctx.describe(observation, attrs)


def state(ctx: Context, label: str, attrs: Attributes, year: int | None, place: Span, part: str = "", title: Span | None = None) -> Mention:
    """Add the target that a cell states for a year, and give it.

    `part` is the place that it is for, `title` the line that names the indicator where the row does not.
    """
    if year:
        attrs["yf:year"] = year
    target = Mention("Target", target_label(part + label, attrs, year, ctx.vocabulary))
    state_target(ctx, keep_short(ctx, Mention("Indicator", label)), target, attrs, place, "targets.table", title or _head(ctx, place))
    return target


def _head(ctx: Context, place: Span) -> Span | None:
    """Give the heading that a table stands under."""
    item = ctx.outline.at(place.start)
    return ctx.head_span(item) if item else None


def horizon_above(ctx: Context, position: int) -> int | None:
    """Give the nearest year that the section above looks to; a table without years states its plan's horizon."""
    item = ctx.outline.at(position)
    section = [holder for holder in [item, *ctx.outline.ancestors(item)] if holder.role == "goal"] if item else []
    years = [int(m["year"]) for m in ctx.pattern("years.horizon").finditer(ctx.text, section[-1].start, position)] if section else []
    return min(years) if years else None


def years_ahead(ctx: Context, years: list[tuple[int, str]], issued: int) -> set[int]:
    """Tell which years of a table's columns (each with its heading) lie ahead of the plan.

    The year of issue, and what lies behind it, is where the plan starts from; of years unknown only the last lies ahead. Where a column
    says that it holds the base, what comes later lies ahead, though the plan was issued that year. Where none does, so do the years of the
    plan's own period.
    """
    is_base = ctx.find("tables.base")
    starts = plan_years(ctx)[0]
    if issued and issued <= starts and not any(is_base(heading) for _, heading in years) and all(year >= starts for year, _ in years):
        return {year for year, _ in years}
    based = [year for year, heading in years if is_base(heading)]
    earlier = [year for year, _ in years if issued and year < issued]
    # The year before the plan is the base then, and what the plan's own year wants is a goal.
    since = max(based) if based else max(earlier, default=issued)
    return {year for year, heading in years if since and year > since and not is_base(heading)}
