"""Connections with bounds: how large and slow a request's head may be, how long one may be idle, and how many there are.

uvicorn's protocol bounds none of this but the idle time after an answer; this one adds what is missing and changes nothing else.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import Any, ClassVar, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .settings import Settings

MOST_HEAD = 1 << 16
"""Bytes that a request's line and headers may have together."""
ABORT = "yangfan.abort"
"""Where a request's scope holds what cuts its connection."""

_CROWDED = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 1\r\n"


# The loop's clock may stand still while it takes many connections (uvloop's counts milliseconds): what came first is counted, not timed.
_order = itertools.count(1)


def _plain(head: bytes, words: str) -> bytes:
    body = f"{words}\n".encode()
    return head + b"content-length: %d\r\nconnection: close\r\n\r\n" % len(body) + body


class Connection(HttpToolsProtocol):
    """One connection; `settings` is set by `connections`."""

    settings: ClassVar[Settings]
    _head = 0
    _timer: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    since = 0
    """Its place in the order in which connections became idle."""

    @property
    def idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or bool(self.cycle.response_complete)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, in the place of the one that has been idle longest where there are too many."""
        super().connection_made(transport)
        self.since = next(_order)
        if len(self.connections) > self.settings.connections:
            others = [cast(Connection, other) for other in self.connections if other is not self]
            longest = min((other for other in others if other.idle), key=lambda other: other.since, default=None)
            if longest is None:
                transport.write(_plain(_CROWDED, f"{self.settings.connections} clients are being answered, this server's limit"))
                transport.close()
                return
            self.connections.discard(longest)
            longest.transport.abort()
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """End what waits for this connection."""
        self._clear()
        if self._stalled:
            self._stalled.cancel()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        """Give the client its time for a request's head."""
        if self._timer is None:
            self._timer = self.loop.call_later(self.settings.head, self._too_slow)

    def _clear(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        if not self.transport.is_closing():
            head = b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\n"
            self.transport.write(_plain(head, f"no whole request came within {self.settings.head:g} seconds"))
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head has become too large before it ends."""
        if self.transport.is_closing():
            return
        self._head += len(data)
        super().data_received(data)
        if self._timer is not None and self._head > MOST_HEAD and not self.transport.is_closing():
            self._clear()
            head = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
            self.transport.write(_plain(head, f"the head of the request is larger than {MOST_HEAD} bytes, this server's limit"))
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        cast(dict[str, Any], self.scope)[ABORT] = self.transport.abort
        self._await_head()

    def on_headers_complete(self) -> None:
        """Hand the request on, its head being whole."""
        self._clear()
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        self._head = 0
        self.app = self.config.loaded_app if size <= MOST_HEAD else _refuse_head
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Note since when the connection is idle."""
        self.since = next(_order)
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Give the client its time to take something of what waits for it."""
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(self.settings.send, self.transport.abort)

    def resume_writing(self) -> None:
        """Note that the client has taken something."""
        if self._stalled:
            self._stalled.cancel()
        self._stalled = None
        super().resume_writing()


async def _refuse_head(scope: Any, receive: Any, send: Any) -> None:
    body = f"the head of the request is larger than {MOST_HEAD} bytes, this server's limit\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 431, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def connections(settings: Settings) -> type[Connection]:
    """Give the class of a server's connections."""
    return type("BoundConnection", (Connection,), {"settings": settings})
