"""The ontology as the program needs it: classes with their scope, relations with domain and range, datatypes.

`ontology/yangfan.ttl` is the only place where these are written down; this module reads them from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from .errors import VocabularyError
from .namespaces import ONTOLOGY, PREFIXES, YF

_OWL, _RDF, _RDFS, _SKOS = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "skos"))
_SCHEMA = PREFIXES["schema"]


@dataclass(frozen=True, slots=True)
class Class:
    """A class: its local name, labels, what its IRIs hang on (`shared`, `plan`, `document`, `edge`), its ancestors.

    colour, mark and block say how pictures show its members: the name of a hue, the shape of the mark (an outline where
    "hollow" follows), the block they stand in (the class's own name where the ontology gives none); folded, whether they start folded.
    """

    name: str
    zh: str
    en: str
    scope: str
    ancestors: frozenset[str]
    rank: int
    colour: str = "slate"
    mark: str = "circle hollow"
    block: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between nodes: local name, labels, the classes it may join, the relations it specialises.

    always tells whether every annotated document holds it, so that evaluation scores it in each; scored_as is its name there.
    inverse is the local name of the same relation read backwards.
    """

    name: str
    zh: str
    en: str
    domain: frozenset[str]
    range: frozenset[str]
    ancestors: frozenset[str]
    rank: int
    always: bool = False
    scored_as: str = ""
    inverse: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """Classes and relations by local name, datatypes of data properties by full IRI (in the order of the file)."""

    classes: dict[str, Class]
    relations: dict[str, Relation]
    datatypes: dict[str, str]

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Tell whether `cls` is `ancestor` or a subclass of it."""
        return cls == ancestor or ancestor in self.classes[cls].ancestors

    def allows(self, subject_class: str, relation: str, object_class: str) -> bool:
        """Tell whether the relation may join these classes; a side without a declared class takes any."""
        rel = self.relations[relation]
        subject, object_ = self.classes[subject_class], self.classes[object_class]
        return (not rel.domain or subject_class in rel.domain or not rel.domain.isdisjoint(subject.ancestors)) and (
            not rel.range or object_class in rel.range or not rel.range.isdisjoint(object_.ancestors)
        )


def _closure(direct: dict[str, list[str]], name: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(direct.get(name, ()))
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting.extend(direct.get(parent, ()))
    return frozenset(found)


@cache
def load_schema(path: Path = ONTOLOGY / "yangfan.ttl") -> Schema:
    """Read classes, relations and datatypes from the ontology.

    Raises `VocabularyError` when the file is missing or is no Turtle.
    """
    properties: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    try:
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, (ox.NamedNode, ox.Literal)):
                values = properties.setdefault(triple.subject.value, {})
                values.setdefault(triple.predicate.value, []).append(triple.object)
    except (OSError, SyntaxError) as error:
        raise VocabularyError(f"cannot read the ontology: {error}", file=path.name) from error

    def texts(subject: str, predicate: str) -> list[str]:
        return [term.value for term in properties[subject].get(predicate, ())]

    def label(subject: str, language: str) -> str:
        terms = properties[subject].get(_RDFS + "label", ())
        return next((t.value for t in terms if isinstance(t, ox.Literal) and t.language == language), "")

    def local(iris: list[str]) -> list[str]:
        return [iri.removeprefix(YF) for iri in iris if iri.startswith(YF)]

    kinds = {s: set(texts(s, _RDF + "type")) for s in properties if s.startswith(YF)}
    classes = [s for s, kind in kinds.items() if _OWL + "Class" in kind]
    relations = [s for s in kinds if texts(s, YF + "usage") == ["relation"]]
    above_class = {s.removeprefix(YF): local(texts(s, _RDFS + "subClassOf")) for s in classes}
    above_relation = {s.removeprefix(YF): local(texts(s, _RDFS + "subPropertyOf")) for s in relations}
    return Schema(
        classes={
            (name := iri.removeprefix(YF)): Class(
                name,
                label(iri, "zh"),
                label(iri, "en"),
                next(iter(texts(iri, YF + "scope")), "shared"),
                _closure(above_class, name),
                rank,
                next(iter(texts(iri, YF + "colour")), "slate"),
                next(iter(texts(iri, YF + "mark")), "circle hollow"),
                next(iter(texts(iri, YF + "block")), name),
                texts(iri, YF + "folded") == ["true"],
            )
            for rank, iri in enumerate(classes)
        },
        relations={
            (name := iri.removeprefix(YF)): Relation(
                name,
                label(iri, "zh"),
                label(iri, "en"),
                frozenset(local(texts(iri, _SCHEMA + "domainIncludes"))),
                frozenset(local(texts(iri, _SCHEMA + "rangeIncludes"))),
                _closure(above_relation, name),
                rank,
                texts(iri, YF + "scored") == ["always"],
                next(iter(texts(iri, YF + "scoredAs")), name),
                next(iter(local(texts(iri, _OWL + "inverseOf"))), ""),
            )
            for rank, iri in enumerate(relations)
        },
        datatypes={
            s: ranges[0]
            for s, kind in kinds.items()
            # Days and years are annotations in OWL, which has no datatype for them.
            if kind & {_OWL + "DatatypeProperty", _OWL + "AnnotationProperty"} and (ranges := texts(s, _RDFS + "range"))
        },
    )
