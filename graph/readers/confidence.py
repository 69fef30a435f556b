"""Which lines of a text were recognised, and how sure the recogniser was of each."""

from __future__ import annotations

from bisect import bisect_right

from ..core.model import Line


def with_confidence(text: str, lines: tuple[Line, ...], recognised: tuple[tuple[str, float], ...]) -> tuple[Line, ...]:
    """Give a text's lines the lowest confidence of the recognised lines that went into each.

    A recognised line is looked up where it follows the one before, white space aside; a line of the text in which none is found has
    the lowest confidence of all.

    >>> with_confidence("甲乙丙", (Line(0, 3),), (("甲乙", 0.9), ("丙", 0.8)))
    (Line(start=0, end=3, kind='paragraph', confidence=0.8),)
    """
    if not recognised:
        return lines
    bare: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if not char.isspace():
            bare.append(char)
            places.append(place)
    whole = "".join(bare)
    starts = [line.start for line in lines]
    lowest: dict[int, float] = {}
    at = 0
    for said, confidence in recognised:
        wanted = "".join(said.split())
        # What was left out (page numbers, running heads) is not found near by, and moves nothing.
        found = whole.find(wanted, at, at + _FAR + len(wanted)) if wanted else -1
        if found < 0:
            continue
        at = found + len(wanted)
        for index in range(bisect_right(starts, places[found]) - 1, bisect_right(starts, places[at - 1])):
            lowest[index] = min(lowest.get(index, 1.0), confidence)
    least = min(confidence for _, confidence in recognised)
    return tuple(line._replace(confidence=lowest.get(index, least)) for index, line in enumerate(lines))


_FAR = 2000
"""How far on (in characters) a recognised line is looked for."""
