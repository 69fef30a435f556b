"""Which column of a table that divides the work holds what: by the names that head them, else by what the cells are."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.model import Line, Span
from ..context import Context
from ..structure.section_roles import is_work
from .duties import duties_in
from .duty_rules import RELATIONS
from .names import is_body, names_in

_FEWEST_ROWS = 2
_SHORTEST_TASK, _LONGEST_HEADER = 4, 16
_PARTS = re.compile(r"[^，,；;\s/]+")
_MOST = 0.6
"""The share of a column's cells that must be work, or bodies, where no name heads it."""


class Columns(NamedTuple):
    """The column of tasks, those of bodies with their relation, and those of numbers and deadlines; width counts the columns.

    named tells that the header names them: then what stands below 责任单位 is a body, whatever it is called.
    """

    task: int
    bodies: dict[int, str]
    number: int | None
    deadline: int | None
    width: int
    named: bool = True


class Table(NamedTuple):
    """The rows of one table by their cells, with the header's cells as text; rows that continue one over a page are among them.

    heads holds the places of the header's cells where it names the columns.
    """

    header: tuple[str, ...]
    rows: list[list[Span]]
    heads: tuple[Span, ...] = ()


def cells_of(ctx: Context, line: Line) -> list[Span]:
    """Give the places of the cells of a row."""
    cells, start = [], line.start
    for text in ctx.text[line.start : line.end].split("\t"):
        cells.append(Span(start, start + len(text)))
        start += len(text) + 1
    return cells


def content(ctx: Context, cell: Span) -> str:
    """Give what a cell holds, without white space."""
    return "".join(ctx.text[cell.start : cell.end].split())


def named_columns(ctx: Context, header: list[str]) -> Columns | None:
    """Give the columns that a header names; None for a table of something else."""
    if any(len(cell) > _LONGEST_HEADER for cell in header):
        return None
    is_task, is_bodies = ctx.find("divisions.task_column"), ctx.find("divisions.body_column")
    task = next((index for index, cell in enumerate(header) if is_task(cell)), None)
    # 指标, 单位, 年度任务: of figures that are to be reached it is the unit, and no body.
    is_unit = ctx.find("tables.unit") if any(map(ctx.find("tables.name"), header)) else None
    bodies = {
        index: _relation(ctx, cell)
        for index, cell in enumerate(header)
        if index != task and is_bodies(cell) and not (is_unit and is_unit(cell))
    }
    if task is None or not bodies:
        return None
    return Columns(task, bodies, _first(ctx, header, "divisions.number_column"), _first(ctx, header, "divisions.deadline_column"), len(header))


def columns_of(ctx: Context, table: Table) -> Columns | None:
    """Tell the columns of a table that divides the work, by its header or else by its cells; None for a table of something else.

    Of two columns of tasks (重点任务, 具体内容) it is the first that says in every row what is to be done: one whose cells go over several
    rows groups them.
    """
    columns = named_columns(ctx, list(table.header))
    if columns is None or any(_counts(ctx, table, index) for index in columns.bodies):
        # 指标, 单位, 年度任务: in what it is counted, and nobody's work.
        return found_columns(ctx, table)
    is_task = ctx.find("divisions.task_column")
    several = [index for index, cell in enumerate(table.header) if is_task(cell) and index not in columns.bodies]
    if len(several) < 2:
        return columns
    kept = [[content(ctx, row[index]) if index < len(row) else "" for row in table.rows] for index in several]
    numbers = [content(ctx, row[columns.number]) for row in table.rows if columns.number is not None and columns.number < len(row)]
    wanted = len(list(filter(None, numbers))) or len(table.rows)
    distinct = [len(set(filter(None, cells))) for cells in kept]
    whole = next((index for index, count in zip(several, distinct, strict=True) if count >= wanted), None)
    return columns._replace(task=several[distinct.index(max(distinct))] if whole is None else whole)


def _counts(ctx: Context, table: Table, column: int) -> bool:
    """Tell whether a column that a heading calls 单位 holds units of measure."""
    cells = list(filter(None, (content(ctx, row[column]) for row in table.rows if column < len(row))))
    return sum(cell in ctx.vocabulary.units for cell in cells) > len(cells) * _MOST


def says_work(ctx: Context, label: str) -> bool:
    """Tell whether a task's name says what is to be done: as the head of an item does, or as a measure opens."""
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.effect"), ctx.prefixes("adverb")
    return is_work(ctx, label) or verbs.at(label, adverbs.skip(label)) > 0


def _relation(ctx: Context, cell: str) -> str:
    return next((relation for relation, role in RELATIONS if cell.startswith(ctx.vocabulary.role(role))), "responsibleBody")


def _first(ctx: Context, header: list[str], rule: str) -> int | None:
    return next((index for index, cell in enumerate(header) if ctx.find(rule)(cell)), None)


def found_columns(ctx: Context, table: Table) -> Columns | None:
    """Tell the columns of a table whose header does not name its tasks by their cells: bodies with their roles beside work."""
    rows = table.rows
    width = max((len(row) for row in rows), default=0)
    if len(rows) < _FEWEST_ROWS or width < 2:
        return None
    is_bodies = ctx.find("divisions.body_column")
    work, duties = [0] * width, [0] * width
    for row in rows:
        for index, cell in enumerate(row):
            text = content(ctx, cell)
            if len(text) >= _SHORTEST_TASK and says_work(ctx, task_label(ctx, text)):
                work[index] += 1
            elif _holds_bodies(ctx, cell, named=index < len(table.header) and is_bodies(table.header[index]) is not None):
                duties[index] += 1
    task = max(range(width), key=lambda index: work[index])
    bodies = {
        index: _relation(ctx, table.header[index]) if index < len(table.header) else "responsibleBody"
        for index in range(width)
        if index != task and duties[index] >= len(rows) * _MOST
    }
    if work[task] < len(rows) * _MOST or not bodies:
        return None
    number, deadline = (_first(ctx, list(table.header), f"divisions.{name}_column") for name in ("number", "deadline"))
    return Columns(task, bodies, number, deadline, width, named=False)


def unknown_bodies(ctx: Context, cell: Span) -> list[str]:
    """Give the names in a cell that its column calls bodies though they end like none (服务业科, 城南新区): a list of short names and no more."""
    text = ctx.text[cell.start : cell.end]
    parts = [Span(*part.span()) for part in _PARTS.finditer(ctx.text, cell.start, cell.end)]
    names = [name for part in parts for name in names_in(ctx, part)]
    plain = all(2 <= len(name) <= _LONGEST_HEADER and not ctx.find("bodies.no_name")(name) for name in names)
    return names if names and plain and not ctx.find("divisions.no_bodies")(text) else []


def _holds_bodies(ctx: Context, cell: Span, *, named: bool) -> bool:
    """Tell whether a cell says who does what: with a role (甲局牵头), or, under a heading of bodies, by their names alone."""
    duties = duties_in(ctx, cell, alone=named)
    if not duties:
        return False
    if named:
        return all(is_body(ctx, name) for name in names_in(ctx, cell)) or len(duties) > 1 or duties[0].relation != "responsibleBody"
    return all(is_body(ctx, name) or name in ctx.vocabulary.role("org.each") for duty in duties for name in duty.names)


def task_label(ctx: Context, text: str) -> str:
    """Give a task's name from its cell: without a number in front, up to the first stop.

    It is what a heading would say: a cell of several sentences tells in the others how it is done.
    """
    while number := ctx.find("divisions.enumerator")(text):
        text = text[number.end() :]
    for mark in "。；;":
        text = text.partition(mark)[0]
    return text.strip("，,：: ")
