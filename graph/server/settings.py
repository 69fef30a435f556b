"""What `serve` may be told: where the exports are, who may ask, and the limits that keep one client from harming the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of a server, each with a default that is safe on a laptop.

    timeout, head, idle, send and grace are in seconds, memory, cache and pending in MiB, body in bytes. `memory` is what a query may take
    beyond the graph itself; `cache` 0 keeps no answers; `pending` is what answers may take that their clients have not fetched yet; `queue`
    is how many queries may wait for a worker. `hosts` are names besides the loopback ones by which clients may ask (``*``: any), `origins`
    the web pages from elsewhere that may (CORS; ``*``: all).
    """

    folder: Path
    timeout: float = 20.0
    rows: int = 100_000
    body: int = 1_048_576
    concurrent: int = 16
    memory: int = 1024
    cache: int = 32
    queue: int = 64
    pending: int = 512
    connections: int = 512
    head: float = 20.0
    idle: float = 30.0
    send: float = 30.0
    grace: float = 3.0
    local: bool = True
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
