"""No document may take the machine: what is nested, merged, packed or repeated beyond measure is read in linear time or refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.docx_files import append_xml, write
from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.read import read_bytes
from yangfan.readers.tables import lay_out, span_of
from yangfan.text.normalize import fold

TITLE = "某市智慧水务方案"
MANY = "9" * 5000


def read(data: bytes, suffix: str) -> Document:
    return read_bytes(data, f"plan{suffix}", suffix)


def word(xml: str) -> bytes:
    def build(opened: Any) -> None:
        opened.add_paragraph(TITLE, style="Title")
        append_xml(opened, xml)

    return write(build)


def test_text_boxes_inside_text_boxes_are_visited_once() -> None:
    inner = "<w:r><w:t>最里面的一句。</w:t></w:r>"
    for _ in range(30):
        inner = f"<w:r><w:pict><w:txbxContent><w:p>{inner}</w:p></w:txbxContent></w:pict></w:r>"
    assert read(word(f"<w:p>{inner}</w:p>"), ".docx").text.count("最里面的一句。") == 1


@pytest.mark.parametrize(
    "xml",
    [
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{MANY}"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>'
        "<w:tc><w:p/></w:tc></w:tr></w:tbl>",
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{MANY}"/><w:numId w:val="{MANY}"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
        f'<w:p><w:pPr><w:outlineLvl w:val="{MANY}"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
    ],
    ids=["gridSpan", "ilvl", "outlineLvl"],
)
def test_numbers_of_thousands_of_digits_are_no_matter(xml: str) -> None:
    assert "甲" in read(word(xml), ".docx").text


def test_a_numbering_part_of_another_kind_is_passed_over() -> None:
    data, out = word("<w:p><w:r><w:t>各区要落实。</w:t></w:r></w:p>"), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info.filename)
            if info.filename == "[Content_Types].xml":
                content = content.replace(b"wordprocessingml.numbering+xml", b"drawingml.theme+xml")
            new.writestr(info.filename, content)
    assert "各区要落实。" in read(out.getvalue(), ".docx").text


def test_more_tags_than_any_plan_has_are_refused() -> None:
    data, out = word(""), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info.filename)
            if info.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 1_500_000)
            new.writestr(info.filename, content)
    assert len(out.getvalue()) < 200_000
    with pytest.raises(ReadError, match=r"plan\.docx: this DOCX file has 1,50\d,\d\d\d tags in one part \(at most 1,000,000\)"):
        read(out.getvalue(), ".docx")


def test_an_archive_that_unpacks_beyond_measure_is_refused() -> None:
    data, out = word(""), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info.filename))
        new.writestr("word/media/zero.bin", bytes(210_000_000))
    with pytest.raises(ReadError, match=r"unpacks to 210 MB \(at most 200\)"):
        read(out.getvalue(), ".docx")


def test_spans_of_thousands_of_digits_and_wide_tables_stay_small() -> None:
    page = f'<h1>{TITLE}</h1><table><tr><td colspan="{MANY}" rowspan="{MANY}">甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>'
    assert "丁" in read(page.encode(), ".html").text
    cells = '<td colspan="200" rowspan="200">甲</td>' * 60
    page = f"<h1>{TITLE}</h1><table>{f'<tr>{cells}</tr>' * 60}</table>"
    assert len(read(page.encode(), ".html").text) < 100_000


@pytest.mark.parametrize(("value", "span"), [("2", 2), ("", 1), ("-3", 1), ("٣", 1), ("²", 1), ("0", 1), ("201", 200), (MANY, 200)])
def test_spans_are_small_numbers(value: str, span: int) -> None:
    assert span_of(value) == span


def test_a_long_cell_is_not_said_again_in_the_rows_it_covers() -> None:
    rows = lay_out([[("长" * 1000, 1, 3), ("甲", 1, 1)], [("乙", 1, 1)], [("丙", 1, 1)]])
    assert rows == ["长" * 1000 + "\t甲", "\t乙", "\t丙"]
    assert lay_out([[("约束性", 1, 2), ("甲", 1, 1)], [("乙", 1, 1)]]) == ["约束性\t甲", "约束性\t乙"]


def test_halves_of_a_pair_never_reach_a_text() -> None:
    assert fold("某市\ud800方案\udfff") == "某市方案"


@pytest.mark.parametrize("value", ["1:59:" + "59:" * 3000 + "59", "0x" + "f" * 9000, MANY, "1e999999", "2025-99-99", "[" * 5000, "&a [*a, *a]"])
def test_front_matter_of_any_kind_is_read_or_refused_in_one_line(value: str) -> None:
    data = f"---\ntitle: {TITLE}\ndate: {value}\n---\n各区要落实。2025年3月1日\n".encode()
    said = ""
    try:
        said = read(data, ".md").metadata["title"]
    except ReadError as fault:
        said = str(fault)
    assert said == TITLE or said.startswith("plan.md:")
    assert len(said) < 200
