"""The concept schemes of the vocabulary's tables in SKOS: industries by GB/T 4754, those that policy names, technologies, kinds of documents.

    python -m yangfan.formats.concepts     write `ontology/concepts.ttl`

A concept has the IRI that the node of that name has in every graph, so that what a graph says of 智慧医疗 and where it stands in the
classification come together. A policy industry is matched with a class of another scheme and is not below it (SKOS, 10.6.3): broader where
all of it falls under the class, related where it draws on several.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.iris import node_iri
from ..core.kinds import document_kinds, kind_concept, scheme
from ..core.labels import in_both
from ..core.namespaces import CONCEPTS_IRI, LICENCE, ONTOLOGY, ONTOLOGY_IRI, PREFIXES, YF
from ..core.vocabulary import Entry, Vocabulary, load_vocabulary
from .rdf import Block, Literal, Properties, Term, term
from .turtle import Shortener, format_blocks, head

FILE = ONTOLOGY / "concepts.ttl"
_TITLE = "Concept schemes of the Yangfan vocabulary. Written by `python -m yangfan.formats.concepts` from ontology/vocabulary; do not edit."
_SCHEMES = ("gbt4754", "industries", "technologies", "documents")
_CONCEPT = term("skos:Concept")


class _Scheme:
    """Collects the concepts of one scheme, so that each side of a relation can be said."""

    def __init__(self, name: str) -> None:
        self.iri = term(scheme(name))
        self._title = in_both(f"concepts.{name}")
        self._concepts: dict[str, Properties] = {}
        self._above: dict[str, str] = {}

    def add(self, iri: str, names: Properties, above: str = "") -> None:
        """Take a concept with its names and notations, below another of the scheme or at the top."""
        self._concepts[iri] = names
        self._above[iri] = above

    def blocks(self) -> Iterator[Block]:
        """Describe the scheme, then each of its concepts."""
        below: dict[str, list[str]] = {}
        for iri, above in self._above.items():
            below.setdefault(above, []).append(iri)
        title = tuple(Literal(text, language) for language, text in self._title)
        told = ((term("rdf:type"), (term("skos:ConceptScheme"),)), (term("skos:prefLabel"), title), (term("rdfs:label"), title))
        yield Block(self.iri, (*told, (term("rdfs:isDefinedBy"), (CONCEPTS_IRI,)), (term("skos:hasTopConcept"), tuple(below.get("", ())))))
        for iri, properties in self._concepts.items():
            above = self._above[iri]
            place = (term("skos:broader"), (above,)) if above else (term("skos:topConceptOf"), (self.iri,))
            narrower = ((term("skos:narrower"), tuple(below[iri])),) if iri in below else ()
            yield Block(iri, (*properties[:1], (term("skos:inScheme"), (self.iri,)), *properties[1:], place, *narrower))


def _named(cls: str, zh: str, en: str, aliases: tuple[str, ...] = ()) -> Properties:
    labels: tuple[Term, ...] = (Literal(zh, "zh"), *((Literal(en, "en"),) if en else ()))
    types = (_CONCEPT, YF + cls) if cls else (_CONCEPT,)
    found: Properties = [(term("rdf:type"), types), (term("skos:prefLabel"), labels)]
    if aliases:
        found.append((term("skos:altLabel"), tuple(Literal(alias, "zh") for alias in aliases)))
    return found


def _industry(entry: Entry, codes: dict[str, str]) -> Properties:
    names = _named("Industry", entry.label, entry.en, entry.aliases)
    if entry.code:
        # A section and its only division of the same name are one concept with both codes.
        names.append((term("skos:notation"), tuple(map(Literal, (entry.code, *entry.match)))))
        return names
    # Of one class it is a part; on several it draws.
    found = tuple(codes[code] for code in entry.match)
    return [*names, (term("skos:broadMatch" if len(found) == 1 else "skos:relatedMatch"), found)] if found else names


def schemes(vocabulary: Vocabulary) -> list[_Scheme]:
    """Make the schemes of the tables."""
    made = {name: _Scheme(name) for name in _SCHEMES}
    industries = {label: entry for (cls, label), entry in vocabulary.entries.items() if cls == "Industry"}
    codes = codes_of(vocabulary)
    for label, entry in industries.items():
        # A class of policy may stand below one of the classification: that is a match, not a place in its own scheme.
        own = [above for above in entry.broader if above in industries and bool(industries[above].code) == bool(entry.code)]
        above = node_iri("Industry", own[0]) if own else ""
        made["gbt4754" if entry.code else "industries"].add(node_iri("Industry", label), _industry(entry, codes), above)
    for (cls, label), entry in vocabulary.entries.items():
        if cls == "Technology":
            made["technologies"].add(node_iri(cls, label), _named(cls, label, entry.en, entry.aliases))
    for kind in document_kinds().values():
        made["documents"].add(term(kind_concept(kind.zh)), _named("", kind.zh, kind.en), term(kind_concept(kind.broader)) if kind.broader else "")
    return list(made.values())


def codes_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the IRIs of the classes of GB/T 4754 by their codes; a section and its only division of the same name are one."""
    found: dict[str, str] = {}
    for (cls, label), entry in vocabulary.entries.items():
        if cls == "Industry" and entry.code:
            iri = node_iri(cls, label)
            found[entry.code] = iri
            for code in entry.match:
                found.setdefault(code, iri)
    return found


def concepts_turtle() -> str:
    """Write all schemes as Turtle."""
    names = Shortener({**PREFIXES, "industry": node_iri("Industry", "x")[:-1], "technology": node_iri("Technology", "x")[:-1]})
    titles = tuple(Literal(text, language) for language, text in in_both("concepts.title"))
    described = Block(
        CONCEPTS_IRI,
        ((term("dcterms:title"), titles), (term("dcterms:license"), (LICENCE,)), (term("rdfs:seeAlso"), (ONTOLOGY_IRI,))),
    )
    texts = [format_blocks([described], names), *(format_blocks(made.blocks(), names) for made in schemes(load_vocabulary()))]
    body = "\n".join(texts)
    return f"{head(_TITLE, names.used, names.prefixes)}\n{body}"


if __name__ == "__main__":
    FILE.write_text(concepts_turtle(), encoding="utf-8")
