"""What reading one document may cost, and how much text it may give: safe defaults, each set by an option or the environment."""

from __future__ import annotations

import os
from typing import NamedTuple

from ..core.errors import ReadError


class Limits(NamedTuple):
    """Bounds of reading one document: seconds of work, MiB of memory, characters of text, MB of the file."""

    seconds: int = 60
    memory: int = 2048
    text: int = 5_000_000
    file: int = 200


VARIABLES = {
    "seconds": "YANGFAN_READ_SECONDS",
    "memory": "YANGFAN_READ_MEMORY",
    "text": "YANGFAN_READ_TEXT",
    "file": "YANGFAN_READ_FILE",
}
"""Limit → variable of the environment that sets it; processes that share the work inherit them."""


def limits() -> Limits:
    """Give the limits that hold.

    Raises `ReadError` for a variable that is no whole number above nought.
    """
    found = {}
    for name, variable in VARIABLES.items():
        value = os.environ.get(variable)
        if value:
            if not (value.isascii() and value.isdecimal() and len(value) < 10 and int(value)):
                raise ReadError(f"{variable} is no whole number above nought: {value[:40]!r}")
            found[name] = int(value)
    return Limits(**found)
