from __future__ import annotations

from tests.extracting import quotes, reading
from yangfan.core.model import Reading

TASKS = ("一、重点任务", "（一）提升港口能级。完善布局。", "（二）推进船舶分类管理。健全制度。")
ANNEX = ("附件1", "重点任务分工表")


def _duties(found: Reading) -> list[tuple[str, str, str]]:
    relations = ("responsibleBody", "ledBy", "supportedBy")
    return [(c.subject.label, c.relation, c.object.label) for c in found.claims if c.relation in relations]


def _table(*rows: str) -> str:
    return "\n".join(rows)


def test_a_table_of_tasks_says_who_does_what() -> None:
    rows = _table(
        "| 序号 | 任务 | 责任单位 |",
        "|---|---|---|",
        "| 1 | 提升港口能级 | 商务部、海关总署 |",
        "| 2 | 推进船舶分类管理 | 交通运输部牵头，商务部配合 |",
        "| 3 | 另一件事 | 财政部 |",
    )
    assert _duties(reading(*TASKS, *ANNEX, rows)) == [
        ("提升港口能级", "responsibleBody", "商务部"),
        ("提升港口能级", "responsibleBody", "海关总署"),
        ("推进船舶分类管理", "ledBy", "交通运输部"),
        ("推进船舶分类管理", "supportedBy", "商务部"),
        ("另一件事", "responsibleBody", "财政部"),
    ]


def test_each_column_of_bodies_has_its_own_role() -> None:
    rows = _table("| 重点任务 | 牵头单位 | 配合单位 |", "|---|---|---|", "| 提升港口能级 | 商务部 | 海关总署、财政部 |")
    assert _duties(reading(*TASKS, *ANNEX, rows)) == [
        ("提升港口能级", "ledBy", "商务部"),
        ("提升港口能级", "supportedBy", "海关总署"),
        ("提升港口能级", "supportedBy", "财政部"),
    ]


def test_a_table_of_something_else_says_nothing_of_duties() -> None:
    rows = _table("| 指标 | 2023年 | 填报单位 |", "|---|---|---|", "| 提升港口能级 | 5 | 商务部 |")
    assert _duties(reading(*TASKS, *ANNEX, rows)) == []


def test_what_an_annex_of_conditions_enumerates_is_no_task() -> None:
    found = reading(
        *TASKS, "二、保障措施", "加强领导。定期会商。", "强化投入。落实资金。", "附件：1．任务分工表", "2．遴选条件", "附件2", "港口遴选条件",
        "一、加强管理", "（一）完善制度。",
    )  # fmt: skip
    labels = {c.object.label for c in found.claims if c.relation == "hasTask"}
    assert labels == {"提升港口能级", "推进船舶分类管理"}
    assert [c.object.label for c in found.claims if c.relation == "hasSafeguard"] == ["加强领导", "强化投入"]


def test_an_annex_that_is_the_plan_is_read() -> None:
    found = reading("附件", "海州市海洋产业发展行动计划", *TASKS)
    assert {c.object.label for c in found.claims if c.relation == "hasTask"} == {"提升港口能级", "推进船舶分类管理"}


def test_the_line_behind_items_in_one_paragraph_belongs_to_the_paragraph() -> None:
    found = reading("一、重点任务", "（一）强化监管。一是推广设备。二是建立制度。三是开展抽查。（商务部负责）", "（二）培养人才。办好学校。")
    assert _duties(found) == [("强化监管", "responsibleBody", "商务部")]
    items = "（一）强化监管。（1）推广设备，覆盖全部；（2）建立制度，及时推送。"
    found = reading("一、重点任务", items, "责任单位：商务部", "（二）培养人才。办好学校。")
    assert _duties(found) == [("强化监管", "responsibleBody", "商务部")]


def _rows(found: Reading) -> list[str]:
    return [c.object.label for c in found.claims if c.rule == "divisions.tabled"]


HEAD = ("| 序号 | 重点任务 | 责任单位 |", "|---|---|---|")


