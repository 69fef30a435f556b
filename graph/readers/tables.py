"""Tables with merged cells laid out into rows of equal columns."""

from __future__ import annotations


def tidy_cell(text: str) -> str:
    """Take the spaces out of a cell that is spaced out to fill its width.

    >>> tidy_cell("指 标"), tidy_cell("责任 单位")
    ('指标', '责任 单位')
    """
    if " " not in text or text.isascii():
        return text
    parts = text.split(" ")
    return "".join(parts) if all(len(part) == 1 and not part.isascii() for part in parts) else text


MOST_SPANNED = 200
"""A cell spans no more columns or rows than this."""
MOST_COLUMNS = 400
_LONGEST_REPEATED = 500
"""A cell with more text than this (in characters) is not said again in the rows that it covers."""
_MOST_REPEATED = 2_000_000
"""How many characters of a table may be repetitions."""


def span_of(value: str | None) -> int:
    """Read how many columns or rows a cell spans; 1 for what is no number from 1 on.

    >>> span_of("3"), span_of("0"), span_of(None), span_of("9" * 5000)
    (3, 1, 1, 200)
    """
    if not value or not value.isascii() or not value.isdecimal():
        return 1
    return max(1, min(int(value[:6]) if len(value) < 6 else MOST_SPANNED, MOST_SPANNED))


class Repeats:
    """Keeps account of what is said again for cells that are merged downwards, so that no table grows beyond measure."""

    def __init__(self) -> None:
        self._left = _MOST_REPEATED

    def again(self, text: str) -> str:
        """Give the text that a covered row says: the cell's own where it is short and there is room for it."""
        if len(text) > _LONGEST_REPEATED or len(text) > self._left:
            return ""
        self._left -= len(text)
        return text


def lay_out(rows: list[list[tuple[str, int, int]]]) -> list[str]:
    """Lay out rows of cells (text, columns spanned, rows spanned) as lines with a tab between the columns.

    A cell merged downwards is said again in every row that it covers, since it holds for each of them (约束性 for three
    indicators); one merged sideways stands in its first column and leaves the others empty. A row that is one cell across the
    whole table is that cell's text alone; so is a row whose only text is in its first column. Columns beyond the 400th are left out.
    """
    lines: list[str] = []
    repeats = Repeats()
    open_cells: dict[int, tuple[str, int]] = {}
    for row in rows:
        columns: list[str] = []
        waiting = iter(row)
        covered: dict[int, tuple[str, int]] = {}
        cell = next(waiting, None)
        last = max(open_cells, default=-1)
        # Cells merged down from above take their columns first; the row's own cells fill the ones between them.
        while (cell is not None or len(columns) <= last) and len(columns) < MOST_COLUMNS:
            column = len(columns)
            if column in open_cells:
                text, left = open_cells[column]
                columns.append(repeats.again(text))
                if left > 1:
                    covered[column] = (text, left - 1)
            elif cell is None:
                columns.append("")
            else:
                text, across, down = cell
                for offset in range(min(across, MOST_COLUMNS - column)):
                    if down > 1:
                        covered[column + offset] = (text if not offset else "", down - 1)
                    columns.append(text if not offset else "")
                cell = next(waiting, None)
        open_cells = covered
        lines.append("\t".join(columns).rstrip("\t"))
    return lines
