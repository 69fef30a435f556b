"""The server's pages: what they show, how they are negotiated, that nothing in them can run or fetch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from tests.samples import sample_graph, write_exports
from tests.serving import Served, serving

pytestmark = pytest.mark.server
HTML = {"Accept": "text/html"}
BASE = "https://w3id.org/yangfan/id/"
EVIL = "<b>信息消费升级行动</b>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))) as served:
        yield served


def page(server: Served, path: str) -> str:
    response = server.client.get(path, headers=HTML)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


def paths(server: Served) -> list[str]:
    """Give the paths of all pages that the graph has."""
    query = "SELECT DISTINCT ?s { ?s a ?c . FILTER(STRSTARTS(STR(?s), STR(id:))) }"
    rows = server.ask(query).json()["results"]["bindings"]
    found = ["/id/" + quote(row["s"]["value"].removeprefix(BASE)) for row in rows]
    assert len(found) > 60
    return found


def test_an_entity_page_shows_labels_edges_and_quotes(server: Served) -> None:
    text = page(server, "/id/industry/智慧医疗")
    assert "<h1>智慧医疗</h1>" in text
    assert "智能医疗" in text
    assert "实施社会民生服务行动，推动智慧医疗发展" in text
    assert 'href="/text/yuanfan-0001#97-137"' in text
    assert 'href="/id/plan/' in text
    assert 'href="/id/relation/advancedBy"' in text


def test_an_inferred_edge_names_its_rule_and_what_it_used(server: Served) -> None:
    text = page(server, "/id/industry/智慧教育")
    assert "same-domain" in text
    assert re.search(r'href="/id/statement/[0-9a-f]{16}"', text)


def test_a_curated_edge_names_its_source(server: Served) -> None:
    text = page(server, "/id/organization/教育部")
    assert 'href="https://example.org/full"' in text
    assert "全文第三节的分工" in text


def test_every_resource_of_the_graph_has_a_page_and_rdf(server: Served) -> None:
    for path in paths(server):
        response = server.client.get(path, headers=HTML, follow_redirects=True)
        assert response.status_code == 200, path
        turtle = server.client.get(path, headers={"Accept": "text/turtle"})
        assert turtle.status_code == 200
        iris = {quad.subject.value for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)}
        assert BASE + re.sub(r"^/id/", "", str(server.client.build_request("GET", path).url.path)) in iris


def test_every_link_within_the_server_leads_somewhere(server: Served) -> None:
    seen: set[str] = set()
    waiting = ["/query", "/void", "/search?q=智慧", "/id/industry/智慧医疗", "/text/yuanfan-0001"]
    while waiting and len(seen) < 250:
        path = waiting.pop()
        response = server.client.get(path, headers=HTML, follow_redirects=True)
        assert response.status_code == 200, path
        seen.add(path)
        if not response.headers["content-type"].startswith("text/html") or path == "/":
            continue
        for link in re.findall(r'(?:href|src)="(/[^"#]*)', response.text):
            plain = link.replace("&amp;", "&")
            if plain not in seen and plain not in waiting:
                waiting.append(plain)
    assert len(seen) > 100


def test_relations_and_classes_have_pages_in_both_languages(server: Served) -> None:
    text = page(server, "/id/relation/hasIndustry")
    assert "<h1>重点行业</h1>" in text
    assert "has industry" in text
    assert "智慧医疗" in text
    assert "智慧教育" in page(server, "/id/class/Industry")
    turtle = server.client.get("/id/relation/hasIndustry?format=ttl").text
    assert "yf:hasIndustry" in turtle


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/html", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml;q=0.9, text/html;q=0.5", "application/rdf+xml"),
        ("*/*", "text/html"),
    ],
)
def test_an_entity_is_negotiated(server: Served, accept: str, given: str) -> None:
    response = server.client.get("/id/industry/智慧医疗", headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == given
    assert server.client.get("/id/industry/智慧医疗", headers={"Accept": "image/png"}).status_code == 406


def test_an_entity_in_rdf_brings_its_edges_and_their_evidence(server: Served) -> None:
    body = server.client.get("/id/industry/智慧医疗?format=nt").content
    store = ox.Store()
    store.load(body, format=ox.RdfFormat.N_TRIPLES)
    query = """PREFIX yf: <https://w3id.org/yangfan/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?quote { ?plan yf:hasIndustry <id:industry> .
          ?s rdf:subject ?plan ; rdf:object <id:industry> ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?quote }"""
    solutions = store.query(query.replace("id:industry", f"{BASE}industry/智慧医疗"))
    assert isinstance(solutions, ox.QuerySolutions)
    assert [s["quote"].value for s in solutions] == ["《行动计划》面向民生服务领域，重点推进智慧医疗、智慧教育等行业。"]


def test_an_unknown_entity_is_not_found_and_the_nearest_are_offered(server: Served) -> None:
    response = server.client.get("/id/industry/智慧医院", headers=HTML)
    assert response.status_code == 404
    assert "智慧医疗" in response.text
    assert server.client.get("/id/industry/nothing").text == "no entity at /id/industry/nothing\n"


def test_a_passage_leads_to_its_place_in_the_text(server: Served) -> None:
    response = server.client.get("/id/passage/yuanfan-0001/97-137", headers=HTML)
    assert response.status_code == 303
    assert response.headers["location"] == "/text/yuanfan-0001#97-137"


def test_a_text_is_given_line_by_line_with_offsets_and_as_it_was_exported(server: Served) -> None:
    text = page(server, "/text/yuanfan-0001")
    assert 'data-start="97"><span class="quoted">实施社会民生服务行动' in text
    plain = server.client.get("/text/yuanfan-0001?format=txt").text
    assert plain[97:137].startswith("实施社会民生服务行动")


def test_a_text_lists_what_the_graph_draws_from_it_each_with_its_sentence(server: Served) -> None:
    text = page(server, "/text/yuanfan-0001")
    listed = text[text.index('<aside id="drawn"') :]
    assert '<a href="#97-137">智慧教育' not in listed, "an edge that a rule concluded is not drawn from the text"
    places = re.findall(r'<a href="#(\d+)-(\d+)">', listed)
    counted = server.ask(
        "SELECT ?s ?p ?o { ?x rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; yf:basis yf:stated }"
    )
    edges = {tuple(row[name]["value"] for name in "spo") for row in counted.json()["results"]["bindings"]}
    assert len(places) >= len(edges) > 5
    assert f">从中读出 {len(places)} 条" in text
    plain = server.client.get("/text/yuanfan-0001?format=txt").text
    quotes = re.findall(r"/text/yuanfan-0001#(\d+)-(\d+)", page(server, "/id/industry/智慧医疗"))
    assert {place for place in quotes if place in places}
    assert all(plain[int(start) : int(end)].strip() for start, end in places)


@pytest.mark.parametrize(
    "path", ["/text/none", "/text/..%2F..%2Fgraph.ttl", "/text/%2Fetc%2Fpasswd", "/data/..%2Fx", "/static/..%2Fapp.py"]
)
def test_no_path_leads_out_of_the_exports(server: Served, path: str) -> None:
    assert server.client.get(path).status_code == 404


@pytest.mark.parametrize("text", ["智慧医疗", "智能医疗", "zhihuiyiliao", "zhyl", "ＺＨＹＬ", "慧医"])
def test_search_finds_by_label_alias_and_pinyin(server: Served, text: str) -> None:
    hits = server.client.get("/search", params={"q": text}, headers={"Accept": "application/json"}).json()["hits"]
    assert hits[0]["iri"] == BASE + "industry/智慧医疗"
    assert hits[0]["url"] == "/id/" + quote("industry/智慧医疗")
    assert "智慧医疗" in page(server, f"/search?q={text}")


def test_the_query_page_runs_a_query_and_offers_every_format(server: Served) -> None:
    query = "SELECT ?industry ?domain { ?industry yf:inDomain ?domain }"
    text = page(server, f"/query?query={quote(query)}")
    assert '<a href="/id/industry/%E6%99%BA' in text
    for form in ("json", "xml", "csv", "tsv"):
        assert f"&amp;format={form}" in text
    assert 'class="permalink" href="/query?query=SELECT' in text
    drawing = json.loads(re.findall(r'<script type="application/json" id="network">(.*?)</script>', text)[0])
    assert len(drawing["nodes"]) == 5
    assert len(drawing["edges"]) == 3


def test_the_query_page_puts_parameters_in(server: Served) -> None:
    text = page(server, "/query?name=about-industry&p.industry=智慧教育")
    assert "VALUES ?industry { &lt;https://w3id.org/yangfan/id/industry/智慧教育&gt; }" in text
    assert "same-domain" not in text
    assert "社会民生服务" in text
    assert "nearest" in page(server, "/query?name=about-industry&p.industry=智慧教具")


def test_the_query_page_shows_where_a_query_is_wrong(server: Served) -> None:
    text = page(server, f"/query?query={quote('SELECT * {' + chr(10) + ' ?s <script> ?o . FILTR(1) }')}")
    assert "第 2 行" in text
    assert "<mark>F</mark>ILTR" in text
    assert "&lt;script&gt;" in text


def test_the_query_page_draws_a_constructed_graph(server: Served) -> None:
    query = "CONSTRUCT { ?s yf:inDomain ?o } WHERE { ?s yf:inDomain ?o }"
    text = page(server, f"/query?query={quote(query)}")
    assert "format=ttl" in text
    assert 'id="network"' in text


def test_the_network_page_is_whole_and_keeps_its_own_policy(server: Served) -> None:
    response = server.client.get("/", headers=HTML)
    assert response.status_code == 200
    assert "智慧医疗" not in response.headers["content-security-policy"]
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "sha256-" in policy
    assert "default-src 'none'" in policy


def test_void_tells_true_counts(server: Served) -> None:
    graph = ox.Store()
    graph.load(server.client.get("/void", headers={"Accept": "text/turtle"}).content, format=ox.RdfFormat.TURTLE)
    void = "http://rdfs.org/ns/void#"
    dataset = ox.NamedNode(f"{server.url}/void#dataset")

    def value(name: str) -> int:
        (quad,) = graph.quads_for_pattern(dataset, ox.NamedNode(void + name), None)
        return int(quad.object.value)  # type: ignore[union-attr]

    def count(query: str) -> int:
        return int(server.ask(query).json()["results"]["bindings"][0]["n"]["value"])

    assert value("triples") == count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert value("properties") == count("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }")
    assert value("classes") == count("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }")
    assert value("distinctSubjects") == count("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
    assert value("distinctObjects") == count("SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }")
    assert value("entities") == len(sample_graph())
    assert server.client.get("/.well-known/void").headers["location"] == "/void"


def test_a_host_that_is_none_is_not_repeated(server: Served) -> None:
    for host in ("evil host<>", "a/b", 'x"y'):
        for path in ("/void", "/sparql"):
            response = server.client.get(path, headers={"Host": host, "Accept": "text/turtle"})
            assert response.status_code in (400, 421)
            assert host not in response.text


def test_labels_are_escaped_on_every_page(server: Served) -> None:
    for path in (
        f"/search?q={quote(EVIL)}",
        "/id/class/Action",
        "/query?name=without-english-label",
        "/text/yuanfan-0001",
    ):
        text = page(server, path)
        assert EVIL not in text
        assert "&lt;b&gt;信息消费升级行动&lt;/b&gt;" in text


def test_a_link_that_is_no_web_address_is_shown_as_text(server: Served) -> None:
    text = page(server, f"/query?query={quote('SELECT (<javascript:alert(1)> AS ?x) {}')}")
    assert 'href="javascript' not in text
    assert "javascript:alert(1)" in text


def test_every_answer_has_the_security_headers(server: Served) -> None:
    for path in ("/query", "/sparql", "/id/industry/智慧医疗", "/void", "/healthz", "/none", "/static/site.css"):
        headers = server.client.get(path, headers=HTML).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers


def test_pages_fetch_nothing_from_elsewhere(server: Served) -> None:
    for path in ("/query", "/void", "/id/industry/智慧医疗", "/text/yuanfan-0001", "/search?q=a"):
        text = page(server, path)
        assert re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(?!/|\?)', text) == []
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))", text)
        assert " style=" not in text
        assert not re.search(r"\son\w+=", text)


def test_exports_can_be_had_and_health_be_asked(server: Served, tmp_path: Path) -> None:
    turtle = server.client.get("/data/graph.ttl")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert turtle.text.startswith("# ")
    assert server.client.get("/healthz").json()["status"] == "ok"
