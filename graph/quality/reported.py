"""The report of a folder, held against what its graph comes to: every number that can be counted again is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..assembly.records import Records
from ..formats.report import DocumentRow, Report, declared_rows, document_rows, make_report
from ..formats.report_markdown import report_markdown
from .findings import Finding

_COUNTED = ("version", "nodes", "edges", "statements", "classes", "relations", "bases", "without_english", "proposed")


def check_report(folder: Path, records: Records) -> Iterator[Finding]:
    """Count again what `report.json` tells, and write `report.md` again from it.

    Why a sentence is context was noted when its text was read and stands in no other file; how many are evidence, context and not
    understood must come to all of them.
    """
    try:
        told: dict[str, Any] = json.loads((folder / "report.json").read_bytes())
        wanted = make_report(records)
        for name in _COUNTED:
            found, counted = told.get(name), wanted.get(name)
            if found != counted:
                yield Finding("report", f"report.json: {name} is {_short(found)}, but the graph has {_short(counted)}")
        yield from _rows("declared", told["declarations"], list(declared_rows(records)))
        yield from _documents(told["documents"], list(document_rows(records)))
        if not isinstance(told["warnings"], dict) or not isinstance(told["rejected"], dict):
            yield Finding("report", "report.json: warnings and rejected are told by file")
        elif len(told["documents"]) <= len(wanted["documents"]):
            yield from _markdown(folder / "report.md", told)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        yield Finding("report", f"report.json: is no report ({type(error).__name__})")


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 120 else f"{text[:119]}…"


def _rows(key: str, told: list[Any], wanted: list[Any]) -> Iterator[Finding]:
    if len(told) != len(wanted):
        yield Finding("report", f"report.json: tells of {len(told)} declared counts, but the graph has {len(wanted)}")
    for found, row in zip(told, wanted, strict=False):
        if found != row:
            yield Finding("report", f"report.json: {_short(found)} is not what the graph has: {_short(row)}")


def _documents(told: list[dict[str, Any]], wanted: list[DocumentRow]) -> Iterator[Finding]:
    known = {row["key"]: row for row in wanted}
    for key in sorted({row["key"] for row in told} ^ known.keys()):
        yield Finding("report", f"report.json: the document {key} is not in the graph and the report alike")
    for row in told:
        counted = known.get(row["key"])
        if counted is None:
            continue
        for name in ("title", "characters", "sentences", "quoted"):
            if row[name] != counted[name]:
                yield Finding("report", f"report.json: {row['key']}: {name} is {_short(row[name])}, but the graph has {_short(counted[name])}")
        context = sum(row["context"].values())
        if row["quoted"] + context + row["open"] != row["sentences"]:
            yield Finding("report", f"report.json: {row['key']}: evidence, context and not understood do not come to all sentences")
        open_ = {(entry["start"], entry["end"]): entry["text"] for entry in counted["not_understood"]}
        listed = [(entry["start"], entry["end"]) for entry in row["not_understood"]]
        if len(listed) > row["open"] or len(set(listed)) < len(listed):
            yield Finding("report", f"report.json: {row['key']}: lists more than was not understood")
        for entry in row["not_understood"]:
            if (entry["start"], entry["end"]) in open_ and open_[entry["start"], entry["end"]] != entry["text"]:
                yield Finding("report", f"report.json: {row['key']}: the sentence at {entry['start']} is another")


def _markdown(path: Path, told: dict[str, Any]) -> Iterator[Finding]:
    report = Report(**told)  # type: ignore[typeddict-item]
    wanted = report_markdown(report)
    found = path.read_text(encoding="utf-8") if path.is_file() else ""
    for number, (line, other) in enumerate(zip(found.split("\n"), wanted.split("\n"), strict=False), start=1):
        if line != other:
            yield Finding("report", f"report.md:{number}: {line[:80]!r} where report.json has {other[:80]!r}")
            return
    if found != wanted:
        yield Finding("report", "report.md: ends before or after what report.json has")
