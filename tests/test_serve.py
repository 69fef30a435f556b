"""What keeps one client from harming the others: limits, stopped queries, a clean end, a quiet log."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.samples import sample_graph, write_exports
from tests.serving import PATIENCE, ROOT, Served, read_all, read_answer, serving, until

pytestmark = pytest.mark.server
# Counts the rows of a product that no machine finishes; the engine streams it in constant memory.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# A sort that has to keep all its rows.
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?f"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def tight(folder: Path) -> Iterator[Served]:
    """A server with small limits."""
    options = ("--timeout", "1.5", "--max-rows", "10", "--max-body", "4096", "--max-concurrent", "2", "--max-waiting", "0", "--cache", "0")
    with serving(folder, *options) as served:
        yield served


def children(pid: int) -> list[int]:
    """Give the processes below one, in Linux' table of processes."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *children(int(child))]
    return found


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def asking(query: str, head: str = "") -> bytes:
    """Give the bytes of a request that asks a query."""
    return f"GET /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: localhost\r\n{head}\r\n".encode()


def test_a_query_that_never_ends_is_stopped_and_the_worker_is_usable_again(tight: Served) -> None:
    for _ in range(3):
        response = tight.ask(ENDLESS)
        assert response.status_code == 503
        assert "stopped after 1.5 seconds" in response.text
    assert tight.ask("ASK {}").json()["boolean"] is True
    assert tight.health()["running"] == 0


def test_beyond_the_limit_of_queries_a_client_is_told_to_try_again(folder: Path) -> None:
    with serving(folder, "--timeout", "600", "--max-concurrent", "2", "--max-waiting", "0") as server:
        running = [server.raw(asking(ENDLESS)) for _ in range(2)]
        until(lambda: server.health()["running"] == 2)
        response = server.ask("ASK {}")
        assert response.status_code == 429
        assert int(response.headers["retry-after"]) >= 1
        for line in running:
            line.close()
        until(lambda: server.health()["running"] == 0)
        assert server.ask("ASK {}").status_code == 200


def test_a_query_waits_for_its_turn_before_it_is_refused(folder: Path) -> None:
    with serving(folder, "--timeout", "600", "--max-concurrent", "1", "--max-waiting", "2") as server, ThreadPoolExecutor(3) as pool:
        running = server.raw(asking(ENDLESS))
        until(lambda: server.health()["running"] == 1)
        waiting = [pool.submit(server.ask, "ASK {}") for _ in range(2)]
        until(lambda: server.health()["waiting"] == 2)
        assert server.ask("ASK {}").status_code == 429
        running.close()
        assert [future.result().status_code for future in waiting] == [200, 200]
        assert server.health()["running"] == 0


def test_a_burst_of_queries_is_answered_with_the_defaults(folder: Path) -> None:
    """As a client does that joins by asking for each binding at once (Comunica)."""
    with serving(folder, "--cache", "0") as server, ThreadPoolExecutor(64) as pool:
        asked = [pool.submit(server.ask, f"SELECT * {{ ?s ?p ?o FILTER(?o != {number}) }} LIMIT 5") for number in range(128)]
        assert {future.result().status_code for future in asked} == {200}


def test_a_client_that_goes_away_while_it_waits_takes_nobodys_turn(folder: Path) -> None:
    with serving(folder, "--timeout", "600", "--max-concurrent", "1", "--max-waiting", "2") as server:
        running = server.raw(asking(ENDLESS))
        until(lambda: server.health()["running"] == 1)
        waiting = server.raw(asking("ASK {}"))
        until(lambda: server.health()["waiting"] == 1)
        waiting.close()
        until(lambda: server.health()["waiting"] == 0)
        running.close()
        until(lambda: server.health()["running"] == 0)
        assert server.ask("ASK {}").status_code == 200


def test_endless_queries_do_not_keep_others_from_being_answered(folder: Path) -> None:
    with serving(folder, "--timeout", "600", "--cache", "0") as server:
        running = [server.raw(asking(ENDLESS)) for _ in range(2)]
        until(lambda: server.health()["running"] == 2)
        for _ in range(20):
            assert server.ask("SELECT * { ?s a yf:Industry }").status_code == 200
        assert server.health()["running"] == 2
        for line in running:
            line.close()
        until(lambda: server.health()["running"] == 0)


def test_a_query_whose_client_has_gone_is_stopped(folder: Path) -> None:
    with serving(folder, "--timeout", "600") as server:
        line = server.raw(asking(ENDLESS))
        until(lambda: server.health()["running"] == 1)
        line.close()
        until(lambda: server.health()["running"] == 0)


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_an_answer_with_too_many_rows_is_refused_and_never_cut_short(tight: Served, form: str) -> None:
    whole = tight.ask("SELECT * { ?s ?p ?o } LIMIT 10", "*/*", format=form)
    assert whole.status_code == 200
    beyond = tight.ask("SELECT * { ?s ?p ?o } LIMIT 11", "*/*", format=form)
    assert beyond.status_code == 413
    assert "more than 10 rows" in beyond.text


