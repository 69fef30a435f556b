"""Trigger words made ready for matching, once a vocabulary: patterns, prefixes, tries.

Python's `re` tries alternatives one after another and takes the first that fits; words are therefore put in a trie, so that
the longest one wins and the cost does not grow with the number of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from ..core.vocabulary import Vocabulary

_GROUP = 12


def trie_pattern(words: Iterable[str]) -> str:
    """Make a pattern that matches the longest of some words.

    >>> re.match(trie_pattern(["万", "万元", "亿元"]), "万元以上")[0]
    '万元'
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(root) or r"(?!)"


def grouped_pattern(words: Iterable[str]) -> str:
    """Make a trie whose first characters are looked at in groups: for many words, tried at places that are found otherwise.

    >>> re.match(grouped_pattern(["万", "万元", "亿元"]), "万元以上")[0]
    '万元'
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    firsts = sorted(by_first)
    groups = [firsts[at : at + _GROUP] for at in range(0, len(firsts), _GROUP)]
    choices = [
        f"(?=[{''.join(map(re.escape, group))}]){trie_pattern(word for first in group for word in by_first[first])}"
        for group in groups
    ]
    return f"(?:{'|'.join(choices)})" if choices else r"(?!)"


def _branch(node: dict[str, Any]) -> str:
    choices = [re.escape(char) + _branch(node[char]) for char in sorted(key for key in node if key)]
    if not choices:
        return ""
    pattern = choices[0] if len(choices) == 1 and "" not in node else f"(?:{'|'.join(choices)})"
    return f"{pattern}?" if "" in node else pattern


@cache
def role_pattern(vocabulary: Vocabulary, *roles: str) -> str:
    """Give a pattern of all words of some roles, the longest first."""
    return trie_pattern(word for role in roles for word in vocabulary.role(role))


@cache
def grouped_role_pattern(vocabulary: Vocabulary, *roles: str) -> str:
    """Give a pattern of all words of some roles, grouped."""
    return grouped_pattern(word for role in roles for word in vocabulary.role(role))


@cache
def role_regex(vocabulary: Vocabulary, before: str, *roles: str, after: str = "") -> re.Pattern[str]:
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
        for length in self._lengths.get(text[position : position + 1], ()):
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


@cache
def only_verbs(vocabulary: Vocabulary) -> Prefixes:
    """Give the verbs of work that are neither nouns (服务, 建设) nor adverbs (重点) as well."""
    other = {*vocabulary.role("verb.noun"), *vocabulary.role("adverb")}
    return Prefixes(word for word in vocabulary.role("verb.work") if word not in other)


@cache
def prefixes(vocabulary: Vocabulary, *roles: str) -> Prefixes:
    """Give the words of some roles as prefixes."""
    return Prefixes(word for role in roles for word in vocabulary.role(role))
