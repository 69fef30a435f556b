"""What a reader of a format hands over, before the text is folded and mended."""

from __future__ import annotations

from typing import NamedTuple

Pieces = list[tuple[str, str]]
"""Lines with their kinds: those of `yangfan.core.model.Line`, ``centre`` for a centred paragraph and ``apart`` for one that is joined with nothing.

The last two become paragraphs in the end.
"""


class Raw(NamedTuple):
    """The lines of a document, the metadata that the copy carries, and what the reader has to say about the copy.

    recognised holds the lines of a scan as its recogniser gave them, in their order, each with its confidence from 0 to 1.
    """

    pieces: Pieces
    metadata: dict[str, str]
    warnings: tuple[str, ...] = ()
    recognised: tuple[tuple[str, float], ...] = ()
