"""OFD: glyphs with deltas to paragraphs, ruled tables, templates, transformed text, and clear faults."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ofd_files import line, text, write
from tests.pdf_files import LONG, lines
from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.read import read_bytes

TITLE = "某市数字水务行动计划"


def read(data: bytes, suffix: str = ".ofd") -> Document:
    return read_bytes(data, f"plan{suffix}", suffix)


def texts(document: Document) -> list[str]:
    return document.text.split("\n")


def paragraph(content: str, base: float, *, size: float = 4.2, width: int = 38) -> list[str]:
    rows = lines("\u3000\u3000" + content, width)
    return [text(row.strip("\u3000"), 25 + 2 * size * (n == 0), base + 7 * n, size) for n, row in enumerate(rows)]


def plan() -> list[str]:
    return [text(TITLE, 74, 30, 6.2), *paragraph(LONG * 2, 45), *paragraph("一、总体要求", 85), *paragraph(f"（一）主要目标。{LONG}", 92)]


def test_lines_become_paragraphs_with_the_title_that_the_file_names() -> None:
    document = read(write([plan()], title=TITLE))
    assert texts(document) == [TITLE, LONG * 2, "一、总体要求", f"（一）主要目标。{LONG}"]
    assert document.metadata == {"title": TITLE, "format": "ofd"}


def test_the_bytes_tell_the_format() -> None:
    assert read(write([plan()]), ".pdf").metadata["format"] == "ofd"


def test_a_paragraph_over_two_pages_is_one_and_what_the_template_repeats_goes() -> None:
    rows = lines("\u3000\u3000" + LONG * 4, 38)
    pages = [
        [text(TITLE, 74, 30, 6.2), *[text(row.strip("\u3000"), 25 + 8.4 * (n == 0), 45 + 7 * n) for n, row in enumerate(rows[:5])]],
        [text(row, 25, 45 + 7 * n) for n, row in enumerate(rows[5:])],
    ]
    document = read(write(pages, template=[text("某市人民政府公报", 80, 12, 3.5), text("— 7 —", 100, 290, 3.5)]))
    assert texts(document) == [TITLE, LONG * 4]


def test_ruled_tables_become_rows() -> None:
    rows = [("指标", "2024年", "2027年"), ("监测点（个）", "120", "500"), ("漏损率（%）", "9.5", "8")]
    drawn = [line(25, 60 + 8 * n, 175, 60 + 8 * n) for n in range(4)] + [line(x, 60, x, 84) for x in (25, 85, 130, 175)]
    cells = [text(cell, x, 66 + 8 * n, 3.8) for n, row in enumerate(rows) for x, cell in zip((28, 90, 135), row, strict=True)]
    document = read(write([[text(TITLE, 74, 30, 6.2), *paragraph(LONG, 45), *drawn, *cells]]))
    assert texts(document)[2:] == ["\t".join(row) for row in rows]


def test_text_that_is_scaled_by_a_matrix_stands_where_it_is_drawn() -> None:
    rows = lines(LONG, 38)
    drawn = [text(row, 50, 2 * (45 + 7 * n), 8.4, matrix="0.5 0 0 0.5 0 0", boundary=False) for n, row in enumerate(rows)]
    assert texts(read(write([[text(TITLE, 74, 30, 6.2), *drawn]]))) == [TITLE, LONG]


def test_several_text_codes_of_one_object_are_lines_of_their_own() -> None:
    code = (
        '<ofd:TextObject ID="1" Boundary="25 40 160 20" Font="2" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 7 4">建设感知网络覆盖</ofd:TextCode>'
        '<ofd:TextCode X="0" Y="11">城乡。</ofd:TextCode></ofd:TextObject>'
    )
    assert "建设感知网络覆盖" in read(write([[text(TITLE, 74, 30, 6.2), code]])).text


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"OFD.xml": "<x"}, "a damaged OFD file: OFD.xml"),
        ({"OFD.xml": "<ofd/>"}, "a damaged OFD file: it names no document"),
        ({"Doc_0/Document.xml": "<Document><Pages/></Document>"}, "a damaged OFD file: it has no pages"),
        ({"Doc_0/Document.xml": '<D><Pages><Page BaseLoc="Pages/none.xml"/></Pages></D>'}, "no part Doc_0/Pages/none.xml"),
        ({"Doc_0/Document.xml": '<D><Pages><Page BaseLoc="../../../etc/passwd"/></Pages></D>'}, "a damaged OFD file: no part"),
        ({"Encryptions.xml": "<x/>"}, "this OFD file is encrypted"),
        ({"Doc_0/Pages/Page_0/Content.xml": "<Page><Content><Layer><ImageObject/></Layer></Content></Page>"}, "a scanned OFD without text"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(extra: dict[str, str], message: str) -> None:
    with pytest.raises(ReadError) as fault:
        read(write([plan()], extra=extra))
    assert message in str(fault.value)
    assert "\n" not in str(fault.value)


def test_entities_are_not_resolved() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    bomb = f"{entities}<OFD><DocBody><DocInfo><Title>&b;</Title></DocInfo></DocBody></OFD>"
    with pytest.raises(ReadError):
        read(write([plan()], extra={"OFD.xml": bomb}))


def test_numbers_beyond_all_measure_are_no_matter() -> None:
    wild = text(TITLE, 74, 30, 6.2).replace('DeltaX="', 'DeltaX="g 99999999999 1 ').replace('Size="6.2"', 'Size="1e99"')
    assert texts(read(write([[*plan(), wild]])))[0] == TITLE


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_an_ofd_with_bytes_changed_or_cut_is_read_or_refused(data: st.DataObject) -> None:
    good = write([plan()])
    broken = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=8)):
        broken[place] ^= data.draw(st.integers(1, 255))
    with suppress(ReadError):
        assert read(bytes(broken[: data.draw(st.integers(1, len(good)))])).text
