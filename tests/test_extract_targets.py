from __future__ import annotations

import pytest

from tests.extracting import INTERVIEW_TITLE, claims, objects, pairs, quotes, reading, targets
from yangfan.core.model import Reading
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract.targets.quantities import number_cell, quantities_in

GOALS = ("一、发展目标",)


def _goals(*lines: str) -> list[str]:
    return targets(reading("一、发展目标", *lines, "二、加强研发", "（一）建设平台。支持企业。"))


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("海洋产业规模达到300亿元", "海洋产业规模 = 30000000000 元 2026"),
        ("国产化率不低于70%", "国产化率 >= 70 % 2026"),
        ("国产化率达到70%以上", "国产化率 >= 70 % 2026"),
        ("港口吞吐量突破1.5亿吨", "港口吞吐量 > 150000000 吨 2026"),
        ("审批时间压缩至3天以内", "审批时间 <= 3 天 2026"),
        ("培育5家以上领军企业", "领军企业 >= 5 家 2026"),
        ("建成3—5个海洋牧场", "海洋牧场 = 3..5 个 2026"),
        ("打造海洋牧场8个左右", "海洋牧场 ~ 8 个 2026"),
        ("形成百项典型经验", "典型经验 = 100 项 2026"),
        ("单位能耗下降15%", "单位能耗 change -15 % 2026"),
        ("绿色船舶占比提高3个百分点", "绿色船舶占比 change 3 百分点 2026"),
        ("运输成本比2023年下降10%", "运输成本 change -10 % 2026"),
        ("海洋品牌数量较2023年翻一番", "海洋品牌数量 change 100 % 2026"),
        ("利用系数提高到0.6以上", "利用系数 >= 0.6 - 2026"),
        ("新增海域养殖面积3万亩", "新增海域养殖面积 = 30000 亩 2026"),
        ("新增船舶型号证书超过50件", "新增船舶型号证书 > 50 件 2026"),
        ("培育年产值超100亿元的龙头企业达2家", "年产值超100亿元的龙头企业 = 2 家 2026"),
        ("设立规模为20亿元的海洋引导基金", "海洋引导基金 = 2000000000 元 2026"),
        ("从业人员由10万人增加到20万人", "从业人员 = 200000 人 2026"),
        ("产业规模由2023年的300亿元增长到800亿元", "产业规模 = 80000000000 元 2026"),
        ("出海审批时间由45个工作日压缩至20个工作日以内", "出海审批时间 <= 20 工作日 2026"),
        ("研发投入强度达到3.5%", "研发投入强度 = 3.5 % 2026"),
        ("渔民收入年均增长6%以上", "渔民收入 change 6 % 2026"),
        ("海洋电子信息业增速超过20%", "海洋电子信息业增速 > 20 % 2026"),
        ("国产化率24%～25%", "国产化率 = 24..25 % 2026"),
        ("居民满意度95%以上", "居民满意度 >= 95 % 2026"),
        ("深水航道里程960公里", "深水航道里程 = 960 公里 2026"),
        ("海洋生产总值突破千亿元", "海洋生产总值 > 100000000000 元 2026"),
        ("注册船员数超过5.6万", "注册船员数 > 56000 - 2026"),
        ("船岸比达到2.8:1", "船岸比 = 2.8 :1 2026"),
        ("港口全员劳动生产率达到85万元/人", "港口全员劳动生产率 = 850000 元/人 2026"),
        ("渔船密度达到每万人480艘", "渔船密度 = 480 艘 2026"),
        ("深远海养殖占比控制在15%以内", "深远海养殖占比 <= 15 % 2026"),
        ("每个涉海县（市、区）至少建成1所渔业学校", "渔业学校 >= 1 所 2026"),
        ("乡镇（街道）渔政站覆盖率达到80%", "乡镇（街道）渔政站覆盖率 = 80 % 2026"),
        ("对48处老旧码头进行改造", "老旧码头 = 48 处 2026"),
        ("渔业学校发展到320所", "渔业学校 = 320 所 2026"),
    ],
)
def test_a_goal_with_a_number_is_a_target(sentence: str, target: str) -> None:
    assert _goals(f"到2026年，{sentence}。") == [target]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("培育100家专精特新企业、20家单项冠军企业", ["专精特新企业 = 100 家 2026", "单项冠军企业 = 20 家 2026"]),
        ("培育上市企业10家以上、独角兽企业5家", ["上市企业 >= 10 家 2026", "独角兽企业 = 5 家 2026"]),
        ("建设10个左右国家级示范港和50个省级示范港", ["国家级示范港 ~ 10 个 2026", "省级示范港 = 50 个 2026"]),
        ("打造5个国家级、10个省级示范港", ["国家级示范港 = 5 个 2026", "省级示范港 = 10 个 2026"]),
        ("建成国家级创新平台10个，省级创新平台50个", ["国家级创新平台 = 10 个 2026", "省级创新平台 = 50 个 2026"]),
        ("海洋企业达到200家，其中产值超百亿元企业3家", ["海洋企业 = 200 家 2026", "产值超百亿元企业 = 3 家 2026"]),
        ("产业规模达到300亿元，年均增长15%左右", ["产业规模 = 30000000000 元 2026", "产业规模 change 15 % 2026"]),
        ("造船产量达到50万吨，占全省产量的比重超过60%", ["造船产量 = 500000 吨 2026", "造船产量占全省产量的比重 > 60 % 2026"]),
        ("实施重点项目120个，总投资1500亿元", ["重点项目 = 120 个 2026", "重点项目总投资 = 150000000000 元 2026"]),
        ("每千人拥有船员3.2人，人均寿命提高1岁", ["每千人拥有船员 = 3.2 人 2026", "人均寿命 change 1 岁 2026"]),
        ("高标准塘100万亩，其中新建40万亩、改造提升60万亩", ["高标准塘 = 1000000 亩 2026", "新建高标准塘 = 400000 亩 2026"]),
        ("绿色工厂达到60家以上，其中国家级15家", ["绿色工厂 >= 60 家 2026", "国家级绿色工厂 = 15 家 2026"]),
        ("产值由2023年的120亿元增加到2026年的200亿元", ["产值 = 20000000000 元 2026"]),
        ("事故万架次率控制在0.05以内", ["事故万架次率 <= 0.05 - 2026"]),
        ("建成绿色工厂60家、绿色园区6个", ["绿色工厂 = 60 家 2026", "绿色园区 = 6 个 2026"]),
        ("省级中试平台达到30家，国家级3家以上", ["省级中试平台 = 30 家 2026", "国家级中试平台 >= 3 家 2026"]),
        ("80%以上的渔港完成改造", ["渔港完成改造 >= 80 % 2026"]),
        ("力争1家企业进入世界500强", ["企业进入世界500强 = 1 家 2026"]),
        ("亩均增加值达到180万元", ["亩均增加值 = 1800000 元 2026"]),
        ("渔民收入增速高于城镇居民2个百分点", []),
        ("培育年产值超100亿元、竞争力较强的企业2家", ["年产值超100亿元、竞争力较强的企业 = 2 家 2026"]),
    ],
)
def test_each_thing_that_a_clause_counts_is_a_target_of_its_own(sentence: str, found: list[str]) -> None:
    assert _goals(f"到2026年，{sentence}。") == found


def test_an_overall_section_without_a_heading_of_goals_sets_targets_where_it_names_a_horizon() -> None:
    found = reading(
        "一、总体要求",
        "以创新为动力，用好3个国家级平台。到2026年，海洋产业规模达到300亿元，培育5家龙头企业。",
        "二、加强研发",
        "（一）建设平台。支持企业。",
    )
    assert targets(found) == ["海洋产业规模 = 30000000000 元 2026", "龙头企业 = 5 家 2026"]


def test_a_measure_said_again_in_short_is_the_one_that_the_sentence_set_in_its_unit() -> None:
    found = _goals("到2025年，海水养殖产量达到11万吨，网箱达到600口；到2026年，产量达到12万吨，网箱养殖产量达到3万吨，产量达到5亿元。")
    assert found[:3] == ["海水养殖产量 = 110000 吨 2025", "网箱 = 600 口 2025", "海水养殖产量 = 120000 吨 2026"]
    assert "海水养殖产量 = 500000000 元 2026" not in found


