"""Word 97–2003 (.doc) and what WPS writes in its form (.wps): the text by its piece table ([MS-DOC] 2.4.1), opened by olefile.

Such a file keeps its text as one stream of characters with marks: paragraphs, cells and rows end with marks of their own. What only its
properties say (headings, numbers of lists) is not read; the numbers of lists that Word counts itself are therefore missing, and a
warning says so.
"""

from __future__ import annotations

import io
import re
import struct

from ..core.errors import ReadError
from .raw import Pieces, Raw
from .titles import find_title

_MAGIC = 0xA5EC
_ENCRYPTED, _OTHER_TABLE = 0x0100, 0x0200
_FLAGS, _LENGTH, _CLX = 0x0A, 0x4C, 0x01A2
"""Where in the file information block stand the flags, the length of the text, and the place of the piece table (Word 97 and later)."""
_COMPRESSED = 0x4000_0000
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14(?P<shown>[^\x13\x15]*))?\x15")
_MARKS = str.maketrans({"\x01": "", "\x02": "", "\x05": "", "\x08": "", "\x1e": "-", "\x1f": "", "\x0c": "\r", "\x0e": "\r"})
_CELL = "\x07"
_MOST_COLUMNS = 30
NUMBERS = "an old Word file: numbers that Word counts itself are not in its text"


def read_doc(data: bytes, name: str) -> Raw:
    """Read a .doc or .wps file into (kind, text) lines and the title that it carries.

    Raises `ReadError` for another kind of old Office file, one protected by a password, and a damaged one.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            streams = {"/".join(path) for path in opened.listdir()}
            if "EncryptedPackage" in streams:
                raise ReadError("this Word file is protected by a password", file=name)
            if "WordDocument" not in streams:
                raise ReadError(_other(streams), file=name)
            main = opened.openstream("WordDocument").read()
            (flags,) = struct.unpack_from("<H", main, _FLAGS)
            wanted = "1Table" if flags & _OTHER_TABLE else "0Table"
            if struct.unpack_from("<H", main)[0] != _MAGIC or wanted not in streams:
                raise ReadError("a Word file from before Word 97: save it as .docx", file=name)
            if flags & _ENCRYPTED:
                raise ReadError("this Word file is protected by a password", file=name)
            text = _text(main, opened.openstream(wanted).read())
            proposed = opened.get_metadata().title
    except ReadError:
        raise
    except Exception as error:  # olefile and struct let through whatever a damaged file makes them meet.
        raise ReadError(f"a damaged Word file (.doc): {str(error)[:100] or type(error).__name__}; save it as .docx", file=name) from error
    pieces = _pieces(text)
    title = find_title(pieces[:12], proposed.decode("gb18030", "ignore") if isinstance(proposed, bytes) else "")
    return Raw(pieces, {"title": title} if title else {}, (NUMBERS,))


def _other(streams: set[str]) -> str:
    if streams & {"Workbook", "Book"}:
        return "an old spreadsheet (.xls), no document"
    if "PowerPoint Document" in streams:
        return "old slides (.ppt), no document"
    return "an old Office file of an unknown kind: save it as .docx"


def _text(main: bytes, table: bytes) -> str:
    """Put the pieces of the text together: each says where it stands and whether in one byte a character or in two."""
    (length,) = struct.unpack_from("<i", main, _LENGTH)
    start, size = struct.unpack_from("<II", main, _CLX)
    clx = table[start : start + size]
    at = 0
    while at < len(clx) and clx[at] == 1:
        # Properties that pieces share (Prc).
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise ValueError("no piece table")
    (size,) = struct.unpack_from("<I", clx, at + 1)
    pieces = clx[at + 5 : at + 5 + size]
    count = (len(pieces) - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", pieces)
    parts: list[str] = []
    for index in range(count):
        long = min(places[index + 1], length) - places[index]
        if long <= 0:
            break
        (place,) = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * index + 2)
        if place & _COMPRESSED:
            begin = (place & ~_COMPRESSED) // 2
            parts.append(main[begin : begin + long].decode("cp1252", "replace"))
        else:
            parts.append(main[place : place + 2 * long].decode("utf-16-le", "replace"))
    return "".join(parts)


def _pieces(text: str) -> Pieces:
    """Cut the stream at its marks: fields give what they show, paragraphs end with a return, cells and rows with a bell."""
    for _ in range(4):
        text, count = _FIELD.subn(lambda match: match["shown"] or "", text)
        if not count:
            break
    text = text.translate(_MARKS)
    done: Pieces = []
    waiting: list[str] = []
    for paragraph in text.split("\r"):
        cells = paragraph.split(_CELL)
        if len(cells) == 1:
            if waiting and cells[0].strip():
                done += _rows(waiting)
                waiting = []
            if not waiting:
                done += [("paragraph", line) for line in cells[0].split("\x0b") if line.strip()]
            continue
        waiting += cells[:-1]
        if cells[-1].strip():
            done += _rows(waiting)
            waiting = []
            done += [("paragraph", line) for line in cells[-1].split("\x0b") if line.strip()]
    return done + _rows(waiting)


def _rows(cells: list[str]) -> Pieces:
    """Put a table's cells into rows: each row ends with an empty cell of its own, so one width must fit them all.

    Cells that fit no width are lines, each by itself.
    """
    if not cells:
        return []
    texts = [" ".join(cell.replace("\x0b", " ").split()) for cell in cells]
    for width in range(1, _MOST_COLUMNS):
        if len(texts) % (width + 1) == 0 and not any(texts[width :: width + 1]):
            rows = [texts[start : start + width] for start in range(0, len(texts), width + 1)]
            return [("row" if width > 1 else "paragraph", "\t".join(row).rstrip("\t")) for row in rows if any(row)]
    return [("apart", text) for text in texts if text]
