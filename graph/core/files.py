"""Files are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .errors import OutputError

CORPUS, EXPORTS = Path("corpus"), Path("exports")
"""What is built and where it is written when nobody says otherwise, both in the working directory."""


def cache_folder() -> Path:
    """Give the folder of what is kept between runs: $YANGFAN_CACHE, else yangfan/ in the user's cache folder (XDG Base Directory, 3)."""
    own = os.environ.get("YANGFAN_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yangfan"


def processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def files_in(folder: Path) -> Iterator[Path]:
    """Give the files in a folder and in those below it, as the file system lists them; links to folders are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files_in(Path(entry.path))
            elif entry.is_file():
                yield Path(entry.path)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` (text as UTF-8 with LF line ends) to `path` in one step: a reader sees the old file or the new one.

    Raises `OutputError` when the folder cannot be written to.
    """
    # Imported here: what only reads starts without it.
    import tempfile

    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror}", file=path) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        # mkstemp makes files private to the user; an export is as readable as any file the user makes.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"cannot write here: {error.strerror}", file=path) from error
