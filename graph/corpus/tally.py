"""What taking groups apart gives: rows for the store, counts, what the heads of files must declare, and what the checks found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ..quality.check import Finding
from .writers import Used


@dataclass(slots=True)
class Tally:
    """What a report counts."""

    classes: Counter[str] = field(default_factory=Counter)
    relations: Counter[tuple[str, str]] = field(default_factory=Counter)
    statements: int = 0
    passages: int = 0
    untranslated: int = 0
    declared: int = 0
    holding: int = 0

    def add(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        self.classes.update(other.classes)
        self.relations.update(other.relations)
        for name in ("statements", "passages", "untranslated", "declared", "holding"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Taken:
    """What some groups came to: rows for the store, counts, what the heads of files must declare, and what the checks found."""

    pieces: list[tuple[object, ...]] = field(default_factory=list)
    nodes: list[tuple[object, ...]] = field(default_factory=list)
    said: list[tuple[object, ...]] = field(default_factory=list)
    links: list[tuple[object, ...]] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    used: Used = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    documents: int = 0
