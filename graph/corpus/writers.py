"""Writes nodes, edges and statements in every format, each as a piece that stands alone, and remembers what their heads must say."""

from __future__ import annotations

from typing import Any

from ..formats.jsonld import compactor
from ..formats.network import Attribute, Gexf, GraphMl
from ..formats.rdf import Block
from ..formats.tables import csv_lines, edge_row, node_row
from ..formats.turtle import Shortener, format_block

Used = dict[str, set[Any]]
"""What the head of a file must declare: prefixes (turtle, evidence, trig) and attributes (graphml, gexf)."""

SEPARATORS = {
    "turtle": "\n", "statements": "\n", "curated": "\n", "passages": "\n", "trig": "\n", "jsonld": ",\n", "statements.jsonld": ",\n",
    "curated.jsonld": ",\n", "passages.jsonld": ",\n", "documents": ",\n", "declarations": ",\n",
}  # fmt: skip
"""Stream → what stands between two of its pieces, where something does."""


class Scribe:
    """One writer a format; all pieces of a file are written with the same prefixes."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._names = {file: Shortener(prefixes) for file in ("turtle", "evidence", "trig")}
        self._compactor = compactor()
        self._graphml, self._gexf = GraphMl(), Gexf()

    def block(self, file: str, block: Block) -> str:
        """Write a resource for one of the Turtle files."""
        return format_block(block, self._names[file], "    " if file == "trig" else "")

    def said(self, text: str) -> str:
        """Write once more for `graph.trig` what `block` wrote for `evidence.ttl`; both have the same prefixes."""
        return "    " + text[:-1].replace("\n", "\n    ") + "\n"

    def iri(self, file: str, iri: str) -> str:
        """Write a name for one of the Turtle files."""
        return self._names[file].iri(iri)

    def json(self, block: Block) -> str:
        """Write a resource as a line of JSON-LD."""
        return self._compactor.line(block)

    def node(self, iri: str, data: dict[str, Any], block: Block) -> dict[str, str]:
        """Write a node for every stream of nodes."""
        return {
            "turtle": self.block("turtle", block),
            "jsonld": self.json(block),
            "nodes": csv_lines([node_row(iri, data)]),
            "graphml.nodes": self._graphml.node(iri, data),
            "gexf.nodes": self._gexf.node(iri, data),
        }

    def edge(self, subject: str, object_: str, labels: tuple[str, str], data: dict[str, Any]) -> dict[str, str]:
        """Write an edge for every stream of edges; `labels` are those of its ends, `data` is what `yangfan.formats.tables.edge_data` gives."""
        return {
            "edges": csv_lines([edge_row(subject, object_, *labels, data)]),
            "graphml.edges": self._graphml.edge(subject, object_, data),
            "gexf.edges": self._gexf.edge(subject, object_, data),
        }

    def used(self) -> Used:
        """Give what has been used so far."""
        prefixes: Used = {file: set(names.used) for file, names in self._names.items()}
        prefixes["trig"] |= prefixes["evidence"]
        attributes: dict[str, set[Attribute]] = {"graphml": self._graphml.used, "gexf": self._gexf.used}
        return {**prefixes, **attributes}


def gather(used: Used, more: Used) -> None:
    """Add what another scribe used."""
    for file, names in more.items():
        used.setdefault(file, set()).update(names)
