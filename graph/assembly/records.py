"""A graph as ordered streams of records: what checks, formats, page and report read, from memory or from disk.

The order is the graph's own: nodes by class and place, edges by subject, relation and object, statements of an edge by origin,
passages by document and place, named graphs by name. Two sources that hold the same graph give the same streams.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

from ..core.model import PROPOSED, Account, Document, Edge, Entry, Node, Part, Passage, Statement
from ..core.schema import load_schema
from ..core.stream import Stretch
from .evidence import base_of, documents_of, quoted

if TYPE_CHECKING:
    import networkx as nx


class Records(Protocol):
    """A graph's records in order; each stream may be asked for any number of times.

    The streams of texts give what a writer makes of records, stretch by stretch, in the same order: a store has kept what was made of
    most stretches when their plan was assembled (under the name of what is made, see `yangfan.formats.pieces`) and makes the rest.
    """

    @property
    def base(self) -> str:
        """The base of the IRIs."""

    @property
    def plans(self) -> Collection[str]:
        """The IRIs of the plans."""

    @property
    def keys(self) -> Collection[str]:
        """The keys of the source documents, sorted."""

    @property
    def classes(self) -> Counter[str]:
        """How many nodes of each class there are."""

    @property
    def statements(self) -> int:
        """How many statements there are, those of attributes included."""

    @property
    def quotes(self) -> int:
        """How many passages there are."""

    @property
    def names(self) -> Collection[str]:
        """The IRIs of the named graphs, sorted."""

    def label(self, iri: str, cls: str) -> str:
        """Give the label of a node of a class that all plans may name; empty where there is no such node."""

    @property
    def rules(self) -> Sequence[str]:
        """The names of the rules that statements name, sorted."""

    @property
    def relations(self) -> Mapping[str, Counter[str]]:
        """How many edges of each relation there are, by their strongest basis."""

    @property
    def untranslated(self) -> int:
        """How many nodes have no English label."""

    def used(self, what: str) -> frozenset[str]:
        """Give the prefixes that the texts of a name use which were kept."""

    def entries(self, cls: str = "") -> Iterator[Entry]:
        """Give every node, or every one of a class, with the edges that leave it."""

    def entry_texts(self, what: str, make: Callable[[Sequence[Entry]], str], cls: str = "") -> Iterator[Stretch]:
        """Give the texts of every node, or every one of a class, one or several at a time."""

    def passage_texts(self, what: str, make: Callable[[Sequence[Passage]], str]) -> Iterator[Stretch]:
        """Give the texts of every passage, a document's at a time."""

    def part_texts(self, what: str, make: Callable[[Part], Iterator[Stretch]]) -> Iterator[Stretch]:
        """Give the texts of the named graphs by name, bit by bit."""

    def document_texts(self, what: str, make: Callable[[Document, Sequence[Account], Part | None], str]) -> Iterator[Stretch]:
        """Give the texts of the source documents by key; what is made of one is made of its ledger and its named graph."""

    def kept(self, what: str) -> Iterator[Stretch] | None:
        """Give what was kept under a name of the source documents by key; None where nothing was."""

    def passages(self) -> Iterator[Passage]:
        """Give every passage that a statement quotes, once."""

    def documents(self) -> Iterator[tuple[Document, tuple[Account, ...]]]:
        """Give the source documents by key, each with what was noted of its sentences when it was read."""

    def parts(self) -> Iterator[Part]:
        """Give the named graphs by name; together they hold every node, edge and statement."""

    def picture(self) -> nx.MultiDiGraph[str]:
        """Give the graph that a page can show: all of a small one, of a large one what most of it has in common."""


def said_by(records: Records) -> Iterator[Statement]:
    """Give every statement: those of edges in the order of the edges, then those of attributes in the order of the nodes."""
    for edge in edges_of(records):
        yield from edge.statements
    for node, _ in records.entries():
        yield from node.curated


