"""Words as patterns, once a vocabulary.

Python's `re` tries alternatives one after another and takes the first that fits; words are therefore put in a trie, so that
the longest one wins and the cost does not grow with the number of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from .vocabulary import Vocabulary

_GROUP = 24
_FEW = 8
"""So many alternatives are tried as fast as a look at their first characters."""
_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(\?(?:P<\w+>|<?[=!:])|.", re.DOTALL)
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


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
    """Make a trie whose first characters are looked at together and then in groups: for many words, tried at places that are found otherwise.

    >>> re.match(grouped_pattern(["万", "万元", "亿元"]), "万元以上")[0]
    '万元'
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    firsts = sorted(by_first)
    groups = [firsts[at : at + _GROUP] for at in range(0, len(firsts), _GROUP)]
    choices = [
        f"{_first_of(group)}{trie_pattern(word for first in group for word in by_first[first])}"
        for group in groups
    ]
    if not choices:
        return r"(?!)"
    # Most places hold none of the words: one look tells.
    return f"(?:{_first_of(firsts)}(?:{'|'.join(choices)}))" if len(choices) > 1 else f"(?:{choices[0]})"


def guarded_pattern(words: Iterable[str]) -> str:
    """Make a trie behind a look at the first character, where its words begin with many: for words that are tried inside a pattern.

    >>> re.search("要" + guarded_pattern(["建设", "推进"]), "要推进")[0]
    '要推进'
    """
    known = list(words)
    firsts = sorted({word[0] for word in known})
    return f"{_first_of(firsts)}{trie_pattern(known)}" if len(firsts) > _FEW else trie_pattern(known)


def _first_of(firsts: Iterable[str]) -> str:
    return f"(?=[{''.join(map(re.escape, firsts))}])"


def _branch(node: dict[str, Any]) -> str:
    choices = [re.escape(char) + _branch(node[char]) for char in sorted(key for key in node if key)]
    if not choices:
        return ""
    pattern = choices[0] if len(choices) == 1 and "" not in node else f"(?:{'|'.join(choices)})"
    return f"{pattern}?" if "" in node else pattern


def scanned_pattern(words: Iterable[str]) -> str:
    """Make a grouped pattern for many words that are looked for everywhere: most places are passed over by their first two characters.

    >>> re.search(scanned_pattern(["产业基金", "引导基金"]), "设立引导基金")[0]
    '引导基金'
    """
    known = [word for word in dict.fromkeys(words) if len(word) > 1]
    if not known:
        return r"(?!)"
    firsts, seconds = ("".join(sorted({re.escape(word[at]) for word in known})) for at in (0, 1))
    return f"(?=[{firsts}][{seconds}]){grouped_pattern(known)}"


def skipping(pattern: str) -> str:
    """Give a pattern with a look at the first character in front, so that a search passes over what none of its alternatives begins with.

    An alternative that does not begin with a letter, alone or in groups, may begin with anything: then the pattern is given as it is.

    >>> skipping("(?:给予|发放)[^，]{0,4}?(补助)|奖补(?!金)")
    '(?=[发奖给])(?:(?:给予|发放)[^，]{0,4}?(补助)|奖补(?!金))'
    >>> [skipping(open_) == open_ for open_ in ("一?次|每年", "(?:甲|乙*)丙", "(?!甲)乙|丙", "[甲乙]丙", "甲|", "(甲|)乙")]
    [True, True, True, True, True, True]
    """
    firsts: set[str] = set()
    groups, begins, begun = [True], True, False
    for token in _TOKEN.findall(pattern):
        opens = token[0] == "(" and token not in _LOOKS
        if (begins and not (token.isalnum() or opens)) or (begun and token in ("?", "*", "{")):
            return pattern
        begun = False
        if token[0] == "(":
            groups.append(begins)
        elif token == ")":
            begun, begins = groups.pop(), False
        elif token == "|":
            begins = groups[-1]
        elif begins:
            firsts.add(token)
            begun, begins = True, False
    return pattern if begins else f"(?=[{''.join(sorted(firsts))}])(?:{pattern})"


@cache
def role_pattern(vocabulary: Vocabulary, *roles: str) -> str:
    """Give a pattern of all words of some roles, the longest first."""
    return trie_pattern(word for role in roles for word in vocabulary.role(role))
