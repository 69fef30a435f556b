"""PDF with a text layer, by PDFium (pypdfium2): glyphs to lines, lines to paragraphs, page numbers and running heads left out.

A PDF knows glyphs and where they stand (ISO 32000-1, 9.4), and nothing of lines or paragraphs: these are found from the
places, in parts of the size of a character.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, zip_longest
from statistics import median
from typing import Any

from ..core.errors import ReadError
from .pdf_tables import Box, Rule, find_tables, rules_of
from .raw import Pieces, Raw
from .titles import find_title, glue, glue_all, starts_item

_PAGE_NUMBER = re.compile(r"[-—–－·\s|]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?|[ivxlIVXL]{1,6})[-—–－·\s|]*")
_STOPS = "。！？；：!?;:"
_EDGE = 0.12
"""Running heads and page numbers stand in this share of the page's height, above or below."""
_SPACES = frozenset([0x20, 0xA0, 0x2002, 0x2003, 0x3000])
_FEWEST = 8
"""Fewer characters than this on a page is no text layer."""


@dataclass(slots=True)
class _Glyph:
    text: str
    left: float
    right: float
    base: float
    height: float
    spaced: bool


@dataclass(slots=True)
class _Row:
    """One line of a page: its text, its ends, its base line, and the height of its characters; or one row of a table."""

    text: str
    left: float
    right: float
    base: float
    size: float
    cells: str = ""


@dataclass(slots=True)
class _Page:
    rows: list[_Row]
    height: float
    pictures: bool


def read_pdf(data: bytes, name: str) -> Raw:
    """Read a PDF file with a text layer into (kind, text) lines.

    Raises `ReadError` for a damaged file, one protected by a password, and one that holds pictures of text only.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError("this PDF is protected by a password", file=name) from error
        raise ReadError(f"a damaged PDF file: {error}", file=name) from error
    try:
        pages = [_read_page(document[index]) for index in range(len(document))]
        proposed = document.get_metadata_dict().get("Title", "")
    except pdfium.PdfiumError as error:
        raise ReadError(f"a damaged PDF file: {error}", file=name) from error
    finally:
        document.close()
    full = [page for page in pages if sum(len(row.text) for row in page.rows) >= _FEWEST]
    if not full:
        what = "a scanned PDF" if any(page.pictures for page in pages) else "a PDF"
        raise ReadError(f"{what} without a text layer ({len(pages)} pages): run text recognition on it first", file=name)
    warnings = []
    blank = sum(1 for page in pages if page not in full and page.pictures)
    if blank:
        warnings.append(f"{blank} of {len(pages)} pages are pictures without text")
    _drop_furniture(pages)
    pieces = _paragraphs(pages)
    title = find_title([(kind, " ".join(text.split())) for kind, text in pieces[:12]], proposed)
    return Raw(pieces, {"title": title} if title else {}, tuple(warnings))


def _read_page(page: Any) -> _Page:
    from pypdfium2 import raw

    height = page.get_height()
    rules: list[Rule] = []
    pictures = False
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures = True
        else:
            rules.extend(rules_of(*item.get_bounds()))
    glyphs = _glyphs(page.get_textpage(), raw)
    rows: list[_Row] = []
    for table in find_tables(rules):
        inside = [glyph for glyph in glyphs if table.holds(_middle(glyph))]
        if not inside:
            continue
        glyphs = [glyph for glyph in glyphs if not table.holds(_middle(glyph))]
        for box, cells in table.rows(partial(_text_in, inside)):
            rows.append(_Row(cells, box.left, box.right, box.top, 0.0, cells))
    rows += _rows(glyphs)
    rows.sort(key=lambda row: -row.base)
    return _Page(rows, height, pictures)


def _glyphs(textpage: Any, raw: Any) -> list[_Glyph]:
    """Take the visible characters of a page with their places, in the order of the file."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    glyphs = []
    spaced = False
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in _SPACES:
            # PDFium puts spaces of its own where glyphs stand apart; the gaps tell that better.
            spaced = spaced or raw.FPDFText_IsGenerated(textpage, index) == 0
        elif code > 32 and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF and code not in (0xFFFE, 0xFFFF):
            placed = raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
            if placed and raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
                glyphs.append(_Glyph(chr(code), box.left, box.right, y.value, abs(box.top - box.bottom), spaced))
            spaced = False
    return glyphs


