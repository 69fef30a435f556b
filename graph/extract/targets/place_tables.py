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
from .column_heads import Heading, heading_of
from .headers import cell_at, cells_in, head_rows, headings
from .quantities import number_cell
from .table_values import horizon_above, named_change, observe, state, unit_behind, years_ahead
from .unruled import LONGEST_CELL
from .years import annual_year, plan_years

_FEWEST_PLACES = 2
_ROWS_TRIED = 4
"""How many rows below the header are looked at for places."""


class _Column(NamedTuple):
    """What a column holds: an indicator with its unit, the year of its values where one is known, whether they are those of the start."""

    at: int
    label: str
    unit: str
    year: int | None
    base: bool
    title: Span
    """The line that names the indicator: the header, or the name of the table."""


class _Table(NamedTuple):
    """The columns of a table of places: those of the places, the widest first, those of values, and the one of the row's own deadline."""

    places: tuple[int, ...]
    columns: list[_Column]
    due: int | None
    year: int | None
    """The year of what neither its column nor its row dates."""
    named: bool
    """Whether the header says that the rows are places, however they are called."""
    summed: bool
    """Whether the row of the sum is that of the whole: the sum of some places (各重点县) is not."""


def read_places(ctx: Context, index: int, issued: int) -> int:
    """Add what a table that begins at a line states of places; give the index of the line behind it, or that of the line for any other table."""
    lines = ctx.document.lines
    header = cells_in(ctx, lines[index])
    said = tuple(at for at, cell in enumerate(header) if ctx.find("tables.place")(cell))
    places = said or _unsaid(ctx, index, header)
    if not places or index + 1 >= len(lines):
        return index
    above = _above(ctx, index)
    rows = head_rows(ctx, index, places[0], partial(_heads, ctx))
    head = Span(lines[index].start, lines[index + len(rows) - 1].end)
    heads = [heading_of(ctx, parts) for parts in headings(rows)]
    columns = _columns(ctx, heads, places, above, head, issued)
    if not columns:
        return index
    due = next((at for at, one in enumerate(heads) if one.label in ctx.vocabulary.role("deadline.name")), None)
    named = any(ctx.find("tables.place_named")(header[at]) for at in said)
    dated = ctx.find("tables.year")(above.name) if not any(one.year for one in heads) else None
    year = int(dated["year"]) if dated else annual_year(ctx, issued)
    table = _Table(places, columns, due, year, named, not ctx.find("tables.some")(above.name + "".join(header[at] for at in places)))
    index += len(rows)
    outer = ""
    while index < len(lines) and lines[index].kind == "row":
        cells = cells_in(ctx, lines[index])
        outer = cell_at(cells, places[0]) or outer
        _row(ctx, table, cells, outer, Span(lines[index].start, lines[index].end))
        index += 1
    return index


def _unsaid(ctx: Context, index: int, header: list[str]) -> tuple[int, ...]:
    """Give the column of places of a table that does not say so in its header, but holds nothing else in it; a row below others heads none."""
    if index and len(cells_in(ctx, ctx.document.lines[index - 1])) == len(header) > 1:
        return ()
    below = [cells_in(ctx, line) for line in ctx.document.lines[index + 1 : index + 1 + _ROWS_TRIED] if line.kind == "row"]
    for at, cell in enumerate(header):
        held = [said for cells in below if (said := cell_at(cells, at)) and said != cell] if ctx.find("tables.unsaid")(cell) else []
        if len(held) >= _FEWEST_PLACES and all(place_cell(ctx, said, named=False) is not None for said in held) and not all(map(is_sum, held)):
            return (at,)
    return ()


def _heads(ctx: Context, cell: str) -> bool:
    """Tell whether a cell may belong to the heading of a table of places: it holds no value."""
    if ctx.find("tables.year")(cell):
        return len(cell) <= LONGEST_CELL
    return number_cell(ctx.vocabulary, cell, "") is None and (any(map(str.isalpha, cell)) or cell in ctx.vocabulary.units)


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
        if of_all is None:
            # A row of one cell is the name that stands in the table itself.
            return _Above(text if "\t" not in text else "", unit, Span(line.start, line.end))
        unit = of_all["unit"]
    return _Above("", unit, Span(lines[index].start, lines[index].end))


def read_across(ctx: Context, index: int, issued: int) -> int:
    """Add what a table states whose columns are places and whose rows are indicators (指标, 单位, 滨湖区, 南山县); as `read_places` does."""
    header = cells_in(ctx, ctx.document.lines[index])
    name = next((at for at, cell in enumerate(header) if ctx.find("tables.name")(cell)), None)
    if name is None:
        return index
    rows = head_rows(ctx, index, name, partial(_is_place, ctx))
    places = [at for at, cell in enumerate(rows[-1]) if at != name and _is_place(ctx, cell)]
    over, year = _above(ctx, index), ctx.find("tables.year")
    above = over.name
    dated = next((int(found["year"]) for cell in (*(header if len(rows) > 1 else ()), above) if (found := year(cell))), None)
    annual = annual_year(ctx, issued)
    ahead = dated >= issued if dated else ctx.find("tables.sets")(above) is not None or annual is not None
    if len(places) < _FEWEST_PLACES or not ahead or _reports(ctx, above):
        return index
    unit = next((at for at, cell in enumerate(header) if ctx.find("tables.unit")(cell)), None)
    lines, title = ctx.document.lines, Span(ctx.document.lines[index].start, ctx.document.lines[index].end)
    named = rows[-1]
    index += len(rows)
    while index < len(lines) and lines[index].kind == "row":
        cells, span = cells_in(ctx, lines[index]), Span(lines[index].start, lines[index].end)
        label, bracketed = unit_behind(cells[name] if name < len(cells) else "")
        counted = (cells[unit] if unit is not None and unit < len(cells) else "") or bracketed or over.unit
        own = dated or annual or horizon_above(ctx, span.start)
        for at in places if 2 <= len(label) <= LONGEST_CELL else ():
            attrs = number_cell(ctx.vocabulary, cells[at], counted) if at < len(cells) else None
            if attrs is not None:
                part = "" if is_sum(named[at]) else named[at]
                state(ctx, named_change(ctx, label, attrs), attrs, own, span, part, title)
        index += 1
    return index


