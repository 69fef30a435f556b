"""Requests to a store on the web: tried again where a fault may pass, bounded in bytes and time, each fault one line.

Nothing that a store, a proxy before it or somebody in between sends may end in a traceback, take the memory or hold the program for ever.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import sleep as wait

from ..core.errors import YangfanError
from .hosts import is_loopback
from .transport import Basic, Digest, Lines, NoRedirect, Noted, NotedSecure

USER, PASSWORD, TOKEN = "YANGFAN_USER", "YANGFAN_PASSWORD", "YANGFAN_TOKEN"
MOST_BYTES = 64 << 20
"""No answer of a store is read further than this many bytes."""
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 30.0
_SECONDS = re.compile(r"[0-9]{1,9}")
_BLOCK = 1 << 16


class PublishError(YangfanError):
    """A store cannot be reached, refuses a graph, or holds or answers another thing than was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered: the status code, the media type, the body."""

    status: int
    media: str
    body: bytes


class Body:
    """A file as a request's body: read in blocks, and from its beginning whenever the request is sent again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size

    def __iter__(self) -> Iterator[bytes]:
        """Give the file's blocks."""
        with self.path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block


def address_of(url: str) -> urllib.parse.SplitResult:
    """Take an address apart; raises `PublishError` for one that is no http address or holds a password."""
    shown = re.sub("//[^/]*@", "//", url)
    try:
        parts = urllib.parse.urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        name = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise PublishError(f"no http address: {printable(shown)} ({printable(str(error))})") from None
    if not whole or not re.fullmatch(r"[A-Za-z0-9._:%-]+", name) or not re.fullmatch(r"[\x21-\x7e]+", parts.path or "/"):
        raise PublishError(f"no http address: {printable(shown)}")
    if parts.username or parts.password:
        raise PublishError(f"keep the password out of the address: set {USER} and {PASSWORD}, or {TOKEN}")
    return parts


def printable(text: str, most: int = 300) -> str:
    """Give what a stranger sent as one short line without control characters.

    >>> printable("502 \\x1b[31mBad\\n Gateway")
    '502 ?[31mBad Gateway'
    """
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))[:most]


def _words(error: urllib.error.HTTPError) -> str:
    """Give the first words of a refusal's body."""
    try:
        # Where urllib itself gives up, Python before 3.11.4 puts an empty text there and not bytes.
        body: bytes | str = error.read(300)
    except (OSError, http.client.HTTPException, ValueError):
        return ""
    return printable(body if isinstance(body, str) else body.decode("utf-8", "replace"))


def wait_of(asked: str, attempt: int) -> float:
    """Give how long to wait before another try: what Retry-After asks for, seconds or a date, else half a second doubled.

    >>> wait_of("3", 0), wait_of("soon", 2), wait_of("-1", 0), wait_of("99999999", 0)
    (3.0, 2.0, 0.5, 30.0)
    """
    seconds = min(0.5 * 2.0**attempt, _LONGEST_WAIT)
    if _SECONDS.fullmatch(asked.strip()):
        seconds = float(asked)
    elif asked:
        try:
            at = parsedate_to_datetime(asked)
            seconds = max((at - datetime.now(UTC)).total_seconds(), seconds)
        except (ValueError, TypeError, OverflowError):
            pass
    return min(seconds, _LONGEST_WAIT)


