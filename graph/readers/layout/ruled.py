"""Ruled tables and frames of a page: from the lines drawn on it to cells, merged ones included.

Time is linear in what is drawn, but for the lines that are left after all that continue each other are one; a page with more of
those than any table has is a drawing and is passed over.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from ..titles import glue_all
from .page import Box, Glyph, Row, Rule, lines_of, row_of

_THIN = 2.5
"""A drawn shape no thicker than this (in points, 1/72 inch) is a line."""
_NEAR = 3.0
"""Lines closer than this are one."""
_LOWEST = 6.0
"""A row lower than this holds no text: it is the space between two lines drawn beside each other."""
_WIDEST_MARGIN = 8.0
"""What stands free beside the text of a cell is no wider than this (in points); more is room that the text does not fill."""
_BROKEN = 2.6
"""A line of a cell with room for this many characters more was ended, and not broken because it was full (a mark may take a character along)."""
_GOES_ON, _BELONGS = "、，；：（《“—－", "（）》”、，。；：—"
"""A line that ends with one of the first, or one that begins with one of the second, is no thing of its own."""
_MOST, _MOST_EACH = 600, 90
"""No page of tables has more lines than this, nor lines at more places each way."""


def rules_of(left: float, bottom: float, right: float, top: float, *, filled: bool = False) -> list[Rule]:
    """Give the lines that a drawn shape makes: itself where it is thin, else the four sides of its frame.

    An area that is filled and not outlined is shading, and makes no lines.
    """
    wide, high = right - left, top - bottom
    if wide <= _THIN and high <= _THIN:
        return []
    if high <= _THIN:
        return [Rule(False, (bottom + top) / 2, left, right)]
    if wide <= _THIN:
        return [Rule(True, (left + right) / 2, bottom, top)]
    if filled:
        return []
    return [Rule(False, bottom, left, right), Rule(False, top, left, right), Rule(True, left, bottom, top), Rule(True, right, bottom, top)]


def merged(rules: list[Rule]) -> list[Rule]:
    """Make one line of all that lie on one another or continue each other."""
    done: list[Rule] = []
    for upright in (False, True):
        ordered = sorted((rule for rule in rules if rule.upright is upright), key=lambda rule: rule.at)
        start = 0
        for end in range(1, len(ordered) + 1):
            if end < len(ordered) and ordered[end].at - ordered[start].at <= _NEAR:
                continue
            at = ordered[start].at
            for rule in sorted(ordered[start:end], key=lambda rule: rule.start):
                if done and done[-1].upright is upright and done[-1].at == at and rule.start <= done[-1].end + _NEAR:
                    done[-1] = done[-1]._replace(end=max(done[-1].end, rule.end))
                else:
                    done.append(Rule(upright, at, rule.start, rule.end))
            start = end
    return done


def _places(values: list[float]) -> list[float]:
    """Take values that lie close together for one, in rising order."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