def test_a_target_whose_indicator_a_sentence_before_names_quotes_that_one_too() -> None:
    line = "到2026年底，渔港污水治理率达到58%；到2027年底达到68%。到2028年底，渔船检验率达到90%。"
    found = reading("一、发展目标", line, "二、加强研发", "（一）建设平台。支持企业。")
    assert targets(found)[:2] == ["渔港污水治理率 = 58 % 2026", "渔港污水治理率 = 68 % 2027"]
    first, second, last = ([quote] for quote in line.replace("；", "；|").replace("。", "。|").split("|")[:3])
    assert [quotes(found, claim) for claim in claims(found, "hasTarget")] == [first, [first[0] + second[0]], last]


def test_a_paragraph_behind_the_bullets_of_an_overall_section_sets_targets_where_it_names_a_horizon() -> None:
    bullets = ("坚持开放发展，把握以下原则：", "——坚持质量优先。2023年建成3个平台。", "——坚持普惠。让渔民都受益。")
    ahead, told = "到2026年，体系更加完善，深海装备自给率达到70%左右。", "2026年的任务很重，渔港有30座。"
    for behind, found in ((ahead, ["深海装备自给率 ~ 70 % 2026"]), (told, [])):
        assert targets(reading("一、总体要求", *bullets, behind, "二、加强研发", "（一）建设平台。支持企业。")) == found


def test_a_plan_for_one_year_sets_its_targets_for_that_year() -> None:
    found = reading("海政发〔2024〕3号", "一、发展海洋产业", "（一）保障供给。确保海水产品产量稳定在30万吨以上。", title="海州市2024年海洋工作要点")
    assert targets(found) == ["海水产品产量 >= 300000 吨 2024"]


def test_bullets_look_to_the_year_of_their_section_and_not_to_that_of_the_bullet_beside_them() -> None:
    first = "——规模壮大。到2025年，海水产量达到60万吨；到2027年，产量达到90万吨。"
    found = _goals("到2027年，建成海洋强市。", first, "——创新增强。国产化率达到70%。")
    assert found == ["海水产量 = 600000 吨 2025", "海水产量 = 900000 吨 2027", "国产化率 = 70 % 2027"]


def test_bullets_look_to_the_year_of_the_sentence_that_opens_them_and_not_to_one_before_it() -> None:
    bullets = ("——养殖产量达到9万吨；", "——渔船达到600艘。")
    opened = _goals("到2026年，渔港达到5座。到2030年，实现以下目标：", *bullets)
    assert opened == ["渔港 = 5 座 2026", "养殖产量 = 90000 吨 2030", "渔船 = 600 艘 2030"]
    told = _goals("到2026年，渔港达到5座。具体目标是：", *bullets)
    assert told == ["渔港 = 5 座 2026", "养殖产量 = 90000 吨 2026", "渔船 = 600 艘 2026"]


def test_a_counted_thing_may_stand_behind_any_work_and_behind_who_does_it() -> None:
    found = reading(
        "一、盘活资源",
        "（一）用好空间。盘活闲置码头15座，依托龙头企业建设中试基地12个。",
        "（二）建设平台。新建和改造提升渔港8个，落实四成以上的政策。",
    )
    assert targets(found) == ["闲置码头 = 15 座 -", "中试基地 = 12 个 -", "渔港 = 8 个 -"]


def test_a_row_whose_name_says_change_states_one() -> None:
    rows = ["| 指标 | 2025年基期 | 2030年目标 |", "|---|---|---|", "| 单位能耗下降（%） | — | [18] |", "| 水质优良率（%） | 71 | 85 |"]
    found = reading("海政发〔2025〕3号", "一、发展目标", "\n".join(rows), "二、加强研发", "（一）建设平台。支持企业。")
    assert targets(found) == ["单位能耗 change -18 % 2030", "水质优良率 = 85 % 2030"]


def test_what_a_plan_counts_of_itself_is_no_target() -> None:
    found = reading("一、发展目标", "到2026年，设置9项量化指标，实施4大工程。", "二、加强研发", "（一）建设平台。支持企业。")
    assert targets(found) == []


def test_what_is_held_may_not_fall_below_its_number() -> None:
    found = reading("一、加强保护", "（一）守好底线。严守30万亩滩涂红线，支持企业。")
    assert targets(found) == ["滩涂红线 >= 300000 亩 -"]


def test_a_time_that_is_cut_is_a_target_of_a_task() -> None:
    found = reading("一、优化服务", "（一）提高效率。将出海审批平均时限压缩至3个工作日以内。", "（二）建设平台。支持企业。")
    assert targets(found) == ["出海审批平均时限 <= 3 工作日 -"]


def test_a_grant_reaches_from_the_case_that_it_is_for_to_the_end_of_its_sentence() -> None:
    found = reading(
        "一、加强研发",
        "（一）支持企业。每年实施重大项目不少于12项，对单个项目按不超过投入30%的比例、最高800万元给予支持。",
        "（二）用好资金。补助资金用于产业的比重提高到60%以上。",
    )
    assert targets(found) == ["重大项目 >= 12 项 -", "补助资金用于产业的比重 >= 60 % -"]


def test_a_box_spells_out_what_is_to_be_built() -> None:
    found = reading(
        "一、加强储备",
        "（一）建设仓库。完善布局。",
        "专栏1 海上应急物资布局重点",
        "1．海上消防物资：在海东等地建设8个中心库，改扩建现有20个沿海物资仓库。",
    )
    assert targets(found) == ["海上消防物资中心库 = 8 个 -", "沿海物资仓库 = 20 个 -"]


@pytest.mark.parametrize(
    "sentence",
    [
        "截至2023年底，海洋产业规模达到200亿元。",
        "目前，国产化率已达到55%。",
        "2023年，海洋产业规模达到200亿元。",
        "到2026年，国产化率显著提升，基本实现全覆盖。",
        "到2026年，单船500总吨及以上的船舶全部入网。",
        "会议通过了《海州市2026年30项任务》。",
        "本计划实施期为2024年至2026年。",
        "到2026年，海员服务平台普及率分别达到45%和60%。",
    ],
)
def test_the_past_conditions_and_wishes_are_no_targets(sentence: str) -> None:
    assert (
        targets(reading("海政发〔2024〕3号", "一、发展目标", sentence, "二、加强研发", "（一）建设平台。支持企业。"))
        == []
    )


def test_a_year_governs_until_the_next_one() -> None:
    assert _goals("到2025年，产业规模达到300亿元，培育5家龙头企业。到2026年，产业规模突破500亿元。") == [
        "产业规模 = 30000000000 元 2025",
        "龙头企业 = 5 家 2025",
        "产业规模 > 50000000000 元 2026",
    ]


def test_values_that_are_paired_go_to_their_nouns_or_years() -> None:
    assert _goals("到2026年，港口通达率、海岛覆盖率分别达到99%和90%。") == [
        "港口通达率 = 99 % 2026",
        "海岛覆盖率 = 90 % 2026",
    ]
    assert _goals("国产化率2025年、2026年分别达到60%和70%。") == ["国产化率 = 60 % 2025", "国产化率 = 70 % 2026"]
    assert _goals("到2026年，通达率、覆盖率、满意率分别达到99%和90%。") == []


def test_bullets_below_a_horizon_bear_its_year() -> None:
    assert _goals("到2026年，建成海洋强市。", "——规模壮大。产业规模达到300亿元。") == ["产业规模 = 30000000000 元 2026"]


def test_paragraphs_after_two_horizons_work_out_the_nearest() -> None:
    assert _goals("到2026年，体系更加健全。到2035年，全面实现现代化。", "海岛供水普及率达到95%。") == [
        "海岛供水普及率 = 95 % 2026"
    ]


def test_a_target_said_again_in_a_task_is_told_once() -> None:
    found = reading(
        "一、发展目标", "到2026年，海岛覆盖率达到85%。", "二、重点任务", "（一）拓展服务。进一步推动海岛覆盖率达到85%。"
    )
    assert targets(found) == ["海岛覆盖率 = 85 % 2026"]


def test_grants_and_their_ceilings_are_no_targets() -> None:
    found = reading(
        "一、加强研发",
        "（一）支持企业。按规定给予不超过总投入30%、最高500万元的经费支持。",
        "（二）建设平台。建成2个测试基地。",
    )
    assert targets(found) == ["测试基地 = 2 个 -"]


