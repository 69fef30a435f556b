"""The layout by domain: a block for each domain with its industries and the work that advances or concerns them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .board import filled, groups_of, kinds_of, sizes
from .boxes import BLOCK_GAP, GAP, Measure, Piece, block, flow, grid, one, stack
from .shape import Shape

if TYPE_CHECKING:
    import networkx as nx

_WORK = frozenset({"Action", "Project", "Task", "Measure", "Technology", "Scenario", "Goal", "Indicator"})
_WIDTHS = (700, 900, 1100, 1300, 1500, 1800, 2200, 3000)
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

    def at(width: float) -> Piece:
        share = width / max(1, len(tops)) - BLOCK_GAP
        blocks = [
            block(
                f"node:{top}",
                stack([one(top, size), grid(grouped[top], size, share), grid(work[top], size, share)], 2 * GAP),
            )
            for top in tops
        ]
        below = sorted(
            (filled(graph, kind, nodes, size, width / 3) for kind, nodes in others.items()), key=lambda p: -p.height
        )
        return stack([head, flow(blocks, width, BLOCK_GAP), flow(below, width, BLOCK_GAP)], BLOCK_GAP)

    return max(map(at, _WIDTHS), key=lambda p: min(_SCREEN[0] / p.width, _SCREEN[1] / p.height))


def by_domain(graph: nx.MultiDiGraph[str], shape: Shape, language: str) -> Piece:
    """Set out every plan by its domains."""
    size = sizes(graph, language)
    members: dict[str, list[str]] = {plan: [] for plan in (*shape.plans, "")}
    for node in shape.first:
        members[shape.home[node]].append(node)
    plans = [_plan_by_domain(graph, plan, nodes, size) for plan, nodes in members.items() if nodes]
    area = sum(piece.width * piece.height for piece in plans)
    return flow(plans, (area * 1.8) ** 0.5, 3 * BLOCK_GAP)
