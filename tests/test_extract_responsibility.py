from __future__ import annotations

import pytest

from tests.extracting import claims, quotes, reading
from yangfan.core.model import Reading

RELATIONS = ("ledBy", "supportedBy", "guidedBy", "responsibleBody")


def _duties(*lines: str) -> list[tuple[str, str, str]]:
    return _of(reading("一、重点任务", *lines))


def _of(found: Reading) -> list[tuple[str, str, str]]:
    return [(c.subject.label, c.relation, c.object.label) for c in found.claims if c.relation in RELATIONS]


@pytest.mark.parametrize(
    ("bracket", "duties"),
    [
        ("（海关总署、商务部负责）", [("responsibleBody", "海关总署"), ("responsibleBody", "商务部")]),
        ("（商务部，南湖县、北山县城市管理局）", [("responsibleBody", n) for n in ("商务部", "南湖县城市管理局", "北山县城市管理局")]),
        ("（商务部、南湖县、海关总署）", []),
        ("（商务部、人民银行海州市分行）", [("responsibleBody", n) for n in ("商务部", "人民银行海州市分行")]),
        ("（责任单位：市科委、各区政府）", [("responsibleBody", "海州市科委"), ("responsibleBody", "各区政府")]),
        ("（牵头单位：市科委；配合单位：市财政局）", [("ledBy", "海州市科委"), ("supportedBy", "海州市财政局")]),
        (
            "（市科委牵头，市财政局、市商务委按职责分工负责）",
            [("ledBy", "海州市科委"), ("responsibleBody", "海州市财政局"), ("responsibleBody", "海州市商务委")],
        ),
        ("（商务部负责，工业和信息化部指导）", [("responsibleBody", "商务部"), ("guidedBy", "工业和信息化部")]),
        ("（市科委会同市财政局负责）", [("responsibleBody", "海州市科委"), ("responsibleBody", "海州市财政局")]),
        ("（国家发展改革委会同有关部门负责）", [("responsibleBody", "国家发展改革委")]),
        ("（海关总署、商务部等有关部门负责）", [("responsibleBody", "海关总署"), ("responsibleBody", "商务部")]),
        (
            "（商务部，各省级人民政府按职责分工负责）",
            [("responsibleBody", "商务部"), ("responsibleBody", "各省级人民政府")],
        ),
        ("（负责部门：银保监会，适用范围：海州自贸试验区）", [("responsibleBody", "银保监会")]),
        ("（市科委、相关区）", [("responsibleBody", "海州市科委"), ("responsibleBody", "相关区")]),
        ("〔责任单位：商务部，海关总署〕", [("responsibleBody", "商务部"), ("responsibleBody", "海关总署")]),
        ("（商务部、海关总署等和各有关省级人民政府负责）", [("responsibleBody", n) for n in ("商务部", "海关总署", "各有关省级人民政府")]),
        ("（市科委牵头、市财政局、市商务委配合）", [("ledBy", "海州市科委"), *(("supportedBy", f"海州市{n}") for n in ("财政局", "商务委"))]),
        ("（由市科委牵头，各市、县人民政府配合）", [("ledBy", "海州市科委"), ("supportedBy", "各市、县人民政府")]),
        ("（主办单位：市科委，协办单位：市科协）", [("ledBy", "海州市科委"), ("supportedBy", "海州市科协")]),
        ("（市科委，各县〔市、区〕政府，完成时限：2025年12月底）", [("responsibleBody", "海州市科委"), ("responsibleBody", "各县〔市、区〕政府")]),
        ("（含远洋船舶、平台）", []),
        ("（总部位于海州市）", []),
    ],
)
def test_a_bracket_that_ends_a_task_says_who_does_what(bracket: str, duties: list[tuple[str, str]]) -> None:
    assert [(relation, body) for _, relation, body in _duties(f"（一）建设平台。支持企业。{bracket}")] == duties


def test_the_line_belongs_to_the_item_that_it_ends() -> None:
    found = _duties("（一）建设平台。支持企业。（市科委负责）", "（二）培养人才。办好学校。（市教委负责）")
    assert found == [("建设平台", "responsibleBody", "海州市科委"), ("培养人才", "responsibleBody", "海州市教委")]


def test_a_line_of_its_own_behind_the_last_item_of_an_action_closes_the_action() -> None:
    above, bracket = ("一、重点任务", "（一）渔港行动", "1.建设码头。加固堤岸。"), "（责任单位：海洋局、交通局）"
    assert {task for task, _, _ in _duties(*above, "2.更新渔船。支持渔民。", bracket)} == {"渔港行动"}
    assert {task for task, _, _ in _duties(*above, "2.更新渔船。支持渔民。" + bracket)} == {"更新渔船"}
    assert {task for task, _, _ in _duties(*above, bracket, "2.更新渔船。支持渔民。", bracket)} == {"建设码头", "更新渔船"}


