"""Tables of projects (重大项目表): one row a project, with where it is built, by whom, how large, for how much, and by when.

A table is one of projects where its header names them and at least two of those; a table of tasks and bodies divides work instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.model import Mention, Span
from ..bodies.division_columns import cells_of, content, unknown_bodies
from ..bodies.duties import duties_in
from ..context import Context
from ..deadlines.cells import claim_due, due_in
from ..locations.locations import place
from ..locations.names import places_from
from ..targets.years import issue_year
from .project_columns import project_columns

_LONGEST_NAME = 60
_YEARS = re.compile(r"20\d\d")


class ProjectRow(NamedTuple):
    """A project that a row names, the cells that tell its size and its sum, the year by which it is to be there.

    title is the table's header, heading the name of the column of sums with its unit.
    """

    row: Span
    scale: Span | None
    money: Span | None
    year: int | None
    title: Span
    heading: str


def project_rows(ctx: Context) -> list[ProjectRow]:
    """Add the projects of all tables that list them, with site, builder, sum and date; give the rows for what else is told in them."""
    if ctx.plan is None or not ctx.has_work or ctx.is_interpretation:
        return []
    lines, found = ctx.document.lines, list[ProjectRow]()
    index = 0
    while index < len(lines):
        row_text = ctx.text[lines[index].start : lines[index].end] if lines[index].kind == "row" else ""
        header = tuple("".join(cell.split()) for cell in row_text.split("\t"))
        columns = project_columns(ctx, header) if len(header) > 2 else None
        title = Span(lines[index].start, lines[index].end)
        index += 1
        while columns and index < len(lines) and lines[index].kind == "row":
            row = _row(ctx, cells_of(ctx, lines[index]), columns, title, Span(lines[index].start, lines[index].end))
            found += [row] if row else []
            index += 1
    return found


def _row(ctx: Context, cells: list[Span], columns: dict[str, int], title: Span, row: Span) -> ProjectRow | None:
    """Add what one row says of its project; None for a row of a sum or one that names none."""
    assert ctx.plan is not None
    held = {column: cells[index] for column, index in columns.items() if index < len(cells)}
    name = content(ctx, held["name"]) if "name" in held else ""
    if not 4 <= len(name) <= _LONGEST_NAME or ctx.pattern("projects.no_name").search(name):
        return None
    project = Mention("Project", name)
    ctx.claim(ctx.plan, "hasProject", project, (row, ctx.plan_near(row.start)), "projects.tabled")
    year = _date(ctx, project, held.get("due"), row)
    if "site" in held:
        listed = places_from(ctx.vocabulary, ctx.text, *held["site"])
        for named in listed.names if listed and listed.span.end == held["site"].end else ():
            ctx.claim(project, "locatedIn", place(ctx, named), (row,), "projects.sited")
            ctx.claim(project, "appliesTo", place(ctx, named), (row,), "projects.sited")
    if "builder" in held:
        names = [name for _, some in duties_in(ctx, held["builder"], alone=True) for name in some] or unknown_bodies(ctx, held["builder"])
        for builder in names:
            ctx.claim(project, "builtBy", Mention("Organization", builder), (row,), "projects.built")
    heading = content(ctx, cells_of(ctx, ctx.lines_in(*title)[0])[columns["money"]]) if "money" in columns else ""
    return ProjectRow(row, held.get("scale"), held.get("money"), year, title, heading)


def _date(ctx: Context, project: Mention, cell: Span | None, row: Span) -> int | None:
    """Add the date of a cell as the project's deadline; give the last year that the cell names. A span of years is no deadline."""
    if cell is None:
        return None
    text = content(ctx, cell)
    years = [int(year) for year in _YEARS.findall(text)]
    claim_due(ctx, project, due_in(ctx, text), (row,), "projects.dated")
    return years[-1] if years and years[-1] >= issue_year(ctx) else None
