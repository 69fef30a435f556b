"""What two graphs, or two plans, have in common, and what was added, dropped or changed between them: targets above all.

Nodes, edges and targets are compared each by itself. Two nodes are the same when they are of one class and share a name: an IRI
holds the plan's number and so never agrees between two plans. Targets are compared by their indicator. A change needs both sides:
what one side alone has was added or dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..core.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

Thing = tuple[str, str]
"""A node: its class and its label."""
Fact = tuple[str, str, str]
"""An edge: label, relation, label."""
Aim = tuple[str, str]
"""A target: the label of its indicator, and the value with comparator, unit and year."""
Attributes = dict[str, str]

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_APART = ("Target", "SourceDocument")
"""Classes that are no nodes of a comparison: targets are compared as values, and two builds of one plan may read other documents."""
_VALUES = ("Target", "Declaration")
_BOOKKEEPING = ("describes", "writtenBy", "mentions", "member", "declares", "setBy")


@dataclass(slots=True)
class Found(Generic[T]):
    """What a comparison found of one kind: what both sides have (as the second writes it), and what one side alone has."""

    common: list[T] = field(default_factory=list)
    added: list[T] = field(default_factory=list)
    dropped: list[T] = field(default_factory=list)


@dataclass(slots=True)
class Difference:
    """What was found between two sides; `changed` holds what both have and say otherwise.

    Of changed nodes the attributes that differ are given, of changed targets the values: (what, before, after).
    """

    nodes: Found[Thing] = field(default_factory=Found)
    edges: Found[Fact] = field(default_factory=Found)
    targets: Found[Aim] = field(default_factory=Found)
    changed_nodes: list[tuple[Thing, Attributes, Attributes]] = field(default_factory=list)
    changed_targets: list[tuple[str, list[str], list[str]]] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Tell whether there is no difference."""
        kinds = (self.nodes, self.edges, self.targets)
        return not (any(kind.added or kind.dropped for kind in kinds) or self.changed_nodes or self.changed_targets)


@dataclass(slots=True)
class Side:
    """One side of a comparison: nodes and edges with all the names that they go by, attributes of nodes, targets of indicators."""

    nodes: dict[Thing, frozenset[Thing]] = field(default_factory=dict)
    attributes: dict[Thing, Attributes] = field(default_factory=dict)
    facts: dict[Fact, frozenset[Fact]] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)


def side_of(graph: nx.MultiDiGraph[str], plan: str = "") -> Side:
    """Gather a whole graph, or one plan: what hangs on it and the shared things that its edges reach.

    Attributes are gathered of a whole graph alone: those of two plans have nothing to do with each other.
    """
    inside = {n for n, d in graph.nodes(data=True) if n == plan or d.get("plan") == plan} if plan else set(graph)
    side = Side()

    def shown(node: str) -> str:
        data = graph.nodes[node]
        return f"{load_schema().classes['Plan'].zh} the plan" if data["cls"] == "Plan" and plan else str(data["zh"])

    def known_as(node: str) -> frozenset[str]:
        return frozenset([shown(node), *(text for _, text in graph.nodes[node]["alt"])])

    def meet(node: str) -> None:
        data = graph.nodes[node]
        if data["cls"] in _APART or node == plan:
            return
        thing = (data["cls"], shown(node))
        side.nodes[thing] = side.nodes.get(thing, frozenset()) | {(data["cls"], name) for name in known_as(node)}
        if not plan:
            side.attributes.setdefault(thing, {}).update(_plain(data))

    for node in graph:
        if node in inside:
            meet(node)
    for subject, object_, relation in graph.edges(keys=True):
        classes = graph.nodes[subject]["cls"], graph.nodes[object_]["cls"]
        if relation == "hasTarget" and (object_ in inside if plan else True):
            side.targets.setdefault(shown(subject), set()).add(_amount(graph.nodes[object_]["attrs"]))
            side.names[shown(subject)] = known_as(subject)
            meet(subject)
            continue
        if relation in _BOOKKEEPING or set(classes) & {*_VALUES, "SourceDocument"}:
            continue
        # inDomain, advancedBy, inCategory start at shared things: they belong to the plan that their object hangs on.
        if plan and subject not in inside and object_ not in inside:
            continue
        meet(subject)
        meet(object_)
        fact = (shown(subject), relation, shown(object_))
        side.facts[fact] = frozenset((a, relation, b) for a in known_as(subject) for b in known_as(object_))
    return side


def _plain(data: dict[str, Any]) -> Attributes:
    """Give a node's English label and attributes as text, but for what only says where the text has it."""
    plain = {curie: str(value) for curie, value in data["attrs"].items()}
    return {"en": data["en"], **plain} if data["en"] else plain


def _amount(attrs: dict[str, Any]) -> str:
    amount = f"{attrs['yf:lower']}—{attrs['yf:upper']}" if "yf:lower" in attrs else str(attrs.get("yf:value", ""))
    change = "change " if attrs.get("yf:change") else ""
    year = f" ({attrs['yf:year']})" if "yf:year" in attrs else ""
    return f"{change}{attrs.get('yf:comparator', '')} {amount} {attrs.get('yf:unitText', '')}{year}".strip()


