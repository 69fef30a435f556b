"""What the vocabulary alone knows of a node, before any text is asked: names, notations, whose its translation is."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..core.iris import digest, node_iri
from ..core.kinds import kind_concept, kind_of, scheme
from ..core.model import Document, Iri, Mention, Value
from ..core.vocabulary import Vocabulary

TRANSLATION = {"own": Iri("yf:ownTranslation"), "official": Iri("yf:officialTranslation")}
_SCHEMES = {"Industry": "industries", "Technology": "technologies"}
Names = set[tuple[str, str]]
"""Names of a node: language and text; its label may be among them."""


def known_of(vocabulary: Vocabulary, mention: Mention, label: str, base: str) -> tuple[str, dict[str, Any], Names]:
    """Give what mention and vocabulary alone tell of a node: its English label ("" where it has none), attributes and names."""
    attrs: dict[str, Any] = {}
    names: Names = set()
    cls = mention.cls
    if cls == "Plan" and mention.number:
        attrs["dcterms:identifier"] = mention.number
    en, whose = vocabulary.english_label(cls, label)
    if en:
        attrs["yf:translation"] = TRANSLATION[whose]
    entry = vocabulary.entries.get((cls, label))
    if entry:
        names.update(("en", other) for other in entry.aliases_en)
        if cls == "Organization":
            # 工信部, 发改委: what everybody calls a body finds its node, whether a text says it or not.
            names.update(("zh", other) for other in entry.aliases)
        if entry.code:
            attrs["skos:notation"] = entry.code
        if entry.match:
            attrs["yf:industryCode"] = entry.match
        if cls in _SCHEMES:
            attrs["skos:inScheme"] = Iri(scheme("gbt4754" if entry.code else _SCHEMES[cls]))
    if cls in ("Plan", "CitedDocument") and (kind := kind_of(label)):
        attrs["dcterms:type"] = Iri(kind_concept(kind))
    if cls == "Industry" and vocabulary.knows("Technology", label):
        # 人工智能 as a priority is an industry and elsewhere a technology: one concept in two roles.
        attrs["skos:exactMatch"] = Iri(node_iri("Technology", vocabulary.canonical("Technology", label), base=base))
    return en, attrs, names


def _dated(text: str) -> Value:
    """Give a day as a date and a year as a number; what a copy calls its date and is neither stays a text."""
    if len(text) == 4 and text.isdecimal():
        return int(text)
    try:
        return date.fromisoformat(text) if len(text) == 10 else text
    except ValueError:
        return text


def known_of_document(vocabulary: Vocabulary, document: Document) -> tuple[str, str, dict[str, Value]]:
    """Give a source document's label, its English label ("" where it has none) and its attributes."""
    label = document.metadata.get("title") or document.name
    attrs: dict[str, Value] = {
        "dcterms:identifier": document.key,
        "yf:textHash": digest(document.text, 64),
    }
    for name, curie in (("author", "dcterms:creator"), ("format", "yf:format")):
        if document.metadata.get(name):
            attrs[curie] = document.metadata[name]
    if document.metadata.get("date"):
        attrs["dcterms:date"] = _dated(document.metadata["date"])
    if document.metadata.get("url"):
        attrs["dcterms:source"] = document.metadata["url"]
    if document.metadata.get("accessed"):
        attrs["yf:accessed"] = date.fromisoformat(document.metadata["accessed"])
    en, whose = vocabulary.english_label("SourceDocument", label)
    if en:
        attrs["yf:translation"] = TRANSLATION[whose]
    return label, en, attrs
