"""What a writer gives: the body of a file bit by bit, and its head, which says what the body used and so is asked for last."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..core.errors import OutputError
from ..core.stream import Stretch

_STRETCH = 1 << 20
Some = TypeVar("Some", bound=Stretch)


def _nothing() -> str:
    return ""


class Text(NamedTuple):
    """A file as its writer gives it; `head` belongs before `body` and is known once the body has been read to its end."""

    body: Iterable[Stretch]
    head: Callable[[], str] = _nothing

    def whole(self) -> str:
        """Give all of it as one string."""
        body = b"".join(map(encoded, self.body)).decode("utf-8")
        return self.head() + body


def encoded(text: Stretch) -> bytes:
    """Give some of a text in UTF-8."""
    return text if isinstance(text, bytes) else text.encode("utf-8")


def write_text(path: Path, text: Text) -> None:
    """Write a file as UTF-8: into a file beside it first; nothing is held but a stretch of it.

    The head is known last. What is asked of it behind the first stretch of the body is hardly ever another than at the end: the body is
    written behind that, and is only copied where it is. Raises `OutputError` when it cannot be written.
    """
    spool = path.with_name(f".{path.name}.body")
    body = map(encoded, text.body)
    try:
        with spool.open("wb", buffering=_STRETCH) as stream:
            begun = list(_begun(body))
            written = text.head().encode("utf-8")
            stream.write(written)
            stream.writelines(begun)
            del begun
            stream.writelines(body)
        head = text.head().encode("utf-8")
        if head == written:
            spool.rename(path)
            return
        with path.open("wb") as whole, spool.open("rb") as stream:
            whole.write(head)
            stream.seek(len(written))
            shutil.copyfileobj(stream, whole, _STRETCH)
        spool.unlink()
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror or error}", file=path.parent) from error


def _begun(body: Iterator[bytes]) -> Iterator[bytes]:
    """Give the beginning of a body: a stretch of it, or all where it is shorter."""
    size = 0
    for some in body:
        yield some
        size += len(some)
        if size >= _STRETCH:
            return


def between(separator: Some, texts: Iterable[Some]) -> Iterator[Some]:
    """Give texts with a separator between each two of them."""
    first = True
    for text in texts:
        if not first:
            yield separator
        first = False
        yield text
