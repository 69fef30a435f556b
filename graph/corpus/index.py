"""The index of a corpus, on disk: a few words on each document, its name, the plans by number and title, which documents are one plan.

Nothing here grows in memory with the documents: each is a row of an SQLite file in the staging folder, and what is asked of all of them is
asked of the file. One process writes it; others look up in it which plans citations mean.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

from ..assembly.citations import title_key
from ..assembly.overlay import UNUSED, Overlay
from ..core.errors import printable
from ..core.namespaces import BASE
from ..quality.findings import Finding, set_aside
from .encoding import dumps, loads
from .groups import DocumentEntry, Group, basis_of, cited_as
from .known import KnownPlans, blob, text
from .spool import CACHE

_TABLES = """
CREATE TABLE document (
  path BLOB, name BLOB, parts INTEGER, key TEXT, plan TEXT, kept BLOB, told BLOB, fresh INTEGER, warned INTEGER, fault BLOB, warning BLOB);
CREATE TABLE named (plan TEXT, name BLOB, PRIMARY KEY (plan, name)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX paths ON document (path);
CREATE INDEX names ON document (name, parts);
CREATE INDEX copies ON document (key, path);
CREATE INDEX groups ON document (plan, key) WHERE fault IS NULL;
"""
_COUNTS = "key IS NOT NULL AND fault IS NULL"
_ENTRY = "path, kept, told, fresh"
_FIRST = "(SELECT o.rowid FROM document AS o WHERE o.key = document.key ORDER BY o.path LIMIT 1)"
"""Of several copies of a text, the first by path."""


def _tail(path: bytes, parts: int) -> bytes:
    """Give the last parts of a path; all of it where it has no more."""
    return blob("/".join(Path(os.fsdecode(path)).parts[-parts:]))


def _entry(path: bytes, kept: bytes, told: bytes, fresh: int) -> DocumentEntry:
    return DocumentEntry.unpack(loads(told), path=Path(os.fsdecode(path)), kept=Path(os.fsdecode(kept)), fresh=bool(fresh))


class Index:
    """What is known of the documents of a corpus; of several copies of a text the first by path counts, and the others are rejected."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fault = ""
        """Why readings and plans could not be kept for the next build."""
        self._database = sqlite3.connect(path, isolation_level=None)
        # It lives as long as the build, as the store does.
        # Indexes from the start: made of what is there, each would be sorted in up to a megabyte of memory, whatever the cache is.
        settings = f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE};"
        self._database.executescript(f"{settings} {_TABLES} {_INDEXES}")
        self._database.create_function("tail", 2, _tail, deterministic=True)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _ask(self, question: str, *values: object) -> Iterator[tuple[Any, ...]]:
        return iter(self._database.execute(question, values))

    def _count(self, condition: str) -> int:
        return int(next(self._ask(f"SELECT count(*) FROM document WHERE {condition}"))[0])

    # while documents are read

    def add(self, entries: Iterable[DocumentEntry], refused: Iterable[tuple[Path, str]] = ()) -> None:
        """Take in documents that were read, and why others could not be."""
        rows: list[tuple[object, ...]] = [
            (os.fsencode(e.path), e.key, e.group, os.fsencode(e.kept), dumps(e.pack()), e.fresh, bool(e.warnings), None) for e in entries
        ]
        rows += [(os.fsencode(path), None, None, None, None, 0, 0, blob(reason)) for path, reason in refused]
        self._database.execute("BEGIN")
        places = "INSERT INTO document (path, key, plan, kept, told, fresh, warned, fault) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self._database.executemany(places, rows)
        self._database.execute("COMMIT")

    def settle(self) -> None:
        """Name the files, and let one of several copies count: all documents have been read."""
        self._database.executescript("BEGIN; UPDATE document SET name = tail(path, 1)")
        self._name()
        copied = "CAST('the same title and text as ' AS BLOB) || (SELECT first.name FROM document AS first WHERE first.rowid = "
        self._database.execute(
            f"UPDATE document SET fault = CAST({copied}{_FIRST}) AS BLOB) WHERE key IS NOT NULL AND rowid <> {_FIRST}"
        )
        self._database.execute("COMMIT")

    def _name(self) -> None:
        """Give each file its name, with as many folders before it as it takes to tell it from the others."""
        parts, waiting = 1, True
        while waiting:
            # Along the index, for a list of the names would be sorted in memory; those that are told in this round still count.
            same = f"o.name = document.name AND (o.parts IS NULL OR o.parts = {parts})"
            alone = f"1 = (SELECT count(*) FROM (SELECT 1 FROM document AS o WHERE {same} LIMIT 2))"
            ends = f"tail(path, {parts + 1}) = name"
            self._database.execute(f"UPDATE document SET parts = {parts} WHERE parts IS NULL AND ({alone} OR {ends})")
            parts += 1
            waiting = self._database.execute(f"UPDATE document SET name = tail(path, {parts}) WHERE parts IS NULL").rowcount > 0

    # what was read

    def __len__(self) -> int:
        """Give how many documents count."""
        return self._count(_COUNTS)

    @property
    def fresh(self) -> int:
        """How many documents had to be read; the others were in the cache."""
        return self._count(f"{_COUNTS} AND fresh")

    def entries(self) -> Iterator[DocumentEntry]:
        """Give the documents that count, in the order of their keys."""
        return (_entry(*row) for row in self._ask(f"SELECT {_ENTRY} FROM document WHERE {_COUNTS} ORDER BY key"))

    def name(self, path: Path) -> str:
        """Give the name of a file."""
        ((name,),) = self._ask("SELECT name FROM document WHERE path = ?", os.fsencode(path))
        return printable(text(name))

    def unreadable(self) -> Iterator[str]:
        """Say why documents could not be read, one line each with the file; copies of others are none of these."""
        return (text(fault) for (fault,) in self._ask("SELECT fault FROM document WHERE key IS NULL ORDER BY rowid"))

    def rejected(self) -> Iterator[tuple[str, str]]:
        """Give the names of the documents that do not count, each with the reason."""
        for name, fault in self._ask("SELECT name, fault FROM document WHERE fault IS NOT NULL ORDER BY name"):
            yield printable(text(name)), printable(text(fault))

    def set_aside(self, path: Path, findings: Sequence[Finding]) -> None:
        """Take a document out of what is built, with what was found in its plan."""
        self._database.execute("UPDATE document SET fault = ? WHERE path = ?", (blob(set_aside(findings)), os.fsencode(path)))

    def texts(self, text_of: Callable[[DocumentEntry], str]) -> dict[str, Callable[[], str]]:
        """Give the texts by the keys of their documents, each read back when it is asked for."""
        return {entry.key: partial(text_of, entry) for entry in self.entries()}

    def warnings(self, unused: Iterable[Overlay] = (), others: Mapping[str, Sequence[str]] | None = None) -> Iterator[tuple[str, list[str]]]:
        """Give the warnings by file, in the order of names: those of documents, of overlays that nothing of was used, and others."""
        files = [*((overlay.path.name, [UNUSED]) for overlay in unused), *((name, [*said]) for name, said in (others or {}).items())]
        listed = merge(self._warnings(), sorted(files))
        for name, same in groupby(listed, key=lambda told: told[0]):
            said = [text_ for _, texts in same for text_ in texts]
            if said:
                yield name, said

    def _warnings(self) -> Iterator[tuple[str, list[str]]]:
        question = f"SELECT name, warning, {_ENTRY} FROM document WHERE {_COUNTS} AND (warned OR warning IS NOT NULL) ORDER BY name"
        for name, more, *row in self._ask(question):
            yield printable(text(name)), [*_entry(*row).warnings, *([text(more)] if more else [])]

    # the plans

    def resolve(self, base: str = BASE) -> KnownPlans:
        """Give the plans that citations may mean; know them by the names that others cite them by, and warn of those of one number."""
        plans = KnownPlans(self._database)
        plans.fill(self.entries())
        self._database.execute("BEGIN")
        for entry in self.entries():
            named = [(iri, blob(name)) for iri, name in cited_as(entry, plans, base)]
            self._database.executemany("INSERT OR IGNORE INTO named VALUES (?, ?)", named)
        for path, warning in list(self._one_number()):
            self._database.execute("UPDATE document SET warning = ? WHERE path = ?", (blob(warning), path))
        self._database.execute("COMMIT")
        return plans

    def _one_number(self) -> Iterator[tuple[bytes, str]]:
        """Say of files whose plans have one number, and titles of which none is part of the other, that they are taken for one plan."""
        several = "SELECT plan FROM document WHERE fault IS NULL GROUP BY plan HAVING count(*) > 1"
        rows = self._ask(f"SELECT plan, {_ENTRY} FROM document WHERE fault IS NULL AND plan IN ({several}) ORDER BY plan, key")
        for _, listed in groupby(rows, key=lambda row: row[0]):
            known = None
            for _, *row in listed:
                entry = _entry(*row)
                if entry.plan is None:
                    continue
                known = known or entry.plan
                one, other = title_key(entry.plan.label), title_key(known.label)
                if one not in other and other not in one:
                    yield row[0], f"{entry.plan.number} is also the number of {known.label}: both are taken for one plan"

    def plans_of(self, overlays: Sequence[Overlay]) -> tuple[dict[str, tuple[Path, ...]], list[Overlay]]:
        """Give the overlays by the plan that they are about (of several that bear its name the first), and those about none."""
        wanted, bearing = {overlay.plan for overlay in overlays}, dict[str, str]()
        for entry in self.entries() if wanted else ():
            iri = entry.group
            bearing |= {name: min(bearing.get(name, iri), iri) for name in wanted.intersection(entry.names)}
        theirs: dict[str, tuple[Path, ...]] = {}
        for overlay in overlays:
            if overlay.plan in bearing:
                iri = bearing[overlay.plan]
                theirs[iri] = (*theirs.get(iri, ()), overlay.path)
        return theirs, [overlay for overlay in overlays if overlay.plan not in bearing]

    def groups(self, plans: KnownPlans, overlays: dict[str, tuple[Path, ...]], base: str = BASE) -> Iterator[Group]:
        """Give the documents plan by plan, in the order of the groups' first keys."""
        # Plan by plan along the index of keys: sorting them would take all that is known of them through memory.
        before = "SELECT 1 FROM document AS o WHERE o.plan = d.plan AND o.fault IS NULL AND o.key < d.key"
        firsts = self._ask(f"SELECT plan FROM document AS d WHERE key IS NOT NULL AND fault IS NULL AND NOT EXISTS ({before}) ORDER BY key")
        for (iri,) in firsts:
            rows = self._ask(f"SELECT {_ENTRY} FROM document WHERE plan = ? AND fault IS NULL ORDER BY key", iri)
            documents = [_entry(*row) for row in rows]
            names = tuple(sorted(text(name) for (name,) in self._ask("SELECT name FROM named WHERE plan = ?", iri)))
            group = Group(
                iri if documents[0].plan else "",
                tuple((entry.path, entry.kept) for entry in documents),
                overlays.get(iri, ()),
                names,
                documents[0].key,
            )
            yield replace(group, basis=basis_of(group, documents, plans, base))
