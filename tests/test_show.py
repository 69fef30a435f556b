"""`show`: a node as a card for people and as JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.places import Run
from tests.samples import TEXT, sample_graph, write_exports


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))


def test_a_card_shows_labels_attributes_and_edges_each_with_its_quote(run: Run, folder: Path) -> None:
    shown = run("show", "智能医疗", "--data", folder).stdout
    assert shown.startswith("智慧医疗    Industry\n")
    assert "also known as: 智能医疗" in shown
    assert "\nout (2)" in shown
    assert "\nin (1)" in shown
    assert f"advanced by → 社会民生服务  [Special action]\n      “{TEXT[3]}”" in shown
    assert "“远帆”行动计划解读, 97–137  〔一、面向民生服务领域〕" in shown


def test_an_inferred_edge_says_what_it_was_inferred_from(run: Run, folder: Path) -> None:
    shown = run("show", "智慧教育", "--data", folder).stdout
    assert "inferred: same-domain" in shown
    assert "← 智慧教育 —in domain→ 民生服务" in shown


def test_a_curated_edge_says_who_says_so(run: Run, folder: Path) -> None:
    shown = run("show", "教育部", "--data", folder).stdout
    assert "    curated: added by a person, with a source (overlay)" in shown
    assert "“远帆”行动计划全文, 2021-07-14, official source, https://example.org/full" in shown
    assert "全文第三节的分工" in shown


def test_a_card_as_json_gives_every_quote_with_its_place(run: Run, folder: Path) -> None:
    card = json.loads(run("show", "智慧医疗", "--data", folder, "--format", "json").stdout)
    assert (card["zh"], card["class"]) == ("智慧医疗", "Industry")
    assert card["attributes"] == {"yf:order": ["1"]}
    text = "\n".join(TEXT)
    edges = card["out"] + card["in"]
    assert [edge["relation"]["name"] for edge in edges] == ["inDomain", "advancedBy", "hasIndustry"]
    for edge in edges:
        for statement in edge["statements"]:
            assert statement["quotes"][0]["role"] == "sentence"
            for quote in statement["quotes"]:
                assert text[quote["start"] : quote["end"]] == quote["exact"]


def test_curated_attributes_of_the_seed_show_their_source(run: Run, seed_exports: Path) -> None:
    shown = run("show", "工信部联通信〔2021〕77号", "--data", seed_exports).stdout
    assert "5G应用“扬帆”行动计划（2021-2023年）" in shown
    assert "curated: added by a person, with a source (overlay" in shown


def test_labels_are_not_taken_for_markup(run: Run, folder: Path) -> None:
    assert "<b>信息消费升级行动</b>" in run("show", "<b>信息消费升级行动</b>", "--data", folder).stdout


@pytest.mark.parametrize(
    ("name", "said"), [("信息消费", "names 2 nodes"), ("智慧", "no node is named 智慧; nearest: 智慧")]
)
def test_ambiguous_and_unknown_names_are_one_clear_line(run: Run, folder: Path, name: str, said: str) -> None:
    done = run("show", name, "--data", folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("name", "label"), [("工信部", "工业和信息化部"), ("发改委", "国家发展和改革委员会"), ("人社部", "人力资源和社会保障部")])
def test_what_everybody_calls_a_body_finds_it_though_no_text_says_it(run: Run, tmp_path: Path, name: str, label: str) -> None:
    bodies = "（工业和信息化部、国家发展改革委、人力资源社会保障部负责）"
    (tmp_path / "plan.md").write_text(f"# 海州市港口行动计划\n\n一、重点任务\n\n（一）建设平台。支持企业。{bodies}\n", encoding="utf-8")
    run("build", tmp_path / "plan.md", "--out", tmp_path / "out")
    assert run("show", name, "--data", tmp_path / "out").stdout.startswith(label)