def test_a_row_that_divides_work_is_a_task_of_its_own_with_its_bodies_in_their_roles() -> None:
    table = _table(
        *HEAD,
        "| 3 | 建设省级平台，开展试点。每年评估一次。 | 省工信厅牵头，省财政厅等按职责分工负责 |",
        "| 4 | （二）完善统计制度；定期发布数据。 | 省统计局 |",
    )
    found = reading(*TASKS, *ANNEX, table)
    assert _rows(found) == ["建设省级平台，开展试点", "完善统计制度"]
    assert [duty for duty in _duties(found) if duty[0] != "提升港口能级"] == [
        ("建设省级平台，开展试点", "ledBy", "省工信厅"),
        ("建设省级平台，开展试点", "responsibleBody", "省财政厅"),
        ("完善统计制度", "responsibleBody", "省统计局"),
    ]


def test_a_table_over_two_pages_is_one_and_a_row_without_a_number_goes_on() -> None:
    first = _table(*HEAD, "| 1 | 建设省级平台，开展 | 省工信厅牵头， |")
    second = _table("| 序号 | 重点任务 | 责任单位 |", "|---|---|---|", "|  | 试点工作 | 省财政厅配合 |", "| 2 | 完善统计制度 | 省统计局 |")
    found = reading(*TASKS, *ANNEX, first, "— 12 —", second)
    assert _rows(found) == ["建设省级平台，开展试点工作", "完善统计制度"]
    assert ("建设省级平台，开展试点工作", "ledBy", "省工信厅") in _duties(found)
    assert ("建设省级平台，开展试点工作", "supportedBy", "省财政厅") in _duties(found)


def test_a_list_of_duties_by_body_divides_the_work_too() -> None:
    table = _table("| 部门 | 职责与任务 |", "|---|---|", "| 省教育厅 | 开展健康学校建设。组织培训。 |", "| 省水务厅 | 指导污水处理设施建设。 |")
    found = reading(*TASKS, *ANNEX, table)
    assert _rows(found) == ["开展健康学校建设", "指导污水处理设施建设"]
    assert _duties(found) == [("开展健康学校建设", "responsibleBody", "省教育厅"), ("指导污水处理设施建设", "responsibleBody", "省水务厅")]


def test_a_table_without_a_header_divides_work_where_its_cells_do() -> None:
    table = _table(
        "| 1 | 建设省级平台，开展试点 | 省工信厅牵头，省财政厅配合 |",
        "|---|---|---|",
        "| 2 | 完善统计制度 | 省统计局负责 |",
        "| 3 | 培育龙头企业 | 省商务厅负责 |",
    )
    assert _rows(reading(*TASKS, *ANNEX, table)) == ["建设省级平台，开展试点", "完善统计制度", "培育龙头企业"]


def test_tables_of_other_things_give_no_tasks() -> None:
    contacts = _table("| 单位 | 联系人 |", "|---|---|", "| 省教育厅 | 张三 |", "| 省水务厅 | 李四 |")
    money = _table("| 项目名称 | 建设单位 |", "|---|---|", "| 海州港二期 | 海州港集团 |", "| 望川大桥 | 望川交投集团 |")
    figures = _table("| 指标名称 | 2023年 | 2025年 |", "|---|---|---|", "| 建设泊位数量 | 10 | 20 |")
    between = "说明文字在此处，长一些以便分开两张表格，各是各的表。"
    found = reading(*TASKS, *ANNEX, contacts, between, money, between, figures)
    assert _rows(found) == []
    assert _duties(found) == []


def test_a_cell_that_says_its_role_keeps_it_under_a_column_of_another() -> None:
    table = _table(
        "| 任务内容 | 牵头单位 | 配合单位 |",
        "|---|---|---|",
        "| 组建养护队伍 | 省水务厅 | 省财政厅 |",
        "| 兑现奖补资金 | 省财政厅、省水务厅按职责分工负责 | |",
    )
    duties = [duty for duty in _duties(reading(*TASKS, *ANNEX, table)) if duty[0] == "兑现奖补资金"]
    assert duties == [("兑现奖补资金", "responsibleBody", "省财政厅"), ("兑现奖补资金", "responsibleBody", "省水务厅")]


