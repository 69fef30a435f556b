"""The order of reading: glyphs and tables to lines from first to last, columns one after the other, unruled tables row by row.

Lines are cut where they stand wide open, and what stands side by side over several lines is told by the shape of its sides:
columns of running text are full lines, columns of a table are short cells that begin on one line. Where neither is sure, the order
of the file is kept and a warning says so; halves of two columns are never joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ...core.rules import fixed_pattern
from ..titles import glue_all
from .page import Box, Glyph, Page, Row, lines_of, row_of
from .ruled import find_grids

_OPEN = 1.6
"""A gap in a line that is wider than this (in characters) parts what need not belong together."""
_CLOSE = 0.85
_CELLS = 2
"""Where a line has this many wide gaps it is a row of cells, and a gap wider than this parts them, too."""
_APART = 1.2
"""Cells of a table stand this much further apart than the lines of one cell."""
_GUTTER = 0.8
"""Columns stand at least this far apart (in characters)."""
_FULL = 1.5
"""A line is full when it ends this close (in characters) to its column's edge."""
_FEWEST = 4
"""How many lines a column of running text has at least."""
_MOST_COLUMNS = 24
_LONGEST_CELL = 60
UNCLEAR = "the order of what stands side by side is not certain: it is kept as in the file"


@dataclass(slots=True)
class _Part:
    """A stretch of a line without a wide gap, or a whole table or frame: its box, its rows, where it begins in the file."""

    box: Box
    rows: list[Row]
    first: int
    size: float

    @property
    def is_line(self) -> bool:
        return len(self.rows) == 1 and self.rows[0].kind == "text"


Band = list[_Part]
"""Parts whose heights overlap."""
Strip = tuple[float, float]


def rows_of(page: Page) -> list[Row]:
    """Give the lines and the table rows of a page in the order of reading; what is not certain is said in the page's warnings."""
    grids = find_grids(page.rules) or []
    place = {id(glyph): index for index, glyph in enumerate(page.glyphs)}
    glyphs = page.glyphs
    parts: list[_Part] = []
    for grid in sorted(grids, key=lambda grid: (grid.is_frame, _area(grid.box))):
        inside = [glyph for glyph in glyphs if grid.box.holds(glyph.middle)]
        if not inside or (grid.is_frame and len(inside) > 0.9 * len(page.glyphs)):
            # A frame around the whole page is an ornament.
            continue
        glyphs = [glyph for glyph in glyphs if not grid.box.holds(glyph.middle)]
        if grid.is_table:
            rows = [Row(cells, box.left, box.right, box.top, 0.0, "cells") for box, cells in grid.rows(inside)]
        else:
            within = [part for part in parts if grid.box.holds((part.box.left + 1, part.box.top - 1))]
            parts = [part for part in parts if not any(part is one for one in within)]
            rows = _ordered([*_parts(inside, place), *within], page.warnings)
            for row in rows:
                row.frame = row.frame or grid.box
        size = median([glyph.size for glyph in inside])
        parts.append(_Part(grid.box, rows, min(place[id(glyph)] for glyph in inside), size))
    return _ordered([*_parts(glyphs, place), *parts], page.warnings)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.top - box.bottom)


def _parts(glyphs: list[Glyph], place: dict[int, int]) -> list[_Part]:
    parts: list[_Part] = []
    for line in lines_of(glyphs):
        size = median([glyph.size for glyph in line]) or 1.0
        gaps = [line[end].left - line[end - 1].right for end in range(1, len(line))]
        cuts = [end for end, gap in enumerate(gaps, start=1) if gap > _OPEN * size]
        if len(cuts) >= _CELLS and len(cuts) < len(gaps):
            # Among the cells of a row narrow ones stand closer to each other (序号 beside 指标).
            cuts = [end for end, gap in enumerate(gaps, start=1) if gap > _CLOSE * size]
        if len(cuts) == len(line) - 1:
            # A word that is spaced out to fill a width.
            cuts = []
        pieces = [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]
        for piece in _joined(pieces):
            row = row_of(piece)
            box = Box(row.left, row.base - 0.1 * row.size, row.right, row.base + 0.72 * row.size)
            parts.append(_Part(box, [row], min(place[id(glyph)] for glyph in piece), row.size))
    return parts


