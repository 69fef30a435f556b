"""The last stage: sorted shards. What belongs into one comes in order, and what stands there twice is written once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import groupby
from typing import Any

from ..assembly.records import graph_name
from ..core.iris import document_iri
from ..core.namespaces import BASE
from ..core.version import __version__
from ..formats.ntriples import quad_lines
from ..formats.parquet import TABLES
from ..formats.rdf import provenance_blocks, run_name
from .wire import unpack

Keyed = tuple[str, bytes]


def blocks(records: Iterable[Keyed]) -> Iterator[str]:
    """Give the lines of a shard of N-Quads, a block at a time; the records come by key, and what several groups say alike is written once."""
    for _, same in groupby(records, key=lambda record: record[0]):
        for data in sorted({data for _, data in same}):
            text = unpack(data)
            if text:
                yield text.removesuffix("\n")


def rows(table: str, records: Iterable[Keyed]) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a shard of a table, each once, as values in the order of its columns."""
    columns = TABLES[table].columns
    for _, same in groupby(records, key=lambda record: record[0]):
        row = unpack(next(same)[1])
        yield tuple(_value(row[name], kind) for name, kind in columns.items())


def _value(value: Any, kind: str) -> Any:
    return [tuple(item.values()) for item in value] if kind.startswith("list<") else value


def run_of(keys: Callable[[], Iterable[str]], bases: Iterable[str], base: str = BASE) -> str:
    """Name the run as `provenance_blocks` does; `keys` gives the sorted keys of the documents anew each time it is called."""
    names = merge((graph_name(key, base) for key in keys()), sorted(graph_name(basis, base) for basis in bases))
    return run_name(__version__, (document_iri(key, base) for key in keys()), names)


def run_lines(told: str, bases: Iterable[str], base: str = BASE) -> set[str]:
    """Give the quads about the run that no document adds to."""
    names = sorted(graph_name(basis, base) for basis in bases)
    return {*quad_lines(provenance_blocks([], names, __version__, base, told=told))}


def source_lines(key: str, told: str, known: set[str], base: str = BASE) -> Iterator[str]:
    """Give the quads about the run that a document adds."""
    lines = quad_lines(provenance_blocks([key], [graph_name(key, base)], __version__, base, told=told))
    return (line for line in lines if line not in known)
