"""PDF files for the tests, written with reportlab in a font that every PDF reader has by name and no file carries."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

FONT = "STSong-Light"
LONG = (
    "围绕新型消费和实体经济的融合需求，加快建设覆盖城乡的千兆网络和算力设施，支持企业开展场景创新，"
    "到2027年培育不少于30家示范企业，推动形成可复制可推广的经验做法。"
)
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
CELL = ParagraphStyle("cell", parent=BODY, fontSize=10, leading=14, firstLineIndent=0)
STYLES = {
    "p": BODY,
    "flush": ParagraphStyle("flush", parent=BODY, firstLineIndent=0, spaceAfter=12),
    "title": ParagraphStyle("title", parent=BODY, fontSize=18, leading=28, alignment=1, firstLineIndent=0),
    "right": ParagraphStyle("right", parent=BODY, alignment=2, firstLineIndent=0),
}


def write(parts: list[tuple[str, Any]], *, head: str = "", numbered: bool = True, password: str = "", underlay: bytes = b"") -> bytes:
    """Set paragraphs ("p", "flush", "title", "right"), page breaks and tables.

    Tables are ("table", rows), ("table", (rows, spans)), or ("open", (rows, widths)) without rules.
    """
    out = io.BytesIO()

    def around(canvas: Any, page: Any) -> None:
        canvas._code.append(underlay.decode())
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
        elif kind == "open":
            # Cells of several lines, centred in their rows, without any rule.
            table = Table([[Paragraph(cell, CELL) for cell in row] for row in content[0]], colWidths=content[1], repeatRows=1)
            table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
            flow.append(table)
        else:
            flow.append(Paragraph(content, STYLES[kind]))
    encrypt = StandardEncryption(password) if password else None
    template = SimpleDocTemplate(out, pagesize=A4, topMargin=72, bottomMargin=72, leftMargin=72, rightMargin=72, encrypt=encrypt, invariant=1)
    template.build(flow, onFirstPage=around, onLaterPages=around)
    return out.getvalue()


SENTENCES = [
    "加快建设覆盖城乡的千兆网络和算力设施，支持企业开展场景创新。",
    "推动形成可复制可推广的经验做法，完善数据资源体系。",
    "统筹用好各类专项资金，引导社会资本参与示范项目建设。",
    "鼓励高校和科研院所联合攻关，培育一批骨干企业。",
    "健全评估机制，定期发布进展情况，接受社会监督。",
    "优化营商环境，落实各项支持政策，保障要素供给。",
]


def lines(text: str, width: int) -> list[str]:
    """Break a text into lines of so many characters; digits and Latin letters take half the width."""
    done, taken = [""], 0
    for char in text:
        wide = 1 if char.isascii() else 2
        if taken + wide > 2 * width:
            done.append("")
            taken = 0
        done[-1] += char
        taken += wide
    return done


def column(canvas: Canvas, x: float, top: float, text: str, width: int, *, size: float = 12, step: float = 20, indent: bool = True) -> float:
    """Set a paragraph of `width` characters a line from a place on; gives where the next line would stand."""
    canvas.setFont(FONT, size)
    for number, line in enumerate(lines(("\u3000\u3000" if indent else "") + text, width)):
        shift = 2 * size if indent and number == 0 else 0
        canvas.drawString(x + shift, top, line.strip("\u3000"))
        top -= step
    return top


def write_hard(kind: str) -> bytes:
    """Set a page that is hard to read: columns, a box, an unruled table, contents, notes, a table over pages, shapes in a form."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFont(FONT, 18)
    canvas.drawCentredString(A4[0] / 2, 780, "某市数字水务行动计划")
    getattr(_Hard, kind)(canvas)
    canvas.save()
    return out.getvalue()


