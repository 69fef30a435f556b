"""What a build made: counts by class, relation and basis, declared counts against found ones, coverage, warnings."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple, NotRequired, TypedDict

from ..assembly.coverage import Coverage, coverage
from ..assembly.records import Records, edges_of, proposes
from ..core.model import ASSERTED, PROPOSED, Document
from ..core.schema import load_schema
from ..core.version import __version__
from ..core.vocabulary import load_vocabulary
from ..extract.ledger import signals
from .indented import indented
from .text import Text, between

if TYPE_CHECKING:
    from ..core.model import Node

_UNREAD = 40
"""How many sentences that were not understood a report lists of a document."""
_LISTED = 100
"""How many rows of a kind a report lists when there are more documents than that; `report.json` has all rows."""
NAMED = 1_000
"""How many files a report names that there are warnings of, or that were rejected; `report.json` names all of them."""


class Remarks(NamedTuple):
    """What is to be told of files, each by its name and in their order: warnings about them, and why they were rejected."""

    warnings: Collection[tuple[str, Sequence[str]]] = ()
    rejected: Collection[tuple[str, str]] = ()


_NOTHING = Remarks()


class DeclaredRow(TypedDict):
    """A declared count: in which plan, what is declared, how many members were found, whether they agree, or the text leaves their list open."""

    plan: str
    declared: str
    count: int
    found: int
    holds: bool
    open: bool
    members: list[str]


class OpenRow(TypedDict):
    """A sentence that was not understood: where it stands, what it holds that a reader would want to know of, and itself."""

    start: int
    end: int
    holds: list[str]
    text: str


class DocumentRow(TypedDict):
    """A source document: its key and title, how long it is, and what became of its sentences."""

    key: str
    title: str
    characters: int
    sentences: int
    quoted: int
    context: dict[str, int]
    open: int
    not_understood: list[OpenRow]


class Accounted(TypedDict):
    """What became of the sentences of all documents together."""

    sentences: int
    evidence: int
    context: int
    open: int


class Totals(TypedDict):
    """How much there is of what a report of many documents does not list."""

    documents: int
    declarations: int
    holding: int


class Named(TypedDict):
    """Of how many files there are warnings, and how many were rejected."""

    warnings: int
    rejected: int


class Proposed(TypedDict):
    """What other tools propose and the graph does not assert: edges by relation, statements by tool, candidates by the class proposed."""

    edges: dict[str, int]
    tools: dict[str, int]
    candidates: dict[str, int]


class Report(TypedDict):
    """A build's report as plain values.

    Nodes, edges, statements and what is counted of them leave out what is only proposed, which is told apart where there is any.
    With many documents, declarations holds only counts that do not hold, documents only those least quoted, and all says how many
    there are; with many warnings or rejected files these hold the first by name, and named says of how many files there are some.
    """

    version: str
    nodes: int
    edges: int
    statements: int
    classes: dict[str, int]
    relations: dict[str, dict[str, int]]
    bases: dict[str, int]
    accounted: Accounted
    declarations: list[DeclaredRow]
    documents: list[DocumentRow]
    without_english: int
    warnings: dict[str, list[str]]
    rejected: dict[str, str]
    proposed: NotRequired[Proposed]
    all: NotRequired[Totals]
    named: NotRequired[Named]


def declared_rows(records: Records) -> Iterator[DeclaredRow]:
    """Give the declared counts of all plans."""
    for plan, declared in groupby((node for node, _ in records.entries("Declaration")), key=lambda node: node.plan):
        label = records.label(plan, "Plan")
        yield from (declared_row(node, label) for node in declared)


def declared_row(node: Node, plan: str) -> DeclaredRow:
    """Give what a report says of a declared count of a plan (its label)."""
    told = node.attrs.get("yf:memberLabel", ())
    members = [str(member) for member in (told if isinstance(told, tuple) else (told,))]
    count = node.attrs["yf:count"]
    holds = bool(node.attrs["yf:holds"])
    return DeclaredRow(
        plan=plan,
        declared=node.zh,
        count=count if isinstance(count, int) else 0,
        found=len(members),
        holds=holds,
        open=not holds and bool(node.attrs.get("yf:listOpen")),
        members=members,
    )


def document_rows(records: Records) -> Iterator[DocumentRow]:
    """Give every source document with what became of its sentences, as was kept of it where its plan was assembled before."""
    kept = records.kept("account")
    if kept is not None:
        yield from map(json.loads, kept)
    else:
        yield from (document_row(document, covered) for document, covered in coverage(records))


def document_row(document: Document, covered: Coverage) -> DocumentRow:
    """Give what a report says of a document and what became of its sentences; those not understood that hold most come first."""
    vocabulary = load_vocabulary()
    told = [(span, signals(document.text[span.start : span.end], vocabulary)) for span in covered.open]
    told.sort(key=lambda entry: (-len(entry[1]), entry[0]))
    return DocumentRow(
        key=document.key,
        title=document.metadata.get("title", ""),
        characters=len(document.text),
        sentences=covered.sentences,
        quoted=covered.evidence,
        context=covered.context,
        open=len(covered.open),
        not_understood=[
            OpenRow(start=span.start, end=span.end, holds=list(held), text=document.text[span.start : span.end])
            for span, held in told[:_UNREAD]
        ],
    )


def _added_up(rows: Iterable[DocumentRow], accounted: Accounted) -> Iterator[DocumentRow]:
    """Pass the rows of documents on and add up what became of their sentences."""
    for row in rows:
        accounted["sentences"] += row["sentences"]
        accounted["evidence"] += row["quoted"]
        accounted["context"] += sum(row["context"].values())
        accounted["open"] += row["open"]
        yield row


def make_report(records: Records, remarks: Remarks = _NOTHING) -> Report:
    """Gather the report of a build."""
    schema = load_schema()
    relations = {name: counts for name, counts in records.relations.items() if any(counts[basis] for basis in ASSERTED)}
    proposed = _proposed(records)
    many = len(records.keys) > _LISTED
    accounted = Accounted(sentences=0, evidence=0, context=0, open=0)
    report = Report(
        version=__version__,
        nodes=records.classes.total() - records.classes["Candidate"],
        edges=sum(counts[basis] for counts in relations.values() for basis in ASSERTED),
        statements=records.statements - sum(proposed["tools"].values()),
        classes={name: records.classes[name] for name in schema.classes if records.classes[name] and name != "Candidate"},
        relations={name: {basis: relations[name][basis] for basis in ASSERTED} for name in schema.relations if name in relations},
        bases={basis: sum(counts[basis] for counts in relations.values()) for basis in ASSERTED},
        accounted=accounted,
        declarations=[] if many else list(declared_rows(records)),
        documents=[] if many else list(_added_up(document_rows(records), accounted)),
        without_english=records.untranslated - records.classes["Candidate"],
        warnings={name: list(texts) for name, texts in islice(remarks.warnings, NAMED)},
        rejected=dict(islice(remarks.rejected, NAMED)),
    )
    named = Named(warnings=len(remarks.warnings), rejected=len(remarks.rejected))
    if max(named["warnings"], named["rejected"]) > NAMED:
        report["named"] = named
    if proposed["tools"]:
        report["proposed"] = proposed
    if many:
        holds = Counter(row["holds"] for row in declared_rows(records))
        report["all"] = Totals(documents=len(records.keys), declarations=holds.total(), holding=holds[True])
        report["declarations"] = list(islice((row for row in declared_rows(records) if not row["holds"]), _LISTED))
        report["documents"] = heapq.nsmallest(
            _LISTED, _added_up(document_rows(records), accounted), key=lambda row: (row["quoted"] / max(1, row["sentences"]), row["key"])
        )
    return report


def _proposed(records: Records) -> Proposed:
    """Count what is only proposed; a graph without any is not gone through."""
    tools: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    if proposes(records):
        tools.update(said.rule.removeprefix(PROPOSED) for edge in edges_of(records) for said in edge.statements if said.basis == "proposed")
        classes.update(str(node.attrs["yf:proposedClass"]).removeprefix("yf:") for node, _ in records.entries("Candidate"))
    edges = {name: counts["proposed"] for name in load_schema().relations if (counts := records.relations.get(name)) and counts["proposed"]}
    return Proposed(edges=edges, tools=dict(sorted(tools.items())), candidates=dict(sorted(classes.items())))


def report_json(report: Report, records: Records, remarks: Remarks = _NOTHING) -> Text:
    """Write a report as JSON, with every row and every file."""
    return Text(_json(report, records, remarks))


def _json(report: Report, records: Records, remarks: Remarks) -> Iterator[str]:
    rows: dict[str, Iterable[DeclaredRow] | Iterable[DocumentRow]] = {"declarations": report["declarations"], "documents": report["documents"]}
    if "all" in report:
        rows = {"declarations": declared_rows(records), "documents": document_rows(records)}
    listed = {name: (indented(row, _STEP) for row in some) for name, some in rows.items()}
    told = {"warnings": remarks.warnings, "rejected": remarks.rejected}
    listed |= {name: (f"{indented(file)}: {indented(said, _STEP)}" for file, said in some) for name, some in told.items()}
    skeleton = {name: f"@{name}" if name in listed else value for name, value in report.items() if name not in ("all", "named")}
    text = indented(skeleton) + "\n"
    for name, items in listed.items():
        opened, closed = "[]" if name in rows else "{}"
        before, _, text = text.partition(f'"@{name}"')
        yield before
        empty = True
        for item in between(f",{_STEP}", items):
            yield f"{opened}{_STEP}{item}" if empty else item
            empty = False
        yield f"{opened}{closed}" if empty else f"\n  {closed}"
    yield text


_STEP = "\n    "
"""What begins a line of an item in a list of the report."""
