"""Turn a graph into one HTML file that works offline: pyvis holds the network, its vis-network draws it.

pyvis is used the clean way: its environment is replaced by one that escapes, its template by our own, its nodes and edges
are assigned and not added one by one (`add_edge` is quadratic, and drops parallel relations unless told otherwise), and
what it generates is given back as text, to be written as UTF-8. Everything the page runs is inside it and named by its hash in
the Content-Security-Policy (CSP Level 3, 2.3.1); nothing may be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..assembly.evidence import base_of, documents_of
from ..assembly.proposals import asserted
from ..core.labels import words_of
from ..core.version import __version__
from .columns import drawn_edges, drawn_nodes, pack_columns
from .layout.layouts import in_scenes, scenes
from .layout.shape import Shape, shape_of
from .proof import pack_evidence
from .vis_import import pyvis_network

if TYPE_CHECKING:
    import jinja2
    import networkx as nx

_HERE = Path(__file__).parent
LICENCE = "Apache-2.0"
SCRIPTS = (
    "tools", "words", "look", "data", "search", "state", "filter", "layout", "cards", "answer", "bundles", "routes", "paint",
    "network", "whole", "panel", "ledger", "text", "path", "shelf", "table", "matrix", "quantity", "glance", "save", "zip", "office",
    "take", "controls", "help", "keys", "main",
)  # fmt: skip
STYLES = ("colours", "frame", "panel", "fates", "views", "small", "print")


def squeeze(value: Any, level: int = 0) -> str:
    """Give a value as JSON, deflated (RFC 1950, which every browser since 2020 opens) and in base64.

    Chinese stays in UTF-8: escaped it would take six bytes a character. Without a level of compression small values get the best.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    # A lone surrogate has no UTF-8; it can only come from a broken source and is shown as the replacement character.
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), level or (9 if len(text) < 500_000 else 6))).decode(
        "ascii"
    )


@cache
def assets() -> tuple[str, str]:
    """Give all styles as one style sheet and all scripts as one, each file after a line with its name."""
    style = "".join((_HERE / "style" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    parts = [(_HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return style, "(() => {\n'use strict';\n" + "".join(parts) + "})();\n"


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def policy(style: str, *scripts: str) -> str:
    """Give the Content-Security-Policy: nothing but the page's own style and scripts, named by their hashes."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {' '.join(map(_hash, scripts))}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def heading_of(graph: nx.MultiDiGraph[str], shape: Shape) -> str:
    """Give the page's title: the plan that most of the graph is about, or how many plans there are."""
    counts = Counter(plan for plan in shape.home.values() if plan)
    if counts:
        most, members = max(counts.items(), key=lambda item: item[1])
        # A plan that is only cited has little beside it; one that was read too has a tenth as much at least.
        alone = sum(1 for number in counts.values() if number * 10 >= members) == 1
        if members * 2 > len(shape.home) and alone:
            return str(graph.nodes[most]["zh"])
    plans = sum(data["cls"] == "Plan" for _, data in graph.nodes(data=True))
    return words_of("page.plans")[0].format(plans) if plans else words_of("page.empty")[0]


def _colophon(graph: nx.MultiDiGraph[str], shape: Shape) -> dict[str, Any]:
    """Give what the footer says: the sources with document number, address and the hash of the text, licence, version."""
    sources = []
    for iri, document in documents_of(graph).items():
        if iri not in graph:
            # A part of a graph quotes documents whose own node it leaves out.
            title, url = document.metadata.get("title", document.name), document.metadata.get("url", "")
            sources.append({"title": title, "number": "", "url": url, "hash": ""})
            continue
        data = graph.nodes[iri]
        plans = [o for _, o, relation in graph.out_edges(iri, keys=True) if relation == "describes"]
        numbers = [str(n) for plan in plans if (n := graph.nodes[plan]["attrs"].get("dcterms:identifier"))]
        sources.append(
            {
                "title": data["zh"],
                "number": "、".join(dict.fromkeys(numbers)),
                "url": str(data["attrs"].get("dcterms:source", "")),
                "hash": str(data["attrs"].get("yf:textHash", "")),
            }
        )
    return {"sources": sources, "licence": LICENCE, "version": __version__}


def environment() -> jinja2.Environment:
    """Give what fills this folder's templates: every value is escaped, and a name that is not there is a fault."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )


def render_page(graph: nx.MultiDiGraph[str]) -> str:
    """Give the whole page as text; the same graph gives the same bytes, and the graph is not changed."""
    from markupsafe import Markup

    pyvis, library = pyvis_network()
    # What is only proposed is drawn and moves nothing: where all stands, and what is counted at a glance, does not hang on it.
    placed = asserted(graph, candidates=True)
    shape = shape_of(placed)
    style, script = assets()
    network = pyvis.Network(directed=True, cdn_resources="in_line", heading=heading_of(placed, shape))
    network.nodes, network.edges = drawn_nodes(graph), drawn_edges(graph)
    network.options = {"physics": {"enabled": False}, "edges": {"smooth": False}}

    def pack(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], options: str) -> str:
        packed = pack_columns(nodes, edges, shape.fold, base_of(graph))
        packed["scenes"] = scenes(placed, shape)
        packed["options"] = json.loads(options)
        packed["colophon"] = _colophon(graph, shape)
        if in_scenes(placed):
            from .layout.overview import overview

            packed["overview"] = overview(placed, shape)
        return squeeze(packed)

    network.templateEnv = environment()
    network.templateEnv.globals.update(
        pack=pack,
        evidence=squeeze(pack_evidence(graph)),
        policy=policy(style, library, script),
        style=Markup(style),
        # Deflated it is 270 kB less, in five milliseconds; the page unpacks it and the policy still knows it by its hash.
        library=squeeze(library, 3),
        script=Markup(script),
        colophon=_colophon(graph, shape),
        version=__version__,
    )
    network.path = "page.html"
    return str(network.generate_html())
