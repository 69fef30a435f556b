"""Dates as plans set them: 2025年6月底前, 2025年第三季度末, 年底前 in a plan for one year; each as its last day and its precision."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_NUMERALS = "一二三四"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = 3
_TENTHS = {"上": 10, "中": 20}
"""The last days of the first and the second third of a month; the last ends with the month."""
_UNIT = (
    r"(?:(?P<month>\d{1,2})月(?:份|(?P<day>\d{1,2})日|(?P<tenth>[上中下])旬)?|第?(?P<quarter>[一二三四1-4])季度|(?P<half>上半年|下半年))?"
    r"(?P<end>年?[底末](?:以)?)?"
)
BEFORE = re.compile(rf"(?:(?P<year>20\d{{2}})年|(?<![\d年]))(?P<of>年(?=[底末]))?{_UNIT}之?前(?![期沿瞻提后往来述所景端])")
"""A date before which something is to be done."""
UNTIL = re.compile(rf"(?:到|至|力争)(?P<year>20\d{{2}})年(?P<of>年(?=[底末]))?{_UNIT}")
"""A date until which something is to be done: a deadline where the end of a year, quarter or month is named."""
WHEN = re.compile(rf"(?P<year>20\d{{2}})年{_UNIT}")
"""A date in a cell or behind 完成时限： that needs no word of its own to be a deadline."""
RANGE = re.compile(
    r"(?P<year>20\d{2})年?(?:(?P<month>\d{1,2})月(?:份|(?P<day>\d{1,2})日)?)?\s?(?:[-—–－~～]{1,2}|至|到)\s?"
    r"(?:(?P<year2>20\d{2})年?)?(?:(?P<month2>\d{1,2})月(?:份|底|末|(?P<day2>\d{1,2})日)?)?(?:底|末|年底)?"
)
"""From one date to another; the later may leave its year out (2023年3月至6月)."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a deadline, how exactly the text gives it, and the name by which every plan means this deadline."""

    day: date
    precision: str
    label: str


def last_of_month(year: int, month: int) -> date:
    """Give the last day of a month.

    >>> last_of_month(2024, 2).isoformat()
    '2024-02-29'
    """
    return date(year, month, monthrange(year, month)[1])


def due_of(match: re.Match[str], year: int | None = None) -> Due | None:
    """Read a matched date as a deadline; `year` is the plan's own, for a date that leaves it out. None where the day is not clear.

    2025年前 is before that year, at its word; 6月前 may mean that month's start or its end, and neither is guessed.

    >>> due_of(BEFORE.search("2025年6月底前完成"))
    Due(day=datetime.date(2025, 6, 30), precision='month', label='2025年6月底前')
    >>> due_of(BEFORE.search("2025年前完成"))
    Due(day=datetime.date(2024, 12, 31), precision='year', label='2025年前')
    >>> due_of(BEFORE.search("2025年6月中旬前完成"))
    Due(day=datetime.date(2025, 6, 20), precision='day', label='2025年6月中旬前')
    >>> due_of(BEFORE.search("2025年6月前完成")) is None
    True
    """
    when = int(match["year"]) if match["year"] else year
    if when is None:
        return None
    try:
        if match["day"]:
            day = date(when, int(match["month"]), int(match["day"]))
            return Due(day, "day", f"{when}年{day.month}月{day.day}日前")
        if match["tenth"]:
            month = int(match["month"])
            last = _TENTHS.get(match["tenth"])
            day = date(when, month, last) if last else last_of_month(when, month)
            return Due(day, "day", f"{when}年{month}月{match['tenth']}旬前")
        if match["month"]:
            # 6月前: before it begins or before it ends?
            open_ended = match.re is BEFORE and not match["end"]
            month = int(match["month"])
            return None if open_ended else Due(last_of_month(when, month), "month", f"{when}年{month}月底前")
    except ValueError:
        return None
    if match["quarter"]:
        number = _QUARTERS[match["quarter"]]
        return Due(last_of_month(when, _MONTHS * number), "quarter", f"{when}年第{_NUMERALS[number - 1]}季度末前")
    if match["half"]:
        first = match["half"] == "上半年"
        return Due(last_of_month(when, 6 if first else 12), "half", f"{when}年{match['half']}末前")
    if match["end"] or match.re is WHEN:
        return end_of_year(when)
    # 2030年前: before that year, taken at its word.
    return Due(date(when - 1, 12, 31), "year", f"{when}年前") if match.re is BEFORE and match["year"] else None


def end_of_year(year: int) -> Due | None:
    """Give the deadline of what is to be done within a year; None for no year.

    >>> end_of_year(2026)
    Due(day=datetime.date(2026, 12, 31), precision='year', label='2026年底前')
    """
    return Due(date(year, 12, 31), "year", f"{year}年底前") if year else None


def range_of(match: re.Match[str]) -> tuple[date, date] | None:
    """Read a matched range as its first and its last day; None for one that ends before it begins.

    >>> [day.isoformat() for day in range_of(RANGE.search("2023年3月至6月"))]
    ['2023-03-01', '2023-06-30']
    >>> [day.isoformat() for day in range_of(RANGE.search("2021—2023年"))]
    ['2021-01-01', '2023-12-31']
    """
    first, last = int(match["year"]), int(match["year2"] or match["year"])
    if not match["year2"] and not match["month2"]:
        return None
    try:
        start = date(first, int(match["month"] or 1), int(match["day"] or 1))
        month = int(match["month2"] or 12)
        end = date(last, month, int(match["day2"])) if match["day2"] else last_of_month(last, month)
    except (ValueError, TypeError):
        return None
    return (start, end) if start <= end else None
