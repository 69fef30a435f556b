"""The first stage: the bytes of a document become its reading and the few words that all other documents may need of it."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from ..core.errors import reason_of
from ..core.model import Reading
from ..core.vocabulary import load_vocabulary
from ..corpus.encoding import pack_reading, unpack_reading
from ..corpus.groups import Entry
from ..extract import extract
from ..readers.read import read_bytes
from .wire import pack, unpack


class Read(NamedTuple):
    """A document that was read: its name, key and group, its entry and its reading, packed; or why it could not be read."""

    name: str
    key: str
    group: str
    entry: bytes
    reading: bytes
    fault: str


def read(name: str, data: bytes) -> Read:
    """Read and extract a document; whatever goes wrong with it is its own fault, and told."""
    try:
        reading = extract(read_bytes(data, name, PurePosixPath(name).suffix), load_vocabulary())
        entry = Entry.of(reading)
        return Read(name, entry.key, entry.group, pack(entry.pack()), pack(pack_reading(reading)), "")
    except Exception as error:
        # The boundary of one document: a folder of ten million is not lost to a fault that one of them uncovers.
        return Read(name, "", "", b"", b"", reason_of(error))


def entry_in(data: bytes) -> Entry:
    """Read an entry back."""
    return Entry.unpack(unpack(data))


def reading_in(data: bytes) -> Reading:
    """Read a reading back."""
    return unpack_reading(unpack(data))


FIRST, LAST = date.min.isoformat(), date.max.isoformat()
"""The days of a plan and of a citing document that name none."""
