"""Amounts of targets in words: a comparator, a value or a range, a unit; large numbers as each language writes them."""

from __future__ import annotations

from decimal import Decimal

from ..core.comparison import Aim
from ..core.labels import english_unit
from .numerals import plain, spoken

COMPARATORS = {"=": "=", ">": ">", ">=": "≥", "<": "<", "<=": "≤", "~": "≈"}
"""The signs of comparators as people write them."""

_CLOSE = ("%", "‰", "℃")
_ROUND = "万亿"
_TO = {"zh": "—", "en": "–"}
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def number(value: Decimal, language: str = "zh") -> str:
    """Write a number: in 万 and 亿, or with commas and in millions, billions and trillions; a minus is a minus.

    >>> number(Decimal(1300000000000)), number(Decimal(1300000000000), "en"), number(Decimal(-15000), "en")
    ('1.3万亿', '1.3 trillion', '−15,000')
    """
    if language == "zh":
        return spoken(plain(value)).replace("-", "−")
    for factor, name in _LARGE:
        if abs(value) >= factor:
            return f"{plain(value / factor):,} {name}".replace("-", "−")
    return f"{plain(value):,}".replace("-", "−")


def unit_after(value: Decimal | None, unit: str, language: str = "zh") -> str:
    """Give what stands behind a number for its unit: a closed-up sign, a word behind a space, nothing for a counter in English.

    >>> unit_after(Decimal(1), "公顷", "en"), unit_after(Decimal(20), "家", "en"), unit_after(Decimal(20), "家")
    (' hectare', '', ' 家')
    >>> unit_after(Decimal(30_000), "家"), unit_after(Decimal(30_000), "%")
    ('家', '%')
    """
    words = english_unit(unit) if language == "en" else None
    said = unit if words is None else words[value != 1]
    rounded = language == "zh" and value is not None and number(value)[-1] in _ROUND
    return said if said in _CLOSE or rounded or not said else f" {said}"


def amount(aim: Aim, language: str = "zh") -> str:
    """Give a target's amount, a change with its sign; empty where it has no number.

    >>> amount(Aim("泊位", ">=", Decimal(20), Decimal(20), "个", 2025, False))
    '≥ 20 个'
    >>> amount(Aim("产值", ">", Decimal(10**12), Decimal(10**12), "元", 2025, False), "en")
    '> 1 trillion yuan'
    >>> amount(Aim("能耗", "=", Decimal(-15), Decimal(-15), "%", 2025, True))
    '−15%'
    """
    ends = list(dict.fromkeys(number(end, language) for end in (aim.low, aim.high) if end is not None))
    if not ends:
        return ""
    # Equality goes without saying.
    sign = "" if aim.comparator == "=" else COMPARATORS.get(aim.comparator, aim.comparator)
    rises = aim.change and aim.low is not None and aim.low > 0
    unit = unit_after(aim.high, aim.unit, language)
    return f"{sign}{' ' if sign else ''}{'+' if rises else ''}{_TO[language].join(ends)}{unit}"
