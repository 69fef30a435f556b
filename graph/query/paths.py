"""The shortest connections between two nodes, whichever way the edges point, each edge with its quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from ..core.language import term
from .cards import edge_data, node_data, proofs_lines, relation_text
from .nodes import Edge, Nodes

MOST = 5


@dataclass(frozen=True, slots=True)
class Path:
    """A connection: the IRIs of its nodes in order, and for each step the edges that join the two nodes."""

    nodes: tuple[str, ...]
    steps: tuple[tuple[Edge, ...], ...]


def _levels(around: dict[str, set[str]], start: str, end: str) -> dict[str, int]:
    """Give the distance from `start` of every node that is no further away than `end`."""
    distance = {start: 0}
    front = [start]
    while front and end not in distance:
        reached: list[str] = []
        for iri in front:
            for other in around.get(iri, ()):
                if other not in distance:
                    distance[other] = distance[iri] + 1
                    reached.append(other)
        front = reached
    return distance


def _walk(around: dict[str, set[str]], distance: dict[str, int], end: str) -> Iterator[tuple[str, ...]]:
    """Give all shortest ways to `end`, in an order that depends on the IRIs alone."""
    waiting: list[tuple[str, ...]] = [(end,)]
    while waiting:
        tail = waiting.pop()
        step = distance[tail[0]]
        if step == 0:
            yield tail
            continue
        before = (iri for iri in around[tail[0]] if distance.get(iri) == step - 1)
        waiting.extend((iri, *tail) for iri in sorted(before, reverse=True))


def shortest_paths(
    nodes: Nodes, start: str, end: str, *, most: int = MOST, without: Collection[str] = ()
) -> tuple[list[Path], bool]:
    """Find the shortest connections between two nodes, at most `most` of them, and tell whether there are more.

    Nodes of the classes in `without` and of their subclasses are not passed through. No connection: an empty list.
    """
    around: dict[str, set[str]] = {}
    between: dict[frozenset[str], list[Edge]] = {}
    barred: dict[str, bool] = {start: False, end: False}
    for edge in nodes.all_edges():
        for iri in (edge.subject, edge.object):
            if iri not in barred:
                cls = nodes.class_of(iri) if without else ""
                barred[iri] = bool(cls) and any(nodes.schema.is_a(cls, name) for name in without)
        if not (barred[edge.subject] or barred[edge.object]):
            around.setdefault(edge.subject, set()).add(edge.object)
            around.setdefault(edge.object, set()).add(edge.subject)
            between.setdefault(frozenset((edge.subject, edge.object)), []).append(edge)
    distance = _levels(around, start, end)
    if end not in distance:
        return [], False
    found = list(islice(_walk(around, distance, end), most + 1))
    paths = []
    for way in found[:most]:
        joined = (between[frozenset(pair)] for pair in pairwise(way))
        steps = tuple(tuple(nodes.edge(e.subject, e.relation, e.object) for e in edges) for edges in joined)
        paths.append(Path(way, steps))
    return paths, len(found) > most


def paths_data(paths: list[Path], more: bool, nodes: Nodes) -> dict[str, Any]:
    """Give connections as a JSON object."""
    return {
        "length": len(paths[0].steps) if paths else None,
        "more": more,
        "paths": [
            {
                "nodes": [node_data(nodes.named(iri)) for iri in path.nodes],
                "steps": [[edge_data(edge, nodes) for edge in step] for step in path.steps],
            }
            for path in paths
        ],
    }


def path_lines(path: Path, nodes: Nodes, language: str = "") -> Iterator[tuple[str, str]]:
    """Write a connection line by line as (style, text): node, the edges to the next one with their quotes, node …

    language says in which one the words of the ontology stand; in both unless given.
    """
    for place, iri in enumerate(path.nodes):
        node = nodes.named(iri)
        yield "title", term(node.zh, node.en) or iri
        for edge in path.steps[place] if place < len(path.steps) else ():
            arrow = "↓" if edge.subject == iri else "↑"
            yield "edge", f"  {arrow} {relation_text(edge.relation, nodes, language)}"
            for line in proofs_lines(edge.proofs, nodes, 2, language):
                yield "quote", f"      {line}"
