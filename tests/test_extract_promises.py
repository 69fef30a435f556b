"""What a plan promises: which work a target belongs to, where it starts from."""

from __future__ import annotations

import pytest

from tests.extracting import PLAN_TITLE, claims, objects, pairs, quotes, reading
from yangfan.assembly.assemble import assemble
from yangfan.core.model import Reading
from yangfan.query.names import Names

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
    start = "海洋生产总值 = 800亿元（2023年）"
    assert sorted(pairs(found, "baseline")) == [("海洋生产总值 = 1200亿元（2026年）", start), ("海洋生产总值 变化 = 50%（2026年）", start)]


def test_what_a_review_counts_is_where_its_number_starts_and_not_that_of_new_ones() -> None:
    review = "2023年，企业建设运营海外码头12个，总面积300万平方米。"
    found = reading(*DATED, review, "二、发展目标", "到2026年，海外码头数量达到20个，总面积达到500万平方米。", *WORK)
    assert _observed(found) == ["海外码头 = 12个（2023年）", "海外码头总面积 = 300万平方米（2023年）"]
    counted, area = (("海外码头数量 = 20个（2026年）", "海外码头总面积 = 500万平方米（2026年）")), _observed(found)
    assert sorted(pairs(found, "baseline")) == sorted(zip(counted, area, strict=True))
    for more in ("新建改造海外码头3个。", "接入海外码头3个。"):
        found = reading(*DATED, review, WORK[0], f"（一）建设智慧港口。{more}", WORK[2])
        assert pairs(found, "baseline") == []


def test_a_part_of_what_was_counted_and_what_happened_are_named_by_the_thing() -> None:
    review = "截至2023年底，全市共有管道3260公里，其中使用20年以上的486公里；发生泄漏事故由2022年的37起下降到2023年的19起。"
    found = _observed(reading(*DATED, review, *WORK))
    assert found == ["管道 = 3260公里（2023年）", "使用20年以上的管道 = 486公里（2023年）", "泄漏事故 = 37起（2022年）", "泄漏事故 = 19起（2023年）"]


def test_steps_with_their_time_are_phases_and_no_tasks_and_their_numbers_are_of_its_end() -> None:
    steps = ("三、实施步骤", "（一）动员部署（2024年3月至4月）。制定方案。", "（二）总结评估（2026年10月至12月）。验收合格率达到98%以上。")
    found = reading(*DATED, "渔业稳步发展。", *WORK, *steps)
    assert [task for task in objects(found, "hasTask") if "（" in task] == []
    assert objects(found, "hasPhase") == ["动员部署（2024年3月至4月）", "总结评估（2026年10月至12月）"]
    assert pairs(found, "inPhase")[-1] == ("验收合格率 ≥ 98%（2026年）", "总结评估（2026年10月至12月）")


def test_a_table_says_in_short_what_a_sentence_counts_in_full() -> None:
    table = "| 指标 | 2023年 | 2026年 |\n|---|---|---|\n| 规模以上企业数（家） | 186 | 235 |"
    found = reading(*DATED, "2023年，全市规模以上渔业企业186家。", "二、发展目标", table, *WORK)
    assert _observed(found) == ["规模以上企业数 = 186家（2023年）"]


@pytest.mark.parametrize(
    ("sentence", "observed"),
    [
        ("截至2023年6月底，海洋生产总值已达400亿元，港口吞吐量突破1.5亿吨", ["海洋生产总值 = 400亿元（2023-06）", "港口吞吐量 > 1.5亿吨（2023-06）"]),
        ("海洋生产总值从2015年的300亿元增长到2022年的800亿元", ["海洋生产总值 = 300亿元（2015年）", "海洋生产总值 = 800亿元（2022年）"]),
        ("2023年，海洋产业占比较2020年提高4.2个百分点", ["海洋产业占比 较2020年变化 = 4.2百分点（2023年）"]),
        ("相比2020年，海洋产业占比达到8%", []),
        ("2023年，海洋生产总值同比增长8%", ["海洋生产总值 较2022年变化 = 8%（2023年）"]),
        ("2023年，海洋产业占比、渔业占比分别达到8%和3%", ["海洋产业占比 = 8%（2023年）", "渔业占比 = 3%（2023年）"]),
        ("2023年，海洋产业占比、渔业占比分别增长8%和3%", []),
        ("2025年，海洋生产总值达到900亿元", []),
        ("由3家企业牵头建设5个平台", []),
    ],
)
def test_the_values_of_a_review_are_observations_of_their_period(sentence: str, observed: list[str]) -> None:
    assert _observed(reading(*DATED, f"{sentence}。", *WORK)) == observed


