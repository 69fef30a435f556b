"""What a connection may cost the server: its head, its silence, its slowness, its number; and who may ask at all."""

from __future__ import annotations

import contextlib
import select
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.samples import sample_graph, write_exports
from tests.serving import Served, read_all, read_answer, serving, until
from tests.test_serve import ENDLESS, asking
from yangfan.server.hosts import cors, may_be_asked_as
from yangfan.server.settings import Settings

pytestmark = pytest.mark.server
# About ten megabytes as XML.
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
XML = "Accept: application/sparql-results+xml\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Served]:
    options = ("--max-pending", "16", "--send-timeout", "0.5", "--head-timeout", "0.5", "--max-connections", "8", "--cache", "0")
    with serving(folder, *options) as served:
        yield served


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def readable(lines: Iterable[socket.socket]) -> list[socket.socket]:
    """Give the connections on which something has come, an end among it."""
    return select.select(list(lines), [], [], 0)[0]


def test_an_answer_that_nobody_fetches_is_given_up_and_its_memory_with_it(server: Served) -> None:
    whole = len(server.ask(LARGE, "application/sparql-results+xml").content)
    assert whole > 8 << 20
    line = server.raw(asking(LARGE, XML), buffer=4096)
    until(lambda: server.health()["undelivered"] > 0, "for the answer")
    until(lambda: server.health()["undelivered"] == 0, "for its end")
    assert len(read_all(line)) < whole
    line.close()


def test_answers_that_wait_for_their_clients_leave_no_room_for_further_large_ones(folder: Path) -> None:
    with serving(folder, "--max-pending", "16", "--send-timeout", "600", "--cache", "0") as server:
        line = server.raw(asking(LARGE, XML), buffer=4096)
        until(lambda: server.health()["undelivered"] > 8 << 20)
        refused = server.ask(LARGE, "application/sparql-results+xml")
        assert refused.status_code == 503
        assert "answers that wait for their clients take the 16 MiB" in refused.text
        assert refused.headers["retry-after"] == "2"
        assert server.ask("ASK {}").status_code == 200
        line.close()
        until(lambda: server.health()["undelivered"] == 0)
        assert server.ask(LARGE, "application/sparql-results+xml").status_code == 200


def test_a_client_that_reads_all_the_time_gets_all_of_a_large_answer(server: Served) -> None:
    whole = server.ask(LARGE, "application/sparql-results+xml")
    assert whole.content.endswith(b"</sparql>")
    assert len(whole.content) == int(whole.headers["content-length"])


@pytest.mark.parametrize(
    "head",
    [f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'y' * 200_000}", f"GET /?{'y' * 200_000}", "GET / HTTP/1.1\r\n" + "X: y\r\n" * 50_000],
    ids=["one header", "address", "many headers"],
)
@pytest.mark.parametrize("end", ["", "\r\n\r\n"], ids=["open", "whole"])
def test_a_head_that_is_too_large_is_refused(server: Served, head: str, end: str) -> None:
    line = server.raw(b"")
    with contextlib.suppress(ConnectionError):
        line.sendall((head + end).encode())
    answer = read_all(line)
    line.close()
    # The server may close before all has come, and what it said is then lost with the connection.
    assert answer == b"" or status(answer) in (400, 431)
    assert server.ask("ASK {}").status_code == 200


def test_a_head_just_beyond_the_limit_is_told_so(server: Served) -> None:
    line = server.raw(f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'y' * 66_000}".encode())
    answer = read_all(line)
    line.close()
    assert status(answer) == 431
    assert b"larger than 65536 bytes" in answer