def test_a_sentence_about_the_whole_action_behind_its_last_item_is_of_the_action() -> None:
    said = "本行动由商务部牵头，海关总署参加。"
    expected = [("渔港改造行动", "ledBy", "商务部"), ("渔港改造行动", "supportedBy", "海关总署")]
    assert _duties("（一）渔港改造行动", "1.建设平台。支持企业。", "2.培养人才。办好学校。", said) == expected
    assert [task for task, _, _ in _duties("（一）改造渔港", "1.建设平台。支持企业。", "2.培养人才。办好学校。", said)] == ["培养人才"] * 2


def test_places_without_their_level_share_the_one_of_the_last_government() -> None:
    line = "（一）建设平台。支持南湖市、北山市、东川市。（商务部和南湖、北山、东川市人民政府负责）"
    assert [body for _, _, body in _duties(line)] == ["商务部", "南湖市人民政府", "北山市人民政府", "东川市人民政府"]


def test_brackets_of_several_paragraphs_and_of_a_heading_count() -> None:
    found = _duties(
        "（一）建设平台（责任单位：市科委）", "支持企业。（责任单位：市商务委）", "开放数据。（责任单位：市数据局）"
    )
    assert [body for _, _, body in found] == ["海州市科委", "海州市商务委", "海州市数据局"]


def test_a_line_of_its_own_says_it_without_brackets() -> None:
    assert _duties("（一）建设平台。支持企业。", "牵头单位：市科委；配合单位：市财政局") == [
        ("建设平台", "ledBy", "海州市科委"),
        ("建设平台", "supportedBy", "海州市财政局"),
    ]


def test_the_first_of_several_leads_only_where_the_document_says_so() -> None:
    told = _duties(
        "（一）建设平台。支持企业。（市科委、市财政局负责。列第一位者为牵头单位，下同）",
        "（二）培养人才。办好学校。（市教委、市财政局负责）",
    )
    assert [d for d in told if d[1] == "ledBy"] == [("建设平台", "ledBy", "海州市科委"), ("培养人才", "ledBy", "海州市教委")]
    silent = _duties("（一）建设平台。支持企业。（市科委、市财政局负责）")
    assert not [d for d in silent if d[1] == "ledBy"]


def test_bodies_that_every_later_line_needs_are_added_once_for_all() -> None:
    found = _duties(
        "（一）建设平台。支持企业。（市科委负责；以下任务均需各区政府配合，不再列出）",
        "（二）培养人才。办好学校。（市教委负责）",
        "（三）开放数据。列出目录。",
    )
    assert [d for d in found if d[2] == "各区政府"] == [
        ("建设平台", "supportedBy", "各区政府"),
        ("培养人才", "supportedBy", "各区政府"),
    ]
    assert not [d for d in found if d[0] == "开放数据"]


def test_running_text_says_what_named_bodies_do_and_not_who_gives_support() -> None:
    found = _duties("（一）建设平台。由市科委负责统筹，市财政局（含区级财政）给予支持，各方共同落实。")
    assert found == [("建设平台", "responsibleBody", "海州市科委")]


def test_the_bracket_is_quoted_with_its_heading() -> None:
    found = reading("一、重点任务", "（一）建设平台。支持企业。（市科委负责）")
    assert quotes(found, claims(found, "responsibleBody")[0]) == ["（市科委负责）", "（一）建设平台"]


@pytest.mark.parametrize(
    ("sentence", "duties"),
    [
        ("商务部牵头，海关总署、财政部配合。", [("ledBy", "商务部"), ("supportedBy", "海关总署"), ("supportedBy", "财政部")]),
        ("由商务部牵头负责。", [("ledBy", "商务部")]),
        ("由商务部牵头，建立联席会议制度。", [("ledBy", "商务部")]),
        ("企业要主动落实责任。", []),
        ("责任单位：商务部（牵头）、海关总署。", [("ledBy", "商务部"), ("responsibleBody", "海关总署")]),
        ("（海关总署、商务部（牵头））", [("ledBy", "商务部"), ("responsibleBody", "海关总署")]),
        ("（东江市、西江市人民政府，商务部）", [("responsibleBody", n) for n in ("东江市人民政府", "西江市人民政府", "商务部")]),
    ],
)
def test_a_last_sentence_of_nothing_but_bodies_and_roles_says_who_does_what(sentence: str, duties: list[tuple[str, str]]) -> None:
    assert [(relation, body) for _, relation, body in _duties(f"（一）建设平台。支持企业。{sentence}")] == duties


def test_a_rule_said_in_one_bracket_holds_for_it_alone() -> None:
    found = _duties("（一）建设平台。支持企业。（商务部、财政部，列第一位的为牵头单位）", "（二）培养人才。办好学校。（海关总署、财政部负责）")
    assert [d for d in found if d[1] == "ledBy"] == [("建设平台", "ledBy", "商务部")]


