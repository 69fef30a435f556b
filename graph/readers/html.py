"""HTML, whole pages and fragments, by selectolax's lexbor parser (WHATWG HTML, 13.2).

Block elements end lines; images, scripts, menus and footers go; the rows of data tables become one line each with tabs
between the cells. Of the markup, only what says "heading", "bold from end to end" and "centred" is kept, as a line's kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..core.errors import ReadError
from ..core.rules import fixed_pattern
from .raw import Pieces, Raw
from .tables import lay_out, span_of
from .titles import glue_all, is_title, starts_item

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DROPPED = frozenset(
    "script style noscript template head img svg iframe button form nav footer aside input select textarea object video audio "
    "canvas map".split()
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS = _HEADINGS | frozenset(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure header hr html "
    "li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
_HOLDERS = frozenset(["div", "ul", "ol", "section", "table", "header", "dl", "td"])
_STYLE = re.compile(r"(?P<bold>font-weight:\s*(?:bold|[6-9]00))|(?P<centre>text-align:\s*center)|(?P<none>display:\s*none)", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|foot|breadcrumbs?|crumbs?|sidebar|share|copyright|related|recommend|"
    r"pager|pagination|toolbar|search|login|comments?|advert|ads?|qrcode|print|friendlink|links)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"(?<=[^\x00-\x7f])\n\s*|[ \t]*\n\s*(?=[^\x00-\x7f])")
_SECTION = re.compile(r"\s*[_|｜][^_|｜]*$|\s*[-–—－]+[^-–—－_|｜]*$")
_META = {
    "articletitle": "title", "pubdate": "date", "publishdate": "date", "publish-date": "date", "author": "author",
    "contentsource": "source", "source": "source", "url": "url", "source-url": "url", "og:url": "url",
    "article:published_time": "date", "filenum": "number",
}  # fmt: skip
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)")
_LEFT_OPEN = frozenset(
    "area base body br col colgroup dd dt embed head hr html img input li link meta option p param source tbody td tfoot th thead tr "
    "track wbr".split()
)
"""Elements that need no end tag (WHATWG HTML, 13.1.2): they say nothing of the depth."""
_DEEPEST = 3000
_LARGEST_CELL = 1000
"""A cell with more text than this (in characters) is a part of the page's layout."""


class _Lines:
    """Collects runs of text into lines; a run is bold or not, a link or not."""

    def __init__(self) -> None:
        self.done: Pieces = []
        self._runs: list[str] = []
        self._plain = False
        self._linked = 0
        self._kind = "paragraph"

    def run(self, text: str, bold: bool, link: bool = False) -> None:
        self._runs.append(text)
        if not text.isspace():
            self._plain |= not bold
            if link:
                self._linked += len(text)

    def end(self, kind: str = "paragraph") -> None:
        if self._runs:
            text = "".join(self._runs).strip()
            if text and not self._is_menu(text):
                if "\n" in text:
                    text = _WRAPPED.sub("", text)
                whole = self._kind
                self.done.append((whole if self._plain or whole not in ("paragraph", "centre") else "bold", text))
            self._runs, self._plain, self._linked = [], False, 0
        self._kind = kind

    def _is_menu(self, text: str) -> bool:
        """A line of links alone that is no sentence leads elsewhere; so does the path to the page."""
        if self._linked and self._kind != "heading" and self._linked >= len(text) * 0.8 and "。" not in text:
            return True
        return fixed_pattern("pages.position").match(text) is not None


