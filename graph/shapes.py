"""SHACL Core over resources in memory: the shapes compiled to functions, once a process.

General validators take some 80 ms and 60 MB for a plan's four thousand triples; ten thousand plans are checked with this one.
It reads the same `ontology/shapes.ttl` and knows the components that stand there (Shapes Constraint Language, W3C 2017, 2 and 4);
a component that it does not know is an error when the shapes are read, never passed over. Classes are told by `rdf:type` alone:
exports hold every class of a node and no `rdfs:subClassOf`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache

from graph.errors import VocabularyError
from graph.namespaces import ONTOLOGY, PREFIXES
from graph.resources import Lexical, Resources, identity, read_resources

_SH, _RDF, _XSD = "http://www.w3.org/ns/shacl#", PREFIXES["rdf"], PREFIXES["xsd"]
_TYPE = _RDF + "type"
_LEXICAL = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)"),
    _XSD + "boolean": re.compile(r"true|false|1|0"),
    _XSD + "gYear": re.compile(r"-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?"),
    _XSD + "date": re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?"),
}
"""Which lexical forms are well-formed (4.1.2: an ill-formed literal has no datatype)."""
_ELSEWHERE = frozenset({"path", "message", "property", "targetClass", "targetSubjectsOf", "qualifiedMinCount", "qualifiedMaxCount"})


class Data:
    """The data graph with the indexes that targets and inverse paths need."""

    def __init__(self, parts: Iterable[Resources], indexed: frozenset[str]) -> None:
        self.resources: Resources = {}
        self.instances: dict[str, list[str]] = {}
        self.incoming: dict[str, dict[str, list[str]]] = {predicate: {} for predicate in indexed}
        self.subjects: dict[str, list[str]] = {predicate: [] for predicate in indexed}
        for part in parts:
            for subject, properties in part.items():
                known = self.resources.setdefault(subject, properties)
                if known is not properties:
                    self.resources[subject] = {p: known.get(p, []) + properties.get(p, []) for p in {**known, **properties}}
        for subject, properties in self.resources.items():
            for cls in dict.fromkeys(properties.get(_TYPE, ())):
                self.instances.setdefault(cls, []).append(subject)
            for predicate in indexed & properties.keys():
                self.subjects[predicate].append(subject)
                incoming = self.incoming[predicate]
                for value in properties[predicate]:
                    if not isinstance(value, Lexical):
                        incoming.setdefault(value, []).append(subject)

    def values(self, focus: str, predicate: str) -> Sequence[str]:
        """Give the values of a property; a literal has none."""
        return () if isinstance(focus, Lexical) else self.resources.get(focus, {}).get(predicate, ())


Test = Callable[[Data, str, Sequence[str]], bool]
"""Tells of a data graph, a focus node and its value nodes whether a constraint holds."""
Walk = Callable[[Data, str], Sequence[str]]
"""Gives the value nodes of a focus node."""


@dataclass(slots=True)
class Shape:
    """A node shape, whose value node is the focus node itself, or a property shape with its path."""

    walk: Walk
    path: str
    message: str
    tests: list[Test] = field(default_factory=list)
    parts: list[Shape] = field(default_factory=list)

    def conforms(self, data: Data, focus: str) -> bool:
        """Tell whether a node conforms."""
        values = self.walk(data, focus)
        for test in self.tests:
            if not test(data, focus, values):
                return False
        return all(part.conforms(data, value) for value in values for part in self.parts)

    def faults(self, data: Data, focus: str) -> Iterator[tuple[str, str, str]]:
        """Give focus node, path and message of what does not conform."""
        values = self.walk(data, focus)
        if not all(test(data, focus, values) for test in self.tests):
            yield focus, self.path, self.message
        for value in values:
            for part in self.parts:
                yield from part.faults(data, value)


def _count(values: Sequence[str]) -> int:
    return len(values) if len(values) < 2 else len(set(map(identity, values)))


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, Lexical) else None
    except InvalidOperation:
        return None


def _each(holds: Callable[[str], bool]) -> Test:
    return lambda data, focus, values: all(map(holds, values))


def _ordered(other: str, *, equal: bool) -> Test:
    def test(data: Data, focus: str, values: Sequence[str]) -> bool:
        pairs = [(_number(value), _number(bound)) for value in values for bound in data.values(focus, other)]
        return all(a is not None and b is not None and (a < b or (equal and a == b)) for a, b in pairs)

    return test


def _typed(datatype: str) -> Test:
    form = _LEXICAL.get(datatype)

    def test(data: Data, focus: str, values: Sequence[str]) -> bool:
        return all(isinstance(v, Lexical) and v.datatype == datatype and (not form or form.fullmatch(v)) for v in values)

    return test


def _of_class(cls: str) -> Test:
    def test(data: Data, focus: str, values: Sequence[str]) -> bool:
        return all(cls in data.values(value, _TYPE) for value in values)

    return test


def _unique_languages(data: Data, focus: str, values: Sequence[str]) -> bool:
    tags = [value.language for value in values if isinstance(value, Lexical) and value.language]
    return len(tags) == len(set(tags))


class _Reader:
    """Compiles shapes out of a shapes graph."""

    def __init__(self, graph: Resources) -> None:
        self._graph = graph
        self.indexed: set[str] = set()
        """Properties whose subjects or inverse are asked for."""

    def _one(self, node: str, name: str, otherwise: str = "") -> str:
        return next(iter(self._graph[node].get(_SH + name, ())), otherwise)

    def _list(self, node: str) -> list[str]:
        found = []
        while node != _RDF + "nil":
            found += self._graph[node][_RDF + "first"]
            (node,) = self._graph[node][_RDF + "rest"]
        return found

    def shape(self, node: str) -> Shape:
        """Compile a shape."""
        told = self._graph[node]
        message = next((m for m in told.get(_SH + "message", ()) if isinstance(m, Lexical) and m.language == "en"), "")
        paths = told.get(_SH + "path")
        shape = Shape(self._path(paths[0]) if paths else lambda data, focus: (focus,), self._name(paths), message)
        for predicate, values in told.items():
            name = predicate.removeprefix(_SH)
            if predicate.startswith(_SH) and name not in _ELSEWHERE:
                shape.tests += (self._test(node, name, value) for value in values)
        shape.parts += (self.shape(part) for part in told.get(_SH + "property", ()))
        return shape

    def _name(self, paths: Sequence[str] | None) -> str:
        return paths[0] if paths and not paths[0].startswith("_:") else ""

    def _path(self, path: str) -> Walk:
        told = self._graph.get(path, {})
        if _SH + "inversePath" in told:
            (predicate,) = told[_SH + "inversePath"]
            self.indexed.add(predicate)
            return lambda data, focus: data.incoming[predicate].get(focus, ())
        if _SH + "alternativePath" in told:
            walks = [self._path(each) for each in self._list(told[_SH + "alternativePath"][0])]
            return lambda data, focus: [value for walk in walks for value in walk(data, focus)]
        if path.startswith("_:"):
            raise VocabularyError(f"a path that is not known: {', '.join(told)}", file="shapes.ttl")
        return lambda data, focus: data.values(focus, path)

    def _test(self, node: str, name: str, value: str) -> Test:
        """Compile a constraint component (4.1 to 4.8)."""
        if name in ("minCount", "maxCount"):
            number = int(value)
            if name == "minCount":
                return lambda data, focus, values: len(values) >= number and (number < 2 or _count(values) >= number)
            return lambda data, focus, values: len(values) <= number or _count(values) <= number
        if name == "nodeKind":
            kinds = {"IRI": (True, False), "IRIOrLiteral": (True, True), "Literal": (False, True)}[value.removeprefix(_SH)]
            iri, literal = kinds
            return _each(lambda v: literal if isinstance(v, Lexical) else iri and not v.startswith("_:"))
        if name == "minLength":
            least = int(value)
            return _each(lambda v: len(v) >= least and not v.startswith("_:"))
        if name == "pattern":
            pattern = re.compile(value)
            return _each(lambda v: bool(pattern.search(v)))
        if name == "minInclusive":
            bound = Decimal(value)
            return _each(lambda v: (n := _number(v)) is not None and n >= bound)
        if name == "languageIn":
            tags = tuple(tag.lower() for tag in self._list(value))
            return _each(lambda v: isinstance(v, Lexical) and any(f"{v.language.lower()}-".startswith(f"{tag}-") for tag in tags))
        if name == "in":
            allowed = set(map(identity, self._list(value)))
            return _each(lambda v: identity(v) in allowed)
        if name == "hasValue":
            wanted = identity(value)
            return lambda data, focus, values: any(identity(v) == wanted for v in values)
        if name in ("equals", "disjoint"):
            return self._sets(value, same=name == "equals")
        if name in ("or", "xone", "not"):
            return self._logical(name, [value] if name == "not" else self._list(value))
        if name == "qualifiedValueShape":
            return self._qualified(node, self.shape(value))
        if name in ("lessThan", "lessThanOrEquals"):
            return _ordered(value, equal=name == "lessThanOrEquals")
        if name == "uniqueLang":
            return _unique_languages
        plain = {"class": _of_class, "datatype": _typed}
        if name not in plain:
            raise VocabularyError(f"a constraint that is not known: sh:{name}", file="shapes.ttl")
        return plain[name](value)

    def _sets(self, other: str, *, same: bool) -> Test:
        def test(data: Data, focus: str, values: Sequence[str]) -> bool:
            mine, theirs = set(map(identity, values)), set(map(identity, data.values(focus, other)))
            return mine == theirs if same else mine.isdisjoint(theirs)

        return test

    def _logical(self, name: str, nodes: list[str]) -> Test:
        shapes = [self.shape(node) for node in nodes]
        if name == "or":
            return lambda data, focus, values: all(any(shape.conforms(data, v) for shape in shapes) for v in values)
        wanted = 1 if name == "xone" else 0
        return lambda data, focus, values: all(sum(shape.conforms(data, v) for shape in shapes) == wanted for v in values)

    def _qualified(self, node: str, shape: Shape) -> Test:
        least, most = int(self._one(node, "qualifiedMinCount", "0")), int(self._one(node, "qualifiedMaxCount", "-1"))

        def test(data: Data, focus: str, values: Sequence[str]) -> bool:
            found = _count([value for value in values if shape.conforms(data, value)])
            return found >= least and (most < 0 or found <= most)

        return test


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes with their targets: classes, and properties whose subjects are meant."""

    targeted: tuple[tuple[Shape, tuple[str, ...], tuple[str, ...]], ...]
    indexed: frozenset[str]

    def faults(self, *parts: Resources) -> Iterator[tuple[str, str, str]]:
        """Validate a data graph that comes in parts; give focus node, path and message of what does not conform."""
        data = Data(parts, self.indexed)
        for shape, classes, properties in self.targeted:
            nodes = [node for cls in classes for node in data.instances.get(cls, ())]
            nodes += (node for predicate in properties for node in data.subjects[predicate])
            for node in dict.fromkeys(nodes) if len(classes) + len(properties) > 1 else nodes:
                if not shape.conforms(data, node):
                    yield from shape.faults(data, node)


def compiled(turtle: bytes) -> Shapes:
    """Compile a shapes graph.

    Raises `VocabularyError` for a part of SHACL that is not known here.
    """
    graph = read_resources(turtle)
    reader = _Reader(graph)
    targeted = []
    for node, told in graph.items():
        classes, properties = (tuple(told.get(_SH + target, ())) for target in ("targetClass", "targetSubjectsOf"))
        if classes or properties:
            targeted.append((reader.shape(node), classes, properties))
            reader.indexed.update(properties)
    return Shapes(tuple(targeted), frozenset(reader.indexed))


@cache
def load_shapes() -> Shapes:
    """Compile `ontology/shapes.ttl`."""
    return compiled((ONTOLOGY / "shapes.ttl").read_bytes())
