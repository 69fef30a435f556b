"""What a corpus knows of a document before any is assembled, a few words, and the group of those that belong to one plan.

A plan's own text and what explains it belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from ..assembly.citations import Plans, citations, issued
from ..core.errors import printable
from ..core.iris import document_iri
from ..core.iris import plan_iri as iri_of_plan
from ..core.model import Mention, Reading
from ..core.namespaces import BASE
from ..core.vocabulary import load_vocabulary
from .cache import key_of
from .encoding import Wire, dumps


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reading tells of a document before any is assembled: its key, its plan with the date and names, its warnings."""

    key: str
    plan: Mention | None
    issued: date | None
    names: tuple[str, ...]
    warnings: tuple[str, ...]
    cited: tuple[tuple[Mention, str], ...] = ()
    """The works that its plan cites or follows up, each with its number; they may be among the documents or not."""

    @classmethod
    def of(cls, reading: Reading, **file: Any) -> Self:
        """Give what a corpus keeps in mind of a reading."""
        cited = tuple(citations(reading).items())
        return cls(reading.document.key, reading.plan, issued(reading), names_in(reading), reading.warnings, cited, **file)

    @property
    def group(self) -> str:
        """The IRI of the group that it belongs to."""
        return group_iri(self.plan, self.key)

    def pack(self) -> Wire:
        """Write what the reading tells."""
        return [self.key, self.plan, self.issued and self.issued.isoformat(), self.names, self.warnings, self.cited]

    @classmethod
    def unpack(cls, wire: Wire, **file: Any) -> Self:
        """Read back what a reading that was kept tells."""
        key, plan, day, names, warnings, cited = wire
        works = tuple([(Mention(*work), number) for work, number in cited])
        told = (Mention(*plan) if plan else None, date.fromisoformat(day) if day else None, tuple(names), tuple(warnings))
        return cls(key, *told, works, **file)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry(Entry):
    """A document that was read: what its reading tells, its file, and where its reading is kept."""

    path: Path
    kept: Path
    fresh: bool = True
    """Whether it had to be read, rather than taken from the cache."""


@dataclass(frozen=True, slots=True)
class Group:
    """A plan (its IRI; empty for a document about none) with its documents in the order of their keys, and its overlays."""

    plan: str
    documents: tuple[tuple[Path, Path], ...]
    """Each document's file and where its reading is kept."""
    overlays: tuple[Path, ...] = ()
    names: tuple[str, ...] = ()
    """By which names other plans cite it."""
    key: str = ""
    """The key of its first document, which no other group has."""
    basis: str = ""
    """Under what name the plan is kept when it has been assembled and checked: a digest of all that it is made of."""


def names_in(reading: Reading) -> tuple[str, ...]:
    """Give the names of a document's plan, by which overlays mean it: title, number (empty where it has none), other names."""
    plan = reading.plan
    alt = next((described.alt for described in reading.described if described.mention == plan), ()) if plan else ()
    return (plan.label, plan.number, *alt) if plan else ()


def plan_iri(plan: Mention, base: str = BASE) -> str:
    """Give the IRI of a plan as the assembler gives it: by number where it has one, with the place that keeps it."""
    return iri_of_plan(plan, load_vocabulary().canonical("Plan", plan.label), base)


def group_iri(plan: Mention | None, key: str, base: str = BASE) -> str:
    """Give the IRI of the group of a document (its key): that of its plan, or its own where it is about none."""
    return plan_iri(plan, base) if plan else document_iri(key, base)


def cited_as(entry: Entry, plans: Plans, base: str = BASE) -> Iterator[tuple[str, str]]:
    """Give the plans (their IRIs) that a document's plan cites, each with the name by which it does."""
    works = dict(entry.cited)
    meant = plans.meant(works, entry.plan, entry.issued) if entry.plan else {}
    for work in works:
        yield from named_by(entry.plan, work, meant.get(work, work), base)


def named_by(by: Mention | None, work: Mention, meant: Mention, base: str = BASE) -> Iterator[tuple[str, str]]:
    """Give the IRI of what a plan means by a work that it cites, where that is another plan, with the name by which it cites it."""
    if by is not None and meant.cls == "Plan" and meant != by:
        yield plan_iri(meant, base), work.label


def basis_of(group: Group, documents: Iterable[DocumentEntry], plans: Plans, base: str = BASE) -> str:
    """Give the digest of all that a plan is made of: readings, what their citations lead to, names, overlays."""
    told = []
    for entry in documents:
        meant = plans.meant(dict(entry.cited), entry.plan, entry.issued)
        told.append([entry.kept.name, printable(entry.path), *meant.items()])
    overlays = [piece for path in group.overlays for piece in (path.name.encode("utf-8", "surrogatepass"), path.read_bytes())]
    return key_of(dumps([base, group.plan, group.names, told]).decode("utf-8", "surrogatepass"), overlays)