class _Hard:
    """One method a kind of page; the title stands above."""

    @staticmethod
    def columns(canvas: Canvas) -> None:
        # Two columns whose base lines do not meet, each of two paragraphs, written by turns line by line.
        left = [*lines("\u3000\u3000" + "".join(SENTENCES[:3]), 18), *lines("\u3000\u3000" + "".join(SENTENCES[1:4]), 18)]
        right = [*lines("\u3000\u3000" + "".join(SENTENCES[3:]), 18), *lines("\u3000\u3000" + "".join(SENTENCES[2:5]), 18)]
        canvas.setFont(FONT, 12)
        for number in range(max(len(left), len(right))):
            for x, y, rows in ((60, 720, left), (310, 713, right)):
                if number < len(rows):
                    text = rows[number]
                    canvas.drawString(x + 24 * text.startswith("\u3000"), y - 20 * number, text.strip("\u3000"))

    @staticmethod
    def box(canvas: Canvas) -> None:
        y = column(canvas, 60, 720, LONG, 38)
        canvas.rect(60, y - 130, 470, 140)
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(295, y - 10, "专栏1 数字水务工程")
        inner = column(canvas, 72, y - 35, SENTENCES[0] + SENTENCES[1] + SENTENCES[2], 36)
        column(canvas, 72, inner, SENTENCES[3] + SENTENCES[4], 36)
        column(canvas, 60, y - 160, LONG, 38)

    @staticmethod
    def unruled(canvas: Canvas) -> None:
        y = column(canvas, 60, 720, LONG, 38)
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(295, y - 10, "表1 主要指标")
        rows = (("指标名称", "2024年", "2027年"), ("监测点数量（个）", "120", "500"), ("管网漏损率（%）", "9.5", "8"), ("智慧水厂（座）", "3", "12"))
        for number, row in enumerate(rows):
            for x, cell in zip((80, 300, 440), row, strict=True):
                canvas.drawString(x, y - 35 - 22 * number, cell)
        column(canvas, 60, y - 150, LONG, 38)

    @staticmethod
    def contents(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(295, 740, "目  录")
        for number, text in enumerate(("一、总体要求", "（一）指导思想", "二、重点任务", "三、保障措施")):
            canvas.drawString(80, 710 - 22 * number, text + "…" * 20 + str(number + 1))
        canvas.showPage()
        canvas.setFont(FONT, 12)
        canvas.drawString(84, 760, "一、总体要求")
        column(canvas, 60, 740, LONG, 38)

    @staticmethod
    def notes(canvas: Canvas) -> None:
        # The page ends in the middle of a paragraph; its notes stand at its foot.
        broken = lines("\u3000\u3000" + LONG * 3, 38)
        column(canvas, 60, 720, "".join(broken[:4])[2:], 38)
        canvas.line(60, 110, 200, 110)
        canvas.setFont(FONT, 9)
        canvas.drawString(60, 95, "① 本计划所称监测点，是指市级平台接入的在线监测点。")
        canvas.drawString(60, 80, "② 统计口径以市水务局年度公报为准。")
        canvas.showPage()
        y = column(canvas, 60, 760, "".join(broken[4:]), 38, indent=False)
        column(canvas, 60, y, LONG, 38)

    @staticmethod
    def pages(canvas: Canvas) -> None:
        # A table over two pages whose head is said again.
        head, rows = ("序号", "任务", "责任单位"), [(str(n), SENTENCES[n % 6], "市水务局") for n in range(1, 9)]
        for part in (rows[:4], rows[4:]):
            canvas.setFont(FONT, 10)
            y = 730
            for row in (head, *part):
                for x, cell in zip((70, 110, 440), row, strict=True):
                    canvas.drawString(x, y, cell)
                canvas.line(60, y - 8, 530, y - 8)
                y -= 24
            for x in (60, 105, 430, 530):
                canvas.line(x, 746, x, y + 16)
            canvas.line(60, 746, 530, 746)
            canvas.showPage()

    @staticmethod
    def form(canvas: Canvas) -> None:
        # Everything stands in a form that is drawn smaller and moved: its own places are not those of the page.
        canvas.beginForm("all")
        canvas.setFont(FONT, 24)
        canvas.rect(20, 20, 900, 1200)
        for number, line in enumerate(lines(LONG * 3, 36)):
            canvas.drawString(40, 1160 - 40 * number, line)
        canvas.rect(20, 600, 400, 1)
        canvas.rect(20, 900, 400, 1)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(60, 100)
        canvas.scale(0.5, 0.5)
        canvas.doForm("all")
        canvas.restoreState()