class Grid:
    """Lines that touch: a table's rows and columns, or a frame around text."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = rules
        self.columns = _places([rule.at for rule in rules if rule.upright])
        # A table that goes on over the page's edge has no line there; its upright lines show how far it reaches.
        ends = [end for rule in rules if rule.upright for end in (rule.start, rule.end)]
        levels = [rule.at for rule in rules if not rule.upright]
        self.lines = _places([*levels, min(ends, default=0.0), max(ends, default=0.0)])[::-1] if levels else []

    @property
    def is_table(self) -> bool:
        """Tell whether the lines make more than a frame: two rows of two columns, or one row of three (a table's last)."""
        return len(self.columns) >= 3 and len(self.lines) >= 2 and len(self.columns) + len(self.lines) >= 6

    @property
    def is_frame(self) -> bool:
        """Tell whether the lines make a frame without columns: a box around text."""
        return len(self.columns) == 2 and len(self.lines) >= 2

    @property
    def box(self) -> Box:
        """The outer frame."""
        return Box(self.columns[0], self.lines[-1], self.columns[-1], self.lines[0])

    def _drawn(self, upright: bool, at: float, middle: float) -> bool:
        return any(r.upright == upright and abs(r.at - at) <= _NEAR and r.start - _NEAR <= middle <= r.end + _NEAR for r in self._rules)

    def _cells(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Say of each field of the grid (row, column) which cell it belongs to, by that cell's first field."""
        cells: dict[tuple[int, int], tuple[int, int]] = {}
        for row, (top, bottom) in enumerate(pairwise(self.lines)):
            column = 0
            while column < len(self.columns) - 1:
                last = column
                while last + 1 < len(self.columns) - 1 and not self._drawn(True, self.columns[last + 1], (top + bottom) / 2):
                    last += 1
                across = (self.columns[column] + self.columns[last + 1]) / 2
                above = cells.get((row - 1, column))
                joined = above is not None and not self._drawn(False, top, across)
                for field in range(column, last + 1):
                    cells[row, field] = above if joined and above is not None else (row, column)
                column = last + 1
        return cells

    def _text(self, cell: tuple[int, int], last: int, held: list[Glyph]) -> str:
        """Give the text of a cell: lines that are full are one, what stands on a line of its own (甲局 above 乙局) is parted by a space."""
        lines = [row_of(line) for line in lines_of(held)]
        if len(lines) < 2:
            return lines[0].text
        left, right = self.columns[cell[1]], self.columns[last + 1]
        margin = min(_WIDEST_MARGIN, *(max(0.0, line.left - left) for line in lines), *(max(0.0, right - line.right) for line in lines))
        runs = [[lines[0].text]]
        for line, following in pairwise(lines):
            if right - left - 2 * margin - (line.right - line.left) > line.size * _BROKEN and _may_break(line, following):
                runs.append([])
            runs[-1].append(following.text)
        return " ".join(glue_all(run) for run in runs)

    def rows(self, glyphs: list[Glyph]) -> Iterator[tuple[Box, str]]:
        """Give each row's box and its cells parted by tabs; a narrow cell's lines are joined, since it is broken wherever it is full.

        A cell merged downwards is said again in every row that it covers; one merged sideways leaves its further columns empty.
        """
        cells = self._cells()
        rising = self.lines[::-1]
        inside: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in glyphs:
            x, y = glyph.middle
            row = len(rising) - 1 - min(max(bisect_right(rising, y), 1), len(rising) - 1)
            column = min(max(bisect_right(self.columns, x), 1), len(self.columns) - 1) - 1
            inside.setdefault(cells[row, column], []).append(glyph)
        ends = {cell: column for (_, column), cell in sorted(cells.items(), key=lambda field: field[0][1])}
        texts = {cell: self._text(cell, ends[cell], held) for cell, held in inside.items()}
        for row, (top, bottom) in enumerate(pairwise(self.lines)):
            if top - bottom < _LOWEST:
                continue
            said: list[str] = []
            for column in range(len(self.columns) - 1):
                cell = cells[row, column]
                said.append("" if column and cells[row, column - 1] == cell else texts.get(cell, ""))
            if any(said):
                yield Box(self.columns[0], bottom, self.columns[-1], top), "\t".join(said).rstrip("\t")


def _may_break(line: Row, following: Row) -> bool:
    """Tell whether two lines may be two things: a word or a number that goes over as a whole leaves its line short, too; a mark goes on."""
    last, first = line.text[-1], following.text[0]
    return not (last.isascii() or first.isascii() or last in _GOES_ON or first in _BELONGS)


def find_grids(rules: list[Rule]) -> list[Grid] | None:
    """Find the tables and frames among a page's lines: lines that touch belong together; None for a page that is a drawing."""
    lines = merged(rules)
    if len(lines) > _MOST or any(len({rule.at for rule in lines if rule.upright is upright}) > _MOST_EACH for upright in (False, True)):
        return None
    groups: list[list[Rule]] = []
    for rule in lines:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        together = [rule]
        for group in touching:
            together += group
        groups = [group for group in groups if not any(group is other for other in touching)] + [together]
    grids = [Grid(group) for group in groups]
    return [grid for grid in grids if grid.is_table or grid.is_frame]


def _touch(a: Rule, b: Rule) -> bool:
    if a.upright == b.upright:
        return abs(a.at - b.at) <= _NEAR and a.start <= b.end + _NEAR and b.start <= a.end + _NEAR
    return b.start - _NEAR <= a.at <= b.end + _NEAR and a.start - _NEAR <= b.at <= a.end + _NEAR
