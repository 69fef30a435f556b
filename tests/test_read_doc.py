"""Old Word files (.doc, .wps) by their piece table, rich text by its marks, and both under other names."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.doc_files import compound, write
from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.read import read_bytes

TITLE = "某市数字水务行动计划"
BODY = ["一、总体要求", "到2027年，建成监测点500个。", "二、重点任务", "（一）建设感知网络。加快建设感知网络。", "2025年3月1日"]


def read(data: bytes, suffix: str = ".doc") -> Document:
    return read_bytes(data, f"plan{suffix}", suffix)


def texts(document: Document) -> list[str]:
    return document.text.split("\n")


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_paragraphs_of_an_old_word_file_are_read(suffix: str) -> None:
    document = read(write("\r".join([TITLE, *BODY, ""])), suffix)
    assert texts(document) == [TITLE, *BODY]
    assert document.metadata == {"title": TITLE, "format": suffix[1:]}
    assert document.warnings == ("an old Word file: numbers that Word counts itself are not in its text",)


def test_pieces_of_one_byte_a_character_are_read_too() -> None:
    assert texts(read(write(f"{TITLE}\r各区要落实。\r", compressed="ABC 2025\r")))[-1] == "ABC 2025"


def test_a_table_is_rows_and_fields_give_what_they_show() -> None:
    table = "指标\x07目标\x07\x07监测点\x07500个\x07\x07漏损率\x07\x07\x07"
    text = f'{TITLE}\r见\x13 HYPERLINK "http://a.example" \x14附件\x15。\r{table}各区要落实。\r软\x0b回车\x0c'
    assert texts(read(write(text))) == [TITLE, "见附件。", "指标\t目标", "监测点\t500个", "漏损率", "各区要落实。", "软", "回车"]


def test_cells_that_fit_no_width_are_lines_of_their_own() -> None:
    assert texts(read(write(f"{TITLE}\r甲\x07乙\x07\x07丙\x07丁\x07戊\x07己\x07\r各区要落实。\r"))) == [TITLE, *"甲乙丙丁戊己", "各区要落实。"]


def test_a_word_file_and_a_web_page_that_are_called_doc_are_read_as_what_they_are() -> None:
    page = f"<html><body><h1>{TITLE}</h1><p>各区要落实。</p></body></html>"
    document = read(page.encode())
    assert (texts(document), document.metadata["format"]) == ([TITLE, "各区要落实。"], "html")


def test_rich_text_that_is_called_doc_is_read() -> None:
    marked = "".join(f"\\'{byte:02x}" for byte in TITLE.encode("gbk"))
    rtf = rf"{{\rtf1\ansi\ansicpg936\deff0{{\fonttbl{{\f0 x;}}}}\pard {marked}\par \u21508?\u21306?\u35201?\u33853?\u23454?\u12290?\par}}"
    for suffix in (".doc", ".rtf"):
        assert texts(read(rtf.encode(), suffix)) == [TITLE, "各区要落实。"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (write(TITLE, flags=0x0300), "plan.doc: this Word file is protected by a password"),
        (write(TITLE, magic=0xA5DB), "a Word file from before Word 97: save it as .docx"),
        (compound({"Workbook": b"x"}), "an old spreadsheet (.xls), no document"),
        (compound({"PowerPoint Document": b"x"}), "old slides (.ppt), no document"),
        (compound({"EncryptedPackage": b"x"}), "this Word file is protected by a password"),
        (compound({"Something": b"x"}), "an old Office file of an unknown kind: save it as .docx"),
        (compound({"WordDocument": b"\xec\xa5" + bytes(8) + b"\0\2", "1Table": b"x"}), "a damaged Word file (.doc)"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a damaged Word file (.doc)"),
    ],
)
def test_what_cannot_be_read_says_how_to_convert_it(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as fault:
        read(data)
    assert message in str(fault.value)
    assert "\n" not in str(fault.value)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_doc_with_bytes_changed_or_cut_is_read_or_refused(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for place in data.draw(st.lists(st.integers(0, len(GOOD) - 1), max_size=8)):
        broken[place] ^= data.draw(st.integers(1, 255))
    with suppress(ReadError):
        assert read(bytes(broken[: data.draw(st.integers(1, len(GOOD)))])).text


GOOD = write("\r".join([TITLE, *BODY, ""]))
