"""Files of RDF and whole folders of exports, loaded into a store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ..core.errors import QueryError
from ..core.namespaces import CONCEPTS_IRI, ONTOLOGY, ONTOLOGY_IRI

DEFAULT = ox.DefaultGraph()
PARTS = ("graph.ttl", "evidence.ttl", "entailed.ttl")
"""The files of a folder that make the default graph."""
NAMED = "graph.trig"
"""The file with the named graphs."""


def load_file(store: ox.Store, path: Path, *, graph: ox.NamedNode | ox.DefaultGraph | None = None) -> None:
    """Load a file of RDF into a graph of a store; raises `QueryError` for one that cannot be read or is no RDF."""
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


def fill(store: ox.Store, folder: Path, *, named: bool = True, evidence: bool = True) -> None:
    """Load an exports folder into a store; raises `QueryError` for a folder without exports."""
    if not (folder / "graph.ttl").is_file():
        raise QueryError("no graph.ttl in this folder: build the exports first (yangfan)", file=folder)
    for name in PARTS if evidence else PARTS[:1]:
        if (folder / name).is_file():
            load_file(store, folder / name, graph=DEFAULT)
    trig = folder / NAMED
    if trig.is_file():
        if named:
            load_file(store, trig)
            load_file(store, ONTOLOGY / "yangfan.ttl", graph=ox.NamedNode(ONTOLOGY_IRI))
            load_file(store, ONTOLOGY / "concepts.ttl", graph=ox.NamedNode(CONCEPTS_IRI))
        else:
            store.extend(provenance(trig))
