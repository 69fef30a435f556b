"""The report of a corpus: counts from all plans; every row in `report.json`, the rows that need a look in `report.md`."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from .. import __version__
from ..core.schema import load_schema
from ..formats.report import BASES, report_markdown
from .store import Store
from .tally import Tally

_LISTED = 100
"""How many rows of a kind the Markdown report lists when there are more documents than that."""
_LONG = ("declarations", "documents")


def corpus_report(store: Store, tally: Tally, documents: int, warnings: dict[str, list[str]], rejected: dict[str, str]) -> dict[str, Any]:
    """Give the report as plain values, as `yangfan.formats.report.make_report` does.

    With many documents it holds only the declared counts that do not hold and the documents least quoted, and says under
    `all` how many there are.
    """
    schema = load_schema()
    relations: dict[str, dict[str, int]] = {}
    for (relation, basis), count in tally.relations.items():
        relations.setdefault(relation, dict.fromkeys(BASES, 0))[basis] += count
    report: dict[str, Any] = {
        "version": __version__,
        "nodes": tally.classes.total(),
        "edges": tally.relations.total(),
        "statements": tally.statements,
        "classes": {name: tally.classes[name] for name in sorted(tally.classes, key=lambda n: schema.classes[n].rank) if tally.classes[name]},
        "relations": {name: relations[name] for name in sorted(relations, key=lambda n: schema.relations[n].rank)},
        "bases": {basis: sum(counts[basis] for counts in relations.values()) for basis in BASES},
        "declarations": list(_rows(store, "declarations")) if documents <= _LISTED else _broken(store),
        "documents": list(_rows(store, "documents")) if documents <= _LISTED else _least_quoted(store),
        "without_english": tally.untranslated,
        "warnings": {name: texts for name, texts in sorted(warnings.items()) if texts},
        "rejected": dict(sorted(rejected.items())),
    }
    if documents > _LISTED:
        report["all"] = {"documents": documents, "declarations": tally.declared, "holding": tally.holding}
    return report


def _texts(store: Store, stream: str) -> Iterator[str]:
    for rank in sorted(declared.rank for declared in load_schema().classes.values()):
        yield from store.pieces(stream, rank)


def _rows(store: Store, stream: str) -> Iterator[dict[str, Any]]:
    for text in _texts(store, stream):
        yield from json.loads(f"[{text}]")


def _broken(store: Store) -> list[dict[str, Any]]:
    return list(islice((row for row in _rows(store, "declarations") if not row["holds"]), _LISTED))


def _least_quoted(store: Store) -> list[dict[str, Any]]:
    return heapq.nsmallest(
        _LISTED, _rows(store, "documents"), key=lambda row: (row["quoted"] / max(1, row["sentences"]), row["key"])
    )


def write_report(report: dict[str, Any], store: Store, folder: Path) -> None:
    """Write `report.json` with every row, straight from the store, and `report.md`."""
    skeleton = {name: f"@{name}" if name in _LONG else value for name, value in report.items() if name != "all"}
    text = json.dumps(skeleton, ensure_ascii=False, indent=2) + "\n"
    with (folder / "report.json").open("w", encoding="utf-8", newline="") as stream:
        for name in _LONG:
            before, _, text = text.partition(f'"@{name}"')
            stream.write(before)
            empty = True
            for rows in _texts(store, name):
                stream.write("[\n    " if empty else ",\n    ")
                stream.write(rows.replace("\n", "\n    "))
                empty = False
            stream.write("[]" if empty else "\n  ]")
        stream.write(text)
    (folder / "report.md").write_bytes(report_markdown(report).encode("utf-8"))
