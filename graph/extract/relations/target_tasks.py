"""Targets belong to work: a target that is set in the text of a task, action, project or box item is set in that one.

Where a text stands is what its outline says: the nearest enumerated item around the sentence that is a task, or the row of a table
that names a task of its own. The sentences of the goals section stand in none, and no target of theirs is given one.
"""

from __future__ import annotations

from ...core.model import Mention, Span
from ..context import Context
from ..outline import Item
from ..structure.table_rows import Rows

_RULE = "relations.target_in_task"


def find_target_tasks(ctx: Context) -> None:
    """Add, for each target, the task in whose text it stands; a table below the last task of a document belongs to none."""
    if ctx.plan is None or not ctx.tasks:
        return
    stated = [(claim.object, claim.spans[0]) for claim in ctx.claims_of("hasTarget")]
    rows = Rows(ctx, projects=True)
    for target, place in (*stated, *ctx.restated):
        row = rows.at(place.start)
        if row is not None:
            ctx.claim(target, "setIn", row[1], (row[0],), _RULE)
            continue
        found = _task_around(ctx, place)
        if found is not None:
            task, item = found
            ctx.claim(target, "setIn", task, (place, ctx.head_span(item)), _RULE)


def _task_around(ctx: Context, place: Span) -> tuple[Mention, Item] | None:
    """Give the nearest item around a place that is a task, with its mention."""
    item = ctx.outline.at(place.start)
    if item is None or (_is_row(ctx, place) and not _in_box(ctx, item) and not _goes_on(ctx, item, place)):
        return None
    for holder in (item, *ctx.outline.ancestors(item)):
        task = ctx.tasks.get(holder.start)
        if task is not None:
            return task, holder
        if holder.role == "goal":
            return None
    return None


def _is_row(ctx: Context, place: Span) -> bool:
    return any(line.kind == "row" for line in ctx.lines_in(*place))


def _goes_on(ctx: Context, item: Item, place: Span) -> bool:
    """Tell whether the plan's own text goes on behind the item that a table stands in: then the table belongs to it, and is no annex."""
    behind = ctx.outline.after(place.start)
    return behind is not None and behind.kind not in ("annex", "box") and item.kind != "annex" and behind.rank <= item.rank


def _in_box(ctx: Context, item: Item) -> bool:
    return any(holder.kind == "box" for holder in (item, *ctx.outline.ancestors(item)))
