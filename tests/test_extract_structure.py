from __future__ import annotations

import pytest

from tests.extracting import INTERVIEW_TITLE, claims, objects, pairs, quotes, reading


def test_containers_only_group_and_headings_that_name_work_are_tasks() -> None:
    found = reading(
        "一、总体要求",
        "以海兴市。",
        "二、重点任务",
        "（一）建设平台。支持企业。",
        "三、强化技术攻关",
        "（二）突破材料。研制涂层。",
    )
    assert pairs(found, "hasTask") == [("PLAN", "建设平台"), ("PLAN", "强化技术攻关"), ("强化技术攻关", "突破材料")]


@pytest.mark.parametrize(
    "heading",
    [
        "强化科技服务要素保障",
        "提升贸易便利化水平",
        "夯实发展基础",
        "解决突出问题",
        "逐级放大增信效应",
        "共筑开放合作平台",
    ],
)
def test_a_heading_that_names_work_is_a_task_whatever_its_last_word(heading: str) -> None:
    found = reading(f"一、{heading}", "（一）建设平台。支持企业。", "（二）培养人才。办好学校。")
    assert pairs(found, "hasTask") == [("PLAN", heading), (heading, "建设平台"), (heading, "培养人才")]
    assert objects(found, "hasSafeguard") == []


@pytest.mark.parametrize(
    "heading", ["保障措施", "强化保障措施", "切实做好组织实施", "组织领导与保障", "加大组织保障力度"]
)
def test_what_stands_under_a_heading_of_safeguards_is_a_safeguard(heading: str) -> None:
    found = reading(
        "一、加强研发",
        "（一）建设平台。支持企业。",
        f"二、{heading}",
        "（二）强化资金保障。统筹资金。",
        "（三）加强组织实施。定期会商。",
    )
    assert objects(found, "hasSafeguard") == ["强化资金保障", "加强组织实施"]
    assert "强化资金保障" not in objects(found, "hasTask")


def test_what_only_defines_is_no_task_and_a_verb_that_sets_its_object_to_work_is() -> None:
    found = reading(
        "一、建设中试平台",
        "（一）功能定位。平台是载体。",
        "（二）建设主体。由企业建设。",
        "（三）明确审核范围。列出清单。",
        "（四）内容保障。发布数据。",
    )
    assert objects(found, "hasTask") == ["建设中试平台", "明确审核范围", "内容保障"]


def test_items_below_a_section_that_defines_are_no_tasks() -> None:
    found = reading(
        "一、加强研发",
        "（一）建设平台。支持企业。",
        "二、集中采购范围及形式",
        "（一）参加企业。持证企业均可。",
        "三、附则",
        "（一）本计划由市科委解释。",
    )
    assert objects(found, "hasTask") == ["加强研发", "建设平台"]


def test_principles_are_heads_of_bullets_enumerated_or_not() -> None:
    found = reading(
        "一、总体要求",
        "（一）基本原则。",
        "——需求牵引。围绕需要。",
        "——安全可控。守住底线。",
        "二、加强研发",
        "（二）建设平台。支持企业。",
    )
    assert objects(found, "hasPrinciple") == ["需求牵引", "安全可控"]
    plain = reading(
        "一、总体要求", "（一）基本原则。", "需求牵引。围绕需要布局。", "安全可控。守住安全底线。", "二、加强研发"
    )
    assert objects(plain, "hasPrinciple") == ["需求牵引", "安全可控"]


def test_principles_that_run_on_in_one_paragraph_are_told_by_what_each_insists_on() -> None:
    work = ("二、加强研发", "（一）建设平台。支持企业。")
    found = reading("一、总体要求", "（一）基本原则。坚持需求牵引，围绕需要布局。坚持安全可控，守住安全底线。", *work)
    assert objects(found, "hasPrinciple") == ["坚持需求牵引", "坚持安全可控"]
    assert objects(reading("一、总体要求", "（一）基本原则。坚持需求牵引，围绕需要布局。", *work), "hasPrinciple") == []


def test_named_actions_and_projects_are_told_from_work_on_one() -> None:
    found = reading(
        "一、重点任务",
        "（一）融合应用创新工程",
        "1.开展港口应用。建设样板。",
        "（二）产业集聚工程",
        "2.打造集群。引育企业。",
        "二、深入推进民生工程",
        "（三）改造管网。更新设备。",
    )
    assert pairs(found, "hasProject") == [("PLAN", "融合应用创新工程"), ("PLAN", "产业集聚工程")]
    assert ("融合应用创新工程", "开展港口应用") in pairs(found, "hasTask")
    assert ("PLAN", "深入推进民生工程") in pairs(found, "hasTask")


