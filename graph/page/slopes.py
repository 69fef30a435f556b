"""The slope of one target between two plans, as geometry for an SVG: where the ends stand, on a scale of the target's own.

Every slope has nought on its scale, so that steepness tells how much a value changes against itself and nothing is blown up; a fall
runs downwards, below nought where the target is one (下降15%). The real values stand beside it as text (Tufte, The Visual Display of
Quantitative Information, chapter 7; Our World in Data's slope charts).
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ..core.comparison import Aim

WIDTH, HEIGHT, LONE = 240, 72, 24
"""The size of a picture, and how high it is where a target stands in one plan alone."""
_TOP, _BOTTOM, _LEFT, _RIGHT = 10, 62, 10, 230
Ends = tuple[float, float]


class Slope(NamedTuple):
    """The heights of low and high at either end (none where a plan has no value), and of nought (none where there is nothing to compare)."""

    before: Ends | None
    after: Ends | None
    nought: float | None
    left: int = _LEFT
    right: int = _RIGHT
    width: int = WIDTH
    height: int = HEIGHT


def slope(before: Aim | None, after: Aim | None) -> Slope | None:
    """Place the two ends; None where neither side has a number.

    >>> twenty, thirty = (Aim("泊位", "=", Decimal(n), Decimal(n), "个", 2025, False) for n in (20, 30))
    >>> slope(twenty, thirty)[:3]
    ((27.3, 27.3), (10.0, 10.0), 62.0)
    """
    was, now = _ends(before), _ends(after)
    if was is None or now is None:
        middle = (LONE / 2, LONE / 2)
        return Slope(middle if was else None, middle if now else None, None, height=LONE) if was or now else None
    low, high = min(Decimal(0), *was, *now), max(Decimal(0), *was, *now)
    span = (high - low) or Decimal(1)

    def height(value: Decimal) -> float:
        return round(float(_BOTTOM - (value - low) / span * (_BOTTOM - _TOP)), 1)

    return Slope((height(was[0]), height(was[1])), (height(now[0]), height(now[1])), height(Decimal(0)))


def _ends(aim: Aim | None) -> tuple[Decimal, Decimal] | None:
    if aim is None or (aim.low is None and aim.high is None):
        return None
    low = aim.low if aim.low is not None else aim.high
    high = aim.high if aim.high is not None else aim.low
    assert low is not None
    assert high is not None
    return low, high


def difference(before: Aim | None, after: Aim | None) -> tuple[Decimal, str] | None:
    """Give by how much a single value changed: in per cent of what it was, or in percentage points where it is a percentage.

    >>> ten, twelve = (Aim("漏损率", "<=", Decimal(n), Decimal(n), "%", 2025, False) for n in (10, 12))
    >>> difference(ten, twelve)
    (Decimal('2'), 'points')
    """
    ends = _ends(before), _ends(after)
    if ends[0] is None or ends[1] is None or before is None or after is None or any(low != high for low, high in (ends[0], ends[1])):
        return None
    was, now = ends[0][0], ends[1][0]
    if before.unit == after.unit == "%":
        return now - was, "points"
    if before.change or was <= 0 or now < 0:
        return None
    return ((now - was) / was * 100).quantize(Decimal("0.1")), "percent"
