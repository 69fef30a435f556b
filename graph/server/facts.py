"""What is true of the loaded data while the server runs: the store for its own pages, the names, the counts."""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph as ox

from ..core.files import write_whole
from ..core.namespaces import YF
from ..query.disk import KeptStore, is_large
from ..query.names import Names
from ..query.nodes import Edge, Nodes, Term, named
from ..query.run import names_of
from ..query.search import DAMAGED, Line, Texts, texts_at
from ..query.store import DEFAULT, TYPE, Opener, opener
from .protocol import Refused

DOWNLOADS = {
    "graph.ttl": "text/turtle",
    "evidence.ttl": "text/turtle",
    "entailed.ttl": "text/turtle",
    "graph.trig": "application/trig",
    "graph.jsonld": "application/ld+json",
    "graph.graphml": "application/xml",
    "graph.gexf": "application/xml",
    "nodes.csv": "text/csv",
    "edges.csv": "text/csv",
    "ledger.csv": "text/csv",
    "report.md": "text/markdown",
    "report.json": "application/json",
}

COUNTED = ("triples", "subjects", "objects", "properties", "classes", "graphs", "bases", "entities")
"""What is counted of the data."""
_PLACE = re.compile(r"/(\d+)-(\d+)$")
MOST_CHOICES = 500
"""From how many values on a field suggests none of them."""


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


class Facts:
    """The loaded exports: a store and what is counted once and kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opener: Opener = opener(folder)
        self.store: ox.Store = self.opener()
        self.nodes = Nodes(self.store)
        self.base = self.nodes.base
        self._choices: dict[str, list[str]] = {}
        self.kept = KeptStore(folder) if is_large(folder) else None
        """The store on disk of large exports; beside it stand what was counted before and the index of the texts."""
        self.ready = False
        """Whether all is counted that pages and descriptions tell."""
        self._index: Texts | None = None
        self._indexing = Lock()

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

    @cached_property
    def years(self) -> list[str]:
        """The years of the targets, in order."""
        quads = self.store.quads_for_pattern(None, named("yf:year"), None, DEFAULT)
        return sorted({_text(quad.object) for quad in quads if "/target/" in _text(quad.subject)})

    def choices(self, kind: str) -> list[str]:
        """Give the values that a parameter of a kind may have in this graph, none where they are too many to list."""
        if kind not in self._choices:
            schema = self.nodes.schema
            if kind == "year":
                found = self.years
            elif kind in ("class", "relation"):
                found = [item.zh for item in (schema.classes if kind == "class" else schema.relations).values()]
            elif kind in schema.classes:
                quads = self.store.quads_for_pattern(None, TYPE, ox.NamedNode(YF + kind), DEFAULT)
                iris = [quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)]
                found = self.names.of_class(iris) if len(iris) <= MOST_CHOICES else []
            else:
                found = []
            self._choices[kind] = found
        return self._choices[kind]

    @cached_property
    def texts(self) -> dict[str, str]:
        """The keys of the source documents whose texts are there, with their IRIs."""
        quads = self.store.quads_for_pattern(None, TYPE, named("yf:SourceDocument"), DEFAULT)
        iris = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
        return {iri.rpartition("/")[2]: iri for iri in iris if self.text_file(iri.rpartition("/")[2])}

    def text_file(self, key: str) -> Path | None:
        """Give the file of a text by a key that names one and nothing else."""
        path = self.folder / "texts" / f"{key}.txt"
        return path if "/" not in key and not key.startswith(".") and path.is_file() else None

    def search_texts(self, text: str) -> tuple[list[Line], int]:
        """Find words in the source texts; the index is made at the first search, and kept with a store on disk."""
        with self._indexing:
            try:
                if self._index is None:
                    self._index = self._indexed()
                return self._index.search(text)
            except DAMAGED:
                # An index that is damaged, or for which the disk has no room, costs its memory and no answer; the next server makes another.
                if self.kept:
                    with contextlib.suppress(OSError):
                        self.kept.beside("texts").unlink()
                self._index = self._in_memory()
                return self._index.search(text)

    def _lines(self) -> Iterator[tuple[str, str]]:
        return ((key, (self.folder / "texts" / f"{key}.txt").read_text(encoding="utf-8")) for key in self.texts)

    def _indexed(self) -> Texts:
        if self.kept:
            with contextlib.suppress(OSError):
                return texts_at(self.kept.beside("texts"), self._lines())
        return self._in_memory()

    def _in_memory(self) -> Texts:
        made = Texts()
        made.fill(self._lines())
        return made

    @cached_property
    def _passages(self) -> dict[str, list[tuple[int, int, ox.NamedNode]]]:
        """The passages that are quoted, by their document's key, in the order of the text."""
        found: dict[str, list[tuple[int, int, ox.NamedNode]]] = {}
        for quad in self.store.quads_for_pattern(None, named("oa:hasSource"), None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and (place := _PLACE.search(quad.subject.value)):
                found.setdefault(_text(quad.object).rpartition("/")[2], []).append((int(place[1]), int(place[2]), quad.subject))
        return {key: sorted(listed, key=lambda entry: entry[:2]) for key, listed in found.items()}

    def edges_at(self, line: Line, most: int = 3) -> list[Edge]:
        """Give edges that a line of a text states, at most `most`."""
        edges: dict[Edge, None] = {}
        for start, end, passage in self._passages.get(line.key, ()):
            if start < line.end and end > line.start:
                for quad in self.store.quads_for_pattern(None, named("prov:wasDerivedFrom"), passage, DEFAULT):
                    statement = _text(quad.subject)
                    edge = self.nodes.edge_of(statement)
                    # A heading completes the sentences below it; it states no edge of theirs.
                    if edge and self.nodes.proof(statement).quotes[0].iri == passage.value:
                        edges[edge] = None
                        if len(edges) == most:
                            return list(edges)
        return list(edges)

    def prepare(self) -> None:
        """Count all there is to count, so that no request waits for it; of large exports it is counted once."""
        with contextlib.suppress(OSError, ValueError):
            self.__dict__.update(self._recalled())
        counted = {name: getattr(self, name) for name in COUNTED}
        if self.kept:
            with contextlib.suppress(OSError):
                write_whole(self.kept.beside("counts"), json.dumps(counted, ensure_ascii=False))
        _ = self.names
        self.ready = True

    def require(self) -> None:
        """Raise `Refused` (503), for what tells of counts, while large exports are still being counted."""
        if not self.ready:
            raise Refused(503, "the exports are still being counted; SPARQL answers already", {"Retry-After": "10"})

    def _recalled(self) -> dict[str, Any]:
        """Give what was counted of the same content before; nothing where it is not all there."""
        path = self.kept.beside("counts") if self.kept else None
        if path is None or not path.is_file():
            return {}
        told = json.loads(path.read_bytes())
        return told if isinstance(told, dict) and told.keys() == set(COUNTED) else {}

    @cached_property
    def downloads(self) -> dict[str, str]:
        """The export files that are there, with their media types."""
        return {name: media for name, media in DOWNLOADS.items() if (self.folder / name).is_file()}
