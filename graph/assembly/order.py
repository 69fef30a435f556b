"""The order in which a document gives its items, as a number: what a plan holds is read again as it was written."""

from __future__ import annotations

from .builder import GraphBuilder

_ITEMS = ("Domain", "Principle", "Goal", "Task", "IndicatorCategory", "Target", "Declaration")
"""Classes whose members have a place among the items of a plan, and what is below them (`yf:order` in the ontology)."""


def number_items(builder: GraphBuilder) -> None:
    """Give each item of a plan its place among all items of the plan, from 1, where a text names it."""
    classes = [name for name in builder.schema.classes if any(builder.schema.is_a(name, item) for item in _ITEMS)]
    keys = {document.key for document in builder.documents.values()}
    for plan in builder.nodes_of("Plan"):
        items = [iri for name in classes for iri in builder.nodes_of(name, plan)]
        placed = sorted((builder.place(iri)[1], builder.place(iri)[0], iri) for iri in items)
        for position, iri in enumerate((iri for place, _, iri in placed if place[0] in keys), start=1):
            builder.restate(iri, {"yf:order": position})
