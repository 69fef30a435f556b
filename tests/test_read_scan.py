"""Scans: recognised with the extra `ocr`, and every statement from them carries the recogniser's confidence."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.pdf_files import LONG, write
from tests.places import Run
from yangfan.assembly.evidence import passage_of
from yangfan.core.errors import ReadError
from yangfan.core.model import Document, Line, Span
from yangfan.formats.load import load_graph
from yangfan.readers.confidence import with_confidence
from yangfan.readers.layout.document import lay_out
from yangfan.readers.layout.page import Page
from yangfan.readers.read import read_bytes
from yangfan.readers.recognise import Recognised, glyphs_of, is_here, recognised

TITLE = "某市数字水务行动计划"
ocr = pytest.mark.skipif(not is_here(), reason="the extra ocr is not installed")


def scan(parts: list[tuple[str, str]]) -> bytes:
    """Set a text, and give its pages as pictures in a PDF without a text layer."""
    import pypdfium2

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    with pypdfium2.PdfDocument(write(parts, numbered=False)) as document:
        for page in document:
            canvas.drawImage(ImageReader(page.render(scale=2).to_pil()), 0, 0, *A4)
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_recognised_lines_are_laid_out_as_read_ones_are() -> None:
    rows = ["到2027年，建成监测点500个，", "管网漏损率降到8%。"]
    lines = [Recognised(TITLE, 200, 390, 700, 720, 0.99)]
    lines += [Recognised(row, 60 + 24 * (n == 0), 500 if n == 0 else 200, 660 - 20 * n, 672 - 20 * n, 0.9 - n / 10) for n, row in enumerate(rows)]
    page = Page(595, 842, [glyph for line in lines for glyph in glyphs_of(line)], pictures=True)
    raw = recognised(lay_out([page]), [(line.text, line.confidence) for line in lines], "made up 1.0")
    assert raw.pieces[0] == ("centre", TITLE)
    assert "".join(text for _, text in raw.pieces[1:]) == "".join(rows)
    assert "the text was recognised from pictures (made up 1.0): confidence 0.90 in the mean, 0.80 at the lowest" in raw.warnings


def test_a_line_has_the_lowest_confidence_of_what_went_into_it() -> None:
    text = f"{TITLE}\n到2027年，建成监测点500个，管网漏损率降到8%。"
    lines = (Line(0, 10), Line(11, len(text)))
    said = ((TITLE, 0.99), ("— 1 —", 0.3), ("到2027年，建成监测点500个，", 0.95), ("管网漏损率降到8%。", 0.71))
    assert [line.confidence for line in with_confidence(text, lines, said)] == [0.99, 0.71]
    assert with_confidence(text, lines, ()) == lines


def test_a_passage_has_the_lowest_confidence_of_its_lines_and_a_read_one_none() -> None:
    text = f"{TITLE}\n各区要落实。"
    scanned = Document("k", "n", text, (Line(0, 10, confidence=0.99), Line(11, 17, confidence=0.75)))
    assert [passage_of(scanned, span).confidence for span in (Span(0, 10), Span(11, 17), Span(5, 15))] == [0.99, 0.75, 0.75]
    assert passage_of(Document("k", "n", text, (Line(0, 10), Line(11, 17))), Span(0, 10)).confidence is None


@ocr
def test_a_scan_is_built_and_every_statement_from_it_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    body = ["一、总体要求", "二、重点任务", f"（一）建设感知网络。{LONG}", "2025年3月1日"]
    path.write_bytes(scan([("title", TITLE), *(("p", text) for text in body)]))
    done = run("build", path, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "the text was recognised from pictures (RapidOCR" in done.stderr
    graph = load_graph(tmp_path / "out")
    stated = [said for _, _, data in graph.edges(data=True) for said in data["statements"] if said.basis == "stated"]
    assert stated
    passages = {passage for said in stated for passage in said.passages}
    assert all(passage.confidence is not None and Decimal(str(passage.confidence)) > Decimal("0.5") for passage in passages)
    assert "建设感知网络" in (next((tmp_path / "out" / "texts").iterdir())).read_text("utf-8")
    assert run("check", tmp_path / "out").returncode == 0
    shown = run("show", "建设感知网络", "--data", tmp_path / "out")
    assert "recognised, confidence" in shown.stdout


@ocr
def test_a_scan_of_nothing_is_a_clear_fault() -> None:
    from PIL import Image

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawInlineImage(Image.new("L", (400, 600), 255), 0, 0, 500, 700)
    canvas.save()
    with pytest.raises(ReadError, match=r"plan\.pdf: a scanned PDF on whose 1 pages no text is recognised"):
        read_bytes(out.getvalue(), "plan.pdf", ".pdf")
