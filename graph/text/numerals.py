"""Numbers as Chinese plans write them: 三, 十二, 二十一, 两, 百, 3万, 1.5亿, full-width digits."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

CHINESE_DIGITS = {d: i for i, d in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％，", "0123456789.%,")

DIGITS = "〇一二三四五六七八九"
LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾", "佰", "仟")
"""Digits and places as cheques bear them."""
PLAIN = ("零一二三四五六七八九", "十", "百", "千")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
"""The heavenly stems and earthly branches, which number lists."""
SCALES = {
    "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000, "十亿": 1_000_000_000,
    "百亿": 10_000_000_000, "千亿": 100_000_000_000, "万亿": 1_000_000_000_000,
}  # fmt: skip
"""What the words of magnitude behind a number multiply it by."""
PARTS = {"百": 100, "千": 1000, "万": 10_000}
"""Of how many parts a share is told (百分之三, 万分之三)."""

CHINESE = "〇一二两三四五六七八九十百千"
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"


def parse_chinese(numeral: str) -> int | None:
    """Read a Chinese numeral; None when it is none.

    >>> parse_chinese("二十一"), parse_chinese("两"), parse_chinese("百"), parse_chinese("三万五千"), parse_chinese("行动")
    (21, 2, 100, 35000, None)
    """
    if not numeral:
        return None
    total = section = 0
    digit: int | None = None
    for mark in numeral:
        if mark in "〇零" and digit is None and numeral != mark:
            # 三百零一: the nought only says that a place is empty.
            continue
        if mark in CHINESE_DIGITS:
            if digit is not None:
                return None
            digit = CHINESE_DIGITS[mark]
        elif mark in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[mark]
            digit = None
        elif mark in _LARGE:
            section += digit or 0
            total += (section or 1) * _LARGE[mark]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


_MOST_DIGITS = 20


def parse_number(text: str) -> Decimal | None:
    """Read a number in digits (with commas, full-width, 万 and 亿) or in Chinese numerals; None when it is none.

    A number of more digits than any plan counts to is a code or a fault of the copy, and none.

    >>> parse_number("3万"), parse_number("1,500"), parse_number("１.5亿"), parse_number("十二"), parse_number("1" * 40)
    (Decimal('30000'), Decimal('1500'), Decimal('150000000'), Decimal('12'), None)
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return Decimal(int(text))
    text = text.translate(_FULL_WIDTH).replace(",", "").strip()
    factor = 1
    body = text
    while body and body[-1] in _LARGE and body[:1].isdigit():
        factor *= _LARGE[body[-1]]
        body = body[:-1]
    try:
        value = Decimal(body)
    except InvalidOperation:
        chinese = parse_chinese(text)
        return None if chinese is None else Decimal(chinese)
    if not value.is_finite() or len(value.as_tuple().digits) > _MOST_DIGITS:
        return None
    # The precision of decimals (28 digits) holds what is left exactly.
    value *= factor
    return plain(value) if value.adjusted() <= _MOST_DIGITS else None


def plain(value: Decimal) -> Decimal:
    """Write a number without trailing zeros and without an exponent.

    >>> plain(Decimal("5E+4")), plain(Decimal("1.50"))
    (Decimal('50000'), Decimal('1.5'))
    """
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def spoken(value: Decimal) -> str:
    """Write a large number as plans do, in 万 or 亿; smaller ones stay as they are.

    >>> spoken(Decimal(80000000000)), spoken(Decimal(15000)), spoken(Decimal("1.5")), spoken(Decimal(1700000000000))
    ('800亿', '1.5万', '1.5', '1.7万亿')
    """
    for factor, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if abs(value) >= factor:
            return f"{plain(value / factor)}{name}"
    return str(value)


@lru_cache(maxsize=1024)
def parse_count(text: str) -> int | None:
    """Read a small whole number in digits or Chinese numerals (8大, 三个); None when it is none."""
    if text.isdigit():
        return int(text) if len(text) <= _MOST_DIGITS else None
    return parse_chinese(text)
