"""Guards: small predicates that a rule names (`when`, `unless`) and that tell whether a candidate of it may stand.

A guard looks at the text around a candidate and at nothing that the rule has claimed. It is registered by its name:

    @guard
    def past(ctx: Context, found: Candidate) -> bool: …
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..core.rules import rule
from .context import Context


class Candidate(NamedTuple):
    """What a rule is about to take: its stretch ``[start, end)`` of the text, and the names cut out of it, where it has cut some."""

    start: int
    end: int
    names: tuple[str, ...] = ()


Guard = Callable[[Context, Candidate], bool]
GUARDS: dict[str, Guard] = {}
"""All guards by name."""


def guard(function: Guard) -> Guard:
    """Register a guard under the name of its function.

    Raises `ValueError` where another bears that name.
    """
    name = function.__name__
    if name in GUARDS:
        raise ValueError(f"two guards are called {name}")
    GUARDS[name] = function
    return function


def passes(ctx: Context, name: str, found: Candidate) -> bool:
    """Tell whether all guards of a rule let a candidate pass."""
    known = rule(name)
    return all(GUARDS[name](ctx, found) for name in known.when) and not any(GUARDS[name](ctx, found) for name in known.unless)
