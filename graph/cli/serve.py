"""The verb `serve`: serve SPARQL, entity pages and the network page on loopback."""

from __future__ import annotations

from pathlib import Path

import click

from .data import data_folder


@click.command(short_help="Serve SPARQL, entity pages and the network page.")
@data_folder
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 takes any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=20.0, show_default=True, help="Seconds a query may take."
)
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows an answer may have.")
@click.option("--max-body", type=click.IntRange(1), default=1_048_576, show_default=True, help="Bytes of a request.")
@click.option("--max-concurrent", type=click.IntRange(1, 256), default=16, show_default=True, help="Queries at a time.")
@click.option(
    "--max-memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB a query may take for itself."
)
@click.option(
    "--max-waiting", type=click.IntRange(0), default=64, show_default=True, help="Queries that may wait for their turn."
)
@click.option(
    "--max-pending",
    type=click.IntRange(1),
    default=512,
    show_default=True,
    help="MiB of answers that their clients have not fetched yet.",
)
@click.option(
    "--max-connections", type=click.IntRange(1), default=512, show_default=True, help="Connections at a time."
)
@click.option(
    "--send-timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds a client may fetch nothing."
)
@click.option(
    "--head-timeout", type=click.FloatRange(0.1), default=20.0, show_default=True, help="Seconds a request may take to come."
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name by which clients may ask, besides those of loopback; * is any.",
)
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN", help="Web pages that may read answers (https://example.org); * is all."
)
@click.option(
    "--cache", type=click.IntRange(0), default=32, show_default=True, help="MiB of answers to keep; 0 keeps none."
)
def serve(
    folder: Path,
    port: int,
    host: str,
    timeout: float,
    max_rows: int,
    max_body: int,
    max_concurrent: int,
    max_memory: int,
    cache: int,
    max_waiting: int,
    max_pending: int,
    max_connections: int,
    send_timeout: float,
    head_timeout: float,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
) -> None:
    """Serve the exports in DIR: SPARQL 1.1 Protocol at /sparql, a query page, entity pages, texts, search, the network.

    The endpoint is read-only. A query beyond a limit is refused or stopped with a status code that says so.

    \b
    Examples:
      yangfan serve
      yangfan serve my-exports --port 9000 --timeout 5
      yangfan serve --host 0.0.0.0 --allow-host graph.example.org --cors https://example.org
    """
    from ..server.run import serve as run
    from ..server.settings import Settings

    settings = Settings(
        folder,
        timeout=timeout,
        rows=max_rows,
        body=max_body,
        concurrent=max_concurrent,
        memory=max_memory,
        cache=cache,
        queue=max_waiting,
        pending=max_pending,
        connections=max_connections,
        send=send_timeout,
        head=head_timeout,
        hosts=hosts,
        origins=origins,
    )
    run(host, port, settings)
