from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extracting import outline
from yangfan.extract.outline import Outline


def _tree(found: Outline) -> list[tuple[int, str]]:
    return [(len(found.ancestors(item)), found.label(item)) for item in found.items]


def test_levels_come_from_the_kind_of_enumerator() -> None:
    found = outline(
        "一、总体要求", "（一）指导思想。以海兴市。", "二、重点任务", "（二）加强研发。", "1.建设平台。支持企业。"
    )
    assert _tree(found) == [(0, "总体要求"), (1, "指导思想"), (0, "重点任务"), (1, "加强研发"), (2, "建设平台")]


def test_numbering_that_runs_on_across_parents_keeps_its_level() -> None:
    found = outline(
        "一、加强研发", "（一）建设平台。", "二、拓展应用", "（二）开放场景。", "三、加强保障", "（三）培养人才。"
    )
    assert [depth for depth, _ in _tree(found)] == [0, 1, 0, 1, 0, 1]


def test_chapters_and_sections_stand_above_items() -> None:
    found = outline("第一章 总则", "第一节 目标", "一、分项目标", "第二章 任务")
    assert [depth for depth, _ in _tree(found)] == [0, 1, 2, 0]


def test_a_head_ends_at_the_first_full_stop_of_its_paragraph() -> None:
    found = outline("（一）加强统筹协调。建立会商机制，定期研究。")
    item = found.items[0]
    assert found.label(item) == "加强统筹协调"
    assert found.text[item.body.start : item.body.end] == "建立会商机制，定期研究。"


def test_a_spoken_enumerator_inside_a_paragraph_opens_an_item_only_where_the_numbers_run_on() -> None:
    found = outline("下面介绍三方面情况：一是建设平台。支持企业。二是培养人才。办好学校。三是开放数据。")
    assert [found.label(item) for item in found.items] == ["建设平台", "培养人才", "开放数据"]
    assert outline("各地口径要统一是有过程的，目前另一是样本不足。").items == []


def test_spoken_enumerators_run_on_over_a_broken_paragraph() -> None:
    found = outline("（一）重点工作。一是建设平台。支持企业。二是规范秩序。", "放管结合。营造环境。三是加强引导。把握趋势。")
    assert [label for _, label in _tree(found)] == ["重点工作", "建设平台", "规范秩序", "加强引导"]
    apart = outline("（一）重点工作。一是建设平台。二是规范秩序。", "放管结合。", "营造环境。三是渔民。")
    assert [label for _, label in _tree(apart)] == ["重点工作", "建设平台", "规范秩序"]


def test_a_heading_that_runs_into_its_first_bullet_is_parted_from_it_where_others_follow() -> None:
    found = outline("（一）基本原则——统筹推进。坚持系统。", "——需求牵引。以用促建。", "（二）建设航线。")
    assert _tree(found) == [(0, "基本原则"), (1, "统筹推进"), (1, "需求牵引"), (0, "建设航线")]
    assert [label for _, label in _tree(outline("（一）建设海州港——南湖港航线。开通客运。", "支持企业。"))] == ["建设海州港——南湖港航线"]


def test_flattened_minor_enumerators_are_found_behind_a_full_stop() -> None:
    found = outline("一、重点任务。主要做好两项工作。（一）建设平台。支持企业。（二）培养人才。办好学校。")
    assert [found.label(item) for item in found.items][1:] == ["建设平台", "培养人才"]


def test_a_bracket_of_responsible_bodies_is_no_part_of_a_heading() -> None:
    found = outline("（一）加强统筹协调（责任单位：市科委、市财政局）", "建立会商机制。")
    assert found.label(found.items[0]) == "加强统筹协调"


def test_a_journalists_question_opens_a_section_and_the_answer_does_not() -> None:
    found = outline(
        "海州日报：请介绍背景。", "王明：好的。", "海州晚报：有哪些举措？", "王明：一是建设平台。二是培养人才。"
    )
    assert _tree(found) == [(0, "请介绍背景"), (0, "有哪些举措"), (1, "建设平台"), (1, "培养人才")]
    assert outline("供稿单位：海州日报社网").items == []


