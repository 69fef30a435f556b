"""`build URL`: documents behind web addresses, fetched from a real server on loopback, with limits and clear faults."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.ofd_files import text
from tests.ofd_files import write as write_ofd
from tests.pdf_files import LONG
from tests.pdf_files import write as write_pdf
from tests.places import Run
from yangfan.core.errors import ReadError
from yangfan.readers import web
from yangfan.readers.read import read_bytes, read_file
from yangfan.readers.warc import write_warc
from yangfan.readers.web import fetch, fetched

pytestmark = pytest.mark.server

TITLE = "某市数字水务行动计划"
PAGE = (
    f"<!DOCTYPE html><html><head><title>{TITLE}_水务_某市人民政府网</title></head><body><h1>{TITLE}</h1><p>一、总体要求</p>"
    "<p>到2027年，建成监测点500个。</p><p>2025年3月1日</p></body></html>"
)
DAY = datetime(2026, 3, 1, 10, 0, 5, tzinfo=UTC)


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path
        if path.startswith("/to/"):
            return self._answer(302, b"", {"Location": path.removeprefix("/to")})
        if path == "/round":
            return self._answer(301, b"", {"Location": "/round"})
        if path == "/away":
            return self._answer(302, b"", {"Location": "file:///etc/passwd"})
        if path == "/nowhere":
            return self._answer(302, b"", {})
        if path == "/plan.html":
            return self._answer(200, PAGE.encode(), {"Content-Type": "text/html"})
        if path == "/gbk":
            return self._answer(200, PAGE.encode("gbk"), {"Content-Type": "text/html; charset=gb2312"})
        if path == "/big5":
            page = PAGE.replace("总体", "總體").replace("监测点", "監測點")
            return self._answer(200, page.encode("big5", "ignore"), {"Content-Type": 'text/html; charset="big5"'})
        if path == "/packed":
            return self._answer(200, gzip.compress(PAGE.encode()), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
        if path == "/bomb":
            return self._answer(200, gzip.compress(b" " * 50_000_000), {"Content-Type": "text/html", "Content-Encoding": "gzip"})
        if path.startswith("/%E8%AE%A1%E5%88%92.pdf"):
            return self._answer(200, write_pdf([("title", TITLE), ("p", LONG)]), {"Content-Type": "application/octet-stream"})
        if path == "/plan.ofd":
            return self._answer(200, write_ofd([[text(TITLE, 74, 30, 6.2), text("各区要落实。", 25, 45)]]), {"Content-Type": "text/html"})
        if path == "/short":
            return self._answer(200, PAGE.encode()[:50], {"Content-Length": "5000", "Connection": "close"})
        if path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"<p>x</p>")
                self.server.pause.wait(0.1)  # type: ignore[attr-defined]
            return None
        if path == "/empty":
            return self._answer(200, b"", {"Content-Type": "text/html"})
        if path == "/junk":
            self.wfile.write(b"\x00\x01 no HTTP at all\r\n\r\n")
            self.close_connection = True
            return None
        return self._answer(404, b"not here", {"Content-Type": "text/plain"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    pause = threading.Event()

    def handle_error(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_behind_an_address_is_built_with_the_address_and_the_day_as_its_source(site: str, run: Run, tmp_path: Path) -> None:
    done = run("build", f"{site}/to/plan.html", "--out", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    turtle = (tmp_path / "graph.ttl").read_text("utf-8")
    assert f'dcterms:source "{site}/plan.html"' in turtle
    assert f'yf:accessed "{datetime.now(UTC):%Y-%m-%d}"^^xsd:date' in turtle
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["nodes"] > 3
    assert run("check", tmp_path).returncode == 0


@pytest.mark.parametrize("path", ["/plan.html", "/gbk", "/packed", "/%E8%AE%A1%E5%88%92.pdf", "/计划.pdf", "/plan.ofd", "/plan.html#part"])
def test_pages_and_files_of_every_encoding_are_read(site: str, path: str) -> None:
    with fetched([site + path]) as (source,):
        document = read_file(source)
    assert document.metadata["title"] == TITLE
    assert document.name.startswith(site)
    assert not any("called" in warning for warning in document.warnings)


def test_an_encoding_that_only_the_server_declares_is_followed(site: str) -> None:
    with fetched([site + "/big5"]) as (source,):
        assert "總體要求" in read_file(source).text


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/none", "/none: the server answers 404 Not Found"),
        ("/round", "redirected more than 5 times"),
        ("/away", "/away: no web address: file:///etc/passwd"),
        ("/nowhere", "the server redirects to nowhere (302)"),
        ("/short", "breaks off after 50 of 5000 bytes"),
        ("/junk", "cannot be fetched"),
    ],
)
def test_what_cannot_be_fetched_is_one_clear_line(site: str, path: str, message: str) -> None:
    with pytest.raises(ReadError) as fault:
        fetch(site + path)
    assert message in str(fault.value)
    assert str(fault.value).startswith(site)
    assert "\n" not in str(fault.value)


def test_an_empty_answer_is_an_empty_document(site: str) -> None:
    with fetched([site + "/empty"]) as (source,), pytest.raises(ReadError, match="an empty document"):
        read_file(source)


def test_a_large_answer_is_refused_also_when_it_is_packed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_FILE", "1")
    with pytest.raises(ReadError, match=r"larger than 1 MB \(--read-file\)"):
        fetch(site + "/bomb")


def test_a_slow_answer_is_ended(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_READ_SECONDS", "1")
    began = time.monotonic()
    with pytest.raises(ReadError, match=r"not here after 1 seconds"):
        fetch(site + "/slow")
    assert time.monotonic() - began < 30


def test_no_server_no_host_and_no_address_are_clear_faults(run: Run, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for address, message in (
        (f"http://127.0.0.1:{port}/", "cannot be fetched: Connection refused"),
        ("http://no-such-host.invalid/", "no such host"),
        ("http://", "no web address"),
        ("http://a b.example:x/", "no web address"),
    ):
        done = run("build", address, "--out", tmp_path / "out", NO_PROXY="*", no_proxy="*", http_proxy="")
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_password_in_an_address_is_neither_sent_nor_shown() -> None:
    with pytest.raises(ReadError) as fault:
        fetch("http://user:geheim@127.0.0.1/")
    assert "geheim" not in str(fault.value)


def test_a_site_of_the_web_cannot_lead_to_this_machine(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = iter([False, True])
    monkeypatch.setattr(web, "_is_local", lambda address: next(addresses))
    with pytest.raises(ReadError, match="redirects to an address of this machine or its network"):
        fetch(site + "/to/plan.html")


def test_a_web_archive_is_a_document_with_its_address() -> None:
    data = write_warc(PAGE.encode(), "https://a.example/计划.html", DAY, "text/html; charset=utf-8")
    document = read_bytes(data, "kept.warc", ".warc")
    assert document.metadata | {"date": ""} == {
        "title": TITLE, "url": "https://a.example/计划.html", "accessed": "2026-03-01", "format": "html", "date": "",
    }  # fmt: skip
    assert data == write_warc(PAGE.encode(), "https://a.example/计划.html", DAY, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"WARC/1.1\r\nWARC-Type: resource", "its head does not end"),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\nx", "first record is no resource"),
        (b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 99\r\n\r\nx", "shorter than it says"),
        (b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: x\r\n\r\nx", "shorter than it says"),
        (write_warc(write_warc(b"x", "", DAY, ""), "", DAY, ""), "no document"),
    ],
)
def test_a_damaged_web_archive_is_a_clear_fault(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_bytes(data, "kept.warc", ".warc")