class Client:
    """What sends requests to one store, with the credentials of the environment: a token, or a name and password.

    tries is how often each request is sent, timeout how long the store may be silent, deadline how long all requests together may take.
    """

    def __init__(self, url: str, tries: int = 5, timeout: float = 120.0, deadline: float = 3600.0) -> None:
        self.url = url
        self.tries = tries
        self.timeout = timeout
        self.deadline = deadline
        self._end = time.monotonic() + deadline
        self._lines = Lines()
        self._token, self._user, self._password = (os.environ.get(name, "") for name in (TOKEN, USER, PASSWORD))
        self._opener = self._open(at_once=True)

    @property
    def risks(self) -> bool:
        """Whether credentials would go over a connection that others can read."""
        parts = urllib.parse.urlsplit(self.url)
        return bool(self._token or self._user) and parts.scheme == "http" and not is_loopback(parts.hostname or "")

    def _open(self, *, at_once: bool) -> urllib.request.OpenerDirector:
        """Make the opener: with `at_once` the password is sent as basic authorisation unasked, else the store is let ask.

        A store that asks is answered in the way it asks for, basic or digest.
        """
        handlers: list[urllib.request.BaseHandler] = [NoRedirect(), Noted(self._lines), NotedSecure(self._lines)]
        self._headers = {"User-Agent": "yangfan"}
        self._basic = False
        if self._token:
            self._headers["Authorization"] = f"Bearer {self._token}"
        elif self._user and at_once:
            self._basic = True
            secret = base64.b64encode(f"{self._user}:{self._password}".encode()).decode("ascii")
            self._headers["Authorization"] = f"Basic {secret}"
        elif self._user:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, self.url, self._user, self._password)
            handlers += [Digest(known), Basic(known)]
        return urllib.request.build_opener(*handlers)

    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: Body | bytes | None = None, *, may: tuple[int, ...] = ()
    ) -> Answer:
        """Send a request, again after a wait that doubles where the fault may pass (RFC 9110, 15.6.4; RFC 6585, 4).

        A status code in `may` is an answer like any other. Raises `PublishError` when the store stays unreachable, refuses, or
        answers too much or too slowly.
        """
        shown = address.partition("?")[0]
        for attempt in range(self.tries):
            left = self._end - time.monotonic()
            if left <= 0:
                raise PublishError(f"{shown}: gave up after {self.deadline:g} seconds (--deadline)")
            try:
                return self._once(method, address, headers, body, left)
            except urllib.error.HTTPError as error:
                with error:
                    asked, said = str(error.headers.get("Retry-After") or ""), _words(error)
                if error.code in may:
                    return Answer(error.code, "", b"")
                if error.code == 401 and self._basic:
                    # Virtuoso turns away a password that it did not ask for, without asking: let it ask.
                    self._opener = self._open(at_once=False)
                    return self.send(method, address, headers, body, may=may)
                if error.code not in _TRANSIENT or attempt + 1 == self.tries:
                    hint = f" (set {USER} and {PASSWORD}, or {TOKEN})" if error.code in (401, 403) else ""
                    raise PublishError(f"{shown} answers {error.code} {printable(str(error.reason))}{hint}: {said}") from None
                self._wait(wait_of(asked, attempt))
            except (ValueError, LookupError, http.client.InvalidURL) as error:
                # urllib on a challenge that it cannot read, a host that is none, a header that breaks the line.
                raise PublishError(f"{shown} cannot be asked: {printable(str(error)) or 'its challenge cannot be read'}") from None
            except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
                if time.monotonic() >= self._end:
                    raise PublishError(f"{shown}: gave up after {self.deadline:g} seconds (--deadline)") from None
                if attempt + 1 == self.tries:
                    reason = printable(str(getattr(error, "reason", error))) or type(error).__name__
                    raise PublishError(f"{shown} cannot be reached after {self.tries} tries: {reason}") from None
                self._wait(wait_of("", attempt))
        raise AssertionError("a store is asked at least once")

    def _wait(self, seconds: float) -> None:
        wait(max(min(seconds, self._end - time.monotonic()), 0.0))

    def _once(self, method: str, address: str, headers: Mapping[str, str], body: Body | bytes | None, left: float) -> Answer:
        request = urllib.request.Request(address, body, dict(headers), method=method)
        if isinstance(body, Body):
            request.add_header("Content-Length", str(body.size))
        for name, value in self._headers.items():
            request.add_unredirected_header(name, value)
        alarm = threading.Timer(left, self._lines.cut)
        alarm.daemon = True
        alarm.start()
        try:
            with self._opener.open(request, timeout=min(self.timeout, left)) as response:
                told = response.read(MOST_BYTES + 1)
                if time.monotonic() >= self._end:
                    # A connection that is cut in the middle of the headers looks like one that ends there.
                    raise TimeoutError
                if response.length and len(told) <= MOST_BYTES:
                    raise http.client.IncompleteRead(told, response.length)
                media = response.headers.get_content_type()
                if len(told) > MOST_BYTES:
                    raise PublishError(f"{address.partition('?')[0]} answers more than {MOST_BYTES >> 20} MiB")
                return Answer(response.status, media, told)
        finally:
            alarm.cancel()
            self._lines.close()
