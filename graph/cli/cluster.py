"""What `build --engine spark` does: one folder of any Hadoop file system into another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from ..core.language import say, translated


def on_spark(
    sources: tuple[Path | str, ...],
    out: Path | str,
    overlays: Sequence[Path | str],
    proposed: Sequence[Path | str],
    master: str,
    told: Callable[[str, int, int], None] | None,
    *,
    strict: bool,
    quiet: bool,
) -> None:
    """Build a folder on Spark, and say what came of it; with `strict` the exit code is 1 when a document was set aside."""
    if len(sources) != 1:
        raise click.UsageError(say("--engine spark builds one folder"))
    from ..spark.build import build
    from .summary import apart

    made = build(str(sources[0]), str(out), master=master, overlays=[*map(str, overlays)], proposed=[*map(str, proposed)], told=told)
    report = made.report
    if not quiet:
        counts = {name: f"{report[name]:,}" for name in ("documents", "nodes", "edges", "statements")}
        click.echo(say("{documents} documents, {nodes} nodes, {edges} edges, {statements} statements in {folder}", **counts, folder=out))
        if "proposed" in report:
            click.echo(apart(report["proposed"]))
    for name, texts in report["warnings"].items():
        for text in texts:
            click.echo(f"{say('warning')}: {name}: {translated(text)}", err=True)
    for name, reason in report["rejected"].items():
        click.echo(f"{say('rejected')}: {name}: {translated(reason)}", err=True)
    if report["rejected_count"] > len(report["rejected"]):
        click.echo(say("{count} documents were set aside; the folder rejected names all of them", count=report["rejected_count"]), err=True)
    if strict and report["rejected_count"]:
        sys.exit(1)
