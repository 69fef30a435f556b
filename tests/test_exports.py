"""Exports: the same graph in every format, the same bytes on every run, nothing that another program cannot read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, SDO, VOID, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from tests.places import OVERLAY, ROOT, SEED, Run
from yangfan import __version__
from yangfan.core.namespaces import YF
from yangfan.formats.rdf import to_rdflib
from yangfan.formats.registry import FORMATS, export
from yangfan.query.store import load_store

if TYPE_CHECKING:
    Net = nx.MultiDiGraph[str]

FILES = [form.file for form in FORMATS.values()] + ["report.md", "report.json", "manifest.json"]


def test_every_format_has_a_writer_and_a_file_and_a_media_type(seed_graph: Net, run: Run) -> None:
    assert all(export(seed_graph, name) for name in FORMATS)
    assert len({form.file for form in FORMATS.values()}) == len(FORMATS)
    assert all(re.fullmatch(r"[a-z]+/[a-z.+-]+", form.media) for form in FORMATS.values())
    told = run("export", "--help").stdout
    assert all(name in told for name in FORMATS)


def test_a_build_writes_every_file_of_the_contract(seed_exports: Path) -> None:
    written = {path.name for path in seed_exports.iterdir()}
    assert written == {*FILES, "texts"}
    assert len(list((seed_exports / "texts").glob("*.txt"))) == 1


def test_turtle_and_networkx_hold_the_same_edges(seed_graph: Net, seed_exports: Path) -> None:
    parsed = Graph().parse(seed_exports / "graph.ttl", format="turtle")
    assert isomorphic(parsed, to_rdflib(seed_graph, evidence=False))


def test_evidence_turtle_is_what_rdflib_gets(seed_graph: Net, seed_exports: Path) -> None:
    both = Graph().parse(seed_exports / "graph.ttl").parse(seed_exports / "evidence.ttl")
    assert set(both) == set(to_rdflib(seed_graph))


def test_plain_questions_find_what_the_edges_entail(seed_exports: Path) -> None:
    """Each edge stands under every relation above its own, and backwards; which edges these are, the ontology alone says."""
    graph = Graph().parse(seed_exports / "graph.ttl").parse(seed_exports / "evidence.ttl")
    ontology = Graph().parse(ROOT / "ontology" / "yangfan.ttl")
    yf = Namespace(YF)
    wanted = set()
    for said, _, relation in graph.triples((None, RDF.predicate, None)):
        subject, object_ = graph.value(said, RDF.subject), graph.value(said, RDF.object)
        for above in ontology.transitive_objects(relation, RDFS.subPropertyOf):
            if above != relation and str(above).startswith(yf):
                wanted |= {(subject, above, object_), (said, yf.entails, above)}
            inverse = ontology.value(above, OWL.inverseOf)
            if inverse is not None:
                wanted |= {(object_, inverse, subject), (said, yf.entails, inverse)}
    assert set(Graph().parse(seed_exports / "entailed.ttl")) == wanted
    # The store that `query` and `serve` ask: every piece of work under a plan is found by the one relation.
    head = f"PREFIX yf: <{YF}> SELECT DISTINCT ?t WHERE "
    store = load_store(seed_exports)
    below, work = (len(list(store.query(head + end))) for end in ("{ ?p a yf:Plan ; yf:hasTask+ ?t }", "{ ?t a yf:Task }"))  # type: ignore[arg-type]
    assert below == work > 20


def test_attributes_stand_on_classes_that_the_ontology_gives_them(seed_exports: Path) -> None:
    graph = Graph().parse(seed_exports / "graph.ttl").parse(seed_exports / "evidence.ttl")
    ontology = Graph().parse(ROOT / "ontology" / "yangfan.ttl")
    given = {term: set(ontology.objects(term, SDO.domainIncludes)) for term in ontology.subjects(SDO.domainIncludes)}
    wrong = {(s, p) for s, p, _ in graph if given.get(p) and given[p].isdisjoint(graph.objects(s, RDF.type))}
    assert not wrong


def test_items_of_a_plan_are_numbered_as_the_text_gives_them(seed_exports: Path) -> None:
    graph = Graph().parse(seed_exports / "graph.ttl")
    yf = Namespace(YF)
    order = {s: int(str(o)) for s, o in graph.subject_objects(yf.order)}
    assert sorted(order.values()) == list(range(1, len(order) + 1))
    domains = sorted(graph.subjects(RDF.type, yf.Domain), key=lambda domain: order[domain])
    assert [str(domain).rpartition("/")[2] for domain in domains] == ["信息消费", "实体经济", "民生服务"]


def test_dates_have_the_datatype_of_what_they_are(seed_exports: Path) -> None:
    graph = Graph().parse(seed_exports / "graph.ttl").parse(seed_exports / "evidence.ttl")
    lengths = {10: XSD.date, 7: XSD.gYearMonth, 4: XSD.gYear}
    dates = [o for p in (DCTERMS.date, DCTERMS.issued) for o in graph.objects(None, p)]
    assert len(dates) > 40
    assert all(isinstance(o, Literal) and o.datatype == lengths[len(str(o))] for o in dates)


def test_there_are_no_blank_nodes(seed_exports: Path) -> None:
    for name in ("graph.ttl", "evidence.ttl"):
        text = (seed_exports / name).read_text(encoding="utf-8")
        assert "_:" not in text
        assert "[]" not in text


def test_named_graphs_together_are_the_turtle(seed_exports: Path) -> None:
    dataset = Dataset(default_union=False)
    dataset.parse(seed_exports / "graph.trig", format="trig")
    named = {(s, p, o) for s, p, o, g in dataset.quads() if g is not None and "/graph/" in str(g)}
    both = Graph().parse(seed_exports / "graph.ttl").parse(seed_exports / "evidence.ttl")
    assert named == set(both)
    names = {str(g).rsplit("/", 1)[1] for _, _, _, g in dataset.quads() if g is not None and "/graph/" in str(g)}
    assert {"curated", "inferred"} < names
    assert len(names) == 3


def test_the_graph_says_what_dataset_it_is_and_under_which_licence(seed_exports: Path) -> None:
    dataset = Dataset(default_union=False)
    dataset.parse(seed_exports / "graph.trig", format="trig")
    described = dataset.default_graph
    (about,) = described.subjects(RDF.type, VOID.Dataset)
    assert (about, RDF.type, DCAT.Dataset) in described
    assert {title.language for title in described.objects(about, DCTERMS.title) if isinstance(title, Literal)} == {"zh", "en"}
    assert described.value(about, DCTERMS.license) == URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    software = described.value(about, DCTERMS.creator)
    assert described.value(software, SDO.softwareVersion) == Literal(__version__)
    graphs = {g for _, _, _, g in dataset.quads() if g is not None and "/graph/" in str(g)}
    assert set(described.objects(about, VOID.subset)) == graphs
    documents = set(Graph().parse(seed_exports / "graph.ttl").subjects(RDF.type, URIRef(YF + "SourceDocument")))
    assert set(described.objects(about, DCTERMS.source)) == documents


def test_json_ld_expands_to_the_triples_of_the_turtle(seed_exports: Path) -> None:
    expanded = Graph().parse(seed_exports / "graph.jsonld", format="json-ld")
    both = Graph().parse(seed_exports / "graph.ttl").parse(seed_exports / "evidence.ttl")
    assert set(expanded) == set(both)


def test_turtle_puts_labels_first_and_classes_under_headings(seed_exports: Path) -> None:
    text = (seed_exports / "graph.ttl").read_text(encoding="utf-8")
    assert "# ── 行业 Industry (15) ──" in text
    block = text[text.index("industry:智慧医疗 a yf:Industry") :].splitlines()
    assert block[1].startswith('    skos:prefLabel "智慧医疗"@zh')
    order = [text.index(f"# ── {heading}") for heading in ("计划 Plan", "行业 Industry", "专项行动 Special action")]
    assert order == sorted(order)


def test_graphml_opens_in_networkx_with_every_edge(seed_graph: Net, seed_exports: Path) -> None:
    read = nx.read_graphml(seed_exports / "graph.graphml", force_multigraph=True)
    assert set(read) == set(seed_graph)
    assert Counter(d["relation"] for _, _, d in read.edges(data=True)) == Counter(r for _, _, r in seed_graph.edges(keys=True))
    assert all(d["quote"] or d["basis"] != "stated" for _, _, d in read.edges(data=True))


def test_gexf_opens_in_networkx_with_every_edge_and_no_date(seed_graph: Net, seed_exports: Path) -> None:
    read = nx.read_gexf(seed_exports / "graph.gexf")
    assert set(read) == set(seed_graph)
    assert read.number_of_edges() == seed_graph.number_of_edges()
    written = (seed_exports / "graph.gexf").read_bytes()
    assert b"lastmodifieddate" not in written
    assert b'mode="dynamic"' not in written


def rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "a spreadsheet needs the mark to read UTF-8"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_tables_have_a_row_a_node_and_a_row_an_edge(seed_graph: Net, seed_exports: Path) -> None:
    nodes, edges = rows(seed_exports / "nodes.csv"), rows(seed_exports / "edges.csv")
    assert {row["iri:ID"] for row in nodes} == set(seed_graph)
    assert len(edges) == seed_graph.number_of_edges()
    assert {row[":START_ID"] for row in edges} | {row[":END_ID"] for row in edges} <= {row["iri:ID"] for row in nodes}
    assert all(row[":LABEL"] and row["label_zh"] for row in nodes)


def test_an_inferred_row_names_the_edges_that_it_rests_on(seed_exports: Path) -> None:
    edges = rows(seed_exports / "edges.csv")
    known = {" ".join((row[":START_ID"], row[":TYPE"], row[":END_ID"])): row for row in edges}
    inferred = [row for row in edges if row["basis"] == "inferred"]
    assert inferred
    for row in inferred:
        premises = row["premises"].split(";")
        assert 1 <= len(premises) <= 2
        assert all(known[premise]["basis"] in ("stated", "curated") for premise in premises)
    assert {row["premises"] for row in edges if row["basis"] != "inferred"} == {""}
    assert all(row["source"].startswith("http") for row in edges if row["basis"] == "curated")


def test_a_cell_that_a_spreadsheet_would_run_is_defused(seed_graph: Net) -> None:
    graph = seed_graph.copy()
    node = next(iter(graph))
    graph.nodes[node]["zh"] = "=HYPERLINK(1)"
    assert "'=HYPERLINK(1)" in export(graph, "nodes").decode("utf-8")


def test_numbers_and_signs_of_comparison_stay_what_they_are_in_a_table() -> None:
    from yangfan.formats.tables import csv_lines

    assert csv_lines([("=", "-13.5", "+3", "-x")]) == "=,-13.5,+3,'-x\r\n"


def test_every_quote_stands_at_its_place_in_the_exported_text(seed_exports: Path) -> None:
    (text_file,) = (seed_exports / "texts").glob("*.txt")
    text = text_file.read_bytes().decode("utf-8")
    with_quote = [row for row in rows(seed_exports / "edges.csv") if row["quote"]]
    assert len(with_quote) > 200
    for row in with_quote:
        assert text[int(row["start:int"]) : int(row["end:int"])] == row["quote"]


def test_the_report_counts_what_was_written(seed_graph: Net, seed_exports: Path) -> None:
    report = json.loads((seed_exports / "report.json").read_text(encoding="utf-8"))
    assert report["nodes"] == seed_graph.number_of_nodes()
    assert sum(report["classes"].values()) == report["nodes"]
    assert sum(report["bases"].values()) == report["edges"] == seed_graph.number_of_edges()
    assert report["without_english"] == 0
    (document,) = report["documents"]
    assert 0 < document["quoted"] < document["sentences"]


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_bytes_do_not_depend_on_hash_seed_locale_or_folder(tmp_path: Path, seed_exports: Path, seed: str) -> None:
    copied = tmp_path / "elsewhere"
    copied.mkdir()
    shutil.copy(SEED, copied)
    shutil.copy(OVERLAY, copied)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Shanghai"}
    environment.pop("PYTHONUTF8", None)
    subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "build", str(copied), "--out", str(tmp_path / "out"), "--quiet"],
        check=True,
        env=environment,
        cwd=tmp_path,
        timeout=120,
    )
    first = {p.relative_to(seed_exports): p.read_bytes() for p in sorted(seed_exports.rglob("*")) if p.is_file()}
    second = {p.relative_to(tmp_path / "out"): p.read_bytes() for p in sorted((tmp_path / "out").rglob("*")) if p.is_file()}
    assert first.keys() == second.keys()
    assert [str(name) for name in first if first[name] != second[name]] == []


def without_page(path: Path) -> bytes:
    """A file's bytes; of the manifest what it holds of the files that are committed, which the page is not."""
    return re.sub(rb'.*"graph.html".*\n', b"", path.read_bytes()) if path.name == "manifest.json" else path.read_bytes()


def test_committed_exports_are_those_of_this_code(seed_exports: Path) -> None:
    committed = ROOT / "exports"
    stale = [
        str(path.relative_to(seed_exports))
        for path in sorted(seed_exports.rglob("*"))
        if path.is_file() and path.suffix != ".html" and without_page(committed / path.relative_to(seed_exports)) != without_page(path)
    ]
    assert stale == [], "run `python build.py` and commit exports/"
