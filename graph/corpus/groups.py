"""What a corpus knows of its documents before any is assembled: a few words on each, grouped by plan.

A plan's own text and what explains it belong together; two copies of the same text are one document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..assembly.citations import Plans, citations, issued, title_key
from ..assembly.overlay import Overlay
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
    def unpack(cls, wire: Wire, path: Path, kept: Path) -> DocumentEntry:
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
            fresh=False,
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


def short_names(paths: Iterable[Path]) -> dict[Path, str]:
    """Give each file its name, with as many folders before it as it takes to tell it from the others.

    >>> sorted(short_names([Path("a/x.md"), Path("b/x.md"), Path("b/y.md")]).values())
    ['a/x.md', 'b/x.md', 'y.md']
    """
    waiting = list(dict.fromkeys(paths))
    found: dict[Path, str] = {}
    length = 1
    while waiting:
        tails = {path: "/".join(path.parts[-length:]) for path in waiting}
        counted = Counter(tails.values())
        found |= {path: tail for path, tail in tails.items() if counted[tail] == 1 or length >= len(path.parts)}
        waiting = [path for path in waiting if path not in found]
        length += 1
    return {path: printable(name) for path, name in found.items()}


def without_copies(entries: Iterable[DocumentEntry], names: dict[Path, str]) -> tuple[list[DocumentEntry], dict[str, str]]:
    """Keep one of several copies, the first by path, and say which the others repeat; the entries come in the order of their keys."""
    kept: dict[str, DocumentEntry] = {}
    rejected = {}
    for entry in sorted(entries, key=lambda entry: str(entry.path)):
        known = kept.setdefault(entry.key, entry)
        if known is not entry:
            rejected[names[entry.path]] = f"the same title and text as {names[known.path]}"
    return [kept[key] for key in sorted(kept)], rejected


def plans_of(entries: Iterable[DocumentEntry]) -> tuple[list[tuple[Mention, date | None]], list[Mention]]:
    """Give the plans of these documents, for citations to lead to, and those from outside that they follow up."""
    listed = list(entries)
    others = [work for entry in listed for work, _ in entry.cited if work.cls == "Plan"]
    return [(entry.plan, entry.issued) for entry in listed if entry.plan], list(dict.fromkeys(others))


def names_of(entries: Iterable[DocumentEntry], plans: Plans, base: str = BASE) -> dict[str, set[str]]:
    """Give every plan (its IRI) of these documents and those from outside that they follow up, with the names others cite it by."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        if entry.plan is None:
            continue
        found.setdefault(plan_iri(entry.plan, base), set())
        works = dict(entry.cited)
        meant = plans.meant(works, entry.plan, entry.issued)
        for work in works:
            plan = meant.get(work, work)
            if plan.cls == "Plan" and plan != entry.plan:
                found.setdefault(plan_iri(plan, base), set()).add(work.label)
    return found


def number_warnings(entries: Iterable[DocumentEntry], base: str = BASE) -> dict[Path, str]:
    """Say of files whose plans have one number, and titles of which none is part of the other, that they are taken for one plan."""
    first: dict[str, DocumentEntry] = {}
    found = {}
    for entry in entries:
        if entry.plan is None:
            continue
        known = first.setdefault(plan_iri(entry.plan, base), entry)
        one, other = title_key(entry.plan.label), title_key(known.plan.label if known.plan else "")
        if one not in other and other not in one:
            told = known.plan.label if known.plan else ""
            found[entry.path] = f"{entry.plan.number} is also the number of {told}: both are taken for one plan"
    return found


def basis_of(group: Group, documents: Iterable[DocumentEntry], plans: Plans, base: str = BASE) -> str:
    """Give the digest of all that a plan is made of: readings, what their citations lead to, names, overlays."""
    told = []
    for entry in documents:
        meant = plans.meant(dict(entry.cited), entry.plan, entry.issued)
        told.append([entry.kept.name, printable(entry.path), *meant.items()])
    overlays = [piece for path in group.overlays for piece in (path.name.encode("utf-8", "surrogatepass"), path.read_bytes())]
    return key_of(dumps([base, group.plan, group.names, told]).decode("utf-8", "surrogatepass"), overlays)


def grouped(
    entries: list[DocumentEntry], overlays: list[Overlay], names: dict[str, set[str]], plans: Plans, base: str = BASE
) -> tuple[list[Group], list[Overlay]]:
    """Put documents of one plan together, in the order of their first keys; also give the overlays whose plan is not among them."""
    members: dict[str, list[DocumentEntry]] = {}
    named: dict[str, str] = {}
    for entry in entries:
        iri = group_iri(entry.plan, entry.key, base)
        members.setdefault(iri, []).append(entry)
        for name in entry.names:
            # A name that several plans bear means the first of them.
            named[name] = min(named.get(name, iri), iri)
    theirs: dict[str, list[Path]] = {}
    unused = []
    for overlay in overlays:
        if overlay.plan in named:
            theirs.setdefault(named[overlay.plan], []).append(overlay.path)
        else:
            unused.append(overlay)
    groups = []
    for iri, documents in members.items():
        group = Group(
            iri if documents[0].plan else "",
            tuple((entry.path, entry.kept) for entry in documents),
            tuple(theirs.get(iri, ())),
            tuple(sorted(names.get(iri, ()))),
            documents[0].key,
        )
        groups.append(replace(group, basis=basis_of(group, documents, plans, base)))
    return groups, unused
