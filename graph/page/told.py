"""English names of what has only a Chinese one and is made of parts: targets and observations of their amounts, deadlines of their dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..core.comparison import Aim
from ..core.labels import english_unit, words_of
from ..core.schema import load_schema
from ..text.amounts import amount
from .gloss import gloss_of, years_of
from .layout.measure import OF_PLANS, card_lines

if TYPE_CHECKING:
    import networkx as nx

MEASURED = {"Target": "hasTarget", "Observation": "hasObservation"}
"""The classes of quantities, each with the relation by which an indicator has them."""

_QUARTERS = ("first", "second", "third", "fourth")
_MONTHS = 3


def english_name(graph: nx.MultiDiGraph[str], node: str) -> str:
    """Give the English name under which the page shows a node: its own, else one told from its parts; "" where there is neither.

    What is told is for reading only: it is no label of the graph, and nothing that is exported has it. An indicator without an
    English name keeps its Chinese one in it.
    """
    data = graph.nodes[node]
    if data["en"]:
        return str(data["en"])
    if data["cls"] == "Deadline":
        return deadline_name(data["attrs"])
    relation = MEASURED.get(data["cls"], "")
    owners = [owner for owner, _, name in graph.in_edges(node, keys=True) if name == relation] if relation else []
    return _measure_name(graph.nodes[owners[0]], data["attrs"]) if owners else ""


def deadline_name(attrs: Mapping[str, Any]) -> str:
    """Say a deadline: its last day, as exactly as the text gave it; "" where it has no date.

    >>> deadline_name({"yf:dueDate": date(2021, 12, 31), "yf:precision": "year"})
    'by the end of 2021'
    >>> deadline_name({"yf:dueDate": date(2025, 6, 30), "yf:precision": "quarter"})
    'by the end of the second quarter of 2025'
    """
    day = attrs.get("yf:dueDate")
    if not isinstance(day, date):
        return ""
    match attrs.get("yf:precision"):
        case "year":
            return f"by the end of {day.year}"
        case "half":
            return f"by the end of the {'first' if day.month <= 6 else 'second'} half of {day.year}"
        case "quarter":
            return f"by the end of the {_QUARTERS[(day.month - 1) // _MONTHS]} quarter of {day.year}"
        case "month":
            return f"by the end of {day:%B} {day.year}"
    return f"by {day.day} {day:%B} {day.year}"


def measure_words(attrs: Mapping[str, Any], language: str) -> str:
    """Say the amount of a target or an observation with its unit; "" where it has no number.

    >>> measure_words({"yf:comparator": ">=", "yf:value": Decimal(18), "yf:unitText": "个", "yf:perUnit": "每万人"}, "en")
    '≥ 18 per 10,000 people'
    >>> measure_words({"yf:value": Decimal(-33), "yf:unitText": "%", "yf:change": True}, "zh")
    '变化量 −33%'
    """
    low, high = (number_of(attrs.get(name, attrs.get("yf:value"))) for name in ("yf:lower", "yf:upper"))
    sign = ">=" if high is None else "<=" if low is None else "="
    changes = bool(attrs.get("yf:change"))
    aim = Aim("", str(attrs.get("yf:comparator", sign)), low, high, str(attrs.get("yf:unitText", "")), None, changes)
    said = amount(aim, language)
    if not said:
        return ""
    change = words_of("page.change")[language == "en"] if changes else ""
    per = str(attrs.get("yf:perUnit", ""))
    words = english_unit(per) if per and language == "en" else None
    return f"{change}{said}{f' {words[0]}' if words else f' / {per}' if per else ''}"


def lines_below(graph: nx.MultiDiGraph[str], node: str, language: str) -> tuple[str, ...]:
    """Give what a card says below its label: of an indicator its targets, of a plan its years or what its title tells, of a task when it is due.

    An indicator of several plans has none: a figure without its plan says nothing. Of more than two targets the last two are given.
    """
    cls = graph.nodes[node]["cls"]
    if cls == "Indicator":
        return _target_lines(graph, node, language)
    if cls == "Plan":
        return _plan_lines(graph, node, language)
    if not load_schema().is_a(cls, "Task"):
        return ()
    ends = [graph.nodes[o] for _, o, relation in graph.out_edges(node, keys=True) if relation == "dueBy"]
    words = dict.fromkeys((deadline_name(end["attrs"]) if language == "en" else "") or end["zh"] for end in ends)
    return tuple(words) if len(words) == 1 else ()


def _plan_lines(graph: nx.MultiDiGraph[str], plan: str, language: str) -> tuple[str, ...]:
    """Give the years that a title lacks; in English, of a title without translation, what can be told of it (`page.gloss`)."""
    data = graph.nodes[plan]
    if language == "en" and not data["en"]:
        return tuple(card_lines(said, "en", OF_PLANS)) if (said := gloss_of(graph, plan)) else ()
    years = years_of(data["attrs"])
    return (years,) if years and years[:4] not in data[language] else ()


def _target_lines(graph: nx.MultiDiGraph[str], indicator: str, language: str) -> tuple[str, ...]:
    targets = [o for _, o, relation in graph.out_edges(indicator, keys=True) if relation == "hasTarget"]
    if len({graph.nodes[target].get("plan", "") for target in targets}) != 1:
        return ()
    said = [(str(attrs.get("yf:year", "")), measure_words(attrs, language)) for attrs in (graph.nodes[t]["attrs"] for t in targets)]
    in_year = f" · {words_of('page.year')[language == 'en']}"
    lines = [words + (in_year.format(year) if year else "") for year, words in sorted(said) if words]
    return tuple(dict.fromkeys(lines))[-2:]


def _measure_name(owner: Mapping[str, Any], attrs: Mapping[str, Any]) -> str:
    said = measure_words(attrs, "en")
    year = str(attrs.get("yf:year") or attrs.get("yf:period") or "")
    return f"{owner['en'] or owner['zh']}: {said}{f' ({year})' if year.isdecimal() else ''}" if said else ""


def number_of(value: Any) -> Decimal | None:
    """Give the number that an attribute holds; None where it holds none."""
    # A graph that is read back to be checked may hold words where a number belongs.
    return Decimal(str(value)) if isinstance(value, (int, float, Decimal)) else None
