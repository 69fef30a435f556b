"""The scale that a target is drawn on: where it starts from, and the ends, said as amounts are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..text.amounts import number, unit_after
from .told import number_of

if TYPE_CHECKING:
    import networkx as nx

_WHOLE = Decimal(100)
_STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5", "10")))
_SPARE = Decimal("1.05")


class Scale(NamedTuple):
    """The ends of a scale, and the words of its marks in Chinese and in English: the ends, and nought where it lies between them."""

    left: float
    right: float
    zh: tuple[str, ...]
    en: tuple[str, ...]


def start_of(graph: nx.MultiDiGraph[str], node: str) -> str:
    """Give what a target starts from: the base that its text gives it, else its indicator's latest known value in the same unit; "" for none.

    A change starts from its own base, which is no node, and what is no target from nothing.
    """
    data = graph.nodes[node]
    if data["cls"] != "Target":
        return ""
    if given := _objects(graph, node, "baseline"):
        return given[0]
    if data["attrs"].get("yf:change"):
        return ""
    owners = [owner for owner, _, relation in graph.in_edges(node, keys=True) if relation == "hasTarget"]
    attrs = {known: graph.nodes[known]["attrs"] for owner in owners for known in _objects(graph, owner, "hasObservation")}
    unit = data["attrs"].get("yf:unitText", "")
    alike = [known for known, has in attrs.items() if _value(has) is not None and has.get("yf:unitText", "") == unit]
    return max(alike, key=lambda known: str(attrs[known].get("yf:year", attrs[known].get("yf:period", ""))), default="")


def scale_of(target: Mapping[str, Any], start: Mapping[str, Any]) -> Scale | None:
    """Give the scale of a target by its attributes and those of what it starts from; None where nothing makes one.

    A bar needs a hundred per cent, a start, or the nought that a change starts from.

    >>> scale_of({"yf:value": Decimal(85), "yf:unitText": "%"}, {})
    Scale(left=0.0, right=100.0, zh=('0', '100%'), en=('0', '100%'))
    >>> scale_of({"yf:value": Decimal(120_000), "yf:unitText": "吨"}, {"yf:value": Decimal(90_000)})
    Scale(left=0.0, right=200000.0, zh=('0', '20万吨'), en=('0', '200,000 tonnes'))
    >>> scale_of({"yf:value": Decimal(-15), "yf:unitText": "%", "yf:change": True}, {}).zh
    ('−100%', '0', '+100%')
    """
    unit, changes = str(target.get("yf:unitText", "")), bool(target.get("yf:change"))
    begins = Decimal(0) if changes else _value(start)
    percent = unit == "%"
    if _value(target) is None or (begins is None and not percent):
        return None
    seen = [Decimal(0), begins, *(number_of(target.get(name)) for name in ("yf:value", "yf:lower", "yf:upper"))]
    known = [one for one in seen if one is not None]
    left, right = _ends(min(known), max(known), percent, changes)
    marks = [left, *([Decimal(0)] if left < 0 < right else []), right]
    zh, en = (tuple(_mark(mark, unit, changes, language) for mark in marks) for language in ("zh", "en"))
    return Scale(float(left), float(right), zh, en)


def _ends(bottom: Decimal, top: Decimal, percent: bool, changes: bool) -> tuple[Decimal, Decimal]:
    """Give per cents of a whole from 0 to 100, their changes from -100 to 100, all else from nought to round numbers."""
    least = -_WHOLE if changes else Decimal(0)
    if percent and top <= _WHOLE and bottom >= least:
        return least, _WHOLE
    return -_round_above(-bottom) if bottom < 0 else Decimal(0), _round_above(top) if top > 0 else Decimal(0)


def _round_above(value: Decimal) -> Decimal:
    """Give the next round number well above a value: 1, 2, 2.5 or 5 times a power of ten."""
    reach = value * _SPARE
    return next(step for step in (one.scaleb(reach.adjusted()) for one in _STEPS) if step >= reach)


def _mark(value: Decimal, unit: str, changes: bool, language: str) -> str:
    return f"{'+' if changes and value > 0 else ''}{number(value, language)}{unit_after(value, unit, language)}" if value else "0"


def _value(attrs: Mapping[str, Any]) -> Decimal | None:
    found = (number_of(attrs.get(name)) for name in ("yf:value", "yf:lower", "yf:upper"))
    return next((one for one in found if one is not None), None)


def _objects(graph: nx.MultiDiGraph[str], node: str, relation: str) -> list[str]:
    return [o for _, o, name in graph.out_edges(node, keys=True) if name == relation]
