"""Markdown as it is found: front matter, crawled headers, residue of marks, HTML bodies, lists of downloads."""

from __future__ import annotations

from yangfan.core.model import Document
from yangfan.readers.read import read_bytes


def read(text: str) -> Document:
    return read_bytes(text.encode(), "plan.md", ".md")


def lines(document: Document) -> list[str]:
    return [f"{line.kind}: {document.text[line.start : line.end]}" for line in document.lines]


def test_front_matter_gives_metadata_and_no_text() -> None:
    document = read("\ufeff\n---\ntitle: '某市方案'\nauthor: 某报\ndate: Tue, 13 Jul 2021 11:52:05 GMT\ntags:\n - a\n---\n\n正文。\n")
    assert document.metadata == {"title": "某市方案", "author": "某报", "date": "2021-07-13", "format": "md"}
    assert lines(document) == ["title: 某市方案", "paragraph: 正文。"]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert lines(read("---\n\n# 某市方案\n\n正文。\n")) == ["heading: 某市方案", "paragraph: 正文。"]


def test_crawled_headers_become_metadata_whatever_their_form() -> None:
    text = (
        "## 文档 ：某市方案.md\n\n### 基本信息\n- **文档类型**：政策类\n- **发布日期**：2024年5月6日\n- **文件名称**：某市方案（2024-2026年）\n"
        "**检索时间**: 2026-01-01 00:00:00\n**附件**:\n- [图.pdf](./图.pdf) (pdf)\n\n---\n\n## 政策全文\n\n某市方案\n\n（2024-2026年）\n\n一、总则\n"
        "\n**更新时间**: 2026-01-01 00:00:00\n"
    )
    document = read(text)
    assert document.metadata == {"title": "某市方案（2024-2026年）", "date": "2024-05-06", "format": "md"}
    assert lines(document) == ["paragraph: 某市方案（2024-2026年）", "paragraph: 一、总则"]


def test_a_title_that_a_converter_took_from_the_file_name_is_cleaned() -> None:
    assert read("# 文档：某市方案.docx\n\n正文。\n").metadata["title"] == "某市方案"


def test_residue_of_bold_marks_goes() -> None:
    document = read("# 通知\n\n**某市行动方案（2026—2030年****）**\n\n\u3000**一、总体\u3000要求**\n\n加快**重点**领域建设。\n")
    assert lines(document)[1:] == ["bold: 某市行动方案（2026—2030年）", "bold: 一、总体 要求", "paragraph: 加快重点领域建设。"]


def test_marks_of_emphasis_go_and_other_asterisks_stay() -> None:
    text = "完成迁建。*由甲局牵头，乙局配合。*\n\n*甲局负责*\n\n展板3米*2米、2米*2米。\n\n注：*为约束性指标，*号以外为预期性指标。\n"
    assert lines(read(text)) == [
        "paragraph: 完成迁建。由甲局牵头，乙局配合。", "paragraph: 甲局负责",
        "paragraph: 展板3米*2米、2米*2米。", "paragraph: 注：*为约束性指标，*号以外为预期性指标。",
    ]  # fmt: skip


def test_enumerators_are_kept_and_bullets_go() -> None:
    document = read("# 某市方案\n\n1. 建设网络。\n2. 建设平台。\n\n- 培育企业。\n* 开放场景。\n")
    assert lines(document)[1:] == ["paragraph: 1. 建设网络。", "paragraph: 2. 建设平台。", "item: 培育企业。", "item: 开放场景。"]


def test_tables_are_rows_with_tabs() -> None:
    document = read("# 某市方案\n\n| 指 标 | 2027年 |\n|---|:--:|\n| 覆盖率 | **95%** |\n| 甲\\|乙 | 3 |\n")
    assert lines(document)[1:] == ["row: 指标\t2027年", "row: 覆盖率\t95%", "row: 甲|乙\t3"]


def test_links_pictures_entities_and_stray_tags_are_taken_off() -> None:
    text = "# 某市方案\n\n![图](a.png)按照[《条例》](http://a.example/b)要求，&ldquo;稳步&rdquo;推进<u>建设</u>，误差<1%。\n> 各区要落实。\n"
    assert lines(read(text))[1:] == ["paragraph: 按照《条例》要求，“稳步”推进建设，误差<1%。", "paragraph: 各区要落实。"]


def test_lists_of_downloads_and_highlights_below_the_text_go() -> None:
    text = (
        "# 某市方案\n\n各区要落实。\n\n【相关附件】\n- [图.pdf](/a.pdf)\n\n【原文下载】\n- [某市方案.pdf](/b.pdf)\n\n"
        "【高亮说明】\n• 绿色 (评分85/100)\n"
    )
    assert lines(read(text)) == ["heading: 某市方案", "paragraph: 各区要落实。"]


def test_headlines_of_the_day_below_the_text_go_and_those_above_do_not_take_its_title() -> None:
    text = ["# 某市方案", *(f"{place}要落实。" for place in ("各区", "各县", "各乡", "各镇"))]
    below = "\n\n".join(text) + "\n\n今日要闻\n\n现场会召开 到2027年造林1亿亩\n\n平台上线\n\n主办：某市政府。\n"
    assert lines(read(below))[4:] == ["paragraph: 各镇要落实。", "paragraph: 主办：某市政府。"]
    above = "今日要闻\n\n某市方案\n\n各区要落实。\n\n各县要落实。\n"
    assert "paragraph: 某市方案" in lines(read(above))


def test_an_html_body_is_read_as_html() -> None:
    document = read("---\ntitle: 某市方案\n---\n<div>\n<p>\n<strong>一、总则</strong>\n</p>\n<p>各区要<span>落实</span>。</p></div>\n")
    assert lines(document) == ["title: 某市方案", "bold: 一、总则", "paragraph: 各区要落实。"]


def test_setext_rules_fences_and_escapes_leave_only_text() -> None:
    assert lines(read("某市方案\n====\n\n```\n1\\. 建设网络。\n```\n")) == ["paragraph: 某市方案", "paragraph: 1. 建设网络。"]


def test_text_wrapped_by_hand_is_put_together() -> None:
    body = "为加快智慧水务发展，提升城市治理能力，推动水务行业数字化转型，促进高质量发展，根据国家有关规划和本市实际，制定本方案并组织实施。"
    wrapped = "\n".join(body[i : i + 20] for i in range(0, len(body), 20))
    document = read(f"# 某市方案\n\n{wrapped}\n\n一、总体要求\n\n{wrapped}\n")
    assert lines(document) == ["heading: 某市方案", f"paragraph: {body}", "paragraph: 一、总体要求", f"paragraph: {body}"]


def test_very_long_lines_of_marks_are_read_in_linear_time() -> None:
    for mark in ("[", "**", "- ", "`", "|", "<", "\u3000", "](", "* *", "大 ", "<!-- -->"):
        document = read("# 某市方案\n\n正文。\n" + mark * 20_000 + "文\n")
        assert document.text.startswith("某市方案\n正文。")


def test_a_page_number_within_a_bracket_is_left_out_and_one_by_itself_is_not() -> None:
    broken = "（一）建设渔港。（责任单位：市海洋局、各乡镇人民政\n\n— 3 —\n\n府）\n"
    assert lines(read(f"# 某市方案\n\n{broken}"))[1:] == ["paragraph: （一）建设渔港。（责任单位：市海洋局、各乡镇人民政府）"]
    assert "— 3 —" in read("# 某市方案\n\n渔港共有。\n\n— 3 —\n\n座（含在建）。\n").text
