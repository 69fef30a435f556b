"""The layout by domain: a block for each domain with its industries and the work that advances or concerns them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .board import filled, groups_of, kinds_of, sizes
from .boxes import BLOCK_GAP, GAP, Measure, Piece, block, columns, flow, grid, one, stack
from .shape import Shape

if TYPE_CHECKING:
    import networkx as nx

_WORK = frozenset({"Action", "Project", "Task", "Measure", "Technology", "Scenario", "Goal", "Indicator"})
_BLOCK_WIDTHS = (200, 260, 330, 400, 480, 570)
"""Widths that are tried for the blocks below the domains."""

_STEP = 100
_SCREEN = (1000, 620)


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
    others = kinds_of(graph, plan, (node for node in members if node in set(rest)))
    head = one(plan, size) if plan else Piece()

    def above(width: float) -> Piece:
        share = width / max(1, len(tops)) - BLOCK_GAP
        blocks = [
            block(
                f"node:{top}",
                stack([one(top, size), grid(grouped[top], size, share), grid(work[top], size, share)], 2 * GAP),
            )
            for top in tops
        ]
        return flow(blocks, width, BLOCK_GAP)

    def zoom(piece: Piece) -> float:
        return min(_SCREEN[0] / piece.width, _SCREEN[1] / piece.height)

    best = Piece()
    tops_at: dict[int, Piece] = {}
    for width in _BLOCK_WIDTHS:
        made = [filled(graph, kind, nodes, size, width) for kind, nodes in others.items()]
        for piece in _packed(sorted(made, key=lambda piece: -piece.height), width):
            step = max(1, round(piece.width / _STEP)) * _STEP
            tops_at[step] = over = tops_at.get(step) or above(step)
            whole = stack([head, over, piece], BLOCK_GAP)
            if not best.places or zoom(whole) > zoom(best):
                best = whole
    return best


def _packed(blocks: list[Piece], width: float) -> Iterator[Piece]:
    """Give blocks of about a width in columns and in rows, in as many as come near to the form of a screen."""
    area = sum((piece.width + BLOCK_GAP) * (piece.height + BLOCK_GAP) for piece in blocks)
    middle = round((area * _SCREEN[0] / _SCREEN[1]) ** 0.5 / (width + BLOCK_GAP))
    for count in range(max(1, middle - 1), middle + 3):
        yield columns(blocks, count, BLOCK_GAP)
        yield flow(blocks, count * (width + BLOCK_GAP), BLOCK_GAP)


def by_domain(graph: nx.MultiDiGraph[str], shape: Shape, language: str) -> Piece:
    """Set out every plan by its domains."""
    size = sizes(graph, language)
    plans = [_plan_by_domain(graph, plan, nodes, size) for plan, nodes in shape.members().items()]
    area = sum(piece.width * piece.height for piece in plans)
    return flow(plans, (area * 1.8) ** 0.5, 3 * BLOCK_GAP)
