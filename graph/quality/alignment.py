"""Align the work of two plans by meaning, without a model: which item of the later plan carries on which item of the earlier one.

How alike two items are is the cosine of the characters and pairs of neighbouring characters of all that stands under them (sublinear
term frequency, inverse document frequency; Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.2 to 6.4), to which
the names of the two and their places among their neighbours add. An item that is rather alike to everything, as preambles are, is held
back by what its nearest neighbours score (cross-domain similarity local scaling; Conneau et al., ICLR 2018). Sections meet sections
whose items meet, and an item meets a section where the later plan made a section of it. Each side is used once, the most alike first;
what is left over of two sections that met needs less to meet.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ..core.comparison import Work
from ..core.vocabulary import load_vocabulary
from ..extract.words import prefixes

ALIKE = 0.05
"""From which likeness on, beyond that of their neighbours, two items are one work in other words."""
_LABEL = 4
"""How many times the words of an item's name count among those of its text."""
_NAME, _ORDER = 0.2, 0.03
"""What the likeness of two names adds, and what their places among their neighbours add."""
_NEAR, _HELD = 4, 0.7
"""By how many nearest neighbours an item is held back, and how much."""
_COVER = 0.05
"""What it adds or takes that the items of two sections meet, all or none of them."""
_LEVEL = 0.15
"""What it takes that one is a section and the other an item."""
_SPLIT = 0.1
"""What it adds that the items of the section all meet that one item: the plan made a section of it, or an item of a section."""
_CLAIMED = 0.05
"""What it takes that the section has met a section already."""
_SAME_NAME = 0.6
"""From which likeness of names on it takes nothing that one is a section and the other an item."""
_EXACT = 10.0
# Digits are marks too: two items are no more one work because both are numbered or count something.
_MARKS = frozenset("0123456789.%“”\"（）()《》〈〉、，,：:；;。！!？? \n")
_Pair = tuple[int, int]


def align(before: Sequence[Work], after: Sequence[Work]) -> dict[_Pair, float]:
    """Give the pairs that meet, as places in the two lists, with how alike each pair is (1 for the same name).

    >>> align([Work("a", "Task", "推进渔港绿色改造"), Work("b", "Task", "加快盐田修复")], [Work("c", "Task", "修复老旧盐田")]).keys()
    dict_keys([(1, 0)])
    """
    if not before or not after:
        return {}
    left, right = _Side(before), _Side(after)
    texts = _cosines(left.bags, right.bags, _spread(left.own, right.own))
    names = _cosines(left.names, right.names, _spread(left.names, right.names), smooth=1)
    scores = {
        (i, j): texts.get((i, j), 0.0)
        + _NAME * names.get((i, j), 0.0)
        + _ORDER * (1 - abs(left.place[i] - right.place[j]))
        for i in range(len(before))
        for j in range(len(after))
    }
    scores = _held_back(scores, len(before), len(after))
    _level(scores, left, right, names)
    for (i, j), score in scores.items():
        if before[i].label == after[j].label:
            scores[i, j] = score + _EXACT
    met = _met(scores, left, right)
    return {pair: 1.0 if before[pair[0]].label == after[pair[1]].label else round(_sure(scores[pair]), 3) for pair in met}


def _sure(score: float) -> float:
    return min(0.99, max(0.0, score) * 2)


class _Side:
    """One plan made ready: the words of each item's name and of all under it, its place among its neighbours, what stands under it."""

    def __init__(self, work: Sequence[Work]) -> None:
        self.parent = [one.parent for one in work]
        children: dict[int, list[int]] = defaultdict(list)
        for at, parent in enumerate(self.parent):
            children[parent].append(at)
        self.children = [children.get(at, []) for at in range(len(work))]
        self.names = [Counter(_pairs(_bare(one.label))) for one in work]
        self.place = [0.0] * len(work)
        for siblings in children.values():
            for rank, at in enumerate(siblings):
                self.place[at] = (rank + 0.5) / len(siblings)
        self.own = [self._words(one) for one in work]
        self.bags = [bag.copy() for bag in self.own]
        # An item's words count for all above it; the list goes from the top down.
        for at in range(len(work) - 1, -1, -1):
            if self.parent[at] >= 0:
                self.bags[self.parent[at]].update(self.bags[at])
        self.items: dict[int, list[int]] = {at: list(self._items(at)) for at, below in enumerate(self.children) if below}

    def _words(self, one: Work) -> Counter[str]:
        counts: Counter[str] = Counter()
        for sentence in one.sentences:
            counts.update(_pairs(sentence))
            counts.update(c for c in sentence if c not in _MARKS)
        for pair in _pairs(_bare(one.label)):
            counts[pair] += _LABEL
        return counts

    def _items(self, at: int) -> Iterable[int]:
        for child in self.children[at]:
            if self.children[child]:
                yield from self._items(child)
            else:
                yield child


def _bare(name: str) -> str:
    """Give a name without the verbs and adverbs that open it, where enough is left."""
    start = prefixes(load_vocabulary(), "verb.work", "adverb").skip(name)
    return name[start:] if len(name) - start >= 2 else name


