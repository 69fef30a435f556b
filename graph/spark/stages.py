"""What Spark's workers do with their share of the records: the pure functions of each stage over an iterator, a partition at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from ..core.model import BASES, Mention, Proposal, Reading
from ..corpus.encoding import unpack_proposal
from . import shards, shared
from .read import Read, entry_in, read, reading_in
from .resolve import Key, resolved, terms
from .take import Group, Taken, counted_as, take
from .wire import Record, pack, place, unpack

Row = tuple[Any, ...]
Overlays = dict[str, tuple[tuple[str, bytes], ...]]
"""Overlays by the IRI of their plan, each with its file's name and content: what people wrote, and so never much."""
_DISTINCT = 100_000
"""How many records of the common graphs a worker keeps in mind, to give each of them once."""


class Sizes(NamedTuple):
    """How much is done at a time: documents of a slice, documents of a task, documents of a shard, shards of a wave.

    A slice and a wave are marked when they are done. Shards depend on how many documents there are and on nothing of the cluster.
    """

    slice: int = 20_000
    task: int = 200
    shard: int = 2_000
    wave: int = 64


def read_rows(rows: Iterable[Any], root: str, named: str) -> Iterator[Read]:
    """Read documents; a name is that of the folder as a person gave it with the way from there."""
    for row in rows:
        yield read(named + row.path[len(root) :], bytes(row.content))


def entries(rows: Iterable[Any]) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Give the entries by key, each with its name."""
    for row in rows:
        if not row.fault:
            yield row.key, (row.name, bytes(row.entry))


def index(rows: Iterable[tuple[str, tuple[str, bytes]]]) -> Iterator[tuple[Key, bytes]]:
    """Give what the documents bring to the index."""
    for _, (_, entry) in rows:
        yield from terms(entry_in(entry))


def resolve(part: Iterable[tuple[Key, bytes]]) -> Iterator[tuple[tuple[str, str, str], bytes]]:
    """Give what citations mean and how plans are cited, for the groups."""
    for kind, group, data in resolved(part):
        yield (group, kind, ""), data


def readings(rows: Iterable[Any]) -> Iterator[tuple[tuple[str, str, str], bytes]]:
    """Give the readings for the groups: by key, then by name."""
    for row in rows:
        if not row.fault:
            yield (row.group, "reading", f"{row.key}\n{row.name}"), bytes(row.reading)


def gathered(part: Iterable[tuple[tuple[str, str, str], bytes]]) -> Iterator[tuple[str, str, str, bytes]]:
    """Give a sorted part as rows to be kept: of copies of a text the first by name, and the others as such."""
    last = ("", "")
    for (group, kind, key), data in part:
        if kind != "reading":
            yield group, kind, key, data
            continue
        document, _, name = key.partition("\n")
        if document == last[0]:
            yield group, "aside", name, pack([name, f"the same title and text as {last[1]}"])
        else:
            last = (document, name)
            yield group, "reading", key, data


def regrouped(rows: Iterable[Any]) -> Iterator[tuple[tuple[str, str, str], bytes]]:
    """Give gathered rows back as records that can be sorted."""
    return (((row.group, row.kind, row.key), bytes(row.data)) for row in rows)


def groups(rows: Iterable[tuple[tuple[str, str, str], bytes]], overlays: Overlays) -> Iterator[tuple[Group, list[str]]]:
    """Give the groups of rows that were gathered (they come by group), each with the names of its documents.

    Names of a plan that has no documents here are nobody's.
    """
    for iri, listed in groupby(rows, key=lambda row: row[0][0]):
        meant: dict[str, dict[int, Mention]] = {}
        names: set[str] = set()
        held: list[Reading] = []
        files: list[str] = []
        proposals: list[Proposal] = []
        for (_, kind, place_), data in listed:
            if kind == "meant":
                key, nth, plan = unpack(data)
                meant.setdefault(key, {})[nth] = Mention(*plan)
            elif kind == "name":
                names.add(unpack(data))
            elif kind == "proposed":
                proposals.append(unpack_proposal(unpack(data)))
            elif kind == "reading":
                held.append(reading_in(data))
                files.append(place_.partition("\n")[2])
        if held:
            plan_ = iri if held[0].plan else ""
            yield Group(plan_, tuple(sorted(names)) if plan_ else (), tuple(held), meant, overlays.get(iri, ()), tuple(proposals)), files


def taken(rows: Iterable[tuple[tuple[str, str, str], bytes]], overlays: Overlays, shard_count: int, wave: int) -> Iterator[Row]:
    """Take groups apart into rows: kind, wave, shard, key, data."""
    said: set[Record] = set()
    for group, files in groups(rows, overlays):
        result: Taken = take(group)
        for name in files if result.fault else ():
            yield "aside", 0, 0, name, pack([name, result.fault])
        for record in result.records:
            if record.kind == "common":
                # Every group that uses a rule says the same of it.
                if record in said:
                    continue
                if len(said) < _DISTINCT:
                    said.add(record)
            yield row_of(record, shard_count, wave)


def row_of(record: Record, shard_count: int, wave: int) -> Row:
    """Give a record as a row with its place."""
    shard = place(record.key, shard_count)
    return record.kind, shard // wave, shard, record.key, record.data


def known(rows: Iterable[Any]) -> Iterator[tuple[str, shared.Known]]:
    """Give what groups know of shared nodes, by IRI."""
    return ((row.key, shared.known_in(bytes(row.data))) for row in rows)


def said(rows: Iterable[Any]) -> Iterator[tuple[str, shared.Said]]:
    """Give what groups say of edges that leave shared nodes, by edge."""
    return ((row.key, shared.said_in(bytes(row.data))) for row in rows)


def nodes_put_together(pairs: Iterable[tuple[str, shared.Known]], shard_count: int, wave: int) -> Iterator[Row]:
    """Give shared nodes as rows."""
    for _, node in pairs:
        for record in shared.records_of(node):
            yield row_of(record, shard_count, wave)


def edges_put_together(pairs: Iterable[tuple[str, shared.Said]], shard_count: int, wave: int) -> Iterator[Row]:
    """Give edges of shared nodes as rows."""
    for key, edge in pairs:
        yield row_of(shared.edge_record(key, edge), shard_count, wave)
        yield row_of(Record("tally", "", pack([[counted_as(BASES[edge[0]]), key.split("\n")[1], 1]])), shard_count, wave)


def sources(rows: Iterable[Any], told: str, lines: set[str], shard_count: int, wave: int) -> Iterator[Row]:
    """Give what is said of the run for each document."""
    for row in rows:
        text = "".join(shards.source_lines(row.key, told, lines))
        yield row_of(Record("quads", f"\n{row.key}", pack(text)), shard_count, wave)


def keyed(rows: Iterable[Any]) -> Iterator[tuple[tuple[int, str], bytes]]:
    """Give rows by shard and key."""
    return (((row.shard, row.key), bytes(row.data)) for row in rows)


def lines_of(part: Iterable[tuple[tuple[int, str], bytes]]) -> Iterator[str]:
    """Give the blocks of a sorted shard of N-Quads."""
    return shards.blocks((key, data) for (_, key), data in part)


def rows_of(table: str, part: Iterable[tuple[tuple[int, str], bytes]]) -> Iterator[Row]:
    """Give the rows of a sorted shard of a table."""
    return shards.rows(table, ((key, data) for (_, key), data in part))


def counted(rows: Iterable[Any]) -> Iterator[tuple[tuple[str, str], int]]:
    """Give what groups counted."""
    for row in rows:
        for kind, name, count in unpack(bytes(row.data)):
            yield (kind, name), count