@pytest.mark.parametrize("request_", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "], ids=["nothing", "line", "header"])
def test_a_request_that_does_not_come_whole_is_given_up(server: Served, request_: bytes) -> None:
    line = server.raw(request_)
    assert status(read_all(line)) == 408
    line.close()


def test_a_body_that_does_not_come_whole_is_given_up(server: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nASK"
    line = server.raw(head)
    assert status(read_all(line)) == 408
    line.close()


def test_too_many_idle_connections_make_room_for_new_ones(folder: Path) -> None:
    with serving(folder, "--max-connections", "4", "--head-timeout", "600") as server, contextlib.ExitStack() as opened:
        lines = [opened.enter_context(server.raw(b"GET /healthz HT")) for _ in range(12)]
        # The system need not hand them on in the order in which they were opened: eight go, whichever.
        until(lambda: len(readable(lines)) == 8, "for the eighth to go")
        assert [read_all(line) for line in readable(lines)] == [b""] * 8
        assert server.ask("ASK {}").status_code == 200
        until(lambda: len(readable(lines)) == 9, "for one more to go")


def test_the_connection_that_has_been_idle_longest_goes_first(folder: Path) -> None:
    with serving(folder, "--max-connections", "4", "--head-timeout", "600") as server, contextlib.ExitStack() as opened:
        lines = [opened.enter_context(server.raw(b"")) for _ in range(4)]
        order = [lines[at] for at in (2, 0, 3, 1)]
        for line in order:
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert status(read_answer(line)) == 200
        while order:
            opened.enter_context(server.raw(b"GET /healthz HT"))
            until(lambda: readable(order), "for one to go")
            assert readable(order) == [order.pop(0)]


def test_connections_that_are_being_answered_are_not_given_up_for_others(folder: Path) -> None:
    with serving(folder, "--max-connections", "2", "--timeout", "600") as server:
        server.client.close()
        lines = [server.raw(asking(ENDLESS)) for _ in range(2)]
        # Each of the two is being answered once the server has read it; until then it may lose its place, so ask for the third until it is refused.
        refused: list[bytes] = []

        def crowded() -> bool:
            third = server.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            refused.append(read_answer(third))
            third.close()
            return refused[-1].startswith(b"HTTP/1.1 503 ")

        until(crowded)
        assert b"2 clients are being answered" in refused[-1]
        for line in lines:
            line.close()


@pytest.mark.parametrize(
    ("host", "local", "beyond"),
    [
        ("localhost", True, True),
        ("localhost:8321", True, True),
        ("LOCALHOST.:8321", True, True),
        ("graph.localhost", True, True),
        ("127.0.0.1:8321", True, True),
        ("127.9.9.9", True, True),
        ("[::1]:8321", True, True),
        ("graph.example.org", True, True),
        ("graph.example.org:443", True, True),
        ("10.0.0.7:8321", False, True),
        ("[fe80::1]", False, True),
        ("evil.example", False, False),
        ("localhost.evil.example", False, False),
        ("127.0.0.1.evil.example", False, False),
        ("graph.example.org.evil.example", False, False),
        ("", False, False),
        ("localhost:port", False, False),
        ("localhost/evil", False, False),
        ("a@localhost", False, False),
    ],
)
def test_only_this_servers_names_are_answered(host: str, local: bool, beyond: bool) -> None:
    told = ("Graph.example.org",)
    assert may_be_asked_as(host, Settings(Path(), hosts=told)) is local
    assert may_be_asked_as(host, Settings(Path(), hosts=told, local=False)) is beyond


def test_a_page_that_points_its_own_name_here_is_refused(server: Served, folder: Path) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/", "/query", "/healthz", "/data/graph.ttl"):
        refused = server.client.get(path, headers={"Host": "evil.example"})
        assert refused.status_code == 421
        assert "--allow-host" in refused.text
    line = server.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert status(read_all(line)) in (400, 421)
    line.close()
    with serving(folder, "--allow-host", "graph.example.org") as named:
        assert named.client.get("/healthz", headers={"Host": "graph.example.org"}).status_code == 200
        assert named.client.get("/healthz", headers={"Host": "evil.example"}).status_code == 421


def test_pages_from_elsewhere_read_nothing_unless_one_says_so(server: Served, folder: Path) -> None:
    origin = {"Origin": "https://example.org"}
    assert "access-control-allow-origin" not in server.client.get("/sparql?query=ASK%7B%7D", headers=origin).headers
    with serving(folder, "--cors", "https://example.org") as open_:
        for path in ("/sparql?query=ASK%7B%7D", "/id/industry/智慧医疗?format=ttl", "/data/graph.ttl", "/void"):
            told = open_.client.get(path, headers=origin).headers
            assert told["access-control-allow-origin"] == "https://example.org"
            assert "Origin" in told["vary"]
            assert "access-control-allow-origin" not in open_.client.get(path, headers={"Origin": "https://evil.example"}).headers
        asked = open_.client.options("/sparql", headers={**origin, "Access-Control-Request-Method": "POST"})
        assert asked.status_code == 204
        assert "POST" in asked.headers["access-control-allow-methods"]


def test_all_pages_may_be_let_in() -> None:
    assert cors("https://anywhere.example", Settings(Path(), origins=("*",)))["access-control-allow-origin"] == "*"
    assert cors("", Settings(Path())) == {}
