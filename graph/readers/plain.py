"""Plain text in any encoding that Chinese copies come in, with or without its newlines, hard-wrapped or not."""

from __future__ import annotations

import re
from itertools import pairwise

from ..core.errors import ReadError
from ..text.normalize import COMMON
from .titles import glue_all, starts_item

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_STOPS = "。！？；：!?;:"
_INDENT = re.compile(r"(?:\u3000|\u2003|  |\t)")
WIDEST = 130
"""A line wider than this (in columns; a Chinese character takes two) was not wrapped by hand or by a mail program."""
_NARROWEST = 24
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8"), (b"\x84\x31\x95\x33", "gb18030"),
)  # fmt: skip
_SIGNATURES = (
    (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"), (b"GIF8", "a picture (GIF)"),
    (b"Rar!", "an archive (RAR)"), (b"7z\xbc\xaf", "an archive (7z)"), (b"\x1f\x8b", "an archive (gzip)"),
)  # fmt: skip


def decode(data: bytes, name: str) -> str:
    """Decode bytes: a byte order mark decides, then UTF-8, then a declared charset, GB18030 or UTF-16 that gives Chinese text.

    Raises `ReadError` for bytes that are no text.
    """
    for mark, what in _SIGNATURES:
        if data.startswith(mark):
            raise ReadError(f"a binary file, not a text: {what}", file=name)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).lstrip("\ufeff")
            except UnicodeDecodeError as error:
                raise ReadError(f"starts as {encoding.upper()} but is broken at byte {error.start}", file=name) from error
    if b"\x00" in data[:8192]:
        for encoding in ("utf-16-le", "utf-16-be"):
            if (text := _decoded(data, encoding)) is not None:
                return text
        raise ReadError("a binary file, not a text", file=name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    declared = _CHARSET.search(data[:2048])
    for encoding in dict.fromkeys([declared[1].decode("ascii").lower() if declared else "gb18030", "gb18030"]):
        if (text := _decoded(data, encoding)) is not None:
            return text
    if _nearly_utf8(data):
        raise ReadError(f"broken UTF-8 at byte {place}", file=name)
    raise ReadError(f"unknown encoding: neither UTF-8 (byte {place}) nor GB18030", file=name)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return text if _looks_chinese(text) else None


def _looks_chinese(text: str) -> bool:
    """GB18030 decodes almost anything: trust it only where common characters and marks come out."""
    sample = [c for c in text[:4000] if not c.isascii()]
    return bool(sample) and sum(1 for c in sample if c in COMMON) >= len(sample) * 0.05


def _nearly_utf8(data: bytes) -> bool:
    text = data[:20000].decode("utf-8", "replace")
    return _looks_chinese(text) and text.count("\ufffd") <= len(text) // 50 + 1


def columns(line: str) -> int:
    """Give a line's width in columns: a Chinese character or full-width mark takes two, as it takes two bytes in GBK."""
    return len(line.encode("gbk", "replace"))


def unwrap(lines: list[str], apart: str = "") -> list[str]:
    """Join lines that were wrapped at a fixed width back into paragraphs; other texts come back as they are.

    A text is taken for wrapped when no line is wider than one can wrap by hand and many of the full lines break off in the
    middle of a sentence and have a further line right below. Where paragraphs are indented, a full line goes on into the next
    one that is not. Lines that begin with one of the marks in `apart` stand alone.
    """
    filled = [line for line in lines if line.strip() and line.lstrip()[0] not in apart]
    if len(filled) < 6 or max(map(len, filled)) > WIDEST or max(widths := [columns(line.rstrip()) for line in filled]) > WIDEST:
        return lines
    width = sorted(widths)[len(widths) * 9 // 10]
    full = [line for line, wide in zip(filled, widths, strict=True) if wide >= width - 4]
    broken = sum(1 for line in full if line.rstrip()[-1] not in _STOPS)
    if width < _NARROWEST or len(full) < max(3, len(filled) * 0.3) or broken < len(full) * 0.6:
        return lines
    indented = sum(1 for line in filled if _INDENT.match(line)) >= 2

    def goes_into(line: str, following: str) -> bool:
        text, next_text = line.strip(), following.strip()
        if not text or not next_text or text[0] in apart or next_text[0] in apart or starts_item(next_text):
            return False
        if columns(line.rstrip()) < width - 4 or (indented and _INDENT.match(following)):
            return False
        return indented or text[-1] not in _STOPS

    joined = [goes_into(line, following) for line, following in pairwise(lines)]
    if sum(joined) < max(3, len(filled) * 0.2):
        return lines
    paragraphs = [[lines[0].rstrip()]]
    for line, on in zip(lines[1:], joined, strict=True):
        if on:
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line.rstrip()])
    return [glue_all(paragraph) for paragraph in paragraphs]
