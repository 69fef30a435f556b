"""What the items of one level under one parent have in common: how many name work, how many are named 行动 or 工程."""

from __future__ import annotations

from dataclasses import dataclass

from ..context import Context
from ..outline import Item
from .section_roles import is_work

NAMED = (("Action", "name.action"), ("Project", "name.project"))
"""Classes whose items are known by how their names end, with the role of the ending."""


@dataclass(slots=True)
class _Counts:
    items: int = 0
    rivals: int = 0
    work: int = 0
    actions: int = 0
    projects: int = 0


class Kin:
    """Counts siblings once for all, so that asking each item of a long list costs no more than asking one."""

    def __init__(self, ctx: Context) -> None:
        self._counts: dict[tuple[int, str], _Counts] = {}
        endings = [(ctx.vocabulary.role(role), "actions" if cls == "Action" else "projects") for cls, role in NAMED]
        for item in ctx.outline.items:
            counts = self._counts.setdefault((item.parent, item.kind), _Counts())
            label = ctx.outline.label(item)
            counts.items += 1
            if item.start not in ctx.containers:
                counts.rivals += 1
                counts.work += is_work(ctx, label)
            for names, field in endings:
                if label.endswith(names):
                    setattr(counts, field, getattr(counts, field) + 1)

    def mostly_work(self, item: Item) -> bool:
        """Tell whether at least half of an item's siblings that are no containers (itself among them) name work."""
        counts = self._counts[item.parent, item.kind]
        return counts.work * 2 >= counts.rivals

    def mostly_named(self, item: Item, cls: str) -> bool:
        """Tell whether most of several siblings bear the name of a class (行动, 工程)."""
        counts = self._counts[item.parent, item.kind]
        named = counts.actions if cls == "Action" else counts.projects
        return counts.items > 1 and named * 2 > counts.items
