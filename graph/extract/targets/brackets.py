"""Stretches in brackets, quotes and titles, which a clause only remarks on."""

from __future__ import annotations

import re
from bisect import bisect_right

from ...core.model import Span

_OPEN = "（(《“"
_MARKS = re.compile("[（(《“）)》”]")


def enclosed(text: str, start: int, end: int) -> list[Span]:
    """Give the stretches in brackets, quotes or titles that open in a clause, in one pass."""
    found, depth, opened = [], 0, start
    for mark in _MARKS.finditer(text, start, end):
        if mark[0] in _OPEN:
            depth += 1
            opened = mark.start() if depth == 1 else opened
        elif depth:
            depth -= 1
            if not depth:
                found.append(Span(opened, mark.end()))
    return [*found, Span(opened, end)] if depth else found


def within(stretches: list[Span], position: int) -> bool:
    """Tell whether a place stands in one of some stretches, which stand in the order of the text."""
    at = bisect_right(stretches, (position, position)) - 1
    return any(low < position < high for low, high in stretches[max(at, 0) : at + 2])
