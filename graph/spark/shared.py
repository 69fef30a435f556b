"""The fourth stage: what several groups know of one node or edge is put together, two at a time and in any order.

Nothing is collected: a node that every plan names (财政部) is combined where its pieces lie before they travel, and what is kept of it grows
with its names and attributes and not with the plans that name it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..assembly.records import graph_name
from ..core.errors import GraphError
from ..core.model import Entry, Node, Statement, Value
from ..core.namespaces import BASE
from ..corpus.encoding import unpack_nodes
from ..corpus.shared import clash
from ..formats import parquet
from ..formats.ntriples import quad_lines
from ..formats.rdf import node_block
from .wire import Record, pack, unpack

Order = tuple[str, str]
"""Whose word comes first: the key of the document that tells it, then that of its group's first."""


class Known(NamedTuple):
    """What is known of a node so far: its first teller with the node as that one tells it, and what all of them tell.

    own: a group is the node's own, whose word alone counts. bases are those of the common graphs in which it stands. clash is another
    class and label under the same IRI.
    """

    own: bool
    order: Order
    node: Node
    attrs: dict[str, tuple[Order, Value | tuple[Value, ...]]]
    names: frozenset[tuple[str, str]]
    labels: frozenset[str]
    curated: dict[str, Statement]
    bases: frozenset[str]
    clash: str = ""


def known_in(data: bytes) -> Known:
    """Read back what one group knows of a node."""
    document, first, own, bases, packed = unpack(data)
    (node,) = unpack_nodes(packed.encode("utf-8", "surrogatepass"))
    order = (document, first)
    attrs = {curie: (order, value) for curie, value in node.attrs.items()}
    curated = {said.iri: said for said in node.curated}
    return Known(own, order, node, attrs, frozenset(node.alt), frozenset([node.zh]), curated, frozenset(bases))


def both(a: Known, b: Known) -> Known:
    """Put together what two know of a node; the result does not depend on who comes first, nor on how many are put together at a time."""
    bases = a.bases | b.bases
    if a.own or b.own:
        return (a if a.own else b)._replace(bases=bases)
    first, other = (a, b) if a.order <= b.order else (b, a)
    clashing = min(filter(None, (first.clash, other.clash)), default="")
    if clash(first.node, other.node):
        return first._replace(bases=bases, clash=clashing or f"{other.node.cls} {other.node.zh}")
    attrs = dict(first.attrs)
    for curie, told in other.attrs.items():
        if curie not in attrs or told[0] < attrs[curie][0]:
            attrs[curie] = told
    return Known(
        False,
        first.order,
        first.node,
        attrs,
        first.names | other.names,
        first.labels | other.labels,
        {**first.curated, **other.curated},
        bases,
        clashing,
    )


def node_of(known: Known) -> Node:
    """Give the node that is known."""
    node = known.node
    if known.own:
        return node
    # A plan is known by its number; its title may be given with or without the years.
    names = known.names | {("zh", label) for label in known.labels}
    return node._replace(
        attrs={curie: known.attrs[curie][1] for curie in sorted(known.attrs)},
        alt=tuple(sorted(names - {("zh", node.zh)})),
        curated=tuple(known.curated.values()),
    )


def records_of(known: Known, base: str = BASE) -> Iterator[Record]:
    """Give a node that was put together: its row, its block in each common graph where it stands, and whether it had to be told from another."""
    node = node_of(known)
    yield Record("nodes", node.iri, pack(parquet.node_row(node)))
    for basis in sorted(known.bases):
        graph = graph_name(basis, base)
        lines = quad_lines([node_block(Entry(node, ()))], graph)
        yield Record("quads", f"{graph}\n{node.iri}", pack("".join(lines)))
    yield Record("tally", "", pack([["nodes", node.cls, 1]]))
    if known.clash:
        cls, _, label = known.clash.partition(" ")
        problem = GraphError(f"{node.iri} is taken by {node.cls} {node.zh}, not {cls} {label}")
        yield Record("aside", node.iri, pack([node.iri, str(problem)]))


Said = tuple[int, str, dict[str, object]]
"""The strongest basis of an edge, the first statement of it (its origin), and the row that it makes."""


def said_in(data: bytes) -> Said:
    """Read back what one group says of an edge."""
    rank, origin, row = unpack(data)
    return rank, origin, row


def either(a: Said, b: Said) -> Said:
    """Put together what two groups say of one edge: the better word, and how many statements there are."""
    first, other = (a, b) if a[:2] <= b[:2] else (b, a)
    return first[0], first[1], {**first[2], "statements": _count(first) + _count(other)}


def _count(said: Said) -> int:
    count = said[2]["statements"]
    assert isinstance(count, int)
    return count


def edge_record(key: str, said: Said) -> Record:
    """Give the row of an edge that was put together."""
    return Record("edges", key, pack(said[2]))


