"""A folder whose files change all at once: whoever stops the program at any point leaves the old folder or the new one, never both.

What is written goes into a folder beside the one that it will replace. When it is done the two change places in one step of the
file system (`renameat2` with RENAME_EXCHANGE on Linux, `renamex_np` with RENAME_SWAP on macOS), so the folder stays a plain folder, which a
version control system can keep, and no link has to be followed. Where that cannot be (another file system, a mount point, Windows, a
folder that holds more than exports, the working directory itself), files are moved one by one, after a mark which says that all of them
are there; whoever comes next finishes a move that was stopped.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .errors import OutputError
from .files import files_in

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_BUILDING, _DONE = ".building-", ".done-"
_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EBUSY, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EROFS}


@contextlib.contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a folder's lock; gives whether it could be had, which without `wait` it may not. The lock goes with the process."""
    if fcntl is None:
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)


class Staging:
    """A folder that takes the place of another when `commit` is called, and goes away when it is not.

    ours are the names of files and folders in `out` that it replaces or takes away; what else lies there stays. Raises `OutputError` where
    nothing can be written.
    """

    def __init__(self, out: Path, ours: frozenset[str]) -> None:
        self.out, self.ours = out.resolve(), ours
        self._made = not self.out.exists()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Path:
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self._made = not self.out.exists()
            if self.out.is_dir():
                finish(self.out, self.ours)
            self.path = self._create()
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror or error}", file=self.out) from error
        return self.path

    def _create(self) -> Path:
        """Make the folder, beside the one that it is for where that can be, else in it, and hold its lock from the first moment."""
        places = [(self.out, _BUILDING)]
        if _is_apart(self.out):
            places.insert(0, (self.out.parent, f".{self.out.name}{_BUILDING}"))
        for folder, prefix in places:
            try:
                folder.mkdir(exist_ok=True)
                with locked(folder):
                    _sweep(folder, prefix)
                    path = Path(tempfile.mkdtemp(dir=folder, prefix=prefix))
                    self._stack.enter_context(locked(path))
                return path
            except OSError as error:
                if folder == self.out or error.errno not in _UNABLE:
                    raise
        raise AssertionError

    def commit(self) -> None:
        """Put the folder in its place."""
        try:
            for path in files_in(self.path):
                path.chmod(0o644)
            os.chmod(self.path, self.out.stat().st_mode if self.out.is_dir() else 0o777 & ~_umask())
            if self.path.parent == self.out or not self._exchanged():
                self._moved()
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror or error}", file=self.out) from error

    def _exchanged(self) -> bool:
        """Let the folders change places; false where that cannot be."""
        with contextlib.suppress(OSError):
            if not self.out.exists() or not any(self.out.iterdir()):
                # A folder may be renamed to one that is empty or not there.
                os.rename(self.path, self.out)
                return True
        with locked(self.out):
            for path in self.out.iterdir():
                # What somebody else put there stays there: it is in both folders before they change places.
                if not (self.path / path.name).exists() and path.name not in self.ours and not path.name.startswith((_BUILDING, _DONE)):
                    if not path.is_file() or path.is_symlink():
                        return False
                    os.link(path, self.path / path.name)
            return exchange(self.path, self.out)

    def _moved(self) -> None:
        """Move file by file, once all of them are marked as done."""
        self.out.mkdir(exist_ok=True)
        if self.path.parent != self.out:
            inner = Path(tempfile.mkdtemp(dir=self.out, prefix=_BUILDING))
            self._stack.enter_context(locked(inner))
            shutil.copytree(self.path, inner, dirs_exist_ok=True)
            shutil.rmtree(self.path)
            self.path = inner
        with locked(self.out):
            done = self.path.with_name(self.path.name.replace(_BUILDING, _DONE))
            os.rename(self.path, done)
            self.path = done
            _move(done, self.out, self.ours)

    def __exit__(self, *_: object) -> None:
        # After an exchange the path holds what was replaced.
        shutil.rmtree(self.path, ignore_errors=True)
        self._stack.close()
        if self._made:
            # A build that wrote nothing leaves no folder behind.
            with contextlib.suppress(OSError):
                self.out.rmdir()


def finish(out: Path, ours: frozenset[str]) -> None:
    """Finish a move of files into a folder that was stopped on its way, and clear away what stopped builds left there.

    Raises `OSError` where that cannot be done.
    """
    with locked(out):
        for done in sorted(out.glob(f"{_DONE}*")):
            _move(done, out, ours)
        _sweep(out, _BUILDING)


def exchange(left: Path, right: Path) -> bool:
    """Let two folders change places in one step; false where the system or the file system cannot."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(left), os.fsencode(right)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        failed = library.renameat2(-100, names[0], -100, names[1], 2)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(names[0], names[1], 2)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(right))


def _move(done: Path, out: Path, ours: frozenset[str]) -> None:
    """Move everything of a finished folder to its place and take away what is not among it; the manifest goes last."""
    listed = done / ".listed"
    if not listed.exists():
        names = sorted(path.relative_to(done).as_posix() for path in files_in(done))
        whole = listed.with_suffix(".new")
        whole.write_text("\n".join(names), encoding="utf-8")
        os.replace(whole, listed)
    kept = set(listed.read_text(encoding="utf-8").split("\n"))
    files = [path for path in files_in(done) if path != listed]
    for path in sorted(files, key=lambda path: (path.name == "manifest.json", path)):
        place = out / path.relative_to(done)
        place.parent.mkdir(exist_ok=True)
        os.replace(path, place)
    for name in sorted(ours):
        for path in [out / name, *(out / name).glob("*")]:
            if path.is_file() and path.relative_to(out).as_posix() not in kept:
                path.unlink()
    shutil.rmtree(done)


def _sweep(folder: Path, prefix: str) -> None:
    """Take away the folders of builds that have ended without: nobody holds their locks."""
    for path in folder.glob(f"{prefix}*"):
        if path.is_dir() and not path.is_symlink():
            with locked(path, wait=False) as had:
                if had:
                    shutil.rmtree(path, ignore_errors=True)


def _is_apart(out: Path) -> bool:
    """Tell whether a folder can change its place: nobody works in it, and it is no mount point."""
    here = Path.cwd()
    return out != here and out not in here.parents and not os.path.ismount(out) and out.parent != out


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
