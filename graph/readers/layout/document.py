"""All pages of a document together: laid out, their title found, their warnings said."""

from __future__ import annotations

from ..raw import Raw
from ..titles import find_title
from .flow import paragraphs
from .margins import Lines
from .order import rows_of
from .page import Page

FEWEST = 8
"""Fewer characters than this on a page is no text layer."""


def lay_out(pages: list[Page], proposed: str = "") -> Raw:
    """Give the lines of a document's pages, the title where one is found (`proposed` is the file's own), and what the pages say."""
    pieces = paragraphs([Lines(rows_of(page), page.height) for page in pages])
    title = find_title([(kind, " ".join(text.split())) for kind, text in pieces[:12]], proposed)
    return Raw(pieces, {"title": title} if title else {}, tuple(_warnings(pages)))


def has_text(pages: list[Page]) -> bool:
    """Tell whether any page has a text layer."""
    return any(len(page.glyphs) >= FEWEST for page in pages)


def _warnings(pages: list[Page]) -> list[str]:
    """Give the warnings of all pages, each once with the numbers of its pages, and how many pages are pictures."""
    said: dict[str, list[str]] = {}
    blank = sum(1 for page in pages if len(page.glyphs) < FEWEST and page.pictures)
    for number, page in enumerate(pages, start=1):
        for warning in page.warnings:
            said.setdefault(warning, []).append(str(number))
    found = [f"{blank} of {len(pages)} pages are pictures without text"] if blank else []
    return [*found, *(f"page {_listed(numbers)}: {warning}" for warning, numbers in said.items())]


def _listed(numbers: list[str]) -> str:
    return ", ".join(numbers[:12]) + (f" and {len(numbers) - 12} more" if len(numbers) > 12 else "")
