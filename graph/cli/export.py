"""The verb `export`: write one export format to a file or standard output."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.language import say
from ..formats.registry import FOLDERS, FORMATS
from .data import data_option
from .nearest import Choice


@click.command(epilog=f"FORMAT is one of {', '.join((*FORMATS, *FOLDERS))}.")
@click.argument("form", type=Choice([*FORMATS, *FOLDERS]), metavar="FORMAT")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@data_option
def export(form: str, file: Path | None, data: Path) -> None:
    """Write one format of the built graph to FILE or standard output.

    Of parquet and nquads, which are several files, FILE is the folder.

    \b
    Examples:
      yangfan export graphml plan.graphml
      yangfan export nodes > nodes.csv
      yangfan export parquet tables
    """
    from ..core.files import write_whole
    from ..formats.load import load_graph
    from ..formats.registry import export as write
    from ..formats.registry import export_folder

    if form in FOLDERS:
        if file is None or str(file) == "-":
            raise click.UsageError(say("{format} is several files: name a folder for them", format=form))
        FOLDERS[form].require()
        export_folder(load_graph(data), form, file)
        return
    content = write(load_graph(data), form)
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_whole(file, content)
