"""The cells of a row, and the heading of a table of figures that stands over two rows."""

from __future__ import annotations

from collections.abc import Callable

from ...core.model import Line
from ..context import Context


def cells_in(ctx: Context, line: Line) -> list[str]:
    """Give what the cells of a row hold, without white space."""
    return ctx.text[line.start : line.end].replace(" ", "").split("\t")


def row_below(ctx: Context, index: int) -> list[str]:
    """Give the cells of the row right below a line; none where it is no row."""
    lines = ctx.document.lines
    return cells_in(ctx, lines[index + 1]) if index + 1 < len(lines) and lines[index + 1].kind == "row" else []


def two_rows(header: list[str], below: list[str], key: int, is_heading: Callable[[str], bool]) -> list[str]:
    """Put together a header of two rows (目标值 over 2028年 and 2030年); empty where the second row is none.

    `key` is the column that names the rows. A cell merged downwards is said again or left empty below; one merged sideways stands in its
    first column and heads the empty ones behind it.
    """
    width = max(len(header), len(below))
    upper, lower = header + [""] * (width - len(header)), below + [""] * (width - len(below))
    if lower[key] not in ("", upper[key]) or not any(lower):
        return []
    if not all(cell in ("", upper[at]) or is_heading(cell) for at, cell in enumerate(lower)):
        return []
    whole, over = [], ""
    for one, other in zip(upper, lower, strict=True):
        over = one or over
        whole.append(over if other in ("", one, over) else over + other)
    return whole
