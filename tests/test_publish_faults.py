"""`publish` against servers that answer what no store should: one clear line, bounded in bytes and time."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.places import Run
from tests.samples import sample_graph, write_exports
from yangfan.server import client
from yangfan.server.client import PASSWORD, TOKEN, USER, Client, PublishError, wait_of
from yangfan.server.stores import GraphStore, target_of

Script = Callable[..., str]
PROXY = b"<html><head><title>Sign in</title></head><body>Corporate \x1b[31mproxy</body></html>"


def response(status: str = "200 OK", body: bytes = b"", *headers: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "Connection: close"))
    return head.encode("latin-1") + b"\r\n" + body


@pytest.fixture
def script() -> Iterator[Script]:
    """Start a server that sends the given bytes, one answer a connection, the last again and again; gives its address."""
    ends: list[tuple[socket.socket, threading.Thread]] = []

    def start(*answers: bytes, hold: threading.Event | None = None) -> str:
        listening = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            number = 0
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                # Who has read enough hangs up, perhaps while more is being sent.
                with line, contextlib.suppress(OSError):
                    line.recv(65536)
                    line.sendall(answers[min(number, len(answers) - 1)])
                    number += 1
                    if hold:
                        hold.wait()
                    # Closing with some of the request unread would reset the connection, and what was sent be lost.
                    line.shutdown(socket.SHUT_WR)
                    while line.recv(65536):
                        pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        ends.append((listening, thread))
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for listening, thread in ends:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def store_at(url: str, **options: float) -> GraphStore:
    return GraphStore(target_of(f"{url}/store"), Client(f"{url}/store", **{"tries": 2, **options}))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "wait", lambda _: None)


@pytest.mark.parametrize(
    "body",
    [
        PROXY,
        b"",
        b"[]",
        b"7",
        b"null",
        b'{"results": {}}',
        b'{"results": {"bindings": 5}}',
        b'{"results": {"bindings": ["x"]}}',
        b'{"results": {"bindings": [{"n": {"value": "many"}}]}}',
        b'{"results": {"bindings": [{"n": 4}]}}',
        b'{"results": {"bindings": []}}',
        b'{"boolean": "yes"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_no_result_is_one_line(script: Script, body: bytes) -> None:
    store = store_at(script(response("200 OK", body, "Content-Type: text/html")))
    with pytest.raises(PublishError) as caught:
        store.count("a:g")
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert "/query" in str(caught.value)


def test_a_sign_in_page_is_told_with_its_first_words(run: Run, script: Script, tmp_path: Path) -> None:
    url = script(response("200 OK", PROXY, "Content-Type: text/html"))
    done = run("publish", f"{url}/store", "--data", write_exports(sample_graph(), tmp_path), "--tries", 1)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "answers text/html that is no SPARQL result: <html><head><title>Sign in</title>" in done.stderr


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("3", 3.0),
        ("²", 0.5),
        ("soon", 0.5),
        ("-5", 0.5),
        ("1e9", 0.5),
        ("9" * 400, 0.5),
        ("999999999", 30.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.5),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 30.0),
        ("Fri, 99 Foo 99999 99:99:99 XXX", 0.5),
        ("", 0.5),
    ],
)
def test_an_odd_retry_after_asks_for_a_wait_within_bounds(asked: str, seconds: float) -> None:
    assert wait_of(asked, 0) == seconds


def test_an_odd_retry_after_is_tried_again(script: Script) -> None:
    url = script(response("503 Busy", b"", "Retry-After: \xb2"), response("204 No Content"))
    assert store_at(url).put("a:g", b"") == 204


@pytest.mark.parametrize(
    "challenge",
    [
        "",
        "   ",
        "Digest",
        "Digest realm",
        'Digest realm="x", nonce="y", algorithm=MD9',
        'Digest realm="x", nonce="y", qop="auth-int"',
        "Negotiate abc",
        "Basic",
        "=,=,=",
    ],
)
def test_an_odd_challenge_is_one_line(script: Script, monkeypatch: pytest.MonkeyPatch, challenge: str) -> None:
    monkeypatch.setenv(USER, "me")
    monkeypatch.setenv(PASSWORD, "secret")
    url = script(response("401 Unauthorized", b"no", f"WWW-Authenticate: {challenge}"))
    with pytest.raises(PublishError) as caught:
        store_at(url).put("a:g", b"")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1",
        "http://[x]/store",
        "http://h:99999/store",
        "http://h:0/store",
        "http://h:port/store",
        "http:///store",
        "http://a b/store",
        "http://h/st ore",
        "http://h/\x00",
        f"http://{'a' * 70}.example/store",
        "http://h\r\nX: y/store",
        "http://..:80/store",
    ],
)
def test_a_host_that_is_none_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(PublishError) as caught:
        target_of(url)
    assert str(caught.value).isprintable()
    with pytest.raises(PublishError):
        target_of("http://h/store", url)


@pytest.mark.parametrize(
    "said",
    [
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"",
    ],
)
def test_what_is_no_http_is_one_line_after_the_last_try(script: Script, said: bytes) -> None:
    with pytest.raises(PublishError, match=r"cannot be reached after 2 tries|no SPARQL result") as caught:
        store_at(script(said)).count("a:g")
    assert str(caught.value).isprintable()


def test_the_words_of_a_refusal_are_printable(script: Script) -> None:
    with pytest.raises(PublishError) as caught:
        store_at(script(response("400 \x1b[2J", b"\x1b[31mno\r\nnever"))).put("a:g", b"")
    assert str(caught.value).isprintable()


def test_a_body_without_end_is_cut_off(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST_BYTES", 1 << 20)
    url = script(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (3 << 20))
    with pytest.raises(PublishError, match="answers more than 1 MiB"):
        store_at(url).count("a:g")


def test_a_store_that_says_nothing_more_is_given_up_at_the_deadline(script: Script) -> None:
    for said in (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1", b"HTTP/1.1 200 OK\r\nX", b""):
        hold = threading.Event()
        url = script(said, hold=hold)
        try:
            with pytest.raises(PublishError, match=r"gave up after 0\.3 seconds"):
                store_at(url, tries=20, deadline=0.3).count("a:g")
        finally:
            hold.set()


def test_credentials_over_plain_http_are_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Client("http://example.org/store").risks
    for name in (USER, TOKEN):
        with monkeypatch.context() as patched:
            patched.setenv(name, "abc")
            assert Client("http://example.org/store").risks
            assert Client("http://10.0.0.7/store").risks
            assert not Client("https://example.org/store").risks
            assert not Client("http://localhost:7878/store").risks
            assert not Client("http://127.0.0.1:7878/store").risks
            assert not Client("http://[::1]:7878/store").risks
