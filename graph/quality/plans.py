"""Two plans side by side: which work is kept, reworded, new or dropped, and what became of each target."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..core.comparison import Aim, AimChange, Change, Comparison, Move, Plan, Said, Work, WorkChange, of_other_issuers
from ..core.model import BASES
from ..core.schema import load_schema
from .alignment import align
from .plan_text import plan_data, plan_lines
from .target_changes import compare_aims

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from ..core.model import Statement

__all__ = [
    "Aim", "AimChange", "Change", "Comparison", "Move", "Plan", "Said", "Work", "WorkChange",
    "compare_plans", "plan_data", "plan_lines", "plan_of",
]  # fmt: skip


def plan_of(graph: nx.MultiDiGraph[str], plan: str) -> Plan:
    """Gather what is compared of a plan in a graph: its tasks of every kind, in the order of its text, and its targets."""
    data = graph.nodes[plan]
    issuers = [str(graph.nodes[body]["zh"]) for _, body, relation in graph.out_edges(plan, keys=True) if relation == "issuedBy"]
    years = [data["attrs"].get(name) for name in ("yf:startYear", "yf:endYear")]
    found = Plan(
        str(data["zh"]),
        number=str(data["attrs"].get("dcterms:identifier", "")),
        issuers=tuple(issuers),
        years=tuple(year for year in years if isinstance(year, int)),
    )
    seen = {plan}

    def descend(node: str, at: int, above: tuple[Work, ...]) -> None:
        for _, child, statement in _below(graph, node):
            if child in seen:
                continue
            seen.add(child)
            told = graph.nodes[child]
            label = str(told["zh"])
            for work in above:
                work.under.append(label)
            if told["cls"] == "Measure":
                continue
            work = Work(child, told["cls"], label, at, len(above), said=_said(graph, statement, child))
            work.sentences.extend(_sentences(graph, child))
            found.work.append(work)
            descend(child, len(found.work) - 1, (*above, work))

    descend(plan, -1, ())
    for indicator, target, relation, edge in graph.edges(keys=True, data=True):
        if relation == "hasTarget" and graph.has_edge(target, plan, key="setBy"):
            said = _said(graph, _best(edge["statements"]))
            found.aims.append(_aim(str(graph.nodes[indicator]["zh"]), graph.nodes[target]["attrs"], said))
    return found


def _below(graph: nx.MultiDiGraph[str], node: str) -> list[tuple[tuple[str, int], str, Statement]]:
    """Give what stands under a node as work, in the order of the text, each with the statement that says so."""
    schema = load_schema()
    found = []
    for _, child, relation, edge in graph.out_edges(node, keys=True, data=True):
        if relation == "hasTask" or "hasTask" in schema.relations[relation].ancestors:
            statement = _best(edge["statements"])
            place = (statement.passages[0].key, statement.passages[0].span.start) if statement.passages else ("", 0)
            found.append((place, child, statement))
    return sorted(found, key=lambda one: one[0])


def _best(statements: Iterable[Statement]) -> Statement:
    """Give the statement on the strongest basis, the first of equals."""
    return min(statements, key=lambda one: BASES.index(one.basis))


def _said(graph: nx.MultiDiGraph[str], statement: Statement, task: str = "") -> Said:
    """Give the words of a statement; behind a task's heading the first sentence of its own text."""
    if not statement.passages:
        return Said("", statement.source.title if statement.source else "", statement.basis)
    passage = statement.passages[0]
    text = passage.exact
    if task and (own := next((one for one in _sentences(graph, task) if one not in text), "")):
        text = f"{text}\n{own}"
    name = graph.nodes[passage.document]["zh"] if passage.document in graph else passage.key
    return Said(text, str(name), statement.basis)


def _sentences(graph: nx.MultiDiGraph[str], task: str) -> list[str]:
    """Give the sentences of a task's own text that say something of it, in the order of the text."""
    found: dict[tuple[str, int, int], str] = {}
    for _, _, relation, edge in graph.out_edges(task, keys=True, data=True):
        for statement in edge["statements"]:
            if statement.basis == "stated" and statement.passages and relation != "hasTask":
                passage = statement.passages[0]
                found[passage.key, passage.span.start, passage.span.end] = passage.exact
    return [found[place] for place in sorted(found)]


def _aim(indicator: str, attrs: dict[str, Any], said: Said) -> Aim:
    low, high = attrs.get("yf:lower", attrs.get("yf:value")), attrs.get("yf:upper", attrs.get("yf:value"))
    year = attrs.get("yf:year")
    return Aim(
        indicator,
        str(attrs.get("yf:comparator", "")),
        low if isinstance(low, Decimal) else None,
        high if isinstance(high, Decimal) else None,
        str(attrs.get("yf:unitText", "")),
        int(year) if year is not None else None,
        bool(attrs.get("yf:change")),
        said,
    )


def compare_plans(before: Plan, after: Plan) -> Comparison:
    """Lay two plans side by side; work comes in the order of the later plan, what it dropped behind, targets by indicator."""
    aims = compare_aims(before.aims, after.aims, other_issuers=of_other_issuers(before, after))
    return Comparison(before, after, _compare_work(before.work, after.work), aims)


def _compare_work(before: list[Work], after: list[Work]) -> list[WorkChange]:
    met = align(before, after)
    found_at = {j: i for i, j in met}
    rows = []
    for j, right in enumerate(after):
        if j not in found_at:
            rows.append(WorkChange("new", None, right))
            continue
        left = before[found_at[j]]
        rows.append(WorkChange("kept" if left.label == right.label else "reworded", left, right, met[found_at[j], j]))
    return rows + [WorkChange("dropped", left, None) for i, left in enumerate(before) if i not in set(found_at.values())]
