"""Files of any file system that Hadoop reaches, for the driver: listed, read, written and renamed through its Java interface.

Paths are as Hadoop writes them (`hdfs://name/folder`, `s3a://…`, `file:/folder`); a plain path is a local one, whatever the cluster's default
file system is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..core.errors import OutputError, ReadError

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_GLOB = re.compile(r"([\\{}\[\]*?])")


class Listed(NamedTuple):
    """A file: its path, how many bytes it has, and when it was changed (milliseconds since 1970)."""

    path: str
    size: int
    changed: int


def qualified(place: str) -> str:
    """Give a place as a path of Hadoop.

    >>> qualified("hdfs://name/plans"), qualified("/tmp/plans")
    ('hdfs://name/plans', 'file:/tmp/plans')
    """
    return place.rstrip("/") if _SCHEME.match(place) else f"file:{Path(place).absolute()}"


def escaped(path: str) -> str:
    """Write a path so that no mark in it stands for others.

    >>> print(escaped("file:/a/[1].md"))
    file:/a/\\[1\\].md
    """
    return _GLOB.sub(r"\\\1", path)


class Files:
    """The file systems that a Spark session reaches."""

    def __init__(self, session: Any) -> None:
        self._java = session.sparkContext._jvm
        self._configuration = session.sparkContext._jsc.hadoopConfiguration()

    def _at(self, path: str) -> tuple[Any, Any]:
        place = self._java.org.apache.hadoop.fs.Path(path)
        return place.getFileSystem(self._configuration), place

    def full(self, path: str) -> str:
        """Give a path with the name of its file system, as its files are listed; raises `ReadError` for a file system there is not."""
        with _faults(ReadError, path):
            system, place = self._at(path)
            return str(system.makeQualified(place).toString())

    def inside(self, folder: str) -> Iterator[Listed]:
        """Give the files in a folder and below it, as the file system lists them; one at a time is in memory.

        Raises `ReadError` where there is none.
        """
        with _faults(ReadError, folder):
            system, place = self._at(folder)
            found = system.listFiles(place, True)
            while found.hasNext():
                status = found.next()
                yield Listed(status.getPath().toString(), status.getLen(), status.getModificationTime())

    def names(self, folder: str) -> list[str]:
        """Give the names of the files and folders in a folder, sorted; none where it is not there."""
        system, place = self._at(folder)
        return sorted(status.getPath().getName() for status in system.listStatus(place)) if system.exists(place) else []

    def exists(self, path: str) -> bool:
        """Tell whether there is such a file or folder."""
        with _faults(ReadError, path):
            system, place = self._at(path)
            return bool(system.exists(place))

    def read(self, path: str) -> bytes:
        """Read a small file; raises `ReadError` where it cannot be."""
        with _faults(ReadError, path):
            system, place = self._at(path)
            stream = system.open(place)
            try:
                return bytes(self._java.org.apache.commons.io.IOUtils.toByteArray(stream))
            finally:
                stream.close()

    def fetch(self, path: str, place: Path) -> None:
        """Copy a file into a local one; raises `ReadError` where it cannot be read."""
        with _faults(ReadError, path):
            system, there = self._at(path)
            here = self._java.org.apache.hadoop.fs.Path(f"file:{place}")
            # Its own local file system keeps a checksum beside every file; the raw one does not.
            system.copyToLocalFile(False, there, here, True)

    def write(self, path: str, content: bytes) -> None:
        """Write a small file whole or not at all; raises `OutputError` where it cannot be."""
        with _faults(OutputError, path):
            system, place = self._at(f"{path}.new")
            stream = system.create(place, True)
            try:
                stream.write(content)
            finally:
                stream.close()
            self.rename(f"{path}.new", path)

    def remove(self, path: str) -> None:
        """Take away a file or folder, if there is one."""
        with _faults(OutputError, path):
            system, place = self._at(path)
            system.delete(place, True)

    def rename(self, path: str, new: str) -> None:
        """Give a file or folder another name, in the place of what bore it; raises `OutputError` where that cannot be."""
        with _faults(OutputError, new):
            system, place = self._at(path)
            _, target = self._at(new)
            system.mkdirs(target.getParent())
            system.delete(target, True)
            if not system.rename(place, target):
                raise OutputError("cannot be renamed to", file=new)


class _faults:
    """Turn a fault of the Java side into one line of ours."""

    def __init__(self, kind: type[ReadError] | type[OutputError], path: str) -> None:
        self.kind, self.path = kind, path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        java = getattr(error, "java_exception", None)
        if java is not None:
            told = str(java.getMessage() or java.toString()).splitlines()[0]
            raise self.kind(told, file=self.path) from error
