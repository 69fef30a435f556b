"""The verb `export`: write one export format to a file or standard output."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..formats.registry import FORMATS
from .data import data_option
from .nearest import Choice


@click.command(epilog=f"FORMAT is one of {', '.join(FORMATS)}.")
@click.argument("form", type=Choice(list(FORMATS)), metavar="FORMAT")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@data_option
def export(form: str, file: Path | None, data: Path) -> None:
    """Write one format of the built graph to FILE or standard output.

    \b
    Examples:
      yangfan export graphml plan.graphml
      yangfan export nodes > nodes.csv
    """
    from ..core.files import write_whole
    from ..formats.load import load_graph
    from ..formats.registry import export as write

    content = write(load_graph(data), form)
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_whole(file, content)
