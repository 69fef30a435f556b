"""The verb `export`: write one export format to a file or standard output."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.language import say
from ..formats.registry import FOLDERS, FORMATS
from .data import data_option
from .nearest import Choice

REDIRECTS = "w3id"
_MOST_NAMED = 8


@click.command(epilog=f"FORMAT is one of {', '.join((*FORMATS, *FOLDERS, REDIRECTS))}.")
@click.argument("form", type=Choice([*FORMATS, *FOLDERS, REDIRECTS]), metavar="FORMAT")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@data_option
@click.option("--host", metavar="URL", help="Of w3id: the server that the permanent identifiers lead to.")
def export(form: str, file: Path | None, data: Path, host: str | None) -> None:
    """Write one format of the built graph to FILE or standard output.

    Of parquet, nquads and rdf12, which are folders, FILE is the folder. w3id writes no graph but the .htaccess to hand in at
    w3id.org, which leads the permanent identifiers to your server.

    \b
    Examples:
      yangfan export graphml plan.graphml
      yangfan export nodes > nodes.csv
      yangfan export parquet tables
      yangfan export w3id --host https://plans.example.org .htaccess
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
        names = sorted(path.name for path in file.glob(FOLDERS[form].files))
        told = ", ".join([*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])])
        click.echo(say("{file} written: {names}", file=file, names=told), err=True)
        return
    if form == REDIRECTS:
        from ..server.w3id import redirects

        if host is None:
            raise click.UsageError(say("w3id needs --host: the server that the identifiers lead to"))
        content = redirects(host).encode("utf-8")
    else:
        content = write(load_graph(data), form)
    if file is None or str(file) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_whole(file, content)
        click.echo(say("{file} written", file=file), err=True)
