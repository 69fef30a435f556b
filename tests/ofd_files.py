"""OFD files for the tests (GB/T 33190—2016), written as XML by hand: text objects with deltas, paths, templates."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(content: str, x: float, base: float, size: float = 4.2, *, matrix: str = "", boundary: bool = True) -> str:
    """Set a line whose base line stands so many millimetres below the page's top; digits take half the width."""
    widths = [size / 2 if char.isascii() else size for char in content]
    groups: list[str] = []
    index = 0
    steps = widths[:-1]
    while index < len(steps):
        count = 1
        while index + count < len(steps) and steps[index + count] == steps[index]:
            count += 1
        groups.append(f"g {count} {steps[index]:g}" if count > 2 else " ".join([f"{steps[index]:g}"] * count))
        index += count
    box = f"{x:g} {base - size:g} {sum(widths):g} {size * 1.3:g}" if boundary else "0 0 210 297"
    left, top = (0.0, size) if boundary else (x, base)
    ctm = f' CTM="{matrix}"' if matrix else ""
    code = f'<ofd:TextCode X="{left:g}" Y="{top:g}" DeltaX="{" ".join(groups)}">{escape(content)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{box}" Font="2" Size="{size:g}"{ctm}>{code}</ofd:TextObject>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Draw a line between two places, in millimetres from the upper left corner."""
    return (
        f'<ofd:PathObject ID="1" Boundary="{x1:g} {y1:g} {max(x2 - x1, 0.3):g} {max(y2 - y1, 0.3):g}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1:g} {y2 - y1:g} </ofd:AbbreviatedData></ofd:PathObject>"
    )


def write(pages: list[list[str]], *, title: str = "", template: list[str] | None = None, extra: dict[str, str] | None = None) -> bytes:
    """Write a file of pages, each a list of objects; `template` stands on every page, `extra` replaces or adds parts."""
    behind = '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    used = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>{escape(title)}</ofd:Title>'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea>{behind}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template, "")
    for number, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(objects, used)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(extra or {})}.items():
            archive.writestr(name, content if content.startswith("<?xml") else HEAD + content)
    return out.getvalue()


def _page(objects: list[str], used: str) -> str:
    inner = "".join(objects)
    return f'<ofd:Page {NAMESPACE}>{used}<ofd:Content><ofd:Layer ID="3">{inner}</ofd:Layer></ofd:Content></ofd:Page>'
