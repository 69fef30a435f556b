"""The graph as columns for the page: what is drawn, listed and searched at once, without the evidence.

A column of one property compresses far better than a list of objects, and a column of numbers is parsed at once. Indexes
stand for nodes in the graph's order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..core.iris import segment
from ..core.kinds import value_words
from ..core.labels import attribute_words, english_unit, inverse_words
from ..core.model import BASES, Iri, Value
from ..core.namespaces import BASE, PREFIXES
from ..core.schema import load_schema
from ..text.amounts import COMPARATORS
from ..text.pinyin import readings_of
from .gloss import gloss_of
from .marks import outline
from .scales import scale_of, start_of
from .told import MEASURED, english_name, lines_below, measure_words

if TYPE_CHECKING:
    import networkx as nx

    from ..core.model import Statement


def plain(value: Value | tuple[Value, ...]) -> Any:
    """Give an attribute's value as JSON has it: a resource as ``{"i": …}``, a date as ``{"d": …}``, decimals as text.

    >>> plain(Decimal("40")), plain(Iri("unit:PERCENT")), plain(date(2021, 7, 5))
    ('40', {'i': 'unit:PERCENT'}, {'d': '2021-07-05'})
    """
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Iri):
        return {"i": str(value)}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value


def drawn_nodes(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """Give the nodes as pyvis holds them (id, label, group) with the rest of what the page shows of each."""
    starts = {node: start_of(graph, node) for node in graph.nodes}
    return [
        {
            "id": node,
            "label": data["zh"],
            "group": data["cls"],
            "en": data["en"],
            "told": "" if data["en"] else english_name(graph, node),
            "gloss": gloss_of(graph, node),
            "below": [lines_below(graph, node, language) for language in ("zh", "en")],
            "said": [measure_words(data["attrs"], language) for language in ("zh", "en")] if data["cls"] in MEASURED else [],
            "start": starts[node],
            "scale": scale_of(data["attrs"], graph.nodes[starts[node]]["attrs"] if starts[node] else {}) if data["cls"] == "Target" else None,
            "alt": [list(name) for name in data["alt"]],
            "attrs": {curie: plain(value) for curie, value in data["attrs"].items()},
            "plan": data.get("plan", ""),
        }
        for node, data in graph.nodes(data=True)
    ]


def drawn_edges(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """Give the edges as pyvis holds them (from, to, label): parallel relations stay apart, bases as a set of bits in their order."""
    bit = {basis: 1 << position for position, basis in enumerate(BASES)}
    edges = []
    for subject, object_, relation, data in graph.edges(keys=True, data=True):
        statements: tuple[Statement, ...] = data["statements"]
        bases = 0
        for statement in statements:
            bases |= bit[statement.basis]
        edges.append({"from": subject, "to": object_, "label": relation, "bases": bases})
    return edges


def _steps(numbers: Iterable[int]) -> list[int]:
    """Give the first number and then the differences: small numbers, which compress to almost nothing."""
    steps, last = [], 0
    for number in numbers:
        steps.append(number - last)
        last = number
    return steps


def _identifiers(nodes: Sequence[Mapping[str, Any]], base: str) -> list[str | int]:
    """Give each IRI, or how it follows from class, label and plan: 0 as a shared node's, 1 as a plan's own."""
    column: list[str | int] = []
    for node in nodes:
        tail = f"{segment(node['group'])}/{node['label']}"
        if node["id"] == base + tail:
            column.append(0)
        elif node["plan"] and node["id"] == f"{node['plan']}/{tail}":
            column.append(1)
        else:
            column.append(str(node["id"]).removeprefix(base))
    return column


def _readings(nodes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Give the characters of the labels by syllable, as `readings_of` has them: first readings before further ones."""
    texts = [node["label"] for node in nodes]
    texts.extend(name for node in nodes for _, name in node["alt"])
    syllables: dict[str, list[str]] = {}
    for character, readings in readings_of(texts).items():
        for position, reading in enumerate(readings):
            syllables.setdefault(reading if not position else f"~{reading}", []).append(character)
    return {syllable: "".join(characters) for syllable, characters in sorted(syllables.items())}


