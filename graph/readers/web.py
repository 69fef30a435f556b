"""Documents behind a web address: fetched with limits of size, time and redirects, kept as a web archive keeps them."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import posixpath
import re
import socket
import ssl
import tempfile
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from ..core.errors import ReadError, printable
from ..core.limits import limits
from ..core.version import __version__
from .addresses import is_address
from .warc import write_warc

_MOST_REDIRECTS = 5
_AT_ONCE = 1 << 16
_PAUSE = 20.0
"""Seconds in which a server must say something."""
_REDIRECTS = frozenset([301, 302, 303, 307, 308])


@contextlib.contextmanager
def fetched(sources: Iterable[str | Path]) -> Iterator[list[Path]]:
    """Give the sources with the documents behind addresses fetched into a folder that goes away at the end.

    Raises `ReadError` for an address that cannot be fetched.
    """
    with contextlib.ExitStack() as stack:
        folder = ""
        found: list[Path] = []
        for number, source in enumerate(sources):
            if is_address(source):
                folder = folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="yangfan-fetched-"))
                found.append(_keep(str(source), Path(folder) / str(number)))
            else:
                found.append(Path(source))
        yield found


def _keep(address: str, folder: Path) -> Path:
    data, last, media = fetch(address)
    name = re.sub(r"[^\w.-]+", "_", unquote(posixpath.basename(urlsplit(last).path)))[-80:] or "index"
    folder.mkdir()
    path = folder / f"{name}.warc"
    path.write_bytes(write_warc(data, last, datetime.now(UTC), media))
    return path


def fetch(address: str) -> tuple[bytes, str, str]:
    """Fetch a document: its bytes, the address that it was found at in the end, and its media type.

    The file limit bounds its size and the seconds of reading bound the time by the clock. Raises `ReadError` with the address for
    whatever goes wrong.
    """
    bounds = limits()
    most, deadline = bounds.file * 1_000_000, time.monotonic() + bounds.seconds
    here = _clean(address)
    public = not _is_local(here)
    opener = urllib.request.build_opener(_NoRedirect)
    for _ in range(_MOST_REDIRECTS + 1):
        request = urllib.request.Request(here, headers={"User-Agent": f"yangfan/{__version__}", "Accept-Encoding": "gzip"})
        try:
            with opener.open(request, timeout=min(_PAUSE, max(0.1, deadline - time.monotonic()))) as answer:
                if answer.status in _REDIRECTS:
                    onward = answer.headers.get("Location")
                    if not onward:
                        raise ReadError(f"the server redirects to nowhere ({answer.status})", file=here)
                    there = _clean(urljoin(here, onward), named_by=here)
                    if public and _is_local(there):
                        raise ReadError(f"the server redirects to an address of this machine or its network: {there}", file=here)
                    here = there
                    continue
                return _body(answer, here, most, deadline, bounds.seconds), here, answer.headers.get("Content-Type") or ""
        except ReadError:
            raise
        except urllib.error.HTTPError as error:
            error.close()
            raise ReadError(f"the server answers {error.code} {error.reason}", file=here) from error
        except TimeoutError as error:
            raise ReadError(f"no answer in {bounds.seconds} seconds (--read-seconds)", file=here) from error
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise ReadError(_reason(error, bounds.seconds), file=here) from error
    raise ReadError(f"redirected more than {_MOST_REDIRECTS} times", file=address)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hands redirects over as they are, so that each is looked at before it is followed."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        return fp

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _body(answer: Any, here: str, most: int, deadline: float, seconds: int) -> bytes:
    unpack = zlib.decompressobj(31) if answer.headers.get("Content-Encoding", "").lower() == "gzip" else None
    parts: list[bytes] = []
    size = 0
    while True:
        if time.monotonic() > deadline:
            raise ReadError(f"not here after {seconds} seconds (--read-seconds)", file=here)
        part = answer.read1(_AT_ONCE)
        if not part:
            break
        if unpack is not None:
            part = unpack.decompress(part, most + 1 - size)
        size += len(part)
        if size > most:
            raise ReadError(f"larger than {most // 1_000_000} MB (--read-file)", file=here)
        parts.append(part)
    said = answer.headers.get("Content-Length")
    if unpack is None and said and said.isdecimal() and size < int(said[:15]):
        raise ReadError(f"breaks off after {size} of {said} bytes", file=here)
    return b"".join(parts)


def _clean(address: str, named_by: str = "") -> str:
    """Write an address in ASCII, without a fragment.

    Raises `ReadError` for one that is none, is of another scheme, or bears a password.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError) as error:
        raise ReadError(f"no web address: {error}", file=named_by or address) from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise ReadError(f"no web address: {printable(address)[:200]}", file=named_by or address)
    if parts.username or parts.password:
        raise ReadError("an address with a name or a password in it is not fetched", file=f"{parts.scheme}://{host}")
    literal = f"[{host}]" if ":" in host else host
    path, query = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme.lower(), literal + port, path, query, ""))


def _is_local(address: str) -> bool:
    """Tell whether a host is this machine or one of its network; a name that cannot be looked up is not."""
    host = urlsplit(address).hostname or ""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)


def _reason(error: Exception, seconds: int) -> str:
    inner = error.reason if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception) else error
    if isinstance(inner, TimeoutError):
        return f"no answer in {seconds} seconds (--read-seconds)"
    if isinstance(inner, socket.gaierror):
        return "no such host"
    if isinstance(inner, ssl.SSLError):
        return f"no trust in the server's certificate: {inner.reason or inner}"
    return f"cannot be fetched: {getattr(inner, 'strerror', None) or str(inner) or type(inner).__name__}"
