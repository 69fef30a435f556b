"""From readings and overlays to one graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.model import Reading
from .builder import GraphBuilder
from .citations import resolve_citations
from .inference import infer
from .order import number_items
from .overlay import Overlay

if TYPE_CHECKING:
    import networkx as nx


def assemble(readings: list[Reading], overlays: list[Overlay] | None = None) -> tuple[nx.MultiDiGraph[str], list[Overlay]]:
    """Put readings, overlays and inferences into one graph; also give the overlays whose plan is not among the documents.

    Raises `OverlayError` and `GraphError` as the assembler and the overlays do.
    """
    builder = GraphBuilder()
    for reading in resolve_citations(readings):
        builder.add_reading(reading)
    unused = [overlay for overlay in overlays or [] if not overlay.apply(builder)]
    infer(builder)
    number_items(builder)
    return builder.finish(), unused