# when

ANNUAL = "海州市海洋产业2024年工作要点"


def _worked(*sentences: str, title: str = PLAN_TITLE) -> Reading:
    return reading("**发布日期**: 2024-01-10", WORK[0], f"（一）建设智慧港口。{''.join(sentences)}", WORK[2], title=title)


@pytest.mark.parametrize(
    ("sentence", "work", "deadline", "day", "precision"),
    [
        ("2024年6月底前，码头改造全部完成。", "建设智慧港口", "2024年6月底前", "2024-06-30", "month"),
        ("2024年6月30日前，码头改造全部完成。", "建设智慧港口", "2024年6月30日前", "2024-06-30", "day"),
        ("码头改造于2025年底前完成。", "建设智慧港口", "2025年底前", "2025-12-31", "year"),
        ("2025年年底前，码头改造全部完成。", "建设智慧港口", "2025年底前", "2025-12-31", "year"),
        ("2025年第三季度末前，码头改造全部完成。", "建设智慧港口", "2025年第三季度末前", "2025-09-30", "quarter"),
        ("到2025年底，码头改造全部完成。", "建设智慧港口", "2025年底前", "2025-12-31", "year"),
        ("2026年前，码头改造全部完成。", "建设智慧港口", "2026年前", "2025-12-31", "year"),
        ("完成时限：2025年6月。", "建设智慧港口", "2025年6月底前", "2025-06-30", "month"),
        ("2024年9月底前启动渔船以旧换新，购买新船的，给予补贴。", "建设智慧港口", "2024年9月底前", "2024-09-30", "month"),
        ("2024年2月底前，建立港口数据目录。", "建立港口数据目录", "2024年2月底前", "2024-02-29", "month"),
    ],
)
def test_a_deadline_is_the_last_day_of_what_the_sentence_names(
    sentence: str, work: str, deadline: str, day: str, precision: str
) -> None:
    found = _worked(sentence)
    assert pairs(found, "dueBy") == [(work, deadline)]
    attrs = next(d.attrs for d in found.described if d.mention.cls == "Deadline")
    assert (str(attrs["yf:dueDate"]), attrs["yf:precision"]) == (day, precision)


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年6月前完成码头改造。",
        "年底前完成码头改造。",
        "2023年底前，码头改造全部完成。",
        "对2024年底前建成的码头给予补助。",
        "2024年底前建成投产的，给予100万元补助。",
        "自2024年6月底前后起算。",
        "码头运营目前良好。",
        "有效期至2026年12月31日前。",
    ],
)
def test_a_date_that_is_unclear_or_past_or_a_condition_is_no_deadline(sentence: str) -> None:
    assert pairs(_worked(sentence), "dueBy") == []


def test_a_plan_for_one_year_need_not_name_it() -> None:
    assert pairs(_worked("年底前完成码头改造。", title=ANNUAL), "dueBy") == [("建设智慧港口", "2024年底前")]
    assert pairs(_worked("6月底前完成码头改造。", title=ANNUAL), "dueBy") == [("建设智慧港口", "2024年6月底前")]


def test_what_is_set_in_the_goals_is_no_task_with_a_deadline() -> None:
    assert pairs(reading("一、发展目标", "到2026年底，港口面貌全面改善。", *WORK), "dueBy") == []


@pytest.mark.parametrize(
    ("sentence", "frequency"),
    [
        ("每年举办港口发展论坛。", [("建设智慧港口", "每年")]),
        ("每季度至少召开一次调度会。", [("建设智慧港口", "每季度")]),
        ("每半年对各区进展开展评估。", [("建设智慧港口", "每半年")]),
        ("每年通过政府购买服务方式采购公益航班。", [("建设智慧港口", "每年")]),
        ("每年新增泊位5个。", []),
        ("每年增长8%。", []),
        ("每年给予最高50万元补助。", []),
    ],
)
def test_how_often_work_is_done_is_its_frequency(sentence: str, frequency: list[tuple[str, str]]) -> None:
    assert pairs(_worked(sentence), "repeats") == frequency