def _pairs(text: str) -> list[str]:
    """Give the pairs of neighbouring characters, none across a mark; a lone character stands for itself."""
    found: list[str] = []
    start = 0
    for at in range(len(text) + 1):
        if at == len(text) or text[at] in _MARKS:
            found.extend(text[k : k + 2] for k in range(start, at - 1))
            start = at + 1
    return found or [text]


def _spread(*sides: Sequence[Counter[str]]) -> Counter[str]:
    """Count for each word how many items of both plans have it."""
    return Counter(word for side in sides for bag in side for word in bag)


def _cosines(
    left: Sequence[Counter[str]], right: Sequence[Counter[str]], spread: Counter[str], smooth: int = 0
) -> dict[_Pair, float]:
    """Give the cosine of each two bags that share a word; a word counts by how few items have it, and less for each repetition."""
    total = len(left) + len(right)
    rare = {word: math.log(smooth + (total + 1 - smooth) / count) for word, count in spread.items()}

    def weighed(bag: Counter[str]) -> dict[str, float]:
        # Sorted, so that the sum of floats is the same on every run.
        weights = {word: (1 + math.log(count)) * rare[word] for word, count in sorted(bag.items())}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}

    where: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for j, bag in enumerate(right):
        for word, weight in weighed(bag).items():
            where[word].append((j, weight))
    found: dict[_Pair, float] = defaultdict(float)
    for i, bag in enumerate(left):
        for word, weight in weighed(bag).items():
            for j, other in where.get(word, ()):
                found[i, j] += weight * other
    return dict(found)


def _held_back(scores: dict[_Pair, float], rows: int, columns: int) -> dict[_Pair, float]:
    """Take from each score what the nearest neighbours of the two sides score on average."""

    def near(values: list[float]) -> float:
        nearest = sorted(values, reverse=True)[:_NEAR]
        return sum(nearest) / len(nearest)

    lefts = [near([scores[i, j] for j in range(columns)]) for i in range(rows)]
    rights = [near([scores[i, j] for i in range(rows)]) for j in range(columns)]
    return {(i, j): score - _HELD * (lefts[i] + rights[j]) / 2 for (i, j), score in scores.items()}


def _level(scores: dict[_Pair, float], left: _Side, right: _Side, names: dict[_Pair, float]) -> None:
    """Weigh the levels: sections meet by their items; an item meets a section where all of the section's items would meet it."""
    rows = [i for i in range(len(left.parent)) if not left.children[i]]
    columns = [j for j in range(len(right.parent)) if not right.children[j]]
    best_right = {i: max(columns, key=lambda j: scores[i, j]) for i in rows} if columns else {}
    best_left = {j: max(rows, key=lambda i: scores[i, j]) for j in columns} if rows else {}
    for i, mine in left.items.items():
        for j, theirs in right.items.items():
            forth = sum(best_right.get(k) in theirs for k in mine) / len(mine)
            back = sum(best_left.get(k) in mine for k in theirs) / len(theirs)
            scores[i, j] += _COVER * ((2 * forth * back / (forth + back) if forth + back else 0.0) - 0.5)
    claimed_left, claimed_right = _claimed(scores, left.items, right.items)
    for (i, j), score in scores.items():
        if bool(left.children[i]) == bool(right.children[j]):
            continue
        score -= _LEVEL * (1 - min(1.0, names.get((i, j), 0.0) / _SAME_NAME))
        if left.children[i]:
            votes, of, claimed = sum(best_right.get(k) == j for k in left.items[i]), len(left.items[i]), i in claimed_left
        else:
            votes, of, claimed = sum(best_left.get(k) == i for k in right.items[j]), len(right.items[j]), j in claimed_right
        if claimed:
            score -= _CLAIMED
        elif votes >= 2 and votes * 2 >= of:
            score += _SPLIT
        scores[i, j] = score


def _claimed(scores: dict[_Pair, float], lefts: Iterable[int], rights: Iterable[int]) -> tuple[set[int], set[int]]:
    """Give the sections of either side that are each other's most alike section."""
    sections, others = list(lefts), list(rights)
    mine: set[int] = set()
    theirs: set[int] = set()
    for i in sections if others else ():
        j = max(others, key=lambda other: scores[i, other])
        if scores[i, j] >= ALIKE and max(sections, key=lambda other: scores[other, j]) == i:
            mine.add(i)
            theirs.add(j)
    return mine, theirs


def _met(scores: dict[_Pair, float], left: _Side, right: _Side) -> list[_Pair]:
    """Pair the most alike first, each side once; equal scores in the order of the plans.

    What is left over of two sections that met needs less to meet: no more than to be as alike as its neighbours.
    """
    pairs: list[_Pair] = []
    lefts: set[int] = set()
    rights: set[int] = set()
    ranked = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
    for least in (ALIKE, 0.0):
        sections = set(pairs)
        for (i, j), score in ranked:
            if score < least:
                break
            together = least == ALIKE or (left.parent[i], right.parent[j]) in sections
            if together and i not in lefts and j not in rights:
                pairs.append((i, j))
                lefts.add(i)
                rights.add(j)
    return pairs
