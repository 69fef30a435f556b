"""JSON-LD 1.1 with the published context of `ontology/context.jsonld`; it expands to the triples of the Turtle."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from ..assembly.records import Records
from ..core.errors import VocabularyError
from ..core.namespaces import ONTOLOGY, PREFIXES, YF
from .rdf import Block, Literal, Term, graph_blocks
from .text import Text, between

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


_encoded = json.JSONEncoder(ensure_ascii=False).encode


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
        self._by_namespace = {namespace: prefix for prefix, namespace in reversed(self._prefixes.items())}

    def _expand(self, curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return self._prefixes.get(prefix, prefix + ":") + local

    def iri(self, iri: str, *, vocab: bool = False) -> str:
        """Write an IRI: as a term where the context takes the value for one, else as a CURIE or in full."""
        if vocab and iri in self._names:
            return self._names[iri]
        if vocab and iri.startswith(YF) and self._terms.get(iri):
            return self._terms[iri][0]
        cut = (iri.find("#", iri.rfind("/")) if "#" in iri else iri.rfind("/")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix and cut < len(iri) else iri

    def _value(self, term: Term, definition: dict[str, str]) -> Any:
        coercion = definition.get("@type", "")
        if isinstance(term, str):
            if coercion in ("@id", "@vocab"):
                return self.iri(term, vocab=coercion == "@vocab")
            return {"@id": self.iri(term)}
        text, language, datatype = term
        if language:
            return {"@value": text, "@language": language}
        if datatype and coercion and self._expand(coercion) == datatype:
            return text
        if datatype:
            return {"@value": text, "@type": self.iri(datatype)}
        return text if not coercion else {"@value": text}

    def property(self, predicate: str, objects: Collection[Term]) -> tuple[str, Any]:
        """Write one property with its values."""
        if predicate == _TYPE:
            names = [self.iri(o, vocab=True) for o in objects if isinstance(o, str)]
            return "type", names[0] if len(names) == 1 else names
        name, definition = self._terms.get(predicate, ("", {}))
        if definition.get("@container") == "@language":
            tagged = [o for o in objects if isinstance(o, Literal) and o.language]
            if len(tagged) == len(objects):
                by_language: dict[str, list[str]] = {}
                for text, language, _ in tagged:
                    by_language.setdefault(language, []).append(text)
                return name, {tag: texts[0] if len(texts) == 1 else texts for tag, texts in by_language.items()}
        values = [self._value(o, definition) for o in objects]
        return name or self.iri(predicate), values[0] if len(values) == 1 else values

    def node(self, block: Block) -> dict[str, Any]:
        """Write one resource."""
        result: dict[str, Any] = {"id": block.subject}
        for predicate, objects in block.properties:
            key, value = self.property(predicate, objects)
            result[key] = value
        return result

    def line(self, block: Block) -> str:
        """Write one resource as JSON on a line."""
        return _encoded(self.node(block))


def jsonld_file(records: Records) -> Text:
    """Write `graph.jsonld`: one document, the context inside, one resource a line.

    One resource a line keeps the file readable and its differences small.
    """
    return Text(_lines(records))


def _lines(records: Records) -> Iterator[str]:
    short = Compactor(load_context())
    yield f'{{"@context": {json.dumps(load_context(), ensure_ascii=False)},\n"@graph": [\n'
    yield from between(",\n", map(short.line, graph_blocks(records)))
    yield "\n]}\n"
