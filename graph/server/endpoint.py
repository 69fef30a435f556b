"""`/sparql`: the SPARQL 1.1 Protocol over the query workers, with answers kept while the server runs.

This is plain ASGI and no framework: between the parser and the worker every tenth of a millisecond counts.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from .delivery import Account, Full
from .description import service_description
from .facts import Facts
from .negotiate import GRAPHS, HTML, Form, choose
from .pool import Answer, Busy, Ending, OutOfMemory, OutOfTime, Pool, WorkerDied
from .protocol import Operation, Refused, form_of, read_operation
from .settings import Settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# A client that goes away is noticed once its query has run this long (seconds).
_WATCH = 0.25
_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_STATUS = {"syntax": 400, "query": 400, "large": 413}


class Kept:
    """The answers given so far, the oldest dropped first beyond `most` bytes; true as long as the data do not change."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._answers: OrderedDict[tuple[Operation, str], bytes] = OrderedDict()

    def get(self, key: tuple[Operation, str]) -> bytes | None:
        """Give a kept answer and note that it was wanted."""
        body = self._answers.get(key)
        if body is not None:
            self._answers.move_to_end(key)
        return body

    def put(self, key: tuple[Operation, str], body: bytes) -> None:
        """Keep an answer that is not larger than an eighth of all."""
        if len(body) > self._most // 8 or key in self._answers:
            return
        self._answers[key] = body
        self._size += len(body) + len(key[0].query)
        while self._size > self._most:
            (operation, _), old = self._answers.popitem(last=False)
            self._size -= len(old) + len(operation.query)


async def send_response(
    send: Send, status: int, headers: MutableMapping[str, str], body: bytes, *, head: bool = False
) -> None:
    """Send a whole response."""
    listed = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    if status != 204:
        listed.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": listed})
    await send({"type": "http.response.body", "body": b"" if head else body})


async def read_body(scope: Scope, receive: Receive, most: int) -> bytes:
    """Read a request's body; raises `Refused` (413) beyond `most` bytes, before it is read where its length is given."""
    parts: list[bytes] = []
    size = int(header(scope, b"content-length") or 0)
    while size <= most:
        message = await receive()
        parts.append(message.get("body", b""))
        size = sum(map(len, parts))
        if size <= most and (not message.get("more_body") or message["type"] == "http.disconnect"):
            return b"".join(parts)
    raise Refused(413, f"the body is larger than {most} bytes, this server's limit", {"Connection": "close"})


