"""All export formats: name, file, media type and writer. Each is written from a graph's records alone, the same bytes for the same graph.

Adding a format is a module with a function from records to `Text`, and one line here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import networkx as nx

    from ..assembly.records import Records
    from .text import Text


class Format(NamedTuple):
    """A format: the file that a build writes it to, its media type, and the module and function that write it."""

    file: str
    media: str
    writer: str

    def write(self, records: Records) -> Text:
        """Write a graph's records in this format; its module is imported only now."""
        module, _, function = self.writer.partition(":")
        text: Text = getattr(import_module(f".{module}", __package__), function)(records)
        return text


FORMATS: dict[str, Format] = {
    "turtle": Format("graph.ttl", "text/turtle", "turtle:graph_file"),
    "evidence": Format("evidence.ttl", "text/turtle", "turtle:evidence_file"),
    "trig": Format("graph.trig", "application/trig", "turtle:trig_file"),
    "jsonld": Format("graph.jsonld", "application/ld+json", "jsonld:jsonld_file"),
    "graphml": Format("graph.graphml", "application/graphml+xml", "network:graphml_file"),
    "gexf": Format("graph.gexf", "application/gexf+xml", "network:gexf_file"),
    "nodes": Format("nodes.csv", "text/csv", "tables:nodes_file"),
    "edges": Format("edges.csv", "text/csv", "tables:edges_file"),
    "ledger": Format("ledger.csv", "text/csv", "ledger:ledger_file"),
    "html": Format("graph.html", "text/html", "html:html_file"),
}
"""Format by its name on the command line, in the order in which they are listed."""


def export(graph: nx.MultiDiGraph[str], name: str) -> bytes:
    """Write a graph in one format.

    Raises `KeyError` for a format that is not in `FORMATS`.
    """
    from ..assembly.records import GraphRecords

    return FORMATS[name].write(GraphRecords(graph)).whole().encode("utf-8")