@pytest.mark.parametrize(
    ("title", "lines", "period"),
    [
        (PLAN_TITLE, (), ("2024-2026年", "2024-01-01", "2026-12-31")),
        ("海州市“十四五”海洋产业发展规划", (), ("2021-2025年", "2021-01-01", "2025-12-31")),
        ("海州市“十五五”海洋产业发展规划", (), ("2026-2030年", "2026-01-01", "2030-12-31")),
        ("海州市海洋产业发展规划", ("本规划规划期为2025年至2030年。",), ("2025-2030年", "2025-01-01", "2030-12-31")),
        ("海州市海洋产业发展规划", ("2020年至2023年海洋产业发展较快。",), None),
    ],
)
def test_a_plan_has_the_period_of_its_title_or_the_one_that_it_names(
    title: str, lines: tuple[str, ...], period: tuple[str, str, str] | None
) -> None:
    found = reading(*lines, *WORK, title=title)
    attrs = {d.mention.label: d.attrs for d in found.described if d.mention.cls == "Period"}
    assert [(label, str(a["yf:startDate"]), str(a["yf:endDate"])) for label, a in attrs.items()] == ([period] if period else [])
    assert pairs(found, "hasPeriod") == ([("PLAN", period[0])] if period else [])


def test_what_stands_under_a_phase_is_in_it() -> None:
    found = reading(
        "二、实施步骤", "（一）启动阶段（2024年3月至6月）。1.建立工作机制。2.制定实施细则。",
        "（二）推进阶段（2024年7月—2026年12月）。1.改造码头。建成自动化码头5座。2.疏浚航道。",
    )  # fmt: skip
    assert pairs(found, "hasPhase") == [("PLAN", "启动阶段（2024年3月至6月）"), ("PLAN", "推进阶段（2024年7月—2026年12月）")]
    assert ("自动化码头 = 5座", "推进阶段（2024年7月—2026年12月）") in pairs(found, "inPhase")
    assert ("建立工作机制", "启动阶段（2024年3月至6月）") in pairs(found, "inPhase")
    assert ("改造码头", "启动阶段（2024年3月至6月）") not in pairs(found, "inPhase")


# how plans hang together


def _links(sentence: str) -> list[tuple[str, str]]:
    relations = ("restsOn", "carriesOut", "alignsWith", "amends", "repeals", "toIssue")
    found = reading("**发布日期**: 2024-01-10", sentence, *WORK)
    return [(relation, label) for relation in relations for _, label in pairs(found, relation)]


@pytest.mark.parametrize(
    ("sentence", "links"),
    [
        ("根据《云岭省海洋强省规划》《海州市港口条例》，制定本行动计划。", [("restsOn", "云岭省海洋强省规划"), ("restsOn", "海州市港口条例")]),
        (
            "依据《云岭省海洋强省规划》（云政发〔2023〕5号）和省港口局《港口布局导则》，编制本计划。",
            [("restsOn", "云岭省海洋强省规划"), ("restsOn", "港口布局导则")],
        ),
        ("为贯彻落实《云岭省海洋强省规划》，加快发展，提出如下举措。", [("carriesOut", "云岭省海洋强省规划")]),
        ("严格执行《海州市港口条例》。", [("carriesOut", "海州市港口条例")]),
        ("落实省政府《港口布局导则》。", [("carriesOut", "港口布局导则")]),
        ("做好与《海州市国土空间总体规划》的衔接。", [("alignsWith", "海州市国土空间总体规划")]),
        ("衔接《海州市国土空间总体规划》。", [("alignsWith", "海州市国土空间总体规划")]),
        ("加快修订《海州市港口条例》。", [("amends", "海州市港口条例")]),
        ("研究制定《海州市渔港管理办法》。", [("toIssue", "海州市渔港管理办法")]),
        ("2024年6月底前，出台《海州市渔港管理办法》。", [("toIssue", "海州市渔港管理办法")]),
        ("《海州市渔港管理暂行办法》（海政发〔2019〕3号）同时废止。", [("repeals", "海州市渔港管理暂行办法")]),
    ],
)
def test_the_words_around_a_title_say_what_the_plan_is_to_it(sentence: str, links: list[tuple[str, str]]) -> None:
    assert _links(sentence) == links


