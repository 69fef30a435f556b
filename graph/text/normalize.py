"""Text as every reader leaves it: NFC, white space folded, one line per paragraph, heading, list item or table row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..core.model import Line, Span

# Marks that are seen by nobody: byte order mark, zero-width marks, soft hyphen, directions, control characters, halves of a pair.
_UNSEEN = re.compile(
    r"[\ufeff\u200b-\u200f\u2060\u00ad\u202a-\u202e\u2066-\u206f\ufff9-\ufffc\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)


COMMON = frozenset("，。、的一是在和了有中国发展工作建设推进加强“”《》；：（）")
"""Characters that official Chinese is full of, whatever it is about."""


def fold(text: str) -> str:
    """Normalise one line: NFC, unseen marks dropped, runs of white space of any kind folded into one space, ends stripped.

    >>> fold(" 一、\u3000总体  要求\\n")
    '一、 总体 要求'
    """
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    # Nearly every line is printable: the check costs a tenth of the search.
    if not text.isprintable():
        text = " ".join(_UNSEEN.sub("", text).split())
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold_lines(pieces: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Fold each line (each cell of a row) and leave out the empty ones."""
    folded = []
    for kind, raw in pieces:
        text = "\t".join(map(fold, raw.split("\t"))) if kind == "row" else fold(raw)
        if text and not text.isspace():
            folded.append((kind, text))
    return folded


def join(pieces: Iterable[tuple[str, str]]) -> tuple[str, tuple[Line, ...]]:
    """Put folded lines with their kinds together: the text, and where each of its lines stands."""
    lines: list[Line] = []
    offset = 0
    texts = []
    for kind, text in pieces:
        end = offset + len(text)
        lines.append(Line(offset, end, kind))
        texts.append(text)
        offset = end + 1
    return "\n".join(texts), tuple(lines)


def strip_span(text: str, start: int, end: int, marks: str = " \t\n") -> Span:
    """Narrow a span so that neither end is white space (or another given mark)."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return Span(start, end)
