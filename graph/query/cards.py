"""One node as a card: its names, what it carries, and every edge in and out with the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ..core.kinds import value_words
from ..core.labels import attribute_words, basis_words, status_words
from ..core.language import messages, say, term
from ..core.rules import rule_label
from ..formats.load import curie
from .nodes import Edge, Node, Nodes, Proof, Quote, Term

MOST = 5


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a node carries under one property: values as text, and the proof where a person asserted it."""

    property: str
    values: tuple[str, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """All that is known of one node."""

    node: Node
    names: tuple[tuple[str, str], ...]
    attributes: tuple[Attribute, ...]
    edges_out: tuple[Edge, ...]
    edges_in: tuple[Edge, ...]
    proposed: tuple[Edge, ...] = ()
    """Edges, either way, that other tools propose and the graph does not assert."""


def value_text(term: Term) -> str:
    """Give an attribute's value as text: a literal as it stands, a resource with its prefix."""
    if isinstance(term, ox.NamedNode):
        return curie(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def card_of(nodes: Nodes, iri: str) -> Card:
    """Gather all that the store knows of a node."""
    proofs: dict[str, list[Proof]] = {}
    for name, _, proof in nodes.curated(iri):
        proofs.setdefault(name, []).append(proof)
    attributes = [
        Attribute(curie(name), tuple(map(value_text, values)), tuple(proofs.pop(name, ())))
        for name, values in nodes.attributes(iri)
    ]
    further = [Attribute(curie(name), (), tuple(found)) for name, found in proofs.items()]
    return Card(
        nodes.named(iri),
        tuple(nodes.alternatives(iri)),
        tuple(attributes + further),
        tuple(nodes.edges_out(iri)),
        tuple(nodes.edges_in(iri)),
        tuple(nodes.proposed(iri)),
    )


# as data


def node_data(node: Node) -> dict[str, str]:
    """Give a node as a JSON object."""
    return {"iri": node.iri, "class": node.cls, "zh": node.zh, "en": node.en}


def _quote_data(quote: Quote, role: str) -> dict[str, Any]:
    return {
        "role": role,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "document": quote.document,
        "key": quote.key,
        "title": quote.title,
        "start": quote.start,
        "end": quote.end,
        **({"confidence": quote.confidence} if quote.confidence else {}),
    }


def proof_data(proof: Proof) -> dict[str, Any]:
    """Give a statement as a JSON object; what it does not have is left out."""
    data: dict[str, Any] = {"iri": proof.iri, "basis": proof.basis, "rule": proof.rule}
    if proof.quotes:
        data["quotes"] = [_quote_data(q, "heading" if place else "sentence") for place, q in enumerate(proof.quotes)]
    if proof.derived_from:
        data["derivedFrom"] = list(proof.derived_from)
    for key in ("source", "title", "date", "status", "note", "wording"):
        if getattr(proof, key):
            data[key] = getattr(proof, key)
    return data


def edge_data(edge: Edge, nodes: Nodes) -> dict[str, Any]:
    """Give an edge with its two ends and its statements as a JSON object."""
    relation = nodes.schema.relations.get(edge.relation)
    return {
        "subject": node_data(nodes.named(edge.subject)),
        "relation": {
            "name": edge.relation,
            "zh": relation.zh if relation else "",
            "en": relation.en if relation else "",
        },
        "object": node_data(nodes.named(edge.object)),
        "statements": [proof_data(proof) for proof in edge.proofs],
    }


def card_data(card: Card, nodes: Nodes) -> dict[str, Any]:
    """Give a card as a JSON object."""
    return {
        **node_data(card.node),
        "alt": [{"language": language, "text": text} for language, text in card.names],
        "attributes": {a.property: list(a.values) for a in card.attributes if a.values},
        "curated": {a.property: [proof_data(p) for p in a.proofs] for a in card.attributes if a.proofs},
        "out": [edge_data(edge, nodes) for edge in card.edges_out],
        "in": [edge_data(edge, nodes) for edge in card.edges_in],
        **({"proposed": [edge_data(edge, nodes) for edge in card.proposed]} if card.proposed else {}),
    }


# as text


def class_text(cls: str, nodes: Nodes, language: str = "") -> str:
    """Give a class's label in a language, in both unless one is given."""
    declared = nodes.schema.classes.get(cls)
    return term(declared.zh, declared.en, language) if declared else cls


def relation_text(relation: str, nodes: Nodes, language: str = "") -> str:
    """Give a relation's label in a language, in both unless one is given."""
    declared = nodes.schema.relations.get(relation)
    return term(declared.zh, declared.en, language) if declared else relation


def _word(english: str, language: str) -> str:
    """Give a word of the card in a language, in both unless one is given."""
    return term(messages()[english], english, language)


def _rule(name: str, language: str) -> str:
    """Say what a rule is; its name stands beside it, for whoever looks it up in `ontology/rules/`."""
    return f"{term(rule_label(name, 'zh'), rule_label(name, 'en'), language)} ({name})"


def proof_lines(proof: Proof, nodes: Nodes, language: str = "") -> Iterator[str]:
    """Write a statement: the quote and its place, or the rule and what it used, or the source and who says so.

    A proposal has a quote too; who proposes it stands before.
    """
    if proof.basis == "proposed":
        yield f"{term(*basis_words()[proof.basis], language)}: {proof.title} ({proof.note})"
    if proof.quotes:
        sentence, *headings = proof.quotes
        yield f"“{' '.join(sentence.exact.split())}”"
        above = f"  〔{' › '.join(quote.exact for quote in reversed(headings))}〕" if headings else ""
        sure = f", {say('recognised, confidence {confidence}', confidence=sentence.confidence)}" if sentence.confidence else ""
        said = f", {_word('in words', language)}: {proof.wording}" if proof.wording else ""
        yield f"  — {sentence.title}, {sentence.start}–{sentence.end}{said}{sure}{above}"
        return
    yield f"{term(*basis_words().get(proof.basis, (proof.basis, '')), language)}: {_rule(proof.rule, language)}"
    for iri in proof.derived_from:
        used = nodes.edge_of(iri)
        if used:
            ends = nodes.named(used.subject).label, nodes.named(used.object).label
            yield f"  ← {ends[0]} —{relation_text(used.relation, nodes, language)}→ {ends[1]}"
    if proof.source or proof.title:
        yield f"  — {', '.join(part for part in (proof.title, proof.date, term(*status_words(proof.status), language), proof.source) if part)}"
    if proof.note:
        yield f"  {proof.note}"


def proofs_lines(proofs: Sequence[Proof], nodes: Nodes, most: int = MOST, language: str = "") -> Iterator[str]:
    """Write the statements of one edge, the first few in full."""
    for proof in proofs[:most]:
        yield from proof_lines(proof, nodes, language)
    if len(proofs) > most:
        yield say("… {count} more; --format json gives all", count=len(proofs) - most)


def _value_words(value: str, language: str) -> str:
    """Give a value as people read it: a term of the ontology or of its concepts by its label."""
    words = value_words(value)
    return value if words == (value, value) else term(*words, language)


def card_lines(card: Card, nodes: Nodes, language: str = "") -> Iterator[tuple[str, str]]:
    """Write a card line by line as (style, text); style is `title`, `head`, `edge`, `quote` or empty.

    language says in which one the words of the ontology stand, in both unless given; nodes bear all their names.
    """
    node = card.node
    yield "title", f"{term(node.zh, node.en)}    {class_text(node.cls, nodes, language)}"
    yield "quote", node.iri
    if card.names:
        yield "", f"{_word('also known as', language)}: {'、'.join(text for _, text in card.names)}"
    for attribute in card.attributes:
        name = term(*attribute_words(attribute.property)[:2], language)
        if attribute.values:
            yield "", f"{name}: {'、'.join(_value_words(value, language) for value in attribute.values)}"
        for line in proofs_lines(attribute.proofs, nodes, language=language):
            yield "quote", f"    {line}"
    leaving = tuple(edge for edge in card.proposed if edge.subject == node.iri)
    arriving = tuple(edge for edge in card.proposed if edge.subject != node.iri)
    sides = (
        ("out", card.edges_out, "→"), ("in", card.edges_in, "←"),
        ("proposed by other tools", leaving, "→"), ("proposed by other tools", arriving, "←"),
    )  # fmt: skip
    for heading, edges, arrow in sides:
        if not edges and heading not in ("out", "in"):
            continue
        yield "head", f"\n{_word(heading, language)} ({len(edges)})"
        for edge in edges:
            other = nodes.named(edge.object if arrow == "→" else edge.subject)
            name = f"{term(other.zh, other.en) or other.iri}  [{class_text(other.cls, nodes, language)}]"
            yield "edge", f"  {relation_text(edge.relation, nodes, language)} {arrow} {name}"
            for line in proofs_lines(edge.proofs, nodes, language=language):
                yield "quote", f"      {line}"