def header(scope: Scope, name: bytes) -> str:
    """Give a request's header, its values joined by commas."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


class Endpoint:
    """The ASGI application at `/sparql`."""

    def __init__(self, pool: Pool, facts: Facts, settings: Settings, account: Account) -> None:
        self._pool = pool
        self._account = account
        self._facts = facts
        self._settings = settings
        self._kept = Kept(settings.cache * 1024 * 1024)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        method = scope["method"]
        headers = {"Vary": "Accept"}
        try:
            if method == "OPTIONS":
                await send_response(send, 204, {**headers, "Allow": "GET, HEAD, POST, OPTIONS"}, b"")
                return
            body = await self._body(scope, receive) if method == "POST" else b""
            operation = read_operation(method, scope["query_string"], header(scope, b"content-type"), body)
            accept = header(scope, b"accept")
            browser = (HTML,) if method in ("GET", "HEAD") else ()
            if operation is None:
                form = choose(accept, (*GRAPHS, *browser))
                if form is None:
                    raise Refused(406, f"the description comes as {', '.join(form.media for form in GRAPHS)}")
                self._facts.require()
                answer = b"" if form.name == "html" else service_description(self._facts, _own_url(scope), form.name)
            else:
                form = form_of(operation, accept, browser)
                if form.name != "html":
                    headers["Content-Type"] = form.content_type
                    async with self.answer(operation, form, receive) as answer:
                        await send_response(send, 200, headers, answer, head=method == "HEAD")
                    return
                self._facts.require()
                answer = b""
            if form.name == "html":
                asked = f"?query={quote(operation.query)}" if operation else ""
                await send_response(send, 303, {**headers, "Location": f"/query{asked}"}, b"")
                return
            headers["Content-Type"] = form.content_type
            await send_response(send, 200, headers, answer, head=method == "HEAD")
        except Refused as refused:
            headers.update(refused.headers)
            headers["Content-Type"] = "text/plain; charset=utf-8"
            await send_response(send, refused.status, headers, f"{refused}\n".encode(), head=method == "HEAD")

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        try:
            async with asyncio.timeout(self._settings.head):
                return await read_body(scope, receive, self._settings.body)
        except TimeoutError:
            seconds = self._settings.head
            raise Refused(408, f"no whole request came within {seconds:g} seconds", {"Connection": "close"}) from None

    @asynccontextmanager
    async def answer(self, operation: Operation, form: Form, receive: Receive | None = None) -> AsyncIterator[bytes]:
        """Give the answer to a query in a form; it counts as undelivered until the block ends.

        Raises `Refused`: 400 for a broken query, 413 for too large an answer, 429 when too many queries wait, 503 when the query took too
        long, was not to blame for its end, or has no room for its answer.
        """
        key = (operation, form.name)
        known = self._kept.get(key)
        if known is not None:
            held = self._take(len(known))
            try:
                yield known
            finally:
                self._account.give_back(held)
            return
        answer = await self.ask(operation, form.name, receive)
        try:
            if answer.error is not None:
                raise Refused(_STATUS[answer.error["kind"]], answer.error["message"])
            self._kept.put(key, answer.body)
            yield answer.body
        finally:
            self.release(answer)

    def _take(self, size: int) -> int:
        try:
            return self._account.take(size)
        except Full:
            raise self._full() from None

    def release(self, answer: Answer) -> None:
        """Count an answer no more: its client has it, or what was made of it."""
        self._account.give_back(answer.held)
        answer.held = 0

    def _full(self) -> Refused:
        most = self._account.most >> 20
        return Refused(503, f"answers that wait for their clients take the {most} MiB that there are: try again", {"Retry-After": "2"})

    async def ask(self, operation: Operation, form: str, receive: Receive | None = None) -> Answer:
        """Have a worker run a query; the query is stopped when the client goes away. Who asks gives back what the answer holds."""
        request: dict[str, Any] = {"query": operation.query, "format": form, "rows": self._settings.rows}
        if operation.default is not None:
            request.update(default=operation.default, named=operation.named)
        watch = _Watch(receive)
        most = self._pool.most
        try:
            return await self._pool.ask(request)
        except asyncio.CancelledError:
            if watch.gone:
                raise Refused(499, "the client has gone") from None
            raise
        except Busy:
            raise Refused(429, f"{most} queries are running and others wait, this server's limit: try again", {"Retry-After": "1"}) from None
        except OutOfTime:
            raise Refused(503, f"the query was stopped after {self._pool.timeout:g} seconds, this server's limit") from None
        except OutOfMemory:
            raise Refused(413, "the query needs more memory than this server gives one, or nests too deeply") from None
        except WorkerDied:
            raise Refused(503, "the process that ran the query was killed: try again", {"Retry-After": "1"}) from None
        except Ending:
            raise Refused(503, "the server is ending", {"Connection": "close"}) from None
        except Full:
            raise self._full() from None
        finally:
            watch.end()


class _Watch:
    """Cancels the current task when its client goes away; looks for that only once the query has run for a while."""

    def __init__(self, receive: Receive | None) -> None:
        self.gone = False
        self._receive = receive
        self._asking = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_WATCH, self._begin)

    def _begin(self) -> None:
        if self._receive is not None:
            self._watching = asyncio.ensure_future(self._until_gone(self._receive))

    async def _until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            continue
        self.gone = True
        if self._asking is not None:
            self._asking.cancel()

    def end(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()


def _own_url(scope: Scope) -> str:
    return f"{site_of(scope)}/sparql"


def site_of(scope: Scope) -> str:
    """Give the server's own address as the client names it; a Host header that is none is not repeated."""
    host = header(scope, b"host")
    return f"{scope.get('scheme', 'http')}://{host if _HOST.fullmatch(host) else 'localhost'}"
