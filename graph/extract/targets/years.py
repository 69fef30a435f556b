"""The years that govern numbers: of a document's issue, of a section's horizon (到2025年), carried from sentence to sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from ...core.model import Span
from ...text.normalize import strip_span
from ...text.sentences import behind_last
from ..context import Context
from ..outline import Item

_SHORTEST_PARAGRAPH = 8


@dataclass(slots=True)
class State:
    """What reading a section carries along: the governing year and whether the section sets goals."""

    year: int | None
    base: int | None
    is_goal: bool


def issue_year(ctx: Context) -> int:
    """Give the year from which the plan looks ahead: of its issue, its number, or the copy's date; 0 when unknown."""
    attrs = ctx.attrs_of(ctx.plan) if ctx.plan else {}
    issued = attrs.get("dcterms:issued")
    if issued is not None:
        return int(str(issued)[:4])
    number = re.search(r"〔(\d{4})〕", ctx.plan.number if ctx.plan else "")
    dated = number[1] if number else ctx.document.metadata.get("date", "")[:4]
    if dated.isdigit():
        return int(dated)
    # A copy without any date: the plan looks ahead from where its own period begins.
    return plan_years(ctx)[0]


def plan_years(ctx: Context) -> tuple[int, int]:
    """Give the first and the last year of the plan, as its title says them or names them (“十五五”); 0 for one that is unknown."""
    attrs = ctx.attrs_of(ctx.plan) if ctx.plan else {}
    start, end = (int(str(attrs.get(f"yf:{key}Year", 0))) for key in ("start", "end"))
    named = [period for period in ctx.vocabulary.periods if ctx.plan and period.name.strip("“”") in ctx.plan.label]
    if start or not named:
        return start, end
    # “十五五” holds the name of “十五” as well.
    longest = max(len(period.name) for period in named)
    first = min((period for period in named if len(period.name) == longest), key=lambda period: period.start)
    return first.start, first.end


def annual_year(ctx: Context, issued: int) -> int | None:
    """Give the year that a plan for one year bears in its title (2023年工作要点); None for any other."""
    title = ctx.plan.label if ctx.plan else ""
    years = {int(year) for year in [m["year"] for m in ctx.pattern("years.named").finditer(title)]}
    start, end = plan_years(ctx)
    # （2026—2027年） names the last of two.
    return years.pop() if len(years) == 1 and start == end and issued and years <= {issued, issued + 1} else None


def between(ctx: Context, parent: Item) -> list[Span]:
    """Give the paragraphs that stand between the spoken items of a section (bullets) and belong to none of them."""
    gaps: list[Span] = []
    for one, following in pairwise(ctx.outline.children(parent)):
        low = max(one.end, one.head.end, one.body.end)
        if following.start - low > _SHORTEST_PARAGRAPH and ctx.text.find("\n", low, following.start) >= 0:
            gaps.append(strip_span(ctx.text, ctx.text.find("\n", low), following.start))
    return [gap for gap in gaps if gap.end > gap.start]


class SectionYears:
    """Tells which year a goal section looks to at an item below it; each section is read once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[int, tuple[int | None, list[tuple[int, int]]]] = {}

    def at(self, item: Item) -> int | None:
        """Give the year of the paragraph between items that stands last above this one (第二阶段，到2031年，…), else the section's own.

        Of several that the section looks to it is the nearest.
        """
        parent = self._ctx.outline.items[item.parent] if item.parent >= 0 else None
        if parent is None or parent.role != "goal":
            return None
        if parent.start not in self._known:
            self._known[parent.start] = self._read(parent)
        first, later = self._known[parent.start]
        at = bisect_left(later, (item.start, 0)) - 1
        return later[at][1] if at >= 0 else first

    def _read(self, parent: Item) -> tuple[int | None, list[tuple[int, int]]]:
        text = self._ctx.text
        # What the items beside it look to is theirs alone.
        horizons, first = self._ctx.pattern("years.horizon"), self._ctx.outline.items[parent.children[0]].start
        lead = strip_span(text, parent.start, first)
        opens = behind_last(text, "。；\n", lead.start, lead.end) if text[lead.end - 1] in "：:" else lead.start
        # 到2026年，渔港达到5座。到2028年，实现以下目标：…: what opens the list dates it, not what is said before.
        dated = [[int(m["year"]) for m in horizons.finditer(text, low, lead.end)] for low in (opens, lead.start)]
        years = dated[0] or dated[1]
        later = [(m.start(), int(m["year"])) for gap in between(self._ctx, parent) for m in horizons.finditer(text, *gap)]
        return min(years) if years else None, later


def next_paragraph(ctx: Context, state: State, line: Span) -> None:
    """Where a paragraph looked at several horizons (到2025年…到2035年…), what follows it works out the nearest."""
    years = [int(m["year"]) for m in ctx.within(line, "years.horizon")]
    if len(set(years)) > 1:
        state.year = min(years)