def test_a_ratio_that_each_of_several_must_keep_says_for_whom() -> None:
    found = reading(
        "一、发展目标",
        "到2026年，在每个涉海区培育一家龙头企业，形成一个机制。",
        "二、加强研发",
        "（一）建设平台。支持企业。",
    )
    assert targets(found) == ["龙头企业 = 1 家 2026"]
    described = {d.mention.cls: d.attrs for d in found.described}
    assert described["Target"]["yf:perUnit"] == "每个涉海区"


def test_an_interview_tells_levels_of_today_and_only_what_lies_ahead_is_a_target() -> None:
    lines = [
        "海州日报：《海州市海洋产业发展行动计划》有哪些举措？",
        "王明：一是壮大企业。在孵企业数量超过200家。到2026年，上市企业达到10家。",
    ]
    assert targets(reading(*lines, title=INTERVIEW_TITLE)) == ["上市企业 = 10 家 2026"]


def test_a_targets_sentence_names_its_indicator() -> None:
    found = reading(
        "一、发展目标", "到2026年，新增船舶型号证书超过50件。", "二、加强研发", "（一）建设平台。支持企业。"
    )
    for claim in claims(found, "hasTarget"):
        assert claim.subject.label in quotes(found, claim)[0]
    assert objects(found, "hasIndicator") == ["新增船舶型号证书"]
    assert next(d.alt for d in found.described if d.mention.cls == "Indicator") == ("船舶型号证书",)


def test_a_table_of_indicators_gives_one_target_a_row_with_its_nature() -> None:
    rows = [
        "| 序号 | 指标 | 2023年 | 2026年 | 属性 |",
        "|---|---|---|---|---|",
        "| 1 | 海上风电装机（万千瓦） | 80 | ≥200 | 预期性 |",
        "| 2 | 近岸水质优良率（%） | 71 | 85左右 | 约束性 |",
        "| 3 | 海洋文化影响 | 一般 | 较强 | 预期性 |",
    ]
    found = reading(
        "一、发展目标", "到2026年，建成海洋强市。", "\n".join(rows), "二、加强研发", "（一）建设平台。支持企业。"
    )
    assert targets(found) == ["海上风电装机 >= 2000000 千瓦 2026", "近岸水质优良率 ~ 85 % 2026"]
    assert [d.attrs["yf:nature"] for d in found.described if "yf:nature" in d.attrs] == ["预期性", "约束性"]


def test_what_five_years_that_ended_brought_and_what_there_is_today_are_observations_unless_a_table_gives_them() -> None:
    number, table = "海渔〔2026〕2号", "| 指标 | 2025年 | 2028年 |\n|---|---|---|\n| 新建渔港泊位（个） | 12 | 30 |"
    today = "我市地处海滨，现有渔港12座，其中一级渔港3座；远洋渔船35艘。渔港布局失衡，现有泊位不足5个。"
    summed = "“十四五”期间累计新建泊位12个，疏浚航道86公里，2026年启动改造5座。“十五五”期间累计新建码头9座。"
    found = reading(number, "一、发展基础", today, summed, "二、发展目标", table, "三、建设平台", "支持企业。")
    assert [c.object.label for c in claims(found, "hasObservation")] == [
        "新建渔港泊位 = 12个（2025年）", "航道 = 86公里（2025年）", "渔港 = 12座（目前）", "一级渔港 = 3座（目前）", "远洋渔船 = 35艘（目前）",
    ]  # fmt: skip


def test_a_dash_in_the_column_of_units_is_no_unit() -> None:
    rows = (
        "| 指标 | 单位 | 2023年 | 2026年 |\n|---|---|---|---|\n| 渔业用水系数 | — | 0.5 | 0.6 |\n"
        "| 渔船 | 艘 | 50 | 60 |\n| 渔获指数 | / | 90 | 95 |"
    )
    assert targets(reading("一、发展目标", rows, "二、加强研发", "（一）建设平台。支持企业。")) == [
        "渔业用水系数 = 0.6 - 2026", "渔船 = 60 艘 2026", "渔获指数 = 95 - 2026",
    ]  # fmt: skip


def test_a_past_level_is_an_observation_and_never_a_target() -> None:
    found = reading(
        "海政发〔2024〕3号",
        "截至2023年底，海岛覆盖率达到55%。2023年，产业规模增长8%。",
        "一、加强研发",
        "（一）建设平台。支持企业。",
    )
    assert [(c.subject.label, c.object.label) for c in claims(found, "hasObservation")] == [
        ("海岛覆盖率", "海岛覆盖率 = 55%（2023年）")
    ]
    assert targets(found) == []
    attrs = next(d.attrs for d in found.described if d.mention.cls == "Observation")
    assert attrs["yf:period"] == "2023"


def test_a_number_that_is_part_of_a_name_or_ordinal_is_no_quantity() -> None:
    vocabulary = load_vocabulary()
    for text in ("第3次会议", "B2个人业务", "〔2024〕3号", "5G网络"):
        assert quantities_in(vocabulary, text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("cell", "unit", "value"), [("下降15%", "", "-15"), ("≥650", "亿件", "65000000000"), ("[12.5]", "%", "12.5")]
)
def test_a_cell_is_read_with_the_unit_of_its_row(cell: str, unit: str, value: str) -> None:
    attrs = number_cell(load_vocabulary(), cell, unit)
    assert attrs is not None
    assert str(attrs["yf:value"]) == value


def test_a_cell_without_a_number_is_no_target() -> None:
    assert number_cell(load_vocabulary(), "显著提升", "%") is None


def _goal(*sentences: str) -> list[str]:
    return targets(reading("一、发展目标", "".join(sentences)))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("到2026年，具备年产8万吨甲料、30万吨乙料的能力。", ["甲料年产能力 = 80000 吨 2026", "乙料年产能力 = 300000 吨 2026"]),
        ("到2026年，完成对60个乡、4万户的改造。", ["改造乡 = 60 个 2026", "改造户 = 40000 户 2026"]),
        ("到2026年，新增变电容量200万千伏安，网络带宽达到400吉比特/秒。", ["新增变电容量 = 2000000 千伏安 2026", "网络带宽 = 400 Gbps 2026"]),
        ("到2026年，网络带宽达到400吉比特／秒。", ["网络带宽 = 400 Gbps 2026"]),
        ("到2026年，培育10家海洋龙头企业，200家渔业应用、服务和制造企业。", ["海洋龙头企业 = 10 家 2026", "渔业应用、服务和制造企业 = 200 家 2026"]),
        ("到2026年，设置2米×2米标识牌100块，审批时间压缩至3日内。", ["标识牌 = 100 块 2026", "审批时间 <= 3 天 2026"]),
        ("到2026年，门诊、住院电子票据使用率分别达到60%和70%。", ["门诊电子票据使用率 = 60 % 2026", "住院电子票据使用率 = 70 % 2026"]),
        ("到2026年，高速公路、铁路通车里程分别达到800公里和600公里。", ["高速公路通车里程 = 800 公里 2026", "铁路通车里程 = 600 公里 2026"]),
        ("到2026年，40个样板村先行联网。", ["样板村先行联网 = 40 个 2026"]),
        ("到2026年，培育龙头企业逾八十家，用户数超百万。", ["龙头企业 > 80 家 2026", "用户数 > 1000000 - 2026"]),
        ("到2026年，四分之三以上的村庄完成改造。", ["村庄完成改造 >= 75 % 2026"]),
        ("到2026年，粮食产业提质增效，产量达到500万吨。", ["粮食产量 = 5000000 吨 2026"]),
        ("到2026年，力争稳步实现海藻产量达到500万吨。", ["海藻产量 = 5000000 吨 2026"]),
        ("《行动方案》提出，到2026年，电站全部投运。新增储热400万千瓦以上。", ["新增储热 >= 4000000 千瓦 2026"]),
        ("《全省海洋规划》提出，到2026年，全省产值达到5000亿元。", []),
        ("省政府要求到2026年全省产值达到5000亿元。", []),
    ],
)
def test_what_real_plans_say_in_other_forms(sentence: str, found: list[str]) -> None:
    assert _goal(sentence) == found


def test_a_name_that_a_bracket_cuts_in_two_is_none() -> None:
    assert _goal("到2026年，建成“海上粮仓、蓝色牧场”示范区达到5个。") in ([], ["“海上粮仓、蓝色牧场”示范区 = 5 个 2026"])


def test_figures_of_a_review_chapter_are_no_targets() -> None:
    title = "海州市海洋产业发展“十四五”规划"
    found = reading("一、发展回顾", "到2020年底，企业达到500家。累计建成平台10个。", "二、发展目标", "到2025年，企业达到800家。", title=title)
    assert targets(found) == ["企业 = 800 家 2025"]


