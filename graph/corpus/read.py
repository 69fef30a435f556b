"""The first pass over a corpus: every document read, or its reading taken from the cache, and what is known of all kept in mind."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ..assembly.overlay import UNUSED, Overlay
from ..core.errors import OutputError, ReadError, printable, reason_of
from ..core.model import Reading
from ..core.vocabulary import load_vocabulary
from ..extract import extract
from ..quality.findings import Finding, set_aside
from ..readers.read import STANDARD_INPUT, read_bytes, source_bytes
from .cache import BROKEN, Cache
from .groups import DocumentEntry, entry_of, short_names, without_copies
from .pool import Crew

T = TypeVar("T")
Told = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""
_AT_ONCE = 8
"""How many documents or plans make a job."""


@dataclass(slots=True)
class Corpus:
    """What was read: documents in the order of their keys, the names of files, and those that could not be read, with the reason."""

    entries: list[DocumentEntry]
    names: dict[Path, str]
    rejected: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    """Why readings could not be kept for the next build."""
    unreadable: list[str] = field(default_factory=list)
    """Why documents could not be read, one line each with the file; copies of others are none of these."""
    shared_numbers: dict[Path, str] = field(default_factory=dict)
    """What is to be said of files whose plans have one number and quite different titles."""

    @property
    def fresh(self) -> int:
        """How many documents had to be read; the others were in the cache."""
        return sum(entry.fresh for entry in self.entries)

    def set_aside(self, aside: Mapping[str, Sequence[Finding]]) -> None:
        """Take documents (by name) out of what is built, with what was found in their plans."""
        for name, findings in aside.items():
            self.rejected[name] = set_aside(findings)
        self.entries = [entry for entry in self.entries if self.names[entry.path] not in aside]

    def texts(self, folders: Folders) -> dict[str, Callable[[], str]]:
        """Give the texts by the keys of their documents, each read back when it is asked for."""

        def text(entry: DocumentEntry) -> str:
            return kept_reading(entry.path, entry.kept, folders.open()).document.text

        return {entry.key: partial(text, entry) for entry in self.entries}

    def warnings(self, unused: Iterable[Overlay] = ()) -> dict[str, list[str]]:
        """Give the warnings by file, with the overlays that nothing of was used."""
        said = self.shared_numbers
        found = {self.names[e.path]: [*e.warnings, *([said[e.path]] if e.path in said else [])] for e in self.entries}
        for overlay in unused:
            found.setdefault(overlay.path.name, []).append(UNUSED)
        return found


def batches(items: Sequence[T], size: int = _AT_ONCE) -> list[list[T]]:
    """Make jobs of some items."""
    return [list(items[start : start + size]) for start in range(0, len(items), size)]


def read_one(path: Path, cache: Cache) -> DocumentEntry:
    """Read a document, or take its reading from the cache.

    Raises `ReadError` when it cannot be read.
    """
    data = source_bytes(path)
    kept = cache.path(data, path.name)
    known = cache.told(kept)
    if known is not None:
        with contextlib.suppress(*BROKEN):
            return DocumentEntry.unpack(known, path, kept)
    name = "standard input" if path == STANDARD_INPUT else str(path)
    reading = extract(read_bytes(data, name, path.suffix), load_vocabulary())
    entry = entry_of(path, reading, kept, fresh=True)
    return replace(entry, kept=cache.put(kept, reading, entry.pack()))


def kept_reading(path: Path, kept: Path, cache: Cache) -> Reading:
    """Give the reading of a document that was read; when its entry is gone or was damaged since, it is read again.

    Raises `ReadError` when the document has gone, too.
    """
    reading = cache.get(kept)
    if reading is None:
        kept.unlink(missing_ok=True)
        reading = cache.get(read_one(path, cache).kept)
    if reading is None:
        raise ReadError("changed while it was read", file=path)
    return replace(reading, document=replace(reading.document, name=printable(path)))


@dataclass(frozen=True, slots=True)
class Folders:
    """Where readings are kept: from build to build, and for one build what cannot be kept there; lasting is false for one build alone."""

    cache: Path
    spare: Path
    lasting: bool = True

    def open(self) -> Cache:
        """Give the cache of these folders."""
        return Cache(self.cache, self.spare)


def _read_some(folders: Folders, paths: list[Path]) -> tuple[list[DocumentEntry | ReadError], str]:
    """Read documents; whatever goes wrong with one of them is that one's alone. Also says why readings could not be kept."""
    cache = folders.open()
    results: list[DocumentEntry | ReadError] = []
    for path in paths:
        try:
            results.append(read_one(path, cache))
        except OutputError:
            raise
        except ReadError as error:
            results.append(error)
        except Exception as error:
            # The boundary of one document: a folder of ten thousand is not lost to a fault that one of them uncovers.
            results.append(ReadError(reason_of(error), file=path))
    return results, cache.fault


def read_corpus(paths: list[Path], folders: Folders, crew: Crew, *, told: Told | None = None) -> Corpus:
    """Read documents into a cache and give what is known of them.

    Raises `ReadError` when none can be read.
    """
    listed = sorted(dict.fromkeys(paths))
    corpus = Corpus([], short_names(listed))
    # Standard input belongs to this process alone.
    here = [path for path in listed if path == STANDARD_INPUT]
    there = [path for path in listed if path != STANDARD_INPUT]
    jobs = batches(there)
    results = chain([_read_some(folders, here)], crew.run(partial(_read_some, folders), jobs))
    found: list[DocumentEntry] = []
    done = 0
    for batch, (read, fault) in zip([here, *jobs], results, strict=True):
        corpus.fault = corpus.fault or fault
        for path, result in zip(batch, read, strict=True):
            if isinstance(result, DocumentEntry):
                found.append(result)
            else:
                corpus.unreadable.append(str(result))
                corpus.rejected[corpus.names[path]] = str(result)
        done += len(batch)
        if told:
            told("reading", done, len(listed))
    corpus.entries, copies = without_copies(found, corpus.names)
    corpus.rejected.update(copies)
    if not corpus.entries:
        raise ReadError("; ".join(corpus.rejected.values()) or "no documents")
    return corpus
