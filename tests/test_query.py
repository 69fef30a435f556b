"""`query` as a person and as a program uses it: formats, data, parameters, the terminal, errors of one line."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib

from tests.places import ROOT, Run
from tests.samples import sample_graph, write_exports
from yangfan.core.errors import QueryError
from yangfan.formats.load import load_graph
from yangfan.query.hints import unknown_terms
from yangfan.query.run import rows, serialize
from yangfan.query.run import run as run_query
from yangfan.query.store import from_networkx, from_rdflib, load_store

INDUSTRIES = "SELECT ?i ?name { ?i a yf:Industry ; rdfs:label ?name } ORDER BY ?name"
BASE = "https://w3id.org/yangfan/id/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))


def test_rows_in_a_pipe_are_plain_tab_separated_text(run: Run, folder: Path) -> None:
    done = run("query", INDUSTRIES, "--data", folder)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "i\tname"
    assert lines[1] == f"{BASE}industry/信息消费\t信息消费"
    assert len(lines) == 4
    assert done.stderr == ""


def test_tabs_and_line_breaks_in_values_do_not_break_the_lines(run: Run, folder: Path) -> None:
    done = run("query", r'SELECT ("a\tb\nc\\d" AS ?x) (1 AS ?y) {}', "--data", folder)
    assert done.stdout == "x\ty\na\\tb\\nc\\\\d\t1\n"


def test_rows_in_the_w3c_formats(run: Run, folder: Path) -> None:
    found = {
        form: run("query", INDUSTRIES, "--data", folder, "--format", form).stdout
        for form in ("csv", "tsv", "json", "xml")
    }
    assert [row["name"] for row in csv.DictReader(io.StringIO(found["csv"]))] == ["信息消费", "智慧医疗", "智慧教育"]
    assert found["tsv"].splitlines()[:2] == ["?i\t?name", f'<{BASE}industry/信息消费>\t"信息消费"@zh']
    assert len(json.loads(found["json"])["results"]["bindings"]) == 3
    results = ElementTree.fromstring(found["xml"])
    assert len(results.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 3


def test_cells_that_a_spreadsheet_would_run_are_made_text(run: Run, folder: Path) -> None:
    query = 'SELECT * { VALUES (?a ?b ?c) { ("=HYPERLINK(1)" "@x" -5) ("+1" "-cmd|x" <a:b>) (UNDEF "\\r=1" "5%") } }'
    found = list(csv.reader(io.StringIO(run("query", query, "--data", folder, "--format", "csv").stdout, newline="")))
    assert found == [["a", "b", "c"], ["'=HYPERLINK(1)", "'@x", "-5"], ["+1", "'-cmd|x", "a:b"], ["", "'\r=1", "5%"]]
    asked = run("query", "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o", "--data", folder, "--format", "csv").stdout
    assert asked.startswith("s,p,o\r\n")


def test_a_truth_value_is_a_word(run: Run, folder: Path) -> None:
    assert run("query", "ASK { ?s a yf:Plan }", "--data", folder).stdout == "true\n"
    assert run("query", "ASK { ?s a yf:Goal }", "--data", folder).stdout == "false\n"
    assert json.loads(run("query", "ASK {}", "--data", folder, "--format", "json").stdout)["boolean"] is True


def test_a_graph_is_turtle_with_the_prefixes_in_use(run: Run, folder: Path) -> None:
    done = run("query", "CONSTRUCT { ?s yf:inDomain ?o } WHERE { ?s yf:inDomain ?o }", "--data", folder)
    assert done.stdout.splitlines()[0] == "@prefix yf: <https://w3id.org/yangfan/ontology#> ."
    assert done.stdout.count("@prefix") == 1
    assert len(rdflib.Graph().parse(data=done.stdout, format="turtle")) == 3
    described = run("query", "DESCRIBE <industry/智慧医疗>", "--data", folder, "--format", "nt").stdout
    assert all(line.startswith(f"<{BASE}industry/智慧医疗> ") for line in described.splitlines())


def test_a_form_that_the_answer_does_not_have_is_refused(run: Run, folder: Path) -> None:
    rows_as_graph = run("query", INDUSTRIES, "--data", folder, "--format", "ttl")
    graph_as_rows = run("query", "DESCRIBE <x>", "--data", folder, "--format", "csv")
    assert (rows_as_graph.returncode, graph_as_rows.returncode) == (2, 2)
    assert "gives rows, not a graph" in rows_as_graph.stderr
    assert "gives a graph, which has no csv" in graph_as_rows.stderr


def test_evidence_provenance_and_named_graphs_can_be_asked(run: Run, folder: Path) -> None:
    quotes = "SELECT ?q { ?s yf:basis yf:stated ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?q }"
    assert "《行动计划》提出2大专项行动。" in run("query", quotes, "--data", folder).stdout
    assert run("query", "ASK { ?r a prov:Activity }", "--data", folder).stdout == "true\n"
    counted = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    # The graphs of the exports, and the ontology and concept schemes, which can be asked with them.
    assert run("query", counted, "--data", folder).stdout == "n\n5\n"
    ontology = "SELECT ?c { GRAPH <https://w3id.org/yangfan/ontology> { yf:Plan a ?c } }"
    assert "owl#Class" in run("query", ontology, "--data", folder).stdout
    chosen = f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/inferred> {{ ?s a yf:Statement }}"
    assert run("query", chosen, "--data", folder).stdout == "n\n1\n"


def test_the_named_graphs_make_no_triple_count_twice(folder: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    counts = [serialize(run_query(load_store(folder, named=named), query), "csv") for named in (True, False)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "value", ["智慧医疗", "智能医疗", "industry/智慧医疗", f"{BASE}industry/智慧医疗", f"<{BASE}industry/智慧医疗>"]
)
def test_a_variable_is_bound_by_label_alias_or_iri(run: Run, folder: Path, value: str) -> None:
    done = run("query", "SELECT ?d { ?i yf:inDomain ?d }", "--data", folder, "--set", f"i={value}")
    assert done.stdout.splitlines()[1].endswith("/domain/民生服务")
    assert len(done.stdout.splitlines()) == 2


def test_a_variable_is_bound_to_values_classes_and_relations(run: Run, folder: Path) -> None:
    by_value = run("query", "SELECT ?t { ?t yf:value ?v }", "--data", folder, "--set", "v=50.5")
    assert by_value.stdout.count("5G网络接入流量占比") == 1
    by_relation = run("query", "SELECT ?s { ?s ?r ?o }", "--data", folder, "--set", "r=牵头")
    assert by_relation.stdout.count("社会民生服务") == 1
    by_class = run("query", "SELECT ?s { ?s a ?c }", "--data", folder, "--set", "c=yf:Action")
    assert len(by_class.stdout.splitlines()) == 3
    by_text = run("query", "SELECT ?s { ?s yf:noun ?n }", "--data", folder, "--set", 'n="专项行动"')
    assert len(by_text.stdout.splitlines()) == 2


def test_an_ambiguous_value_lists_its_candidates_and_an_unknown_one_the_nearest(run: Run, folder: Path) -> None:
    several = run("query", "SELECT * { ?i ?p ?o }", "--data", folder, "--set", "i=信息消费")
    assert several.returncode == 2
    assert "industry/信息消费" in several.stderr
    assert "domain/信息消费" in several.stderr
    none = run("query", "SELECT * { ?i ?p ?o }", "--data", folder, "--set", "i=智慧医料")
    assert none.returncode == 2
    assert "nearest: 智慧医疗" in none.stderr


def test_a_named_query_takes_its_parameters_by_class(run: Run, folder: Path) -> None:
    done = run("query", "--name", "about-industry", "--set", "industry=信息消费", "--data", folder)
    assert done.returncode == 0
    assert "industry/信息消费" in done.stdout
    wrong = run("query", "--name", "about-industry", "--set", "sector=信息消费", "--data", folder)
    assert wrong.returncode == 2
    assert "its parameters: industry" in wrong.stderr


@pytest.mark.parametrize(
    ("language", "title", "year"), [("en", "Industries of each special action", "year"), ("zh", "各专项行动推进的行业", "年份")]
)
def test_the_library_is_listed_with_titles_and_parameters_in_one_language(run: Run, language: str, title: str, year: str) -> None:
    done = run("query", "--list", "--lang", language)
    assert f"industries-of-actions\n    {title}\n" in done.stdout
    assert f"--set year = 2023    {year} (year)" in done.stdout


def test_a_query_comes_from_a_file_or_standard_input(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(INDUSTRIES, encoding="utf-8")
    from_file = run("query", "--file", path, "--data", folder)
    assert from_file.stdout == run("query", "--file", "-", "--data", folder, stdin=INDUSTRIES.encode()).stdout
    path.write_text("SELECT *\nWHERE { ?s ?p }", encoding="utf-8")
    broken = run("query", "--file", path, "--data", folder)
    assert broken.returncode == 2
    assert broken.stderr == f"yangfan: {path}: line 2, column 15: unexpected }}: WHERE {{ ?s ?p ⟪here⟫}}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give one query"),
        (("ASK {}", "--name", "orphans"), "give one query"),
        (("--name", "no-such-query"), "no named query no-such-query"),
        (("ASK {}", "--data", "/nonexistent/x.ttl"), "no such file or folder"),
        (("ASK { ?s ?p ?o }", "--set", "x=1"), "no variable ?x"),
        (("ASK { ?s ?p ?o }", "--set", "x"), "--set takes NAME=VALUE"),
        (("SELECT * { ?s nope:p ?o }",), "line 1, column 15: no such prefix"),
        (("DELETE WHERE { ?s ?p ?o }",), "line 1, column 1: unexpected DELETE"),
        (("--file", "/nonexistent.rq"), "cannot read this file"),
    ],
)
def test_bad_usage_is_one_clear_line_and_exit_code_2(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    data = () if "--data" in arguments else ("--data", str(folder))
    done = run("query", *arguments, *data)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_any_rdf_file_can_be_asked(run: Run, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data="@prefix : <http://example.org/> . :s :p :o , 1 .")
    for suffix, form in ((".ttl", "turtle"), (".nt", "nt"), (".rdf", "xml"), (".jsonld", "json-ld"), (".nq", "nquads")):
        path = tmp_path / f"data{suffix}"
        source = graph if form != "nquads" else None
        if source is not None:
            source.serialize(path, format=form, encoding="utf-8")
        else:
            path.write_text("<http://example.org/s> <http://example.org/p> 'x' .\n".replace("'", '"'), encoding="utf-8")
        done = run("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--data", path)
        assert done.stdout == ("n\n2\n" if source is not None else "n\n1\n"), suffix


def test_a_broken_file_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a:s> <a:p> <a:o> .\n<a:s> <a:p> .\n", encoding="utf-8")
    done = run("query", "ASK {}", "--data", path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"yangfan: {path}:2: no valid Turtle")
    (tmp_path / "table.csv").write_text("a,b\n", encoding="utf-8")
    assert "no RDF format goes by this ending" in run("query", "ASK {}", "--data", tmp_path / "table.csv").stderr


def terminal(*arguments: str) -> str:
    """Run the command line on a terminal of its own and give what it shows, colours left out."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm", "PYTHONUTF8": "1"}
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    with subprocess.Popen(command, stdout=follower, stderr=follower, env=environment) as process:
        os.close(follower)
        parts = []
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
        process.wait(60)
    os.close(leader)
    return re.sub(r"\x1b\[[0-9;]*m", "", b"".join(parts).decode("utf-8")).replace("\r\n", "\n")


