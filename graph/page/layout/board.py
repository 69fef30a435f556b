"""The first view: each plan at the head of a board of named blocks, one for each kind of thing the plan holds.

The blocks stand in columns whose number and width are chosen so that the board fills a screen at the largest zoom. Everything is
arithmetic on sizes: the same graph gives the same board.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from ...core.schema import load_schema
from ..told import english_name, lines_below
from .boxes import BLOCK_GAP, GAP, Measure, Piece, block, flow, grid, in_rows, one, row, stack
from .measure import OF_PLANS, Box, card
from .packing import Make, packings
from .shape import Shape

if TYPE_CHECKING:
    import networkx as nx

_SCREEN = (1080, 620)


def sizes(graph: nx.MultiDiGraph[str], language: str) -> Measure:
    """Give the function that tells a node's card size in a language; without an English name the Chinese one is shown."""
    nodes = graph.nodes

    @cache
    def size(node: str) -> Box:
        data = nodes[node]
        english = english_name(graph, node) if language == "en" else ""
        below = lines_below(graph, node, language)
        return card(english or data["zh"], "en" if english else "zh", OF_PLANS if data["cls"] == "Plan" else 1, below)

    return size


def groups_of(
    graph: nx.MultiDiGraph[str], heads: Iterable[str], members: Iterable[str], relation: str
) -> dict[str, list[str]]:
    """Sort members under the head that each has a `relation` to; those without one come under ""."""
    grouped: dict[str, list[str]] = {head: [] for head in heads}
    grouped[""] = []
    for member in members:
        found = (o for _, o, key in graph.out_edges(member, keys=True) if key == relation and o in grouped)
        grouped[next(found, "")].append(member)
    return grouped


def headed(grouped: dict[str, list[str]], size: Measure, width: float, *, beside: bool) -> Piece:
    """Set each head over the grid of its members: the groups beside each other or below each other."""
    count = max(1, len(grouped) - (not grouped[""]))
    total = sum(len(members) for members in grouped.values()) or 1
    pieces = []
    for head, members in grouped.items():
        share = max(width * len(members) / total, width / count / 2) - GAP if beside else width
        cards = grid(members, size, share) if members else Piece()
        pieces.append(stack([one(head, size), cards], left=True) if head else cards)
    lines = [row(line, 2 * GAP) for line in in_rows(pieces, width, 2 * GAP)] if beside else pieces
    return stack(lines, 2 * GAP, left=True)


def kinds_of(graph: nx.MultiDiGraph[str], plan: str, members: Iterable[str]) -> dict[str, list[str]]:
    """Sort a board's nodes by the block they stand in."""
    issuers = {o for _, o, key in graph.out_edges(plan, keys=True) if key == "issuedBy"} if plan else set()
    classes = load_schema().classes
    kinds: dict[str, list[str]] = {}
    for node in members:
        kinds.setdefault("issuers" if node in issuers else classes[graph.nodes[node]["cls"]].block, []).append(node)
    return kinds


def filled(graph: nx.MultiDiGraph[str], kind: str, nodes: list[str], size: Measure, width: float) -> Piece:
    """Give one block: a plain grid, or heads with their members for domains and indicator categories."""
    heads = {"domains": "Domain", "indicators": "IndicatorCategory"}.get(kind)
    if heads is None:
        return block(kind, grid(nodes, size, width))
    tops = [node for node in nodes if graph.nodes[node]["cls"] == heads]
    rest = [node for node in nodes if graph.nodes[node]["cls"] != heads]
    relation = "inDomain" if kind == "domains" else "inCategory"
    return block(kind, headed(groups_of(graph, tops, rest, relation), size, width, beside=kind == "domains"))


def blocks_of(graph: nx.MultiDiGraph[str], kinds: dict[str, list[str]], size: Measure) -> Make:
    """Give the function that makes the block of a kind at a width, each once."""

    @cache
    def make(kind: str, width: float) -> Piece:
        return filled(graph, kind, kinds[kind], size, width)

    return make


def board(graph: nx.MultiDiGraph[str], plan: str, members: Iterable[str], size: Measure) -> Piece:
    """Set out one plan and what stands with it; `plan` may be "" for what belongs to no plan."""
    kinds = kinds_of(graph, plan, (node for node in members if node != plan))
    head = one(plan, size) if plan else Piece()
    tried = packings(kinds, blocks_of(graph, kinds, size), _SCREEN[0] / _SCREEN[1], head)
    return max(tried, key=lambda p: min(_SCREEN[0] / max(1, p.width), _SCREEN[1] / max(1, p.height)))


def structure(graph: nx.MultiDiGraph[str], shape: Shape, size: Measure) -> Piece:
    """Set out all plans of a graph, each on its own board, and what belongs to none on a last one."""
    boards = [board(graph, plan, nodes, size) for plan, nodes in shape.members().items()]
    area = sum(piece.width * piece.height for piece in boards)
    widest = max((piece.width for piece in boards), default=0)
    return flow(boards, max(widest, (area * _SCREEN[0] / _SCREEN[1]) ** 0.5 * 1.1), 3 * BLOCK_GAP)
