"""What stands on one page of a PDF, by PDFium (pypdfium2): glyphs with their places and the lines drawn between them.

A PDF knows glyphs and where they stand (ISO 32000-1, 9.4), and nothing of lines or paragraphs: those are the layout stage's.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, NamedTuple

from .layout.page import Glyph, Page, Rule
from .layout.ruled import rules_of

_SPACES = frozenset([0x20, 0xA0, 0x2002, 0x2003, 0x3000])
_MOST_DRAWN = 20_000
"""A page on which more shapes are drawn is a picture: its lines are not looked at."""
_MOST_SEGMENTS = 400
_DEEPEST = 12
"""How deep forms (pictures made of pictures) are looked into."""
_MOST_GLYPHS = 100_000
DRAWING = "more is drawn on it than on any page of text: its lines are not looked at"
TURNED = "text that stands upright or aslant is left out"


class _Affine(NamedTuple):
    """A transformation (a, b, c, d, e, f) of places: x' = a x + c y + e, y' = b x + d y + f (ISO 32000-1, 8.3.4)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inside(self, outer: _Affine) -> _Affine:
        """Give this transformation followed by another."""
        (a, b), (c, d) = outer(self.a, self.b), outer(self.c, self.d)
        e, f = outer(self.e, self.f)
        return _Affine(a - outer.e, b - outer.f, c - outer.e, d - outer.f, e, f)


def read_page(page: Any) -> Page:
    """Take the glyphs and lines of a page in its own upright frame.

    Raises `pypdfium2.PdfiumError` for a page that is damaged.
    """
    from pypdfium2 import raw

    width, height = page.get_size()
    warnings: list[str] = []
    rules: list[Rule] = []
    pictures = _Drawn(raw, rules).walk(page.raw)
    if pictures is None:
        rules, pictures = [], True
        warnings.append(DRAWING)
    textpage = page.get_textpage()
    try:
        glyphs = _glyphs(textpage.raw, raw, warnings)
    finally:
        textpage.close()
    return Page(width, height, glyphs, rules, pictures, warnings)


class _Drawn:
    """Collects the lines of a page's shapes, forms within forms included."""

    def __init__(self, raw: Any, rules: list[Rule]) -> None:
        self._raw, self._rules = raw, rules
        self._left = _MOST_DRAWN
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()
        self._stroke, self._fill = ctypes.c_int(), ctypes.c_int()

    def walk(self, page: Any) -> bool | None:
        """Collect a page's lines and tell whether it shows pictures; None when there is too much on it."""
        raw = self._raw
        pictures = False
        stack = [(raw.FPDFPage_GetObject, page, raw.FPDFPage_CountObjects(page), _Affine(), 0)]
        while stack:
            get, holder, count, outer, depth = stack.pop()
            for index in range(count):
                item = get(holder, index)
                kind = raw.FPDFPageObj_GetType(item)
                if kind == raw.FPDF_PAGEOBJ_TEXT:
                    continue
                self._left -= 1
                if self._left < 0:
                    return None
                if kind == raw.FPDF_PAGEOBJ_IMAGE:
                    pictures = True
                elif kind == raw.FPDF_PAGEOBJ_PATH:
                    self._path(item, outer)
                elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                    own = self._own(item).inside(outer)
                    stack.append((raw.FPDFFormObj_GetObject, item, raw.FPDFFormObj_CountObjects(item), own, depth + 1))
        return pictures

    def _own(self, item: Any) -> _Affine:
        matrix = self._matrix
        if not self._raw.FPDFPageObj_GetMatrix(item, matrix):
            return _Affine()
        return _Affine(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _path(self, item: Any, outer: _Affine) -> None:
        raw = self._raw
        if not raw.FPDFPath_GetDrawMode(item, self._fill, self._stroke) or not (self._fill.value or self._stroke.value):
            return
        count = raw.FPDFPath_CountSegments(item)
        if 5 < count <= _MOST_SEGMENTS and self._stroke.value:
            self._segments(item, count, self._own(item).inside(outer))
            return
        left, bottom, right, top = self._edges
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return
        (x1, y1), (x2, y2) = outer(left.value, bottom.value), outer(right.value, top.value)
        filled = not self._stroke.value
        self._rules += rules_of(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), filled=filled)

    def _segments(self, item: Any, count: int, affine: _Affine) -> None:
        """Take the straight lines of one shape that draws several."""
        raw = self._raw
        x, y = self._edges[:2]
        here = start = (0.0, 0.0)
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            there = affine(x.value, y.value)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = there
            elif kind == raw.FPDF_SEGMENT_LINETO:
                self._line(here, there)
            here = there
            if raw.FPDFPathSegment_GetClose(segment):
                self._line(here, start)
                here = start

    def _line(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        (x1, y1), (x2, y2) = one, other
        if abs(x1 - x2) < 1 or abs(y1 - y2) < 1:
            self._rules += rules_of(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _glyphs(textpage: Any, raw: Any, warnings: list[str]) -> list[Glyph]:
    """Take the visible characters of a page with their places, in the order of the file."""
    get_code, get_origin, get_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox
    is_generated, get_matrix, get_size = raw.FPDFText_IsGenerated, raw.FPDFText_GetMatrix, raw.FPDFText_GetFontSize
    box, x, y, matrix = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    glyphs: list[Glyph] = []
    spaced = False
    line: float | None = None
    turned = 0
    for index in range(min(raw.FPDFText_CountChars(textpage), _MOST_GLYPHS)):
        code = get_code(textpage, index)
        if code in _SPACES:
            # PDFium puts spaces of its own where glyphs stand apart; the gaps tell that better.
            spaced = spaced or is_generated(textpage, index) == 0
            continue
        if code <= 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code in (0xFFFE, 0xFFFF):
            continue
        if not (get_origin(textpage, index, x, y) and get_box(textpage, index, box)):
            continue
        left, right, base, size = box.left, box.right, y.value, abs(box.top - box.bottom)
        if base != line and get_matrix(textpage, index, matrix):
            if abs(matrix.b) > 0.2 * abs(matrix.a):
                turned += 1
                continue
            if abs(matrix.f - base) > 0.5 * size:
                # PDFium gives characters that a file spells out (ActualText) places in the frame of the form that they stand in.
                height = get_size(textpage, index) * math.hypot(matrix.c, matrix.d)
                left, base, size = matrix.e, matrix.f, height
                right = left + height * (0.5 if code < 128 else 1.0)
            else:
                line = base
        glyphs.append(Glyph(chr(code), left, right, base, size, spaced))
        spaced = False
    if turned:
        warnings.append(TURNED)
    return glyphs
