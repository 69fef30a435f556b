"""A request of the SPARQL 1.1 Protocol (sections 2.1 and 2.2) as a query operation, or the reason why it is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from ..query.syntax import FORMS, UPDATES, keywords, query_form
from .negotiate import GRAPHS, RESULTS, Form, by_name, choose

FORM_TYPE = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
_KNOWN = frozenset({"query", "default-graph-uri", "named-graph-uri", "format"})
_UPDATING = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})


class Refused(Exception):
    """A request that gets no answer: the status code, one line that says why, and further headers."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation: the query, the dataset it asks for (none: the endpoint's own), and the format it names."""

    query: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    format: str


def parameters(text: str | bytes) -> list[tuple[str, str]]:
    """Read URL-encoded parameters; raises `Refused` (400) for what is not UTF-8 or has too many fields."""
    try:
        plain = text if isinstance(text, str) else text.decode("ascii")
        return parse_qsl(plain, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError) as error:
        raise Refused(400, "the parameters are not URL-encoded UTF-8") from error


def _one(fields: Sequence[tuple[str, str]], name: str) -> str | None:
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise Refused(400, f"one {name} is allowed, not {len(values)}")
    return values[0] if values else None


def _operation(fields: Sequence[tuple[str, str]]) -> Operation:
    names = {name for name, _ in fields}
    if names & _UPDATING:
        raise Refused(403, "this endpoint is read-only: updates are not allowed")
    unknown = sorted(names - _KNOWN)
    if unknown:
        raise Refused(400, f"no parameter {unknown[0]}; those known are {', '.join(sorted(_KNOWN))}")
    query = _one(fields, "query")
    if query is None:
        raise Refused(400, "the parameter query is missing")
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    whole = not default and not named
    return Operation(query, None if whole else default, None if whole else named, _one(fields, "format") or "")


def _media(content_type: str) -> tuple[str, str]:
    """Give a content type's media type and charset, both in lower case."""
    media, *rest = (part.strip().lower() for part in content_type.split(";"))
    charset = next((part[8:].strip("\"' ") for part in rest if part.startswith("charset=")), "utf-8")
    return media, charset


def read_operation(method: str, query_string: bytes, content_type: str, body: bytes) -> Operation | None:
    """Read a request's query operation; none where a GET asks for nothing but the endpoint's description.

    Raises `Refused` with the status code that fits.
    """
    url = parameters(query_string)
    if method in ("GET", "HEAD"):
        return _operation(url) if url else None
    if method != "POST":
        raise Refused(405, f"{method} is not a method of this endpoint", {"Allow": "GET, HEAD, POST, OPTIONS"})
    media, charset = _media(content_type)
    if media == UPDATE_TYPE:
        raise Refused(403, "this endpoint is read-only: updates are not allowed")
    if media not in (FORM_TYPE, QUERY_TYPE):
        raise Refused(415, f"POST a query as {QUERY_TYPE} or {FORM_TYPE}, not {media or 'without a content type'}")
    if charset not in ("utf-8", "utf8"):
        raise Refused(415, f"the query must be UTF-8, not {charset}")
    if media == FORM_TYPE:
        return _operation([*url, *parameters(body)])
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "the query is not UTF-8") from error
    return _operation([*url, ("query", text)])


@lru_cache(maxsize=512)
def _nature(query: str) -> tuple[str, bool]:
    """Tell a query's form and whether it would ask another endpoint; the same queries come again and again."""
    return query_form(query), "SERVICE" in keywords(query)


def form_of(operation: Operation, accept: str, extra: Sequence[Form] = ()) -> Form:
    """Choose the form of the answer, or raise `Refused`: read-only (403), empty (400) or not acceptable (406)."""
    kind, service = _nature(operation.query)
    if kind in UPDATES:
        raise Refused(403, f"this endpoint is read-only: {kind} is an update")
    if service:
        raise Refused(403, "this endpoint asks no other endpoint: SERVICE is not allowed")
    if not operation.query.strip():
        raise Refused(400, "the query is empty")
    offered = RESULTS if kind in ("SELECT", "ASK", "") else GRAPHS
    if operation.format:
        form = by_name(operation.format, offered)
        if form is None:
            known = ", ".join(form.name for form in offered)
            raise Refused(400, f"no format {operation.format} for this query; those known are {known}")
        return form
    chosen = choose(accept, (*offered, *extra))
    if chosen is None:
        # A text that is no query gets its syntax error whatever the client accepts.
        if kind not in FORMS:
            return offered[0]
        raise Refused(406, f"this query is answered as {', '.join(form.media for form in offered)}")
    return chosen
