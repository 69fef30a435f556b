"""One plan with its documents: assembled, checked, and taken apart into the pieces of every export."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..assembly.builder import GraphBuilder
from ..assembly.citations import Plans
from ..assembly.coverage import coverage
from ..assembly.evidence import Evidence, all_evidence, curated_of, documents_of, evidence_of, origin_of
from ..assembly.inference import infer
from ..assembly.overlay import Overlay
from ..core.model import Reading
from ..core.namespaces import BASE
from ..core.schema import load_schema
from ..formats.rdf import Block, named_parts, node_block, passage_blocks, quoted, statement_block
from ..formats.report import declarations, document_row
from ..formats.tables import edge_data
from ..formats.turtle import head
from ..quality.check import check_evidence, check_shapes
from .cache import Cache
from .groups import Group
from .read import kept_reading
from .store import Key, Said, pack, squeezed
from .tally import Taken
from .writers import SEPARATORS, Scribe

if TYPE_CHECKING:
    import networkx as nx

LINKED = frozenset(("Plan", "Industry", "Organization", "CitedDocument"))
"""Classes whose nodes an overview shows with the plans that lead to them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every group needs to know of the corpus: its plans, the prefixes of its files, and where things stand."""

    plans: Plans
    own: frozenset[str]
    """The IRIs of the plans that have a group; other plans are only cited, and shared like works."""
    prefixes: dict[str, str]
    cache: Path
    staging: Path
    base: str = BASE


class Workshop:
    """Takes groups apart; one a process."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.cache = Cache(setting.cache)
        self.schema = load_schema()
        # Of these classes a node belongs to all plans that name it; a plan and a document belong to their own group.
        self.shared = {name for name, c in self.schema.classes.items() if c.scope != "plan"} - {"Plan", "SourceDocument"}

    def readings(self, group: Group) -> list[Reading]:
        """Give a group's readings, citations resolved.

        Raises `ReadError` when a document changed or went away since it was read.
        """
        read = (kept_reading(path, kept, self.cache) for path, kept in group.documents)
        return [self.setting.plans.lead(reading) for reading in read]

    def take(self, groups: list[Group]) -> Taken:
        """Take some groups apart, write their texts, and check them."""
        taken = Taken()
        scribe = Scribe(self.setting.prefixes)
        for group in groups:
            readings = self.readings(group)
            builder = self._assembled(group, readings)
            sheet = _Sheet(self, builder, group, scribe, taken)
            sheet.write(readings)
            for reading in readings:
                text = self.setting.staging / "texts" / f"{reading.document.key}.txt"
                text.write_bytes(reading.document.text.encode("utf-8"))
            above = head("", set(self.setting.prefixes), self.setting.prefixes)
            nodes, evidence = ((above + "\n".join(part)).encode("utf-8") for part in (sheet.nodes, sheet.evidence))
            taken.findings += check_evidence(nodes, evidence, self.setting.staging)
            taken.findings += check_shapes(nodes, evidence)
            taken.documents += len(readings)
        taken.used = scribe.used()
        return taken

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


