"""PDF files for the tests, written with reportlab in a font that every PDF reader has by name and no file carries."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
STYLES = {
    "p": BODY,
    "flush": ParagraphStyle("flush", parent=BODY, firstLineIndent=0, spaceAfter=12),
    "title": ParagraphStyle("title", parent=BODY, fontSize=18, leading=28, alignment=1, firstLineIndent=0),
    "right": ParagraphStyle("right", parent=BODY, alignment=2, firstLineIndent=0),
}


def write(parts: list[tuple[str, Any]], *, head: str = "", numbered: bool = True, password: str = "") -> bytes:
    """Set paragraphs ("p", "flush", "title", "right"), tables (("table", rows) or ("table", (rows, spans))) and page breaks."""
    out = io.BytesIO()

    def around(canvas: Any, page: Any) -> None:
        canvas.setFont(FONT, 9)
        if head:
            canvas.drawString(72, A4[1] - 40, head)
        if numbered:
            canvas.drawCentredString(A4[0] / 2, 30, f"— {page.page} —")

    flow: list[Any] = []
    for kind, content in parts:
        if kind == "break":
            flow.append(PageBreak())
        elif kind == "table":
            rows, spans = content if isinstance(content, tuple) else (content, [])
            table = Table(rows)
            table.setStyle(
                TableStyle(
                    [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 10), *(("SPAN", *span) for span in spans)]
                )
            )
            flow.append(table)
        else:
            flow.append(Paragraph(content, STYLES[kind]))
    encrypt = StandardEncryption(password) if password else None
    template = SimpleDocTemplate(out, pagesize=A4, topMargin=72, bottomMargin=72, leftMargin=72, rightMargin=72, encrypt=encrypt, invariant=1)
    template.build(flow, onFirstPage=around, onLaterPages=around)
    return out.getvalue()
