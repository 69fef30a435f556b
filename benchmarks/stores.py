"""Which store for which size: the ten queries of `benchmarks.questions` at 1, 10 and 50 million triples, over HTTP in three servers.

    python -m benchmarks.stores 1 10 50                       # all servers
    python -m benchmarks.stores 10 --only virtuoso            # this, oxigraph, virtuoso
    python -m benchmarks.stores 50 --clean                    # one store on the disk at a time
    python -m benchmarks.stores 10 --patience 600 --times 1   # on a machine that has other work

The triples are those of `benchmarks.generate` (a million), again and again with other plans and documents and the same bodies, industries and
technologies, which so get as many neighbours as there are copies. Each server loads them once into `benchmarks/out/stores`, is started anew, and
asked each query three times by one client, the answer as JSON; the median counts, and what takes more than a minute (`--patience`) or is
refused counts as failed. In brackets stands what of it is work of the server's processes, which other work on the machine disturbs less
than the clock. Virtuoso is Debian's `virtuoso-opensource-7`. Ten million triples take 2 GB of lines and 1.5 GB in each store.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx

from benchmarks.corpus import family
from benchmarks.questions import OUT, QUESTIONS, million
from benchmarks.servers import free_port
from benchmarks.spark import work_of
from tests.places import ROOT
from yangfan.query.run import prefixes

PATIENCE = 60.0
_PLANS = 1000
"""Numbers of plans that each copy has for itself."""
_NUMBER = re.compile(r"第(\d+)号|plan-(\d{4})\b|/statement/([0-9a-f]{4})")


class Store(NamedTuple):
    """A server that is loaded: its endpoint, how many seconds it took to answer from its start, its process, and how long it may take."""

    url: str
    ready: float
    process: int
    patience: float


def triples(millions: int) -> Path:
    """Give a folder of exports with so many million triples, in lines; made once."""
    folder = OUT / "stores" / f"{millions}m"
    file = folder / "graph.ttl"
    if not (folder / "graph.trig").is_file():
        import pyoxigraph as ox

        base = OUT / "stores" / "one.nt"
        folder.mkdir(parents=True, exist_ok=True)
        if not base.is_file():
            parts = (ox.parse(path=million() / name) for name in ("graph.ttl", "evidence.ttl"))
            ox.serialize((quad.triple for part in parts for quad in part), str(base), format=ox.RdfFormat.N_TRIPLES)
        with file.open("w", encoding="utf-8") as out:
            for copy in range(millions):
                with base.open(encoding="utf-8") as lines:
                    out.writelines(_renamed(line, copy) for line in lines)
        (folder / "evidence.ttl").write_text("", encoding="utf-8")
        (folder / "graph.trig").write_text("# no named graphs\n", encoding="utf-8")
    return folder


def _renamed(line: str, copy: int) -> str:
    """Make a line of the first million one of another copy: other plans, documents and statements."""

    def other(found: re.Match[str]) -> str:
        number, key, statement = found.groups()
        if number:
            return f"第{int(number) + copy * _PLANS}号"
        return f"plan-{int(key) + copy * _PLANS:05}" if key else f"/statement/{(int(statement, 16) + copy) % 65536:04x}"

    return _NUMBER.sub(other, line) if copy else line


@contextlib.contextmanager
def _running(command: list[str], url: str, patience: float) -> Iterator[Store]:
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                with contextlib.suppress(httpx.HTTPError):
                    httpx.get(url, params={"query": "ASK {}"}, timeout=patience).raise_for_status()
                    break
                time.sleep(0.05)
            yield Store(url, time.perf_counter() - started, process.pid, patience)
        finally:
            process.terminate()
            process.wait()


@contextlib.contextmanager
def this(folder: Path, told: list[float], patience: float) -> Iterator[Store]:
    """Load the exports as `query` does at its first time, and serve them."""
    from yangfan.query.disk import KeptStore

    started, before = time.perf_counter(), time.process_time()
    KeptStore(folder).path()
    told += [time.perf_counter() - started, time.process_time() - before]
    port = free_port()
    limits = ["--timeout", str(patience), "--max-rows", "10000000", "--cache", "0", "--max-memory", "4096"]
    command = [sys.executable, "build.py", "serve", str(folder), "--port", str(port), *limits]
    with _running(command, f"http://127.0.0.1:{port}/sparql", patience) as store:
        yield store


@contextlib.contextmanager
def oxigraph(folder: Path, told: list[float], patience: float) -> Iterator[Store]:
    """Load and serve with the bare Oxigraph server."""
    found = shutil.which("oxigraph", path=f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        raise SystemExit("the oxigraph server is not installed: pip install oxigraph")
    place = folder / "oxigraph"
    if not place.is_dir():
        started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        loading = [found, "load", "--location", str(place), "--lenient", "--file", str(folder / "graph.ttl")]
        subprocess.run(loading, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        told += [time.perf_counter() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime]
    port = free_port()
    command = [found, "serve-read-only", "--location", str(place), "--bind", f"127.0.0.1:{port}", "--timeout-s", str(int(patience))]
    with _running(command, f"http://127.0.0.1:{port}/query", patience) as store:
        yield store


_INI = """
[Database]
DatabaseFile = {place}/virtuoso.db
ErrorLogFile = {place}/virtuoso.log
LockFile = {place}/virtuoso.lck
TransactionFile = {place}/virtuoso.trx
xa_persistent_file = {place}/virtuoso.pxa
ErrorLogLevel = 3
[TempDatabase]
DatabaseFile = {place}/temp.db
TransactionFile = {place}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
MaxQueryMem = 1G
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {place}
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryExecutionTime = {patience}
DefaultGraph = urn:x-yangfan:all
"""
_BUFFERS = 340_000
"""Pages of 8 KB that Virtuoso may keep: some 3 GB."""


@contextlib.contextmanager
def virtuoso(folder: Path, told: list[float], patience: float) -> Iterator[Store]:
    """Load and serve with Virtuoso, by its bulk loader."""
    if shutil.which("virtuoso-t") is None:
        raise SystemExit("Virtuoso is not installed: apt-get install virtuoso-opensource-7")
    place = folder / "virtuoso"
    port, sql = free_port(), free_port()
    fresh = not place.is_dir()
    place.mkdir(exist_ok=True)
    values = {"place": place, "folder": folder, "port": port, "sql": sql, "patience": int(patience)}
    ini = _INI.format(**values, buffers=_BUFFERS, dirty=_BUFFERS * 3 // 4)
    (place / "virtuoso.ini").write_text(ini, encoding="utf-8")
    command = ["virtuoso-t", "+foreground", "+configfile", str(place / "virtuoso.ini")]
    with _running(command, f"http://127.0.0.1:{port}/sparql", patience) as store:
        if fresh:
            started, before = time.perf_counter(), spent(store.process)
            # The loader goes by endings: lines are Turtle too, but .nt has the quicker reader.
            link = folder / "graph.nt"
            if not link.exists():
                link.symlink_to("graph.ttl")
            orders = f"ld_dir('{folder}', 'graph.nt', 'urn:x-yangfan:all'); rdf_loader_run(); checkpoint;"
            subprocess.run(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={orders}"], check=True, capture_output=True)
            told += [time.perf_counter() - started, spent(store.process) - before]
        yield store


SERVERS = {"this": this, "oxigraph": oxigraph, "virtuoso": virtuoso}


def clear(name: str, folder: Path) -> int:
    """Take away what a server has stored of a folder; gives how many bytes it was."""
    from yangfan.query.disk import KeptStore

    place = KeptStore(folder).home if name == "this" else folder / name
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    shutil.rmtree(place)
    return size


class Timed(NamedTuple):
    """How long something took (none where it failed), how much of it was work of the server's, and how many rows an answer has."""

    time: float | None
    work: float = 0
    rows: int = 0


