"""Names of places in a text: those of the table, and those that end like one."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ...core.model import Span
from ...core.rules import pattern, template
from ...core.vocabulary import Vocabulary
from ..words import grouped_pattern, known_names, prefixes


class Listed(NamedTuple):
    """Places that stand side by side in a text: their names, and where the list of them stands."""

    names: tuple[str, ...]
    span: Span
    of_things: bool = False
    """Whether each of them only says whose thing is spoken of (改造甲县码头)."""


@cache
def place_template(vocabulary: Vocabulary) -> str:
    """Give the piece of pattern of one place; a name of the table, or a zone of it, wins over what only ends like a place."""
    known = grouped_pattern(name for name, _ in vocabulary.names("Place"))
    ended = template(vocabulary, "locations.name").replace("(?P<it>", "(?:")
    return f"(?:{known}{template(vocabulary, 'locations.zone')}?(?!{template(vocabulary, 'locations.longer')})|{ended})"


def places_from(vocabulary: Vocabulary, text: str, start: int, end: int) -> Listed | None:
    """Read the list of places that begins at a position; a place and the part of it right behind its name are one (青岚县白石镇).

    >>> from yangfan.core.vocabulary import load_vocabulary
    >>> places_from(load_vocabulary(), "青岚县白石镇、江苏和企业", 0, 12).names
    ('青岚县白石镇', '江苏')
    >>> places_from(load_vocabulary(), "企业", 0, 2) is None
    True
    """
    # The lookup is far cheaper than the pattern of all names, which most places need not try.
    if not place_end(vocabulary, text, start):
        return None
    one, joins = place_pattern(vocabulary), pattern(vocabulary, "locations.target", "joins")
    verbs = prefixes(vocabulary, "adverb", "verb.work", "place.does")
    names: list[str] = []
    at = last = start
    while match := one.match(text, at, end):
        if not known_at(vocabulary, text, at) and verbs.at(text, at) > 1:
            # 完善县乡村物流体系: what only ends like a place begins with what is done.
            break
        part = one.match(text, match.end(), end) if verbs.at(text, match.end()) < 2 else None
        last = part.end() if part else match.end()
        names.append(text[match.start() : last])
        joint = joins.match(text, last, end)
        if joint is None or not place_end(vocabulary, text, joint.end()):
            break
        at = joint.end()
    return Listed(tuple(names), Span(start, last)) if names else None


@cache
def place_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give the compiled pattern of one place."""
    return re.compile(place_template(vocabulary))


def known_at(vocabulary: Vocabulary, text: str, position: int) -> int:
    """Give how long the name of the table is that stands at a position; 0 where none does, or where another begins with it (海东区)."""
    known, longer, _ = _lookups(vocabulary)
    length = known(text, position)
    return 0 if length and longer(text, position + length) else length


_Match = Callable[[str, int], re.Match[str] | None]


@cache
def _lookups(vocabulary: Vocabulary) -> tuple[Callable[[str, int], int], _Match, _Match]:
    """Give the look-up of the names of the table, and what tells a longer name and one by how it ends: asked for at thousands of places."""
    return known_names(vocabulary, "Place").at, pattern(vocabulary, "locations.longer").match, pattern(vocabulary, "locations.name").match


@cache
def place_behind(vocabulary: Vocabulary, rule: str, key: str) -> re.Pattern[str]:
    """Give the pattern of the words of a rule behind which a place may stand: a name of the table may begin there, or how one ends is near."""
    firsts, seconds = ("".join(sorted({name[at] for name, _ in vocabulary.names("Place")})) for at in (0, 1))
    return re.compile(f"{template(vocabulary, rule, key)}(?=[{firsts}][{seconds}]|{template(vocabulary, 'locations.near')})")


def place_end(vocabulary: Vocabulary, text: str, position: int = 0) -> int:
    """Give the end of the place that stands at a position, as the pattern finds it; 0 where none does.

    Most documents are done with this, and the pattern of all names is not compiled for them.

    >>> from yangfan.core.vocabulary import load_vocabulary
    >>> [place_end(load_vocabulary(), text) for text in ("江苏率先", "滨湖区建成渔港", "渔港")]
    [2, 3, 0]
    """
    known, longer, named = _lookups(vocabulary)
    end = position + known(text, position)
    if end > position and not longer(text, end):
        return end
    ended = named(text, position)
    return ended.end() if ended else 0
