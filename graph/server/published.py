"""What the project publishes at IRIs of its own: ontology, SHACL shapes, concept schemes, JSON-LD context, each as this server has it.

`https://w3id.org/yangfan/ontology` is `/ontology` here; `ontology/w3id/.htaccess` leads the one to the other. Terms of the ontology are fragments of
its IRI, so that the page of the ontology shows them all (Best Practice Recipes for Publishing RDF Vocabularies, recipe 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ..core.namespaces import CONCEPTS_IRI, CONTEXT_IRI, ONTOLOGY, ONTOLOGY_IRI, SHAPES_IRI, YF
from ..core.schema import Class, Relation, load_schema
from ..query.nodes import named
from ..query.run import write_triples


@dataclass(frozen=True, slots=True)
class Publication:
    """A document at an IRI of its own: the path here, the IRI, the file, and what it is called in Chinese and English."""

    path: str
    iri: str
    file: Path
    zh: str
    en: str


PUBLISHED = {
    publication.path: publication
    for publication in (
        Publication("ontology", ONTOLOGY_IRI, ONTOLOGY / "yangfan.ttl", "本体", "Ontology"),
        Publication("shapes", SHAPES_IRI, ONTOLOGY / "shapes.ttl", "形状", "Shapes"),
        Publication("concepts", CONCEPTS_IRI, ONTOLOGY / "concepts.ttl", "概念体系", "Concept schemes"),
        Publication("context.jsonld", CONTEXT_IRI, ONTOLOGY / "context.jsonld", "JSON-LD 上下文", "JSON-LD context"),
    )
}


def written(publication: Publication, form: str) -> bytes:
    """Give a publication in an RDF format; Turtle is the file as it is kept, with its comments."""
    if form == "ttl":
        return publication.file.read_bytes()
    quads = ox.parse(path=publication.file, format=ox.RdfFormat.TURTLE)
    return write_triples([ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads], form)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the ontology for its page: what it is, and its definitions in Chinese and English."""

    term: Class | Relation
    zh: str
    en: str


@cache
def entries() -> tuple[list[Entry], list[Entry]]:
    """Give the classes and the relations of the ontology with their definitions, in its order."""
    said: dict[str, dict[str, str]] = {}
    for quad in ox.parse(path=ONTOLOGY / "yangfan.ttl", format=ox.RdfFormat.TURTLE):
        if quad.predicate == named("skos:definition") and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            said.setdefault(quad.subject.value.removeprefix(YF), {})[quad.object.language or ""] = quad.object.value
    schema = load_schema()

    def entry(term: Class | Relation) -> Entry:
        return Entry(term, said.get(term.name, {}).get("zh", ""), said.get(term.name, {}).get("en", ""))

    return [entry(term) for term in schema.classes.values()], [entry(term) for term in schema.relations.values()]


@cache
def ontology_version() -> str:
    """Give the ontology's version."""
    quads = ox.parse(path=ONTOLOGY / "yangfan.ttl", format=ox.RdfFormat.TURTLE)
    info = named("owl:versionInfo")
    return next(quad.object.value for quad in quads if quad.predicate == info and isinstance(quad.object, ox.Literal))
