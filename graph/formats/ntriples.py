"""N-Triples (RDF 1.1 N-Triples, 2): what a validator reads fastest, a triple a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ..assembly.records import Records
from .rdf import Block, Term, graph_blocks

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_SPECIAL = re.compile(r'[\\"\n\r]')
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri(iri: str) -> str:
    """Write an IRI; what may not stand in one is escaped, though our own never hold it.

    >>> iri("http://example.org/a b")
    '<http://example.org/a%20b>'
    """
    return f"<{_UNSAFE.sub(lambda m: f'%{ord(m[0]):02X}', iri) if _UNSAFE.search(iri) else iri}>"


class Iris(dict[str, str]):
    """IRIs as they are written, each made when it is first asked for: those of one plan are asked for again and again."""

    def __missing__(self, told: str) -> str:
        """Write an IRI."""
        made = self[told] = iri(told)
        return made


class EncodedIris(dict[str, bytes]):
    """The same in UTF-8."""

    def __init__(self, iris: Iris) -> None:
        super().__init__()
        self._iris = iris

    def __missing__(self, told: str) -> bytes:
        """Write an IRI."""
        made = self[told] = self._iris[told].encode("utf-8")
        return made


def escaped(text: str) -> str:
    """Write what stands between the quotes of a literal."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text) if _SPECIAL.search(text) else text


def term(term: Term, written: Callable[[str], str] = iri) -> str:
    """Write a resource (by what is given to write IRIs) or a literal."""
    if isinstance(term, str):
        return written(term)
    text, language, datatype = term
    text = escaped(text)
    return f'"{text}"@{language}' if language else f'"{text}"^^<{datatype}>' if datatype else f'"{text}"'


def quad_lines(blocks: Iterable[Block], graph: str = "", written: Callable[[str], str] = iri) -> Iterator[str]:
    """Write blocks as triples, or as quads of a named graph where one is named (RDF 1.1 N-Quads, 2); written writes their IRIs."""
    end = f" {iri(graph)} .\n" if graph else " .\n"
    for block in blocks:
        subject = written(block.subject)
        for predicate, objects in block.properties:
            start = f"{subject} <{predicate}> "
            for object_ in objects:
                yield f"{start}{term(object_, written)}{end}"


def ntriples(records: Records) -> Iterator[str]:
    """Write every node, statement and passage of a graph, a triple a line."""
    return quad_lines(graph_blocks(records))
