"""Nodes, edges and evidence as read from a store: what cards, paths and pages are made of.

The records mirror what `yangfan.formats.rdf` writes (contract section 5); they are read by pattern and not by query, which keeps
`show` and `path` quick to start and the server's own pages out of the query workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from ..core.model import BASES
from ..core.namespaces import PREFIXES, YF
from ..core.schema import Schema, load_schema
from .store import DEFAULT, TYPE, base_of

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def named(curie: str) -> ox.NamedNode:
    """Give the resource that a CURIE with a declared prefix names."""
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


_PREF, _ALT, _LABEL = named("skos:prefLabel"), named("skos:altLabel"), named("rdfs:label")
_SUBJECT, _PREDICATE, _OBJECT = named("rdf:subject"), named("rdf:predicate"), named("rdf:object")
_BASIS, _RULE, _NOTE, _STATUS = named("yf:basis"), named("yf:rule"), named("yf:note"), named("yf:status")
_WORDING = named("yf:wording")
_CONFIDENCE = named("yf:confidence")
_QUOTED_FROM, _TOOL = named("prov:wasQuotedFrom"), named("prov:wasAttributedTo")
_DERIVED, _SOURCE, _CITATION = (
    named("prov:wasDerivedFrom"),
    named("dcterms:source"),
    named("dcterms:bibliographicCitation"),
)
_DATE, _HAS_SOURCE, _SELECTOR = named("dcterms:date"), named("oa:hasSource"), named("oa:hasSelector")
_EXACT, _PREFIX, _SUFFIX = named("oa:exact"), named("oa:prefix"), named("oa:suffix")
_START, _END, _IDENTIFIER = named("oa:start"), named("oa:end"), named("dcterms:identifier")
_ALIAS = named("yf:alias")
_RANK: dict[str, int] = {basis: rank for rank, basis in enumerate(BASES)}


@dataclass(frozen=True, slots=True)
class Node:
    """A node as a reader names it: its IRI, the local name of its class, and its labels ("" where there is none)."""

    iri: str
    cls: str
    zh: str
    en: str

    @property
    def label(self) -> str:
        """The label to show: Chinese, else English, else the IRI."""
        return self.zh or self.en or self.iri


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage: its document's IRI, key and title, its place in code points, its words and those around them.

    confidence is the recogniser's where the passage is of a scan, else empty.
    """

    iri: str
    document: str
    key: str
    title: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement: why an edge stands. The first quote is the sentence, the others the headings above it.

    derived_from holds the IRIs of the statements that an inference used; source, title, date and status belong to a
    curated one; of a proposed one source and title are the tool's. wording holds the words of a quote that say a body's role.
    """

    iri: str
    basis: str
    rule: str
    quotes: tuple[Quote, ...] = ()
    derived_from: tuple[str, ...] = ()
    source: str = ""
    title: str = ""
    date: str = ""
    status: str = ""
    note: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge with all the statements that say so."""

    subject: str
    relation: str
    object: str
    proofs: tuple[Proof, ...] = field(default=(), compare=False)


def _place(proof: Proof) -> tuple[int, str, int, str]:
    first = proof.quotes[0] if proof.quotes else None
    return _RANK.get(proof.basis, len(_RANK)), first.key if first else "", first.start if first else 0, proof.iri