def _pairs(before: Mapping[K, frozenset[K]], after: Mapping[K, frozenset[K]]) -> Iterator[tuple[K, K | None]]:
    """Give everything of the first side with what bears one of its names on the second, or none."""
    bearers = {name: thing for thing, names in after.items() for name in sorted(names, key=str)}
    for thing, names in before.items():
        own = thing if thing in after else None
        yield thing, own or next((bearers[name] for name in sorted(names, key=str) if name in bearers), None)


def _found(before: Mapping[K, frozenset[K]], after: Mapping[K, frozenset[K]]) -> tuple[Found[K], dict[K, K]]:
    """Sort things into common, added and dropped; also give what each common thing of the first side is on the second."""
    met = {thing: other for thing, other in _pairs(before, after) if other is not None}
    others = set(met.values())
    common = [thing for thing in after if thing in others]
    return Found(common, [t for t in after if t not in others], [t for t in before if t not in met]), met


def compare(before: Side, after: Side) -> Difference:
    """Compare two sides; nodes are sorted by class and label, edges by relation and labels, targets by indicator."""
    difference = Difference()
    difference.nodes, same = _found(before.nodes, after.nodes)
    for old, new in same.items():
        was, now = before.attributes.get(old, {}), after.attributes.get(new, {})
        differing = sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))
        if differing and old in before.attributes and new in after.attributes:
            told = ({name: side[name] for name in differing if name in side} for side in (was, now))
            difference.changed_nodes.append((new, *told))  # type: ignore[arg-type]
    difference.edges, _ = _found(before.facts, after.facts)
    _compare_targets(before, after, difference)
    difference.changed_nodes.sort(key=lambda change: change[0])
    for kind in (difference.nodes, difference.targets):
        for things in (kind.common, kind.added, kind.dropped):
            things.sort()
    for facts in (difference.edges.common, difference.edges.added, difference.edges.dropped):
        facts.sort(key=lambda fact: (fact[1], fact[0], fact[2]))
    difference.changed_targets.sort()
    return difference


def _compare_targets(before: Side, after: Side, difference: Difference) -> None:
    """Compare the targets of each indicator: where both sides have some that the other lacks, they changed."""
    same = {old: new for old, new in _pairs(before.names, after.names) if new is not None}
    found = difference.targets
    for label, amounts in before.targets.items():
        now = after.targets[same[label]] if label in same else set()
        gone, fresh = sorted(amounts - now), sorted(now - amounts)
        found.common += [(label, amount) for amount in amounts & now]
        if gone and fresh:
            difference.changed_targets.append((label, gone, fresh))
            continue
        found.dropped += [(label, amount) for amount in gone]
        found.added += [(label, amount) for amount in fresh]
    for label, amounts in after.targets.items():
        if label not in same.values():
            found.added += [(label, amount) for amount in amounts]


def _counts(found: Found[T], kind: Callable[[T], str]) -> str:
    """Count what was found, of which classes or relations: `8 in common (Action 6, Domain 2); 1 added (Action 1); 0 dropped`."""
    told = []
    for word, things in (("in common", found.common), ("added", found.added), ("dropped", found.dropped)):
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(Counter(map(kind, things)).items()) if name)
        told.append(f"{len(things)} {word} ({kinds})" if kinds else f"{len(things)} {word}")
    return "; ".join(told)


def lines_of(difference: Difference) -> Iterator[str]:
    """Lay out a difference as text: what was counted, then what changed (~), was added (+) and dropped (-), targets first."""
    nodes, edges, targets = difference.nodes, difference.edges, difference.targets
    yield f"nodes: {_counts(nodes, lambda thing: thing[0])}; {len(difference.changed_nodes)} changed"
    yield f"edges: {_counts(edges, lambda fact: fact[1])}"
    yield f"targets: {_counts(targets, lambda _: '')}; changed for {len(difference.changed_targets)} indicators"
    for label, before, after in difference.changed_targets:
        yield f"~ target of {label}: {'; '.join(before)} → {'; '.join(after)}"
    for sign, aims in (("+", targets.added), ("-", targets.dropped)):
        for label, amount in aims:
            yield f"{sign} target of {label}: {amount}"
    for (cls, label), was, now in difference.changed_nodes:
        for name in sorted(was.keys() | now.keys()):
            yield f"~ {cls} {label}: {name} {was.get(name, 'none')} → {now.get(name, 'none')}"
    for sign, things in (("+", nodes.added), ("-", nodes.dropped)):
        for cls, label in things:
            yield f"{sign} {cls} {label}"
    for sign, facts in (("+", edges.added), ("-", edges.dropped)):
        for subject, relation, object_ in facts:
            yield f"{sign} {subject} {relation} {object_}"


def data_of(difference: Difference) -> dict[str, Any]:
    """Give a difference as plain values for JSON; `common`, `added` and `dropped` at the top are edges, `changed` targets."""

    def plain(found: Found[Any]) -> dict[str, list[list[str]]]:
        return {name: [list(thing) for thing in getattr(found, name)] for name in ("common", "added", "dropped")}

    moved = [{"indicator": label, "before": was, "after": now} for label, was, now in difference.changed_targets]
    said = [
        {"class": cls, "label": label, "before": was, "after": now}
        for (cls, label), was, now in difference.changed_nodes
    ]
    return {
        **plain(difference.edges),
        "changed": moved,
        "nodes": {**plain(difference.nodes), "changed": said},
        "targets": {**plain(difference.targets), "changed": moved},
    }
