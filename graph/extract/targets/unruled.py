"""Tables of indicators whose rules a copy lost: a row on a line with spaces between its cells, or a cell on a line of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...core.model import Line, Span
from ..context import Context

LONGEST_CELL = 40
_LONGEST_ROW = 120
_MOST_COLUMNS = 8
_FEWEST_COLUMNS = 2


class LooseRow(NamedTuple):
    """The cells of one row as text, and the place of all of them."""

    cells: list[str]
    place: Span


Header = Callable[[list[str]], bool]
"""Tells whether some cells head a table of indicators."""


def spaced_rows(ctx: Context, index: int, is_header: Header) -> Iterator[LooseRow]:
    """Give the header and the rows of a table that begins at a line whose cells spaces part; nothing where none begins there.

    A name may hold spaces itself: the cells are counted from the end of the line.
    """
    header = _parts(ctx, ctx.document.lines[index])
    if not _FEWEST_COLUMNS <= len(header) <= _MOST_COLUMNS or not is_header(header):
        return
    for line in ctx.document.lines[index:]:
        parts = _parts(ctx, line)
        if len(parts) < len(header) or line.end - line.start > _LONGEST_ROW or ctx.text[line.end - 1] in "。；，":
            return
        lead = len(parts) - len(header) + 1
        yield LooseRow(["".join(parts[:lead]), *parts[lead:]], Span(line.start, line.end))


def _parts(ctx: Context, line: Line) -> list[str]:
    return ctx.text[line.start : line.end].split(" ") if line.kind != "row" and line.end - line.start <= _LONGEST_ROW else []


def stacked_rows(ctx: Context, index: int, is_header: Header, is_heading: Callable[[str], bool]) -> Iterator[LooseRow]:
    """Give the header and the rows of a table whose cells stand one a line, from the line on that names the column of indicators."""
    lines = ctx.document.lines
    width = 0
    for line in lines[index : index + _MOST_COLUMNS]:
        if not is_heading(_cell(ctx, line)):
            break
        width += 1
    header = [_cell(ctx, line) for line in lines[index : index + width]]
    if width < _FEWEST_COLUMNS or not is_header(header):
        return
    for at in range(index, len(lines) - width + 1, width):
        row = lines[at : at + width]
        if any(line.kind == "row" or not 0 < line.end - line.start <= LONGEST_CELL or ctx.text[line.end - 1] in "。；，" for line in row):
            return
        yield LooseRow([_cell(ctx, line) for line in row], Span(row[0].start, row[-1].end))


def _cell(ctx: Context, line: Line) -> str:
    return ctx.text[line.start : line.end].replace(" ", "") if line.end - line.start <= LONGEST_CELL else ""
