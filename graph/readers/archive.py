"""Documents that are archives (ZIP: DOCX, OFD), opened with their limits: what they unpack to, and how many marks their XML holds."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from ..core.errors import ReadError

LARGEST = 200_000_000
"""No document unpacks to more than this (in bytes)."""
MOST_MARKS = 1_000_000
"""No part of a document has more tags than this; a plan of 300 pages has some 200,000."""


class Archive:
    """The parts of a document by their names; `what` names its format for people."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        self.name, self._what = name, what
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            size = sum(info.file_size for info in self._archive.infolist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.damaged(error) from error
        if size > LARGEST:
            raise ReadError(f"this {what} file unpacks to {size // 1_000_000} MB (at most {LARGEST // 1_000_000})", file=name)
        self.names = frozenset(self._archive.namelist())

    def damaged(self, error: object) -> ReadError:
        """Make the fault of a damaged file."""
        return ReadError(f"a damaged {self._what} file: {str(error).strip() or type(error).__name__}", file=self.name)

    def read(self, part: str) -> bytes:
        """Give the bytes of a part.

        Raises `ReadError` for one that is missing, damaged or locked with a password.
        """
        try:
            return self._archive.read(part)
        except KeyError as error:
            raise self.damaged(f"no part {part}") from error
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
            raise self.damaged(error) from error

    def check_marks(self, part: str) -> bytes:
        """Give the bytes of an XML part that is not beyond all measure.

        Raises `ReadError` for one with too many tags, which would take the machine's memory.
        """
        data = self.read(part)
        marks = data.count(b"<")
        if marks > MOST_MARKS:
            raise ReadError(f"this {self._what} file has {marks:,} tags in one part (at most {MOST_MARKS:,})", file=self.name)
        return data

    def xml(self, part: str) -> Any:
        """Parse an XML part without entities and without any look outside.

        Raises `ReadError` for a part that is missing, damaged or too large.
        """
        from lxml import etree

        data = self.check_marks(part)
        try:
            return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except etree.XMLSyntaxError as error:
            raise self.damaged(f"{part}: {error}") from error

    @staticmethod
    def locate(location: str, beside: str) -> str:
        """Give the name of a part that another one names: from the root with a slash before it, else beside the other."""
        location = location.strip().replace("\\", "/")
        path = location if location.startswith("/") else posixpath.join(posixpath.dirname(beside), location)
        return posixpath.normpath(path.lstrip("/"))
