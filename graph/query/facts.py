"""What analysts ask for first, one row a fact: the targets of plans and the duties of bodies, each with who says so."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ..core.namespaces import PREFIXES, YF
from ..formats.load import value_of
from .answer import Cell, Table
from .nodes import Edge, Nodes
from .store import DEFAULT, TYPE

EVIDENCE = ("basis", "rule", "quote", "document", "start", "end", "source")
"""Who says so: a stated fact has its sentence with its place in the document's text, a curated one the source that a person named."""
_VALUES = {
    "comparator": "comparator", "value": "value", "lower": "lower", "upper": "upper", "unit": "unitText", "year": "year",
    "change": "change", "base_year": "baseYear", "per_unit": "perUnit",
}  # fmt: skip
TARGETS = ("plan", "indicator", "category", *_VALUES, *EVIDENCE, "iri")
DUTIES = ("plan", "task", "role", "wording", "body", *EVIDENCE, "task_iri", "body_iri")
_DUTY = "responsibleBody"


def _members(nodes: Nodes, cls: str) -> list[str]:
    quads = nodes.store.quads_for_pattern(None, TYPE, ox.NamedNode(YF + cls), DEFAULT)
    return sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _evidence(edge: Edge) -> tuple[Cell, ...]:
    """Give the columns of `EVIDENCE` from an edge's first statement: stated before inferred before curated."""
    if not edge.proofs:
        return (None,) * len(EVIDENCE)
    proof = edge.proofs[0]
    quote = proof.quotes[0] if proof.quotes else None
    source = ", ".join(part for part in (proof.title, proof.date, proof.status, proof.source) if part) or None
    if quote is None:
        return proof.basis, proof.rule, None, None, None, None, source
    return proof.basis, proof.rule, quote.exact, quote.key, quote.start, quote.end, source


def _label(nodes: Nodes, iri: str) -> str | None:
    return nodes.named(iri).label if iri else None


def _value(nodes: Nodes, iri: str, name: str) -> Cell:
    quads = nodes.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(YF + name), None, DEFAULT)
    return next((value_of(quad.object) for quad in quads if isinstance(quad.object, (ox.NamedNode, ox.Literal))), None)


def _target_rows(nodes: Nodes) -> Iterator[tuple[Cell, ...]]:
    for iri in _members(nodes, "Target"):
        plan = next((edge.object for edge in nodes.edges_out(iri, proofs=False) if edge.relation == "setBy"), "")
        for edge in nodes.edges_in(iri):
            if edge.relation != "hasTarget":
                continue
            about = nodes.edges_out(edge.subject, proofs=False)
            category = next((other.object for other in about if other.relation == "inCategory"), "")
            values = (_value(nodes, iri, name) for name in _VALUES.values())
            yield (_label(nodes, plan), _label(nodes, edge.subject), _label(nodes, category), *values, *_evidence(edge), iri)


def _plan_of(nodes: Nodes, task: str) -> str | None:
    """Give the title of the plan that a task belongs to: the IRI of a task begins with its plan's (contract section 3)."""
    return _label(nodes, task.rsplit("/", 2)[0])


def _duty_rows(nodes: Nodes) -> Iterator[tuple[Cell, ...]]:
    relations = nodes.schema.relations
    roles = [relation for relation in relations.values() if relation.name == _DUTY or _DUTY in relation.ancestors]
    about = ox.NamedNode(PREFIXES["rdf"] + "predicate")
    found: set[tuple[str, str, str]] = set()
    for role in roles:
        for quad in nodes.store.quads_for_pattern(None, about, ox.NamedNode(YF + role.name), DEFAULT):
            edge = nodes.edge_of(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
            if edge:
                found.add((edge.subject, edge.relation, edge.object))
    for task, relation, body in sorted(found):
        edge = nodes.edge(task, relation, body)
        if all(proof.basis == "proposed" for proof in edge.proofs):
            continue
        wording = next((proof.wording for proof in edge.proofs if proof.wording), None)
        ends = _label(nodes, task), relation, wording, _label(nodes, body)
        yield (_plan_of(nodes, task), *ends, *_evidence(edge), task, body)


def targets_of(nodes: Nodes) -> Table:
    """Give every target: indicator, comparator, value, unit, year, and the sentence or the source that says so."""
    return Table(TARGETS, tuple(_target_rows(nodes)))


def duties_of(nodes: Nodes) -> Table:
    """Give who is responsible for what: task, role (the relation's local name), the words that say it, body, and the sentence that says so."""
    return Table(DUTIES, tuple(_duty_rows(nodes)))
