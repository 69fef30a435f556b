"""The store that questions are put to: an exports folder, an RDF file, an `rdflib.Graph` or the networkx graph itself.

The default graph holds `graph.ttl`, `evidence.ttl`, `entailed.ttl` and the provenance of the build; the named graphs are those of `graph.trig`, one a
source document, and the ontology under its own IRI. They are loaded only where a query asks for them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..core.errors import QueryError
from ..core.files import EXPORTS
from ..core.namespaces import BASE, PREFIXES, YF
from .filling import DEFAULT, fill, load_file, provenance

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph

__all__ = ["DEFAULT", "TYPE", "Opener", "base_of", "from_networkx", "from_rdflib", "load_store", "open_store", "opener", "provenance"]

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_DOCUMENT = ox.NamedNode(YF + "SourceDocument")


def load_store(path: Path = EXPORTS, *, named: bool = True, evidence: bool = True) -> ox.Store:
    """Load an exports folder, or any file of RDF, into a store in memory.

    With `named`, the named graphs of `graph.trig` are loaded too; without `evidence`, nodes and edges alone. Raises
    `QueryError` for a folder without exports and for a file that is no RDF.
    """
    store = ox.Store()
    if not path.is_dir():
        if not path.exists():
            raise QueryError("no such file or folder", file=path)
        load_file(store, path)
        return store
    fill(store, path, named=named, evidence=evidence)
    return store


def open_store(path: Path = EXPORTS, *, named: bool = True, evidence: bool = True) -> ox.Store:
    """Open exports for reading: large ones from the store on disk that is kept of them, all else as `load_store` does.

    A cache that cannot be written to costs the time of parsing and nothing else.
    """
    from .disk import KeptStore, is_large

    if path.is_dir() and is_large(path):
        with contextlib.suppress(OSError):
            return KeptStore(path).open()
    return load_store(path, named=named, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens exports in this process and in those forked from it."""

    opens: Callable[[], ox.Store]
    files: int = 0
    """How many files a store on disk has, each of which it opens when it is first needed."""

    def __call__(self) -> ox.Store:
        """Open the store."""
        return self.opens()


def opener(path: Path) -> Opener:
    """Give what opens exports in this process and in those forked from it: one store for all in memory, on disk one for each."""
    from .disk import KeptStore, is_large

    if path.is_dir() and is_large(path):
        with contextlib.suppress(OSError):
            on_disk = KeptStore(path)
            # Opened once here: a store that is damaged is made anew before other processes are given its place.
            on_disk.open()
            kept = on_disk.path()
            return Opener(partial(ox.Store.read_only, str(kept)), sum(1 for _ in kept.glob("*.sst")))
    store = load_store(path)
    return Opener(lambda: store)


def from_rdflib(graph: Graph) -> ox.Store:
    """Copy an `rdflib.Graph` or an `rdflib.Dataset` with its named graphs into a store.

    >>> from rdflib import Graph
    >>> len(from_rdflib(Graph().parse(data="<a:s> <a:p> <a:o> .")))
    1
    """
    from rdflib import Dataset
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    store = ox.Store()
    parts = list(graph.graphs()) if isinstance(graph, Dataset) else [graph]
    for part in parts:
        whole = part is graph or part.identifier == DATASET_DEFAULT_GRAPH_ID
        name = DEFAULT if whole else ox.NamedNode(str(part.identifier))
        triples = part.serialize(format="nt", encoding="utf-8")
        store.load(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=name, lenient=True)
    return store


def from_networkx(graph: nx.MultiDiGraph[str]) -> ox.Store:
    """Copy the project's graph with its evidence into a store."""
    from ..formats.rdf import to_rdflib

    return from_rdflib(to_rdflib(graph))


def base_of(store: ox.Store) -> str:
    """Tell the base of the entities' IRIs from a source document's IRI."""
    for quad in store.quads_for_pattern(None, TYPE, _DOCUMENT, DEFAULT):
        if isinstance(quad.subject, ox.NamedNode) and "/document/" in quad.subject.value:
            return quad.subject.value.rpartition("/document/")[0] + "/"
    return BASE
