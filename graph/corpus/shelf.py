"""A plan that was assembled, put where its records and its texts stand in the whole graph: rows for the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from itertools import groupby

from ..assembly.builder import GraphBuilder
from ..assembly.records import GraphRecords, graph_name, said_by
from ..assembly.told import views
from ..core.model import Edge, Entry, Node
from ..core.schema import load_schema
from ..formats.pieces import Pieces
from ..formats.text import encoded
from .encoding import pack_document, pack_edges, pack_entries, pack_nodes, pack_passages
from .groups import Group
from .spool import Row, Rows
from .store import OF_DOCUMENTS
from .tally import Tally

LINKED = frozenset(("Plan", "Industry", "Organization", "CitedDocument"))
"""Classes whose nodes an overview shows with the plans that lead to them."""


@cache
def _scoped() -> frozenset[str]:
    """Give the classes whose nodes belong to one plan; of the others a node belongs to all plans that name it."""
    return frozenset(name for name, declared in load_schema().classes.items() if declared.scope == "plan")


class Shelf:
    """Puts the records of one group where they stand in the whole graph."""

    def __init__(
        self, builder: GraphBuilder, group: Group, records: GraphRecords, told: Mapping[str, dict[str, Node]], wanted: Collection[str] = ()
    ) -> None:
        self.builder, self.group, self.records = builder, group, records
        self._told = told
        self._keys = {iri: document.key for iri, document in builder.documents.items()}
        own = [entry for entry in records.entries() if self._owned(entry.node)]
        owned = {node.iri for node, _ in own}
        self._own = [(place, list(entries)) for place, entries in groupby(own, key=self._key)]
        self._others = [entry for entry in records.entries() if entry.node.iri not in owned]
        self._pieces = Pieces(records, owned, wanted)

    def _owned(self, node: Node) -> bool:
        """Tell whether a node belongs to this group and to no other: its own plan and documents, and what belongs to a plan."""
        return node.iri == self.group.plan if node.cls == "Plan" else node.cls == "SourceDocument" or node.cls in _scoped()

    def turtle(self) -> str:
        """Give what the group says, as it will be written, for the shapes to be checked against."""
        return self._pieces.turtle()

    def tally(self) -> Tally:
        """Count what is this group's alone; what is shared is counted when it is put together."""
        tally = Tally(passages=self.records.quotes, rules=set(self.records.rules))
        tally.used = {file: set(prefixes) for file, prefixes in self._pieces.used.items()}
        tally.statements += sum(len(node.curated) for node, _ in self.records.entries())
        for _, entries in self._own:
            tally.count(entries)
        return tally

    def rows(self) -> Rows:
        """Give the group's rows by table."""
        key = self.group.key
        rows: Rows = {"entry": [], "text": [], "known": [], "said": []}
        for place, entries in self._own:
            rows["entry"].append((*place, key, pack_entries(entries)))
            rows["text"] += [(what, *place, text.encode()) for what, text in self._pieces.of_entries(entries).items()]
        for entry in self._others:
            rows["known"] += self._known(entry)
            rows["said"] += map(self._said, entry.edges)
        rows["told"] = [(self._keys[iri], key, pack_nodes(nodes.values())) for iri, nodes in self._told.items()]
        quoted = {name: list(passages) for name, passages in groupby(self.records.passages(), key=lambda passage: passage.key)}
        rows["passage"] = [(name, pack_passages(passages)) for name, passages in quoted.items()]
        rows["source"] = [(document.key, pack_document(document, noted)) for document, noted in self.records.documents()]
        parts = {part.name: part for part in self.records.parts()}
        for document, noted in self.records.documents():
            part = parts[graph_name(document.key, self.records.base)]
            texts = self._pieces.of_document(document, noted, quoted.get(document.key, ()), part)
            rows["text"] += [(what, OF_DOCUMENTS, document.key, "", encoded(text)) for what, text in texts.items()]
        rows["common"] = self._common()
        rows["link"] = self._links()
        return rows

    def _key(self, entry: Entry) -> tuple[int, str, str]:
        """Give where a node stands: in its class by the document that names it first, or by IRI."""
        rank, place, iri = self.builder.place(entry.node.iri)
        return (rank, place[0], "") if place[0] else (rank, "", iri)

    def _known(self, entry: Entry) -> list[Row]:
        """Give what is known of a shared node: what each document tells of it, in their order, then what else the group knows."""
        node = entry.node
        rank = self.builder.place(node.iri)[0]
        told = views(node, self._told, self._keys)
        return [(rank, node.iri, key, self.group.key, pack_nodes([view])) for key, view in told]

    def _said(self, edge: Edge) -> Row:
        """Give an edge from a shared node, to be put beside what other plans say about that node."""
        rank, _, subject = self.builder.place(edge.subject)
        o_rank, (document, start, nth), _ = self.builder.place(edge.object)
        relation = load_schema().relations[edge.relation].rank
        return rank, subject, relation, o_rank, document, start, nth, edge.object, self.group.key, pack_edges([edge])

    def _common(self) -> list[Row]:
        """Give the nodes of the named graphs that all plans share, by basis."""
        found: dict[Row, None] = {}
        for said in said_by(self.records):
            if not said.document:
                for iri in filter(None, (said.subject, said.object)):
                    found[said.basis, iri] = None
        return list(found)

    def _links(self) -> list[Row]:
        """Give what an overview asks for first: which plans lead to which nodes."""
        classes = {node.iri: node.cls for node, _ in self.records.entries()}
        leaving = (edge for node, edges in self.records.entries() if node.iri == self.group.plan for edge in edges)
        return [(edge.subject, edge.object) for edge in leaving if classes[edge.object] in LINKED]
