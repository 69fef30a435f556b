"""What other tools propose: taken into a graph where it holds, apart from all that the graph asserts, and counted nowhere."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox
import pytest
from playwright.sync_api import expect

from tests.page_browser import Watched, launch
from tests.places import ROOT, SEED, Run
from yangfan.assembly.assemble import assemble
from yangfan.assembly.proposals import Refused, asserted
from yangfan.assembly.records import GraphRecords
from yangfan.core.model import Proposal, Span
from yangfan.formats.load import load_graph
from yangfan.formats.registry import FORMATS, export
from yangfan.formats.report import make_report
from yangfan.pipeline import build, read_sources
from yangfan.quality.audit.heads import Heads
from yangfan.quality.check import check_exports
from yangfan.query.facts import duties_of
from yangfan.query.library import load_library
from yangfan.query.nodes import Nodes
from yangfan.query.paths import shortest_paths
from yangfan.query.run import names_of, run, term_of, write_triples
from yangfan.query.store import load_store
from yangfan.server.resource import describe

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLAN = """# 云洲市海洋产业发展规划（2026—2030年）

云政发〔2026〕4号

## 一、总体要求

坚持陆海统筹。到2030年，海洋生产总值达到900亿元。实施2项重点行动。

## 二、重点任务

### （一）壮大海洋产业

重点发展深海装备、海洋医药等产业。推动潮汐能示范，培育海藻纤维新业态。由市海洋局牵头，市财政局参与。

### （二）优化服务

建设海洋大数据平台，支持海藻纤维企业上市。
"""
TITLE = "云洲市海洋产业发展规划（2026—2030年）"
HEADER = ("subject", "relation", "object", "quote", "document", "subject_class", "object_class", "tool")
ROWS = (
    (TITLE, "hasIndustry", "海藻纤维", "培育海藻纤维新业态", "plan", "Plan", "Industry", "Extractor"),
    (TITLE, "hasIndustry", "深海装备", "重点发展深海装备、海洋医药等产业", "plan.md", "", "", "Extractor"),
    ("壮大海洋产业", "usesTechnology", "潮汐能", "推动潮汐能示范", "plan", "Task", "Technology", "Other"),
    ("优化服务", "concerns", "海藻纤维", "支持海藻纤维企业上市", "plan", "", "Industry", "Other"),
    ("优化服务", "responsibleBody", "市海洋局", "由市海洋局牵头", "plan", "", "", "Other"),
    ("优化服务", "concerns", "氢能", "支持海藻纤维企业上市", "plan", "", "Industry", "Other"),
    ("壮大海洋产业", "hasTarget", "深海装备", "重点发展深海装备、海洋医药等产业", "plan", "", "", "Other"),
    ("壮大海洋产业", "concerns", "潮汐能", "推动潮汐能示范项目", "plan", "", "Technology", "Other"),
)
"""The first four hold (the second is stated too); then: a head of another section, an end that is not named, no target, an altered quote."""


def table(folder: Path, rows: tuple[tuple[str, ...], ...] = ROWS) -> Path:
    path = folder / "relations.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return path


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same plan built with proposals and without."""
    folder = tmp_path_factory.mktemp("proposals")
    source = folder / "plan.md"
    source.write_text(PLAN, encoding="utf-8")
    for name, proposed in (("with", [table(folder)]), ("without", [])):
        assert build([source], folder / name, proposed=proposed).findings == []
    return folder / "with", folder / "without"