def edges_of(records: Records) -> Iterator[Edge]:
    """Give every edge."""
    for _, edges in records.entries():
        yield from edges


def counted(edges: Iterable[Edge]) -> dict[str, Counter[str]]:
    """Count edges by relation and strongest basis."""
    found: dict[str, Counter[str]] = {}
    for edge in edges:
        found.setdefault(edge.relation, Counter())[edge.basis] += 1
    return found


def proposes(records: Records) -> bool:
    """Tell whether other tools' proposals are among what a graph shows."""
    return any(name.startswith(PROPOSED) for name in records.rules)


def is_asserted(edge: Edge) -> bool:
    """Tell whether a graph asserts an edge: whether anything but a tool's proposal says it."""
    return not edge.statements or any(said.basis != "proposed" for said in edge.statements)


def node_of(iri: str, data: dict[str, Any]) -> Node:
    """Make the record of a node of a networkx graph."""
    return Node(
        iri, data["cls"], data["zh"], data["en"] or "", data["alt"], data["attrs"], data.get("plan", ""), data.get("curated", ())
    )


class GraphRecords:
    """The records of a networkx graph (see `yangfan.assembly.builder` for its form)."""

    def __init__(self, graph: nx.MultiDiGraph[str]) -> None:
        self._graph = graph
        self.base = base_of(graph)
        self.plans = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan"]
        self.keys = sorted(document.key for document in documents_of(graph).values())
        self.classes = Counter(str(data["cls"]) for _, data in graph.nodes(data=True))

    @cached_property
    def _entries(self) -> list[Entry]:
        labels: dict[str, str] = {iri: data["zh"] for iri, data in self._graph.nodes(data=True)}
        entries = []
        # Not `out_edges`: a graph keeps that view, which keeps the graph, and only the garbage collector takes both away.
        for iri, leaving in self._graph.adjacency():
            edges = [
                Edge(iri, relation, object_, (labels[iri], labels[object_]), told["statements"])
                for object_, keyed in leaving.items()
                for relation, told in keyed.items()
            ]
            entries.append(Entry(node_of(iri, self._graph.nodes[iri]), tuple(edges)))
        return entries

    @cached_property
    def _said(self) -> list[Statement]:
        return list(said_by(self))

    @cached_property
    def _quoted(self) -> list[Passage]:
        return quoted(self._said)

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return len(self._said)

    @property
    def quotes(self) -> int:
        """How many passages there are."""
        return len(self._quoted)

    @cached_property
    def rules(self) -> list[str]:
        """The names of the rules that statements name, sorted."""
        return sorted({said.rule for said in self._said})

    @cached_property
    def relations(self) -> dict[str, Counter[str]]:
        """How many edges of each relation there are, by their strongest basis."""
        return counted(edges_of(self))

    @property
    def untranslated(self) -> int:
        """How many nodes have no English label."""
        return sum(not entry.node.en for entry in self._entries)

    @cached_property
    def _shares(self) -> dict[str, list[Statement]]:
        names = {iri: graph_name(document.key, self.base) for iri, document in documents_of(self._graph).items()}
        shares: dict[str, list[Statement]] = {name: [] for name in names.values()}
        for said in self._said:
            shares.setdefault(names.get(said.document) or graph_name(said.basis, self.base), []).append(said)
        return dict(sorted(shares.items()))

    @property
    def names(self) -> Sequence[str]:
        """The IRIs of the named graphs, sorted."""
        return list(self._shares)

    def label(self, iri: str, cls: str) -> str:
        """Give the label of a node; empty where there is no such node."""
        return str(self._graph.nodes[iri]["zh"]) if iri in self._graph else ""

    def entries(self, cls: str = "") -> Iterator[Entry]:
        """Give every node, or every one of a class, with the edges that leave it."""
        return (entry for entry in self._entries if entry.node.cls == cls) if cls else iter(self._entries)

    def used(self, what: str) -> frozenset[str]:
        """Give none: every text is made anew."""
        return frozenset()

    def entry_texts(self, what: str, make: Callable[[Sequence[Entry]], str], cls: str = "") -> Iterator[str]:
        """Give the texts of every node, or every one of a class."""
        return (make((entry,)) for entry in self.entries(cls))

    def passage_texts(self, what: str, make: Callable[[Sequence[Passage]], str]) -> Iterator[str]:
        """Give the texts of every passage, a document's at a time."""
        return (make(list(passages)) for _, passages in groupby(self._quoted, key=lambda passage: passage.key))

    def part_texts(self, what: str, make: Callable[[Part], Iterator[Stretch]]) -> Iterator[Stretch]:
        """Give the texts of the named graphs by name, bit by bit."""
        for part in self.parts():
            yield from make(part)

    def document_texts(self, what: str, make: Callable[[Document, Sequence[Account], Part | None], str]) -> Iterator[str]:
        """Give the texts of the source documents by key."""
        parts = {part.name: part for part in self.parts()}
        for document, ledger in self.documents():
            yield make(document, ledger, parts.get(graph_name(document.key, self.base)))

    def kept(self, what: str) -> None:
        """Give none: nothing is made before it is asked for."""

    def passages(self) -> Iterator[Passage]:
        """Give every passage that a statement quotes, once."""
        return iter(self._quoted)

    def documents(self) -> Iterator[tuple[Document, tuple[Account, ...]]]:
        """Give the source documents by key, each with what was noted of its sentences when it was read."""
        noted: dict[str, tuple[Account, ...]] = self._graph.graph.get("ledgers", {})
        for iri, document in sorted(documents_of(self._graph).items(), key=lambda item: item[1].key):
            yield document, noted.get(iri, ())

    def parts(self) -> Iterator[Part]:
        """Give the named graphs by name."""
        nodes = {node.iri: node for node, _ in self._entries}
        documents = {graph_name(document.key, self.base): iri for iri, document in documents_of(self._graph).items()}
        told: dict[str, dict[str, Node]] = self._graph.graph.get("told", {})
        for name, statements in self._shares.items():
            document = documents.get(name, "")
            yield part_of(name, statements, told.get(document) or nodes, [document] if document else [])

    def picture(self) -> nx.MultiDiGraph[str]:
        """Give the graph itself."""
        return self._graph


