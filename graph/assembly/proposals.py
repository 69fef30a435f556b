"""What other tools propose, taken into a graph beside what it asserts.

A proposal never changes what a graph says without it: it joins nodes that are there, and what only a tool names becomes a candidate, a
node of a class of its own. Rules conclude nothing from it, and it is no triple of the graph: its statement alone tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..core.errors import GraphError
from ..core.model import Iri, Mention, Proposal
from ..core.schema import Class
from ..text.bare import bare_label
from .builder import GraphBuilder

if TYPE_CHECKING:
    import networkx as nx

CANDIDATE = "Candidate"
_NO_CANDIDATES = frozenset(
    ("Plan", "SourceDocument", "Target", "Observation", "Declaration", "Contradiction", "Deadline", "Frequency", "Period", "Provision", CANDIDATE)
)
"""Classes of nodes that a text and its rules make, with attributes that a name alone does not carry."""


TOLD = 20
"""How many items that were left out a file's warnings name."""


class Refused(NamedTuple):
    """A proposal that was not taken in, and why."""

    proposal: Proposal
    reason: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """The proposals of some files, in their order, and what is to be told of each file, by its name."""

    proposals: list[Proposal] = field(default_factory=list)
    warnings: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, refused: Iterable[Refused]) -> None:
        """Tell of proposals that cannot stand in the graph."""
        for proposal, reason in refused:
            told = self.warnings.setdefault(proposal.file, [])
            if len(told) <= TOLD:
                told.append(f"{proposal.place}: {reason}")


def propose(builder: GraphBuilder, proposals: Iterable[Proposal]) -> list[Refused]:
    """Take proposals into a graph that is otherwise complete, and give those that cannot stand in it."""
    documents = {document.key: iri for iri, document in builder.documents.items()}
    refused = []
    for rank, proposal in enumerate(proposals):
        document = documents.get(proposal.document)
        if document is None:
            continue
        try:
            _take(builder, proposal, document, rank)
        except GraphError as error:
            refused.append(Refused(proposal, str(error)))
    return refused


class _End(NamedTuple):
    """One end of a proposed edge: the node that it is, or the class and the label of the candidate that it would be."""

    iri: str
    cls: str
    label: str


def _take(builder: GraphBuilder, proposal: Proposal, document: str, rank: int) -> None:
    plans = [plan for plan, _ in builder.objects(document, "describes")]
    if len(plans) != 1:
        raise GraphError("its document describes no plan, or several")
    (plan,) = plans
    relation = proposal.relation or "mentions"
    declared = builder.schema.relations.get(relation)
    if declared is None:
        raise GraphError(f"no relation {relation} in the ontology")
    if proposal.relation:
        subject = _end(builder, plan, proposal.subject, proposal.subject_cls, declared.domain)
    else:
        subject = _End(document, "SourceDocument", "")
    object_ = _end(builder, plan, proposal.object, proposal.object_cls, declared.range)
    if not builder.schema.allows(subject.cls, relation, object_.cls):
        raise GraphError(f"{relation} does not go from {subject.cls} to {object_.cls}")
    text = builder.documents[document].text
    quoted = "".join(bare_label(text[start:end]) for start, end in proposal.spans)
    for end in (subject, object_):
        if end.cls != "SourceDocument" and not any(name in quoted for name in _names(builder, end)):
            raise GraphError(f"its quote names {end.label} by no name that the graph knows")
    place = (proposal.document, proposal.spans[0].start, rank)
    ends = [end.iri or _candidate(builder, plan, end, place) for end in (subject, object_)]
    builder.propose((ends[0], relation, ends[1]), proposal, document)


def _names(builder: GraphBuilder, end: _End) -> Iterator[str]:
    for name in builder.own_names(end.iri) if end.iri else (end.label,):
        if bare := bare_label(name):
            yield bare


def _candidate(builder: GraphBuilder, plan: str, end: _End, place: tuple[str, int, int]) -> str:
    iri = builder.node(Mention(CANDIDATE, end.label, under=end.cls), plan, place)
    builder.describe(iri, {"yf:proposedClass": Iri(f"yf:{end.cls}")})
    return iri


def _end(builder: GraphBuilder, plan: str, label: str, cls: str, side: frozenset[str]) -> _End:
    """Find the node that one end of an edge is, or say what candidate it would be.

    Raises `GraphError` where several nodes have the name, or none has it and it is not told what it would be.
    """
    schema = builder.schema
    wanted = {cls} if cls else set(side) or set(schema.classes)
    classes = [declared for declared in schema.classes.values() if declared.name in wanted or declared.ancestors & wanted]
    found = {iri: declared.name for declared in classes for iri in _found(builder, plan, label, declared)}
    if len(found) > 1:
        raise GraphError(f"several nodes are called {label}")
    if found:
        ((iri, known),) = found.items()
        return _End(iri, known, label)
    would_be = cls or (next(iter(side)) if len(side) == 1 else "")
    if not would_be:
        raise GraphError(f"no node is called {label}, and it is not told of which class it would be")
    if would_be not in schema.classes or schema.classes[would_be].scope not in ("plan", "shared") or would_be in _NO_CANDIDATES:
        raise GraphError(f"no {would_be} is called {label}")
    return _End("", would_be, label)


def _found(builder: GraphBuilder, plan: str, label: str, declared: Class) -> Iterator[str]:
    if declared.name == "Plan":
        bare = bare_label(label)
        if any(bare_label(name) == bare for name in builder.own_names(plan)):
            yield plan
            return
    if declared.name != CANDIDATE and (iri := builder.find(declared.name, label, plan)):
        yield iri


def asserted(graph: nx.MultiDiGraph[str], *, candidates: bool = False) -> nx.MultiDiGraph[str]:
    """Give what a graph asserts: itself where nothing is proposed, else a copy without proposals and candidates.

    With `candidates` their nodes stay, for who shows where everything stands.
    """
    edges = [(s, o, r) for s, o, r, data in graph.edges(keys=True, data=True) if any(one.basis == "proposed" for one in data["statements"])]
    if not edges:
        return graph
    left = graph.copy()
    for subject, object_, relation in edges:
        kept = tuple(one for one in left.edges[subject, object_, relation]["statements"] if one.basis != "proposed")
        if kept:
            left.edges[subject, object_, relation]["statements"] = kept
        else:
            left.remove_edge(subject, object_, relation)
    if not candidates:
        left.remove_nodes_from([node for node, data in graph.nodes(data=True) if data["cls"] == CANDIDATE])
    return left
