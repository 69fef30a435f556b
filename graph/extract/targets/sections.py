"""Quantified targets: indicator, comparator, value or range, unit, year.

A number is a target where the plan sets it: in the goals, where a sentence names its horizon, or in a task with a verb that sets it
(达到, 培育 …). A number of the past (截至, 已, a year before the plan's own) is none, and neither is a condition (500万元及以下的, 给予最高100万元).
A year that a sentence opens with (到2025年，…) governs until the next one in its section; one further in is its own in a task.
Here is told which stretches of a document are read and what each starts with; `lines` reads their sentences, `clauses` one clause.
"""

from __future__ import annotations

from ...core.model import Span
from ..bodies.duty_tables import divisions_of
from ..context import Context
from ..outline import Item
from ..structure.project_tables import project_rows
from ..structure.section_roles import names_phase
from .lines import Lines
from .years import State, between, issue_year, next_paragraph


def find_targets(ctx: Context) -> None:
    """Add indicators with their targets from goal sections, sentences that name a horizon, and tasks of a plan's own text."""
    if ctx.plan is None or not ctx.has_work:
        return
    reader = Lines(ctx, issue_year(ctx))
    items = sorted(ctx.outline.items, key=lambda i: i.role != "goal")
    first = min((item.start for item in items), default=len(ctx.text))
    for item in items:
        _item(ctx, reader, item)
    if not ctx.is_interpretation:
        reader.horizons(0, first)
        _divided(ctx, reader)


def _divided(ctx: Context, reader: Lines) -> None:
    """Read the cells of tables that divide the work: the task and what is wanted of it (新建基站120座), not who does it and by when."""
    for project in ctx.once(project_rows):
        # What is built until a year is what that year is to bring.
        scale = project.cells.get("scale")
        if scale is not None and reader.counts(*scale):
            reader.line(*scale, State(project.year, None, is_goal=project.year is not None))
    for table, columns in ctx.once(divisions_of):
        if not columns.named:
            continue
        aside = {*columns.bodies, columns.number, columns.deadline}
        for row in table.rows:
            due = row[columns.deadline] if columns.deadline is not None and columns.deadline < len(row) else None
            until = ctx.pattern("years.named").search(ctx.text, *due) if due else None
            year = int(until["year"]) if until and int(until["year"]) >= reader.issued else reader.annual
            for index, cell in enumerate(row):
                if index not in aside and reader.counts(*cell):
                    reader.line(*cell, State(year, None, reader.annual is not None))


def _item(ctx: Context, reader: Lines, item: Item) -> None:
    end = max(item.body.end, item.head.end)
    # 工作中要把握以下原则：——甲。——乙。 到2030年，…: what stands behind the bullets of an item is said of it as well.
    tail = [item.tail] if reader.counts(*item.tail) else []
    if not reader.counts(item.start, end) and not tail:
        return
    is_goal = item.role == "goal"
    phased = item.role in ("definition", "task") and names_phase(ctx, item)
    # A phase without items below it says in its own sentences what is done until its end.
    until = [int(m["year"]) for m in ctx.pattern("years.named").finditer(ctx.outline.label(item))] if phased and not item.children else []
    works = item.start in ctx.tasks or (item.start in ctx.containers and item.role == "task") or _boxed(ctx, item)
    if not is_goal and not works and not until:
        if (item.role not in ("", "overall") and not phased) or ctx.is_interpretation:
            return
        if not reader.annual:
            for low, high in (Span(item.start, end), *tail):
                reader.horizons(low, high)
            return
    # All that a plan for one year counts is what that year is to bring.
    year = reader.years.at(item) if is_goal else max(until, default=None)
    state = State(year or reader.annual, None, is_goal or reader.annual is not None)
    start = item.head.end if item.start in ctx.containers or not item.heading_only else item.start
    if item.kind in ("bullet", "numbered") or item.start not in ctx.containers:
        start = item.head.start
    namer = reader.clauses.namer
    namer.heading = ctx.outline.label(item) if _boxed(ctx, item) and ctx.text[item.head.end : item.head.end + 1] in "：:" else ""
    built = ctx.find("clauses.item")(ctx.outline.label(item)) if not is_goal else None
    namer.item = built["thing"] if built else ""
    made = ctx.find("clauses.made")(ctx.outline.label(item)) if not is_goal else None
    namer.product = made["thing"] if made else ""
    for low, high in [Span(start, end), *(between(ctx, item) if is_goal and item.children else ()), *tail]:
        for line in ctx.lines_in(low, high):
            part = Span(max(low, line.start), min(high, line.end))
            if line.kind != "row" and part.start < part.end:
                reader.line(*part, state)
                next_paragraph(ctx, state, part)


def _boxed(ctx: Context, item: Item) -> bool:
    """Tell whether an item stands in a box (专栏3 …), which spells out what the section around it is to do."""
    return item.role in ("", "task") and any(holder.kind == "box" for holder in (item, *ctx.outline.ancestors(item)))
