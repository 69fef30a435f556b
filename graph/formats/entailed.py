"""What the edges entail, so that a plain query finds it: the same edge under the relations above its own, and read backwards.

A store that does not reason finds `yf:responsibleBody` of a body that leads, and `yf:hasTask+` down to the measures. Which edges these are
follows from the ontology alone (RDF Schema 1.1, 3.4; OWL 2, `owl:inverseOf`). They are no findings: a statement keeps the one relation that
it is about (`rdf:predicate`), and names under `yf:entails` the relations of the edges that follow from its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def entailed_edges(entry: Entry) -> tuple[dict[str, dict[str, None]], dict[str, tuple[str, ...]]]:
    """Give the edges that follow from those that leave one node: the nodes that edges lead to by relation, the relations back by node."""
    onward: dict[str, dict[str, None]] = {}
    back: dict[str, tuple[str, ...]] = {}
    for edge in entry.edges:
        above, inverses = entailed_by(edge.relation)
        for name in above:
            onward.setdefault(name, {})[edge.object] = None
        before = back.get(edge.object)
        back[edge.object] = inverses if before is None else tuple(dict.fromkeys((*before, *inverses)))
    return onward, back


def onward_properties(onward: dict[str, dict[str, None]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give edges from a node as its properties."""
    return tuple((YF + name, tuple(objects)) for name, objects in onward.items())


def back_properties(names: Iterable[str], iri: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give edges of some relations back to a node as the properties of what they come from."""
    return tuple((YF + name, (iri,)) for name in names)


def entailed_blocks(records: Records) -> Iterator[Block]:
    """Give what all edges entail, node by node: the edges, and which statement entails which."""
    for entry in records.entries():
        onward, back = entailed_edges(entry)
        if onward:
            yield Block(entry.node.iri, onward_properties(onward))
        for iri, names in back.items():
            yield Block(iri, back_properties(names, entry.node.iri))
        for edge in entry.edges:
            for said in edge.statements:
                yield Block(said.iri, tuple(entails(edge.relation)))
