"""Ten queries over HTTP with 8 clients at a time: this project's server beside the bare `oxigraph` server.

    python -m benchmarks.http                   # the seed's exports
    python -m benchmarks.http --million         # 1,000,000 triples

The same client asks both: 8 processes, each with one kept connection, each asking the ten queries in turn, the answer as
JSON. The two servers take turns, round by round, so that a busy moment of the machine harms both. This project's server is
measured twice: without kept answers (`--cache 0`), where every request runs its query, and as it starts by default, where
an answer that was given before is given again.
"""

from __future__ import annotations

import argparse
import statistics
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path

from benchmarks.questions import QUESTIONS, SEED, million
from benchmarks.servers import ours, oxigraph
from yangfan.query.run import prefixes

CLIENTS = 8
_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes().items())
_HEADERS = {"Accept": "application/sparql-results+json", "Content-Type": "application/sparql-query"}


def client(task: tuple[int, int, str, int]) -> list[tuple[str, float]]:
    """Ask `count` queries, starting with another one in each client; give the name and milliseconds of each."""
    number, port, path, count = task
    names = list(QUESTIONS)
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    found = []
    for turn in range(count):
        name = names[(number + turn) % len(names)]
        started = time.perf_counter()
        connection.request("POST", path, (_PREFIXES + QUESTIONS[name]).encode(), _HEADERS)
        response = connection.getresponse()
        response.read()
        found.append((name, (time.perf_counter() - started) * 1000))
        assert response.status == 200, response.status
    connection.close()
    return found


def quantile(values: list[float], share: float) -> float:
    """Give the value below which a share of all values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="ask 1,000,000 generated triples instead of the seed")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--count", type=int, default=0, help="queries of each client in each round")
    options = parser.parse_args()
    folder: Path = million() if options.million else SEED
    count = options.count or (20 if options.million else 200)
    with ExitStack() as stack:
        pool = stack.enter_context(get_context("spawn").Pool(CLIENTS))
        servers = {
            "oxigraph server": (stack.enter_context(oxigraph(folder))[0], "/query"),
            "this project, no answer kept": (stack.enter_context(ours(folder, "--cache", "0"))[0], "/sparql"),
            "this project": (stack.enter_context(ours(folder))[0], "/sparql"),
        }
        times: dict[str, list[float]] = {name: [] for name in servers}
        spent = dict.fromkeys(servers, 0.0)
        for turn in range(options.rounds + 1):
            for name, (url, path) in servers.items():
                port = int(url.rpartition(":")[2])
                started = time.perf_counter()
                found = pool.map(client, [(n, port, path, count) for n in range(CLIENTS)], chunksize=1)
                if turn:  # The first round warms both up.
                    spent[name] += time.perf_counter() - started
                    times[name] += [milliseconds for part in found for _, milliseconds in part]
    base = quantile(times["oxigraph server"], 0.95)
    print("| server | requests | requests/s | median ms | 95 % ms | against oxigraph at 95 % |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, values in times.items():
        high = quantile(values, 0.95)
        rate = f"{len(values) / spent[name]:.0f} | {statistics.median(values):.2f} | {high:.2f} | {high / base:.2f}"
        print(f"| {name} | {len(values)} | {rate} |")


if __name__ == "__main__":
    main()
