"""The store that questions are put to: an exports folder, an RDF file, an `rdflib.Graph` or the networkx graph itself.

The default graph holds `graph.ttl`, `evidence.ttl` and the provenance of the build; the named graphs are those of `graph.trig`, one a source
document, and the ontology under its own IRI. They are loaded only where a query asks for them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..core.errors import QueryError
from ..core.files import EXPORTS
from ..core.namespaces import BASE, ONTOLOGY, ONTOLOGY_IRI, PREFIXES, YF

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph

DEFAULT = ox.DefaultGraph()
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_DOCUMENT = ox.NamedNode(YF + "SourceDocument")
_PARTS = ("graph.ttl", "evidence.ttl")


def _load(store: ox.Store, path: Path, *, graph: ox.NamedNode | ox.DefaultGraph | None = None) -> None:
    form = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        known = ".ttl .trig .nt .nq .rdf .jsonld .n3"
        raise QueryError(f"no RDF format goes by this ending; those known are {known}", file=path)
    try:
        store.bulk_load(path=path, format=form, to_graph=graph, base_iri=path.resolve().as_uri(), lenient=True)
    except OSError as error:
        raise QueryError(f"cannot read this file: {error.strerror or error}", file=path) from error
    except SyntaxError as error:
        raise QueryError(f"no valid {form.name}: {error.msg or error}", file=path, line=error.lineno) from error
    except ValueError as error:
        raise QueryError(str(error), file=path) from error


def provenance(path: Path) -> list[ox.Quad]:
    """Read the default graph of `graph.trig`, which stands at its head, without reading the rest."""
    found: list[ox.Quad] = []
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TRIG, lenient=True):
            if quad.graph_name != DEFAULT:
                break
            found.append(ox.Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
    except (OSError, SyntaxError) as error:
        raise QueryError(f"cannot read this file: {error}", file=path) from error
    return found


def load_store(path: Path = EXPORTS, *, named: bool = True, evidence: bool = True) -> ox.Store:
    """Load an exports folder, or any file of RDF, into a store in memory.

    With `named`, the named graphs of `graph.trig` are loaded too; without `evidence`, nodes and edges alone. Raises
    `QueryError` for a folder without exports and for a file that is no RDF.
    """
    store = ox.Store()
    if not path.is_dir():
        if not path.exists():
            raise QueryError("no such file or folder", file=path)
        _load(store, path)
        return store
    fill(store, path, named=named, evidence=evidence)
    return store


def fill(store: ox.Store, folder: Path, *, named: bool = True, evidence: bool = True) -> None:
    """Load an exports folder into a store; raises `QueryError` for a folder without exports."""
    if not (folder / "graph.ttl").is_file():
        raise QueryError("no graph.ttl in this folder: build the exports first (yangfan)", file=folder)
    for name in _PARTS if evidence else _PARTS[:1]:
        if (folder / name).is_file():
            _load(store, folder / name, graph=DEFAULT)
    trig = folder / "graph.trig"
    if trig.is_file():
        if named:
            _load(store, trig)
            _load(store, ONTOLOGY / "yangfan.ttl", graph=ox.NamedNode(ONTOLOGY_IRI))
        else:
            store.extend(provenance(trig))


def open_store(path: Path = EXPORTS, *, named: bool = True, evidence: bool = True) -> ox.Store:
    """Open exports for reading: large ones from the store on disk that is kept of them, all else as `load_store` does.

    A cache that cannot be written to costs the time of parsing and nothing else.
    """
    from .disk import KeptStore, is_large

    if path.is_dir() and is_large(path):
        with contextlib.suppress(OSError):
            return KeptStore(path).open()
    return load_store(path, named=named, evidence=evidence)


def opener(path: Path) -> Callable[[], ox.Store]:
    """Give what opens exports in this process and in those forked from it: one store for all in memory, on disk one for each."""
    from .disk import KeptStore, is_large

    if path.is_dir() and is_large(path):
        with contextlib.suppress(OSError):
            kept = str(KeptStore(path).path())
            return lambda: ox.Store.read_only(kept)
    store = load_store(path)
    return lambda: store


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
