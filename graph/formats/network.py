"""GraphML 1.0 and GEXF 1.2 as streams (for Gephi, networkx, yEd), without holding the graph.

Attributes and edges are named by what they are and not numbered, so that a node or an edge is written without knowing the others; which
attributes there are is declared in the head. The files hold what `yangfan.formats.tables` makes of nodes and edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..assembly.records import Records, edges_of
from ..core.iris import digest
from ..core.model import Edge
from ..page.palette import class_colours
from .tables import Plain, edge_data, node_data
from .text import Text

_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}

Attribute = tuple[str, str, str]
"""What an attribute is for (node or edge), its name and its type."""


_SPECIAL = re.compile("[&<>\"'\n\r\t]")
"""Most values hold none of these, and looking is quicker than replacing."""


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# As xml.sax.saxutils does it, which imports urllib and ssl.
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_IN_TAGS, _IN_VALUES = str.maketrans(_ESCAPES), str.maketrans({**_ESCAPES, "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(text: str) -> str:
    """Write text between tags.

    >>> escape("A&B <'x'>")
    "A&amp;B &lt;'x'&gt;"
    """
    return text.translate(_IN_TAGS) if _SPECIAL.search(text) else text


def quoteattr(text: str) -> str:
    """Write the value of an attribute, in the quotes that it does not hold itself.

    >>> print(quoteattr("5G"), quoteattr("A&B"), quoteattr('the "x"'))
    "5G" "A&amp;B" 'the "x"'
    """
    if not _SPECIAL.search(text):
        return f'"{text}"'
    written = text.translate(_IN_VALUES)
    if '"' not in written:
        return f'"{written}"'
    if "'" not in written:
        return f"'{written}'"
    return '"' + written.replace('"', "&quot;") + '"'



def _edge_id(edge: Edge) -> str:
    return f"e{digest(chr(31).join(edge[:3]), 32)}"


def _keyed(scope: str, data: Plain, used: set[Attribute]) -> Iterator[tuple[str, str]]:
    """Give each value as text with the name of its attribute's declaration, and keep in mind that it is to be declared."""
    for name, value in data.items():
        kind = _TYPES[type(value)]
        used.add((scope, name, kind))
        yield f"{scope}.{name}.{kind}", _text(value)


def graphml_file(records: Records) -> Text:
    """Write `graph.graphml`: nodes and typed edges with label, class, basis, quote and source."""
    used: set[Attribute] = set()

    def data(scope: str, values: Plain) -> str:
        return "".join(f'      <data key="{key}">{escape(text)}</data>\n' for key, text in _keyed(scope, values, used))

    def body() -> Iterator[str]:
        for node, _ in records.entries():
            yield f"    <node id={quoteattr(node.iri)}>\n{data('node', node_data(node))}    </node>\n"
        for edge in edges_of(records):
            ends = f"source={quoteattr(edge.subject)} target={quoteattr(edge.object)}"
            yield f'    <edge {ends} id="{_edge_id(edge)}">\n{data("edge", edge_data(edge))}    </edge>\n'
        yield "  </graph>\n</graphml>\n"

    return Text(body(), lambda: _graphml_head(used))


def _graphml_head(used: set[Attribute]) -> str:
    keys = "".join(
        f'  <key id="{scope}.{name}.{kind}" for="{scope}" attr.name="{name}" attr.type="{kind}" />\n'
        for scope, name, kind in sorted(used)
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
        f'{keys}  <graph edgedefault="directed">\n'
    )


def gexf_file(records: Records) -> Text:
    """Write `graph.gexf`, with the colours of classes."""
    used: set[Attribute] = set()

    def values(scope: str, plain: Plain) -> str:
        lines = (f'          <attvalue for="{key}" value={quoteattr(text)} />\n' for key, text in _keyed(scope, plain, used))
        return f"        <attvalues>\n{''.join(lines)}        </attvalues>\n"

    def body() -> Iterator[str]:
        colours = class_colours()
        for node, _ in records.entries():
            red, green, blue = colours[node.cls]
            plain = node_data(node)
            label = quoteattr(_text(plain.pop("label")))
            yield (
                f"      <node id={quoteattr(node.iri)} label={label}>\n{values('node', plain)}"
                f'        <viz:color r="{red}" g="{green}" b="{blue}" a="1.0" />\n      </node>\n'
            )
        yield "    </nodes>\n    <edges>\n"
        for edge in edges_of(records):
            ends = f"source={quoteattr(edge.subject)} target={quoteattr(edge.object)}"
            told = values("edge", edge_data(edge))
            yield f'      <edge {ends} id="{_edge_id(edge)}" label="{edge.relation}">\n{told}      </edge>\n'
        yield "    </edges>\n  </graph>\n</gexf>\n"

    return Text(body(), lambda: _gexf_head(used))


def _gexf_head(used: set[Attribute]) -> str:
    parts = []
    for wanted in ("edge", "node"):
        parts.append(f'    <attributes mode="static" class="{wanted}">\n')
        parts += (
            f'      <attribute id="{scope}.{name}.{kind}" title="{name}" type="{kind}" />\n'
            for scope, name, kind in sorted(used)
            if scope == wanted
        )
        parts.append("    </attributes>\n")
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<gexf xmlns:viz="http://www.gexf.net/1.2draft/viz" xmlns="http://www.gexf.net/1.2draft" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">\n'
        '  <graph defaultedgetype="directed" mode="static">\n'
        f"{''.join(parts)}    <nodes>\n"
    )
