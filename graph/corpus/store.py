"""The store on disk between assembling plans and writing exports: an SQLite file in the staging folder.

Pieces of exports are kept under the key that orders them in every file: the rank of the class, then for what belongs to a plan
the key of the document that names it first, else the IRI; pieces of the same key stay in the order in which they came.
"""

from __future__ import annotations

import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE piece (stream TEXT, rank INTEGER, document TEXT, iri TEXT, data BLOB);
CREATE TABLE node (rank INTEGER, iri TEXT, data BLOB);
CREATE TABLE said (
  rank INTEGER, iri TEXT, relation INTEGER,
  o_rank INTEGER, o_document TEXT, o_start INTEGER, o_nth INTEGER, object TEXT, origin TEXT, data BLOB);
CREATE TABLE link (plan TEXT, relation TEXT, object TEXT, cls TEXT, data BLOB);
"""
_INDEXES = """
CREATE INDEX pieces ON piece (stream, rank, document, iri);
CREATE INDEX nodes ON node (rank, iri);
CREATE INDEX statements ON said (rank, iri, relation, o_rank, o_document, o_start, o_nth, object, origin);
CREATE INDEX links ON link (object, plan);
"""

Key = tuple[int, str, str]
"""Where a piece stands: rank of the class, key of the document that names it first ("" for what is shared), IRI ("" for what is not)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an edge between shared nodes or from one: the edge's place in the graph's order, and what is told of it."""

    rank: int
    subject: str
    relation: int
    object_key: tuple[int, str, int, int, str]
    origin: str
    told: Any

    def row(self) -> tuple[object, ...]:
        """Give the statement as a row of its table."""
        return (self.rank, self.subject, self.relation, *self.object_key, self.origin, pack(self.told))


def pack(value: object) -> bytes:
    """Make a value small for the store."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpack(data: bytes) -> Any:
    """Give a value back that `pack` made small."""
    return pickle.loads(zlib.decompress(data))


class Store:
    """Pieces, shared nodes, statements about them and links of plans, written by one process and read by many."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self.path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        # The store lives as long as the build: it needs no journal, and nothing has to reach the disk for good.
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;")
        if fresh:
            self._database.executescript(_TABLES)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(
        self,
        pieces: Iterable[tuple[object, ...]],
        nodes: Iterable[tuple[object, ...]] = (),
        said: Iterable[tuple[object, ...]] = (),
        links: Iterable[tuple[object, ...]] = (),
    ) -> None:
        """Add rows in one transaction."""
        self._database.execute("BEGIN")
        for table, rows, width in (("piece", pieces, 5), ("node", nodes, 3), ("said", said, 10), ("link", links, 5)):
            self._database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * width)})", rows)
        self._database.execute("COMMIT")

    def index(self) -> None:
        """Put the rows in order, once all are there."""
        self._database.executescript(_INDEXES)

    def pieces(self, stream: str, rank: int) -> Iterator[str]:
        """Give the pieces of a stream for one class, in order."""
        question = "SELECT data FROM piece WHERE stream = ? AND rank = ? ORDER BY document, iri, rowid"
        for (data,) in self._database.execute(question, (stream, rank)):
            yield zlib.decompress(data).decode("utf-8")

    def named_pieces(self, stream: str) -> Iterator[tuple[str, str]]:
        """Give the pieces of a stream that is ordered by IRI alone, each with its IRI."""
        question = "SELECT iri, data FROM piece WHERE stream = ? AND rank = 0 AND document = '' ORDER BY iri, rowid"
        for iri, data in self._database.execute(question, (stream,)):
            yield iri, zlib.decompress(data).decode("utf-8")

    def names(self, stream: str) -> Iterator[str]:
        """Give the IRIs that a stream has pieces for, each once, in order."""
        question = "SELECT DISTINCT iri FROM piece WHERE stream = ? AND rank = 0 AND document = '' ORDER BY iri"
        return (iri for (iri,) in self._database.execute(question, (stream,)))

    def nodes(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        """Give the shared nodes by class and IRI, as every plan that names them knows them, in the order of plans."""
        for rank, iri, data in self._database.execute("SELECT rank, iri, data FROM node ORDER BY rank, iri, rowid"):
            yield rank, iri, unpack(data)

    def said(self, rank: int, iri: str) -> Iterator[tuple[int, str, str, Any]]:
        """Give the statements about edges from a shared node in the graph's order: relation, object, origin, what is told."""
        question = (
            "SELECT relation, object, origin, data FROM said WHERE rank = ? AND iri = ? "
            "ORDER BY relation, o_rank, o_document, o_start, o_nth, object, origin, rowid"
        )
        for relation, object_, origin, data in self._database.execute(question, (rank, iri)):
            yield relation, object_, origin, unpack(data)

    def ask(self, question: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Run a query of another kind."""
        return iter(self._database.execute(question, values))


def squeezed(stream: str, key: Key, text: str) -> tuple[object, ...]:
    """Give a piece as a row of its table."""
    return (stream, *key, zlib.compress(text.encode("utf-8"), 1))
