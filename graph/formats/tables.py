"""Tables for spreadsheets and neo4j-admin import (CSV), and nodes and edges as plain values for other formats."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain

from ..assembly.records import Records
from ..core.model import Edge, Entry, Node, Passage, Statement, Value
from .text import Text

Plain = dict[str, str | int | float | bool]
"""Values by name that every format takes."""
_HARMLESS = re.compile(r"=|[+-]?\d+(?:\.\d+)?")
_RISKY = frozenset("=+-@\t\r")
"""What a cell begins with that a spreadsheet may take for a formula."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _flat(value: Value | tuple[Value, ...]) -> str | int | float | bool:
    """Make a value that every format takes: text, number or truth value; several values are joined by semicolons."""
    if isinstance(value, tuple):
        return ";".join(str(_flat(item)) for item in value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    # A resource is a text like any other here.
    return _clean(str(value)) if isinstance(value, str) else value


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def edge_data(edge: Edge) -> Plain:
    """Give an edge with its strongest basis and the first statement of that basis as plain values."""
    said, passage = _foremost(edge)
    return {
        "relation": edge.relation,
        "basis": said.basis,
        "rule": said.rule,
        "wording": _clean(said.wording),
        "quote": _clean(passage.exact) if passage else "",
        "document": passage.key if passage else "",
        # Not "start" and "end": GEXF would take them for times.
        "quote_start": passage.span.start if passage else -1,
        "quote_end": passage.span.end if passage else -1,
        "source": said.source.url if said.source else "",
        "note": said.note,
        "statements": len(edge.statements),
        "premises": _premises(said),
    }


def _foremost(edge: Edge) -> tuple[Statement, Passage | None]:
    """Give the first statement of an edge's strongest basis, and the first passage that it quotes."""
    said = edge.statements[0]
    if len(edge.statements) > 1 and said.basis != edge.basis:
        basis = edge.basis
        said = next(one for one in edge.statements if one.basis == basis)
    return said, said.passages[0] if said.passages else None


def _premises(said: Statement) -> str:
    """Give the edges that a statement rests on as they stand in the first three columns of edges.csv.

    An IRI holds neither a blank nor a semicolon (yangfan.core.iris).
    """
    return ";".join([" ".join(premise[1:]) for premise in said.premises])


def node_data(node: Node) -> Plain:
    """Give a node as plain values."""
    flat = {curie.replace(":", "_"): _flat(value) for curie, value in node.attrs.items()}
    alt = ";".join(text for _, text in node.alt)
    return {"label": _clean(node.zh), "en": node.en, "class": node.cls, "alt": alt, **flat}


NODE_HEADER = (
    "iri:ID", ":LABEL", "label_zh", "label_en", "alt:string[]", "plan", "issued:date", "year:int", "comparator", "value:double", "lower:double",
    "upper:double", "unit", "count:int", "holds:boolean", "identifier", "attributes",
)  # fmt: skip
EDGE_HEADER = (
    ":START_ID", ":TYPE", ":END_ID", "subject_zh", "object_zh", "basis", "rule", "wording", "quote", "document", "start:int", "end:int",
    "source", "note", "statements:int", "premises",
)  # fmt: skip


_COLUMNS = (
    "dcterms:issued", "yf:year", "yf:comparator", "yf:value", "yf:lower", "yf:upper", "yf:unitText", "yf:count", "yf:holds",
    "dcterms:identifier",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets take a file for UTF-8 only when it starts with a byte order mark; neo4j-admin skips it."""


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Write rows as CSV (RFC 4180)."""
    lines = []
    for row in rows:
        told = tuple(row)
        cells = [cell if isinstance(cell, str) else "" if cell is None else str(cell) for cell in told]
        line = ",".join(cells)
        # Most rows need neither a quotation mark nor a look at each cell: what the library would write of them is this.
        plain = line.count(",") == len(cells) - 1 > 0 and not ('"' in line or "\n" in line or "\r" in line)
        lines.append(f"{line}\r\n" if plain and _RISKY.isdisjoint([cell[:1] for cell in cells]) else _csv_line(told))
    return "".join(lines)


def _csv_line(row: tuple[object, ...]) -> str:
    """Write a row as CSV whatever is in it."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow(_safe(row))
    return stream.getvalue()


def _safe(row: tuple[object, ...]) -> list[object]:
    """Give a row in which no cell begins like a formula."""
    return [_defused(cell) if isinstance(cell, str) and cell[:1] in _RISKY else cell for cell in row]


def _defused(cell: str) -> str:
    """A cell that begins like a formula would be run by a spreadsheet: a leading quote makes it text. Numbers and signs are none."""
    return cell if _HARMLESS.fullmatch(cell) else f"'{cell}"


def nodes_file(records: Records) -> Text:
    """Write `nodes.csv`: one row a node (RFC 4180, UTF-8 with byte order mark), with the header that neo4j-admin import reads."""
    return Text(chain((BYTE_ORDER_MARK, csv_lines([NODE_HEADER])), records.entry_texts("nodes", node_lines)))


def node_lines(entries: Iterable[Entry]) -> str:
    """Write the rows of some nodes."""
    return csv_lines(node_row(node) for node, _ in entries)


def node_row(node: Node) -> tuple[object, ...]:
    """Give a node's row under `NODE_HEADER`."""
    attrs = {curie: _flat(value) for curie, value in node.attrs.items()}
    # A typed column holds one value of its type; what else there is stands with the rest.
    columns = [curie if not isinstance(node.attrs.get(curie), tuple) else "" for curie in _COLUMNS]
    rest = "; ".join(f"{curie}={value}" for curie, value in attrs.items() if curie not in columns)
    cells = tuple(format(v, "g") if isinstance(v := attrs.get(c, ""), float) and abs(v) < 1e6 else _plain(v) for c in columns)
    alt = ";".join(text for _, text in node.alt)
    return node.iri, node.cls, node.zh, node.en, alt, node.plan, *cells, rest


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else int(value) if isinstance(value, float) and value.is_integer() else value


def edges_file(records: Records) -> Text:
    """Write `edges.csv`: one row an edge with its basis, its first quote and its place, and how many statements stand behind it."""
    return Text(chain((BYTE_ORDER_MARK, csv_lines([EDGE_HEADER])), records.entry_texts("edges", edge_lines)))


def edge_lines(entries: Iterable[Entry]) -> str:
    """Write the rows of the edges that leave some nodes."""
    return csv_lines(edge_row(edge) for _, edges in entries for edge in edges)


def edge_row(edge: Edge) -> tuple[object, ...]:
    """Give an edge's row under `EDGE_HEADER`."""
    said, passage = _foremost(edge)
    quoted = (_clean(passage.exact), passage.key, *passage.span) if passage else ("", "", "", "")
    return (
        edge.subject, edge.relation, edge.object, *edge.labels, said.basis, said.rule, _clean(said.wording), *quoted,
        said.source.url if said.source else "", said.note, len(edge.statements), _premises(said),
    )  # fmt: skip
