"""Tables of figures by places: one row a city or a district, one column an indicator, a year, or an indicator in a year.

A cell is the target (or the value at the start) of one place; the row of the sum is that of the whole. The columns tell their indicator
and unit themselves (新建渔港（个）), over their years in a header of two rows, or the name of the table does (各县渔船数量目标（单位：艘）).
"""

from __future__ import annotations

from typing import NamedTuple

from ...core.model import Line, Span
from ...core.rules import fixed_pattern
from ..context import Context
from ..locations.names import place_pattern
from .quantities import number_cell
from .table_values import horizon_above, observe, state, unit_behind, years_ahead
from .unruled import LONGEST_CELL
from .years import annual_year

_LONGEST_YEAR = 14


class _Column(NamedTuple):
    """What a column holds: an indicator with its unit, the year of its values where one is known, whether they are those of the start."""

    at: int
    label: str
    unit: str
    year: int | None
    base: bool
    title: Span
    """The line that names the indicator: the header, or the name of the table."""


def read_places(ctx: Context, index: int, issued: int) -> int:
    """Add what a table that begins at a line states of places; give the index of the line behind it, or that of the line for any other table."""
    lines = ctx.document.lines
    header = _cells(ctx, lines[index])
    place = next((at for at, cell in enumerate(header) if ctx.find("tables.place")(cell)), None)
    if place is None or index + 1 >= len(lines):
        return index
    above = _name_above(ctx, index)
    below = _cells(ctx, lines[index + 1]) if lines[index + 1].kind == "row" else []
    whole = _two_rows(ctx, header, below, place)
    columns = _columns(ctx, whole or header, place, index, issued)
    if not columns:
        return index
    index += 2 if whole else 1
    # The sum of some places (各重点县) is not that of the whole.
    summed = not ctx.find("tables.some")(above + header[place])
    while index < len(lines) and lines[index].kind == "row":
        _row(ctx, columns, _cells(ctx, lines[index]), place, Span(lines[index].start, lines[index].end), summed=summed)
        index += 1
    return index


def _cells(ctx: Context, line: Line) -> list[str]:
    return ctx.text[line.start : line.end].replace(" ", "").split("\t")


def _name_above(ctx: Context, index: int) -> str:
    """Give the line right above a table, its name; "" where none is."""
    line = ctx.document.lines[index - 1] if index else None
    return ctx.text[line.start : line.end].replace(" ", "") if line is not None and line.kind != "row" else ""


def _two_rows(ctx: Context, header: list[str], below: list[str], place: int) -> list[str]:
    """Put together a header of two rows (an indicator over its years); empty where the second row is none."""
    width = max(len(header), len(below))
    upper, lower = header + [""] * (width - len(header)), below + [""] * (width - len(below))
    year, base = ctx.find("tables.year"), ctx.find("tables.base")
    if lower[place] not in ("", upper[place]) or not any(year(cell) for cell in lower):
        return []
    if not all(not cell or cell == upper[at] or (len(cell) <= _LONGEST_YEAR and (year(cell) or base(cell))) for at, cell in enumerate(lower)):
        return []
    whole, over = [], ""
    for one, other in zip(upper, lower, strict=True):
        over = one or over
        whole.append(over if other in ("", one) else other + over)
    return whole


def _columns(ctx: Context, header: list[str], place: int, index: int, issued: int) -> list[_Column]:
    """Tell what each column holds; empty for a table that sets nothing or whose columns do not say what they count, and in what."""
    year, base, plain = ctx.find("tables.year"), ctx.find("tables.base"), ctx.pattern("tables.plain")
    above, lines = _name_above(ctx, index), ctx.document.lines
    named = ctx.find("tables.of_places")(above)
    of = (named["name"], named["unit"] or "") if named else ("", "")
    years = [(int(found["year"]), cell) for cell in header if (found := year(cell))]
    ahead = years_ahead(ctx, years, issued)
    if issued and ctx.find("tables.sets")(above) and not any(base(cell) for cell in header):
        # A table of work to be done, without a column of the base, sets the figures of the year of issue as well.
        ahead |= {number for number, _ in years if number >= issued}
    if not ahead and (years or base(above) or not ctx.find("tables.sets")(above)):
        return []
    dated = year(above)
    own = int(dated["year"]) if dated and not years else annual_year(ctx, issued)
    columns = []
    for at, cell in enumerate(header):
        found, based = year(cell), base(cell) is not None
        label, unit = unit_behind(base_less(ctx, cell.replace(found[0], "", 1) if found else cell))
        label, line = plain.sub("", label), lines[index]
        if not label and (found or based):
            label, unit, line = of[0], unit or of[1], lines[index - 1]
        if at == place or len(label) < 2 or len(label) > LONGEST_CELL or not unit:
            continue
        when = int(found["year"]) if found else None
        dates = (when if found or based else own, based or (when is not None and when not in ahead))
        columns.append(_Column(at, label, unit, *dates, Span(line.start, line.end)))
    return columns


def base_less(ctx: Context, label: str) -> str:
    """Take the bracket or word that marks the base out of a heading (渔港（基期） → 渔港)."""
    found = ctx.find("tables.base")(label)
    return label if found is None else label.replace(found[0], "").replace("（）", "").replace("()", "")


def _row(ctx: Context, columns: list[_Column], cells: list[str], place: int, span: Span, *, summed: bool) -> None:
    """Add the targets and observations that a row has for its place; those of the sum of all places are the whole's."""
    name = cells[place] if place < len(cells) else ""
    is_sum = summed and fixed_pattern("tables.sum").fullmatch(name) is not None
    if not is_sum and ctx.find("bodies.place")(name) is None and place_pattern(ctx.vocabulary).fullmatch(name) is None:
        return
    part = "" if is_sum else name
    for column in columns:
        attrs = number_cell(ctx.vocabulary, cells[column.at], column.unit) if column.at < len(cells) else None
        if attrs is None:
            continue
        if column.base:
            observe(ctx, column.label, attrs, str(column.year) if column.year else "", span, part, column.title)
        else:
            # A target that bears the name of a place is found to be that place's (`locations`).
            state(ctx, column.label, attrs, column.year or horizon_above(ctx, span.start), span, part, column.title)
