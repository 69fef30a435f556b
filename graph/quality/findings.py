"""What checks find."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: which check, and what is wrong, in one line that names the place."""

    check: str
    message: str
