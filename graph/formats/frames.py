"""The tables of an exports folder read back with types, for data frames."""

from __future__ import annotations

import csv
from pathlib import Path

from ..core.errors import QueryError

_WHOLE = frozenset({"year", "count", "start", "end", "statements"})
_NUMBERS = frozenset({"value", "lower", "upper"})
_RISKY = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def _name(column: str) -> str:
    """Give a column its name without what neo4j-admin reads from it: ``iri:ID`` → ``iri``, ``:START_ID`` → ``subject``.

    >>> [_name(column) for column in ("iri:ID", ":LABEL", ":TYPE", "alt:string[]", "quote")]
    ['iri', 'class', 'relation', 'alt', 'quote']
    """
    known = {":LABEL": "class", ":START_ID": "subject", ":TYPE": "relation", ":END_ID": "object"}
    return known.get(column) or column.partition(":")[0]


def _value(column: str, cell: str) -> object:
    if not cell:
        return None
    if column in _WHOLE:
        return int(cell)
    if column in _NUMBERS:
        return float(cell)
    if column == "holds":
        return cell == "true"
    # The mark that keeps a spreadsheet from running a cell as a formula is no part of it.
    return cell[1:] if cell.startswith(_RISKY) else cell


def read_table(path: Path) -> tuple[list[str], list[list[object]]]:
    """Read ``nodes.csv`` or ``edges.csv`` as column names and rows; an empty cell is none.

    Raises `QueryError` for a file that is missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *lines = csv.reader(stream)
    except (OSError, ValueError) as error:
        raise QueryError(f"cannot read this table: {error}", file=path) from error
    columns = [_name(column) for column in header]
    return columns, [[_value(c, cell) for c, cell in zip(columns, line, strict=True)] for line in lines]
