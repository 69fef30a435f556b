"""The graph that a large corpus' page shows: plans, and the industries, bodies and works that most of them have in common.

A page of ten thousand nodes helps nobody; this one has as many as the page opens with a community view, and each of its edges is one
of the corpus, with one statement and its quote.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.model import Document, Line, Statement
from ..core.schema import load_schema
from .shared import merged
from .store import Store, unpack

if TYPE_CHECKING:
    import networkx as nx

_PLANS, _SHARED = 1000, 600
"""How many plans and how many shared nodes an overview has: those with most links."""


def overview_graph(store: Store, texts: Path, base: str) -> nx.MultiDiGraph[str]:
    """Give the overview of a corpus as a graph like any other; `texts` is the folder of the exported texts."""
    import networkx as nx

    schema = load_schema()
    question = (
        "SELECT plan FROM link WHERE relation <> '' GROUP BY plan ORDER BY "
        "(SELECT count(*) FROM link AS c WHERE c.object = link.plan) DESC, count(*) DESC, plan LIMIT ?"
    )
    plans = {plan for (plan,) in store.ask(question, _PLANS)}
    question = (
        "SELECT object FROM link WHERE cls NOT IN ('', 'SourceDocument') "
        "AND object NOT IN (SELECT plan FROM link WHERE relation = '') GROUP BY object "
        "ORDER BY count(DISTINCT plan) DESC, object LIMIT ?"
    )
    shared = {node for (node,) in store.ask(question, _SHARED)}
    nodes: dict[str, dict[str, Any]] = {}
    edges: list[tuple[str, str, str, Statement]] = []
    for plan, relation, object_, data in store.ask("SELECT plan, relation, object, data FROM link ORDER BY plan, rowid"):
        if plan not in plans:
            continue
        if not relation:
            nodes[plan] = unpack(data)
        elif relation == "describes" or object_ in shared or object_ in plans:
            told, statement = unpack(data)
            edges.append((object_, relation, plan, statement) if relation == "describes" else (plan, relation, object_, statement))
            if object_ not in plans:
                nodes[object_] = merged(object_, iter((nodes[object_], told))) if object_ in nodes else told
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=base)
    for node in sorted(nodes, key=lambda iri: (schema.classes[nodes[iri]["cls"]].rank, iri)):
        graph.add_node(node, **{**nodes[node], "curated": ()})
    rank = {node: position for position, node in enumerate(graph)}
    documents: dict[str, Document] = {}
    for subject, relation, object_, said in sorted(edges, key=lambda e: (rank[e[0]], schema.relations[e[1]].rank, rank[e[2]])):
        graph.add_edge(subject, object_, key=relation, statements=(_quoting(said, documents, texts),))
    graph.graph["documents"] = dict(sorted(documents.items()))
    return graph


def _quoting(statement: Statement, documents: dict[str, Document], texts: Path) -> Statement:
    """Make sure that the quoted text is at hand; what an inference was concluded from is not in the overview."""
    if statement.document and statement.document not in documents:
        key = statement.document.rpartition("/")[2]
        text = (texts / f"{key}.txt").read_bytes().decode("utf-8")
        documents[statement.document] = Document(key, key, text, (Line(0, len(text)),))
    return statement._replace(derived_from=())
