"""Mending what copies break: paragraphs, titles and tables put together, and nothing else."""

from __future__ import annotations

import time

import pytest

from yangfan.readers.read import read_bytes
from yangfan.readers.repair import close_gaps, join_broken, part_glued, part_headings, rebuild_tables
from yangfan.readers.titles import is_title, join_titles, starts_item


def paragraphs(*texts: str) -> list[tuple[str, str]]:
    return [("paragraph", text) for text in texts]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("8.开展出行应用。推动高精度服务进入汽车，打造数字交通。（牵头部", "门：市交通委、市水务局）"),
        ("——产业生态进一步完善。健全政策法规，加强研发、测", "试、标准等公共服务能力，推动建设创新中心。"),
        ("要深入落实各项部署，加快全程、全面、高质、高效转型升级，", "为保障供给提供有力支撑。"),
        ("推进宜机化建设，改善作业效率。选育或引进2-3", "个适宜机械化生产的品种。"),
        ("到2028年，新建托育园30", "家，普惠托位占比达到六成。"),
        ("支持本地苗企参与良种联合攻关，推进种业基地提档升级，到2028年累计推广优质果苗和茶苗", "300万株。新建苗圃18处。"),
        (
            "为深入贯彻落实有关决策部署，加快推进新型网络基础设施建设，促进新一代信息技术与实体经济深度融合，更好支撑经济社会数字化转型"
            "和高质量发展，满足人民群众对美好生活的",
            "需要，制定本方案。",
        ),
    ],
)
def test_a_paragraph_broken_in_a_sentence_is_joined(before: str, after: str) -> None:
    assert join_broken(paragraphs(before, after)) == paragraphs(before + after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("（一）聚焦减损提质，推动粮食生产机械化高质高效发展", "继续推进主要粮食作物生产全程机械化，提高机具适应性。"),
        ("某市水务局", "2025年3月1日"),
        ("某市水务局2025", "年报，一并公布。"),
        ("为加快发展，制定本方案。现印发给你们", "一、总体要求"),
        ("建设网络。责任单位：市水务局、市数据局", "到2027年，建成监测点500个。"),
        ("一、总体要求", "坚持节水优先，统筹建设与管理。"),
        ("各区要落实。附件另发", "某市人民政府办公厅"),
        ("王某 教授、某大学原校长", "李某 研究员、某研究院副院长"),
        ("有关事项通知如下：", "坚持节水优先。"),
        ("聚焦降本，抓好示范，提升种养水平", "支持农户改良品种，推广良法。"),
        ("支持本地苗企参与良种联合攻关与推广应用，推进种业基地提档升级和良种更新", "300万株果苗的推广由县林业局负责。"),
    ],
)
def test_lines_that_stand_for_themselves_stay_apart(before: str, after: str) -> None:
    assert join_broken(paragraphs(before, after)) == paragraphs(before, after)


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [
        ("到 2028 年，新建 5G 基站 20 个以上、泵站 8 座。", "到2028年，新建5G基站20个以上、泵站8座。"),
        ("2030 年，覆盖率达到 45% 左右（含 3 个县）。", "2030年，覆盖率达到45%左右（含3个县）。"),
        ("01 建设渔港，扩大港区 3 处。", "01 建设渔港，扩大港区3处。"),
        ("12. 60 个村先行，逐步推开。", "12. 60个村先行，逐步推开。"),
        ("第三条 2026 年起，每年新增 300 家。", "第三条 2026年起，每年新增300家。"),
        ("渔港（个，累计） 5 9 12", "渔港（个，累计） 5 9 12"),
        ("渔港（个，累计） 5", "渔港（个，累计） 5"),
        ("建设渔港 5 处", "建设渔港 5 处"),
    ],
)
def test_spaces_around_numbers_are_closed_in_running_text_and_kept_between_cells(spaced: str, closed: str) -> None:
    assert close_gaps([("paragraph", spaced)]) == [("paragraph", closed)]
    assert close_gaps([("row", spaced)]) == [("row", spaced)]


def test_headings_rows_and_bold_lines_are_never_joined() -> None:
    for kind in ("heading", "row", "bold", "title"):
        pieces = [("paragraph", "推进建设。加快研发、测"), (kind, "试和标准制定。")]
        assert join_broken(pieces) == pieces


