"""The pages that are measured: ours, pyvis's as it comes, and the peers, each showing the same graph from a file."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from yangfan.page import render_page
from yangfan.page.layout.overview import communities, quotient, whole
from yangfan.page.layout.shape import shape_of

if TYPE_CHECKING:
    import networkx as nx

HERE = Path(__file__).parent
PEERS = ("force-graph", "sigma", "cytoscape", "cosmos", "canvas")
_COLOURS = ("#1b3a6b", "#0067a8", "#0b7a53", "#b8430a", "#933a7d", "#7d6200", "#0f6d73", "#4a5666")
_FRAME = """<!doctype html><html><head><meta charset="utf-8"><style>html,body,#stage{{margin:0;width:100%;height:100%;overflow:hidden}}</style></head>
<body><div id="stage"></div><script>const GRAPH = {graph};</script><script>{script}</script></body></html>
"""


def ours(graph: nx.MultiDiGraph[str], folder: Path) -> Path:
    """Write our page."""
    path = folder / f"ours-{len(graph)}.html"
    path.write_text(render_page(graph), encoding="utf-8")
    return path


def pyvis_as_it_comes(graph: nx.MultiDiGraph[str], folder: Path) -> Path:
    """Write pyvis's default page: nodes and edges added with its own calls, its own template and physics."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line", height="750px")
    for node, data in graph.nodes(data=True):
        network.add_node(node, label=data["zh"], title=data["cls"])
    # `add_edge` looks through all edges for each: beyond some thousands the list is assigned instead, which draws the same.
    network.edges = [
        {"from": s, "to": o, "title": relation, "arrows": "to"} for s, o, relation in graph.edges(keys=True)
    ]
    path = folder / f"pyvis-{len(graph)}.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    return path


def peer(name: str, graph: nx.MultiDiGraph[str], folder: Path) -> Path:
    """Write a peer's page: the same nodes and edges at the places that our whole-graph layer gives them.

    Raises `SystemExit` when the peers are not installed (`npm install` in benchmarks/page).
    """
    bundler = HERE / "node_modules" / ".bin" / "esbuild"
    if not bundler.exists():
        raise SystemExit("the peers are not installed: run `npm install --no-package-lock` in benchmarks/page")
    built = subprocess.run(
        [bundler, HERE / "peers" / f"{name}.js", "--bundle", "--minify", "--format=iife"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    shape = shape_of(graph)
    small = quotient(graph, shape)
    places = whole(graph, shape, communities(small), small)
    index = {node: position for position, node in enumerate(graph)}
    classes = sorted({data["cls"] for _, data in graph.nodes(data=True)})
    data = {
        "nodes": [
            [
                position,
                graph.nodes[node]["zh"],
                _COLOURS[classes.index(graph.nodes[node]["cls"]) % len(_COLOURS)],
                places["x"][position],
                places["y"][position],
            ]
            for node, position in index.items()
        ],
        "edges": [[index[s], index[o]] for s, o in graph.edges()],
    }
    path = folder / f"{name}-{len(graph)}.html"
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    path.write_text(_FRAME.format(graph=text, script=built.replace("</script", "<\\/script")), encoding="utf-8")
    return path