def graph_name(key: str, base: str) -> str:
    """Give the IRI of the named graph of a document (its key), or of what was inferred or curated."""
    return f"{base}graph/{key}"


def part_of(name: str, statements: Iterable[Statement], nodes: dict[str, Node], alone: Iterable[str] = ()) -> Part:
    """Make a named graph of its statements: the nodes that they join (and those named `alone`) with the edges that they are about.

    nodes holds those and perhaps others, in the order in which the part is to have them.
    """
    rank = {iri: position for position, iri in enumerate(nodes)}
    relations = load_schema().relations

    def place(said: Statement) -> tuple[int, int, int]:
        # What is said of an attribute comes last.
        return (rank[said.subject], relations[said.relation].rank, rank[said.object]) if said.object else (len(rank), rank[said.subject], 0)

    listed = sorted(statements, key=place)
    held: dict[str, dict[tuple[str, str], list[Statement]]] = {iri: {} for iri in alone}
    for said in listed:
        edges = held.setdefault(said.subject, {})
        if said.object:
            edges.setdefault((said.relation, said.object), []).append(said)
            held.setdefault(said.object, {})
    entries = []
    for iri, node in nodes.items():
        if iri in held:
            told = held[iri].items()
            leaving = [Edge(iri, relation, object_, (node.zh, nodes[object_].zh), tuple(said)) for (relation, object_), said in told]
            entries.append(Entry(node, tuple(leaving)))
    return Part(name, tuple(entries), tuple(listed))
