"""`publish` into real Graph Stores: Oxigraph's server and Virtuoso 7, and a store that fails in every way there is."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.places import ROOT, Run
from tests.samples import sample_graph, write_exports
from yangfan.server.publish import PASSWORD, TOKEN, USER, PublishError, Target, graphs_of, put, target_of

pytestmark = pytest.mark.server
OXIGRAPH = shutil.which("oxigraph", path=f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ.get('PATH', '')}")
VIRTUOSO = shutil.which("virtuoso-t")
INI = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
NumberOfBuffers = 4000
MaxDirtyBuffers = 2000
[HTTPServer]
ServerPort = {http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def started(command: list[str], folder: Path, ready: str) -> Iterator[None]:
    """Run a server until the block ends; it is ready when it answers at an address."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                assert process.poll() is None, command
                with contextlib.suppress(httpx.HTTPError):
                    httpx.get(ready)
                    break
                time.sleep(0.1)
            yield
        finally:
            process.kill()


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if OXIGRAPH is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    folder, port = tmp_path_factory.mktemp("oxigraph"), free_port()
    command = [OXIGRAPH, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with started(command, folder, f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if VIRTUOSO is None:
        pytest.skip("Virtuoso 7 is not installed (apt-get install virtuoso-opensource-7)")
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "v.ini").write_text(INI.format(sql=free_port(), http=port))
    command = [VIRTUOSO, "+foreground", "+configfile", "v.ini"]
    with started(command, folder, f"http://127.0.0.1:{port}/sparql"):
        yield f"http://127.0.0.1:{port}"


def select(endpoint: str, query: str) -> list[list[str]]:
    response = httpx.get(endpoint, params={"query": query}, headers={"Accept": "application/sparql-results+json"})
    data = response.raise_for_status().json()
    return [[row[name]["value"] for name in data["head"]["vars"]] for row in data["results"]["bindings"]]


COUNTS = (
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'yangfan')) } GROUP BY ?g ORDER BY ?g"
)
LABEL = "SELECT ?l { GRAPH ?g { <https://w3id.org/yangfan/id/industry/智慧医疗> <http://www.w3.org/2004/02/skos/core#altLabel> ?l } }"


def published(run: Run, folder: Path, url: str, endpoint: str, **environment: str) -> None:
    """Publish twice into a store that holds other data, and compare what it then holds."""
    graphs = list(graphs_of(folder))
    expected = [[graph.name, str(graph.count)] for graph in graphs]
    for _ in range(2):
        done = run("publish", url, "--data", folder, **environment)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"{sum(graph.count for graph in graphs)} triples in {len(graphs)} graphs are at {url}\n"
        assert select(endpoint, COUNTS) == expected
    assert ["智能医疗"] in select(endpoint, LABEL)


def test_publishing_to_oxigraph_twice_leaves_what_once_does(run: Run, folder: Path, oxigraph: str) -> None:
    other = httpx.put(f"{oxigraph}/store?default", content="<a:s> <a:p> 1 .", headers={"Content-Type": "text/turtle"})
    assert other.status_code < 300
    published(run, folder, f"{oxigraph}/store", f"{oxigraph}/query")
    assert select(f"{oxigraph}/query", "SELECT ?o { <a:s> <a:p> ?o }") == [["1"]]


def test_publishing_to_virtuoso_twice_leaves_what_once_does(run: Run, folder: Path, virtuoso: str) -> None:
    known = {USER: "dba", PASSWORD: "dba"}
    published(run, folder, f"{virtuoso}/sparql-graph-crud-auth", f"{virtuoso}/sparql", **known)


def test_virtuoso_refuses_a_wrong_password_in_one_line(run: Run, folder: Path, virtuoso: str) -> None:
    url = f"{virtuoso}/sparql-graph-crud-auth"
    for environment in ({USER: "dba", PASSWORD: "wrong"}, {}):
        done = run("publish", url, "--data", folder, "--tries", 2, **environment)
        assert done.returncode == 2
        assert "answers 401" in done.stderr
        assert f"set {USER} and {PASSWORD}" in done.stderr
        assert "wrong" not in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_smaller_graph_replaces_a_larger_one(run: Run, folder: Path, oxigraph: str, tmp_path: Path) -> None:
    run("publish", f"{oxigraph}/store", "--data", folder)
    name = "https://w3id.org/yangfan/id/graph/yuanfan-0001"
    (tmp_path / "graph.trig").write_text(f"<{name}> {{ <a:s> <a:p> <a:o> }}", encoding="utf-8")
    assert run("publish", f"{oxigraph}/store", "--data", tmp_path).returncode == 0
    assert select(f"{oxigraph}/query", f"SELECT ?s {{ GRAPH <{name}> {{ ?s ?p ?o }} }}") == [["a:s"]]


