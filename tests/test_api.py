"""Yangfan in Python: what `build` and `load` give, and that it is what the command line gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import yangfan as yf
from tests.places import OVERLAY, ROOT, SEED
from yangfan.formats.load import load_graph

PLAN = ROOT / "tests" / "documents" / "sensing-zone-plan.md"
DUTIES = ROOT / "tests" / "documents" / "study-travel-opinions.md"


@pytest.fixture(scope="module")
def seed(seed_exports: Path) -> yf.Graph:
    return yf.load(seed_exports)


@pytest.fixture(scope="module")
def plan() -> yf.Graph:
    return yf.build(PLAN)


def test_importing_the_package_imports_nothing_that_it_does_not_use() -> None:
    code = (
        "import sys; before = set(sys.modules); import yangfan; yangfan.__version__; dir(yangfan)\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "assert new <= {'yangfan', '__future__', 'typing', 'collections', 're', 'functools', 'contextlib', 'copyreg', 'enum', 'types',\n"
        "               'operator', 'keyword', 'reprlib', 'warnings', 'sre_constants', 'sre_parse', 'sre_compile', 'heapq', 'itertools',\n"
        "               '_collections', '_functools', '_heapq', '_operator', '_sre', '_typing', '_collections_abc', 'abc'}, new\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_every_public_name_is_there_and_others_are_not() -> None:
    assert {"build", "load", "Graph", "NodeCard", "Table", "YangfanError"} <= set(dir(yf))
    for name in yf.__all__:
        assert getattr(yf, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'plan'"):
        yf.plan  # noqa: B018


def test_building_in_python_writes_what_the_command_writes(seed_exports: Path, tmp_path: Path) -> None:
    graph = yf.build(SEED, out=tmp_path / "built", overlays=[OVERLAY])
    assert graph.folder == tmp_path / "built"
    files = {path.relative_to(seed_exports) for path in seed_exports.rglob("*") if path.is_file()}
    assert len(files) > 10
    for file in files:
        assert (tmp_path / "built" / file).read_bytes() == (seed_exports / file).read_bytes(), file


def test_a_folder_and_a_list_of_files_give_the_same_graph(tmp_path: Path) -> None:
    sources = tmp_path / "plans"
    sources.mkdir()
    paths = []
    for path in (PLAN, DUTIES):
        paths.append(sources / path.name)
        paths[-1].write_bytes(path.read_bytes())
    (sources / "empty.md").write_text("", encoding="utf-8")
    folder, listed = yf.build(sources), yf.build([str(path) for path in reversed(paths)])
    assert folder.report["rejected"].keys() == {"empty.md"}
    assert len(folder.report["documents"]) == 2
    assert (folder.folder / "graph.ttl").read_bytes() == (listed.folder / "graph.ttl").read_bytes()


def test_a_graph_without_a_folder_of_its_own_takes_its_files_along_when_it_goes() -> None:
    graph = yf.build(PLAN)
    folder = graph.folder
    assert (folder / "graph.ttl").is_file()
    del graph
    assert not folder.exists()


def test_faults_are_told_in_one_line(tmp_path: Path, seed: yf.Graph) -> None:
    with pytest.raises(yf.YangfanError, match=r"missing\.md: .+"):
        yf.build(tmp_path / "missing.md")
    with pytest.raises(yf.YangfanError, match=r"no graph\.ttl in this folder"):
        yf.load(tmp_path)
    with pytest.raises(yf.YangfanError, match="nearest: about-industry"):
        seed.query("about-industri")
    with pytest.raises(yf.YangfanError, match="branch: no parameter of about-industry; its parameters: industry"):
        seed.query("about-industry", branch="智慧医疗")
    with pytest.raises(yf.YangfanError, match="no format mp3; the formats are turtle, "):
        seed.save(tmp_path, ["mp3"])


def test_targets_come_with_their_sentence_or_their_source(seed: yf.Graph, plan: yf.Graph) -> None:
    stated, curated = plan.targets, seed.targets
    assert len(stated) == plan.report["classes"]["Target"] > 5
    assert set(stated["basis"]) == {"stated"}
    texts = {path.stem: path.read_text(encoding="utf-8") for path in plan.folder.glob("texts/*.txt")}
    for document, start, end, quote in stated[["document", "start", "end", "quote"]].to_numpy().tolist():
        assert texts[document][start:end] == quote
    assert len(curated) == 7
    assert curated["source"].str.contains("http").all()
    penetration = curated[curated["indicator"] == "5G个人用户普及率"].iloc[0]
    assert (penetration["comparator"], penetration["value"], penetration["unit"], penetration["year"]) == (">", 40.0, "%", 2023)
    assert stated.dtypes.equals(curated.dtypes), "the type of a column does not hang on what it holds"


def test_duties_come_with_their_sentence() -> None:
    duties = yf.build(DUTIES).duties
    assert len(duties) > 3
    assert set(duties["role"]) <= {"responsibleBody", "ledBy", "supportedBy", "guidedBy"}
    assert duties["quote"].notna().all()
    assert duties["plan"].notna().all()


def test_data_frames_hold_every_node_and_edge(seed: yf.Graph) -> None:
    nodes, edges = seed.to_pandas()
    assert (len(nodes), len(edges)) == (seed.report["nodes"], seed.report["edges"])
    assert nodes.columns[:4].tolist() == ["iri", "class", "label_zh", "label_en"]
    assert edges.columns[:3].tolist() == ["subject", "relation", "object"]
    assert set(edges["subject"]) | set(edges["object"]) <= set(nodes["iri"])
    assert nodes.set_index("iri").loc[seed.targets["iri"], "value"].dropna().gt(0).all()
    assert pd.api.types.is_integer_dtype(edges["start"])


def test_the_networkx_graph_is_the_one_that_was_written(seed: yf.Graph, seed_exports: Path) -> None:
    assert sorted(seed.nx.edges(keys=True)) == sorted(load_graph(seed_exports).edges(keys=True))


def test_sparql_answers_in_rows_truth_and_triples(seed: yf.Graph) -> None:
    rows = seed.sparql("SELECT ?i ?name { ?i a yf:Industry ; skos:prefLabel ?name FILTER(LANG(?name) = 'zh') } ORDER BY ?name")
    assert isinstance(rows, yf.Table)
    assert rows.columns == ("i", "name")
    assert len(rows) == seed.report["classes"]["Industry"]
    assert "智慧医疗" in rows.column("name")
    assert rows.to_pandas()["name"].tolist() == rows.column("name")
    assert seed.sparql("ASK { ?t a yf:Target ; yf:value 40.0 }") is True
    triples = seed.sparql("CONSTRUCT { ?p a yf:Plan } WHERE { ?p a yf:Plan }")
    assert isinstance(triples, yf.Table)
    assert triples.columns == ("subject", "predicate", "object")
    named = seed.sparql("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a yf:Plan } }")
    assert isinstance(named, yf.Table)
    assert named.column("n") != [0]


def test_parameters_are_bound_by_label(seed: yf.Graph) -> None:
    bound = seed.sparql("SELECT ?i { ?i a yf:Industry }", i="Smart healthcare")
    asked = seed.query("about-industry", industry="智慧教育")
    assert isinstance(bound, yf.Table)
    assert isinstance(asked, yf.Table)
    assert [str(cell).rpartition("/")[2] for cell in bound.column("i")] == ["智慧医疗"]
    assert {str(cell).rpartition("/")[2] for cell in asked.column("industry")} == {"智慧教育"}


def test_a_card_is_what_show_prints(seed: yf.Graph, run: object, seed_exports: Path) -> None:
    card = seed.show("zhyl")
    assert card.iri.endswith("/industry/智慧医疗")
    assert card.data["class"] == "Industry"
    assert "智慧医疗" in str(card).splitlines()[0]
    assert repr(card) == "<NodeCard: 智慧医疗, Industry>"


def test_formats_are_saved_by_name(seed: yf.Graph, seed_exports: Path, tmp_path: Path) -> None:
    written = seed.save(tmp_path / "some", ["turtle", "graphml"])
    assert [path.name for path in written] == ["graph.ttl", "graph.graphml"]
    everything = {path.relative_to(tmp_path / "all") for path in seed.save(tmp_path / "all")}
    assert everything == {path.relative_to(seed_exports) for path in seed_exports.rglob("*") if path.is_file()}
    assert written[0].read_bytes() == (seed_exports / "graph.ttl").read_bytes()


def test_a_page_that_is_not_there_is_drawn(seed_exports: Path, tmp_path: Path) -> None:
    copied = yf.load(seed_exports).save(tmp_path, ["turtle", "evidence", "trig"])
    (tmp_path / "texts").mkdir()
    for path in (seed_exports / "texts").iterdir():
        (tmp_path / "texts" / path.name).write_bytes(path.read_bytes())
    assert len(copied) == 3
    (page,) = yf.load(tmp_path).save(tmp_path / "page", ["html"])
    drawn, built = page.read_text(encoding="utf-8"), (seed_exports / "graph.html").read_text(encoding="utf-8")
    assert drawn.partition("<body>")[0].count("<title>") == 1
    assert abs(len(drawn) - len(built)) < len(built) // 100, "the same page but for what exports do not carry"


def test_what_a_notebook_draws_is_escaped() -> None:
    table = yf.Table(("name", "nameLabel"), (("https://example.org/<b>", "<script>"), (None, None)))
    drawn = table._repr_html_()
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "nameLabel" not in drawn, "a resource and its label are one column"


def test_a_card_and_a_page_are_drawn_in_a_notebook(seed: yf.Graph) -> None:
    assert "<h4>智慧医疗 Smart healthcare" in seed.show("智慧医疗")._repr_html_()
    drawn = seed._repr_html_()
    assert drawn.startswith("<iframe")
    assert 'sandbox="allow-scripts' in drawn
    assert "allow-same-origin" not in drawn


def test_without_pandas_one_line_says_what_to_type(seed: yf.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(yf.YangfanError, match=r"^this needs pandas; type: pip install 'yangfan\[pandas\]'$"):
        _ = seed.targets
    assert isinstance(seed.query("plans"), yf.Table), "tables do without it"


@pytest.mark.browser
def test_the_page_works_in_the_frame_of_a_notebook(seed: yf.Graph, tmp_path: Path) -> None:
    from tests.page_browser import CHINESE, Watched, launch

    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><meta charset='utf-8'>{seed._repr_html_()}", encoding="utf-8")
    for browser in launch():
        watched = Watched(browser.new_page(locale=CHINESE), notebook.as_uri())
        watched.page.goto(watched.address)
        frame = watched.page.frame_locator("iframe")
        frame.locator("html[data-ready]").wait_for(state="attached")
        frame.get_by_role("combobox").first.fill("zhyl")
        frame.get_by_role("option").first.click()
        frame.get_by_role("heading", name="智慧医疗").first.wait_for()
        assert watched.faults == []
        assert [url for url in watched.requests if url.startswith('http')] == []