def spent(process: int) -> float:
    """Give the seconds of work of a server and of the processes that it started, those among them that have ended since."""
    return sum(work_of(one, ended=True) for one in family(process))


def asked(store: Store, often: int) -> dict[str, Timed]:
    """Give the median of each query in milliseconds, and the rows of its answer."""
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes().items())
    found: dict[str, Timed] = {}
    with httpx.Client(timeout=store.patience + 5, headers={"Accept": "application/sparql-results+json"}) as client:
        for name, text in QUESTIONS.items():
            times: list[float] = []
            works: list[float] = []
            rows = 0
            for _ in range(often):
                started, before = time.perf_counter(), spent(store.process)
                try:
                    answer = client.post(store.url, data={"query": declared + text})
                    rows = len(answer.raise_for_status().json()["results"]["bindings"])
                except (httpx.HTTPError, ValueError, KeyError):
                    times.clear()
                    break
                times.append((time.perf_counter() - started) * 1000)
                works.append((spent(store.process) - before) * 1000)
                if times[-1] > store.patience * 1000 / 3:
                    break
            found[name] = Timed(statistics.median(times) if times else None, statistics.median(works) if times else 0, rows)
            print(f"  {name}: {found[name]}", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Print a table a size as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("millions", type=int, nargs="+")
    parser.add_argument("--only", choices=SERVERS, action="append", default=[])
    parser.add_argument("--clean", action="store_true", help="take each store away when it has answered, and the triples at the end")
    parser.add_argument("--patience", type=float, default=PATIENCE, metavar="SECONDS", help="how long an answer may take by the clock")
    parser.add_argument("--times", type=int, default=3, help="how often each query is asked")
    arguments = parser.parse_args()
    names = arguments.only or list(SERVERS)
    for millions in arguments.millions:
        folder = triples(millions)
        columns: dict[str, dict[str, Timed]] = {}
        for name in names:
            print(f"{millions} million, {name}", file=sys.stderr, flush=True)
            loading: list[float] = []
            with SERVERS[name](folder, loading, arguments.patience) as store:
                begun = {"loading (s)": Timed(loading[0], loading[1]) if loading else Timed(None), "start (s)": Timed(store.ready)}
                # What took long is told at once: a run that is stopped prints no table.
                print(f"  {begun}", file=sys.stderr, flush=True)
                columns[name] = {**begun, **asked(store, arguments.times)}
            if arguments.clean:
                print(f"  {clear(name, folder) / 1e9:.2f} GB stored", file=sys.stderr, flush=True)
        print(f"\n| {millions} million | {' | '.join(names)} |\n| --- |{' ---: |' * len(names)}")
        for row in next(iter(columns.values())):
            cells = [columns[name][row] for name in names]
            # What was loaded before is not loaded again.
            none = "kept" if row.startswith("loading") else "failed"
            shown = " | ".join(none if cell.time is None else f"{cell.time:.3g} ({cell.work:.3g})" for cell in cells)
            counts = {cell.rows for cell in cells if cell.time is not None}
            differ = f" (rows differ: {', '.join(str(cell.rows) for cell in cells)})" if len(counts) > 1 else ""
            print(f"| {row}{differ} | {shown} |", flush=True)
        if arguments.clean:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
