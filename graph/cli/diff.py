"""The verb `diff`: what changed between two builds, or between two plans."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.files import EXPORTS
from ..core.language import translated
from .nearest import Choice

if TYPE_CHECKING:
    from ..quality.diff import Side


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--data", default=EXPORTS, type=click.Path(path_type=Path), metavar="DIR", help="The exports that hold both plans."
)
@click.option("--format", "form", type=Choice(["text", "json"]), default="text", help="How to print the differences.")
def diff(before: str, after: str, data: Path, form: str) -> None:
    """Compare two folders of exports, or two plans of one build: in common, added, dropped, changed.

    A and B are folders of exports, or names of plans (number, title, alias) in --data. Nodes are counted by class, edges by
    relation, targets by indicator; ~ changed (both have it and say otherwise), + B alone has, - A alone has. Exits with 1
    when they differ.

    \b
    Examples:
      yangfan diff exports exports
      yangfan diff 甲发〔2021〕1号 甲发〔2024〕9号 --data corpus-exports
    """
    from ..quality.diff import compare, data_of, lines_of

    difference = compare(_side(before, data), _side(after, data))
    if form == "json":
        click.echo(json.dumps(data_of(difference), ensure_ascii=False, indent=2))
    else:
        for line in lines_of(difference):
            click.echo(translated(line))
    if not difference.same:
        sys.exit(1)


def _side(name: str, data: Path) -> Side:
    from ..core.errors import NameNotFound
    from ..formats.load import load_graph
    from ..quality.diff import side_of

    folder = Path(name)
    if folder.is_dir():
        return side_of(load_graph(folder))
    graph = load_graph(data)
    plans = [
        node
        for node, values in graph.nodes(data=True)
        if values["cls"] == "Plan"
        and name in (values["zh"], values["attrs"].get("dcterms:identifier"), node, *(text for _, text in values["alt"]))
    ]
    if len(plans) != 1:
        known = "; ".join(sorted(v["zh"] for _, v in graph.nodes(data=True) if v["cls"] == "Plan"))
        raise NameNotFound(f"{name} is neither a folder nor the name of one plan (plans here: {known})", file=data)
    return side_of(graph, plans[0])
