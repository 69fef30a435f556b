"""Checks of nodes: classes, names, dates, numbers; that none stands alone, and that no two are one thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ..assembly.records import Records
from ..core.iris import digest, document_iri, node_iri
from ..core.model import Node, Value
from ..core.schema import load_schema
from ..core.vocabulary import Vocabulary, load_vocabulary
from ..extract.targets.target_statements import target_label
from .findings import Finding

_ORDERED = (
    ("yf:startYear", "yf:endYear"),
    ("yf:startDate", "yf:endDate"),
    ("yf:lower", "yf:upper"),
    ("yf:baseYear", "yf:year"),
)
"""Attributes of which the first is never greater than the second."""


def check_nodes(records: Records) -> Iterator[Finding]:
    """Names, dates, numbers and texts of nodes are in order."""
    vocabulary = load_vocabulary()
    led_to: set[str] = set()
    for node, edges in records.entries():
        led_to.update(edge.object for edge in edges)
        yield from _named(node, vocabulary, records.base)
        yield from _in_order(node)
    for node, edges in records.entries():
        # A document about no plan is still told of: it was read.
        if not edges and node.iri not in led_to and node.cls != "SourceDocument":
            yield Finding("nodes", f"{node.iri} stands alone: no edge leads to it or away")
    yield from _texts(records)


def _named(node: Node, vocabulary: Vocabulary, base: str) -> Iterator[Finding]:
    if not node.zh.strip():
        yield Finding("nodes", f"{node.iri} has no Chinese label")
    label = vocabulary.canonical(node.cls, node.zh)
    if label != node.zh:
        yield Finding("nodes", f"{node.iri}: {node.zh} is another name of {label}, and no node of its own")
    if not _is_named_so(node, base):
        yield Finding("nodes", f"{node.iri} is not the IRI of the {node.cls} {node.zh}")
    for _, name in node.alt:
        if (node.cls, node.zh, name) in vocabulary.never:
            yield Finding("nodes", f"{node.iri}: {node.zh} and {name} must never be one")
    if node.cls not in load_schema().classes:
        yield Finding("nodes", f"{node.iri}: no class {node.cls} in the ontology")


def _is_named_so(node: Node, base: str) -> bool:
    """Tell whether an IRI is made of the class and the label (of a plan: its number or title), with what tells it apart behind."""
    if node.cls == "SourceDocument":
        return node.iri == document_iri(str(node.attrs.get("dcterms:identifier")), base)
    names = [node.zh]
    if node.cls == "Plan":
        names += [str(node.attrs.get("dcterms:identifier", "")), *(name for _, name in node.alt)]
    made = (node_iri(node.cls, name, plan=node.plan, base=base) for name in names if name)
    return any(node.iri == iri or node.iri.startswith(f"{iri}-") for iri in made)


def _in_order(node: Node) -> Iterator[Finding]:
    for low, high in _ORDERED:
        if high not in node.attrs:
            continue
        first, second = _comparable(node.attrs.get(low)), _comparable(node.attrs[high])
        if type(first) is type(second) and first is not None and first > second:  # type: ignore[operator]
            yield Finding("nodes", f"{node.iri}: {low} {first} is after {high} {second}")


def _comparable(value: Value | tuple[Value, ...] | None) -> Decimal | date | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, date)):
        return None
    return Decimal(value) if isinstance(value, int) else value


def _texts(records: Records) -> Iterator[Finding]:
    """A document's node tells the hash of its text."""
    hashes = {document.key: digest(document.text, 64) for document, _ in records.documents()}
    for node, _ in records.entries("SourceDocument"):
        told = hashes.get(str(node.attrs.get("dcterms:identifier")))
        if told != node.attrs.get("yf:textHash"):
            yield Finding("texts", f"{node.iri}: the text's SHA-256 is not the one that the document tells")


def check_declarations(records: Records) -> Iterator[Finding]:
    """A declared count says that it holds exactly when it has as many members as declared."""
    for node, _ in records.entries("Declaration"):
        count, holds = node.attrs.get("yf:count"), node.attrs.get("yf:holds")
        told = node.attrs.get("yf:memberLabel", ())
        members = len(told) if isinstance(told, tuple) else 1
        if holds != (members == count):
            yield Finding("declarations", f"{node.iri}: {count} declared, {members} found, but holds is {str(holds).lower()}")
        if count is not None and str(count) not in node.zh and str(node.attrs.get("yf:noun", "")) not in node.zh:
            yield Finding("declarations", f"{node.iri}: {count} {node.attrs.get('yf:noun')} is not what {node.zh} declares")


def check_targets(records: Records) -> Iterator[Finding]:
    """A target's label is made of the name of its indicator, before it that of the place that it alone is for, and of its value, unit and year."""
    places = {node.iri: _names(node) for node, _ in records.entries("Place")}
    indicators: dict[str, list[Node]] = {}
    for node, edges in records.entries("Indicator"):
        for edge in edges:
            if edge.relation == "hasTarget":
                indicators.setdefault(edge.object, []).append(node)
    for node, edges in records.entries("Target"):
        whose = ["", *(name for edge in edges if edge.relation == "appliesTo" for name in places.get(edge.object, ()))]
        year = node.attrs.get("yf:year")
        try:
            told = target_label("", node.attrs, year if isinstance(year, int) else None, load_vocabulary())
        except (KeyError, ArithmeticError):
            yield Finding("targets", f"{node.iri} has no comparator or no value")
            continue
        if not node.zh.endswith(told):
            yield Finding("targets", f"{node.iri}: its label says {node.zh}, its attributes{told}")
        elif not any(node.zh == of + name + told for known in indicators.get(node.iri, ()) for name in _names(known) for of in whose):
            yield Finding("targets", f"{node.iri}: {node.zh} is no target of its indicator")


def _names(node: Node) -> list[str]:
    return [node.zh, *(name for _, name in node.alt)]
