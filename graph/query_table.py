"""An answer for people: a table with labels beside the IRIs on a terminal, plain tab-separated text in a pipe."""

from __future__ import annotations

import pyoxigraph as ox

from graph.namespaces import PREFIXES, YF
from graph.page.words import attribute_words
from graph.query import prefixes, rows
from graph.query_nodes import Nodes, Term

_PLAIN = {PREFIXES["xsd"] + name for name in ("string", "integer", "decimal", "boolean", "gYear", "date")}


def short(iri: str, base: str) -> str:
    """Give an IRI with a declared prefix where one fits.

    >>> short("https://w3id.org/yangfan/ontology#Industry", "https://w3id.org/yangfan/id/")
    'yf:Industry'
    """
    fitting = [(len(ns), prefix, ns) for prefix, ns in prefixes(base).items() if iri.startswith(ns) and iri != ns]
    if not fitting:
        return iri
    _, prefix, namespace = max(fitting)
    return f"{prefix}:{iri.removeprefix(namespace)}"


def plain(term: Term | None) -> str:
    """Give a term without SPARQL's marks: an IRI or a literal's text, white space that would break a line escaped."""
    if term is None:
        return ""
    text = str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def tsv(result: ox.QuerySolutions) -> str:
    """Write rows as plain tab-separated text: a line of names, then values without marks."""
    lines = ["\t".join(column.value for column in result.variables)]
    lines.extend("\t".join(map(plain, row)) for row in rows(result))
    return "\n".join(lines) + "\n"


def label_of(iri: str, nodes: Nodes) -> str:
    """Give the label of a node, class or relation; empty where there is none."""
    node = nodes.node(iri)
    if node:
        return node.label
    if not iri.startswith(YF):
        return ""
    curie = short(iri, nodes.base)
    zh, en, _ = attribute_words(curie)
    return f"{zh} {en}" if zh != curie else ""


def shown(term: Term | None, nodes: Nodes) -> str:
    """Give what a reader sees in a cell: the label of a resource, else its short IRI; the text of a literal."""
    if isinstance(term, ox.NamedNode):
        return label_of(term.value, nodes) or short(term.value, nodes.base)
    return "" if term is None else str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value


def print_table(result: ox.QuerySolutions, nodes: Nodes) -> None:
    """Draw rows on the terminal, each resource with its label before its short IRI."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    names = [column.value for column in result.variables]
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows(result):
        cells = []
        for name, term in zip(names, row, strict=True):
            if isinstance(term, ox.NamedNode):
                # Where the query gives the label in a column of its own, it is not said twice.
                label = "" if f"{name}Label" in names else label_of(term.value, nodes)
                iri = short(term.value, nodes.base)
                cells.append(Text.assemble(label, " " if label else "", (iri, "dim" if label else "")))
            elif isinstance(term, ox.Literal):
                suffix = (
                    ""
                    if term.language or term.datatype.value in _PLAIN
                    else f" {short(term.datatype.value, nodes.base)}"
                )
                cells.append(Text.assemble(term.value, (f" @{term.language}" if term.language else suffix, "dim")))
            else:
                cells.append(Text(str(term) if term else ""))
        table.add_row(*cells)
    console = Console()
    console.print(table)
    console.print(f"{table.row_count} rows" if table.row_count != 1 else "1 row", style="dim")
