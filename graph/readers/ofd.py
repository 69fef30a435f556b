"""OFD, the layout format in which Chinese authorities publish (GB/T 33190—2016): a ZIP of XML, glyphs with their places.

Pages are laid out as those of a PDF are. Places are in millimetres from the page's upper left corner (7.1, 8.1); they become points
from its lower left corner. Annotations, signatures and their seals are left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from ..core.errors import ReadError
from .archive import Archive
from .layout.document import has_text, lay_out
from .layout.page import Glyph, Page, Rule
from .layout.ruled import rules_of
from .raw import Raw

_POINT = 72 / 25.4
_A4 = (0.0, 0.0, 210.0, 297.0)
_SHAPE = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_DEEPEST = 16
_MOST_PAGES = 3000
_MOST_GLYPHS = 100_000
_MOST_DRAWN = 20_000


class _Many(Exception):
    """More stands on a page than on any page of text."""


def read_ofd(data: bytes, name: str) -> Raw:
    """Read an OFD file into (kind, text) lines and the title that it carries.

    Raises `ReadError` for a damaged or encrypted file, and one that holds pictures of text only.
    """
    archive = Archive(data, name, "OFD")
    if "Encryptions.xml" in archive.names or any(part.endswith("Encryptions.xml") for part in archive.names):
        raise ReadError("this OFD file is encrypted", file=name)
    entry = archive.xml("OFD.xml")
    bodies = _all(entry, "DocBody")
    if not bodies:
        raise archive.damaged("it names no document")
    proposed = _text(_first(bodies[0], "DocInfo", "Title"))
    pages = [page for body in bodies for page in _pages(archive, body)]
    if not pages:
        raise archive.damaged("it has no pages")
    if not has_text(pages):
        what = "a scanned OFD" if any(page.pictures for page in pages) else "an OFD"
        raise ReadError(f"{what} without text ({len(pages)} pages): print it to a PDF and run text recognition on that", file=name)
    return lay_out(pages, proposed)


def _pages(archive: Archive, body: Any) -> Iterator[Page]:
    root = Archive.locate(_text(_first(body, "DocRoot")), "OFD.xml")
    document = archive.xml(root)
    common = _first(document, "CommonData")
    area = _box(_text(_first(common, "PageArea", "PhysicalBox"))) or _A4
    templates = {item.get("ID"): Archive.locate(item.get("BaseLoc") or "", root) for item in _all(common, "TemplatePage")}
    listed = _all(_first(document, "Pages"), "Page")
    if len(listed) > _MOST_PAGES:
        raise ReadError(f"this OFD file has {len(listed):,} pages (at most {_MOST_PAGES:,})", file=archive.name)
    for item in listed:
        part = Archive.locate(item.get("BaseLoc") or "", root)
        content = archive.xml(part)
        own = _box(_text(_first(content, "Area", "PhysicalBox"))) or area
        page = _Content(own)
        try:
            for template in _all(content, "Template"):
                if (behind := templates.get(template.get("TemplateID"))) in archive.names:
                    page.take(_first(archive.xml(behind), "Content"))
            page.take(_first(content, "Content"))
        except _Many:
            page.rules.clear()
        yield page.page()


class _Content:
    """Collects what stands on one page."""

    def __init__(self, area: tuple[float, float, float, float]) -> None:
        self._area = area
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self._pictures = False
        self._drawn = 0

    def page(self) -> Page:
        """Give the page in points."""
        return Page(self._area[2] * _POINT, self._area[3] * _POINT, self.glyphs, self.rules, self._pictures)

    def take(self, holder: Any, depth: int = 0) -> None:
        """Take the objects of a layer or block and of the blocks in it."""
        for item in () if holder is None else holder:
            kind = _name(item)
            if kind == "TextObject":
                self._text(item)
            elif kind == "PathObject":
                self._drawn += 1
                if self._drawn > _MOST_DRAWN:
                    raise _Many
                self._path(item)
            elif kind == "ImageObject":
                self._pictures = True
            elif kind in ("Layer", "PageBlock") and depth < _DEEPEST:
                self.take(item, depth + 1)

    def _place(self, item: Any, x: float, y: float) -> tuple[float, float]:
        """Give the point of the page (in points, from below) that a point of an object stands at."""
        left, top, _, _ = _box(item.get("Boundary") or "") or (0.0, 0.0, 0.0, 0.0)
        a, b, c, d, e, f = _matrix(item)
        x, y = a * x + c * y + e, b * x + d * y + f
        return (left + x - self._area[0]) * _POINT, (self._area[1] + self._area[3] - top - y) * _POINT

    def _text(self, item: Any) -> None:
        size = _number(item.get("Size"))
        a, b, c, d, _, _ = _matrix(item)
        if size <= 0 or item.get("Visible") == "false" or abs(b) > 0.2 * abs(a):
            return
        height = size * math.hypot(c, d) * _POINT
        width = math.hypot(a, b) * (_number(item.get("HScale")) or 1.0) * _POINT
        x = y = 0.0
        for code in _all(item, "TextCode"):
            text = code.text or ""
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
            for index, char in enumerate(text):
                spaced = char.isspace()
                if not spaced and len(self.glyphs) < _MOST_GLYPHS and _sound(char):
                    left, base = self._place(item, x, y)
                    wide = size * (0.5 if char.isascii() else 1.0)
                    before = index > 0 and text[index - 1].isspace()
                    self.glyphs.append(Glyph(char, left, left + wide * width, base, height, before))
                if index + 1 < len(text):
                    x += across[index] if index < len(across) else (across[-1] if across else size * (0.5 if char.isascii() else 1.0))
                    y += down[index] if index < len(down) else 0.0

    def _path(self, item: Any) -> None:
        if item.get("Visible") == "false":
            return
        filled = item.get("Fill") == "true" and item.get("Stroke") == "false"
        shape = _text(_first(item, "AbbreviatedData"))
        points: list[tuple[float, float]] = []
        lines: list[tuple[tuple[float, float], tuple[float, float]]] = []
        start = here = (0.0, 0.0)
        for mark, numbers in _steps(shape):
            there = self._place(item, *numbers[-2:]) if numbers else start
            if mark in "SM":
                start = there
            elif mark in "LC":
                lines.append((here, there))
            points.append(there)
            here = there
        if filled and points:
            xs, ys = zip(*points, strict=True)
            self.rules += rules_of(min(xs), min(ys), max(xs), max(ys), filled=True)
            return
        for (x1, y1), (x2, y2) in lines:
            if abs(x1 - x2) < 1 or abs(y1 - y2) < 1:
                self.rules += rules_of(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _steps(shape: str) -> Iterator[tuple[str, list[float]]]:
    """Give the strokes of a shape (GB/T 33190, 9.3): their mark and their numbers; a damaged rest is passed over."""
    tokens = _SHAPE.findall(shape)
    index = 0
    while index < len(tokens):
        mark = tokens[index]
        count = _ARGUMENTS.get(mark)
        if count is None or index + count >= len(tokens) + (count == 0):
            return
        try:
            yield mark, [float(token) for token in tokens[index + 1 : index + 1 + count]]
        except ValueError:
            return
        index += 1 + count


def _deltas(text: str | None) -> list[float]:
    """Give the steps from glyph to glyph: numbers, or ``g 5 3.2`` for five times 3.2 (GB/T 33190, 11.3).

    >>> _deltas("3.5 g 3 4 2"), _deltas(None)
    ([3.5, 4.0, 4.0, 4.0, 2.0], [])
    """
    parts = (text or "").split()
    found: list[float] = []
    index = 0
    while index < len(parts) and len(found) < _MOST_GLYPHS:
        if parts[index] == "g" and index + 2 < len(parts):
            count = min(int(_number(parts[index + 1])), _MOST_GLYPHS)
            found += [_number(parts[index + 2])] * count
            index += 3
        else:
            found.append(_number(parts[index]))
            index += 1
    return found


def _matrix(item: Any) -> tuple[float, float, float, float, float, float]:
    numbers = [_number(part) for part in (item.get("CTM") or "").split()]
    return (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]) if len(numbers) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _box(text: str) -> tuple[float, float, float, float] | None:
    numbers = [_number(part) for part in text.split()]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def _number(text: str | None, default: float = 0.0) -> float:
    try:
        value = float(text) if text is not None and len(text) < 40 else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < 1e7 else default


def _sound(char: str) -> bool:
    return char.isprintable() and not 0xD800 <= ord(char) < 0xE000


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _all(element: Any, name: str) -> list[Any]:
    return [] if element is None else [child for child in element if _name(child) == name]


def _first(element: Any, *path: str) -> Any:
    for name in path:
        found = _all(element, name)
        if not found:
            return None
        element = found[0]
    return element


def _text(element: Any) -> str:
    return "" if element is None else (element.text or "").strip()
