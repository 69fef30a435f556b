"""Put what was found, curated and inferred together into one networkx graph, and refuse what does not belong.

A node is one entity under one IRI however many documents name it; an edge is one relation between two nodes with all
the statements that say so. Nodes and edges come out in an order that depends on the content alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from graph.errors import GraphError
from graph.evidence import origin_of
from graph.iris import digest, document_iri, node_iri
from graph.model import Attributes, Document, Iri, Mention, Reading, Statement, Value
from graph.namespaces import BASE
from graph.schema import Schema, load_schema
from graph.vocabulary import Vocabulary, load_vocabulary

_TRANSLATION = {"own": Iri("yf:ownTranslation"), "official": Iri("yf:officialTranslation")}


Place = tuple[str, int, int]
"""Where a node is first named: the document's key, the offset, and which claim of that place it was (lists keep their order)."""


class GraphBuilder:
    """Builds the graph node by node and edge by edge; `finish` gives it."""

    def __init__(self, vocabulary: Vocabulary | None = None, base: str = BASE) -> None:
        self.vocabulary = vocabulary or load_vocabulary()
        self.schema: Schema = load_schema()
        self.base = base
        self._nodes: dict[str, dict[str, Any]] = {}
        self._alt: dict[str, set[tuple[str, str]]] = {}
        self._edges: dict[tuple[str, str, str], dict[str, Statement]] = {}
        # Look-ups that a corpus of many plans would otherwise pay for by scanning everything again and again.
        self._out: dict[tuple[str, str], list[str]] = {}
        self._by_class: dict[tuple[str, str], list[str]] = {}
        self._iris: dict[tuple[Mention, str], str] = {}
        self._order: dict[str, Place] = {}
        self.documents: dict[str, Document] = {}

    # nodes

    def iri(self, mention: Mention, plan: str = "") -> str:
        """Give the IRI of a mention: aliases resolved, and hung on its plan when its class belongs to one.

        Raises `GraphError` for a class that the ontology lacks or a plan-scoped mention without a plan.
        """
        known = self._iris.get((mention, plan))
        if known is not None:
            return known
        declared = self.schema.classes.get(mention.cls)
        if declared is None:
            raise GraphError(f"no class {mention.cls} in the ontology")
        label = self.vocabulary.canonical(mention.cls, mention.label)
        if not label:
            raise GraphError(f"a {mention.cls} without a label")
        scoped = declared.scope == "plan"
        if scoped and not plan:
            raise GraphError(f"{mention.cls} {label} belongs to no plan")
        if mention.cls == "Plan":
            # A plan is known by its document number wherever it has one; its title may be given with or without the years.
            iri = node_iri("Plan", mention.parent or label, base=self.base)
        else:
            iri = node_iri(mention.cls, label, mention.parent, plan if scoped else "", self.base)
        self._iris[mention, plan] = iri
        return iri

    def node(self, mention: Mention, plan: str = "", place: Place = ("", 0, 0)) -> str:
        """Make sure that the mentioned node exists and give its IRI; `place` is where it first stands.

        Raises `GraphError` when the IRI is taken by a node of another class or label.
        """
        iri = self.iri(mention, plan)
        label = self.vocabulary.canonical(mention.cls, mention.label)
        known = self._nodes.get(iri)
        if known is None:
            en, whose = self.vocabulary.english_label(mention.cls, label)
            self._nodes[iri] = known = {"cls": mention.cls, "zh": label, "en": en, "alt": (), "attrs": {}, "curated": ()}
            self._alt[iri] = set()
            scoped = bool(plan) and self.schema.classes[mention.cls].scope == "plan"
            self._by_class.setdefault((mention.cls, plan if scoped else ""), []).append(iri)
            if mention.cls == "Plan" and mention.parent:
                known["attrs"]["dcterms:identifier"] = mention.parent
            if en:
                known["attrs"]["yf:translation"] = _TRANSLATION[whose]
            entry = self.vocabulary.entry(mention.cls, label)
            if entry:
                self._alt[iri].update(("en", name) for name in entry.aliases_en)
                if entry.code:
                    known["attrs"]["skos:notation"] = entry.code
                if entry.match:
                    known["attrs"]["yf:industryCode"] = entry.match
            if scoped:
                known["plan"] = plan
            self._order[iri] = place
        elif mention.cls == "Plan" and known["zh"] != label:
            self._alt[iri].add(("zh", label))
        elif (known["cls"], known["zh"]) != (mention.cls, label):
            raise GraphError(f"{iri} is taken by {known['cls']} {known['zh']}, not {mention.cls} {label}")
        elif place < self._order[iri]:
            self._order[iri] = place
        if mention.label != label:
            self._alt[iri].add(("zh", mention.label))
        return iri

    def describe(self, iri: str, attrs: Attributes | None = None, alt: Iterable[str] = ()) -> None:
        """Add attributes and further Chinese names to a node; the first value given to an attribute stays.

        Raises `GraphError` when there is no such node.
        """
        node = self._nodes.get(iri)
        if node is None:
            raise GraphError(f"no node {iri} to describe")
        for curie, value in (attrs or {}).items():
            node["attrs"].setdefault(curie, value)
        self._alt[iri].update(("zh", name) for name in alt if name != node["zh"])

    def curate(self, iri: str, curie: str, value: Value, statement: Statement) -> None:
        """Add an attribute or a further name (`skos:altLabel`) that a person asserts, and keep the statement beside it.

        Raises `GraphError` when there is no such node.
        """
        if curie == "skos:altLabel":
            self.describe(iri, alt=(str(value),))
        else:
            self.describe(iri, {curie: value})
        self._nodes[iri]["curated"] += ((curie, value, statement),)

    def source_document(self, document: Document) -> str:
        """Add a source document's node and keep its text for the evidence."""
        label = document.metadata.get("title") or document.name
        iri = document_iri(document.key, self.base)
        attrs: dict[str, Value] = {
            "dcterms:identifier": document.key,
            "yf:textHash": digest(document.text, 64),
        }
        for name, curie in (("author", "dcterms:creator"), ("date", "dcterms:date"), ("format", "yf:format")):
            if document.metadata.get(name):
                attrs[curie] = document.metadata[name]
        if document.metadata.get("url"):
            attrs["dcterms:source"] = document.metadata["url"]
        en, whose = self.vocabulary.english_label("SourceDocument", label)
        if en:
            attrs["yf:translation"] = _TRANSLATION[whose]
        self._nodes[iri] = {"cls": "SourceDocument", "zh": label, "en": en, "alt": (), "attrs": attrs, "curated": ()}
        self._alt[iri] = set()
        self._by_class.setdefault(("SourceDocument", ""), []).append(iri)
        self._order[iri] = (document.key, 0, 0)
        self.documents[iri] = document
        return iri

    # edges

    def edge(self, subject: str, relation: str, object_: str, statement: Statement) -> None:
        """Add a statement of an edge.

        Raises `GraphError` for a dangling end, an unknown relation, a loop, or ends against the relation's domain and range.
        """
        for end in (subject, object_):
            if end not in self._nodes:
                raise GraphError(f"dangling edge: {relation} joins {end}, which is no node")
        if relation not in self.schema.relations:
            raise GraphError(f"no relation {relation} in the ontology")
        if subject == object_:
            raise GraphError(f"{relation} would join {subject} to itself")
        classes = self._nodes[subject]["cls"], self._nodes[object_]["cls"]
        if not self.schema.allows(classes[0], relation, classes[1]):
            raise GraphError(f"{relation} does not go from {classes[0]} to {classes[1]}")
        if not statement.rule or (statement.basis == "stated" and not statement.spans):
            raise GraphError(f"{relation} from {subject} says neither who nor where")
        edge = (subject, relation, object_)
        if edge not in self._edges:
            self._edges[edge] = {}
            self._out.setdefault((subject, relation), []).append(object_)
        self._edges[edge].setdefault(origin_of(statement), statement)

    def add_reading(self, reading: Reading) -> None:
        """Add all that was found in one document.

        Raises `GraphError` when a claim breaks the ontology: a fault of a recogniser, never of the text.
        """
        document = self.source_document(reading.document)
        key = reading.document.key
        plan = self.node(reading.plan, place=(key, 0, 0)) if reading.plan else ""

        def resolve(mention: Mention, place: Place) -> str:
            return document if mention.cls == "SourceDocument" else self.node(mention, plan, place)

        for rank, claim in enumerate(reading.claims):
            place = (key, claim.spans[0].start, rank)
            subject, object_ = resolve(claim.subject, place), resolve(claim.object, place)
            if subject != object_:
                statement = Statement("stated", claim.rule, document, claim.spans)
                self.edge(subject, claim.relation, object_, statement)
        for described in reading.described:
            iri = document if described.mention.cls == "SourceDocument" else self.iri(described.mention, plan)
            if iri in self._nodes:
                self.describe(iri, described.attrs, described.alt)

    # what inference and overlays look at

    def nodes_of(self, cls: str, plan: str = "") -> list[str]:
        """Give the nodes of a class (of one plan, where the class is scoped so), sorted by IRI."""
        scoped = self.schema.classes[cls].scope == "plan"
        return sorted(self._by_class.get((cls, plan if scoped else ""), ()))

    def plan_named(self, name: str) -> str:
        """Give the IRI of the plan with this number, title or other name; empty when the graph has none."""
        for iri in self.nodes_of("Plan"):
            node = self._nodes[iri]
            if name in (node["zh"], node["attrs"].get("dcterms:identifier")) or ("zh", name) in self._alt[iri]:
                return iri
        return ""

    def find(self, cls: str, name: str, plan: str = "") -> str:
        """Give the node of a class with this label or other name (in this plan, where the class belongs to one); or empty.

        Raises `GraphError` for an unknown class.
        """
        if cls not in self.schema.classes:
            raise GraphError(f"no class {cls} in the ontology")
        label = self.vocabulary.canonical(cls, name)
        for iri in self.nodes_of(cls, plan):
            if self._nodes[iri]["zh"] == label or ("zh", name) in self._alt[iri]:
                return iri
        return ""

    def label(self, iri: str) -> str:
        """Give a node's Chinese label."""
        return str(self._nodes[iri]["zh"])

    def objects(self, subject: str, relation: str) -> list[tuple[str, tuple[Statement, ...]]]:
        """Give the nodes that an edge of this relation leads to, with the statements of each edge."""
        found = self._out.get((subject, relation), ())
        return [(object_, tuple(self._edges[subject, relation, object_].values())) for object_ in found]

    def place(self, iri: str) -> tuple[int, Place, str]:
        """Give what orders a node among all: its class; what belongs to a plan then by where it is first named, the rest by IRI."""
        declared = self.schema.classes[self._nodes[iri]["cls"]]
        return declared.rank, self._order[iri] if declared.scope == "plan" else ("", 0, 0), iri

    def finish(self) -> nx.MultiDiGraph[str]:
        """Give the graph: nodes by class and place, edges by subject, relation and place, everything in a fixed order."""
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=self.base)
        graph.graph["documents"] = dict(sorted(self.documents.items()))

        for iri in sorted(self._nodes, key=self.place):
            data = self._nodes[iri]
            attrs = dict(sorted(data["attrs"].items()))
            graph.add_node(iri, **{**data, "attrs": attrs, "alt": tuple(sorted(self._alt[iri]))})
        ranks = {iri: rank for rank, iri in enumerate(graph)}
        relations = self.schema.relations
        for s, r, o in sorted(self._edges, key=lambda e: (ranks[e[0]], relations[e[1]].rank, ranks[e[2]])):
            statements = self._edges[s, r, o]
            graph.add_edge(s, o, key=r, statements=tuple(statements[origin] for origin in sorted(statements)))
        return graph
