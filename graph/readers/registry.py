"""The readers, one entry each: what a format is called, its file endings, how its bytes are told, and what reads them.

A file is what its bytes say: a format with a signature of its own is told by that whatever the file is called (a web page that
was saved as .pdf, a DOCX that is called .doc). Only text has no signature; there the ending says how it is marked up.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from ..core.errors import ReadError
from .markdown import looks_like_markdown
from .paged import drop_page_breaks
from .plain import decode, unwrap
from .raw import Raw
from .reader import Reader

_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|meta)\b", re.IGNORECASE)
_HEAD = 1024
"""How far into a file its signature may begin, in bytes (PDF readers look as far: ISO 32000-1, annex H.3)."""


def _read_pdf(data: bytes, name: str) -> Raw:
    from .pdf import read_pdf

    return read_pdf(data, name)


def _read_docx(data: bytes, name: str) -> Raw:
    from .docx import read_docx

    return read_docx(data, name)


def _read_ofd(data: bytes, name: str) -> Raw:
    from .ofd import read_ofd

    return read_ofd(data, name)


def _read_warc(data: bytes, name: str) -> Raw:
    from .warc import read_warc

    return read_warc(data, name, ENDINGS, reader_of)


def _read_doc(data: bytes, name: str) -> Raw:
    from .doc import read_doc

    return read_doc(data, name)


def _read_rtf(data: bytes, name: str) -> Raw:
    from .rtf import read_rtf

    return read_rtf(data, name)


def _read_html(data: bytes, name: str) -> Raw:
    from .html import read_html

    text = decode(data, name)
    return read_html(text, name) if "<" in text else _read_marked(text, name)


def _read_markdown(data: bytes, name: str) -> Raw:
    from .markdown import read_markdown

    return read_markdown(decode(data, name), name)


def _read_text(data: bytes, name: str) -> Raw:
    return _read_marked(decode(data, name), name)


def _read_marked(text: str, name: str) -> Raw:
    """Read a text by the marks that it bears: a web page, Markdown, or neither."""
    if text.lstrip().startswith("<") and _HTML.search(text[:4000]):
        from .html import read_html

        return read_html(text, name)
    if looks_like_markdown(text):
        from .markdown import read_markdown

        return read_markdown(text, name)
    return Raw([("paragraph", line) for line in unwrap(drop_page_breaks(text).splitlines())], {})


def _refuse_archive(data: bytes, name: str) -> Raw:
    raise ReadError(f"{_contents(data)}; unpack it and give the document in it", file=name)


def _begins(mark: bytes) -> Callable[[bytes], bool]:
    return lambda data: mark in data[: _HEAD + len(mark)] if mark == b"%PDF-" else data.startswith(mark)


def _is_docx(data: bytes) -> bool:
    names = _names(data)
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def _is_ofd(data: bytes) -> bool:
    return "OFD.xml" in _names(data)


def _names(data: bytes) -> list[str]:
    """Give the names of an archive's parts; none for what is no archive or a damaged one."""
    if not data.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def _contents(data: bytes) -> str:
    names = _names(data)
    what = next((what for part, what in (("xl/", "a spreadsheet"), ("ppt/", "slides")) if any(name.startswith(part) for name in names)), "")
    if what:
        return f"{what}, no document"
    return "an archive (ZIP) of something else" if names else "a damaged archive (ZIP, DOCX or OFD)"


def _begins_as_page(data: bytes) -> bool:
    start = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and _HTML.search(start.decode("latin-1")) is not None


def _never(_: bytes) -> bool:
    return False


FORMATS = (
    Reader("web archive (WARC)", (".warc",), _begins(b"WARC/1."), _read_warc),
    Reader("PDF file", (".pdf",), _begins(b"%PDF-"), _read_pdf),
    Reader("Word file (DOCX)", (".docx",), _is_docx, _read_docx),
    Reader("OFD file", (".ofd",), _is_ofd, _read_ofd),
    Reader("old Word file (DOC)", (".doc", ".wps"), _begins(b"\xd0\xcf\x11\xe0"), _read_doc),
    Reader("rich text file (RTF)", (".rtf",), _begins(b"{\\rtf"), _read_rtf),
    Reader("archive", (), _begins(b"PK\x03\x04"), _refuse_archive),
    Reader("Markdown file", (".md", ".markdown"), _never, _read_markdown, is_text=True),
    Reader("web page", (".html", ".htm"), _begins_as_page, _read_html, is_text=True),
    Reader("text", (".txt",), _never, _read_text, is_text=True),
)
"""All formats, those with a signature first (a web archive before what it may hold); the last stands for every text not told otherwise."""
ENDINGS = {ending: reader for reader in FORMATS for ending in reader.endings}


def named(name: str) -> Reader:
    """Give a reader by its name."""
    return next(reader for reader in FORMATS if reader.name == name)


def reader_of(data: bytes, ending: str) -> Reader:
    """Find the reader for some bytes; the ending (lower case, with its dot, or none) decides only between texts.

    Raises `KeyError` for a text whose ending is not known.
    """
    for reader in FORMATS:
        if not reader.is_text and reader.is_one(data):
            return reader
    named = ENDINGS[ending] if ending else FORMATS[-1]
    if named.is_text and ending:
        return named
    return next((reader for reader in FORMATS if reader.is_text and reader.is_one(data)), FORMATS[-1])
