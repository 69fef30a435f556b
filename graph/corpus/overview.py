"""The graph that a page shows of a corpus: all of a small one; of a large one plans, and what most of them have in common.

A page of ten thousand nodes helps nobody; an overview has as many as the page opens with a community view, and each of its edges is one
of the corpus, with one statement and its quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..assembly.evidence import all_evidence
from ..assembly.records import Records
from ..core.model import Account, Document, Entry, Line
from ..core.schema import load_schema
from .shelf import LINKED
from .store import Store

if TYPE_CHECKING:
    import networkx as nx

_PLANS, _SHARED = 1000, 600
"""How many plans and how many shared nodes an overview has: those with most links."""


def graph_of(records: Records, entries: Iterable[Entry], *, texts: bool = True) -> nx.MultiDiGraph[str]:
    """Make the networkx graph of some records, as the assembler makes it; without the texts when `texts` is false."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(base=records.base)
    listed = list(entries)
    for node, _ in listed:
        plan = {"plan": node.plan} if node.plan else {}
        graph.add_node(
            node.iri, cls=node.cls, zh=node.zh, en=node.en, alt=node.alt, attrs=node.attrs, curated=node.curated, **plan
        )
    for _, edges in listed:
        for edge in edges:
            graph.add_edge(edge.subject, edge.object, key=edge.relation, statements=edge.statements)
    documents: dict[str, Document] = {}
    ledgers: dict[str, tuple[Account, ...]] = {}
    if texts:
        iris = {str(node.attrs.get("dcterms:identifier")): node.iri for node, _ in listed if node.cls == "SourceDocument"}
        for document, noted in records.documents():
            documents[iris[document.key]], ledgers[iris[document.key]] = document, noted
    graph.graph["documents"], graph.graph["ledgers"] = documents, ledgers
    return graph


def overview_of(records: Records, store: Store) -> nx.MultiDiGraph[str]:
    """Give the overview of a corpus as a graph like any other, with the texts that it quotes."""
    question = (
        "SELECT plan FROM link GROUP BY plan "
        "ORDER BY (SELECT count(*) FROM link AS c WHERE c.object = link.plan) DESC, count(*) DESC, plan LIMIT ?"
    )
    plans = {plan for (plan,) in store.ask(question, _PLANS)}
    question = (
        "SELECT object FROM link WHERE object NOT IN (SELECT plan FROM link) GROUP BY object "
        "ORDER BY count(DISTINCT plan) DESC, object LIMIT ?"
    )
    shown = plans | {node for (node,) in store.ask(question, _SHARED)}
    graph = graph_of(records, _shown(records, plans, shown), texts=False)
    graph.remove_nodes_from([node for node in shown if node in graph and not (node in plans or graph.in_degree(node))])
    quoted = {said.document: said for said in all_evidence(graph) if said.document}
    keys = {said.passages[0].key: iri for iri, said in quoted.items()}
    texts = (document for document, _ in records.documents() if document.key in keys)
    found = {keys[d.key]: Document(d.key, d.key, d.text, (Line(0, len(d.text)),)) for d in texts}
    graph.graph["documents"] = dict(sorted(found.items()))
    return graph


def _shown(records: Records, plans: set[str], shown: set[str]) -> Iterator[Entry]:
    """Give the nodes of an overview with the edges between them, each with its first statement, and without what is curated."""
    for cls in (name for name in load_schema().classes if name in LINKED or name == "SourceDocument"):
        for node, edges in records.entries(cls):
            kept = []
            for edge in edges:
                if (node.iri in plans and edge.object in shown) or (edge.relation == "describes" and edge.object in plans):
                    first = next(said for said in edge.statements if said.basis == edge.basis)
                    kept.append(edge._replace(statements=(first._replace(premises=()),)))
            if node.iri in shown or kept:
                yield Entry(node._replace(curated=()), tuple(kept))