def _reports(ctx: Context, above: str) -> bool:
    """Tell whether what stands above a table says that it holds what there is, and asks for nothing."""
    return ctx.find("tables.base")(above) is not None and ctx.find("tables.asks")(above) is None


def is_sum(name: str) -> bool:
    """Tell whether a name is that of the whole of all places (全市, 合计)."""
    return fixed_pattern("tables.sum").fullmatch(name) is not None


def _is_place(ctx: Context, name: str) -> bool:
    """Tell whether a cell names a place, or the whole of all."""
    return is_sum(name) or ctx.find("bodies.place")(name) is not None or place_pattern(ctx.vocabulary).fullmatch(name) is not None


def _columns(ctx: Context, heads: list[Heading], places: tuple[int, ...], over: _Above, line: Span, issued: int) -> list[_Column]:
    """Tell what each column holds; empty for a table that sets nothing or whose columns do not say what they count, and in what."""
    above = over.name
    named = ctx.find("tables.of_places")(above)
    of = (named["name"], named["unit"] or over.unit) if named and not ctx.find("tables.plain")(named["name"]) else ("", "")
    years = [(head.year, head.words) for head in heads if head.year]
    ahead = years_ahead(ctx, years, issued)
    sets = ctx.find("tables.sets")(above) is not None
    if issued and sets and not any(head.base for head in heads):
        # A table of work to be done, without a column of the base, sets the figures of the year of issue as well.
        ahead |= {number for number, _ in years if number >= issued}
    if not ahead and (years or _reports(ctx, above) or not sets):
        return []
    columns: list[_Column] = []
    former = ""
    for at, head in enumerate(heads):
        label, unit, title = head.label, head.unit, line
        if not label and (head.year or head.base or head.sums):
            label, unit, title = of[0], unit or of[1], over.line
        former = unit = unit or (former if head.part else "") or over.unit
        if at in places or not 2 <= len(label) <= LONGEST_CELL or _counts_nothing(ctx, label):
            continue
        # The sum over the years is there when the last of them is over.
        when = head.year or (max(ahead) if head.sums and len(ahead) > 1 else _last_of_term(ctx, head.words))
        columns.append(_Column(at, label, unit, when, head.base or (head.year is not None and head.year not in ahead), title))
    return columns


def _counts_nothing(ctx: Context, label: str) -> bool:
    """Tell whether a heading is that of numbers, remarks or dates, says what there is anyway, or is a verb without its thing."""
    words = (*ctx.vocabulary.role("deadline.name"), *ctx.vocabulary.role("target.build"))
    return label in words or ctx.find("tables.aside")(label) is not None


def _last_of_term(ctx: Context, cell: str) -> int | None:
    """Give the last year of the plan for a column that is for all its years (三年新建渔港, in a plan for three)."""
    term, (start, end) = ctx.find("tables.of_term")(cell), plan_years(ctx)
    return end if term and start and parse_count(term["years"]) == end - start + 1 else None


def _row(ctx: Context, table: _Table, cells: list[str], outer: str, span: Span) -> None:
    """Add the targets and observations that a row has for its place; those of the sum of all places are the whole's."""
    part = _whose(ctx, table, cells, outer)
    if part is None or (not part and not table.summed):
        return
    due = ctx.find("tables.year")(cell_at(cells, table.due)) if table.due is not None else None
    for column in table.columns:
        attrs = number_cell(ctx.vocabulary, cell_at(cells, column.at), column.unit)
        if attrs is None or "yf:unitText" not in attrs:
            continue
        if column.base:
            observe(ctx, column.label, attrs, str(column.year) if column.year else "", span, part, column.title)
        else:
            # A target that bears the name of a place is found to be that place's (`locations`).
            year = column.year or (int(due["year"]) if due else table.year or horizon_above(ctx, span.start))
            state(ctx, column.label, attrs, year, span, part, column.title)


def _whose(ctx: Context, table: _Table, cells: list[str], outer: str) -> str | None:
    """Give the place whose values a row holds, "" for the whole; None for a row of anything else (小计, 各市平均).

    Of two columns of places (县, 乡镇) the narrower says it; `outer` is what stands last in the wider one, which is left empty below.
    """
    name = cell_at(cells, table.places[-1])
    if is_sum(name) and outer != name and len(table.places) > 1:
        # 合计 in the column of the towns: the sum of their county.
        name = outer
    if not name:
        name = next((cell for cell in cells[: table.places[-1]] if is_sum(cell)), "")
    if is_sum(name):
        return ""
    return place_cell(ctx, name, named=table.named)


def place_cell(ctx: Context, name: str, *, named: bool) -> str | None:
    """Give the place that a cell names, also by its government (西屿街道办事处); None for anything else.

    `named` tells that the header says that all cells of the column are places.
    """
    office = ctx.find("tables.place_office")(name)
    name = name[: office.start()] if office else name
    return name if _is_place(ctx, name) or (named and ctx.find("tables.place_short")(name) is not None) else None
