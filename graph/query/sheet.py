"""An answer as a sheet for people: columns called by words, cells with labels, and for what belongs to a plan the plan's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from ..core.namespaces import PREFIXES
from ..text.amounts import COMPARATORS
from .library import column_words
from .nodes import Nodes, Term
from .tables import drawn_columns, label_of, short

_XSD = PREFIXES["xsd"]
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "int", "long", "nonNegativeInteger", "double", "float", "gYear"))
_TRUTH = {"true": "是", "false": "否", "1": "是", "0": "否"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what a reader sees, the IRI behind it, the name of the plan that it belongs to, and the value where it is a number or a date.

    Each is empty or none where there is none.
    """

    text: str
    iri: str = ""
    plan: str = ""
    value: Decimal | date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer's columns, each as (variable, Chinese, English), and its rows."""

    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def filled(self) -> Sheet:
        """The sheet without the columns in which no row says anything; whole where there are no rows."""
        kept = [place for place in range(len(self.columns)) if any(row[place].text for row in self.rows)]
        if not kept:
            return self
        return Sheet(tuple(self.columns[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in self.rows))


def _value(term: ox.Literal) -> Decimal | date | None:
    try:
        if term.datatype.value in _NUMBERS:
            return Decimal(term.value)
        if term.datatype.value == _XSD + "date":
            return date.fromisoformat(term.value)
    except (InvalidOperation, ValueError):
        return None
    return None


class _Reader:
    """Reads cells, each resource looked up once."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._labels: dict[str, str] = {}
        self._several = len(nodes.plans) > 1

    def label(self, iri: str) -> str:
        if iri not in self._labels:
            self._labels[iri] = label_of(iri, self._nodes) or short(iri, self._nodes.base)
        return self._labels[iri]

    def plan(self, iri: str, row: set[str]) -> str:
        """Name the plan of a node, unless there is one plan only or the row has it in a cell of its own."""
        plan = self._nodes.plan_of(iri) if self._several else ""
        return self.label(plan) if plan and plan not in row else ""

    def cell(self, term: Term | None, given: str, row: set[str]) -> Cell:
        if isinstance(term, ox.NamedNode):
            return Cell(given or self.label(term.value), term.value, self.plan(term.value, row))
        if isinstance(term, ox.Literal):
            if term.datatype.value == _XSD + "boolean":
                return Cell(_TRUTH.get(term.value, term.value))
            return Cell(COMPARATORS.get(term.value, term.value), value=_value(term), language=term.language or "")
        return Cell("" if term is None else str(term))


def sheet_of(columns: list[str], table: Iterable[list[Term | None]], nodes: Nodes) -> Sheet:
    """Make a sheet of an answer; a column of labels (``?xLabel``) gives the words of its resources' column (``?x``)."""
    place = {name: number for number, name in enumerate(columns)}
    drawn = drawn_columns(columns)
    reader = _Reader(nodes)

    def cells(row: list[Term | None]) -> Iterable[Cell]:
        iris = {term.value for term in row if isinstance(term, ox.NamedNode)}
        for name in drawn:
            label = row[place[f"{name}Label"]] if f"{name}Label" in place else None
            yield reader.cell(row[place[name]], label.value if isinstance(label, ox.Literal) else "", iris)

    heads = tuple((name, *column_words(name.removesuffix("Label"))) for name in drawn)
    return Sheet(heads, tuple(tuple(cells(row)) for row in table))
