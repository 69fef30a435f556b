"""What the graph draws from one source text: the edges that the text states, each with the place of its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from ..query.nodes import Edge, Nodes, named
from ..query.store import DEFAULT
from .ledger import Stretch

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


def quoted_stretches(places: Iterable[Place]) -> list[Stretch]:
    """Give what is quoted as evidence: places that touch are one stretch. For texts of which no ledger is known."""
    covered: list[Stretch] = []
    for start, end in sorted(places):
        if covered and start <= covered[-1].end:
            covered[-1] = covered[-1]._replace(end=max(covered[-1].end, end))
        else:
            covered.append(Stretch(start, end, "evidence"))
    return covered


def lines_of(text: str, stretches: Sequence[Stretch]) -> Iterator[tuple[int, list[tuple[str, Stretch | None]]]]:
    """Cut a text into lines, each as its start and its parts with the stretch that each belongs to; stretches come in order.

    >>> one, two = Stretch(1, 2, "evidence"), Stretch(2, 5, "open")
    >>> [(start, [(part, found and found.state) for part, found in parts]) for start, parts in lines_of("一二三\\n四", [one, two])]
    [(0, [('一', None), ('二', 'evidence'), ('三', 'open')]), (4, [('四', 'open')])]
    """
    start = first = 0
    for line in text.split("\n"):
        end, at = start + len(line), start
        parts: list[tuple[str, Stretch | None]] = []
        while first < len(stretches) and stretches[first].end <= start:
            first += 1
        for stretch in stretches[first:]:
            if stretch.start >= end:
                break
            begin, stop = max(stretch.start, start), min(stretch.end, end)
            parts += [(text[at:begin], None), (text[begin:stop], stretch)]
            at = stop
        parts.append((text[at:end], None))
        yield start, [(part, stretch) for part, stretch in parts if part]
        start = end + 1
