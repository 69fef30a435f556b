"""What does not fit together: two counts of one thing, two values of one target, a later target below an earlier one, two spellings.

A contradiction is a node of its own that leads to both sides, and its edges rest on the statements of both: the graph decides nothing,
it shows the two passages. It is looked for only where the sides speak of the same thing in the same way; what may be told apart by a
place, a unit or a kind of change is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from ..core.model import Mention, Statement, Value
from .builder import GraphBuilder
from .declared import declared_counts

_APART = ("yf:year", "yf:unitText", "yf:change", "yf:perUnit", "yf:baseYear")
"""What makes two targets of one indicator different targets."""
_AT_LEAST = (">", ">=")
_SHORTEST = 4


class _Found(NamedTuple):
    """A contradiction: its kind, and the edges (subject, relation, object) of its two sides."""

    kind: str
    left: tuple[str, str, str]
    right: tuple[str, str, str]


def contradict(builder: GraphBuilder, plan: str) -> None:
    """Add the contradictions of one plan."""
    told: set[tuple[str, str]] = set()
    for found in (*_counts(builder, plan), *_values(builder, plan), *_spellings(builder, plan)):
        sides = found.left[2], found.right[2]
        label = " / ".join(sorted(builder.label(side) for side in sides))
        if (found.kind, label) in told:
            # Said again elsewhere in the same words.
            continue
        told.add((found.kind, label))
        node = builder.node(Mention("Contradiction", label, under=found.kind), plan, builder.place(sides[0])[1])
        builder.describe(node, {"yf:contradictionKind": found.kind})
        if all(builder.english(side) for side in sides):
            builder.translate(node, " / ".join(builder.english(side) for side in sorted(sides, key=builder.label)))
        rule = f"infer.contradiction_{found.kind}"
        builder.conclude(plan, "hasContradiction", node, rule, found.left, found.right)
        for edge, side in zip((found.left, found.right), sides, strict=True):
            builder.conclude(node, "between", side, rule, edge)


def _counts(builder: GraphBuilder, plan: str) -> Iterator[_Found]:
    """Two declared counts of the same things that differ (联合10部门印发, 联合…等9部门印发)."""
    for left, right in combinations(declared_counts(builder, plan), 2):
        same = left.noun == right.noun or left.cls == right.cls == "Organization"
        # Two counts that both hold are counts of two parts (3项指标 of users, 2项指标 of networks).
        open_ = not (builder.attribute(left.iri, "yf:holds") and builder.attribute(right.iri, "yf:holds"))
        if left.cls == right.cls and same and open_ and left.count != right.count:
            yield _Found("counts", (plan, "declares", left.iri), (plan, "declares", right.iri))


def _values(builder: GraphBuilder, plan: str) -> Iterator[_Found]:
    """Two values of one indicator: for one year, from two sources; or for a later year a lower floor than for an earlier one."""
    for indicator, _ in builder.objects(plan, "hasIndicator"):
        targets = [(target, said) for target, said in builder.objects(indicator, "hasTarget") if plan in _set_by(builder, target)]
        for (left, left_said), (right, right_said) in combinations(targets, 2):
            edges = (indicator, "hasTarget", left), (indicator, "hasTarget", right)
            if _only_one_place(builder, left) != _only_one_place(builder, right):
                continue
            if _apart(builder, left) == _apart(builder, right):
                if _value(builder, left) != _value(builder, right) and not _sources(left_said) & _sources(right_said):
                    yield _Found("values", *edges)
            elif _apart(builder, left)[1:] == _apart(builder, right)[1:] and _falls(builder, left, right):
                yield _Found("years", *edges)


def _set_by(builder: GraphBuilder, target: str) -> set[str]:
    return {plan for plan, _ in builder.objects(target, "setBy")}


def _only_one_place(builder: GraphBuilder, target: str) -> frozenset[str]:
    """Give the places that a target applies to; none where the ontology has no such relation or the text names no place."""
    return frozenset(place for place, _ in builder.objects(target, "appliesTo"))


def _apart(builder: GraphBuilder, target: str) -> tuple[Value | tuple[Value, ...] | None, ...]:
    return tuple(builder.attribute(target, curie) for curie in _APART)


def _value(builder: GraphBuilder, target: str) -> tuple[Value | tuple[Value, ...] | None, ...]:
    return tuple(builder.attribute(target, curie) for curie in ("yf:value", "yf:lower", "yf:upper"))


def _sources(said: tuple[Statement, ...]) -> set[str]:
    """Give who says an edge: documents, and the addresses of what a person asserts it from."""
    return {one.document or (one.source.url if one.source else one.rule) for one in said}


def _falls(builder: GraphBuilder, left: str, right: str) -> bool:
    """Tell whether of two floors the one for the later year is the lower."""
    sides = []
    for target in (left, right):
        year, value = builder.attribute(target, "yf:year"), builder.attribute(target, "yf:value")
        if builder.attribute(target, "yf:comparator") not in _AT_LEAST or not isinstance(year, int) or not isinstance(value, Decimal):
            return False
        sides.append((year, value))
    (early, before), (late, after) = sorted(sides)
    return early < late and after < before


def _spellings(builder: GraphBuilder, plan: str) -> Iterator[_Found]:
    """Two names that differ in one character (智能采矿, 智慧采矿), each stated by documents that never use the other."""
    for relation in ("hasIndustry", "hasAction", "hasProject", "hasDomain", "hasIndicator"):
        named = [(node, said) for node, said in builder.objects(plan, relation) if len(builder.label(node)) >= _SHORTEST]
        known = [(node, builder.label(node), {one.document for one in said if one.document}) for node, said in named]
        for (left, a, left_in), (right, b, right_in) in combinations(known, 2):
            if left_in and right_in and not left_in & right_in and _one_apart(a, b):
                yield _Found("names", (plan, relation, left), (plan, relation, right))


def _one_apart(left: str, right: str) -> bool:
    """Tell whether two labels differ in exactly one character.

    >>> _one_apart("智能采矿", "智慧采矿"), _one_apart("智慧采矿", "智慧采矿"), _one_apart("智慧采矿", "智慧矿山")
    (True, False, False)
    """
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1
