"""The first view: each plan in the middle of a board of named blocks, one for each kind of thing the plan holds.

Above the plan stand its goals, actions and projects, below it domains with their industries, to the left and right bodies,
safeguards, documents, indicators by category and technologies. The widths of the three columns are chosen so that the board
fills a screen at the largest zoom. Everything is arithmetic on sizes: the same graph gives the same board.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from ...core.schema import load_schema
from ..told import english_name, lines_below
from .boxes import BLOCK_GAP, GAP, Measure, Piece, block, flow, grid, one, row, stack
from .measure import OF_PLANS, Box, card
from .shape import Shape

if TYPE_CHECKING:
    import networkx as nx

_COLUMN_GAP = 52
_SCREEN = (1080, 620)
_SIDE_WIDTHS = (130, 200, 260, 330, 390, 450, 560, 750, 1000, 1500)
_CENTRE_WIDTHS = (420, 500, 560, 630, 700, 800, 900, 1050, 1300, 2000, 3200)
_ABOVE = ("goals", "actions", "projects")
_BELOW = ("domains", "tasks")
# What has many edges in common stays on one side: a document and the technologies it names.
_SIDES = (("issuers", "bodies"), ("indicators",), ("safeguards",), ("documents", "technologies"))


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
    return flow(pieces, width, 2 * GAP) if beside else stack(pieces, 2 * GAP, left=True)


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


class _Board:
    """One plan's blocks, made once for each width, and how they stand together."""

    def __init__(self, graph: nx.MultiDiGraph[str], plan: str, members: Iterable[str], size: Measure) -> None:
        self.kinds = kinds_of(graph, plan, (node for node in members if node != plan))
        self.head = one(plan, size) if plan else Piece()
        self._made: dict[tuple[str, float], Piece] = {}
        self._graph, self._size = graph, size
        named = {kind for group in _SIDES for kind in group}.union(_ABOVE, _BELOW)
        self.groups = [
            *(tuple(kind for kind in group if kind in self.kinds) for group in _SIDES),
            *((kind,) for kind in self.kinds if kind not in named),
        ]

    def block(self, kind: str, width: float) -> Piece:
        """Give a block at a width."""
        if (kind, width) not in self._made:
            self._made[kind, width] = filled(self._graph, kind, self.kinds[kind], self._size, width)
        return self._made[kind, width]

    def columns(self, side: float, centre: float) -> tuple[list[Piece], list[Piece], list[Piece]]:
        """Give the blocks of the left, middle and right column; the tallest group first, each to the shorter side."""
        middle = [self.block(kind, centre) for kind in _ABOVE if kind in self.kinds]
        middle += [self.head, *(self.block(kind, centre) for kind in _BELOW if kind in self.kinds)]
        left: list[Piece] = []
        right: list[Piece] = []
        groups = [[self.block(kind, side) for kind in group] for group in self.groups]
        for group in sorted(groups, key=lambda blocks: -sum(p.height for p in blocks)):
            shorter = left if sum(p.height for p in left) <= sum(p.height for p in right) else right
            shorter.extend(group)
        return left, middle, right

    def zoom(self, side: float, centre: float) -> float:
        """Tell at which zoom the board fits a screen with columns of these widths."""
        width, height = -float(_COLUMN_GAP), 1.0
        for column in self.columns(side, centre):
            if column:
                width += max(piece.width for piece in column) + _COLUMN_GAP
                height = max(height, sum(p.height + BLOCK_GAP for p in column if p.places) - BLOCK_GAP)
        return min(_SCREEN[0] / max(1.0, width), _SCREEN[1] / height)


def board(graph: nx.MultiDiGraph[str], plan: str, members: Iterable[str], size: Measure) -> Piece:
    """Set out one plan and what stands with it; `plan` may be "" for what belongs to no plan."""
    made = _Board(graph, plan, members, size)
    crowded = sum(map(len, made.kinds.values())) > 150
    sides, centres = (_SIDE_WIDTHS, _CENTRE_WIDTHS) if crowded else (_SIDE_WIDTHS[:8], _CENTRE_WIDTHS[:9])
    _, side, centre = max((made.zoom(side, centre), -side, -centre) for side in sides for centre in centres)
    return row([stack(column, BLOCK_GAP) for column in made.columns(-side, -centre)], _COLUMN_GAP, middle=True)


def structure(graph: nx.MultiDiGraph[str], shape: Shape, size: Measure) -> Piece:
    """Set out all plans of a graph, each on its own board, and what belongs to none on a last one."""
    boards = [board(graph, plan, nodes, size) for plan, nodes in shape.members().items()]
    area = sum(piece.width * piece.height for piece in boards)
    widest = max((piece.width for piece in boards), default=0)
    return flow(boards, max(widest, (area * _SCREEN[0] / _SCREEN[1]) ** 0.5 * 1.1), 3 * BLOCK_GAP)
