"""Pieces of a drawing that are put beside and below each other: cards in a grid, grids under a head, blocks in columns.

A piece knows its size and where, within it, the centre of each of its nodes lies; no piece ever overlaps another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .measure import Box

GAP = 9
BLOCK_GAP = 18
TITLE = 22
MARGIN = 8
"""Pixels between cards, between blocks, kept for a block's title, and between a block's edge and its cards."""

_LOOSE = 0.9

Measure = Callable[[str], Box]


@dataclass(slots=True)
class Piece:
    """A rectangle with cards in it: `places` are (node, x, y) of centres from the top left; regions are named groups."""

    width: float = 0
    height: float = 0
    places: list[tuple[str, float, float]] = field(default_factory=list)
    regions: list[tuple[str, list[str]]] = field(default_factory=list)

    def put(self, other: Piece, x: float, y: float) -> None:
        """Take another piece in with its top left at (x, y)."""
        self.places.extend((node, px + x, py + y) for node, px, py in other.places)
        self.regions.extend(other.regions)
        self.width = max(self.width, x + other.width)
        self.height = max(self.height, y + other.height)


def one(node: str, size: Measure) -> Piece:
    """Give the piece of a single card."""
    width, height = size(node)
    return Piece(width, height, [(node, width / 2, height / 2)])


def grid(nodes: Sequence[str], size: Measure, width: float) -> Piece:
    """Set cards in rows of reading order within a width (at least one a row), all aligned at their left.

    They stand in columns under each other, unless short names beside long ones would leave more than a tenth of that empty.
    """
    if not nodes:
        return Piece()
    under = _in_grid(nodes, size, width)
    room = _LOOSE * (under.width + GAP) * (under.height + GAP)
    if sum((box.width + GAP) * (box.height + GAP) for box in map(size, nodes)) >= room:
        return under
    along = _in_lines(nodes, size, width)
    return along if along.width * along.height < _LOOSE * under.width * under.height else under


def _in_grid(nodes: Sequence[str], size: Measure, width: float) -> Piece:
    """Set cards in as many columns as fit the width."""
    boxes = [size(node) for node in nodes]
    columns, widths = 1, [max(box.width for box in boxes)]
    for count in range(2, len(nodes) + 1):
        tried = [max(box.width for box in boxes[column::count]) for column in range(count)]
        if sum(tried) + GAP * (count - 1) > width:
            break
        columns, widths = count, tried
    rows = -(-len(nodes) // columns)
    columns = -(-len(nodes) // rows)
    widths = [max(box.width for box in boxes[column::columns]) for column in range(columns)]
    piece = Piece()
    top = 0.0
    for start in range(0, len(nodes), columns):
        height = max(box.height for box in boxes[start : start + columns])
        left = 0.0
        row_ = zip(nodes[start : start + columns], boxes[start:], widths, strict=False)
        for node, box, column in row_:
            piece.places.append((node, left + box.width / 2, top + height / 2))
            left += column + GAP
        top += height + GAP
    piece.width, piece.height = sum(widths) + GAP * (len(widths) - 1), top - GAP
    return piece


def _in_lines(nodes: Sequence[str], size: Measure, width: float) -> Piece:
    """Set cards one behind the other, as words in a paragraph."""
    piece = Piece()
    line: list[tuple[str, Box]] = []
    left = top = 0.0
    for node in nodes:
        box = size(node)
        if line and left + box.width > width:
            top += _set_line(piece, line, top) + GAP
            line, left = [], 0.0
        line.append((node, box))
        left += box.width + GAP
    _set_line(piece, line, top)
    return piece


def _set_line(piece: Piece, line: list[tuple[str, Box]], top: float) -> float:
    """Set one line of cards into a piece and give its height."""
    height = max(box.height for _, box in line)
    left = 0.0
    for node, box in line:
        piece.places.append((node, left + box.width / 2, top + height / 2))
        left += box.width + GAP
    piece.width, piece.height = max(piece.width, left - GAP), top + height
    return height


def stack(pieces: Iterable[Piece], gap: float = GAP, *, left: bool = False) -> Piece:
    """Put pieces below each other, centred on one axis or (when `left`) aligned at their left."""
    listed = [piece for piece in pieces if piece.places]
    whole = Piece(max((piece.width for piece in listed), default=0))
    top = 0.0
    for piece in listed:
        whole.put(piece, 0 if left else (whole.width - piece.width) / 2, top)
        top += piece.height + gap
    return whole


def row(pieces: Iterable[Piece], gap: float = GAP, *, middle: bool = False) -> Piece:
    """Put pieces beside each other, their tops (or, when `middle`, their centres) on one line."""
    listed = [piece for piece in pieces if piece.places]
    tallest = max((piece.height for piece in listed), default=0)
    whole = Piece()
    left = 0.0
    for piece in listed:
        whole.put(piece, left, (tallest - piece.height) / 2 if middle else 0)
        left += piece.width + gap
    return whole


def in_rows(pieces: Iterable[Piece], width: float, gap: float = GAP) -> list[list[Piece]]:
    """Part pieces into rows no wider than `width` where that is possible, in their order."""
    rows: list[list[Piece]] = [[]]
    used = 0.0
    for piece in pieces:
        if not piece.places:
            continue
        if rows[-1] and used + piece.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(piece)
        used += piece.width + gap
    return rows


def flow(pieces: Iterable[Piece], width: float, gap: float = GAP) -> Piece:
    """Put pieces in rows no wider than `width` where that is possible, rows centred."""
    return stack([row(line, gap) for line in in_rows(pieces, width, gap)], gap)


def block(name: str, piece: Piece, title: float = TITLE) -> Piece:
    """Frame a piece as a named region with room for its title, or with as much room above it as `title` says."""
    if not piece.places:
        return piece
    framed = Piece(regions=[(name, [node for node, _, _ in piece.places])])
    framed.put(piece, MARGIN, title)
    framed.width, framed.height = piece.width + 2 * MARGIN, piece.height + title + MARGIN
    return framed
