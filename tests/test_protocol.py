"""The query-form tests of the W3C SPARQL 1.1 Protocol test suite against the running server, in their order and by name.

The suite's graphs are two or three documents that each describe themselves; ours are the named graphs of a small dataset.
Updates have no place at a read-only endpoint: each is refused, the well-formed ones too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import Served, serving

pytestmark = pytest.mark.server
G1, G2, G3 = (f"http://example.org/data{number}" for number in (1, 2, 3))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
BOTH = f"ASK {{ <{G1}> a ?type . <{G2}> a ?type . }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ <{G1}> a ?type }} GRAPH ?g2 {{ <{G2}> a ?type }} }}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("suite")
    said = [f"<{g}> a <http://example.org/Document> ." for g in (G1, G2, G3)]
    (folder / "graph.ttl").write_text("\n".join(said), encoding="utf-8")
    blocks = [f"<{g}> {{ {triple} }}" for g, triple in zip((G1, G2, G3), said, strict=True)]
    (folder / "graph.trig").write_text("\n".join(blocks), encoding="utf-8")
    with serving(folder) as served:
        yield served


def truth(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/sparql-results+json"
    answer: bool = response.json()["boolean"]
    return answer


def dataset(default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> httpx.QueryParams:
    return httpx.QueryParams({"default-graph-uri": default, "named-graph-uri": named})


# query operations that must work


def test_query_post_form(server: Served) -> None:
    response = server.client.post("/sparql/", params=dataset((G3,)), content="query=ASK%20%7B%7D", headers=FORM)
    assert truth(response)


def test_query_dataset_default_graphs_get(server: Served) -> None:
    assert truth(server.client.get("/sparql", params=dataset((G1, G2)).set("query", BOTH)))


def test_query_dataset_default_graphs_post(server: Served) -> None:
    assert truth(server.client.post("/sparql", params=dataset((G1, G2)), content=BOTH, headers=DIRECT))


def test_query_dataset_named_graphs_post(server: Served) -> None:
    assert truth(server.client.post("/sparql", params=dataset((), (G1, G2)), content=NAMED, headers=DIRECT))


def test_query_dataset_named_graphs_get(server: Served) -> None:
    assert truth(server.client.get("/sparql", params=dataset((), (G1, G2)).set("query", NAMED)))


def test_query_dataset_full(server: Served) -> None:
    query = f"ASK {{ <{G3}> a ?type GRAPH ?g1 {{ <{G1}> a ?type }} GRAPH ?g2 {{ <{G2}> a ?type }} }}"
    assert truth(server.client.post("/sparql", params=dataset((G3,), (G1, G2)), content=query, headers=DIRECT))


def test_query_multiple_dataset(server: Served) -> None:
    query = f"ASK FROM <{G3}> {{ GRAPH ?g1 {{ <{G1}> a ?type }} GRAPH ?g2 {{ <{G2}> a ?type }} }}"
    assert truth(server.client.post("/sparql", params=dataset((), (G1, G2)), content=query, headers=DIRECT))
    query = f"ASK FROM <{G3}> {{ <{G1}> a ?type }}"
    assert truth(server.client.get("/sparql", params=dataset((G1,)).set("query", query)))


def test_query_get(server: Served) -> None:
    assert truth(server.client.get("/sparql", params={"query": "ASK {}"}))


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT (1 AS ?value) {}", ("sparql-results+json", "sparql-results+xml", "csv", "tab-separated-values")),
        ("ASK {}", ("sparql-results+json", "sparql-results+xml", "csv", "tab-separated-values")),
        (f"DESCRIBE <{G1}>", ("turtle", "n-triples", "rdf+xml", "ld+json", "trig", "n-quads")),
        ("CONSTRUCT { <a:s> <a:p> 1 } WHERE {}", ("turtle", "n-triples", "rdf+xml", "ld+json", "trig", "n-quads")),
    ],
    ids=["select", "ask", "describe", "construct"],
)
def test_query_content_type(server: Served, query: str, kinds: tuple[str, ...]) -> None:
    for kind in kinds:
        family = "text" if kind in ("csv", "tab-separated-values", "turtle") else "application"
        response = server.ask(query, f"{family}/{kind}")
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == f"{family}/{kind}"
        assert response.content


def test_query_post_direct(server: Served) -> None:
    assert truth(server.client.post("/sparql", content="ASK {}", headers=DIRECT))


# query operations that must be refused with a 4xx


def refused(response: httpx.Response, status: int) -> None:
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/plain")
    assert len(response.text.strip().splitlines()) == 1


def test_bad_query_method(server: Served) -> None:
    refused(server.client.put("/sparql", params={"query": "ASK {}"}), 405)
    assert server.client.delete("/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_bad_multiple_queries(server: Served) -> None:
    refused(server.client.get("/sparql", params=[("query", "ASK {}"), ("query", "SELECT * {}")]), 400)
    refused(server.client.post("/sparql", params={"query": "ASK {}"}, content="ASK {}", headers=DIRECT), 400)


def test_bad_query_wrong_media_type(server: Served) -> None:
    refused(server.client.post("/sparql", content="ASK {}", headers={"Content-Type": "text/plain"}), 415)


def test_bad_query_missing_form_type(server: Served) -> None:
    refused(server.client.post("/sparql", content=b"query=ASK%20%7B%7D"), 415)


def test_bad_query_missing_direct_type(server: Served) -> None:
    refused(server.client.post("/sparql", content=b"ASK {}"), 415)


def test_bad_query_non_utf8(server: Served) -> None:
    sixteen = {"Content-Type": "application/sparql-query; charset=UTF-16"}
    refused(server.client.post("/sparql", content="ASK {}".encode("utf-16"), headers=sixteen), 415)
    refused(server.client.post("/sparql", content="ASK {}".encode("utf-16"), headers=DIRECT), 400)
    refused(server.client.get("/sparql?query=ASK%20%7B%22%FF%22%7D"), 400)


def test_bad_query_syntax(server: Served) -> None:
    response = server.ask("ASK {\n  ?s a }")
    refused(response, 400)
    assert "line 2, column 8" in response.text


# updates


@pytest.mark.parametrize(
    "text", ["CLEAR ALL", "LOAD <http://example.org/>", "INSERT DATA { <a:s> <a:p> 1 }", "nonsense"]
)
def test_updates_are_refused_in_every_form(server: Served, text: str) -> None:
    refused(server.client.get("/sparql", params={"update": text}), 403)
    refused(server.client.post("/sparql", data={"update": text}), 403)
    update = {"Content-Type": "application/sparql-update"}
    refused(server.client.post("/sparql", content=text, headers=update), 403)
    assert server.ask(text).status_code == (400 if text == "nonsense" else 403)


# beyond the suite


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE SILENT <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused(server: Served, query: str) -> None:
    response = server.ask(query)
    refused(response, 403)
    assert "SERVICE" in response.text


def test_a_graph_that_is_not_there_is_empty(server: Served) -> None:
    query = "ASK { ?s ?p ?o }"
    assert not truth(server.client.get("/sparql", params=dataset(("http://example.org/none",)).set("query", query)))


def test_a_named_dataset_leaves_the_default_graph_empty(server: Served) -> None:
    query = "ASK { ?s ?p ?o }"
    assert truth(server.client.get("/sparql", params=[("query", query)]))
    assert not truth(server.client.get("/sparql", params=dataset((), (G1,)).set("query", query)))


def test_a_graph_that_is_no_iri_is_refused(server: Served) -> None:
    refused(server.client.get("/sparql", params=dataset(("no iri",)).set("query", "ASK {}")), 400)


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("text/*;q=0.4, text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("", "application/sparql-results+json"),
    ],
)
def test_the_form_that_weighs_most_is_given(server: Served, accept: str, given: str) -> None:
    response = server.ask("SELECT (1 AS ?value) {}", accept)
    assert response.headers["content-type"].partition(";")[0] == given
    assert response.headers["vary"] == "Accept"


def test_a_form_that_there_is_not_is_not_acceptable(server: Served) -> None:
    refused(server.ask("ASK {}", "image/png"), 406)
    refused(server.ask("ASK {}", "text/turtle"), 406)


def test_the_format_parameter_overrides_accept(server: Served) -> None:
    assert server.ask("SELECT (1 AS ?v) {}", "application/sparql-results+json", format="csv").text == "v\r\n1\r\n"
    refused(server.ask("ASK {}", format="ttl"), 400)


def test_a_browser_is_sent_to_the_query_page(server: Served) -> None:
    response = server.ask("ASK {}", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert response.status_code == 303
    assert response.headers["location"] == "/query?query=ASK%20%7B%7D"


def test_a_head_request_has_the_headers_alone(server: Served) -> None:
    response = server.client.head("/sparql", params={"query": "ASK {}"})
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 0
    assert response.content == b""


def test_the_bare_url_describes_the_service(server: Served) -> None:
    import pyoxigraph as ox

    response = server.client.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    query = f"""PREFIX sd: <{sd}> PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?endpoint ?triples (COUNT(DISTINCT ?name) AS ?graphs) (COUNT(DISTINCT ?format) AS ?formats) {{
          ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ;
                   sd:resultFormat ?format ; sd:defaultDataset ?dataset .
          ?dataset sd:defaultGraph/void:triples ?triples ; sd:namedGraph/sd:name ?name
        }} GROUP BY ?endpoint ?triples"""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    (row,) = [[term.value for term in solution] for solution in solutions]
    assert row == [f"{server.url}/sparql", "3", "5", "10"]  # three graphs of data, ontology and concepts


def test_unknown_parameters_are_refused(server: Served) -> None:
    refused(server.client.get("/sparql", params={"query": "ASK {}", "timeout": "9"}), 400)
    refused(server.client.get("/sparql", params={"default-graph-uri": G1}), 400)


def test_no_answer_holds_a_path_of_the_machine(server: Served) -> None:
    for response in (server.ask("ASK {"), server.client.get("/sparql"), server.client.get("/nothing/here")):
        assert str(Path(__file__).parent.parent) not in response.text
        assert "Traceback" not in response.text
