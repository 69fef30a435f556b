"""An answer for people: a table with labels beside the IRIs on a terminal, plain tab-separated text in a pipe."""

from __future__ import annotations

import pyoxigraph as ox

from ..core.labels import attribute_words
from ..core.language import say
from ..core.namespaces import PREFIXES, YF
from .nodes import Nodes, Term
from .run import prefixes, rows

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


def csv(result: ox.QuerySolutions) -> str:
    """Write rows in the W3C's CSV form, but for cells that a spreadsheet would run as a formula: those are made text, as in the exports."""
    from ..formats.tables import csv_lines

    head = [column.value for column in result.variables]
    return csv_lines([head, *([_bare(term) for term in row] for row in rows(result))])


def _bare(term: Term | None) -> str:
    """Give a term as the CSV form has it (SPARQL 1.1 Query Results CSV, 3.2)."""
    return "" if term is None else str(term) if isinstance(term, (ox.BlankNode, ox.Triple)) else term.value


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


def handle(iri: str, base: str) -> str:
    """Give the short form of a node's IRI that `show` and `--set` take: its prefixed name, or the end of its path.

    >>> handle("https://w3id.org/yangfan/id/plan/甲-1/category/用户发展", "https://w3id.org/yangfan/id/")
    'category/用户发展'
    """
    parts = iri.removeprefix(base).split("/")
    return "/".join(parts[-2:]) if iri.startswith(base + "plan/") and len(parts) > 2 else short(iri, base)


def _cell(term: Term | None, label: str, base: str) -> tuple[str, str]:
    """Give a cell's text and what stands beside it in a weaker voice."""
    if isinstance(term, ox.NamedNode):
        return (label, handle(term.value, base)) if label else (short(term.value, base), "")
    if isinstance(term, ox.Literal):
        datatype = "" if term.datatype.value in _PLAIN else short(term.datatype.value, base)
        return term.value, f"@{term.language}" if term.language else datatype
    return (str(term) if term else ""), ""


def drawn_columns(names: list[str]) -> list[str]:
    """Give the columns to draw: those of labels (``?xLabel``) are drawn in one with their resources (``?x``).

    >>> drawn_columns(["industry", "industryLabel", "nodeLabel"])
    ['industry', 'nodeLabel']
    """
    return [name for name in names if name.removesuffix("Label") == name or name.removesuffix("Label") not in names]


def print_table(result: ox.QuerySolutions, nodes: Nodes) -> None:
    """Draw rows on the terminal, each resource with its label before its short IRI."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    names = [column.value for column in result.variables]
    drawn = drawn_columns(names)
    for name in drawn:
        table.add_column(name, overflow="fold")
    for row in rows(result):
        terms = dict(zip(names, row, strict=True))
        cells = []
        for name in drawn:
            term, given = terms[name], terms.get(f"{name}Label")
            known = label_of(term.value, nodes) if isinstance(term, ox.NamedNode) else ""
            text, beside = _cell(term, given.value if isinstance(given, ox.Literal) else known, nodes.base)
            cells.append(Text.assemble(text, " " if text and beside else "", (beside, "dim")))
        table.add_row(*cells)
    console = Console()
    console.print(table)
    console.print(say("1 row") if table.row_count == 1 else say("{count} rows", count=table.row_count), style="dim")
