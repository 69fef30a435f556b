"""N-Quads (RDF 1.1 N-Quads, 2) in compressed shards: what bulk loaders take, a quad a line, the content of `graph.trig`."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, count
from pathlib import Path

from ..assembly.records import Records
from ..core.model import Passage, Statement
from ..core.stream import Stretch
from ..core.version import __version__
from .forms import GRAPH, Form, Forms, Kind, Writing, model
from .ntriples import EncodedIris, Iris, escaped, iri, quad_lines
from .rdf import Block, Item, blocks_of, part_items, provenance_blocks
from .text import encoded

_SHARD = 1_000_000
"""How many quads a shard holds; loaders read several shards at once, and each fits into some hundred megabytes."""


def quads(records: Records) -> Iterator[Stretch]:
    """Write the run and the dataset into the default graph, then each named graph, a quad a line; some lines at a time."""
    yield from quad_lines(provenance_blocks(records.keys, records.names, __version__, records.base))
    yield from records.part_texts("nquads", lambda part: part_quads(part.name, part_items(part)))


@lru_cache(maxsize=4_096)
def _form(kind: Kind) -> Form[bytes]:
    """Give the form of statements of a kind, or of passages."""
    return Form("".join(quad_lines(model(kind), GRAPH)), encoded)


def part_quads(name: str, items: Iterable[Item]) -> Iterator[bytes]:
    """Write a named graph, a quad a line; some lines at a time."""

    iris = Iris()

    def lines(blocks: tuple[Block, ...]) -> str:
        return "".join(quad_lines(blocks, name, iris.__getitem__))

    forms = Forms(Writing(encoded, EncodedIris(iris), escaped, _form, lines, iri(name)))
    for item in items:
        if isinstance(item, Statement):
            yield forms.statement(item)
        elif isinstance(item, Passage):
            yield forms.passage(item)
        else:
            yield encoded(lines(blocks_of(item)))


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


def write_shards(texts: Iterator[Stretch], folder: Path, size: int) -> None:
    """Write lines, which come some at a time, into shards of so many each; there is one even where there is no line."""
    rest = b""
    for number in count():
        first = rest or next(texts, b"")
        if number and not first:
            break
        left, rest = size, b""
        with (folder / shard_name(number)).open("wb") as stream, gzip.GzipFile("", "wb", 6, stream, mtime=0) as shard:
            for text in chain([first], texts):
                lines, rest, written = _cut(encoded(text), left)
                shard.write(lines)
                left -= written
                if not left:
                    break
            # As a stream of text ends: the shards have always had these bytes.
            shard.flush()


def _cut(lines: bytes, most: int) -> tuple[bytes, bytes, int]:
    """Part lines behind so many of them, and give how many the first part has.

    >>> _cut(b"a\\nb\\nc\\n", 2)
    (b'a\\nb\\n', b'c\\n', 2)
    """
    there = lines.count(b"\n")
    if there <= most:
        return lines, b"", there
    end = 0
    for _ in range(most):
        end = lines.index(b"\n", end) + 1
    return lines[:end], lines[end:], most
