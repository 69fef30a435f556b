"""The evidence as columns for the page: texts, statements and where in the texts they stand; opened when asked for.

Most statements share their passages with their neighbours (one sentence states many edges), so passages are numbered and
a statement only says which it has.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

from ..assembly.evidence import documents_of
from ..core.labels import status_words
from ..core.model import BASES
from ..core.rules import rule_label
from .columns import plain
from .ledger import pack_ledger

if TYPE_CHECKING:
    import networkx as nx

    from ..core.model import Document, Statement


def _number(known: dict[Any, int], thing: Hashable) -> int:
    """Give the number of a thing: the next free one when it is new."""
    return known.setdefault(thing, len(known))


def _texts(documents: Iterable[tuple[str, Document]]) -> list[dict[str, Any]]:
    """Give each document with its text; every line as the step from the last line's end, its length and its kind."""
    result = []
    for iri, document in documents:
        lines: list[list[int | str]] = []
        end = 0
        for line in document.lines:
            lines.append([line.start - end, line.end - line.start, line.kind[0]])
            end = line.end
        result.append(
            {
                "iri": iri,
                "key": document.key,
                "name": document.metadata.get("title") or document.name,
                "url": document.metadata.get("url", ""),
                "text": document.text,
                "lines": lines,
            }
        )
    return result


def _curated(graph: nx.MultiDiGraph[str]) -> dict[int, list[list[Any]]]:
    """Give what a person asserted about nodes: attribute, value and source of each, by the node's number."""
    found: dict[int, list[list[Any]]] = {}
    for position, node in enumerate(graph):
        curated: tuple[Statement, ...] = graph.nodes[node].get("curated", ())
        for statement in curated:
            source = statement.source
            where = [source.title, source.url, source.date, source.status] if source else ["", "", "", ""]
            value = "" if statement.value is None else plain(statement.value)
            found.setdefault(position, []).append([statement.relation, value, *where, statement.note])
    return found


def pack_evidence(graph: nx.MultiDiGraph[str]) -> dict[str, Any]:
    """Put all statements into columns, in the order of the graph's edges and of each edge's statements."""
    documents = documents_of(graph)
    number = {iri: position for position, iri in enumerate(documents)}
    rules: dict[str, int] = {}
    passages: dict[tuple[tuple[int, int], ...], int] = {}
    counts: list[int] = []
    columns: dict[str, list[int]] = {"basis": [], "rule": [], "doc": [], "at": []}
    rare: dict[str, dict[int, Any]] = {"source": {}, "note": {}, "wording": {}, "from": {}}
    concluded: list[tuple[int, Statement]] = []
    place: dict[str, int] = {}
    for _, _, data in graph.edges(data=True):
        statements: tuple[Statement, ...] = data["statements"]
        counts.append(len(statements))
        for statement in statements:
            position = place[statement.iri] = len(place)
            columns["basis"].append(BASES.index(statement.basis))
            columns["rule"].append(_number(rules, statement.rule))
            columns["doc"].append(number.get(statement.passages[0].document, -1) if statement.passages else -1)
            columns["at"].append(_number(passages, tuple(map(tuple, statement.spans))) if statement.spans else -1)
            if statement.source:
                source = statement.source
                rare["source"][position] = [source.title, source.url, source.date, source.status]
            if statement.note:
                rare["note"][position] = statement.note
            if statement.wording:
                rare["wording"][position] = statement.wording
            if statement.premises:
                concluded.append((position, statement))
    for position, statement in concluded:
        rare["from"][position] = [place[used.statement] for used in statement.premises if used.statement in place]
    curated = _curated(graph)
    statuses = {entry[5] for entries in curated.values() for entry in entries} | {source[3] for source in rare["source"].values()}
    # A passage is its spans one after the other; starts as steps from the passage before, since the text runs on.
    flat: list[list[int]] = []
    last = 0
    for spans in passages:
        steps = [spans[0][0] - last, spans[0][1] - spans[0][0]]
        for start, end in spans[1:]:
            steps += [spans[0][0] - start, end - start]
        flat.append(steps)
        last = spans[0][0]
    return {
        "documents": _texts(documents.items()),
        "rules": list(rules),
        "ruleWords": {
            name: [rule_label(name, "zh"), rule_label(name, "en")] for name in rules if rule_label(name, "zh") != name
        },
        "passages": flat,
        "counts": counts,
        "curated": curated,
        "statusWords": {status: status_words(status) for status in sorted(statuses)},
        "ledger": pack_ledger(graph),
        **columns,
        **rare,
    }