def _is_data(table: LexborNode) -> bool:
    """Tell a table of data from one that only lays out the page: rows of several cells, none nested, none very long."""
    rows = table.css("tr")
    if len(table.css("table")) > 1 or len(rows) < 2:
        return False
    cells = [sum(1 for cell in row.iter() if cell.tag in ("td", "th")) for row in rows]
    if sum(1 for count in cells if count > 1) < max(1, len(rows) // 3):
        return False
    return all(len("".join(cell.text(deep=True).split())) <= _LARGEST_CELL for cell in table.css("td"))


def _cell(cell: LexborNode) -> str:
    lines = _Lines()
    _walk(cell, lines, False)
    lines.end()
    texts = [" ".join(text.split()) for _, text in lines.done]
    if sum(map(len, texts)) > 12:
        return " ".join(texts)
    # A narrow cell is broken wherever it is full.
    return glue_all(texts)


def _rows(table: LexborNode) -> list[str]:
    rows = []
    for row in table.css("tr"):
        cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
        rows.append([(_cell(cell), span_of(cell.attributes.get("colspan")), span_of(cell.attributes.get("rowspan"))) for cell in cells])
    return lay_out(rows)


def _number_items(lines: _Lines, start: int, number: int) -> None:
    """Give a numbered list's item its number, which stands in the markup alone."""
    if start < len(lines.done) and not starts_item(lines.done[start][1].strip()):
        kind, text = lines.done[start]
        lines.done[start] = (kind, f"{number}. {text.strip()}")


def _walk(node: LexborNode, lines: _Lines, bold: bool, link: bool = False, centred: bool = False) -> None:
    child = node.child
    number = 0
    while child is not None:
        tag = child.tag
        if tag == "-text":
            lines.run(child.text_content or "", bold, link)
        elif tag == "br":
            lines.end("centre" if centred else "paragraph")
        elif tag is None or tag in _DROPPED or tag[0] in "-!":
            pass
        else:
            attributes = child.attributes
            heavy, middle = bold or tag in ("b", "strong"), centred or tag == "center"
            style = attributes.get("style")
            for match in _STYLE.finditer(style) if style else ():
                heavy, middle = heavy or match["bold"] is not None, middle or match["centre"] is not None
                if match["none"]:
                    break
            else:
                if tag not in _BLOCKS:
                    _walk(child, lines, heavy, link or tag == "a", middle)
                elif not (tag in _HOLDERS and _is_around(child, attributes)):
                    middle = middle or attributes.get("align") == "center"
                    if tag == "table" and _is_data(child):
                        lines.end()
                        if caption := child.css_first("caption"):
                            lines.done.append(("centre", caption.text()))
                        lines.done.extend(("row", row) for row in _rows(child))
                    else:
                        item = tag == "li"
                        lines.end("heading" if tag in _HEADINGS else "item" if item else "centre" if middle else "paragraph")
                        start = len(lines.done)
                        _walk(child, lines, heavy, link, middle)
                        lines.end()
                        if item and node.tag == "ol":
                            number += 1
                            _number_items(lines, start, number)
        child = child.next


def _is_around(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Tell by its name that an element is a menu, a footer or the like, unless it holds most of the page after all."""
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if name == " " or not _AROUND.search(name):
        return False
    return len(node.text(deep=True)) < 2000 and "。" not in node.text(deep=True)[:400]


def read_html(markup: str, name: str) -> Raw:
    """Read HTML into (kind, text) lines and the metadata of its head.

    Raises `ReadError` for a page whose elements are nested beyond all measure.
    """
    from selectolax.lexbor import LexborHTMLParser

    if markup.count("<") > _DEEPEST and _depth(markup) > _DEEPEST:
        raise ReadError("the elements of this page are nested too deeply", file=name)
    tree = LexborHTMLParser(markup)
    lines = _Lines()
    try:
        if tree.body is not None:
            _walk(tree.body, lines, False)
    except RecursionError as error:
        raise ReadError("the elements of this page are nested too deeply", file=name) from error
    lines.end()
    return Raw(lines.done, _metadata(tree))


def _depth(markup: str) -> int:
    """Tell how deep a page's elements are nested, before a parser spends time on it that grows with the square of that."""
    depth = deepest = 0
    for match in _TAG.finditer(markup):
        if match["name"].lower() not in _LEFT_OPEN:
            depth = max(0, depth - 1) if match["end"] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _page_title(text: str) -> str:
    """Take the names of the site and of its sections from the end of a page's name, down to what reads like a title."""
    head = text
    while not is_title(head) and (cut := _SECTION.search(head)):
        head = head[: cut.start()]
    return head if is_title(head) else fixed_pattern("pages.site").sub("", text) or text


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.css("meta[content]"):
        attributes = meta.attributes
        key = _META.get((attributes.get("name") or attributes.get("property") or "").lower())
        content = attributes.get("content")
        if key and content and content.strip():
            found.setdefault(key, content.strip())
    title = tree.css_first("title")
    if "title" not in found and title is not None and (text := title.text(strip=True)):
        heading = tree.css_first("h1")
        shown = heading.text(strip=True) if heading is not None else ""
        # The page's name carries the site's behind a dash; its main heading does not.
        own = len(shown) >= 6 and (text.startswith(shown) or (is_title(shown) and not is_title(_page_title(text[:300]))))
        found["title"] = shown if own else _page_title(text[:300])
    return found
