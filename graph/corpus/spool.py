"""What a store keeps that is long: one thing behind the other in a file of each process that makes some, and read back by its place.

Texts and records are written once and read a few times within one build: neither packing them nor carrying them between processes pays.
"""

from __future__ import annotations

import errno
import os
from itertools import count
from pathlib import Path

from ..core.errors import OutputError

CACHE = 200
"""How many KiB of a file of rows SQLite keeps in memory, and how much it sorts there at a time: a hundred documents fill it, and it does not grow.

The system keeps what is read again and again; more of it here gains no time.
"""
_SHORT = 400
"""Up to how many bytes stand in the row itself."""
Row = tuple[object, ...]
Rows = dict[str, list[Row]]
"""Rows by table."""


_NUMBERS = count()
_BINARY = getattr(os, "O_BINARY", 0)


class Spool:
    """Files of a folder; each spool writes into one of its own, which no other process writes into, and reads from all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = f"{os.getpid()}-{next(_NUMBERS)}"
        self._files: dict[str, int] = {}
        self._own: int | None = None
        self._end = 0

    def close(self) -> None:
        """Close the files."""
        for file in (*self._files.values(), *(() if self._own is None else (self._own,))):
            os.close(file)
        self._files, self._own = {}, None

    __del__ = close

    def spooled(self, rows: Rows) -> Rows:
        """Write what is long in some rows, and give the rows with its places instead.

        Raises `OutputError` when it cannot be written.
        """
        long: list[bytes] = []

        def cell(value: object) -> object:
            if not isinstance(value, bytes) or len(value) <= _SHORT:
                return value
            long.append(value)
            start, self._end = self._end, self._end + len(value)
            return f"{self._name} {start} {len(value)}"

        try:
            if self._own is None:
                self._own = os.open(self._folder / f"{self._name}.spool", os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
            placed = {table: [tuple([cell(value) for value in row]) for row in listed] for table, listed in rows.items()}
            left = memoryview(b"".join(long))
            while left:
                left = left[os.write(self._own, left) :]
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror or error}", file=self._folder) from error
        return placed

    def read(self, cell: bytes | str) -> bytes:
        """Give what a cell holds, or what stands at the place that it names.

        Raises `OutputError` when it is gone.
        """
        if isinstance(cell, bytes):
            return cell
        name, start, length = cell.split()
        try:
            file = self._files.get(name)
            if file is None:
                file = self._files[name] = os.open(self._folder / f"{name}.spool", os.O_RDONLY | _BINARY)
            os.lseek(file, int(start), os.SEEK_SET)
            data = os.read(file, int(length))
            if len(data) != int(length):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        except OSError as error:
            raise OutputError(f"cannot keep records here: {error.strerror or error}", file=self._folder) from error
        return data
