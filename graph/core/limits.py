"""What one document may cost to read and to extract from, and how much it may give: safe defaults, each set by an option or the environment."""

from __future__ import annotations

import os
from typing import NamedTuple

from .errors import ReadError


class Limits(NamedTuple):
    """Bounds of one document: of reading it, seconds of work, MiB of memory, characters of text, MB of the file; of extracting from it,
    seconds of work, MiB of memory, statements.
    """

    seconds: int = 60
    memory: int = 2048
    text: int = 5_000_000
    file: int = 200
    extract_seconds: int = 60
    extract_memory: int = 2048
    statements: int = 50_000


OPTIONS = {
    "seconds": "--read-seconds",
    "memory": "--read-memory",
    "text": "--read-text",
    "file": "--read-file",
    "extract_seconds": "--extract-seconds",
    "extract_memory": "--extract-memory",
    "statements": "--extract-statements",
}
"""Limit → option of the command line that sets it."""
VARIABLES = {name: "YANGFAN_" + option[2:].upper().replace("-", "_") for name, option in OPTIONS.items()}
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
