"""A SPARQL store as a client sees it: its Graph Store address, its query endpoint, and what both of them can be asked."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from .client import Answer, Body, Client, PublishError, address_of, printable

# The query endpoint that belongs to a Graph Store URL, by the ways in which stores name the two.
_QUERY_URLS = (
    (re.compile(r"/store/?$"), "/query"),  # Oxigraph
    (re.compile(r"/data/?$"), "/query"),  # Fuseki
    (re.compile(r"/rdf-graphs/service/?$"), ""),  # GraphDB and RDF4J
    (re.compile(r"/sparql-graph-crud(-auth)?/?$"), "/sparql"),  # Virtuoso
    (re.compile(r"/sparql/gsp/?$"), "/sparql"),  # Neptune
    (re.compile(r"/rdf-graph-store/?$"), "/sparql"),
)
ASKED = "__ASK_RETVAL"
"""The column in which Virtuoso 7 answers an ASK query, as 1 or 0."""
_JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Target:
    """A Graph Store: its URL, and the SPARQL endpoint beside it ("" if unknown)."""

    url: str
    query_url: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is put to: the one that is its default graph, and the named ones; none where the store's own hold."""

    default: str = ""
    named: tuple[str, ...] = ()


def target_of(url: str, query_url: str = "") -> Target:
    """Make a target of what the user names, with the SPARQL endpoint that such a store has.

    >>> target_of("http://localhost:3030/plans/data").query_url
    'http://localhost:3030/plans/query'
    >>> target_of("http://localhost:7200/repositories/plans/rdf-graphs/service").query_url
    'http://localhost:7200/repositories/plans'
    """
    parts = address_of(url)
    if query_url:
        address_of(query_url)
    for pattern, replacement in _QUERY_URLS:
        if not query_url and pattern.search(parts.path):
            query_url = urllib.parse.urlunsplit(parts._replace(path=pattern.sub(replacement, parts.path), query="", fragment=""))
    return Target(url, query_url)


class GraphStore:
    """A store at its two addresses. Every call raises `PublishError` when the store does not do what it is asked."""

    def __init__(self, target: Target, client: Client) -> None:
        self.target = target
        self._client = client

    def _graph(self, name: str) -> str:
        """Give the address of a graph, or of the default graph where there is no name (Graph Store Protocol, 4.2)."""
        joint = "&" if "?" in self.target.url else "?"
        return f"{self.target.url}{joint}{urllib.parse.urlencode({'graph': name}) if name else 'default'}"

    def put(self, name: str, body: Body | bytes, may: tuple[int, ...] = ()) -> int:
        """Replace a graph; gives the status code."""
        # Every store named above reads N-Triples as Turtle, of which it is a part; not every one knows its own media type.
        headers = {"Content-Type": "text/turtle; charset=utf-8"}
        return self._client.send("PUT", self._graph(name), headers, body, may=may).status

    def delete(self, name: str) -> None:
        """Take a graph away; one that is not there is away already."""
        self._client.send("DELETE", self._graph(name), {}, may=(404,))

    def read(self, name: str) -> list[ox.Triple]:
        """Read a graph; one that is not there is empty."""
        headers = {"Accept": "application/n-triples, text/turtle;q=0.9"}
        return self._triples(self._client.send("GET", self._graph(name), headers, may=(404,)).body)

    def _ask(self, query: str, dataset: Dataset, accept: str) -> Answer:
        fields = [("query", query)]
        fields += [("default-graph-uri", dataset.default)] if dataset.default else []
        fields += [("named-graph-uri", name) for name in dataset.named]
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return self._client.send("POST", self.target.query_url, headers, urllib.parse.urlencode(fields).encode("ascii"))

    def select(self, query: str, dataset: Dataset | None = None) -> dict[str, Any]:
        """Ask a SELECT or ASK query; gives the results as their JSON object (SPARQL 1.1 Query Results JSON Format)."""
        answer = self._ask(query, dataset or Dataset(), _JSON)
        try:
            data = json.loads(answer.body)
            if isinstance(data["boolean"] if "boolean" in data else data["results"]["bindings"], (bool, list)):
                return dict(data)
        except (ValueError, LookupError, TypeError, RecursionError):
            pass
        words = printable(answer.body[:400].decode("utf-8", "replace"), 120)
        raise PublishError(f"{self.target.query_url} answers {answer.media or 'something'} that is no SPARQL result: {words}")

    def construct(self, query: str, dataset: Dataset | None = None) -> Iterable[ox.Triple]:
        """Ask a CONSTRUCT or DESCRIBE query; gives its triples."""
        answer = self._ask(query, dataset or Dataset(), "application/n-triples, text/turtle;q=0.9")
        return self._triples(answer.body)

    def _triples(self, body: bytes) -> list[ox.Triple]:
        try:
            found = list(ox.parse(body, format=ox.RdfFormat.TURTLE, lenient=True))
        except (SyntaxError, ValueError) as error:
            raise PublishError(f"{self.target.url} answers a graph that is no Turtle: {printable(str(error))}") from None
        return [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in found]

    def rows(self, query: str, dataset: Dataset | None = None) -> list[dict[str, str]]:
        """Ask a SELECT query; gives each row's values by variable."""
        bindings = self.select(query, dataset).get("results", {}).get("bindings", [])
        try:
            return [{name: str(cell["value"]) for name, cell in row.items()} for row in bindings]
        except (LookupError, TypeError, AttributeError):
            raise PublishError(f"{self.target.query_url} answers rows that are no SPARQL result") from None

    def holds(self, query: str, dataset: Dataset | None = None) -> bool:
        """Ask an ASK query."""
        results = self.select(query, dataset)
        if "boolean" in results:
            return results["boolean"] is True
        # Virtuoso 7 answers with a row that holds 1, or with none.
        return any(str(row[ASKED].get("value")) == "1" for row in results["results"]["bindings"] if ASKED in row)

    def count(self, name: str, dataset: Dataset | None = None) -> int:
        """Count the triples of a graph, or of the default graph where there is no name.

        By a query where the endpoint is known, else by reading the graph.
        """
        if not self.target.query_url:
            return len(self.read(name))
        pattern = f"GRAPH <{name}> {{ ?s ?p ?o }}" if name else "?s ?p ?o"
        found = self.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", dataset)
        try:
            return int(found[0]["n"])
        except (LookupError, ValueError):
            raise PublishError(f"{self.target.query_url} counts no triples of {name or 'its default graph'}") from None
