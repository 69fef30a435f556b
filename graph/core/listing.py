"""The paths of very many files in little memory: in order, packed by blocks, for neighbours in a folder are spelt nearly alike."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from pathlib import Path
from typing import overload

from .stream import batches

_BLOCK, _RUN = 32, 1024
"""How many paths are packed together, and how many are sorted at a time."""
_END = b"\0"
"""What no path holds."""


class Listing(Sequence[Path]):
    """Paths in the order in which they were given.

    >>> Listing([Path("b"), Path("a")])[1], len(Listing([Path("b"), Path("a")]))
    (PosixPath('a'), 2)
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._blocks: list[bytes] = []
        self._count = 0
        for some in batches(map(os.fsencode, paths), _BLOCK):
            self._blocks.append(zlib.compress(_END.join(some), 6))
            self._count += len(some)

    @classmethod
    def ordered(cls, paths: Iterable[Path]) -> Listing:
        """Give paths in order, folder by folder, each once.

        >>> [str(path) for path in Listing.ordered(map(Path, ["a-b", "a/c", "a-b", "a"]))]
        ['a', 'a/c', 'a-b']
        """
        runs = [cls(sorted(some)) for some in batches(paths, _RUN)]
        return cls(_distinct(merge(*runs)))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Path: ...

    @overload
    def __getitem__(self, index: slice) -> list[Path]: ...

    def __getitem__(self, index: int | slice) -> Path | list[Path]:
        if isinstance(index, slice):
            return list(self)[index]
        at = range(self._count)[index]
        return self._block(at // _BLOCK)[at % _BLOCK]

    def __iter__(self) -> Iterator[Path]:
        for number in range(len(self._blocks)):
            yield from self._block(number)

    def _block(self, number: int) -> list[Path]:
        return [Path(os.fsdecode(path)) for path in zlib.decompress(self._blocks[number]).split(_END)]


def _distinct(paths: Iterable[Path]) -> Iterator[Path]:
    """Give sorted paths, each once."""
    last = None
    for path in paths:
        if path != last:
            yield path
        last = path
