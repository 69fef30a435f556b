"""What the edges entail, so that a plain query finds it: the same edge under the relations above its own, and read backwards.

A store that does not reason finds `yf:responsibleBody` of a body that leads, and `yf:hasTask+` down to the measures. Which edges these are
follows from the ontology alone (RDF Schema 1.1, 3.4; OWL 2, `owl:inverseOf`). They are no findings: a statement keeps the one relation that
it is about (`rdf:predicate`), and names under `yf:entails` the relations of the edges that follow from its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..assembly.records import Records
from ..core.model import Entry
from ..core.namespaces import YF
from ..core.schema import load_schema
from .rdf import Block, Properties

_ENTAILS = YF + "entails"


@cache
def entailed_by(relation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the relations above a relation, and the inverses of it and of those, in the ontology's order.

    >>> entailed_by("ledBy")
    (('responsibleBody',), ('isResponsibleFor', 'leads'))
    """
    relations = load_schema().relations
    above = sorted(relations[relation].ancestors, key=lambda name: relations[name].rank)
    inverses = (relations[name].inverse for name in sorted((*above, relation), key=lambda name: relations[name].rank))
    return tuple(above), tuple(name for name in inverses if name)


@cache
def entails(relation: str) -> Properties:
    """Give what stands with a statement of a relation: the relations of the edges that follow from its own."""
    return [(_ENTAILS, tuple(YF + name for names in entailed_by(relation) for name in names))]


def edge_blocks(entry: Entry) -> Iterator[Block]:
    """Give the edges that follow from those that leave one node: edges from it, and edges back to it."""
    onward: dict[str, dict[str, None]] = {}
    back: dict[str, dict[str, None]] = {}
    for edge in entry.edges:
        above, inverses = entailed_by(edge.relation)
        for name in above:
            onward.setdefault(name, {})[edge.object] = None
        back.setdefault(edge.object, {}).update(dict.fromkeys(inverses))
    if onward:
        yield Block(entry.node.iri, tuple((YF + name, tuple(objects)) for name, objects in onward.items()))
    for iri, names in back.items():
        yield Block(iri, tuple((YF + name, (entry.node.iri,)) for name in names))


def entailed_blocks(records: Records) -> Iterator[Block]:
    """Give what all edges entail, node by node: the edges, and which statement entails which."""
    for entry in records.entries():
        yield from edge_blocks(entry)
        for edge in entry.edges:
            for said in edge.statements:
                yield Block(said.iri, tuple(entails(edge.relation)))
