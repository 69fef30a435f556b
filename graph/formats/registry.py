"""All export formats: name, file, media type and writer. Each is written from a graph's records alone, the same bytes for the same graph.

Adding a format is a module with a function from records to `Text`, and one line here; a format of several files is one that writes them
into a folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.errors import MissingLibrary, OutputError

if TYPE_CHECKING:
    import networkx as nx

    from ..assembly.records import Records
    from .text import Text


class Format(NamedTuple):
    """A format: the file that a build writes it to, its media type, and the module and function that write it."""

    file: str
    media: str
    writer: str
    small: bool = False
    """Whether a build writes it of a small graph only, unless it is asked for: what reads it reads all of it into memory."""

    def write(self, records: Records) -> Text:
        """Write a graph's records in this format; its module is imported only now."""
        module, _, function = self.writer.partition(":")
        text: Text = getattr(import_module(f".{module}", __package__), function)(records)
        return text


class FolderFormat(NamedTuple):
    """A format of several files, which a build writes when asked: their folder, their names, media type and writer, and what it needs."""

    folder: str
    files: str
    """A pattern of the files' names."""
    media: str
    writer: str
    library: str = ""
    """The library that the writer needs, and the package's extra that brings it."""
    extra: str = ""

    def require(self) -> None:
        """Raise `MissingLibrary` where the library that writes it is not installed."""
        from importlib.util import find_spec

        if self.library and find_spec(self.library) is None:
            raise MissingLibrary(self.library, f"yangfan[{self.extra}]")

    def write(self, records: Records, path: Path) -> None:
        """Write a graph's records into a folder.

        Raises `OutputError` when it cannot be written, `MissingLibrary` without the library.
        """
        self.require()
        module, _, function = self.writer.partition(":")
        write = getattr(import_module(f".{module}", __package__), function)
        try:
            path.mkdir(exist_ok=True)
            write(records, path)
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror or error}", file=path) from error


FORMATS: dict[str, Format] = {
    "turtle": Format("graph.ttl", "text/turtle", "turtle:graph_file"),
    "evidence": Format("evidence.ttl", "text/turtle", "turtle:evidence_file"),
    "entailed": Format("entailed.ttl", "text/turtle", "turtle:entailed_file"),
    "trig": Format("graph.trig", "application/trig", "turtle:trig_file"),
    "jsonld": Format("graph.jsonld", "application/ld+json", "jsonld:jsonld_file", small=True),
    "graphml": Format("graph.graphml", "application/graphml+xml", "network:graphml_file", small=True),
    "gexf": Format("graph.gexf", "application/gexf+xml", "network:gexf_file", small=True),
    "nodes": Format("nodes.csv", "text/csv", "tables:nodes_file"),
    "edges": Format("edges.csv", "text/csv", "tables:edges_file"),
    "ledger": Format("ledger.csv", "text/csv", "ledger:ledger_file"),
    "html": Format("graph.html", "text/html", "html:html_file"),
}
"""Format by its name on the command line, in the order in which they are listed."""

FOLDERS: dict[str, FolderFormat] = {
    "parquet": FolderFormat("parquet", "*.parquet", "application/vnd.apache.parquet", "parquet:parquet_files", "pyarrow", "parquet"),
    "nquads": FolderFormat("nquads", "*.nq.gz", "application/n-quads", "nquads:nquads_files"),
    "rdf12": FolderFormat("rdf12", "*.nt", "application/n-triples", "triple_terms:triple_term_files"),
}
"""The formats of several files, by name."""


SMALL = 10_000
"""Up to how many nodes a graph is small: pictures of it can be looked at whole, and files that are read whole have some hundred MB at most."""
ASKED = [*(name for name, form in FORMATS.items() if form.small), *FOLDERS]
"""The formats that a build writes when it is asked to, by name; some of them it writes of a small graph anyway."""


def written(nodes: int, asked: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """Give the formats that a build writes of a graph of so many nodes, and those that it leaves out.

    >>> written(SMALL + 1, ["gexf", "nquads"])[1]
    ['jsonld', 'graphml']
    """
    wanted = set(asked)
    left = [name for name, form in FORMATS.items() if form.small and nodes > SMALL and name not in wanted]
    return [*(name for name in FORMATS if name not in left), *(name for name in FOLDERS if name in wanted)], left


def export(graph: nx.MultiDiGraph[str], name: str) -> bytes:
    """Write a graph in one format of one file.

    Raises `KeyError` for a format that is not in `FORMATS`.
    """
    from ..assembly.records import GraphRecords

    return FORMATS[name].write(GraphRecords(graph)).whole().encode("utf-8")


def export_folder(graph: nx.MultiDiGraph[str], name: str, out: Path) -> None:
    """Write a graph in one format of several files into a folder: all of them or none; what else lies there stays.

    Raises `KeyError` for a format that is not in `FOLDERS`, and the errors of `FolderFormat.write`.
    """
    from ..assembly.records import GraphRecords
    from ..core.staging import Staging

    form = FOLDERS[name]
    form.require()
    staging = Staging(out, frozenset(path.name for path in out.glob(form.files)))
    with staging as folder:
        form.write(GraphRecords(graph), folder)
        staging.commit()