@pytest.mark.parametrize(
    "sentence",
    [
        "近年来，各区认真落实《云岭省海洋强省规划》。",
        "2023年，省政府印发《云岭省海洋强省规划》。",
        "推进加入《海洋合作协定》。",
        "以修订《海州市港口条例》为契机，优化环境。",
        "暂停实施《海州市港口条例》有关规定。",
        "《云岭省海洋强省规划》提出建设三大港区。",
        "按照《海州市港口条例》办理手续。",
    ],
)
def test_what_the_words_leave_open_is_a_citation_and_no_more(sentence: str) -> None:
    assert _links(sentence) == []
    assert len(pairs(reading(sentence, *WORK), "cites")) == 1


# named programmes and places


def test_a_programme_hangs_on_the_task_that_names_it_and_on_the_plan() -> None:
    found = _worked("继续实施“蓝色粮仓”行动。")
    assert pairs(found, "continues") == [("建设智慧港口", "蓝色粮仓行动"), ("PLAN", "蓝色粮仓行动")]


def test_a_programme_that_is_carried_out_is_not_merely_referred_to_as_well() -> None:
    found = _worked("依托“东数西算”工程建设机房。", "启动“东数西算”工程。")
    assert {label for _, label in pairs(found, "starts")} == {"东数西算工程"}
    assert pairs(found, "refersTo") == []


def test_a_programme_that_a_review_tells_of_is_referred_to() -> None:
    found = reading("一、发展基础", "近年来，深入实施“蓝色粮仓”行动，成效明显。", *WORK)
    assert pairs(found, "refersTo") == [("PLAN", "蓝色粮仓行动")]


def test_what_the_plan_heads_an_action_itself_is_no_programme() -> None:
    found = reading("二、专项行动", "组织实施港口更新行动、渔船改造行动。", "（一）港口更新行动。改造码头。", "（二）渔船改造行动。更新渔船。")
    assert {c.object.cls for c in found.claims} & {"Programme"} == set()


def test_one_indicator_of_two_districts_is_two_targets_each_of_its_place() -> None:
    found = _worked("到2026年，滨湖区建成渔港3个，南山县建成渔港5个。")
    assert [pair for pair in pairs(found, "appliesTo") if "渔港" in pair[0]] == [
        ("渔港 = 3个（2026年）", "滨湖区"),
        ("渔港 = 5个（2026年）", "南山县"),
    ]


def test_a_place_of_the_table_has_its_code_in_the_graph() -> None:
    graph, _ = assemble([reading(*WORK, title="厦门市海洋产业发展行动计划（2024—2026年）")])
    node = graph.nodes[f"{graph.graph['base']}place/厦门市"]
    assert (node["attrs"]["skos:notation"], node["attrs"]["yf:placeKind"], node["en"]) == ("350200", "prefecture", "Xiamen")


# with what


def test_a_provision_says_its_rate_its_cap_and_who_is_given() -> None:
    found = _worked("对首次入选的渔业企业，按投资额的30%、最高200万元给予补助。")
    (provision,) = [d for d in found.described if d.mention.cls == "Provision"]
    assert {key: str(value) for key, value in provision.attrs.items()} == {
        "yf:rate": "30", "yf:cap": "2000000", "yf:beneficiary": "首次入选的渔业企业", "yf:condition": "首次入选",
    }  # fmt: skip
    assert pairs(found, "hasTarget") == []


def test_a_provision_says_each_condition_and_takes_no_possessor_for_one() -> None:
    found = _worked("对年寄递量超过10万件的站点，经验收合格后，给予5万元补助。对海州市的渔民，由市财政局给予2万元补助。")
    said = [d.attrs.get("yf:condition") for d in found.described if d.mention.cls == "Provision"]
    assert said == [("年寄递量超过10万件", "经验收合格"), None]


