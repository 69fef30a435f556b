"""The cells of a row, and the heading of a table of figures that may stand over several rows."""

from __future__ import annotations

from collections.abc import Callable

from ...core.model import Line
from ..context import Context

_MOST_ROWS = 3
"""Over how many rows the heading of a table stands."""


def cells_in(ctx: Context, line: Line) -> list[str]:
    """Give what the cells of a row hold, without white space."""
    return ctx.text[line.start : line.end].replace(" ", "").split("\t")


def cell_at(cells: list[str], column: int) -> str:
    """Give a cell of a row; empty where the row is shorter.

    >>> cell_at(["渔港", "3"], 1), cell_at(["渔港"], 1)
    ('3', '')
    """
    return cells[column] if column < len(cells) else ""


def head_rows(ctx: Context, index: int, key: int, is_heading: Callable[[str], bool]) -> list[list[str]]:
    """Give the rows of the heading that begins at a line; the first alone where the one below it holds values.

    `key` is the column that names the rows: a cell that is merged downwards is said again or left empty below.
    """
    lines = ctx.document.lines
    rows = [cells_in(ctx, lines[index])]
    for line in lines[index + 1 : index + _MOST_ROWS]:
        cells = cells_in(ctx, line) if line.kind == "row" else []
        above = rows[-1]
        if cell_at(cells, key) not in ("", cell_at(above, key)) or not any(cells):
            break
        if not all(cell in ("", cell_at(above, at)) or is_heading(cell) for at, cell in enumerate(cells)):
            break
        rows.append(cells)
    return rows


def headings(rows: list[list[str]]) -> list[tuple[str, ...]]:
    """Give what each column is headed by, from the top down.

    A cell merged sideways stands in its first column and heads the empty ones behind it, as far as the rows below it say more and the cell
    above it reaches.

    >>> headings([["市", "渔港", "", "渔船"], ["", "2026年", "2028年", ""]])
    [('市',), ('渔港', '2026年'), ('渔港', '2028年'), ('渔船',)]
    """
    width = max(map(len, rows))
    columns: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        over = ""
        for at in range(width):
            cell = cell_at(row, at)
            over = cell or ("" if any(cell_at(above, at) for above in rows[:depth]) else over)
            goes_on = any(cell_at(below, at) for below in rows[depth + 1 :])
            said = cell or (over if goes_on else "")
            if said and said not in columns[at]:
                columns[at].append(said)
    return [tuple(parts) for parts in columns]
