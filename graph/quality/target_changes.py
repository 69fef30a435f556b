"""Align the targets of two plans by their indicator, whatever its wording, and tell what became of each.

Two targets speak of one indicator where their names agree in normal form (without 全国, 累计, 总数 …, but never 新增 with what is there in
all), where their rare pairs of characters mostly agree and so does the head noun, or where one name is the end of the other and the
sentence around the short one holds what the long one says besides (粮食播种面积稳定、产量达到… is 粮食产量). Their units must agree, and
whether they speak of a level or a change. Each target is used once, the most alike first, of equals those of the nearer years.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..core.comparison import MOVES, Aim, AimChange, Move
from ..core.vocabulary import Vocabulary, load_vocabulary
from ..extract.words import prefixes

SAME_INDICATOR = 0.5
"""From which likeness on two names of one unit are one indicator."""
_IN_CONTEXT = 0.8
"""How alike a name is to the longer one that ends with it, where the sentence around it holds the rest."""
_YEAR = 0.001
_FAR = 20
_HEAD = 2
"""How many characters of a Chinese name tell its head noun."""


class _Name(NamedTuple):
    """An indicator's name in normal form, and whether it counts what is added and not what is there."""

    text: str
    added: bool


def compare_aims(before: Sequence[Aim], after: Sequence[Aim], *, other_issuers: bool = False) -> list[AimChange]:
    """Give what became of each target, those that changed first, then by the name of the indicator; tell whether other bodies issued the later."""
    alike = _Likeness([*before, *after])
    scores = {
        (i, j): score - _YEAR * min(_FAR, abs((left.year or 0) - (right.year or 0)))
        for i, left in enumerate(before)
        for j, right in enumerate(after)
        if left.change == right.change and (score := alike.of(left, right)) >= SAME_INDICATOR
    }
    met: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), _ in sorted(scores.items(), key=lambda entry: (-entry[1], entry[0])):
        if i not in met and j not in taken:
            met[i] = j
            taken.add(j)
    rows = [AimChange(_moved(before[i], after[j], other_issuers), before[i], after[j]) for i, j in sorted(met.items())]
    rows += [AimChange("new", None, right) for j, right in enumerate(after) if j not in taken]
    rows += [AimChange("dropped", left, None) for i, left in enumerate(before) if i not in met]
    return sorted(rows, key=lambda row: (MOVES.index(row.move), (row.after or row.before).indicator))  # type: ignore[union-attr]


def _moved(before: Aim, after: Aim, other_issuers: bool) -> Move:
    if before.low is not None and after.low is not None:
        was, now = (before.low, before.high or before.low), (after.low, after.high or after.low)
        if was != now:
            if other_issuers:
                return "higher_body" if now > was else "lower_body"
            if before.year != after.year:
                return "higher_year" if now > was else "lower_year"
            return "raised" if now > was else "lowered"
    if before.year != after.year:
        return "moved"
    return "kept" if before.comparator == after.comparator else "restated"


class _Likeness:
    """How alike two indicators are, by the names of all targets of both plans."""

    def __init__(self, aims: Sequence[Aim]) -> None:
        self.vocabulary = load_vocabulary()
        self.names = {aim.indicator: _normal(aim.indicator, self.vocabulary) for aim in aims}
        counts = Counter(pair for name in set(self.names.values()) for pair in _pairs(name.text))
        self.weight = {pair: math.log(1 + len(self.names) / count) for pair, count in counts.items()}

    def of(self, left: Aim, right: Aim) -> float:
        """Give the likeness of two indicators, 0 to 1; 0 for another unit, and for what is added beside what is there."""
        mine, theirs = self.names[left.indicator], self.names[right.indicator]
        if mine.added != theirs.added or not self._counted_alike(left.unit, right.unit):
            return 0.0
        if mine.text == theirs.text:
            return 1.0
        if self._ends(mine.text, theirs.text, left.said.text) or self._ends(theirs.text, mine.text, right.said.text):
            return _IN_CONTEXT
        if mine.text[-_HEAD:] != theirs.text[-_HEAD:] and mine.text not in theirs.text and theirs.text not in mine.text:
            return 0.0
        a, b = _pairs(mine.text), _pairs(theirs.text)
        return 2 * self._sum(a & b) / ((self._sum(a) + self._sum(b)) or 1)

    def _ends(self, short: str, long: str, around: str) -> bool:
        rest = long.removesuffix(short)
        return rest != long and bool(rest) and rest in around

    def _sum(self, pairs: frozenset[str]) -> float:
        # Sorted, so that the sum of floats is the same on every run.
        return sum(self.weight[pair] for pair in sorted(pairs))

    def _counted_alike(self, left: str, right: str) -> bool:
        """Tell whether two units are one, or two counters of one kind of things: 3家 and 3个, 3人 and 3名."""
        if left == right:
            return True
        return any({left, right} <= set(self.vocabulary.role(role)) for role in ("unit.people", "unit.thing"))


def _normal(name: str, vocabulary: Vocabulary) -> _Name:
    """Give a name without the words for the whole and for a total, and without those for a number at its end."""
    start = prefixes(vocabulary, "whole", "indicator.total").skip(name)
    added = prefixes(vocabulary, "indicator.added").at(name, start)
    bare = name[start + added :] or name
    for word in sorted(vocabulary.role("indicator.counted"), key=len, reverse=True):
        if bare.endswith(word) and len(bare) - len(word) >= _HEAD:
            bare = bare.removesuffix(word)
            break
    return _Name(bare, bool(added))


def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1)) or frozenset((name,))