def _units_of(nodes: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Give the English words of the units, of one and of many, that the nodes have."""
    used = {
        str(unit)
        for node in nodes
        for key in ("yf:unitText", "yf:perUnit", "yf:period")
        if (unit := node["attrs"].get(key))
    }
    return {unit: words for unit in sorted(used) if not unit.isascii() and (words := english_unit(unit)) is not None}


def _terms_of(nodes: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Give the words of the terms that attributes have for values (the scheme of a concept, the kind of a document)."""
    values = (value for node in nodes for given in node["attrs"].values() for value in (given if isinstance(given, list) else [given]))
    used = sorted({value["i"] for value in values if isinstance(value, dict) and "i" in value})
    return {curie: words for curie in used if (words := value_words(curie)) != (curie, curie)}


def pack_columns(
    nodes: Sequence[Mapping[str, Any]],
    edges: Sequence[Mapping[str, Any]],
    fold: Mapping[str, str],
    base: str = BASE,
) -> dict[str, Any]:
    """Put nodes and edges into columns, with the labels of the classes, relations and attributes that occur."""
    schema = load_schema()
    index = {node["id"]: position for position, node in enumerate(nodes)}
    classes = sorted({node["group"] for node in nodes}, key=lambda name: schema.classes[name].rank)
    relations = sorted({edge["label"] for edge in edges}, key=lambda name: schema.relations[name].rank)
    class_of = {name: position for position, name in enumerate(classes)}
    relation_of = {name: position for position, name in enumerate(relations)}
    used = sorted({curie for node in nodes for curie in node["attrs"]})
    inverse = inverse_words()
    return {
        "base": base,
        "prefixes": PREFIXES,
        "classes": [
            [
                name,
                schema.classes[name].zh,
                schema.classes[name].en,
                sorted(schema.classes[name].ancestors),
                segment(name),
                schema.classes[name].colour,
                schema.classes[name].mark,
            ]
            for name in classes
        ],
        "marks": {shape: outline(shape) for shape in sorted({schema.classes[name].mark.split()[0] for name in (*classes, "Plan")})},
        "relations": [
            [
                name,
                schema.relations[name].zh,
                schema.relations[name].en,
                *inverse.get(name, ("", "")),
                sorted(schema.relations[name].ancestors),
            ]
            for name in relations
        ],
        "attributes": {curie: attribute_words(curie) for curie in used},
        "terms": _terms_of(nodes),
        "units": _units_of(nodes),
        "signs": COMPARATORS,
        "nodes": {
            "iri": _identifiers(nodes, base),
            "cls": [class_of[node["group"]] for node in nodes],
            "zh": [node["label"] for node in nodes],
            "en": [node["en"] for node in nodes],
            "told": {position: node["told"] for position, node in enumerate(nodes) if node["told"]},
            "gloss": {position: node["gloss"] for position, node in enumerate(nodes) if node["gloss"]},
            "below": {position: node["below"] for position, node in enumerate(nodes) if any(node["below"])},
            "said": {position: node["said"] for position, node in enumerate(nodes) if any(node["said"])},
            "start": {position: index[node["start"]] for position, node in enumerate(nodes) if node["start"]},
            "scale": {position: node["scale"] for position, node in enumerate(nodes) if node["scale"]},
            "alt": {position: node["alt"] for position, node in enumerate(nodes) if node["alt"]},
            "attrs": {position: node["attrs"] for position, node in enumerate(nodes) if node["attrs"]},
            "plan": _steps(index.get(node["plan"], -1) for node in nodes),
            "fold": _steps(index[fold[node["id"]]] if node["id"] in fold else -1 for node in nodes),
        },
        "edges": {
            "from": _steps(index[edge["from"]] for edge in edges),
            "to": [index[edge["to"]] for edge in edges],
            "rel": [relation_of[edge["label"]] for edge in edges],
            "bases": [edge["bases"] for edge in edges],
        },
        "pinyin": _readings(nodes),
    }
