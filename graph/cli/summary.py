"""The table that a build prints: what it made by class and relation, and declared counts against what was found."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ..core.model import BASES
from ..core.schema import load_schema
from ..formats.report import Report


def width(text: str) -> int:
    """Count the columns that a text takes in a terminal: Chinese characters take two (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def summary(report: Report, out: Path) -> str:
    """Lay out a build's report for a terminal or a log."""
    schema = load_schema()
    bases = report["bases"]
    lines = [
        f"{report['nodes']} nodes, {report['edges']} edges ({', '.join(f'{bases[b]} {b}' for b in BASES)}) in {out}",
        "",
        f"{_pad('class', 38)}nodes",
    ]
    for name, count in report["classes"].items():
        lines.append(f"  {_pad(schema.classes[name].zh + ' ' + schema.classes[name].en, 34)}{count:>7}")
    lines += ["", _pad("relation", 38) + "".join(f"{basis:>10}" for basis in BASES)]
    for name, counts in report["relations"].items():
        cells = "".join(f"{counts[b] or '·':>10}" for b in BASES)
        lines.append(f"  {_pad(schema.relations[name].zh + ' ' + name, 36)}{cells}")
    declared = report["declarations"]
    if whole := report.get("all"):
        lines += ["", f"{whole['documents']} documents; {whole['holding']} of {whole['declarations']} declared counts hold"]
    elif declared:
        lines += ["", "declared counts against what was found"]
        for row in declared:
            mark = "✓" if row["holds"] else "✗"
            lines.append(f"  {mark} {_pad(row['declared'], 34)}{row['found']:>3} of {row['count']}")
    return "\n".join(lines)
