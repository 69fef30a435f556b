"""A build of which nothing has changed: the same sources, overlays, code and wishes, and exports that are still those that it wrote.

What a build wrote is known by the digest of its manifest, which holds the SHA-256 of every file. Files that are still those which were
written, by what the file system says of them (size, inode, times of the last change of content and of the inode, which nobody can set), are
not read again: there may be gigabytes of them. Of others the manifest is made again from what lies there now, so that what was changed
since, by whomever, is written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.errors import ReadError
from ..formats.manifest import MANIFEST, digest_of, listed, manifest_of
from ..readers.read import STANDARD_INPUT, source_bytes
from .cache import BROKEN, Cache, key_of

if TYPE_CHECKING:
    from ..formats.report import Report

_TICK = 2_000_000_000
"""Nanoseconds within which a file system may give two changes one time (FAT: two seconds)."""


def fingerprint(paths: Collection[Path], overlays: Iterable[Path], *wishes: str) -> str:
    """Give the digest of all that decides a build, the paths in order; empty where it cannot be known: standard input, a file not to be read."""
    if STANDARD_INPUT in paths:
        return ""

    def told() -> Iterator[bytes]:
        for path in chain(paths, (Path(),), overlays):
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
        report, left, state = entry.head[1:]
        if state and state == state_of(out, ours):
            return report, left
        found = hashlib.sha256()
        for text in manifest_of(out, partial(_is_ours, ours)):
            found.update(text.encode("utf-8"))
        return (report, left) if found.hexdigest() == entry.head[0] else None
    except (OSError, *BROKEN):
        return None


def keep_build(cache: Cache, key: str, out: Path, ours: frozenset[str], report: Report, left: list[str]) -> None:
    """Keep what a build came to and which formats it left out, for the next one of which nothing has changed."""
    if key:
        with contextlib.suppress(OSError):  # somebody has taken exports away already
            cache.save(cache.place("build", key), [digest_of(out / MANIFEST), report, left, state_of(out, ours)])


def state_of(out: Path, ours: frozenset[str]) -> str:
    """Give the digest of what the file system says of the exports, but for the manifest, which is looked into.

    Empty where that tells nothing: where inodes have no time of their own (Windows), or a file is not older than the manifest, which is
    written last, and so may have been changed since it was listed there. Raises `OSError` where a file is gone.
    """
    if os.name == "nt":
        return ""
    last = (out / MANIFEST).stat().st_mtime_ns - _TICK
    digest = hashlib.sha256()
    for path in listed(out):
        name = path.as_posix()
        if _is_ours(ours, name):
            status = os.stat(out / name)
            if status.st_mtime_ns > last:
                return ""
            told = (name, status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
            digest.update(repr(told).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _is_ours(ours: frozenset[str], name: str) -> bool:
    return name.partition("/")[0] in ours
