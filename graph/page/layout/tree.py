"""The layout as a tree: the plan in the middle, its branches to both sides, each node beside what it hangs on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from ...core.schema import load_schema
from .boxes import BLOCK_GAP, GAP, Measure, Piece, block, flow, grid, one, row, stack
from .shape import Shape

if TYPE_CHECKING:
    import networkx as nx

_COLUMNS = (1, 2, 3, 4, 5, 6)
_SCREEN = (1080, 620)
# What a node hangs on, most telling first: (relation, whether the node is its subject).
_HANGS: tuple[tuple[str, bool], ...] = (
    ("inDomain", True),
    ("inCategory", True),
    ("includesProject", False),
    ("usesTechnology", False),
    ("unitOf", True),
)


def spanning(graph: nx.MultiDiGraph[str], shape: Shape) -> dict[str, list[str]]:
    """Give the children of each node of the first view; those that hang on nothing else hang on their plan, or on ""."""
    first = set(shape.first)
    parent: dict[str, str] = {}
    joined = [edge for node in shape.first for edge in graph.out_edges(node, keys=True) if edge[1] in first]
    for relation, as_subject in _HANGS:
        for subject, object_, key in joined:
            child, above = (subject, object_) if as_subject else (object_, subject)
            if key != relation or child in parent or child in shape.plans:
                continue
            step: str | None = above
            while step is not None and step != child:
                step = parent.get(step)
            if step is None and shape.home[child] == shape.home[above]:
                parent[child] = above
    children: dict[str, list[str]] = {"": []}
    for node in shape.first:
        home = shape.home[node]
        above = "" if node in shape.plans else parent.get(node, home)
        children.setdefault(above, []).append(node)
    return children


def _leaves(nodes: list[str], size: Measure, columns: int) -> Piece:
    """Set leaves in up to so many columns: what is broad leaves the words larger than what is tall."""
    columns = min(columns, len(nodes))
    if columns <= 1:
        return stack([one(node, size) for node in nodes], GAP, left=True)
    widest = max(size(node)[0] for node in nodes)
    return grid(nodes, size, (widest + GAP) * columns)


def _branch(node: str, children: dict[str, list[str]], size: Measure, leftward: bool, columns: int) -> Piece:
    below = children.get(node, [])
    bare = [child for child in below if child not in children]
    parts = [_branch(child, children, size, leftward, columns) for child in below if child in children]
    leaves = stack([*parts, _leaves(bare, size, columns)], GAP)
    head = one(node, size)
    if not leaves.places:
        return head
    return row([leaves, head] if leftward else [head, leaves], 56, middle=True)


def _flush(pieces: list[Piece], leftward: bool) -> Piece:
    """Stack branches with the ends that face the plan on one line."""
    width = max((piece.width for piece in pieces), default=0)
    whole = Piece(width)
    top = 0.0
    for piece in pieces:
        whole.put(piece, width - piece.width if leftward else 0, top)
        top += piece.height + GAP
    return whole


def tree(graph: nx.MultiDiGraph[str], shape: Shape, size: Measure) -> Piece:
    """Set out every plan as a tree with two wings, its leaves in as many columns as fill a screen best."""
    children = spanning(graph, shape)
    made = [_tree(graph, shape, size, children, columns) for columns in _COLUMNS]
    return max(made, key=lambda p: min(_SCREEN[0] / max(1, p.width), _SCREEN[1] / max(1, p.height)))


def _tree(graph: nx.MultiDiGraph[str], shape: Shape, size: Measure, children: dict[str, list[str]], columns: int) -> Piece:
    """Set out every plan with two wings of about the same height; classes stay together."""
    schema = load_schema()
    rank: Callable[[str], int] = lambda node: schema.classes[graph.nodes[node]["cls"]].rank  # noqa: E731
    trees = []
    for plan in (*shape.plans, ""):
        branches = sorted((child for child in children.get(plan, ()) if child not in shape.plans), key=rank)
        # A branch is a node with what hangs on it, or all the leaves of one class together.
        made: list[tuple[Piece, Piece]] = []
        for cls, same in groupby(branches, key=lambda node: str(graph.nodes[node]["cls"])):
            listed = list(same)
            bare = [node for node in listed if node not in children]
            made.extend(
                (_branch(node, children, size, True, columns), _branch(node, children, size, False, columns))
                for node in listed
                if node in children
            )
            if bare:
                leaves = block(f"class:{cls}", _leaves(bare, size, columns))
                made.append((leaves, leaves))
        half = sum(piece.height + GAP for _, piece in made) / 2
        split, tall = 0, 0.0
        while split < len(made) and tall < half:
            tall += made[split][1].height + GAP
            split += 1
        left = _flush([piece for piece, _ in made[split:]], True)
        right = _flush([piece for _, piece in made[:split]], False)
        trees.append(row([left, *([one(plan, size)] if plan else []), right], 90, middle=True))
    return flow([piece for piece in trees if piece.places], 1200, 2 * BLOCK_GAP)
