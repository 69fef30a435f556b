"""A builder as it was before anything was inferred, made of the records that came of it."""

from __future__ import annotations

from ..core.model import Statement
from .builder import GraphBuilder
from .records import Records

_LEFT_OUT = ("Contradiction", "Candidate")
"""Classes whose nodes only rules make, or only what tools propose: no rule may rest on them."""


def restored(records: Records) -> GraphBuilder:
    """Give a builder that holds all that texts and people say in a graph, and nothing that rules concluded.

    A declared count that holds by members which a rule found is open again.
    """
    builder = GraphBuilder(base=records.base)
    said: list[Statement] = []
    for node, edges in records.entries():
        if node.cls in _LEFT_OUT:
            continue
        concluded = [one for edge in edges if edge.relation == "member" for one in edge.statements if one.basis == "inferred"]
        builder.restore(node._replace(attrs={**node.attrs, "yf:holds": False}) if concluded else node)
        said += (one for edge in edges for one in edge.statements if one.basis in ("stated", "curated"))
    for one in said:
        builder.say(one)
    sources = {builder.attribute(iri, "dcterms:identifier"): iri for iri in builder.nodes_of("SourceDocument")}
    builder.documents = {sources[document.key]: document for document, _ in records.documents() if document.key in sources}
    return builder