def test_a_box_of_projects_lends_its_title_to_none() -> None:
    found = reading(
        "一、重点任务",
        "（一）推广绿色配送。更新车辆。",
        "专栏1 海洋物流重点工程",
        "1.冷链上岛工程。布局冷库。",
        "2.危险货物。加强管理。",
    )
    assert [label for _, label in pairs(found, "includesProject")] == ["冷链上岛工程"]
    assert "危险货物" not in objects(found, "hasTask")


def test_two_tasks_of_one_name_stay_apart() -> None:
    found = reading("一、加强研发", "（一）健全机制。定期会商。", "二、拓展应用", "（一）健全机制。开放场景。")
    tasks = [claim.object for claim in claims(found, "hasTask") if claim.object.label == "健全机制"]
    assert len(set(tasks)) == 2


def test_an_answer_that_announces_safeguards_lists_them() -> None:
    found = reading(
        "市科委对《海州市海洋产业发展行动计划》进行解读。",
        "一、《行动计划》将如何落到实处？",
        "提出了2方面保障措施。",
        "一是强化统筹。定期会商。",
        "二是培养人才。办好学校。",
        title=INTERVIEW_TITLE,
    )
    assert objects(found, "hasSafeguard") == ["强化统筹", "培养人才"]
    assert objects(found, "hasTask") == []


def test_paragraphs_that_a_sentence_announces_are_tasks_without_enumerators() -> None:
    lines = [
        "关于《海州市海洋产业发展行动计划》的举措，包含以下几方面内容。",
        "创新驱动，壮大主体。建设中心。",
        "系统推进，布局平台。储备项目。",
        "谢谢大家。",
    ]
    assert objects(reading(*lines, title=INTERVIEW_TITLE), "hasTask") == ["创新驱动，壮大主体", "系统推进，布局平台"]
    lines[0] = "下面谈谈《海州市海洋产业发展行动计划》。"
    assert objects(reading(*lines, title=INTERVIEW_TITLE), "hasTask") == []


def test_a_clause_that_directs_is_a_measure() -> None:
    found = reading("一、加强研发", "（一）建设平台。建立共享目录，支持企业开放设备。发挥市场作用，支持高校合作。提高服务水平。")
    assert pairs(found, "hasMeasure") == [
        ("建设平台", "建立共享目录"),
        ("建设平台", "支持企业开放设备"),
        ("建设平台", "支持高校合作"),
        ("建设平台", "提高服务水平"),
    ]


def test_rules_and_notices_yield_no_tasks() -> None:
    rule = reading(
        "第一章 总则", "第一条 为规范管理，制定本办法。", "第二条 建立健全制度。", title="海州市船舶管理办法"
    )
    notice = reading(
        "一、元旦：1月1日放假。",
        "二、春节：2月15日至23日放假，共9天。",
        title="海州市人民政府关于2026年节假日安排的通知",
    )
    for found in (rule, notice):
        assert not [claim for claim in found.claims if claim.relation in ("hasTask", "hasTarget", "hasIndustry")]
    assert notice.plan is None


def test_every_edge_of_the_tree_quotes_both_of_its_ends() -> None:
    found = reading("一、加强研发", "（一）建设平台。支持企业。", "二、保障措施", "（一）强化统筹。定期会商。")
    for claim in found.claims:
        if claim.relation in ("hasTask", "hasSafeguard"):
            said = "".join(quotes(found, claim)).replace(" ", "")
            assert claim.object.label in said
            assert claim.subject.label in said


@pytest.mark.parametrize(
    "lines",
    [
        ("（二）工作原则。系统谋划、协同推进；海陆联动、因地制宜。",),
        ("基本原则：系统谋划、协同推进；海陆联动、因地制宜。",),
        ("工作中要把握好以下原则：", "1．系统谋划、协同推进。强化统筹。", "2．海陆联动、因地制宜。分类施策。"),
    ],
)
def test_principles_are_read_where_semicolons_part_them_or_a_sentence_opens_them(lines: tuple[str, ...]) -> None:
    found = reading("一、总体要求", "以海兴市。", *lines, "二、重点任务", "（一）建设平台。支持企业。")
    assert objects(found, "hasPrinciple") == ["系统谋划、协同推进", "海陆联动、因地制宜"]


def _measures(*sentences: str) -> list[str]:
    return objects(reading("一、重点任务", f"（一）加强港口建设。{''.join(sentences)}"), "hasMeasure")


