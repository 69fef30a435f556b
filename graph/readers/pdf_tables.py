"""Ruled tables of a PDF page: from the lines drawn on it to cells, merged ones included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

_THIN = 2.5
"""A drawn shape no thicker than this (in points, 1/72 inch) is a line."""
_NEAR = 3.0
"""Lines closer than this are one."""


class Rule(NamedTuple):
    """A drawn line: where it stands (x for an upright one, y for a level one) and from where to where it goes."""

    upright: bool
    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A rectangle in points, the origin at the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


def rules_of(left: float, bottom: float, right: float, top: float) -> list[Rule]:
    """Give the lines that a drawn shape makes: itself where it is thin, else the four sides of its frame."""
    wide, high = right - left, top - bottom
    if wide <= _THIN and high <= _THIN:
        return []
    if high <= _THIN:
        return [Rule(False, (bottom + top) / 2, left, right)]
    if wide <= _THIN:
        return [Rule(True, (left + right) / 2, bottom, top)]
    return [Rule(False, bottom, left, right), Rule(False, top, left, right), Rule(True, left, bottom, top), Rule(True, right, bottom, top)]


def _places(values: list[float]) -> list[float]:
    """Take values that lie close together for one, in rising order."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


class Table:
    """A grid of rows and columns with the lines that are drawn in it."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self.columns = _places([rule.at for rule in rules if rule.upright])
        # A table that goes on over the page's edge has no line there; its upright lines show how far it reaches.
        ends = [end for rule in rules if rule.upright for end in (rule.start, rule.end)]
        levels = [rule.at for rule in rules if not rule.upright]
        self.lines = _places([*levels, min(ends, default=0.0), max(ends, default=0.0)])[::-1] if levels else []

    @property
    def is_grid(self) -> bool:
        """Tell whether the lines make more than a frame: two rows of two columns, or one row of three (a table's last)."""
        return len(self.columns) >= 3 and len(self.lines) >= 2 and len(self.columns) + len(self.lines) >= 6

    def holds(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies inside the outer frame."""
        return Box(self.columns[0], self.lines[-1], self.columns[-1], self.lines[0]).holds(point)

    def _drawn(self, upright: bool, at: float, middle: float) -> bool:
        return any(r.upright == upright and abs(r.at - at) <= _NEAR and r.start - _NEAR <= middle <= r.end + _NEAR for r in self._rules)

    def rows(self, text_in: Callable[[Box], str]) -> Iterator[tuple[Box, str]]:
        """Give each row's box and its cells parted by tabs.

        A cell merged downwards is said again in every row that it covers; one merged sideways leaves its further columns empty.
        """
        held: dict[int, str] = {}
        for index, (top, bottom) in enumerate(zip(self.lines, self.lines[1:], strict=False)):
            middle = (top + bottom) / 2
            cells = [""] * (len(self.columns) - 1)
            column = 0
            while column < len(cells):
                last = column
                while last + 1 < len(cells) and not self._drawn(True, self.columns[last + 1], middle):
                    last += 1
                left, right = self.columns[column], self.columns[last + 1]
                if index == 0 or column not in held or self._drawn(False, top, (left + right) / 2):
                    foot = index + 1
                    while foot + 1 < len(self.lines) and not self._drawn(False, self.lines[foot], (left + right) / 2):
                        foot += 1
                    held[column] = text_in(Box(left, self.lines[foot], right, top))
                cells[column] = held[column]
                column = last + 1
            if any(cells):
                yield Box(self.columns[0], bottom, self.columns[-1], top), "\t".join(cells).rstrip("\t")


def find_tables(rules: list[Rule]) -> list[Table]:
    """Find the grids among a page's lines: lines that touch belong together; a frame around text is no grid.

    Time is quadratic in the number of upright lines, which is small; a page with thousands is a drawing and is passed over.
    """
    if len(rules) > 4000:
        return []
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        merged = [rule]
        for group in touching:
            merged += group
        groups = [group for group in groups if group not in touching] + [merged]
    tables = [Table(group) for group in groups]
    return [table for table in tables if table.is_grid]


def _touch(a: Rule, b: Rule) -> bool:
    if a.upright == b.upright:
        return abs(a.at - b.at) <= _NEAR and a.start <= b.end + _NEAR and b.start <= a.end + _NEAR
    return b.start - _NEAR <= a.at <= b.end + _NEAR and a.start - _NEAR <= b.at <= a.end + _NEAR
