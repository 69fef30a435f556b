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
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.places import ROOT, Run
from tests.samples import sample_graph, write_exports
from yangfan.pipeline import build
from yangfan.query.library import load_library
from yangfan.server.client import PASSWORD, TOKEN, USER, Body, Client, PublishError
from yangfan.server.compare import Row, compare
from yangfan.server.parts import Parts
from yangfan.server.publish import Publisher, publish
from yangfan.server.stores import GraphStore, target_of

pytestmark = pytest.mark.server
GRAPH = "https://w3id.org/yangfan/id/graph/"
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
            end = time.monotonic() + 120
            while True:
                assert process.poll() is None, command
                with contextlib.suppress(httpx.HTTPError):
                    httpx.get(ready)
                    break
                assert time.monotonic() < end, command
                time.sleep(0.05)
            yield
        finally:
            process.kill()


@contextlib.contextmanager
def oxigraph_server(folder: Path, *options: str) -> Iterator[str]:
    if OXIGRAPH is None:
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    port = free_port()
    command = [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}", *options]
    with started(command, folder, f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


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


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports of several documents: what they share has its labels in each document's graph."""
    return build_of(tmp_path_factory.mktemp("several"), *DOCUMENTS)


DOCUMENTS = ("marine-plan.md", "robotics-plan.md", "silver-economy-plan.txt", "cold-chain-notice.html")


def build_of(folder: Path, *names: str) -> Path:
    build([ROOT / "tests/documents" / name for name in names], folder)
    return folder


COUNTS = (
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'yangfan')) } GROUP BY ?g ORDER BY ?g"
)
LABEL = "SELECT ?l { GRAPH ?g { <https://w3id.org/yangfan/id/industry/智慧医疗> <http://www.w3.org/2004/02/skos/core#altLabel> ?l } }"
WHOLE = f"{len(load_library())} of {len(load_library())} named queries are answered as here"


def held(endpoint: str) -> dict[str, int]:
    """Give the graphs of this project in a store with the number of their triples."""
    return {name: int(count) for name, count in select(endpoint, COUNTS)}


