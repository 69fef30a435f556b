"""How answers reach their clients: in pieces, within a time, and never more bytes of them in memory than the server has for that.

A client that reads slowly or not at all keeps its answer in the server's memory. So answers that are not delivered yet stand on an account,
and each has a time by which its client must have taken it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

PIECE = 1 << 16
"""Bytes that are handed to the connection at a time."""
SMALL = 1 << 16
"""Answers up to this many bytes are not counted: the connection's own buffer holds as much."""
SLOWEST = 1 << 14
"""Bytes a second that a client must take beyond the time that each has."""

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]


class Full(Exception):
    """The answers that clients have not taken yet leave no room for another."""


class Gone(Exception):
    """The client did not take its answer in time; its connection is cut."""


class Account:
    """The bytes of answers that are not delivered yet, at most `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0

    def take(self, size: int) -> int:
        """Count an answer; gives what is to be given back. Raises `Full` where there is no room."""
        if size <= SMALL:
            return 0
        if self.held + size > self.most:
            raise Full
        self.held += size
        return size

    def give_back(self, size: int) -> None:
        """Count an answer no more."""
        self.held -= size


async def deliver(send: Send, message: Message, seconds: float, abort: Callable[[], None]) -> None:
    """Send a body in pieces, each when the client has taken enough of those before.

    Raises `Gone`, its connection cut, when the client takes longer than `seconds` and what `SLOWEST` gives it for the size.
    """
    body = message.get("body", b"")
    if len(body) <= PIECE:
        await send(message)
        return
    last = len(body) - PIECE
    try:
        async with asyncio.timeout(seconds + len(body) / SLOWEST):
            for start in range(0, len(body), PIECE):
                more = start < last or bool(message.get("more_body"))
                await send({**message, "body": body[start : start + PIECE], "more_body": more})
    except TimeoutError:
        abort()
        raise Gone from None
