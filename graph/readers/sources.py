"""Where documents come from: files, folders searched whole, standard input; what is none of them is passed over and said."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..core.errors import ReadError, printable
from ..core.limits import limits
from ..core.listing import Listing
from .addresses import is_address
from .registry import ENDINGS

STANDARD_INPUT = Path("-")
_KINDS = (
    (stat.S_ISFIFO, "a pipe"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"), (stat.S_ISSOCK, "a socket"),
)  # fmt: skip


@contextlib.contextmanager
def at_hand(sources: Iterable[str | Path]) -> Iterator[list[Path]]:
    """Give the sources as paths, with what stands behind web addresses fetched into a folder that goes away at the end.

    Raises `ReadError` for an address that cannot be fetched.
    """
    named = list(sources)
    if any(map(is_address, named)):
        from .web import fetched

        with fetched(named) as found:
            yield found
    else:
        yield [Path(source) for source in named]


def source_bytes(path: Path) -> bytes:
    """Give the bytes of a source file; `-` is standard input.

    Raises `ReadError` when it is missing, unreadable, no file, or larger than the limit.
    """
    most = limits().file * 1_000_000
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as stream:
                mode = os.fstat(stream.fileno()).st_mode
                if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
                    raise ReadError("a device, not a file", file=path)
                data = stream.read(most + 1)
    except OSError as error:
        raise ReadError(error.strerror or "cannot be read", file=path) from error
    if len(data) > most:
        raise ReadError(f"larger than {most // 1_000_000} MB (--read-file)", file=path)
    return data


def find_sources(paths: list[Path], skipped: list[str] | None = None) -> Sequence[Path]:
    """Give the source files among files and folders (folders are searched whole), sorted, each once; `-` stays.

    What a folder holds besides (a link that leads out of it, a device, a pipe, a folder that cannot be read) is told in `skipped`.

    Raises `ReadError` for a path that is missing and for a folder without documents.
    """
    told = [] if skipped is None else skipped
    if len(paths) == 1 and paths[0].is_dir():
        # One folder may hold more documents than should lie in memory.
        return _listed(paths[0], told)
    found: dict[Path, None] = {}
    for path in paths:
        if path != STANDARD_INPUT and path.is_dir():
            found.update(dict.fromkeys(_listed(path, told)))
        elif path == STANDARD_INPUT or path.exists():
            found[path] = None
        else:
            raise ReadError("no such file or folder", file=path)
    return list(found)


def _listed(folder: Path, skipped: list[str]) -> Listing:
    """Give the documents in a folder, sorted; raises `ReadError` where there are none."""
    inside = Listing.ordered(_inside(folder, skipped))
    if not inside:
        raise ReadError(f"no documents in this folder (known: {' '.join(ENDINGS)})", file=folder)
    return inside


def _inside(folder: Path, skipped: list[str]) -> Iterator[Path]:
    """Give the documents in a folder and in those below it, however deep; hidden ones are left out."""
    root = os.path.realpath(folder)
    waiting = [str(folder)]
    while waiting:
        for entry in _scanned(waiting.pop(), skipped):
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif os.path.splitext(entry.name)[1].lower() in ENDINGS or (entry.is_symlink() and entry.is_dir()):
                    why = _unfit(entry, root)
                    if why:
                        skipped.append(f"{printable(entry.path)}: {why}")
                    else:
                        yield Path(entry.path)
            except OSError as error:
                skipped.append(f"{printable(entry.path)[:200]}: {error.strerror}")


def _scanned(folder: str, skipped: list[str]) -> Iterator[os.DirEntry[str]]:
    """Give what stands in a folder, one after the other."""
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError as error:
        skipped.append(f"{printable(error.filename or folder)[:200]}: {error.strerror}")


def _unfit(entry: os.DirEntry[str], root: str) -> str:
    """Say why what bears a document's name, or links to a folder, is not read; "" for a file."""
    if entry.is_symlink() and not (os.path.realpath(entry.path) + os.sep).startswith(root + os.sep):
        return "a link that leads out of the folder"
    mode = entry.stat().st_mode
    if stat.S_ISDIR(mode):
        return "a link to a folder that is read anyway"
    return next((f"{what}, not a file" for is_one, what in _KINDS if is_one(mode)), "")
