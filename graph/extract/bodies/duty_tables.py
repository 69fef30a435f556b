"""Tables that divide the tasks of a plan among bodies (重点任务分工表): one row a task, a column for each role."""

from __future__ import annotations

import re

from ...core.model import Line, Mention, Span
from ..context import Context
from ..outline import Item
from .duties import RELATIONS, claim_duties, duties_in, the_first_leads

_TASK = re.compile(r"(?:重点|主要|工作|具体|年度)*(?:任务|举措|措施|事项|工作|项目|工程)(?:名称|内容)?$")
_BODIES = re.compile(r"(?:单位|部门|机构|分工)(?:（[^（）]*）)?$")
_SHORTEST = 6
"""How long a name must be that only begins as a task's does, or the other way round."""


def find_divisions(ctx: Context) -> None:
    """Add who does what from the rows of tables whose tasks the plan names."""
    if ctx.plan is None or not ctx.tasks:
        return
    columns: tuple[int, dict[int, str]] | None = None
    tasks = {ctx.outline.label(item): item for item in ctx.outline.items if item.start in ctx.tasks}
    first_leads = the_first_leads(ctx)
    former: Line | None = None
    for line in ctx.document.lines:
        if line.kind != "row":
            continue
        cells = _cells(ctx, line)
        if former is None or former.end + 1 < line.start or columns is None:
            columns = _columns(ctx, [ctx.text[s.start : s.end].replace(" ", "") for s in cells])
        elif columns[0] < len(cells):
            _row(ctx, cells, columns, tasks, first_leads=first_leads)
        former = line


def _cells(ctx: Context, line: Line) -> list[Span]:
    cells, start = [], line.start
    for text in ctx.text[line.start : line.end].split("\t"):
        cells.append(Span(start, start + len(text)))
        start += len(text) + 1
    return cells


def _columns(ctx: Context, header: list[str]) -> tuple[int, dict[int, str]] | None:
    """Give the column of tasks and those of bodies with their relation; None for a table of something else."""
    task = next((index for index, cell in enumerate(header) if _TASK.fullmatch(cell)), None)
    bodies = {
        index: next((relation for relation, role in RELATIONS if cell.startswith(ctx.vocabulary.role(role))), "responsibleBody")
        for index, cell in enumerate(header)
        if index != task and _BODIES.search(cell)
    }
    return (task, bodies) if task is not None and bodies else None


def _row(ctx: Context, cells: list[Span], columns: tuple[int, dict[int, str]], tasks: dict[str, Item], *, first_leads: bool) -> None:
    name = ctx.text[cells[columns[0]].start : cells[columns[0]].end].replace(" ", "").strip("。；")
    item = tasks.get(name) or _alike(name, tasks)
    if item is None:
        return
    task: Mention = ctx.tasks[item.start]
    for index, relation in columns[1].items():
        if index >= len(cells) or cells[index].end <= cells[index].start:
            continue
        duties = duties_in(ctx, cells[index], alone=True)
        # A cell of bodies alone has the role that heads its column.
        plain = len(duties) == 1 and duties[0][0] == "responsibleBody"
        said = [(relation, duties[0][1])] if plain else duties
        claim_duties(ctx, task, said, (Span(cells[0].start, cells[-1].end), ctx.head_span(item)), first_leads=first_leads)


def _alike(name: str, tasks: dict[str, Item]) -> Item | None:
    """Find the one task whose name begins as this one does, or the other way round."""
    found = [item for label, item in tasks.items() if min(len(label), len(name)) >= _SHORTEST and (label.startswith(name) or name.startswith(label))]
    return found[0] if len(found) == 1 else None
