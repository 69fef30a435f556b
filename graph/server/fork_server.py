"""The process that query workers are forked from: it can open the store and stays single-threaded.

A store in memory is shared by the fork, so a worker starts in milliseconds however large the graph is; one on disk is opened by each worker
for itself, as quickly. A worker that had to be killed is replaced at once. The server's own process, which has threads, never forks.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import select
import signal
import socket
import struct
import sys

from ..query.store import Opener
from .worker import work

_ORDER = struct.Struct(">cI")
_REPLY = struct.Struct(">Ii")
_PR_SET_PDEATHSIG = 1

KILLED: int = signal.SIGKILL
"""The wait status of a worker of which nothing else is known."""


def _reap(children: set[int], ended: dict[int, int]) -> None:
    while children:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        if pid in children:
            children.discard(pid)
            ended[pid] = status


def _kill(pid: int, children: set[int], ended: dict[int, int]) -> int:
    """End a worker; gives its wait status, which tells what ended it even where that had only just begun."""
    _reap(children, ended)
    if pid in children:
        os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            ended[pid] = os.waitpid(pid, 0)[1]
        children.discard(pid)
    return ended.pop(pid, KILLED)


def _bind_to(parent: int) -> None:
    """Have the kernel end this process with its parent (Linux: prctl(2)), so that no query outlives the process that could stop it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _tend(control: socket.socket, life: socket.socket, opener: Opener, base: str, memory: int) -> None:
    """Fork and kill workers as ordered, until the server closes the control socket or is gone."""
    children: set[int] = set()
    ended: dict[int, int] = {}
    here = os.getpid()
    while True:
        ready, _, _ = select.select([control], [], [], 1.0)
        _reap(children, ended)
        if not ready:
            continue
        order, descriptors, _, _ = socket.recv_fds(control, _ORDER.size, 1)
        if len(order) < _ORDER.size:
            break
        verb, argument = _ORDER.unpack(order)
        if verb == b"K":
            control.sendall(_REPLY.pack(argument, _kill(argument, children, ended)))
            continue
        pid = os.fork()
        if not pid:
            control.close()
            life.close()
            _bind_to(here)
            work(socket.socket(fileno=descriptors[0]), opener, base, memory)
        for descriptor in descriptors:
            os.close(descriptor)
        children.add(pid)
        control.sendall(_REPLY.pack(pid, 0))
    for pid in list(children):
        _kill(pid, children, ended)


class ForkServer:
    """The server's side: starts the forking process and orders workers from it. All calls block for milliseconds.

    life becomes readable when the forking process has ended.
    """

    def __init__(self, opener: Opener, base: str, memory: int) -> None:
        gc.collect()
        gc.freeze()
        self._control, other = socket.socketpair()
        self.life, alive = socket.socketpair()
        self.pid = os.fork()
        if not self.pid:
            # Ctrl-C reaches the whole group; the server alone decides when its workers end.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._control.close()
            self.life.close()
            try:
                _tend(other, alive, opener, base, memory)
            finally:
                os._exit(0)
        other.close()
        alive.close()

    def _reply(self) -> tuple[int, int]:
        data = self._control.recv(_REPLY.size, socket.MSG_WAITALL)
        if len(data) < _REPLY.size:
            raise ConnectionError("the process that query workers are forked from is gone")
        pid, status = _REPLY.unpack(data)
        return int(pid), int(status)

    def fork(self) -> tuple[int, socket.socket]:
        """Start a worker; give its process id and the socket to it. Raises `OSError` when the forking process is gone."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [_ORDER.pack(b"F", 0)], [theirs.fileno()])
                return self._reply()[0], ours
            except OSError:
                ours.close()
                raise

    def kill(self, pid: int) -> int:
        """End a worker at once and wait until it is gone; gives its wait status."""
        try:
            self._control.sendall(_ORDER.pack(b"K", pid))
            return self._reply()[1]
        except OSError:
            # Nobody is left who could: on Linux the worker has ended with its parent.
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            return KILLED

    def close(self) -> None:
        """End the forking process with all its workers."""
        self._control.close()
        self.life.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
