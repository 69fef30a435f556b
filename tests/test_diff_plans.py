"""`diff` of two plans speaks of plans: which work is kept, reworded, new or dropped, which targets rise or fall."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.places import ROOT, Run
from yangfan.core.vocabulary import load_vocabulary
from yangfan.quality.plans import Aim, Comparison, Plan, Said, Work, compare_plans, plan_lines, plan_of

CORPUS = Path(os.environ.get("YANGFAN_CORPUS") or ROOT.parent / "shared" / "corpus")
GOLD = sorted((ROOT / "tests" / "gold" / "plans").glob("*.tsv"))
PAIRS = sorted((ROOT / "tests" / "pairs").iterdir())
FLOORS = {"rural-2021-2023": 0.93, "informatization-2016-2021": 0.9, "devices-food": 0.92, "harbour": 1.0, "care": 0.88, "water": 1.0}
"""F1 of the alignment of work with a person's, which may not fall: real plans (`tests/gold/plans`), plans of our own (`tests/pairs`)."""
Rows = list[tuple[set[str], set[str]]]


def rows_of(lines: list[str]) -> Rows:
    """Read the pairs of work that a person sees; several names parted by | are each right."""
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "target\t"))]
    return [(set(left.split("|")), set(right.split("|"))) for left, right in rows]


def f1(comparison: Comparison, rows: Rows) -> float:
    """Score the aligned work against a person's pairs, each of which counts once."""
    found = [(one.before.label, one.after.label) for one in comparison.work if one.before and one.after]
    open_rows = list(rows)
    for left, right in found:
        hit = next((row for row in open_rows if left in row[0] and right in row[1]), None)
        if hit is not None:
            open_rows.remove(hit)
    return 2 * (len(rows) - len(open_rows)) / (len(found) + len(rows))


def read_plan(path: Path) -> Plan:
    from yangfan.assembly.assemble import assemble
    from yangfan.extract import extract
    from yangfan.readers.read import read_file

    graph, _ = assemble([extract(read_file(path), load_vocabulary())])
    (iri,) = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan" and graph.out_degree(node) > 5]
    return plan_of(graph, iri)


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
        (aim("规模以上企业", 20), aim("规模以上企业", 30, 2027), "higher_year"),
        (aim("规模以上企业", 30), aim("规模以上企业", 20, 2027), "lower_year"),
    ],
)
def test_targets_are_aligned_by_indicator_whatever_its_wording(before: Aim, after: Aim, move: str) -> None:
    (one,) = compare_plans(plan(aims=(before,)), plan(aims=(after,))).aims
    assert one.move == move


@pytest.mark.parametrize("other", [aim("规模以上企业", 30, unit="%"), aim("规模以上企业", 30, change=True), aim("海水淡化规模", 30)])
def test_another_unit_kind_or_thing_is_another_target(other: Aim) -> None:
    comparison = compare_plans(plan(aims=(aim("规模以上企业", 20),)), plan(aims=(other,)))
    assert sorted(one.move for one in comparison.aims) == ["dropped", "new"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (aim("全市龙头企业数量", 20), aim("龙头企业", 20)),
        (aim("累计充电桩总数", 20, unit="个"), aim("充电桩", 20, unit="座")),
        (aim("护理员", 20, unit="人"), aim("护理员", 20, unit="名")),
        (aim("城市供水管网漏损率", 20, unit="%"), aim("供水管网漏损率", 20, unit="%")),
    ],
)
def test_an_indicator_is_one_whatever_words_for_the_whole_and_for_a_number_it_bears(before: Aim, after: Aim) -> None:
    (one,) = compare_plans(plan(aims=(before,)), plan(aims=(after,))).aims
    assert one.move == "kept"


def test_what_is_added_is_no_indicator_of_what_is_there() -> None:
    comparison = compare_plans(plan(aims=(aim("新增充电桩", 20),)), plan(aims=(aim("充电桩", 30),)))
    assert {one.move for one in comparison.aims} == {"new", "dropped"}


def test_a_short_name_is_the_longer_one_where_its_sentence_says_the_rest() -> None:
    long = aim("淡水鱼产量", 20, unit="吨")
    short = replace(aim("产量", 30, unit="吨"), said=Said("淡水鱼养殖面积稳定，产量达到30吨。"))
    assert [one.move for one in compare_plans(plan(aims=(long,)), plan(aims=(short,))).aims] == ["raised"]
    apart = replace(short, said=Said("食用菌栽培面积稳定，产量达到30吨。"))
    assert {one.move for one in compare_plans(plan(aims=(long,)), plan(aims=(apart,))).aims} == {"new", "dropped"}


def test_of_several_years_the_nearest_meet() -> None:
    before = plan(aims=(aim("交易规模", 10, 2020), aim("交易规模", 60, 2025)))
    (met,) = [one for one in compare_plans(before, plan(aims=(aim("交易规模", 40, 2025),))).aims if one.before and one.after]
    assert met.move == "lowered"


