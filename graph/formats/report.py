"""What a build made: counts by class, relation and basis, declared counts against found ones, coverage, warnings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..assembly.evidence import all_evidence, documents_of
from ..core.model import Document
from ..core.schema import load_schema

if TYPE_CHECKING:
    import networkx as nx

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
BASES = ("stated", "inferred", "curated")


def coverage(graph: nx.MultiDiGraph[str]) -> dict[str, tuple[int, int]]:
    """Count, for every document by its key, the sentences that some statement quotes and all sentences."""
    quoted: dict[str, set[tuple[int, int]]] = {}
    for record in all_evidence(graph):
        for passage in record.passages:
            quoted.setdefault(passage.document, set()).add(passage.span)
    result = {}
    for iri, document in documents_of(graph).items():
        spans = sorted(quoted.get(iri, ()))
        sentences = [m.span() for m in _SENTENCE.finditer(document.text) if len(m[0].strip()) > 1]
        hit = 0
        index = 0
        for start, end in sentences:
            while index < len(spans) and spans[index][1] <= start:
                index += 1
            hit += any(s < end and e > start for s, e in spans[index : index + 200])
        result[document.key] = (hit, len(sentences))
    return result


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


def document_row(document: Document, covered: tuple[int, int]) -> dict[str, Any]:
    """Give what a report says of a document; `covered` is what `coverage` counted."""
    quoted, sentences = covered
    return {
        "key": document.key,
        "title": document.metadata.get("title", ""),
        "characters": len(document.text),
        "sentences": sentences,
        "quoted": quoted,
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
    lines += [_row("document", "characters", "sentences quoted"), _row("---", "---:", "---:")]
    for row in report["documents"]:
        share = f"{row['quoted']} of {row['sentences']}"
        lines.append(_row(row["title"] or row["key"], row["characters"], share))
    if report["without_english"]:
        lines += ["", f"{report['without_english']} nodes have no English label."]
    lines += ["", "## Warnings", ""]
    lines += [f"- {name}: {text}" for name, texts in report["warnings"].items() for text in texts] or ["None."]
    lines += ["", "## Rejected documents", ""]
    lines += [f"- {name}: {reason}" for name, reason in report["rejected"].items()] or ["None."]
    return "\n".join(lines) + "\n"
