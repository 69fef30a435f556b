"""Strings without which a pattern cannot match: a text that holds none of them need not be searched.

A search with a pattern costs some nanoseconds a character, and many times that where the pattern does not begin with a character of its
own; looking for a string costs a tenth. Most rules find nothing in most texts, and their patterns then need not even be compiled (a literal
prefilter, as in Cox, Regular Expression Matching with a Trigram Index, 2012).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

_TOKEN = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|\(\?(?:P<\w+>|<?[=!]|:)|\(\?|\{\d*,?\d*\}[?+]?|[?*+][?+]?|.", re.DOTALL)
_QUANTIFIED = re.compile(r"[?*+]|\{\d*,?\d*\}")
_MOST = 6
"""How many strings may be looked for: with more of them a search is as cheap."""
_LONGEST = 1500
"""Longer patterns hold so many words that none of them is needed."""


class _Part(NamedTuple):
    """What is known of a part of a pattern: all strings that it matches, where they are few, and strings of which each match holds one."""

    exact: frozenset[str] | None = None
    needed: frozenset[str] | None = None


_NOTHING = _Part(frozenset([""]))
_ANYTHING = _Part()


def needles(pattern: str) -> tuple[str, ...]:
    r"""Give a few strings of which whatever a pattern matches, or what stands around it, holds at least one; empty where none can be told.

    >>> needles(r"(?:由|从)[^，]{0,9}?牵头(?!人)"), needles(r"第?阶段|(?<=，)步骤"), needles(r"\d+(?:年|月)?")
    (('牵头',), ('步骤', '阶段'), ())
    """
    if len(pattern) > _LONGEST:
        return ()
    tokens = [*_TOKEN.findall(pattern), ""]
    tokens.reverse()
    try:
        part = _choice(tokens)
    except ValueError:
        return ()
    found = (_needed(part) or ()) if tokens == [""] else ()
    # 以前 is not there where 前 is not.
    return tuple(sorted(one for one in found if not any(other in one for other in found if other != one)))


def _needed(part: _Part) -> frozenset[str] | None:
    """Give what a part needs: the better of what it is and of what it holds."""
    return _better(part.needed, part.exact)


def _better(first: frozenset[str] | None, second: frozenset[str] | None) -> frozenset[str] | None:
    """Give that of two sets which a text is less likely to meet: the longer strings, then the fewer."""
    known = [found for found in (first, second) if found and "" not in found and len(found) <= _MOST]
    return max(known, key=lambda found: (min(map(len, found)), -len(found)), default=None)


def _choice(tokens: list[str]) -> _Part:
    """Read alternatives up to the bracket that closes them; tokens stand in reverse."""
    parts = [_sequence(tokens)]
    while tokens[-1] == "|":
        tokens.pop()
        parts.append(_sequence(tokens))
    if len(parts) == 1:
        return parts[0]
    return _Part(_all(part.exact for part in parts), _all(_needed(part) for part in parts))


def _all(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Unite sets; None where one is not known or where they are too many together."""
    united: frozenset[str] = frozenset()
    for one in sets:
        if one is None or len(united := united | one) > _MOST:
            return None
    return united


def _sequence(tokens: list[str]) -> _Part:
    """Read what stands one after another: strings run on over parts of which all strings are known."""
    run, needed, whole = frozenset([""]), None, True
    while tokens[-1] not in ("", "|", ")"):
        part = _quantified(_atom(tokens), tokens)
        needed = _better(needed, part.needed)
        if part.exact is not None and len(run) * len(part.exact) <= _MOST:
            run = frozenset(a + b for a, b in product(run, part.exact))
            continue
        needed, whole = _better(needed, run), False
        run = part.exact or frozenset([""])
    return _Part(run if whole else None, _better(needed, run))


def _quantified(part: _Part, tokens: list[str]) -> _Part:
    """Read how often a part may stand."""
    if not _QUANTIFIED.match(tokens[-1]):
        return part
    often = tokens.pop()
    if often[0] == "+" or (often[0] == "{" and not often.startswith(("{0", "{,"))):
        return _Part(None, _needed(part))
    return _Part(part.exact | {""}) if often[0] == "?" and part.exact is not None else _ANYTHING


def _atom(tokens: list[str]) -> _Part:
    """Read one character, class or group. Raises `ValueError` for a form that is not known here."""
    token = tokens.pop()
    if token == "(?":
        raise ValueError("a group of another kind")
    if token[0] == "(":
        inner = _choice(tokens)
        if tokens.pop() != ")":
            raise ValueError("a group is not closed")
        if "!" in token:
            return _NOTHING
        return _Part(_NOTHING.exact, _needed(inner)) if "=" in token else inner
    if token[0] == "[" and len(token) > 1:
        inside = token[1:-1]
        known = inside[0] != "^" and "\\" not in inside and "-" not in inside and len(inside) <= _MOST
        return _Part(frozenset(inside)) if known else _ANYTHING
    if token[0] == "\\":
        return _ANYTHING if token[1].isalnum() else _Part(frozenset(token[1]))
    if token in "^$":
        return _NOTHING
    return _ANYTHING if token == "." else _Part(frozenset(token))
