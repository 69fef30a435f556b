"""All export formats by name. Each is a function of the networkx graph alone and gives the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .. import __version__
from ..assembly.evidence import base_of, documents_of
from ..core.iris import segment
from ..core.namespaces import PREFIXES
from ..core.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

    from .rdf import Block

TITLE = "Yangfan: a policy plan as a knowledge graph. Licence: Apache-2.0; quotes belong to their sources."


def prefixes_of(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Give the prefixes of a graph's Turtle: the fixed ones, one a class of nodes, and short ones where there is one plan or text."""
    plans = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan"]
    keys = [document.key for document in documents_of(graph).values()]
    return prefixes_for(base_of(graph), plans, keys)


def prefixes_for(base: str, plans: Sequence[str], keys: Sequence[str]) -> dict[str, str]:
    """Give the prefixes for these plans (IRIs) and documents (keys)."""
    prefixes = dict(PREFIXES)
    for name, declared in load_schema().classes.items():
        path = segment(name)
        if declared.scope == "plan" and len(plans) == 1:
            prefixes[path] = f"{plans[0]}/{path}/"
        elif declared.scope != "plan":
            prefixes[path] = f"{base}{path}/"
    prefixes["statement"] = f"{base}statement/"
    prefixes["passage"] = f"{base}passage/{keys[0]}/" if len(keys) == 1 else f"{base}passage/"
    return prefixes


def _turtle(graph: nx.MultiDiGraph[str]) -> str:
    from .rdf import node_sections
    from .turtle import turtle

    return turtle(TITLE, node_sections(graph), prefixes_of(graph))


def _evidence(graph: nx.MultiDiGraph[str]) -> str:
    from .rdf import evidence_sections
    from .turtle import turtle

    return turtle(TITLE, evidence_sections(graph), prefixes_of(graph))


def _trig(graph: nx.MultiDiGraph[str]) -> str:
    from .rdf import named_sections, provenance_blocks
    from .turtle import trig

    graphs = list(named_sections(graph))
    keys = [document.key for document in documents_of(graph).values()]
    run = provenance_blocks(keys, [name for name, _ in graphs], __version__, base_of(graph))
    return trig(TITLE, run, graphs, prefixes_of(graph))


def _jsonld(graph: nx.MultiDiGraph[str]) -> str:
    from .jsonld import jsonld
    from .rdf import evidence_sections, node_sections

    blocks: list[Block] = [block for _, part in node_sections(graph) for block in part]
    blocks += [block for _, part in evidence_sections(graph) for block in part]
    return jsonld(blocks)


def _graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    from .tables import graphml

    return graphml(graph)


def _gexf(graph: nx.MultiDiGraph[str]) -> bytes:
    from .tables import gexf

    return gexf(graph)


def _nodes(graph: nx.MultiDiGraph[str]) -> bytes:
    from .tables import nodes_csv

    return nodes_csv(graph)


def _edges(graph: nx.MultiDiGraph[str]) -> bytes:
    from .tables import edges_csv

    return edges_csv(graph)


def _html(graph: nx.MultiDiGraph[str]) -> str:
    from ..page import render_page

    return render_page(graph)


FORMATS: dict[str, tuple[str, Callable[[nx.MultiDiGraph[str]], str | bytes]]] = {
    "turtle": ("graph.ttl", _turtle),
    "evidence": ("evidence.ttl", _evidence),
    "trig": ("graph.trig", _trig),
    "jsonld": ("graph.jsonld", _jsonld),
    "graphml": ("graph.graphml", _graphml),
    "gexf": ("graph.gexf", _gexf),
    "nodes": ("nodes.csv", _nodes),
    "edges": ("edges.csv", _edges),
    "html": ("graph.html", _html),
}
"""Format → the file that a build writes it to, and the function that writes it."""


def export(graph: nx.MultiDiGraph[str], name: str) -> bytes:
    """Write a graph in one format.

    Raises `KeyError` for a format that is not in `FORMATS`.
    """
    content = FORMATS[name][1](graph)
    return content.encode("utf-8") if isinstance(content, str) else content
