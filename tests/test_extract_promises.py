"""What a plan promises: which work a target belongs to, where it starts from."""

from __future__ import annotations

import pytest

from tests.extracting import claims, pairs, quotes, reading
from yangfan.core.model import Reading

WORK = ("二、主要任务", "（一）建设智慧港口。到2026年，建成自动化码头5座。", "（二）培育企业。支持企业上市。")


def _observed(found: Reading) -> list[str]:
    return [claim.object.label for claim in claims(found, "hasObservation")]


# targets belong to work


def test_a_target_inside_a_task_is_set_in_it_and_one_of_the_goals_is_not() -> None:
    found = reading("一、发展目标", "到2026年，海洋产业规模达到300亿元。", *WORK)
    assert pairs(found, "setIn") == [("自动化码头 = 5座（2026年）", "建设智慧港口")]
    assert quotes(found, claims(found, "setIn")[0]) == ["到2026年，建成自动化码头5座。", "（一）建设智慧港口"]


def test_a_target_of_the_goals_that_a_task_says_again_is_set_in_that_task() -> None:
    goals = ("一、发展目标", "到2026年，建成自动化码头5座。")
    found = reading(*goals, WORK[0], "（一）建设智慧港口。建成自动化码头5座。", WORK[2])
    assert pairs(found, "setIn") == [("自动化码头 = 5座（2026年）", "建设智慧港口")]


def test_a_target_belongs_to_the_innermost_task_around_it() -> None:
    below = ("1.改造码头。到2026年，建成自动化码头5座。", "2.疏浚航道。打造深水航道。")
    found = reading(WORK[0], "（一）建设智慧港口", *below, WORK[2])
    assert pairs(found, "setIn") == [("自动化码头 = 5座（2026年）", "改造码头")]


def test_a_table_below_the_last_task_belongs_to_no_task() -> None:
    table = "| 指标 | 单位 | 2026年 |\n| --- | --- | --- |\n| 自动化码头 | 座 | 5 |"
    found = reading(*WORK[:1], "（一）建设智慧港口。改造码头。", WORK[2], "主要指标", table)
    assert len(pairs(found, "hasTarget")) == 1
    assert pairs(found, "setIn") == []


# where a target starts from


@pytest.mark.parametrize(
    ("sentence", "base", "target"),
    [
        ("养殖废水处理率由60%提升至95%", "养殖废水处理率 = 60%（基期）", "养殖废水处理率 = 95%（2026年）"),
        ("养殖废水处理率由目前的60%提升至95%", "养殖废水处理率 = 60%（目前）", "养殖废水处理率 = 95%（2026年）"),
        ("海水养殖规模从2023年的300亿元增长到800亿元", "海水养殖规模 = 300亿元（2023年）", "海水养殖规模 = 800亿元（2026年）"),
        ("审批时限由45个工作日压缩至20个工作日以内", "审批时限 = 45工作日（基期）", "审批时限 ≤ 20工作日（2026年）"),
    ],
)  # fmt: skip
def test_what_a_target_starts_from_is_observed_and_paired_with_it(sentence: str, base: str, target: str) -> None:
    found = reading("一、发展目标", f"到2026年，{sentence}。", *WORK)
    assert base in _observed(found)
    assert pairs(found, "baseline") == [(target, base)]


def test_values_of_two_plans_that_no_year_dates_are_two_observations() -> None:
    found = reading("一、发展目标", "到2026年，养殖废水处理率由60%提升至95%。", *WORK)
    assert [claim.object.keeper for claim in claims(found, "hasObservation")] == ["海州市海洋产业发展行动计划（2024—2026年）"]


DATED = ("**发布日期**: 2024-01-10", "一、发展基础")


def test_what_was_observed_before_is_where_a_target_of_that_indicator_starts() -> None:
    found = reading(*DATED, "2023年，海洋生产总值达到800亿元。", "二、发展目标", "到2026年，海洋生产总值达到1200亿元，较2023年增长50%。", *WORK)
    assert pairs(found, "baseline") == [("海洋生产总值 = 1200亿元（2026年）", "海洋生产总值 = 800亿元（2023年）")]


@pytest.mark.parametrize(
    ("sentence", "observed"),
    [
        ("截至2023年6月底，海洋生产总值已达400亿元，港口吞吐量突破1.5亿吨", ["海洋生产总值 = 400亿元（2023-06）", "港口吞吐量 > 1.5亿吨（2023-06）"]),
        ("海洋生产总值从2015年的300亿元增长到2022年的800亿元", ["海洋生产总值 = 300亿元（2015年）", "海洋生产总值 = 800亿元（2022年）"]),
        ("2023年，海洋产业占比较2020年提高4.2个百分点", ["海洋产业占比 较2020年变化 = 4.2百分点（2023年）"]),
        ("相比2020年，海洋产业占比达到8%", []),
        ("2023年，海洋生产总值同比增长8%", []),
        ("2023年，海洋产业占比、渔业占比分别达到8%和3%", []),
        ("2025年，海洋生产总值达到900亿元", []),
        ("由3家企业牵头建设5个平台", []),
    ],
)
def test_the_values_of_a_review_are_observations_of_their_period(sentence: str, observed: list[str]) -> None:
    assert _observed(reading(*DATED, f"{sentence}。", *WORK)) == observed
