"""All positions that are reckoned at build time, as the page wants them: whole numbers, around the middle of each scene.

A small graph is one scene with all its plans. One of more than `LARGE` nodes, or of more plans than can be read beside each other
(`in_scenes`), has a scene for each plan, and an overview of all (`yangfan.page.layout.overview`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..told import english_name, lines_below
from .board import sizes, structure
from .boxes import Measure, Piece
from .domains import by_domain
from .shape import Shape
from .tree import tree

if TYPE_CHECKING:
    import networkx as nx

LARGE = 1500
"""Above so many nodes a graph opens on an overview and offers the whole-graph layer."""

_BESIDE = 3
"""How many plans one picture shows beside each other: with more of them their words are too small to read."""

_SHARED_IN_SCENE = 60
_LAYOUTS: dict[str, Callable[[nx.MultiDiGraph[str], Shape, Measure], Piece]] = {
    "structure": structure,
    "domain": by_domain,
    "tree": tree,
}


def centred(piece: Piece, index: Mapping[str, int]) -> dict[str, Any]:
    """Give a drawing's nodes, their x and y from its middle, and its named regions."""
    left, top = piece.width / 2, piece.height / 2
    return {
        "of": [index[node] for node, _, _ in piece.places],
        "x": [round(x - left) for _, x, _ in piece.places],
        "y": [round(y - top) for _, _, y in piece.places],
        "regions": [
            [f"node:{index[name[5:]]}" if name.startswith("node:") else name, [index[node] for node in nodes]]
            for name, nodes in piece.regions
        ],
    }


def plan_shape(graph: nx.MultiDiGraph[str], shape: Shape, plan: str, own: list[str]) -> Shape:
    """Give the shape of one plan's scene: what belongs to it, and the shared nodes to which it has most edges."""
    near: Counter[str] = Counter()
    for node in own:
        for other in (*graph.successors(node), *graph.predecessors(node)):
            if other not in shape.fold and not graph.nodes[other].get("plan"):
                near[other] += 1
    rank = {node: position for position, node in enumerate(near)}
    shared = sorted(near, key=lambda node: (-near[node], rank[node]))[:_SHARED_IN_SCENE]
    members = dict.fromkeys(
        [plan, *(node for node in own if node not in shape.fold), *sorted(shared, key=rank.__getitem__)]
    )
    return Shape(shape.fold, tuple(members), dict.fromkeys(members, plan), (plan,))


def _has_domains(graph: nx.MultiDiGraph[str], shape: Shape) -> bool:
    """Tell whether a scene's order is that of its domains: two of them at least hold industries."""
    return (
        sum(
            any(relation == "inDomain" for _, _, relation in graph.in_edges(node, keys=True))
            for node in shape.first
            if graph.nodes[node]["cls"] == "Domain"
        )
        > 1
    )


def in_scenes(graph: nx.MultiDiGraph[str]) -> bool:
    """Tell whether each plan of a graph has a picture of its own; plans that are only cited have nothing to show."""
    read = {plan for node, data in graph.nodes(data=True) if (plan := data.get("plan")) and plan != node}
    return len(graph) > LARGE or len(read) > _BESIDE


def scenes(graph: nx.MultiDiGraph[str], shape: Shape) -> list[dict[str, Any]]:
    """Give every scene: its plan (-1 for all) and, by layout and language, where its nodes stand."""
    index = {node: position for position, node in enumerate(graph)}
    if not in_scenes(graph):
        shapes = {-1: shape}
    else:
        own: dict[str, list[str]] = {plan: [] for plan in shape.plans}
        for node, data in graph.nodes(data=True):
            if data.get("plan") in own:
                own[data["plan"]].append(node)
            elif node in own:
                own[node].append(node)
        shapes = {index[plan]: plan_shape(graph, shape, plan, nodes) for plan, nodes in own.items()}
    measures = {language: sizes(graph, language) for language in ("zh", "en")}
    result = []
    for plan, shown in shapes.items():
        translated = any(english_name(graph, node) or lines_below(graph, node, "en") for node in shown.first)
        languages = ("zh", "en") if translated else ("zh",)
        layouts = {
            name: {language: centred(make(graph, shown, measures[language]), index) for language in languages}
            for name, make in _LAYOUTS.items()
        }
        first = "domain" if _has_domains(graph, shown) else "structure"
        result.append({"plan": plan, "first": first, "layouts": layouts})
    return result
