"""Dates as documents and copies write them."""

from __future__ import annotations

import re
from datetime import date

CHINESE_DATE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
DAY_AND_TIME = re.compile(r"\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?: ?\d{1,2}[:：]\d{2}(?::\d{2})?)?")
"""A day in Chinese or with marks, with its time where a page gives it."""
MONTH = re.compile(rf"{CHINESE_DATE.pattern}|[〇○Ｏ零一二三四五六七八九]{{4}}年[一二三四五六七八九十]{{1,2}}月")
"""A day, or a month in Chinese numerals."""
SIGNED = re.compile(
    rf"{CHINESE_DATE.pattern}|\d{{4}}\s?年\s?\d{{1,2}}\s?月"
    r"|[〇○Ｏ零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
"""What stands under a signature or on a cover: a day, or a month alone, in either kind of numerals."""
DATE_LINE = re.compile(r"\D{0,3}\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?\D{0,2}")
"""A line that is nothing but a date."""
ANY_DATE = re.compile(r"\s?\d{4}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}")
"""A date in Chinese or with marks, perhaps without its last 日."""
PERIOD = re.compile(r"(?P<start>20\d{2})\s?年?\s?[-—–－~～至到]{1,2}\s?(?P<end>20\d{2})\s?年?")
"""From one year to another, as titles bear it (2021—2023年)."""
BRACKETED_PERIOD = re.compile(rf"[（(]\s?{PERIOD.pattern}\s?[)）]")
"""Such a period in brackets behind a title."""
_MONTH_OF_YEAR = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_RFC = re.compile(r"(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (\d{4})")
_MONTHS = {m: i for i, m in enumerate(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1)}


def parse_date(text: str) -> date | None:
    """Read a date in Chinese, ISO 8601 or RFC 5322 form; None when there is none.

    >>> parse_date("2021年7月13日"), parse_date("Tue, 13 Jul 2021 11:52:05 GMT"), parse_date("2021-2023年期间")
    (datetime.date(2021, 7, 13), datetime.date(2021, 7, 13), None)
    """
    match = CHINESE_DATE.search(text) or _ISO.search(text)
    if match:
        year, month, day = (int(part) for part in match.groups())
    elif match := _RFC.search(text):
        year, month, day = int(match[3]), _MONTHS[match[2]], int(match[1])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_as_said(text: str) -> str:
    """Give a date in ISO 8601 as exactly as it is said, a day or a month; empty when there is none.

    >>> date_as_said("2021年7月13日"), date_as_said("2024年1月"), date_as_said("2021-2023年期间")
    ('2021-07-13', '2024-01', '')
    """
    if day := parse_date(text):
        return day.isoformat()
    month = _MONTH_OF_YEAR.search(text)
    return f"{month[1]}-{int(month[2]):02}" if month and 1 <= int(month[2]) <= 12 else ""
