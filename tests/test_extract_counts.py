from __future__ import annotations

from tests.extracting import INTERVIEW_TITLE, objects, pairs, reading
from yangfan.core.model import Reading

LEAD = "市科委对《海州市海洋产业发展行动计划》（以下简称《行动计划》）进行解读。"


def _told(*lines: str) -> Reading:
    return reading(LEAD, *lines, title=INTERVIEW_TITLE)


def _declared(found: Reading) -> dict[str, tuple[int, bool, tuple[str, ...]]]:
    return {
        d.mention.label: (d.attrs["yf:count"], d.attrs["yf:holds"], d.attrs.get("yf:memberLabel", ()))  # type: ignore[misc]
        for d in found.described
        if d.mention.cls == "Declaration"
    }


def test_a_list_before_its_count_is_its_members() -> None:
    found = _told("《行动计划》从装备突破、港口扩能、服务提质等方面提出了3大专项行动。")
    assert objects(found, "hasAction") == ["装备突破", "港口扩能", "服务提质"]
    assert _declared(found)["3大专项行动"] == (3, True, ("装备突破", "港口扩能", "服务提质"))


def test_a_counts_noun_goes_on_to_its_end() -> None:
    sentences = "面向东湾、西湾、北湾三大重点港口，建设码头。发展渔具、渔网、渔船三大特色产业带，培育企业。"
    told = _declared(reading("一、重点任务", f"（一）建设平台。{sentences}"))
    assert told == {"三大重点港口": (3, True, ("东湾", "西湾", "北湾")), "三大特色产业带": (3, True, ("渔具", "渔网", "渔船"))}


def test_a_verb_may_stand_between_the_list_and_its_count() -> None:
    found = _told("《行动计划》围绕装备突破、港口扩能、服务提质等方面，部署了3大重点行动。")
    assert objects(found, "hasAction") == ["装备突破", "港口扩能", "服务提质"]


def test_a_list_that_another_clause_closes_is_not_the_counts() -> None:
    found = _told("《行动计划》按照统筹布局、创新引领的基本原则，提出了2大专项行动，包括装备提升行动和港口替代行动。")
    assert objects(found, "hasAction") == ["装备提升行动", "港口替代行动"]
    assert objects(found, "hasPrinciple") == ["统筹布局", "创新引领"]


def test_a_list_behind_its_count_is_its_members() -> None:
    found = _told("《行动计划》设置了3大标志性工程，包括深海装备工程、智慧港口工程和海岛供电工程。")
    assert objects(found, "hasProject") == ["深海装备工程", "智慧港口工程", "海岛供电工程"]


def test_a_total_is_the_sum_of_its_parts() -> None:
    found = _told(
        "一、设置了哪些指标？",
        "《行动计划》从供给能力、推广应用两个方面提出了3大量化指标。",
        "一是在衡量供给能力方面。提出了风电装机、海水淡化能力2项量化指标。",
        "二是在衡量推广应用方面。提出了绿色船舶数1项量化指标。共2项量化指标以外不设其他。",
    )
    assert _declared(found)["2项量化指标"][2] == ("风电装机", "海水淡化能力")


def test_enumerated_items_below_a_count_are_its_members_and_a_difference_is_told() -> None:
    found = _told(
        "一、保障措施有哪些？",
        "《行动计划》提出了3方面保障措施。",
        "一是强化统筹。定期会商。",
        "二是培养人才。办好学校。",
    )
    assert _declared(found)["3方面保障措施"] == (3, False, ("强化统筹", "培养人才"))


def test_examples_of_an_open_list_are_no_members() -> None:
    found = _told("启动深海装备、海洋生物、海洋能源等9个领域的试验场建设。")
    assert "9个领域" not in _declared(found)


def test_a_quoted_count_needs_exactly_its_number_of_members() -> None:
    found = _told(
        "推动任务清单、产业基金、项目经理、集聚区“四位一体”。",
        "重点支持渔业、渔村和“三渔”主体。",
        "按照“两个允许”（允许突破总量，允许自主分配）执行。",
    )
    assert _declared(found)["四位一体"][2] == ("任务清单", "产业基金", "项目经理", "集聚区")
    assert _declared(found)["两个允许"][2] == ("允许突破总量", "允许自主分配")
    assert "三渔" not in _declared(found)


