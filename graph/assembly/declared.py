"""Declared counts held against the whole graph: a count that the list beside it left open may hold by what the graph knows.

A recogniser compares a count with the members that the text lists beside it (工信部联合10部门印发: one name, ten declared). Where the plan
has exactly as many such nodes, on whatever basis, the count holds by them, and each membership rests on the edge that it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..core.model import Statement
from ..core.schema import Schema, load_schema
from ..core.vocabulary import Vocabulary
from .builder import GraphBuilder

RULE = "infer.declared_members"


@dataclass(frozen=True, slots=True)
class Counted:
    """A declared count of one plan: its node, what it counts (class and noun), how many, and the plan's nodes of that class."""

    iri: str
    cls: str
    noun: str
    count: int
    relation: str
    members: tuple[str, ...]


def settle(builder: GraphBuilder, plan: str) -> None:
    """Let the declared counts of a plan hold where the plan has exactly as many such nodes."""
    for counted in declared_counts(builder, plan):
        if builder.attribute(counted.iri, "yf:holds") or len(counted.members) != counted.count:
            continue
        for member in counted.members:
            builder.conclude(counted.iri, "member", member, RULE, (plan, counted.relation, member))
        labels = tuple(builder.label(member) for member in counted.members)
        builder.restate(counted.iri, {"yf:holds": True, "yf:memberLabel": labels})


def declared_counts(builder: GraphBuilder, plan: str) -> Iterator[Counted]:
    """Give the declared counts of a plan whose sentence names at least one of the plan's nodes of the counted class.

    Of the bodies behind a plan it is enough that the sentence names the plan: 三部门关于印发《甲规划》的通知 names none of the three.
    """
    classes = _classes_of_nouns(builder.vocabulary)
    for iri, statements in builder.objects(plan, "declares"):
        noun, count = builder.attribute(iri, "yf:noun"), builder.attribute(iri, "yf:count")
        cls = classes.get(str(noun), "")
        relation = plan_relations(builder.schema).get(cls, "")
        if not relation or not isinstance(count, int):
            continue
        members = tuple(member for member, _ in builder.objects(plan, relation))
        named = (*members, plan) if relation == "issuedBy" else members
        if any(_names_one(builder, statement, named) for statement in statements):
            yield Counted(iri, cls, str(noun), count, relation, members)


def _names_one(builder: GraphBuilder, statement: Statement, named: tuple[str, ...]) -> bool:
    """Tell whether the sentence that declares a count names one of these nodes."""
    if not statement.spans:
        return False
    start, end = statement.spans[0]
    sentence = builder.documents[statement.document].text[start:end]
    return any(name in sentence for node in named for name in builder.names(node))


@cache
def _classes_of_nouns(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the class that each counted noun stands for (部门 → Organization)."""
    schema = load_schema()
    roles = ((role.removeprefix("count."), words) for role, words in vocabulary.words.items() if role.startswith("count."))
    return {word: cls for cls, words in roles if cls in schema.classes for word in words}


@cache
def _plan_relations() -> dict[str, str]:
    schema = load_schema()
    found: dict[str, str] = {}
    for name, relation in sorted(schema.relations.items(), key=lambda entry: entry[1].rank):
        if relation.domain == {"Plan"} and len(relation.range) == 1:
            found.setdefault(next(iter(relation.range)), name)
    return found


def plan_relations(schema: Schema) -> dict[str, str]:
    """Give, for each class, the first relation of the ontology that leads from a plan to it and to nothing else."""
    return _plan_relations()
