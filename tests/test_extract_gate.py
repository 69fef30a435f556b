"""The gate: no text that sets out work stays without a plan because of its title, and no other text gets one."""

from __future__ import annotations

import pytest

from tests.extracting import objects
from yangfan.core.model import Reading
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.readers.read import read_bytes

TITLE = "望川市港口智慧化改造行动方案"
WORK = (
    "为加快港口改造，制定本方案。",
    "一、总体要求",
    "坚持统筹推进。",
    "二、重点任务",
    "（一）建设智慧码头。改造岸桥设备，推广无人集卡。",
    "（二）完善集疏运体系。建设疏港铁路。",
    "三、保障措施",
    "（一）加强组织领导。建立协调机制。",
)
TASKS = ["建设智慧码头", "完善集疏运体系"]


def read(*lines: str, name: str = "0815.txt") -> Reading:
    return extract(read_bytes("\n".join(lines).encode(), name, "." + name.rpartition(".")[2]), load_vocabulary())


def plan(found: Reading) -> str:
    assert found.plan is not None, found.warnings
    assert objects(found, "hasTask")[:2] == TASKS
    return found.plan.label


@pytest.mark.parametrize(
    "head",
    [
        [TITLE],
        [f"{TITLE}-望川市人民政府网_望川市人民政府"],
        [f"{TITLE}_政务公开_望川市交通运输局"],
        [f"{TITLE} - 政策文件 - 望川政务网"],
        [f"首页 > 政务公开 > 政策文件 > {TITLE}"],
        [f"{TITLE}望政办发〔2024〕12号"],
        [f"望政办发〔2024〕12号{TITLE}"],
        [f"{TITLE}望政办发〔2024〕12号各区人民政府，市政府各部门："],
        [f"{TITLE}各区县人民政府，市政府各委办局："],
        [f"{TITLE}2024-03-15 10:20 来源：望川日报"],
        [f"{TITLE}发布时间：2024-03-15 字号：大 中 小"],
        [f"{TITLE}（2024年3月15日）"],
        ["望川市港口智慧化改造", "行动方案"],
        ["望川市", "港口智慧化改造", "行动方案"],
        [f"望川市人民政府办公室关于印发《{TITLE}》的通知"],
        [f"望川市人民政府办公室关于印发{TITLE}的通知"],
        ["望川市人民政府办公室", f"关于印发{TITLE}", "的通知"],
        [f"望川市人民政府办公室关于印发{TITLE}的通知望政办发〔2024〕12号各区人民政府："],
        [f"望川市人民政府办公室印发《{TITLE}》"],
        ["附件", TITLE],
        ["附件1", "望川市港口智慧化改造", "行动方案"],
        [f"新华社望川3月15日电 近日，望川市人民政府办公室印发了《{TITLE}》，并发出通知，要求各地结合实际认真贯彻落实。", f"《{TITLE}》全文如下。"],
        ["各区人民政府，市政府各部门：", f"现将《{TITLE}》印发给你们，请认真贯彻执行。"],
        [f"{TITLE}，望川市人民政府"],
        [f"【政策文件】{TITLE}"],
    ],
)
def test_a_title_is_found_whatever_the_copy_did_to_it(head: list[str]) -> None:
    assert plan(read(*head, *WORK)) == TITLE


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["望川市人民政府关于加快港口发展的意见望政发〔2023〕9号各区人民政府："], "望川市人民政府关于加快港口发展的意见"),
        (["中共望川市委 望川市人民政府关于加快港口发展的意见（2023年3月1日）"], "中共望川市委望川市人民政府关于加快港口发展的意见"),
        (["望川市人民政府关于做好港口改造工作的通知望政发〔2023〕9号各区人民政府："], "望川市人民政府关于做好港口改造工作的通知"),
        (["望川市港口改造三年行动计划（2024—2026年）-望川政务网"], "望川市港口改造三年行动计划（2024—2026年）"),
        (["望川市港口改造实施方案（试行）"], "望川市港口改造实施方案（试行）"),
    ],
)
def test_other_kinds_of_titles_keep_who_issues_them_and_their_brackets(head: list[str], title: str) -> None:
    assert plan(read(*head, *WORK)) == title


def test_the_number_that_is_glued_to_a_title_is_the_plans() -> None:
    for head in (f"{TITLE}望政办发〔2024〕12号", f"望政办发〔2024〕12号{TITLE}", f"关于印发{TITLE}的通知望政办发〔2024〕12号各区人民政府："):
        found = read(head, *WORK).plan
        assert found is not None
        assert found.number == "望政办发〔2024〕12号"


