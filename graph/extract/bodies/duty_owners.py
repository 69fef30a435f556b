"""Which task a line or a sentence of duties is about, where that is another one than the item that it stands in."""

from __future__ import annotations

from itertools import pairwise

from ...core.model import Mention, Span
from ..context import Context
from ..outline import Item


def named_above(ctx: Context, item: Item, place: Span) -> Item:
    """Give the item whose kind a line or a sentence begins with: 本行动由甲局牵头 behind the last item of an action is the action's.

    That is the nearest task at or above the item whose heading ends with the word; the item itself where there is none.
    """
    of = ctx.find("responsibility.whole")(ctx.text, *place)
    above = (one for one in (item, *ctx.outline.ancestors(item)) if one.start in ctx.tasks) if of else ()
    return next((one for one in above if of and ctx.outline.label(one).endswith(of["kind"])), item)


def closed_paragraph(ctx: Context, item: Item, task: Mention) -> tuple[Mention, Item]:
    """Give the task whose line a closing bracket ends.

    Behind the last of several items in one paragraph (一是…。二是…。（甲、乙负责）) it ends the paragraph, unless the others have their own.
    """
    if item.kind not in ("numbered", "paren") or item.parent < 0:
        return task, item
    parent = ctx.outline.items[item.parent]
    if parent.start not in ctx.tasks or ctx.text.find("\n", parent.start, item.start) >= 0:
        return task, item
    beside = [child for child in ctx.outline.children(parent) if ctx.text.find("\n", child.start, item.start) < 0]
    closed = any(ctx.text[one.start : following.start].rstrip().endswith(("）", ")")) for one, following in pairwise(beside))
    if len(beside) < 2 or beside[-1] is not item or closed:
        return task, item
    return ctx.tasks[parent.start], parent
