"""The process that reads documents for another one, under limits of time and memory: bytes in, lines out.

Frames on standard input: a line of JSON (name, reader, size, limits), then the bytes. Frames on standard output: a line with a size, then so
many bytes of JSON, the lines of the document or the fault. The process ends when its input does, also in the middle of its work.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
from threading import Thread
from typing import Any, BinaryIO

from ..core.errors import ReadError, ScanError
from .raw import Raw
from .registry import named

_MIB = 1 << 20
SCAN = "scan"
"""What is asked for in the place of a reader when a document's pictures are to be read."""


def main() -> None:
    """Read documents until the input ends."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What libraries print must not fall between the frames.
    os.dup2(2, 1)
    frames: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    Thread(target=_listen, args=(source, frames), daemon=True).start()
    while True:
        order, data = frames.get()
        answer = json.dumps(_answer(order, data), ensure_ascii=True).encode()
        target.write(b"%d\n" % len(answer) + answer)
        target.flush()


def _listen(source: BinaryIO, frames: queue.SimpleQueue[tuple[dict[str, Any], bytes]]) -> None:
    while line := source.readline():
        order = json.loads(line)
        frames.put((order, source.read(order["size"])))
    os._exit(0)


def _answer(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        _bound(order["seconds"], order["memory"])
        raw = _read(order["reader"], data, order["name"])
    except ScanError as error:
        return {"fault": error.args[0], "scan": error.pages}
    except ReadError as error:
        return {"fault": error.args[0]}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"problem": "its parts are nested too deeply"}
    except Exception as error:
        # Whatever a library lets through about a document is that document's fault, and never the end of the build.
        return {"problem": f"cannot be read: {type(error).__name__}: {str(error)[:200]}"}
    size = sum(len(text) for _, text in raw.pieces)
    if size > order["text"]:
        return {"text": size}
    return {"pieces": raw.pieces, "metadata": raw.metadata, "warnings": raw.warnings, "recognised": raw.recognised}


def _read(reader: str, data: bytes, name: str) -> Raw:
    if reader == SCAN:
        from .recognise import read_scan

        return read_scan(data, name)
    return named(reader).read(data, name)


def _bound(seconds: int, memory: int) -> None:
    """Set the limits for one document: so much work from now on, so much memory in all (POSIX setrlimit)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory * _MIB, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