def test_a_clause_that_opens_with_a_verb_of_work_is_a_measure_whatever_the_verb() -> None:
    clauses = [
        "推动岸电设施改造", "推进堆场智能化", "深化通关改革试点", "发展冷链物流", "突破自动装卸关键技术", "规范引航服务收费",
        "压实企业主体责任", "盘活闲置岸线资源", "严禁违规占用岸线", "创新多式联运模式", "统筹港区空间资源", "补齐集疏运短板",
    ]  # fmt: skip
    assert _measures("，".join(clauses) + "。") == clauses


def test_what_a_measure_is_for_and_what_frames_it_are_none() -> None:
    assert _measures("建设智慧闸口，提高通行效率，促进港城融合，实现绿色发展。") == ["建设智慧闸口"]
    assert _measures("提升港口服务水平，改善集疏运条件。") == ["提升港口服务水平", "改善集疏运条件"]
    assert _measures("围绕港口改造需求，按照统一规划，依托重点企业，建设智慧闸口。") == ["建设智慧闸口"]


def test_nouns_that_begin_like_verbs_conditions_and_results_are_no_measures() -> None:
    assert _measures("发展基础较好的地区，研究机构和高校，试点城市港口，推进改造的，建设智慧闸口。") == ["建设智慧闸口"]
    assert _measures("推进了港口改造工作，推广应用成效显著，支持航运企业、科研院所等单位，建设智慧闸口。") == ["建设智慧闸口"]


def test_one_is_two_is_go_on_behind_a_comma_and_from_the_end_of_a_paragraph() -> None:
    wanted = [("PLAN", "推进改造"), ("推进改造", "建设平台"), ("推进改造", "培养人才"), ("推进改造", "完善制度")]
    for lines in (
        ["（一）推进改造。重点抓好三项工作，一是建设平台，二是培养人才，三是完善制度。"],
        ["（一）推进改造。主要做法为，一是建设平台；二是培养人才；三是完善制度。"],
        ["（一）推进改造。重点抓好以下工作。一是建设平台。", "二是培养人才。", "三是完善制度。"],
    ):
        assert pairs(reading("一、重点任务", *lines), "hasTask") == wanted
    assert pairs(reading("一、重点任务", "（一）推进改造。问题之一是水源不足。"), "hasTask") == [("PLAN", "推进改造")]


def test_results_and_shortcomings_are_no_tasks() -> None:
    found = reading(
        "一、发展回顾", "（一）建成一批平台。", "二、短板弱项", "（一）产业链不完善。",
        "三、重点任务", "（一）创新能力不断增强。", "（二）发展不平衡不充分问题仍然突出。", "（三）加快补齐基础设施不足短板。", "（四）建设平台。",
    )  # fmt: skip
    assert objects(found, "hasTask") == ["加快补齐基础设施不足短板", "建设平台"]


@pytest.mark.parametrize("heading", ["主要原则", "遵循原则", "把握原则", "总体原则", "基本方针"])
def test_other_names_of_a_section_of_principles(heading: str) -> None:
    found = reading(f"一、{heading}", "（一）需求牵引。坚持以用促建。", "（二）协同推进。坚持统筹。", "二、重点任务", "（一）建设平台。")
    assert objects(found, "hasPrinciple") == ["需求牵引", "协同推进"]


def test_a_chapter_that_ends_in_its_principles_holds_its_other_sections_too() -> None:
    found = reading(
        "一、指导思想、战略目标和基本方针", "（一）指导思想。以海兴市。", "（二）战略目标", "到2026年，海洋牧场达到5个。",
        "（三）基本方针", "——需求牵引。坚持以用促建。", "——协同推进。坚持统筹。", "二、建设平台", "支持企业。",
    )  # fmt: skip
    assert objects(found, "hasPrinciple") == ["需求牵引", "协同推进"]
    assert objects(found, "hasIndicator") == ["海洋牧场"]


def test_to_change_how_a_thing_is_done_is_work_and_the_form_of_it_is_not() -> None:
    found = reading(
        "一、推动转型", "（一）创新服务渔民方式。办好窗口。", "（二）建设运营方式。由企业建设。",
        "（三）创新主体。企业是主体。", "（四）建设平台。支持企业。",
    )  # fmt: skip
    assert objects(found, "hasTask") == ["推动转型", "创新服务渔民方式", "建设平台"]


