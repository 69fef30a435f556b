"""Processes that share the work and give it back in its order, so that the result does not depend on how many there are."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from ..core.errors import YangfanError

Job = TypeVar("Job")
Result = TypeVar("Result")


def _begin() -> None:
    # Ctrl-C reaches every process of the terminal; only the first one is to answer it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Arrow's own allocators keep some twenty megabytes more of what was freed between row groups, and are no quicker here.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    gc.disable()


def _end_with_parent() -> None:
    """Wait for the process that this one works for to end, however it does, and end with it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _collected(work: Callable[[Job], Result], job: Job) -> Result:
    """Do a job without the garbage collector, which only costs time while objects are made, and clear away after it."""
    result = work(job)
    gc.collect()
    if not gc.get_freeze_count():
        # What the first job leaves behind are libraries and tables, which stay: they need not be looked through each time.
        gc.freeze()
    return result


@contextmanager
def _told() -> Iterator[None]:
    """Tell of a process that ends in the middle of its work."""
    try:
        yield
    except BrokenProcessPool as error:
        raise YangfanError("a process of this build was ended from outside; perhaps there is not enough memory") from error


def _results(begun: deque[Future[Result]]) -> Iterator[Result]:
    with _told():
        while begun:
            yield begun.popleft().result()


class Crew:
    """Runs jobs in this process, or in several others; jobs and results travel between processes, nothing else does."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None
        if workers > 1:
            # Spawned and not forked: the libraries that check shapes and parse run threads, which do not survive a fork.
            context = multiprocessing.get_context("spawn")
            self._others = set(multiprocessing.active_children())
            self._pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool:
            if kind is not None:
                # Nobody waits for what they are at.
                for process in set(multiprocessing.active_children()) - self._others:
                    process.terminate()
            self._pool.shutdown(cancel_futures=True)

    def run(self, work: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
        """Give the results of jobs in the order of the jobs; only a few more are under way than there are workers.

        Raises what a job raises, and `YangfanError` when a process ends in the middle of its work.
        """
        if self._pool is None:
            yield from self._here(work, jobs)
            return
        waiting: deque[Future[Result]] = deque()
        with _told():
            for job in jobs:
                waiting.append(self._pool.submit(_collected, work, job))
                if len(waiting) > 3 * self.workers:
                    yield waiting.popleft().result()
        yield from _results(waiting)

    def begin(self, work: Callable[[Job], Result], jobs: Collection[Job]) -> Iterator[Result]:
        """Begin a few jobs and give their results as `run` does; where there are other processes, they work before that is asked for."""
        if self._pool is None:
            return self._here(work, jobs)
        with _told():
            return _results(deque([self._pool.submit(_collected, work, job) for job in jobs]))

    def _here(self, work: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
        # A build of one document runs without the garbage collector; here it is needed, but not for what was there before.
        gc.freeze()
        try:
            for number, job in enumerate(jobs):
                result = work(job)
                gc.collect()
                if not number:
                    # Nor for the libraries that the first job has loaded.
                    gc.freeze()
                yield result
        finally:
            gc.unfreeze()
