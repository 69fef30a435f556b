"""What several plans share, put together: one node of all that they know of it, and its edges with the statements of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count, groupby

from ..assembly.evidence import origin_of
from ..core.model import Attributes, Edge, Entry, Node, Statement
from ..core.stream import Stream, batches
from .encoding import pack_edges, pack_entries, unpack_edges, unpack_nodes
from .store import Store
from .tally import Tally

TOGETHER = 100
"""How many edges are kept with their node; of one that has more, twice as many lie in memory at a time (5 KB each)."""
_GIVEN = 1_000
"""How many ways of knowing a node are kept in mind, so as not to be gone into again."""
_NOBODY = ""
"""The key of the group that a shared node belongs to."""


def unite(store: Store) -> tuple[Tally, dict[str, str]]:
    """Put all shared nodes together in the store and give what was counted; a plan that has an entry of its own needs nothing of others.

    Also give the plans (the keys of their groups) that know a shared node by another class or label than the first that names it, and why:
    where there are any, the nodes behind the first of these were not put together.
    """
    tally = Tally()
    clashing: dict[str, str] = {}
    known = store.ask("SELECT rank, iri, plan, data FROM known ORDER BY rank, iri, document, plan, rowid")
    for (rank, iri), rows in groupby(known, key=lambda row: row[:2]):
        node = merged(_fitting(store, ((plan, data) for _, _, plan, data in rows), clashing))
        if clashing or any(store.ask("SELECT 1 FROM entry WHERE rank = ? AND document = '' AND iri = ?", rank, iri)):
            continue
        entry = _kept(store, rank, node)
        tally.count([entry])
    return tally, clashing


def _kept(store: Store, rank: int, node: Node) -> Entry:
    """Put a shared node with its edges into the store, and give both; more edges than lie well in memory are kept apart from it."""
    stretches = batches(shared_edges(store, rank, node.iri), TOGETHER)
    some, more = next(stretches, []), next(stretches, [])
    entry = Entry(node, () if more else tuple(some))
    store.add({"entry": [(rank, "", node.iri, _NOBODY, pack_entries([entry]))]})
    if not more:
        return entry
    for nth in count():
        store.add({"edge": [(rank, node.iri, nth, pack_edges(some))]})
        # What has been written goes before more is read.
        some = more
        if not some:
            break
        more = next(stretches, [])
    return Entry(node, Stream(partial(kept_edges, store, rank, node.iri)))


def kept_edges(store: Store, rank: int, iri: str) -> Iterator[Edge]:
    """Give the edges of a node that are kept apart from it."""
    for data in store.blobs("SELECT data FROM edge WHERE rank = ? AND iri = ? ORDER BY nth", rank, iri):
        yield from unpack_edges(data)


def _fitting(store: Store, told: Iterable[tuple[str, bytes | str]], clashing: dict[str, str]) -> Iterator[Node]:
    """Give what plans know of a node, one after the other; those that know another thing by its IRI than the first are noted with the reason.

    Most know the same, in the same words: that is given once.
    """
    first = None
    given: set[bytes | str] = set()
    for plan, data in told:
        if data in given:
            continue
        for node in unpack_nodes(store.read(data)):
            first = first or node
            if problem := clash(first, node):
                clashing.setdefault(plan, problem)
                continue
            if len(given) == _GIVEN:
                given.clear()
            given.add(data)
            yield node


def clash(first: Node, other: Node) -> str:
    """Say that two nodes of one IRI are not one thing; empty where they are.

    A plan is known by its number; its title may be given with or without the years.
    """
    if first.cls == other.cls and (first.zh == other.zh or first.cls == "Plan"):
        return ""
    return f"{first.iri} is taken by {first.cls} {first.zh}, not {other.cls} {other.zh}"


def shared_edges(store: Store, rank: int, iri: str) -> Iterator[Edge]:
    """Give the edges that leave a shared node, in the graph's order, each with the statements of all plans."""
    question = (
        "SELECT relation, object, data FROM said WHERE rank = ? AND iri = ? "
        "ORDER BY relation, o_rank, o_document, o_start, o_nth, object, plan, rowid"
    )
    for _, rows in groupby(store.ask(question, rank, iri), key=lambda row: row[:2]):
        edges = [edge for row in rows for edge in unpack_edges(store.read(row[2]))]
        said: dict[str, Statement] = {one.iri: one for edge in edges for one in edge.statements}
        yield edges[0]._replace(statements=tuple(sorted(said.values(), key=origin_of)))


def merged(known: Iterable[Node]) -> Node:
    """Give one node of what several know of it: all names, of each attribute the first value, every assertion once."""
    told = iter(known)
    first = next(told)
    attrs: Attributes = dict(first.attrs)
    alt, curated = set(first.alt), {said.iri: said for said in first.curated}
    for node in told:
        alt.update(node.alt, (("zh", node.zh),))
        curated.update((said.iri, said) for said in node.curated)
        for curie, value in node.attrs.items():
            attrs.setdefault(curie, value)
    names = tuple(sorted(alt - {("zh", first.zh)}))
    return first._replace(attrs=dict(sorted(attrs.items())), alt=names, curated=tuple(curated.values()))