class _Sheet:
    """The pieces of one group while they are written."""

    def __init__(self, workshop: Workshop, builder: GraphBuilder, group: Group, scribe: Scribe, taken: Taken) -> None:
        self.workshop, self.builder, self.group, self.scribe, self.taken = workshop, builder, group, scribe, taken
        self.graph: nx.MultiDiGraph[str] = builder.finish()
        self.nodes: list[str] = []
        self.evidence: list[str] = []
        self._records = {edge: list(evidence_of(self.graph, edge[0], edge[2], edge[1])) for edge in self.graph.edges(keys=True)}
        self._curated = [record for node in self.graph for record in curated_of(self.graph, node)]
        self._written: dict[str, list[str]] = {}
        """The Turtle of statements and of passages (with their selectors) by IRI."""
        self._texts: dict[tuple[str, Key], list[str]] = {}

    def key(self, iri: str) -> Key:
        """Give where a node's pieces stand: in its class by the document that names it first, or by IRI."""
        rank, place, _ = self.builder.place(iri)
        return (rank, place[0], "") if place[0] else (rank, "", iri)

    def put(self, stream: str, key: Key, text: str) -> None:
        """Add a piece of a stream."""
        self._texts.setdefault((stream, key), []).append(text)

    def write(self, readings: list[Reading]) -> None:
        """Write everything of the group."""
        for node, data in self.graph.nodes(data=True):
            self._node(node, data)
        for (subject, object_, relation), records in self._records.items():
            self._edge(subject, relation, object_, records)
        for record in self._curated:
            self._statement(record, "curated", self.key(record.subject))
        self._passages()
        self._named_graphs(readings)
        self._report()
        rows = self._texts.items()
        self.taken.pieces += (squeezed(stream, key, SEPARATORS.get(stream, "").join(texts)) for (stream, key), texts in rows)

    def _own(self, node: str, data: dict[str, Any]) -> bool:
        return data["cls"] not in self.workshop.shared and (data["cls"] != "Plan" or node == self.group.plan)

    def _node(self, node: str, data: dict[str, Any]) -> None:
        block = node_block(self.graph, node)
        if not self._own(node, data):
            self.nodes.append(self.scribe.block("turtle", block))
            if node not in self.workshop.setting.own:
                self.taken.nodes.append((self.builder.place(node)[0], node, pack(data)))
            return
        written = self.scribe.node(node, data, block)
        self.nodes.append(written["turtle"])
        key = self.key(node)
        for stream, text in written.items():
            self.put(stream, key, text)
        self.taken.tally.classes[data["cls"]] += 1
        self.taken.tally.untranslated += not data["en"]
        if data["cls"] == "Plan":
            self.taken.links.append((node, "", "", "", pack(data)))

    def _edge(self, subject: str, relation: str, object_: str, records: list[Evidence]) -> None:
        graph = self.graph
        ends = graph.nodes[subject], graph.nodes[object_]
        labels = ends[0]["zh"], ends[1]["zh"]
        if not self._own(subject, ends[0]):
            for record in records:
                self._said(record, labels, object_)
            return
        data = edge_data(relation, records)
        key = self.key(subject)
        for stream, text in self.scribe.edge(subject, object_, labels, data).items():
            self.put(stream, key, text)
        for record in records:
            self._statement(record, "statements", key)
        self.taken.tally.relations[relation, data["basis"]] += 1
        if subject == self.group.plan and ends[1]["cls"] in LINKED:
            first = next(r.statement for r in records if r.statement.basis == data["basis"])
            self.taken.links.append((subject, relation, object_, ends[1]["cls"], pack((ends[1], first))))
        elif relation == "describes":
            self.taken.links.append((object_, relation, subject, ends[0]["cls"], pack((ends[0], records[0].statement))))

    def _write(self, iri: str, *blocks: Block) -> str:
        """Write what stands under an IRI in `evidence.ttl`."""
        texts = self._written[iri] = [self.scribe.block("evidence", block) for block in blocks]
        self.evidence += texts
        return "\n".join(texts)

    def _statement(self, record: Evidence, stream: str, key: Key) -> None:
        block = statement_block(record)
        self.put(stream, key, self._write(record.iri, block))
        self.put(f"{stream}.jsonld", key, self.scribe.json(block))
        self.taken.tally.statements += 1

    def _said(self, record: Evidence, labels: tuple[str, str], object_: str) -> None:
        """Keep a statement about an edge from a shared node, to be put beside what other plans say about that node."""
        block = statement_block(record)
        text = self._write(record.iri, block)
        rank, _, subject = self.builder.place(record.subject)
        o_rank, (document, start, nth), _ = self.builder.place(object_)
        told = {
            "statement": text,
            "jsonld": self.scribe.json(block),
            "edge": edge_data(record.relation, [record]),
            "labels": labels,
        }
        relation = self.workshop.schema.relations[record.relation].rank
        said = Said(rank, subject, relation, (o_rank, document, start, nth, object_), origin_of(record.statement), told)
        self.taken.said.append(said.row())

    def _all_evidence(self) -> list[Evidence]:
        return [*chain.from_iterable(self._records.values()), *self._curated]

    def _passages(self) -> None:
        passages = quoted(self._all_evidence())
        for passage in passages:
            key = (0, passage.key, "")
            blocks = passage_blocks(passage)
            self.put("passages", key, self._write(passage.iri, *blocks))
            for block in blocks:
                self.put("passages.jsonld", key, self.scribe.json(block))
        self.taken.tally.passages += len(passages)

    def _named_graphs(self, readings: list[Reading]) -> None:
        """Write a named graph a document, with what that document alone says, and the group's part of the common ones."""
        alone = len(readings) == 1 and not self.group.names
        for name, nodes, records in named_parts(self.graph, self._all_evidence()):
            if alone or not any(name.endswith(f"graph/{reading.document.key}") for reading in readings):
                self._named(name, nodes, records)
        if alone:
            return
        for reading in readings:
            builder = GraphBuilder(base=self.workshop.setting.base)
            builder.add_reading(reading)
            graph = builder.finish()
            for node, data in graph.nodes(data=True):
                # The name is the corpus', and what a person added belongs to the node; all else is what this document says of it.
                known = self.graph.nodes[node]
                curated = {curie: value for curie, value, _ in known["curated"]}
                data["zh"], data["en"] = known["zh"], known["en"]
                data["alt"] = tuple(sorted({*data["alt"], *(("zh", v) for c, v in curated.items() if c == "skos:altLabel")}))
                attrs = {**{c: v for c, v in curated.items() if c != "skos:altLabel"}, **data["attrs"]}
                data["attrs"] = dict(sorted(attrs.items()))
            for name, nodes, records in named_parts(graph, all_evidence(graph)):
                self._named(name, nodes, records)

    def _named(self, name: str, nodes: list[Block], records: list[Evidence]) -> None:
        """Write a named graph; what a document says, it says there in the very words of the common graph."""
        key = (0, "", name)
        for block in nodes:
            self.put("trig", key, self.scribe.block("trig", block))
        for iri in (*(record.iri for record in records), *(passage.iri for passage in quoted(records))):
            for text in self._written[iri]:
                self.put("trig", key, self.scribe.said(text))

    def _report(self) -> None:
        covered = coverage(self.graph)
        for iri, document in documents_of(self.graph).items():
            row = document_row(document, covered[document.key])
            self.put("documents", self.key(iri), json.dumps(row, ensure_ascii=False, indent=2))
        tally = self.taken.tally
        declared = [node for node, data in self.graph.nodes(data=True) if data["cls"] == "Declaration"]
        for node, row in zip(declared, declarations(self.graph), strict=True):
            self.put("declarations", self.key(node), json.dumps(row, ensure_ascii=False, indent=2))
            tally.declared += 1
            tally.holding += bool(row["holds"])