def test_rows_without_values_are_counted_too(tight: Served) -> None:
    assert tight.ask("SELECT ?x { ?s ?p ?o } LIMIT 11", "text/csv").status_code == 413


def test_a_graph_with_too_many_triples_is_refused(tight: Served) -> None:
    assert tight.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 10", "text/turtle").status_code == 200
    assert tight.ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle").status_code == 413


def test_a_query_that_takes_too_much_memory_is_ended(folder: Path) -> None:
    with serving(folder, "--timeout", "30", "--max-memory", "64") as server:
        response = server.ask(HUNGRY)
        assert response.status_code == 413
        assert "memory" in response.text
        assert server.ask("ASK {}").status_code == 200


def test_a_body_that_is_too_large_is_refused(tight: Served) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    response = tight.client.post("/sparql", content="ASK {}" + " " * 5000, headers=direct)
    assert response.status_code == 413
    assert tight.client.post("/sparql", content="ASK {}" + " " * 4000, headers=direct).status_code == 200


def test_a_body_whose_length_is_not_told_is_cut_off_too(tight: Served) -> None:
    def parts() -> Iterator[bytes]:
        yield b"ASK {}"
        for _ in range(200):
            yield b" " * 100

    direct = {"Content-Type": "application/sparql-query"}
    assert tight.client.post("/sparql", content=parts(), headers=direct).status_code == 413


def test_kept_answers_are_the_same_answers(folder: Path) -> None:
    with serving(folder) as server:
        query = "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?s"
        first, second = (server.ask(query) for _ in range(2))
        assert first.content == second.content
        assert server.ask(query, "text/csv").content != first.content
        graph = "https://w3id.org/yangfan/id/graph/curated"
        assert server.ask(query, **{"default-graph-uri": graph}).content != first.content


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_the_middle_of_a_query_is_told_to_its_client_and_ends_all_workers(folder: Path, number: signal.Signals) -> None:
    with serving(folder, "--timeout", "600") as server:
        line = server.raw(asking(ENDLESS))
        until(lambda: server.health()["running"] == 1)
        below = children(server.process.pid)
        assert len(below) >= 3
        server.process.send_signal(number)
        answer = read_all(line)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"the server is ending" in answer
        line.close()
        assert server.process.wait(PATIENCE) == 0
        until(lambda: not any(alive(pid) for pid in below))


def test_workers_end_when_the_server_is_killed(folder: Path) -> None:
    with serving(folder) as server:
        below = children(server.process.pid)
        server.process.kill()
        server.process.wait()
        until(lambda: not any(alive(pid) for pid in below))


def test_a_worker_that_somebody_kills_is_not_the_querys_fault(folder: Path) -> None:
    with serving(folder, "--timeout", "600") as server:
        line = server.raw(asking(ENDLESS))
        until(lambda: server.health()["running"] == 1)
        forks = children(server.process.pid)[0]
        workers = children(forks)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        until(lambda: not any(alive(pid) for pid in workers))
        answer = read_answer(line)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"was killed: try again" in answer
        line.close()
        # Idle workers were killed too, and nobody notices.
        assert server.ask("ASK {}").status_code == 200
        assert server.health()["status"] == "ok"


@pytest.mark.parametrize("running", [True, False], ids=["in a query", "idle"])
def test_without_what_workers_are_forked_from_the_server_ends_and_says_so(folder: Path, running: bool) -> None:
    with serving(folder, "--timeout", "600") as server:
        line = server.raw(asking(ENDLESS if running else "ASK {}"))
        until(lambda: not running or server.health()["running"] == 1)
        below = children(server.process.pid)
        os.kill(below[0], signal.SIGKILL)
        if running:
            assert read_all(line).startswith(b"HTTP/1.1 503 ")
        line.close()
        assert server.process.wait(PATIENCE) == 2
        until(lambda: not any(alive(pid) for pid in below))
    assert "yangfan: the process that queries are run from is gone" in "".join(server.lines)
    assert "Traceback" not in "".join(server.lines)


def test_each_request_is_one_line_of_the_log_without_its_query(folder: Path) -> None:
    with serving(folder) as server:
        server.ask("ASK { 'a secret' ?p ?o }")
        server.client.get("/id/industry/智慧医疗")
        server.client.get("/id/%0a%0dnone%1b[31m")
    lines = [line for line in server.lines[1:] if line.strip()]
    assert len(lines) == 3
    assert " GET /sparql 200 " in lines[0]
    assert " GET /id/industry/智慧医疗 200 " in lines[1]
    assert "/id/??none?[31m 404" in lines[2]
    assert "secret" not in "".join(lines)


def test_a_port_that_is_taken_is_one_clear_line(folder: Path) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        port = str(sock.getsockname()[1])
        command = [sys.executable, str(ROOT / "build.py"), "serve", str(folder), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"yangfan: cannot listen on 127.0.0.1:{port}:")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_without_exports_is_one_clear_line(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "serve", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "no graph.ttl in this folder" in done.stderr