def test_bodies_that_a_cell_ran_together_are_parted_and_a_department_is_one_though_it_ends_like_none() -> None:
    table = _table(
        "| 重点工作 | 牵头处室 | 责任部门 | 落实单位 |",
        "|---|---|---|---|",
        "| 组建养护队伍 | 水利科 | 市教育局市卫生健康委员会 | 城南新区 |",
        "| 兑现奖补资金 | 计财科 | 持续推进 | — |",
    )
    assert _duties(reading(*TASKS, *ANNEX, table)) == [
        ("组建养护队伍", "ledBy", "水利科"),
        ("组建养护队伍", "responsibleBody", "海州市教育局"),
        ("组建养护队伍", "responsibleBody", "海州市卫生健康委员会"),
        ("组建养护队伍", "responsibleBody", "城南新区"),
        ("兑现奖补资金", "ledBy", "计财科"),
    ]


def test_a_row_beside_rows_of_work_is_a_task_whatever_its_verb() -> None:
    rows = ["| 建设省级平台 | 省工信厅 |", "| 完善统计制度 | 省统计局 |", "| 培育龙头企业 | 省商务厅 |", "| 氨制冷系统安全鉴定 | 省应急厅 |"]
    table = _table("| 任务 | 责任单位 |", "|---|---|", *rows)
    assert _rows(reading(*TASKS, *ANNEX, table))[-1] == "氨制冷系统安全鉴定"


def test_a_row_is_due_when_it_says_and_the_item_above_its_table_is_not() -> None:
    table = _table("| 任务 | 责任单位 | 完成时限 |", "|---|---|---|", "| 建设省级平台 | 省工信厅 | 2026年10月底前 |")
    found = reading(*TASKS, table)
    assert [(c.subject.label, c.object.label) for c in found.claims if c.relation == "dueBy"] == [("建设省级平台", "2026年10月底前")]


def test_a_column_that_only_groups_the_tasks_is_none_of_them() -> None:
    rows = _table(
        "| 序号 | 重点任务 | 具体内容 | 牵头单位 | 完成时限 |",
        "|---|---|---|---|---|",
        "| 1 | 提升港口能级 | 编制港口规划 | 商务部 | 2027年底前 |",
        "| 2 | 提升港口能级 | 建设渔港12座 | 海关总署 | 2028年6月底前 |",
        "| 3 |  | 更新渔船 | 财政部 | 长期坚持 |",
    )
    found = reading(*TASKS, *ANNEX, rows)
    wanted = (("编制港口规划", "商务部"), ("建设渔港12座", "海关总署"), ("更新渔船", "财政部"))
    assert _duties(found) == [(task, "ledBy", body) for task, body in wanted]
    assert [c.object.label for c in found.claims if c.relation == "hasTarget"] == ["渔港 = 12座（2028年）"]


def test_a_phase_whose_steps_are_enumerated_is_no_task() -> None:
    found = reading(*TASKS, "二、实施步骤", "（一）动员部署阶段（2026年4月—8月）", "1.开展摸底排查。核查渔船。", "2.制定工作方案。明确分工。")
    assert {c.object.label for c in found.claims if c.relation == "hasTask"} == {"提升港口能级", "推进船舶分类管理", "开展摸底排查", "制定工作方案"}


def test_a_row_in_words_unknown_is_a_task_where_its_column_says_so_and_no_other() -> None:
    rows = ("|---|---|", "| 渔船分类的新机制 | 商务部 |", "| 渔港年审 | 海关总署 |")
    assert _duties(reading(*TASKS, *ANNEX, _table("| 改革举措 | 责任单位 |", *rows))) == [
        ("渔船分类的新机制", "responsibleBody", "商务部"), ("渔港年审", "responsibleBody", "海关总署"),
    ]  # fmt: skip
    assert _duties(reading(*TASKS, *ANNEX, _table("| 项目内容 | 责任单位 |", *rows))) == []


def test_lines_of_a_cell_are_bodies_of_their_own() -> None:
    rows = _table(
        "| 序号 | 任务 | 责任单位 |",
        "|---|---|---|",
        "| 1 | 提升港口能级 | 市海洋局 市统计局 各县（市、区）人民政府 |",
        "| 2 | 推进船舶分类管理 | 牵头：市交通局 配合：市财政局 市气象局 |",
    )
    assert _duties(reading(*TASKS, *ANNEX, rows)) == [
        ("提升港口能级", "responsibleBody", "海州市海洋局"),
        ("提升港口能级", "responsibleBody", "海州市统计局"),
        ("提升港口能级", "responsibleBody", "各县（市、区）人民政府"),
        ("推进船舶分类管理", "ledBy", "海州市交通局"),
        ("推进船舶分类管理", "supportedBy", "海州市财政局"),
        ("推进船舶分类管理", "supportedBy", "海州市气象局"),
    ]


