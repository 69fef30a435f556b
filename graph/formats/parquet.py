"""Tables in Apache Parquet for DuckDB, pandas, Polars and Spark: nodes, edges, statements, passages and documents, typed and whole.

What `nodes.csv` and `edges.csv` flatten stands here as it is: every value of an attribute with its datatype, every name with its
language, every statement behind an edge. pyarrow (the extra `parquet`) writes; the same graph and the same pyarrow give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..assembly.records import Records, edges_of, said_by
from ..core.errors import MissingLibrary
from ..core.iris import document_iri
from ..core.model import Attributes, Document, Edge, Node, Passage, Statement, Value
from ..core.namespaces import PREFIXES
from ..core.schema import load_schema
from .rdf import literal, term
from .tables import edge_data

if TYPE_CHECKING:
    from types import ModuleType

Row = dict[str, Any]
_GROUP = 20_000
"""How many rows make a row group, whose columns are in memory until it is written."""
_TEXTS = 200
"""The same of documents, whose texts are long."""
_AT_ONCE = 1_000
"""How many rows lie in memory as Python's objects, which take ten times what a column of them does."""
_XSD = PREFIXES["xsd"]


class Table(NamedTuple):
    """A table: its columns with the names of their types, its rows, and how many of them make a row group."""

    columns: dict[str, str]
    rows: Callable[[Records], Iterator[Row]]
    group: int = _GROUP


# rows


def _lexical(value: Value, curie: str) -> tuple[str, str]:
    """Give a value as RDF writes it with its datatype as a CURIE; `iri` for a resource."""
    told = literal(value, term(curie), load_schema())
    if isinstance(told, str):
        return told, "iri"
    return told.text, f"xsd:{told.datatype.removeprefix(_XSD)}" if told.datatype else "xsd:string"


def _properties(attrs: Attributes) -> list[Row]:
    listed = ((curie, v) for curie, held in sorted(attrs.items()) for v in (held if isinstance(held, tuple) else (held,)))
    return [{"property": curie, **dict(zip(("value", "datatype"), _lexical(v, curie), strict=True))} for curie, v in listed]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, Decimal)) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str) else None


def node_row(node: Node) -> Row:
    """Give a node's row: names and labels, what targets and declared counts are asked for most, and every attribute."""
    attrs = node.attrs
    holds = attrs.get("yf:holds")
    return {
        "iri": node.iri,
        "class": node.cls,
        "label_zh": node.zh,
        "label_en": node.en or None,
        "names": [{"language": language, "name": name} for language, name in node.alt],
        "plan": node.plan or None,
        "year": _whole(attrs.get("yf:year")),
        "comparator": _text(attrs.get("yf:comparator")),
        "value": _number(attrs.get("yf:value")),
        "lower": _number(attrs.get("yf:lower")),
        "upper": _number(attrs.get("yf:upper")),
        "unit": _text(attrs.get("yf:unitText")),
        "count": _whole(attrs.get("yf:count")),
        "holds": holds if isinstance(holds, bool) else None,
        "identifier": _text(attrs.get("dcterms:identifier")),
        "properties": _properties(attrs),
    }


def edge_row(edge: Edge) -> Row:
    """Give an edge's row: its strongest basis with the first statement of that basis, and how many statements there are.

    The table `statements` has them all under the same subject, relation and object: an edge may have one of every document.
    """
    told = edge_data(edge)
    placed = told["quote_start"] != -1
    return {
        "subject": edge.subject,
        "relation": edge.relation,
        "object": edge.object,
        "subject_zh": edge.labels[0],
        "object_zh": edge.labels[1],
        "basis": told["basis"],
        "rule": told["rule"],
        "wording": told["wording"] or None,
        "quote": told["quote"] or None,
        "document": told["document"] or None,
        "start": told["quote_start"] if placed else None,
        "end": told["quote_end"] if placed else None,
        "source": told["source"] or None,
        "note": told["note"] or None,
        "statements": told["statements"],
    }


def statement_row(said: Statement) -> Row:
    """Give a statement's row; one of an attribute has no object but a value with its datatype."""
    value, datatype = (None, None) if said.value is None else _lexical(said.value, said.relation)
    source = said.source
    return {
        "iri": said.iri,
        "subject": said.subject,
        "relation": said.relation,
        "object": said.object or None,
        "value": value,
        "datatype": datatype,
        "basis": said.basis,
        "rule": said.rule,
        "wording": said.wording or None,
        "document": said.document or None,
        "passages": [passage.iri for passage in said.passages],
        "premises": [premise.statement for premise in said.premises],
        "source": source.url if source else None,
        "source_title": source.title if source else None,
        "source_date": source.date if source else None,
        "source_status": source.status if source else None,
        "note": said.note or None,
    }


def passage_row(passage: Passage) -> Row:
    """Give a passage's row; start and end are code points of the document's text."""
    return {
        "iri": passage.iri,
        "document": passage.document,
        "key": passage.key,
        "start": passage.span.start,
        "end": passage.span.end,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "confidence": passage.confidence,
    }


def document_row(document: Document, base: str) -> Row:
    """Give a source document's row with its text; what else is known of it stands with its node, which has the same IRI."""
    return {
        "iri": document_iri(document.key, base),
        "key": document.key,
        "characters": len(document.text),
        "text": document.text,
    }