def _joined(pieces: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put together what only looks wide open: an enumerator and its heading, a field's name that is spaced out (标　　题：)."""
    if len(pieces) < 2:
        return pieces
    first, second = ("".join(glyph.text for glyph in piece) for piece in pieces[:2])
    if (len(pieces) == 2 and fixed_pattern("pages.enumerator").fullmatch(first)) or (len(first) == 1 and second[1:2] == "："):
        return [pieces[0] + pieces[1], *pieces[2:]]
    return pieces


def _ordered(parts: list[_Part], warnings: list[str]) -> list[Row]:
    return [row for block in _blocks(parts) for part in _block(block, warnings) for row in part.rows]


def _blocks(parts: list[_Part]) -> Iterator[Band]:
    """Gather parts that stand side by side, and what goes on below them in the same columns, into blocks from top to foot."""
    bands: list[Band] = []
    foot = 0.0
    for part in sorted(parts, key=lambda part: -part.box.top):
        if bands and part.box.top > foot:
            bands[-1].append(part)
            foot = min(foot, part.box.bottom)
        else:
            bands.append([part])
            foot = part.box.bottom
    block: Band = []
    strips: list[Strip] = []
    for index, band in enumerate(bands):
        if len(band) > 1 and all(_crosses(bands, near, band) for near in (index - 1, index + 1)):
            band = _one_line(band)
        near = foot - max(part.box.top for part in band) < 3 * max(part.size for part in band)
        narrowed = _narrowed(strips, band) if strips and near else []
        if narrowed:
            block, strips = block + band, narrowed
        else:
            if block:
                yield block
            block, strips = band, _strips(band)
        foot = min(part.box.bottom for part in band)
    if block:
        yield block


def _crosses(bands: list[Band], index: int, band: Band) -> bool:
    """Tell whether the band at an index is a line across all gaps of another band; so is the page's edge."""
    if not 0 <= index < len(bands):
        return True
    line = bands[index][0].box
    return len(bands[index]) == 1 and line.left < min(p.box.right for p in band) and line.right > max(p.box.left for p in band)


def _one_line(band: Band) -> Band:
    """Make one line of parts that stand on one base line and follow each other in the file; others stay as they are."""
    parts = sorted(band, key=lambda part: part.box.left)
    rows = [part.rows[0] for part in parts]
    level = all(part.is_line and abs(part.rows[0].base - rows[0].base) <= part.size * 0.4 for part in parts)
    if not level or any(b.first - a.first != len(a.rows[0].text.replace(" ", "")) for a, b in pairwise(parts)):
        return band
    text = " ".join(row.text for row in rows)
    return [_Part(_around(parts), [Row(text, rows[0].left, rows[-1].right, rows[0].base, rows[0].size)], parts[0].first, parts[0].size)]


def _strips(parts: Band) -> list[Strip]:
    """Give the upright strips between parts that none of them crosses, from left to right; none when there are too many."""
    ordered = sorted(parts, key=lambda part: part.box.left)
    least = median([part.size for part in parts]) * _GUTTER
    found: list[Strip] = []
    right = ordered[0].box.right
    for part in ordered[1:]:
        if part.box.left - right >= least:
            found.append((right, part.box.left))
        right = max(right, part.box.right)
    return found if len(found) < _MOST_COLUMNS else []


def _narrowed(strips: list[Strip], band: Band) -> list[Strip]:
    """Give what is left of strips when the parts of one more band are taken out of them."""
    least = median([part.size for part in band]) * _GUTTER
    for part in band:
        left, right = part.box.left, part.box.right
        cut: list[Strip] = []
        for start, end in strips:
            cut += [(start, end)] if right <= start or left >= end else [(start, left), (right, end)]
        strips = [(start, end) for start, end in cut if end - start >= least]
    return strips


def _block(parts: Band, warnings: list[str]) -> Band:
    strips = _strips(parts)
    if not strips:
        # One line after the other.
        return sorted(parts, key=lambda part: -part.box.top)
    columns: list[Band] = [[] for _ in range(len(strips) + 1)]
    for part in parts:
        columns[sum(1 for _, end in strips if part.box.left >= end - 0.01)].append(part)
    if _is_running(columns) or _one_after_the_other(columns):
        for column in columns:
            within = _around(column)
            for part in column:
                for row in part.rows:
                    row.frame = row.frame or within
        return [part for column in columns for inner in _blocks(column) for part in _block(inner, warnings)]
    if rows := _table(columns):
        return [_Part(parts[0].box, rows, 0, parts[0].size)]
    if len(parts) > 2 and UNCLEAR not in warnings:
        warnings.append(UNCLEAR)
    for part in parts:
        for row in part.rows:
            row.alone = row.alone or part.is_line
    return sorted(parts, key=lambda part: part.first)


def _around(parts: Band) -> Box:
    boxes = [part.box for part in parts]
    return Box(min(b.left for b in boxes), min(b.bottom for b in boxes), max(b.right for b in boxes), max(b.top for b in boxes))


def _is_running(columns: list[Band]) -> bool:
    """Tell columns of running text: each has several lines, most of them full, so that a sentence goes on from line to line."""
    for column in columns:
        lines = [part.rows[0] for part in column if part.is_line]
        right = max(part.box.right for part in column)
        full = sum(1 for line in lines if right - line.right < _FULL * line.size)
        if len(lines) < _FEWEST or full < len(lines) * 0.6 or median([len(line.text) for line in lines]) < 10:
            return False
    return True


def _one_after_the_other(columns: list[Band]) -> bool:
    """Tell whether the file itself writes one column after the other; a table is written row by row."""
    places = [[part.first for part in column] for column in columns]
    return all(len(column) > 1 for column in columns) and all(max(a) < min(b) for a, b in pairwise(places))


def _table(columns: list[Band]) -> list[Row]:
    """Put an unruled table into rows: a row begins where the first column has a cell; most rows have every cell.

    Empty when the parts make no table for certain: a cell too long, a cell that stands above its row's first.
    """
    if not all(part.is_line for column in columns for part in column):
        return []
    if spaced := _spaced_rows(columns):
        return _cells_rows(spaced, len(columns))
    lines = sorted(((number, part.rows[0]) for number, column in enumerate(columns) for part in column), key=lambda one: -one[1].base)
    starts = [line.base + line.size * 0.5 for number, line in lines if number == 0]
    rows: list[list[list[Row]]] = []
    for number, line in lines:
        while len(rows) < len(starts) and line.base <= starts[len(rows)]:
            rows.append([[] for _ in columns])
        if not rows:
            return []
        rows[-1][number].append(line)
    whole = [row for row in rows if all(row)]
    level = [_is_level(row) for row in whole if all(len(cell) == 1 for cell in row)]
    if len(rows) < 2 or len(whole) < max(2, len(rows) * 0.6) or sum(level) < 0.6 * len(level):
        return []
    return _cells_rows(rows, len(columns))


def _spaced_rows(columns: list[Band]) -> list[list[list[Row]]]:
    """Put an unruled table into rows by the space between them, wherever in a row its cells stand (at its top, in its middle).

    Lines of one cell stand closer together than cells do; cells beside each other make a row. None where all lines stand equally far apart,
    or where a row would have two cells of one column.
    """
    steps = [abs(a.rows[0].base - b.rows[0].base) for column in columns for a, b in pairwise(sorted(column, key=lambda part: -part.rows[0].base))]
    steps = [step for step in steps if step > 0]
    if not steps or max(steps) < min(steps) * _APART:
        return []
    cells: list[tuple[float, float, int, list[Row]]] = []
    for number, column in enumerate(columns):
        lines = sorted((part.rows[0] for part in column), key=lambda row: -row.base)
        held = [lines[0]]
        for line in lines[1:]:
            if held[-1].base - line.base < min(steps) * _APART:
                held.append(line)
                continue
            cells.append((held[0].base + held[0].size * 0.5, held[-1].base, number, held))
            held = [line]
        cells.append((held[0].base + held[0].size * 0.5, held[-1].base, number, held))
    rows: list[list[list[Row]]] = []
    foot = 0.0
    for top, bottom, number, held in sorted(cells, key=lambda cell: -cell[0]):
        if not rows or top <= foot:
            rows.append([[] for _ in columns])
            foot = bottom
        if rows[-1][number]:
            return []
        rows[-1][number] = held
        foot = min(foot, bottom)
    whole = sum(1 for row in rows if all(row))
    return rows if len(rows) > 1 and whole >= max(2, len(rows) * 0.6) else []


def _cells_rows(rows: list[list[list[Row]]], width: int) -> list[Row]:
    """Write rows of cells as table rows; none where a cell is too long for one."""
    done: list[Row] = []
    for row in rows:
        cells = [glue_all([line.text for line in cell]) for cell in row]
        if max(map(len, cells)) > _LONGEST_CELL * min(4, width):
            return []
        held = [line for cell in row for line in cell]
        left, right = min(line.left for line in held), max(line.right for line in held)
        done.append(Row("\t".join(cells).rstrip("\t"), left, right, held[0].base, held[0].size, "cells"))
    return done


def _is_level(row: list[list[Row]]) -> bool:
    bases = [cell[0].base for cell in row]
    return max(bases) - min(bases) <= 0.3 * row[0][0].size
