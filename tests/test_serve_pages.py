"""The server's pages: what they show, how they are negotiated, that nothing in them can run or fetch."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from tests.places import ROOT
from tests.samples import TEXT, sample_graph, write_exports
from tests.serving import Served, serving
from yangfan.formats.ledger import LEDGER_HEADER
from yangfan.pipeline import build
from yangfan.query.nodes import Nodes
from yangfan.query.store import load_store
from yangfan.server.facts import Facts
from yangfan.server.ledger import ledger_of
from yangfan.server.site import Site

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
    assert re.search(r'href="/id/statement/[0-9a-f]{32}"', text)


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


def test_a_page_speaks_the_language_that_the_browser_asks_for(server: Served) -> None:
    for asked, told in (("", "zh-CN"), ("zh-TW, en;q=0.5", "zh-CN"), ("de, en;q=0.8, zh;q=0.5", "en"), ("en-GB", "en")):
        for path in ("/query", "/search?q=5G", "/id/industry/智慧医疗", "/nowhere"):
            response = server.client.get(path, headers={**HTML, "Accept-Language": asked})
            assert f'<html lang="{told}">' in response.text, (asked, path)
    assert "Accept-Language" in server.client.get("/query", headers=HTML).headers["vary"]


def test_the_network_page_leads_to_the_questions(server: Served) -> None:
    assert '<a id="served" class="text-button" href="/query"' in page(server, "/")


def test_relations_and_classes_have_pages_in_both_languages(server: Served) -> None:
    text = page(server, "/id/relation/hasIndustry")
    assert '<h1><span class="zh">重点行业</span>' in text
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
    assert "这里没有这一页" in response.text
    assert "404" not in response.text
    assert "<title>There is no such page" in server.client.get("/id/industry/nothing", headers={**HTML, "Accept-Language": "en"}).text
    assert server.client.get("/id/industry/nothing").text == "no entity at /id/industry/nothing\n"


@pytest.mark.parametrize("path", ["/id/industry/nothing", "/nowhere", "/query?format=doc", "/text/none"])
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_a_refusal_says_that_form_and_language_were_asked_for(server: Served, path: str, accept: str) -> None:
    response = server.client.get(path, headers={"Accept": accept})
    assert response.status_code in (400, 404)
    assert response.headers["vary"] == "Accept, Accept-Language, Cookie"


def test_a_passage_leads_to_its_place_in_the_text(server: Served) -> None:
    response = server.client.get("/id/passage/yuanfan-0001/97-137", headers=HTML)
    assert response.status_code == 303
    assert response.headers["location"] == "/text/yuanfan-0001#97-137"
    assert response.headers["vary"] == "Accept"


def test_a_text_is_given_line_by_line_with_offsets_and_as_it_was_exported(server: Served) -> None:
    text = page(server, "/text/yuanfan-0001")
    assert re.search(r'data-start="97"><a class="fate evidence begins" href="#97-137" [^>]*>实施社会民生服务行动', text)
    plain = server.client.get("/text/yuanfan-0001?format=txt").text
    assert plain[97:137].startswith("实施社会民生服务行动")


def test_a_text_says_of_every_sentence_what_became_of_it(seed_exports: Path) -> None:
    site = Site(Facts(seed_exports))
    (key,) = site.facts.texts
    text = site.text(key, "text/html", "")[1].decode("utf-8")
    with (seed_exports / "ledger.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for state, words in (("evidence", "读出关系"), ("context", "说明文字"), ("open", "未读懂")):
        told = [row for row in rows if row["state"] == state]
        assert told
        assert re.search(rf"{words}[^%]*>{len(told)}<span class=\"zh\"> 句", text)
        for row in told:
            assert f'<a class="fate {state} begins" href="#{row["start"]}-{row["end"]}"' in text
    listed = text[text.index('class="open-list"') : text.index('<div id="text">')]
    assert [entry.count("sign-tag") for entry in listed.split("<li>")[1:3]] == [2, 1]
    assert "提问 " in text


def test_the_ledger_of_a_document_is_found_among_others(tmp_path: Path) -> None:
    keys = ["a", "ab", "b,c", "b-1", "b-10", "b-2", "中", "文"]
    with (tmp_path / "ledger.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(LEDGER_HEADER)
        for number, key in enumerate(sorted(keys)):
            rows.writerows((key, at, at + 5, "open", "", "number;body", 0, "", key * at) for at in range(number + 1))
    for number, key in enumerate(sorted(keys)):
        found = ledger_of(tmp_path, key)
        assert [stretch.start for stretch in found] == list(range(number + 1)), key
        assert found[0].signs == ("number", "body")
    assert ledger_of(tmp_path, "none") == ledger_of(tmp_path / "nowhere", "a") == []


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
    assert f"从中读出 </span>{len(places)}<span" in text
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
    for form in ("json", "xml", "tsv", "csv", "xlsx"):
        assert f"&amp;format={form}" in text
    assert 'class="permalink" href="/query?query=SELECT' in text
    drawing = json.loads(re.findall(r'<script type="application/json" id="network">(.*?)</script>', text)[0])
    assert len(drawing["nodes"]) == 5
    assert len(drawing["edges"]) == 3


def test_relations_in_an_answer_are_words_of_one_language(server: Served) -> None:
    text = page(server, f"/query?query={quote('SELECT ?role { VALUES ?role { yf:ledBy } }')}")
    assert '<span class="zh">牵头</span> <span class="ui" lang="en">led by</span></a>' in text


def test_the_query_page_puts_parameters_in(server: Served) -> None:
    text = page(server, "/query?name=about-industry&p.industry=智慧教育")
    assert "VALUES ?industry { &lt;https://w3id.org/yangfan/id/industry/智慧教育&gt; }" in text
    assert "same-domain" not in text
    assert "社会民生服务" in text
    assert "nearest" in page(server, "/query?name=about-industry&p.industry=智慧教具")


def run_again(server: Served, text: str, **changed: str) -> str:
    """Send a query page's form as a browser without scripts does: all its fields, some of them changed."""
    form = re.findall(r'<form action="/query" id="ask">.*?</form>', text, re.DOTALL)[0]
    fields = {name: unescape(value) for name, value in re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', form)}
    fields["query"] = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)[0]).replace("\n", "\r\n")
    assert {name for name in changed if name not in fields} == set()
    return page(server, f"/query?{urlencode({**fields, **changed})}")


