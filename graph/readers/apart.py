"""Reading in a process apart, so that no document can take the machine: it ends when the document asks for too much.

One process reads many documents, one after the other; a document that ends it gets a clear line, and the next one a new process.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
from threading import Lock, Timer
from typing import Any

from ..core.errors import ReadError
from ..core.limits import Limits
from .child import SCAN
from .raw import Raw
from .recognise import SECONDS_A_PAGE, is_here

_MOST_DOCUMENTS = 200
"""After so many documents the process is replaced, so that what libraries keep is given back."""
_RECOGNISER = 3072
"""MiB that recognising a scan may take: the models and the pictures."""
_PATIENCE = 4
"""How many times the allowed work may pass by the clock, when the machine has other things to do."""


class _Deadline:
    """Ends a process when its time is over, and knows that it did."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.passed = False

    def end(self) -> None:
        """End the process."""
        self.passed = True
        self._process.kill()


class _Reader:
    """The process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._lock = Lock()
        self._owner = 0

    def ask(self, order: dict[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
        """Send a document and give the answer; `{"signal": N}` when the process ended instead, `{"time": True}` when it took too long."""
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            late = _Deadline(process)
            timer = Timer(seconds, late.end)
            timer.start()
            try:
                process.stdin.write(json.dumps(order).encode() + b"\n" + data)
                process.stdin.flush()
                head = process.stdout.readline()
                body = process.stdout.read(int(head)) if head else b""
            except (BrokenPipeError, ValueError):
                head = body = b""
            finally:
                timer.cancel()
            self._done += 1
            if head and len(body) == int(head):
                if self._done >= _MOST_DOCUMENTS:
                    self.close()
                answer: dict[str, Any] = json.loads(body)
                return answer
            self.close()
            return {"time": True} if late.passed else {"signal": -(process.returncode or 0)}

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None or self._owner != os.getpid():
            # A process that was forked does not share its parent's reader.
            package = __name__.rpartition(".")[0]
            code = f"import sys; sys.path[:0] = {sys.path!r}; from {package}.child import main; main()"
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
            self._done, self._owner = 0, os.getpid()
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


_reader = _Reader()
atexit.register(_reader.close)


def read_apart(reader: str, data: bytes, name: str, bounds: Limits) -> Raw:
    """Let a reader (by its name) read a document in the process apart.

    Raises `ReadError` for what the reader refuses, and in one line for a document that asks for more than the limits allow.
    """
    order = {"reader": reader, "name": name, "size": len(data), **bounds._asdict()}
    answer = _reader.ask(order, data, bounds.seconds * _PATIENCE)
    if answer.get("scan") and is_here():
        # Recognising takes longer than reading, and for each page as long.
        bounds = bounds._replace(seconds=bounds.seconds + SECONDS_A_PAGE * answer["scan"], memory=max(bounds.memory, _RECOGNISER))
        answer = _reader.ask({**order, **bounds._asdict(), "reader": SCAN}, data, bounds.seconds * _PATIENCE)
    if "pieces" in answer:
        pieces = [(str(kind), str(text)) for kind, text in answer["pieces"]]
        said = tuple((str(text), float(confidence)) for text, confidence in answer["recognised"])
        return Raw(pieces, dict(answer["metadata"]), tuple(answer["warnings"]), said)
    if "fault" in answer:
        error = ReadError("")
        error.args, error.file = (answer["fault"],), name
        raise error
    if "text" in answer:
        raise too_long(answer["text"], bounds, name)
    if answer.get("time") or answer.get("signal") == getattr(signal, "SIGXCPU", 24):
        raise ReadError(f"takes more than {bounds.seconds} seconds to read (--read-seconds)", file=name)
    if answer.get("memory"):
        raise ReadError(f"takes more than {bounds.memory} MiB of memory to read (--read-memory)", file=name)
    if answer.get("signal"):
        ended = f"ended its reader (signal {answer['signal']}), perhaps for want of memory (at most {bounds.memory} MiB: --read-memory)"
        raise ReadError(ended, file=name)
    raise ReadError(answer.get("problem") or "its reader ended without an answer", file=name)


def too_long(size: int, bounds: Limits, name: str) -> ReadError:
    """Make the fault of a document that gives more text than is allowed."""
    return ReadError(f"gives {size:,} characters of text (at most {bounds.text:,}: --read-text)", file=name)
