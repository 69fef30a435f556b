"""Ten queries by this project's engine, by rdflib's own and by the bare `oxigraph` server, side by side.

    python -m benchmarks.query                  # the seed's exports
    python -m benchmarks.query --million        # 1,000,000 triples; rdflib needs some gigabytes and minutes

Each figure is the median of several runs in milliseconds, the answer written as JSON in every case; the server's includes
HTTP. A query that rdflib has not answered after a minute is stopped and counts as a minute.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty

import httpx

from benchmarks.questions import JOINS, QUESTIONS, SEED, million
from benchmarks.servers import oxigraph
from tests.places import ROOT
from yangfan.query.run import prefixes, run, serialize
from yangfan.query.store import load_store

PATIENCE = 60.0


def timed(call: Callable[[], object], runs: int) -> float:
    """Give the median time of a call in milliseconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def ours(folder: Path) -> tuple[dict[str, float], dict[str, int]]:
    """Time this project's engine; give the times and the number of rows of each answer."""
    store = load_store(folder, named=False)
    times, counts = {}, {}
    for name, text in QUESTIONS.items():

        def call(text: str = text) -> bytes:
            return serialize(run(store, text), "json")

        times[name] = timed(call, 7)
        counts[name] = serialize(run(store, text), "tsv").count(b"\n") - 1
    return times, counts


def bare(folder: Path) -> dict[str, float]:
    """Time the bare server over HTTP, one client."""
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes().items())
    headers = {"Accept": "application/sparql-results+json", "Content-Type": "application/sparql-query"}
    with oxigraph(folder) as (url, _), httpx.Client(base_url=url, timeout=300) as client:
        found = {}
        for name, text in QUESTIONS.items():

            def call(text: str = text) -> object:
                return client.post("/query", content=declared + text, headers=headers).raise_for_status()

            found[name] = timed(call, 7)
        return found


def _rdflib(folder: Path, names: list[str], results: Queue[tuple[str, float]]) -> None:
    from rdflib import Graph

    graph = Graph()
    for file in ("graph.ttl", "evidence.ttl"):
        graph.parse(folder / file, format="turtle")
    known = prefixes()
    results.put(("", 0.0))
    for name in names:

        def call(name: str = name) -> object:
            return graph.query(QUESTIONS[name], initNs=known).serialize(format="json")

        results.put((name, timed(call, 3 if folder == SEED else 1)))


def theirs(folder: Path) -> dict[str, float]:
    """Time rdflib's engine in a process of its own, a new one after each query that had to be stopped."""
    context = get_context("spawn")
    found: dict[str, float] = {}
    while left := [name for name in QUESTIONS if name not in found]:
        results: Queue[tuple[str, float]] = context.Queue()
        process = context.Process(target=_rdflib, args=(folder, left, results))
        process.start()
        results.get()
        for expected in left:
            try:
                name, milliseconds = results.get(timeout=PATIENCE)
            except Empty:
                found[expected] = PATIENCE * 1000
                break
            found[name] = milliseconds
        process.kill()
        process.join()
    return found


def whole_process(runs: int = 15) -> tuple[float, float]:
    """Time `query` on the seed as a whole process, and `python -c pass` beside it."""

    def call(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)

    query = "SELECT ?i ?name { ?i a yf:Industry ; rdfs:label ?name }"
    return timed(call("build.py", "query", query), runs), timed(call("-c", "pass"), runs)


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="ask 1,000,000 generated triples instead of the seed")
    folder = million() if parser.parse_args().million else SEED
    our, counts = ours(folder)
    server, their = bare(folder), theirs(folder)
    print("| query | rows | this project | oxigraph server | rdflib | rdflib ÷ this |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in QUESTIONS:
        late = ">" if their[name] >= PATIENCE * 1000 else ""
        times = f"{our[name]:.2f} | {server[name]:.2f} | {late}{their[name]:.1f} | {late}{their[name] / our[name]:.0f}"
        print(f"| {name}{' (join)' if name in JOINS else ''} | {counts[name]} | {times} |")
    if folder == SEED:
        print("\n`query` as a whole process: {:.0f} ms; `python -c pass`: {:.0f} ms".format(*whole_process()))


if __name__ == "__main__":
    main()
