"""A build into any SPARQL 1.1 store: its graphs put, what is gone taken away, and the answers compared (Graph Store HTTP Protocol, 5).

Published are the named graphs of the exports, the build's description, and all of it merged into one graph, which the named queries are made
for: ``<base>graph/NAME/merged``, and the store's default graph too where it has one that holds nothing else. PUT replaces a graph, so that
publishing twice leaves what publishing once does. The description lists the graphs of the build; that list, as the store has it from the last
time, tells which graphs are gone.
"""

from __future__ import annotations

import tempfile
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from ..query.library import load_library
from .client import Body, PublishError
from .compare import Answers, Comparison, compare_all
from .parts import SUBSET, Part, Parts
from .stores import Dataset, GraphStore

Told = Callable[[str, int, int], None]
"""Is told of progress: what is being done, how much of it is done, and how much there is."""

_REFUSED = (400, 403, 404, 405, 406, 409, 415, 422, 500, 501)


@dataclass(slots=True)
class Published:
    """What was done: triples and graphs sent, graphs taken away and left, whether the default graph is the build's, and the comparison."""

    triples: int = 0
    graphs: int = 0
    gone: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    default: bool = False
    query_url: str = ""
    compared: list[Comparison] = field(default_factory=list)

    @property
    def differing(self) -> list[Comparison]:
        """The named queries that the store answers in another way than the exports."""
        return [comparison for comparison in self.compared if not comparison.same]


def described(store: GraphStore, parts: Parts) -> set[str]:
    """Give the graphs that the build of this name had in the store the last time."""
    if store.target.query_url:
        rows = store.rows(f"SELECT ?part WHERE {{ GRAPH <{parts.provenance}> {{ ?d <{SUBSET.value}> ?part }} }}")
        return {row["part"] for row in rows if "part" in row}
    triples = store.read(parts.provenance)
    return {triple.object.value for triple in triples if triple.predicate == SUBSET and isinstance(triple.object, ox.NamedNode)}


def _of_others(store: GraphStore, parts: Parts) -> set[str]:
    """Give the graphs that other builds in the store say are theirs."""
    rows = store.rows(
        f"SELECT DISTINCT ?part WHERE {{ GRAPH ?g {{ ?d <{SUBSET.value}> ?part }} "
        f'FILTER(STRENDS(STR(?g), "/provenance") && STR(?g) != "{parts.provenance}") }}'
    )
    return {row["part"] for row in rows if "part" in row}


