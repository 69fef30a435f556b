"""A sheet as a spreadsheet: XLSX that opens with its types, and CSV that no spreadsheet mistakes for formulas.

openpyxl is imported here alone, when somebody asks for XLSX: it is small, pure Python and the only maintained writer that sets a cell's type,
without which a quote that begins with "=" would be run.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from .sheet import Cell, Sheet

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_767
"""Characters that a cell of XLSX may hold (ECMA-376; Excel's limit)."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST = 60
_EPOCH = (1980, 1, 1, 0, 0, 0)


def _text(text: str) -> str:
    return _NOT_XML.sub("�", text)[:_LONGEST]


def _heads(sheet: Sheet) -> list[str]:
    return [f"{zh} {en}" if zh != en else zh for _, zh, en in sheet.columns]


def _plans(row: tuple[Cell, ...]) -> str:
    return "；".join(dict.fromkeys(cell.plan for cell in row if cell.plan))


def _has_plans(sheet: Sheet) -> bool:
    return any(cell.plan for row in sheet.rows for cell in row)


def sheet_csv(sheet: Sheet) -> bytes:
    """Write a sheet as CSV with a byte order mark; numbers and texts as they stand, a node's plan in a last column."""
    from ..formats.tables import BYTE_ORDER_MARK, csv_lines

    plans = _has_plans(sheet)
    rows = ([*(cell.text for cell in row), *([_plans(row)] if plans else [])] for row in sheet.rows)
    return (BYTE_ORDER_MARK + csv_lines([_heads(sheet) + (["所属计划 of plan"] if plans else []), *rows])).encode("utf-8", "replace")


def sheet_xlsx(sheet: Sheet, about: dict[str, str], links: dict[str, str] | None = None) -> bytes:
    """Write a sheet as a workbook: the rows with their types on the first page, what they answer (`about`) on the second.

    `links` leads from the IRI of a cell to where it is shown. The same sheet gives the same bytes.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    book.properties.created = book.properties.modified = datetime(1980, 1, 1)
    book.properties.creator = "Yangfan"
    page: Any = book.active
    page.title = "答案 Answer"
    plans = _has_plans(sheet)
    heads = _heads(sheet) + (["所属计划 of plan"] if plans else [])
    widths = [len(head) for head in heads]
    for column, head in enumerate(heads, start=1):
        cell = page.cell(1, column)
        _set(cell, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EFEAE0")
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(sheet.rows, start=2):
        texts = [*row, Cell(_plans(row))] if plans else row
        for column, given in enumerate(texts, start=1):
            cell = page.cell(number, column)
            _set(cell, given.text, given.value)
            cell.alignment = wrapped
            if links and links.get(given.iri):
                cell.hyperlink = links[given.iri]
            widths[column - 1] = max(widths[column - 1], *(sum(1 + (c > "\xff") for c in line) for line in given.text[:200].split("\n")))
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[page.cell(1, column).column_letter].width = min(width + 2, _WIDEST)
    page.freeze_panes = "A2"
    if sheet.rows and heads:
        page.auto_filter.ref = page.dimensions
    told = book.create_sheet("说明 About")
    for number, (key, value) in enumerate(about.items(), start=1):
        _set(told.cell(number, 1), key)
        _set(told.cell(number, 2), value)
        told.cell(number, 1).font, told.cell(number, 2).alignment = Font(bold=True), wrapped
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = 18, 110
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def _set(cell: Any, text: str, value: object = None) -> None:
    """Set a cell; a text stays one whatever it begins with."""
    if value is not None:
        cell.value = value
        return
    cell.value = _text(text)
    cell.data_type = "s"


def _timeless(data: bytes) -> bytes:
    """Give a ZIP archive with the same contents and no clock in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _EPOCH), body, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
