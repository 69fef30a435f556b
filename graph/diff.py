"""What two graphs, or two plans, have in common, and what was added, dropped or changed between them: targets above all.

Two nodes are the same when they are of one class and share a name: an IRI holds the plan's number and so never agrees between two
plans. Targets are compared by their indicator: a value that moved is a change and not one thing dropped and another added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Fact = tuple[str, str, str]
_VALUES = ("Target", "Declaration")
_BOOKKEEPING = ("describes", "writtenBy", "mentions", "member", "declares", "setBy")


@dataclass(slots=True)
class Difference:
    """What was found between two sides: facts are (subject, relation, object) by label, targets (indicator, before, after)."""

    common: list[Fact] = field(default_factory=list)
    added: list[Fact] = field(default_factory=list)
    dropped: list[Fact] = field(default_factory=list)
    changed: list[tuple[str, list[str], list[str]]] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Tell whether there is no difference."""
        return not (self.added or self.dropped or self.changed)


@dataclass(slots=True)
class Side:
    """One side of a comparison: its facts, the other names of what they join, the targets of its indicators."""

    facts: dict[Fact, frozenset[tuple[str, str, str]]] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)


def side_of(graph: nx.MultiDiGraph[str], plan: str = "") -> Side:
    """Gather the facts of a whole graph, or of one plan: what hangs on it and the shared things that those edges reach."""
    inside = {n for n, d in graph.nodes(data=True) if n == plan or d.get("plan") == plan} if plan else set(graph)
    side = Side()

    def shown(node: str) -> str:
        data = graph.nodes[node]
        return "计划 the plan" if data["cls"] == "Plan" and plan else str(data["zh"])

    def known_as(node: str) -> frozenset[str]:
        data = graph.nodes[node]
        return frozenset([shown(node), *(text for _, text in data["alt"])])

    for subject, object_, relation in graph.edges(keys=True):
        classes = graph.nodes[subject]["cls"], graph.nodes[object_]["cls"]
        if relation == "hasTarget" and (object_ in inside if plan else True):
            side.targets.setdefault(shown(subject), set()).add(_amount(graph.nodes[object_]["attrs"]))
            side.names[shown(subject)] = known_as(subject)
            continue
        if relation in _BOOKKEEPING or set(classes) & {*_VALUES, "SourceDocument"}:
            continue
        # inDomain, advancedBy, inCategory start at shared things: they belong to the plan that their object hangs on.
        if plan and subject not in inside and object_ not in inside:
            continue
        fact = (shown(subject), relation, shown(object_))
        names = frozenset((a, relation, b) for a in known_as(subject) for b in known_as(object_))
        side.facts[fact] = names
    return side


def _amount(attrs: dict[str, Any]) -> str:
    amount = f"{attrs['yf:lower']}—{attrs['yf:upper']}" if "yf:lower" in attrs else str(attrs.get("yf:value", ""))
    change = "change " if attrs.get("yf:change") else ""
    year = f" ({attrs['yf:year']})" if "yf:year" in attrs else ""
    return f"{change}{attrs.get('yf:comparator', '')} {amount} {attrs.get('yf:unitText', '')}{year}".strip()


def compare(before: Side, after: Side) -> Difference:
    """Compare two sides; the results are sorted by relation and label."""
    difference = Difference()
    names_after = {name: fact for fact, names in after.facts.items() for name in names}
    met: set[Fact] = set()
    for fact, names in before.facts.items():
        other = next((names_after[name] for name in sorted(names) if name in names_after), None)
        if other is None:
            difference.dropped.append(fact)
        else:
            met.add(other)
            difference.common.append(other)
    difference.added = [fact for fact in after.facts if fact not in met]
    indicator_after = {name: label for label, names in after.names.items() for name in names}
    paired: set[str] = set()
    for label, amounts in before.targets.items():
        other_label = next((indicator_after[n] for n in sorted(before.names[label]) if n in indicator_after), None)
        now = after.targets.get(other_label, set()) if other_label else set()
        if other_label:
            paired.add(other_label)
        if now != amounts:
            difference.changed.append((label, sorted(amounts), sorted(now)))
    difference.changed += [(label, [], sorted(now)) for label, now in after.targets.items() if label not in paired]
    for facts in (difference.common, difference.added, difference.dropped):
        facts.sort(key=lambda fact: (fact[1], fact[0], fact[2]))
    difference.changed.sort()
    return difference


def lines_of(difference: Difference) -> Iterable[str]:
    """Lay out a difference as text: changed targets first, then what was added (+) and dropped (-)."""
    counts = (len(difference.common), len(difference.added), len(difference.dropped), len(difference.changed))
    yield "{} edges in common, {} added, {} dropped, {} targets changed".format(*counts)
    for label, before, after in difference.changed:
        yield f"~ {label}: {'; '.join(before) or 'no target'} → {'; '.join(after) or 'no target'}"
    for sign, facts in (("+", difference.added), ("-", difference.dropped)):
        for subject, relation, object_ in facts:
            yield f"{sign} {subject} {relation} {object_}"
