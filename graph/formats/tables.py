"""Tables and network files for other programs: CSV (spreadsheets, neo4j-admin import), GraphML and GEXF (Gephi, networkx)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..assembly.evidence import Evidence, evidence_of
from ..core.model import Value
from ..page.palette import class_colours

if TYPE_CHECKING:
    import networkx as nx

BASES = ("stated", "inferred", "curated")
_HARMLESS = re.compile(r"=|[+-]?\d+(?:\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _flat(value: Value | tuple[Value, ...]) -> str | int | float | bool:
    """Make a value that every format takes: text, number or truth value; several values are joined by semicolons."""
    if isinstance(value, tuple):
        return ";".join(str(_flat(item)) for item in value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return _CONTROL.sub("", value) if isinstance(value, str) else value


def basis_of(graph: nx.MultiDiGraph[str], subject: str, relation: str, object_: str) -> str:
    """Give the strongest basis of an edge: stated before inferred before curated."""
    bases = {statement.basis for statement in graph.edges[subject, object_, relation]["statements"]}
    return next(basis for basis in BASES if basis in bases)


def edge_data(relation: str, records: list[Evidence]) -> dict[str, Any]:
    """Give an edge with its strongest basis and the first statement of that basis as plain values."""
    bases = {record.statement.basis for record in records}
    basis = next(basis for basis in BASES if basis in bases)
    record = next(r for r in records if r.statement.basis == basis)
    statement = record.statement
    passage = record.passages[0] if record.passages else None
    return {
        "relation": relation,
        "basis": basis,
        "rule": statement.rule,
        "quote": _CONTROL.sub("", passage.exact) if passage else "",
        "document": passage.key if passage else "",
        # Not "start" and "end": GEXF would take them for times.
        "quote_start": passage.span.start if passage else -1,
        "quote_end": passage.span.end if passage else -1,
        "source": statement.source.url if statement.source else "",
        "note": statement.note,
        "statements": len(records),
        # As they stand in the first three columns of edges.csv; an IRI holds neither a blank nor a semicolon (graph.iris).
        "premises": ";".join(" ".join(edge) for edge in statement.premises),
    }


def node_data(data: dict[str, Any]) -> dict[str, Any]:
    """Give a node as plain values."""
    flat = {curie.replace(":", "_"): _flat(value) for curie, value in data["attrs"].items()}
    alt = ";".join(text for _, text in data["alt"])
    return {"label": _CONTROL.sub("", data["zh"]), "en": data["en"], "class": data["cls"], "alt": alt, **flat}


def flat_graph(graph: nx.MultiDiGraph[str], *, viz: bool = False) -> nx.MultiDiGraph[str]:
    """Copy a graph with plain attributes that GraphML and GEXF can hold; `viz` adds GEXF's colours."""
    import networkx as nx

    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        extra: dict[str, Any] = {}
        if viz:
            red, green, blue = class_colours()[data["cls"]]
            extra = {"viz": {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}}
        flat.add_node(node, **node_data(data), **extra)
    for index, (subject, object_, relation) in enumerate(graph.edges(keys=True)):
        data = edge_data(relation, list(evidence_of(graph, subject, relation, object_)))
        if viz:
            flat.add_edge(subject, object_, key=str(index), label=relation, **data)
        else:
            flat.add_edge(subject, object_, key=relation, **data)
    return flat


def graphml(graph: nx.MultiDiGraph[str]) -> bytes:
    """Write GraphML 1.0: nodes and typed edges with label, class, basis, quote and source."""
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(flat_graph(graph))
    stream = io.BytesIO()
    writer.dump(stream)
    return stream.getvalue() + b"\n"


def gexf(graph: nx.MultiDiGraph[str]) -> bytes:
    """Write GEXF 1.2 with colours of classes; the date that networkx writes into it is left out."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(flat_graph(graph, viz=True))
    stream = io.BytesIO()
    writer.write(stream)
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", stream.getvalue()) + b"\n"


NODE_HEADER = (
    "iri:ID", ":LABEL", "label_zh", "label_en", "alt:string[]", "plan", "year", "comparator", "value", "lower", "upper", "unit",
    "count", "holds", "identifier", "attributes",
)  # fmt: skip
EDGE_HEADER = (
    ":START_ID", ":TYPE", ":END_ID", "subject_zh", "object_zh", "basis", "rule", "quote", "document", "start", "end", "source",
    "note", "statements", "premises",
)  # fmt: skip


BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets take a file for UTF-8 only when it starts with a byte order mark; neo4j-admin skips it."""


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Write rows as CSV (RFC 4180)."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([_defused(cell) for cell in row] for row in rows)
    return stream.getvalue()


def _defused(cell: object) -> object:
    """A cell that begins like a formula would be run by a spreadsheet: a leading quote makes it text. Numbers and signs are none."""
    risky = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _HARMLESS.fullmatch(cell)
    return f"'{cell}" if risky else cell


def nodes_csv(graph: nx.MultiDiGraph[str]) -> bytes:
    """Write one row a node (RFC 4180, UTF-8 with byte order mark), with the header that neo4j-admin import reads."""
    rows = (node_row(node, data) for node, data in graph.nodes(data=True))
    return (BYTE_ORDER_MARK + csv_lines((NODE_HEADER, *rows))).encode("utf-8")


def node_row(node: str, data: dict[str, Any]) -> tuple[object, ...]:
    """Give a node's row under `NODE_HEADER`."""
    columns = ("yf:year", "yf:comparator", "yf:value", "yf:lower", "yf:upper", "yf:unitText", "yf:count", "yf:holds", "dcterms:identifier")
    attrs = {curie: _flat(value) for curie, value in data["attrs"].items()}
    rest = "; ".join(f"{curie}={value}" for curie, value in attrs.items() if curie not in columns)
    cells = tuple(format(v, "g") if isinstance(v := attrs.get(c, ""), float) and abs(v) < 1e6 else _plain(v) for c in columns)
    alt = ";".join(text for _, text in data["alt"])
    return node, data["cls"], data["zh"], data["en"], alt, data.get("plan", ""), *cells, rest


def _plain(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else int(value) if isinstance(value, float) and value.is_integer() else value


def edges_csv(graph: nx.MultiDiGraph[str]) -> bytes:
    """Write one row an edge with its basis, its first quote and its place, and how many statements stand behind it."""
    nodes = graph.nodes
    rows = (
        edge_row(s, o, nodes[s]["zh"], nodes[o]["zh"], edge_data(relation, list(evidence_of(graph, s, relation, o))))
        for s, o, relation in graph.edges(keys=True)
    )
    return (BYTE_ORDER_MARK + csv_lines((EDGE_HEADER, *rows))).encode("utf-8")


def edge_row(subject: str, object_: str, subject_zh: str, object_zh: str, data: dict[str, Any]) -> tuple[object, ...]:
    """Give an edge's row under `EDGE_HEADER`; `data` is what `edge_data` gives."""
    place = (data["quote_start"], data["quote_end"]) if data["quote_start"] >= 0 else ("", "")
    return (
        subject, data["relation"], object_, subject_zh, object_zh, data["basis"], data["rule"], data["quote"], data["document"],
        *place, data["source"], data["note"], data["statements"], data["premises"],
    )  # fmt: skip
