"""The report of a build as Markdown, in Chinese and English at once: what is written to files does not hang on a language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from ..core.labels import words_of
from ..core.language import both, chinese
from ..core.model import ASSERTED
from ..core.schema import load_schema
from .report import NAMED, DocumentRow, Named, Report


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _head(*names: str) -> list[str]:
    """Give the head of a table; the columns behind the first are numbers where their names begin with a #."""
    ruled = ("---:" if name.startswith("#") else "---" for name in names)
    return [_row(*(both(name.lstrip("#")) for name in names)), _row(*ruled)]


def _told(message: str) -> str:
    """Give a warning in both languages."""
    said = chinese(message)
    return f"{said} · {message}" if said != message else message


def _not_understood(documents: Sequence[DocumentRow]) -> Iterator[str]:
    """List the sentences that were not understood and hold something that a reader would want to know of."""
    for row in documents:
        listed = [entry for entry in row["not_understood"] if entry["holds"]]
        if listed:
            yield from ("", f"### {both('Not understood in {title}', title=row['title'] or row['key'])}", "")
            yield from _head("#place", "contains", "sentence")
            for entry in listed:
                held = ", ".join(" · ".join(words_of(f"ledger.{sign}")) for sign in entry["holds"])
                yield _row(entry["start"], held, entry["text"])


def _counts(report: Report) -> Iterator[str]:
    schema = load_schema()
    bases = ", ".join(f"{count} {both(basis)}" for basis, count in report["bases"].items())
    said = both("{nodes} nodes, {edges} edges, {statements} statements", **{name: report[name] for name in ("nodes", "edges", "statements")})
    yield from (f"# {both('Build report')}", "", f"{said} ({bases}).", "", f"## {both('Nodes by class')}", "")
    yield from _head("name in the ontology", "class", "#nodes")
    yield from (_row(name, schema.classes[name].zh, count) for name, count in report["classes"].items())
    yield from ("", f"## {both('Edges by relation and basis')}", "")
    yield from _head("name in the ontology", "relation", *(f"#{basis}" for basis in ASSERTED))
    for name, counts in report["relations"].items():
        yield _row(name, schema.relations[name].zh, *(counts[basis] or "" for basis in ASSERTED))


def _proposed(report: Report) -> Iterator[str]:
    """List what other tools propose; nothing where they propose nothing."""
    if proposed := report.get("proposed"):
        schema = load_schema()
        yield from ("", f"## {both('Proposed by other tools, and not counted above')}", "")
        yield from _head("name in the ontology", "relation", "#proposed")
        yield from (_row(name, schema.relations[name].zh, count) for name, count in proposed["edges"].items())
        yield from ("", *_head("tool", "#statements"))
        yield from (_row(tool, count) for tool, count in proposed["tools"].items())
        if proposed["candidates"]:
            yield from ("", *_head("proposed class", "class", "#candidates"))
            yield from (_row(name, schema.classes[name].zh, count) for name, count in proposed["candidates"].items())


def _declared(report: Report) -> Iterator[str]:
    yield from ("", f"## {both('declared counts against what was found')}", "")
    whole = report.get("all")
    if whole:
        counts = {"declared": whole["declarations"], "holding": whole["holding"]}
        yield from (both("{declared} declared counts, of which {holding} hold. The first that do not hold:", **counts), "")
    if report["declarations"]:
        yield from _head("declared", "#found", "holds", "members")
        for told in report["declarations"]:
            verdict = "✓" if told["holds"] else both("list left open") if told["open"] else "✗" if told["found"] else "–"
            yield _row(told["declared"], told["found"], verdict, "、".join(told["members"]))
    else:
        yield both("None.")


def _documents(report: Report) -> Iterator[str]:
    yield from ("", f"## {both('Documents')}", "")
    if whole := report.get("all"):
        yield from (both("{documents} documents. Those least quoted:", documents=whole["documents"]), "")
    yield from _head("document", "#characters", "#sentences", "#evidence", "#context", "#not understood")
    for row in report["documents"]:
        parts = (row["quoted"], sum(row["context"].values()), row["open"])
        shares = (f"{count} ({count / max(1, row['sentences']):.0%})" for count in parts)
        yield _row(row["title"] or row["key"], row["characters"], row["sentences"], *shares)
    yield from _not_understood(report["documents"])
    if report["without_english"]:
        yield from ("", both("{count} nodes have no English label.", count=report["without_english"]))


def _list(title: str, lines: Sequence[str], more: int) -> Iterator[str]:
    yield from ("", f"## {both(title)}", "", *(lines or [both("None.")]))
    if more:
        yield from ("", both("{count} more files are named in report.json.", count=more))


def report_markdown(report: Report) -> str:
    """Write a report as Markdown."""
    warned, refused = dict(islice(report["warnings"].items(), NAMED)), dict(islice(report["rejected"].items(), NAMED))
    named = report.get("named") or Named(warnings=len(report["warnings"]), rejected=len(report["rejected"]))
    warnings = [f"- {name}: {_told(text)}" for name, texts in warned.items() for text in texts]
    rejected = [f"- {name}: {_told(reason)}" for name, reason in refused.items()]
    lists = (
        _list("Warnings", warnings, named["warnings"] - len(warned)),
        _list("Rejected documents", rejected, named["rejected"] - len(refused)),
    )
    parts = (_counts(report), _proposed(report), _declared(report), _documents(report), *lists)
    return "\n".join(line for part in parts for line in part) + "\n"
