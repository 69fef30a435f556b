"""The manifest of an exports folder: the SHA-256 of every file that a build wrote, so that a changed or swapped one is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from ..core.errors import OutputError
from ..core.files import files_in, processors
from ..core.listing import Listing
from ..core.stream import Stream
from ..core.version import __version__

MANIFEST = "manifest.json"
PAGE = "graph.html"
"""The one file that may be missing: it is drawn from the others, and a checkout does not keep it."""
_LARGE = 8 << 20
"""How many bytes a file has that is worth a thread of its own."""


def write_manifest(folder: Path) -> None:
    """Write the manifest of all files of a folder, hidden ones left out.

    Raises `OutputError` when a file cannot be read or the manifest not written.
    """
    try:
        with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(manifest_of(folder))
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror or error}", file=folder) from error


def manifest_of(folder: Path, ours: Callable[[str], bool] = lambda _: True) -> Iterator[str]:
    """Give the text of a manifest of those files of a folder, by name, that are ours; several large files are read at once.

    Raises `OSError` when a file cannot be read.
    """
    head = json.dumps({"version": __version__, "algorithm": "SHA-256", "files": {"": 0}}, ensure_ascii=False, indent=2)
    before, _, after = head.partition('\n    "": 0')
    yield before
    files = listed(folder)
    names = Stream(lambda: filter(ours, map(Path.as_posix, files)))
    large = sorted((name for name in names if (folder / name).stat().st_size > _LARGE), key=lambda name: -(folder / name).stat().st_size)
    known = dict(zip(large, _digests([folder / name for name in large]), strict=True))
    separator = "\n    "
    for name in names:
        yield f"{separator}{json.dumps(name, ensure_ascii=False)}: {json.dumps(known.get(name) or digest_of(folder / name))}"
        separator = ",\n    "
    yield f"{after}\n"


def _digests(paths: list[Path]) -> list[str]:
    """Give the digests of large files, the first of which take longest."""
    if len(paths) < 2:
        return list(map(digest_of, paths))
    # Imported here: most builds have no such files, and it takes 5 ms.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(processors()) as crew:
        return list(crew.map(digest_of, paths))


def listed(folder: Path) -> Listing:
    """Give a folder's files, by their ways from it, in order; the manifest and hidden ones left out."""
    found = (path.relative_to(folder) for path in files_in(folder))
    return Listing.ordered(path for path in found if path != Path(MANIFEST) and not any(part.startswith(".") for part in path.parts))


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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
    present = set(map(Path.as_posix, listed(folder)))
    for name, digest in sorted(files.items()):
        if name not in present:
            if name != PAGE:
                yield f"{name}: is missing"
        elif digest_of(folder / name) != digest:
            yield f"{name}: is not the file that was built (its SHA-256 differs)"
    for name in sorted(present - set(files)):
        yield f"{name}: was not built with the others"
