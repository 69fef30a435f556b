from __future__ import annotations

from tests.extracting import reading
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