class Publisher:
    """Publishes one build into one store."""

    def __init__(self, parts: Parts, store: GraphStore, folder: Path, told: Told | None = None) -> None:
        self.parts = parts
        self.store = store
        self.done = Published(query_url=store.target.query_url)
        self._told = told or (lambda *_: None)
        self._file = folder / "graph.nt"
        # What the store must answer as: filled with what is sent, on disk where that is much.
        self._here = ox.Store(str(folder / "answers"))

    def run(self, *, default: bool | None, replace: bool, answers: bool) -> Published:
        """Publish; `default` says whether the default graph is replaced (None: where it is empty or this build's).

        Raises `PublishError` when the store refuses, holds another number of triples than was sent, or has another build under the name
        (unless `replace`). That it answers otherwise is no exception: `Published.differing` tells.
        """
        parts, store = self.parts, self.store
        # A request without a body learns how the store wants to be told who asks; a large one would be cut off.
        store.delete(f"{parts.merged}-none")
        before = described(store, parts)
        documents = before - parts.names - {name for name in before if name.startswith(f"{parts.base}graph/{parts.name}/")}
        if before and documents and not (before & parts.documents) and parts.documents and not replace:
            raise PublishError(
                f"the store holds another build called {parts.name}, of {len(documents)} documents none of which is in this one: "
                "give this one a name with --dataset, or replace that one with --replace"
            )
        with_default = self._has_default() if default is None else default
        # Until all is done the description lists the old graphs too, so that a publishing that breaks off loses sight of none.
        store.put(parts.provenance, parts.described(before))
        for number, part in enumerate(parts.graphs):
            self._told(part.name, number, len(parts.graphs) + 1)
            self._put(part)
        self._told(parts.merged, len(parts.graphs), len(parts.graphs) + 1)
        self._put_whole(with_default, forced=bool(default))
        self._take_away(before)
        self._put_description()
        if self.done.default or not store.target.query_url:
            dataset = Dataset()
        else:
            dataset = Dataset(parts.merged, tuple(part.name for part in parts.graphs))
            self.done.query_url += f"?{urllib.parse.urlencode({'default-graph-uri': parts.merged})}"
        if answers and store.target.query_url:
            self._compare(dataset)
        return self.done

    def _has_default(self) -> bool:
        """Tell whether the store has a default graph that may be replaced: one that is empty, or holds this build."""
        store, parts = self.store, self.parts
        if not store.target.query_url:
            return False
        if not store.holds("ASK { ?s ?p ?o }"):
            mark = b"<urn:x-yangfan:s> <urn:x-yangfan:p> <urn:x-yangfan:o> .\n"
            if store.put("", mark, may=_REFUSED) >= 300:
                return False
            kept = store.count("") == 1
            store.delete("")
            return kept
        described = next((part.name for part in parts.graphs), "")
        if not store.holds(f"ASK {{ <{described}> ?p ?o }}"):
            return False
        return store.count("") in (store.count(parts.merged), self._here_count())

    def _here_count(self) -> int:
        return self.parts.write(self.parts.whole, self._file)

    def _put(self, part: Part) -> None:
        count = self.parts.write(part, self._file)
        self.store.put(part.name, Body(self._file))
        self._verify(part.name, count)
        self._here.bulk_load(path=self._file, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(part.name), lenient=True)
        self.done.triples += count
        self.done.graphs += 1

    def _put_whole(self, with_default: bool, *, forced: bool) -> None:
        count = self.parts.write(self.parts.whole, self._file)
        if with_default:
            self.store.put("", Body(self._file))
            found = self.store.count("") if self.store.target.query_url else count
            self.done.default = found == count
            if not self.done.default and not forced:
                # What the store gives for its default graph is a union of all: a copy in it helps nobody.
                self.store.delete("")
        self.store.put(self.parts.merged, Body(self._file))
        self._verify(self.parts.merged, count)
        self._here.bulk_load(path=self._file, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        self.done.triples += count
        self.done.graphs += 1

    def _put_description(self) -> None:
        body = self.parts.described()
        self.store.put(self.parts.provenance, body)
        self._verify(self.parts.provenance, body.count(b"\n"))
        self.done.triples += body.count(b"\n")
        self.done.graphs += 1

    def _verify(self, name: str, sent: int) -> None:
        found = self.store.count(name)
        if found != sent:
            raise PublishError(f"{name}: {sent} triples were sent, the store holds {found}")

    def _take_away(self, before: set[str]) -> None:
        """Take away the graphs of the last time that are in this build no more, unless another build in the store has them."""
        gone = before - self.parts.names
        if gone and not self.store.target.query_url:
            self.done.left = sorted(gone)
            return
        others = _of_others(self.store, self.parts) if gone else set()
        for name in sorted(gone - others):
            self.store.delete(name)
            self.done.gone.append(name)

    def _compare(self, dataset: Dataset) -> None:
        queries = list(load_library().values())
        found = compare_all(queries, Answers(self._here, self.parts.base), self.store, dataset)
        for number, comparison in enumerate(found, start=1):
            self._told(comparison.query, number, len(queries))
            self.done.compared.append(comparison)


def publish(
    parts: Parts,
    store: GraphStore,
    *,
    default: bool | None = None,
    replace: bool = False,
    answers: bool = True,
    told: Told | None = None,
) -> Published:
    """Publish a build; see `Publisher.run`."""
    with tempfile.TemporaryDirectory(prefix="yangfan-") as folder:
        return Publisher(parts, store, Path(folder), told).run(default=default, replace=replace, answers=answers)
