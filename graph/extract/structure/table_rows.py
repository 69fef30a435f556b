"""Rows of tables that name a task or a project of their own: what such a row says is said of that, and of nothing above the table."""

from __future__ import annotations

from bisect import bisect_right

from ...core.model import Mention, Span
from ..context import Context

_TASKS = ("hasTask", "divisions.tabled")
_PROJECTS = (("hasProject", "projects.tabled"), ("includesProject", "projects.tabled"))
"""Projects are the plan's, or those of the task that tells of their table."""


class Rows:
    """The rows that name tasks, on request those that name projects as well, by where they begin."""

    def __init__(self, ctx: Context, *, projects: bool = False) -> None:
        kinds = (_TASKS, *_PROJECTS) if projects else (_TASKS,)
        self._named: dict[int, tuple[Span, Mention]] = {}
        for relation, rule in kinds:
            for claim in ctx.claims_of(relation):
                if claim.rule == rule:
                    self._named.setdefault(claim.spans[0].start, (claim.spans[0], claim.object))
        self._starts = sorted(self._named)

    def at(self, position: int) -> tuple[Span, Mention] | None:
        """Give the row that a position stands in, and what it names; None anywhere else."""
        index = bisect_right(self._starts, position) - 1
        found = self._named[self._starts[index]] if index >= 0 else None
        return found if found and position < found[0].end else None
