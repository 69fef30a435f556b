"""Two plans side by side: which work is kept, reworded, new or dropped, and which targets rise, fall or move.

Work is aligned by what its names say, without a model: the pairs of neighbouring characters that two names share count by how rarely
the two plans use them, so that 推进农业绿色发展 meets 农业绿色转型 and not every other name that begins with 推进农业. What stands under a task
(its measures) and whether the tasks above are aligned count too. Each side is used once, the most alike pair first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from ..core.schema import load_schema
from ..core.vocabulary import load_vocabulary
from ..extract.words import prefixes
from ..text.numerals import spoken

if TYPE_CHECKING:
    import networkx as nx

Change = Literal["kept", "reworded", "new", "dropped"]
Move = Literal["kept", "raised", "lowered", "moved", "restated", "new", "dropped"]
ALIKE = 0.25
"""From which likeness on two names of work are one work in other words."""
SAME_INDICATOR = 0.5
"""From which likeness on two indicators of one unit are one."""
_UNDER, _ABOVE = 0.5, 0.1
"""How much what stands under two tasks counts beside their names, and how much it adds that the tasks above them are aligned."""
_OTHER_DEPTH = 0.7
"""How much is left of a likeness where the two stand at different depths of their plans."""
_BRACKETS = "“”\"（）()《》〈〉、，,：: "


@dataclass(slots=True)
class Work:
    """One item of a plan: its class and label, the label of the task above it, how deep it stands, the labels
    of all that stands under it."""

    iri: str
    cls: str
    label: str
    above: str = ""
    depth: int = 0
    under: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Aim:
    """One target: its indicator, comparator, value or range, unit, year, and whether it is a change."""

    indicator: str
    comparator: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    year: int | None
    change: bool

    @property
    def text(self) -> str:
        """Give the amount with its year, large numbers in 万 and 亿."""
        ends = [spoken(end) for end in (self.low, self.high) if end is not None]
        amount = "—".join(dict.fromkeys(ends))
        year = f" ({self.year})" if self.year else ""
        return f"{'change ' if self.change else ''}{self.comparator} {amount} {self.unit}{year}".strip()


@dataclass(slots=True)
class Plan:
    """What is compared of a plan: its title, its work in order, its targets."""

    title: str
    work: list[Work] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WorkChange:
    """What became of one piece of work; alike is 1 for the same words."""

    change: Change
    before: Work | None
    after: Work | None
    alike: float = 0.0


@dataclass(frozen=True, slots=True)
class AimChange:
    """What became of one target: raised and lowered speak of the value, moved of the year alone, restated of anything else."""

    move: Move
    before: Aim | None
    after: Aim | None


@dataclass(slots=True)
class Comparison:
    """Two plans side by side: every piece of work and every target of both, each once."""

    before: Plan
    after: Plan
    work: list[WorkChange]
    aims: list[AimChange]

    @property
    def same(self) -> bool:
        """Tell whether nothing changed."""
        return all(one.change == "kept" for one in self.work) and all(one.move == "kept" for one in self.aims)


def plan_of(graph: nx.MultiDiGraph[str], plan: str) -> Plan:
    """Gather what is compared of a plan in a graph: its tasks of every kind, in order, and its targets."""
    schema = load_schema()
    found = Plan(str(graph.nodes[plan]["zh"]))
    seen = {plan}

    def descend(node: str, above: tuple[Work, ...]) -> None:
        for _, child, relation in graph.out_edges(node, keys=True):
            if child in seen or not (relation == "hasTask" or "hasTask" in schema.relations[relation].ancestors):
                continue
            seen.add(child)
            data = graph.nodes[child]
            for work in above:
                work.under.append(str(data["zh"]))
            if data["cls"] == "Measure":
                continue
            work = Work(child, data["cls"], str(data["zh"]), above[-1].label if above else "", len(above))
            found.work.append(work)
            descend(child, (*above, work))

    descend(plan, ())
    for indicator, target, relation in graph.edges(keys=True):
        if relation == "hasTarget" and graph.has_edge(target, plan, key="setBy"):
            found.aims.append(_aim(str(graph.nodes[indicator]["zh"]), graph.nodes[target]["attrs"]))
    return found


def _aim(indicator: str, attrs: dict[str, Any]) -> Aim:
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
    )


class _Likeness:
    """How alike two names are: shared pairs of characters over all, each weighted by how few names of either plan have it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._grams: dict[str, frozenset[str]] = {}
        counts: Counter[str] = Counter()
        listed = list(dict.fromkeys(names))
        for name in listed:
            self._grams[name] = _pairs(name)
            counts.update(self._grams[name])
        self._weight = {pair: math.log(1 + len(listed) / count) for pair, count in counts.items()}

    def of(self, left: str, right: str) -> float:
        """Give the likeness of two names, 0 to 1 (a weighted Dice coefficient)."""
        if left == right:
            return 1.0
        a, b = self._grams[left], self._grams[right]
        return 2 * self._sum(a & b) / ((self._sum(a) + self._sum(b)) or 1)

    def of_all(self, left: list[str], right: list[str]) -> float:
        """Give the likeness of two lists of names: the cosine of how often they have each pair, rare pairs counting more."""
        a, b = (Counter(pair for name in names for pair in self._grams[name]) for names in (left, right))
        shared = sum(a[pair] * b[pair] * self._weight[pair] ** 2 for pair in sorted(a.keys() & b.keys()))
        lengths = [math.sqrt(sum((count * self._weight[pair]) ** 2 for pair, count in sorted(one.items()))) for one in (a, b)]
        return shared / (lengths[0] * lengths[1] or 1)

    def _sum(self, pairs: frozenset[str]) -> float:
        # Sorted, so that the sum of floats is the same on every run.
        return sum(self._weight[pair] for pair in sorted(pairs))


