"""The verb `publish`: load the graphs into a SPARQL 1.1 Graph Store server."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from ..core.language import say
from ..server.client import PASSWORD, TOKEN, USER, Client, printable
from ..server.compare import REPEATED, TRUTH
from ..server.parts import Parts
from ..server.publish import Published
from ..server.publish import publish as run
from ..server.stores import GraphStore, target_of
from .data import data_option


@click.command(
    short_help="Load the graphs into a Graph Store server.",
    epilog=f"Credentials come from the environment: {USER} and {PASSWORD}, or {TOKEN}.",
)
@click.argument("url")
@data_option
@click.option("--dataset", default="", metavar="NAME", help="What the build is called in the store (the folder's name).")
@click.option("--query-url", default="", help="The store's SPARQL endpoint, where it cannot be told from URL.")
@click.option(
    "--default-graph/--no-default-graph",
    "default",
    default=None,
    help="Replace the store's default graph, or leave it; else where it is empty or holds this build.",
)
@click.option("--replace", is_flag=True, help="Take the place of a build of the same name that shares no document with this one.")
@click.option("--no-answers", is_flag=True, help="Count the triples only; do not compare the answers to the named queries.")
@click.option(
    "--tries", type=click.IntRange(1, 20), default=5, show_default=True, help="How often to try each request."
)
@click.option(
    "--deadline", type=click.FloatRange(1), default=3600.0, show_default=True, help="Seconds that all of it may take."
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
def publish(
    url: str,
    data: Path,
    dataset: str,
    query_url: str,
    default: bool | None,
    replace: bool,
    no_answers: bool,
    tries: int,
    deadline: float,
    dry_run: bool,
) -> None:
    """Put a build into the Graph Store at URL: its named graphs, and all of it merged into one graph.

    What is there under the build's name is replaced, and graphs that it has no more are taken away. Afterwards the triples are counted and
    the named queries are asked of the store; exits with 1 when an answer differs from that of the exports. The last line says where to ask.

    \b
    Examples:
      yangfan publish http://localhost:7878/store
      yangfan publish http://localhost:3030/plans/data --dataset health
      yangfan publish http://localhost:7200/repositories/plans/rdf-graphs/service
      yangfan publish http://localhost:8890/sparql-graph-crud-auth
      yangfan publish https://host:8182/sparql/gsp/ --dry-run
    """
    target = target_of(url, query_url)
    parts = Parts(data, dataset)
    if dry_run:
        _dry(parts, url)
        return
    client = Client(url, tries=tries, deadline=deadline)
    if client.risks:
        risk = say("the credentials go to {url} over plain http, where others can read them", url=printable(url))
        click.echo(f"yangfan: {say('warning')}: {risk}", err=True)
    shown = sys.stderr.isatty()

    def told(what: str, done: int, total: int) -> None:
        click.echo(f"\r[{done}/{total}] {what}\x1b[K", err=True, nl=False)

    try:
        done = run(
            parts,
            GraphStore(target, client),
            default=default,
            replace=replace,
            answers=not no_answers,
            told=told if shown else None,
        )
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)
    _tell(done, url)
    if done.differing:
        sys.exit(1)


def _dry(parts: Parts, url: str) -> None:
    with tempfile.TemporaryDirectory(prefix="yangfan-") as folder:
        counts = [(part.name, parts.write(part, Path(folder) / "graph.nt")) for part in (*parts.graphs, parts.whole)]
    counts.append((parts.provenance, parts.described().count(b"\n")))
    for name, count in sorted(counts):
        click.echo(f"{count:>9} {name}")
    total = f"{sum(count for _, count in counts):>9}"
    click.echo(say("{total} triples in {count} graphs would go to {url}", total=total, count=len(counts), url=url))


def _tell(done: Published, url: str) -> None:
    click.echo(say("{total} triples in {count} graphs are at {url}", total=done.triples, count=done.graphs, url=url))
    for name in done.gone:
        click.echo(say("taken away: {graph}", graph=name))
    if done.left:
        rest = say("{count} graphs of the last time are left: give --query-url to have them taken away", count=len(done.left))
        click.echo(f"yangfan: {say('warning')}: {rest}", err=True)
    for comparison in done.differing:
        differs = say("{here} rows here, {there} there: {difference}", here=comparison.here, there=comparison.there, difference=comparison.difference)
        click.echo(f"{comparison.query}: {differs}", err=True)
    if done.compared:
        alike = len(done.compared) - len(done.differing)
        ways = {TRUTH: say("truth values are written as 1 and 0"), REPEATED: say("rows are repeated in spite of DISTINCT")}
        met = {comparison.difference for comparison in done.compared if comparison.same}
        written = [words for difference, words in ways.items() if difference in met]
        words = f" ({'; '.join(written)})" if written else ""
        click.echo(say("{alike} of {count} named queries are answered as here", alike=alike, count=len(done.compared)) + words)
    if done.query_url:
        click.echo(say("ask at {url}", url=done.query_url))
