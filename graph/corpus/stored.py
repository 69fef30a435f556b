"""The records of a whole corpus, streamed from the store on disk in the graph's order; nothing is held but the rows at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from heapq import merge
from typing import TYPE_CHECKING

from ..assembly.records import graph_name, part_of
from ..core.model import BASES, Account, Basis, Continued, Document, Edge, Entry, Node, Part, Passage, Statement
from ..core.schema import load_schema
from ..core.stream import Stream, Stretch, batches
from ..formats.registry import SMALL
from .encoding import unpack_document, unpack_edges, unpack_entries, unpack_nodes, unpack_passages
from .shared import TOGETHER, kept_edges
from .store import ENTRIES, OF_DOCUMENTS, Store
from .tally import Tally

if TYPE_CHECKING:
    import networkx as nx

_WHOLE = SMALL
"""Up to how many nodes the page shows the whole graph; beyond, an overview."""
_OF_NODES_ALONE = frozenset(("nodes", "curated"))
"""The texts that tell nothing of the edges that leave a node."""
_TEXTS = "SELECT data FROM text WHERE what = ? AND rank = ? ORDER BY document"


class StoreRecords:
    """The records of a store (see `yangfan.assembly.records.Records`)."""

    def __init__(self, store: Store, tally: Tally, base: str) -> None:
        self._store = store
        self.base = base
        self.classes: Counter[str] = tally.classes
        self.statements = tally.statements
        self.quotes = tally.passages
        self.rules = sorted(tally.rules)
        self.relations: Mapping[str, Counter[str]] = tally.relations
        self.untranslated = tally.untranslated
        self._used = tally.used
        self._ranks = {name: declared.rank for name, declared in load_schema().classes.items()}

    @cached_property
    def plans(self) -> Stream[str]:
        """The IRIs of the plans."""
        return Stream(lambda: (iri for (iri,) in self._store.ask("SELECT iri FROM entry WHERE rank = ? ORDER BY iri", self._ranks["Plan"])))

    @cached_property
    def keys(self) -> Stream[str]:
        """The keys of the source documents, sorted."""
        return Stream(lambda: (key for (key,) in self._store.ask("SELECT document FROM source ORDER BY document")))

    @cached_property
    def names(self) -> Stream[str]:
        """The IRIs of the named graphs, sorted."""
        common = sorted(basis for (basis,) in self._store.ask("SELECT DISTINCT basis FROM common"))
        return Stream(lambda: (graph_name(key, self.base) for key in merge(self.keys, common)))

    def label(self, iri: str, cls: str) -> str:
        """Give the label of a node of a class that all plans may name; empty where there is no such node."""
        question = "SELECT data FROM entry WHERE rank = ? AND document = '' AND iri = ?"
        return next((node.zh for data in self._store.blobs(question, self._ranks[cls], iri) for node, _ in unpack_entries(data)), "")

    def entries(self, cls: str = "") -> Iterator[Entry]:
        """Give every node, or every one of a class, with the edges that leave it."""
        for name in [cls] if cls else self._ranks:
            if self.classes[name]:
                for data in self._store.blobs(ENTRIES, self._ranks[name]):
                    yield from map(self._whole, unpack_entries(data))

    @cached_property
    def _large(self) -> frozenset[str]:
        """The IRIs of the nodes whose edges are kept apart."""
        return frozenset(iri for (iri,) in self._store.ask("SELECT DISTINCT iri FROM edge"))

    def _whole(self, entry: Entry) -> Entry:
        """Give a node with its edges, also where they are kept apart."""
        iri = entry.node.iri
        return Entry(entry.node, Stream(partial(kept_edges, self._store, self._ranks[entry.node.cls], iri))) if iri in self._large else entry

    # texts

    @cached_property
    def _kept(self) -> bool:
        """Whether the texts that were kept are those of this graph: they are written with the prefixes that several plans have."""
        return len(self.plans) != 1 and len(self.keys) != 1

    def used(self, what: str) -> frozenset[str]:
        """Give the prefixes that the texts of a name use which were kept."""
        return frozenset(self._used.get(what, ())) if self._kept else frozenset()

    def entry_texts(self, what: str, make: Callable[[Sequence[Entry]], str], cls: str = "") -> Iterator[Stretch]:
        """Give the texts of every node, or every one of a class, one or several at a time."""
        if not self._kept:
            yield from (make((entry,)) for entry in self.entries(cls))
            return
        question = (
            "SELECT text.data, CASE WHEN text.data IS NULL THEN entry.data END FROM entry LEFT JOIN text ON text.what = ? "
            "AND text.rank = entry.rank AND text.document = entry.document AND text.iri = entry.iri "
            "WHERE entry.rank = ? ORDER BY entry.document, entry.iri, entry.rowid"
        )
        for name in [cls] if cls else self._ranks:
            if self.classes[name]:
                for text, data in self._store.ask(question, what, self._ranks[name]):
                    if text is None:
                        yield from self._made(what, make, unpack_entries(self._store.read(data)))
                    else:
                        yield self._store.read(text)

    def _made(self, what: str, make: Callable[[Sequence[Entry]], str], entries: Sequence[Entry]) -> Iterator[str]:
        """Make the text of some nodes; of a node of very many edges a text for some of them at a time, the first with all that is known of it."""
        node = entries[0].node
        if node.iri not in self._large or what in _OF_NODES_ALONE:
            yield make(entries)
            return
        kind: type[Entry] = Entry
        for some in batches(self._whole(entries[0]).edges, TOGETHER):
            yield make((kind(node, some),))
            kind = Continued

    def passage_texts(self, what: str, make: Callable[[Sequence[Passage]], str]) -> Iterator[Stretch]:
        """Give the texts of every passage, a document's at a time."""
        if self._kept:
            yield from self._store.blobs(_TEXTS, what, OF_DOCUMENTS)
        else:
            for data in self._store.blobs("SELECT data FROM passage ORDER BY document"):
                yield make(unpack_passages(data))

    def part_texts(self, what: str, make: Callable[[Part], Iterator[Stretch]]) -> Iterator[Stretch]:
        """Give the texts of the named graphs by name, bit by bit."""
        for name, part in self._parts():
            text = self._text(what, name)
            yield from make(part()) if text is None else [text]

    def document_texts(self, what: str, make: Callable[[Document, Sequence[Account], Part | None], str]) -> Iterator[Stretch]:
        """Give the texts of the source documents by key."""
        kept = self.kept(what)
        if kept is not None:
            yield from kept
        else:
            for document, ledger in self.documents():
                yield make(document, ledger, self._part(graph_name(document.key, self.base), document.key))

    def kept(self, what: str) -> Iterator[bytes] | None:
        """Give what was kept under a name of the source documents by key; None where nothing was."""
        return self._store.blobs(_TEXTS, what, OF_DOCUMENTS) if self._kept else None

    def _text(self, what: str, name: str) -> bytes | None:
        """Give the text that was kept of a document's named graph."""
        if not self._kept:
            return None
        question = "SELECT data FROM text WHERE what = ? AND rank = ? AND document = ?"
        return next(self._store.blobs(question, what, OF_DOCUMENTS, self._key(name)), None)

    # records

    def passages(self) -> Iterator[Passage]:
        """Give every passage that a statement quotes, once."""
        for data in self._store.blobs("SELECT data FROM passage ORDER BY document"):
            yield from unpack_passages(data)

    def documents(self) -> Iterator[tuple[Document, tuple[Account, ...]]]:
        """Give the source documents by key, each with what was noted of its sentences when it was read."""
        return map(unpack_document, self._store.blobs("SELECT data FROM source ORDER BY document"))

    def parts(self) -> Iterator[Part]:
        """Give the named graphs by name."""
        return (part() for _, part in self._parts())

    def _key(self, name: str) -> str:
        """Give the key of the document whose named graph bears a name."""
        return name.removeprefix(graph_name("", self.base))

    def _parts(self) -> Iterator[tuple[str, Callable[[], Part]]]:
        """Give the named graphs by name, each to be made when it is asked for."""
        common = {graph_name(basis, self.base): basis for basis in BASES}
        for name in self.names:
            if name in common:
                yield name, partial(self._common, name, common[name])
            else:
                yield name, partial(self._part, name, self._key(name))

    def _part(self, name: str, key: str) -> Part:
        """Give the named graph of a document: what its group says on its word."""
        ((number, told),) = self._store.ask("SELECT plan, data FROM told WHERE document = ?", key)
        nodes: dict[str, Node] = {node.iri: node for node in unpack_nodes(self._store.read(told))}
        document = next(node.iri for node in nodes.values() if node.attrs.get("dcterms:identifier") == key and node.cls == "SourceDocument")
        said: list[Statement] = []
        for data in self._store.blobs("SELECT data FROM entry WHERE plan = ?", number):
            edges = (edge for entry in unpack_entries(data) for edge in entry.edges)
            said += (one for edge in edges for one in edge.statements if one.document == document)
        for data in self._store.blobs("SELECT data FROM said WHERE plan = ?", number):
            said += (one for edge in unpack_edges(data) for one in edge.statements if one.document == document)
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
                    yield Entry(node, Stream(partial(told, edges)))

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
