"""Load: 10,000 requests from 32 clients, mixed and one in ten malformed; no answer may be a 5xx and memory stays flat.

python -m benchmarks.load                   # the seed's exports, 10,000 requests
python -m benchmarks.load --count 1000
"""

from __future__ import annotations

import argparse
import itertools
import random
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.questions import QUESTIONS, SEED
from benchmarks.servers import ours
from yangfan.query.library import load_library

CLIENTS = 32
Request = tuple[str, str, bytes, dict[str, str]]

_DIRECT = {"Content-Type": "application/sparql-query"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_ACCEPTS = (
    "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values", "*/*"
)  # fmt: skip
_GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


def good(rng: random.Random) -> Request:
    """Give a well-formed request: SPARQL in its three forms, or a page."""
    kind = rng.randrange(10)
    query = rng.choice(list(QUESTIONS.values()))
    accept = {"Accept": rng.choice(_ACCEPTS)}
    if kind < 2:
        return "GET", "/sparql?" + urlencode({"query": query}), b"", accept
    if kind < 4:
        return "POST", "/sparql", query.encode(), {**_DIRECT, **accept}
    if kind == 4:
        return "POST", "/sparql", urlencode({"query": query}).encode(), {**_FORM, **accept}
    if kind == 5:
        # Never asked before, so never answered from what is kept.
        query = f"SELECT ?s ?o {{ ?s rdfs:label ?o . FILTER(STRLEN(?o) > {rng.random() * 9}) }}"
        return "POST", "/sparql", query.encode(), {**_DIRECT, **accept}
    if kind == 6:
        describing = "CONSTRUCT { ?i yf:inDomain ?d } WHERE { ?i yf:inDomain ?d }"
        return "POST", "/sparql", describing.encode(), {**_DIRECT, "Accept": rng.choice(_GRAPHS)}
    if kind == 7:
        accept = {"Accept": rng.choice(("text/html", *_GRAPHS))}
        name = rng.choice(("智慧医疗", "车联网", "智慧教育", "工业互联网"))
        return "GET", f"/id/industry/{quote(name)}", b"", accept
    if kind == 8:
        return "GET", "/search?q=" + quote(rng.choice(("智慧", "zhyl", "5G", "smart", "无此名"))), b"", {}
    name = rng.choice(list(load_library()))
    return "GET", rng.choice((f"/query?name={name}", "/void", "/healthz", "/sparql", "/static/site.css")), b"", {}


def bad(rng: random.Random) -> Request:
    """Give a malformed request, or one that a read-only service refuses."""
    return rng.choice(
        (
            ("GET", "/sparql?query=SELECT+%2A+%7B+%3Fs+a", b"", {}),
            ("GET", "/sparql?query=%FF%FE", b"", {}),
            ("GET", "/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D", b"", {}),
            ("GET", "/sparql?query=ASK+%7B%7D&default-graph-uri=no+iri", b"", {}),
            ("GET", "/sparql?query=ASK+%7B%7D", b"", {"Accept": "image/png"}),
            ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}),
            ("POST", "/sparql", b"\xff\xfe\x00A", _DIRECT),
            ("POST", "/sparql", b"INSERT DATA { <a:s> <a:p> 1 }", {"Content-Type": "application/sparql-update"}),
            ("POST", "/sparql", b"SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", _DIRECT),
            ("POST", "/sparql", b"x" * 70_000, _DIRECT),
            ("DELETE", "/sparql", b"", {}),
            ("PROPFIND", "/id/industry/x", b"", {}),
            ("GET", "/id/industry/%00%ff", b"", {}),
            ("GET", "/text/..%2f..%2fgraph.ttl", b"", {}),
            ("GET", "/id/" + "x" * 3000, b"", {}),
            ("GET", "/query?name=..%2F..%2Fx", b"", {}),
            ("RAW", "", b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: none\r\n\r\n", {}),
            ("RAW", "", b"\x16\x03\x01\x00\xa5 not HTTP at all\r\n\r\n", {}),
        )
    )


def _raw(port: int, data: bytes) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        answer = sock.recv(65536)
    return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0


def client(port: int, seed: int, count: int) -> Counter[int]:
    """Send `count` requests over one kept connection, one in ten of them malformed; count the status codes."""
    rng = random.Random(seed)
    seen: Counter[int] = Counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    for turn in range(count):
        method, path, body, headers = bad(rng) if turn % 10 == 9 else good(rng)
        if method == "RAW":
            seen[_raw(port, body)] += 1
            continue
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            response.read()
            seen[response.status] += 1
        except (HTTPException, OSError):
            seen[-1] += 1
            connection.close()
    connection.close()
    return seen


def _processes(pid: int) -> list[int]:
    below = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            below += _processes(int(child))
    return below


def memory(pid: int) -> float:
    """Give what a process and those below it take, shared pages shared out among them, in MiB (Linux)."""
    total = 0
    for process in _processes(pid):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def storm(port: int, pid: int, count: int, steps: int = 5) -> tuple[Counter[int], list[float]]:
    """Send `count` requests from 32 clients in some steps; give the status codes and the memory after each step."""
    seen: Counter[int] = Counter()
    held = []
    seeds = itertools.count()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(steps):
            share = [count // steps // CLIENTS + (n < count // steps % CLIENTS) for n in range(CLIENTS)]
            for found in pool.map(client, [port] * CLIENTS, [next(seeds) for _ in share], share):
                seen += found
            held.append(memory(pid))
    return seen, held


def main() -> None:
    """Print what came back and what the server then holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    count = parser.parse_args().count
    with ours(SEED) as (url, pid):
        started = time.perf_counter()
        seen, held = storm(int(url.rpartition(":")[2]), pid, count)
        seconds = time.perf_counter() - started
    print(f"{sum(seen.values())} requests from {CLIENTS} clients in {seconds:.1f} s ({count / seconds:.0f} a second)")
    print("status codes: " + ", ".join(f"{status}: {number}" for status, number in sorted(seen.items())))
    print("memory after each fifth, MiB: " + ", ".join(f"{size:.0f}" for size in held))


if __name__ == "__main__":
    main()
