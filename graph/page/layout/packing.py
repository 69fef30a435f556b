"""Packing of named blocks into columns of one width, so that a screen shows their words as large as it can.

A block that is taller than a column should be takes several columns beside each other, where that makes it shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .boxes import BLOCK_GAP, MARGIN, Piece

Make = Callable[[str, float], Piece]
"""What gives a block, framed, by its kind and the width of the cards in it."""

_WIDTHS = (180, 210, 240, 270, 300, 340)
_SHORTER = 0.8
"""To what share of its height a block has to come down for a further column."""


def packings(kinds: Iterable[str], make: Make, ratio: float, head: Piece | None = None) -> Iterator[Piece]:
    """Give the blocks in columns of several widths and in several numbers of them, those that come near to a form (width over height).

    What heads them all stands at the top left.
    """
    listed = list(kinds)
    for width in _WIDTHS:
        unit = width + 2 * MARGIN + BLOCK_GAP
        singles = {kind: make(kind, width) for kind in listed}
        area = sum((piece.height + BLOCK_GAP) * unit for piece in singles.values())
        middle = round((area * ratio) ** 0.5 / unit)
        for count in range(max(1, middle - 1), middle + 3):
            yield _packed(singles, make, count, unit, area / (count * unit), head or Piece())


def _packed(singles: dict[str, Piece], make: Make, count: int, unit: float, ideal: float, head: Piece) -> Piece:
    """Set blocks into so many columns, the largest first, each where it ends highest."""
    chosen = []
    for kind, single in singles.items():
        piece = single
        for columns in range(2, count + 1):
            if piece.height <= ideal:
                break
            wider = make(kind, columns * unit - BLOCK_GAP - 2 * MARGIN)
            if wider.height > piece.height * _SHORTER:
                break
            piece = wider
        chosen.append((_reach(piece, unit, count), piece))
    tops = [0.0] * count
    placed: list[tuple[int, int, float, Piece]] = []
    if head.places:
        reach = _reach(head, unit, count)
        placed.append((0, reach, 0.0, head))
        tops[:reach] = [head.height + BLOCK_GAP] * reach
    for columns, piece in sorted(chosen, key=lambda one: -one[0] * one[1].height):
        at = min(range(count - columns + 1), key=lambda first: max(tops[first : first + columns]))
        top = max(tops[at : at + columns])
        placed.append((at, at + columns, top, piece))
        tops[at : at + columns] = [top + piece.height + BLOCK_GAP] * columns
    return _drawn_together(placed, count)


def _reach(piece: Piece, unit: float, count: int) -> int:
    """Give how many columns a block takes; one word that is wider than all of them stands out."""
    return min(count, max(1, -int(-(piece.width + BLOCK_GAP) // unit)))


def _drawn_together(placed: list[tuple[int, int, float, Piece]], count: int) -> Piece:
    """Move columns together as far as their blocks leave room.

    Each block is given with its first column, the one behind its last, and its top.
    """
    lefts = [0.0] * (count + 1)
    for end in range(1, count + 1):
        lefts[end] = max([lefts[end - 1], *(lefts[first] + piece.width + BLOCK_GAP for first, last, _, piece in placed if last == end)])
    whole = Piece()
    for first, _, top, piece in placed:
        whole.put(piece, lefts[first], top)
    return whole
