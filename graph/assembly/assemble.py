"""From readings and overlays to one graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..core.model import Proposal, Reading
from .builder import GraphBuilder
from .citations import resolve_citations
from .inference import infer
from .order import number_items
from .overlay import Overlay
from .proposals import Refused, propose

if TYPE_CHECKING:
    import networkx as nx


def assemble(
    readings: list[Reading], overlays: list[Overlay] | None = None, proposals: Sequence[Proposal] = (), refused: list[Refused] | None = None
) -> tuple[nx.MultiDiGraph[str], list[Overlay]]:
    """Put readings, overlays and inferences into one graph; also give the overlays whose plan is not among the documents.

    Proposals come in last and beside it; those that cannot stand are added to `refused` where a list is given.

    Raises `OverlayError` and `GraphError` as the assembler and the overlays do.
    """
    builder = GraphBuilder()
    for reading in resolve_citations(readings):
        builder.add_reading(reading)
    unused = [overlay for overlay in overlays or [] if not overlay.apply(builder)]
    infer(builder)
    number_items(builder)
    unfit = propose(builder, proposals)
    if refused is not None:
        refused += unfit
    return builder.finish(), unused
