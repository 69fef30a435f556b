"""Targets in tables and boxes of indicators: one row an indicator, with its unit, its values by year and its nature (约束性/预期性).

A table may be whole (rows with cells) or flattened by the copy, one cell a line; then the numbered first column tells the rows, or the
header does (`unruled`). The column of the year that the plan starts from holds observations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from ...core.model import Attributes, Line, Mention, Span
from ...text.numerals import spoken
from ..context import Context
from .noun_phrases import indicator_named
from .observations import dated_by
from .quantities import number_cell
from .target_statements import state_target, target_label
from .unruled import LONGEST_CELL as _LONGEST_CELL
from .unruled import spaced_rows, stacked_rows
from .years import issue_year

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
    of: tuple[str, str] = ("", "")
    """The indicator and its unit, where the table's name says them and its rows are places."""
    title: Span | None = None
    """Where the name of such a table stands."""


def find_table_targets(ctx: Context) -> None:
    """Add the targets of every table and box of indicators in a plan's own text."""
    if ctx.plan is None or not ctx.has_work or ctx.is_interpretation:
        return
    lines, issued = ctx.document.lines, issue_year(ctx)
    index = 0
    while index < len(lines):
        if lines[index].kind == "row":
            header = [cell.replace(" ", "") for cell in _cells(ctx, lines[index])]
            below = _cells(ctx, lines[index + 1]) if index + 1 < len(lines) and lines[index + 1].kind == "row" else []
            whole = _two_rows(ctx, header, [cell.replace(" ", "") for cell in below])
            columns = _columns(ctx, whole or header, issued) or _places(ctx, index, header, issued)
            index += 2 if whole else 1
            while columns and index < len(lines) and lines[index].kind == "row":
                _row(ctx, columns, _cells(ctx, lines[index]), Span(lines[index].start, lines[index].end))
                index += 1
        elif ctx.text[lines[index].start : lines[index].end] in ctx.vocabulary.role("table.number"):
            index = _flattened(ctx, index, issued)
        elif ctx.find("tables.name")(ctx.text[lines[index].start : min(lines[index].end, lines[index].start + _LONGEST_CELL)].partition(" ")[0]):
            index = _unruled(ctx, index, issued)
        else:
            index += 1


def _cells(ctx: Context, line: Line) -> list[str]:
    return ctx.text[line.start : line.end].split("\t")


def _columns(ctx: Context, header: list[str], issued: int) -> _Columns | None:
    name = next((i for i, cell in enumerate(header) if ctx.find("tables.name")(cell)), None)
    years = [(int(match[1]), i) for i, cell in enumerate(header) if (match := ctx.find("tables.year")(cell)) and len(cell) <= 12]
    goal = next((i for i, cell in enumerate(header) if ctx.find("tables.goal")(cell)), None)
    if name is None or (goal is None and not years):
        return None
    if goal is not None:
        match = ctx.find("tables.year")(header[goal])
        goals: tuple[tuple[int, int | None], ...] = ((goal, int(match[1]) if match else None),)
    else:
        # The year of issue, and what lies behind it, is where the plan starts from; of years unknown only the last lies ahead.
        # Where a column says that it holds the base, what comes later lies ahead, though the plan was issued that year.
        based = [year for year, index in years if ctx.find("tables.base")(header[index])]
        earlier = [year for year, _ in years if issued and year < issued]
        # The year before the plan is the base then, and what the plan's own year wants is a goal.
        since = max(based) if based else max(earlier, default=issued)
        ahead = [(index, year) for year, index in sorted(years) if since and year > since and not ctx.find("tables.base")(header[index])]
        last, column = max(years)
        goals = tuple(ahead) or ((column, last),)
    unit = next((i for i, cell in enumerate(header) if ctx.find("tables.unit")(cell)), None)
    nature = next((i for i, cell in enumerate(header) if ctx.find("tables.nature")(cell)), None)
    ahead_of = {column for column, _ in goals}
    base = ctx.find("tables.base")
    behind = {index: year for year, index in years if index not in ahead_of and (base(header[index]) or (issued and year <= issued))}
    named = {index: behind.get(index) for index, cell in enumerate(header) if index not in ahead_of and base(cell)}
    return _Columns(name, goals, tuple(sorted({**behind, **named}.items())), unit, nature, len(header))


def _places(ctx: Context, index: int, header: list[str], issued: int) -> _Columns | None:
    """Tell the columns of a table whose rows are places and whose name above says what is counted (表1 各乡镇蜂群存栏目标（单位：万群））."""
    place = next((i for i, cell in enumerate(header) if ctx.find("tables.place")(cell)), None)
    above = ctx.document.lines[index - 1] if index else None
    if place is None or above is None or above.kind == "row":
        return None
    named = ctx.find("tables.of_places")(ctx.text[above.start : above.end].replace(" ", ""))
    columns = _columns(ctx, [*header[:place], ctx.vocabulary.role("table.indicator")[0], *header[place + 1 :]], issued) if named else None
    return replace(columns, of=(named["name"], named["unit"] or ""), title=Span(above.start, above.end)) if named and columns else None


