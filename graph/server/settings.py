"""What `serve` may be told: where the exports are, and the limits that keep one client from harming the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits of a server, each with a default that is safe on a laptop.

    timeout is in seconds, memory and cache in MiB, body in bytes. `memory` is what a query may take beyond the graph
    itself; `cache` 0 keeps no answers.
    """

    folder: Path
    timeout: float = 20.0
    rows: int = 100_000
    body: int = 1_048_576
    concurrent: int = 16
    memory: int = 1024
    cache: int = 32
    grace: float = 3.0
