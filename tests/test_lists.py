from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangfan.text.enumerations import clean, is_member, split_list


def _split(text: str, expected: int | None = None, *, joints: bool = True) -> list[str]:
    return [text[a:b] for a, b in split_list(text, 0, len(text), expected, joints=joints)]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("智慧农业、智慧水利和智慧交通", ["智慧农业", "智慧水利", "智慧交通"]),
        ("标准研制和应用、人才培养", ["标准研制和应用", "人才培养"]),
        ("量子科技、时空信息、类器官与再生医学", ["量子科技", "时空信息", "类器官与再生医学"]),
        ("“港口、航运”平台、海水淡化", ["“港口、航运”平台", "海水淡化"]),
        ("装备（含船舶、平台）、材料", ["装备（含船舶、平台）", "材料"]),
        ("海洋牧场", ["海洋牧场"]),
    ],
)
def test_a_list_is_split_at_its_own_joints_only(text: str, members: list[str]) -> None:
    assert _split(text) == members


def test_the_declared_number_decides_which_conjunction_closes_the_list() -> None:
    text = "甲体系构建及推广工程、乙产品攻坚工程和丙能力锻造工程"
    assert _split(text, 3) == ["甲体系构建及推广工程", "乙产品攻坚工程", "丙能力锻造工程"]


def test_two_groups_of_cities_joined_by_a_conjunction_are_one_list_of_the_declared_number() -> None:
    assert _split("北州、东州和南州、西州", 4) == ["北州", "东州", "南州", "西州"]
    assert _split("北州、东州和南州、西州", 6) == ["北州", "东州和南州", "西州"]


def test_without_joints_only_the_enumeration_comma_parts() -> None:
    assert _split("发展和改革委员会、财政部", joints=False) == ["发展和改革委员会", "财政部"]


def test_a_label_loses_one_pair_of_enclosing_quotes_and_closing_marks() -> None:
    assert clean("“四张 清单”，") == "四张清单"
    assert clean("“一网”和“一图”") == "“一网”和“一图”"


def test_a_stretch_with_a_stop_or_an_open_bracket_is_no_member() -> None:
    assert is_member("海洋牧场")
    assert not is_member("海洋。牧场")
    assert not is_member("海洋（牧场")


@given(
    st.lists(st.text("海洋产业平台和与及、“”（）《》", min_size=0, max_size=12), max_size=8).map("、".join),
    st.integers(2, 9),
)
def test_members_are_disjoint_stretches_of_the_text_in_order(text: str, expected: int) -> None:
    spans = split_list(text, 0, len(text), expected)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
