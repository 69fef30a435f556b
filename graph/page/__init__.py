"""The network page: a graph as one offline HTML file in which every line shows the sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


def render_page(graph: nx.MultiDiGraph[str]) -> str:
    """Give the whole page of a graph as text, the same bytes for the same graph (pyvis is imported only here).

    >>> import networkx as nx
    >>> render_page(nx.MultiDiGraph()).splitlines()[0]
    '<!doctype html>'
    """
    from .render import render_page as render

    return render(graph)
