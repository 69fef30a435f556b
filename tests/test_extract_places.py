from __future__ import annotations

import pytest

from tests.extracting import claims, pairs, reading
from yangfan.core.model import Reading
from yangfan.extract.bodies.places import Place, place_in

TASK = "（一）建设平台。支持企业。（{}）"


def _bodies(found: Reading) -> list[tuple[str, str]]:
    return [(claim.object.label, claim.object.keeper) for claim in claims(found, "responsibleBody")]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("云岭省人民政府办公厅", Place("云岭省")),
        ("清江市智能机器人产业行动计划", Place("", "清江市")),
        ("南海自治区工业和信息化厅", Place("南海自治区")),
        ("云岭省清江市南湖区人民政府", Place("云岭省", "清江市", "南湖区")),
        ("智慧城市建设行动计划", Place()),
        ("国务院办公厅", Place()),
        ("全省海洋经济规划", Place()),
        ("关于加快海州市发展的意见", Place()),
    ],
)
def test_a_place_is_what_a_name_begins_with(name: str, place: Place) -> None:
    assert place_in(name) == place


def test_a_citys_bodies_bear_its_name() -> None:
    found = reading("一、加强研发", TASK.format("市科委、市市场监管局、市场监管总局、各区人民政府"), title="海州市海洋产业发展行动计划")
    assert _bodies(found) == [("海州市科委", ""), ("海州市市场监管局", ""), ("市场监管总局", ""), ("各区人民政府", "海州市")]
    alts = {d.mention.label: d.alt for d in found.described if d.mention.cls == "Organization"}
    assert alts["海州市科委"] == ("市科委",)


def test_bodies_of_one_name_in_two_cities_are_two() -> None:
    one = reading("一、加强研发", TASK.format("市科技局、省财政厅"), title="海州市海洋产业发展行动计划")
    two = reading("一、加强研发", TASK.format("市科技局、省财政厅"), title="清江市海洋产业发展行动计划")
    assert not set(_bodies(one)) & set(_bodies(two))


def test_a_known_body_is_found_by_the_name_that_its_place_completes() -> None:
    found = reading("一、加强研发", TASK.format("市科委"), title="上海市海洋产业发展行动计划")
    assert _bodies(found) == [("上海市科委", "")]


def test_a_countys_body_is_the_one_that_is_named_with_its_city_elsewhere() -> None:
    found = reading("一、加强研发", TASK.format("海州市南湖区人民政府、南湖区人民政府、滨江区人民政府"), title="海州市海洋产业发展行动计划")
    assert _bodies(found) == [("海州市南湖区人民政府", ""), ("海州市南湖区人民政府", ""), ("滨江区人民政府", "")]


def test_without_a_place_a_local_body_stays_with_its_plan() -> None:
    found = reading("一、加强研发", TASK.format("市科委、各区人民政府"), title="海洋产业发展行动计划")
    assert _bodies(found) == [("市科委", "海洋产业发展行动计划"), ("各区人民政府", "海洋产业发展行动计划")]


def test_in_a_plan_for_the_whole_country_all_provinces_are_the_same_everywhere() -> None:
    found = reading("一、加强研发", TASK.format("商务部、各省级人民政府"), title="海洋产业发展行动计划")
    assert _bodies(found) == [("商务部", ""), ("各省级人民政府", "")]


def test_a_place_in_the_cell_of_a_task_is_the_tasks_and_one_among_its_bodies_is_not() -> None:
    table = (
        "| 序号 | 重点任务 | 牵头单位 | 配合单位 |\n|---|---|---|---|\n"
        "| 1 | 推广渔船保险。在滨湖区、南山县开展渔船保险试点。 | 市农业农村局 | 北山县人民政府 |\n"
        "| 2 | 更新渔船装备。按购置价的40%给予补助，每艘最高30万元。 | 市农业农村局 | 市财政局 |"
    )
    found = reading("一、重点任务", table, "二、保障措施", "（一）加强领导。落实责任。")
    assert [pair for pair in pairs(found, "appliesTo") if pair[0] != "PLAN"] == [("推广渔船保险", "滨湖区"), ("推广渔船保险", "南山县")]
    assert [subject for subject, _ in pairs(found, "hasProvision")] == ["更新渔船装备"]
