"""The verb `check`: check exports: shapes, statements, quotes, declared counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..core.language import say, translated
from .data import data_folder
from .nearest import Choice


@click.command()
@data_folder
@click.option(
    "--format",
    "form",
    type=Choice(["text", "json", "ttl"]),
    default="text",
    help="A line a fault, all faults as JSON, or the report of the SHACL validation in Turtle.",
)
@click.option(
    "--coverage",
    "floor",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Find documents of whose sentences less than this share (0 to 1) is evidence or context.",
)
def check(folder: Path, form: str, floor: float | None) -> None:
    """Check exports: that each file is the one that was built, SHACL shapes, statements, quotes, inferences, counts, one content in all.

    Prints one line a fault and exits with 1 when there is any.

    \b
    Examples:
      yangfan check exports
      yangfan check exports --format json
      yangfan check exports --coverage 0.8
    """
    from ..quality.check import check_exports, check_shacl

    if form == "ttl":
        conforms, report = check_shacl(folder)
        click.echo(report, nl=False)
        sys.exit(0 if conforms else 1)
    findings = check_exports(folder)
    if floor is not None:
        from ..quality.coverage import check_coverage

        findings += check_coverage(folder, floor)
    if form == "json":
        listed = [{"check": finding.check, "message": finding.message} for finding in findings]
        told = {"folder": str(folder), "faults": len(findings), "findings": listed}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        sys.exit(1 if findings else 0)
    for finding in findings:
        click.echo(f"{say(finding.check)}: {translated(finding.message)}")
    if findings:
        click.echo(say("{count} faults in {folder}", count=len(findings), folder=folder), err=True)
        sys.exit(1)
    click.echo(
        say(
            "{folder}: the files are those that were built and hold one content; "
            "shapes, statements, quotes, inferences, targets and counts are right",
            folder=folder,
        )
    )
