"""The verb `view`: open the network page in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from ..core.errors import OutputError
from .data import data_folder


@click.command()
@data_folder
@click.option("--path", "only_path", is_flag=True, help="Print the page's path and do not open it.")
def view(folder: Path, only_path: bool) -> None:
    """Open the network page of the exports in DIR (exports/ when not said) in the browser.

    The page is one file that works without a network; a build writes it.

    \b
    Examples:
      yangfan view
      yangfan view --path
    """
    page = folder if folder.suffix == ".html" else folder / "graph.html"
    if not page.is_file():
        raise OutputError("there is no network page here; `yangfan` writes it", file=page)
    if only_path:
        click.echo(str(page.resolve()))
    elif not webbrowser.open(page.resolve().as_uri()):
        raise OutputError("no browser could be started; open this file yourself", file=page)
