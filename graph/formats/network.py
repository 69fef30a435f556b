"""GraphML and GEXF node by node and edge by edge, for graphs that are too large to be held for networkx's writers.

What those writers number (attributes, edges) is named here by what it is, so that a piece can be written without knowing the
others. The files hold what `yangfan.formats.tables` puts into them.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax import saxutils

from ..core.iris import digest
from ..page.palette import class_colours
from .tables import node_data

_TYPES: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}

Attribute = tuple[str, str, str]
"""What an attribute is for (node or edge), its name and its type."""


_SPECIAL = re.compile("[&<>\"'\n\r\t]")
"""Most values hold none of these, and looking is quicker than replacing."""


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def escape(text: str) -> str:
    """Write text between tags."""
    return saxutils.escape(text) if _SPECIAL.search(text) else text


def quoteattr(text: str) -> str:
    """Write the value of an attribute."""
    return saxutils.quoteattr(text) if _SPECIAL.search(text) else f'"{text}"'


def _edge_id(subject: str, relation: str, object_: str) -> str:
    return f"e{digest(chr(31).join((subject, relation, object_)))}"


class GraphMl:
    """Writes GraphML 1.0 in pieces and remembers the attributes that it used."""

    def __init__(self) -> None:
        self.used: set[Attribute] = set()

    def _data(self, scope: str, data: dict[str, Any]) -> str:
        lines = []
        for name, value in data.items():
            kind = _TYPES[type(value)]
            self.used.add((scope, name, kind))
            lines.append(f'      <data key="{scope}.{name}.{kind}">{escape(_text(value))}</data>\n')
        return "".join(lines)

    def node(self, iri: str, data: dict[str, Any]) -> str:
        """Write a node; `data` is that of the graph."""
        return f"    <node id={quoteattr(iri)}>\n{self._data('node', node_data(data))}    </node>\n"

    def edge(self, subject: str, object_: str, data: dict[str, Any]) -> str:
        """Write an edge; `data` is what `yangfan.formats.tables.edge_data` gives."""
        name = _edge_id(subject, data["relation"], object_)
        ends = f"source={quoteattr(subject)} target={quoteattr(object_)}"
        return f'    <edge {ends} id="{name}">\n{self._data("edge", data)}    </edge>\n'


def graphml_head(used: set[Attribute]) -> str:
    """Write the beginning of a GraphML file with these attributes."""
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


GRAPHML_TAIL = "  </graph>\n</graphml>\n"


class Gexf:
    """Writes GEXF 1.2 in pieces, with the colours of classes, and remembers the attributes that it used."""

    def __init__(self) -> None:
        self.used: set[Attribute] = set()

    def _values(self, scope: str, data: dict[str, Any]) -> str:
        lines = []
        for name, value in data.items():
            kind = _TYPES[type(value)]
            self.used.add((scope, name, kind))
            lines.append(f'          <attvalue for="{scope}.{name}.{kind}" value={quoteattr(_text(value))} />\n')
        return f"        <attvalues>\n{''.join(lines)}        </attvalues>\n"

    def node(self, iri: str, data: dict[str, Any]) -> str:
        """Write a node; `data` is that of the graph."""
        red, green, blue = class_colours()[data["cls"]]
        plain = node_data(data)
        label = plain.pop("label")
        return (
            f"      <node id={quoteattr(iri)} label={quoteattr(label)}>\n{self._values('node', plain)}"
            f'        <viz:color r="{red}" g="{green}" b="{blue}" a="1.0" />\n      </node>\n'
        )

    def edge(self, subject: str, object_: str, data: dict[str, Any]) -> str:
        """Write an edge; `data` is what `yangfan.formats.tables.edge_data` gives."""
        name = _edge_id(subject, data["relation"], object_)
        ends = f"source={quoteattr(subject)} target={quoteattr(object_)}"
        return f'      <edge {ends} id="{name}" label="{data["relation"]}">\n{self._values("edge", data)}      </edge>\n'


def gexf_head(used: set[Attribute]) -> str:
    """Write the beginning of a GEXF file with these attributes, up to its nodes."""
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


GEXF_MIDDLE = "    </nodes>\n    <edges>\n"
GEXF_TAIL = "    </edges>\n  </graph>\n</gexf>\n"