def _two_rows(ctx: Context, header: list[str], below: list[str]) -> list[str]:
    """Put together a header of two rows (目标值 over 2028年 and 2030年); empty where the second row is none.

    A cell merged downwards is said again or left empty below; one merged sideways stands in its first column and heads the empty ones behind it.
    """
    below += [""] * (len(header) - len(below))
    name = next((i for i, cell in enumerate(header) if ctx.find("tables.name")(cell)), None)
    if name is None or len(below) != len(header) or below[name] not in ("", header[name]):
        return []
    if not any(below) or not all(not cell or cell == header[i] or _is_heading(ctx, cell) for i, cell in enumerate(below)):
        return []
    whole, above = [], ""
    for upper, lower in zip(header, below, strict=True):
        above = upper or above
        whole.append(above if lower in ("", upper) and upper else above + lower if lower != above else lower)
    return whole


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


def _row(ctx: Context, columns: _Columns, cells: list[str], place: Span) -> None:
    """Add the target that one row states; a cell that is no number states none."""
    if len(cells) != columns.width:
        return
    name = cells[columns.name].replace(" ", "")
    unit = cells[columns.unit].strip() if columns.unit is not None else columns.of[1]
    if columns.of[0]:
        _of_place(ctx, columns, cells, name, place)
        return
    bracketed = re.search(r"[（(](?P<unit>[^（）()，,]{1,8}(?:[（(][^（）()]{1,4}[)）])?)(?:[，,][^（）()，,]{1,6})?[)）]$", name)
    if bracketed and not unit:
        unit = bracketed["unit"]
    for column, year in columns.goals:
        attrs = number_cell(ctx.vocabulary, cells[column].strip(), unit)
        if attrs is not None and 2 <= len(name) <= _LONGEST_CELL:
            label = _named(ctx, name[: bracketed.start()] if bracketed else name, attrs)
            _state(ctx, columns, cells, label, attrs, year or _horizon_above(ctx, place.start), place)
    if not any(number_cell(ctx.vocabulary, cells[column].strip(), unit) for column, _ in columns.goals):
        _unvalued(ctx, columns, cells, name[: bracketed.start()] if bracketed else name, place)
    for column, year in columns.bases:
        attrs = number_cell(ctx.vocabulary, cells[column].strip(), unit)
        if attrs is not None and 2 <= len(name) <= _LONGEST_CELL:
            _observe(ctx, _named(ctx, name[: bracketed.start()] if bracketed else name, attrs), attrs, str(year) if year else "", place)


def _of_place(ctx: Context, columns: _Columns, cells: list[str], name: str, place: Span) -> None:
    """Add the targets and observations that a row has for the place that it names; a row of the sum is none."""
    if ctx.find("bodies.place")(name) is None:
        return
    label, unit = columns.of
    for column, year in columns.goals:
        attrs = number_cell(ctx.vocabulary, cells[column].strip(), unit)
        if attrs is not None:
            _state(ctx, columns, cells, label, attrs, year or _horizon_above(ctx, place.start), place, part=name)
    for column, year in columns.bases:
        attrs = number_cell(ctx.vocabulary, cells[column].strip(), unit)
        if attrs is not None:
            _observe(ctx, label, attrs, str(year) if year else "", place, part=name, title=columns.title)


def _unvalued(ctx: Context, columns: _Columns, cells: list[str], label: str, place: Span) -> None:
    """Add an indicator whose value the table leaves to words (持续下降, 达到国家要求) or to a dash."""
    assert ctx.plan is not None
    wanted = [cells[column].strip() for column, _ in columns.goals]
    if 2 <= len(label) <= _LONGEST_CELL and all(ctx.find("tables.in_words")(cell) for cell in wanted):
        ctx.claim(ctx.plan, "hasIndicator", indicator_named(ctx, label), ctx.with_plan(place), "tables.in_words")


def _named(ctx: Context, label: str, attrs: Attributes) -> str:
    """Give a row's indicator; where its name says that its value is a change (单位产品能耗下降（%） 18), so do the attributes then."""
    change = ctx.find("tables.changes")(label)
    if change is None or "yf:change" in attrs:
        return label
    attrs["yf:change"] = True
    attrs["yf:value"] = -Decimal(str(attrs["yf:value"])) if change["down"] else attrs["yf:value"]
    return label[: change.start()]


def _observe(ctx: Context, label: str, attrs: Attributes, period: str, place: Span, part: str = "", title: Span | None = None) -> None:
    """Add the value that an indicator has in the year that the plan starts from."""
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


def _state(ctx: Context, columns: _Columns, cells: list[str], label: str, attrs: Attributes, year: int | None, place: Span, part: str = "") -> None:
    if year:
        attrs["yf:year"] = year
    if columns.nature is not None and cells[columns.nature].strip() in ctx.vocabulary.role("indicator.nature"):
        attrs["yf:nature"] = cells[columns.nature].strip()
    target = Mention("Target", target_label(part + label, attrs, year, ctx.vocabulary))
    state_target(ctx, Mention("Indicator", label), target, attrs, place, "targets.table", columns.title or _head(ctx, place))


def _head(ctx: Context, place: Span) -> Span | None:
    """Give the heading that a table stands under."""
    item = ctx.outline.at(place.start)
    return ctx.head_span(item) if item else None


def _horizon_above(ctx: Context, position: int) -> int | None:
    """Give the nearest year that the section above looks to; a table without years states its plan's horizon."""
    item = ctx.outline.at(position)
    section = [holder for holder in [item, *ctx.outline.ancestors(item)] if holder.role == "goal"] if item else []
    years = [int(m["year"]) for m in ctx.pattern("years.horizon").finditer(ctx.text, section[-1].start, position)] if section else []
    return min(years) if years else None