def test_bodies_before_the_semicolon_lead_where_the_text_says_so_of_all_lines() -> None:
    found = _duties(
        "（一）建设平台。支持企业。（海关总署、商务部；财政部。分号前为牵头单位，以下同）",
        "（二）培养人才。办好学校。（教育部；财政部、商务部）",
        "（三）开放数据。（商务部）"
    )
    assert found == [
        ("建设平台", "ledBy", "海关总署"),
        ("建设平台", "ledBy", "商务部"),
        ("建设平台", "responsibleBody", "财政部"),
        ("培养人才", "ledBy", "教育部"),
        ("培养人才", "responsibleBody", "财政部"),
        ("培养人才", "responsibleBody", "商务部"),
        ("开放数据", "responsibleBody", "商务部"),
    ]


def test_bodies_that_take_part_in_everything_do_so_in_every_task_with_a_line() -> None:
    lines = ("（一）建设平台。支持企业。（商务部负责）", "（二）培养人才。办好学校。（教育部负责）", "（三）开放数据。")
    found = _duties(*lines, "各项工作均需各区政府参与。")
    supported = [(task, body) for task, relation, body in found if relation == "supportedBy"]
    assert supported == [("建设平台", "各区政府"), ("培养人才", "各区政府")]


def test_a_sentence_of_a_tasks_text_says_who_does_it_with_whom() -> None:
    found = _duties("（一）建设平台。支持企业。商务部要会同海关总署、国家发展改革委等部门开展年度评估。由教育部负责牵头制定方案。")
    assert found == [("建设平台", "responsibleBody", b) for b in ("商务部", "海关总署", "国家发展改革委")] + [("建设平台", "ledBy", "教育部")]
    assert _duties("（一）建设平台。支持企业。企业会同高校开展攻关。各地区要负责任地开展工作。教育部负责人作了说明。") == []


def test_a_clause_behind_a_comma_says_who_does_what_stands_before_it() -> None:
    found = _duties("（一）建设平台。一是制定标准，由教育部牵头，会同商务部印发指南；二是开展培训，由财政部落实。")
    assert found == [("制定标准", "ledBy", "教育部"), ("制定标准", "supportedBy", "商务部"), ("开展培训", "responsibleBody", "财政部")]


def test_a_last_sentence_without_a_bracket_anywhere_says_who_does_it() -> None:
    assert _duties("（一）建设平台。支持企业。由教育部负责。") == [("建设平台", "responsibleBody", "教育部")]


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("（牵头单位：市科委；配合单位：市财政局）", ["牵头单位", "配合单位"]),
        ("（市科委牵头，会同市财政局落实）", ["牵头", "会同"]),
        ("（市科委、市财政局按职责分工负责）", ["按职责分工负责", "按职责分工负责"]),
        ("（责任单位：市科委牵头，市财政局配合）", ["牵头", "配合"]),
        ("责任单位：市科委（牵头）、市财政局。", ["牵头", "责任单位"]),
        ("【牵头单位】市科委【配合单位】市财政局", ["牵头单位", "配合单位"]),
        ("由市科委牵头，市财政局协助。", ["牵头", "协助"]),
        ("市科委要会同市财政局开展年度评估。", ["会同", "会同"]),
        ("实施细则由市科委会同市财政局另行制定。", ["会同", "会同"]),
        ("目录由市财政局统筹编制。", ["由"]),
        ("以市科委为牵头单位，市财政局为配合单位。", ["牵头单位", "配合单位"]),
        ("（市科委、市财政局）", ["", ""]),
        ("（市科委、市财政局负责，列第一位者为牵头单位）", ["负责", "列第一位者为牵头单位", "负责"]),
    ],
)
def test_a_duty_has_the_very_words_that_say_it_in_its_quotes(text: str, worded: list[str]) -> None:
    found = reading("一、重点任务", f"（一）建设平台。支持企业。{text}" if text[0] in "（【" else f"（一）建设平台。{text}")
    said = [claim for claim in found.claims if claim.relation in RELATIONS]
    assert [claim.wording for claim in said] == worded
    assert all(any(claim.wording in quote for quote in quotes(found, claim)) for claim in said)


def test_a_rule_for_all_lines_is_quoted_where_it_gives_a_role() -> None:
    found = reading(
        "一、重点任务",
        "（一）建设平台。支持企业。（市科委、市财政局负责，列第一位者为牵头单位，下同）",
        "（二）培养人才。办好学校。（市教委、市财政局负责）",
    )
    (led,) = [claim for claim in claims(found, "ledBy") if claim.subject.label == "培养人才"]
    assert led.wording == "列第一位者为牵头单位"
    assert any(led.wording in quote for quote in quotes(found, led))