def test_a_dry_run_says_what_would_go_and_sends_nothing(run: Run, folder: Path) -> None:
    done = run("publish", f"http://127.0.0.1:{free_port()}/store", "--data", folder, "--dry-run")
    assert done.returncode == 0
    graphs = list(graphs_of(folder))
    assert [line.split() for line in done.stdout.splitlines()[:-1]] == [[str(g.count), g.name] for g in graphs]
    assert [g.name.rpartition("/")[2] for g in graphs] == ["curated", "inferred", "provenance", "yuanfan-0001"]


class Flawed(BaseHTTPRequestHandler):
    """A store that answers the first requests badly and notes what it is sent."""

    faults: ClassVar[list[int]] = []
    seen: ClassVar[list[tuple[str, str, str]]] = []
    graphs: ClassVar[dict[str, bytes]] = {}
    lost = 0

    def _answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "3")
        if status == 302:
            self.send_header("Location", "http://example.org/elsewhere")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append((self.command, self.path, self.headers.get("Authorization", "")))
        if self.faults:
            self._answer(self.faults.pop(0), b"not now\nnot ever")
            return
        name = parse_qs(urlsplit(self.path).query).get("graph", [""])[0]
        if self.command == "PUT":
            self.graphs[name] = body
            self._answer(204)
        else:
            lines = self.graphs[name].splitlines(keepends=True)
            self._answer(200, b"".join(lines[self.lost :]), "application/n-triples")

    do_PUT = do_GET = _handle

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def flawed() -> Iterator[str]:
    Flawed.faults, Flawed.seen, Flawed.graphs, Flawed.lost = [], [], {}, 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Flawed)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/graphs"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_fault_that_passes_is_tried_again_after_a_growing_wait(
    folder: Path, flawed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("yangfan.server.publish.wait", waits.append)
    Flawed.faults.extend([503, 502, 429, 500])
    put(Target(flawed), next(graphs_of(folder)))
    assert waits == [0.5, 1.0, 3.0, 4.0]
    assert len(Flawed.seen) == 5


def test_a_refusal_is_not_tried_again(run: Run, folder: Path, flawed: str) -> None:
    for status in (400, 403, 404, 302):
        Flawed.seen.clear()
        Flawed.faults[:] = [status]
        done = run("publish", flawed, "--data", folder)
        assert done.returncode == 2
        assert f"answers {status}" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert len(Flawed.seen) == 1


def test_a_count_that_differs_is_a_fault(run: Run, folder: Path, flawed: str) -> None:
    assert run("publish", flawed, "--data", folder).returncode == 0
    Flawed.lost = 1
    done = run("publish", flawed, "--data", folder)
    assert done.returncode == 2
    assert re.search(r"curated: (\d+) triples were sent, the store holds \d+", done.stderr)


@pytest.mark.parametrize(
    ("environment", "sent"),
    [({TOKEN: "abc"}, "Bearer abc"), ({USER: "me", PASSWORD: "秘"}, "Basic bWU656eY"), ({}, "")],
    ids=["token", "password", "none"],
)
def test_credentials_come_from_the_environment(
    run: Run, folder: Path, flawed: str, environment: dict[str, str], sent: str
) -> None:
    done = run("publish", flawed, "--data", folder, **environment)
    assert done.returncode == 0
    assert {authorisation for _, _, authorisation in Flawed.seen} == {sent}
    assert not any(value in done.stdout + done.stderr for value in environment.values())


def test_a_store_that_is_not_there_is_one_clear_line(run: Run, folder: Path) -> None:
    done = run("publish", f"http://127.0.0.1:{free_port()}/store", "--data", folder, "--tries", 2)
    assert done.returncode == 2
    assert "cannot be reached after 2 tries" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("url", "query_url"),
    [
        ("http://h:7878/store", "http://h:7878/query"),
        ("http://h:3030/plans/data", "http://h:3030/plans/query"),
        ("http://h:7200/repositories/p/rdf-graphs/service", "http://h:7200/repositories/p"),
        ("http://h:8890/sparql-graph-crud-auth", "http://h:8890/sparql"),
        ("http://h:8890/sparql-graph-crud", "http://h:8890/sparql"),
        ("https://h:8182/sparql/gsp/", "https://h:8182/sparql"),
        ("http://h/anything", ""),
    ],
)
def test_the_query_endpoint_is_told_from_the_ways_in_which_stores_name_it(url: str, query_url: str) -> None:
    assert target_of(url).query_url == query_url


@pytest.mark.parametrize(
    "url", ["store", "ftp://h/store", "file:///etc", "http://me:secret@h/store", "ftp://me:secret@h/store"]
)
def test_an_address_that_will_not_do_is_refused_without_repeating_a_password(url: str) -> None:
    with pytest.raises(PublishError) as caught:
        target_of(url)
    assert "secret" not in str(caught.value)


def test_progress_is_shown_on_a_terminal_only(folder: Path, flawed: str) -> None:
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), "publish", flawed, "--data", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=follower, text=True, check=True)
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert "[1/4]" in shown
    assert "graphs are at" in done.stdout
