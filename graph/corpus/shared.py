"""What several plans share, put together: one node of all that they know of it, and its edges with the statements of all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import networkx as nx

from ..core.errors import GraphError
from ..formats.rdf import node_block
from ..formats.tables import BASES
from .store import Key, Store, squeezed
from .tally import Tally
from .writers import SEPARATORS, Scribe

_AT_ONCE = 200
"""How many texts make a piece: a body that ten thousand plans name is written in many."""


def fold(store: Store, scribe: Scribe) -> Tally:
    """Write the pieces of all shared nodes into the store and give what was counted.

    Raises `GraphError` when two plans know the same IRI by different labels.
    """
    tally = Tally()
    for (rank, iri), told in groupby(store.nodes(), key=lambda row: row[:2]):
        data = merged(iri, (data for _, _, data in told))
        pages = _Pages(store, (rank, "", iri))
        relations: dict[str, list[str]] = {}
        for (_, object_), statements in groupby(store.said(rank, iri), key=lambda row: row[:2]):
            distinct = {origin: said for _, _, origin, said in statements}
            edge = strongest([said["edge"] for said in distinct.values()])
            relations.setdefault(edge["relation"], []).append(object_)
            labels = next(iter(distinct.values()))["labels"]
            for stream, text in scribe.edge(iri, object_, labels, edge).items():
                pages.put(stream, text)
            for said in distinct.values():
                pages.put("statements", said["statement"])
                pages.put("statements.jsonld", said["jsonld"])
            tally.relations[edge["relation"], edge["basis"]] += 1
            tally.statements += len(distinct)
        alone: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        alone.add_node(iri, **data)
        for stream, text in scribe.node(iri, data, node_block(alone, iri, relations)).items():
            pages.put(stream, text)
        pages.close()
        tally.classes[data["cls"]] += 1
        tally.untranslated += not data["en"]
    return tally


def merged(iri: str, known: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """Give one node of what several plans know of it: all names, and of each attribute the first value."""
    first = next(known)
    attrs, alt = dict(first["attrs"]), set(first["alt"])
    for data in known:
        if data["cls"] == first["cls"] == "Plan":
            # A plan is known by its number; its title may be given with or without the years.
            alt |= {("zh", data["zh"])} - {("zh", first["zh"])}
        elif (data["cls"], data["zh"]) != (first["cls"], first["zh"]):
            raise GraphError(f"{iri} is taken by {first['cls']} {first['zh']}, not {data['cls']} {data['zh']}")
        alt.update(data["alt"])
        for curie, value in data["attrs"].items():
            attrs.setdefault(curie, value)
    return {**first, "attrs": dict(sorted(attrs.items())), "alt": tuple(sorted(alt))}


def strongest(edges: list[dict[str, Any]]) -> dict[str, Any]:
    """Give an edge as the first statement of its strongest basis tells it, with the number of all its statements."""
    best = min(edges, key=lambda edge: BASES.index(edge["basis"]))
    return {**best, "statements": len(edges)}


class _Pages:
    """The pieces of one node, written to the store as they fill up."""

    def __init__(self, store: Store, key: Key) -> None:
        self._store, self._key = store, key
        self._texts: dict[str, list[str]] = {}

    def put(self, stream: str, text: str) -> None:
        texts = self._texts.setdefault(stream, [])
        texts.append(text)
        if len(texts) >= _AT_ONCE:
            self._store.add([self._row(stream)])
            texts.clear()

    def _row(self, stream: str) -> tuple[object, ...]:
        return squeezed(stream, self._key, SEPARATORS.get(stream, "").join(self._texts[stream]))

    def close(self) -> None:
        self._store.add([self._row(stream) for stream, texts in self._texts.items() if texts])
