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
    """Write a file as UTF-8: its body into a file beside it first, for the head is known last; nothing is held but a stretch of it.

    Raises `OutputError` when it cannot be written.
    """
    spool = path.with_name(f".{path.name}.body")
    try:
        with spool.open("wb", buffering=_STRETCH) as stream:
            stream.writelines(map(encoded, text.body))
        head = text.head()
        if not head:
            spool.rename(path)
            return
        with path.open("wb") as whole, spool.open("rb") as body:
            whole.write(head.encode("utf-8"))
            shutil.copyfileobj(body, whole, _STRETCH)
        spool.unlink()
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror or error}", file=path.parent) from error


def between(separator: Some, texts: Iterable[Some]) -> Iterator[Some]:
    """Give texts with a separator between each two of them."""
    first = True
    for text in texts:
        if not first:
            yield separator
        first = False
        yield text