def _middle(glyph: _Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.base + glyph.height * 0.3


def _rows(glyphs: list[_Glyph]) -> list[_Row]:
    """Gather glyphs on one base line into lines, from the top of the page to its foot."""
    if not glyphs:
        return []
    near = median(glyph.height for glyph in glyphs) * 0.4
    lines: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.base, g.left)):
        if lines and lines[-1][0].base - glyph.base <= near:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [_row(sorted(line, key=lambda g: g.left)) for line in lines]


def _row(glyphs: list[_Glyph]) -> _Row:
    # Single glyphs may come with boxes of their own kind: the middle one of a line is right.
    size = median(glyph.height for glyph in glyphs) or 1.0
    base = median(glyph.base for glyph in glyphs)
    return _Row(_spaced(glyphs, size), glyphs[0].left, max(glyph.right for glyph in glyphs), base, size)


def _spaced(glyphs: list[_Glyph], size: float) -> str:
    """Put a space where the gap is wide: a fifth of a character between Latin letters, a whole one between Chinese ones."""
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        latin = before.text.isascii() and glyph.text.isascii()
        if glyph.left - before.right > size * (0.1 if glyph.spaced else 0.2 if latin else 0.9):
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def _text_in(glyphs: list[_Glyph], area: Box) -> str:
    """Give the text of a cell: its lines joined, since a narrow cell is broken wherever it is full."""
    return glue_all([row.text for row in _rows([glyph for glyph in glyphs if area.holds(_middle(glyph))])])


def _drop_furniture(pages: list[_Page]) -> None:
    """Leave out page numbers, and what is said again at the same height in the margin of half of the pages."""

    def key(page: _Page, row: _Row) -> tuple[str, int]:
        return re.sub(r"\d+", "0", row.text.replace(" ", "")), round((page.height - row.base) / 6)

    def in_margin(page: _Page, row: _Row) -> bool:
        return not page.height * _EDGE < row.base < page.height * (1 - _EDGE)

    counts = Counter(one for page in pages for one in {key(page, row) for row in page.rows if in_margin(page, row)})
    often = max(2, len(pages) // 2)
    for page in pages:
        page.rows = [
            row
            for row in page.rows
            if row.cells or not in_margin(page, row) or not (_PAGE_NUMBER.fullmatch(row.text) or counts[key(page, row)] >= often)
        ]


def _paragraphs(pages: list[_Page]) -> Pieces:
    """Join lines into paragraphs: an indent, a short line, a wide gap or an enumerator begins a new one."""
    text_rows = [row for page in pages for row in page.rows if not row.cells]
    size = median([row.size for row in text_rows] or [1.0])
    body = [row for row in text_rows if abs(row.size - size) <= size * 0.15] or text_rows
    lefts = sorted(row.left for row in body) or [0.0]
    left, right = lefts[len(lefts) // 20], max((row.right for row in body), default=0.0)
    steps = [a.base - b.base for page in pages for a, b in pairwise(page.rows) if size * 0.8 < a.base - b.base < size * 4]
    usual = median(steps) if steps else size
    indented = sum(1 for row in body if size * 1.2 < row.left - left < size * 3) >= max(2, len(body) // 12)
    done: list[tuple[str, list[str]]] = []
    before: _Row | None = None
    for page in pages:
        for index, row in enumerate(page.rows):
            if row.cells:
                if index == 0 and row.cells.startswith("\t") and done and done[-1][0] == "row":
                    done[-1] = ("row", [_over_the_page(done[-1][1][0], row.cells)])
                else:
                    done.append(("row", [row.cells]))
                before = None
                continue
            offset, rest = row.left - left, right - row.right
            centred = offset > 2.5 * size and abs(offset - rest) < max(1.5 * size, 0.1 * (offset + rest))
            kind = "centre" if centred or (row.size > size * 1.25 and abs(offset - rest) < 3 * size) else "paragraph"
            apart = index > 0 and before is not None and before.base - row.base > usual * 1.4
            if before is not None and done and done[-1][0] == "paragraph" == kind and not apart and not starts_item(row.text):
                full = right - before.right < 2 * size and before.left - left < 3 * size
                flush = offset < 1.2 * size if indented else offset < 3 * size
                if full and flush and (indented or before.text[-1] not in _STOPS):
                    done[-1][1].append(row.text)
                    before = row
                    continue
            done.append((kind, [row.text]))
            before = row
    return [(kind, glue_all(lines)) for kind, lines in done]


def _over_the_page(row: str, rest: str) -> str:
    """Put together a table's row that goes on over the page: its number stands on the first page only."""
    return "\t".join(glue(*cells) for cells in zip_longest(row.split("\t"), rest.split("\t"), fillvalue=""))