def test_an_instrument_stands_on_its_side_of_the_scheme() -> None:
    graph, _ = assemble([_worked("通过政府购买服务方式提供航标维护。")])
    node = next(data for _, data in graph.nodes(data=True) if data["cls"] == "Instrument")
    assert (node["zh"], node["attrs"]["skos:broader"]) == ("政府采购", "yf:demandSide")


def test_an_industry_that_is_a_technology_elsewhere_matches_it_and_its_name_finds_one_node() -> None:
    graph, _ = assemble([_worked("重点发展人工智能、海洋装备等产业。", "运用人工智能改造码头。")])
    base = graph.graph["base"]
    assert graph.nodes[f"{base}industry/人工智能"]["attrs"]["skos:exactMatch"] == f"{base}technology/人工智能"
    names = Names([(iri, data["zh"], "label") for iri, data in graph.nodes(data=True)], base)
    assert names.resolve("人工智能") == f"{base}industry/人工智能"


# platforms and bases


def test_a_base_that_is_to_be_built_says_how_many_how_large_and_where() -> None:
    found = reading(WORK[0], "（一）建设平台。在滨湖区建设海洋装备中试基地2个，总投资3亿元。", WORK[2])
    assert pairs(found, "builds") == [("建设平台", "海洋装备中试基地")]
    assert pairs(found, "locatedIn") == [("海洋装备中试基地", "滨湖区")]
    (base,) = [d for d in found.described if d.mention.cls == "Facility"]
    assert base.attrs == {"yf:quantity": 2, "yf:scale": ("总投资3亿元",)}


def test_a_document_that_is_to_be_issued_by_a_date_bears_it() -> None:
    found = reading(WORK[0], "（一）建设平台。2025年6月底前，出台《海州市渔港管理办法》，制定渔港数据目录。", WORK[2])
    assert ("海州市渔港管理办法", "2025年6月底前") in pairs(found, "dueBy")


def test_of_several_places_with_as_many_numbers_each_has_its_own() -> None:
    found = reading(WORK[0], "（一）建设平台。到2026年，滨湖区、南山县分别建成渔港3个、5个。", WORK[2])
    told = [(target.partition(" ")[2], where) for target, where in pairs(found, "appliesTo") if " " in target]
    assert told == [("= 3个（2026年）", "滨湖区"), ("= 5个（2026年）", "南山县")]
    assert [where for task, where in pairs(found, "appliesTo") if task == "建设平台"] == ["滨湖区", "南山县"]


def test_a_place_goes_on_in_a_sentence_until_it_speaks_of_something_else() -> None:
    found = _worked("在滨湖区开展渔港更新试点，新建泊位30个，接入渔船2000艘，渔港总数全市达到40个。")
    assert [(target.partition(" ")[0], where) for target, where in pairs(found, "appliesTo") if " " in target] == [("泊位", "滨湖区")]


def test_a_part_of_what_is_done_everywhere_is_none_of_the_task() -> None:
    found = _worked("到2026年，建成渔港12个，其中滨湖区建成3个。")
    assert [where for who, where in pairs(found, "appliesTo") if who != "PLAN" and " " not in who] == []


# short forms of cited works


def test_what_is_said_of_a_works_short_form_is_said_of_the_work() -> None:
    found = reading("为深化渔业改革，学习《全国渔港布局规划》（国发〔2021〕7号，以下简称《布局规划》）。为落实《布局规划》，制定本计划。", *WORK)
    assert pairs(found, "carriesOut") == [("PLAN", "全国渔港布局规划")]
    assert quotes(found, claims(found, "carriesOut")[0])[-1].endswith("以下简称《布局规划》）。")
    assert pairs(found, "cites") == [("PLAN", "全国渔港布局规划")]


def test_a_short_form_that_two_works_share_stands_for_none() -> None:
    works = "学习《全国渔港规划》（以下简称《规划》）、《全国渔船规划》（以下简称《规划》）。"
    assert pairs(reading(works + "为落实《规划》，制定本计划。", *WORK), "carriesOut") == []
