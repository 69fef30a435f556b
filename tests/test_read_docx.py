"""DOCX: numbers from the numbering definitions, tables with merged cells, pasted Markdown, damaged files."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.docx_files import append_xml, centre, define_list, number, replace_part, write
from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.numbering import chinese, write_number
from yangfan.readers.read import read_bytes


def read(data: bytes) -> Document:
    return read_bytes(data, "plan.docx", ".docx")


def lines(document: Document) -> list[str]:
    return [f"{line.kind}: {document.text[line.start : line.end]}" for line in document.lines]


def plain(opened: Any) -> None:
    opened.add_paragraph("某市智慧水务方案", style="Title")
    opened.add_paragraph("一、总则")
    opened.add_paragraph("各区要落实。")


def test_numbers_kept_in_the_numbering_definitions_come_out() -> None:
    def build(opened: Any) -> None:
        define_list(opened, 71, [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
        opened.add_paragraph("某市智慧水务方案", style="Title")
        for level, text in (
            (0, "总体要求"), (1, "指导思想。以节水为先。"), (1, "主要目标"), (0, "重点任务"), (1, "建设网络"), (2, "布设监测点"),
            (2, "联通平台"),
        ):  # fmt: skip
            number(opened.add_paragraph(text), 71, level)

    assert lines(read(write(build))) == [
        "heading: 某市智慧水务方案", "paragraph: 一、总体要求", "paragraph: （一）指导思想。以节水为先。", "paragraph: （二）主要目标",
        "paragraph: 二、重点任务", "paragraph: （一）建设网络", "paragraph: 1.布设监测点", "paragraph: 2.联通平台",
    ]  # fmt: skip


def test_lists_that_share_a_definition_run_on_unless_restarted() -> None:
    def build(opened: Any) -> None:
        define_list(opened, 71, [("decimal", "%1.")])
        define_list(opened, 72, [], shared=71)
        define_list(opened, 73, [], shared=71, start=1)
        for identity, text in ((71, "甲项"), (71, "乙项"), (72, "丙项"), (73, "丁项"), (73, "戊项")):
            number(opened.add_paragraph(text), identity)

    assert [line.split(": ")[1] for line in lines(read(write(build)))] == ["1.甲项", "2.乙项", "3.丙项", "1.丁项", "2.戊项"]


def test_a_heading_is_numbered_by_its_style() -> None:
    def build(opened: Any) -> None:
        define_list(opened, 71, [("chineseCounting", "第%1章"), ("decimal", "%1.%2")])
        for level, name in enumerate(("Heading 1", "Heading 2")):
            properties = opened.styles[name].element.get_or_add_pPr()
            properties.append(number(opened.add_paragraph(), 71, level)._p.pPr.numPr)
        opened.add_paragraph("总则", style="Heading 1")
        opened.add_paragraph("适用范围", style="Heading 2")
        number(opened.add_paragraph("不编号", style="Heading 2"), 0)

    assert lines(read(write(build))) == ["heading: 第一章 总则", "heading: 一.1 适用范围", "heading: 不编号"]


def test_bullets_are_items_without_a_mark() -> None:
    def build(opened: Any) -> None:
        plain(opened)
        define_list(opened, 71, [("bullet", "\uf0b7")])
        number(opened.add_paragraph("开放场景。"), 71)

    assert lines(read(write(build)))[-1] == "item: 开放场景。"


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (21, "chineseCounting", "二十一"), (10, "japaneseCounting", "十"), (110, "chineseCounting", "一百一十"), (3, "chineseLegalSimplified", "叁"),
        (25, "ideographDigital", "二五"), (2, "ideographTraditional", "乙"), (4, "decimalEnclosedCircleChinese", "④"), (7, "decimalZero", "07"),
        (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (2, "decimalFullWidth", "2"), (0, "chineseCounting", "0"), (5, "none", ""),
    ],
)  # fmt: skip
def test_number_formats(count: int, form: str, text: str) -> None:
    assert write_number(count, form) == text


@settings(deadline=None)
@given(st.integers(1, 99))
def test_chinese_numbers_are_read_back_the_same(count: int) -> None:
    from yangfan.text.numerals import parse_count

    assert parse_count(chinese(count)) == count


def test_tables_become_rows_and_merged_cells_are_told() -> None:
    def build(opened: Any) -> None:
        plain(opened)
        table = opened.add_table(4, 4)
        rows = ("指 标|2025年|2027年|属性", "覆盖率|80%|95%|约束性", "监测点|100|500|", "二、其他|||")
        for row, texts in enumerate(line.split("|") for line in rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 3).merge(table.cell(2, 3))
        table.cell(3, 0).merge(table.cell(3, 3))
        table.cell(1, 0).paragraphs[0].add_run("\n（全市）")

    assert lines(read(write(build)))[3:] == [
        "row: 指标\t2025年\t2027年\t属性", "row: 覆盖率（全市）\t80%\t95%\t约束性", "row: 监测点\t100\t500\t约束性", "row: 二、其他",
    ]  # fmt: skip


def test_a_frame_around_text_is_read_as_text() -> None:
    def build(opened: Any) -> None:
        plain(opened)
        cell = opened.add_table(1, 1).cell(0, 0)
        cell.text = "专栏1 重点工程"
        cell.add_paragraph("1.水务感知工程。建设监测点。")

    assert lines(read(write(build)))[3:] == ["paragraph: 专栏1 重点工程", "paragraph: 1.水务感知工程。建设监测点。"]


def test_insertions_stay_and_deletions_fields_and_contents_go() -> None:
    def build(opened: Any) -> None:
        plain(opened)
        append_xml(
            opened,
            "<w:p><w:r><w:t>建设</w:t></w:r><w:ins><w:r><w:t>智能</w:t></w:r></w:ins><w:del><w:r><w:delText>普通</w:delText></w:r></w:del>"
            "<w:r><w:t>网络</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:t>。</w:t></w:r></w:p>"
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
            "<w:p><w:r><w:t>目录项</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的段落。</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        )

    assert lines(read(write(build)))[3:] == ["paragraph: 建设智能网络 。", "paragraph: 控件里的段落。"]


def test_a_title_of_several_centred_lines_is_one() -> None:
    def build(opened: Any) -> None:
        for text in ("某市人民政府关于印发", "智慧水务建设试点方案的通知"):
            run = centre(opened.add_paragraph()).add_run(text)
            run.bold, run.font.size = True, Pt(22)
        opened.add_paragraph("各区人民政府：")
        opened.add_paragraph("2025年3月1日")

    document = read(write(build))
    assert document.metadata["title"] == "某市人民政府关于印发智慧水务建设试点方案的通知"
    assert lines(document)[0] == "bold: 某市人民政府关于印发智慧水务建设试点方案的通知"
    assert document.warnings == ()


def test_the_head_of_a_paper_and_its_number_are_no_part_of_the_title_below_them() -> None:
    def build(opened: Any) -> None:
        for text in ("海州市人民政府办公室文件", "海政办发〔2026〕23号", "海州市人民政府办公室关于加快", "渔港高质量发展的实施意见"):
            opened.add_paragraph().add_run(text).bold = True
        opened.add_paragraph("各区要落实。")

    document = read(write(build))
    assert document.metadata["title"] == "海州市人民政府办公室关于加快渔港高质量发展的实施意见"
    assert lines(document)[:3] == [
        "bold: 海州市人民政府办公室文件", "bold: 海政办发〔2026〕23号", "bold: 海州市人民政府办公室关于加快渔港高质量发展的实施意见",
    ]  # fmt: skip


def test_a_title_whose_last_line_begins_with_its_bracket_is_one_and_the_number_below_is_none() -> None:
    def build(opened: Any) -> None:
        for text in ("某市人民政府关于印发", "某市智慧水务建设试点方案", "（2026—2028年）的通知", "某政发〔2026〕5号"):
            centre(opened.add_paragraph()).add_run(text)
        opened.core_properties.title = "某政发〔2026〕5号"
        opened.add_paragraph("各区人民政府：")

    document = read(write(build))
    assert document.metadata["title"] == "某市人民政府关于印发某市智慧水务建设试点方案（2026—2028年）的通知"
    assert document.text.split("\n")[:2] == [document.metadata["title"], "某政发〔2026〕5号"]


def test_an_attachments_mark_is_no_title_and_a_centred_title_may_end_with_any_word() -> None:
    def build(opened: Any) -> None:
        opened.add_paragraph("附件4")
        for text in ("某省海洋牧场与渔港经济", "提升行动"):
            centre(opened.add_paragraph()).add_run(text)
        opened.add_paragraph("一、主要目标")
        opened.add_paragraph("到2027年，建成渔港经济区12个。")

    document = read(write(build))
    assert document.metadata["title"] == "某省海洋牧场与渔港经济提升行动"
    assert document.text.split("\n")[:2] == ["附件4", "某省海洋牧场与渔港经济提升行动"]


def test_a_title_broken_by_soft_breaks_is_one_line_and_other_soft_breaks_end_lines() -> None:
    def build(opened: Any) -> None:
        opened.add_paragraph("关于印发智慧水务\n建设试点方案的通知", style="Title")
        opened.add_paragraph("某市水务局\n某市数据局\n2025年3月1日")

    document = read(write(build))
    assert document.metadata["title"] == "关于印发智慧水务建设试点方案的通知"
    assert document.text.split("\n") == ["关于印发智慧水务建设试点方案的通知", "某市水务局", "某市数据局", "2025年3月1日"]


def test_markdown_pasted_into_paragraphs_is_read_as_markdown() -> None:
    markdown = (
        "# 某市“智慧水务”方案\n\n**发布日期**: 2025年3月1日\n**发布机构**: 某市水务局\n\n---\n\n## 政策全文\n\n某市水务局\n2025年2月28日\n\n"
        "一、总则\n\n（一）建设网络。到2027年，建成监测点，优化\n\n供水调度系统。\n\n**更新时间**: 2026-01-01\n"
    )

    def build(opened: Any) -> None:
        centre(opened.add_paragraph()).add_run("某市智慧水务方案").bold = True
        for block in markdown.split("\n\n"):
            opened.add_paragraph(block)
        opened.add_paragraph().add_run("【高亮说明】").bold = True
        opened.add_paragraph("• 绿色高亮 (评分85/100)")

    document, copy = read(write(build)), read_bytes(markdown.encode(), "plan.md", ".md")
    assert document.text == copy.text
    assert [line.kind for line in document.lines] == [line.kind for line in copy.lines]
    assert document.metadata | {"format": ""} == copy.metadata | {"format": ""}
    assert "建成监测点，优化供水调度系统。" in document.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 and no more", "a damaged archive"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "a damaged Word file"),
    ],
)
def test_what_is_no_docx_is_a_clear_fault(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(data)


def test_an_archive_of_something_else_is_a_clear_fault() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("notes.txt", "x")
    with pytest.raises(ReadError, match=r"an archive \(ZIP\) of something else"):
        read(out.getvalue())


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"]
)
@pytest.mark.parametrize("content", [b"", b"<broken", b"<x/>"])
def test_a_damaged_docx_is_a_clear_fault_or_still_read(part: str, content: bytes) -> None:
    with suppress(ReadError):
        assert "各区要落实。" in read(replace_part(write(plain), part, content)).text


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_docx_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    good = write(plain)
    broken = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=8)):
        broken[place] ^= data.draw(st.integers(1, 255))
    with suppress(ReadError):
        assert read(bytes(broken)).text
