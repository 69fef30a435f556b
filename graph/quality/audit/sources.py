"""Readers of what other tools write: one function a format, found by the file's name.

- LangExtract writes a JSON object a line (``save_annotated_documents``): ``document_id`` and ``extractions``, each with
  ``extraction_class``, ``extraction_text`` and a ``char_interval``.
- docling-graph writes ``provenance.json`` beside ``graph.json``: chunks with their text, and nodes with ``ids`` (what was found) and
  ``anchors`` into a chunk; a verbatim anchor has a ``span`` of the chunk's text.
- GraphRAG writes ``relationships.parquet`` or ``entities.parquet`` beside ``text_units.parquet``: it quotes nothing, so what it says
  is held against the units of text that it names.
- A table (.csv, .tsv) has columns subject, relation, object, quote, and where they are known document, start, end, class,
  subject_class, object_class and tool.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ...core.errors import ReadError
from .items import Item

_LARGEST = 64 << 20
"""How many bytes of another tool's file are read at the most."""
BESIDE = "text_units.parquet"
"""The table of texts that GraphRAG's other tables name the rows of."""
csv.field_size_limit(1 << 24)


def read_items(path: Path) -> list[Item]:
    """Read another tool's file.

    Raises `ReadError`, with the line where there is one, for a file that is missing, too large or not of a known form.
    """
    reader = _reader(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadError(f"larger than {_LARGEST >> 20} MiB", file=path)
        return list(reader(path))
    except OSError as error:
        raise ReadError(error.strerror or "cannot be read", file=path) from error
    except UnicodeDecodeError as error:
        raise ReadError(f"not UTF-8 at byte {error.start}", file=path) from error


def form_of(path: Path) -> str:
    """Give the name of the form of another tool's file, such as `langextract` or `table`.

    Raises `ReadError` for one of no known form.
    """
    return _reader(path).__name__


def _reader(path: Path) -> Callable[[Path], Iterator[Item]]:
    for name, reader in SOURCES.items():
        if path.name == name or (name.startswith(".") and path.suffix.lower() == name):
            return reader
    raise ReadError(f"no form that is known ({', '.join(SOURCES)})", file=path)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(value: object) -> int:
    """Give an offset; -1 where there is none or it is no number."""
    if isinstance(value, bool):
        return -1
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12 else -1


def _object(text: str, path: Path, line: int | None = None) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"no valid JSON: {error}", file=path, line=line) from error
    if not isinstance(data, dict):
        raise ReadError("no JSON object", file=path, line=line)
    return data


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def langextract(path: Path) -> Iterator[Item]:
    """Read LangExtract's JSON lines."""
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            data = _object(line, path, number)
            for nth, found in enumerate(_dicts(data.get("extractions")), start=1):
                interval = found.get("char_interval")
                interval = interval if isinstance(interval, dict) else {}
                attributes = found.get("attributes")
                attributes = attributes if isinstance(attributes, dict) else {}
                yield Item(
                    f"line {number}, extraction {nth}",
                    str(found.get("extraction_text") or ""),
                    _text(data.get("document_id")),
                    _number(interval.get("start_pos")),
                    _number(interval.get("end_pos")),
                    _text(found.get("extraction_class")),
                    *(_text(attributes.get(key)) for key in ("subject", "relation", "object")),
                )


def docling_graph(path: Path) -> Iterator[Item]:
    """Read docling-graph's ledger of provenance: an item an anchor, quoting what the anchor's span of the chunk holds."""
    data = _object(path.read_text(encoding="utf-8"), path)
    chunks = data.get("chunks")
    texts = {str(key): str(chunk.get("text", "")) for key, chunk in chunks.items() if isinstance(chunk, dict)} if isinstance(chunks, dict) else {}
    origin = data.get("document")
    source = Path(_text(origin.get("source"))).name if isinstance(origin, dict) else ""
    nodes = data.get("nodes")
    for key, node in (nodes if isinstance(nodes, dict) else {}).items():
        if not isinstance(node, dict):
            continue
        ids = node.get("ids")
        found = [_text(value) for value in ids.values()] if isinstance(ids, dict) else []
        for nth, anchor in enumerate(_dicts(node.get("anchors")), start=1):
            chunk = texts.get(str(anchor.get("chunk_id")), "")
            span = anchor.get("span")
            start, end = (_number(span[0]), _number(span[1])) if isinstance(span, list) and len(span) == 2 else (-1, -1)
            for name in [name for name in found if name] or [""]:
                yield Item(f"{key}, anchor {nth}", name, source, start, end, _text(node.get("node_type")), chunk=chunk)


def _table(path: Path) -> list[dict[str, Any]]:
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ReadError("reading Parquet needs pyarrow: pip install 'yangfan[parquet]'", file=path) from error
    try:
        rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}", file=path) from error
    except Exception as error:  # pyarrow raises errors of many kinds for a damaged file
        raise ReadError(f"no valid Parquet: {error}", file=path) from error
    return rows


def graphrag(path: Path) -> Iterator[Item]:
    """Read GraphRAG's tables of relationships or entities: an item a unit of text that it names, holding that unit as its chunk."""
    units = {str(row.get("id")): row for row in _table(path.with_name(BESIDE))}
    for number, row in enumerate(_table(path), start=1):
        subject, relation, object_ = _text(row.get("source")), _text(row.get("type")), _text(row.get("target"))
        for unit in row.get("text_unit_ids") or [""]:
            text = _text(units.get(str(unit), {}).get("text"))
            where = f"row {number}, text unit {str(unit)[:12]}"
            if path.name == "entities.parquet":
                yield Item(where, _text(row.get("title")), cls=_text(row.get("type")), chunk=text)
            else:
                yield Item(where, text, subject=subject, relation=relation, object=object_)


def table(path: Path) -> Iterator[Item]:
    """Read a table with a header that has at least `quote`; its other columns may be missing."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)
        try:
            if not rows.fieldnames or "quote" not in rows.fieldnames:
                raise ReadError("no column `quote` (known: subject, relation, object, quote, document, start, end, class)", file=path, line=1)
            for row in rows:
                cells = {name: value or "" for name, value in row.items() if isinstance(name, str) and not isinstance(value, list)}
                yield Item(
                    f"line {rows.line_num}",
                    cells.get("quote", ""),
                    _text(cells.get("document")),
                    _number(cells.get("start", "").strip()),
                    _number(cells.get("end", "").strip()),
                    _text(cells.get("class")),
                    subject=_text(cells.get("subject")),
                    relation=_text(cells.get("relation")),
                    object=_text(cells.get("object")),
                    subject_cls=_text(cells.get("subject_class")),
                    object_cls=_text(cells.get("object_class")),
                    tool=_text(cells.get("tool")),
                )
        except csv.Error as error:
            raise ReadError(f"no valid table: {error}", file=path, line=rows.line_num) from error


SOURCES: dict[str, Callable[[Path], Iterator[Item]]] = {
    "provenance.json": docling_graph,
    ".jsonl": langextract,
    ".parquet": graphrag,
    ".csv": table,
    ".tsv": table,
}
"""A file's name or its ending → who reads it."""
