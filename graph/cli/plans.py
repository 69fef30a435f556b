"""The verb `plans`: list the plans of a folder: issuers, numbers, periods, counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..core.language import say
from ..query.nodes import Nodes
from ..query.plans import PlanLine, list_plans
from ..query.store import open_store
from .columns import left, pad, width
from .data import data_option
from .nearest import Choice

_HEAD = ("issued", "number", "period", "tasks", "measures", "targets", "industries", "bodies", "plan and issuers")
_COUNTS = frozenset({"tasks", "measures", "targets", "industries", "bodies"})


def _cells(line: PlanLine) -> tuple[str, ...]:
    issuers = "、".join(line.issuers[:3]) + (f" +{len(line.issuers) - 3}" if len(line.issuers) > 3 else "")
    title = f"{line.title}（{issuers}）" if issuers else line.title
    return line.issued, line.number, line.period, *map(str, (line.tasks, line.measures, line.targets, line.industries, line.bodies)), title


def _csv(lines: list[PlanLine]) -> str:
    from ..formats.tables import csv_lines

    rows = [{**line.data(), "issuers": "；".join(line.issuers)} for line in lines]
    head = list(rows[0]) if rows else []
    return csv_lines([head, *(row.values() for row in rows)])


@click.command(short_help="List the plans: who issued them, numbers, periods, counts.")
@data_option
@click.option(
    "--format", "form", type=Choice(["table", "csv", "json"]), default="table", show_default=True, help="How to print the list."
)
def plans(data: Path, form: str) -> None:
    """List the plans of a folder of exports: date of issue, number, period, title, issuers, and how many
    tasks, measures, targets, industries and bodies.

    Tasks are those of all kinds and levels, measures apart, as on the page; bodies are those responsible for any of them.

    \b
    Examples:
      yangfan plans
      yangfan plans --data corpus-exports --format csv > plans.csv
    """
    lines = list_plans(Nodes(open_store(data, named=False, evidence=False)))
    if form == "json":
        click.echo(json.dumps([line.data() for line in lines], ensure_ascii=False, indent=2))
        return
    if form == "csv":
        sys.stdout.buffer.write(_csv(lines).encode("utf-8"))
        return
    head = tuple(say(name) for name in _HEAD)
    table = [head, *map(_cells, lines)]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    for number, row in enumerate(table):
        shown = [(left if name in _COUNTS else pad)(cell, size) for name, cell, size in zip(_HEAD, row, widths, strict=True)]
        text = "  ".join(shown).rstrip()
        click.echo(click.style(text, bold=True) if number == 0 else text)
    click.echo(say("{count} plans", count=len(lines)))
