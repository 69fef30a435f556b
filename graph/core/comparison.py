"""Records of two plans laid side by side: what `quality` aligns and what the command line and the page show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from .labels import words_of

Change = Literal["kept", "reworded", "new", "dropped"]
Move = Literal[
    "kept", "raised", "lowered", "higher_year", "lower_year", "higher_body", "lower_body", "moved", "restated", "new", "dropped",
]  # fmt: skip
CHANGES: tuple[Change, ...] = ("kept", "reworded", "new", "dropped")
MOVES: tuple[Move, ...] = (
    "raised", "lowered", "higher_year", "lower_year", "higher_body", "lower_body", "moved", "restated", "kept", "new", "dropped",
)  # fmt: skip
SIGNS = {
    "kept": "=", "reworded": "~", "new": "+", "dropped": "-", "raised": "▲", "lowered": "▼", "moved": "→", "restated": "≈",
    "higher_year": "↗", "lower_year": "↘", "higher_body": "↗", "lower_body": "↘",
}  # fmt: skip
"""The mark of each kind of change, which tells it without colour."""


class Said(NamedTuple):
    """The words that say something, and the title of the document in which they stand; basis as an edge's statement has it."""

    text: str = ""
    document: str = ""
    basis: str = "stated"


NOTHING = Said()


@dataclass(slots=True)
class Work:
    """One item of a plan: its class and label, the place of the item above it in the plan's list (-1 for none), how deep it stands, the
    labels of all that stands under it, the sentences of its own text, and the words that name it with what they begin."""

    iri: str
    cls: str
    label: str
    parent: int = -1
    depth: int = 0
    under: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    said: Said = NOTHING


@dataclass(frozen=True, slots=True)
class Aim:
    """One target: its indicator, comparator, value or range, unit, year, whether it is a change, and the sentence that sets it."""

    indicator: str
    comparator: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    year: int | None
    change: bool
    said: Said = NOTHING


@dataclass(slots=True)
class Plan:
    """What is compared of a plan: its title, number, issuers, years from and to, its work in the order of its text, its targets."""

    title: str
    work: list[Work] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)
    number: str = ""
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkChange:
    """What became of one piece of work; alike tells how sure the alignment is, 1 for the same words."""

    change: Change
    before: Work | None
    after: Work | None
    alike: float = 0.0


@dataclass(frozen=True, slots=True)
class AimChange:
    """What became of one target.

    Only an aim of the same year, in plans that some body issued both, is raised or lowered. A value for another year (higher_year,
    lower_year) is the way of a thing that grows, and one of a plan by other bodies (higher_body, lower_body) amends nothing. moved is the
    same value for another year; restated is anything else.
    """

    move: Move
    before: Aim | None
    after: Aim | None


@dataclass(slots=True)
class Comparison:
    """Two plans side by side: every piece of work and every target of both, each once."""

    before: Plan
    after: Plan
    work: Sequence[WorkChange]
    aims: Sequence[AimChange]

    @property
    def same(self) -> bool:
        """Tell whether nothing changed."""
        return all(one.change == "kept" for one in self.work) and all(one.move == "kept" for one in self.aims)


def of_other_issuers(before: Plan, after: Plan) -> bool:
    """Tell whether no body issued both plans: what one says does not amend the other."""
    return bool(before.issuers and after.issuers) and not set(before.issuers) & set(after.issuers)


def cautions(comparison: Comparison) -> list[tuple[str, str]]:
    """Say, in Chinese and in English, what keeps one plan from being the next version of the other."""
    return [words_of("pair.other_issuers")] if of_other_issuers(comparison.before, comparison.after) else []
