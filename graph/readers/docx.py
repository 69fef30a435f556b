"""DOCX by python-docx (ECMA-376, WordprocessingML): paragraphs, headings with their numbers, tables, text boxes.

The text is taken from the XML tree and not from python-docx's paragraphs, which leave out insertions, content controls and
text boxes. Deleted text, field codes, headers and footers, notes and tables of contents are left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ..core.errors import ReadError
from ..core.rules import fixed_pattern
from ..core.vocabulary import load_vocabulary
from .archive import Archive
from .furniture import file_title
from .markdown import looks_like_markdown, read_lines
from .numbering import Numbering
from .raw import Pieces, Raw
from .styles import Styles
from .tables import MOST_COLUMNS, Repeats, span_of
from .titles import find_title, glue_all, is_title

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(_W + name for name in ("del", "moveFrom", "rPr", "pPr", "txbxContent", "instrText", "delText", "fldData"))
_AROUND_RUNS = frozenset(_W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple"))
_LEVEL = re.compile(r"\d{1,2}", re.ASCII)
_BREAKS = frozenset([_W + "br", _W + "cr"])
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ON = frozenset([None, "1", "true", "on"])


class _Reader:
    """Walks the body of one document and collects its lines."""

    def __init__(self, opened: Any) -> None:
        self.done: Pieces = []
        self.title = ""
        self._styles = Styles(opened.styles.element)
        self._numbering = Numbering(opened)

    def walk(self, parent: Any) -> None:
        for element in parent:
            tag = element.tag
            if tag == _W + "p":
                self._paragraph(element)
            elif tag == _W + "tbl":
                self._table(element)
            elif tag == _W + "sdt":
                gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
                if gallery is None or gallery.get(_W + "val") != "Table of Contents":
                    for content in element.iter(_W + "sdtContent"):
                        self.walk(content)
                        break
            elif tag in (_W + "ins", _W + "moveTo", _W + "smartTag", _W + "customXml"):
                self.walk(element)

    def _paragraph(self, p: Any) -> None:
        style_element = p.find(f"{_W}pPr/{_W}pStyle")
        style = None if style_element is None else style_element.get(_W + "val")
        name = self._styles.name(style or "")
        if fixed_pattern("pages.contents_style").match(name):
            return
        text = _text(p)
        number = self._enumerator(p, style)
        if text.strip():
            kind = self._kind(p, style, name)
            if number == "" and kind == "paragraph":
                kind = "item"
            lines = [line for line in text.split("\n") if line.strip()]
            if (name == "title" or name in load_vocabulary().role("page.title_style")) and not self.title:
                self.title = glue_all([" ".join(line.split()) for line in lines])
            lines[0] = (number or "") + lines[0].lstrip()
            if kind in ("heading", "bold", "centre") and len(lines) > 1 and is_title(whole := glue_all([line.strip() for line in lines])):
                # A title set on several lines with soft breaks.
                lines = [whole]
            self.done.extend((kind, line) for line in lines)
        for box in _boxes(p):
            self.walk(box)

    def _enumerator(self, p: Any, style: str | None) -> str | None:
        """Count the paragraph in its list, named by the paragraph itself or by its style; None when it is in none."""
        own = p.find(f"{_W}pPr/{_W}numPr")
        named = self._styles.find(style, f"{_W}pPr/{_W}numPr")
        identity, level = _list_of(own)
        if identity is None:
            identity, styled_level = _list_of(named)
            level = styled_level if level is None else level
        if identity is None or identity == "0":
            return None
        return self._numbering.enumerator(identity, level or 0)

    def _kind(self, p: Any, style: str | None, name: str) -> str:
        outline = p.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is None:
            outline = self._styles.find(style, f"{_W}pPr/{_W}outlineLvl")
        if fixed_pattern("pages.heading_style").match(name) or (outline is not None and outline.get(_W + "val") not in (None, "9")):
            return "heading"
        if self._is_bold(p, style):
            return "bold"
        align = p.find(f"{_W}pPr/{_W}jc")
        if align is None:
            align = self._styles.find(style, f"{_W}pPr/{_W}jc")
        return "centre" if align is not None and align.get(_W + "val") == "center" else "paragraph"

    def _is_bold(self, p: Any, style: str | None) -> bool:
        inherited = self._styles.find(style, f"{_W}rPr/{_W}b")
        runs = [run for run in _runs(p) if any((t.text or "").strip() for t in run.iterfind(_W + "t"))]
        if not runs:
            return False
        for run in runs:
            bold = run.find(f"{_W}rPr/{_W}b")
            bold = inherited if bold is None else bold
            if bold is None or bold.get(_W + "val") not in _ON:
                return False
        return True

    def _table(self, table: Any) -> None:
        rows = [list(_cells(row)) for row in table.iter(_W + "tr") if _table_of(row) is table]
        if all(len(row) <= 1 for row in rows) or table.find(f".//{_W}tc//{_W}tbl") is not None:
            # A frame around text (专栏), or a table that holds others: its cells are read as text.
            for row in rows:
                for cell in row:
                    self.walk(cell)
            return
        held: dict[int, str] = {}
        repeats = Repeats()
        for cells in rows:
            columns: list[str] = []
            for cell in cells[:MOST_COLUMNS]:
                merge, column = cell.find(f"{_W}tcPr/{_W}vMerge"), len(columns)
                if merge is None or merge.get(_W + "val") == "restart" or column not in held:
                    held[column] = said = self._cell(cell)
                else:
                    # A cell merged downwards is said again in every row that it covers: it holds for each of them.
                    said = repeats.again(held[column])
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                across = 1 if span is None else span_of(span.get(_W + "val"))
                columns = [*columns, said, *[""] * (across - 1)][:MOST_COLUMNS]
            self.done.append(("row", "\t".join(columns).rstrip("\t")))

    def _cell(self, cell: Any) -> str:
        texts = [" ".join(line.split()) for p in cell.iter(_W + "p") for line in _text(p).split("\n")]
        texts = [text for text in texts if text]
        return " ".join(texts) if sum(map(len, texts)) > 12 else glue_all(texts)


def _table_of(row: Any) -> Any:
    return next(above for above in row.iterancestors(_W + "tbl"))


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == _W + "tc":
            yield child
        elif child.tag == _W + "sdt":
            yield from child.iter(_W + "tc")


def _boxes(element: Any) -> Iterator[Any]:
    """Give the text boxes anchored in a paragraph, each once: not those inside other boxes, nor the copies for old programs."""
    for child in element:
        if child.tag == _W + "txbxContent":
            yield child
        elif isinstance(child.tag, str) and child.tag != _FALLBACK:
            yield from _boxes(child)


def _runs(element: Any) -> Iterator[Any]:
    """Give the runs of a paragraph, but not those inside its text boxes."""
    for child in element:
        if child.tag == _W + "r":
            yield child
        elif child.tag in _AROUND_RUNS:
            yield from _runs(child)


def _list_of(properties: Any) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    number, level = properties.find(_W + "numId"), properties.find(_W + "ilvl")
    value = None if level is None else level.get(_W + "val")
    return (None if number is None else number.get(_W + "val")), (int(value) if value and _LEVEL.fullmatch(value) else None)


def _text(element: Any) -> str:
    """Give a paragraph's text: soft line breaks as newlines, tabs as spaces, deleted text and field codes left out."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Any, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            parts.append(child.text or "")
        elif tag in _BREAKS:
            parts.append("\n")
        elif tag in (_W + "tab", _W + "ptab"):
            parts.append(" ")
        elif tag == _W + "noBreakHyphen":
            parts.append("-")
        elif tag == _W + "sym":
            continue
        elif tag not in _SKIPPED and isinstance(tag, str):
            _collect(child, parts)