def test_items_below_a_safeguard_that_name_work_are_safeguards_with_their_bodies() -> None:
    found = reading(
        "一、建设平台", "支持企业。", "二、政策机制",
        "（一）夯实发展基础。", "1.巩固网络基础。建设光缆。（海洋局、交通局负责）",
        "（二）加强组织领导。", "1.监督组。由海洋局组成。",
    )  # fmt: skip
    assert objects(found, "hasSafeguard") == ["夯实发展基础", "巩固网络基础", "加强组织领导"]
    assert pairs(found, "responsibleBody") == [("巩固网络基础", "海洋局"), ("巩固网络基础", "交通局")]


def test_what_a_section_of_actions_only_names_is_an_action_and_what_opens_with_a_verb_is_a_task() -> None:
    found = reading(
        "一、重点行动", "（一）“智慧+”渔业。", "1.建设平台。支持企业。", "（二）开展渔船清理。登记造册。",
        "二、重点任务", "（一）智慧渔港。推进改造。",
    )  # fmt: skip
    assert objects(found, "hasAction") == ["“智慧+”渔业"]
    assert pairs(found, "hasTask") == [("“智慧+”渔业", "建设平台"), ("PLAN", "开展渔船清理"), ("PLAN", "智慧渔港")]


def test_the_name_of_a_section_that_runs_into_its_first_sentence_is_still_its_name() -> None:
    lines = ("（一）切实加强组织领导。定期会商。", "（二）加大政策支持力度。统筹资金。")
    found = reading("一、建设平台", "支持企业。", "二、保障措施加大统筹推进力度，强化任务落实。", *lines)
    assert objects(found, "hasSafeguard") == ["切实加强组织领导", "加大政策支持力度"]
    named = reading("一、建设平台", "支持企业。", "二、组织实施渔港码头改造工程，强化任务落实。", *lines)
    assert objects(named, "hasSafeguard") == []


def test_digits_inside_a_paragraph_carry_on_those_of_the_paragraph_above() -> None:
    found = reading(
        "一、重点任务",
        "（一）建设渔港。1.修复防波堤。加固堤身。（海洋局、交通局负责）2.疏浚航道。清理淤泥。（交通局、海洋局负责）",
        "（二）更新渔船。3.淘汰老旧渔船。分批拆解。（海洋局、财政局负责）4.推广节能机具。一是建立目录,二是发放补贴。（农业局、财政局负责）",
    )
    assert pairs(found, "hasTask")[:6] == [
        ("PLAN", "建设渔港"),
        ("建设渔港", "修复防波堤"),
        ("建设渔港", "疏浚航道"),
        ("PLAN", "更新渔船"),
        ("更新渔船", "淘汰老旧渔船"),
        ("更新渔船", "推广节能机具"),
    ]


def test_a_digit_inside_a_paragraph_that_carries_nothing_on_opens_no_item() -> None:
    found = reading(
        "一、重点任务",
        "（一）建设渔港。1.修复防波堤。加固堤身。2.疏浚航道。清理淤泥。",
        "（二）更新渔船。加强检验。7.推广机具。分批拆解。9.办好学校。",
    )
    assert "推广机具" not in objects(found, "hasTask")
    assert "办好学校" not in objects(found, "hasTask")


def test_what_is_selected_or_scheduled_is_work() -> None:
    found = reading(
        "一、重点任务",
        "（一）选定试点渔港。逐个踏勘。（市海洋局牵头；市供销合作社配合）",
        "（二）排定疏浚计划。分年实施。（市海洋局牵头；市供销合作社配合）",
    )
    assert pairs(found, "supportedBy") == [("选定试点渔港", "海州市供销合作社"), ("排定疏浚计划", "海州市供销合作社")]
    assert objects(found, "hasTask") == ["选定试点渔港", "排定疏浚计划"]


@pytest.mark.parametrize(
    ("heading", "relation"),
    [
        ("攻坚任务", "hasTask"), ("整治重点及责任分工", "hasTask"), ("八项重点任务", "hasTask"), ("三大行动", "hasTask"), ("推进举措", "hasTask"),
        ("要素保障", "hasSafeguard"), ("组织领导与监督考核", "hasSafeguard"), ("几点要求", "hasSafeguard"), ("应遵循的原则", "hasPrinciple"),
    ],
)  # fmt: skip
def test_a_section_is_known_by_a_name_that_its_author_made_up(heading: str, relation: str) -> None:
    found = reading(f"一、{heading}", "（一）建设平台。支持企业。", "（二）完善制度。定期会商。")
    assert objects(found, relation) == ["建设平台", "完善制度"]


