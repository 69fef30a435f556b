"""No document may take the machine: what is nested, merged, packed or repeated beyond measure is read in linear time or refused."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import pdf_files
from tests.docx_files import append_xml, write
from tests.places import Run
from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.read import find_sources, read_bytes, read_file
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


@pytest.mark.parametrize("tag", ["<div>", '<div class="nav">', "<b>", "<table><tr><td>", "<ul><li>"])
def test_elements_nested_beyond_measure_are_refused_before_they_are_parsed(tag: str) -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        read((f"<h1>{TITLE}</h1>" + tag * 100_000 + "各区").encode(), ".html")


def test_many_elements_that_need_no_end_are_no_depth() -> None:
    assert read((f"<h1>{TITLE}</h1>" + "<p>各区要落实。<br>" * 5000).encode(), ".html").text.count("各区要落实。") == 5000


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


def pdf(content: bytes, *, more: bytes = b"") -> bytes:
    """Write a PDF of one page by hand: its content stream packed, its cross references left for the reader to find."""
    packed = zlib.compress(content, 9)
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 10 0 R>>>>>>endobj\n"
    )
    stream = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    return head + stream + more + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_millions_of_shapes_end_their_reader_and_not_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_MEMORY", "400")
    data = pdf(b"0 0 m 9 9 l S " * 4_000_000)
    assert len(data) < 400_000
    with pytest.raises(ReadError, match=r"plan\.pdf: .*(?:400 MiB|without a text layer)"):
        read(data, ".pdf")


def test_the_next_document_is_read_after_one_that_ended_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_MEMORY", "400")
    with pytest.raises(ReadError):
        read(pdf(b"0 0 m 9 9 l S " * 4_000_000), ".pdf")
    assert TITLE in read(word(""), ".docx").text


def test_work_beyond_the_limit_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_SECONDS", "1")
    form = b"10 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 1>>stream\n \nendstream endobj\n"
    with pytest.raises(ReadError, match=r"takes more than 1 seconds to read \(--read-seconds\)"):
        read(pdf(b"q 1 0 0 1 0 0 cm /X Do Q " * 3_000_000, more=form), ".pdf")


def test_forms_inside_forms_without_end_are_a_fault_or_nothing() -> None:
    forms = b"".join(
        b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length 5>>stream\n/X Do\nendstream endobj\n"
        % (number, number + 1)
        for number in range(10, 20_000)
    )
    with pytest.raises(ReadError, match=r"plan\.pdf"):
        read(pdf(b"/X Do", more=forms), ".pdf")


def test_a_grid_of_a_thousand_lines_each_way_is_a_drawing() -> None:
    grid = b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (n, n, n, n) for n in range(600))
    text = pdf_files.write([("title", TITLE), ("p", pdf_files.LONG)], underlay=grid)
    document = read(text, ".pdf")
    assert document.text.split("\n")[1] == pdf_files.LONG


def test_more_text_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_TEXT", "100")
    said = "各区要落实。" * 50
    for data, suffix in ((f"{TITLE}\n{said}".encode(), ".txt"), (word(f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"), ".docx")):
        with pytest.raises(ReadError, match=r"gives 30\d characters of text \(at most 100: --read-text\)"):
            read(data, suffix)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_FILE", "1")
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)
    with pytest.raises(ReadError, match=r"large\.txt: larger than 1 MB \(--read-file\)"):
        read_file(path)


@pytest.mark.parametrize("value", ["0", "-1", "x", "1e3", MANY])
def test_a_limit_that_is_no_number_is_a_clear_fault(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_SECONDS", value)
    with pytest.raises(ReadError, match="YANGFAN_READ_SECONDS is no whole number above nought"):
        read(TITLE.encode(), ".txt")


def test_the_options_of_build_set_the_limits(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(f"{TITLE}\n{'各区要落实。' * 50}", encoding="utf-8")
    done = run("build", path, "--out", tmp_path / "out", "--read-text", "100")
    assert (done.returncode, done.stdout) == (2, "")
    assert "gives 308 characters of text (at most 100: --read-text)" in done.stderr


def test_links_out_of_a_folder_pipes_and_devices_are_skipped_with_a_line(run: Run, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.md", tmp_path / "plans"
    folder.mkdir()
    text = f"# {TITLE}\n\n一、总体要求\n\n到2027年，建成监测点500个。\n"
    outside.write_text(text, encoding="utf-8")
    (folder / "a.md").write_text(text, encoding="utf-8")
    (folder / "out.md").symlink_to(outside)
    (folder / "up.md").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")
    skipped: list[str] = []
    assert [path.name for path in find_sources([folder], skipped)] == ["a.md"]
    assert sorted(line.removeprefix(f"{folder}/") for line in skipped) == [
        "out.md: a link that leads out of the folder", "pipe.md: a pipe, not a file", "round: a link to a folder that is read anyway",
        "up.md: a link that leads out of the folder",
    ]  # fmt: skip
    done = run("build", folder, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert f"skipped: {folder}/pipe.md: a pipe, not a file" in done.stderr


def test_a_device_is_a_clear_fault() -> None:
    with pytest.raises(ReadError, match="/dev/zero: a device, not a file"):
        read_file(Path("/dev/zero"))


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder tree that is longer than any path may be: each folder is made, and taken away again, from the one above it."""
    (tmp_path / "top.md").write_text("x", encoding="utf-8")
    here, name, depth = os.getcwd(), "下" * 60, 30
    os.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir(name)
        os.chdir(name)
    Path("deep.md").write_text("x", encoding="utf-8")
    os.chdir(here)
    yield tmp_path
    os.chdir(tmp_path)
    for _ in range(depth):
        os.chdir(name)
    os.remove("deep.md")
    for _ in range(depth):
        os.chdir("..")
        os.rmdir(name)
    os.chdir(here)


def test_a_folder_tree_of_any_depth_is_searched(deep: Path) -> None:
    skipped: list[str] = []
    assert [path.name for path in find_sources([deep], skipped)] == ["top.md"]
    assert len(skipped) == 1
    assert skipped[0].endswith("File name too long")


def test_control_characters_of_a_name_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "计\x1b[31m划\u202e.md").write_text(f"# {TITLE}\n\n一、总体要求\n\n到2027年，建成监测点500个。\n", encoding="utf-8")
    (folder / "\x07bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = run("build", folder, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert not any(mark in done.stdout + done.stderr for mark in ("\x1b", "\x07", "\u202e"))
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.suffix in (".ttl", ".md", ".json")]
    written = "".join(path.read_text("utf-8") for path in files)
    assert not any(mark in written for mark in ("\x1b", "\x07", "\u202e"))
