"""What pages hold beside the text: running heads, page numbers, contents with dot leaders, notes at the foot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

from ...core.rules import fixed_pattern
from ..furniture import LEADERS
from ..titles import glue
from .page import Row

_ENTRY = re.compile(r".{2,60}\t\d{1,4}$")
_EDGE = 0.12
"""Running heads and page numbers stand in this share of the page's height, above or below."""
_FOOT = 0.4
"""Notes stand in this share of the page's height at its foot."""
_SMALL = 0.88
"""Notes are set smaller than the text by this."""


@dataclass(slots=True)
class Lines:
    """The lines of one page in the order of reading, and the page's height."""

    rows: list[Row]
    height: float


def drop_margins(pages: list[Lines]) -> None:
    """Leave out page numbers, and what is said again at the same height in the margin of a third of the pages."""

    def key(page: Lines, row: Row) -> tuple[str, int]:
        return re.sub(r"\d+", "0", row.text.replace(" ", "")), round((page.height - row.base) / 6)

    def in_margin(page: Lines, row: Row) -> bool:
        return row.kind == "text" and not page.height * _EDGE < row.base < page.height * (1 - _EDGE)

    counts = Counter(one for page in pages for one in {key(page, row) for row in page.rows if in_margin(page, row)})
    often, number = max(2, len(pages) // 3), fixed_pattern("pages.number")
    for page in pages:
        page.rows = [
            row for row in page.rows if not in_margin(page, row) or not (number.fullmatch(row.text) or counts[key(page, row)] >= often)
        ]


def drop_contents(pages: list[Lines]) -> None:
    """Leave out pages' tables of contents: at least three lines that lead to a page number, and what stands between them."""
    listing = False
    for page in pages:
        heading = next((index for index, row in enumerate(page.rows) if fixed_pattern("pages.contents").match(row.text)), None)
        entries = [index for index, row in enumerate(page.rows) if _is_entry(row, listing or heading is not None)]
        listing = len(entries) >= 3 or (listing and bool(entries))
        if listing:
            first = heading if heading is not None and heading < entries[0] else entries[0]
            page.rows = page.rows[:first] + page.rows[entries[-1] + 1 :]


def _is_entry(row: Row, listing: bool) -> bool:
    return LEADERS.match(row.text) is not None or (listing and row.kind == "cells" and _ENTRY.match(row.text) is not None)


def take_notes(page: Lines, size: float) -> list[str]:
    """Take the notes from the foot of a page: lines set smaller than the text (of the given size), the first with a note's mark."""
    start = len(page.rows)
    while start and page.rows[start - 1].kind == "text" and page.rows[start - 1].base < page.height * _FOOT:
        if page.rows[start - 1].size > size * _SMALL:
            break
        start -= 1
    while start < len(page.rows) and not fixed_pattern("pages.note").match(page.rows[start].text):
        start += 1
    notes: list[str] = []
    for row in page.rows[start:]:
        if notes and not fixed_pattern("pages.note").match(row.text):
            notes[-1] = glue(notes[-1], row.text)
        else:
            notes.append(row.text)
    del page.rows[start:]
    return notes


def usual_size(pages: list[Lines]) -> float:
    """Give the size that most characters of running text have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            if row.kind == "text":
                sizes[round(row.size * 2) / 2] += len(row.text)
    # Boxes of single fonts differ a little: the middle of the sizes about the most frequent one.
    most = max(sizes, key=lambda size: sizes[size], default=1.0)
    return median([size for size in sizes if abs(size - most) <= 0.1 * most] or [1.0]) or 1.0
