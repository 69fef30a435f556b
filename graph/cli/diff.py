"""The verb `diff`: compare two builds or two plans: added, dropped, changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ..core.files import EXPORTS
from ..core.language import translated
from .nearest import Choice

if TYPE_CHECKING:
    import networkx as nx

_SCREEN = 24
"""How many changes of two plans are printed at first."""


class _Given(NamedTuple):
    """One side as the command line gives it: a graph, and the plan in it that is meant (empty for a folder, which is meant as a whole)."""

    graph: nx.MultiDiGraph[str]
    plan: str


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--data", default=EXPORTS, type=click.Path(path_type=Path), metavar="DIR", help="The exports that hold both plans."
)
@click.option("--format", "form", type=Choice(["text", "json"]), default="text", help="How to print the differences.")
@click.option("--all", "everything", is_flag=True, help="Print every change of two plans, not the first screen of them.")
def diff(before: str, after: str, data: Path, form: str, everything: bool) -> None:
    """Compare two folders of exports, or two plans: what is kept, reworded, new, dropped, raised, lowered.

    A and B are folders of exports, or names of plans (number, title, alias) in --data. Of folders, nodes are counted by class, edges by
    relation, targets by indicator: ~ changed, + B alone has, - A alone has. Two plans are laid side by side: work by what its names say
    (~ reworded, + new, - dropped), targets by indicator (▲ raised, ▼ lowered, → another year). Exits with 1 when they differ.

    \b
    Examples:
      yangfan diff exports exports
      yangfan diff 甲发〔2021〕1号 甲发〔2024〕9号 --data corpus-exports
    """
    from ..assembly.proposals import asserted
    from ..formats.load import load_graph
    from ..quality.diff import compare, data_of, lines_of, side_of
    from ..quality.plans import compare_plans, plan_data, plan_lines, plan_of

    # Two plans of one folder are two views of one graph, which is read once.
    load = cache(lambda folder: asserted(load_graph(folder)))
    sides = _given(before, data, load), _given(after, data, load)
    difference = compare(*(side_of(side.graph, side.plan) for side in sides))
    lines: Iterator[str] = lines_of(difference)
    told = data_of(difference)
    if sides[0].plan and sides[1].plan:
        comparison = compare_plans(*(plan_of(side.graph, side.plan) for side in sides))
        lines = plan_lines(comparison, None if everything else _SCREEN)
        told["plans"] = plan_data(comparison)
    if form == "json":
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(translated(line))
    if not difference.same:
        sys.exit(1)


def _given(name: str, data: Path, load: Callable[[Path], nx.MultiDiGraph[str]]) -> _Given:
    """Find what a name means: a folder of exports, or one plan of `data`; `load` reads a folder.

    Raises `NameNotFound` when it is neither.
    """
    from ..core.errors import NameNotFound

    folder = Path(name)
    if folder.is_dir():
        return _Given(load(folder), "")
    graph = load(data)
    plans = [
        node
        for node, values in graph.nodes(data=True)
        if values["cls"] == "Plan"
        and name in (values["zh"], values["attrs"].get("dcterms:identifier"), node, *(text for _, text in values["alt"]))
    ]
    if len(plans) != 1:
        known = "; ".join(sorted(v["zh"] for _, v in graph.nodes(data=True) if v["cls"] == "Plan"))
        raise NameNotFound(f"{name} is neither a folder nor the name of one plan (plans here: {known})", file=data)
    return _Given(graph, plans[0])
