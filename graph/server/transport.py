"""Handlers for urllib that fail in known ways: no redirect, challenges that cannot be read, connections that can be cut.

A redirect would turn a PUT into a GET and carry credentials to another server; urllib ends in a traceback on an odd challenge; and its timeout
is one of silence, so that a server that sends a byte now and then holds a program for ever.
"""

from __future__ import annotations

import http.client
import socket
import urllib.error
import urllib.request
from functools import partial
from typing import IO, Any


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: it would turn a PUT into a GET and carry credentials to another server."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


class Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest authorisation that answers a challenge beforehand once it is known (RFC 7616, 3.6).

    A store may close the connection on a large graph that comes without authorisation, so that its challenge is never read.
    """

    def __init__(self, known: urllib.request.HTTPPasswordMgr) -> None:
        super().__init__(known)
        self._challenge: dict[str, str] = {}

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        """Add the authorisation for a known challenge."""
        if self._challenge:
            found = self.get_authorization(req, self._challenge)
            if found:
                req.add_unredirected_header(self.auth_header, f"Digest {found}")
        return req

    https_request = http_request

    def http_error_401(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage) -> Any:
        """Answer a challenge; one that cannot be read is a refusal like any other."""
        try:
            return super().http_error_401(req, fp, code, msg, headers)
        except (ValueError, LookupError, urllib.error.URLError) as error:
            if isinstance(error, urllib.error.HTTPError):
                raise
            return None

    def retry_http_digest_auth(self, req: urllib.request.Request, auth: str) -> http.client.HTTPResponse | None:
        """Note the challenge, and answer it."""
        self._challenge = urllib.request.parse_keqv_list(list(filter(None, urllib.request.parse_http_list(auth.split(" ", 1)[1]))))
        return super().retry_http_digest_auth(req, auth)


class Basic(urllib.request.HTTPBasicAuthHandler):
    """Basic authorisation where the store asks for it."""

    def http_error_401(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage) -> Any:
        """Answer a challenge; one that cannot be read is a refusal like any other."""
        try:
            return super().http_error_401(req, fp, code, msg, headers)
        except (ValueError, LookupError):
            return None


class Lines:
    """The connections that are open, so that all of them can be cut when the time is up."""

    def __init__(self) -> None:
        self._open: list[socket.socket] = []

    def add(self, line: socket.socket | None) -> None:
        """Note a connection."""
        if line is not None:
            self._open.append(line)

    def cut(self) -> None:
        """End every connection; who reads from it is told at once."""
        for line in self._open:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        """Close connections that are done with; an answer that is still read from keeps its own."""
        while self._open:
            self._open.pop().close()


class Plain(http.client.HTTPConnection):
    """A plain connection that is noted."""

    def __init__(self, host: str, *, lines: Lines, **options: Any) -> None:
        super().__init__(host, **options)
        self._lines = lines

    def connect(self) -> None:
        """Connect, and note the connection."""
        super().connect()
        self._lines.add(self.sock)


class Secure(Plain, http.client.HTTPSConnection):
    """A secure connection that is noted once its handshake is over: `Plain` stands before what it secures."""


class Noted(urllib.request.HTTPHandler):
    """Opens plain connections that are noted."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self._lines = lines

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a plain connection that is noted."""
        return self.do_open(partial(Plain, lines=self._lines), req)


class NotedSecure(urllib.request.HTTPSHandler):
    """Opens secure connections that are noted."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self._lines = lines

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a secure connection that is noted."""
        return self.do_open(partial(Secure, lines=self._lines), req)
