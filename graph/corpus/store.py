"""The store on disk between assembling plans and writing exports: records and texts in an SQLite file in the staging folder, long ones beside it.

Nodes with their edges are kept under what orders them in the whole graph: the rank of the class, then for what belongs to a plan the key of
the document that names it first, else the IRI; beside them what the files hold of them, written when their plan was assembled. What several
plans share is kept as each of them knows it, until `shared` puts it together; where very many edges leave such a node they are kept apart
from it, some to a row. Rows bear the key of their plan's first document, so that their order does not depend on when they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .encoding import Wire
from .spool import CACHE, Rows, Spool

_TABLES = """
CREATE TABLE entry (rank INTEGER, document TEXT, iri TEXT, plan TEXT, data BLOB);
CREATE TABLE text (what TEXT, rank INTEGER, document TEXT, iri TEXT, data BLOB);
CREATE TABLE known (rank INTEGER, iri TEXT, document TEXT, plan TEXT, data BLOB);
CREATE TABLE said (
  rank INTEGER, iri TEXT, relation INTEGER,
  o_rank INTEGER, o_document TEXT, o_start INTEGER, o_nth INTEGER, object TEXT, plan TEXT, data BLOB);
CREATE TABLE edge (rank INTEGER, iri TEXT, nth INTEGER, data BLOB);
CREATE TABLE told (document TEXT, plan TEXT, data BLOB);
CREATE TABLE passage (document TEXT, data BLOB);
CREATE TABLE source (document TEXT, data BLOB);
CREATE TABLE common (basis TEXT, iri TEXT);
CREATE TABLE link (plan TEXT, object TEXT);
"""
_INDEXES = """
CREATE INDEX entries ON entry (rank, document, iri);
CREATE INDEX texts ON text (what, rank, document, iri);
CREATE INDEX members ON entry (plan);
CREATE INDEX nodes ON known (rank, iri, document, plan);
CREATE INDEX statements ON said (rank, iri, relation, o_rank, o_document, o_start, o_nth, object, plan);
CREATE INDEX edges ON said (plan);
CREATE INDEX leaving ON edge (rank, iri, nth);
CREATE INDEX views ON told (document);
CREATE INDEX passages ON passage (document);
CREATE INDEX sources ON source (document);
CREATE INDEX commons ON common (basis, iri);
CREATE INDEX links ON link (object, plan);
"""
OF_DOCUMENTS = -1
"""The rank, in the table of texts, of what is made of a document and not of nodes of a class."""

ENTRIES = "SELECT data FROM entry WHERE rank = ? ORDER BY document, iri, rowid"


class Store:
    """Tables of packed records, written by one process and read by many."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self.path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        # The store lives as long as the build: it needs no journal, and nothing has to reach the disk for good.
        self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE};")
        if fresh:
            self._database.executescript(_TABLES)
        self._spool = Spool(path.parent)
        self.read = self._spool.read

    def close(self) -> None:
        """Close the files."""
        self._database.close()
        self._spool.close()

    def add(self, rows: Rows) -> None:
        """Add rows in one transaction; what is long in them goes into the spool."""
        self._database.execute("BEGIN")
        for table, listed in self._spool.spooled(rows).items():
            if listed:
                self._database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(listed[0]))})", listed)
        self._database.execute("COMMIT")

    def index(self) -> None:
        """Put the rows in order, once all are there."""
        self._database.executescript(_INDEXES)

    def ask(self, question: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Run a query."""
        return iter(self._database.execute(question, values))

    def blobs(self, question: str, *values: object) -> Iterator[bytes]:
        """Run a query for packed records or texts and read them."""
        return (self.read(data) for (data,) in self._database.execute(question, values))


_COLUMNS = {line.split()[2]: line.count(",") + 1 for line in _TABLES.replace("\n  ", " ").splitlines() if line}
"""How many columns each table has."""


def rows_out(rows: Rows) -> tuple[Wire, bytes]:
    """Write rows: as lists in which the length of what is packed stands in its place, and all that is packed, in one."""
    packed: list[bytes] = []

    def cell(value: object) -> Wire:
        if isinstance(value, bytes):
            packed.append(value)
            return [len(value)]
        return value

    listed = {table: [[*map(cell, row)] for row in rows_] for table, rows_ in rows.items()}
    return listed, b"".join(packed)


def rows_in(listed: Wire, packed: bytes) -> Rows:
    """Read rows back; raises `ValueError` for what is no row of a table."""
    at = 0

    def cell(value: Wire) -> object:
        nonlocal at
        if isinstance(value, list):
            (length,) = value
            start, at = at, at + length
            return packed[start:at]
        if not isinstance(value, (str, int)):
            raise ValueError(f"no cell: {value!r}")
        return value

    rows: Rows = {}
    for table, rows_ in listed.items():
        rows[table] = [tuple([cell(value) for value in row]) for row in rows_]
        if any(len(row) != _COLUMNS[table] for row in rows[table]):
            raise ValueError(f"no row of {table}")
    if at != len(packed):
        raise ValueError("what is packed has another length")
    return rows


def merge(rows: Rows, more: Rows) -> None:
    """Add rows of several tables to others."""
    for table, listed in more.items():
        rows.setdefault(table, []).extend(listed)
