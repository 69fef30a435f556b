"""Ordinary text, in a title or between its marks, stops no build: the check compares labels as recognisers make them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import Run
from yangfan.core.errors import ReadError
from yangfan.pipeline import build
from yangfan.quality.check import check_exports

PLAN = """# 云溪市人工智能(AI)产业发展行动计划（2024—2026年）

云溪市人民政府印发《云溪市人工智能(AI)产业发展行动计划（2024—2026年）》（云政发〔2024〕3号）。

为落实{cited}，制定本计划。

## 一、重点任务

（一）建设算力平台。应用人工智能(AI)技术，服务智慧医疗行业。（教育部、财政部负责）

到2026年，算力规模达到12个以上。
"""
CITED = [
    "《数字健康条例(试行)》",
    "《数字\n健康条例》",
    "《数字健康条例",
    "《数字健康条例》》",
    "《数字健康条例和《海洋条例》",
    "《“数字健康”条例》",
    "《关于“数字:健康”条例，若干问题的意见；》",
    "《数字健康，准备好了吗？》",
    "《数字健康！现在就开始。》",
    "《数字健康；数字生活》和《数字、健康》",
    "《数字，健康》和《数字、健康》",
    "《数字*健康*条例》",
    "《数字健康　条例》",
    "《<b>数字健康</b>条例》",
    "《关于印发〈数字健康条例〉的通知》",
    "《数字健康条例》（云政发(2020)5号）",
    "《Digital Health Act (2020)》",
]


@pytest.mark.parametrize("cited", CITED)
def test_a_cited_title_of_any_marks_is_built_and_checked(tmp_path: Path, cited: str) -> None:
    source = tmp_path / "plan.md"
    source.write_text(PLAN.format(cited=cited), encoding="utf-8")
    assert build([source], tmp_path / "out").findings == []
    assert check_exports(tmp_path / "out") == []


TITLES = [
    "人工智能(AI)产业发展规划",
    "“人工智能+”行动计划",
    "人工智能：产业、应用，三年行动计划！",
    "人工智能 AI 产业 发展规划",
    "5G+工业互联网(试行)实施方案",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_any_marks_is_built_and_checked(tmp_path: Path, title: str) -> None:
    source = tmp_path / "plan.md"
    source.write_text(PLAN.replace("人工智能(AI)产业发展行动计划（2024—2026年）", title).format(cited="《数字健康条例》"), encoding="utf-8")
    assert build([source], tmp_path / "out").findings == []


def test_a_fault_of_one_document_names_its_file_and_shows_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan import pipeline

    source = tmp_path / "plan.md"
    source.write_text(PLAN.format(cited="《数字健康条例》"), encoding="utf-8")

    def broken(*_: object) -> None:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(pipeline, "assemble", broken)
    with pytest.raises(ReadError, match=r"plan\.md: an unforeseen fault \(RecursionError: maximum recursion depth exceeded\)"):
        build([source], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_finding_of_one_document_names_its_file(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan import pipeline
    from yangfan.quality.findings import Finding

    source = tmp_path / "plan.md"
    source.write_text(PLAN.format(cited="《数字健康条例》"), encoding="utf-8")
    monkeypatch.setattr(pipeline, "check_records", lambda _: [Finding("quotes", "made up")])
    assert build([source], tmp_path / "out").findings == [Finding("quotes", "plan.md: made up")]


def test_a_plan_without_a_title_is_built_under_its_files_name_whatever_that_is(tmp_path: Path) -> None:
    source = tmp_path / "walk.md"
    source.write_text(
        "各有关单位：\n\n一、加强设施建设\n\n建设深海装备基地3个。\n\n二、推进人才培养\n\n培养技能人才500人。\n\n三、完善服务体系\n\n完善网点建设。\n",
        encoding="utf-8",
    )
    built = build([source], tmp_path / "out")
    assert built.findings == []
    assert "/plan/walk," in (tmp_path / "out" / "nodes.csv").read_text(encoding="utf-8")


CATEGORIES_ELSEWHERE = """# 云洲市海洋产业发展规划（2026—2030年）

云政发〔2026〕4号

## 一、主要目标

兼顾两个维度，从渔获、保障能力三个方面提出了7大量化指标，以引导海洋产业发展方向。

一是在衡量用户发展方面，提出了渔船联网率、海域通信覆盖率2项量化指标。

二是在衡量行业赋能方面，提出了渔港接入率、养殖监测率、船厂应用率3项量化指标。

三是在衡量保障能力方面，提出了基站数量、浮标数量2项量化指标。
"""


def test_categories_that_the_sentence_of_their_count_does_not_name_are_none(tmp_path: Path) -> None:
    source = tmp_path / "plan.md"
    source.write_text(CATEGORIES_ELSEWHERE, encoding="utf-8")
    built = build([source], tmp_path / "out")
    assert built.findings == []
    assert "IndicatorCategory" not in built.report["classes"]
    assert built.report["classes"]["Indicator"] == 7


@pytest.mark.parametrize(
    "bodies", ["云台镇和柳树镇人民政府", "云台镇、柳树镇人民政府", "县供销社、云台镇和柳树镇人民政府", "云台镇、柳树镇、南湖乡人民政府"]
)
def test_places_that_share_the_word_for_their_governments_are_named(tmp_path: Path, bodies: str) -> None:
    source = tmp_path / "plan.md"
    work = f"## 一、重点任务\n\n（一）试点授粉。由县果业服务中心牵头，{bodies}配合做好对接。\n"
    source.write_text(f"# 云洲县蜂业发展规划（2026—2030年）\n\n云政发〔2026〕4号\n\n{work}", encoding="utf-8")
    assert build([source], tmp_path / "out").findings == []
    assert check_exports(tmp_path / "out") == []
    assert "云台镇人民政府" in (tmp_path / "out" / "nodes.csv").read_text(encoding="utf-8")
