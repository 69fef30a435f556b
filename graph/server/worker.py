"""A query worker: a forked process that answers one query after another over a socket and can be killed at any time.

A frame is four bytes of length, most significant first, and the payload. A request is a JSON object; an answer is one byte
(`R` result, `E` error as JSON) and the body. The worker can open no file and no connection of its own: it is left without free
descriptors but for the files of a store on disk, so that a query cannot reach the network whatever the engine supports.
"""

from __future__ import annotations

import contextlib
import csv
import gc
import io
import json
import os
import resource
import socket
import struct
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from ..core.errors import QueryError
from ..query.run import GRAPH_FORMATS, RESULT_FORMATS, Result, run, serialize, write_triples
from ..query.store import Opener
from ..query.syntax import SparqlError

HEADER = struct.Struct(">I")
# No answer is larger than this many bytes, whatever the limit of rows.
MOST_BYTES = 256 * 1024 * 1024
_LEAST_ROW = {"json": 3, "csv": 1, "tsv": 1, "xml": 17}


class TooLarge(QueryError):
    """An answer has more rows or bytes than the server's limit."""


def read_exactly(sock: socket.socket, length: int) -> bytes:
    """Read `length` bytes; fewer mean that the other side has closed."""
    parts: list[bytes] = []
    while length:
        part = sock.recv(min(length, 1 << 20))
        if not part:
            break
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def count_rows(body: bytes, form: str) -> int:
    """Count the rows of an answer in one of the W3C result formats."""
    if form == "json":
        return len(json.loads(body).get("results", {}).get("bindings", ()))
    if form == "xml":
        # "<" never stands in text, so the tag counts the rows.
        return body.count(b"<result>")
    if form == "tsv":
        return max(body.count(b"\n") - 1, 0)
    return max(sum(1 for _ in csv.reader(io.StringIO(body.decode("utf-8"), newline=""))) - 1, 0)


class _Bounded(io.RawIOBase):
    """Collects what the engine writes and stops it at a number of bytes."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.left = most

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Keep the bytes; raises `OSError` beyond the limit, which ends the query."""
        self.left -= len(data)
        if self.left < 0:
            raise OSError("the answer is too large")
        self.parts.append(bytes(data))
        return len(data)


def _limited(result: Result, form: str, most: int) -> bytes:
    """Write an answer of at most `most` rows or triples.

    Raises `TooLarge` instead of cutting an answer short: half an answer looks like a whole one.
    """
    if isinstance(result, ox.QueryTriples):
        triples: list[ox.Triple] = []
        for triple in result:
            triples.append(triple)
            if len(triples) > most:
                raise TooLarge(f"the answer has more than {most} triples, this server's limit: narrow the query")
        if form not in GRAPH_FORMATS:
            raise QueryError(f"this query gives a graph, which has no {form}")
        return write_triples(triples, form)
    if not isinstance(result, ox.QuerySolutions) or form not in RESULT_FORMATS:
        return serialize(result, form)
    stream = _Bounded(MOST_BYTES)
    try:
        result.serialize(cast(BinaryIO, stream), format=RESULT_FORMATS[form])
    except OSError as error:
        if stream.left < 0:
            raise TooLarge("the answer is larger than 256 MiB, this server's limit: narrow the query") from error
        raise QueryError(f"cannot run this query: {error}") from error
    body = b"".join(stream.parts)
    if len(body) > most * _LEAST_ROW[form] and count_rows(body, form) > most:
        raise TooLarge(
            f"the answer has more than {most} rows, this server's limit: add LIMIT {most} or narrow the query"
        )
    return body


def answer(store: ox.Store, base: str, request: dict[str, Any]) -> bytes:
    """Answer one request with a payload."""
    try:
        result = run(
            store,
            request["query"],
            default_graphs=request.get("default"),
            named_graphs=request.get("named"),
            base=base,
        )
        return b"R" + _limited(result, request["format"], request["rows"])
    except QueryError as error:
        kind = "large" if isinstance(error, TooLarge) else "query"
        detail: dict[str, Any] = {"kind": kind, "message": str(error)}
        if isinstance(error, SparqlError):
            detail.update(kind="syntax", reason=error.reason, line=error.line, column=error.column)
        return b"E" + json.dumps(detail).encode()
    except MemoryError:
        return b"E" + json.dumps({"kind": "large", "message": "the query needs more memory than it may take"}).encode()


def _confine(memory: int, files: int) -> None:
    """Leave the process at most `memory` MiB beyond what it has now, and as many descriptors as its store has files."""
    size = 0
    with contextlib.suppress(OSError), open("/proc/self/statm", "rb") as stream:
        size = int(stream.read().split()[0]) * resource.getpagesize()
    if size:
        limit = size + memory * 1024 * 1024
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_descriptors(files), resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def _descriptors(files: int) -> int:
    """Give the limit of descriptors below which so many are free; 0 for a store in memory, which has no files."""
    if not files:
        return 0
    taken = set(map(int, os.listdir("/dev/fd")))
    limit = 0
    while files > 0:
        files -= limit not in taken
        limit += 1
    return limit


def work(sock: socket.socket, opener: Opener, base: str, memory: int) -> None:
    """Answer requests until the other side closes the socket."""
    store = opener()
    _confine(memory, opener.files)
    gc.freeze()
    while True:
        head = read_exactly(sock, HEADER.size)
        if len(head) < HEADER.size:
            os._exit(0)
        payload = read_exactly(sock, HEADER.unpack(head)[0])
        body = answer(store, base, json.loads(payload))
        sock.sendall(HEADER.pack(len(body)) + body)
