from __future__ import annotations

import pytest

from tests.extracting import INTERVIEW_TITLE, PLAN_TITLE, claims, objects, reading

WORK = ("一、加强研发", "（一）建设平台。支持企业。", "（二）培养人才。办好学校。")


def test_a_notice_and_its_plan_in_one_file_are_the_plan() -> None:
    found = reading(
        "海政发〔2024〕 3号",
        "各区人民政府：",
        "现将《海州市海洋产业发展行动计划（2024—2026年）》印发给你们。",
        "海州市人民政府",
        "2024年3月1日",
        PLAN_TITLE,
        *WORK,
        title=f"海州市人民政府关于印发《{PLAN_TITLE}》的通知",
    )
    assert found.plan is not None
    assert (found.plan.label, found.plan.number) == (PLAN_TITLE, "海政发〔2024〕3号")
    assert objects(found, "issuedBy") == ["海州市人民政府"]
    attrs = next(d.attrs for d in found.described if d.mention == found.plan)
    assert (attrs["yf:startYear"], attrs["yf:endYear"], str(attrs["dcterms:issued"])) == (2024, 2026, "2024-03-01")


def test_a_notice_without_work_is_no_plan() -> None:
    assert (
        reading(
            "一、元旦：1月1日放假。", "二、春节：放假9天。", title="海州市政府办公室关于2026年节假日安排的通知"
        ).plan
        is None
    )
    assert (
        reading("经研究，决定授予王明等10人称号。", title="海州市人民政府关于2024年度科学技术奖励的决定").plan is None
    )


def test_a_notice_that_sets_work_is_a_plan() -> None:
    found = reading(
        "一、工作任务",
        "（一）开展整治。摸清底数。",
        "（二）建立机制。定期会商。",
        title="海州市人民政府关于开展岸线治理工作的通知",
    )
    assert found.plan is not None
    assert objects(found, "hasTask") == ["开展整治", "建立机制"]


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        (
            "近日，海州市科技局联合海州市财政局、海州市商务局等5部门印发《海州市海洋产业发展行动计划》。",
            ["海州市科技局", "海州市财政局", "海州市商务局"],
        ),
        (
            "经市政府同意，海州市科技局、海州市财政局联合印发《海州市海洋产业发展行动计划》。",
            ["海州市科技局", "海州市财政局"],
        ),
        ("海州市财政局转达了意见。", []),
    ],
)
def test_issuers_are_those_who_sent_the_plan_out(sentence: str, bodies: list[str]) -> None:
    found = reading(sentence, "海州市科技局对《海州市海洋产业发展行动计划》进行解读。", title=INTERVIEW_TITLE)
    assert objects(found, "issuedBy") == bodies


def test_cited_titles_keep_numbers_and_years_and_leave_out_the_plan_itself() -> None:
    found = reading(
        "依据《中华人民共和国海域使用管理法》和《关于印发〈海岛保护规划〉的通知》（国海发〔2012〕22号），落实2023年《政府工作报告》，制定《海州市海洋产业发展行动计划（2024—2026年）》（以下简称《行动计划》）。",
        "《行动计划》见《海州日报》，另见《人民日报》。",
        *WORK,
    )
    titles = objects(found, "cites")
    assert titles[:3] == ["中华人民共和国海域使用管理法", "关于印发《海岛保护规划》的通知", "政府工作报告"]
    assert "行动计划" not in titles
    assert "人民日报" not in titles
    attrs = {d.mention.label: d.attrs for d in found.described if d.mention.cls == "CitedDocument"}
    assert attrs["关于印发《海岛保护规划》的通知"]["dcterms:identifier"] == "国海发〔2012〕22号"
    assert attrs["政府工作报告"]["yf:year"] == 2023


def test_a_plan_that_carries_out_another_cites_it() -> None:
    found = reading(
        "贯彻落实《“十四五”全国海洋牧场规划》，提出意见。",
        *WORK,
        title="海州关于贯彻落实“十四五”全国海洋牧场规划的实施意见",
    )
    assert objects(found, "cites") == ["“十四五”全国海洋牧场规划"]


def test_a_plan_that_ends_an_earlier_one_takes_its_place() -> None:
    found = reading(
        *WORK,
        "本计划自印发之日起施行，《海州市海洋产业行动计划》（海政发〔2021〕5号）同时废止。",
        "参照《海岛保护规划》执行。",
    )
    assert [(c.object.cls, c.object.label, c.object.number) for c in claims(found, "supersedes")] == [
        ("Plan", "海州市海洋产业行动计划", "海政发〔2021〕5号")
    ]
    assert ("CitedDocument", "海岛保护规划") in [(c.object.cls, c.object.label) for c in claims(found, "cites")]


def test_goals_are_wishes_without_numbers_under_their_year() -> None:
    found = reading("一、发展目标", "到2026年，海洋产业体系基本健全，产业规模达到300亿元，龙头企业超过5家。", *WORK)
    assert objects(found, "hasGoal") == ["海洋产业体系基本健全"]


def test_nothing_of_the_seed_is_a_target(stated_graph: object) -> None:
    classes = [data["cls"] for _, data in stated_graph.nodes(data=True)]  # type: ignore[attr-defined]
    assert classes.count("Target") == 0
    assert classes.count("Industry") >= 15