class Nodes:
    """A store's nodes and edges; nothing is copied until it is asked for."""

    def __init__(self, store: ox.Store, schema: Schema | None = None) -> None:
        self.store = store
        self._schema = schema

    @cached_property
    def schema(self) -> Schema:
        """The ontology, read when it is first asked for: printing rows does without it."""
        return self._schema or load_schema()

    @cached_property
    def _entailed(self) -> set[str]:
        """The IRIs of the properties by which `entailed.ttl` joins nodes and no edge does: relations read backwards."""
        return {YF + relation.inverse for relation in self.schema.relations.values()}

    @cached_property
    def base(self) -> str:
        """The base of the entities' IRIs."""
        return base_of(self.store)

    def _values(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[Term]:
        return (quad.object for quad in self.store.quads_for_pattern(subject, predicate, None, DEFAULT))

    def _text(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
        return next((term.value for term in self._values(subject, predicate) if not isinstance(term, ox.Triple)), "")

    def _iris(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[str]:
        return sorted(term.value for term in self._values(subject, predicate) if isinstance(term, ox.NamedNode))

    def class_of(self, iri: str) -> str:
        """Give the local name of a node's own class, the most special one; empty for what is no node."""
        names = {name.removeprefix(YF) for name in self._iris(ox.NamedNode(iri), TYPE) if name.startswith(YF)}
        known = sorted(names & self.schema.classes.keys())
        return next((name for name in known if not any(self.schema.is_a(o, name) for o in known if o != name)), "")

    def node(self, iri: str) -> Node | None:
        """Give a node by its IRI, or none where the store has no labels for it."""
        subject = ox.NamedNode(iri)
        labels = {"zh": "", "en": ""}
        for predicate in (_LABEL, _PREF):
            for term in self._values(subject, predicate):
                if isinstance(term, ox.Literal):
                    labels[term.language or "zh"] = term.value
        if not any(labels.values()):
            return None
        return Node(iri, self.class_of(iri), labels["zh"], labels["en"])

    def named(self, iri: str) -> Node:
        """Give a node by its IRI; what the store does not describe goes by its IRI."""
        return self.node(iri) or Node(iri, "", "", "")

    def plan_of(self, iri: str) -> str:
        """Give the IRI of the plan that a node belongs to, itself for a plan; empty for what plans share.

        What belongs to a plan has the plan's IRI before its own name (contract, section 2).
        """
        head = f"{self.base}plan/"
        return head + iri.removeprefix(head).partition("/")[0] if iri.startswith(head) else ""

    @cached_property
    def plans(self) -> list[str]:
        """The IRIs of all plans, sorted."""
        quads = self.store.quads_for_pattern(None, TYPE, named("yf:Plan"), DEFAULT)
        return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))

    def alternatives(self, iri: str) -> list[tuple[str, str]]:
        """Give a node's other names as (language, text), sorted."""
        found = self._values(ox.NamedNode(iri), _ALT)
        return sorted((term.language or "", term.value) for term in found if isinstance(term, ox.Literal))

    def attributes(self, iri: str) -> list[tuple[str, tuple[Term, ...]]]:
        """Give what a node carries besides labels, classes and edges: (property IRI, values), sorted by property."""
        found: dict[str, list[Term]] = {}
        for quad in self.store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT):
            predicate = quad.predicate
            if predicate in (TYPE, _PREF, _ALT, _LABEL):
                continue
            if predicate.value in self._entailed:
                continue
            relation = predicate.value.startswith(YF) and predicate.value.removeprefix(YF) in self.schema.relations
            # yf:translation, too, is an object property; but it leads to no node of the graph.
            if not (relation and isinstance(quad.object, ox.NamedNode) and self.node(quad.object.value)):
                found.setdefault(predicate.value, []).append(quad.object)
        same = named("skos:exactMatch")
        # A concept is as much the same seen from its other role, which alone is written down (SKOS Reference, S44: symmetric).
        for quad in self.store.quads_for_pattern(None, same, ox.NamedNode(iri), DEFAULT):
            if quad.subject not in found.get(same.value, ()):
                found.setdefault(same.value, []).append(quad.subject)
        return [(name, tuple(sorted(found[name], key=str))) for name in sorted(found)]

    def all(self) -> Iterator[str]:
        """Give the IRIs of all labelled resources that belong to a class of the ontology."""
        seen: set[str] = set()
        for quad in self.store.quads_for_pattern(None, _PREF, None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value not in seen:
                seen.add(quad.subject.value)
                yield quad.subject.value

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Give every name as (IRI, text, kind): kind is `label`, `alias` or `identifier`, labels first."""
        kinds = ((_PREF, "label"), (_ALT, "alias"), (_ALIAS, "alias"), (_IDENTIFIER, "identifier"))
        for predicate, kind in kinds:
            for quad in self.store.quads_for_pattern(None, predicate, None, DEFAULT):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                    yield quad.subject.value, quad.object.value, kind

    # evidence

    def _quote(self, passage: str) -> Quote:
        subject = ox.NamedNode(passage)
        found: dict[ox.NamedNode, str] = {}
        for selector in self._iris(subject, _SELECTOR):
            for quad in self.store.quads_for_pattern(ox.NamedNode(selector), None, None, DEFAULT):
                if isinstance(quad.object, ox.Literal):
                    found[quad.predicate] = quad.object.value
        document = next(iter(self._iris(subject, _HAS_SOURCE)), "")
        source = ox.NamedNode(document) if document else subject
        return Quote(
            passage, document, self._text(source, _IDENTIFIER), self.named(document).label if document else "",
            int(found.get(_START, 0)), int(found.get(_END, 0)),
            found.get(_EXACT, ""), found.get(_PREFIX, ""), found.get(_SUFFIX, ""), self._text(subject, _CONFIDENCE),
        )  # fmt: skip

    def proof(self, statement: str) -> Proof:
        """Give a statement with its quotes, the sentence first."""
        subject = ox.NamedNode(statement)
        derived = [*self._iris(subject, _DERIVED), *self._iris(subject, _QUOTED_FROM)]
        passages = [iri for iri in derived if next(iter(self._iris(ox.NamedNode(iri), _HAS_SOURCE)), "")]
        # Headings stand above the sentence that they complete: the passage furthest down is the sentence.
        quotes = sorted(map(self._quote, passages), key=lambda quote: (-quote.start, quote.end))
        return Proof(
            statement,
            self._text(subject, _BASIS).removeprefix(YF),
            self._text(subject, _RULE),
            tuple(quotes),
            tuple(iri for iri in derived if iri not in passages),
            self._text(subject, _SOURCE) or self._text(subject, _TOOL),
            self._text(subject, _CITATION),
            self._text(subject, _DATE),
            self._text(subject, _STATUS),
            self._text(subject, _NOTE),
            self._text(subject, _WORDING),
        )

    def edge_of(self, statement: str) -> Edge | None:
        """Give the edge that a statement is about, without its proofs."""
        about = self.said(statement)
        if about is None or about[1].removeprefix(YF) not in self.schema.relations:
            return None
        return Edge(about[0], about[1].removeprefix(YF), about[2].value) if isinstance(about[2], ox.NamedNode) else None

    def said(self, statement: str) -> tuple[str, str, ox.NamedNode | ox.Literal] | None:
        """Give what a statement says: subject, property and value; none for what is no statement."""
        subject = ox.NamedNode(statement)
        about = (self._text(subject, _SUBJECT), self._text(subject, _PREDICATE))
        value = next(self._values(subject, _OBJECT), None)
        return (*about, value) if all(about) and isinstance(value, (ox.NamedNode, ox.Literal)) else None

    def curated(self, iri: str) -> list[tuple[str, str, Proof]]:
        """Give a node's curated attributes and names with who says so: (property IRI, value, proof)."""
        found = []
        for statement in self._about(_SUBJECT, iri):
            about = self.said(statement)
            if about and self.edge_of(statement) is None:
                found.append((about[1], about[2].value, self.proof(statement)))
        return sorted(found, key=lambda entry: entry[:2])

    @cached_property
    def _proposals(self) -> frozenset[str]:
        """The statements that another tool's proposals are: there are none in most graphs."""
        quads = self.store.quads_for_pattern(None, _BASIS, named("yf:proposed"), DEFAULT)
        return frozenset(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))

    def _edges(self, statements: Iterable[str], proofs: bool, *, proposed: bool = False) -> list[Edge]:
        """Give the edges that the graph asserts, or those that are only proposed."""
        found: dict[Edge, list[str]] = {}
        for statement in statements:
            edge = self.edge_of(statement)
            if edge:
                found.setdefault(edge, []).append(statement)
        edges = [
            Edge(edge.subject, edge.relation, edge.object, self.proofs(said) if proofs else ())
            for edge, said in found.items()
            if self._proposals.issuperset(said) is proposed
        ]
        return sorted(edges, key=self._order)

    def _order(self, edge: Edge) -> tuple[int, str, str]:
        relation = self.schema.relations.get(edge.relation)
        return (relation.rank if relation else len(self.schema.relations), edge.subject, edge.object)

    def proofs(self, statements: Iterable[str]) -> tuple[Proof, ...]:
        """Give statements as proofs: stated before inferred before curated before proposed, in the order of the text."""
        return tuple(sorted(map(self.proof, statements), key=_place))

    def _about(self, predicate: ox.NamedNode, iri: str) -> list[str]:
        quads = self.store.quads_for_pattern(None, predicate, ox.NamedNode(iri), DEFAULT)
        return [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)]

    def proposed(self, iri: str) -> list[Edge]:
        """Give the edges at a node that other tools propose and the graph does not assert, those that leave it first."""
        out, into = self._about(_SUBJECT, iri), self._about(_OBJECT, iri)
        return [*self._edges(out, True, proposed=True), *self._edges(into, True, proposed=True)] if self._proposals else []

    def edges_out(self, iri: str, *, proofs: bool = True) -> list[Edge]:
        """Give the edges that leave a node, by relation in the ontology's order."""
        return self._edges(self._about(_SUBJECT, iri), proofs)

    def edges_in(self, iri: str, *, proofs: bool = True) -> list[Edge]:
        """Give the edges that arrive at a node, by relation in the ontology's order."""
        return self._edges(self._about(_OBJECT, iri), proofs)

    def edge(self, subject: str, relation: str, object_: str) -> Edge:
        """Give one edge with its proofs."""
        here = set(self._about(_OBJECT, object_))
        said = [iri for iri in self._about(_SUBJECT, subject) if iri in here]
        said = [iri for iri in said if self._text(ox.NamedNode(iri), _PREDICATE) == YF + relation]
        return Edge(subject, relation, object_, self.proofs(said))

    def all_edges(self) -> list[Edge]:
        """Give every edge that the graph asserts once, without proofs, in a fixed order."""
        ends: dict[str, list[str]] = {}
        for place, predicate in enumerate((_SUBJECT, _PREDICATE, _OBJECT)):
            for quad in self.store.quads_for_pattern(None, predicate, None, DEFAULT):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                    ends.setdefault(quad.subject.value, ["", "", ""])[place] = quad.object.value
        told = ((iri, *edge) for iri, edge in ends.items() if all(edge) and iri not in self._proposals)
        edges = {Edge(s, p.removeprefix(YF), o) for _, s, p, o in told}
        return sorted(edges, key=self._order)