def read_docx(data: bytes, name: str) -> Raw:
    """Read a DOCX file into (kind, text) lines and metadata.

    A file whose paragraphs hold a Markdown document, marks and all, is read as that.

    Raises `ReadError` for bytes that are no DOCX file, are damaged, or are protected by a password.
    """
    opened = _open(data, name)
    try:
        reader = _Reader(opened)
        reader.walk(opened.element.body)
    except RecursionError as error:
        raise ReadError("a damaged DOCX file: its parts are nested too deeply", file=name) from error
    metadata = {"title": reader.title} if reader.title else {}
    pieces = reader.done
    marked = next((i for i, (kind, text) in enumerate(pieces) if kind != "row" and looks_like_markdown(text)), None)
    if marked is not None:
        return Raw(_markdown(pieces, marked, metadata), metadata)
    if not metadata and (title := find_title(pieces, opened.core_properties.title)):
        metadata["title"] = title
    return Raw(pieces, metadata)


def _open(data: bytes, name: str) -> Any:
    archive = Archive(data, name, "DOCX")
    if "[Content_Types].xml" not in archive.names:
        raise ReadError("not a DOCX file: an archive (ZIP) of something else", file=name)
    for part in sorted(archive.names):
        if part.startswith("word/") and part.endswith(".xml"):
            archive.check_marks(part)
    import docx

    try:
        opened = docx.Document(io.BytesIO(data))
        opened.element.body.tag, opened.styles.element, opened.core_properties.title  # noqa: B018
    except Exception as error:  # python-docx lets through whatever lxml, zipfile and its own parts raise.
        raise ReadError(f"a damaged DOCX file: {str(error).strip() or type(error).__name__}", file=name) from error
    return opened


def _markdown(pieces: Pieces, marked: int, metadata: dict[str, str]) -> Pieces:
    """Read paragraphs that hold Markdown; a line above them that only names the file (the title once more) goes."""
    lines: Pieces = []
    for kind, text in pieces[marked:]:
        lines += [(kind, text)] if kind == "row" else read_lines([text], metadata, kind)
    heading = next((text for kind, text in lines[:3] if kind == "heading"), "")
    if heading:
        metadata.setdefault("title", file_title(heading))
    said = {_letters(text) for _, text in lines[:8]} | {_letters(metadata.get("title", ""))}
    return [line for line in pieces[:marked] if _letters(line[1]) not in said] + lines


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
