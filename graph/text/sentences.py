"""The sentences and clauses of a text, cut once: where each begins and ends is looked up and not searched again."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..core.model import Span
from .normalize import strip_span

_MARK = re.compile(r"[。！？；\n]")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
CLAUSE = re.compile(
    r"(?:[^，,。；！？（(“《]+|（[^（）]*(?:（[^（）]*）[^（）]*)*）|\([^()]*\)|“[^“”]*”|《[^《》]*(?:《[^《》]*》[^《》]*)*》|[（(“《])+"
)
"""One clause: it ends at a comma or a stop; what stands in brackets or quotation marks is kept whole."""
_CLOSING = "”’）)】》"


class Sentences:
    """Finds the sentence around any position of a text. A semicolon ends one: in this genre it parts whole statements."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks = [match.start() for match in _MARK.finditer(text)]
        self._known: dict[int, Span] = {}

    def at(self, position: int) -> Span:
        """Give the sentence around a position, with its own stop."""
        text, index = self._text, bisect_left(self._marks, position)
        known = self._known.get(index)
        if known is not None:
            return known
        start = self._marks[index - 1] + 1 if index else 0
        if index < len(self._marks):
            end = self._marks[index]
            if text[end] != "\n":
                end += 1
        else:
            end = len(text)
        while start < end and text[start] in " \t":
            start += 1
        if start < end and text[start] in _CLOSING:
            # A closing quotation mark or bracket belongs to the sentence that it closes.
            while start < position and text[start] in _CLOSING:
                start += 1
            return Span(start, end)
        found = self._known[index] = Span(start, end)
        return found


def sentences_in(text: str, start: int, end: int) -> list[Span]:
    """Give the sentences of a stretch, each within one line."""
    found = []
    for match in _SENTENCE.finditer(text, start, end):
        low, high = match.span()
        if text[low] in " \t" or text[high - 1] in " \t":
            low, high = strip_span(text, low, high)
        if high > low:
            found.append(Span(low, high))
    return found


def clauses_in(text: str, start: int, end: int) -> list[Span]:
    """Split a sentence at its commas; what stands in brackets or quotes is kept whole."""
    found = []
    for match in CLAUSE.finditer(text, start, end):
        low, high = match.span()
        if text[low] in " \t" or text[high - 1] in " \t":
            low, high = strip_span(text, low, high)
        if high > low:
            found.append(Span(low, high))
    return found
