"""The verb `check`: check exports: shapes, statements, quotes, declared counts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.language import say, translated
from .data import data_folder


@click.command()
@data_folder
def check(folder: Path) -> None:
    """Check exports: SHACL shapes, a statement for every edge, every quote at its place in its text, declared counts.

    Prints one line a fault and exits with 1 when there is any.

    \b
    Example:
      yangfan check exports
    """
    from ..quality.check import check_exports

    findings = check_exports(folder)
    for finding in findings:
        click.echo(f"{say(finding.check)}: {translated(finding.message)}")
    if findings:
        click.echo(say("{count} faults in {folder}", count=len(findings), folder=folder), err=True)
        sys.exit(1)
    click.echo(
        say(
            "{folder}: graph.ttl, evidence.ttl and texts/ agree: shapes, statements, quotes and targets are right, "
            "declared counts are recorded as found",
            folder=folder,
        )
    )
