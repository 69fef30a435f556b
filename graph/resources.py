"""Turtle as plain dictionaries: what checks need to look at, without a store."""

from __future__ import annotations

import pyoxigraph as ox

Resources = dict[str, dict[str, list[str]]]
"""Resource → property → values. An IRI is a plain string, a blank node one that begins with `_:`, a literal is `Lexical`."""


class Lexical(str):
    """The lexical form of a literal with its datatype and, where it has one, its language tag (RDF 1.1 Concepts, 3.3).

    It compares as the bare text; `identity` tells it from an IRI and from literals of another datatype.
    """

    __slots__ = ("datatype", "language")

    datatype: str
    language: str


def identity(value: str) -> object:
    """Give what two values have in common exactly when they are the same term."""
    return (str(value), value.datatype, value.language) if isinstance(value, Lexical) else value


def read_resources(data: bytes) -> Resources:
    """Read Turtle, resources and their values in the order of the text.

    Raises `SyntaxError` for broken Turtle.
    """
    resources: Resources = {}
    last, properties = None, {}
    for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
        subject, object_ = triple.subject, triple.object
        if subject != last:
            name = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
            last, properties = subject, resources.setdefault(name, {})
        value: str
        if isinstance(object_, ox.NamedNode):
            value = object_.value
        elif isinstance(object_, ox.Literal):
            value = Lexical(object_.value)
            value.datatype, value.language = object_.datatype.value, object_.language or ""
        else:
            value = str(object_)
        predicate = triple.predicate.value
        if predicate in properties:
            properties[predicate].append(value)
        else:
            properties[predicate] = [value]
    return resources
