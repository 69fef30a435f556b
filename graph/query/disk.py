"""Large exports as a store on disk: loaded once, opened in milliseconds, and made anew when the exports have other content.

Parsing Turtle takes about a second for ten megabytes, each time; RocksDB, which Oxigraph keeps its stores in, opens at once whatever the size.
A store lies in the user's cache under the path of its exports:

    stores/<digest of the path>/state.json      which files it was made of (size, time, SHA-256), and what it is called
    stores/<digest of the path>/<name>/         the store itself
    stores/<digest of the path>/<name>.used     locked by each process that has it open, so that nobody clears it away

Small exports are only asked how large they are, so what makes and finds a store is imported where it is done.

A file's time alone decides nothing: where it differs, its hash is reckoned again, and only other content makes another store.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from ..core.errors import QueryError
from ..core.files import cache_folder, write_whole
from ..core.namespaces import ONTOLOGY
from .filling import NAMED, PARTS, fill

LARGE = 16 << 20
"""From how many bytes of RDF on a store on disk pays; below, parsing is as quick as looking."""
_FILES = (*PARTS, NAMED)


def _form() -> str:
    """Tell what else decides a store: how it is laid out, the engine that wrote it, the ontology that it holds."""
    return " ".join(["3", ox.__version__, *(_sha256(ONTOLOGY / name)[:16] for name in ("yangfan.ttl", "concepts.ttl"))])


_held: list[int] = []
"""Descriptors whose locks say that this process has a store open; they end with the process."""

Stamp = tuple[int, int, str]
"""A file's size, its time in nanoseconds, and its SHA-256."""


def is_large(folder: Path, least: int | None = None) -> bool:
    """Tell whether a folder's RDF is worth a store on disk: at least `least` bytes (`LARGE` unless given)."""
    sizes = [(folder / name).stat().st_size for name in _FILES if (folder / name).is_file()]
    return sys.platform != "win32" and sum(sizes) >= (LARGE if least is None else least)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stamps(folder: Path, known: dict[str, Stamp]) -> dict[str, Stamp]:
    """Give the stamps of a folder's files; a hash is taken over where size and time are those that are known."""
    found = {}
    for name in _FILES:
        if (folder / name).is_file():
            status = (folder / name).stat()
            size, time, digest = known.get(name, (-1, -1, ""))
            same = (size, time) == (status.st_size, status.st_mtime_ns)
            found[name] = (status.st_size, status.st_mtime_ns, digest if same else _sha256(folder / name))
    return found


class KeptStore:
    """The store on disk of one exports folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:32]
        self.home = cache_folder() / "stores" / name

    def _state(self) -> tuple[str, dict[str, Stamp]]:
        """Give the store's name and the stamps of the files that it was made of; nothing where there is no store to trust."""
        import json

        try:
            state = json.loads((self.home / "state.json").read_bytes())
            stamps = {name: (int(size), int(time), str(digest)) for name, (size, time, digest) in state["files"].items()}
            if state["form"] == _form() and (self.home / state["store"]).is_dir():
                return str(state["store"]), stamps
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return "", {}

    def _note(self, name: str, stamps: dict[str, Stamp]) -> None:
        import json

        state = {"form": _form(), "folder": str(self.folder), "store": name, "files": stamps}
        write_whole(self.home / "state.json", json.dumps(state, ensure_ascii=False, indent=1))

    def _fresh(self) -> str:
        """Give the name of a store that holds what the folder holds now; empty where one must be made."""
        name, known = self._state()
        if not name:
            return ""
        stamps = _stamps(self.folder, known)
        if {part: stamp[2] for part, stamp in stamps.items()} != {part: stamp[2] for part, stamp in known.items()}:
            return ""
        if stamps != known:
            self._note(name, stamps)
        return name

    def path(self) -> Path:
        """Give where the store stands, made now if there is none of this content, and hold it for this process.

        Raises `OSError` where the cache cannot be written to, and what `load` raises for files that are no RDF.
        """
        self.home.mkdir(parents=True, exist_ok=True)
        with _locked(self.home / "lock", exclusive=False) as shared:
            name = self._fresh()
            if name:
                self._hold(name)
                return self.home / name
            os.close(shared.pop())
        with _locked(self.home / "lock", exclusive=True):
            name = self._fresh() or self._make()
            self._hold(name)
            self._clear(name)
            return self.home / name

    def beside(self, what: str) -> Path:
        """Give where something else is kept that is made of the same content, beside the store and as long as it."""
        return self.path() / f"yangfan.{what}"

    def open(self) -> ox.Store:
        """Open the store for reading; several processes may at a time. A damaged one is made anew.

        Raises `OSError` where none can be made, and what `load` raises for files that are no RDF.
        """
        path = self.path()
        try:
            return ox.Store.read_only(str(path))
        except (OSError, ValueError, RuntimeError):
            (self.home / "state.json").unlink(missing_ok=True)
        try:
            return ox.Store.read_only(str(self.path()))
        except (ValueError, RuntimeError) as error:
            raise OSError(str(error)) from error

    def _make(self) -> str:
        import shutil
        import tempfile
        import traceback

        stamps = _stamps(self.folder, {})
        making = Path(tempfile.mkdtemp(dir=self.home, prefix=".making-"))
        try:
            _fill(making, self.folder)
            digest = hashlib.sha256("".join(stamp[2] for stamp in stamps.values()).encode()).hexdigest()
            name = f"{digest[:16]}-{making.name[-8:]}"
            making.rename(self.home / name)
        except BaseException as error:
            # The frames of the fault hold the store open, which would write on into a folder that is taken away.
            traceback.clear_frames(error.__traceback__)
            shutil.rmtree(making, ignore_errors=True)
            if isinstance(error, QueryError) and isinstance(error.__cause__, OSError):
                # A disk that is full under the store looks to the loader like a file that it cannot read.
                raise error.__cause__ from None
            raise
        self._note(name, stamps)
        return name

    def _hold(self, name: str) -> None:
        import fcntl

        descriptor = os.open(self.home / f"{name}.used", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        _held.append(descriptor)

    def _clear(self, kept: str) -> None:
        """Remove stores of earlier content that no process has open, and what builds that were killed have left."""
        import fcntl
        import shutil

        for old in self.home.iterdir():
            if not old.is_dir() or old.name == kept:
                continue
            used = self.home / f"{old.name}.used"
            with contextlib.suppress(OSError), used.open("a") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(old, ignore_errors=True)
                used.unlink(missing_ok=True)


def _fill(place: Path, folder: Path) -> None:
    """Make a store of a folder's content; it is closed before it is moved, for RocksDB knows its files by their names."""
    store = ox.Store(str(place))
    fill(store, folder)
    store.optimize()
    store.flush()


@contextlib.contextmanager
def _locked(path: Path, *, exclusive: bool) -> Iterator[list[int]]:
    """Hold a lock on a file (flock); the list holds the descriptor, and who takes it out ends the lock earlier."""
    import fcntl

    descriptor = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)]
    try:
        fcntl.flock(descriptor[0], fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield descriptor
    finally:
        if descriptor:
            os.close(descriptor[0])
