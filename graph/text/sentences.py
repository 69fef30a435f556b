"""The sentences and clauses of a text, cut once: where each begins and ends is looked up and not searched again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import sub

from ..core.model import Span
from .normalize import strip_span

_MARK = re.compile(r"[。！？；\n]")
LONGEST = 2000
"""A stretch of so many characters without a stop is cut, so that what is looked for once a sentence stays linear in the text; the longest
sentence of any real plan seen has 422."""
CLAUSE = re.compile(
    r"(?:[^，,。；！？（(“《]+|（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^()]*\)|“[^“”]*”|《[^《》]*(?:《[^《》]*》[^《》]*)*》|[（(“《])+"
)
"""One clause: it ends at a comma or a stop; what stands in brackets or quotation marks is kept whole."""
SHORTEST = 2
"""A stretch of fewer characters than this counts as no sentence."""
_CLOSING = "”’）)】》"
_LEADING = f" \t{_CLOSING}"


class Sentences:
    """Finds the sentence around any position of a text. A semicolon ends one: in this genre it parts whole statements."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = _marks(text)
        starts = [0, *[mark + 1 for mark in self._marks]]
        ends = [*[mark + 1 if text[mark] != "\n" else mark for mark in self._marks], len(text)]
        # As `Span(start, end)` for each, without a call of Python.
        self._spans = list(map(tuple.__new__, repeat(Span), zip(starts, ends, strict=True)))
        self._closing: set[int] = set()
        """Which of them begin with a mark that closes the one before."""
        for index, (start, end) in enumerate(self._spans):
            if start < end and text[start] in _LEADING:
                while start < end and text[start] in " \t":
                    start += 1
                self._spans[index] = Span(start, end)
                if start < end and text[start] in _CLOSING:
                    self._closing.add(index)

    def __iter__(self) -> Iterator[Span]:
        """Give all sentences in order, each with its own stop and without the white space around it; empty ones are left out."""
        return iter([span for span, mark in zip(self._spans, (*self._marks, len(self._text)), strict=True) if span[0] < mark])

    def at(self, position: int) -> Span:
        """Give the sentence around a position, with its own stop."""
        index = bisect_left(self._marks, position)
        found = self._spans[index]
        if index not in self._closing:
            return found
        # A closing quotation mark or bracket belongs to the sentence that it closes.
        text, (start, end) = self._text, found
        while start < position and text[start] in _CLOSING:
            start += 1
        return Span(start, end)

    def within(self, start: int, end: int) -> list[Span]:
        """Give the sentences of a stretch in order; of the first and the last what stands in it.

        >>> text = "一是甲。二是乙；三是丙。"
        >>> [text[low:high] for low, high in Sentences(text).within(2, 11)]
        ['甲。', '二是乙；', '三是丙']
        """
        if start >= end:
            return []
        first, last = bisect_left(self._marks, start), bisect_left(self._marks, end - 1)
        found, marks = self._spans[first : last + 1], [*self._marks[first:last], end]
        found[0] = strip_span(self._text, max(start, found[0][0]), found[0][1])
        found[-1] = strip_span(self._text, found[-1][0], min(end, found[-1][1]))
        if last < len(self._marks):
            marks[-1] = min(end, self._marks[last])
        return [span for span, mark in zip(found, marks, strict=True) if span[0] < mark]


def _marks(text: str) -> list[int]:
    """Give the places of the last characters of all sentences but the last: their stops, line breaks, and where one that is too long is cut."""
    marks = list(map(re.Match.start, _MARK.finditer(text)))
    if max(map(sub, [*marks, len(text)], [-1, *marks])) <= LONGEST + 1:
        return marks
    found: list[int] = []
    start = 0
    for mark in (*marks, len(text)):
        found += range(start + LONGEST - 1, mark - 1, LONGEST)
        found.append(mark)
        start = mark + 1
    return found[:-1]


def _stretches(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Span]:
    """Give what a pattern finds in a stretch, without the white space around it; empty ones are left out."""
    # As `Span(*match.span())` for each, without a call of Python.
    found = list(map(tuple.__new__, repeat(Span), map(re.Match.span, pattern.finditer(text, start, end))))
    if text.find(" ", start, end) >= 0 or text.find("\t", start, end) >= 0:
        return [span for low, high in found if (span := strip_span(text, low, high))[1] > span[0]]
    return found


def clauses_in(text: str, start: int, end: int) -> list[Span]:
    """Split a sentence at its commas; what stands in brackets or quotes is kept whole."""
    return _stretches(CLAUSE, text, start, end)


def behind_last(text: str, marks: str, low: int, high: int) -> int:
    """Give the place behind the last of some marks in a stretch, or where it begins; no mark is looked for farther back than one found.

    >>> behind_last("一，二。三，四", "，。", 0, 6), behind_last("一二", "，。", 1, 2)
    (6, 1)
    """
    for mark in marks:
        low = text.rfind(mark, low, high) + 1 or low
    return low


def before_first(text: str, marks: str, low: int, high: int) -> int:
    """Give the place of the first of some marks in a stretch, or where it ends; no mark is looked for farther than one found.

    >>> before_first("一，二。三，四", "，。", 2, 6), before_first("一二", "，。", 0, 2)
    (3, 2)
    """
    for mark in marks:
        at = text.find(mark, low, high)
        high = at if at >= 0 else high
    return high


def unquoted(sentences: Iterable[Span], quoted: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Give the sentences that share nothing with the quoted stretches; both come in the order of the text."""
    index, reach, last = 0, 0, len(quoted)
    for sentence in sentences:
        start, end = sentence
        while index < last and quoted[index][0] < end:
            stop = quoted[index][1]
            if stop > reach:
                reach = stop
            index += 1
        if reach <= start:
            yield sentence
