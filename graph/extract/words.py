"""Trigger words made ready for matching, once a vocabulary: patterns and prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..core.vocabulary import Vocabulary
from ..core.words import grouped_pattern, role_pattern, trie_pattern

__all__ = [
    "Prefixes", "Suffixes", "grouped_pattern", "grouped_role_pattern", "known_names", "only_verbs", "prefixes", "role_pattern", "role_regex",
    "suffixes", "trie_pattern",
]  # fmt: skip


@cache
def grouped_role_pattern(vocabulary: Vocabulary, *roles: str) -> str:
    """Give a pattern of all words of some roles, grouped."""
    return grouped_pattern(word for role in roles for word in vocabulary.role(role))


@cache
def role_regex(vocabulary: Vocabulary, *roles: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Give the compiled pattern of all words of some roles between two fixed pieces of pattern."""
    return re.compile(f"{before}(?:{role_pattern(vocabulary, *roles)}){after}")


class Prefixes:
    """Words by their first character: tells which of many words a text begins with."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}

    def at(self, text: str, position: int = 0) -> int:
        """Give the length of the longest word that stands at a position; 0 for none.

        >>> Prefixes(["加", "加强"]).at("要加强统筹", 1), Prefixes(["新建", "新改扩建"]).at("新建")
        (2, 2)
        """
        lengths = self._lengths.get(text[position : position + 1])
        if lengths is None:
            return 0
        for length in lengths:
            # Near the end of the text the slice may be shorter than asked for.
            if (word := text[position : position + length]) in self._words:
                return len(word)
        return 0

    def skip(self, text: str, position: int = 0) -> int:
        """Give the position behind all words that follow one another from here.

        >>> Prefixes(["要", "积极"]).skip("要积极推进")
        3
        """
        while length := self.at(text, position):
            position += length
        return position


class Suffixes:
    """Words by their last character: tells whether a text ends with one of many words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        for word in words:
            self._words[word[-1]] = (*self._words.get(word[-1], ()), word)

    def end(self, text: str) -> bool:
        """Tell whether a text ends with one of the words.

        >>> Suffixes(["定位", "范围"]).end("功能定位"), Suffixes(["定位", "范围"]).end("方位")
        (True, False)
        """
        words = self._words.get(text[-1:])
        return words is not None and text.endswith(words)


@cache
def only_verbs(vocabulary: Vocabulary) -> Prefixes:
    """Give the verbs of work that are neither nouns (服务, 建设) nor adverbs (重点) as well."""
    other = {*vocabulary.role("verb.noun"), *vocabulary.role("adverb")}
    return Prefixes(word for word in vocabulary.role("verb.work") if word not in other)


@cache
def known_names(vocabulary: Vocabulary, cls: str) -> Prefixes:
    """Give the names of the table of a class (bodies, places)."""
    return Prefixes(name for name, _ in vocabulary.names(cls))


@cache
def prefixes(vocabulary: Vocabulary, *roles: str) -> Prefixes:
    """Give the words of some roles as prefixes."""
    return Prefixes(word for role in roles for word in vocabulary.role(role))


@cache
def suffixes(vocabulary: Vocabulary, *roles: str) -> Suffixes:
    """Give the words of some roles as suffixes."""
    return Suffixes(word for role in roles for word in vocabulary.role(role))
