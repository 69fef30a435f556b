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


def lay_out(rows: list[list[tuple[str, int, int]]]) -> list[str]:
    """Lay out rows of cells (text, columns spanned, rows spanned) as lines with a tab between the columns.

    A cell merged downwards is said again in every row that it covers, since it holds for each of them (约束性 for three
    indicators); one merged sideways stands in its first column and leaves the others empty. A row that is one cell across the
    whole table is that cell's text alone; so is a row whose only text is in its first column.
    """
    lines: list[str] = []
    open_cells: dict[int, tuple[str, int]] = {}
    for row in rows:
        columns: list[str] = []
        waiting = list(row)
        # Cells merged down from above take their columns first; the row's own cells fill the ones between them.
        while waiting or any(column >= len(columns) for column in open_cells):
            column = len(columns)
            if column in open_cells:
                text, left = open_cells.pop(column)
                columns.append(text)
                if left > 1:
                    open_cells[column] = (text, left - 1)
                continue
            if not waiting:
                columns.append("")
                continue
            text, across, down = waiting.pop(0)
            for offset in range(across):
                if down > 1:
                    open_cells[column + offset] = (text if not offset else "", down - 1)
                columns.append(text if not offset else "")
        lines.append("\t".join(columns).rstrip("\t"))
    return lines