def test_a_report_is_a_plan_where_a_section_says_what_is_next() -> None:
    done = ("一、主要成效", "（一）推进海洋牧场建设。建成牧场20个。")
    found = reading(*done, "二、下一步工作安排", *WORK[1:], title="海州市人民政府关于海洋产业发展情况的报告")
    assert objects(found, "hasTask") == ["建设平台", "培养人才"]
    assert claims(found, "hasTarget") == []
    assert reading(*done, title="海州市人民政府关于海洋产业发展情况的报告").plan is None


def test_issuers_are_read_from_the_full_title_below_a_heading_that_leaves_them_out() -> None:
    found = reading("中共中央 国务院关于做好海洋工作的意见", *WORK, title="关于做好海洋工作的意见")
    assert objects(found, "issuedBy") == ["中共中央", "国务院"]


def test_the_plans_own_title_with_one_wrong_character_is_no_citation() -> None:
    found = reading("新华社电 近日印发了《海州市海洋产业发展行动计划》。", *WORK, title="海州市海洋产业发展行动汁划方案")
    assert objects(found, "cites") == ["海州市海洋产业发展行动计划"]
    found = reading("新华社电 近日印发了《海州市海洋产业发展行动计划》。", *WORK, title="海州市海洋产业发展行劫计划")
    assert objects(found, "cites") == []


def test_bodies_that_run_into_the_date_are_parted_where_all_are_known() -> None:
    lines = ("一、建设平台", "支持企业。")
    assert objects(reading(*lines, "中央宣传部教育部公安部2024年3月1日"), "issuedBy") == ["中央宣传部", "教育部", "公安部"]
    assert objects(reading(*lines, "中央宣传部渔民代表大会海洋分会教育部公安部各方面的代表2024年3月1日"), "issuedBy") == []


def test_an_agency_that_frames_a_plan_names_who_issued_it() -> None:
    title = "关于加强渔港治理的意见"
    frame = "近日，中共中央办公厅、国务院办公厅印发了《关于加强渔港治理的意见》，并发出通知，要求认真贯彻落实。"
    assert objects(reading(frame, "一、建设平台", "支持企业。", title=title), "issuedBy") == ["中共中央办公厅", "国务院办公厅"]
    other = "近日，中共中央办公厅、国务院办公厅印发了《关于加强海域管理的意见》。"
    assert objects(reading(other, "一、建设平台", "支持企业。", title=title), "issuedBy") == []


def test_the_number_of_a_masthead_that_ran_into_one_line_is_the_plans() -> None:
    masthead = "海州市海洋局 海州市交通局文件海海发〔2026〕7号海州市海洋局等部门关于印发《海州市渔港建设行动计划》的通知"
    found = reading(masthead, "一、建设平台", "支持企业。", title="海州市渔港建设行动计划")
    assert found.plan is not None
    assert found.plan.number == "海海发〔2026〕7号"


def test_the_number_behind_the_title_in_a_news_frame_is_the_plans_and_that_of_another_is_not() -> None:
    frame = "本网讯 海州市海洋局日前印发《海州市渔港建设行动计划》(海海发〔 2026〕15号)。全文如下："
    other = "依据《海州省渔业规划》（海政发〔2025〕2号），海州市海洋局日前印发《海州市渔港建设行动计划》。"
    lines = ("海州市渔港建设行动计划", "一、建设平台", "支持企业。", "二、培育企业", "支持企业。")
    numbers = [found.plan.number for head in (frame, other) if (found := reading(head, *lines, title="渔港三年行动来了")).plan]
    assert numbers == ["海海发〔2026〕15号", ""]


def test_a_cover_names_the_issuers_above_a_month() -> None:
    found = reading("海州市海洋局 海州市交通局", "二〇二六年五月", "一、建设平台", "支持企业。")
    assert objects(found, "issuedBy") == ["海州市海洋局", "海州市交通局"]


def test_the_number_that_the_last_body_of_a_masthead_runs_into_is_the_plans() -> None:
    masthead = "海州市海洋局共青团海州市委员会海联发〔2026〕33号关于印发《海州市渔港建设行动计划》的通知"
    found = reading(masthead, "一、建设平台", "支持企业。", title="海州市渔港建设行动计划")
    assert found.plan is not None
    assert found.plan.number == "海联发〔2026〕33号"


def test_the_plans_own_title_below_the_notice_is_its_place_though_its_years_stand_on_a_line_of_their_own() -> None:
    found = reading(
        "海州市人民政府关于印发《海州市渔港改造行动方案（2026—2028年）》的通知",
        "各区人民政府：",
        "海州市渔港改造行动方案",
        "（2026—2028年）",
        *WORK,
        title="海州市人民政府关于印发《海州市渔港改造行动方案（2026—2028年）》的通知",
    )
    place = next(claim.spans[0] for claim in found.claims if claim.relation == "describes")
    assert found.plan is not None
    assert found.plan.label == "海州市渔港改造行动方案（2026—2028年）"
    assert found.document.text[slice(*place)] == "海州市渔港改造行动方案\n（2026—2028年）"
