"""PDF with a text layer, by PDFium (pypdfium2): pages to glyphs, and those by the layout stage to paragraphs and tables."""

from __future__ import annotations

from typing import Any

from ..core.errors import ReadError
from .layout.flow import paragraphs
from .layout.margins import Lines
from .layout.order import rows_of
from .layout.page import Page
from .pdf_page import read_page
from .raw import Raw
from .titles import find_title

_FEWEST = 8
"""Fewer characters than this on a page is no text layer."""


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
        pages = [_read_page(document, index) for index in range(len(document))]
        proposed = document.get_metadata_dict().get("Title", "")
    except pdfium.PdfiumError as error:
        raise ReadError(f"a damaged PDF file: {error}", file=name) from error
    finally:
        document.close()
    full = [page for page in pages if len(page.glyphs) >= _FEWEST]
    if not full:
        what = "a scanned PDF" if any(page.pictures for page in pages) else "a PDF"
        raise ReadError(f"{what} without a text layer ({len(pages)} pages): run text recognition on it first", file=name)
    pieces = paragraphs([Lines(rows_of(page), page.height) for page in pages])
    title = find_title([(kind, " ".join(text.split())) for kind, text in pieces[:12]], proposed)
    return Raw(pieces, {"title": title} if title else {}, tuple(_warnings(pages)))


def _read_page(document: Any, index: int) -> Page:
    page = document[index]
    try:
        return read_page(page)
    finally:
        page.close()


def _warnings(pages: list[Page]) -> list[str]:
    """Say what the pages' warnings are, each once with the numbers of its pages."""
    said: dict[str, list[str]] = {}
    blank = sum(1 for page in pages if len(page.glyphs) < _FEWEST and page.pictures)
    for number, page in enumerate(pages, start=1):
        for warning in page.warnings:
            said.setdefault(warning, []).append(str(number))
    found = [f"{blank} of {len(pages)} pages are pictures without text"] if blank else []
    return [*found, *(f"page {', '.join(numbers)}: {warning}" for warning, numbers in said.items())]
