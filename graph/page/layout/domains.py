"""The layout by domain: a block for each domain with its industries and the work that advances or concerns them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .board import blocks_of, groups_of, kinds_of
from .boxes import BLOCK_GAP, GAP, MARGIN, Measure, Piece, block, flow, grid, one, row, stack
from .packing import packings
from .shape import Shape

if TYPE_CHECKING:
    import networkx as nx

_WORK = frozenset({"Action", "Project", "Task", "Measure", "Technology", "Scenario", "Goal", "Indicator"})
_STEP = 100
_SCREEN = (1000, 620)
_BELOW = 2.4
"""The form of what stands below the domains, width over height, of which about a quarter of a screen is left over."""


def _nearest(graph: nx.MultiDiGraph[str], node: str, domain_of: dict[str, str]) -> str:
    """Give the domain to whose industries a node has most edges, "" without any."""
    near = Counter(
        domain_of[other] for other in (*graph.successors(node), *graph.predecessors(node)) if other in domain_of
    )
    return min(near, key=lambda domain: (-near[domain], list(near).index(domain))) if near else ""


def _plan_by_domain(graph: nx.MultiDiGraph[str], plan: str, members: list[str], size: Measure) -> Piece:
    """Set out one plan at the width at which it fits a screen best."""
    classes = {node: graph.nodes[node]["cls"] for node in members}
    tops = [node for node in members if classes[node] == "Domain"]
    industries = [node for node in members if classes[node] == "Industry"]
    grouped = groups_of(graph, tops, industries, "inDomain")
    domain_of = {node: domain for domain, nodes in grouped.items() if domain for node in (*nodes, domain)}
    work: dict[str, list[str]] = {top: [] for top in tops}
    rest: list[str] = list(grouped[""])
    for node in members:
        if node == plan or node in domain_of or classes[node] == "Industry":
            continue
        domain = _nearest(graph, node, domain_of) if classes[node] in _WORK else ""
        (work[domain] if domain else rest).append(node)
    left = set(rest)
    others = kinds_of(graph, plan, (node for node in members if node in left))
    head = one(plan, size) if plan else Piece()

    # A domain takes as much of the width as its cards take of all.
    weight = {top: sum(size(node).width + GAP for node in (*grouped[top], *work[top])) + size(top).width for top in tops}
    whole = sum(weight.values())

    def above(width: float) -> Piece:
        room = width - head.width - BLOCK_GAP - len(tops) * (BLOCK_GAP + 2 * MARGIN)
        blocks = []
        for top in tops:
            share = max(room * weight[top] / whole, size(top).width)
            parts = [one(top, size), grid(grouped[top], size, share), grid(work[top], size, share)]
            blocks.append(block(f"node:{top}", stack(parts, GAP, left=True)))
        return row([head, flow(blocks, max(width / 2, width - head.width - BLOCK_GAP), BLOCK_GAP)], BLOCK_GAP, middle=True)

    tops_at: dict[int, Piece] = {}
    best: tuple[float, Piece, Piece] | None = None
    for below in packings(others, blocks_of(graph, others, size), _BELOW):
        step = max(1, round(below.width / _STEP)) * _STEP
        over = tops_at.get(step) or above(step)
        tops_at[step] = over
        zoom = min(_SCREEN[0] / max(1, below.width, over.width), _SCREEN[1] / (over.height + below.height + BLOCK_GAP))
        if best is None or zoom > best[0]:
            best = zoom, over, below
    assert best is not None
    return stack(best[1:], BLOCK_GAP, left=True)


def by_domain(graph: nx.MultiDiGraph[str], shape: Shape, size: Measure) -> Piece:
    """Set out every plan by its domains."""
    plans = [_plan_by_domain(graph, plan, nodes, size) for plan, nodes in shape.members().items()]
    area = sum(piece.width * piece.height for piece in plans)
    return flow(plans, (area * 1.8) ** 0.5, 3 * BLOCK_GAP)
