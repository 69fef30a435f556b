"""The plans of a graph, each with what a reader wants to know first: who issued it, its number and period, and how much it holds."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pyoxigraph as ox

from .nodes import Nodes, named
from .store import DEFAULT

_COUNTED = {"tasks": "Task", "measures": "Measure", "targets": "Target"}
_LINKED = {"industries": "hasIndustry", "issuers": "issuedBy"}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list: IRI, title, number, issuers, date of issue, first and last year ("" where there is none), and counts.

    tasks are those of all kinds and levels but measures, which are counted apart, bodies those responsible for any of them,
    documents those that tell of the plan.
    """

    iri: str
    title: str
    number: str
    issuers: tuple[str, ...]
    issued: str
    start: str
    end: str
    tasks: int
    measures: int
    targets: int
    industries: int
    bodies: int
    documents: int

    @property
    def period(self) -> str:
        """The years of the plan, one where it is one."""
        return self.start if self.start == self.end else f"{self.start}–{self.end}"

    def data(self) -> dict[str, object]:
        """Give the line as a JSON object."""
        return {field.name: list(value) if isinstance(value := getattr(self, field.name), tuple) else value for field in fields(self)}


def _one(nodes: Nodes, iri: str, curie: str) -> str:
    values = nodes.store.quads_for_pattern(ox.NamedNode(iri), named(curie), None, DEFAULT)
    return min((quad.object.value for quad in values if not isinstance(quad.object, ox.Triple)), default="")


def _of_class(nodes: Nodes, cls: str) -> list[str]:
    """Give the nodes of a class and of those below it."""
    below = [name for name in nodes.schema.classes if nodes.schema.is_a(name, cls)]
    found = (nodes.store.quads_for_pattern(None, named("rdf:type"), named(f"yf:{name}"), DEFAULT) for name in below)
    return sorted({quad.subject.value for quads in found for quad in quads if isinstance(quad.subject, ox.NamedNode)})


def _related(nodes: Nodes, relation: str) -> list[tuple[str, str]]:
    """Give the ends of all edges of a relation and of those that specialise it."""
    below = [name for name, declared in nodes.schema.relations.items() if name == relation or relation in declared.ancestors]
    found = (nodes.store.quads_for_pattern(None, named(f"yf:{name}"), None, DEFAULT) for name in below)
    return sorted({(q.subject.value, q.object.value) for quads in found for q in quads if isinstance(q.object, ox.NamedNode)})  # type: ignore[union-attr]


def list_plans(nodes: Nodes) -> list[PlanLine]:
    """Give the plans of a graph by date of issue and title; those without a date last."""
    held: dict[str, dict[str, set[str]]] = {plan: {} for plan in nodes.plans}

    def note(plan: str, what: str, iri: str) -> None:
        if plan in held:
            held[plan].setdefault(what, set()).add(iri)

    for what, cls in _COUNTED.items():
        for iri in _of_class(nodes, cls):
            note(nodes.plan_of(iri), what, iri)
    for sets in held.values():
        sets.get("tasks", set()).difference_update(sets.get("measures", ()))
    for what, relation in _LINKED.items():
        for subject, object_ in _related(nodes, relation):
            note(subject, what, object_)
    for subject, object_ in _related(nodes, "responsibleBody"):
        note(nodes.plan_of(subject), "bodies", object_)
    for subject, object_ in _related(nodes, "describes"):
        note(object_, "documents", subject)
    lines = [
        PlanLine(
            plan,
            nodes.named(plan).label,
            _one(nodes, plan, "dcterms:identifier"),
            tuple(sorted(nodes.named(iri).label for iri in held[plan].get("issuers", ()))),
            _one(nodes, plan, "dcterms:issued"),
            _one(nodes, plan, "yf:startYear"),
            _one(nodes, plan, "yf:endYear"),
            *(len(held[plan].get(what, ())) for what in ("tasks", "measures", "targets", "industries", "bodies", "documents")),
        )
        for plan in nodes.plans
    ]
    return sorted(lines, key=lambda line: (not line.issued, line.issued, line.title, line.iri))
