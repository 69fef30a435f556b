"""How a large graph opens: plans, industries and bodies by community, and a place for every node on the whole-graph layer.

Communities are Louvain's (Blondel and others 2008, networkx, seeded) of a graph in which each plan stands for all that is its
own; that graph is a few per cent of the whole, so the time stays near that of one pass over the edges.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ..gloss import named_in
from ..told import english_name, lines_below
from .board import sizes
from .boxes import GAP, MARGIN, TITLE, Measure, Piece, block, flow, grid, stack
from .layouts import centred
from .packing import packings
from .shape import Shape
from .themes import theme

if TYPE_CHECKING:
    import networkx as nx

_SCREEN = (1130, 690)
_PLANS, _SHARED = 80, 60
_SPACING = 9.0
_SEED = 20210705
_TURN = math.pi * (3 - math.sqrt(5))


def quotient(graph: nx.MultiDiGraph[str], shape: Shape) -> nx.Graph[str]:
    """Give plans and shared nodes with the number of edges between what they stand for as weight."""
    import networkx as nx

    stands = {node: data.get("plan") or node for node, data in graph.nodes(data=True)}
    weights: dict[tuple[str, str], int] = {}
    for subject, object_ in graph.edges():
        a, b = stands[subject], stands[object_]
        if a != b:
            pair = (a, b) if a < b else (b, a)
            weights[pair] = weights.get(pair, 0) + 1
    small: nx.Graph[str] = nx.Graph()
    small.add_nodes_from(dict.fromkeys(stands.values()))
    small.add_edges_from((a, b, {"weight": weight}) for (a, b), weight in weights.items())
    return small


def communities(small: nx.Graph[str]) -> list[list[str]]:
    """Give the communities of the quotient, the largest first, the members of each in the graph's order."""
    import networkx as nx

    rank = {node: position for position, node in enumerate(small)}
    found = nx.community.louvain_communities(small, weight="weight", seed=_SEED)
    return sorted((sorted(part, key=rank.__getitem__) for part in found), key=lambda part: (-len(part), rank[part[0]]))


