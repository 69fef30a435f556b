"""From the lines of a document's pages to its paragraphs: broken lines are joined, tables go on over pages.

A paragraph ends where its last line is short, the next is indented, a wide gap follows or an enumerator begins; only a line that
fills its column goes on. Notes at the foot of a page stand behind the paragraph that the page breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median

from ..raw import Pieces
from ..titles import glue, glue_all, starts_item
from .margins import Lines, drop_contents, drop_margins, take_notes, usual_size
from .page import Box, Row

_STOPS = "。！？；：!?;:"
_FEWEST = 8
"""With fewer lines than this, a page's own edges say little: those of all pages hold."""

_NARROWEST = 8
"""Lines of fewer characters than this are labels and no running text."""


@dataclass(slots=True)
class _Column:
    """Where running text stands: its edges, the size of its characters, its line spacing, and whether paragraphs are indented."""

    left: float
    right: float
    size: float
    step: float
    indents: bool


def paragraphs(pages: list[Lines]) -> Pieces:
    """Join the lines of all pages into (kind, text) lines; what stands beside the text (`margins`) is left out."""
    drop_margins(pages)
    drop_contents(pages)
    size = usual_size(pages)
    notes = [take_notes(page, size) for page in pages]
    whole = _column([row for page in pages for row in page.rows if row.kind == "text" and row.frame is None], pages, size)
    flow = _Flow()
    for page, foot in zip(pages, notes, strict=True):
        own = [row for row in page.rows if row.kind == "text" and row.frame is None]
        column = whole if len(own) < _FEWEST else _edges(own, whole)
        frames: dict[Box, _Column] = {}
        for index, row in enumerate(page.rows):
            if row.kind == "cells":
                flow.cells(row, index == 0)
            elif row.frame is None:
                flow.line(row, column, index == 0)
            else:
                if row.frame not in frames:
                    inside = [other for other in page.rows if other.frame == row.frame and other.kind == "text"]
                    frames[row.frame] = _framed(inside, row.frame, whole)
                flow.line(row, frames[row.frame], index == 0)
        flow.waiting += foot
    return flow.finish()


def _column(rows: list[Row], pages: list[Lines], size: float) -> _Column:
    body = [row for row in rows if abs(row.size - size) <= size * 0.15] or rows
    lefts, rights = sorted(row.left for row in body) or [0.0], sorted(row.right for row in body) or [0.0]
    left, right = lefts[len(lefts) // 20], rights[len(rights) * 19 // 20]
    steps = [a.base - b.base for page in pages for a, b in pairwise(page.rows) if size * 0.8 < a.base - b.base < size * 4]
    indents = sum(1 for row in body if size * 1.2 < row.left - left < size * 3) >= max(2, len(body) // 12)
    return _Column(left, right, size, median(steps) if steps else size, indents)


def _edges(rows: list[Row], whole: _Column) -> _Column:
    """Give a page's own column: bound pages stand further left or right by turns."""
    body = [row for row in rows if abs(row.size - whole.size) <= whole.size * 0.15] or rows
    left, right = min(row.left for row in body), max(row.right for row in body)
    near = 6 * whole.size
    same = abs((right - left) - (whole.right - whole.left)) < 2 * whole.size and abs(left - whole.left) < near
    return _Column(left, right, whole.size, whole.step, whole.indents) if same else whole


def _framed(rows: list[Row], frame: Box, whole: _Column) -> _Column:
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    size = median([row.size for row in rows]) or whole.size
    steps = [a.base - b.base for a, b in pairwise(rows) if size * 0.8 < a.base - b.base < size * 4]
    indents = sum(1 for row in rows if size * 1.2 < row.left - left < size * 3) >= max(1, len(rows) // 12)
    if len(rows) < 3:
        left, right = min(left, frame.left + size), max(right, frame.right - size)
    return _Column(left, right, size, median(steps) if steps else size * 1.5, indents)


class _Flow:
    """Takes lines in the order of reading and joins those that go on."""

    def __init__(self) -> None:
        self._done: list[tuple[str, list[str]]] = []
        self._before: Row | None = None
        self._head = ""
        self.waiting: list[str] = []

    def line(self, row: Row, column: _Column, first: bool) -> None:
        """Take a line of text."""
        kind = "apart" if row.alone else _kind(row, column)
        if self._done and self._before is not None and self._goes_on(row, column, kind, first):
            self._done[-1][1].append(row.text)
        else:
            self._flush()
            self._done.append((kind, [row.text]))
        self._before, self._head = row, ""

    def cells(self, row: Row, first: bool) -> None:
        """Take a table's row; the first of a page may go on with the last one of the page before, or say the head again."""
        last = self._done[-1][1][0] if self._done and self._done[-1][0] == "row" else ""
        if first and last and row.text == self._head:
            return
        if first and last and row.text.startswith("\t") and _unfinished(last):
            self._done[-1] = ("row", ["\t".join(glue(*cells) for cells in zip_longest(last.split("\t"), row.text.split("\t"), fillvalue=""))])
        else:
            self._flush()
            self._done.append(("row", [row.text]))
        self._head = self._head if last else row.text
        self._before = row

    def finish(self) -> Pieces:
        """Give the paragraphs."""
        self._flush()
        return [(kind, glue_all(lines)) for kind, lines in self._done]

    def _flush(self) -> None:
        self._done.extend(("paragraph", [note]) for note in self.waiting)
        self.waiting = []

    def _goes_on(self, row: Row, column: _Column, kind: str, first: bool) -> bool:
        before = self._before
        assert before is not None
        if not (self._done[-1][0] == "paragraph" == kind) or before.kind != "text" or starts_item(row.text):
            return False
        beside = not first and before.base <= row.base
        if first or beside:
            # Over the page, or on into the next column: the same kind of place.
            if (before.frame is None) != (row.frame is None) or (beside and before.frame is None):
                return False
        elif before.frame != row.frame or before.base - row.base > column.step * 1.4:
            return False
        if abs(before.size - row.size) > 0.15 * column.size or column.right - column.left < _NARROWEST * column.size:
            return False
        left, right = (before.left, before.frame.right) if beside and before.frame else (before.left, column.right)
        full = right - before.right < 2 * column.size and (beside or left - column.left < 3 * column.size)
        offset = row.left - column.left
        flush = offset < 1.2 * column.size if column.indents else offset < 3 * column.size
        return full and flush and (column.indents or before.text[-1] not in _STOPS)


def _unfinished(row: str) -> bool:
    return max(row.split("\t"), key=len)[-1] not in "。；！？"


def _kind(row: Row, column: _Column) -> str:
    offset, rest = row.left - column.left, column.right - row.right
    centred = offset > 2.5 * column.size and abs(offset - rest) < max(1.5 * column.size, 0.1 * (offset + rest))
    return "centre" if centred or (row.size > column.size * 1.25 and abs(offset - rest) < 3 * column.size) else "paragraph"