_NAMES = "list<language, name>"
_ATTRIBUTES = "list<property, value, datatype>"
TABLES: dict[str, Table] = {
    "nodes": Table(
        {
            "iri": "string", "class": "string", "label_zh": "string", "label_en": "string", "names": _NAMES, "plan": "string",
            "year": "int64", "comparator": "string", "value": "double", "lower": "double", "upper": "double", "unit": "string",
            "count": "int64", "holds": "bool", "identifier": "string", "properties": _ATTRIBUTES,
        },
        lambda records: (node_row(node) for node, _ in records.entries()),
    ),
    "edges": Table(
        {
            "subject": "string", "relation": "string", "object": "string", "subject_zh": "string", "object_zh": "string",
            "basis": "string", "rule": "string", "wording": "string", "quote": "string", "document": "string", "start": "int64", "end": "int64",
            "source": "string", "note": "string", "statements": "int64",
        },
        lambda records: map(edge_row, edges_of(records)),
    ),
    "statements": Table(
        {
            "iri": "string", "subject": "string", "relation": "string", "object": "string", "value": "string", "datatype": "string",
            "basis": "string", "rule": "string", "wording": "string", "document": "string", "passages": "list", "premises": "list",
            "source": "string",
            "source_title": "string", "source_date": "string", "source_status": "string", "note": "string",
        },
        lambda records: map(statement_row, said_by(records)),
    ),
    "passages": Table(
        {
            "iri": "string", "document": "string", "key": "string", "start": "int64", "end": "int64", "exact": "string",
            "prefix": "string", "suffix": "string", "confidence": "double",
        },
        lambda records: map(passage_row, records.passages()),
    ),
    "documents": Table(
        {"iri": "string", "key": "string", "characters": "int64", "text": "string"},
        lambda records: (document_row(document, records.base) for document, _ in records.documents()),
        _TEXTS,
    ),
}  # fmt: skip
"""The tables by name; a table's file bears its name."""


# files


def library() -> ModuleType:
    """Import pyarrow's Parquet; raises `MissingLibrary` where it is not installed."""
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise MissingLibrary("pyarrow", "yangfan[parquet]") from error
    module: ModuleType = parquet
    return module


def _schema(columns: dict[str, str]) -> Any:
    import pyarrow as arrow

    def type_of(told: str) -> Any:
        if told == "list":
            return arrow.list_(arrow.string())
        if told.startswith("list<"):
            fields = told.removeprefix("list<").removesuffix(">").split(", ")
            return arrow.list_(arrow.struct([(name, arrow.string()) for name in fields]))
        return arrow.type_for_alias(told)

    return arrow.schema([(name, type_of(told)) for name, told in columns.items()])


def parquet_files(records: Records, folder: Path) -> None:
    """Write `nodes.parquet`, `edges.parquet` and so on into an empty folder, a row group at a time.

    Raises `MissingLibrary` without pyarrow, `OSError` when they cannot be written.
    """
    with ExitStack() as files:
        written = {name: files.enter_context(TableFile(folder / f"{name}.parquet", table)) for name, table in TABLES.items()}
        nodes, edges, statements = (written.pop(name).add for name in ("nodes", "edges", "statements"))
        asserted = False
        # These three come of the same records, which are gone through once for all.
        for node, leaving in records.entries():
            nodes(node_row(node))
            asserted = asserted or bool(node.curated)
            for edge in leaving:
                edges(edge_row(edge))
                for said in edge.statements:
                    statements(statement_row(said))
        for node, _ in records.entries() if asserted else ():
            for said in node.curated:
                statements(statement_row(said))
        for name, file in written.items():
            for row in TABLES[name].rows(records):
                file.add(row)


class TableFile:
    """A file of a table that rows are written into, a row group at a time; to be entered and left.

    The rows of a row group lie in a file beside it, in Arrow's streaming format, until they are that many: memory holds some of them at a
    time, however wide they are and however many tables are written at once.
    """

    def __init__(self, path: Path, table: Table) -> None:
        parquet = library()
        import pyarrow as arrow

        self._arrow = arrow
        self._group, self._at_once = table.group, min(table.group, _AT_ONCE)
        self._schema = _schema(table.columns)
        self._rows: list[Row] = []
        self._waiting = path.with_name(f".{path.name}.rows")
        self._stream: Any = None
        self._count = 0
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")

    def __enter__(self) -> TableFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._pack()
                self._flush()
        finally:
            if self._stream:
                self._stream.close()
            self._writer.close()
            self._waiting.unlink(missing_ok=True)

    def add(self, row: Row) -> None:
        """Add a row."""
        self._rows.append(row)
        self._count += 1
        if len(self._rows) == self._at_once or self._count == self._group:
            self._pack()
        if self._count == self._group:
            self._flush()

    def _pack(self) -> None:
        if self._rows:
            self._stream = self._stream or self._arrow.ipc.new_stream(self._waiting, self._schema)
            self._stream.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def _flush(self) -> None:
        if self._stream:
            self._stream.close()
            self._stream = None
            # Mapped, so that what is read of it is the system's and not this process'.
            with self._arrow.memory_map(str(self._waiting)) as waiting, self._arrow.ipc.open_stream(waiting) as rows:
                self._writer.write_table(rows.read_all())
            self._count = 0
            # What was freed is given back, so that no row group comes upon what the one before it took.
            self._arrow.default_memory_pool().release_unused()


def read_table(path: Path, table: Table) -> Iterator[Row]:
    """Give the rows of a table's file.

    Raises `ValueError` where its columns are others, `OSError` where it cannot be read.
    """
    file = library().ParquetFile(path)
    if not file.schema_arrow.equals(_schema(table.columns)):
        raise ValueError(f"{path.name}: its columns are others")
    for batch in file.iter_batches():
        yield from batch.to_pylist()