def _members(graph: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    """Give what belongs to each plan."""
    own: dict[str, list[str]] = {}
    for node, data in graph.nodes(data=True):
        if data.get("plan"):
            own.setdefault(data["plan"], []).append(node)
    return own


def disc(plan: str, own: list[str], fold: dict[str, str]) -> Piece:
    """Set a plan's own nodes on a disc: what is folded further down lies further out, beside what it is folded into."""
    children: dict[str, list[str]] = {}
    inside = set(own)
    for node in own:
        above = fold.get(node, plan)
        children.setdefault(above if above in inside else plan, []).append(node)
    order: list[tuple[str, int]] = []
    waiting = [(child, 1) for child in reversed(children.get(plan, []))]
    while waiting:
        node, depth = waiting.pop()
        order.append((node, depth))
        waiting.extend((child, depth + 1) for child in reversed(children.get(node, [])))
    radius = _SPACING * math.sqrt(len(own) + 4)
    deepest = max((depth for _, depth in order), default=1)
    piece = Piece(2 * radius, 2 * radius, [(plan, radius, radius)])
    for position, (node, depth) in enumerate(order):
        angle = 2 * math.pi * position / max(1, len(order))
        # Leaves fill the rim in five shells, so that neighbours on it do not touch.
        reach = 0.55 + 0.09 * (position % 6) if node not in children else 0.48 * depth / max(1, deepest - 1)
        reach = min(1.0, reach) * radius
        piece.places.append((node, radius + reach * math.cos(angle), radius + reach * math.sin(angle)))
    return piece


def whole(
    graph: nx.MultiDiGraph[str], shape: Shape, parts: list[list[str]], small: nx.Graph[str]
) -> dict[str, list[int]]:
    """Give every node a place: plans as discs, communities together, shared nodes amid the plans that name them."""
    own = _members(graph)
    packed = []
    for part in parts:
        discs = [disc(node, own.get(node, []), shape.fold) for node in part if node in own]
        area = sum((piece.width + 60) ** 2 for piece in discs)
        packed.append(flow(discs, math.sqrt(area) * 1.1, 60))
    area = sum((piece.width + 160) * (piece.height + 160) for piece in packed)
    drawing = flow(packed, math.sqrt(area * 1.6), 160)
    at = {node: (x, y) for node, x, y in drawing.places}
    taken: dict[tuple[int, int], int] = {}
    for position, node in enumerate(small):
        if node in at:
            continue
        near = [(at[other], data["weight"]) for other, data in small.adj[node].items() if other in own]
        total = sum(weight for _, weight in near)
        x = sum(place[0] * weight for place, weight in near) / total if total else drawing.width * (position % 97) / 97
        y = sum(place[1] * weight for place, weight in near) / total if total else drawing.height + 40
        # Nodes that would share a spot go around it on a spiral.
        spot = (int(x // 40), int(y // 40))
        turn = taken[spot] = taken.get(spot, 0) + 1
        away = _SPACING * 1.4 * math.sqrt(turn)
        at[node] = (x + away * math.cos(turn * _TURN), y + away * math.sin(turn * _TURN))
    left, top = drawing.width / 2, drawing.height / 2
    return {
        "x": [round(at[node][0] - left) for node in graph],
        "y": [round(at[node][1] - top) for node in graph],
    }


def _worded(word: str) -> list[str]:
    """Give a word of titles in Chinese and, as far as the vocabulary knows what it names, in English."""
    return [word, ", ".join(named_in(word))]


def _community_block(number: int, shown: list[str], graph: nx.MultiDiGraph[str], size: Measure, width: float) -> Piece:
    """Give a community's plans above what they share; a plan on its own needs no title above itself."""
    plans = [node for node in shown if graph.nodes[node]["cls"] == "Plan"]
    others = [node for node in shown if graph.nodes[node]["cls"] != "Plan"]
    piece = stack([grid(plans, size, width), grid(others, size, width)], 2 * GAP)
    return block(f"community:{number}", piece, TITLE if len(plans) > 1 else MARGIN)


def overview(graph: nx.MultiDiGraph[str], shape: Shape) -> dict[str, Any]:
    """Give the opening scene with its communities, and the places of the whole-graph layer."""
    small = quotient(graph, shape)
    parts = communities(small)
    own = _members(graph)
    index = {node: position for position, node in enumerate(graph)}
    weight = {node: sum(data["weight"] for data in small.adj[node].values()) for node in small}
    classes: dict[str, str] = {node: data["cls"] for node, data in graph.nodes(data=True)}
    titles: dict[str, str] = {node: data["zh"] for node, data in graph.nodes(data=True)}

    def foremost(kinds: tuple[str, ...], count: int) -> set[str]:
        known = [node for node in small if classes[node] in kinds]
        return set(sorted(known, key=lambda node: (-weight[node], index[node]))[:count])

    shown = (
        foremost(("Plan",), _PLANS) | foremost(("Industry",), _SHARED // 2) | foremost(("Organization",), _SHARED // 2)
    )
    drawn = [[node for node in part if node in shown] for part in parts]

    numbers = [str(number) for number, part in enumerate(drawn) if part]

    def set_out(language: str) -> dict[str, Any]:
        size = sizes(graph, language)

        def make(number: str, width: float) -> Piece:
            return _community_block(int(number), drawn[int(number)], graph, size, width)

        tried = packings(numbers, make, _SCREEN[0] / _SCREEN[1])
        best = max(tried, key=lambda p: min(_SCREEN[0] / max(1, p.width), _SCREEN[1] / max(1, p.height)))
        return centred(best, index)

    # Cards with what is told of a title in English are higher than those without.
    translated = any(english_name(graph, node) or lines_below(graph, node, "en") for node in shown)
    return {
        "layouts": {"structure": {language: set_out(language) for language in (("zh", "en") if translated else ("zh",))}},
        "communities": [
            [
                [index[name] if name in index else _worded(name) for name in theme(small, part, classes, titles)],
                sum(1 + len(own.get(node, ())) for node in part),
                [index[node] for node in part if classes[node] == "Plan"],
            ]
            for part in parts
        ],
        "whole": whole(graph, shape, parts, small),
    }
