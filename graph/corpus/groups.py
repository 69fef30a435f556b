"""What a corpus knows of a document before any is assembled, a few words, and the group of those that belong to one plan.

A plan's own text and what explains it belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
class DocumentEntry:
    """A document that was read: its file, its key, where its reading is kept, its plan with the date and names, its warnings."""

    path: Path
    key: str
    kept: Path
    plan: Mention | None
    issued: date | None
    names: tuple[str, ...]
    warnings: tuple[str, ...]
    cited: tuple[tuple[Mention, str], ...] = ()
    """The works that its plan cites or follows up, each with its number; they may be among the documents or not."""
    fresh: bool = True
    """Whether it had to be read, rather than taken from the cache."""

    def pack(self) -> Wire:
        """Write what its reading tells: all but the file, and where the reading is kept."""
        return [self.key, self.plan, self.issued and self.issued.isoformat(), self.names, self.warnings, self.cited]

    @classmethod
    def unpack(cls, wire: Wire, path: Path, kept: Path, *, fresh: bool = False) -> DocumentEntry:
        """Read back what a reading that was kept tells."""
        key, plan, day, names, warnings, cited = wire
        return cls(
            path,
            key,
            kept,
            Mention(*plan) if plan else None,
            date.fromisoformat(day) if day else None,
            tuple(names),
            tuple(warnings),
            tuple([(Mention(*work), number) for work, number in cited]),
            fresh=fresh,
        )


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


def entry_of(path: Path, reading: Reading, kept: Path, *, fresh: bool) -> DocumentEntry:
    """Give what a corpus keeps in mind of a reading."""
    cited = tuple(citations(reading).items())
    return DocumentEntry(path, reading.document.key, kept, reading.plan, issued(reading), names_in(reading), reading.warnings, cited, fresh)


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


def cited_as(entry: DocumentEntry, plans: Plans, base: str = BASE) -> Iterator[tuple[str, str]]:
    """Give the plans (their IRIs) that a document's plan cites, each with the name by which it does."""
    if entry.plan is None:
        return
    works = dict(entry.cited)
    meant = plans.meant(works, entry.plan, entry.issued)
    for work in works:
        plan = meant.get(work, work)
        if plan.cls == "Plan" and plan != entry.plan:
            yield plan_iri(plan, base), work.label


def basis_of(group: Group, documents: Iterable[DocumentEntry], plans: Plans, base: str = BASE) -> str:
    """Give the digest of all that a plan is made of: readings, what their citations lead to, names, overlays."""
    told = []
    for entry in documents:
        meant = plans.meant(dict(entry.cited), entry.plan, entry.issued)
        told.append([entry.kept.name, printable(entry.path), *meant.items()])
    overlays = [piece for path in group.overlays for piece in (path.name.encode("utf-8", "surrogatepass"), path.read_bytes())]
    return key_of(dumps([base, group.plan, group.names, told]).decode("utf-8", "surrogatepass"), overlays)
