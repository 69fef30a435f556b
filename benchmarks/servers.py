"""The two servers that the HTTP benchmarks compare, started on loopback: this project's and the bare `oxigraph`."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.questions import OUT
from tests.places import ROOT


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[tuple[str, int]]:
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(1200):
                with contextlib.suppress(httpx.HTTPError):
                    httpx.get(url + "/", headers={"Accept": "text/plain"})
                    break
                time.sleep(0.1)
            yield url, process.pid
        finally:
            process.terminate()
            process.wait()


def ours(folder: Path, *options: str) -> contextlib.AbstractContextManager[tuple[str, int]]:
    """Start `serve`; give its address and process id."""
    port = free_port()
    return _running([sys.executable, "build.py", "serve", str(folder), "--port", str(port), *options], port)


def oxigraph(folder: Path) -> contextlib.AbstractContextManager[tuple[str, int]]:
    """Start the bare server over the same triples in its default graph; its database is made once."""
    found = shutil.which("oxigraph", path=f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        raise SystemExit("the oxigraph server is not installed: pip install oxigraph")
    place = OUT / f"oxigraph-{folder.name}"
    if folder.name != "million":
        shutil.rmtree(place, ignore_errors=True)
    OUT.mkdir(exist_ok=True)
    if not place.is_dir():
        files = [str(folder / name) for name in ("graph.ttl", "evidence.ttl")]
        loading = [found, "load", "--location", str(place), "--lenient", "--file", *files]
        subprocess.run(loading, check=True, capture_output=True)
    port = free_port()
    return _running([found, "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}"], port)
