"""A real server on loopback for tests, started as the command line starts it, and what is needed to ask it."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

PATIENCE = 120.0
"""How long (seconds) a test waits for what must come before it gives up."""
ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class Served:
    """A running server: its address, its process, what it wrote to standard error, and a client."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client
    lines: list[str] = field(default_factory=list)

    def ask(self, query: str, accept: str = "application/sparql-results+json", **fields: str) -> httpx.Response:
        """Ask a query by GET."""
        return self.client.get("/sparql", params={"query": query, **fields}, headers={"Accept": accept})


    @property
    def port(self) -> int:
        """The port."""
        return int(self.url.rpartition(":")[2])

    def health(self) -> dict[str, Any]:
        """Ask how the server is; what it says, whatever its status."""
        found: dict[str, Any] = self.client.get("/healthz").json()
        return found

    def raw(self, request: bytes, *, buffer: int = 0) -> socket.socket:
        """Open a connection and send some bytes; the caller closes it. With `buffer`, the system keeps as little as it can for the reader."""
        line = socket.socket()
        if buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        line.settimeout(PATIENCE)
        line.connect(("127.0.0.1", self.port))
        line.sendall(request)
        return line


def until(true: Callable[[], object], what: str = "") -> None:
    """Wait until something is true; fails when it does not become so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain {what}"
        time.sleep(0.02)


def read_all(line: socket.socket) -> bytes:
    """Read until the other side closes or cuts the connection."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := line.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


def read_answer(line: socket.socket) -> bytes:
    """Read one answer whole, its head and the body that the head announces: the two may come one after the other."""
    answer = b""
    head = re.compile(rb"(?i)\r\ncontent-length: (\d+)\r\n(?:.*?\r\n)?\r\n", re.DOTALL)
    while (found := head.search(answer)) is None or len(answer) < found.end() + int(found[1]):
        part = line.recv(1 << 16)
        assert part, f"the connection ended within the answer: {answer!r}"
        answer += part
    return answer


@contextlib.contextmanager
def serving(folder: Path, *options: str) -> Iterator[Served]:
    """Start `serve` on a free port, wait until it says where it is, and end it."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), "serve", str(folder), "--port", "0", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    found = re.match(r"(http://\S+)/", first)
    assert found, first + process.stderr.read()
    with httpx.Client(base_url=found[1], timeout=PATIENCE) as client:
        served = Served(found[1], process, client, [first])
        reader = threading.Thread(target=lambda: served.lines.extend(process.stderr or ()), daemon=True)
        reader.start()
        try:
            yield served
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            reader.join(5)
            process.stderr.close()