def test_a_file_is_named_after_the_title_that_its_text_bears_below_a_page() -> None:
    page = (
        "登录 | 注册 | 无障碍",
        "市长会见客商 共商港口合作",
        "关于同意设立港口开发区的批复公布",
        "最新政策 政策解读",
        f"望川市人民政府关于{TITLE}的说明会召开",
    )
    head = f"望川市人民政府办公室关于印发{TITLE}的通知望政办发〔2024〕12号各区人民政府："
    found = read(*page, head, *WORK, name=f"03_{TITLE}.txt")
    assert plan(found) == TITLE


def test_a_printed_home_page_is_no_plan_though_its_headlines_name_some() -> None:
    page = ("首页 | 登录", "最新政策", f"望川市人民政府关于印发《{TITLE}》的通知", "望川市人民政府关于推行港口服务的实施意见", "我要留言")
    assert read(*page).plan is None


def test_work_without_any_title_stands_under_the_files_name_with_a_warning() -> None:
    found = read("登录 注册 无障碍", *WORK, name="12、港口改造.txt")
    assert plan(found) == "港口改造"
    assert any("named after the file" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["望川市港口条例", "第一条 为了加强港口管理，制定本条例。", "第二条 本市港口的建设，适用本条例。", "第三条 市交通局负责港口管理。"], "kind"),
        (["望川港口作业安全标准", "1 范围", "本标准规定了港口作业的要求。", "2 规范性引用文件", "3 加强防护"], "kind"),
        (["在全市港口工作会议上的讲话", "同志们：", "一、加强学习", "二、推进改革", "三、建设队伍"], "kind"),
        (["开好局 起好步", "同志们：", "一、加强学习", "二、推进改革", "三、建设队伍"], "同志们"),
        (["望川市人民政府关于表彰港口工作先进集体的决定", "市人民政府决定授予一号码头先进集体称号。"], "决定授予"),
        (["望川市人民政府办公室关于印发《望川市港口资金管理办法》的通知", "第一条 加强管理。", "第二条 规范使用。"], "kind"),
        (["海上日出", "太阳从海面升起，渔船出港。", "一、清晨", "二、正午"], "work"),
    ],
)
def test_a_text_that_sets_out_no_work_has_no_plan_and_the_warning_names_the_gate(lines: list[str], why: str) -> None:
    found = read(*lines)
    assert found.plan is None
    assert any("no plan is named here" in warning and why in warning for warning in found.warnings), found.warnings


def test_a_news_story_about_a_plan_is_not_its_text() -> None:
    found = read(f"近日，望川市人民政府印发《{TITLE}》。记者了解到，港口将迎来新变化。", "市民王先生说，出行更方便了。")
    assert found.plan is None
    assert read(f"我市出台{TITLE}", "港口将迎来新变化。", "市民王先生说，出行更方便了。").plan is None


def test_an_interpretation_explains_the_plan_whose_alias_it_uses() -> None:
    found = read(
        "《望川市港口提升行动》政策解读",
        "为落实《全省港口发展规划》（以下简称《规划》），市政府办公室印发了《望川市港口提升行动》（以下简称《行动》），现解读如下。",
        "一、《行动》的起草背景是什么？",
        "《行动》贯彻了省里的要求。",
        "二、《行动》有哪些任务？",
        "一是建设智慧码头。二是完善集疏运体系。",
    )
    assert found.plan is not None
    assert found.plan.label == "望川市港口提升行动"


def test_an_alias_of_a_work_that_stands_behind_another_title_is_not_that_ones() -> None:
    found = read(
        "港口发展政策解读",
        "根据《全省港口发展规划》和《港口法》（以下简称《港口法》），市政府印发了《望川市港口提升行动计划》（以下简称《计划》），现进行解读。",
        "《计划》提出建设智慧码头。《计划》提出完善集疏运体系。",
    )
    assert found.plan is not None
    assert found.plan.label == "望川市港口提升行动计划"


def test_a_list_of_duties_is_a_plan_and_a_list_of_names_is_none() -> None:
    rows = "| 部门 | 职责与任务 |\n|---|---|\n| 市教育局 | 开展健康学校建设。 |\n| 市水务局 | 加强饮用水保护。 |\n| 市交通局 | 建设无障碍车站。 |"
    found = read("# 望川市有关部门职责清单", "", rows, name="a.md")
    assert found.plan is not None
    assert objects(found, "hasTask") == ["开展健康学校建设", "加强饮用水保护", "建设无障碍车站"]
    names = "| 序号 | 单位名称 |\n|---|---|\n| 1 | 望川一中 |\n| 2 | 望川二中 |\n| 3 | 望川三中 |"
    assert read("# 望川市示范学校清单", "", names, name="a.md").plan is None
