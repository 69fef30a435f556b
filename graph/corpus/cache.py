"""Readings kept on disk, by what decides them: the bytes of the file, its ending, and the code and tables that read it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import tempfile
import zlib
from functools import cache
from pathlib import Path

from ..core.errors import OutputError
from ..core.model import Reading
from ..core.namespaces import ONTOLOGY, PACKAGE

_LARGEST = 2 << 30
"""How many bytes the cache may take; the readings that were used longest ago go first."""


@cache
def code_version() -> str:
    """Give a digest of all that can decide what is read out of a document: every module of the package, and the whole ontology.

    No list of sources stands here that a moved module could be missing from.
    """
    digest = hashlib.sha256(__name__.encode())
    for folder, pattern in ((PACKAGE, "**/*.py"), (ONTOLOGY, "**/*.*")):
        for path in sorted(folder.glob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Cache:
    """A folder of readings. Each entry begins with the digest of the rest, so that a damaged one is never taken for a reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot keep readings here (use --no-cache): {error.strerror}", file=folder) from error

    def path(self, data: bytes, suffix: str) -> Path:
        """Give where the reading of a source stands."""
        name = hashlib.sha256(f"{code_version()}\0{suffix.lower()}\0".encode() + data).hexdigest()
        return self.folder / name[:2] / f"{name}.reading"

    def get(self, path: Path) -> Reading | None:
        """Give the reading that stands at a path; None when there is none or it is damaged."""
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, body = entry[:32], entry[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        reading = pickle.loads(zlib.decompress(body))
        return reading if isinstance(reading, Reading) else None

    def put(self, path: Path, reading: Reading) -> None:
        """Keep a reading.

        Raises `OutputError` when the folder cannot be written to.
        """
        body = zlib.compress(pickle.dumps(reading, pickle.HIGHEST_PROTOCOL), 1)
        try:
            path.parent.mkdir(exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(body).digest() + body)
            os.replace(temporary, path)
        except OSError as error:
            raise OutputError(f"cannot keep readings here (use --no-cache): {error.strerror}", file=self.folder) from error

    def prune(self, largest: int = _LARGEST) -> int:
        """Take away the readings that were used longest ago until the rest fits; gives how many went."""
        entries = []
        for path in self.folder.glob("??/*.reading"):
            with contextlib.suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime_ns, status.st_size, path))
        entries.sort(reverse=True)
        kept = gone = 0
        for _, size, path in entries:
            kept += size
            if kept > largest:
                path.unlink(missing_ok=True)
                gone += 1
        return gone