_HEADS = st.sampled_from(
    ["加强研发", "建设平台", "培养人才。支持学校办学。", "总体要求", "保障措施：", "到2026年，规模达到3亿元。"]
)
_MARKS = st.sampled_from(
    ["一、", "二、", "（一）", "（三）", "1.", "2．", "第一章 ", "第二节 ", "一是", "第一，", "——", "专栏1 ", ""]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(_MARKS, _HEADS), max_size=14))
def test_every_outline_is_a_tree_whose_spans_lie_within_the_text(parts: list[tuple[str, str]]) -> None:
    found = outline(*(mark + head for mark, head in parts))
    for index, item in enumerate(found.items):
        assert 0 <= item.start <= item.head.start <= item.head.end <= len(found.text)
        assert item.body.start <= item.body.end <= item.end <= len(found.text)
        assert item.parent < index
        if item.parent >= 0:
            parent = found.items[item.parent]
            assert parent.rank < item.rank
            assert index in parent.children
            assert item.end <= parent.end
    starts = [item.start for item in found.items]
    assert starts == sorted(set(starts))
    for position in range(0, len(found.text), 7):
        item_at = found.at(position)
        assert item_at is None or item_at.start <= position < item_at.end


def test_a_text_whose_paragraphs_were_lost_keeps_its_tree() -> None:
    filler = "港口运行保持平稳，各项工作有序开展。" * 30
    found = outline(
        f"各区人民政府：现提出以下意见：一、总体要求（一）指导思想。{filler}（二）工作目标。{filler}二、重点任务（三）建设智慧码头。{filler}"
        f"（市交通局负责）（四）完善疏港铁路。{filler}（市发展改革委）三、保障措施（五）加强组织领导。{filler}（见第（二）项）"
    )
    assert _tree(found) == [
        (0, "总体要求"), (1, "指导思想"), (1, "工作目标"), (0, "重点任务"), (1, "建设智慧码头"), (1, "完善疏港铁路"),
        (0, "保障措施"), (1, "加强组织领导"),
    ]  # fmt: skip


def test_a_heading_of_how_the_plan_is_carried_out_ends_where_its_text_runs_into_it() -> None:
    found = outline("一、总体要求以新时代思想为指导，推进渔港建设。", "二、建设渔港", "三、加强组织实施各地区、各部门要坚决落实部署，提高站位。")
    assert [found.label(item) for item in found.items] == ["总体要求", "建设渔港", "加强组织实施"]
    assert found.text[found.items[2].body.start : found.items[2].body.end] == "各地区、各部门要坚决落实部署，提高站位。"
    plain = outline("一、加强组织实施体系建设，完善机制。", "二、加强组织实施。各地区要落实。")
    assert [plain.label(item) for item in plain.items] == ["加强组织实施体系建设，完善机制", "加强组织实施"]


def test_a_comma_in_a_cited_title_or_in_brackets_does_not_end_a_head() -> None:
    long = "推动养老服务、助餐服务、家政服务、托育服务和家庭病床服务融合发展并向农村地区延伸覆盖"
    for cited in ("《关于提升服务，改善民生的意见》", "（县级，乡级）"):
        found = outline(f"（一）落实{cited}，{long}。", f"（二）完善服务，{long}。")
        assert [found.label(item) for item in found.items] == [f"落实{cited}", "完善服务"]


def test_an_annex_that_the_title_of_the_paper_sends_out_is_the_paper_and_no_annex() -> None:
    lines = ("附件", "海兴市2026年重点工作清单", "一、年度目标", "二、保障措施")
    sent_out = outline(*lines, title="海兴市人民政府关于印发《海兴市2026年重点工作清单》的通知")
    assert _tree(sent_out) == [(0, "年度目标"), (0, "保障措施")]
    assert _tree(outline(*lines, title="海兴市人民政府关于加强海洋工作的意见"))[0] == (0, "海兴市2026年重点工作清单")
