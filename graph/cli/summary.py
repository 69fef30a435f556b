"""What a build prints: how much it read, what it did not understand, which declared counts do not hold, where the page is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..core.labels import words_of
from ..core.language import say, spoken, term
from ..core.model import ASSERTED
from ..core.schema import load_schema
from ..formats.registry import FORMATS
from ..formats.report import DocumentRow, OpenRow, Proposed, Report
from .columns import left, pad, width, wrap

_COUNTED = ("Plan", "Organization", "Industry", "Task", "Measure", "Target")
"""Classes that a summary counts, each with those below it that are not counted themselves; what does not occur is left out."""
_SENTENCES, _COLUMNS, _LONGEST = 3, 92, 150
_FEW = 8
"""How many sentences, columns of text, characters of a sentence and declared counts are shown."""


def summary(report: Report, out: Path, *, full: bool = False) -> str:
    """Lay out a build's report for a terminal or a log; `full` adds the tables by class and relation."""
    parts = [_made(report, out), _documents(report), _sentences(report), _declared(report), *([_tables(report)] if full else []), _where(out)]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def _made(report: Report, out: Path) -> Iterator[str]:
    schema = load_schema()
    bases = ", ".join(f"{report['bases'][basis]} {say(basis)}" for basis in ASSERTED)
    yield say("{nodes} nodes, {edges} edges ({bases}) in {folder}", nodes=report["nodes"], edges=report["edges"], bases=bases, folder=out)
    counts = dict.fromkeys(_COUNTED, 0)
    for name, count in report["classes"].items():
        if cls := name if name in counts else next((cls for cls in _COUNTED if schema.is_a(name, cls)), ""):
            counts[cls] += count
    labels = ((term(schema.classes[cls].zh, schema.classes[cls].en, spoken()), count) for cls, count in counts.items() if count)
    yield " · ".join(f"{label} {count:,}" for label, count in labels)
    if proposed := report.get("proposed"):
        yield apart(proposed)


def apart(proposed: Proposed) -> str:
    """Say how much other tools propose, which is counted apart."""
    tools = ", ".join(f"{tool} {count}" for tool, count in proposed["tools"].items())
    told = {"edges": sum(proposed["edges"].values()), "candidates": sum(proposed["candidates"].values())}
    return say("proposed, and not counted above: {edges} edges, {candidates} candidates ({tools})", **told, tools=tools)


def _documents(report: Report) -> Iterator[str]:
    """The documents by title, where there are few."""
    if len(report["documents"]) <= _FEW and "all" not in report:
        yield from (f"  {row['title'] or row['key']}" for row in report["documents"])


def _sentences(report: Report) -> Iterator[str]:
    told = report["accounted"]
    if not told["sentences"]:
        return
    share = f"{(told['sentences'] - told['open']) / told['sentences']:.0%}"
    yield say(
        "{share} of {sentences} sentences accounted for: {evidence} evidence, {context} context, {open} not understood",
        share=share, **told,
    )  # fmt: skip
    waiting = [(row, entry) for row in report["documents"] for entry in row["not_understood"] if {"number", "deadline"} & {*entry["holds"]}]
    waiting.sort(key=lambda pair: -len(pair[1]["holds"]))
    for row, entry in waiting[:_SENTENCES]:
        yield from _open(row, entry, several=len(report["documents"]) > 1)
    if len(waiting) > _SENTENCES:
        yield "  " + say("… {count} more with a number or a deadline: see report.md", count=len(waiting) - _SENTENCES)


def _open(row: DocumentRow, entry: OpenRow, *, several: bool) -> Iterator[str]:
    """A sentence that was not understood, with what it holds and where it stands."""
    text = entry["text"] if len(entry["text"]) <= _LONGEST else entry["text"][: _LONGEST - 1] + "…"
    held = ", ".join(term(*words_of(f"ledger.{sign}"), spoken()) for sign in entry["holds"])
    first, *rest = wrap(text, _COLUMNS)
    yield f"  ? {first}"
    yield from (f"    {line}" for line in rest)
    place = say("contains {held}; character {start}", held=held, start=entry["start"])
    yield f"    [{place}{' · ' + (row['title'] or row['key']) if several else ''}]"


def _declared(report: Report) -> Iterator[str]:
    rows = report["declarations"]
    whole = report.get("all")
    total, holding = (whole["declarations"], whole["holding"]) if whole else (len(rows), sum(row["holds"] for row in rows))
    if not total:
        return
    yield say("{holding} of {declared} declared counts hold", holding=holding, declared=total)
    failing = [row for row in rows if not row["holds"]]
    size = max((width(row["declared"]) for row in failing[:_FEW]), default=0)
    for row in failing[:_FEW]:
        # Of a count whose members no text lists nothing can be held against it.
        if row["open"]:
            told = say("{found} named, the list is left open", found=row["found"])
        else:
            told = say("{found} of {count}", found=row["found"], count=row["count"]) if row["found"] else say("members not listed")
        yield f"  {'✗' if row['found'] and not row['open'] else '–'} {pad(row['declared'], size)}  {told}"
    if total - holding > len(failing[:_FEW]):
        yield "  " + say("… {count} more: see report.md", count=total - holding - len(failing[:_FEW]))


def _tables(report: Report) -> Iterator[str]:
    schema, language = load_schema(), spoken()
    yield pad(say("class"), 36) + left(say("nodes"), 7)
    for name, count in report["classes"].items():
        declared = schema.classes[name]
        yield f"  {pad(term(declared.zh, declared.en, language), 34)}{count:>7}"
    yield ""
    yield pad(say("relation"), 38) + "".join(left(say(basis), 10) for basis in ASSERTED)
    for name, counts in report["relations"].items():
        cells = "".join(f"{counts[b] or '·':>10}" for b in ASSERTED)
        yield f"  {pad(term(schema.relations[name].zh, name, language), 36)}{cells}"


def _where(out: Path) -> Iterator[str]:
    yield say("page: {page} (yangfan view opens it); report: {report}", page=out / FORMATS["html"].file, report=out / "report.md")