@pytest.mark.parametrize(
    ("lines", "title", "joined"),
    [
        (["国务院关于印发", "“十五五”智慧水务规划的通知", "国发〔2026〕1号"], "", ["国务院关于印发“十五五”智慧水务规划的通知", "国发〔2026〕1号"]),
        (["中共中央 国务院", "关于加快智慧水务发展的意见"], "", ["中共中央 国务院关于加快智慧水务发展的意见"]),
        (["智慧水务", "三年行动", "计划", "一、总则"], "智慧水务三年行动计划", ["智慧水务三年行动计划", "一、总则"]),
        (["某市方案", "（2025-2027年）"], "某市方案（2025-2027年）", ["某市方案（2025-2027年）"]),
        (["某市人民政府", "2025年3月1日", "某市方案"], "", ["某市人民政府", "2025年3月1日", "某市方案"]),
        (["某市水务局", "某市数据局", "某市方案"], "", ["某市水务局", "某市数据局", "某市方案"]),
    ],
)
def test_titles_are_joined_where_their_lines_belong_together(lines: list[str], title: str, joined: list[str]) -> None:
    assert [text for _, text in join_titles(paragraphs(*lines), title)] == joined


def test_a_table_with_one_cell_to_a_line_is_put_together() -> None:
    cells = "专栏1 主要指标|序号|指标|预期值|属性|1|事故起数|下降15%|约束性|2|覆盖率|<1%|预期性|体制更加完善。"
    assert rebuild_tables(paragraphs(*cells.split("|"))) == [
        ("paragraph", "专栏1 主要指标"), ("row", "序号\t指标\t预期值\t属性"), ("row", "1\t事故起数\t下降15%\t约束性"),
        ("row", "2\t覆盖率\t<1%\t预期性"), ("paragraph", "体制更加完善。"),
    ]  # fmt: skip


def test_a_flattened_table_that_is_cut_off_keeps_its_whole_rows() -> None:
    cells = ["序号", "指标", "值", "1", "甲", "10", "2", "乙", "20", "3", "丙"]
    assert [kind for kind, _ in rebuild_tables(paragraphs(*cells))] == ["row", "row", "row", "paragraph", "paragraph"]


def test_a_word_that_only_looks_like_a_table_stays() -> None:
    assert rebuild_tables(paragraphs("序号", "1", "2", "3")) == paragraphs("序号", "1", "2", "3")


