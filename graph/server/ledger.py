"""What became of the sentences of one text, taken from `ledger.csv` without reading what it says of the others."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..assembly.coverage import STATES
from ..core.labels import reason_words, words_of


class Stretch(NamedTuple):
    """A sentence of a text and what became of it; reason is set for context, signs for what was not understood. Code points."""

    start: int
    end: int
    state: str
    reason: str = ""
    signs: tuple[str, ...] = ()

    @property
    def why(self) -> tuple[str, str]:
        """The reason, or what it holds, in Chinese and in English."""
        if self.reason:
            return reason_words().get(self.reason, (self.reason, self.reason))
        if self.signs:
            words = [words_of(f"ledger.{sign}") for sign in self.signs]
            return "、".join(zh for zh, _ in words), ", ".join(en for _, en in words)
        return words_of(f"ledger.{self.state}.why")


def ledger_of(folder: Path, key: str) -> list[Stretch]:
    """Give the sentences of a document by its key, in order; none where the exports have no ledger or it cannot be read."""
    try:
        with (folder / "ledger.csv").open("rb") as stream:
            return [_stretch(row) for row in _rows(stream, key)]
    except (OSError, ValueError, csv.Error):
        return []


def _rows(stream: BinaryIO, key: str) -> Iterator[list[str]]:
    """Give the rows of a document: they stand together, and documents come in the order of their keys."""
    stream.seek(_first(stream, key.encode("utf-8")))
    for line in stream:
        row = next(csv.reader([line.decode("utf-8")]))
        if row[0] != key:
            return
        yield row


def _first(stream: BinaryIO, key: bytes) -> int:
    """Find where the first row of a key begins, by halving the file: a corpus' ledger takes gigabytes."""
    stream.seek(0)
    stream.readline()
    low = stream.tell()
    high = stream.seek(0, io.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        stream.seek(middle)
        if middle > low:
            stream.seek(middle - 1)
            stream.readline()
        at = stream.tell()
        if at >= high or _key(stream.readline()) >= key:
            high = middle
        else:
            low = stream.tell()
    return low


def _key(line: bytes) -> bytes:
    return next(csv.reader([line.decode("utf-8")]))[0].encode("utf-8")


def _stretch(row: list[str]) -> Stretch:
    _, start, end, state, reason, signs = row[:6]
    return Stretch(int(start), int(end), state, reason, tuple(signs.split(";")) if signs else ())


class Summary(NamedTuple):
    """How many sentences have each state, the reasons with their counts (most frequent first), and those open, what holds most first."""

    counts: dict[str, int]
    reasons: list[tuple[tuple[str, str], int]]
    open: list[Stretch]

    @property
    def total(self) -> int:
        """How many sentences there are."""
        return sum(self.counts.values())


def summary_of(stretches: Iterable[Stretch]) -> Summary:
    """Count what became of the sentences of a text."""
    listed = list(stretches)
    states = Counter(stretch.state for stretch in listed)
    reasons = Counter(stretch.reason for stretch in listed if stretch.reason)
    words = reason_words()
    return Summary(
        {state: states[state] for state in STATES},
        [(words.get(name, (name, name)), count) for name, count in sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))],
        sorted((s for s in listed if s.state == "open"), key=lambda s: (-len(s.signs), s.start)),
    )
