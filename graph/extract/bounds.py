"""Extraction under limits, so that no document can take the machine: work and memory while it runs, and how many statements it may give.

There is no process of its own as for reading, where libraries in C read what strangers wrote: extraction is Python alone, which a timer of
the system and a limit of the address space end from within, and which costs the ordinary document a few system calls.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from threading import current_thread, main_thread
from types import FrameType

from ..core.errors import ReadError
from ..core.limits import Limits, limits
from ..core.model import Reading

_MIB = 1 << 20


class _OverTime(BaseException):
    """The work took too long; no step of extraction may take it for a fault of its own."""


def bounded(extract: Callable[[], Reading], name: str) -> Reading:
    """Extract from a document within the limits.

    Time and memory are watched in the main thread of a POSIX system (elsewhere nobody can be interrupted), the number of statements always.
    Raises `ReadError` in one line for a document that asks for more, and what `extract` raises.
    """
    bounds = limits()
    try:
        with _timed(bounds.extract_seconds), _in_memory(bounds.extract_memory):
            reading = extract()
    except _OverTime:
        fault = f"takes more than {bounds.extract_seconds} seconds to extract from (--extract-seconds)"
    except MemoryError:
        fault = f"takes more than {bounds.extract_memory} MiB of memory to extract from (--extract-memory)"
    else:
        return _counted(reading, bounds, name)
    # Raised here, where the frames of what was too large are gone.
    raise ReadError(fault, file=name)


def _counted(reading: Reading, bounds: Limits, name: str) -> Reading:
    if len(reading.claims) > bounds.statements:
        raise ReadError(f"gives {len(reading.claims):,} statements (at most {bounds.statements:,}: --extract-statements)", file=name)
    return reading


def _over(_: int, __: FrameType | None) -> None:
    raise _OverTime


@contextlib.contextmanager
def _timed(seconds: int) -> Iterator[None]:
    """Raise `_OverTime` in what runs after so many seconds of this process' work (POSIX setitimer, ITIMER_VIRTUAL)."""
    if not hasattr(signal, "setitimer") or current_thread() is not main_thread() or signal.getsignal(signal.SIGVTALRM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGVTALRM, _over)
    # Once a second again, should something have caught the first.
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)


def _read(path: str) -> bytes:
    """Read a small file of the system: three calls of it, as this is done for every document."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 256)
    finally:
        os.close(file)


@contextlib.contextmanager
def _in_memory(memory: int) -> Iterator[None]:
    """Let what runs have so many MiB besides what the process has already (POSIX setrlimit, RLIMIT_AS); more is a `MemoryError`."""
    try:
        import resource

        if current_thread() is not main_thread():
            raise ValueError
        pages = int(_read("/proc/self/statm").split()[0])
        before, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = pages * resource.getpagesize() + memory * _MIB
        if before != resource.RLIM_INFINITY:
            wanted = min(wanted, before)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    except (ImportError, ValueError, OSError):
        # No such limit here, or no way to tell what the process has.
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))
