"""A build of which nothing has changed: the same sources, overlays, code and wishes, and exports that are still those that it wrote.

What a build wrote is known by the digest of its manifest, which holds the SHA-256 of every file; each file is read and its digest reckoned
again, so that what was changed since, by whomever, is written anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import ReadError
from ..formats.manifest import MANIFEST, digest_of, listed
from ..readers.read import STANDARD_INPUT, source_bytes
from .cache import BROKEN, Cache, key_of
from .pool import processors

if TYPE_CHECKING:
    from ..formats.report import Report


def fingerprint(paths: Iterable[Path], overlays: Iterable[Path], *wishes: str) -> str:
    """Give the digest of all that decides a build, the paths in order; empty where it cannot be known: standard input, a file not to be read."""

    def told() -> Iterator[bytes]:
        for path in chain(paths, (Path(),), overlays):
            if path == STANDARD_INPUT:
                raise ReadError("cannot be read twice", file=path)
            yield str(path).encode("utf-8", "surrogatepass")
            yield hashlib.sha256(source_bytes(path)).digest() if path != Path() else b""

    try:
        return key_of(told(), "\0".join(wishes))
    except (OSError, ReadError):
        return ""


def kept_build(cache: Cache, key: str, out: Path, ours: frozenset[str]) -> tuple[Report, list[str]] | None:
    """Give the report of the build that these exports are of, and what it left out; None when they are not, or were changed.

    ours are the names of files and folders that a build replaces or takes away.
    """
    entry = cache.load(cache.place("build", key)) if key else None
    try:
        if entry is None or entry.head[0] != digest_of(out / MANIFEST):
            return None
        files: dict[str, str] = json.loads((out / MANIFEST).read_bytes())["files"]
        present = {name for name in listed(out) if name.partition("/")[0] in ours}
        report, left = entry.head[1:]
        return (report, left) if present == set(files) and _hold(out, files) else None
    except (OSError, *BROKEN):
        return None


def keep_build(cache: Cache, key: str, out: Path, report: Report, left: list[str]) -> None:
    """Keep what a build came to and which formats it left out, for the next one of which nothing has changed."""
    if key:
        cache.save(cache.place("build", key), [digest_of(out / MANIFEST), report, left])


def _hold(folder: Path, files: dict[str, str]) -> bool:
    """Tell whether each file of a folder has the digest that is told; several are read at once."""
    # The largest first: the last one is what the others are waited for.
    names = sorted(files, key=lambda name: -(folder / name).stat().st_size)
    with ThreadPoolExecutor(processors()) as crew:
        return all(crew.map(lambda name: digest_of(folder / name) == files[name], names))
