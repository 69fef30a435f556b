"""The process that query workers are forked from: it holds the loaded store and stays single-threaded.

A fork shares the store's memory, so a worker starts in milliseconds however large the graph is, and a worker that had to be
killed is replaced as quickly. The server's own process, which has threads, never forks.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import struct

import pyoxigraph as ox

from .worker import work

_ORDER = struct.Struct(">cI")
_PID = struct.Struct(">I")


def _reap(children: set[int]) -> None:
    while children:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        children.discard(pid)


def _kill(pid: int, children: set[int]) -> None:
    if pid in children:
        os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)
        children.discard(pid)


def _tend(control: socket.socket, store: ox.Store, base: str, memory: int) -> None:
    """Fork and kill workers as ordered, until the server closes the control socket or is gone."""
    children: set[int] = set()
    while True:
        ready, _, _ = select.select([control], [], [], 1.0)
        _reap(children)
        if not ready:
            continue
        order, descriptors, _, _ = socket.recv_fds(control, _ORDER.size, 1)
        if len(order) < _ORDER.size:
            break
        verb, argument = _ORDER.unpack(order)
        if verb == b"K":
            _kill(argument, children)
            control.sendall(_PID.pack(argument))
            continue
        pid = os.fork()
        if not pid:
            control.close()
            work(socket.socket(fileno=descriptors[0]), store, base, memory)
        for descriptor in descriptors:
            os.close(descriptor)
        children.add(pid)
        control.sendall(_PID.pack(pid))
    for pid in list(children):
        _kill(pid, children)


class Nursery:
    """The server's side: starts the forking process and orders workers from it. All calls block for milliseconds."""

    def __init__(self, store: ox.Store, base: str, memory: int) -> None:
        gc.collect()
        gc.freeze()
        self._control, other = socket.socketpair()
        self.pid = os.fork()
        if not self.pid:
            # Ctrl-C reaches the whole group; the server alone decides when its workers end.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._control.close()
            try:
                _tend(other, store, base, memory)
            finally:
                os._exit(0)
        other.close()

    def _reply(self) -> int:
        data = self._control.recv(_PID.size)
        if len(data) < _PID.size:
            raise ConnectionError("the process that query workers are forked from is gone")
        return int(_PID.unpack(data)[0])

    def fork(self) -> tuple[int, socket.socket]:
        """Start a worker; give its process id and the socket to it."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [_ORDER.pack(b"F", 0)], [theirs.fileno()])
            return self._reply(), ours

    def kill(self, pid: int) -> None:
        """End a worker at once and wait until it is gone."""
        self._control.sendall(_ORDER.pack(b"K", pid))
        self._reply()

    def close(self) -> None:
        """End the forking process with all its workers."""
        self._control.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
