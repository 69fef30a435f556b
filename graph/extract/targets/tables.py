"""Targets in tables and boxes of indicators: one row an indicator, with its unit, its values by year and its nature (约束性/预期性).

A table may be whole (rows with cells) or flattened by the copy, one cell a line; then the numbered first column tells the rows, or the
header does (`unruled`). The column of the year that the plan starts from holds observations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from ...core.model import Line, Span
from ..bodies.division_columns import content
from ..context import Context
from ..structure.project_tables import project_rows
from .headers import cell_at, cells_in, head_rows, headings
from .noun_phrases import indicator_named
from .place_tables import is_sum, place_cell, read_across, read_places
from .quantities import number_cell
from .table_values import horizon_above, named_change, observe, state, unit_behind, years_ahead
from .unruled import LONGEST_CELL as _LONGEST_CELL
from .unruled import spaced_rows, stacked_rows
from .years import issue_year

_NO_UNIT = " \t—–-－/／"
"""What the column of units holds for what has none, and white space."""
_LONGEST_HEADING = 12


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; goals are those of the years ahead with the year of each, or that of the expected value."""

    name: int
    goals: tuple[tuple[int, int | None], ...]
    bases: tuple[tuple[int, int | None], ...]
    unit: int | None
    nature: int | None
    width: int
    place: int | None
    """The column of the place whose values a row holds, where each place has several rows."""


def find_table_targets(ctx: Context) -> None:
    """Add the targets of every table and box of indicators in a plan's own text."""
    if ctx.plan is None or not ctx.has_work or ctx.is_interpretation:
        return
    lines, issued = ctx.document.lines, issue_year(ctx)
    index = 0
    while index < len(lines):
        if lines[index].kind == "row":
            header = cells_in(ctx, lines[index])
            name = _name_column(ctx, header)
            rows = head_rows(ctx, index, name, partial(_is_heading, ctx)) if name is not None else [header]
            columns = _columns(ctx, ["".join(parts) for parts in headings(rows)] if len(rows) > 1 else header, issued)
            behind = index if columns else read_places(ctx, index, issued)
            if not columns and behind == index:
                behind = read_across(ctx, index, issued)
            if behind > index:
                index = behind
                continue
            index += len(rows)
            place = ""
            while columns and index < len(lines) and lines[index].kind == "row":
                cells = cells_in(ctx, lines[index])
                # A place is said once for all its rows.
                place = (cell_at(cells, columns.place) or place) if columns.place is not None else ""
                _row(ctx, columns, cells, Span(lines[index].start, lines[index].end), place)
                index += 1
        elif ctx.text[lines[index].start : lines[index].end] in ctx.vocabulary.role("table.number"):
            index = _flattened(ctx, index, issued)
        elif ctx.find("tables.name")(ctx.text[lines[index].start : min(lines[index].end, lines[index].start + _LONGEST_CELL)].partition(" ")[0]):
            index = _unruled(ctx, index, issued)
        else:
            index += 1
    _sums(ctx)


def _sums(ctx: Context) -> None:
    """Add what the projects of a table cost, each with the year by which it is to be there."""
    for row in ctx.once(project_rows):
        label, unit = unit_behind(row.heading)
        money = row.cells.get("money")
        attrs = number_cell(ctx.vocabulary, content(ctx, money), unit) if money and unit else None
        if attrs is not None and ctx.pattern("projects.sum").fullmatch(label):
            state(ctx, label, attrs, row.year, row.row, title=row.title)


def _name_column(ctx: Context, header: list[str]) -> int | None:
    """Give the column that names the indicators; None where none does."""
    named = next((at for at, cell in enumerate(header) if ctx.find("tables.name")(cell)), None)
    if named is not None or not any(map(ctx.find("tables.goal"), header)):
        return named
    # 任务, 目标值, 责任单位: what is to be done names what its goal counts.
    return next((at for at, cell in enumerate(header) if ctx.find("divisions.task_column")(cell)), None)


def _columns(ctx: Context, header: list[str], issued: int) -> _Columns | None:
    name = _name_column(ctx, header)
    years = [(int(match[1]), i) for i, cell in enumerate(header) if (match := ctx.find("tables.year")(cell)) and len(cell) <= 12]
    goal = next((i for i, cell in enumerate(header) if ctx.find("tables.goal")(cell)), None)
    if name is None or (goal is None and not years):
        return None
    if goal is not None:
        match = ctx.find("tables.year")(header[goal])
        goals: tuple[tuple[int, int | None], ...] = ((goal, int(match[1]) if match else None),)
    else:
        later = years_ahead(ctx, [(year, header[index]) for year, index in years], issued)
        ahead = [(index, year) for year, index in sorted(years) if year in later]
        last, column = max(years)
        goals = tuple(ahead) or ((column, last),)
        if len(ahead) > 1:
            # 2026年, 2027年, 2028年, 三年合计: the sum is there when the last of them is over.
            goals += tuple((index, last) for index, cell in enumerate(header) if ctx.find("tables.over_years")(cell))
    unit = next((i for i, cell in enumerate(header) if ctx.find("tables.unit")(cell)), None)
    nature = next((i for i, cell in enumerate(header) if ctx.find("tables.nature")(cell)), None)
    ahead_of = {column for column, _ in goals}
    base = ctx.find("tables.base")
    behind = {index: year for year, index in years if index not in ahead_of and (base(header[index]) or (issued and year <= issued))}
    named = {index: behind.get(index) for index, cell in enumerate(header) if index not in ahead_of and base(cell)}
    place = next((i for i, cell in enumerate(header) if i != name and ctx.find("tables.place")(cell)), None)
    return _Columns(name, goals, tuple(sorted({**behind, **named}.items())), unit, nature, len(header), place)


