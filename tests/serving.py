"""A real server on loopback for tests, started as the command line starts it, and what is needed to ask it."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

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
    with httpx.Client(base_url=found[1], timeout=60) as client:
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
