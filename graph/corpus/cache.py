"""What was made before, kept on disk by what decides it: readings of documents, plans assembled and checked, whole builds.

A cache is a help and never a need: what cannot be kept is made again, and a folder that cannot be written to is told once. An entry is the
digest of what follows, the length of its head, a head as JSON that begins with the entry's own name, and bytes. A damaged one, or one
under another's name, is never taken for what it should be, and nothing in it can run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..core.errors import OutputError
from ..core.model import Reading
from .encoding import Wire, dumps, loads, pack_reading, unpack_reading
from .spool import Rows
from .store import rows_in, rows_out
from .tally import Tally
from .versions import version_of_all

_LARGEST = 4 << 30
"""How many bytes the cache takes unless a person says otherwise; what was used longest ago goes first."""
_DIGEST = 32
BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, zlib.error, RecursionError)
"""What reading something else than an entry may raise."""


def largest() -> int:
    """Give how many bytes the cache may take: $YANGFAN_CACHE_BYTES, else 4 GiB.

    Raises `OutputError` for a value that is no whole number.
    """
    told = os.environ.get("YANGFAN_CACHE_BYTES", "").strip()
    if not told:
        return _LARGEST
    if not told.isascii() or not told.isdigit() or len(told) > 18:
        raise OutputError(f"YANGFAN_CACHE_BYTES is a number of bytes, not {told!r}")
    return int(told)


def key_of(*told: Iterable[bytes] | str) -> str:
    """Give the name of an entry: the digest of the code's version, and of what else decides it, each part by itself."""
    digest = hashlib.sha256(version_of_all().encode())
    for part in told:
        for piece in (part.encode("utf-8", "surrogatepass"),) if isinstance(part, str) else part:
            digest.update(f"\0{len(piece)}\0".encode() + piece)
        digest.update(b"\1")
    return digest.hexdigest()


class Entry(NamedTuple):
    """An entry: its head, and the bytes behind it."""

    head: Wire
    body: bytes


class Cache:
    """A folder of entries, by kind and key."""

    def __init__(self, folder: Path, spare: Path | None = None) -> None:
        """Keep entries in a folder; readings that cannot be kept there for this build alone in another, `spare`."""
        self.folder = folder
        self.spare = spare
        self.fault = ""
        """Why something could not be kept, the first time; empty while all is well."""

    def place(self, kind: str, key: str) -> Path:
        """Give where the entry of a kind and key stands."""
        return self.folder / key[:2] / f"{key}.{kind}"

    def path(self, data: bytes, name: str) -> Path:
        """Give where the reading of a source stands: its bytes decide it, and the file's name, which may tell what its text does not."""
        return self.place("reading", key_of(name, (data,)))

    def load(self, path: Path) -> Entry | None:
        """Give the entry that stands at a path; None when there is none, it is damaged, or it is another's."""
        try:
            whole = path.read_bytes()
        except OSError:
            return None
        digest, start = whole[:_DIGEST], _DIGEST + 4
        if len(whole) < start or hashlib.sha256(memoryview(whole)[_DIGEST:]).digest() != digest:
            return None
        end = start + int.from_bytes(whole[_DIGEST:start], "big")
        try:
            name, head = loads(whole[start:end])
        except BROKEN:
            return None
        if name != path.name:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return Entry(head, whole[end:])

    def save(self, path: Path, head: Wire, body: bytes = b"") -> bool:
        """Keep an entry at a path; where that cannot be, `fault` says why."""
        try:
            _write(path, path.name, head, body)
        except OSError as error:
            self.fault = self.fault or f"nothing can be kept in {self.folder}: {error.strerror or error}"
            return False
        return True

    # readings

    def told(self, path: Path) -> Wire | None:
        """Give what was told of the reading that stands at a path, without reading all of it."""
        entry = self.load(path)
        return entry and entry.head

    def get(self, path: Path) -> Reading | None:
        """Give the reading that stands at a path."""
        entry = self.load(path)
        try:
            return unpack_reading(loads(zlib.decompress(entry.body))) if entry else None
        except BROKEN:
            return None

    def put(self, path: Path, reading: Reading, told: Wire = None) -> Path:
        """Keep a reading with what is told of it, and give where it stands: at its path, or in the spare folder, and `fault` then says why.

        Raises `OutputError` when it can be kept nowhere.
        """
        body = zlib.compress(dumps(pack_reading(reading)), 1)
        if self.save(path, told, body):
            return path
        if self.spare is None:
            raise OutputError(self.fault)
        spare = self.spare / path.parent.name / path.name
        try:
            _write(spare, path.name, told, body)
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror or error}", file=self.spare) from error
        return spare

    # plans

    def get_plan(self, key: str) -> tuple[Rows, Tally] | None:
        """Give the rows and counts of a plan that was assembled and found to be right."""
        entry = self.load(self.place("plan", key))
        try:
            return (rows_in(entry.head[0], zlib.decompress(entry.body)), Tally.unpack(entry.head[1])) if entry else None
        except BROKEN:
            return None

    def put_plan(self, key: str, rows: Rows, tally: Tally) -> None:
        """Keep the rows and counts of a plan."""
        listed, body = rows_out(rows)
        self.save(self.place("plan", key), [listed, tally.pack()], zlib.compress(body, 1))

    def prune(self, most: int | None = None) -> int:
        """Take away what was used longest ago until the rest fits; gives how many entries went."""
        most = largest() if most is None else most
        # Times and sizes are kept and not the names, which take ten times as much; what was used at the last moment that fits goes, too.
        ages, sizes = array("q"), array("q")
        for _, age, size in self._entries():
            ages.append(age)
            sizes.append(size)
        if sum(sizes) <= most:
            return 0
        kept, oldest = 0, 0
        for nth in sorted(range(len(ages)), key=ages.__getitem__, reverse=True):
            kept += sizes[nth]
            if kept > most:
                oldest = ages[nth]
                break
        gone = 0
        for path, age, _ in self._entries():
            if age <= oldest:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
                    gone += 1
        return gone

    def _entries(self) -> Iterator[tuple[Path, int, int]]:
        """Give every entry with the time of its last use (in nanoseconds) and its size."""
        # Not what others keep beside: a store of `query` goes away while it is looked at.
        for path in self.folder.glob("??/*.*"):
            if path.suffix in (".reading", ".plan", ".build"):
                with contextlib.suppress(OSError):
                    status = path.stat()
                    yield path, status.st_mtime_ns, status.st_size


def _write(path: Path, name: str, head: Wire, body: bytes) -> None:
    """Write an entry whole or not at all."""
    told = dumps([name, head])
    content = len(told).to_bytes(4, "big") + told + body
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(content).digest())
            stream.write(content)
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