def test_industries_stand_in_the_clause_of_their_domain() -> None:
    found = _told(
        "《行动计划》面向海上生产、港航服务两大领域，重点推进4个行业的数字化。从海上生产领域看，重点发展海洋牧场和深远海养殖，提升产量；从港航服务领域看，重点发展智慧港口、航运保险等行业的应用。"
    )
    assert ("智慧港口", "港航服务") in pairs(found, "inDomain")
    assert objects(found, "hasIndustry") == ["海洋牧场", "深远海养殖", "智慧港口", "航运保险"]


def test_a_list_that_names_its_rank_or_group_is_of_prioritised_industries() -> None:
    found = reading(
        "一、加强研发",
        "（一）布局前沿。围绕深海采矿、海洋能、可燃冰等未来产业领域，新建一批平台。",
        "（二）攻关装备。加大水下机器人、海工装备等重点领域攻关力度。",
    )
    assert objects(found, "hasIndustry") == ["深海采矿", "海洋能", "可燃冰", "水下机器人", "海工装备"]
    assert pairs(found, "inDomain") == [("深海采矿", "未来产业"), ("海洋能", "未来产业"), ("可燃冰", "未来产业")]


def test_examples_risks_and_the_past_give_no_industries() -> None:
    found = reading(
        "一、加强研发",
        "（一）开放场景。在渔业、航运、旅游等领域推广应用。",
        "（二）守住底线。加大渔业、航运、旅游等重点行业安全执法力度。",
    )
    assert objects(found, "hasIndustry") == []
    assert objects(_told("近年来，已在渔业、航运、旅游等重点领域取得进展。"), "hasIndustry") == []


def test_counted_directions_are_industries() -> None:
    found = reading(
        "一、壮大特色产业", "聚焦海洋牧场、海工装备、海洋旅游三大方向，培育一批企业。", "（一）建设平台。支持企业。"
    )
    assert objects(found, "hasIndustry") == ["海洋牧场", "海工装备", "海洋旅游"]


def test_items_under_a_heading_of_products_or_fields_are_industries_and_no_tasks() -> None:
    found = reading(
        "一、重点发展产品",
        "（一）深海机器人。加快水下机器人升级。",
        "（二）海洋传感器。推动产品研发。",
        "二、重点任务",
        "（一）建设平台。支持企业。",
    )
    assert objects(found, "hasIndustry") == ["深海机器人", "海洋传感器"]
    assert objects(found, "hasTask") == ["建设平台"]


def test_fields_that_are_headings_of_work_are_tasks() -> None:
    found = reading("一、重点领域", "（一）发展深海机器人。加快升级。", "（二）培育海洋传感器。推动研发。")
    assert objects(found, "hasIndustry") == []
    assert objects(found, "hasTask") == ["发展深海机器人", "培育海洋传感器"]


def test_a_list_with_its_verb_before_it_and_a_count_that_adds_up_have_their_members() -> None:
    told = reading("一、完善布局", "（一）打造园区。市、区共建东港区、南湾区、西岛区三个海洋装备产业集聚区。")
    assert _declared(told) == {"三个海洋装备产业集聚区": (3, True, ("东港区", "南湾区", "西岛区"))}
    summed = reading("一、完善布局", "（一）认定项目。经“一委两局”（市科委、市财政局、市商务局）认定。")
    assert _declared(summed) == {"一委两局": (3, True, ("市科委", "市财政局", "市商务局"))}


def test_words_before_a_quoted_counts_list_are_no_part_of_its_first_member() -> None:
    found = _declared(_told("实行行政、人员、财务“三统一”。", "各县要在4月15日前公布行政、监测、预警“三个责任人”名单。"))
    assert found["三统一"][2] == ("行政", "人员", "财务")
    assert "三个责任人" not in found or not found["三个责任人"][2]
