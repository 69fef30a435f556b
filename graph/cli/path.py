"""The verb `path`: show the shortest connections between two nodes, with quotes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..core.errors import QueryError
from ..core.language import say, spoken
from ..query.nodes import Nodes
from ..query.paths import MOST, path_lines, paths_data, shortest_paths
from ..query.run import names_of
from ..query.store import open_store
from .data import data_option, text_or_json
from .show import echo


@click.command(short_help="Show the shortest connections between two nodes.")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@data_option
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="How many connections to show.")
@click.option(
    "--without", multiple=True, metavar="CLASS", help="Do not pass through nodes of this class (Plan, Task …)."
)
@text_or_json
def path(start: str, end: str, data: Path, most: int, without: tuple[str, ...], form: str) -> None:
    """Show the shortest connections between the nodes A and B, each edge with its quote.

    \b
    Examples:
      yangfan path 智慧医疗 用户发展
      yangfan path 智慧医疗 智慧教育 --without Plan --without SourceDocument
    """
    nodes = Nodes(open_store(data, named=False))
    for name in without:
        if name not in nodes.schema.classes:
            raise QueryError(f"--without {name}: no such class; the classes are {', '.join(nodes.schema.classes)}")
    names = names_of(nodes)
    ends = names.resolve(start), names.resolve(end)
    if ends[0] == ends[1]:
        raise QueryError(f"{start} and {end} are the same node")
    paths, more = shortest_paths(nodes, *ends, most=most, without=without)
    if form == "json":
        click.echo(json.dumps(paths_data(paths, more, nodes), ensure_ascii=False, indent=2))
        return
    if not paths:
        click.echo(say("no connection between {start} and {end}", start=start, end=end))
        return
    for number, found in enumerate(paths, start=1):
        length = say("1 edge") if len(found.steps) == 1 else say("{count} edges", count=len(found.steps))
        echo([("head", f"{number}. {length}")])
        echo(path_lines(found, nodes, spoken()))
        click.echo()
    if more:
        click.echo(say("There are more connections of this length: --most shows more than {most}.", most=most))
