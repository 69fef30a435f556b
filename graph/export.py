"""All export formats by name. Each is a function of the networkx graph alone and gives the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graph import __version__
from graph.evidence import base_of, documents_of
from graph.iris import segment
from graph.namespaces import PREFIXES
from graph.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

    from graph.rdf import Block

TITLE = "Yangfan: a policy plan as a knowledge graph. Licence: Apache-2.0; quotes belong to their sources."


def prefixes_of(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Give the prefixes of a graph's Turtle: the fixed ones, one a class of nodes, and short ones where there is one plan or text."""
    base = base_of(graph)
    prefixes = dict(PREFIXES)
    plans = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan"]
    for name, declared in load_schema().classes.items():
        path = segment(name)
        if declared.scope == "plan" and len(plans) == 1:
            prefixes[path] = f"{plans[0]}/{path}/"
        elif declared.scope != "plan":
            prefixes[path] = f"{base}{path}/"
    documents = list(documents_of(graph).values())
    prefixes["statement"] = f"{base}statement/"
    prefixes["passage"] = f"{base}passage/{documents[0].key}/" if len(documents) == 1 else f"{base}passage/"
    return prefixes


def _turtle(graph: nx.MultiDiGraph[str]) -> str:
    from graph.rdf import node_sections
    from graph.turtle import turtle

    return turtle(TITLE, node_sections(graph), prefixes_of(graph))


def _evidence(graph: nx.MultiDiGraph[str]) -> str:
    from graph.rdf import evidence_sections
    from graph.turtle import turtle

    return turtle(TITLE, evidence_sections(graph), prefixes_of(graph))


def _trig(graph: nx.MultiDiGraph[str]) -> str:
    from graph.rdf import named_sections, provenance_blocks
    from graph.turtle import trig

    graphs = list(named_sections(graph))
    run = provenance_blocks(graph, [name for name, _ in graphs], __version__)
    return trig(TITLE, run, graphs, prefixes_of(graph))


def _jsonld(graph: nx.MultiDiGraph[str]) -> str:
    from graph.jsonld import jsonld
    from graph.rdf import evidence_sections, node_sections

    blocks: list[Block] = [block for _, part in node_sections(graph) for block in part]
    blocks += [block for _, part in evidence_sections(graph) for block in part]
    return jsonld(blocks)


def _graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    from graph.tables import graphml

    return graphml(graph)


def _gexf(graph: nx.MultiDiGraph[str]) -> bytes:
    from graph.tables import gexf

    return gexf(graph)


def _nodes(graph: nx.MultiDiGraph[str]) -> bytes:
    from graph.tables import nodes_csv

    return nodes_csv(graph)


def _edges(graph: nx.MultiDiGraph[str]) -> bytes:
    from graph.tables import edges_csv

    return edges_csv(graph)


def _html(graph: nx.MultiDiGraph[str]) -> str:
    from graph.page import render_page

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
