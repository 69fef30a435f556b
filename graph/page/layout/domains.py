"""The layout by domain: a block for each domain with its industries and the work that advances or concerns them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from .board import filled, groups_of, kinds_of
from .boxes import BLOCK_GAP, GAP, Measure, Piece, block, flow, grid, in_columns, in_rows, one, row, stack
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
    below = set(rest)
    others = kinds_of(graph, plan, (node for node in members if node in below))
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

    tops_at: dict[int, Piece] = {}
    best: tuple[float, Piece, Piece] | None = None
    for width in _BLOCK_WIDTHS:
        made = [filled(graph, kind, nodes, size, width) for kind, nodes in others.items()]
        for wide, high, put in _packed(sorted(made, key=lambda piece: -piece.height), width):
            step = max(1, round(wide / _STEP)) * _STEP
            tops_at[step] = over = tops_at.get(step) or above(step)
            zoom = min(_SCREEN[0] / max(1, wide, over.width, head.width), _SCREEN[1] / (head.height + over.height + high + 2 * BLOCK_GAP))
            if best is None or zoom > best[0]:
                best = zoom, over, put()
    assert best is not None
    return stack([head, *best[1:]], BLOCK_GAP)


def _beside(parts: list[list[Piece]]) -> Piece:
    return row([stack(part, BLOCK_GAP) for part in parts], BLOCK_GAP)


def _below(parts: list[list[Piece]]) -> Piece:
    return stack([row(part, BLOCK_GAP) for part in parts], BLOCK_GAP)


def _packed(blocks: list[Piece], width: float) -> Iterator[tuple[float, float, Callable[[], Piece]]]:
    """Give how wide and high blocks of about a width are in columns and in rows, in as many as come near to the form of a
    screen, and what puts them so."""
    area = sum((piece.width + BLOCK_GAP) * (piece.height + BLOCK_GAP) for piece in blocks)
    middle = round((area * _SCREEN[0] / _SCREEN[1]) ** 0.5 / (width + BLOCK_GAP))
    for count in range(max(1, middle - 1), middle + 3):
        standing = [part for part in in_columns(blocks, count, BLOCK_GAP) if part]
        wide = sum(max(piece.width for piece in part) + BLOCK_GAP for part in standing) - BLOCK_GAP
        high = max((sum(piece.height + BLOCK_GAP for piece in part) for part in standing), default=BLOCK_GAP) - BLOCK_GAP
        yield wide, high, partial(_beside, standing)
        lying = [part for part in in_rows(blocks, count * (width + BLOCK_GAP), BLOCK_GAP) if part]
        wide = max((sum(piece.width + BLOCK_GAP for piece in part) for part in lying), default=BLOCK_GAP) - BLOCK_GAP
        high = sum(max(piece.height for piece in part) + BLOCK_GAP for part in lying) - BLOCK_GAP
        yield wide, high, partial(_below, lying)


def by_domain(graph: nx.MultiDiGraph[str], shape: Shape, size: Measure) -> Piece:
    """Set out every plan by its domains."""
    plans = [_plan_by_domain(graph, plan, nodes, size) for plan, nodes in shape.members().items()]
    area = sum(piece.width * piece.height for piece in plans)
    return flow(plans, (area * 1.8) ** 0.5, 3 * BLOCK_GAP)
