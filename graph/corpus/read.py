"""The first pass over a corpus: every document read, or its reading taken from the cache, and what is known of it put into the index."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from ..core.errors import OutputError, ReadError, printable, reason_of
from ..core.model import Reading
from ..core.stream import batches
from ..core.vocabulary import load_vocabulary
from ..extract import extract
from ..readers.read import STANDARD_INPUT, read_bytes, source_bytes
from .cache import BROKEN, Cache
from .groups import DocumentEntry
from .index import Index
from .pool import Crew

Told = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""
AT_ONCE = 8
"""How many documents or plans make a job."""


def read_one(path: Path, cache: Cache) -> DocumentEntry:
    """Read a document, or take its reading from the cache.

    Raises `ReadError` when it cannot be read.
    """
    data = source_bytes(path)
    kept = cache.path(data, path.name)
    known = cache.told(kept)
    if known is not None:
        with contextlib.suppress(*BROKEN):
            return DocumentEntry.unpack(known, path=path, kept=kept, fresh=False)
    name = "standard input" if path == STANDARD_INPUT else str(path)
    reading = extract(read_bytes(data, name, path.suffix), load_vocabulary())
    entry = DocumentEntry.of(reading, path=path, kept=kept)
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


def kept_text(folders: Folders, entry: DocumentEntry) -> str:
    """Give the text of a document that was read."""
    return kept_reading(entry.path, entry.kept, folders.open()).document.text


Results = list[DocumentEntry | ReadError]


def _read_some(folders: Folders, paths: list[Path]) -> tuple[list[Path], Results, str]:
    """Read documents; whatever goes wrong with one of them is that one's alone. Also says why readings could not be kept."""
    cache = folders.open()
    results: Results = []
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
    return paths, results, cache.fault


def read_corpus(paths: Sequence[Path], index: Index, folders: Folders, crew: Crew, *, told: Told | None = None) -> None:
    """Read documents, each once, into a cache, and put what is known of them into an index.

    Raises `ReadError` when none can be read.
    """
    # Standard input belongs to this process alone.
    here = [path for path in paths if path == STANDARD_INPUT][:1]
    jobs = batches((path for path in paths if path != STANDARD_INPUT), AT_ONCE)
    done = 0
    for batch, read, fault in chain([_read_some(folders, here)], crew.run(partial(_read_some, folders), jobs)):
        index.fault = index.fault or fault
        pairs = list(zip(batch, read, strict=True))
        refused = [(path, str(one)) for path, one in pairs if isinstance(one, ReadError)]
        index.add((one for _, one in pairs if isinstance(one, DocumentEntry)), refused)
        done += len(batch)
        if told:
            told("reading", done, len(paths))
    index.settle()
    if not len(index):
        raise ReadError("; ".join(reason for _, reason in index.rejected()) or "no documents")
