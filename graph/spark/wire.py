"""What travels between the stages: keys as text, all else as compressed JSON, as in the store of a local build.

Nothing that is read back can run anything. A key decides where a record goes and how it is sorted; the hash is our own, so that every
machine and every version of Python sends it to the same place.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import NamedTuple

from ..corpus.encoding import Wire, dumps, loads

_LONG = 2_000


class Record(NamedTuple):
    """What a stage gives: its kind, the key that sorts it, and what it holds."""

    kind: str
    key: str
    data: bytes


def pack(value: Wire) -> bytes:
    """Write a value; a long one is made small for its way.

    >>> pack("财政部").decode(), pack("财" * 1000)[:1]
    ('"财政部"', b'x')
    """
    data = dumps(value)
    return zlib.compress(data, 1) if len(data) > _LONG else data


def unpack(data: bytes) -> Wire:
    """Give a value back (no JSON begins as what zlib compressed does); raises `ValueError` or `zlib.error` for what was none."""
    return loads(zlib.decompress(data) if data[:1] == b"x" else data)


def place(key: str, places: int) -> int:
    """Give the place, of so many, that a key belongs to.

    >>> place("财政部", 8), place("财政部", 8) == place("教育部", 8)
    (1, False)
    """
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()) % places