def test_a_screen_comes_first_and_says_how_much_more_there_is() -> None:
    comparison = compare_plans(plan(), plan(*(f"建设第{n}号码头" for n in range(60))))
    lines = list(plan_lines(comparison))
    assert len(lines) <= 40
    assert lines[2] == "work: 60 new"
    assert lines[-1] == "… 26 more lines (--all shows them)"
    assert len(list(plan_lines(comparison, None))) == 65


def test_every_kind_of_change_has_its_share_of_the_screen() -> None:
    before = plan(*(f"修复第{n}片盐田" for n in range(50)), aims=(aim("规模以上企业", 20),))
    after = plan(*(f"建设第{n}号码头" for n in range(50)), aims=(aim("规模以上企业", 30),))
    signs = [line[0] for line in list(plan_lines(compare_plans(before, after)))[3:] if line]
    assert {"▲", "+", "-"} <= set(signs)
    assert abs(signs.count("+") - signs.count("-")) <= 1


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
    assert "↗ 渔业龙头企业: ≥ 10 (2023) → ≥ 20 (2026)" in done.stdout
    assert "Targets, higher for another year: 1" in done.stdout
    chinese = run("--lang", "zh", "diff", "海政发〔2021〕1号", "海政发〔2024〕9号", "--data", tmp_path / "out").stdout
    assert "任务：改写 1\n" in chinese
    assert "目标值，另一年份更高：1\n" in chinese
    assert "任务，改写：1\n" in chinese
    data = json.loads(run("diff", "海政发〔2021〕1号", "海政发〔2024〕9号", "--data", tmp_path / "out", "--format", "json").stdout)
    (target,) = data["plans"]["targets"]
    assert (target["change"], target["after"]["value"], target["after"]["unit"], target["after"]["year"]) == ("higher_year", "20", "家", 2026)
    assert target["after"]["said"]["text"] == "到2026年，培育渔业龙头企业20家以上。"
    (work,) = data["plans"]["work"]
    assert work["said"]["before"]["text"].startswith("（一）推进渔港绿色改造。")
    assert run("diff", "海政发〔2021〕1号", "海政发〔2021〕1号", "--data", tmp_path / "out").returncode == 0


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_the_alignment_of_real_plans_is_what_a_person_sees(gold: Path) -> None:
    lines = gold.read_text(encoding="utf-8").splitlines()
    head = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    paths = [CORPUS / head[side] for side in ("before", "after")]
    if not all(path.is_file() for path in paths):
        pytest.skip("no corpus of real documents here")
    before, after = map(read_plan, paths)
    assert f1(compare_plans(before, after), rows_of(lines)) >= FLOORS[gold.stem]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda path: path.name)
def test_successive_plans_are_aligned_as_they_were_written(pair: Path) -> None:
    lines = (pair / "gold.tsv").read_text(encoding="utf-8").splitlines()
    comparison = compare_plans(read_plan(pair / "before.md"), read_plan(pair / "after.md"))
    assert f1(comparison, rows_of(lines)) >= FLOORS[pair.name]
    moves = {(one.after.indicator if one.after else "", one.move) for one in comparison.aims}
    for line in lines:
        if line.startswith("target\t"):
            _, indicator, move = line.split("\t")
            assert any(told == move and name.endswith(indicator) for name, told in moves), line


def test_a_section_that_the_later_plan_makes_of_an_item_meets_that_item() -> None:
    before, after = plan("推进渔业现代化"), plan("做强远洋渔业")
    before.work += [
        Work("a", "Task", "发展远洋渔业", 0, 1, sentences=["更新远洋渔船，建设海外渔业基地，完善远洋渔获运回通道。"]),
        Work("b", "Task", "修复盐田湿地", 0, 1, sentences=["退养还湿，恢复盐地碱蓬。"]),
    ]
    after.work += [
        Work("c", "Task", "更新船队", 0, 1, sentences=["更新远洋渔船，淘汰老旧船舶。"]),
        Work("d", "Task", "布局海外", 0, 1, sentences=["建设海外渔业基地，完善远洋渔获运回通道。"]),
    ]
    assert ("reworded", "发展远洋渔业", "做强远洋渔业") in told(compare_plans(before, after))


@pytest.mark.parametrize(
    ("value", "move", "words"),
    [(30, "higher_body", "higher by another body"), (10, "lower_body", "lower by another body"), (20, "kept", "1 kept")],
)
def test_a_value_of_a_plan_by_other_bodies_amends_nothing_and_is_called_so(value: int, move: str, words: str) -> None:
    before = replace(plan(aims=(aim("养殖企业", 20),)), issuers=("甲市",))
    apart = compare_plans(before, replace(plan(aims=(aim("养殖企业", value),)), issuers=("乙市",)))
    assert [one.move for one in apart.aims] == [move]
    told_ = "\n".join(plan_lines(apart))
    assert words in told_
    assert "issued by different bodies" in told_


def test_of_one_year_and_one_issuer_a_value_is_raised() -> None:
    before = replace(plan(aims=(aim("养殖企业", 20, 2023),)), issuers=("甲市",))
    same = compare_plans(before, replace(plan(aims=(aim("养殖企业", 30, 2023),)), issuers=("甲市", "丙市")))
    assert [one.move for one in same.aims] == ["raised"]
    assert not any("Caution" in line for line in plan_lines(same))
