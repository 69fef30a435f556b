"""`diff` says what two builds or two plans have in common, and what was added, dropped or changed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.places import ROOT, SEED, Run
from yangfan.assembly.assemble import assemble
from yangfan.assembly.overlay import Overlay
from yangfan.pipeline import read_sources
from yangfan.quality.diff import compare, lines_of, side_of

if TYPE_CHECKING:
    import networkx as nx

    Net = nx.MultiDiGraph[str]


def test_a_build_does_not_differ_from_itself(run: Run, seed_exports: Path) -> None:
    done = run("diff", seed_exports, seed_exports)
    assert done.returncode == 0
    nodes, edges, targets = done.stdout.splitlines()
    assert re.fullmatch(r"nodes: \d+ in common \(Action 8, .*Industry 15, .*\); 0 added; 0 dropped; 0 changed", nodes)
    assert re.fullmatch(r"edges: \d+ in common \(advancedBy \d+, .*\); 0 added; 0 dropped", edges)
    assert targets == "targets: 7 in common; 0 added; 0 dropped; changed for 0 indicators"


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
    assert difference.changed_targets == [("每万人拥有5G基站数", ["> 18 个/万人 (2023)"], ["> 38 个/万人 (2023)"])]
    assert len(difference.targets.common) == 6
    for found in (difference.nodes, difference.edges, difference.targets):
        assert (found.added, found.dropped) == ([], [])
    assert "~ target of 每万人拥有5G基站数: > 18 个/万人 (2023) → > 38 个/万人 (2023)" in list(lines_of(difference))


def test_a_target_that_one_side_alone_has_is_added_or_dropped_and_no_change(seed_graph: Net, stated_graph: Net) -> None:
    overlaid, stated = side_of(seed_graph), side_of(stated_graph)
    assert not stated.targets, "the interpretation of the plan gives no value"
    gained = compare(stated, overlaid)
    assert len(gained.targets.added) == 7
    assert (gained.targets.dropped, gained.changed_targets) == ([], [])
    lost = compare(overlaid, stated)
    assert lost.targets.dropped == gained.targets.added
    assert (lost.targets.added, lost.changed_targets) == ([], [])
    assert not any(line.startswith("~ target") for line in lines_of(lost))


def test_an_attribute_that_differs_is_a_change_of_its_node(seed_graph: Net) -> None:
    graph = seed_graph.copy()
    (plan,) = (node for node, data in graph.nodes(data=True) if data["cls"] == "Plan")
    graph.nodes[plan]["attrs"] = {**graph.nodes[plan]["attrs"], "yf:endYear": 2024}
    difference = compare(side_of(seed_graph), side_of(graph))
    thing = ("Plan", seed_graph.nodes[plan]["zh"])
    assert difference.changed_nodes == [(thing, {"yf:endYear": "2023"}, {"yf:endYear": "2024"})]
    assert f"~ Plan {thing[1]}: yf:endYear 2023 → 2024" in list(lines_of(difference))
    assert not difference.same


def test_a_dropped_edge_is_told(overlaid: Path) -> None:
    readings = read_sources([SEED])
    before, _ = assemble(readings, [Overlay(overlaid)])
    after, _ = assemble(readings, [changed(overlaid, "  - {name: 财政部, source: plan}\n", "")])
    difference = compare(side_of(before), side_of(after))
    assert difference.edges.dropped == [("5G应用“扬帆”行动计划（2021-2023年）", "issuedBy", "财政部")]
    assert difference.nodes.dropped == [("Organization", "财政部")]
    assert (difference.edges.added, difference.nodes.added) == ([], [])


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
    assert {tuple(thing) for thing in told["nodes"]["added"]} == {
        ("Action", "绿氢替代行动"), ("Principle", "创新引领"), ("Period", "2024-2026年"),
    }  # fmt: skip
    assert ["Action", "加氢网络行动"] in told["nodes"]["dropped"]
    assert told["nodes"]["changed"] == []


def test_a_name_that_is_no_folder_and_no_plan_is_told(run: Run, seed_exports: Path) -> None:
    done = run("diff", "没有", seed_exports, "--data", seed_exports)
    assert done.returncode == 2
    assert "neither a folder nor the name of one plan" in done.stderr
