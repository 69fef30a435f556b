"""English names of what has only a Chinese one and is made of parts: targets and observations of their amounts, deadlines of their dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..core.comparison import Aim
from ..core.labels import english_unit
from ..text.amounts import amount

if TYPE_CHECKING:
    import networkx as nx

_NAMED_BY = {"Target": "hasTarget", "Observation": "hasObservation"}
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
    relation = _NAMED_BY.get(data["cls"], "")
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


def _measure_name(owner: Mapping[str, Any], attrs: Mapping[str, Any]) -> str:
    low, high = (_number(attrs.get(name, attrs.get("yf:value"))) for name in ("yf:lower", "yf:upper"))
    year = attrs.get("yf:year") or attrs.get("yf:period")
    words = english_unit(str(attrs.get("yf:perUnit", "")))
    aim = Aim(
        "",
        str(attrs.get("yf:comparator", "=")),
        low,
        high,
        str(attrs.get("yf:unitText", "")),
        None,
        bool(attrs.get("yf:change")),
    )
    said = amount(aim, "en")
    if not said:
        return ""
    change = "change " if aim.change else ""
    per = f" {words[0]}" if words and words[0] else ""
    return f"{owner['en'] or owner['zh']}: {change}{said}{per}{f' ({year})' if str(year).isdecimal() else ''}"


def _number(value: Any) -> Decimal | None:
    # A graph that is read back to be checked may hold words where a number belongs.
    return Decimal(str(value)) if isinstance(value, (int, float, Decimal)) else None
