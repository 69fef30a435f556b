"""How a graph is shown at first: which nodes start folded into which, and with which plan each of the others stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.schema import Schema, load_schema

if TYPE_CHECKING:
    import networkx as nx

_HOLDS = frozenset({"hasTask", "hasTarget", "hasObservation", "declares"})
# What a plan's card itself says (its years), or only who checks the text asks for; phases are parts of a plan and stay in view.
_SAID_BY_PLAN = frozenset({"hasPeriod", "hasContradiction"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What the layouts need to know of a graph.

    fold gives, for a node that starts folded, the node that it is folded into; first holds the nodes of the first view in
    the graph's order; home gives each of those its plan ("" when it belongs to none); plans are in the graph's order.
    """

    fold: dict[str, str]
    first: tuple[str, ...]
    home: dict[str, str]
    plans: tuple[str, ...]

    def members(self) -> dict[str, list[str]]:
        """Give what stands with each plan at first, itself among it; what belongs to none stands under "". None is empty."""
        found: dict[str, list[str]] = {plan: [] for plan in (*self.plans, "")}
        for node in self.first:
            found[self.home[node]].append(node)
        return {plan: nodes for plan, nodes in found.items() if nodes}


def folds(graph: nx.MultiDiGraph[str], schema: Schema) -> dict[str, str]:
    """Give the parent that each task detail, target, observation, declared count and contradiction, and a plan's own period, starts folded into.

    A task that hangs on the plan itself stays in view, with what hangs on it folded; a parent below the plan is preferred
    to the plan, and no node is folded into something that is folded into it.
    """
    holding = {name for name, relation in schema.relations.items() if name in _HOLDS or relation.ancestors & _HOLDS}
    classes: dict[str, str] = {node: data["cls"] for node, data in graph.nodes(data=True)}
    parents: dict[str, str] = {}
    in_view: set[str] = set()
    for subject, object_, relation in graph.edges(keys=True):
        if relation in _SAID_BY_PLAN:
            parents.setdefault(object_, subject)
        if relation not in holding:
            continue
        cls = classes[object_]
        under_plan = classes[subject] == "Plan"
        if not schema.classes[cls].folded and (under_plan or not schema.is_a(cls, "Task")):
            in_view.add(object_)
        elif object_ not in parents or (classes[parents[object_]] == "Plan" and not under_plan):
            parents[object_] = subject
    for node in in_view:
        parents.pop(node, None)
    for node in list(parents):
        seen = {node}
        above = parents.get(node)
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above is not None:
            del parents[node]
    return parents


def homes(graph: nx.MultiDiGraph[str], fold: dict[str, str]) -> dict[str, str]:
    """Give every node the plan with which it is shown: its own, or the one that has most edges to it."""
    own: dict[str, str] = {}
    for node, data in graph.nodes(data=True):
        own[node] = node if data["cls"] == "Plan" else data.get("plan", "")
    votes: dict[str, Counter[str]] = {}
    for subject, object_ in graph.edges():
        for node, other in ((subject, object_), (object_, subject)):
            if not own[node] and own[other]:
                votes.setdefault(node, Counter())[own[other]] += 1
    rank = {node: index for index, node in enumerate(graph)}
    result = {}
    for node in graph:
        counted = votes.get(node)
        result[node] = own[node] or (min(counted, key=lambda p: (-counted[p], rank[p])) if counted else "")
    # What no plan touches stands with the nearest node that has a plan (the ministry above a department, say).
    waiting = [node for node in graph if result[node]]
    while waiting:
        reached = []
        for node in waiting:
            for other in (*graph.successors(node), *graph.predecessors(node)):
                if not result[other]:
                    result[other] = result[node]
                    reached.append(other)
        waiting = reached
    # A plan that is only cited, with nothing of its own, is shown beside the plan that cites it.
    peopled = {plan for node, plan in own.items() if plan and plan != node}
    # Beside a single plan nothing gets a board of its own, not even what no relation joins to it (a value known before, say).
    if len(peopled) == 1:
        (only,) = peopled
        result = {node: home or only for node, home in result.items()}
    moved = {}
    for plan in [node for node in graph if own[node] == node]:
        if plan not in peopled:
            near = [result[o] for o in (*graph.predecessors(plan), *graph.successors(plan)) if result[o] in peopled]
            if near:
                moved[plan] = near[0]
    # What stood with such a plan (the body that issued it) goes with it.
    return {node: moved.get(home, home) for node, home in result.items()}


def shape_of(graph: nx.MultiDiGraph[str]) -> Shape:
    """Say what of the graph is seen first, and where."""
    fold = folds(graph, load_schema())
    home = homes(graph, fold)
    first = tuple(node for node in graph if node not in fold)
    plans = tuple(node for node in graph if graph.nodes[node]["cls"] == "Plan" and home[node] == node)
    return Shape(fold, first, home, plans)
