"""The verb `diff`: compare two builds or two plans: added, dropped, changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ..core.files import EXPORTS, write_whole
from ..core.language import say, translated
from .nearest import Choice

if TYPE_CHECKING:
    import networkx as nx

    from ..core.comparison import Comparison


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
@click.option(
    "--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write a page that lays the two plans side by side."
)
def diff(before: str, after: str, data: Path, form: str, everything: bool, page: Path | None) -> None:
    """Compare two folders of exports, or two plans: what became of work and of targets.

    A and B are folders of exports, or names of plans (number, title, alias) in --data. Of folders, nodes are counted by class, edges by
    relation, targets by indicator: ~ changed, + B alone has, - A alone has. Two plans are laid side by side: work by its meaning
    (~ reworded, + new, - dropped), targets by indicator (▲ raised, ▼ lowered, ↗ ↘ higher or lower for another year or by another
    body, → the same for another year). Exits with 1 when they differ.

    --html writes one file that needs no network: slopes between the targets of the two plans, and their work in two columns with the
    words of both documents. A folder that holds one plan stands for it there.

    \b
    Examples:
      yangfan diff exports exports
      yangfan diff 甲发〔2021〕1号 甲发〔2024〕9号 --data corpus-exports
      yangfan diff 甲发〔2021〕1号 甲发〔2024〕9号 --data corpus-exports --html two-plans.html
    """
    from ..assembly.proposals import asserted
    from ..formats.load import load_graph

    # Two plans of one folder are two views of one graph, which is read once.
    load = cache(lambda folder: asserted(load_graph(folder)))
    sides = [_given(name, data, load) for name in (before, after)]
    if page is not None:
        sides = [_only_plan(side, name) for side, name in zip(sides, (before, after), strict=True)]
    of_plans = all(side.plan for side in sides)
    same = _plans(sides, form, everything, page) if of_plans else _builds(sides, form)
    if not same:
        sys.exit(1)


def _plans(sides: list[_Given], form: str, everything: bool, page: Path | None) -> bool:
    """Compare two plans, print what was found and write the page; True when nothing changed."""
    from ..quality.plan_text import SCREEN, plan_data, plan_lines
    from ..quality.plans import compare_plans, plan_of

    before, after = (plan_of(side.graph, side.plan) for side in sides)
    comparison = compare_plans(before, after)
    if page is not None:
        _write(page, comparison)
        click.echo(say("{file} written", file=page), err=True)
    if form == "json":
        _print({**_differences(sides)[1], "plans": plan_data(comparison)})
    else:
        for line in plan_lines(comparison, None if everything else SCREEN):
            click.echo(line)
    return comparison.same


def _write(page: Path, comparison: Comparison) -> None:
    from ..page.side_by_side import render_comparison

    write_whole(page, render_comparison(comparison))


def _builds(sides: list[_Given], form: str) -> bool:
    """Compare two builds, or a build and a plan, by their labels; True when there is no difference."""
    lines, told, same = _differences(sides)
    if form == "json":
        _print(told)
    else:
        for line in lines:
            click.echo(translated(line))
    return same


def _differences(sides: list[_Given]) -> tuple[Iterator[str], dict[str, Any], bool]:
    from ..quality.diff import compare, data_of, lines_of, side_of

    before, after = (side_of(side.graph, side.plan) for side in sides)
    difference = compare(before, after)
    return lines_of(difference), data_of(difference), difference.same


def _print(told: dict[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


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


def _only_plan(side: _Given, name: str) -> _Given:
    """Take a folder for the one plan that it holds.

    Raises `NameNotFound` for a folder of none or of several.
    """
    from ..core.errors import NameNotFound

    if side.plan:
        return side
    plans = [node for node, values in side.graph.nodes(data=True) if values["cls"] == "Plan"]
    if len(plans) != 1:
        raise NameNotFound(f"--html lays two plans side by side, and this folder holds {len(plans)}; name one of them", file=name)
    return _Given(side.graph, plans[0])
