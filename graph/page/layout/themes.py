"""What a community of plans is about: the words that their titles have in common and the nodes that they share.

A candidate counts by the part of the community's plans that it joins, and by how few others it joins (tf-idf in kind: Salton and Buckley 1988).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ...core.kinds import kind_of
from ...core.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import networkx as nx

_TELLING = {"Industry": 2.0, "Technology": 1.6, "Programme": 1.4, "Place": 1.2, "Scenario": 1.0, "Organization": 1.0}
"""How much a class says of what plans are about; other classes name no community."""
_TITLE = 1.8
_SHORTEST, _LONGEST = 2, 10
_MOST_TITLES = 200
_MOST, _LEAST_SHARE = 3, 0.4


@cache
def _parting() -> re.Pattern[str]:
    """Give what parts the words of a title that name its matter: brackets and years, and words of its manner."""
    manner = sorted(load_vocabulary().role("title.manner"), key=len, reverse=True)
    return re.compile("|".join((r"（[^（）]*）", r"\([^()]*\)", r"\W", r"\d+年?", *map(re.escape, manner))))


def matter(title: str) -> list[str]:
    """Give the stretches of a title that name its matter: without its kind, its years and the words that many titles have.

    >>> matter("澜原省关于加快地热能开发利用的实施意见"), matter("云溪市行动计划（2021-2023年）")
    (['澜原省', '地热能开发利用'], ['云溪市'])
    """
    bare = re.sub(r"(?:（[^（）]*）|\([^()]*\)|\s)+$", "", title)
    kind = kind_of(bare)
    return [piece for piece in _parting().split(bare.removesuffix(kind)) if len(piece) >= _SHORTEST]


@cache
def _place() -> re.Pattern[str]:
    """Give the pattern of a place at the head of a title."""
    vocabulary = load_vocabulary()
    units = (unit for level in ("province", "city", "county") for unit in vocabulary.role(f"place.{level}"))
    return re.compile(rf"\w{{1,4}}?(?:{'|'.join(sorted(map(re.escape, units), key=len, reverse=True))})")


def _stretches(title: str) -> set[str]:
    """Give every stretch of the matter of a title of the length of a name; none begins in the middle of a place's name."""
    found: set[str] = set()
    for piece in matter(title):
        place = _place().match(piece)
        for start in range(len(piece) - _SHORTEST + 1):
            if place and 0 < start < place.end():
                continue
            ends = range(start + _SHORTEST, min(len(piece), start + _LONGEST) + 1)
            found.update(piece[start:end] for end in ends)
    return found


def common_words(titles: Sequence[str], every: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Give the longest stretches that at least two of the titles have, with how many of these have each, and how many of all.

    >>> common_words(["甲市地热供暖方案", "乙省地热能规划", "丙县道路规划"], ["甲市地热供暖方案", "乙省地热能规划", "丙县道路规划", "丁县地热规划"])
    {'地热': (2, 3)}
    """
    counts = Counter(stretch for title in titles[:_MOST_TITLES] for stretch in _stretches(title))
    several = {stretch: count for stretch, count in counts.items() if count > 1}
    longest = {
        stretch: count
        for stretch, count in sorted(several.items(), key=lambda item: (-len(item[0]), item[0]))
        if not any(stretch in other and count == several[other] for other in several if len(other) > len(stretch))
    }
    known = Counter(stretch for title in every for stretch in _stretches(title) & longest.keys()) if longest else Counter()
    return {stretch: (count, known[stretch]) for stretch, count in longest.items()}


def theme(small: nx.Graph[str], part: Sequence[str], classes: Mapping[str, str], titles: Mapping[str, str]) -> list[str]:
    """Name what holds a community together, by at most three nodes (their IRIs) or words of titles, the strongest first.

    `titles` has the label of every node. What joins less than two of the plans holds nothing, nor what is weak beside the strongest.
    """
    plans = [node for node in part if classes[node] == "Plan"]
    if len(plans) < 2:
        return []
    inside = set(plans)

    def strength(own: int, joined: int, telling: float) -> float:
        return telling * (own / len(plans)) ** 2 * math.sqrt(own / joined)

    scores: dict[str, float] = {}
    words = common_words([titles[plan] for plan in plans], (titles[node] for node in classes if classes[node] == "Plan"))
    for word, (own, joined) in words.items():
        scores[word] = strength(own, joined, _TITLE)
    for node in part:
        joined_to = [other for other in small.adj[node] if classes[other] == "Plan"]
        own = sum(other in inside for other in joined_to)
        if own > 1 and classes[node] in _TELLING:
            scores[node] = strength(own, len(joined_to), _TELLING[classes[node]])
    best = max(scores.values(), default=0.0)
    ordered = sorted((key for key, score in scores.items() if score >= best * _LEAST_SHARE), key=lambda key: (-scores[key], key))
    return list(_apart(ordered, titles))[:_MOST]


def _apart(names: Iterable[str], titles: Mapping[str, str]) -> Iterator[str]:
    """Leave out what says again, in part or in whole, what was said before it."""
    said: list[str] = []
    for name in names:
        words = titles.get(name, name)
        if not any(words in other or other in words for other in said):
            said.append(words)
            yield name