@pytest.mark.parametrize("text", ["关于加快智慧水务发展的意见", "某市三年行动计划（2025-2027年）", "关于印发《某市方案》的通知", "某局关于某事的函"])
def test_titles_read_like_titles(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize("text", ["二、保障措施", "制定本方案。", "第一章 规划", "某市水务局", "各区要制定方案。加强指导、规范"])
def test_headings_and_sentences_do_not_read_like_titles(text: str) -> None:
    assert not is_title(text)


@pytest.mark.parametrize(
    "text",
    "一、总则|（十二）强化|1.建设|3．建设|第三条 本规定|第一，要|一是加强|①建设|——坚持|专栏2 重点|附件：|2.1 职责|1.2.1国家级".split("|"),
)
def test_enumerators_are_seen(text: str) -> None:
    assert starts_item(text)


@pytest.mark.parametrize("text", ["2025年", "1.3万亿斤", "一定要", "（2025年）", "附件所列", "一律"])
def test_numbers_and_words_are_no_enumerators(text: str) -> None:
    assert not starts_item(text)


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    def seconds(count: int) -> float:
        body = "".join(f"第{i}段推进建设，加快研发、测\n试和标准制定，覆盖{i}个区域，\n\n" for i in range(count))
        data = f"# 某市方案\n\n{body}各区要落实。".encode()
        times = []
        for _ in range(3):
            started = time.process_time()
            read_bytes(data, "plan.md", ".md")
            times.append(time.process_time() - started)
        return min(times)

    assert seconds(16_000) < 16 * 3 * seconds(1_000)


def test_a_table_of_contents_with_leaders_is_no_text() -> None:
    entries = [f"{number}、推进船舶更新{'…' * 12}{page}" for number, page in (("一", 1), ("二", 2), ("三", 4))]
    found = read_bytes("\n\n".join(["海州市渔业发展行动计划", "目 录", *entries, "一、推进船舶更新", "支持企业。"]).encode(), "plan.txt", ".txt")
    assert found.text.splitlines() == ["海州市渔业发展行动计划", "一、推进船舶更新", "支持企业。"]


def test_a_table_of_contents_without_leaders_is_told_by_its_heading_and_its_pages() -> None:
    def lines(*entries: str) -> list[str]:
        text = "\n\n".join(["海州市渔业发展行动计划", *entries, "第一章 发展基础", "渔船增多。"])
        return read_bytes(text.encode(), "plan.txt", ".txt").text.splitlines()[1:-2]

    assert lines("目 录", "第一章 发展基础 1", "第二章 总体要求 3", "第三章 保障措施 3") == []
    assert lines("第一章 发展基础 1", "第二章 总体要求 3", "第三章 保障措施 3") != []
    assert len(lines("目 录", "第一章 发展基础 9", "第二章 总体要求 3", "第三章 保障措施 2")) == 4


def test_page_numbers_and_heads_that_a_converter_left_go_and_sentences_run_on() -> None:
    wide = "到2028年，全市海水养殖面积稳定在九十万亩以上，" * 3 + "深远海"
    head = "海州市渔业行动计划"
    pages = ("# 海州市渔业行动计划", "- 1 -", head, "一、主要目标", wide, "- 2 -", head, "养殖产量达到四万吨。", "— 3 —", head, "二、推进船舶更新")
    kept = ["海州市渔业行动计划", "一、主要目标", wide + "养殖产量达到四万吨。", "二、推进船舶更新"]
    assert read_bytes("\n\n".join(pages).encode(), "plan.md", ".md").text.splitlines() == kept
    backwards = "\n\n".join(pages).replace("- 2 -", "- 5 -").encode()
    assert read_bytes(backwards, "plan.md", ".md").text.count(head) > 1


def test_a_card_of_fields_in_cells_is_metadata_and_a_box_of_other_pages_is_left_out() -> None:
    page = (
        "# 海州市渔业发展行动计划\n\n| 信息索引号 | 015-3 | 有效性 | 有效 |\n|---|---|---|---|\n"
        "| 发文机关 | 海州市海洋局 | 发文字号 | 海政办〔2026〕17号 |\n\n"
        "一、推进船舶更新\n\n支持企业。\n\n## 热点服务\n\n- 船舶登记一件事\n- 港口经营许可\n"
    )
    found = read_bytes(page.encode(), "plan.md", ".md")
    assert found.metadata["number"] == "海政办〔2026〕17号"
    assert found.text.splitlines() == ["海州市渔业发展行动计划", "一、推进船舶更新", "支持企业。"]


def test_a_name_that_is_opened_goes_on_with_the_line_that_closes_it() -> None:
    before, after = "根据《海州市绿色遗产保护规划", "（2026—2035年）》，结合我市实际，制定本方案。"
    assert join_broken(paragraphs(before, after)) == paragraphs(before + after)
    apart = [("apart", "关于印发《海州市渔港保护"), ("apart", "工作方案》的通知"), ("paragraph", "各区人民政府：")]
    assert join_titles(apart, "") == [("apart", "关于印发《海州市渔港保护工作方案》的通知"), ("paragraph", "各区人民政府：")]


def test_ordinals_that_go_on_with_a_sentence_are_no_item() -> None:
    before, after = "一级渔港每月至少检查一次，", "二、三级渔港每季度至少检查一次。"
    assert join_broken(paragraphs(before, after)) == paragraphs(before + after)


def test_a_heading_that_a_copy_ran_into_a_paragraph_is_parted_where_the_headings_count_on() -> None:
    glued = paragraphs("四、建设渔港", "（一）更新渔船。避免重复建设。五、优化渔业布局", "（二）培育企业。", "六、保障措施")
    assert [text for _, text in part_headings(glued)][1:3] == ["（一）更新渔船。避免重复建设。", "五、优化渔业布局"]
    for after in ("五、保障措施", "七、保障措施"):
        apart = [*glued[:3], *paragraphs(after)]
        assert part_headings(apart) == apart
    assert part_headings(glued[1:]) == glued[1:]


def test_items_that_a_copy_ran_together_are_parted_where_their_numbers_count_on() -> None:
    glued = paragraphs("1. 建设渔港。", "2. 培育企业。（交通局负责）3.60个村完成改造。", "4. 更新渔船。")
    assert [text for _, text in part_glued(glued)] == ["1. 建设渔港。", "2. 培育企业。（交通局负责）", "3. 60个村完成改造。", "4. 更新渔船。"]
    without = paragraphs("2. 培育企业。见表3.渔港数。", "3. 更新渔船。")
    assert part_glued(without) == without


def test_a_table_of_markdown_may_mark_its_columns_with_one_dash() -> None:
    found = read_bytes("# 海州市渔业方案\n\n| 区 | 渔港（个） |\n|:-:|:--|\n| 南湖区 | 3 |".encode(), "plan.md", ".md")
    assert [found.text[line.start : line.end] for line in found.lines if line.kind == "row"] == ["区\t渔港（个）", "南湖区\t3"]
