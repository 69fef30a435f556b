"""What the plans say of one thing: its plans, their tasks with roles and dates, and targets. The page's `script/answer.js` asks the same.

The rules, in both: what a relation joins to the thing is sorted by its class; an indicator stands for its targets; whoever issues a plan
answers for the plan's targets; what tasks are to reach belongs to them; a task is its own, with all that it holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .nodes import Nodes

HOLDS = frozenset({"hasTask", "includesProject"})
"""Relations by which a plan or task holds tasks (with those that specialise them)."""


@dataclass(slots=True)
class Answer:
    """The IRIs of plans, tasks and targets, each with the relations that join it to what is asked about, in the order found.

    parents gives the task or plan above each task; within, the task that a target is set in; owner, the plan of each task and target;
    due, the deadlines of tasks in words.
    """

    about: str
    plans: dict[str, list[str]] = field(default_factory=dict)
    tasks: dict[str, list[str]] = field(default_factory=dict)
    targets: dict[str, list[str]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    within: dict[str, str] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    due: dict[str, str] = field(default_factory=dict)


def answer_of(nodes: Nodes, iri: str) -> Answer:
    """Gather what the plans say of a node; a node of which they say nothing gives an answer without tasks and targets."""
    return _Asking(nodes, iri).answer


class _Asking:
    def __init__(self, nodes: Nodes, iri: str) -> None:
        self._nodes = nodes
        self._schema = nodes.schema
        self.answer = Answer(iri)
        cls = nodes.class_of(iri)
        if cls not in self._schema.classes:
            return
        self._around(iri)
        if self._schema.is_a(cls, "Domain"):
            for edge in nodes.edges_in(iri, proofs=False):
                if edge.relation == "inDomain":
                    self._around(edge.subject)
        if cls == "Plan":
            self._put(self.answer.plans, iri)
        if cls == "Plan" or self._schema.is_a(cls, "Task"):
            self._below(iri, cls)
        self._answered_for()
        self._owned()

    def _put(self, kind: dict[str, list[str]], node: str, relation: str = "") -> None:
        said = kind.setdefault(node, [])
        if relation and relation not in said:
            said.append(relation)

    def _around(self, iri: str) -> None:
        for edge in self._nodes.edges_out(iri, proofs=False):
            self._sort(edge.object, edge.relation)
        for edge in self._nodes.edges_in(iri, proofs=False):
            self._sort(edge.subject, edge.relation)

    def _sort(self, node: str, relation: str) -> None:
        cls = self._nodes.class_of(node)
        if cls == "Plan":
            self._put(self.answer.plans, node, relation)
        elif cls == "Target":
            self._put(self.answer.targets, node, relation)
        elif cls == "Indicator":
            for edge in self._nodes.edges_out(node, proofs=False):
                if edge.relation == "hasTarget" and self._belongs(edge.object):
                    self._put(self.answer.targets, edge.object, relation)
        elif cls and self._schema.is_a(cls, "Task"):
            self._put(self.answer.tasks, node, relation)

    def _belongs(self, target: str) -> bool:
        """Of a plan only its own targets: an indicator is shared, and other plans set theirs."""
        own = self._nodes.plan_of(self.answer.about)
        return not own or self._nodes.plan_of(target) == own

    def _holds(self, relation: str) -> bool:
        return relation in HOLDS or not HOLDS.isdisjoint(self._schema.relations[relation].ancestors)

    def _below(self, iri: str, cls: str) -> None:
        """Take in all that a plan or a task holds."""
        if cls != "Plan":
            self._put(self.answer.tasks, iri)
        rim, seen = [iri], {iri}
        while rim:
            above = rim.pop(0)
            for edge in self._nodes.edges_out(above, proofs=False):
                if self._holds(edge.relation) and edge.object not in seen:
                    seen.add(edge.object)
                    self._put(self.answer.tasks, edge.object, edge.relation)
                    rim.append(edge.object)

    def _answered_for(self) -> None:
        """Whoever issues a plan answers for its targets, and a task for those that are set in it."""
        for plan, said in self.answer.plans.items():
            if "issuedBy" in said or plan == self.answer.about:
                for edge in self._nodes.edges_in(plan, proofs=False):
                    if edge.relation == "setBy":
                        self._put(self.answer.targets, edge.subject, edge.relation)
        for task in self.answer.tasks:
            for edge in self._nodes.edges_in(task, proofs=False):
                if edge.relation == "setIn":
                    self._put(self.answer.targets, edge.subject, edge.relation)

    def _owned(self) -> None:
        """Find the plan of every task and target, what stands above each task, and when it is due."""
        answer, nodes = self.answer, self._nodes
        for task in answer.tasks:
            answer.owner[task] = nodes.plan_of(task)
            for edge in nodes.edges_in(task, proofs=False):
                # A task above is nearer than the plan.
                nearer = task not in answer.parents or nodes.class_of(edge.subject) != "Plan"
                if self._holds(edge.relation) and edge.subject != task and nearer:
                    answer.parents[task] = edge.subject
            due = [edge.object for edge in nodes.edges_out(task, proofs=False) if nodes.class_of(edge.object) == "Deadline"]
            answer.due[task] = "、".join(dict.fromkeys(nodes.named(iri).label for iri in due))
        for target in answer.targets:
            answer.owner[target] = nodes.plan_of(target)
            for edge in nodes.edges_out(target, proofs=False):
                if edge.relation == "setIn":
                    answer.within.setdefault(target, edge.object)
                elif edge.relation == "setBy":
                    answer.owner[target] = edge.object
        for plan in answer.owner.values():
            if plan:
                answer.plans.setdefault(plan, [])
