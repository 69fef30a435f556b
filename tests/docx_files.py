"""DOCX files for the tests, written with python-docx: numbering definitions and merged cells are put in as XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn


def write(build: Callable[[Any], None]) -> bytes:
    """Build a document and give the bytes of its file."""
    opened = docx.Document()
    build(opened)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def define_list(opened: Any, identity: int, levels: list[tuple[str, str]], *, shared: int | None = None, start: int | None = None) -> None:
    """Define a list whose levels have (number format, text); `shared` names the definition of another list, `start` restarts it."""
    root = opened.part.numbering_part.element
    if shared is None:
        inner = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for i, (form, text) in enumerate(levels)
        )
        root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">{inner}</w:abstractNum>'))
    override = "" if start is None else f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    definition = identity if shared is None else shared
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{identity}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>')
    )


def number(paragraph: Any, identity: int, level: int = 0) -> Any:
    """Put a paragraph into a list."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>')
    )
    return paragraph


def append_xml(opened: Any, inner: str) -> None:
    """Append raw WordprocessingML to the body, in front of its section properties."""
    body = opened.element.body
    wrapped = parse_xml(f'<w:body {nsdecls("w")}>{inner}</w:body>')
    for element in list(wrapped):
        body.insert(len(body) - 1, element)


def centre(paragraph: Any) -> Any:
    """Centre a paragraph."""
    align = OxmlElement("w:jc")
    align.set(qn("w:val"), "center")
    paragraph._p.get_or_add_pPr().append(align)
    return paragraph


def replace_part(data: bytes, name: str, content: bytes) -> bytes:
    """Give the file with the content of one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info.filename))
    return out.getvalue()