def test_rows_on_a_terminal_are_a_table_with_labels_beside_the_iris(folder: Path) -> None:
    shown = terminal("query", "SELECT ?i ?r { ?i ?r <organization/教育部> }", "--data", str(folder))
    assert "社会民生服务 action/社会民生服务" in shown
    assert "牵头 led by yf:ledBy" in shown
    assert "┃" in shown or "│" in shown


def test_a_column_of_labels_is_drawn_in_one_with_its_resources(folder: Path) -> None:
    shown = terminal("query", "--name", "domains-and-industries", "--data", str(folder))
    assert "Label" not in shown
    assert re.search(r"民生服务 domain/民生服务 *│ *智慧医疗 industry:智慧医疗", shown)


def test_the_page_of_an_answer_holds_its_nodes_and_edges_only(run: Run, folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "part.html"
    query = "SELECT ?industry ?domain { ?industry yf:inDomain ?domain }"
    done = run("query", query, "--data", folder, "--view", page)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{page}: 5 nodes, 3 edges\n"
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    default = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "query", "--data", str(folder), "--view", query],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert default.stdout == "answer.html: 5 nodes, 3 edges\n"
    assert (tmp_path / "answer.html").read_text(encoding="utf-8") == text


def test_an_answer_without_nodes_makes_no_page(run: Run, folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "part.html"
    for query in ("ASK {}", "SELECT (1 AS ?x) {}"):
        done = run("query", query, "--data", folder, "--view", page)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
    assert not page.exists()


def test_an_rdflib_graph_and_the_networkx_graph_are_asked_alike(folder: Path) -> None:
    graph = load_graph(folder)
    merged = rdflib.Graph()
    for name in ("graph.ttl", "evidence.ttl"):
        merged.parse(folder / name)
    query = "SELECT ?s ?q { ?s prov:wasDerivedFrom/oa:hasSelector/oa:exact ?q } ORDER BY ?s ?q"
    answers = []
    for store in (from_networkx(graph), from_rdflib(merged), load_store(folder)):
        result = run_query(store, query)
        assert isinstance(result, ox.QuerySolutions)
        answers.append([[str(term) for term in row] for row in rows(result)])
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]) > 20