def _is_heading(ctx: Context, cell: str) -> bool:
    """Tell whether a cell may head a column of a table of indicators."""
    if any(ctx.find(f"tables.{part}")(cell) for part in ("name", "unit", "nature", "goal")):
        return True
    return len(cell) <= _LONGEST_HEADING and (ctx.find("tables.year")(cell) or ctx.find("tables.base")(cell)) is not None


def _unruled(ctx: Context, index: int, issued: int) -> int:
    """Read a table that lost its rules, from the line on that names its columns; give the line behind it."""

    heading = partial(_is_heading, ctx)

    def is_header(header: list[str]) -> bool:
        return all(map(heading, header)) and _columns(ctx, header, issued) is not None

    for rows, per_row in ((spaced_rows(ctx, index, is_header), False), (stacked_rows(ctx, index, is_header, heading), True)):
        table = list(rows)
        columns = _columns(ctx, table[0].cells, issued) if table else None
        if columns is None:
            continue
        taken = 1
        for row in table[1:]:
            # A row without a number is the text behind the table.
            if not any(number_cell(ctx.vocabulary, row.cells[column].strip(), "") for column, _ in columns.goals):
                break
            _row(ctx, columns, row.cells, row.place)
            taken += 1
        if taken > 1:
            return index + taken * (columns.width if per_row else 1)
    return index + 1


def _flattened(ctx: Context, index: int, issued: int) -> int:
    """Read a table whose cells stand one a line, from its 序号 on; give the line behind it."""
    lines = ctx.document.lines
    cells: list[tuple[str, Line]] = []
    for line in lines[index:]:
        text = ctx.text[line.start : line.end].replace(" ", "")
        if len(text) > _LONGEST_CELL or text[-1:] in "。；":
            break
        cells.append((text, line))
    first = next((i for i, (text, _) in enumerate(cells) if text == "1"), None)
    columns = _columns(ctx, [text for text, _ in cells[:first]], issued) if first else None
    if first is None or columns is None:
        return index + 1
    at, number = first, 1
    while at + columns.width <= len(cells) and cells[at][0] == str(number):
        row = cells[at : at + columns.width]
        _row(ctx, columns, [text for text, _ in row], Span(row[0][1].start, row[-1][1].end))
        at, number = at + columns.width, number + 1
    return index + at


def _row(ctx: Context, columns: _Columns, cells: list[str], place: Span, whose: str = "") -> None:
    """Add the target that one row states; a cell that is no number states none. `whose` is the place that the row's values are for."""
    part = "" if not whose or is_sum(whose) else place_cell(ctx, whose, named=True)
    if len(cells) != columns.width or part is None:
        return
    name = cells[columns.name].replace(" ", "")
    unit = cells[columns.unit].strip(_NO_UNIT) if columns.unit is not None else ""
    label, bracketed = unit_behind(name)
    unit = unit or bracketed
    for column, year in columns.goals:
        attrs = number_cell(ctx.vocabulary, cells[column].strip(), unit)
        if attrs is not None and 2 <= len(name) <= _LONGEST_CELL:
            if columns.nature is not None and cells[columns.nature].strip() in ctx.vocabulary.role("indicator.nature"):
                attrs["yf:nature"] = cells[columns.nature].strip()
            state(ctx, named_change(ctx, label, attrs), attrs, year or horizon_above(ctx, place.start), place, part)
    if not any(number_cell(ctx.vocabulary, cells[column].strip(), unit) for column, _ in columns.goals):
        _unvalued(ctx, columns, cells, label, place)
    for column, year in columns.bases:
        attrs = number_cell(ctx.vocabulary, cells[column].strip(), unit)
        if attrs is not None and 2 <= len(name) <= _LONGEST_CELL:
            observe(ctx, named_change(ctx, label, attrs), attrs, str(year) if year else "", place, part)


def _unvalued(ctx: Context, columns: _Columns, cells: list[str], label: str, place: Span) -> None:
    """Add an indicator whose value the table leaves to words (持续下降, 达到国家要求) or to a dash."""
    assert ctx.plan is not None
    wanted = [cells[column].strip() for column, _ in columns.goals]
    if 2 <= len(label) <= _LONGEST_CELL and all(ctx.find("tables.in_words")(cell) for cell in wanted):
        ctx.claim(ctx.plan, "hasIndicator", indicator_named(ctx, label), ctx.with_plan(place), "tables.in_words")