def published(run: Run, folder: Path, url: str, endpoint: str, name: str, times: int = 1, **environment: str) -> list[str]:
    """Publish into a store, see that often leaves what once does and that all answers are the exports'; give what was printed."""
    parts = Parts(folder, name)
    kept: list[dict[str, int]] = []
    lines: list[str] = []
    for _ in range(times):
        done = run("publish", url, "--data", folder, "--dataset", name, **environment)
        assert (done.returncode, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        kept.append(held(endpoint))
        assert parts.names <= kept[-1].keys()
        assert lines[0] == f"{sum(kept[-1][name] for name in parts.names)} triples in {len(parts.names)} graphs are at {url}"
    assert all(counts == kept[0] for counts in kept)
    return lines


def test_oxigraph_answers_all_named_queries_at_its_plain_address(run: Run, several: Path, oxigraph: str) -> None:
    assert select(f"{oxigraph}/query", "SELECT * { ?s ?p ?o } LIMIT 1") == []
    lines = published(run, several, f"{oxigraph}/store", f"{oxigraph}/query", "several", 2)
    assert lines[1:] == [WHOLE, f"ask at {oxigraph}/query"]


def test_a_default_graph_with_other_data_is_left_alone_and_the_merged_graph_has_an_address(
    run: Run, folder: Path, several: Path, tmp_path: Path
) -> None:
    with oxigraph_server(tmp_path) as url:
        other = httpx.put(f"{url}/store?default", content="<a:s> <a:p> 1 .", headers={"Content-Type": "text/turtle"})
        assert other.status_code < 300
        lines = published(run, several, f"{url}/store", f"{url}/query", "several")
        merged = "https%3A%2F%2Fw3id.org%2Fyangfan%2Fid%2Fgraph%2Fseveral%2Fmerged"
        assert lines[1:] == [WHOLE, f"ask at {url}/query?default-graph-uri={merged}"]
        assert select(f"{url}/query", "SELECT ?o { <a:s> ?p ?o }") == [["1"]]
        assert select(f"{url}/query", "SELECT ?s ?p ?o { ?s ?p ?o }") == [["a:s", "a:p", "1"]]
        assert ["智能医疗"] not in select(f"{url}/query", LABEL)
        published(run, folder, f"{url}/store", f"{url}/query", "sample")
        assert ["智能医疗"] in select(f"{url}/query", LABEL)
        forced = run("publish", f"{url}/store", "--data", folder, "--dataset", "sample", "--default-graph")
        assert forced.stdout.splitlines()[1:] == [WHOLE, f"ask at {url}/query"]


def test_a_default_graph_that_is_a_union_gets_no_copy(run: Run, several: Path, tmp_path: Path) -> None:
    with oxigraph_server(tmp_path, "--union-default-graph") as url:
        lines = published(run, several, f"{url}/store", f"{url}/query", "several")
        assert lines[1] == WHOLE
        assert lines[2].startswith(f"ask at {url}/query?default-graph-uri=")


def test_virtuoso_answers_all_named_queries_but_for_its_truth_values(run: Run, several: Path, virtuoso: str) -> None:
    known = {USER: "dba", PASSWORD: "dba"}
    url = f"{virtuoso}/sparql-graph-crud-auth"
    lines = published(run, several, url, f"{virtuoso}/sparql", "several", 2, **known)
    assert lines[1] == f"{WHOLE} (truth values are written as 1 and 0)"
    assert lines[2].startswith(f"ask at {virtuoso}/sparql?default-graph-uri=")


def test_a_row_that_a_store_repeats_is_its_own_way_only_where_the_query_asks_for_each_row_once() -> None:
    one: Row = (("body", ("uri", f"{GRAPH}a")),)
    other: Row = (("body", ("uri", f"{GRAPH}b")),)
    told = compare("duties", Counter([one]), Counter([one, one]), distinct=True)
    assert told.same
    assert told.difference == "rows are repeated in spite of DISTINCT"
    assert not compare("duties", Counter([one]), Counter([one, one])).same
    assert not compare("duties", Counter([one]), Counter([one, other]), distinct=True).same


def test_virtuoso_takes_a_graph_that_is_larger_than_a_connection_holds(run: Run, tmp_path: Path, virtuoso: str) -> None:
    triples = "".join(f'<a:s{n}> <a:p> "{"long " * 100}{n}" .\n' for n in range(3_000))
    (tmp_path / "graph.trig").write_text(f"<{GRAPH}large> {{ {triples} }}", encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(triples, encoding="utf-8")
    known = {USER: "dba", PASSWORD: "dba"}
    url = f"{virtuoso}/sparql-graph-crud-auth"
    done = run("publish", url, "--data", tmp_path, "--dataset", "large", "--no-answers", **known)
    assert (done.returncode, done.stderr) == (0, "")
    assert held(f"{virtuoso}/sparql")[f"{GRAPH}large"] == 3_000


def test_virtuoso_refuses_a_wrong_password_in_one_line(run: Run, folder: Path, virtuoso: str) -> None:
    url = f"{virtuoso}/sparql-graph-crud-auth"
    for environment in ({USER: "dba", PASSWORD: "wrong"}, {}):
        done = run("publish", url, "--data", folder, "--tries", 2, **environment)
        assert done.returncode == 2
        assert "answers 401" in done.stderr
        assert f"set {USER} and {PASSWORD}" in done.stderr
        assert "wrong" not in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_graphs_that_are_gone_go_and_those_of_another_build_stay(run: Run, tmp_path: Path) -> None:
    first, second, less = (tmp_path / name for name in ("first", "second", "less"))
    build_of(first, "marine-plan.md", "robotics-plan.md", "silver-economy-plan.txt")
    build_of(second, "robotics-plan.md", "cold-chain-notice.html")
    build_of(less, "marine-plan.md")
    with oxigraph_server(tmp_path) as url:
        assert run("publish", f"{url}/store", "--data", first, "--dataset", "a").returncode == 0
        assert run("publish", f"{url}/store", "--data", second, "--dataset", "b").returncode == 0
        before = held(f"{url}/query")
        assert Parts(first, "a").names | Parts(second, "b").names == before.keys()
        done = run("publish", f"{url}/store", "--data", less, "--dataset", "a")
        assert (done.returncode, done.stderr) == (0, "")
        after = held(f"{url}/query")
        assert Parts(less, "a").names | Parts(second, "b").names == after.keys()
        taken = {line.removeprefix("taken away: ") for line in done.stdout.splitlines() if line.startswith("taken away")}
        assert taken == before.keys() - after.keys()
        assert len([name for name in taken if "/a/" not in name]) == 1
        assert {name: after[name] for name in after if "/b/" in name} == {name: before[name] for name in before if "/b/" in name}
        again = run("publish", f"{url}/store", "--data", second, "--dataset", "b")
        assert WHOLE in again.stdout


def test_another_build_of_the_same_name_is_not_overwritten_unless_one_says_so(run: Run, tmp_path: Path) -> None:
    ours, theirs = build_of(tmp_path / "ours", "marine-plan.md"), build_of(tmp_path / "theirs", "robotics-plan.md")
    with oxigraph_server(tmp_path) as url:
        arguments = ("publish", f"{url}/store", "--dataset", "plans", "--data")
        assert run(*arguments, theirs).returncode == 0
        before = held(f"{url}/query")
        refused = run(*arguments, ours)
        assert refused.returncode == 2
        assert "the store holds another build called plans, of 1 documents" in refused.stderr
        assert held(f"{url}/query") == before
        assert run(*arguments, ours, "--replace").returncode == 0
        assert held(f"{url}/query").keys() == Parts(ours, "plans").names


def test_a_publishing_that_breaks_off_loses_sight_of_no_graph(
    several: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = build_of(tmp_path / "small", "marine-plan.md")
    with oxigraph_server(tmp_path) as url:
        store = GraphStore(target_of(f"{url}/store"), Client(f"{url}/store"))
        publish(Parts(several, "plans"), store, answers=False)
        with monkeypatch.context() as patched:
            patched.setattr(GraphStore, "delete", lambda self, name: _break() if "none" not in name else None)
            with pytest.raises(PublishError, match="broken off"):
                publish(Parts(small, "plans"), store, answers=False)
        assert Parts(several, "plans").documents <= held(f"{url}/query").keys()
        publish(Parts(small, "plans"), store, answers=False)
        assert held(f"{url}/query").keys() == Parts(small, "plans").names


def _break() -> None:
    raise PublishError("broken off")


def test_a_store_that_answers_otherwise_is_told_query_by_query(
    several: Path, oxigraph: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, merged = GraphStore.put, Parts(several, "several").merged

    def put_less(self: GraphStore, name: str, body: Body | bytes, may: tuple[int, ...] = ()) -> int:
        """Lose all labels on the way."""
        if name == merged:
            assert isinstance(body, Body)
            body = b"".join(line for line in body.path.read_bytes().splitlines(keepends=True) if b"#prefLabel>" not in line)
        return put(self, name, body, may)

    monkeypatch.setattr(GraphStore, "put", put_less)
    monkeypatch.setattr(Publisher, "_verify", lambda *_: None)
    store = GraphStore(target_of(f"{oxigraph}/store"), Client(f"{oxigraph}/store"))
    done = publish(Parts(several, "several"), store, default=False)
    differing = {comparison.query for comparison in done.differing}
    assert {"plans", "task-tree"} <= differing
    assert "counts-by-relation" not in differing
    assert next(c for c in done.compared if c.query == "plans").difference.startswith("the store lacks ")


def test_a_dry_run_says_what_would_go_and_sends_nothing(run: Run, folder: Path) -> None:
    done = run("publish", f"http://127.0.0.1:{free_port()}/store", "--data", folder, "--dataset", "x", "--dry-run")
    assert done.returncode == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    base = "https://w3id.org/yangfan/id/graph/"
    assert [name.removeprefix(base) for _, name in lines[:-1]] == [
        "x/curated", "x/inferred", "x/merged", "x/provenance", "yuanfan-0001",
    ]  # fmt: skip
    assert lines[-1][0] == str(sum(int(count) for count, _ in lines[:-1]))


def test_a_name_that_cannot_stand_in_an_iri_is_refused(folder: Path) -> None:
    with pytest.raises(PublishError, match="give one with --dataset"):
        Parts(folder, "a/b c")


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
        elif self.command == "DELETE" or name not in self.graphs:
            self._answer(204 if self.graphs.pop(name, None) else 404)
        else:
            lines = self.graphs[name].splitlines(keepends=True)
            self._answer(200, b"".join(lines[self.lost :]), "application/n-triples")

    do_PUT = do_GET = do_DELETE = do_POST = _handle

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


def test_a_fault_that_passes_is_tried_again_after_a_growing_wait(flawed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("yangfan.server.client.wait", waits.append)
    Flawed.faults.extend([503, 502, 429, 500])
    GraphStore(target_of(flawed), Client(flawed)).put("a:g", b"<a:s> <a:p> 1 .")
    assert waits == [0.5, 1.0, 3.0, 4.0]
    assert len(Flawed.seen) == 5


def test_a_refusal_is_not_tried_again(run: Run, folder: Path, flawed: str) -> None:
    for status in (400, 403, 302):
        Flawed.seen.clear()
        Flawed.faults[:] = [status]
        done = run("publish", flawed, "--data", folder)
        assert done.returncode == 2
        assert f"answers {status}" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert len(Flawed.seen) == 1


def test_a_store_whose_query_endpoint_is_unknown_is_published_to_and_counted(run: Run, folder: Path, flawed: str) -> None:
    done = run("publish", flawed, "--data", folder, "--dataset", "x")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    assert Flawed.graphs.keys() == Parts(folder, "x").names
    Flawed.lost = 1
    done = run("publish", flawed, "--data", folder, "--dataset", "x")
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
