"""SHACL: records and files against `ontology/shapes.ttl`, by a library that compiles the shapes once and validates often."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..assembly.records import Records
from ..core.errors import VocabularyError
from ..core.namespaces import ONTOLOGY
from ..formats.ntriples import ntriples
from .findings import Finding

if TYPE_CHECKING:
    import shacl

CHECKED = ("turtle", "evidence")
"""The formats that the shapes are about, by name: together they hold the whole graph."""
_SHAPES = ONTOLOGY / "shapes.ttl"


@cache
def shapes() -> shacl.Shapes:
    """Give the shapes, compiled once a process.

    Raises `VocabularyError` for a file that is missing or no Turtle.
    """
    import shacl

    try:
        return shacl.Shapes.from_turtle(_SHAPES.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VocabularyError(f"cannot read the shapes: {error}", file=_SHAPES.name) from error


def validate(turtle: str) -> shacl.Report:
    """Validate Turtle, or N-Triples, which are Turtle (SHACL, 3)."""
    return shapes().validate_turtle(turtle)


def told(report: shacl.Report) -> list[Finding]:
    """Give the results of a report: the node, the path, what is wrong in both languages, and the value that is."""
    return [
        Finding(
            "shapes",
            " ".join(part for part in (f"{_plain(r.focus_node)}:", _plain(r.path), "; ".join(r.messages) or r.component, r.value_plain) if part),
        )
        for r in report.results
    ]


def _plain(term: str | None) -> str:
    """Give an IRI without its brackets.

    >>> _plain("<http://example.org/a>"), _plain(None)
    ('http://example.org/a', '')
    """
    return (term or "").removeprefix("<").removesuffix(">")


def check_shapes(records: Records, turtle: str = "") -> list[Finding]:
    """Validate records, or the Turtle that was made of them where it is at hand."""
    return told(validate(turtle or "".join(ntriples(records))))
