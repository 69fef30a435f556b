"""Names of places in a text: those of the table, and those that end like one."""

from __future__ import annotations

import re
from functools import cache

from ...core.rules import pattern, template
from ...core.vocabulary import Vocabulary
from ..words import Prefixes, grouped_pattern


@cache
def place_template(vocabulary: Vocabulary) -> str:
    """Give the piece of pattern of one place; a name of the table wins over one that only ends like a place."""
    known = grouped_pattern(name for name, _ in vocabulary.names("Place"))
    ended = template(vocabulary, "locations.name").replace("(?P<it>", "(?:")
    return f"(?:{known}|{ended})"


@cache
def place_pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give the compiled pattern of one place."""
    return re.compile(place_template(vocabulary))


@cache
def _known(vocabulary: Vocabulary) -> Prefixes:
    return Prefixes(name for name, _ in vocabulary.names("Place"))


def place_end(vocabulary: Vocabulary, text: str, position: int = 0) -> int:
    """Give the end of the place that stands at a position, as the pattern finds it; 0 where none does.

    Most documents are done with this, and the pattern of all names is not compiled for them.

    >>> from yangfan.core.vocabulary import load_vocabulary
    >>> [place_end(load_vocabulary(), text) for text in ("江苏率先", "滨湖区建成渔港", "渔港")]
    [2, 3, 0]
    """
    known = _known(vocabulary).at(text, position)
    if known:
        return position + known
    ended = pattern(vocabulary, "locations.name").match(text, position)
    return ended.end() if ended else 0
