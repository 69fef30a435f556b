from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangfan.text.numerals import parse_chinese, parse_count, parse_number

_DIGITS = "零一二三四五六七八九"


def _chinese(number: int) -> str:
    """Write a number below ten thousand as Chinese does."""
    written, zero = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if zero else "") + _DIGITS[digit] + mark
            zero = False
        elif written:
            zero = True
    return written or "零"


@given(st.integers(1, 9999))
def test_every_chinese_numeral_reads_as_the_number_it_writes(number: int) -> None:
    assert parse_chinese(_chinese(number)) == number


@given(st.integers(0, 10**9), st.sampled_from([("", 1), ("万", 10_000), ("亿", 100_000_000)]))
def test_digits_with_a_scale_are_multiplied_out(number: int, scale: tuple[str, int]) -> None:
    assert parse_number(f"{number}{scale[0]}") == Decimal(number * scale[1])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5亿", "150000000"),
        ("１２．５", "12.5"),
        ("1,500", "1500"),
        ("百", "100"),
        ("两", "2"),
        ("三万五千", "35000"),
        ("十二", "12"),
    ],
)
def test_numbers_are_read_as_plans_write_them(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "行动", "一二", "三个", "约三"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_counts_are_whole_numbers_of_either_script() -> None:
    assert (parse_count("15"), parse_count("十五"), parse_count("五个")) == (15, 15, None)
