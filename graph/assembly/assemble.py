"""From readings and overlays to one graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.model import Proposal, Reading
from ..core.namespaces import BASE
from .builder import GraphBuilder
from .citations import resolve_citations
from .inference import infer
from .order import number_items
from .overlay import Overlay
from .proposals import Refused, propose

if TYPE_CHECKING:
    import networkx as nx


def assemble_plan(
    plan: str, readings: Iterable[Reading], names: Sequence[str], overlays: Iterable[Path], base: str = BASE, without: Collection[str] = ()
) -> GraphBuilder:
    """Put the documents of one plan (its IRI) of many together, their citations resolved, under the names by which others cite it.

    `without` are the statements (their IRIs) that are left out. This is what every build of a folder does with a plan, on one machine and on
    a cluster.
    """
    builder = GraphBuilder(base=base)
    for reading in readings:
        builder.add_reading(reading)
    if without:
        builder.leave_out(without)
    if names:
        builder.describe(plan, alt=names)
    for path in overlays:
        Overlay(path).apply(builder, plan)
    infer(builder)
    number_items(builder)
    return builder


def assemble(
    readings: list[Reading],
    overlays: list[Overlay] | None = None,
    proposals: Sequence[Proposal] = (),
    refused: list[Refused] | None = None,
    without: Collection[str] = (),
) -> tuple[nx.MultiDiGraph[str], list[Overlay]]:
    """Put readings, overlays and inferences into one graph; also give the overlays whose plan is not among the documents.

    Proposals come in last and beside it; those that cannot stand are added to `refused` where a list is given. `without` are the statements
    of the readings (their IRIs) that are left out.

    Raises `OverlayError` and `GraphError` as the assembler and the overlays do.
    """
    builder = GraphBuilder()
    for reading in resolve_citations(readings):
        builder.add_reading(reading)
    if without:
        builder.leave_out(without)
    unused = [overlay for overlay in overlays or [] if not overlay.apply(builder)]
    infer(builder)
    number_items(builder)
    unfit = propose(builder, proposals)
    if refused is not None:
        refused += unfit
    return builder.finish(), unused
