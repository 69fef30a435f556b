"""The verb `query`: ask the graph in SPARQL, or run a query of the library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox

from ..core.errors import QueryError
from ..core.files import EXPORTS
from ..core.language import say, spoken, term, translated
from ..query.nodes import Nodes
from ..query.run import GRAPH_FORMATS, RESULT_FORMATS, Result, names_of, run, serialize, term_of
from ..query.store import open_store
from ..query.syntax import keywords
from .nearest import Choice

if TYPE_CHECKING:
    from ..query.library import NamedQuery

PAGE = "answer.html"


def _list() -> None:
    from ..query.library import load_library

    for query in load_library().values():
        click.echo(f"{query.name}\n    {term(query.title_zh, query.title_en, spoken())}")
        for parameter in query.parameters:
            default = f" = {parameter.default}" if parameter.default else ""
            click.echo(f"    --set {parameter.name}{default}    {term(parameter.zh, parameter.en, spoken())} ({parameter.type})")


def _text(sparql: str | None, file: Path | None, name: str | None) -> tuple[str, str, NamedQuery | None]:
    """Give the query's text, what to call it in a message, and the named query if it is one."""
    if sum(given is not None for given in (sparql, file, name)) != 1:
        raise QueryError("give one query: as an argument, with --file or with --name (--list shows the named ones)")
    if name is not None:
        from ..query.library import named_query

        found = named_query(name)
        return found.text, f"{name}.rq", found
    if file is not None:
        try:
            data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
            return data.decode("utf-8"), str(file), None
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"cannot read this file: {error}", file=file) from error
    return sparql or "", "query", None


def _values(nodes: Nodes, query: NamedQuery | None, pairs: tuple[str, ...], text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise QueryError(f"--set takes NAME=VALUE, not {pair}")
        given[name.lstrip("?$")] = value
    kinds = {p.name: p.type for p in query.parameters} if query else {}
    unknown = [name for name in given if name not in kinds] if query else []
    if query and unknown:
        listed = ", ".join(kinds) or "it has none"
        raise QueryError(f"--set {unknown[0]}: no parameter of {query.name}; its parameters: {listed}")
    for parameter in query.parameters if query else ():
        if parameter.default:
            given.setdefault(parameter.name, parameter.default)
    if not given:
        return {}
    names = names_of(nodes)
    return {name: term_of(value, nodes, names, kinds.get(name, "")) for name, value in given.items()}


@click.command(short_help="Ask the graph in SPARQL.")
@click.argument("sparql", required=False)
@click.option("--file", "-f", type=click.Path(path_type=Path), help="Read the query from a file; - is standard input.")
@click.option("--name", "-n", help="Run a query of the library.")
@click.option("--list", "listing", is_flag=True, help="List the queries of the library.")
@click.option(
    "--set",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="Bind a variable to a node by label or IRI, or to a value.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=EXPORTS,
    show_default="exports",
    help="An exports folder or RDF file.",
)
@click.option(
    "--format",
    "form",
    type=Choice(["table", *RESULT_FORMATS, "xlsx", *GRAPH_FORMATS]),
    help="How to write the answer; a table, or Turtle for a graph, unless given.",
)
@click.option(
    "--view",
    is_flag=False,
    flag_value=PAGE,
    metavar="[FILE]",
    help=f"Write a page with the nodes and edges of the answer ({PAGE}).",
)
def query(
    sparql: str | None,
    file: Path | None,
    name: str | None,
    listing: bool,
    pairs: tuple[str, ...],
    data: Path,
    form: str | None,
    view: str | None,
) -> None:
    """Ask the graph, its evidence included, in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The prefixes of the graph are declared already, and id: is the base of its IRIs. On a terminal rows are drawn as a
    table with labels; in a pipe they are plain tab-separated text.

    \b
    Examples:
      yangfan query "SELECT ?i ?name { ?i a yf:Industry ; rdfs:label ?name }"
      yangfan query --name about-industry --set industry=智慧医疗
      yangfan query --list
    """
    if listing:
        _list()
        return
    if view is not None and "{" in view and sparql is None:
        # `--view QUERY`: the query was taken for the name of the page.
        sparql, view = view, PAGE
    text, called, known = _text(sparql, file, name)
    store = open_store(data, named=bool(keywords(text) & {"GRAPH", "FROM"}))
    nodes = Nodes(store)
    values = _values(nodes, known, pairs, text)
    result = run(store, text, values=values, base=nodes.base, file=called)
    if view is not None:
        from ..query.view import write_page

        count = write_page(result, nodes, data, Path(view))
        click.echo(say("{file}: {nodes} nodes, {edges} edges", file=view, nodes=count[0], edges=count[1]))
        return
    if form == "xlsx":
        _workbook(result, nodes, known, text)
        return
    _print(result, nodes, form)
    _hint(text, lambda: run(store, text, values=values, base=nodes.base, file=called))


def _hint(text: str, again: Callable[[], Result]) -> None:
    """Say which terms of a query the ontology does not have, where its answer is empty; `again` asks anew."""
    from ..query.hints import hints, is_empty, unknown_terms

    if unknown_terms(text) and is_empty(again()):
        for line in hints(text):
            click.echo(f"yangfan: {translated(line)}", err=True)


def _workbook(result: Result, nodes: Nodes, query: NamedQuery | None, text: str) -> None:
    from ..query.run import rows
    from ..query.sheet import sheet_of
    from ..query.workbook import sheet_xlsx

    if not isinstance(result, ox.QuerySolutions):
        raise QueryError("xlsx holds rows: ask a SELECT query")
    if sys.stdout.isatty():
        raise QueryError("xlsx is no text for a terminal: send it to a file (> answer.xlsx)")
    about = {"问题 Question": f"{query.title_zh} {query.title_en}"} if query else {}
    sheet = sheet_of([column.value for column in result.variables], rows(result), nodes)
    sys.stdout.buffer.write(sheet_xlsx(sheet, {**about, "SPARQL": text}))


def _print(result: Result, nodes: Nodes, form: str | None) -> None:
    from ..query.tables import csv, print_table, tsv

    if isinstance(result, ox.QueryTriples):
        form = "ttl" if form in (None, "table") else form
    elif isinstance(result, ox.QueryBoolean) and form in (None, "table"):
        click.echo("true" if bool(result) else "false")
        return
    if form in (None, "table"):
        assert isinstance(result, ox.QuerySolutions)
        if sys.stdout.isatty():
            print_table(result, nodes)
        else:
            sys.stdout.buffer.write(tsv(result).encode("utf-8"))
        return
    assert form is not None
    if form == "csv" and isinstance(result, ox.QuerySolutions):
        sys.stdout.buffer.write(csv(result).encode("utf-8"))
        return
    output = serialize(result, form)
    sys.stdout.buffer.write(output)
    if sys.stdout.isatty() and not output.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")
