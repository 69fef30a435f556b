"""An answer as a table that Python can hold: named columns, rows of plain values, the labels of what IRIs stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..core.errors import MissingLibrary
from ..formats.load import value_of
from .nodes import Nodes, Term
from .run import Result, rows
from .tables import drawn_columns, label_of, short

if TYPE_CHECKING:
    from pandas import DataFrame

Cell = str | int | bool | Decimal | date | None
SHOWN = 100
"""How many rows a notebook is shown; all of them are in the table."""
_FLOATS = frozenset({"value", "lower", "upper"})
_TYPES = dict.fromkeys(("year", "base_year", "count", "start", "end", "statements"), "Int64") | dict.fromkeys(("change", "holds"), "boolean")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; an IRI is written in full, and `labels` holds what it is called.

    >>> table = Table(("name", "value"), (("a", 1), ("b", None)))
    >>> len(table), [row["value"] for row in table], table.column("name")
    (2, [1, None], ['a', 'b'])
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Give each row as a mapping from column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Cell]:
        """Give one column.

        Raises `KeyError` for a column that the table does not have.
        """
        if name not in self.columns:
            raise KeyError(name)
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def to_pandas(self) -> DataFrame:
        """Give the table as a `pandas.DataFrame`; decimal numbers become floats.

        Raises `MissingLibrary` where pandas is not installed.
        """
        return data_frame(self.columns, self.rows)

    def __str__(self) -> str:
        """Write the table as tab-separated text under a line of column names."""
        lines = ["\t".join(self.columns)]
        lines.extend("\t".join("" if cell is None else str(cell) for cell in row) for row in self.rows)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Draw the table for a notebook: a resource by its label, the IRI in its tooltip."""
        drawn = drawn_columns(list(self.columns))
        head = "".join(f"<th>{escape(name)}</th>" for name in drawn)
        body = "".join(
            "<tr>" + "".join(f"<td>{self._cell(row[name], row.get(f'{name}Label'))}</td>" for name in drawn) + "</tr>"
            for row, _ in zip(self, range(SHOWN), strict=False)
        )
        more = f"<p>{SHOWN} of {len(self)} rows</p>" if len(self) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _cell(self, cell: Cell, given: Cell) -> str:
        label = str(given or self.labels.get(str(cell), "")) if isinstance(cell, str) else ""
        text = escape("" if cell is None else str(cell))
        return f'<span title="{text}">{escape(label)}</span>' if label and label != cell else text


def data_frame(columns: Iterable[str], table: Iterable[Iterable[object]]) -> DataFrame:
    """Make a `pandas.DataFrame`, with types that can hold what is missing.

    Raises `MissingLibrary` where pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingLibrary("pandas", "yangfan[pandas]") from error
    plain = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table]
    frame = pd.DataFrame(plain, columns=list(columns)).convert_dtypes()
    for name in frame.columns:
        # A column's type is that of what it holds, and not what this graph happens to have in it.
        if name in _FLOATS and (pd.api.types.is_numeric_dtype(frame[name]) or frame[name].isna().all()):
            frame = frame.astype({name: "Float64"})
        elif frame[name].isna().all():
            frame = frame.astype({name: _TYPES.get(str(name), "string")})
    return frame


def _cell_of(term: Term | None) -> Cell:
    if isinstance(term, ox.NamedNode):
        return term.value
    if isinstance(term, ox.Literal):
        return str(term.value) if term.language else value_of(term)
    return None if term is None else str(term)


def table_of(result: Result, nodes: Nodes) -> Table | bool:
    """Turn an answer into a table, or into a truth value for an ASK; the triples of a graph become three columns."""
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    names: tuple[str, ...] = ("subject", "predicate", "object")
    terms: Iterable[list[Term | None]]
    if isinstance(result, ox.QuerySolutions):
        names, terms = tuple(column.value for column in result.variables), rows(result)
    else:
        terms = ([triple.subject, triple.predicate, triple.object] for triple in result)
    labels: dict[str, str] = {}
    cells = []
    for row in terms:
        for term in row:
            if isinstance(term, ox.NamedNode) and term.value not in labels:
                labels[term.value] = label_of(term.value, nodes) or short(term.value, nodes.base)
        cells.append(tuple(map(_cell_of, row)))
    return Table(names, tuple(cells), labels)