def test_a_phase_reaches_the_bullets_below_it() -> None:
    found = reading("一、发展目标", "第一阶段，到2024年，打牢基础。", "——建成平台5个。", "第二阶段，到2026年，基本建成体系。", "——企业达到100家。")
    assert targets(found) == ["平台 = 5 个 2024", "企业 = 100 家 2026"]


def test_a_clause_of_numbers_without_end_is_read_in_linear_time_and_gives_nothing() -> None:
    assert _goal("到2025年达到1" * 3000) == []


def _table(*lines: str) -> tuple[list[str], list[str]]:
    found = reading("一、发展目标", *lines, "二、重点任务", "（一）建设平台。支持企业。")
    return targets(found), [claim.object.label for claim in claims(found, "hasObservation")]


def test_a_table_of_indicators_gives_the_base_year_as_observations_and_the_years_ahead_as_targets() -> None:
    rows = "| 序号 | 指标 | 单位 | 2023年 | 2025年 | 2026年 | 属性 |\n|---|---|---|---|---|---|---|\n| 1 | 海水利用率 | % | 60 | 75 | ≥90 | 约束性 |"
    assert _table(rows) == (["海水利用率 = 75 % 2025", "海水利用率 >= 90 % 2026"], ["海水利用率 = 60%（2023年）"])
    rows = "| 指标 | 现状值 | 目标值 |\n|---|---|---|\n| 海洋生产总值（亿元） | 500 | 800 |"
    assert _table(rows)[1] == ["海洋生产总值 = 500亿元（基期）"]


def test_a_table_of_indicators_that_lost_its_rules_is_read_all_the_same() -> None:
    wanted = (
        ["海洋生产总值 = 80000000000 元 2026", "渔港数量 = 20 个 2026"],
        ["海洋生产总值 = 500亿元（2023年）", "渔港数量 = 12个（2023年）"],
    )
    spaced = ["专栏1 主要指标", "指标 2023年 2026年 属性", "海洋生产总值（亿元） 500 800 预期性", "渔港数量（个） 12 20 约束性"]
    stacked = ["主要指标", "指标名称", "2023年", "2026年", "海洋生产总值（亿元）", "500", "800", "渔港数量（个）", "12", "20"]
    assert _table(*spaced) == wanted
    assert _table(*stacked) == wanted
    assert _table("指标 体系", "海洋生产总值 500 800") == ([], [])
    assert _table("指标名称", "含义", "海洋生产总值", "一年内的产值") == ([], [])


def test_a_number_behind_a_clause_that_builds_counts_only_what_is_built_as_well() -> None:
    found = reading("一、加强研发", "（一）建设平台。到2026年，培育10家龙头企业，200家企业的设备已联网，带动就业。")
    assert targets(found) == ["龙头企业 = 10 家 2026"]


def test_a_targets_name_is_made_of_its_indicators_own() -> None:
    found = reading(
        "## 一、主要目标", "到2026年，银发经济规模达到300亿元。", "## 二、重点任务", "（一）扩大规模。到2030年，全市银发经济规模达到500亿元。"
    )
    for claim in claims(found, "hasTarget"):
        assert claim.object.label.startswith(claim.subject.label + " ")
    assert {claim.object.label for claim in claims(found, "hasTarget")} == {"银发经济规模 = 300亿元（2026年）", "银发经济规模 = 500亿元（2030年）"}


def test_verbs_that_share_what_they_are_done_to_are_targets_of_their_own() -> None:
    found = reading("一、主要目标", "2026—2028年新建、改建渔港分别为12座、30座。")
    assert targets(found) == ["新建渔港 = 12 座 2028", "改建渔港 = 30 座 2028"]


def test_a_header_of_two_rows_is_one_and_the_year_of_issue_lies_ahead_of_a_base_that_is_named() -> None:
    head = "| 指标 | 单位 | 2025年基数 | 目标值 | | |\n|---|---|---|---|---|---|\n| | | | 2026年 | 2028年 | 2030年 |"
    table = f"{head}\n| 渔港数量 | 座 | 6 | 7 | 10 | ≥15 |"
    found = reading("2026年2月3日", "一、主要目标", "主要指标见下表。", table)
    assert targets(found) == ["渔港数量 = 7 座 2026", "渔港数量 = 10 座 2028", "渔港数量 >= 15 座 2030"]
    assert objects(found, "hasObservation") == ["渔港数量 = 6座（2025年）"]


def test_what_will_be_spent_in_all_is_a_target_beside_a_rate_of_support() -> None:
    found = reading("一、保障措施", "（一）保障投入。县财政按每人每年2元补助运行经费，渔港更新资金总投入超过4800万元。")
    assert targets(found) == ["渔港更新资金总投入 > 48000000 元 -"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("海洋产业收入迈上20亿元台阶，年均增速保持在15%以上。", ["海洋产业收入 = 2000000000 元 2026", "海洋产业收入年均增速 >= 15 % 2026"]),
        ("渔港漏损率压降到12%以内，渔船数量由21艘整合为8艘。", ["渔港漏损率 <= 12 % 2026", "渔船数量 = 8 艘 2026"]),
        ("国家级、省级渔港分别达到2个、8个。", ["国家级渔港 = 2 个 2026", "省级渔港 = 8 个 2026"]),
        ("以渔促旅示范点达12处，选派渔技员50名驻村。", ["以渔促旅示范点 = 12 处 2026", "渔技员 = 50 名 2026"]),
        ("建设年产2万吨鱼糜加工项目，流转盘活800宗。", []),
        ("每季度开展1次联合检查，老旧码头改造完成30座。", ["老旧码头改造 = 30 座 2026"]),
        ("每年开展不少于2次联合检查，每县建立渔技站不少于2个。", ["渔技站 >= 2 个 2026"]),
        ("小船、大船事故率分别降至6%、3%以下。", ["小船事故率 <= 6 % 2026", "大船事故率 <= 3 % 2026"]),
    ],
)
def test_what_plans_say_in_yet_other_words(sentence: str, found: list[str]) -> None:
    assert _goals(f"到2026年，{sentence}") == found


def test_the_bracket_behind_a_phase_says_until_when_it_goes_on() -> None:
    found = reading("一、主要目标", "分两步推进：第一阶段（2026—2027年），建设渔港12座。第二阶段（2028—2030年），渔港总数突破30座。")
    assert targets(found) == ["渔港 = 12 座 2027", "渔港总数 > 30 座 2030"]


def test_a_unit_may_stand_in_brackets_of_any_width() -> None:
    table = "| 指标 | 2025年现状 | 2028年 |\n|---|---|---|\n| 渔业零售额(亿元) | 4.8 | 10以上 |\n| 设备更新(台（套）) | 2 | 6 |"
    found = reading("一、主要目标", "主要指标见下表。", table)
    assert targets(found) == ["渔业零售额 >= 1000000000 元 2028", "设备更新 = 6 台（套） 2028"]


