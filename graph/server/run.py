"""Start the server, and end it cleanly when it is told to: SIGTERM and SIGINT let running requests finish for a while."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.errors import OutputError, YangfanError
from ..core.language import say
from .facts import Facts
from .hosts import is_loopback
from .settings import Settings

if TYPE_CHECKING:
    from .fork_server import ForkServer


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
    settings = replace(settings, local=is_loopback(host))
    facts = Facts(settings.folder)
    if not facts.kept:
        facts.prepare()
    with bind(host, port) as sock:
        # The workers' process is forked here, before the server has any thread.
        from .fork_server import ForkServer

        forks = ForkServer(facts.opener, facts.base, settings.memory)
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{sock.getsockname()[1]}/"
        if facts.ready:
            told = say("{count} triples; Ctrl-C ends", count=facts.triples)
        else:
            # Counting takes minutes where there are many millions of triples; queries need none of it.
            told = say("SPARQL answers, pages follow when the exports are counted; Ctrl-C ends")
            threading.Thread(target=facts.prepare, daemon=True).start()
        sys.stderr.write(f"{address}  {told}\n")
        sys.stderr.flush()
        _run(sock, facts, forks, settings)


def _run(sock: socket.socket, facts: Facts, forks: ForkServer, settings: Settings) -> None:
    import uvicorn

    from .app import App
    from .connection import connections

    class Server(uvicorn.Server):
        """uvicorn's server, ending with exit code 0 where uvicorn would raise the signal again."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Let both signals ask for the end."""
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, self.end_by, number)
            yield

        def end_by(self, number: int) -> None:
            """Take no more requests; what still runs after a while is answered with 503."""
            asyncio.get_running_loop().call_later(settings.grace, app.pool.stop_all)
            self.handle_exit(number, None)

    app = App(facts, forks, settings, lambda: setattr(server, "should_exit", True))
    config = uvicorn.Config(
        app,
        http=connections(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(settings.grace) + 3,
        timeout_keep_alive=int(settings.idle),
        lifespan="on",
    )
    server = Server(config)
    server.run(sockets=[sock])
    if app.orphaned:
        raise YangfanError("the process that queries are run from is gone; the server has ended")
