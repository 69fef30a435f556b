"""Reading in general: encodings, formats told by their bytes, metadata, warnings about a copy, and clear faults."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.read import find_sources, read_bytes, read_file
from yangfan.readers.registry import ENDINGS, FORMATS, reader_of
from yangfan.text.normalize import fold

PLAN = """某市智慧水务行动计划（2025—2027年）
为提升水务治理水平，制定本计划。
一、总体要求
坚持节水优先，统筹建设与管理。
二、重点任务
（一）建设感知网络。到2027年，建成监测点500个。
（二）强化应用。支持企业开展场景创新。
2025年3月1日
"""


def read(text: str | bytes, suffix: str = ".txt") -> Document:
    return read_bytes(text.encode() if isinstance(text, str) else text, f"plan{suffix}", suffix)


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode("utf-8"),
        codecs.BOM_UTF8 + PLAN.encode("utf-8"),
        PLAN.encode("gb18030"),
        b"\x84\x31\x95\x33" + PLAN.encode("gb18030"),
        codecs.BOM_UTF16_LE + PLAN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"),
        PLAN.encode("utf-16-le"),
        PLAN.encode("utf-16-be"),
        PLAN.replace("\n", "\r\n").encode("utf-8"),
        PLAN.replace("\n", "\r").encode("utf-8"),
    ],
    ids=["utf-8", "bom", "gb18030", "gb18030 bom", "utf-16 le bom", "utf-16 be bom", "utf-16 le", "utf-16 be", "crlf", "cr"],
)
def test_every_encoding_and_newline_gives_the_same_text(data: bytes) -> None:
    assert read(data).text == PLAN.strip()


def test_a_text_that_lost_all_its_newlines_is_parted_where_its_enumerators_count_on() -> None:
    document = read(PLAN.replace("\n", ""))
    assert document.text.split("\n") == [
        "某市智慧水务行动计划（2025—2027年）为提升水务治理水平，制定本计划。",
        "一、总体要求坚持节水优先，统筹建设与管理。",
        "二、重点任务",
        "（一）建设感知网络。到2027年，建成监测点500个。",
        "（二）强化应用。支持企业开展场景创新。2025年3月1日",
    ]
    assert "the copy lost its paragraphs: its enumerators part it again" in document.warnings


def test_enumerators_inside_a_sentence_or_out_of_order_part_nothing() -> None:
    text = "某市方案\n要统筹一、二、三产业融合。各区按照第（三）项和前款第（一）项执行：四、五两项另行规定。二、略。\n2025年3月1日"
    assert read(text).text == text


def test_lines_point_into_the_text() -> None:
    document = read(PLAN)
    assert [document.text[line.start : line.end] for line in document.lines] == PLAN.strip().split("\n")


def test_white_space_of_every_kind_is_folded_and_unseen_marks_go() -> None:
    document = read("某市行动方案\n\u3000\u3000一、\u2003总体\u00a0\u00a0要求\u200b\ufeff\n2025年3月1日\n")
    assert document.text == "某市行动方案\n一、 总体 要求\n2025年3月1日"


def test_decomposed_characters_are_composed() -> None:
    assert read("Cafe\u0301合作方案\n2025年3月1日").text.startswith("Caf\u00e9合作方案")


def test_radicals_that_pdf_fonts_leave_behind_become_characters() -> None:
    assert "面向应用" in read("某市方案\n⾯向应⽤。\n2025年3月1日").text


def test_pronunciations_left_by_a_conversion_are_taken_out_and_said_so() -> None:
    document = read("某市行動計(jì)劃\n現(xiàn)將(jiāng)有關(guān)事項通知如下。\n2025年3月1日")
    assert "現將有關事項" in document.text
    assert any("pronunciations" in warning for warning in document.warnings)


def test_one_gloss_in_brackets_stays() -> None:
    assert "(xiàn)" in read("某市方案\n县(xiàn)级以上。\n2025年3月1日").text


def test_a_sound_copy_has_no_warnings() -> None:
    assert read(PLAN).warnings == ()


def test_the_title_is_the_line_that_reads_like_one() -> None:
    assert read(PLAN).metadata["title"] == "某市智慧水务行动计划（2025—2027年）"


def test_what_a_copy_lacks_is_said() -> None:
    document = read("我们今天谈谈水务。\n一、水从哪里来\n说来话长。")
    assert document.metadata["title"] == "我们今天谈谈水务。"
    assert set(document.warnings) == {"the copy gives no title; its first line stands in", "the copy gives no date"}


def test_a_copy_that_breaks_off_is_said_to() -> None:
    document = read(PLAN + "（三）完善标准。加快制定监测设备、数据接口和运行维护等方面的技术标准，推动形成覆盖全流程的")
    assert document.warnings == ("the copy seems cut off: its last line ends without a stop",)


@pytest.mark.parametrize(
    "last", ["（此件公开发布）", "某市人民政府办公厅", "2025年3月1日", "（责任单位：市水务局、市经济和信息化局、市数据局、各区人民政府）"]
)
def test_signatures_dates_and_brackets_are_whole_ends(last: str) -> None:
    assert not any("cut off" in warning for warning in read(PLAN + last).warnings)


def test_characters_that_cannot_be_read_are_counted() -> None:
    assert "2 characters of the copy cannot be read" in read(PLAN + "各区要\ufffd\ufffd加强统筹。").warnings


def test_a_month_is_a_date_and_no_day_is_made_up_for_it() -> None:
    document = read("# 某市方案\n\n**发布日期**: 2022年12月\n\n---\n\n一、总则\n", ".md")
    assert document.metadata["date"] == "2022-12"
    assert document.warnings == ()


@pytest.mark.parametrize("said", ["2021-2023年期间", "2022年13月"])
def test_what_is_no_date_is_said_and_not_taken(said: str) -> None:
    document = read(f"# 某市方案\n\n**发布日期**: {said}\n\n---\n\n一、总则\n", ".md")
    assert "date" not in document.metadata
    assert document.warnings == (f"no date can be read from {said!r}",)


def test_a_heading_over_another_document_is_said() -> None:
    text = "# 关于加快智慧港口建设的意见\n\n某市人民政府关于做好春季造林绿化工作的意见\n（2025年3月1日）\n\n一、总体要求\n"
    assert any("but its text is" in warning for warning in read(text, ".md").warnings)


def test_fields_mean_the_same_in_every_format() -> None:
    wanted = {"title": "某市方案", "date": "2025-03-01", "source": "某市水务局", "url": "https://a.example/1", "number": "某水发〔2025〕3号"}
    front = "---\ntitle: 某市方案\ndate: 2025-03-01\nsource: 某市水务局\nurl: https://a.example/1\nnumber: 某水发〔2025〕3号\n---\n正文。\n"
    crawled = (
        "# 某市方案\n\n**发布日期**: 2025年3月1日\n**发布机构**: 某市水务局\n**原文链接**: [x](https://a.example/1)\n"
        "**发文字号**: 某水发〔2025〕3号\n\n---\n\n正文。\n"
    )
    plain = "某市方案\n发布时间：2025-03-01 来源：某市水务局\n发文字号：某水发〔2025〕3号\n原文链接：https://a.example/1\n正文。\n"
    page = (
        '<html><head><title>某市方案</title><meta name="PubDate" content="2025-03-01 10:00"><meta name="source-url" '
        'content="https://a.example/1"></head><body><h1>某市方案</h1><p>来 源：某市水务局 发文字号：某水发〔2025〕3号</p><p>正文。</p></body></html>'
    )
    for text, suffix in ((front, ".md"), (crawled, ".md"), (plain, ".txt"), (page, ".html")):
        metadata = dict(read(text, suffix).metadata)
        assert metadata.pop("format") == suffix[1:]
        assert metadata == wanted, suffix


@pytest.mark.parametrize("value", ["无", "暂无", "", "加快布局"])
def test_a_field_that_says_nothing_is_not_kept(value: str) -> None:
    assert "source" not in read(f"# 某市方案\n\n**发布机构**: {value}\n\n正文。2025年3月1日\n", ".md").metadata


@pytest.mark.parametrize(
    ("data", "suffix", "message"),
    [
        (b"", ".txt", "plan.txt: an empty file"),
        (b" \n\t ", ".md", "plan.md: an empty file"),
        (b"\xef\xbb\xbf\n", ".txt", "plan.txt: no text in this file"),
        (b"# \n", ".md", "plan.md: no text in this file"),
        (b"<html><body><script>1</script></body></html>", ".html", "plan.html: no text in this file"),
        (bytes(range(256)) * 8, ".txt", "plan.txt: a binary file, not a text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ".txt", "plan.txt: a binary file, not a text: a picture (PNG)"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, ".txt", "plan.txt: a damaged Word file (.doc)"),
        ("한국어 문서입니다".encode("euc-kr"), ".txt", "unknown encoding: neither UTF-8 (byte 0) nor GB18030"),
        ("各区要加强统筹，推进工作。".encode()[:-1], ".txt", "plan.txt: broken UTF-8 at byte 36"),
        (b"\xff\xfe" + "计划".encode("utf-16-le") + b"\x00", ".txt", "starts as UTF-16 but is broken at byte"),
        (PLAN.encode(), ".xyz", "plan.xyz: no reader for .xyz (known: .warc .pdf .docx .ofd .doc .wps .rtf .md .markdown .html .htm .txt)"),
        (b"---\ntitle: [\n---\n", ".md", "plan.md:3: broken front matter"),
        (b"---\ntitle: plan\nno end", ".md", "plan.md:1: broken front matter: no closing ---"),
        (b"PK\x03\x04" + PLAN.encode(), ".docx", "plan.docx: a damaged archive (ZIP, DOCX or OFD)"),
        (b"%PDF-1.7\nnothing more", ".pdf", "plan.pdf: a damaged PDF file"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(data: bytes, suffix: str, message: str) -> None:
    with pytest.raises(ReadError) as fault:
        read(data, suffix)
    assert message in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_missing_file_is_a_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        read_file(tmp_path / "none.md")
    with pytest.raises(ReadError, match="no such file or folder"):
        find_sources([tmp_path / "none.md"])


def test_a_folder_without_documents_is_a_clear_fault(tmp_path: Path) -> None:
    (tmp_path / "notes.xyz").write_text("x")
    with pytest.raises(ReadError, match="no documents in this folder"):
        find_sources([tmp_path])


def test_sources_are_found_once_sorted_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.md", "a.TXT", "sub/c.docx", "d.pdf", ".hidden.md", "e.overlay.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_sources([tmp_path, tmp_path / "b.md", Path("-")])
    assert [path.name for path in found] == ["a.TXT", "b.md", "d.pdf", "c.docx", "-"]


def test_standard_input_is_read_by_what_it_holds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.write_bytes(b"<!DOCTYPE html><body><h1>\xe6\x9f\x90\xe5\xb8\x82\xe6\x96\xb9\xe6\xa1\x88</h1></body>")
    with source.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        document = read_file(Path("-"))
    assert (document.text, document.lines[0].kind, document.name) == ("某市方案", "heading", "standard input")


@pytest.mark.parametrize(
    ("data", "ending", "name"),
    [
        (b"%PDF-1.4", ".txt", "PDF file"), (b"\r\n%PDF-1.4", "", "PDF file"), (b"# x", "", "text"), (b"# x", ".md", "Markdown file"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html>", ".pdf", "web page"), (b"<html><body>", "", "web page"), (b"PK\x03\x04", ".docx", "archive"),
        (b"plain", ".docx", "text"), (b"plain", ".htm", "web page"),
    ],
)  # fmt: skip
def test_formats_are_told_by_their_bytes_and_texts_by_their_ending(data: bytes, ending: str, name: str) -> None:
    assert reader_of(data, ending).name == name


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_a_web_page_under_another_name_is_read_and_said_to_be_one(ending: str) -> None:
    page = "<!DOCTYPE html><html><head><title>某市方案</title></head><body><h1>某市方案</h1><p>各区要落实。2025年3月1日</p></body></html>"
    document = read(page, ending)
    assert document.text == "某市方案\n各区要落实。2025年3月1日"
    assert document.metadata["format"] == "html"
    assert document.warnings == (f"called {ending}, but it is a web page: read as what it is",)


def test_every_ending_has_one_reader() -> None:
    endings = [ending for reader in FORMATS for ending in reader.endings]
    assert len(endings) == len(set(endings)) == len(ENDINGS)


RADICALS = "".join(map(chr, range(0x2E80, 0x2FE0)))
MARKS = "#*-|<>`_~&[]\\=："
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=MARKS + RADICALS)
SENTENCES = st.lists(st.text(LETTERS, min_size=1).map(lambda text: f"文{text}。"), min_size=1, max_size=12)


@settings(deadline=None)
@given(SENTENCES)
def test_any_text_comes_back_with_its_white_space_folded(lines: list[str]) -> None:
    document = read("\n".join(lines).encode())
    assert document.text.split("\n") == [fold(line) for line in lines]


@settings(deadline=None)
@given(SENTENCES, st.sampled_from([".txt", ".md", ".html"]))
def test_lines_cover_the_text_without_gaps(lines: list[str], suffix: str) -> None:
    document = read("\n\n".join(lines).encode(), suffix)
    assert document.lines[0].start == 0
    assert document.lines[-1].end == len(document.text)
    for line, following in zip(document.lines, document.lines[1:], strict=False):
        assert document.text[line.end : following.start] == "\n"
    assert "\n".join(document.text[line.start : line.end] for line in document.lines) == document.text


@settings(deadline=None)
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(ENDINGS)))
def test_random_bytes_are_read_or_refused_but_never_fail_otherwise(data: bytes, suffix: str) -> None:
    try:
        document = read(data, suffix)
    except ReadError:
        return
    assert document.text
    document.text.encode("utf-8")


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from([".txt", ".md", ".html"]))
def test_random_text_is_read_or_refused_but_never_fails_otherwise(text: str, suffix: str) -> None:
    try:
        document = read(text.encode("utf-8", "replace"), suffix)
    except ReadError:
        return
    assert document.metadata["title"]
