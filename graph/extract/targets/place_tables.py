"""Tables of figures by places: one row a city or a district, one column an indicator, a year, or an indicator in a year; or the other way round.

A cell is the target (or the value at the start) of one place; the row of the sum is that of the whole. The columns tell their indicator
and unit themselves (新建渔港（个）), over their years in a header of two rows, or the name of the table does (各县渔船数量目标（单位：艘）).
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from ...core.model import Span
from ...core.rules import fixed_pattern
from ...text.numerals import parse_count
from ..context import Context
from ..locations.names import place_pattern
from .headers import cells_in, row_below, two_rows
from .quantities import number_cell
from .table_values import horizon_above, named_change, observe, state, unit_behind, years_ahead
from .unruled import LONGEST_CELL
from .years import annual_year, plan_years

_LONGEST_YEAR = 14
_FEWEST_PLACES = 2


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
    header = cells_in(ctx, lines[index])
    place = next((at for at, cell in enumerate(header) if ctx.find("tables.place")(cell)), None)
    if place is None or index + 1 >= len(lines):
        return index
    above = _above(ctx, index)
    below = row_below(ctx, index)
    whole = two_rows(header, below, place, partial(_is_dated, ctx)) if any(map(ctx.find("tables.year"), below)) else []
    columns = _columns(ctx, whole or header, place, above, Span(lines[index].start, lines[index].end), issued)
    if not columns:
        return index
    index += 2 if whole else 1
    # The sum of some places (各重点县) is not that of the whole.
    summed = not ctx.find("tables.some")(above.name + header[place])
    while index < len(lines) and lines[index].kind == "row":
        _row(ctx, columns, cells_in(ctx, lines[index]), place, Span(lines[index].start, lines[index].end), summed=summed)
        index += 1
    return index


class _Above(NamedTuple):
    """What stands above a table: its name with its line, and the unit of all that it holds; both empty where nothing says so."""

    name: str
    unit: str
    line: Span


def _above(ctx: Context, index: int) -> _Above:
    """Give the name of a table, the line right above it, or the one above a line that gives its unit alone (单位：公里)."""
    lines, unit = ctx.document.lines, ""
    for line in reversed(lines[max(index - 2, 0) : index]):
        text = ctx.text[line.start : line.end].replace(" ", "")
        of_all = ctx.find("tables.unit_line")(text) if not unit else None
        if line.kind == "row" or of_all is None:
            return _Above(text if line.kind != "row" else "", unit, Span(line.start, line.end))
        unit = of_all["unit"]
    return _Above("", unit, Span(lines[index].start, lines[index].end))


def read_across(ctx: Context, index: int, issued: int) -> int:
    """Add what a table states whose columns are places and whose rows are indicators (指标, 单位, 滨湖区, 南山县); as `read_places` does."""
    header, below = cells_in(ctx, ctx.document.lines[index]), row_below(ctx, index)
    name = next((at for at, cell in enumerate(header) if ctx.find("tables.name")(cell)), None)
    if name is None:
        return index
    whole = two_rows(header, below, name, partial(_is_place, ctx))
    places = [at for at, cell in enumerate(below if whole else header) if at != name and _is_place(ctx, cell)]
    over, year = _above(ctx, index), ctx.find("tables.year")
    above = over.name
    dated = next((int(found["year"]) for cell in (*(header if whole else ()), above) if (found := year(cell))), None)
    annual = annual_year(ctx, issued)
    ahead = dated >= issued if dated else ctx.find("tables.sets")(above) is not None or annual is not None
    if len(places) < _FEWEST_PLACES or not ahead or _reports(ctx, above):
        return index
    unit = next((at for at, cell in enumerate(header) if ctx.find("tables.unit")(cell)), None)
    lines, title = ctx.document.lines, Span(ctx.document.lines[index].start, ctx.document.lines[index].end)
    named = below if whole else header
    index += 2 if whole else 1
    while index < len(lines) and lines[index].kind == "row":
        cells, span = cells_in(ctx, lines[index]), Span(lines[index].start, lines[index].end)
        label, bracketed = unit_behind(cells[name] if name < len(cells) else "")
        counted = (cells[unit] if unit is not None and unit < len(cells) else "") or bracketed or over.unit
        own = dated or annual or horizon_above(ctx, span.start)
        for at in places if 2 <= len(label) <= LONGEST_CELL else ():
            attrs = number_cell(ctx.vocabulary, cells[at], counted) if at < len(cells) else None
            if attrs is not None:
                part = "" if _is_sum(named[at]) else named[at]
                state(ctx, named_change(ctx, label, attrs), attrs, own, span, part, title)
        index += 1
    return index


def _reports(ctx: Context, above: str) -> bool:
    """Tell whether what stands above a table says that it holds what there is, and asks for nothing."""
    return ctx.find("tables.base")(above) is not None and ctx.find("tables.asks")(above) is None


def _is_sum(name: str) -> bool:
    """Tell whether a name is that of the whole of all places (全市, 合计)."""
    return fixed_pattern("tables.sum").fullmatch(name) is not None


def _is_place(ctx: Context, name: str) -> bool:
    """Tell whether a cell names a place, or the whole of all."""
    return _is_sum(name) or ctx.find("bodies.place")(name) is not None or place_pattern(ctx.vocabulary).fullmatch(name) is not None


def _is_dated(ctx: Context, cell: str) -> bool:
    """Tell whether a cell says of which year, or of the start, the values below it are."""
    return len(cell) <= _LONGEST_YEAR and (ctx.find("tables.year")(cell) or ctx.find("tables.base")(cell)) is not None


def _columns(ctx: Context, header: list[str], place: int, over: _Above, line: Span, issued: int) -> list[_Column]:
    """Tell what each column holds; empty for a table that sets nothing or whose columns do not say what they count, and in what."""
    year, base, plain = ctx.find("tables.year"), ctx.find("tables.base"), ctx.pattern("tables.plain")
    above = over.name
    named = ctx.find("tables.of_places")(above)
    of = (named["name"], named["unit"] or over.unit) if named else ("", "")
    years = [(int(found["year"]), cell) for cell in header if (found := year(cell))]
    ahead = years_ahead(ctx, years, issued)
    if issued and ctx.find("tables.sets")(above) and not any(base(cell) for cell in header):
        # A table of work to be done, without a column of the base, sets the figures of the year of issue as well.
        ahead |= {number for number, _ in years if number >= issued}
    if not ahead and (years or _reports(ctx, above) or not ctx.find("tables.sets")(above)):
        return []
    dated = year(above)
    own = int(dated["year"]) if dated and not years else annual_year(ctx, issued)
    columns = []
    for at, cell in enumerate(header):
        found, based = year(cell), base(cell) is not None
        label, unit = unit_behind(base_less(ctx, cell.replace(found[0], "", 1) if found else cell))
        label, title = plain.sub("", label), line
        if not label and (found or based):
            label, unit, title = of[0], unit or of[1], over.line
        unit = unit or over.unit
        if at == place or len(label) < 2 or len(label) > LONGEST_CELL or not unit:
            continue
        when = int(found["year"]) if found else _last_of_term(ctx, cell)
        dates = (when if when or based else own, based or (found is not None and when not in ahead))
        columns.append(_Column(at, label, unit, *dates, title))
    return columns


def _last_of_term(ctx: Context, cell: str) -> int | None:
    """Give the last year of the plan for a column that is for all its years (三年新建渔港, in a plan for three)."""
    term, (start, end) = ctx.find("tables.of_term")(cell), plan_years(ctx)
    return end if term and start and parse_count(term["years"]) == end - start + 1 else None


def base_less(ctx: Context, label: str) -> str:
    """Take the bracket or word that marks the base out of a heading (渔港（基期） → 渔港)."""
    found = ctx.find("tables.base")(label)
    return label if found is None else label.replace(found[0], "").replace("（）", "").replace("()", "")


def _row(ctx: Context, columns: list[_Column], cells: list[str], place: int, span: Span, *, summed: bool) -> None:
    """Add the targets and observations that a row has for its place; those of the sum of all places are the whole's."""
    name = cells[place] if place < len(cells) else ""
    is_sum = _is_sum(name)
    if not _is_place(ctx, name) or (is_sum and not summed):
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
