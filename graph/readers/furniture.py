"""What a page or a crawler puts around a text, left out: menus, buttons, footers, lists of downloads, fields."""

from __future__ import annotations

import re

from ..core.rules import fixed_pattern
from ..core.vocabulary import load_vocabulary
from .fields import fields, put
from .raw import Pieces
from .tables import tidy_cell

LEADERS = re.compile(r".{2,}?(?:[.．·…⋯‥_]\s?){4,}\s?[（(]?(?:\d{1,4}|[ivxIVX]{1,6})?[）)]?$")
"""An entry of a table of contents, with its leaders and mostly its page."""
_FILE = re.compile(r"[^。]*\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|pptx?|jpe?g|png)(?: ?[（(]\w+[)）])?$", re.IGNORECASE)
_BOTTOM = 16
"""How many lines from the end a page's footer, or the index card that a site prints below a text, may take."""
_LONGEST_VALUE = 30
_LONGEST_HEADLINE, _STOPS = 60, "。；：:！？"
_FEWEST_ENTRIES, _PAGE = 3, "0123456789ivxIVX）)"
_LONGEST_CONTENTS = 8
"""How long the heading of a table of contents may be."""
_TOP = 16
"""How many lines from the top a copy's fields (发布时间：… 来源：…) may take."""


def file_title(heading: str) -> str:
    """Give the title in a heading that a converter made of the file's name (文档：某计划.md); other headings stay as they are."""
    heading = heading.strip()
    return fixed_pattern("pages.file_parts").sub("", heading) if fixed_pattern("pages.file_heading").match(heading) else heading


def drop_furniture(pieces: Pieces, metadata: dict[str, str]) -> Pieces:
    """Leave out what a page or a crawler put around the text; its fields (发布时间：… 来源：…) go to the metadata."""
    kept: Pieces = []
    headed, links, boxes, words, footer, sizes_of = (
        fixed_pattern(f"pages.{part}").match for part in ("file_heading", "links_block", "boxes_block", "page_words", "footer", "sizes")
    )
    dropped = load_vocabulary().role("page.dropped")
    in_links = in_news = empty = False
    pieces = _without_contents(pieces)
    news = load_vocabulary().role("page.news")
    for index, (kind, text) in enumerate(pieces):
        if in_links and (kind == "item" or text[0] in "•·" or _FILE.match(text)):
            continue
        in_links = False
        # The headlines of the day, which a printed page bears below its text, end without a stop.
        in_news = (in_news or (text in news and index * 2 > len(pieces))) and len(text) <= _LONGEST_HEADLINE and text[-1] not in _STOPS
        if in_news:
            continue
        if len(text) > 200:
            kept.append((kind, text))
            continue
        if kind == "row" and "\t" in text:
            text = "\t".join(map(tidy_cell, text.split("\t")))
        if text in dropped and kind != "paragraph":
            continue
        if links(text) or (index * 2 > len(pieces) and boxes(text)):
            in_links = True
            continue
        if headed(text) or text == "--" or words(text) or (kind == "item" and _FILE.match(text)):
            continue
        at_foot = index >= len(pieces) - _BOTTOM
        if at_foot and footer(text):
            continue
        if sizes := sizes_of(text):
            put(metadata, load_vocabulary().word("field.from"), sizes["source"])
            continue
        if (len(kept) < _TOP or at_foot) and (found := fields(text)):
            for name, value in found:
                put(metadata, name, value)
            empty = at_foot and not found[-1][1]
            continue
        if empty and len(text) <= _LONGEST_VALUE and "。" not in text:
            # The value of a field that stands alone on the line above.
            continue
        empty = False
        kept.append((kind, text))
    return kept


def _without_contents(pieces: Pieces) -> Pieces:
    """Leave out a table of contents: at least three lines that lead to a page number, and the heading right above them.

    Behind such a heading the number is enough, where leaders were lost (第一章 发展基础 1), as long as the numbers do not fall.
    """
    entries = {index for index, (_, text) in enumerate(pieces) if len(text) <= _LONGEST_HEADLINE * 2 and text[-1] in _PAGE and LEADERS.match(text)}
    contents = fixed_pattern("pages.contents").match
    if len(entries) < _FEWEST_ENTRIES:
        heading = next((index for index, (_, text) in enumerate(pieces) if len(text) <= _LONGEST_CONTENTS and contents(text)), None)
        entries = _numbered(pieces, heading + 1) if heading is not None else set()
    if len(entries) < _FEWEST_ENTRIES:
        return pieces
    return [piece for index, piece in enumerate(pieces) if index not in entries and not (index + 1 in entries and contents(piece[1]))]


def _numbered(pieces: Pieces, start: int) -> set[int]:
    """Give the lines from a place on that end in page numbers which do not fall."""
    entry = fixed_pattern("pages.contents_entry").fullmatch
    last, index = 0, start
    while index < len(pieces) and (match := entry(pieces[index][1])) is not None and int(match["page"]) >= last:
        last, index = int(match["page"]), index + 1
    return set(range(start, index))
