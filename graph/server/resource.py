"""One resource as RDF: what is said of it, the edges that lead to it, the statements and passages behind its edges."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ..query.nodes import Edge, Nodes, named
from ..query.store import DEFAULT

_LABEL, _SELECTOR = named("rdfs:label"), named("oa:hasSelector")


def _about(nodes: Nodes, iri: str) -> Iterator[ox.Quad]:
    return nodes.store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT)


def _evidence(nodes: Nodes, edge: Edge) -> Iterator[ox.Quad]:
    for proof in edge.proofs:
        yield from _about(nodes, proof.iri)
        for quote in proof.quotes:
            for quad in _about(nodes, quote.iri):
                yield quad
                if quad.predicate == _SELECTOR and isinstance(quad.object, ox.NamedNode):
                    yield from _about(nodes, quad.object.value)


def describe(nodes: Nodes, iri: str) -> list[ox.Triple]:
    """Give the triples that describe a resource: its own, its edges in, their evidence, the labels of its neighbours."""
    quads = list(_about(nodes, iri))
    edges = [*nodes.edges_out(iri), *nodes.edges_in(iri)]
    # A proposal is described by its statement and is no triple.
    for edge in (*edges, *nodes.proposed(iri)):
        quads.extend(_evidence(nodes, edge))
        other = edge.object if edge.subject == iri else edge.subject
        quads.extend(quad for quad in _about(nodes, other) if quad.predicate == _LABEL)
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    triples |= {
        ox.Triple(ox.NamedNode(edge.subject), named(f"yf:{edge.relation}"), ox.NamedNode(edge.object)) for edge in edges
    }
    return list(triples)