def test_an_rdflib_dataset_keeps_its_named_graphs() -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data="<a:s> <a:p> 1 . <a:g> { <a:s> <a:p> 2 }", format="trig")
    store = from_rdflib(dataset)
    assert serialize(run_query(store, "SELECT ?o { ?s ?p ?o }"), "csv") == b"o\r\n1\r\n"
    assert serialize(run_query(store, "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }"), "csv") == b"g,o\r\na:g,2\r\n"


def test_a_triple_of_two_graphs_is_one_triple_of_their_merge(folder: Path) -> None:
    store = load_store(folder)
    plain = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    names = [f"{BASE}graph/{name}" for name in ("yuanfan-0001", "inferred", "curated")]
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/graph/')) } }"
    expected = serialize(run_query(store, distinct), "csv")
    assert expected != serialize(run_query(store, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"), "csv")
    by_protocol = run_query(store, plain.format(""), default_graphs=names)
    by_query = run_query(store, plain.format(" ".join(f"FROM <{name}>" for name in names)))
    by_prefix = run_query(
        store, f"PREFIX g: <{BASE}graph/> " + plain.format("FROM g:yuanfan-0001 FROM g:inferred FROM g:curated")
    )
    assert {serialize(r, "csv") for r in (by_protocol, by_query, by_prefix)} == {expected}


def test_a_deep_property_path_meets_no_recursion_limit() -> None:
    store = ox.Store()
    next_ = ox.NamedNode("a:next")
    ring = [ox.NamedNode(f"a:n{number}") for number in range(20_000)]
    store.extend(ox.Quad(a, next_, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    answer = serialize(run_query(store, "SELECT (COUNT(*) AS ?n) { <a:n0> <a:next>+ ?x }"), "csv")
    assert answer == b"n\r\n20000\r\n"


def test_a_query_that_is_no_unicode_text_is_refused() -> None:
    with pytest.raises(QueryError, match="no valid Unicode"):
        run_query(ox.Store(), "ASK { '\ud800' ?p ?o }")


def test_the_query_path_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; from yangfan.cli.main import cli; "
        f"cli.main(['query', 'ASK {{}}', '--data', {str(folder)!r}], standalone_mode=False); "
        "print([m for m in ('networkx', 'rdflib', 'rich', 'jinja2', 'starlette') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "true\n[]\n"


def test_help_has_an_example_that_works(run: Run, folder: Path) -> None:
    help_text = run("query", "--help").stdout
    (example,) = re.findall(r'yangfan query (".*")', help_text)
    assert "智慧医疗" in run("query", example.strip('"'), "--data", folder).stdout


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?i { ?i a yf:Indutry }",
        "SELECT (COUNT(?i) AS ?n) { ?i a yf:Indutry }",
        "ASK { ?i a <https://w3id.org/yangfan/ontology#Indutry> }",
        "PREFIX p: <https://w3id.org/yangfan/ontology#> CONSTRUCT WHERE { ?i a p:Indutry }",
    ],
)
def test_an_empty_answer_says_which_term_the_ontology_does_not_have(run: Run, folder: Path, query: str) -> None:
    done = run("query", query, "--data", folder)
    assert done.returncode == 0
    assert done.stderr.startswith("yangfan: the ontology has no yf:Indutry; did you mean yf:Industry")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?i { ?i a yf:Safeguard ; yf:basis yf:stated }",
        "CONSTRUCT { ?i yf:invented ?d } WHERE { ?i yf:inDomain ?d }",
        "PREFIX yf: <http://example.org/> SELECT ?i { ?i a yf:Indutry }",
        "SELECT ?i { ?i rdfs:label 'yf:Indutry' } # yf:Indutry",
    ],
)
def test_no_hint_where_terms_are_known_or_there_is_an_answer(run: Run, folder: Path, query: str) -> None:
    done = run("query", query, "--data", folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_term_of_schema_and_exports_is_known(seed_exports: Path) -> None:
    text = "".join((seed_exports / name).read_text(encoding="utf-8") for name in ("graph.ttl", "evidence.ttl"))
    assert unknown_terms("ASK { " + " ".join(sorted(set(re.findall(r"\byf:\w+", text)))) + " }") == []
