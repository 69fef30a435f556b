"""Named graphs into any SPARQL 1.1 Graph Store: PUT each one, then count what arrived (Graph Store HTTP Protocol, 5.3).

PUT replaces a graph, so publishing twice leaves what publishing once does. What a server keeps in other graphs, its default
graph above all, is not touched: the provenance of the build goes into a graph of its own.
"""

from __future__ import annotations

import base64
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from time import sleep as wait

import pyoxigraph as ox

from ..core.errors import QueryError, YangfanError
from ..query.store import DEFAULT, base_of, load_store

USER, PASSWORD, TOKEN = "YANGFAN_USER", "YANGFAN_PASSWORD", "YANGFAN_TOKEN"
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 30.0
# The query endpoint that belongs to a Graph Store URL, by the ways in which stores name the two.
_QUERY_URLS = (
    (re.compile(r"/store/?$"), "/query"),  # Oxigraph
    (re.compile(r"/data/?$"), "/query"),  # Fuseki
    (re.compile(r"/rdf-graphs/service/?$"), ""),  # GraphDB and RDF4J
    (re.compile(r"/sparql-graph-crud(-auth)?/?$"), "/sparql"),  # Virtuoso
    (re.compile(r"/sparql/gsp/?$"), "/sparql"),  # Neptune
    (re.compile(r"/rdf-graph-store/?$"), "/sparql"),
)


class PublishError(YangfanError):
    """A store cannot be reached, refuses a graph, or holds another number of triples than was sent."""


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A graph to publish: its name, its triples as N-Triples, and how many they are."""

    name: str
    body: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Target:
    """A Graph Store: its URL, the SPARQL endpoint beside it ("" if unknown), and how often and long to try."""

    url: str
    query_url: str = ""
    tries: int = 5
    timeout: float = 120.0


def graphs_of(folder: Path) -> Iterator[NamedGraph]:
    """Give the named graphs of an exports folder, and its provenance as ``<base>graph/provenance``, sorted by name.

    Raises `QueryError` when the folder has no `graph.trig`.
    """
    trig = folder / "graph.trig"
    if not trig.is_file():
        raise QueryError("no graph.trig in this folder: build the exports first (yangfan)", file=folder)
    store = load_store(trig)
    base = base_of_named(store)
    parts: list[tuple[str, ox.NamedNode | ox.DefaultGraph]] = [(f"{base}graph/provenance", DEFAULT)]
    parts += [(name.value, name) for name in store.named_graphs() if isinstance(name, ox.NamedNode)]
    for name, part in sorted(parts, key=lambda pair: pair[0]):
        body = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=part) or b""
        lines = sorted(body.splitlines(keepends=True))
        if lines:
            yield NamedGraph(name, b"".join(lines), len(lines))


def base_of_named(store: ox.Store) -> str:
    """Tell the base of the entities' IRIs from the names of the graphs."""
    names = [name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode)]
    return next((name.rpartition("graph/")[0] for name in sorted(names) if "/graph/" in name), base_of(store))


def target_of(url: str, query_url: str = "", tries: int = 5) -> Target:
    """Make a target of what the user names, with the SPARQL endpoint that such a store has.

    >>> target_of("http://localhost:3030/plans/data").query_url
    'http://localhost:3030/plans/query'
    >>> target_of("http://localhost:7200/repositories/plans/rdf-graphs/service").query_url
    'http://localhost:7200/repositories/plans'
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise PublishError(f"no http address: {re.sub('//[^/]*@', '//', url)}")
    if parts.username or parts.password:
        raise PublishError(f"keep the password out of the address: set {USER} and {PASSWORD}, or {TOKEN}")
    for pattern, replacement in _QUERY_URLS:
        if not query_url and pattern.search(parts.path):
            query_url = urllib.parse.urlunsplit(parts._replace(path=pattern.sub(replacement, parts.path)))
    return Target(url, query_url, tries)


def _opener(url: str, *, at_once: bool) -> tuple[urllib.request.OpenerDirector, dict[str, str]]:
    """Give what sends requests, with the credentials of the environment: a token, or a name and password.

    With `at_once` the password is sent as basic authorisation unasked; else the store is waited for to ask, and is
    answered in the way it asks for, basic or digest.
    """
    token, user, password = (os.environ.get(name, "") for name in (TOKEN, USER, PASSWORD))
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    headers = {"User-Agent": "yangfan"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    elif user and at_once:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    elif user:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, url, user, password)
        handlers += [urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)]
    return urllib.request.build_opener(*handlers), headers


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: it would turn a PUT into a GET and carry credentials to another server."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


def _words(error: urllib.error.HTTPError) -> str:
    """Give the first words of a refusal's body."""
    # Where urllib itself gives up, Python before 3.11.4 puts an empty text there and not bytes.
    body: bytes | str = error.read(300)
    return " ".join((body if isinstance(body, str) else body.decode("utf-8", "replace")).split())


