"""Each export as one walk over the store: a head, the pieces in the graph's order, a tail; nothing is held but the piece at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from .. import __version__
from ..core.schema import load_schema
from ..formats.jsonld import TAIL as JSONLD_TAIL
from ..formats.jsonld import head as jsonld_head
from ..formats.network import GEXF_MIDDLE, GEXF_TAIL, GRAPHML_TAIL, gexf_head, graphml_head
from ..formats.rdf import provenance_blocks
from ..formats.registry import TITLE
from ..formats.tables import BASES, BYTE_ORDER_MARK, EDGE_HEADER, NODE_HEADER, csv_lines
from ..formats.turtle import Shortener, format_block, head
from .store import Store
from .tally import Tally
from .writers import Used


@dataclass(frozen=True, slots=True)
class Plot:
    """What the writers of files need besides the store: where to write, what was counted, what heads must declare."""

    staging: Path
    store: Path
    tally: Tally
    used: Used
    prefixes: dict[str, str]
    base: str


def _classes() -> list[tuple[int, str]]:
    return sorted((declared.rank, name) for name, declared in load_schema().classes.items())


def _all(store: Store, stream: str) -> Iterator[str]:
    for rank, _ in _classes():
        yield from store.pieces(stream, rank)


def _between(separator: str, texts: Iterable[str]) -> Iterator[str]:
    first = True
    for text in texts:
        if not first:
            yield separator
        first = False
        yield text


def _turtle(store: Store, plot: Plot) -> Iterator[str]:
    schema = load_schema()
    yield head(TITLE, plot.used["turtle"], plot.prefixes)
    for rank, name in _classes():
        if count := plot.tally.classes[name]:
            yield f"\n# ── {schema.classes[name].zh} {schema.classes[name].en} ({count}) ──\n\n"
            yield from _between("\n", store.pieces("turtle", rank))


def _evidence(store: Store, plot: Plot) -> Iterator[str]:
    def statements() -> Iterator[str]:
        yield from _all(store, "statements")
        yield from _all(store, "curated")

    yield head(TITLE, plot.used["evidence"], plot.prefixes)
    yield f"\n# ── 陈述 Statements ({plot.tally.statements}) ──\n\n"
    yield from _between("\n", statements())
    yield f"\n# ── 原文片段 Passages ({plot.tally.passages}) ──\n\n"
    yield from _between("\n", store.pieces("passages", 0))


def _trig(store: Store, plot: Plot) -> Iterator[str]:
    names = list(store.names("trig"))
    common = {f"{plot.base}graph/{basis}" for basis in BASES}
    keys = [name.removeprefix(f"{plot.base}graph/") for name in names if name not in common]
    short = Shortener(plot.prefixes)
    run = [format_block(block, short) for block in provenance_blocks(keys, names, __version__, plot.base)]
    titles = {name: short.iri(name) for name in names}
    yield head(TITLE, plot.used["trig"] | short.used, plot.prefixes) + "\n"
    yield from _between("\n", run)
    for name, rows in groupby(store.named_pieces("trig"), key=itemgetter(0)):
        yield f"\n{titles[name]} {{\n"
        yield from _between("\n", (text for _, text in rows))
        yield "}\n"


def _jsonld(store: Store, plot: Plot) -> Iterator[str]:
    def resources() -> Iterator[str]:
        yield from _all(store, "jsonld")
        yield from _all(store, "statements.jsonld")
        yield from _all(store, "curated.jsonld")
        yield from store.pieces("passages.jsonld", 0)

    yield jsonld_head()
    yield from _between(",\n", resources())
    yield JSONLD_TAIL


def _graphml(store: Store, plot: Plot) -> Iterator[str]:
    yield graphml_head(plot.used["graphml"])
    yield from _all(store, "graphml.nodes")
    yield from _all(store, "graphml.edges")
    yield GRAPHML_TAIL


def _gexf(store: Store, plot: Plot) -> Iterator[str]:
    yield gexf_head(plot.used["gexf"])
    yield from _all(store, "gexf.nodes")
    yield GEXF_MIDDLE
    yield from _all(store, "gexf.edges")
    yield GEXF_TAIL


def _nodes(store: Store, plot: Plot) -> Iterator[str]:
    yield BYTE_ORDER_MARK + csv_lines([NODE_HEADER])
    yield from _all(store, "nodes")


def _edges(store: Store, plot: Plot) -> Iterator[str]:
    yield BYTE_ORDER_MARK + csv_lines([EDGE_HEADER])
    yield from _all(store, "edges")


WRITERS: dict[str, Callable[[Store, Plot], Iterator[str]]] = {
    "graph.jsonld": _jsonld,
    "graph.gexf": _gexf,
    "graph.graphml": _graphml,
    "graph.trig": _trig,
    "evidence.ttl": _evidence,
    "edges.csv": _edges,
    "graph.ttl": _turtle,
    "nodes.csv": _nodes,
}
"""File → what it consists of, the largest first."""


def write_file(name: str, plot: Plot) -> None:
    """Write one export."""
    store = Store(plot.store)
    with (plot.staging / name).open("w", encoding="utf-8", newline="") as stream:
        for text in WRITERS[name](store, plot):
            stream.write(text)
    store.close()
