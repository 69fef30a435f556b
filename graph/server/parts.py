"""What of a build goes into a store: its named graphs, its provenance, and all of it merged into one graph.

A store that several builds share must not mix them up. A source document's graph bears the document's own name, which its content decides.
The graphs that every build has go under the build's name: what the exports call ``<base>graph/curated`` is ``<base>graph/NAME/curated`` in
the store, and wherever the build's own description says so. Graphs are written to a file one by one and never held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ..core.errors import QueryError
from ..core.namespaces import CONCEPTS_IRI, ONTOLOGY_IRI, PREFIXES
from ..query.disk import KeptStore, is_large
from ..query.store import DEFAULT, base_of, load_store, provenance
from .client import PublishError

SUBSET = ox.NamedNode(PREFIXES["void"] + "subset")
_OWN = ("curated", "inferred", "proposed")
_NAME = re.compile(r"[\w.-]{1,60}")


@dataclass(frozen=True, slots=True)
class Part:
    """A graph to publish: its name in the store, and its name in the exports ("" for their default graph)."""

    name: str
    source: str


class Parts:
    """The graphs of an exports folder under the name of a build.

    Raises `QueryError` when the folder has no `graph.trig`, `PublishError` for a name that cannot stand in an IRI.
    """

    def __init__(self, folder: Path, name: str = "") -> None:
        self.name = name or folder.resolve().name
        if not _NAME.fullmatch(self.name):
            raise PublishError(f"no name for a data set: {self.name} (letters, digits, . _ -); give one with --dataset")
        trig = folder / "graph.trig"
        if not trig.is_file():
            raise QueryError("no graph.trig in this folder: build the exports first (yangfan)", file=folder)
        try:
            self.store = KeptStore(folder).open() if is_large(folder) else load_store(folder)
        except OSError as error:
            raise PublishError(f"cannot keep a store of these exports in the cache: {error}", file=folder) from None
        self._provenance = provenance(trig)
        known = (name.value for name in self.store.named_graphs() if isinstance(name, ox.NamedNode))
        # What the project itself publishes is in the store to be asked, and in no build.
        graphs = sorted(name for name in known if name not in (ONTOLOGY_IRI, CONCEPTS_IRI))
        self.base = next((graph.rpartition("graph/")[0] for graph in graphs if "/graph/" in graph), base_of(self.store))
        # What the exports call each graph → what the store does.
        self.renamed = {f"{self.base}graph/{own}": self._own(own) for own in _OWN}
        self._renamed = [(f"<{old}>".encode(), f"<{new}>".encode()) for old, new in self.renamed.items()]
        self.graphs = [Part(self.renamed.get(graph, graph), graph) for graph in graphs]

    def _own(self, what: str) -> str:
        return f"{self.base}graph/{self.name}/{what}"

    @property
    def merged(self) -> str:
        """The name of the graph that holds all of the build."""
        return self._own("merged")

    @property
    def provenance(self) -> str:
        """The name of the graph that describes the build."""
        return self._own("provenance")

    @property
    def documents(self) -> set[str]:
        """The names of the graphs of source documents."""
        return {part.name for part in self.graphs} - set(self.renamed.values())

    @property
    def names(self) -> set[str]:
        """The names of all graphs that the build has in a store."""
        return {part.name for part in self.graphs} | {self.merged, self.provenance}

    @property
    def whole(self) -> Part:
        """All of the build as one graph."""
        return Part(self.merged, "")

    def described(self, more: Iterable[str] = ()) -> bytes:
        """Give the description of the build as N-Triples, with further graphs as its parts."""
        triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in self._provenance]
        parts = [triple for triple in triples if triple.predicate == SUBSET]
        triples += [ox.Triple(parts[0].subject, SUBSET, ox.NamedNode(name)) for name in more if parts]
        return b"".join(sorted({self._line(f"{triple} .\n".encode()) for triple in triples}))

    def write(self, part: Part, path: Path) -> int:
        """Write a graph to a file as N-Triples; gives the number of its triples."""
        graph = ox.NamedNode(part.source) if part.source else DEFAULT
        self.store.dump(path, ox.RdfFormat.N_TRIPLES, from_graph=graph)
        if not part.source:
            whole = path.with_name(f"{path.name}.renamed")
            with path.open("rb") as stream, whole.open("wb") as out:
                out.writelines(map(self._line, stream))
            whole.replace(path)
        with path.open("rb") as stream:
            return sum(1 for _ in stream)

    def _line(self, line: bytes) -> bytes:
        """Rename the build's own graphs where a triple has one for its subject or object; nothing else of the data names them."""
        for old, new in self._renamed:
            if old in line:
                subject, object_ = old + b" ", b" " + old + b" .\n"
                if line.startswith(subject):
                    line = new + line[len(old) :]
                if line.endswith(object_):
                    line = line[: -len(object_)] + b" " + new + b" .\n"
        return line
