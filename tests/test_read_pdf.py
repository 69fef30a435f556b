"""PDF with a text layer: lines to paragraphs, furniture out, ruled tables, and clear faults for what has no text."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.pdf_files import FONT, LONG, SENTENCES, column, write, write_hard
from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.read import read_bytes


def read(data: bytes) -> Document:
    return read_bytes(data, "plan.pdf", ".pdf")


def texts(document: Document) -> list[str]:
    return document.text.split("\n")


def test_broken_lines_are_joined_and_what_stands_apart_stays_apart() -> None:
    parts = [
        ("title", "关于印发《某市新型网络应用"), ("title", "三年行动计划（2025—2027年）》的通知"), ("p", "各区人民政府，市政府有关部门："),
        ("p", LONG * 3), ("p", "一、总体要求"), ("p", f"（一）主要目标。{LONG}"), ("p", f"1.{LONG}"), ("right", "某市工业和信息化局"),
        ("right", "2025年3月1日"),
    ]  # fmt: skip
    document = read(write(parts))
    assert texts(document) == [
        "关于印发《某市新型网络应用三年行动计划（2025—2027年）》的通知", "各区人民政府，市政府有关部门：", LONG * 3, "一、总体要求",
        f"（一）主要目标。{LONG}", f"1.{LONG}", "某市工业和信息化局", "2025年3月1日",
    ]  # fmt: skip
    assert document.metadata == {"title": "关于印发《某市新型网络应用三年行动计划（2025—2027年）》的通知", "format": "pdf"}
    assert document.warnings == ()


def test_a_paragraph_over_two_pages_is_one_and_furniture_goes() -> None:
    document = read(write([("title", "某市行动计划"), *[("p", LONG * 4)] * 9, ("p", "2025年3月1日")], head="某市行动计划 第3期"))
    assert texts(document) == ["某市行动计划", *[LONG * 4] * 9, "2025年3月1日"]


def test_paragraphs_without_an_indent_end_where_a_gap_or_a_short_line_says_so() -> None:
    document = read(write([("title", "某市行动计划"), ("flush", LONG), ("flush", LONG * 2), ("flush", LONG)]))
    assert texts(document) == ["某市行动计划", LONG, LONG * 2, LONG]


def test_ruled_tables_become_rows_with_their_merged_cells_told() -> None:
    rows = [["序号", "指标", "目标值", "属性"], ["1", "示范企业\n（家）", "30", "预期性"], ["2", "网络覆盖率", "95%", ""], ["合计", "", "", "3"]]
    spans = [((3, 1), (3, 2)), ((0, 3), (2, 3))]
    document = read(write([("title", "某市行动计划"), ("p", LONG), ("table", (rows, spans)), ("p", "二、保障措施")]))
    assert texts(document)[2:] == [
        "序号\t指标\t目标值\t属性", "1\t示范企业（家）\t30\t预期性", "2\t网络覆盖率\t95%\t预期性", "合计\t\t\t3", "二、保障措施",
    ]  # fmt: skip
    assert [line.kind for line in document.lines][2:] == ["row"] * 4 + ["paragraph"]


def test_what_stands_on_lines_of_its_own_in_a_cell_is_parted_and_what_fills_the_cell_is_not() -> None:
    wide = ["任务", "责任单位"]
    rows = [wide, ["建设渔港", "市海洋局\n市统计局"], ["推进渔港码头和道路建设，开展\n试点", "各县（市、区）人民政府及所属渔港管理机构"]]
    assert texts(read(write([("title", "某市行动计划"), ("table", (rows, []))])))[1:] == [
        "任务\t责任单位",
        "建设渔港\t市海洋局 市统计局",
        "推进渔港码头和道路建设，开展试点\t各县（市、区）人民政府及所属渔港管理机构",
    ]


def test_a_row_that_goes_on_over_the_page_is_one() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for foot, head, cells in ((80, 140, ("7", "示范企业培育", "建设服务平台，")), (700, 760, ("", "和服务", "开放应用场景。"))):
        canvas.setFont(FONT, 10)
        for x in (100, 160, 280, 460):
            canvas.line(x, foot, x, head)
        canvas.line(100, foot + 30, 460, foot + 30)
        for x, text, other in zip((105, 165, 285), cells, ("8", "平台", "联通。"), strict=True):
            # The first page ends with the row's beginning, the second begins with its end.
            first, second = (other, text) if foot == 80 else (text, other)
            canvas.drawString(x, foot + 40, first)
            canvas.drawString(x, foot + 10, second)
        canvas.showPage()
    canvas.save()
    assert texts(read(out.getvalue())) == ["8\t平台\t联通。", "7\t示范企业培育和服务\t建设服务平台，开放应用场景。", "8\t平台\t联通。"]


def test_latin_words_keep_their_spaces() -> None:
    assert texts(read(write([("title", "某市行动计划"), ("p", "建设 Open Source 社区，推广5G应用。")])))[1] == "建设 Open Source 社区，推广5G应用。"


def test_pages_that_are_pictures_are_told() -> None:
    picture, page = _picture(), io.BytesIO()
    canvas = Canvas(page)
    canvas.setFont(FONT, 12)
    canvas.drawString(100, 700, "某市行动计划正文第一页的文字。2025年3月1日")
    canvas.showPage()
    canvas.drawInlineImage(picture, 0, 0, 500, 700)
    canvas.save()
    assert "1 of 2 pages are pictures without text" in read(page.getvalue()).warnings


def test_a_scan_without_text_is_a_clear_fault_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yangfan.readers.apart.is_here", lambda: False)
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawInlineImage(_picture(), 0, 0, 500, 700)
    canvas.save()
    with pytest.raises(ReadError, match=r"plan.pdf: a scanned PDF without a text layer \(1 pages\): pip install 'yangfan\[ocr\]' reads it"):
        read(page.getvalue())


def test_a_pdf_with_nothing_on_it_is_a_clear_fault() -> None:
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.showPage()
    canvas.save()
    with pytest.raises(ReadError, match="a PDF without a text layer"):
        read(page.getvalue())


def test_a_pdf_with_a_password_is_a_clear_fault() -> None:
    with pytest.raises(ReadError, match=r"plan.pdf: this PDF is protected by a password"):
        read(write([("p", LONG)], password="geheim"))


def test_columns_are_read_one_after_the_other_whatever_the_order_of_the_file() -> None:
    document = read(write_hard("columns"))
    assert texts(document)[1:] == ["".join(SENTENCES[:3]), "".join(SENTENCES[1:4]), "".join(SENTENCES[3:]), "".join(SENTENCES[2:5])]
    assert not any("side by side" in warning for warning in document.warnings)


def test_a_box_stands_between_the_paragraphs_and_is_joined_with_neither() -> None:
    document = read(write_hard("box"))
    assert texts(document)[1:] == [LONG, "专栏1 数字水务工程", "".join(SENTENCES[:3]), "".join(SENTENCES[3:5]), LONG]


def test_an_unruled_table_becomes_rows() -> None:
    document = read(write_hard("unruled"))
    assert texts(document)[1:] == [
        LONG, "表1 主要指标", "指标名称\t2024年\t2027年", "监测点数量（个）\t120\t500", "管网漏损率（%）\t9.5\t8", "智慧水厂（座）\t3\t12", LONG,
    ]  # fmt: skip


def test_an_unruled_table_with_cells_of_several_lines_keeps_each_cell_whole_over_pages() -> None:
    tasks = ("建立排水管网周期性检测评估制度并向社会公布结果，明确检测频次、内容和评估等级", "编印抢修手册")
    rows = [[str(number), tasks[number % 2], "市水务局", "市财政局、市住房城乡建设局、各区政府", "2026年2月"] for number in range(1, 31)]
    head = ["序号", "工作事项", "责任部门", "协同部门", "时间要求"]
    document = read(write([("p", "工作安排见下表。"), ("open", ([head, *rows], [30, 170, 85, 110, 60]))]))
    found = [document.text[line.start : line.end].split("\t") for line in document.lines if line.kind == "row"]
    assert found == [head, *rows]


def test_a_table_of_contents_is_left_out() -> None:
    assert texts(read(write_hard("contents"))) == ["某市数字水务行动计划", "一、总体要求", LONG]


def test_notes_stand_behind_the_paragraph_that_the_page_breaks() -> None:
    assert texts(read(write_hard("notes")))[1:] == [
        LONG * 3, "① 本计划所称监测点，是指市级平台接入的在线监测点。", "② 统计口径以市水务局年度公报为准。", LONG,
    ]  # fmt: skip


def test_a_tables_head_that_is_said_again_on_the_next_page_is_one() -> None:
    rows = [text for text in texts(read(write_hard("pages"))) if "\t" in text]
    assert rows == ["序号\t任务\t责任单位", *(f"{n}\t{SENTENCES[n % 6]}\t市水务局" for n in range(1, 9))]


def test_a_cover_page_gives_the_title_over_its_lines() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(FONT, 26)
    for number, text in enumerate(("某市“十五五”数字水务", "发展规划")):
        canvas.drawCentredString(A4[0] / 2, 560 - 44 * number, text)
    canvas.setFont(FONT, 16)
    for number, text in enumerate(("某市水务局", "二〇二六年三月")):
        canvas.drawCentredString(A4[0] / 2, 160 - 30 * number, text)
    canvas.showPage()
    y = column(canvas, 60, 760, "一、总体要求", 38)
    column(canvas, 60, y, LONG * 2, 38)
    canvas.save()
    document = read(out.getvalue())
    assert document.metadata["title"] == "某市“十五五”数字水务发展规划"
    assert texts(document) == ["某市“十五五”数字水务发展规划", "某市水务局", "二〇二六年三月", "一、总体要求", LONG * 2]


def test_shapes_inside_a_form_stand_where_the_form_is_drawn() -> None:
    assert texts(read(write_hard("form"))) == ["某市数字水务行动计划", LONG * 3]


def test_what_stands_side_by_side_in_no_certain_order_is_kept_apart_and_said() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(FONT, 12)
    left = ["推进水务数字化，", "建设感知网络，覆盖城", "乡。"]
    right = ["优化营商环境，落实各项", "支持政策，", "保障要素供给。"]
    for number, pair in enumerate(zip(left, right, strict=True)):
        for x, y, text in zip((60, 320), (720, 714), pair, strict=True):
            canvas.drawString(x, y - 20 * number, text)
    canvas.save()
    document = read(out.getvalue())
    assert set(texts(document)) == {*left, *right}
    assert any("side by side" in warning for warning in document.warnings)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_pdf_with_bytes_changed_or_cut_is_read_or_refused(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for place in data.draw(st.lists(st.integers(0, len(GOOD) - 1), max_size=8)):
        broken[place] ^= data.draw(st.integers(1, 255))
    end = data.draw(st.integers(1, len(GOOD)))
    with suppress(ReadError):
        assert read(bytes(broken[:end])).text


def _picture() -> object:
    from PIL import Image

    return Image.new("L", (40, 60), 200)


GOOD = write([("title", "某市行动计划"), ("p", LONG)])
