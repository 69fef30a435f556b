"""Tables that divide the work of a plan among bodies (重点任务分工表): one row a task, its bodies in their roles, in every format.

A row whose task the plan's text names says who does it; any other names a task of its own. A table goes on over a page where the next
rows have its columns, and a row without a number of its own goes on with the one before.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from ...core.model import Mention, Span
from ...core.rules import fixed_pattern
from ..context import Context
from ..deadlines.cells import claim_due, due_in
from ..deadlines.frequencies import claim_frequency, frequencies_in
from ..outline import Item
from ..structure.project_columns import project_columns
from ..structure.section_roles import defines
from .division_columns import (
    Columns,
    Table,
    cells_of,
    columns_of,
    content,
    named_columns,
    says_work,
    task_label,
    unknown_bodies,
)
from .duties import duties_in
from .duty_rules import Duties, Duty, LineRules, Stated, claim_duties, claim_for_rows, line_rules

_DUE = "divisions.due"
_SHORTEST = 6
"""How long a name must be that only begins as a task's does, or the other way round."""
_LONGEST = 120
_MOST_WORK = 0.75
"""The share of a table's rows that must say what is to be done for all of them to do so."""
_FARTHEST_REMARK = 400
"""How far above a table's first row, with its header between, a remark for all its rows may stand."""
_BETWEEN = 24
"""How long what a page puts between two halves of a table may be: its number, a running head."""


def find_divisions(ctx: Context) -> None:
    """Add who does what from the rows of tables, and the tasks that only they name."""
    if ctx.plan is None or not ctx.has_work or ctx.is_interpretation:
        return
    tables = ctx.once(divisions_of)
    if not tables:
        return
    tasks = {ctx.outline.label(item): item for item in ctx.outline.items if item.start in ctx.tasks}
    rules = line_rules(ctx, tabled=True)
    for table, columns in tables:
        rows = _whole_rows(ctx, table, columns)
        labels = [task_label(ctx, "".join(content(ctx, cell) for cell in row[columns.task])) for row in rows]
        # Among rows that say what is to be done, one that says it in words unknown here does so too.
        sure = columns.named and ctx.find("divisions.sure_column")(table.header[columns.task]) is not None
        work = sure or sum(map(partial(says_work, ctx), labels)) >= len(rows) * _MOST_WORK
        dates = _deadlines(ctx, rows, columns)
        whole = zip(rows, labels, dates, strict=True)
        stated = [_row(ctx, row, label, columns, table.heads, tasks, rules, dated, is_work=work) for row, label, dated in whole]
        claim_for_rows(ctx, _remarks(ctx, table), [one for one in stated if one is not None])


def _remarks(ctx: Context, table: Table) -> list[Span]:
    """Give the line right above a table and the one right behind it, where they are no rows: they may say what holds for all rows."""
    first, last = table.rows[0][0].start, table.rows[-1][-1].end
    # A note may fill the table's last row, all of its cells joined to one.
    notes = fixed_pattern("outline.note").match
    above = [line for line in ctx.lines_in(max(0, first - _FARTHEST_REMARK), first) if line.kind != "row"]
    below = [line for line in ctx.lines_in(last, last + 2) if line.start > last and (line.kind != "row" or notes(ctx.text, line.start, line.end))]
    return [Span(line.start, line.end) for line in (*above[-1:], *below[:1])]


def divisions_of(ctx: Context) -> list[tuple[Table, Columns]]:
    """Give the tables that divide the work, each with its columns; a table of projects does not, whoever builds them."""
    tables = (table for table in ctx.once(tables_of) if not project_columns(ctx, table.header))
    return [(table, columns) for table in tables if (columns := columns_of(ctx, table)) is not None]


def tables_of(ctx: Context) -> list[Table]:
    """Put rows together to tables: what stands between two halves of one is no more than a page's number, and the header may be said again."""
    tables: list[Table] = []
    end = -1
    for line in ctx.document.lines:
        if line.kind != "row":
            continue
        cells = cells_of(ctx, line)
        texts = tuple(content(ctx, cell) for cell in cells)
        former = tables[-1] if tables else None
        beside = end >= 0 and line.start - end <= 1
        near = beside or (end >= 0 and line.start - end <= _BETWEEN)
        end = line.end
        if len(cells) < 2 and beside:
            continue
        if former is not None and texts == former.header and near:
            continue
        named = named_columns(ctx, list(texts)) is not None
        if former is not None and near and not named and (beside or len(texts) == len(former.header)):
            former.rows.append(cells)
        elif named or len(cells) > 1:
            # A table without a header that names it may begin with its first row.
            tables.append(Table(texts, [] if named or not _says_work(ctx, texts) else [cells], tuple(cells) if named else ()))
    return tables


def _says_work(ctx: Context, texts: tuple[str, ...]) -> bool:
    return any(len(text) >= _SHORTEST and says_work(ctx, task_label(ctx, text)) for text in texts)


