"""Readings kept on disk, by what decides them: the bytes of the file, its ending, the code and tables that read it, and the libraries.

A cache is a help and never a need: what cannot be kept is read again, and a folder that cannot be written to is told once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
import zlib
from functools import cache
from pathlib import Path

from ..core.errors import OutputError
from ..core.model import Reading
from ..core.namespaces import ONTOLOGY, PACKAGE
from .encoding import dumps, loads, pack_reading, unpack_reading

_LARGEST = 2 << 30
"""How many bytes the cache takes unless a person says otherwise; the readings that were used longest ago go first."""


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


_LIBRARIES = ("python-docx", "pypdfium2", "selectolax", "pyyaml", "lxml", "olefile", "striprtf", "rapidocr")
"""What readers read with: another version may read another text."""


@cache
def library_versions() -> str:
    """Give the versions of Python and of the libraries that documents are read with."""
    from importlib.metadata import PackageNotFoundError, version

    found = [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return ", ".join(found)


def largest() -> int:
    """Give how many bytes the cache may take: $YANGFAN_CACHE_BYTES, else 2 GiB.

    Raises `OutputError` for a value that is no whole number.
    """
    told = os.environ.get("YANGFAN_CACHE_BYTES", "").strip()
    if not told:
        return _LARGEST
    if not told.isascii() or not told.isdigit() or len(told) > 18:
        raise OutputError(f"YANGFAN_CACHE_BYTES is a number of bytes, not {told!r}")
    return int(told)


class Cache:
    """A folder of readings.

    An entry is the digest of what follows, its key and the reading as JSON, deflated: a damaged one, or one under another's name, is never
    taken for a reading, and nothing in it can run.
    """

    def __init__(self, folder: Path, spare: Path | None = None) -> None:
        """Keep readings in a folder; those that cannot be kept there for this build alone in another, `spare`."""
        self.folder = folder
        self.spare = spare
        self.fault = ""
        """Why a reading could not be kept, the first time; empty while all is well."""

    def path(self, data: bytes, suffix: str) -> Path:
        """Give where the reading of a source stands."""
        name = hashlib.sha256(f"{code_version()}\0{library_versions()}\0{suffix.lower()}\0".encode() + data).hexdigest()
        return self.folder / name[:2] / f"{name}.reading"

    def get(self, path: Path) -> Reading | None:
        """Give the reading that stands at a path; None when there is none, it is damaged, or it is another's."""
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, body = entry[:32], entry[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        try:
            key, wire = loads(zlib.decompress(body))
            if key != path.stem:
                return None
            reading = unpack_reading(wire)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, zlib.error, RecursionError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return reading

    def put(self, path: Path, reading: Reading) -> Path:
        """Keep a reading and give where it stands: at its path, or in the spare folder, and `fault` then says why.

        Raises `OutputError` when it can be kept nowhere.
        """
        body = zlib.compress(dumps([path.stem, pack_reading(reading)]), 1)
        try:
            return _written(path, hashlib.sha256(body).digest() + body)
        except OSError as error:
            self.fault = self.fault or f"readings cannot be kept in {self.folder}: {error.strerror or error}"
            if self.spare is None:
                raise OutputError(self.fault) from error
        try:
            return _written(self.spare / path.parent.name / path.name, hashlib.sha256(body).digest() + body)
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror or error}", file=self.spare) from error

    def prune(self, most: int | None = None) -> int:
        """Take away the readings that were used longest ago until the rest fits; gives how many went."""
        entries = []
        for path in self.folder.glob("??/*.reading"):
            with contextlib.suppress(OSError):
                status = path.stat()
                entries.append((status.st_mtime_ns, status.st_size, path))
        entries.sort(reverse=True)
        most = largest() if most is None else most
        kept = gone = 0
        for _, size, path in entries:
            kept += size
            if kept > most:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
                    gone += 1
        return gone


def _written(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return path
