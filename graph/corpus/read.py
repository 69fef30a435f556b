"""The first pass over a corpus: every document read, or its reading taken from the cache, and what is known of all kept in mind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ..assembly.overlay import UNUSED, Overlay
from ..core.errors import ReadError
from ..core.model import Reading
from ..core.vocabulary import load_vocabulary
from ..extract import extract
from ..readers.read import STANDARD_INPUT, read_bytes, source_bytes
from .cache import Cache
from .groups import Entry, entry_of, short_names, without_copies
from .pool import Crew

T = TypeVar("T")
Told = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""
_AT_ONCE = 8
"""How many documents or plans make a job."""


@dataclass(slots=True)
class Corpus:
    """What was read: documents in the order of their keys, the names of files, and those that could not be read, with the reason."""

    entries: list[Entry]
    names: dict[Path, str]
    rejected: dict[str, str] = field(default_factory=dict)

    @property
    def fresh(self) -> int:
        """How many documents had to be read; the others were in the cache."""
        return sum(entry.fresh for entry in self.entries)

    def warnings(self, unused: Iterable[Overlay] = ()) -> dict[str, list[str]]:
        """Give the warnings by file, with the overlays that nothing of was used."""
        found = {self.names[entry.path]: list(entry.warnings) for entry in self.entries}
        for overlay in unused:
            found.setdefault(overlay.path.name, []).append(UNUSED)
        return found


def batches(items: Sequence[T], size: int = _AT_ONCE) -> list[list[T]]:
    """Make jobs of some items."""
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def read_one(path: Path, cache: Cache) -> Entry:
    """Read a document, or take its reading from the cache.

    Raises `ReadError` when it cannot be read.
    """
    data = source_bytes(path)
    kept = cache.path(data, path.suffix)
    reading = cache.get(kept)
    if reading is not None:
        return entry_of(path, reading, kept, fresh=False)
    name = "standard input" if path == STANDARD_INPUT else str(path)
    reading = extract(read_bytes(data, name, path.suffix), load_vocabulary())
    cache.put(kept, reading)
    return entry_of(path, reading, kept, fresh=True)


def kept_reading(path: Path, kept: Path, cache: Cache) -> Reading:
    """Give the reading of a document that was read; when its entry is gone or was damaged since, it is read again.

    Raises `ReadError` when the document has gone, too.
    """
    reading = cache.get(kept)
    if reading is None:
        read_one(path, cache)
        reading = cache.get(kept)
    if reading is None:
        raise ReadError("changed while it was read", file=path)
    return replace(reading, document=replace(reading.document, name=str(path)))


def _read_some(folder: Path, paths: list[Path]) -> list[Entry | ReadError]:
    cache = Cache(folder)
    results: list[Entry | ReadError] = []
    for path in paths:
        try:
            results.append(read_one(path, cache))
        except ReadError as error:
            results.append(error)
    return results


def read_corpus(paths: list[Path], folder: Path, crew: Crew, *, strict: bool = False, told: Told | None = None) -> Corpus:
    """Read documents into a cache and give what is known of them.

    Raises `ReadError` for one that cannot be read when `strict`, and when none can.
    """
    listed = sorted(dict.fromkeys(paths))
    corpus = Corpus([], short_names(listed))
    # Standard input belongs to this process alone.
    here = [path for path in listed if path == STANDARD_INPUT]
    there = [path for path in listed if path != STANDARD_INPUT]
    jobs = batches(there)
    results = chain([_read_some(folder, here)], crew.run(partial(_read_some, folder), jobs))
    found: list[Entry] = []
    done = 0
    for batch, read in zip([here, *jobs], results, strict=True):
        for path, result in zip(batch, read, strict=True):
            if isinstance(result, Entry):
                found.append(result)
            elif strict:
                raise result
            else:
                corpus.rejected[corpus.names[path]] = str(result)
        done += len(batch)
        if told:
            told("reading", done, len(listed))
    corpus.entries, copies = without_copies(found, corpus.names)
    corpus.rejected.update(copies)
    if not corpus.entries:
        raise ReadError("; ".join(corpus.rejected.values()) or "no documents")
    return corpus