def _whole_rows(ctx: Context, table: Table, columns: Columns) -> list[list[list[Span]]]:
    """Give each row's cells, a cell that goes on in the next row (over a page) with its parts."""
    rows: list[list[list[Span]]] = []
    for cells in table.rows:
        row = [[cell] for cell in cells[: columns.width]] + [[] for _ in range(columns.width - len(cells))]
        texts = [content(ctx, cell) for cell in cells] + [""] * (columns.width - len(cells))
        goes_on = not texts[columns.task] or (columns.number is not None and not texts[columns.number])
        if rows and goes_on and not (columns.number is None and texts[columns.task]):
            for former, parts in zip(rows[-1], row, strict=True):
                former.extend(part for part in parts if content(ctx, part))
        elif texts[columns.task]:
            rows.append(row)
    return _filled(ctx, rows, columns)


def _filled(ctx: Context, rows: list[list[list[Span]]], columns: Columns) -> list[list[list[Span]]]:
    """Give the rows of a table the bodies of the row above where theirs are left to it: 同上, or a cell merged downwards that a copy left empty.

    A row that says nothing beside its task is the heading of those below it.
    """
    same = ctx.find("divisions.same")
    for former, row in pairwise(rows):
        texts = ["".join(content(ctx, cell) for cell in parts) for parts in row]
        empty = columns.named and not any(texts[index] for index in columns.bodies) and len(list(filter(None, texts))) > 1
        for index in columns.bodies:
            if empty or same(texts[index]):
                row[index] = former[index]
    return rows


def _deadlines(ctx: Context, rows: list[list[list[Span]]], columns: Columns) -> list[list[Span]]:
    """Give each row's cells of its deadline, or those of the row above where a page break left its part of a merged cell empty.

    That is sure only where such rows alone lack a deadline: those whose cell in a column of groups (任务类别) was cut as well.
    """
    column = columns.deadline
    if column is None:
        return [[] for _ in rows]

    def said(row: list[list[Span]], index: int) -> str:
        return "".join(content(ctx, cell) for cell in row[index])

    groups = [index for index in range(columns.task) if index != columns.number]
    bare = [index for index, row in enumerate(rows) if not said(row, column)]
    cut = all(index and any(not said(rows[index], group) and said(rows[index - 1], group) for group in groups) for index in bare)
    cells = [row[column] for row in rows]
    for index in bare if cut else ():
        cells[index] = cells[index - 1]
    return cells


def _row(
    ctx: Context, row: list[list[Span]], label: str, columns: Columns, heads: tuple[Span, ...], tasks: dict[str, Item], rules: LineRules,
    dated: list[Span], *, is_work: bool,
) -> Stated | None:  # fmt: skip
    """Add what one row says; give its task where it names bodies."""
    assert ctx.plan is not None
    item = tasks.get(label) or _alike(label, tasks)
    said: Duties = []
    for index, relation in columns.bodies.items():
        for cell in row[index]:
            spoken = duties_in(ctx, cell, alone=False)
            # A cell of bodies alone has the role that heads its column; one over several columns says its own (甲、乙按职责分工负责).
            named = [duty.names for duty in duties_in(ctx, cell, alone=True)] if not spoken else []
            if columns.named and not named:
                named = [unknown_bodies(ctx, cell)]
            said += spoken or [Duty(relation, names, heads[index] if heads else None) for names in named if names]
    cells = [cell for parts in row for cell in parts if cell.end > cell.start]
    if not said or not cells:
        return None
    # One passage a row; one over two pages is quoted in its parts, and so is the row above that names the bodies of this one.
    held = [ctx.lines_in(cell.start, cell.end)[0] for cell in (*row[columns.task], *sorted(cells))]
    lines = tuple(dict.fromkeys(Span(line.start, line.end) for line in held))
    due = due_in(ctx, "".join(content(ctx, cell) for cell in dated))
    numbered = "".join(content(ctx, cell) for cell in row[columns.number]) if columns.number is not None else ""
    number = int(numbered) if numbered.isdecimal() else 0
    often = [every for cell in (*row[columns.task], *dated) for every in frequencies_in(ctx, cell)]
    dating = tuple(Span(line.start, line.end) for cell in dated[:1] for line in ctx.lines_in(cell.start, cell.end))
    if item is not None:
        spans = (*lines, ctx.head_span(item))
        claim_duties(ctx, ctx.tasks[item.start], said, spans, rules)
        _claim_often(ctx, ctx.tasks[item.start], often, spans)
        claim_due(ctx, ctx.tasks[item.start], due, (*spans, *dating), _DUE)
        return Stated(ctx.tasks[item.start], item.end, lines[0], number)
    if not 2 <= len(label) <= _LONGEST or not (is_work or says_work(ctx, label)) or defines(ctx, label):
        return None
    task = Mention("Task", label)
    ctx.claim(ctx.plan, "hasTask", task, (*lines, ctx.plan_near(lines[0].start)), "divisions.tabled")
    claim_duties(ctx, task, said, lines, rules)
    claim_due(ctx, task, due, (*lines, *dating), _DUE)
    _claim_often(ctx, task, often, lines)
    return Stated(task, lines[-1].end, lines[0], number)


def _claim_often(ctx: Context, task: Mention, often: list[str], spans: tuple[Span, ...]) -> None:
    for every in often:
        claim_frequency(ctx, [(task, spans)], every, "divisions.often")


def _alike(name: str, tasks: dict[str, Item]) -> Item | None:
    """Find the one task whose name begins as this one does, or the other way round."""
    found = [item for label, item in tasks.items() if min(len(label), len(name)) >= _SHORTEST and (label.startswith(name) or name.startswith(label))]
    return found[0] if len(found) == 1 else None