def test_a_section_that_holds_named_sections_is_none_itself() -> None:
    first = ("一、行动要求", "（一）总体思路。守住底线。", "（二）基本原则。", "1.统筹推进。兼顾各方。")
    found = reading(*first, "二、攻坚任务", "（一）建设平台。支持企业。")
    assert objects(found, "hasPrinciple") == ["统筹推进"]
    assert objects(found, "hasTask") == ["建设平台"]


def test_what_a_count_lists_and_an_item_spells_out_is_one() -> None:
    found = reading("一、重点工程", "实施渔港贯通、渔船中试两大工程。", "（一）渔港贯通工程。加固码头。", "（二）渔船中试工程。更新渔船。")
    assert list(dict.fromkeys(objects(found, "hasProject"))) == ["渔港贯通工程", "渔船中试工程"]
    assert {label for _, label in pairs(found, "member")} == {"渔港贯通工程", "渔船中试工程"}


def test_the_last_section_holds_safeguards_where_its_items_keep_the_plan_whatever_it_is_called() -> None:
    tasks = ("一、重点任务", "（一）建设平台。支持企业。", "（二）完善制度。定期会商。")
    found = reading(*tasks, "二、推进措施", "（一）加强组织领导。成立专班。", "（二）强化经费支持。落实预算。", "（三）严格督导评价。定期通报。")
    assert objects(found, "hasSafeguard") == ["加强组织领导", "强化经费支持", "严格督导评价"]
    assert objects(found, "hasTask") == ["建设平台", "完善制度"]


def test_a_last_chapter_headed_in_two_clauses_holds_safeguards_where_the_second_is_their_name() -> None:
    tasks = ("一、补短板，扩大渔港供给", "（一）建设平台。支持企业。", "（二）完善制度。定期会商。")
    kept = ("（一）健全推进机制。成立专班。", "（二）强化经费支持。落实预算。", "（三）严格督导评价。定期通报。")
    found = reading(*tasks, "二、抓落实，强化组织保障", *kept, "附件", "渔港任务分解表")
    assert objects(found, "hasSafeguard") == ["健全推进机制", "强化经费支持", "严格督导评价"]
    assert objects(found, "hasTask") == ["补短板，扩大渔港供给", "建设平台", "完善制度"]
    work = reading(*tasks, "二、抓落实，强化组织保障", "（一）改造码头。加固堤岸。", "（二）更新渔船。支持渔民。")
    assert "hasSafeguard" not in {claim.relation for claim in work.claims}


def test_a_box_whose_projects_bear_no_numbers_holds_them_all_the_same() -> None:
    box = ("专栏 渔业重点工程", "渔港改造工程。改造渔港。", "渔船更新工程：更新渔船。")
    found = reading("一、壮大渔业", "（一）更新渔船。支持渔民。", *box, "（二）建设渔港。支持渔村。")
    assert {c.object.label for c in found.claims if c.object.cls == "Project"} == {"渔港改造工程", "渔船更新工程"}
    assert {c.object.label for c in found.claims if c.relation == "hasTask"} == {"壮大渔业", "更新渔船", "建设渔港"}


def test_articles_with_heads_of_work_are_tasks_and_rules_without_are_none() -> None:
    heads = ("提升渔港能级。改造码头。", "壮大渔业企业。扶持渔民。", "打响渔业品牌。举办展会。")
    articles = [f"第{number}条 {text}" for number, text in zip("三四五", heads, strict=True)]
    found = reading(
        "第一章 总体要求", "第一条 基本思路。坚持生态优先。", "第二章 重点任务", *articles, "第六条 对新建的渔港，每座补助80万元。",
        "第三章 保障措施", "第七条 加强组织领导。成立专班。",
    )  # fmt: skip
    assert {c.object.label for c in found.claims if c.relation == "hasTask"} == {head.split("。")[0] for head in heads}
    assert [c.object.label for c in found.claims if c.relation == "hasSafeguard"] == ["加强组织领导"]
    rules = [f"第{number}条 申请补助的渔港，应当具备下列条件。" for number in "一二三四五六"]
    assert not claims(reading("第一章 总则", *rules), "hasTask")


def test_a_heading_that_only_counts_what_is_listed_and_one_whose_verb_describes_are_no_tasks() -> None:
    listed = ("一、推广的改革举措（共5项）", "（一）渔港建设方面2项：泊位共享；码头托管。", "（二）渔船管理方面3项：统一编码。")
    found = reading(*listed, "二、加强保障", "（一）建设平台。支持企业。")
    assert objects(found, "hasTask") == ["加强保障", "建设平台"]
    assert objects(reading("一、推广改革经验", "（一）建设渔港。支持企业。"), "hasTask") == ["推广改革经验", "建设渔港"]