def report(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return loaded


def node_named(graph: nx.MultiDiGraph[str], label: str, cls: str) -> str:
    (found,) = [iri for iri, data in graph.nodes(data=True) if (data["zh"], data["cls"]) == (label, cls)]
    return found


def same(left: nx.MultiDiGraph[str], right: nx.MultiDiGraph[str]) -> None:
    """Tell two graphs apart: nodes with all that is told of them, edges with their statements, everything in its order."""
    assert list(left.nodes(data=True)) == list(right.nodes(data=True))
    assert list(left.edges(keys=True, data=True)) == list(right.edges(keys=True, data=True))


def test_what_holds_is_taken_in_with_its_quote_and_its_tool(folders: tuple[Path, Path]) -> None:
    graph = load_graph(folders[0])
    candidate = node_named(graph, "海藻纤维", "Candidate")
    assert str(graph.nodes[candidate]["attrs"]["yf:proposedClass"]) == "yf:Industry"
    (statement,) = graph.edges[node_named(graph, TITLE, "Plan"), candidate, "hasIndustry"]["statements"]
    assert (statement.basis, statement.rule, statement.source.title) == ("proposed", "proposed.Extractor", "Extractor")
    assert [passage.exact for passage in statement.passages] == ["培育海藻纤维新业态", TITLE]
    assert statement.note == "relations.csv, line 2"


def test_both_builds_pass_their_own_check(folders: tuple[Path, Path]) -> None:
    assert [check_exports(folder) for folder in folders] == [[], []]


def test_why_the_others_were_left_out_is_said(folders: tuple[Path, Path]) -> None:
    told = report(folders[0])["warnings"]["relations.csv"]
    assert told[0] == "5 of 8 items hold; the others are left out"
    assert "line 6: its quote does not name the subject 优化服务" in told
    assert "line 7: its quote does not name the object 氢能" in told
    assert any(line.startswith("line 9: altered") for line in told)
    assert told[-1] == "line 8: no Target is called 深海装备"


def test_the_graph_asserts_nothing_that_is_only_proposed(folders: tuple[Path, Path]) -> None:
    store = load_store(folders[0])
    asked = "ASK {{ ?plan yf:hasIndustry ?industry . ?industry skos:prefLabel '{}'@zh }}"
    assert [bool(run(store, asked.format(name))) for name in ("深海装备", "海藻纤维")] == [True, False]
    assert not run(store, "ASK { ?industry a yf:Industry ; skos:prefLabel '海藻纤维'@zh }")
    proposed = ox.NamedNode("https://w3id.org/yangfan/id/graph/proposed")
    quoted = {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/ns/prov#wasQuotedFrom"), None, proposed)}
    assert len(quoted) == 4


def test_a_graph_less_its_proposals_is_the_graph_without(folders: tuple[Path, Path]) -> None:
    same(asserted(load_graph(folders[0])), load_graph(folders[1]))


def test_nothing_that_is_counted_counts_a_proposal(folders: tuple[Path, Path]) -> None:
    with_, without = map(report, folders)
    assert with_.pop("proposed") == {
        "edges": {"hasIndustry": 1, "usesTechnology": 1, "concerns": 1},
        "tools": {"Extractor": 2, "Other": 2},
        "candidates": {"Industry": 1, "Technology": 1},
    }
    with_.pop("warnings"), without.pop("warnings")
    assert with_ == without
    assert (folders[0] / "ledger.csv").read_bytes() == (folders[1] / "ledger.csv").read_bytes()


@pytest.mark.parametrize("name", [name for name in load_library() if name not in ("proposals", "named-graphs", "provenance-of-build")])
def test_no_named_query_counts_a_proposal(name: str, folders: tuple[Path, Path]) -> None:
    query = load_library()[name]
    answers = []
    for folder in folders:
        nodes = Nodes(load_store(folder))
        names = names_of(nodes)
        given = {"industry": "深海装备", "plan": TITLE, "node": TITLE, "subject": TITLE, "body": "市海洋局", "task": "壮大海洋产业"}
        values = {p.name: term_of(given[p.name], nodes, names, p.type) for p in query.parameters if p.name in given}
        result = run(nodes.store, query.text, values=values, base=nodes.base)
        answers.append(bool(result) if isinstance(result, ox.QueryBoolean) else sorted(map(str, result)))
    assert answers[0] == answers[1]


def test_a_query_lists_the_proposals(run: Run, folders: tuple[Path, Path]) -> None:
    done = run("query", "--name", "proposals", "--data", folders[0], "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert {(row["objectLabel"], row["tool"]) for row in rows} == {
        ("海藻纤维", "Extractor"), ("深海装备", "Extractor"), ("潮汐能", "Other"), ("海藻纤维", "Other"),
    }  # fmt: skip


def test_a_card_says_who_proposes(run: Run, folders: tuple[Path, Path]) -> None:
    shown = run("show", "海藻纤维", "--data", folders[0]).stdout
    assert "海藻纤维    Candidate" in shown
    assert "in (0)" in shown
    assert "proposed by other tools (2)" in shown
    assert "proposed: Extractor (relations.csv, line 2)" in shown


def test_what_is_stated_too_is_no_proposal_of_a_card(run: Run, folders: tuple[Path, Path]) -> None:
    card = json.loads(run("show", TITLE, "--data", folders[0], "--format", "json").stdout)
    assert [edge["object"]["zh"] for edge in card["proposed"]] == ["海藻纤维"]
    assert not any(edge["object"]["class"] == "Candidate" for edge in card["out"])


def test_who_is_responsible_is_not_told_by_proposals(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    rows = (("壮大海洋产业", "guidedBy", "市财政局", "由市海洋局牵头，市财政局参与", "plan", "", "Organization", "Other"),)
    build([tmp_path / "plan.md"], tmp_path / "out", proposed=[table(tmp_path, rows)])
    nodes = Nodes(load_store(tmp_path / "out"))
    assert {row[2] for row in duties_of(nodes).rows} == {"ledBy", "supportedBy"}
    assert [edge.relation for edge in nodes.proposed(names_of(nodes).resolve("壮大海洋产业"))] == ["guidedBy"]


def test_two_builds_do_not_differ_by_proposals(run: Run, folders: tuple[Path, Path]) -> None:
    assert run("diff", *folders).returncode == 0


def test_a_page_of_the_server_shows_proposals_apart(folders: tuple[Path, Path]) -> None:
    nodes = Nodes(load_store(folders[0]))
    turtle = write_triples(describe(nodes, names_of(nodes).resolve(TITLE)), "ttl").decode()
    assert "proposed" in turtle
    assert not re.search(r"hasIndustry>? [^.]*candidate/", turtle)


def test_no_path_leads_over_a_proposal(folders: tuple[Path, Path]) -> None:
    nodes = Nodes(load_store(folders[0]))
    names = names_of(nodes)
    assert shortest_paths(nodes, names.resolve("海藻纤维"), names.resolve(TITLE)) == ([], False)


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_tells_proposals_apart(form: str, folders: tuple[Path, Path]) -> None:
    """In tables and networks by their basis, in RDF by their statements; and reading back gives the same bytes."""
    graph = load_graph(folders[0])
    written = export(graph, form)
    text = written if isinstance(written, str) else written.decode("utf-8")
    if form in ("edges", "graphml", "gexf", "evidence", "trig", "jsonld"):
        assert "proposed" in text
    if form != "html":
        assert text == (folders[0] / FORMATS[form].file).read_bytes().decode("utf-8").removeprefix("\r")


def test_a_folder_gives_what_its_plans_give_alone(folders: tuple[Path, Path], tmp_path: Path) -> None:
    """A corpus goes through a store on disk: the same proposals, named by file, in the same bytes whatever the number of workers."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "plan.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "in" / "seed.md").write_bytes(SEED.read_bytes())
    paths = sorted((tmp_path / "in").iterdir())
    for out, workers in (("one", 1), ("two", 2)):
        assert build(paths, tmp_path / out, proposed=[table(tmp_path)], workers=workers, cache=tmp_path / "cache").findings == []
    assert check_exports(tmp_path / "one") == []
    for path in sorted((tmp_path / "one").glob("*.*")):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    alone, together = load_graph(folders[0]), load_graph(tmp_path / "one")
    for iri, data in alone.nodes(data=True):
        if data["cls"] == "Candidate":
            assert data == together.nodes[iri]
    for subject, object_, relation, data in alone.edges(keys=True, data=True):
        assert set(data["statements"]) == set(together.edges[subject, object_, relation]["statements"])
    assert report(tmp_path / "one")["proposed"] == report(folders[0])["proposed"]


def test_langextracts_entities_are_proposed_as_mentions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    line = {"document_id": "plan", "extractions": [{"extraction_class": "Technology", "extraction_text": "潮汐能", "char_interval": None}]}
    (tmp_path / "found.jsonl").write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    done = run("build", tmp_path / "plan.md", "--proposed", tmp_path / "found.jsonl", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "proposed, and not counted above: 1 edges, 1 candidates (LangExtract 1)" in done.stdout
    graph = load_graph(tmp_path / "out")
    ((_, _, relation),) = list(graph.in_edges(node_named(graph, "潮汐能", "Candidate"), keys=True))
    assert relation == "mentions"


def test_a_file_of_no_known_form_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "found.doc").write_text("x", encoding="utf-8")
    done = run("build", SEED, "--proposed", tmp_path / "found.doc", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr.count("\n"), (tmp_path / "out").exists()) == (2, 1, False)
    assert "found.doc: no form that is known" in done.stderr


def test_a_head_names_what_stands_below_it_and_no_further() -> None:
    text = "远帆计划\n一、壮大产业\n（一）海洋\n发展深海装备。\n（二）陆地\n二、其他\n完。"
    heads = Heads(text)
    assert heads.naming(["海洋"], text.index("发展")) == Span(text.index("海洋"), text.index("海洋") + 2)
    assert heads.naming(["海洋"], text.index("二、其他")) is None
    assert heads.naming(["壮大产业"], text.index("完")) is None
    assert heads.naming(["远帆计划"], text.index("完")) == Span(0, 4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("yf:basis yf:proposed -> yf:basis yf:stated", "which the rule proposed.Extractor is not for"),
        ("prov:wasQuotedFrom -> prov:hadPrimarySource", "is proposed but quotes nothing"),
        ("    prov:wasAttributedTo yf:rule-proposed.Extractor ;\n -> ", "is proposed but names no tool"),
        ('oa:exact "培育海藻纤维新业态" -> oa:exact "培育海藻纤维新业态了"', "the text has '培育海藻纤维新业态' there"),
    ],
)
def test_a_proposal_that_was_tampered_with_is_found(change: str, message: str, folders: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(folders[0], tmp_path / "out")
    old, new = change.split(" -> ")
    path = tmp_path / "out" / "evidence.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(message in finding.message for finding in check_exports(tmp_path / "out"))


def test_a_proposal_that_is_asserted_is_found(folders: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(folders[0], tmp_path / "out")
    path = tmp_path / "out" / "graph.ttl"
    text = path.read_text(encoding="utf-8")
    assert "yf:hasIndustry industry:" in text
    path.write_text(text.replace("yf:hasIndustry industry:", "yf:hasIndustry candidate:海藻纤维-Industry , industry:", 1), encoding="utf-8")
    messages = [finding.message for finding in check_exports(tmp_path / "out")]
    assert any("an edge that is only proposed is asserted" in message for message in messages)


DOCUMENTS = [ROOT / "tests" / "documents" / name for name in ("marine-plan.md", "silver-economy-plan.txt", "rural-logistics-plan.html")]


@pytest.mark.parametrize("source", [SEED, *DOCUMENTS], ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_proposed_of_a_plan_the_rest_stays_the_same(source: Path, seed: int) -> None:
    """Proposals of words and relations by lot, of nodes that are there and of others: less them the graph is what it was."""
    chance = random.Random(seed)
    (reading,) = read_sources([source])
    plain, _ = assemble([reading])
    text, labels = reading.document.text, [data["zh"] for _, data in plain.nodes(data=True) if len(data["zh"]) > 1]
    relations = [*sorted({claim.relation for claim in reading.claims}), "usesTechnology", "mentions", "nonsense"]
    proposals = []
    for number in range(200):
        start = chance.randrange(max(1, len(text) - 60))
        span = Span(start, min(len(text), start + 60))
        quote = text[span.start : span.end]
        known = [label for label in labels if label in quote] or labels
        ends = [chance.choice(known) if chance.random() < 0.7 else quote[at : at + 4] for at in (5, 20)]
        classes = [chance.choice(["", "", "Industry", "Technology", "Task", "Organization"]) for _ in range(2)]
        relation = chance.choice(relations)
        told = ("lot", "lot.csv", str(number))
        proposals.append(Proposal(reading.document.key, (span,), ends[0], relation, ends[1], classes[0], classes[1], *told))
    refused: list[Refused] = []
    proposed, _ = assemble([reading], None, proposals, refused)
    assert len(refused) < len(proposals)
    same(asserted(proposed), plain)
    counted = make_report(GraphRecords(proposed))
    counted.pop("proposed")
    assert counted == make_report(GraphRecords(plain))


# the page

browser = pytest.fixture(scope="module")(launch)


@pytest.fixture(scope="module")
def window(browser: Browser, folders: tuple[Path, Path]) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    yield Watched(context.new_page(), (folders[0] / "graph.html").as_uri())
    context.close()


@pytest.mark.browser
def test_the_page_shows_proposals_apart(window: Watched) -> None:
    page = window.go()
    legend = page.locator("#filters")
    expect(legend.get_by_role("checkbox", name="他方提议", exact=True)).to_be_checked()
    expect(legend.get_by_role("checkbox", name="提议项", exact=True)).to_be_checked()
    assert page.locator("#filters svg.line.proposed").count() == 1
    drawn = page.evaluate("[...document.querySelectorAll('#filters svg.line path')].map((path) => getComputedStyle(path).strokeDasharray)")
    assert len(drawn) == len(set(drawn)) == 4
    legend.get_by_role("checkbox", name="他方提议", exact=True).uncheck()
    assert "b=proposed" in page.url
    assert not window.faults


@pytest.mark.browser
def test_a_candidates_panel_names_the_tool_and_the_quote(window: Watched) -> None:
    page = window.go("#n=plan/云政发-2026-4/candidate/海藻纤维-Industry&p=d")
    panel = page.locator("#panel")
    expect(panel.get_by_text("提议项").first).to_be_visible()
    expect(panel.locator(".basis.proposed").first).to_be_visible()
    expect(panel.get_by_text("提出者：").first).to_be_visible()
    expect(panel.locator(".quote .exact").first).to_contain_text("海藻纤维")
    assert not window.faults


@pytest.mark.browser
def test_the_page_counts_no_proposal(window: Watched) -> None:
    page = window.go("#v=glance")
    shares = page.locator(".card-shares")
    expect(shares).to_contain_text("另有 3 条他方提议，不计在内")
    expect(shares).to_contain_text("100%")
    assert not window.faults
