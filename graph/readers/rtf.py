"""Rich text files (RTF), which often go by the name of .doc, by striprtf: paragraphs, and the cells of rows."""

from __future__ import annotations

import re
from typing import Any

from ..core.errors import ReadError
from .raw import Pieces, Raw
from .titles import find_title

_ROW = re.compile(r"[^|\n]*\|(?:[^|\n]*\|)+$")


def read_rtf(data: bytes, name: str) -> Raw:
    """Read an RTF file into (kind, text) lines.

    Raises `ReadError` for a damaged one.
    """
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text
    try:
        # What declares no code page is from this country.
        text: str = convert(data.decode("latin-1"), encoding="gb18030", errors="replace")
    except Exception as error:  # striprtf lets through whatever a damaged file makes it meet.
        raise ReadError(f"a damaged rich text file (RTF): {str(error)[:100] or type(error).__name__}", file=name) from error
    pieces: Pieces = [
        ("row", line.rstrip("|").replace("|", "\t")) if _ROW.match(line) else ("paragraph", line) for line in text.split("\n") if line.strip()
    ]
    title = find_title(pieces[:12])
    return Raw(pieces, {"title": title} if title else {})
