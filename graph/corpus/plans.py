"""One plan with its documents: assembled, checked, and given to the store as records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

from ..assembly.builder import GraphBuilder
from ..assembly.citations import Plans
from ..assembly.inference import infer
from ..assembly.overlay import Overlay
from ..assembly.records import GraphRecords, said_by
from ..core.errors import OutputError, reason_of
from ..core.model import Edge, Entry, Mention, Node, Reading
from ..core.namespaces import BASE
from ..core.schema import load_schema
from ..quality.check import check_records
from ..quality.findings import Finding
from ..quality.shapes import check_shapes
from .encoding import dumps, loads, pack_document, pack_edge, pack_entries, pack_nodes, pack_passages
from .groups import Group
from .read import Folders, kept_reading
from .store import Row, Rows, merge, squeezed

LINKED = frozenset(("Plan", "Industry", "Organization", "CitedDocument"))
"""Classes whose nodes an overview shows with the plans that lead to them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every group needs to know of the corpus: its plans with their days, those that are cited besides, where readings are kept."""

    plans: list[tuple[Mention, date | None]]
    others: list[Mention]
    folders: Folders
    base: str = BASE

    def pack(self) -> bytes:
        """Write the setting, for other processes to read."""
        plans = [[plan, day and day.isoformat()] for plan, day in self.plans]
        return dumps([plans, self.others, str(self.folders.cache), str(self.folders.spare), self.base])

    @classmethod
    def unpack(cls, data: bytes) -> Setting:
        """Read a setting back."""
        plans, others, kept, spare, base = loads(data)
        known = [(Mention(*plan), day and date.fromisoformat(day)) for plan, day in plans]
        return cls(known, [Mention(*other) for other in others], Folders(Path(kept), Path(spare)), base)


@dataclass(slots=True)
class Tally:
    """What must be known of a whole graph before it is written."""

    classes: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    passages: int = 0

    def add(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        self.classes.update(other.classes)
        self.statements += other.statements
        self.passages += other.passages


@dataclass(slots=True)
class Taken:
    """What some groups came to: rows for the store, counts, the groups that were set aside with the reason, how many documents they were."""

    rows: Rows = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    aside: dict[int, list[Finding]] = field(default_factory=dict)
    documents: int = 0


class Workshop:
    """Takes groups apart; one a process."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.cache = setting.folders.open()
        self.plans = Plans(setting.plans, setting.others)
        self.schema = load_schema()
        # Of these classes a node belongs to all plans that name it; a plan and a document belong to their own group.
        self.shared = {name for name, c in self.schema.classes.items() if c.scope != "plan"} - {"Plan", "SourceDocument"}

    def readings(self, group: Group) -> list[Reading]:
        """Give a group's readings, citations resolved.

        Raises `ReadError` when a document changed or went away since it was read.
        """
        read = (kept_reading(path, kept, self.cache) for path, kept in group.documents)
        return [self.plans.lead(reading) for reading in read]

    def take(self, groups: list[tuple[int, Group]]) -> Taken:
        """Assemble and check some groups, each with its number, and take them apart; one in which anything is wrong is set aside."""
        taken = Taken()
        for number, group in groups:
            taken.documents += len(group.documents)
            try:
                rows, tally, findings = self._taken(number, group)
            except OutputError:
                raise
            except Exception as error:
                # The boundary of one plan: the rest of the folder is built whatever happens here.
                findings = [Finding("document", reason_of(error))]
            if findings:
                taken.aside[number] = findings
            else:
                merge(taken.rows, rows)
                taken.tally.add(tally)
        return taken

    def _taken(self, number: int, group: Group) -> tuple[Rows, Tally, list[Finding]]:
        builder = self._assembled(group, self.readings(group))
        graph = builder.finish()
        records = GraphRecords(graph)
        findings = [*check_records(records), *check_shapes(records)]
        if findings:
            return {}, Tally(), findings
        shelf = _Shelf(self, builder, group, number, records, graph.graph["told"])
        return shelf.rows(), self._counted(group, records), []

    def _assembled(self, group: Group, readings: list[Reading]) -> GraphBuilder:
        builder = GraphBuilder(base=self.setting.base)
        for reading in readings:
            builder.add_reading(reading)
        if group.names:
            builder.describe(group.plan, alt=group.names)
        for path in group.overlays:
            Overlay(path).apply(builder, group.plan)
        infer(builder)
        return builder

    def owned(self, node: Node, group: Group) -> bool:
        """Tell whether a node belongs to this group and to no other."""
        return node.cls not in self.shared and (node.cls != "Plan" or node.iri == group.plan)

    def _counted(self, group: Group, records: GraphRecords) -> Tally:
        """Count what is this group's alone; what is shared is counted when it is put together."""
        tally = Tally(passages=records.quotes)
        for node, edges in records.entries():
            tally.statements += len(node.curated)
            if self.owned(node, group):
                tally.classes[node.cls] += 1
                tally.statements += sum(len(edge.statements) for edge in edges)
        return tally


class _Shelf:
    """Puts the records of one group where they stand in the whole graph."""

    def __init__(
        self, workshop: Workshop, builder: GraphBuilder, group: Group, number: int, records: GraphRecords, told: dict[str, dict[str, Node]]
    ) -> None:
        self.workshop, self.builder, self.group, self.number, self.records = workshop, builder, group, number, records
        self._told = told

    def rows(self) -> Rows:
        """Give the group's rows by table."""
        rows: Rows = {"entry": [], "known": [], "said": []}
        own = [entry for entry in self.records.entries() if self.workshop.owned(entry.node, self.group)]
        for key, entries in groupby(own, key=self._key):
            rows["entry"].append((*key, self.number, squeezed(pack_entries(entries))))
        for entry in self.records.entries():
            if not self.workshop.owned(entry.node, self.group):
                rows["known"] += self._known(entry)
                rows["said"] += map(self._said, entry.edges)
        keys = {iri: document.key for iri, document in self.builder.documents.items()}
        rows["told"] = [(keys[iri], self.number, squeezed(pack_nodes(nodes.values()))) for iri, nodes in self._told.items()]
        quoted = groupby(self.records.passages(), key=lambda passage: passage.key)
        rows["passage"] = [(key, squeezed(pack_passages(list(passages)))) for key, passages in quoted]
        rows["source"] = [(document.key, squeezed(pack_document(document, noted))) for document, noted in self.records.documents()]
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
        views = [(iri, nodes[node.iri]) for iri, nodes in self._told.items() if node.iri in nodes]
        rows: list[Row] = [
            (rank, node.iri, self.builder.documents[iri].key, squeezed(pack_nodes([view]))) for iri, view in sorted(views)
        ]
        if not views or any((view.alt, view.attrs) != (node.alt, node.attrs) for _, view in views) or node.curated:
            # After every document's key: what people and rules add gives way to what texts say.
            rows.append((rank, node.iri, "\U0010ffff", squeezed(pack_nodes([node]))))
        return rows

    def _said(self, edge: Edge) -> Row:
        """Give an edge from a shared node, to be put beside what other plans say about that node."""
        rank, _, subject = self.builder.place(edge.subject)
        o_rank, (document, start, nth), _ = self.builder.place(edge.object)
        relation = self.workshop.schema.relations[edge.relation].rank
        return rank, subject, relation, o_rank, document, start, nth, edge.object, self.number, squeezed(pack_edge(edge))

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