def _pairs(name: str) -> frozenset[str]:
    """Give the pairs of neighbouring characters of a name without the verbs and adverbs that open it, and without marks."""
    vocabulary = load_vocabulary()
    start = prefixes(vocabulary, "verb.work", "adverb").skip(name)
    bare = "".join(c for c in (name[start:] if len(name) - start >= 2 else name) if c not in _BRACKETS)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) or frozenset((bare,))


def compare_plans(before: Plan, after: Plan) -> Comparison:
    """Lay two plans side by side; work comes in the order of the later plan, what it dropped behind, targets by indicator."""
    return Comparison(before, after, _compare_work(before.work, after.work), _compare_aims(before.aims, after.aims))


def _compare_work(before: list[Work], after: list[Work]) -> list[WorkChange]:
    likeness = _Likeness(name for work in (*before, *after) for name in (work.label, *work.under))

    def alike(left: Work, right: Work) -> float:
        named = likeness.of(left.label, right.label)
        if left.under and right.under:
            under = likeness.of_all([left.label, *left.under], [right.label, *right.under])
            named = max(named, (1 - _UNDER) * named + _UNDER * under)
        return named * (1 if left.depth == right.depth else _OTHER_DEPTH)

    scores = {(i, j): alike(left, right) for i, left in enumerate(before) for j, right in enumerate(after)}
    met = _met(scores, ALIKE)
    aligned = {(before[i].label, after[j].label) for i, j in met.items()}
    near = {key: score + _ABOVE for key, score in scores.items() if (before[key[0]].above, after[key[1]].above) in aligned}
    met = _met({**scores, **near}, ALIKE)
    found_at = {j: i for i, j in met.items()}
    rows = []
    for j, right in enumerate(after):
        if j not in found_at:
            rows.append(WorkChange("new", None, right))
            continue
        left = before[found_at[j]]
        rows.append(WorkChange("kept" if left.label == right.label else "reworded", left, right, round(scores[found_at[j], j], 3)))
    return rows + [WorkChange("dropped", left, None) for i, left in enumerate(before) if i not in met]


