"""Scans: pages that are pictures, rendered by PDFium and read by RapidOCR (the extra ``ocr``, whose package carries its models).

Each line keeps the recogniser's confidence, from 0 to 1; what is read out of it says so.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..core.errors import ReadError
from .layout.document import lay_out
from .layout.page import Glyph, Page
from .raw import Raw

_SCALE = 2.2
"""Pixels a point: some 160 dots an inch, at which characters of ten points are two dozen pixels high."""
_MOST_PIXELS = 16_000_000
_LOWEST = 0.5
"""A line of which the recogniser is less sure than this is left out."""
SECONDS_A_PAGE = 30
"""How much work a page may take."""


class Recognised(NamedTuple):
    """A line as recognised: its text, its ends, its height from foot to top (in points), and the recogniser's confidence."""

    text: str
    left: float
    right: float
    foot: float
    top: float
    confidence: float


def is_here() -> bool:
    """Tell whether the recogniser is installed."""
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_scan(data: bytes, name: str) -> Raw:
    """Read a PDF whose pages are pictures into (kind, text) lines with the confidence of each line that was recognised.

    Raises `ReadError` for a damaged file, and one on whose pages no text is recognised.
    """
    import pypdfium2 as pdfium

    recogniser = _Recogniser()
    pages: list[Page] = []
    said: list[tuple[str, float]] = []
    try:
        with pdfium.PdfDocument(data) as document:
            proposed = document.get_metadata_dict().get("Title", "")
            for index in range(len(document)):
                page = document[index]
                width, height = page.get_size()
                scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
                lines = recogniser.lines(page.render(scale=scale).to_numpy(), height, scale)
                pages.append(Page(width, height, [glyph for line in lines for glyph in glyphs_of(line)], pictures=True))
                said += [(line.text, round(line.confidence, 2)) for line in lines]
                page.close()
    except pdfium.PdfiumError as error:
        raise ReadError(f"a damaged PDF file: {error}", file=name) from error
    if not said:
        raise ReadError(f"a scanned PDF on whose {len(pages)} pages no text is recognised", file=name)
    return recognised(lay_out(pages, proposed), said, recogniser.name)


def recognised(raw: Raw, said: list[tuple[str, float]], recogniser: str) -> Raw:
    """Add to what was laid out which lines were recognised with which confidence, and say so."""
    mean = sum(confidence for _, confidence in said) / len(said)
    lowest = min(confidence for _, confidence in said)
    warning = f"the text was recognised from pictures ({recogniser}): confidence {mean:.2f} in the mean, {lowest:.2f} at the lowest"
    return Raw(raw.pieces, {**raw.metadata, "recogniser": recogniser}, (warning, *raw.warnings), tuple(said))


def glyphs_of(line: Recognised) -> list[Glyph]:
    """Spread a recognised line's characters over its length: a Chinese one is twice as wide as a Latin one."""
    widths = [0.5 if char.isascii() else 1.0 for char in line.text]
    step = (line.right - line.left) / (sum(widths) or 1.0)
    size = line.top - line.foot
    glyphs: list[Glyph] = []
    left, spaced = line.left, False
    for char, width in zip(line.text, widths, strict=True):
        if char.isspace():
            spaced = True
        else:
            glyphs.append(Glyph(char, left, left + width * step, line.foot + 0.15 * size, size, spaced))
            spaced = False
        left += width * step
    return glyphs


class _Recogniser:
    """The recogniser with its models, loaded once a document."""

    def __init__(self) -> None:
        from importlib.metadata import version

        from rapidocr import RapidOCR

        self.name = f"RapidOCR {version('rapidocr')}"
        self._engine: Any = RapidOCR(params={"Global.log_level": "critical"})

    def lines(self, picture: Any, height: float, scale: float) -> list[Recognised]:
        """Give the lines of a picture of a page, in points from the page's lower left corner."""
        found = self._engine(picture)
        lines: list[Recognised] = []
        for box, text, score in zip(found.boxes if found.boxes is not None else (), found.txts or (), found.scores or (), strict=False):
            xs, ys = [float(x) / scale for x, _ in box], [float(y) / scale for _, y in box]
            if score >= _LOWEST and text.strip():
                lines.append(Recognised(text.strip(), min(xs), max(xs), height - max(ys), height - min(ys), float(score)))
        return lines
