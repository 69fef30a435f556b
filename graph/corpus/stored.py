"""The records of a whole corpus, streamed from the store on disk in the graph's order; nothing is held but the rows at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ..assembly.records import graph_name, part_of
from ..core.model import BASES, Account, Basis, Document, Edge, Entry, Node, Part, Passage, Statement
from ..core.schema import load_schema
from .encoding import unpack_document, unpack_edge, unpack_entries, unpack_nodes, unpack_passages
from .plans import Tally
from .store import ENTRIES, Store

if TYPE_CHECKING:
    import networkx as nx

_WHOLE = 10_000
"""Up to how many nodes the page shows the whole graph; beyond, an overview."""


class StoreRecords:
    """The records of a store (see `yangfan.assembly.records.Records`)."""

    def __init__(self, store: Store, tally: Tally, base: str) -> None:
        self._store = store
        self.base = base
        self.classes: Counter[str] = tally.classes
        self.statements = tally.statements
        self.quotes = tally.passages
        self._ranks = {name: declared.rank for name, declared in load_schema().classes.items()}

    @cached_property
    def plans(self) -> list[str]:
        """The IRIs of the plans."""
        return [iri for (iri,) in self._store.ask("SELECT iri FROM entry WHERE rank = ? ORDER BY iri", self._ranks["Plan"])]

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the source documents, sorted."""
        return [key for (key,) in self._store.ask("SELECT document FROM source ORDER BY document")]

    @cached_property
    def names(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        common = [basis for (basis,) in self._store.ask("SELECT DISTINCT basis FROM common")]
        return sorted(graph_name(key, self.base) for key in (*self.keys, *common))

    def entries(self, cls: str = "") -> Iterator[Entry]:
        """Give every node, or every one of a class, with the edges that leave it."""
        for name in [cls] if cls else self._ranks:
            if self.classes[name]:
                for data in self._store.blobs(ENTRIES, self._ranks[name]):
                    yield from unpack_entries(data)

    def passages(self) -> Iterator[Passage]:
        """Give every passage that a statement quotes, once."""
        for data in self._store.blobs("SELECT data FROM passage ORDER BY document"):
            yield from unpack_passages(data)

    def documents(self) -> Iterator[tuple[Document, tuple[Account, ...]]]:
        """Give the source documents by key, each with what was noted of its sentences when it was read."""
        return map(unpack_document, self._store.blobs("SELECT data FROM source ORDER BY document"))

    def parts(self) -> Iterator[Part]:
        """Give the named graphs by name."""
        common = {graph_name(basis, self.base): basis for basis in BASES}
        documents = {graph_name(key, self.base): key for key in self.keys}
        for name in self.names:
            yield self._common(name, common[name]) if name in common else self._part(name, documents[name])

    def _part(self, name: str, key: str) -> Part:
        """Give the named graph of a document: what its group says on its word."""
        ((number, told),) = self._store.ask("SELECT plan, data FROM told WHERE document = ?", key)
        nodes: dict[str, Node] = {node.iri: node for node in unpack_nodes(self._store.unsqueezed(told))}
        document = next(node.iri for node in nodes.values() if node.attrs.get("dcterms:identifier") == key and node.cls == "SourceDocument")
        said: list[Statement] = []
        for data in self._store.blobs("SELECT data FROM entry WHERE plan = ?", number):
            edges = (edge for entry in unpack_entries(data) for edge in entry.edges)
            said += (one for edge in edges for one in edge.statements if one.document == document)
        for data in self._store.blobs("SELECT data FROM said WHERE plan = ?", number):
            said += (one for one in unpack_edge(data).statements if one.document == document)
        return part_of(name, said, nodes, [document])

    def _common(self, name: str, basis: Basis) -> Part:
        """Give the named graph of what was inferred or curated in all plans, as it comes by."""

        def told(edges: Iterable[Edge]) -> Iterator[Edge]:
            for edge in edges:
                said = tuple(one for one in edge.statements if one.basis == basis)
                if said:
                    yield edge._replace(statements=said)

        def entries() -> Iterator[Entry]:
            for node, edges in self.entries():
                if any(self._store.ask("SELECT 1 FROM common WHERE basis = ? AND iri = ?", basis, node.iri)):
                    yield Entry(node, tuple(told(edges)))

        def statements() -> Iterator[Statement]:
            for _, edges in self.entries():
                for edge in told(edges):
                    yield from edge.statements
            for node, _ in self.entries():
                yield from (one for one in node.curated if one.basis == basis)

        return Part(name, entries(), statements())

    def picture(self) -> nx.MultiDiGraph[str]:
        """Give all of a small graph; of a large one its plans and what most of them have in common."""
        from .overview import graph_of, overview_of

        whole = self.classes.total() <= _WHOLE
        return graph_of(self, self.entries()) if whole else overview_of(self, self._store)