def _wait_of(error: object, attempt: int) -> float:
    if isinstance(error, urllib.error.HTTPError):
        asked = error.headers.get("Retry-After", "")
        if asked.isdigit():
            return min(float(asked), _LONGEST_WAIT)
    return min(0.5 * 2.0**attempt, _LONGEST_WAIT)


def send(
    target: Target,
    make: Callable[[], urllib.request.Request],
    *,
    at_once: bool = True,
) -> tuple[int, bytes]:
    """Send a request, again after a wait that doubles where the fault may pass (RFC 9110, 15.6.4; RFC 6585, 4).

    Gives status and body. Raises `PublishError` when the store stays unreachable or refuses.
    """
    opener, headers = _opener(target.url, at_once=at_once)
    for attempt in range(target.tries):
        request = make()
        for name, value in headers.items():
            request.add_unredirected_header(name, value)
        try:
            with opener.open(request, timeout=target.timeout) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                said = _words(error)
            if error.code == 401 and at_once and headers.get("Authorization", "").startswith("Basic"):
                # Virtuoso turns away a password that it did not ask for, without asking: let it ask.
                return send(target, make, at_once=False)
            if error.code not in _TRANSIENT or attempt + 1 == target.tries:
                hint = f" (set {USER} and {PASSWORD}, or {TOKEN})" if error.code in (401, 403) else ""
                raise PublishError(f"{target.url} answers {error.code} {error.reason}{hint}: {said}") from None
            wait(_wait_of(error, attempt))
        except (urllib.error.URLError, HTTPException, OSError) as error:
            if attempt + 1 == target.tries:
                reason = getattr(error, "reason", error)
                raise PublishError(f"{target.url} cannot be reached after {target.tries} tries: {reason}") from None
            wait(_wait_of(error, attempt))
    raise AssertionError("a target is tried at least once")


def _address(target: Target, name: str) -> str:
    joint = "&" if "?" in target.url else "?"
    return f"{target.url}{joint}{urllib.parse.urlencode({'graph': name})}"


def put(target: Target, graph: NamedGraph) -> None:
    """Replace one graph of the store."""
    # Every store named above reads N-Triples as Turtle, of which it is a part; not every one knows its own media type.
    headers = {"Content-Type": "text/turtle; charset=utf-8"}
    address = _address(target, graph.name)
    send(target, lambda: urllib.request.Request(address, graph.body, headers, method="PUT"))


def _count_by_query(target: Target, name: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    address = f"{target.query_url}?{urllib.parse.urlencode({'query': query})}"
    headers = {"Accept": "application/sparql-results+json"}
    _, body = send(target, lambda: urllib.request.Request(address, headers=headers))
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def count(target: Target, name: str) -> int:
    """Count the triples of a graph in the store: by a query where its endpoint is known, else by reading the graph."""
    if target.query_url:
        return _count_by_query(target, name)
    headers = {"Accept": "application/n-triples, text/turtle;q=0.9"}
    _, body = send(target, lambda: urllib.request.Request(_address(target, name), headers=headers))
    return sum(1 for _ in ox.parse(body, format=ox.RdfFormat.TURTLE, lenient=True))


def verify(target: Target, graph: NamedGraph) -> None:
    """Raise `PublishError` unless the store holds as many triples of the graph as were sent."""
    found = count(target, graph.name)
    if found != graph.count:
        raise PublishError(f"{graph.name}: {graph.count} triples were sent, the store holds {found}")
