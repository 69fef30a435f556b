"""What the graph draws from one source text: the edges that the text states, each with the place of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ..query.nodes import Edge, Nodes, named
from ..query.store import DEFAULT

Place = tuple[int, int]
"""Start and end of a sentence, in code points of the text."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """All edges of one relation that a text states, in the order of the text; subject is set where they share one."""

    relation: str
    subject: str
    edges: tuple[tuple[Edge, Place], ...]


def drawn_from(nodes: Nodes, document: str) -> list[Drawn]:
    """Give what a source document states, by relation in the ontology's order."""
    found: dict[str, set[tuple[Place, Edge]]] = {}
    for statement in _statements(nodes, document):
        edge, quotes = nodes.edge_of(statement), nodes.proof(statement).quotes
        if edge and quotes and quotes[0].document == document:
            found.setdefault(edge.relation, set()).add(((quotes[0].start, quotes[0].end), edge))
    groups = []
    for relation in sorted(found, key=lambda name: nodes.schema.relations[name].rank):
        listed = sorted(found[relation], key=lambda entry: (entry[0], entry[1].subject, entry[1].object))
        subjects = {edge.subject for _, edge in listed}
        shared = subjects.pop() if len(subjects) == 1 else ""
        groups.append(Drawn(relation, shared, tuple((edge, place) for place, edge in listed)))
    return groups


def _statements(nodes: Nodes, document: str) -> list[str]:
    """Give the statements that quote some passage of a document, sorted."""
    store, derived = nodes.store, named("prov:wasDerivedFrom")
    passages = store.quads_for_pattern(None, named("oa:hasSource"), ox.NamedNode(document), DEFAULT)
    said = (quad for passage in passages for quad in store.quads_for_pattern(None, derived, passage.subject, DEFAULT))
    return sorted({quad.subject.value for quad in said if isinstance(quad.subject, ox.NamedNode)})


def lines_of(text: str, places: Iterable[Place]) -> Iterator[tuple[int, list[tuple[str, bool]]]]:
    """Cut a text into lines, each as its start and its stretches with whether some sentence that is quoted covers them.

    >>> list(lines_of("一二三\\n四", [(1, 2), (1, 5)]))
    [(0, [('一', False), ('二三', True)]), (4, [('四', True)])]
    """
    covered: list[list[int]] = []
    for start, end in sorted(places):
        if covered and start <= covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], end)
        else:
            covered.append([start, end])
    start = first = 0
    for line in text.split("\n"):
        end, at, stretches = start + len(line), start, []
        while first < len(covered) and covered[first][1] <= start:
            first += 1
        for begin, stop in covered[first:]:
            if begin >= end:
                break
            begin, stop = max(begin, start), min(stop, end)
            stretches += [(text[at:begin], False), (text[begin:stop], True)]
            at = stop
        stretches.append((text[at:end], False))
        yield start, [(part, quoted) for part, quoted in stretches if part]
        start = end + 1
