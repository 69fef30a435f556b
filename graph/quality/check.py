"""Check that a graph is what it claims to be: shapes, statements, quotes, declared counts, targets.

A build checks its records before it writes them; `check` reads the files back into records and checks those, as anyone could who has
only the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from ..assembly.records import GraphRecords, Records, edges_of, said_by
from ..core.errors import ReadError
from ..core.model import Node, Passage, Statement
from ..formats.manifest import differences
from ..text.numerals import spoken
from .findings import Finding
from .shapes import told, validate


def check_exports(folder: Path) -> list[Finding]:
    """Run every check on a folder of exports and give what was found; an empty list is a clean bill.

    Raises `ReadError` when a file is missing or cannot be read.
    """
    from ..formats.load import load_graph

    problems: list[tuple[str, str]] = []
    graph = load_graph(folder, problems)
    turtle = [_load(folder / name) for name in ("graph.ttl", "evidence.ttl")]
    found = [Finding(check, message) for check, message in problems]
    files = [Finding("files", message) for message in differences(folder)]
    return [*files, *told(validate("\n".join(turtle))), *found, *check_records(GraphRecords(graph))]


def _load(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReadError(error.strerror or "cannot be read", file=path) from error
    except UnicodeDecodeError as error:
        raise ReadError(f"not UTF-8 at byte {error.start}", file=path) from error


def check_records(records: Records) -> list[Finding]:
    """Check nodes, statements and passages against each other and against the texts."""
    return [
        *check_statements(records),
        *check_quotes(records),
        *check_declarations(records),
        *check_targets(records),
    ]


def check_statements(records: Records) -> Iterator[Finding]:
    """Every edge has a statement, and each basis has what it needs (contract section 5)."""
    known = {said.iri for said in said_by(records)}
    for edge in edges_of(records):
        if not edge.statements:
            yield Finding("statements", f"no statement for {edge.subject} {edge.relation} {edge.object}")
        for said in edge.statements:
            yield from _founded(said, known)
    for node, _ in records.entries():
        for said in node.curated:
            yield from _founded(said, known)


def _founded(said: Statement, known: set[str]) -> Iterator[Finding]:
    if said.basis == "stated" and not said.passages:
        yield Finding("statements", f"{said.iri} is stated but quotes nothing")
    if said.basis == "inferred" and not any(premise.statement in known for premise in said.premises):
        yield Finding("statements", f"{said.iri} is inferred from nothing")
    if said.basis == "curated" and not said.source:
        yield Finding("statements", f"{said.iri} is curated but has no source")


def check_quotes(records: Records) -> Iterator[Finding]:
    """Every quote stands at its place in its text, and a stated edge's ends are named in its quotes."""
    texts = ((document.key, document.text) for document, _ in records.documents())
    key, text = next(texts, ("", ""))
    for named, passages in groupby(records.passages(), key=lambda passage: passage.key):
        while key < named:
            key, text = next(texts, ("\U0010ffff", ""))
        for passage in passages:
            yield from _placed(passage, text if key == named else "")
    yield from _named(records)


def _placed(passage: Passage, text: str) -> Iterator[Finding]:
    (start, end), exact, prefix, suffix = passage[3:]
    if not 0 <= start < end or text[start:end] != exact or not exact:
        yield Finding("quotes", f"{passage.iri}: the text has {text[start:end][:30]!r} there, not {exact[:30]!r}")
    elif text[max(0, start - len(prefix)) : start] != prefix or text[end : end + len(suffix)] != suffix:
        yield Finding("quotes", f"{passage.iri}: the words around the quote differ")


_BRACKET = re.compile(r"（[^（）]*）")
_LEFT_OUT = re.compile(r"[\s《》〈〉<>“”\"]+")
_COMPOSED = {"Declaration", "Target", "Observation", "SourceDocument", "Deadline", "Period"}


def _named(records: Records) -> Iterator[Finding]:
    """Both ends of a stated edge are named in its quotes; labels that the program composed (targets, counts) are left out."""
    nodes = {node.iri: node for node, _ in records.entries() if node.cls not in _COMPOSED}
    names: dict[str, list[str]] = {}
    bare: dict[str, str] = {}
    for edge in edges_of(records):
        ends = [nodes[end] for end in (edge.subject, edge.object) if end in nodes]
        for said in edge.statements:
            if said.basis != "stated":
                continue
            quotes = []
            for passage in said.passages:
                if passage.iri not in bare:
                    bare[passage.iri] = _bare(passage.exact)
                quotes.append(bare[passage.iri])
            quoted = "".join(quotes)
            for node in ends:
                known = names.get(node.iri)
                if known is None:
                    known = names[node.iri] = _names_of(node)
                if any(name in quoted for name in known):
                    continue
                unbracketed = _BRACKET.sub("", quoted)
                if not any(name in unbracketed for name in known):
                    yield Finding("quotes", f"{said.iri}: {node.zh} is not named in what it quotes")


def _names_of(node: Node) -> list[str]:
    return [_bare(name) for name in (node.zh, node.en, *(name for _, name in node.alt)) if name]


def _bare(text: str) -> str:
    """Leave out what labels leave out: white space and enclosing marks."""
    return _LEFT_OUT.sub("", text)


def check_declarations(records: Records) -> Iterator[Finding]:
    """A declared count says that it holds exactly when it has as many members as declared."""
    for node, _ in records.entries("Declaration"):
        count, holds = node.attrs.get("yf:count"), node.attrs.get("yf:holds")
        told = node.attrs.get("yf:memberLabel", ())
        members = len(told) if isinstance(told, tuple) else 1
        if holds != (members == count):
            yield Finding("declarations", f"{node.iri}: {count} declared, {members} found, but holds is {str(holds).lower()}")


def check_targets(records: Records) -> Iterator[Finding]:
    """A target's label, which is made of its indicator and its quantity, gives the very numbers that the target carries."""
    for node, _ in records.entries("Target"):
        for name in ("value", "lower", "upper", "year"):
            number = node.attrs.get(f"yf:{name}")
            if number is None or str(number) in node.zh:
                continue
            if name == "year" or not isinstance(number, (int, Decimal)) or spoken(Decimal(number)) not in node.zh:
                yield Finding("targets", f"{node.iri}: {name} is {number}, but its label says {node.zh}")