def test_a_table_that_divides_the_work_sets_targets_in_its_tasks_by_the_years_of_their_deadlines() -> None:
    rows = ("| 任务 | 目标要求 | 责任单位 | 完成时限 |", "|---|---|---|---|", "| 新建渔港基站120座以上 | 到2027年改造码头18个 | 海洋局 | 2027年6月 |")
    found = reading("一、重点任务", "（一）建设平台。支持企业。", "\n".join(rows))
    assert targets(found) == ["渔港基站 >= 120 座 2027", "码头 = 18 个 2027"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("滨湖区、南山县分别建成渔港3个、5个。", ["渔港 = 3 个 -", "渔港 = 5 个 -"]),
        ("2027年6月底前，出台办法。新建渔港5个。", ["渔港 = 5 个 -"]),
        ("2027年6月底前建成码头6座；改造渔船20艘。新建渔港5个。", ["码头 = 6 座 2027", "渔船 = 20 艘 2027", "渔港 = 5 个 -"]),
        ("到2027年，出台办法。新建渔港5个。", ["渔港 = 5 个 2027"]),
        ("形成年处理渔网15万吨能力。", ["渔网年处理能力 = 150000 吨 -"]),
        ("每年选派60名渔民到省级中心培训。", ["渔民 = 60 名 -"]),
        ("居民医保支付比例为80%。", []),
        ("由市海洋局牵头建设渔港5个。", ["渔港 = 5 个 -"]),
        ("为南湖乡渔民建设周转房5套。", ["周转房 = 5 套 -"]),
        ("泊位利用率2027年达到80%、2029年达到90%。", ["泊位利用率 = 80 % 2027", "泊位利用率 = 90 % 2029"]),
        ("客船、货船岸电使用率2028年分别不低于60%和75%。", ["客船岸电使用率 >= 60 % 2028", "货船岸电使用率 >= 75 % 2028"]),
        ("新增林带4万米，其中黑峪乡2万米、南山镇1万米。", ["新增林带 = 40000 米 -", "新增林带 = 20000 米 -", "新增林带 = 10000 米 -"]),
        ("建成渔港9个，其中滨湖区、南山县各不少于3个。", ["渔港 = 9 个 -", "渔港 >= 3 个 -", "渔港 >= 3 个 -"]),
        ("建成渔港9个，滨湖区、南山县分别不少于5个和3个。", ["渔港 = 9 个 -", "渔港 >= 5 个 -", "渔港 >= 3 个 -"]),
        ("建设加注中心，占地60亩，年加注能力3万吨，2028年底前建成。", ["加注中心占地 = 60 亩 2028", "加注中心年加注能力 = 30000 吨 2028"]),
        ("企业占地60亩以上。", []),
        ("年服务企业200家次以上。", ["服务企业 >= 200 家次 -"]),
        ("每月完成扫描25万页以上。", ["扫描 >= 250000 页 -"]),
        ("每年为不少于200家企业提供免费诊断。", ["企业 >= 200 家 -"]),
        ("三年带动养殖户1500家。", ["养殖户 = 1500 家 2026"]),
        ("启动新建改扩建项目9个。", ["新建改扩建项目 = 9 个 -"]),
        ("到2027年累计完成渔港改造60座。", ["渔港改造 = 60 座 2027"]),
        ("统筹安排渔港建设资金9.6亿元。", []),
        ("新建服务站150个（其中农村80个）。", ["服务站 = 150 个 -", "服务站 = 80 个 -"]),
        ("集聚企业100家（其中上市企业30家）。", ["企业 = 100 家 -", "上市企业 = 30 家 -"]),
        ("推进适老化改造6000户。", ["适老化改造 = 6000 户 -"]),
        ("推广石膏综合利用，利用率达到40%以上。", ["石膏综合利用率 >= 40 % -"]),
        ("保存种质资源200份以上，2027年底前投用。", ["种质资源 >= 200 份 2027"]),
        ("市财政局每年统筹安排不少于5000万元专项资金。", []),
    ],
)
def test_what_a_sentence_of_a_task_counts_and_until_when(text: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。支持企业。{text}")) == found


def test_a_table_gives_its_name_to_what_the_text_says_in_short() -> None:
    table = "| 指标 | 2025年 | 2028年 |\n|---|---|---|\n| 新修复滩涂面积（公顷） | 10 | 300 |"
    found = reading("海市渔〔2026〕8号", "一、主要目标", "到2028年，新修复滩涂300公顷。", table)
    assert {claim.object.label for claim in claims(found, "hasTarget")} == {"新修复滩涂面积 = 300公顷（2028年）"}


def test_the_year_of_issue_is_a_goal_where_an_earlier_year_is_the_base() -> None:
    table = "| 指标 | 2025年 | 2026年 | 2028年 |\n|---|---|---|---|\n| 修复照片（张，累计） | 0 | 200 | 800 |"
    found = reading("海市渔〔2026〕8号", "一、主要目标", table)
    assert targets(found) == ["修复照片 = 200 张 2026", "修复照片 = 800 张 2028"]


def test_an_observation_is_named_by_the_thing_and_not_by_who_set_it_up_or_by_the_verb() -> None:
    found = reading("一、发展基础", "截至2023年底，沿海各地设立保护地412处，开展监测的渔港29座，登记在册的渔民仅有4180人，单程平均耗时1.8小时。")
    names = [claim.subject.label for claim in claims(found, "hasObservation")]
    assert names == ["保护地", "渔港", "渔民", "单程平均耗时"]


def test_a_table_of_places_sets_the_indicator_that_its_name_says_for_each_of_them() -> None:
    rows = ("| 乡镇 | 2025年（基期） | 2026年 | 2028年 |", "|---|---|---|---|", "| 石臼镇 | 1.5 | 1.7 | 2.2 |", "| 黑峪乡 | 0.9 | 1.0 | 1.5 |")
    table = "\n".join((*rows, "| 合计 | 2.4 | 2.7 | 3.7 |"))
    found = reading("海市渔〔2026〕8号", "一、主要目标", "表1 重点乡镇渔船数量目标（单位：万艘）", table)
    wanted = ((17000, 2026), (22000, 2028), (10000, 2026), (15000, 2028))
    assert targets(found) == [f"渔船数量 = {value} 艘 {year}" for value, year in wanted]
    assert {claim.object.label[:6] for claim in claims(found, "hasTarget")} == {"石臼镇渔船数", "黑峪乡渔船数"}


def _of_places(found: Reading) -> list[tuple[str, str]]:
    return [(c.subject.label, c.object.label) for c in claims(found, "appliesTo") if c.subject.cls == "Target"]


def test_a_table_of_places_with_a_column_an_indicator_takes_the_year_of_its_name_and_the_sum_for_the_whole() -> None:
    rows = ("| 南湖县 | 3 | 1.2 | 已开工 |", "| 滨海高新区 | 2 | 0.3 | |", "| 合计 | 5 | 1.5 | |")
    table = "\n".join(("| 县（市、区） | 新建渔港（座） | 渔船更新（万艘） | 备注 |", "|---|---|---|---|", *rows))
    found = reading("海市渔〔2026〕8号", "一、重点任务", "（一）建设渔港。完善布局。", "附件", "2026年渔港建设任务分解表", table)
    assert targets(found) == [
        "新建渔港 = 3 座 2026", "渔船更新 = 12000 艘 2026", "新建渔港 = 2 座 2026", "渔船更新 = 3000 艘 2026",
        "新建渔港 = 5 座 2026", "渔船更新 = 15000 艘 2026",
    ]  # fmt: skip
    assert {place for _, place in _of_places(found)} == {"南湖县", "滨海高新区"}
    reported = reading("海市渔〔2026〕8号", "一、重点任务", "（一）建设渔港。完善布局。", "附件", "2026年渔港基本情况", table)
    assert targets(reported) == []
    spanning = reading("海市渔〔2026〕8号", "一、重点任务", "（一）建设渔港。完善布局。", "附件", "2026—2028年渔港建设安排", table)
    assert {target.rpartition(" ")[2] for target in targets(spanning)} == {"2028"}


def test_a_table_of_places_with_years_below_its_indicators_gives_a_target_a_cell_set_in_the_task_around_it() -> None:
    rows = (
        "| 市 | 渔港泊位（百个） | | 渔船（艘） | |", "|---|---|---|---|---|", "| 市 | 2026年 | 2028年 | 2026年 | 2028年 |",
        "| 海州市 | 3 | 4.5 | 120 | 150 |", "| 各市平均 | 1 | 2 | 3 | 4 |",
    )  # fmt: skip
    lines = ("一、重点任务", "（一）建设渔港。各市任务见表1。", "表1 各市渔港任务表", "\n".join(rows), "（二）更新渔船。支持企业。")
    found = reading("海市渔〔2026〕8号", *lines)
    assert targets(found) == ["渔港泊位 = 300 个 2026", "渔港泊位 = 450 个 2028", "渔船 = 120 艘 2026", "渔船 = 150 艘 2028"]
    assert {c.object.label for c in claims(found, "setIn")} == {"建设渔港"}


def test_a_table_of_projects_sets_what_each_is_to_have_and_to_cost_in_the_year_it_is_there() -> None:
    rows = (
        "| 项目名称 | 建设地点 | 建设单位 | 建设规模及内容 | 总投资（万元） | 建成时间 |", "|---|---|---|---|---|---|",
        "| 南湖渔港改造项目 | 海州市南湖县 | 海州港务集团 | 新建泊位6个 | 1200 | 2027年6月 |",
        "| 合计 | | | | 1200 | |",
    )  # fmt: skip
    found = reading("海市渔〔2026〕8号", "一、重点任务", "（一）建设渔港。完善布局。", "二、重大项目", "\n".join(rows))
    assert targets(found) == ["总投资 = 12000000 元 2027", "泊位 = 6 个 2027"]
    said = {(c.relation, c.object.label) for c in found.claims if c.subject.label == "南湖渔港改造项目"}
    assert said == {("locatedIn", "海州市南湖县"), ("appliesTo", "海州市南湖县"), ("builtBy", "海州港务集团"), ("dueBy", "2027年6月底前")}
    assert {c.object.label for c in claims(found, "setIn")} == {"南湖渔港改造项目"}
    assert pairs(found, "hasProject") == [("PLAN", "南湖渔港改造项目")]
    tells = ("（一）建设渔港。完善布局。重点渔港项目见表2。", "表2 重点渔港项目", "\n".join(rows))
    told = reading("海市渔〔2026〕8号", "一、重点任务", *tells, "（二）培育企业。支持企业。")
    assert pairs(told, "includesProject") == [("建设渔港", "南湖渔港改造项目")]


def test_a_year_of_the_past_goes_on_behind_a_semicolon_and_no_further() -> None:
    assert _goals("2020年末，渔港20座；渔船登记率为88.4%，码头1120座。到2028年，渔船登记率达到95%。") == ["渔船登记率 = 95 % 2028"]
    assert "渔船登记率 = 95 % 2028" in _goals("2020年末，渔港20座；到2028年，渔船登记率达到95%。")
    assert _goals("2020年，渔业产值86亿元，同比增长9%；建成渔港20座。到2028年，渔船登记率达到95%。") == ["渔船登记率 = 95 % 2028"]


def test_a_level_that_holds_from_a_year_on_is_set_for_it_and_what_is_paid_through_years_dates_nothing_else() -> None:
    def of(sentence: str) -> list[str]:
        return targets(reading("一、重点任务", f"（一）建设平台。{sentence}", title="海州市渔业发展行动计划"))

    since = "2027年起，除法律规定的以外，渔船登记率达到90%以上，审核时间压缩至3个工作日以内。"
    assert of(since) == ["渔船登记率 >= 90 % 2027", "审核时间 <= 3 工作日 2027"]
    assert of("2026—2030年，市财政每年安排渔业发展资金5000万元。渔船登记率达到90%。") == ["渔船登记率 = 90 % -"]
    assert of("新建管网180公里，其中各县（市、区）85公里。") == ["管网 = 180 公里 -", "管网 = 85 公里 -"]
    assert of("渔民轮训每两年不少于1次。") == ["渔民轮训 >= 1 次 -"]
    assert of("组建救援队伍12支，每支队伍不少于20人。推广报警器，新增安装5万台。") == ["救援队伍 = 12 支 -"]
    assert of("引导担保机构提供担保，平均担保费率不超过1%。") == ["平均担保费率 <= 1 % -"]
    assert of("按照现行收费标准的70%收取登记费，鼓励企业主导或参与制定国家标准15项以上。") == ["国家标准 >= 15 项 -"]


def test_a_plan_for_so_many_years_counts_to_its_end_where_it_says_how_many_it_takes() -> None:
    def of(title: str, sentence: str) -> list[str]:
        return targets(reading("一、发展目标", sentence, "二、加强研发", "（一）建设平台。支持企业。", title=title))

    three = "海州市渔业三年行动计划（2026—2028年）"
    assert of(three, "力争用三年时间，渔船登记率达到95%，建成渔港20座。") == ["渔船登记率 = 95 % 2028", "渔港 = 20 座 2028"]
    assert of(three, "力争用五年时间，渔船登记率达到95%。") == ["渔船登记率 = 95 % -"]
    assert of(three, "三年供应用海不少于1500亩。") == ["供应用海 >= 1500 亩 2028"]


def test_a_plan_for_two_years_is_none_for_the_last_of_them() -> None:
    def of(*lines: str) -> list[str]:
        return targets(reading("海市渔〔2026〕8号", *lines, title="海州市渔港提升行动方案（2026—2027年）"))

    goals = "2026年完成60家、2027年完成75家渔港改造，到2027年渔船登记率达到95%。"
    work = ("二、重点任务", "（一）建设平台。对83家整体改造类渔港实行拆建一体。渔港管护率达到90%。渔港产值300亿元。")
    set_in_goals = ["渔港改造 = 60 家 2026", "渔港改造 = 75 家 2027", "渔船登记率 = 95 % 2027"]
    assert of("一、发展目标", goals, *work) == [*set_in_goals, "整体改造类渔港 = 83 家 -", "渔港管护率 = 90 % -"]


@pytest.mark.parametrize(
    "sentence",
    ["新建小区每2000户不少于1个。", "每周六免费开放码头不少于6小时。", "电费较现行水平降低10%。", "单个公园市级补助20万元。"],
)
def test_what_is_set_for_each_case_is_no_target(sentence: str) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。建设点位，{sentence}")) == []


def test_a_year_in_a_bracket_right_behind_a_number_is_that_numbers() -> None:
    found = targets(reading("一、重点任务", "（一）建设平台。渔船登记率从目前的91%提升到98%以上（2027年），码头利用率达到80%以上。"))
    assert found == ["渔船登记率 >= 98 % 2027", "码头利用率 >= 80 % -"]
    assert targets(reading("一、重点任务", "（一）建设平台。在滨湖区、南山县新设救援站点各2个。"))[0].startswith("救援站点 ")


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ("改造公交线路，到2027年优化调整线路60条。建成渔港20座。", ["线路 = 60 条 2027", "渔港 = 20 座 -"]),
        ("建设中心，到2027年改造渔港60座；建成码头20座。", ["渔港 = 60 座 2027", "码头 = 20 座 2027"]),
        ("力争到2027年，改造渔港60座。建成码头20座。", ["渔港 = 60 座 2027", "码头 = 20 座 2027"]),
        ("全市到2027年改造渔港60座。建成码头20座。", ["渔港 = 60 座 2027", "码头 = 20 座 2027"]),
    ],
)
def test_in_a_task_a_year_governs_further_sentences_only_where_its_own_opens_with_it(task: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。{task}")) == found


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ("渔船监测设施安装率保持100%。", ["渔船监测设施安装率 = 100 % -"]),
        ("渔港垃圾收集率维持95%以上。", ["渔港垃圾收集率 >= 95 % -"]),
        ("到港船舶登记率达到90%以上。", ["到港船舶登记率 >= 90 % -"]),
        ("到2027年底，渔港航道累计建成30公里，码头建成12座。", ["渔港航道 = 30 公里 2027", "码头 = 12 座 2027"]),
        ("整合优化航线18条。", ["航线 = 18 条 -"]),
        ("优化服务平台30个。", ["服务平台 = 30 个 -"]),
        ("盘活修复土地2万亩。", ["修复土地 = 20000 亩 -"]),
        ("修复工程质保期不少于5年。", ["修复工程质保期 >= 5 年 -"]),
        ("监测记录保存期不少于180日。", ["监测记录保存期 >= 180 天 -"]),
        ("完成首批300艘渔船登记。", ["渔船登记 = 300 艘 -"]),
        ("渔船事故率下降1.9个千分点。", ["渔船事故率 change -1.9 千分点 -"]),
        ("依托现有渔港，建成加工中心12个。", ["加工中心 = 12 个 -"]),
        ("利用现有厂房改建冷库20座。", ["改建冷库 = 20 座 -"]),
        ("现有渔港20座，到2027年新增5座。", []),
        ("保持渔民30年不变。", []),
        ("考核期不超过3年。", []),
    ],
)
def test_levels_that_are_kept_terms_and_what_is_built_on_what_is_there_are_targets(task: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。{task}")) == found


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ("渔业贷款三年累计发放4.2亿元，带动就业9000人。", ["渔业贷款 = 420000000 元 2026", "带动就业 = 9000 人 2026"]),
        ("三年新增渔港3座、冷库8座。", ["新增渔港 = 3 座 2026", "冷库 = 8 座 2026"]),
        ("近三年累计发放渔业贷款4亿元。", []),
        ("支持渔业公司扩大规模，到2025年注册资本由3亿元增至5亿元，放大倍数不低于5倍。", ["注册资本 = 500000000 元 2025", "放大倍数 >= 5 倍 2025"]),
        ("渔户授信面不低于75%。", ["渔户授信面 >= 75 % -"]),
        ("对注册资本1亿元以上、承诺经营期不少于5年的企业，给予奖励100万元。", []),
        ("为企业提供综合授信20亿元。", []),
        ("推进渔港适老化改造，2025年、2026年分别改造35个和40个。", ["渔港适老化改造 = 35 个 2025", "渔港适老化改造 = 40 个 2026"]),
        ("推进渔港设施更新，2026年更新35个。", ["渔港设施更新 = 35 个 2026"]),
        ("对漏损率高于25%的管道分批更换，到2026年累计更换620公里。", []),
        ("70%以上的渔港码头50米范围内设置救生点，2026年底前完成。", ["渔港码头50米范围内设置救生点 >= 70 % 2026"]),
        ("80%以上的渔船安装终端。", ["渔船安装终端 >= 80 % -"]),
        ("30%的企业位于镇区。", []),
        ("选取3个渔港开展试点，形成经验。", ["渔港开展试点 = 3 个 -"]),
        ("在3个县开展试点。", []),
        ("到2026年支持西部地区县级渔港改造冷库400个。", ["改造冷库 = 400 个 2026"]),
    ],
)
def test_sums_over_the_years_shares_of_those_that_will_have_it_and_trials_are_targets(task: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。{task}")) == found


def test_a_part_of_the_land_has_its_share_of_what_was_counted_in_the_same_unit() -> None:
    found = _goals("到2026年，新增林地4万亩，其中青河上游2万亩、北部山区不少于1万亩、南部丘陵5座。")
    assert found == ["新增林地 = 40000 亩 2026", "新增林地 = 20000 亩 2026", "新增林地 >= 10000 亩 2026"]


def test_a_sentence_above_a_table_of_places_asks_for_what_it_counts_by_the_year_that_it_names() -> None:
    table = "| 县区 | 渔港（座） | 备注 |\n|---|---|---|\n| 南湖区 | 5 | 含老港 |\n| 北山县 | 8 | |"
    work = ("一、重点任务", "（一）建设平台。支持企业。")
    asked = reading(*work, "各县区2026年底前要完成下列建设任务，任务完成情况纳入年度考核。", table)
    assert targets(asked) == ["渔港 = 5 座 2026", "渔港 = 8 座 2026"]
    assert targets(reading(*work, "各县区任务完成情况：", table)) == []
    assert targets(reading(*work, "2023年各县区渔港如下：", table)) == []


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ("村医每年到镇卫生院进修不少于15天。", ["村医每年到镇卫生院进修 >= 15 天 -"]),
        ("从业年限不少于3年的，给予补助。", []),
        ("把海洋知识纳入地方课程，每学年安排不少于6课时。", ["地方课程 >= 6 课时 -"]),
        ("完善课程。每学期安排不少于4课时。", []),
        ("更新渔船60艘，其中远洋渔船不少于8艘，2026年6月底前完成。", ["渔船 = 60 艘 2026", "远洋渔船 >= 8 艘 2026"]),
        ("按照每20户配建1处晾晒场的标准，建设晾晒场30处。", ["晾晒场 = 30 处 -"]),
        ("样板渔港是指泊位30个以上、配备5名以上管理员的渔港。", []),
        ("建立台账，每年培训不少于40学时。", ["每年培训 >= 40 学时 -"]),
        ("由省渔业研究所在青原县新建良种场1座。", ["良种场 = 1 座 -"]),
        ("市海洋局将布设监测点200个。", ["监测点 = 200 个 -"]),
        ("省级研究中心新增12家。", []),
        ("每校配备渔技辅导员2名。", ["渔技辅导员 = 2 名 -"]),
        ("培育10亿元级企业3家、亿元级企业40家。", ["10亿元级企业 = 3 家 -", "亿元级企业 = 40 家 -"]),
        ("完成46个老旧渔村、5200户改造。", ["老旧渔村 = 46 个 -", "老旧渔村改造 = 5200 户 -"]),
        ("建成区绿化覆盖率达到40%，恢复改善灌溉面积3万亩。", ["建成区绿化覆盖率 = 40 % -", "灌溉面积 = 30000 亩 -"]),
        ("接待游客突破900万人次、旅游收入85亿元。", ["接待游客 > 9000000 人次 -", "旅游收入 = 8500000000 元 -"]),
        ("企业数量不超过30家、职工500人。", ["企业数量 <= 30 家 -"]),
        ("拆除旧码头12座，淘汰老旧渔船60艘，腾退岸线9公里。", ["旧码头 = 12 座 -", "老旧渔船 = 60 艘 -", "岸线 = 9 公里 -"]),
        ("县海洋局会同县妇联每年组织渔技培训不少于300人次。", ["渔技培训 >= 300 人次 -"]),
        ("组织渔民对接活动，每季度不少于1场。", []),
        ("推动7纳米芯片量产，建设110千伏变电站2座。", ["110千伏变电站 = 2 座 -"]),
    ],
)
def test_what_is_spent_each_time_is_a_target_and_standards_definitions_and_grades_are_none(task: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。{task}")) == found


def test_the_line_above_a_table_of_places_gives_the_unit_of_all_that_it_holds() -> None:
    table = "| 县（市、区） | 2025年 | 2026年 |\n|---|---|---|\n| 南湖区 | 5 | 8 |\n| 全市合计 | 12 | 18 |"
    found = reading("一、重点任务", "（一）建设平台。支持企业。", "航道建设任务分解表", "单位：公里", table)
    assert [t for t in targets(found) if "2026" in t] == ["航道建设 = 8 公里 2026", "航道建设 = 18 公里 2026"]
    assert targets(reading("一、重点任务", "（一）建设平台。支持企业。", "航道建设任务分解表", "责任单位：海洋局", table)) == []


def test_what_a_survey_of_a_year_counted_is_observed_in_it() -> None:
    review = "经2023年核查，全市尚有未登记渔船5420艘、面积1.8万亩。2023年末，全市有渔港23座，平均担保费率0.9%。"
    found = reading("一、发展基础", review, "二、加强研发", "（一）建设平台。支持企业。")
    assert objects(found, "hasObservation") == [
        "未登记渔船 = 5420艘（2023年）",
        "未登记渔船面积 = 1.8万亩（2023年）",
        "渔港 = 23座（2023年）",
        "平均担保费率 = 0.9%（2023年）",
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("到2026年，循环水利用量达到2023年的1.5倍，居民满意度达95%左右。", ["循环水利用量 = 1.5 倍 2026", "居民满意度 ~ 95 % 2026"]),
        ("到2026年，渔情预报预见期由24小时延长到72小时。", ["渔情预报预见期 = 72 小时 2026"]),
        ("新创建省级渔业园区10个，其中石坪镇3个。", ["省级渔业园区 = 10 个 -", "省级渔业园区 = 3 个 -"]),
        ("到2026年再培育渔业企业10家左右。", ["渔业企业 ~ 10 家 2026"]),
        ("年增殖放流鱼苗800万尾以上。", ["鱼苗 >= 8000000 尾 -"]),
        ("到2026年，渔业产值达到2023年水平。", []),
    ],
)
def test_what_is_so_many_times_that_of_a_year_is_set_for_the_plans_own(sentence: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。{sentence}")) == found


def test_a_plan_for_one_year_reckons_its_own_figures_from_the_year_before() -> None:
    def of(title: str) -> list[str]:
        task = "（一）建设平台。新增渔业企业6家，渔业总产值达98亿元、同比增长9%左右。"
        return targets(reading("海市渔〔2026〕8号", "一、重点任务", task, title=title))

    assert of("海州市2026年渔业工作要点") == ["新增渔业企业 = 6 家 2026", "渔业总产值 = 9800000000 元 2026", "渔业总产值 change 9 % 2026"]
    assert of("海州市渔业行动计划（2026—2028年）") == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("采取县聘乡管模式，组建430人的渔民队伍，每年开展培训。", ["渔民队伍 = 430 人 -"]),
        ("订单式培养渔业技术学生1200人。", ["渔业技术学生 = 1200 人 -"]),
        ("引入社会资本的项目占比达到20%左右。", ["引入社会资本的项目占比 ~ 20 % -"]),
        ("2026年和2027年每年新建渔港5座。", ["渔港 = 5 座 2026", "渔港 = 5 座 2027"]),
        ("渔业企业数量翻一番，达到200家。", ["渔业企业数量 change 100 % -", "渔业企业数量 = 200 家 -"]),
        ("组建30人以上的渔业企业联盟。", []),
    ],
)
def test_teams_of_so_many_and_shares_of_what_a_verb_describes_are_named_whole(sentence: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。{sentence}")) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("开行“海州—昆岭”冷链班车，每周不少于6班。", ["“海州—昆岭”冷链班车 >= 6 班 -"]),
        ("体育馆每周免费开放不少于14小时。", []),
        ("护理员每周上门不少于2次。", []),
        ("建设村级卫生室40个，其中不少于10个达到甲级标准。", ["村级卫生室 = 40 个 -", "达到甲级标准的村级卫生室 >= 10 个 -"]),
        ("配套新建停车位300个，完善配套设施。", ["停车位 = 300 个 -"]),
        ("新增渔企40家，其中海东边境经济合作区不少于15家。", ["新增渔企 = 40 家 -", "新增渔企 >= 15 家 -"]),
        ("使渔民投诉量比上一渔季下降30%。", ["渔民投诉量 change -30 % -"]),
        ("候诊时间由平均40分钟压缩到20分钟。", ["候诊时间 = 20 分钟 -"]),
        ("市财政统筹渔业发展资金4500万元，重点用于渔港。", []),
        ("省财政厅每年安排渔港专项3000万元。", []),
        ("带动社会投入资金3亿元。", ["社会投入资金 = 300000000 元 -"]),
        ("南湖镇镇区同步改造积水点12处，其中2026年汛期前完成5处。", ["积水点 = 12 处 -", "积水点 = 5 处 2026"]),
        ("滨湖区、南山县各建成渔港3座。", ["渔港 = 3 座 -"]),
        ("中心城区绿化率较高。", []),
    ],
)
def test_what_is_run_every_week_and_what_of_the_counted_meets_a_standard(sentence: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设平台。{sentence}")) == found


def test_a_rate_of_support_is_no_target_in_a_plan_for_one_year() -> None:
    task = "（一）建设平台。新建渔港6座。对新建加工线，按设备投资额的8%给予补助。"
    assert targets(reading("海市渔〔2026〕8号", "一、重点任务", task, title="海州市2026年渔业工作要点")) == ["渔港 = 6 座 2026"]


def test_a_table_sums_its_years_up_and_counts_in_units_that_are_nobodys() -> None:
    table = ("| 类别 | 指标名称 | 单位 | 年度任务 | | 两年合计 |\n| 类别 | 指标名称 | 单位 | 2025年 | 2026年 | 两年合计 |\n"
             "| 改造 | 管道改造长度 | 公里 | 38 | 36 | 74 |\n| 改造 | 完成改造小区数 | 个 | 5 | 6 | 11 |")  # fmt: skip
    found = reading("一、工作目标", table, "二、重点任务", "（一）建设平台。完成改造小区9个以上。")
    assert targets(found) == [
        "管道改造长度 = 38 公里 2025", "管道改造长度 = 36 公里 2026", "管道改造长度 = 74 公里 2026",
        "完成改造小区数 = 5 个 2025", "完成改造小区数 = 6 个 2026", "完成改造小区数 = 11 个 2026", "完成改造小区数 >= 9 个 -",
    ]  # fmt: skip
    assert not claims(found, "responsibleBody")


def test_a_measure_with_the_plans_own_subject_before_it_is_the_one_that_a_table_names() -> None:
    table = "| 指标 | 2023年 | 2026年 |\n|---|---|---|\n| 全产业链产值（亿元） | 640 | 1000 |"
    title = "海州市渔业发展行动计划（2024—2026年）"
    found = reading("一、工作目标", table, "到2026年，全市渔业全产业链产值达到1000亿元，旅游全产业链产值达到800亿元。", title=title)
    assert sorted(set(targets(found))) == ["全产业链产值 = 100000000000 元 2026", "旅游全产业链产值 = 80000000000 元 2026"]


def test_a_measure_that_is_said_without_the_plans_own_subject_or_with_its_verb_behind_is_the_one_named_before() -> None:
    title = "海州市渔业发展行动计划（2024—2026年）"
    table = "| 指标 | 2023年 | 2026年 |\n|---|---|---|\n| 新建改造渔业码头（座） | 12 | 45 |"
    goals = "到2025年，全市渔业全产业链产值达到800亿元。到2026年，全产业链产值达到1000亿元。"
    found = reading("一、工作目标", table, goals, "二、重点任务", "（一）建设码头。完成渔业码头新建改造45座。", title=title)
    assert sorted(set(objects(found, "hasIndicator"))) == ["全市渔业全产业链产值", "新建改造渔业码头"]


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ("（一）建设储备库。在南湖镇建设战略储备库，2026年底前投用，形成海藻储备能力2000吨。", ["战略储备库海藻储备能力 = 2000 吨 2026"]),
        ("（一）海藻纤维产业化工程。推动替代，2026年形成年产6000吨能力。", ["海藻纤维年产能力 = 6000 吨 2026"]),
        ("（一）壮大企业。每年遴选20家左右成长性好的渔业企业纳入梯度培育库。", ["成长性好的渔业企业 ~ 20 家 -"]),
        ("（一）开放场景。2026年面向渔业企业开放应用场景30个。", ["应用场景 = 30 个 2026"]),
        ("（一）制定标准。鼓励企业主导或参与制修订国家标准，三年累计不少于25项。", ["国家标准 >= 25 项 2026"]),
        ("（一）增信分险。设立渔业风险补偿专项资金3000万元，由市财政局分三年安排到位。", []),
    ],
)
def test_what_is_built_made_selected_and_opened_is_named_without_what_is_said_around_it(task: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", task)) == found


def test_a_box_whose_table_says_what_each_project_holds_belongs_to_its_task() -> None:
    table = "| 工程名称 | 主要内容 |\n|---|---|\n| 渔港提升工程 | 改造渔港12座。 |\n| 种业振兴工程 | 建设良种场3个。 |"
    found = reading("一、重点任务", "（一）建设平台。支持企业。", "专栏1 重点工程", table)
    assert pairs(found, "includesProject") == [("建设平台", "渔港提升工程"), ("建设平台", "种业振兴工程")]
    assert pairs(found, "setIn") == [("渔港 = 12座", "渔港提升工程"), ("良种场 = 3个", "种业振兴工程")]
    duties = table.replace("主要内容 |", "主要内容 | 责任单位 |").replace("|---|", "|---|---|").replace("。 |", "。 | 市海洋局 |")
    assert pairs(reading("一、重点任务", "（一）建设平台。支持企业。", duties), "hasProject") == []


def test_what_each_of_several_places_builds_is_a_target_of_each_also_right_behind_a_year() -> None:
    builds = "到2026年滨湖区、南山县分别新增泊位15个、11个，两县各建成晒场3座。到2026年滨湖区、南山县各建成冷库2座。"
    found = reading("一、重点任务", f"（一）建设渔港。{builds}", "（二）加强宣传。组织培训。")
    assert targets(found) == ["新增泊位 = 15 个 2026", "新增泊位 = 11 个 2026", "晒场 = 3 座 2026", "冷库 = 2 座 2026"]


def test_what_a_table_says_that_projects_hold_gives_targets_of_the_year_of_their_row() -> None:
    table = "| 工程名称 | 所在市县 | 主要内容 | 完成时限 |\n|---|---|---|---|\n| 渔港改造工程 | 滨湖区 | 新建泊位32个，改造管网145公里 | 2026年底前 |"
    found = reading("一、重点任务", "（一）建设渔港。支持企业。", "（二）加强宣传。组织培训。", "二、重点工程", table)
    assert targets(found) == ["泊位 = 32 个 2026", "管网 = 145 公里 2026"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("新建渔港10个，其中滨湖区新建渔港3个。", ["渔港 = 10 个 -", "渔港 = 3 个 -"]),
        ("三年为渔业站配备检测仪180台。", ["检测仪 = 180 台 2026"]),
        ("沿线新建加油站11座。", ["加油站 = 11 座 -"]),
        ("推广30兆帕管束船运输。", []),
        (
            "到2026年，滨湖区、南山县新增和更新的渔船中电动渔船占比分别达到30%和20%。",
            ["新增和更新的渔船中电动渔船占比 = 30 % 2026", "新增和更新的渔船中电动渔船占比 = 20 % 2026"],
        ),
    ],
)
def test_the_place_the_term_and_the_class_of_a_thing_are_no_part_of_what_is_counted(sentence: str, found: list[str]) -> None:
    assert targets(reading("一、重点任务", f"（一）建设渔港。{sentence}", "（二）加强宣传。组织培训。")) == found
