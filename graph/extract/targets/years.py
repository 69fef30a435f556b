"""The years that govern numbers: of a document's issue, of a section's horizon (到2025年), carried from sentence to sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...core.model import Span
from ..context import Context
from ..outline import Item

HORIZON = re.compile(r"(?:到|至|力争|争取)(?P<year>20\d{2})年")


@dataclass(slots=True)
class State:
    """What reading a section carries along: the governing year and whether the section sets goals."""

    year: int | None
    base: int | None
    is_goal: bool


def issue_year(ctx: Context) -> int:
    """Give the year from which the plan looks ahead: of its issue, its number, or the copy's date; 0 when unknown."""
    described = {d.mention: d for d in ctx.described()}
    attrs = described[ctx.plan].attrs if ctx.plan in described else {}
    issued = attrs.get("dcterms:issued")
    if issued is not None:
        return int(str(issued)[:4])
    number = re.search(r"〔(\d{4})〕", ctx.plan.number if ctx.plan else "")
    dated = number[1] if number else ctx.document.metadata.get("date", "")[:4]
    return int(dated) if dated.isdigit() else 0


def annual_year(ctx: Context, issued: int) -> int | None:
    """Give the year that a plan for one year bears in its title (2023年工作要点); None for any other."""
    title = ctx.plan.label if ctx.plan else ""
    years = {int(year) for year in re.findall(r"(20\d{2})年", title)}
    return years.pop() if len(years) == 1 and "-" not in title and issued and years <= {issued, issued + 1} else None


def year_of_section(ctx: Context, item: Item) -> int | None:
    """Give the nearest year that the goal section above an item looks to; None when it names none."""
    parent = ctx.outline.items[item.parent] if item.parent >= 0 else None
    if parent is None or parent.role != "goal":
        return None
    # What the items beside it look to is theirs alone.
    years = [int(m["year"]) for m in HORIZON.finditer(ctx.text, parent.start, ctx.outline.items[parent.children[0]].start)]
    return min(years) if years else None


def next_paragraph(ctx: Context, state: State, line: Span) -> None:
    """Where a paragraph looked at several horizons (到2025年…到2035年…), what follows it works out the nearest."""
    years = [int(m["year"]) for m in HORIZON.finditer(ctx.text, *line)]
    if len(set(years)) > 1:
        state.year = min(years)
