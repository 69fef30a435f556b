"""The query workers as the server sees them: ask one, stop it when its time is up, refuse when all are busy."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import threading
from dataclasses import dataclass
from typing import Any

from .fork_server import Nursery
from .worker import HEADER

# A query that has run this long (seconds) gives way to others by this much of niceness, not so much that it would starve
# on a busy machine; its worker is replaced when it is done.
_PATIENCE = 1.0
_GIVE_WAY = 5
_READY = 2


class Busy(Exception):
    """All workers are at work."""


class OutOfTime(Exception):
    """The query ran longer than it may and was stopped."""


class WorkerDied(Exception):
    """The worker ended while it ran the query: the query took more memory than it may."""


@dataclass(slots=True)
class Worker:
    """A worker process and the streams to it.

    tired when its priority was lowered, which cannot be undone; stopped when its query ran out of time.
    """

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    tired: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker answered: the body, or the error as the worker describes it."""

    body: bytes
    error: dict[str, Any] | None = None


class Pool:
    """Up to `most` workers, forked when they are needed."""

    def __init__(self, nursery: Nursery, most: int, timeout: float) -> None:
        self._nursery = nursery
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self.most = most
        self.timeout = timeout
        self.busy = 0

    async def start(self) -> None:
        """Fork the first workers, so that the first queries need not wait for one."""
        for _ in range(min(_READY, self.most)):
            self._idle.append(await self._fork())

    async def _fork(self) -> Worker:
        def order() -> tuple[int, Any]:
            with self._lock:
                return self._nursery.fork()

        pid, sock = await asyncio.to_thread(order)
        reader, writer = await asyncio.open_unix_connection(sock=sock, limit=1 << 20)
        return Worker(pid, reader, writer)

    async def _end(self, worker: Worker) -> None:
        def order() -> None:
            with self._lock, contextlib.suppress(OSError):
                self._nursery.kill(worker.pid)

        worker.writer.close()
        await asyncio.to_thread(order)

    async def ask(self, request: dict[str, Any]) -> Answer:
        """Have a worker answer a request.

        Raises `Busy` when all are at work, `OutOfTime` when the query was stopped, `WorkerDied` when it took too much
        memory. A cancelled call stops its query.
        """
        if self.busy >= self.most:
            raise Busy
        self.busy += 1
        worker: Worker | None = None
        whole = False
        try:
            worker = self._idle.pop() if self._idle else await self._fork()
            answer = await self._exchange(worker, json.dumps(request).encode())
            whole = True
            return answer
        finally:
            self.busy -= 1
            if worker is not None:
                if whole and not worker.tired:
                    self._idle.append(worker)
                else:
                    await asyncio.shield(self._end(worker))

    async def _exchange(self, worker: Worker, payload: bytes) -> Answer:
        loop = asyncio.get_running_loop()
        timers = [loop.call_later(self.timeout, self._stop, worker)]
        if self.timeout > _PATIENCE:
            timers.append(loop.call_later(_PATIENCE, self._tire, worker))
        try:
            worker.writer.write(HEADER.pack(len(payload)) + payload)
            head = await worker.reader.readexactly(HEADER.size)
            body = await worker.reader.readexactly(HEADER.unpack(head)[0])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise (OutOfTime if worker.stopped else WorkerDied) from error
        finally:
            for timer in timers:
                timer.cancel()
        return Answer(body[1:]) if body[:1] == b"R" else Answer(b"", json.loads(body[1:]))

    def _tire(self, worker: Worker) -> None:
        """Let a long query give way to the others."""
        worker.tired = True
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, worker.pid, _GIVE_WAY)

    def _stop(self, worker: Worker) -> None:
        """Give a query up; who waits for it learns so from the closed connection."""
        worker.stopped = True
        worker.writer.transport.abort()

    async def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in self._idle:
            worker.writer.close()
        self._idle.clear()
        await asyncio.to_thread(self._nursery.close)
