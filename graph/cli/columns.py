"""Text in columns: a Chinese character takes two (Unicode Standard Annex 11), and a line of Chinese may break almost anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PIECE = re.compile(r"\s+|[\x21-\x7e]+|.")
_NO_START = frozenset("，。；：、！？）》〉”’」』…·%")
_NO_END = frozenset("（《〈“‘「『")


def width(text: str) -> int:
    """Count the columns that a text takes in a terminal.

    >>> width("5G应用")
    6
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """Fill a text up to so many columns."""
    return text + " " * max(0, columns - width(text))


def left(text: str, columns: int) -> str:
    """Put so many columns less its own before a text, so that it ends at the column's end."""
    return " " * max(0, columns - width(text)) + text


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns: between words, between Chinese characters, never before a stop.

    >>> wrap("读取规划，写出图谱。", 12)
    ['读取规划，写', '出图谱。']
    """
    lines: list[str] = []
    line = ""
    for piece in _units(text):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _units(text: str) -> Iterator[str]:
    """Give the stretches that stay together: a character with the marks that may not begin or end a line."""
    held = ""
    for piece in _PIECE.findall(text):
        if held and not held.isspace() and (piece in _NO_START or held[-1] in _NO_END):
            held += piece
            continue
        if held:
            yield held
        held = " " if piece.isspace() else piece
    if held:
        yield held