def _met(scores: dict[tuple[int, int], float], least: float) -> dict[int, int]:
    """Pair the most alike first, each side once; equal scores in the order of the plans."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), score in sorted(scores.items(), key=lambda entry: (-entry[1], entry[0])):
        if score < least:
            break
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _compare_aims(before: list[Aim], after: list[Aim]) -> list[AimChange]:
    likeness = _Likeness(aim.indicator for aim in (*before, *after))
    scores = {
        (i, j): likeness.of(left.indicator, right.indicator) + (0.01 if left.year == right.year else 0.0)
        for i, left in enumerate(before)
        for j, right in enumerate(after)
        if (left.unit, left.change) == (right.unit, right.change)
    }
    met = _met(scores, SAME_INDICATOR)
    rows = [AimChange(_moved(left, after[met[i]]), left, after[met[i]]) for i, left in enumerate(before) if i in met]
    rows += [AimChange("dropped", left, None) for i, left in enumerate(before) if i not in met]
    rows += [AimChange("new", None, right) for j, right in enumerate(after) if j not in set(met.values())]
    return sorted(rows, key=lambda row: ((row.after or row.before).indicator, row.move, row.before is None))  # type: ignore[union-attr]


def _moved(before: Aim, after: Aim) -> Move:
    if (before.low, before.high) != (after.low, after.high) and before.low is not None and after.low is not None:
        return "raised" if (after.low, after.high or after.low) > (before.low, before.high or before.low) else "lowered"
    if before.year != after.year:
        return "moved"
    return "kept" if before.comparator == after.comparator else "restated"


_SIGNS = {"kept": "=", "reworded": "~", "new": "+", "dropped": "-", "raised": "▲", "lowered": "▼", "moved": "→", "restated": "~"}


def plan_lines(comparison: Comparison, most: int | None = None) -> Iterator[str]:
    """Lay a comparison out as text: counts, then targets and work that changed; at most so many lines where a number is given."""
    work, aims = comparison.work, comparison.aims
    yield f"{comparison.before.title} → {comparison.after.title}"
    yield f"work: {_told(one.change for one in work)}"
    yield f"targets: {_told(one.move for one in aims)}"
    lines = [_aim_line(one) for one in aims if one.move != "kept"]
    lines += [_work_line(one) for one in work if one.change != "kept"]
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"… {len(lines) - most} more lines (--all shows them)"


def _told(changes: Iterable[str]) -> str:
    counts = Counter(changes)
    return ", ".join(f"{counts[change]} {change}" for change in _SIGNS if counts[change]) or "none"


def _aim_line(one: AimChange) -> str:
    sign = _SIGNS[one.move]
    if one.before is not None and one.after is not None:
        name = one.after.indicator if one.before.indicator == one.after.indicator else f"{one.before.indicator} / {one.after.indicator}"
        return f"{sign} {name}: {one.before.text} → {one.after.text}"
    aim = one.after or one.before
    assert aim is not None
    return f"{sign} {aim.indicator}: {aim.text}"


def _work_line(one: WorkChange) -> str:
    if one.before is not None and one.after is not None:
        return f"{_SIGNS[one.change]} {one.before.label} → {one.after.label}"
    work = one.after or one.before
    assert work is not None
    return f"{_SIGNS[one.change]} {work.label}"


def plan_data(comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as plain values for JSON."""

    def aim(one: Aim | None) -> dict[str, Any] | None:
        return {"indicator": one.indicator, "amount": one.text, "year": one.year} if one else None

    return {
        "before": comparison.before.title,
        "after": comparison.after.title,
        "work": [
            {
                "change": one.change,
                "before": one.before.label if one.before else None,
                "after": one.after.label if one.after else None,
                "alike": one.alike,
            }
            for one in comparison.work
        ],
        "targets": [{"change": one.move, "before": aim(one.before), "after": aim(one.after)} for one in comparison.aims],
    }
