"""JSON-LD 1.1 with the published context of `ontology/context.jsonld`; it expands to the triples of the Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from rdflib import Literal, URIRef

from graph.errors import VocabularyError
from graph.namespaces import ONTOLOGY, PREFIXES, YF
from graph.rdf import Block, Term

_TYPE = PREFIXES["rdf"] + "type"


@cache
def load_context() -> dict[str, Any]:
    """Read the published context.

    Raises `VocabularyError` when it is missing or no JSON.
    """
    path = ONTOLOGY / "context.jsonld"
    try:
        context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError) as error:
        raise VocabularyError(f"cannot read the JSON-LD context: {error}", file=path.name) from error
    assert isinstance(context, dict)
    return context


class Compactor:
    """Writes terms the short way that the context allows, and in full where it does not."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._terms: dict[str, tuple[str, dict[str, str]]] = {}
        self._names: dict[str, str] = {}
        self._prefixes = {k: v for k, v in context.items() if isinstance(v, str) and v.endswith(("#", "/"))}
        for name, definition in context.items():
            if isinstance(definition, dict):
                self._terms[self._expand(definition["@id"])] = (name, definition)
            elif isinstance(definition, str) and definition[0] != "@" and name not in self._prefixes:
                self._names[self._expand(definition)] = name

    def _expand(self, curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return self._prefixes.get(prefix, prefix + ":") + local

    def iri(self, iri: str, *, vocab: bool = False) -> str:
        """Write an IRI: as a term where the context takes the value for one, else as a CURIE or in full."""
        if vocab and iri in self._names:
            return self._names[iri]
        if vocab and iri.startswith(YF) and self._terms.get(iri):
            return self._terms[iri][0]
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and "/" not in iri[len(namespace) :] and len(iri) > len(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def _value(self, term: Term, definition: dict[str, str]) -> Any:
        coercion = definition.get("@type", "")
        if isinstance(term, URIRef):
            if coercion in ("@id", "@vocab"):
                return self.iri(str(term), vocab=coercion == "@vocab")
            return {"@id": self.iri(str(term))}
        if term.language:
            return {"@value": str(term), "@language": term.language}
        datatype = str(term.datatype) if term.datatype else ""
        if datatype and coercion and self._expand(coercion) == datatype:
            return str(term)
        if datatype:
            return {"@value": str(term), "@type": self.iri(datatype)}
        return str(term) if not coercion else {"@value": str(term)}

    def property(self, predicate: str, objects: tuple[Term, ...]) -> tuple[str, Any]:
        """Write one property with its values."""
        if predicate == _TYPE:
            names = [self.iri(str(o), vocab=True) for o in objects]
            return "type", names[0] if len(names) == 1 else names
        name, definition = self._terms.get(predicate, ("", {}))
        if definition.get("@container") == "@language" and all(isinstance(o, Literal) and o.language for o in objects):
            by_language: dict[str, list[str]] = {}
            for object_ in objects:
                by_language.setdefault(getattr(object_, "language", "") or "", []).append(str(object_))
            return name, {tag: texts[0] if len(texts) == 1 else texts for tag, texts in by_language.items()}
        values = [self._value(o, definition) for o in objects]
        return name or self.iri(predicate), values[0] if len(values) == 1 else values

    def node(self, block: Block) -> dict[str, Any]:
        """Write one resource."""
        result: dict[str, Any] = {"id": str(block.subject)}
        for predicate, objects in block.properties:
            key, value = self.property(str(predicate), objects)
            result[key] = value
        return result


def jsonld(blocks: Iterable[Block]) -> str:
    """Write blocks as one JSON-LD document, the context inside, one resource a line.

    One resource a line keeps the file readable and its differences small.
    """
    short = compactor()
    lines = ",\n".join(json.dumps(short.node(block), ensure_ascii=False) for block in blocks)
    return f"{head()}{lines}{TAIL}"


def compactor() -> Compactor:
    """Give a writer of resources under the published context."""
    return Compactor(load_context())


def head() -> str:
    """Write the beginning of a document, the context inside, up to its resources."""
    return f'{{"@context": {json.dumps(load_context(), ensure_ascii=False)},\n"@graph": [\n'


TAIL = "\n]}\n"
