"""The nodes and edges of an answer: as a sub-graph for a page, as pairs for the server's drawing.

An answer's nodes are those that its cells name, directly or as the ends of a statement. Its edges are those between two
nodes of one row (of the relations that the row names, where it names any), and those that a statement is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..core.errors import QueryError
from ..core.files import write_whole
from ..core.namespaces import YF
from .nodes import Edge, Nodes, Term
from .run import Result, rows

if TYPE_CHECKING:
    import networkx as nx


def _row(iris: list[str], nodes: Nodes, known: set[str], found: dict[Edge, None], out: dict[str, list[Edge]]) -> None:
    here: list[str] = []
    relations: set[str] = set()
    for iri in iris:
        local = iri.removeprefix(YF)
        if local != iri:
            relations |= {local} & nodes.schema.relations.keys()
        elif nodes.class_of(iri):
            here.append(iri)
        edge = nodes.edge_of(iri)
        if edge:
            known.update((edge.subject, edge.object))
            found[edge] = None
    known.update(here)
    for subject in here:
        if subject not in out:
            out[subject] = nodes.edges_out(subject, proofs=False)
        for edge in out[subject]:
            if edge.object in here and (not relations or edge.relation in relations):
                found[edge] = None


def part_of(table: Iterable[Iterable[Term | None]], nodes: Nodes) -> tuple[list[str], list[Edge]]:
    """Give the nodes and edges that rows of terms name, both sorted."""
    known: set[str] = set()
    found: dict[Edge, None] = {}
    out: dict[str, list[Edge]] = {}
    for row in table:
        _row([term.value for term in row if isinstance(term, ox.NamedNode)], nodes, known, found, out)
    entities = sorted(iri for iri in known if nodes.class_of(iri) not in ("", "Statement", "Passage"))
    return entities, sorted(found, key=lambda edge: (edge.subject, edge.relation, edge.object))


def answer_part(result: Result, nodes: Nodes) -> tuple[list[str], list[Edge]]:
    """Give the nodes and edges of an answer.

    Raises `QueryError` for a truth value, which has none.
    """
    if isinstance(result, ox.QueryBoolean):
        raise QueryError("this query gives a truth value, which has no nodes to show")
    if isinstance(result, ox.QuerySolutions):
        return part_of(rows(result), nodes)
    return part_of(([triple.subject, triple.predicate, triple.object] for triple in result), nodes)


def answer_graph(result: Result, nodes: Nodes, graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Cut the nodes and edges of an answer out of the whole graph, with their statements and texts."""
    import networkx as nx

    kept, edges = answer_part(result, nodes)
    part: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=graph.graph["base"])
    wanted = set(kept)
    for iri, data in graph.nodes(data=True):
        if iri in wanted:
            # A node's plan, too, is there only where the answer names it.
            part.add_node(iri, **{key: value for key, value in data.items() if key != "plan" or value in wanted})
    keys = {(edge.subject, edge.object, edge.relation) for edge in edges}
    for subject, object_, relation, data in graph.edges(keys=True, data=True):
        if (subject, object_, relation) in keys and subject in part and object_ in part:
            part.add_edge(subject, object_, key=relation, **data)
    quoted = {statement.document for *_, data in part.edges(data=True) for statement in data["statements"]}
    part.graph["documents"] = {iri: d for iri, d in graph.graph["documents"].items() if iri in quoted or iri in part}
    return part


def write_page(result: Result, nodes: Nodes, data: Path, target: Path) -> tuple[int, int]:
    """Write a network page that holds only the nodes and edges of an answer; give how many of each.

    Raises `QueryError` when the data are no exports folder or the answer names no node.
    """
    from ..formats.load import load_graph
    from ..page import render_page

    if not data.is_dir():
        raise QueryError("a page needs an exports folder, which has the texts", file=data)
    part = answer_graph(result, nodes, load_graph(data))
    if not part:
        raise QueryError("the answer names no node of the graph, so there is nothing to show")
    write_whole(target, render_page(part))
    return part.number_of_nodes(), part.number_of_edges()
