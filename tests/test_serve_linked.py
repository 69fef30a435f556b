"""Linked data as published by the best: the ontology at its IRI and in its endpoint, DCAT, a sitemap, schema.org in pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from tests.places import Run
from tests.samples import sample_graph, write_exports
from tests.serving import Served, serving
from yangfan.core.namespaces import CONCEPTS_IRI, ONTOLOGY, ONTOLOGY_IRI, SHAPES_IRI, YF
from yangfan.core.schema import load_schema
from yangfan.server import discovery
from yangfan.server.w3id import redirects

pytestmark = pytest.mark.server
HTML = {"Accept": "text/html"}
EVIL = "<b>信息消费升级行动</b>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))) as served:
        yield served


def triples(body: bytes, form: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(body, format=form)}


@pytest.mark.parametrize(("path", "iri"), [("ontology", ONTOLOGY_IRI), ("shapes", SHAPES_IRI), ("concepts", CONCEPTS_IRI)])
def test_what_is_published_comes_in_every_form_and_says_the_same(server: Served, path: str, iri: str) -> None:
    turtle = server.client.get(f"/{path}", headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert turtle.headers["vary"] == "Accept"
    assert turtle.content == (ONTOLOGY / {"ontology": "yangfan.ttl", "shapes": "shapes.ttl", "concepts": "concepts.ttl"}[path]).read_bytes()
    said = triples(turtle.content, ox.RdfFormat.TURTLE)
    if path == "ontology":
        for accept, form in (("application/ld+json", ox.RdfFormat.JSON_LD), ("application/rdf+xml", ox.RdfFormat.RDF_XML)):
            assert triples(server.client.get(f"/{path}", headers={"Accept": accept}).content, form) == said
    page = server.client.get(f"/{path}", headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert iri in page.text
    assert server.client.get(f"/{path}", headers={"Accept": "image/png"}).status_code == 406


def test_every_term_of_the_ontology_is_a_fragment_of_its_page(server: Served) -> None:
    text = server.client.get("/ontology", headers=HTML).text
    schema = load_schema()
    assert set(re.findall(r'<dt id="(\w+)">', text)) == schema.classes.keys() | schema.relations.keys()
    assert text.count("<dd></dd>") == 0


def test_a_version_of_the_ontology_leads_to_it(server: Served) -> None:
    assert server.client.get("/ontology/1.0.0").headers["location"] == "/ontology"
    assert server.client.get("/ontology/9.9.9").status_code == 404


def test_the_context_is_given_out_and_is_the_one_of_the_exports(server: Served) -> None:
    given = server.client.get("/context.jsonld", headers=HTML)
    assert given.headers["content-type"] == "application/ld+json"
    assert given.json() == json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))


def test_the_endpoint_holds_the_ontology_in_a_graph_of_its_own(server: Served) -> None:
    query = f"ASK {{ GRAPH <{ONTOLOGY_IRI}> {{ yf:Plan a <http://www.w3.org/2002/07/owl#Class> }} }}"
    assert server.ask(query).json()["boolean"] is True
    assert server.ask("ASK { yf:Plan a ?class }").json()["boolean"] is False
    joined = f"SELECT ?n ?zh {{ ?n a ?c . GRAPH <{ONTOLOGY_IRI}> {{ ?c rdfs:subClassOf yf:Task ; rdfs:label ?zh . FILTER(LANG(?zh) = 'zh') }} }}"
    assert {row["zh"]["value"] for row in server.ask(joined).json()["results"]["bindings"]} >= {"专项行动", "重点工程"}


def test_the_catalogue_has_what_dcat_ap_asks_for_at_least(server: Served) -> None:
    store = ox.Store()
    store.load(server.client.get("/void", headers={"Accept": "text/turtle"}).content, format=ox.RdfFormat.TURTLE)
    needed = {
        "dcat:Catalog": "dcterms:title dcterms:description dcterms:publisher dcat:dataset dcat:service",
        "dcat:Dataset": "dcterms:title dcterms:description dcat:distribution dcterms:publisher dcterms:license",
        "dcat:Distribution": "dcat:accessURL dcat:downloadURL dcat:mediaType dcterms:license",
        "dcat:DataService": "dcat:endpointURL dcterms:title dcat:servesDataset",
        "foaf:Agent": "foaf:name",
    }
    known = {"dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/"}
    for cls, properties in needed.items():
        count = store.query(f"SELECT (COUNT(*) AS ?n) {{ ?x a {cls} }}", prefixes=known)
        assert isinstance(count, ox.QuerySolutions)
        assert next(iter(count))[0] != ox.Literal(0)
        for name in properties.split():
            lacking = store.query(f"ASK {{ ?x a {cls} FILTER NOT EXISTS {{ ?x {name} ?value }} }}", prefixes=known)
            assert not lacking, (cls, name)


def structured(server: Served, path: str) -> dict[str, object]:
    text = server.client.get(path, headers=HTML).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    data: dict[str, object] = json.loads(found)
    return data


def test_pages_say_in_schema_org_what_they_are_about(server: Served) -> None:
    plan = server.ask("SELECT ?p { ?p a yf:Plan }").json()["results"]["bindings"][0]["p"]["value"]
    data = structured(server, "/id/" + plan.removeprefix("https://w3id.org/yangfan/id/"))
    assert data["@type"] == "Legislation"
    assert data["@id"] == plan
    assert data["legislationIdentifier"] == "工信部联〔2021〕7号"
    assert data["datePublished"] == "2021-07-05"
    assert [body["name"] for body in data["legislationPassedBy"]] == ["工业和信息化部", "教育部"]  # type: ignore[attr-defined]
    dataset = structured(server, "/void")
    assert dataset["@type"] == "Dataset"
    assert {file["contentUrl"] for file in dataset["distribution"]} >= {f"{server.url}/data/graph.ttl"}  # type: ignore[attr-defined]


def test_a_label_cannot_end_the_script_that_holds_it(server: Served) -> None:
    rows = server.ask("SELECT ?a { ?a a yf:Action ; skos:prefLabel ?l FILTER(CONTAINS(?l, '<b>')) }").json()["results"]["bindings"]
    path = "/id/" + rows[0]["a"]["value"].removeprefix("https://w3id.org/yangfan/id/")
    assert structured(server, path)["name"] == EVIL
    assert EVIL not in server.client.get(path, headers=HTML).text


def test_the_sitemap_lists_pages_that_are_there(server: Served) -> None:
    root = ElementTree.fromstring(server.client.get("/sitemap.xml").content)
    found = [element.text or "" for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(found) == len(set(found)) > 20
    assert {server.client.get(address, headers=HTML).status_code for address in found} == {200}
    robots = server.client.get("/robots.txt").text
    assert f"Sitemap: {server.url}/sitemap.xml" in robots
    assert "Disallow: /sparql" in robots


def test_more_pages_than_one_sitemap_may_list_have_an_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from yangfan.server.facts import Facts
    from yangfan.server.protocol import Refused
    from yangfan.server.site import Site

    monkeypatch.setattr(discovery, "MOST_ADDRESSES", 10)
    site = Site(Facts(write_exports(sample_graph(), tmp_path)))
    index = site.sitemap(0, "http://h").decode()
    count = index.count("<sitemap>")
    assert count >= 3
    parts = [site.sitemap(number, "http://h").decode() for number in range(1, count + 1)]
    assert sum(part.count("<loc>") for part in parts) == len(list(discovery.addresses(site.facts, site.links)))
    with pytest.raises(Refused):
        site.sitemap(count + 1, "http://h")


def test_the_rules_for_w3id_lead_each_iri_to_a_path_of_the_server(server: Served) -> None:
    lines = redirects("https://plans.example.org/").splitlines()
    assert [line for line in lines if line.startswith("SetEnvIf")] == ['SetEnvIf Request_URI "^" YANGFAN=https://plans.example.org']
    rules = [re.fullmatch(r"RewriteRule (\S+) %\{ENV:YANGFAN\}(\S+) \[(.+)\]", line) for line in lines if line.startswith("RewriteRule")]
    assert all(rules)
    iris = [ONTOLOGY_IRI, SHAPES_IRI, CONCEPTS_IRI, YF.removesuffix("#"), f"{ONTOLOGY_IRI}/1.0.0", "https://w3id.org/yangfan/context.jsonld"]
    iris += ["https://w3id.org/yangfan/id/industry/智慧医疗", "https://w3id.org/yangfan/"]
    for iri in iris:
        path = iri.removeprefix("https://w3id.org/yangfan/")
        rule = next(rule for rule in rules if rule and re.search(rule[1], path))
        target = re.sub(rule[1], rule[2].replace("$1", r"\1"), path)
        assert server.client.get(target, headers=HTML, follow_redirects=True).status_code == 200, iri


@pytest.mark.parametrize("host", ["", "plans.example.org", "https://a b", "https://a/{x}", "file:///etc"])
def test_what_is_no_address_gets_no_rules(run: Run, host: str) -> None:
    done = run("export", "w3id", "--host", host)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_rules_for_w3id_are_written_for_the_server_that_one_names(run: Run, tmp_path: Path) -> None:
    path = tmp_path / ".htaccess"
    assert run("export", "w3id", "--host", "https://plans.example.org", str(path)).returncode == 0
    assert path.read_text(encoding="utf-8") == redirects("https://plans.example.org")
    assert run("export", "w3id").returncode == 2
