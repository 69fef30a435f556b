"""What a build made: counts by class, relation and basis, declared counts against found ones, coverage, warnings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..assembly.coverage import Coverage, coverage
from ..assembly.evidence import all_evidence, documents_of
from ..core.model import Document
from ..core.schema import load_schema
from ..core.vocabulary import load_vocabulary
from ..extract.ledger import signals

if TYPE_CHECKING:
    import networkx as nx

_UNREAD = 40
"""How many sentences that were not understood a report lists of a document."""
BASES = ("stated", "inferred", "curated")


def declarations(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """Give the declared counts of all plans: what is declared, how many members were found, whether they agree."""
    rows = []
    for node, data in graph.nodes(data=True):
        if data["cls"] != "Declaration":
            continue
        attrs = data["attrs"]
        members = attrs.get("yf:memberLabel", ())
        plan = next((s for s, _, r in graph.in_edges(node, keys=True) if r == "declares"), "")
        rows.append(
            {
                "plan": graph.nodes[plan]["zh"] if plan else "",
                "declared": data["zh"],
                "count": attrs["yf:count"],
                "found": len(members) if isinstance(members, tuple) else 1,
                "holds": attrs["yf:holds"],
                "members": list(members) if isinstance(members, tuple) else [members],
            }
        )
    return rows


def document_row(document: Document, covered: Coverage) -> dict[str, Any]:
    """Give what a report says of a document and what became of its sentences; those not understood that hold most come first."""
    vocabulary = load_vocabulary()
    told = [(span, signals(document.text[span.start : span.end], vocabulary)) for span in covered.open]
    told.sort(key=lambda entry: (-len(entry[1]), entry[0]))
    return {
        "key": document.key,
        "title": document.metadata.get("title", ""),
        "characters": len(document.text),
        "sentences": covered.sentences,
        "quoted": covered.evidence,
        "context": covered.context,
        "open": len(covered.open),
        "not_understood": [
            {"start": span.start, "end": span.end, "holds": list(held), "text": document.text[span.start : span.end]}
            for span, held in told[:_UNREAD]
        ],
    }


def make_report(
    graph: nx.MultiDiGraph[str], warnings: Mapping[str, Sequence[str]] | None = None, rejected: dict[str, str] | None = None
) -> dict[str, Any]:
    """Gather the report of a build as plain values; `warnings` and `rejected` are keyed by the document's name."""
    schema = load_schema()
    classes = Counter(str(data["cls"]) for _, data in graph.nodes(data=True))
    relations: dict[str, Counter[str]] = {}
    for subject, object_, relation in graph.edges(keys=True):
        bases = {s.basis for s in graph.edges[subject, object_, relation]["statements"]}
        basis = next(b for b in BASES if b in bases)
        relations.setdefault(relation, Counter())[basis] += 1
    covered = coverage(graph)
    untranslated = sum(1 for _, data in graph.nodes(data=True) if not data["en"])
    return {
        "version": __version__,
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "statements": sum(1 for _ in all_evidence(graph)),
        "classes": {name: classes[name] for name in sorted(classes, key=lambda n: schema.classes[n].rank)},
        "relations": {
            name: {basis: relations[name][basis] for basis in BASES}
            for name in sorted(relations, key=lambda n: schema.relations[n].rank)
        },
        "bases": {basis: sum(counts[basis] for counts in relations.values()) for basis in BASES},
        "declarations": declarations(graph),
        "documents": [document_row(document, covered[document.key]) for document in documents_of(graph).values()],
        "without_english": untranslated,
        "warnings": {name: list(texts) for name, texts in sorted((warnings or {}).items()) if texts},
        "rejected": dict(sorted((rejected or {}).items())),
    }


def report_json(report: dict[str, Any]) -> str:
    """Write a report as JSON."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _not_understood(documents: Sequence[dict[str, Any]]) -> list[str]:
    """List the sentences that were not understood and hold something that a reader would want to know of."""
    lines = []
    for row in documents:
        listed = [entry for entry in row["not_understood"] if entry["holds"]]
        if listed:
            lines += ["", f"### Not understood in {row['title'] or row['key']}", ""]
            lines += [_row("place", "holds", "sentence"), _row("---:", "---", "---")]
            lines += [_row(entry["start"], ", ".join(entry["holds"]), entry["text"]) for entry in listed]
    return lines


def report_markdown(report: dict[str, Any]) -> str:
    """Write a report as Markdown."""
    schema = load_schema()
    lines = [
        "# 构建报告 · Build report",
        "",
        f"{report['nodes']} nodes, {report['edges']} edges, {report['statements']} statements "
        f"({', '.join(f'{count} {basis}' for basis, count in report['bases'].items())}).",
        "",
        "## Nodes by class",
        "",
        _row("class", "类", "nodes"),
        _row("---", "---", "---:"),
        *(_row(name, schema.classes[name].zh, count) for name, count in report["classes"].items()),
        "",
        "## Edges by relation and basis",
        "",
        _row("relation", "关系", *BASES),
        _row("---", "---", "---:", "---:", "---:"),
        *(
            _row(name, schema.relations[name].zh, *(counts[basis] or "" for basis in BASES))
            for name, counts in report["relations"].items()
        ),
        "",
        "## Declared counts against what was found",
        "",
    ]
    whole = report.get("all")
    if whole:
        lines += [f"{whole['declarations']} declared counts, of which {whole['holding']} hold. The first that do not hold:", ""]
    if report["declarations"]:
        lines += [_row("declared", "found", "holds", "members"), _row("---", "---:", "---", "---")]
        for row in report["declarations"]:
            lines.append(_row(row["declared"], row["found"], "✓" if row["holds"] else "✗", "、".join(row["members"])))
    else:
        lines.append("None.")
    lines += ["", "## Documents", ""]
    if whole:
        lines += [f"{whole['documents']} documents. Those least quoted:", ""]
    lines += [_row("document", "characters", "sentences", "evidence", "context", "not understood"), _row("---", *["---:"] * 5)]
    for row in report["documents"]:
        told = (row["quoted"], sum(row["context"].values()), row["open"])
        shares = (f"{count} ({count / max(1, row['sentences']):.0%})" for count in told)
        lines.append(_row(row["title"] or row["key"], row["characters"], row["sentences"], *shares))
    lines += _not_understood(report["documents"])
    if report["without_english"]:
        lines += ["", f"{report['without_english']} nodes have no English label."]
    lines += ["", "## Warnings", ""]
    lines += [f"- {name}: {text}" for name, texts in report["warnings"].items() for text in texts] or ["None."]
    lines += ["", "## Rejected documents", ""]
    lines += [f"- {name}: {reason}" for name, reason in report["rejected"].items()] or ["None."]
    return "\n".join(lines) + "\n"
