"""Tables of projects (重大项目表): one row a project, with where it is built, by whom, how large, for how much, and by when.

A table is one of projects where its header names them and at least two of those; a table of tasks and bodies divides work instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.model import Mention, Span
from ..bodies.division_columns import cells_of, content, unknown_bodies
from ..bodies.duties import duties_in
from ..bodies.duty_rules import claim_first, line_rules
from ..context import Context
from ..deadlines.cells import claim_due, due_in
from ..locations.locations import place
from ..locations.names import places_from
from ..outline import Item
from ..targets.years import issue_year
from .project_columns import project_columns

_LONGEST_NAME = 60
_FARTHEST_REFERENCE = 100
"""How far above a table the words may stand that tell of it."""
_PLACED = {"site": ("locatedIn", "appliesTo"), "area": ("appliesTo",)}
"""What a column of places says of the project of a row."""
_YEARS = re.compile(r"20\d\d")


class ProjectRow(NamedTuple):
    """A project that a row names, with the row's cells by what they hold and the year by which it is to be there.

    title is the table's header, heading the name of the column of sums with its unit.
    """

    project: Mention
    row: Span
    cells: dict[str, Span]
    year: int | None
    title: Span
    heading: str


def project_rows(ctx: Context) -> list[ProjectRow]:
    """Give the projects of all tables that list them."""
    if ctx.plan is None or not ctx.has_work or ctx.is_interpretation:
        return []
    found = list[ProjectRow]()
    columns: dict[str, int] | None = None
    title, heading = Span(0, 0), ""
    for line in ctx.document.lines:
        if line.kind != "row":
            columns = None
            continue
        span, cells = Span(line.start, line.end), cells_of(ctx, line)
        if columns is None:
            header = tuple(content(ctx, cell) for cell in cells)
            columns = project_columns(ctx, header) if len(header) > 1 else None
            title, heading = span, header[columns["money"]] if columns and "money" in columns else ""
            continue
        held = {column: cells[index] for column, index in columns.items() if index < len(cells)}
        name = content(ctx, held["name"]) if "name" in held else ""
        # A row of a sum names no project.
        if 4 <= len(name) <= _LONGEST_NAME and not ctx.pattern("projects.no_name").search(name):
            year = _last_year(ctx, held["due"]) if "due" in held else None
            found.append(ProjectRow(Mention("Project", name), span, held, year, title, heading))
    return found


def _last_year(ctx: Context, cell: Span) -> int | None:
    """Give the last year that a cell names, where the plan looks ahead to it."""
    years = [int(year) for year in _YEARS.findall(content(ctx, cell))]
    return years[-1] if years and years[-1] >= issue_year(ctx) else None


def _refers(ctx: Context, position: int) -> Item | None:
    """Give the task whose own text tells of the table behind it (重点渔港见表2。), or in which it stands as a box (专栏1 …).

    A table that none speaks of is the whole plan's.
    """
    item = ctx.outline.at(position)
    above = next((line for line in reversed(ctx.lines_in(max(0, position - _FARTHEST_REFERENCE), position)) if line.end <= position), None)
    if item is not None and above is not None and ctx.find("projects.box")(ctx.text, above.start, above.end):
        return next((holder for holder in (item, *ctx.outline.ancestors(item)) if holder.start in ctx.tasks), None)
    if item is None or item.start not in ctx.tasks:
        return None
    return item if ctx.pattern("projects.refers").search(ctx.text, max(item.start, position - _FARTHEST_REFERENCE), position) else None


def find_projects(ctx: Context) -> None:
    """Add the projects of all tables that list them, with site, builder and date."""
    found = ctx.once(project_rows)
    rules = line_rules(ctx, tabled=True) if found else None
    for project, row, cells, _, title, _ in found:
        assert ctx.plan is not None
        task = _refers(ctx, title.start)
        if task is not None:
            ctx.claim(ctx.tasks[task.start], "includesProject", project, (row, ctx.head_span(task)), "projects.tabled")
        else:
            ctx.claim(ctx.plan, "hasProject", project, (row, ctx.plan_near(row.start)), "projects.tabled")
        if "due" in cells:
            # A span of years is no deadline.
            claim_due(ctx, project, due_in(ctx, content(ctx, cells["due"])), (row,), "projects.dated")
        # An area need not be where one thing stands: pipes of a whole street are renewed.
        for column, relations in _PLACED.items():
            listed = places_from(ctx.vocabulary, ctx.text, *cells[column]) if column in cells else None
            for named in listed.names if listed and listed.span.end == cells[column].end else ():
                for relation in relations:
                    ctx.claim(project, relation, place(ctx, named), (row,), "projects.sited")
        for column, relation, how in (("builder", "builtBy", "projects.built"), ("doer", "responsibleBody", "projects.done")):
            cell = cells.get(column)
            named_in = duties_in(ctx, cell, alone=True) if cell else []
            names = [name for duty in named_in for name in duty.names] or (unknown_bodies(ctx, cell) if cell else [])
            for name in names:
                ctx.claim(project, relation, Mention("Organization", name), (row,), how)
            if rules and column == "doer" and len(named_in) == 1:
                claim_first(ctx, project, names, (row,), rules)
