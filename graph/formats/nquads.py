"""N-Quads (RDF 1.1 N-Quads, 2) in compressed shards: what bulk loaders take, a quad a line, the content of `graph.trig`."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from itertools import chain, count, islice
from pathlib import Path

from ..assembly.records import Records
from ..core.version import __version__
from .ntriples import quad_lines
from .rdf import part_blocks, provenance_blocks

_SHARD = 1_000_000
"""How many quads a shard holds; loaders read several shards at once, and each fits into some hundred megabytes."""


def quads(records: Records) -> Iterator[str]:
    """Write the run and the dataset into the default graph, then each named graph, a quad a line."""
    yield from quad_lines(provenance_blocks(records.keys, records.names, __version__, records.base))
    for part in records.parts():
        yield from quad_lines(part_blocks(part), part.name)


def shard_name(number: int) -> str:
    """Give the name of a shard.

    >>> shard_name(3)
    'part-00003.nq.gz'
    """
    return f"part-{number:05}.nq.gz"


def nquads_files(records: Records, folder: Path) -> None:
    """Write the shards into an empty folder; the same graph gives the same bytes, for no time or name is kept in them.

    Raises `OSError` when they cannot be written.
    """
    write_shards(quads(records), folder, _SHARD)


def write_shards(lines: Iterator[str], folder: Path, size: int) -> None:
    """Write lines into shards of so many each; there is one even where there is no line."""
    for number in count():
        first = next(lines, "")
        if number and not first:
            break
        with (
            (folder / shard_name(number)).open("wb") as stream,
            gzip.GzipFile("", "wb", 6, stream, mtime=0) as packed,
            io.TextIOWrapper(packed, "utf-8", newline="\n") as shard,
        ):
            shard.writelines(chain([first], islice(lines, size - 1)))
