"""What checks find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: which check, and what is wrong, in one line that names the place."""

    check: str
    message: str


def set_aside(findings: Sequence[Finding]) -> str:
    """Say in one line why a plan is set aside: the first of what was found, and how much more there is."""
    rest = len(findings) - 1
    return f"its graph does not hold: {findings[0].message}{f' (and {rest} more)' if rest else ''}"
