"""Read a source file into a `Document`: one text with stable offsets, lines, metadata and warnings about the copy."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from ..core.errors import ReadError, printable
from ..core.iris import document_key
from ..core.limits import limits
from ..core.model import Document
from ..core.rules import fixed_pattern
from ..text.dates import CHINESE_DATE, MONTH, date_as_said
from ..text.normalize import fold, fold_lines, join
from .confidence import with_confidence
from .raw import Pieces
from .registry import ENDINGS, reader_of
from .repair import mend
from .sources import STANDARD_INPUT, at_hand, find_sources, source_bytes
from .titles import below_mark, find_title, is_title

__all__ = ["STANDARD_INPUT", "at_hand", "find_sources", "read_bytes", "read_file", "source_bytes"]

_GLOSS = re.compile(r"(?<=[^\x00-\x7f])[（(][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]")
_RADICALS = re.compile(r"[\u2e80-\u2fdf]")
_LARGE_TEXT = 2_000_000
"""A text of more bytes than this is read in a process apart, as other formats are; below it the work is small."""
_LOST = "\ufffd"
_STOPS = "。！？；：…!?;:.”’》）)】〕」』"
_SHORTEST_CUT = 25
"""A last line shorter than this is a signature or a heading; a longer one without a stop is a text that was cut off."""


def read_bytes(data: bytes, name: str, suffix: str) -> Document:
    """Turn the bytes of a source into a document; the bytes themselves tell the format, and the ending only how a text is marked up.

    Raises `ReadError` for an unknown format, an empty, binary or damaged source, an unknown encoding or broken front matter.
    """
    if not data.strip():
        raise ReadError("an empty file", file=name)
    suffix = suffix.lower()
    try:
        reader = reader_of(data, suffix)
    except KeyError:
        raise ReadError(f"no reader for {suffix} (known: {' '.join(ENDINGS)})", file=name) from None
    name, bounds = printable(name), limits()
    if len(data) > bounds.file * 1_000_000:
        raise ReadError(f"larger than {bounds.file} MB (--read-file)", file=name)
    if reader.is_text and len(data) <= _LARGE_TEXT:
        raw = reader.read(data, name)
        if (size := sum(len(text) for _, text in raw.pieces)) > bounds.text:
            from .apart import too_long

            raise too_long(size, bounds, name)
    else:
        from .apart import read_apart

        raw = read_apart(reader.name, data, name, bounds)
    metadata = {key: fold(value) for key, value in raw.metadata.items()}
    if metadata.get("accessed"):
        # A fetched document goes by its address.
        name = metadata.get("url") or name
    warnings = list(raw.warnings)
    pieces = mend(fold_lines(raw.pieces), metadata, warnings)
    if not pieces:
        raise ReadError("no text in this file", file=name)
    if suffix and suffix not in reader.endings:
        warnings.append(f"called {suffix}, but it is a {reader.name}: read as what it is")
    pieces = _without_glosses(_without_radicals(pieces), warnings)
    pieces = _titled(pieces, metadata, warnings)
    _about_it(pieces, metadata["title"], warnings)
    text, lines = join(pieces)
    lines = with_confidence(text, lines, raw.recognised)
    _dated(metadata, pieces, warnings)
    _complete(text, pieces, warnings)
    metadata.setdefault("format", (suffix if suffix in reader.endings else reader.endings[0])[1:])
    return Document(document_key(metadata["title"], text), name, text, lines, metadata, tuple(warnings))


def _without_radicals(pieces: Pieces) -> Pieces:
    """Write the characters that some PDF fonts name by their radicals (⽤, ⾯) as the characters that they are (用, 面)."""
    if not any(_RADICALS.search(text) for _, text in pieces):
        return pieces
    return [(kind, _RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)) for kind, text in pieces]


def _without_glosses(pieces: Pieces, warnings: list[str]) -> Pieces:
    """Take out the pronunciations that a conversion from another script left behind its characters: 現(xiàn)."""
    count = sum(len(_GLOSS.findall(text)) for _, text in pieces if "(" in text or "（" in text)
    if count < 3:
        return pieces
    warnings.append(f"{count} pronunciations in brackets were taken out of the text")
    return [(kind, _GLOSS.sub("", text)) for kind, text in pieces]


def _titled(pieces: Pieces, metadata: dict[str, str], warnings: list[str]) -> Pieces:
    """Settle the title: the copy's own, which is put above a text that does not bear it, or the line that reads like one."""
    title = metadata.get("title", "")
    if title:
        bare = title.replace(" ", "")
        if not any(text.replace(" ", "") == bare for _, text in pieces[:12]):
            return [("title", title), *pieces]
        return pieces
    title = find_title(pieces) or next((text for kind, text in pieces[:6] if kind != "row" and is_title(text)), "")
    if not title:
        title = (below_mark(pieces) or pieces)[0][1].replace("\t", " ")[:60]
        warnings.append("the copy gives no title; its first line stands in")
    metadata["title"] = title
    return pieces


def _about_it(pieces: Pieces, title: str, warnings: list[str]) -> None:
    """Say so when the titles in the text have nothing to do with the copy's: a crawler put another document below the heading."""
    wanted = _pairs(title)
    inner = [text for kind, text in pieces[:12] if kind != "row" and fixed_pattern("titles.about").search(text) and is_title(text) and text != title]
    if inner and wanted and all(len(_pairs(text) & wanted) < len(wanted) * 0.4 for text in inner):
        warnings.append(f"the copy is headed {title}, but its text is {inner[0]}")


def _pairs(text: str) -> set[str]:
    letters = "".join(char for char in text if char.isalnum())
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def _dated(metadata: dict[str, str], pieces: Pieces, warnings: list[str]) -> None:
    """Bring the copy's date into ISO 8601, a day or a month; say so when it names neither, or when there is no date at all."""
    given = metadata.pop("date", "")
    if given:
        if said := date_as_said(given):
            metadata["date"] = said
        else:
            warnings.append(f"no date can be read from {given!r}")
    elif not any(len(text) <= 30 and MONTH.search(text) for _, text in pieces):
        warnings.append("the copy gives no date")


def _complete(text: str, pieces: Pieces, warnings: list[str]) -> None:
    """Say what seems lost: characters that could not be read, an end that breaks off in the middle of a sentence."""
    if lost := text.count(_LOST):
        warnings.append(f"{lost} characters of the copy cannot be read")
    kind, last = pieces[-1]
    if kind in ("paragraph", "item") and len(last) >= _SHORTEST_CUT and last[-1] not in _STOPS and not CHINESE_DATE.search(last):
        warnings.append("the copy seems cut off: its last line ends without a stop")


def read_file(path: Path) -> Document:
    """Read one source file; `-` is standard input.

    Raises `ReadError` when it is missing, unreadable, empty, binary or of an unknown format, or goes beyond the limits.
    """
    return read_bytes(source_bytes(path), "standard input" if path == STANDARD_INPUT else str(path), path.suffix)
