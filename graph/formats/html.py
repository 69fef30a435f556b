"""The network page as a format."""

from __future__ import annotations

from ..assembly.records import Records
from ..page import render_page
from .text import Text


def html_file(records: Records) -> Text:
    """Write `graph.html`: the whole of a small graph, an overview of a large one."""
    return Text([render_page(records.picture())])
