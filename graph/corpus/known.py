"""The plans of a corpus by number and by title, on disk: which of them a citation means, without anybody holding all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from ..assembly.citations import Plans, title_key
from ..core.model import Mention
from .encoding import dumps, loads
from .groups import DocumentEntry
from .spool import CACHE

_TABLES = """
CREATE TABLE numbered (number BLOB, key TEXT, plan BLOB);
CREATE TABLE outside (number BLOB, key TEXT, nth INTEGER, plan BLOB);
CREATE TABLE titled (title BLOB, day TEXT, key TEXT, plan BLOB);
"""
_INDEXES = """
CREATE INDEX numbers ON numbered (number, key);
CREATE INDEX others ON outside (number, key, nth);
CREATE INDEX titles ON titled (title, key);
"""


def blob(text: str) -> bytes:
    """Give a text as the index keeps it: what comes from names of files need not be what SQLite takes for a text."""
    return text.encode("utf-8", "surrogatepass")


def text(blob: bytes) -> str:
    """Give a text back."""
    return blob.decode("utf-8", "surrogatepass")


class KnownPlans(Plans):
    """The plans of a corpus (see `Plans`) as an index holds them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        super().__init__()
        self._database = database

    @classmethod
    def at(cls, path: Path) -> KnownPlans:
        """Open the plans of an index."""
        database = sqlite3.connect(path, isolation_level=None)
        database.execute(f"PRAGMA cache_size = -{CACHE}")
        return cls(database)

    def fill(self, entries: Iterable[DocumentEntry]) -> None:
        """Take in the plans of documents, which come in the order of their keys, and those from outside that they follow up."""
        self._database.executescript(f"{_TABLES} {_INDEXES} BEGIN")
        add = self._database.execute
        for entry in entries:
            if entry.plan:
                plan = dumps(entry.plan)
                add("INSERT INTO titled VALUES (?, ?, ?, ?)", (blob(title_key(entry.plan.label)), str(entry.issued or date.min), entry.key, plan))
                if entry.plan.number:
                    add("INSERT INTO numbered VALUES (?, ?, ?)", (blob(entry.plan.number), entry.key, plan))
            for nth, (work, _) in enumerate(entry.cited):
                if work.cls == "Plan" and work.number:
                    add("INSERT INTO outside VALUES (?, ?, ?, ?)", (blob(work.number), entry.key, nth, dumps(work)))
        self._database.execute("COMMIT")

    def _plans(self, question: str, value: str) -> Iterator[Mention]:
        return (Mention(*loads(plan)) for (plan,) in self._database.execute(question, (blob(value),)))

    def numbered(self, number: str) -> Iterable[Mention]:
        """Give the plans of a number; of a number that none has, the plan from outside that is first followed up by it."""
        found = list(dict.fromkeys(self._plans("SELECT plan FROM numbered WHERE number = ? ORDER BY key", number)))
        return found or list(self._plans("SELECT plan FROM outside WHERE number = ? ORDER BY key, nth LIMIT 1", number))

    def titled(self, key: str) -> Iterable[tuple[date, Mention]]:
        """Give the plans of a title, each with the day on which it was issued."""
        rows = self._database.execute("SELECT day, plan FROM titled WHERE title = ? ORDER BY key", (blob(key),))
        return list(dict.fromkeys((date.fromisoformat(day), Mention(*loads(plan))) for day, plan in rows))