def test_a_changed_parameter_is_used_by_the_run(server: Served) -> None:
    text = page(server, "/query?name=targets-due")
    assert text.index('name="p.year"') < text.index('class="main"') < text.index("<textarea")
    assert ">40<" in text
    assert ">40<" in run_again(server, text)
    other = run_again(server, text, **{"p.year": "2031"})
    assert ">40<" not in other
    assert 'value="2031"' in other
    assert "&quot;2031&quot;^^" in other or "&#34;2031&#34;^^" in other


def test_a_text_that_was_changed_is_run_as_it_is(server: Served) -> None:
    text = page(server, "/query?name=targets-due")
    other = run_again(server, text, query="SELECT (7 AS ?seven) {}")
    assert "<strong>1</strong>" in other
    assert ">7<" in other


def test_questions_are_grouped_by_who_asks_and_stand_in_words(server: Served) -> None:
    text = page(server, "/query?name=targets-due")
    groups = re.findall(r'<details class="group"( open)?>\s*<summary><span class="zh">([^<]+)', text)
    assert len(groups) >= 5
    assert [words for opened, words in groups if opened] == ["管指标的人"]
    assert '<details class="sparql">' in text
    assert '<th title="?indicator"><span class="zh">指标' in text


def test_a_field_suggests_what_the_graph_has(server: Served) -> None:
    text = page(server, "/query?name=about-industry")
    assert '<option value="industry/信息消费">' in text
    assert '<option value="智慧教育">' in text
    assert '<option value="2023">' in page(server, "/query?name=targets-due")


def test_an_answer_can_be_had_as_a_spreadsheet(server: Served) -> None:
    from openpyxl import load_workbook

    response = server.client.get("/query?name=targets-due&p.year=2023&format=xlsx")
    assert response.headers["content-disposition"] == 'attachment; filename="targets-due.xlsx"'
    book = load_workbook(io.BytesIO(response.content))
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert {40, 50.5, 2023} <= set(values)
    said = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert said["年份 year"] == "2023"
    assert "/query?name=targets-due&p.year=2023" in str(said["来源 Source"])
    table = server.client.get("/query?name=targets-due&p.year=2023&format=csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.text.splitlines()[0].startswith("\ufeff年份 year,目标值 target,")
    assert server.client.get("/query?name=targets-due&format=pdf").status_code == 400
    assert server.client.get("/query?query=SELEC&format=xlsx").status_code == 400


def test_search_reads_the_texts_and_marks_the_words(server: Served) -> None:
    text = page(server, "/search?q=会诊")
    assert "<mark>会诊</mark>" in text
    assert f"/text/yuanfan-0001#97-{97 + len(TEXT[3])}" in text
    assert "包含工程" in text or "重点工程" in text
    found = server.client.get("/search?q=个人用户 占比&format=json").json()
    assert found["hits"] == []
    assert [(line["start"], line["title"]) for line in found["texts"]] == [(sum(len(t) + 1 for t in TEXT[:5]), "“远帆”行动计划解读")]
    assert "没有这样的名称或原文" in page(server, "/search?q=甲乙丙丁")


def test_an_entity_page_is_ordered_by_plan_and_role(tmp_path: Path) -> None:
    build([ROOT / "tests/documents" / name for name in ("marine-plan.md", "robotics-plan.md")], tmp_path)
    with serving(tmp_path) as several:
        nodes = Nodes(load_store(tmp_path))
        plans = {iri: nodes.named(iri).label for iri in nodes.plans}
        shared = [
            iri
            for iri in nodes.all()
            if not nodes.plan_of(iri) and {nodes.plan_of(edge.subject) for edge in nodes.edges_in(iri, proofs=False)} >= set(plans)
        ]
        assert shared
        text = page(several, "/id/" + quote(shared[0].removeprefix(BASE)))
        heads = re.findall(r'<section class="of-plan"><h3><a class="node" href="[^"]*">([^<]+)</a>', text)
        assert heads == sorted(plans.values())
        assert 'class="of-plan"' not in page(several, "/id/" + quote(nodes.plans[0].removeprefix(BASE)))

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
        assert not re.search(r"<script(?![^>]*(?:src=|application/(?:ld\+)?json))", text)
        assert " style=" not in text
        assert not re.search(r"\son\w+=", text)


def test_exports_can_be_had_and_health_be_asked(server: Served, tmp_path: Path) -> None:
    turtle = server.client.get("/data/graph.ttl")
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert turtle.text.startswith("# ")
    assert server.client.get("/healthz").json()["status"] == "ok"
