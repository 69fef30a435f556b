"""`diff` of two plans speaks of plans: which work is kept, reworded, new or dropped, which targets rise or fall."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from tests.places import ROOT, Run
from yangfan.core.vocabulary import load_vocabulary
from yangfan.quality.plans import Aim, Comparison, Plan, Work, compare_plans, plan_lines, plan_of

CORPUS = Path(os.environ.get("YANGFAN_CORPUS") or ROOT.parent / "shared" / "corpus")
GOLD = sorted((ROOT / "tests" / "gold" / "plans").glob("*.tsv"))
FLOORS = {"rural-2021-2023": 0.68}
"""F1 of the alignment of work with a person's, which may not fall (`tests/gold/plans`)."""


def plan(*labels: str, aims: tuple[Aim, ...] = ()) -> Plan:
    return Plan("某计划", [Work(label, "Task", label) for label in labels], list(aims))


def told(comparison: Comparison) -> set[tuple[str, str, str]]:
    return {(one.change, one.before.label if one.before else "", one.after.label if one.after else "") for one in comparison.work}


def aim(indicator: str, value: int, year: int = 2025, unit: str = "家", *, comparator: str = ">=", change: bool = False) -> Aim:
    return Aim(indicator, comparator, Decimal(value), Decimal(value), unit, year, change)


def test_work_is_aligned_by_what_its_names_say() -> None:
    comparison = compare_plans(
        plan("推进渔港绿色改造", "推进渔港文化传承", "加快深海装备研制"),
        plan("加快渔港绿色低碳改造", "开展深海装备联合研制", "推进海上风电开发"),
    )
    assert told(comparison) == {
        ("reworded", "推进渔港绿色改造", "加快渔港绿色低碳改造"),
        ("reworded", "加快深海装备研制", "开展深海装备联合研制"),
        ("new", "", "推进海上风电开发"),
        ("dropped", "推进渔港文化传承", ""),
    }


def test_the_same_words_are_kept_and_met_before_any_other() -> None:
    comparison = compare_plans(plan("发展海洋牧场", "发展远洋牧场"), plan("发展远洋牧场", "发展海洋牧场"))
    assert told(comparison) == {("kept", "发展海洋牧场", "发展海洋牧场"), ("kept", "发展远洋牧场", "发展远洋牧场")}


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        (aim("规模以上企业", 20), aim("规模以上企业", 30), "raised"),
        (aim("规模以上企业", 30), aim("规模以上企业数", 20), "lowered"),
        (aim("规模以上企业", 30), aim("规模以上企业", 30, 2027), "moved"),
        (aim("规模以上企业", 30), aim("规模以上企业", 30), "kept"),
        (aim("规模以上企业", 30), aim("规模以上企业", 30, comparator="="), "restated"),
    ],
)
def test_targets_are_aligned_by_indicator_whatever_its_wording(before: Aim, after: Aim, move: str) -> None:
    (one,) = compare_plans(plan(aims=(before,)), plan(aims=(after,))).aims
    assert one.move == move


@pytest.mark.parametrize("other", [aim("规模以上企业", 30, unit="%"), aim("规模以上企业", 30, change=True), aim("海水淡化规模", 30)])
def test_another_unit_kind_or_thing_is_another_target(other: Aim) -> None:
    comparison = compare_plans(plan(aims=(aim("规模以上企业", 20),)), plan(aims=(other,)))
    assert sorted(one.move for one in comparison.aims) == ["dropped", "new"]


def test_a_screen_comes_first_and_says_how_much_more_there_is() -> None:
    comparison = compare_plans(plan(), plan(*(f"建设第{n}号码头" for n in range(40))))
    lines = list(plan_lines(comparison, 10))
    assert lines[1] == "work: 40 new"
    assert lines[-1] == "… 30 more lines (--all shows them)"
    assert len(list(plan_lines(comparison))) == 43


def test_every_piece_of_work_and_every_target_is_told_once() -> None:
    before, after = plan("甲项工作", "乙项工作", "丙项工作"), plan("甲项工作", "丁项工程", "丙项重点工作")
    comparison = compare_plans(before, after)
    assert sorted(one.before.label for one in comparison.work if one.before) == sorted(work.label for work in before.work)
    assert sorted(one.after.label for one in comparison.work if one.after) == sorted(work.label for work in after.work)


def test_the_verb_lays_two_plans_of_a_folder_side_by_side(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for year, number, count, task in ((2021, 1, 10, "推进渔港绿色改造"), (2024, 9, 20, "加快渔港绿色低碳改造")):
        (folder / f"{year}.md").write_text(
            f"# 海州市渔港行动计划（{year}—{year + 2}年）\n\n海政发〔{year}〕{number}号\n\n## 一、主要目标\n\n"
            f"到{year + 2}年，培育渔业龙头企业{count}家以上。\n\n## 二、重点任务\n\n（一）{task}。开展码头岸电建设。\n",
            encoding="utf-8",
        )
    assert run("build", folder, "--out", tmp_path / "out").returncode == 0
    done = run("diff", "海政发〔2021〕1号", "海政发〔2024〕9号", "--data", tmp_path / "out")
    assert done.returncode == 1, done.stderr
    assert "~ 推进渔港绿色改造 → 加快渔港绿色低碳改造" in done.stdout
    assert "▲ 渔业龙头企业: >= 10 家 (2023) → >= 20 家 (2026)" in done.stdout
    data = json.loads(run("diff", "海政发〔2021〕1号", "海政发〔2024〕9号", "--data", tmp_path / "out", "--format", "json").stdout)
    assert [row["change"] for row in data["plans"]["targets"]] == ["raised"]


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_the_alignment_of_real_plans_is_what_a_person_sees(gold: Path) -> None:
    from yangfan.assembly.assemble import assemble
    from yangfan.extract import extract
    from yangfan.readers.read import read_file

    lines = gold.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    wanted = {tuple(line.split("\t")) for line in lines if line and not line.startswith("#")}
    plans = []
    for side in ("before", "after"):
        path = CORPUS / head[side]
        if not path.is_file():
            pytest.skip("no corpus of real documents here")
        graph, _ = assemble([extract(read_file(path), load_vocabulary())])
        (iri,) = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan" and graph.out_degree(node) > 5]
        plans.append(plan_of(graph, iri))
    found = {(one.before.label, one.after.label) for one in compare_plans(*plans).work if one.before and one.after}
    right = len(found & wanted)
    assert 2 * right / (len(found) + len(wanted)) >= FLOORS[gold.stem], sorted(found ^ wanted)
