"""Labels of attributes and of inverse relations in both languages, for the page; the ontology holds those of `yf:`."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from .namespaces import ONTOLOGY, PREFIXES, YF, expand
from .schema import load_schema

# Attributes of other vocabularies that a node may carry: the ontology does not label what it does not own.
_REUSED = {
    "dcterms:identifier": ("文号或标识", "Identifier"),
    "dcterms:issued": ("发布日期", "Issued"),
    "dcterms:creator": ("作者", "Author"),
    "dcterms:date": ("日期", "Date"),
    "dcterms:source": ("来源", "Source"),
    "dcterms:title": ("标题", "Title"),
    "skos:notation": ("分类代码", "Classification code"),
    "skos:definition": ("定义", "Definition"),
    "skos:broader": ("上位概念", "Broader concept"),
    "skos:exactMatch": ("同一概念", "Same concept"),
    "skos:inScheme": ("所属概念体系", "In scheme"),
    "qudt:hasUnit": ("计量单位", "Unit"),
}


@cache
def _labels() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Give the labels of everything in the ontology by IRI and language, and the inverse of each relation."""
    label, inverse = PREFIXES["rdfs"] + "label", PREFIXES["owl"] + "inverseOf"
    labels: dict[str, dict[str, str]] = {}
    inverses: dict[str, str] = {}
    for triple in ox.parse(path=str(ONTOLOGY / "yangfan.ttl"), format=ox.RdfFormat.TURTLE):
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        if isinstance(triple.object, ox.Literal) and triple.predicate.value == label and triple.object.language:
            labels.setdefault(triple.subject.value, {})[triple.object.language] = triple.object.value
        elif isinstance(triple.object, ox.NamedNode) and triple.predicate.value == inverse:
            inverses[triple.subject.value] = triple.object.value
    return labels, inverses


def inverse_words() -> dict[str, tuple[str, str]]:
    """Give the Chinese and English labels of each relation read backwards, by the relation's local name."""
    labels, inverses = _labels()
    found = {}
    for relation, inverse in inverses.items():
        words = labels.get(inverse, {})
        found[relation.removeprefix(YF)] = (words.get("zh", ""), words.get("en", ""))
    return found


def attribute_words(curie: str) -> tuple[str, str, str]:
    """Give an attribute's Chinese and English label and its datatype's IRI ("" when the ontology names none)."""
    try:
        iri = expand(curie)
    except KeyError:
        return curie, curie, ""
    words = _labels()[0].get(iri, {})
    zh, en = _REUSED.get(curie, (curie, curie))
    return words.get("zh", zh), words.get("en", en), load_schema().datatypes.get(iri, "")
