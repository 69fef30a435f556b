"""Numbers of official documents: 工信部联通信〔2021〕77号 (GB/T 9704—2012, 7.2.5)."""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"(?P<agency>(?:[^\W\da-zA-Z_]|[（）]){1,14}?)\s?[〔［\[（(]\s?(?P<year>\d{4})\s?[〕］\])）]\s?第?(?P<serial>\d{1,4})\s?号"
)
"""A document number as copies write it."""
NUMBER_YEAR = re.compile(r"[〔［\[（(]\s?\d{4}\s?[〕］\])）]\s?第?\d{1,4}\s?号")
"""The year and the serial of a document number, behind its agency."""
NUMBER_LINE = re.compile(r"[^。，]{1,12}〔\d{4}〕\d{1,4}号")
"""A line that is nothing but a document number in its standard form."""


def normal_number(match: re.Match[str]) -> str:
    """Write a document number in its standard form.

    >>> normal_number(NUMBER.search("国发[2021]第7号"))
    '国发〔2021〕7号'
    """
    return f"{match['agency']}〔{match['year']}〕{match['serial']}号"
