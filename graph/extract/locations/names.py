"""Names of places in a text: those of the table, and those that end like one."""

from __future__ import annotations

import re
from functools import cache

from ...core.rules import template
from ...core.vocabulary import Vocabulary
from ..words import grouped_pattern


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
