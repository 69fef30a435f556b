"""Who may ask: the Host header against the names of this server, the Origin header against the pages that may read its answers.

A server on loopback is reachable by every page that its user's browser shows: a page can have its own name resolve to 127.0.0.1 and then read
what it likes (DNS rebinding). Its requests carry that name, so names that are not this server's are refused.
"""

from __future__ import annotations

import ipaddress
import re

from .settings import Settings

_HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
ALLOW = {
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Content-Type",
    "access-control-expose-headers": "Retry-After",
    "access-control-max-age": "86400",
}


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def is_loopback(name: str) -> bool:
    """Tell whether a host's name or address is this machine.

    >>> is_loopback("localhost"), is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost.example.org")
    (True, True, True, False)
    """
    address = _address(name)
    return address.is_loopback if address else name == "localhost" or name.endswith(".localhost")


def may_be_asked_as(host: str, settings: Settings) -> bool:
    """Tell whether a Host header names this server.

    Loopback names do, and those that the server was told. An address is no name that somebody could have pointed here: a server that listens
    beyond loopback answers to any.
    """
    match = _HOST.fullmatch(host)
    if not match:
        return False
    name = match["name"].strip("[]").lower().rstrip(".")
    known = {other.lower() for other in settings.hosts}
    return "*" in known or name in known or is_loopback(name) or (not settings.local and _address(name) is not None)


def cors(origin: str, settings: Settings) -> dict[str, str]:
    """Give the headers by which a page from `origin` may read an answer (Fetch, 3.2); none for a page that may not."""
    if "*" in settings.origins:
        return {"access-control-allow-origin": "*", **ALLOW}
    if not settings.origins:
        return {}
    allowed = {"access-control-allow-origin": origin, **ALLOW} if origin in settings.origins else {}
    return {**allowed, "vary": "Origin"}
