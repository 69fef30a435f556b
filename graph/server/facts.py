"""What is true of the loaded data while the server runs: the store for its own pages, the names, the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from ..core.namespaces import YF
from ..query.names import Names
from ..query.nodes import Nodes, Term
from ..query.run import names_of
from ..query.store import DEFAULT, TYPE, opener

DOWNLOADS = {
    "graph.ttl": "text/turtle",
    "evidence.ttl": "text/turtle",
    "graph.trig": "application/trig",
    "graph.jsonld": "application/ld+json",
    "graph.graphml": "application/xml",
    "graph.gexf": "application/xml",
    "nodes.csv": "text/csv",
    "edges.csv": "text/csv",
    "report.md": "text/markdown",
    "report.json": "application/json",
}


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


class Facts:
    """The loaded exports: a store and what is counted once and kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opener: Callable[[], ox.Store] = opener(folder)
        self.store: ox.Store = self.opener()
        self.nodes = Nodes(self.store)
        self.base = self.nodes.base

    @cached_property
    def names(self) -> Names:
        """All names of all nodes."""
        return names_of(self.nodes)

    def _count(self, query: str) -> int:
        solutions = self.store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return next(int(_text(solution[0])) for solution in solutions)

    @cached_property
    def triples(self) -> int:
        """How many triples the default graph holds."""
        return self._count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    @cached_property
    def subjects(self) -> int:
        """How many distinct subjects the default graph has."""
        return self._count("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")

    @cached_property
    def objects(self) -> int:
        """How many distinct objects the default graph has."""
        return self._count("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }")

    @cached_property
    def properties(self) -> dict[str, int]:
        """How many triples each property has, by IRI."""
        query = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
        return self._counted(query)

    @cached_property
    def classes(self) -> dict[str, int]:
        """How many resources each class has, by IRI."""
        typed = (quad.object for quad in self.store.quads_for_pattern(None, TYPE, None, DEFAULT))
        return dict(sorted(Counter(map(_text, typed)).items()))

    def _counted(self, query: str) -> dict[str, int]:
        solutions = self.store.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        found = {_text(solution[0]): int(_text(solution[1])) for solution in solutions}
        return dict(sorted(found.items()))

    @cached_property
    def graphs(self) -> dict[str, int]:
        """How many triples each named graph holds, by IRI."""
        return self._counted("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")

    @cached_property
    def entities(self) -> int:
        """How many nodes of the ontology's classes there are, evidence left out."""
        return len(set(self.nodes.all()))

    @cached_property
    def bases(self) -> dict[str, int]:
        """How many statements stand on each basis."""
        counts = self._counted(f"SELECT ?b (COUNT(*) AS ?n) {{ ?s <{YF}basis> ?b }} GROUP BY ?b")
        return {iri.removeprefix(YF): count for iri, count in counts.items()}

    def prepare(self) -> None:
        """Count all there is to count, so that no request waits for it."""
        _ = (self.triples, self.subjects, self.objects, self.properties, self.classes, self.graphs, self.bases)
        _ = (self.entities, self.names)

    @cached_property
    def downloads(self) -> dict[str, str]:
        """The export files that are there, with their media types."""
        return {name: media for name, media in DOWNLOADS.items() if (self.folder / name).is_file()}
