"""The query workers as the server sees them: ask one, wait for a free one, stop it when its time is up, refuse when too many wait."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from .delivery import Account
from .fork_server import ForkServer
from .settings import Settings
from .worker import HEADER

# A query that has run this long (seconds) gives way to others by this much of niceness, not so much that it would starve
# on a busy machine; its worker is replaced when it is done.
_PATIENCE = 1.0
_GIVE_WAY = 5
_READY = 2


class Busy(Exception):
    """All workers are at work, and as many queries wait as may, or one has waited as long as it may."""


class OutOfTime(Exception):
    """The query ran longer than it may and was stopped."""


class OutOfMemory(Exception):
    """The worker gave up while it ran the query: the query took more memory than it may, or nests deeper than the engine can."""


class WorkerDied(Exception):
    """The worker was killed while it ran the query, by nobody who had to do with the query."""


class Ending(Exception):
    """The server is ending, or what it needs to run queries is gone."""


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process and the streams to it.

    tired when its priority was lowered, which cannot be undone; stopped says why its query was stopped by the server.
    """

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    tired: bool = False
    stopped: type[Exception] | None = None


@dataclass(slots=True)
class Answer:
    """What a worker answered: the body, or the error as the worker describes it; `held` is what it counts on the account."""

    body: bytes
    error: dict[str, Any] | None = None
    held: int = field(default=0, compare=False)


class Pool:
    """Up to `settings.concurrent` workers, forked when they are needed; up to `settings.queue` queries wait for one."""

    def __init__(self, forks: ForkServer, settings: Settings, account: Account) -> None:
        self._forks = forks
        self._account = account
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._working: set[Worker] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._queue = settings.queue
        self.most = settings.concurrent
        self.timeout = settings.timeout
        self.busy = 0
        self.ending = False

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return len(self._waiting)

    async def start(self) -> None:
        """Fork the first workers, so that the first queries need not wait for one."""
        for _ in range(min(_READY, self.most)):
            self._idle.append(await self._fork())

    async def _fork(self) -> Worker:
        def order() -> tuple[int, Any]:
            with self._lock:
                return self._forks.fork()

        try:
            pid, sock = await asyncio.to_thread(order)
        except OSError as error:
            raise Ending from error
        reader, writer = await asyncio.open_unix_connection(sock=sock, limit=1 << 20)
        return Worker(pid, reader, writer)

    async def _free(self) -> Worker:
        """Give an idle worker, or a new one; those that somebody killed while they were idle are done with."""
        while self._idle:
            worker = self._idle.pop()
            if not worker.reader.at_eof():
                return worker
            await self._end(worker)
        return await self._fork()

    async def _end(self, worker: Worker) -> int:
        def order() -> int:
            with self._lock:
                return self._forks.kill(worker.pid)

        self._working.discard(worker)
        worker.writer.close()
        return await asyncio.to_thread(order)

    async def _take_turn(self) -> None:
        """Wait until one more query may run; queries get their turn in the order in which they came."""
        if self.ending:
            raise Ending
        if self.busy < self.most and not self._waiting:
            self.busy += 1
            return
        if len(self._waiting) >= self._queue:
            raise Busy
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.timeout):
                await turn
        except TimeoutError:
            self._pass_on(turn)
            raise Busy from None
        except BaseException:
            self._pass_on(turn)
            raise
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(turn)

    def _pass_on(self, turn: asyncio.Future[None]) -> None:
        """Give a turn on that came to a query just as it went away."""
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self._give_turn()

    def _give_turn(self) -> None:
        """Let the query that has waited longest run in the place of one that is done."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.busy -= 1

    async def ask(self, request: dict[str, Any]) -> Answer:
        """Have a worker answer a request; who asks releases what the answer holds of the account.

        Raises `Busy` when too many wait, `OutOfTime` when the query was stopped, `OutOfMemory`, `WorkerDied`, `Ending`, and `Full` of the
        account. A cancelled call stops its query.
        """
        await self._take_turn()
        worker: Worker | None = None
        try:
            worker = await self._free()
            self._working.add(worker)
            answer = await self._exchange(worker, json.dumps(request).encode())
            if not worker.tired:
                self._working.discard(worker)
                self._idle.append(worker)
                worker = None
            return answer
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            assert worker is not None
            ended, worker = worker, None
            raise self._cause(ended, await asyncio.shield(self._end(ended))) from error
        finally:
            if worker is not None:
                await asyncio.shield(self._end(worker))
            self._give_turn()

    def _cause(self, worker: Worker, status: int) -> Exception:
        """Tell why a worker ended: where memory cannot be had the engine aborts (SIGABRT); being killed is not the query's doing."""
        if worker.stopped:
            return worker.stopped()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGABRT, signal.SIGSEGV):
            return OutOfMemory()
        return Ending() if self.ending else WorkerDied()

    async def _exchange(self, worker: Worker, payload: bytes) -> Answer:
        loop = asyncio.get_running_loop()
        timers = [loop.call_later(self.timeout, self._stop, worker, OutOfTime)]
        if self.timeout > _PATIENCE:
            timers.append(loop.call_later(_PATIENCE, self._tire, worker))
        held = 0
        try:
            worker.writer.write(HEADER.pack(len(payload)) + payload)
            size = HEADER.unpack(await worker.reader.readexactly(HEADER.size))[0]
            # The answer counts before it is read: many large ones at a time would take the memory before any is delivered.
            held = self._account.take(size)
            body = await worker.reader.readexactly(size)
        except BaseException:
            self._account.give_back(held)
            raise
        finally:
            for timer in timers:
                timer.cancel()
        if body[:1] == b"R":
            return Answer(body[1:], None, held)
        return Answer(b"", json.loads(body[1:]), held)

    def _tire(self, worker: Worker) -> None:
        """Let a long query give way to the others."""
        worker.tired = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.pid, _GIVE_WAY)

    def _stop(self, worker: Worker, why: type[Exception]) -> None:
        """Give a query up; who waits for it learns so from the closed connection."""
        worker.stopped = why
        worker.writer.transport.abort()

    def stop_all(self) -> None:
        """Give all queries up, those that run and those that wait, and take no more: the server is ending."""
        self.ending = True
        for worker in list(self._working):
            self._stop(worker, Ending)
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_exception(Ending())

    async def close(self) -> None:
        """End all workers, whatever they are doing."""
        self.ending = True
        for worker in self._idle:
            worker.writer.close()
        self._idle.clear()
        await asyncio.to_thread(self._forks.close)
