"""Put what was found, curated and inferred together into one networkx graph, and refuse what does not belong.

A node is one entity under one IRI however many documents name it; an edge is one relation between two nodes with all
the statements that say so. Nodes and edges come out in an order that depends on the content alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..core.errors import GraphError
from ..core.iris import document_iri, node_iri, plan_iri, rule_iri
from ..core.model import (
    PROPOSED,
    Account,
    Attributes,
    Document,
    Mention,
    Node,
    Passage,
    Premise,
    Proposal,
    Reading,
    Source,
    Span,
    Statement,
    Value,
)
from ..core.namespaces import BASE
from ..core.schema import Schema, load_schema
from ..core.vocabulary import Vocabulary, load_vocabulary
from .evidence import origin_of, passage_of, statement_of
from .known import TRANSLATION, Names, known_of, known_of_document
from .told import Place, Telling, Told, tellings

if TYPE_CHECKING:
    import networkx as nx


class GraphBuilder:
    """Builds the graph node by node and edge by edge; `finish` gives it."""

    def __init__(self, vocabulary: Vocabulary | None = None, base: str = BASE) -> None:
        self.vocabulary = vocabulary or load_vocabulary()
        self.schema: Schema = load_schema()
        self.base = base
        self._nodes: dict[str, dict[str, Any]] = {}
        self._alt: dict[str, Names] = {}
        self._edges: dict[tuple[str, str, str], dict[str, Statement]] = {}
        self._passages: dict[str, dict[Span, Passage]] = {}
        self._readings: dict[str, Reading] = {}
        self._restated: dict[str, dict[str, Any]] = {}
        """Attributes that were replaced, by node."""
        self._alone: dict[str, None] = {}
        """The nodes that the only document tells of; none where there are several documents."""
        self._before: dict[str, Telling] = {}
        """What it tells of those that others have changed since."""
        # Look-ups that a corpus of many plans would otherwise pay for by scanning everything again and again.
        self._out: dict[tuple[str, str], list[str]] = {}
        self._by_class: dict[tuple[str, str], list[str]] = {}
        self._order: dict[str, Place] = {}
        self.documents: dict[str, Document] = {}
        self.ledgers: dict[str, tuple[Account, ...]] = {}

    # nodes

    def iri(self, mention: Mention, plan: str = "") -> str:
        """Give the IRI of a mention: aliases resolved, and hung on its plan when its class belongs to one.

        Raises `GraphError` for a class that the ontology lacks or a plan-scoped mention without a plan.
        """
        return self._iri(mention, self.vocabulary.canonical(mention.cls, mention.label), plan)

    def _iri(self, mention: Mention, label: str, plan: str) -> str:
        cls = mention.cls
        declared = self.schema.classes.get(cls)
        if declared is None:
            raise GraphError(f"no class {cls} in the ontology")
        if not label:
            raise GraphError(f"a {cls} without a label")
        if declared.scope == "plan":
            if not plan:
                raise GraphError(f"{cls} {label} belongs to no plan")
            return node_iri(cls, label, mention.apart, plan, self.base)
        if cls == "Plan":
            return plan_iri(mention, label, self.base)
        return node_iri(cls, label, mention.apart, base=self.base)

    def node(self, mention: Mention, plan: str = "", place: Place = ("", 0, 0)) -> str:
        """Make sure that the mentioned node exists and give its IRI; `place` is where it first stands.

        Raises `GraphError` when the IRI is taken by a node of another class or label.
        """
        cls, name = mention.cls, mention.label
        label = self.vocabulary.canonical(cls, name)
        iri = self._iri(mention, label, plan)
        known = self._nodes.get(iri)
        if known is None:
            en, attrs, names = known_of(self.vocabulary, mention, label, self.base)
            scoped = bool(plan) and self.schema.classes[cls].scope == "plan"
            self._nodes[iri] = known = {"cls": cls, "zh": label, "en": en, "alt": (), "attrs": attrs, "curated": ()}
            self._alt[iri] = names
            self._by_class.setdefault((cls, plan if scoped else ""), []).append(iri)
            if scoped:
                known["plan"] = plan
            self._order[iri] = place
        elif known["cls"] != cls or (known["zh"] != label and cls != "Plan"):
            raise GraphError(f"{iri} is taken by {known['cls']} {known['zh']}, not {cls} {label}")
        else:
            self._keep(iri)
            if place < self._order[iri]:
                self._order[iri] = place
        # A plan is known by its number; its title may be given with or without the years.
        alt = self._alt[iri]
        alt.add(("zh", label))
        if name != label:
            alt.add(("zh", name))
        return iri

    def describe(self, iri: str, attrs: Attributes | None = None, alt: Iterable[str] = ()) -> None:
        """Add attributes and further Chinese names to a node; the first value given to an attribute stays.

        Raises `GraphError` when there is no such node.
        """
        node = self._nodes.get(iri)
        if node is None:
            raise GraphError(f"no node {iri} to describe")
        self._keep(iri)
        for curie, value in (attrs or {}).items():
            node["attrs"].setdefault(curie, value)
        self._alt[iri].update([("zh", name) for name in alt])

    def curate(self, iri: str, curie: str, value: Value, rule: str, source: Source, note: str = "") -> None:
        """Add an attribute or a further name (`skos:altLabel`) that a person asserts, and keep the statement beside it.

        Raises `GraphError` when there is no such node.
        """
        if curie == "skos:altLabel":
            self.describe(iri, alt=(str(value),))
        else:
            self.describe(iri, {curie: value})
        said = statement_of((iri, curie, ""), "curated", rule, source=source, note=note, value=value, base=self.base)
        self._nodes[iri]["curated"] += (said,)

    def source_document(self, document: Document) -> str:
        """Add a source document's node and keep its text for the evidence."""
        iri = document_iri(document.key, self.base)
        label, en, attrs = known_of_document(self.vocabulary, document)
        self._nodes[iri] = {"cls": "SourceDocument", "zh": label, "en": en, "alt": (), "attrs": attrs, "curated": ()}
        self._alt[iri] = set()
        self._by_class.setdefault(("SourceDocument", ""), []).append(iri)
        self._order[iri] = (document.key, 0, 0)
        self.documents[iri] = document
        return iri

    # edges

    def state(
        self, subject: str, relation: str, object_: str, rule: str, document: str, spans: Iterable[Span], wording: str = ""
    ) -> None:
        """Add an edge that spans of a document (its IRI) say, and the words by which they do.

        Raises `GraphError` when no span says it, and for an edge that cannot stand (see `_edge`).
        """
        passages, quoted = [], self._passages.setdefault(document, {})
        for span in spans:
            known = quoted.get(span)
            if known is None:
                known = quoted[span] = passage_of(self.documents[document], span, self.base)
            passages.append(known)
        if not passages:
            raise GraphError(f"{relation} from {subject} says not where")
        edge = (subject, relation, object_)
        self._edge(edge, statement_of(edge, "stated", rule, tuple(passages), wording=wording, base=self.base))

    def conclude(self, subject: str, relation: str, object_: str, rule: str, *used: tuple[str, str, str]) -> None:
        """Add an edge that follows by a rule from others; it rests on the first statement of each.

        Raises `GraphError` when an edge that is used is not there, and for an edge that cannot stand (see `_edge`).
        """
        premises = []
        for edge in used:
            if edge not in self._edges:
                raise GraphError(f"{relation} would follow from {edge[1]}, which is no edge")
            premises.append(Premise(next(iter(self._edges[edge])), *edge))
        edge = (subject, relation, object_)
        self._edge(edge, statement_of(edge, "inferred", rule, premises=tuple(premises), base=self.base))

    def curate_edge(self, subject: str, relation: str, object_: str, rule: str, source: Source, note: str = "") -> None:
        """Add an edge that a person asserts.

        Raises `GraphError` for an edge that cannot stand (see `_edge`).
        """
        edge = (subject, relation, object_)
        self._edge(edge, statement_of(edge, "curated", rule, source=source, note=note, base=self.base))

    def propose(self, edge: tuple[str, str, str], proposal: Proposal, document: str) -> None:
        """Add an edge that another tool proposes and a document's passages were found to say word for word.

        Raises `GraphError` for an edge that cannot stand (see `_edge`).
        """
        passages = tuple(passage_of(self.documents[document], span, self.base) for span in proposal.spans)
        rule, note = f"{PROPOSED}{proposal.tool}", f"{proposal.file}, {proposal.place}"
        tool = Source(proposal.tool, rule_iri(rule), "", "")
        self._edge(edge, statement_of(edge, "proposed", rule, passages, source=tool, note=note, base=self.base))

    def class_of(self, iri: str) -> str:
        """Give the class of a node, of a candidate the one that is proposed; empty for what is no node."""
        node = self._nodes.get(iri)
        if node is None:
            return ""
        return str(node["attrs"].get("yf:proposedClass", "")).removeprefix("yf:") or str(node["cls"])

    def _edge(self, edge: tuple[str, str, str], statement: Statement) -> None:
        """Add a statement of an edge.

        Raises `GraphError` for a dangling end, an unknown relation, a loop, or ends against the relation's domain and range.
        """
        if not statement.rule:
            raise GraphError(f"{edge[1]} from {edge[0]} says not who")
        said = self._edges.get(edge)
        if said is None:
            self._refuse(*edge)
            self._edges[edge] = {statement.iri: statement}
            self._out.setdefault(edge[:2], []).append(edge[2])
        else:
            said.setdefault(statement.iri, statement)

    def _refuse(self, subject: str, relation: str, object_: str) -> None:
        """Refuse an edge that cannot stand, whoever says it."""
        ends = self.class_of(subject), self.class_of(object_)
        if not ends[0] or not ends[1]:
            raise GraphError(f"dangling edge: {relation} joins {object_ if ends[0] else subject}, which is no node")
        if relation not in self.schema.relations:
            raise GraphError(f"no relation {relation} in the ontology")
        if subject == object_:
            raise GraphError(f"{relation} would join {subject} to itself")
        if not self.schema.allows(ends[0], relation, ends[1]):
            raise GraphError(f"{relation} does not go from {ends[0]} to {ends[1]}")

    def add_reading(self, reading: Reading) -> None:
        """Add all that was found in one document.

        Raises `GraphError` when a claim breaks the ontology: a fault of a recogniser, never of the text.
        """
        first = not self._nodes
        self._alone = {}
        document = self.source_document(reading.document)
        self.ledgers[document] = reading.ledger
        self._readings[document] = reading
        key = reading.document.key
        plan = self.node(reading.plan, place=(key, 0, 0)) if reading.plan else ""

        places = self._order
        resolved: dict[Mention, str] = {}
        for rank, (subject, relation, object_, spans, rule, wording) in enumerate(reading.claims):
            place = (key, spans[0][0], rank)
            ends = []
            for mention in (subject, object_):
                iri = resolved.get(mention)
                if iri is None:
                    iri = resolved[mention] = document if mention.cls == "SourceDocument" else self.node(mention, plan, place)
                elif place < places[iri]:
                    places[iri] = place
                ends.append(iri)
            if ends[0] != ends[1]:
                self.state(ends[0], relation, ends[1], rule, document, spans, wording)
        for described in reading.described:
            mention = described.mention
            iri = resolved.get(mention) or (document if mention.cls == "SourceDocument" else self.iri(mention, plan))
            if iri in self._nodes:
                self.describe(iri, described.attrs, described.alt)
        if first:
            self._alone = dict.fromkeys(self._nodes)

    def leave_out(self, statements: Collection[str]) -> None:
        """Take statements (their IRIs) back, and with them what nothing leads to without them: of a task its bodies, of an indicator its targets."""
        led, joined = self._led_to(), {end for edge in self._edges for end in (edge[0], edge[2])}
        for said in self._edges.values():
            for iri in [iri for iri in said if iri in statements]:
                del said[iri]
        self._edges = {edge: said for edge, said in self._edges.items() if said}
        lost = led - self._led_to()
        self._edges = {edge: said for edge, said in self._edges.items() if edge[0] not in lost and edge[2] not in lost}
        lost |= joined - {end for edge in self._edges for end in (edge[0], edge[2])} - self.documents.keys()
        self._out.clear()
        for subject, relation, object_ in self._edges:
            self._out.setdefault((subject, relation), []).append(object_)
        for iri in lost:
            for held in (self._nodes, self._alt, self._order, self._alone, self._before):
                held.pop(iri, None)
        self._by_class = {key: [iri for iri in listed if iri not in lost] for key, listed in self._by_class.items()}

    def _led_to(self) -> set[str]:
        """Give the nodes that edges lead to from plans and documents, and these."""
        found = {*self.documents, *self.nodes_of("Plan")}
        leads: dict[str, list[str]] = {}
        for subject, _, object_ in self._edges:
            leads.setdefault(subject, []).append(object_)
        waiting = [*found]
        while waiting:
            new = [one for one in leads.get(waiting.pop(), ()) if one not in found]
            found.update(new)
            waiting += new
        return found

    def _keep(self, iri: str) -> None:
        """Keep what the only document tells of a node that is to be changed."""
        if iri in self._alone and iri not in self._before:
            self._before[iri] = Telling(self._order[iri], dict(self._nodes[iri]["attrs"]), set(self._alt[iri]))

    def _tellings(self, document: str) -> Mapping[str, Telling]:
        """Give what a document tells of each node: of the only one that is what was made of it, before others came to it."""
        if not self._alone:
            return tellings(self._readings[document], document, self.vocabulary, self.iri, self.base)
        before = self._before
        return {iri: before.get(iri) or Telling(self._order[iri], self._nodes[iri]["attrs"], self._alt[iri]) for iri in self._alone}

    # what was made before

    def restore(self, node: Node) -> None:
        """Take a node over as it was made before."""
        iri, cls, zh, en, alt, attrs, plan, curated = node
        self._nodes[iri] = {"cls": cls, "zh": zh, "en": en, "alt": alt, "attrs": dict(attrs), "curated": curated}
        if plan:
            self._nodes[iri]["plan"] = plan
        self._alt[iri] = {*alt, ("zh", zh)}
        self._by_class.setdefault((cls, plan if self.schema.classes[cls].scope == "plan" else ""), []).append(iri)
        self._order[iri] = ("", 0, 0)

    def say(self, statement: Statement) -> None:
        """Take a statement of an edge over as it was made before.

        Raises `GraphError` for an edge that cannot stand (see `_edge`).
        """
        self._edge((statement.subject, statement.relation, statement.object), statement)

    # what inference and overlays look at

    def statements(self) -> Iterator[Statement]:
        """Give every statement of every edge."""
        for said in self._edges.values():
            yield from said.values()

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

    def attribute(self, iri: str, curie: str) -> Value | tuple[Value, ...] | None:
        """Give an attribute of a node, if it has it."""
        value: Value | tuple[Value, ...] | None = self._nodes[iri]["attrs"].get(curie)
        return value

    def translate(self, iri: str, en: str) -> None:
        """Give a node that the program names itself its English label, made of those of the nodes that it speaks of."""
        self._keep(iri)
        self._nodes[iri]["en"] = en
        self._nodes[iri]["attrs"].setdefault("yf:translation", TRANSLATION["own"])

    def english(self, iri: str) -> str:
        """Give a node's English label; empty where it has none."""
        return str(self._nodes[iri]["en"])

    def restate(self, iri: str, attrs: Attributes) -> None:
        """Replace attributes that depend on the rest of the graph (whether a declared count holds), whoever told them."""
        self._nodes[iri]["attrs"].update(attrs)
        self._restated.setdefault(iri, {}).update(attrs)

    def names(self, iri: str) -> Iterator[str]:
        """Give every Chinese name of a node: its label, those that texts use, and the aliases of the vocabulary."""
        node = self._nodes[iri]
        yield node["zh"]
        yield from (name for language, name in self._alt[iri] if language == "zh")
        entry = self.vocabulary.entries.get((node["cls"], node["zh"]))
        if entry:
            yield from entry.aliases

    def own_names(self, iri: str) -> Iterator[str]:
        """Give the names that a node bears in the graph, in any language: its labels and its other names."""
        node = self._nodes[iri]
        yield from filter(None, (node["zh"], node["en"]))
        yield from (name for _, name in self._alt[iri])

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
        # Imported here: a rebuild that finds all of its plans kept makes no graph.
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=self.base)
        graph.graph["documents"] = dict(sorted(self.documents.items()))
        graph.graph["ledgers"] = dict(sorted(self.ledgers.items()))
        for iri in sorted(self._nodes, key=self.place):
            data = self._nodes[iri]
            data["alt"] = _sorted_names(self._alt[iri], data["zh"])
            if len(data["attrs"]) > 1:
                data["attrs"] = dict(sorted(data["attrs"].items()))
            graph.add_node(iri, **data)
        ranks = {iri: rank for rank, iri in enumerate(graph)}
        relations = self.schema.relations
        places = sorted((ranks[s], relations[r].rank, ranks[o], (s, r, o)) for s, r, o in self._edges)
        for _, _, _, edge in places:
            said = self._edges[edge].values()
            graph.add_edge(edge[0], edge[2], key=edge[1], statements=tuple(sorted(said, key=origin_of) if len(said) > 1 else said))
        graph.graph["told"] = Told((iri for iri in graph.graph["documents"] if iri in self._readings), self._told_by)
        return graph

    def _told_by(self, document: str) -> dict[str, Node]:
        """Give the nodes as one document alone tells them, in the order in which it does, under the names that the graph gives them.

        What a person added belongs to the node, whoever names it.
        """
        classes, told = self.schema.classes, self._tellings(document)

        def order(iri: str) -> tuple[int, Place, str]:
            declared = classes[self._nodes[iri]["cls"]]
            return declared.rank, told[iri].place if declared.scope == "plan" else ("", 0, 0), iri

        found = {}
        for iri in sorted(filter(self._nodes.__contains__, told), key=order):
            node = self._nodes[iri]
            _, attrs, names = told[iri]
            attrs.update(self._restated.get(iri, ()))
            if node["curated"]:
                given = {said.relation: said.value for said in node["curated"]}
                names = names | {("zh", str(said.value)) for said in node["curated"] if said.relation == "skos:altLabel"}
                attrs = {**{curie: value for curie, value in given.items() if curie != "skos:altLabel"}, **attrs}
            # Of an attribute that two documents of a plan give differently the graph has the first value, and so have its parts.
            plain = {curie: attrs[curie] for curie in sorted(attrs) if node["attrs"].get(curie) == attrs[curie]}
            found[iri] = Node(iri, node["cls"], node["zh"], node["en"], _sorted_names(names, node["zh"]), plain, node.get("plan", ""))
        return found


def _sorted_names(names: Names, label: str) -> tuple[tuple[str, str], ...]:
    """Give the other names of a node, sorted; the label itself is none."""
    return tuple(sorted(name for name in names if name != ("zh", label))) if len(names) > 1 or ("zh", label) not in names else ()
