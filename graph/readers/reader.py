"""What the registry holds of each format."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .raw import Raw


class Reader(NamedTuple):
    """One format: its name for people, its file endings, whether some bytes are of it, what reads them.

    Texts have no signature and are read at once; all others are read in a process apart (`apart`), under limits.

    `read` takes the bytes and the file's name and gives lines, metadata and warnings, or raises `ReadError`.
    """

    name: str
    endings: tuple[str, ...]
    is_one: Callable[[bytes], bool]
    read: Callable[[bytes, str], Raw]
    is_text: bool = False
