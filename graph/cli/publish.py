"""The verb `publish`: the named graphs into a SPARQL 1.1 Graph Store."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.files import EXPORTS
from ..server.publish import PASSWORD, TOKEN, USER, graphs_of, put, target_of, verify


@click.command(
    short_help="Load the graphs into a Graph Store server.",
    epilog=f"Credentials come from the environment: {USER} and {PASSWORD}, or {TOKEN}.",
)
@click.argument("url")
@click.option(
    "--data", type=click.Path(path_type=Path), default=EXPORTS, show_default="exports", help="The exports folder."
)
@click.option("--query-url", default="", help="The store's SPARQL endpoint, where it cannot be told from URL.")
@click.option(
    "--tries", type=click.IntRange(1, 20), default=5, show_default=True, help="How often to try each request."
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
def publish(url: str, data: Path, query_url: str, tries: int, dry_run: bool) -> None:
    """Put each named graph into the Graph Store at URL, replacing it there, and check the number of triples afterwards.

    \b
    Examples:
      yangfan publish http://localhost:7878/store
      yangfan publish http://localhost:3030/plans/data
      yangfan publish http://localhost:7200/repositories/plans/rdf-graphs/service
      yangfan publish http://localhost:8890/sparql-graph-crud-auth
      yangfan publish https://host:8182/sparql/gsp/ --dry-run
    """
    target = target_of(url, query_url, tries)
    graphs = list(graphs_of(data))
    total = sum(graph.count for graph in graphs)
    if dry_run:
        for graph in graphs:
            click.echo(f"{graph.count:>9} {graph.name}")
        click.echo(f"{total:>9} triples in {len(graphs)} graphs would go to {url}")
        return
    progress = sys.stderr.isatty()
    for number, graph in enumerate(graphs, start=1):
        if progress:
            click.echo(f"\r[{number}/{len(graphs)}] {graph.name}\x1b[K", err=True, nl=False)
        put(target, graph)
        verify(target, graph)
    if progress:
        click.echo("\r\x1b[K", err=True, nl=False)
    click.echo(f"{total} triples in {len(graphs)} graphs are at {url}")
