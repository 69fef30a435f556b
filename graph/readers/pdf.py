"""PDF with a text layer, by PDFium (pypdfium2): pages to glyphs, and those by the layout stage to paragraphs and tables."""

from __future__ import annotations

from typing import Any

from ..core.errors import ReadError, ScanError
from .layout.document import has_text, lay_out
from .layout.page import Page
from .pdf_page import read_page
from .raw import Raw


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
    if not has_text(pages):
        if any(page.pictures for page in pages):
            many = len(pages)
            raise ScanError(f"a scanned PDF without a text layer ({many} pages): pip install 'yangfan[ocr]' reads it", file=name, pages=many)
        raise ReadError(f"a PDF without a text layer ({len(pages)} pages): run text recognition on it first", file=name)
    return lay_out(pages, proposed)


def _read_page(document: Any, index: int) -> Page:
    page = document[index]
    try:
        return read_page(page)
    finally:
        page.close()
