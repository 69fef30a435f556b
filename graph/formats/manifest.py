"""The manifest of an exports folder: the SHA-256 of every file that a build wrote, so that a changed or swapped one is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from ..core.errors import OutputError
from ..core.version import __version__

MANIFEST = "manifest.json"
PAGE = "graph.html"
"""The one file that may be missing: it is drawn from the others, and a checkout does not keep it."""
_AT_ONCE = 1 << 20


def write_manifest(folder: Path) -> None:
    """Write the manifest of all files of a folder, hidden ones left out.

    Raises `OutputError` when a file cannot be read or the manifest not written.
    """
    try:
        files = {name: digest_of(folder / name) for name in listed(folder)}
        text = json.dumps({"version": __version__, "algorithm": "SHA-256", "files": files}, ensure_ascii=False, indent=2)
        (folder / MANIFEST).write_bytes(text.encode("utf-8") + b"\n")
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror or error}", file=folder) from error


def listed(folder: Path) -> list[str]:
    """Give the names of a folder's files, those in folders with a slash, sorted; the manifest and hidden ones left out."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if path.as_posix() != MANIFEST and not any(part.startswith(".") for part in path.parts))


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while stretch := stream.read(_AT_ONCE):
            digest.update(stretch)
    return digest.hexdigest()


def differences(folder: Path) -> Iterator[str]:
    """Say in which files a folder differs from its manifest.

    A file that is not listed is told too, but for what is hidden; the page may be missing.
    """
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        files = told["files"]
        if told["algorithm"] != "SHA-256" or not all(isinstance(digest, str) for digest in files.values()):
            raise ValueError
    except FileNotFoundError:
        yield f"{MANIFEST}: is missing, so that a changed file cannot be told from a whole one"
        return
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        yield f"{MANIFEST}: is no manifest"
        return
    present = set(listed(folder))
    for name, digest in sorted(files.items()):
        if name not in present:
            if name != PAGE:
                yield f"{name}: is missing"
        elif digest_of(folder / name) != digest:
            yield f"{name}: is not the file that was built (its SHA-256 differs)"
    for name in sorted(present - set(files)):
        yield f"{name}: was not built with the others"
