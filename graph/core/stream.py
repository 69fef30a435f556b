"""Collections that need not be in memory, and items taken some at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Stretch = str | bytes
"""Some of a text; what was kept of one stays in the bytes (UTF-8) that it was kept in."""


class Stream(Collection[Item]):
    """What can be gone through in order any number of times and need not be in memory; it is counted when that is asked for.

    >>> squares = Stream(lambda: (n * n for n in range(4)))
    >>> len(squares), list(squares), 9 in squares
    (4, [0, 1, 4, 9], True)
    """

    def __init__(self, begin: Callable[[], Iterator[Item]]) -> None:
        self._begin = begin

    def __iter__(self) -> Iterator[Item]:
        return self._begin()

    def __len__(self) -> int:
        return self._length

    def __contains__(self, item: object) -> bool:
        return any(item == one for one in self)

    @cached_property
    def _length(self) -> int:
        return sum(1 for _ in self)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Give items some at a time, as they come.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
