"""Start the server, and end it cleanly when it is told to: SIGTERM and SIGINT let running requests finish for a while."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Iterator

from ..core.errors import OutputError, YangfanError
from .facts import Facts
from .settings import Settings


def bind(host: str, port: int) -> socket.socket:
    """Take the port, 0 for any free one.

    Raises `OutputError` when it cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise OutputError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
    sock.listen(256)
    return sock


def serve(host: str, port: int, settings: Settings) -> None:
    """Load the exports, listen, say where, and answer until told to stop."""
    if sys.platform == "win32":
        raise YangfanError("serve needs a system with fork (Linux, macOS, WSL)")
    facts = Facts(settings.folder)
    facts.prepare()
    with bind(host, port) as sock:
        # The workers' process is forked here, before the server has any thread.
        from .fork_server import Nursery

        nursery = Nursery(facts.store, facts.base, settings.memory)
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{sock.getsockname()[1]}/"
        sys.stderr.write(f"{address}  {facts.triples} triples; Ctrl-C ends\n")
        sys.stderr.flush()
        _run(sock, facts, nursery, settings)


def _run(sock: socket.socket, facts: Facts, nursery: object, settings: Settings) -> None:
    import uvicorn

    from .app import App
    from .fork_server import Nursery

    assert isinstance(nursery, Nursery)

    class Server(uvicorn.Server):
        """uvicorn's server, ending with exit code 0 where uvicorn would raise the signal again."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Let both signals ask for the end."""
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self.handle_exit, number, None)
            yield

    config = uvicorn.Config(
        App(facts, nursery, settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=max(1, int(settings.grace)),
        timeout_keep_alive=30,
        lifespan="on",
    )
    Server(config).run(sockets=[sock])