def test_a_note_below_a_table_holds_for_its_rows_and_names_no_tasks() -> None:
    rows = _table("| 序号 | 任务 | 责任单位 |", "|---|---|---|", "| 1 | 建设渔港码头 | 市海洋局 |", "| 2 | 培育渔业企业 | 市商务局 |")
    note = "注：1.渔港按船位计。2.各项任务均需各县人民政府配合，不再逐项列出。"
    found = reading("一、重点任务", "（一）提升港口能级。完善布局。（市财政局负责）", *ANNEX, rows, note)
    assert ("提升港口能级", "supportedBy", "各县人民政府") not in _duties(found)
    assert [duty for duty in _duties(found) if duty[1] == "supportedBy"] == [
        ("建设渔港码头", "supportedBy", "各县人民政府"),
        ("培育渔业企业", "supportedBy", "各县人民政府"),
    ]
    assert not [c for c in found.claims if c.relation == "hasTask" and "渔港按" in c.object.label]


def test_a_deadline_whose_merged_cell_a_page_break_cut_is_that_of_the_row_above() -> None:
    def due(last: str) -> list[tuple[str, str]]:
        rows = _table(
            "| 类别 | 序号 | 任务 | 责任单位 | 完成时限 |",
            "|---|---|---|---|---|",
            "| 渔港 | 1 | 建设渔港码头 | 市海洋局 | 2026年6月底前 |",
            f"| {last} | 2 | 建设渔港道路 | 市交通局 | |",
        )
        return [(c.subject.label, c.object.label) for c in reading(*TASKS, *ANNEX, rows).claims if c.relation == "dueBy"]

    assert due("") == [("建设渔港码头", "2026年6月底前"), ("建设渔港道路", "2026年6月底前")]
    assert due("渔港") == [("建设渔港码头", "2026年6月底前")]


def test_a_target_in_a_row_is_set_in_the_task_of_the_row() -> None:
    rows = _table("| 序号 | 任务 | 责任单位 |", "|---|---|---|", "| 1 | 建设渔港码头12个 | 市海洋局 |", "| 2 | 培育渔业企业 | 市商务局 |")
    found = reading("一、重点任务", "（一）提升港口能级。完善布局。", *ANNEX, rows)
    assert [c.object.label for c in found.claims if c.relation == "setIn"] == ["建设渔港码头12个"]


def test_the_head_of_a_column_is_the_words_of_the_role_and_is_quoted() -> None:
    rows = _table(
        "| 重点任务 | 牵头单位 | 配合单位 |",
        "|---|---|---|",
        "| 提升港口能级 | 商务部 | 海关总署 |",
        "| 推进船舶分类管理 | 财政部牵头 | |",
    )
    found = reading(*TASKS, *ANNEX, rows)
    said = [claim for claim in found.claims if claim.relation in ("ledBy", "supportedBy")]
    assert [(claim.object.label, claim.wording) for claim in said] == [("商务部", "牵头单位"), ("海关总署", "配合单位"), ("财政部", "牵头")]
    assert [any("牵头单位\t" in quote for quote in quotes(found, claim)) for claim in said] == [True, True, False]


def test_a_deadline_without_a_year_in_a_table_is_of_the_year_of_a_plan_for_one_year() -> None:
    head = ("| 序号 | 任务 | 责任单位 | 完成时限 |", "|---|---|---|---|")
    rows = _table(*head, "| 1 | 提升港口能级 | 商务部 | 4月底前 |", "| 2 | 健全通关制度 | 商务部 | 长期 |")
    lines = ("2026年3月1日", "一、重点任务", rows, "二、保障措施", "（一）加强领导。落实责任。")
    for_one_year = reading(*lines, title="海州市2026年海洋工作要点")
    assert [(c.subject.label, c.object.label) for c in for_one_year.claims if c.relation == "dueBy"] == [("提升港口能级", "2026年4月底前")]
    for_several = reading(*lines, title="海州市海洋工作行动计划（2026—2028年）")
    assert not [c for c in for_several.claims if c.relation == "dueBy"]
