"""`diff` says what two builds or two plans have in common, and what was added, dropped or changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph.diff import compare, side_of
from graph.overlay import Overlay
from graph.pipeline import assemble, read_sources
from tests.places import ROOT, SEED, Run


def test_a_build_does_not_differ_from_itself(run: Run, seed_exports: Path) -> None:
    done = run("diff", seed_exports, seed_exports)
    assert done.returncode == 0
    assert " 0 added, 0 dropped, 0 targets changed" in done.stdout


@pytest.fixture
def overlaid(tmp_path: Path) -> Path:
    path = tmp_path / "5g-yangfan-2021.overlay.yaml"
    shutil.copy(ROOT / "corpus" / path.name, path)
    return path


def changed(overlaid: Path, before: str, after: str) -> Overlay:
    text = overlaid.read_text(encoding="utf-8")
    assert before in text
    overlaid.write_text(text.replace(before, after, 1), encoding="utf-8")
    return Overlay(overlaid)


def test_a_target_that_moved_is_a_change(overlaid: Path) -> None:
    readings = read_sources([SEED])
    before, _ = assemble(readings, [Overlay(overlaid)])
    after, _ = assemble(readings, [changed(overlaid, "value: 18,", "value: 38,")])
    difference = compare(side_of(before), side_of(after))
    assert difference.changed == [("每万人拥有5G基站数", ["> 18 个/万人 (2023)"], ["> 38 个/万人 (2023)"])]
    assert difference.added == []
    assert difference.dropped == []


def test_a_dropped_edge_is_told(overlaid: Path) -> None:
    readings = read_sources([SEED])
    before, _ = assemble(readings, [Overlay(overlaid)])
    after, _ = assemble(readings, [changed(overlaid, "  - {name: 财政部, source: plan}\n", "")])
    difference = compare(side_of(before), side_of(after))
    assert difference.dropped == [("5G应用“扬帆”行动计划（2021-2023年）", "issuedBy", "财政部")]
    assert difference.added == []


def test_two_plans_of_one_build_are_compared_by_what_they_say(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    old = (
        "《甲省氢能行动计划（2021-2023年）》（甲发〔2021〕1号，下称《行动计划》）按照统筹布局、安全有序的基本原则，"
        "提出了2大专项行动，包括装备提升行动和加氢网络行动。"
    )
    new = (
        "《甲省氢能行动计划（2024-2026年）》（甲发〔2024〕9号，下称《行动计划》）按照统筹布局、创新引领的基本原则，"
        "提出了2大专项行动，包括装备提升行动和绿氢替代行动。"
    )
    for name, text in (("old", old), ("new", new)):
        (folder / f"{name}.md").write_text(f"---\ntitle: 甲省氢能行动计划解读（{name}）\n---\n{text}\n", encoding="utf-8")
    assert run("build", folder, "--out", tmp_path / "out").returncode == 0
    done = run("diff", "甲发〔2021〕1号", "甲发〔2024〕9号", "--data", tmp_path / "out", "--format", "json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert ["计划 the plan", "hasAction", "绿氢替代行动"] in told["added"]
    assert ["计划 the plan", "hasAction", "加氢网络行动"] in told["dropped"]
    assert ["计划 the plan", "hasPrinciple", "统筹布局"] in told["common"]


def test_a_name_that_is_no_folder_and_no_plan_is_told(run: Run, seed_exports: Path) -> None:
    done = run("diff", "没有", seed_exports, "--data", seed_exports)
    assert done.returncode == 2
    assert "neither a folder nor the name of one plan" in done.stderr
