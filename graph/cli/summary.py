"""The table that a build prints: what it made by class and relation, and declared counts against what was found."""

from __future__ import annotations

from pathlib import Path

from ..core.language import say, spoken, term
from ..core.model import BASES
from ..core.schema import load_schema
from ..formats.report import Report
from .columns import left, pad


def summary(report: Report, out: Path) -> str:
    """Lay out a build's report for a terminal or a log."""
    schema, language = load_schema(), spoken()
    bases = ", ".join(f"{report['bases'][basis]} {say(basis)}" for basis in BASES)
    lines = [
        say("{nodes} nodes, {edges} edges ({bases}) in {folder}", nodes=report["nodes"], edges=report["edges"], bases=bases, folder=out),
        "",
        pad(say("class"), 36) + left(say("nodes"), 7),
    ]
    for name, count in report["classes"].items():
        declared = schema.classes[name]
        lines.append(f"  {pad(term(declared.zh, declared.en, language), 34)}{count:>7}")
    lines += ["", pad(say("relation"), 38) + "".join(left(say(basis), 10) for basis in BASES)]
    for name, counts in report["relations"].items():
        cells = "".join(f"{counts[b] or '·':>10}" for b in BASES)
        lines.append(f"  {pad(term(schema.relations[name].zh, name, language), 36)}{cells}")
    declared_counts = report["declarations"]
    if whole := report.get("all"):
        said = say("{documents} documents; {holding} of {declared} declared counts hold",
                   documents=whole["documents"], holding=whole["holding"], declared=whole["declarations"])  # fmt: skip
        lines += ["", said]
    elif declared_counts:
        lines += ["", say("declared counts against what was found")]
        for row in declared_counts:
            found = say("{found} of {count}", found=f"{row['found']:>3}", count=row["count"])
            lines.append(f"  {'✓' if row['holds'] else '✗'} {pad(row['declared'], 34)}{found}")
    return "\n".join(lines)
