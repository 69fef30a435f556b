"""The values of the layout stage: glyphs, drawn lines, boxes, pages, and the lines of text that are made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple


class Glyph(NamedTuple):
    """A visible character: its ends, its base line, the height of its font, whether a space stands before it in the file."""

    text: str
    left: float
    right: float
    base: float
    size: float
    spaced: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the character."""
        return (self.left + self.right) / 2, self.base + self.size * 0.3


class Rule(NamedTuple):
    """A drawn line: where it stands (x for an upright one, y for a level one) and from where to where it goes."""

    upright: bool
    at: float
    start: float
    end: float


class Box(NamedTuple):
    """A rectangle, the origin at the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, point: tuple[float, float]) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


@dataclass(slots=True)
class Page:
    """What stands on one page: its size, its glyphs in the order of the file, the lines drawn, whether it shows pictures, warnings."""

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule] = field(default_factory=list)
    pictures: bool = False
    warnings: list[str] = field(default_factory=list)


RowKind = Literal["text", "cells"]


@dataclass(slots=True)
class Row:
    """One line of text with its ends, base line and size; of kind ``cells``, one row of a table with tabs between its cells.

    frame is the box or the column that the line stands in, None for the page's own column; alone says that nothing is known of what it
    goes on with, so that it is joined with nothing.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    kind: RowKind = "text"
    frame: Box | None = None
    alone: bool = False


def row_of(glyphs: list[Glyph]) -> Row:
    """Make a line of the glyphs on one base line, given from left to right."""
    # Single glyphs may come with boxes of their own kind: the middle one of a line is right.
    size = median([glyph.size for glyph in glyphs]) or 1.0
    base = median([glyph.base for glyph in glyphs])
    return Row(spaced(glyphs, size), glyphs[0].left, max(glyph.right for glyph in glyphs), base, size)


def spaced(glyphs: list[Glyph], size: float) -> str:
    """Put a space where the gap is wide: a fifth of a character between Latin letters, a whole one between Chinese ones."""
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        gap = glyph.left - before.right
        if gap > size * 0.1:
            latin = before.text.isascii() and glyph.text.isascii()
            if glyph.spaced or gap > size * (0.2 if latin else 0.9):
                parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def lines_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Gather glyphs that stand on one base line, from the top to the foot, each line from left to right.

    Glyphs at one place stay in the order of the file, as those of a ligature do.
    """
    if not glyphs:
        return []
    near = median([glyph.size for glyph in glyphs]) * 0.4
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: -g.base):
        if lines and lines[-1][0].base - glyph.base <= near:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: g.left) for line in lines]
