"""A corpus: many documents give one graph, the same whatever their order and the number of processes, each under its own name."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph

from tests.places import OVERLAY as OVERLAY_OF_SEED
from tests.places import SEED
from yangfan import pipeline
from yangfan.assembly.assemble import assemble
from yangfan.assembly.evidence import passage_of
from yangfan.assembly.overlay import Overlay
from yangfan.assembly.records import GraphRecords, edges_of
from yangfan.core.errors import YangfanError
from yangfan.core.iris import node_iri, segment
from yangfan.core.model import Continued, Edge, Entry, Node, Passage, Statement
from yangfan.core.namespaces import YF
from yangfan.corpus import shared, stored
from yangfan.corpus.cache import Cache
from yangfan.corpus.index import Index
from yangfan.corpus.pool import Crew
from yangfan.corpus.store import Store
from yangfan.formats import report, report_markdown, turtle
from yangfan.formats.load import load_graph
from yangfan.formats.registry import FORMATS, export
from yangfan.formats.report import make_report
from yangfan.formats.tables import edge_data, node_data
from yangfan.pipeline import build, read_sources
from yangfan.quality.check import check_exports
from yangfan.quality.findings import Finding
from yangfan.readers.read import read_bytes

ROOT = Path(__file__).resolve().parent.parent
BASE = "https://w3id.org/yangfan/id/"
TOLD = ("report.md", "report.json", "manifest.json")
"""Files that tell of documents that were set aside."""
IRON = "《梧桐市智慧医疗发展行动计划（2024—2026年）》"


def plan(place: str, serial: int, *, day: str = "2024年3月5日", rests_on: str = "有关部署", body: str = "教育部、财政部", number: bool = True) -> str:
    """A short plan in the genre's manner; no such place exists."""
    year = day[:4]
    return "\n\n".join(
        [
            f"---\ntitle: {place}市人民政府关于印发《{place}市智慧医疗发展行动计划（2024—2026年）》的通知\n---",
            *([f"{place}政发〔{year}〕{serial}号"] if number else []),
            f"现将《{place}市智慧医疗发展行动计划（2024—2026年）》印发给你们，请认真贯彻落实。",
            f"{place}市人民政府",
            day,
            f"# {place}市智慧医疗发展行动计划（2024—2026年）",
            f"为落实{rests_on}，推动智慧医疗应用大数据技术，制定本计划。",
            "## 一、重点任务",
            f"（一）建设远程会诊平台。整合{place}市现有资源，应用人工智能技术，服务智慧医疗行业。（{body}负责）",
            "（二）培育应用示范项目。到2026年，示范项目数量达到12个以上。（国家卫生健康委牵头）",
            "## 二、保障措施",
            "（一）加强组织领导。明确路线图和时间表。（财政部负责）",
        ]
    ) + "\n"


INTERPRETATION = "\n\n".join(
    [
        "---\ntitle: 《梧桐市智慧医疗发展行动计划（2024—2026年）》解读\n---",
        f"近日，梧桐市卫生健康委联合教育部印发{IRON}（梧桐政发〔2024〕1号，下称《行动计划》）。",
        "## 一、《行动计划》出台的背景是什么？",
        "《行动计划》面向民生服务领域，重点推进智慧医疗、智慧教育等行业，应用物联网技术。",
        "## 二、《行动计划》有哪些内容？",
        "《行动计划》部署了远程会诊提升工程，明确了责任分工。",
    ]
)
FOREST = {
    "a.md": plan("梧桐", 1),
    "b.md": plan("银杏", 2, day="2024年9月10日", rests_on=f"{IRON}（梧桐政发〔2024〕1号）和《数字健康条例》", body="教育部、商务部"),
    "c.md": plan("白桦", 3, day="2025年1月8日", rests_on="《数字健康条例》", body="工信部、教育部"),
    "d.md": INTERPRETATION,
}


def plant(folder: Path, files: dict[str, str]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder / name for name in files)


def contents(folder: Path, *but: str) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.name not in but}


def names_of(trig: Path) -> dict[str, str]:
    """The named graphs of a TriG file as text."""
    found = re.findall(r"^<([^>]+/graph/[^>]+)> \{\n(.*?)^\}", trig.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return dict(found)


def statements(folder: Path, relation: str) -> list[tuple[str, str]]:
    with (folder / "edges.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(row["subject_zh"], row["object_zh"]) for row in csv.DictReader(stream) if row[":TYPE"] == relation]


def cells(folder: Path, table: str, wanted: dict[str, str]) -> list[dict[str, str]]:
    with (folder / table).open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if wanted.items() <= row.items()]


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return plant(tmp_path_factory.mktemp("forest"), FOREST)


@pytest.fixture(scope="module")
def built(forest: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of the four documents. Do not write into it."""
    out = tmp_path_factory.mktemp("built")
    assert build(forest, out).findings == []
    return out


# one graph of all


def test_neither_the_order_of_files_nor_the_number_of_processes_changes_a_byte(forest: list[Path], built: Path, tmp_path: Path) -> None:
    build(forest[::-1], tmp_path, workers=2)
    assert contents(tmp_path) == contents(built)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_any_order_gives_the_same_bytes(forest: list[Path], built: Path, tmp_path: Path, order: list[int]) -> None:
    build([forest[index] for index in order], tmp_path / "out")
    assert contents(tmp_path / "out") == contents(built)


def test_streamed_exports_are_those_of_the_whole_graph_in_memory(forest: list[Path], built: Path) -> None:
    graph, _ = assemble(read_sources(forest))
    for name, form in FORMATS.items():
        assert (built / form.file).read_bytes() == export(graph, name), name
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    expected: dict[str, Any] = {**make_report(GraphRecords(graph))}
    assert {name: report[name] for name in expected if name != "warnings"} == {n: v for n, v in expected.items() if n != "warnings"}


def test_one_document_from_the_store_on_disk_is_written_to_the_same_bytes_as_from_memory(
    tmp_path: Path, seed_exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_IN_MEMORY", 0)
    assert build([SEED], tmp_path / "out", [OVERLAY_OF_SEED]).findings == []
    assert contents(tmp_path / "out") == contents(seed_exports)


def test_network_files_read_back_into_the_values_that_they_were_written_from(forest: list[Path], built: Path) -> None:
    records = GraphRecords(assemble(read_sources(forest))[0])
    nodes = {node.iri: node_data(node) for node, _ in records.entries()}
    edges = sorted((edge.subject, edge.object, sorted(edge_data(edge).items())) for edge in edges_of(records))
    read = nx.read_graphml(built / "graph.graphml", force_multigraph=True)
    assert {node: dict(data) for node, data in read.nodes(data=True)} == nodes
    assert sorted((s, o, sorted(data.items())) for s, o, data in read.edges(data=True)) == edges
    gexf = nx.read_gexf(built / "graph.gexf")
    assert {node: data["label"] for node, data in gexf.nodes(data=True)} == {node: data["label"] for node, data in nodes.items()}
    told = sorted((s, o, data["relation"], data["quote"]) for s, o, data in gexf.edges(data=True))
    assert told == sorted((s, o, dict(data)["relation"], dict(data)["quote"]) for s, o, data in edges)


def test_what_several_plans_name_is_one_node_with_the_statements_of_all(built: Path) -> None:
    (education,) = cells(built, "nodes.csv", {"label_zh": "教育部"})
    named = cells(built, "edges.csv", {":END_ID": education["iri:ID"]})
    assert len({row["document"] for row in named}) == 4
    (ministry,) = cells(built, "nodes.csv", {"label_zh": "工业和信息化部"})
    assert "工信部" in ministry["alt:string[]"]
    assert cells(built, "edges.csv", {":TYPE": "cites", "object_zh": "数字健康条例"})[1:]


def test_tasks_of_two_plans_with_one_heading_stay_apart(built: Path) -> None:
    tasks = cells(built, "nodes.csv", {":LABEL": "Safeguard", "label_zh": "加强组织领导"})
    assert len({row["iri:ID"] for row in tasks}) == len(tasks) == 3


def test_the_files_alone_pass_every_check_and_load_into_the_same_graph(built: Path) -> None:
    assert check_exports(built) == []
    loaded = load_graph(built)
    for name in ("turtle", "evidence", "jsonld", "edges"):
        assert export(loaded, name) == (built / FORMATS[name].file).read_bytes(), name


def test_files_are_whole_and_valid(built: Path) -> None:
    both = Graph().parse(built / "graph.ttl").parse(built / "evidence.ttl")
    assert set(Graph().parse(built / "graph.jsonld", format="json-ld")) == set(both)
    dataset = Dataset(default_union=False)
    dataset.parse(built / "graph.trig", format="trig")
    named = {(s, p, o) for s, p, o, g in dataset.quads() if g is not None and "/graph/" in str(g)}
    assert named == set(both)
    assert {path.name for path in built.iterdir()} == {
        "graph.ttl", "evidence.ttl", "entailed.ttl", "graph.trig", "graph.jsonld", "graph.graphml", "graph.gexf", "nodes.csv", "edges.csv",
        "ledger.csv", "graph.html", "report.md", "report.json", "manifest.json", "texts",
    }  # fmt: skip


# citations


def test_a_plan_cited_by_its_number_is_the_plan_itself(built: Path) -> None:
    (cited,) = (o for s, o in statements(built, "cites") if s.startswith("银杏") and o.startswith("梧桐"))
    assert cells(built, "nodes.csv", {":LABEL": "Plan", "label_zh": cited})
    assert not cells(built, "nodes.csv", {":LABEL": "CitedDocument", "label_zh": cited})


def test_a_plan_cited_by_title_is_the_last_before_the_citing_one(tmp_path: Path) -> None:
    files = {
        "first.md": plan("梧桐", 1, day="2022年3月5日"),
        "second.md": plan("梧桐", 8, day="2023年6月1日").replace("远程会诊", "影像诊断"),
        "later.md": plan("梧桐", 9, day="2025年6月1日").replace("远程会诊", "慢病管理"),
        "citing.md": plan("银杏", 2, day="2024年9月10日", rests_on=IRON),
    }
    build(plant(tmp_path / "in", files), tmp_path / "out")
    (edge,) = cells(tmp_path / "out", "edges.csv", {":TYPE": "cites"})
    (cited,) = cells(tmp_path / "out", "nodes.csv", {"iri:ID": edge[":END_ID"]})
    assert cited["identifier"] == "梧桐政发〔2023〕8号"


def test_the_name_that_a_citation_uses_is_a_name_of_the_plan(tmp_path: Path) -> None:
    short = "《梧桐市智慧医疗计划》（梧桐政发〔2024〕1号）"
    build(plant(tmp_path / "in", {"a.md": FOREST["a.md"], "b.md": plan("银杏", 2, rests_on=short)}), tmp_path / "out")
    (cited,) = cells(tmp_path / "out", "nodes.csv", {"identifier": "梧桐政发〔2024〕1号"})
    assert "梧桐市智慧医疗计划" in cited["alt:string[]"].split(";")
    assert check_exports(tmp_path / "out") == []
    build(plant(tmp_path / "in", {"a.md": FOREST["a.md"], "c.md": FOREST["c.md"]}), tmp_path / "without")
    named, without = names_of(tmp_path / "out" / "graph.trig"), names_of(tmp_path / "without" / "graph.trig")
    name = next(name for name in named if name in without)
    assert named[name] == without[name]


def test_a_work_of_the_same_title_with_another_number_stays_a_work(tmp_path: Path) -> None:
    files = {"a.md": plan("梧桐", 1), "b.md": plan("银杏", 2, rests_on=f"{IRON}（梧桐政发〔2021〕40号）")}
    build(plant(tmp_path / "in", files), tmp_path / "out")
    (edge,) = cells(tmp_path / "out", "edges.csv", {":TYPE": "cites"})
    assert f"/{segment('CitedDocument')}/" in edge[":END_ID"]


def test_a_plan_that_another_takes_the_place_of_is_one_node_whether_it_is_in_the_corpus_or_not(tmp_path: Path) -> None:
    old, gone = "《梧桐市智慧医疗发展行动计划》（梧桐政发〔2021〕7号）", "《梧桐市远程医疗规划（2016—2020年）》（梧桐政发〔2016〕3号）"
    files = {
        "old.md": plan("梧桐", 7, day="2021年2月3日"),
        "new.md": plan("梧桐", 9, day="2025年2月3日").replace("制定本计划。", f"制定本计划，{old}、{gone}同时废止。"),
        "also.md": plan("银杏", 2, day="2025年6月3日").replace("制定本计划。", "制定本计划，《梧桐市远程医疗规划》（梧桐政发〔2016〕3号）同时废止。"),
    }
    sources = plant(tmp_path / "in", files)
    build(sources, tmp_path / "out")
    followed = {(row[":START_ID"], row[":END_ID"]) for row in cells(tmp_path / "out", "edges.csv", {":TYPE": "supersedes"})}
    ours, theirs = f"{BASE}plan/梧桐政发-2025-9", f"{BASE}plan/银杏政发-2025-2"
    assert followed >= {(ours, f"{BASE}plan/梧桐政发-2016-3"), (theirs, f"{BASE}plan/梧桐政发-2016-3")}
    assert len(cells(tmp_path / "out", "nodes.csv", {":LABEL": "Plan"})) == 4
    graph, _ = assemble(read_sources(sources))
    for name in FORMATS:
        assert (tmp_path / "out" / FORMATS[name].file).read_bytes() == export(graph, name), name


# one document more


def test_another_document_renames_nothing_and_leaves_named_graphs_as_they_were(forest: list[Path], built: Path, tmp_path: Path) -> None:
    more = plant(tmp_path / "in", {"e.md": plan("红枫", 5, body="工业和信息化部、中央网信办")})
    build([*forest, *more], tmp_path / "out")
    before = {row["iri:ID"] for row in cells(built, "nodes.csv", {})}
    after = {row["iri:ID"] for row in cells(tmp_path / "out", "nodes.csv", {})}
    assert before < after
    old, new = names_of(built / "graph.trig"), names_of(tmp_path / "out" / "graph.trig")
    assert len(old) == 4
    assert len(new) == 5
    assert {name: text for name, text in new.items() if name in old} == old


def test_an_interpretation_adds_to_its_plan_and_leaves_the_plans_own_graph_alone(forest: list[Path], built: Path, tmp_path: Path) -> None:
    build(forest[:3], tmp_path)
    assert len(cells(built, "edges.csv", {":TYPE": "describes", "object_zh": IRON.strip("《》")})) == 2
    old, new = names_of(tmp_path / "graph.trig"), names_of(built / "graph.trig")
    assert {name: new[name] for name in old} == old


# what cannot be read


def test_of_very_many_files_that_were_rejected_the_report_names_some_and_its_file_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (report, report_markdown):
        monkeypatch.setattr(module, "NAMED", 2)
    sources = plant(tmp_path / "in", {"a.md": FOREST["a.md"], "b.md": FOREST["b.md"], **{f"{n}.md": "" for n in range(5)}})
    built = build(sources, tmp_path / "out", strict=False)
    assert list(built.report["rejected"]) == ["0.md", "1.md"]
    assert built.report["named"] == {"warnings": len(built.report["warnings"]), "rejected": 5}
    told = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert list(told["rejected"]) == [f"{n}.md" for n in range(5)]
    assert "named" not in told
    written = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "1.md" in written
    assert "4.md" not in written
    assert "3 more files are named in report.json." in written
    assert not list(check_exports(tmp_path / "out"))


def test_what_cannot_be_read_is_reported_and_the_rest_is_built(tmp_path: Path) -> None:
    sources = plant(tmp_path / "in", {"a.md": FOREST["a.md"], "b.md": FOREST["b.md"], "copy.md": FOREST["a.md"], "empty.md": ""})
    (tmp_path / "in" / "noise.txt").write_bytes(bytes(range(256)) * 4)
    built = build([*sources, tmp_path / "in" / "noise.txt"], tmp_path / "out", strict=False)
    assert set(built.report["rejected"]) == {"copy.md", "empty.md", "noise.txt"}
    assert built.report["rejected"]["copy.md"] == "the same title and text as a.md"
    assert "an empty file" in built.report["rejected"]["empty.md"]
    assert len(built.report["documents"]) == 2
    assert "noise.txt" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_strict_stops_and_leaves_nothing(tmp_path: Path) -> None:
    sources = plant(tmp_path / "in", {"a.md": FOREST["a.md"], "b.md": FOREST["b.md"], "empty.md": ""})
    (finding,) = build(sources, tmp_path / "out", strict=True).findings
    assert finding.message.endswith("empty.md: an empty file")
    assert not (tmp_path / "out").exists()


def test_one_document_left_of_several_is_built_as_if_it_were_alone(tmp_path: Path) -> None:
    sources = plant(tmp_path / "in", {"a.md": FOREST["a.md"], "empty.md": ""})
    build(sources, tmp_path / "two", strict=False)
    build(sources[:1], tmp_path / "one")
    assert contents(tmp_path / "two", *TOLD) == contents(tmp_path / "one", *TOLD)


def test_a_file_whose_whole_path_ends_that_of_another_keeps_its_name_for_itself(tmp_path: Path) -> None:
    paths = [Path("a/x.md"), Path("/b/a/x.md"), Path("/c/a/x.md"), Path("y.md")]
    index = Index(tmp_path / "index.sqlite")
    index.add([], [(path, "an empty file") for path in paths])
    index.settle()
    assert [index.name(path) for path in paths] == ["a/x.md", "b/a/x.md", "c/a/x.md", "y.md"]
    index.close()


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    sources = plant(tmp_path / "north", {"plan.md": FOREST["a.md"], "x.md": ""})
    sources += plant(tmp_path / "south", {"plan.md": FOREST["c.md"], "x.md": ""})
    assert set(build(sources, tmp_path / "out", strict=False).report["rejected"]) == {"north/x.md", "south/x.md"}


# the cache


def test_only_what_changed_is_read_again_and_the_result_is_that_of_a_fresh_build(tmp_path: Path, run: Any) -> None:
    folder, out, keep = tmp_path / "in", tmp_path / "out", str(tmp_path / "cache")
    plant(folder, FOREST)
    first = run("build", folder, "--out", out, "--verbose", "--quiet", YANGFAN_CACHE=keep)
    assert "4 of 4 documents read" in first.stderr
    assert "0 of 4 documents read" in run("build", folder, "--out", out, "-v", "-q", YANGFAN_CACHE=keep).stderr
    (folder / "c.md").write_text(FOREST["c.md"].replace("12个", "15个"), encoding="utf-8")
    assert "1 of 4 documents read" in run("build", folder, "--out", out, "-v", "-q", YANGFAN_CACHE=keep).stderr
    fresh = run("build", folder, "--out", tmp_path / "fresh", "-v", "-q", "--no-cache", YANGFAN_CACHE=keep)
    assert "4 of 4 documents read" in fresh.stderr
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_damaged_entry_of_the_cache_is_read_again(forest: list[Path], built: Path, tmp_path: Path) -> None:
    keep = tmp_path / "cache"
    assert build(forest, tmp_path / "out", cache=keep).fresh == 4
    entries = sorted(keep.rglob("*.reading"))
    entries[0].write_bytes(entries[0].read_bytes()[:-5] + b"wrong")
    entries[1].write_bytes(b"")
    # A whole entry under another's name is not the reading of that document.
    entries[2].write_bytes(entries[3].read_bytes())
    assert build(forest, tmp_path / "again", cache=keep).fresh == 3
    assert contents(tmp_path / "again") == contents(built)


@pytest.mark.parametrize("head", [b"", b"[]", b"[1,2,3]", b'["NAME",[]]', b'["NAME",[[1,2,3],null,[],[],[],[],[]]]', b"[" * 100_000, b"\xff"])
@pytest.mark.parametrize("body", [b"", b"[]", b'[[1,2,3],null,[],[],[],[],[]]', b"[" * 100_000, b"\xff"])
def test_an_entry_that_holds_something_else_is_made_again_and_runs_nothing(forest: list[Path], tmp_path: Path, head: bytes, body: bytes) -> None:
    keep = tmp_path / "cache"
    build(forest[:2], tmp_path / "out", cache=keep)
    before = contents(tmp_path / "out")
    for path in keep.rglob("*.*"):
        told = head.replace(b"NAME", path.name.encode())
        content = len(told).to_bytes(4, "big") + told + zlib.compress(body)
        path.write_bytes(hashlib.sha256(content).digest() + content)
    assert build(forest[:2], tmp_path / "out", cache=keep).fresh == 2
    assert contents(tmp_path / "out") == before


def test_a_reading_under_a_right_head_that_is_none_is_read_again(forest: list[Path], built: Path, tmp_path: Path) -> None:
    keep = tmp_path / "cache"
    build(forest, tmp_path / "out", cache=keep)
    for path in keep.rglob("*.*"):
        whole = path.read_bytes()
        content = whole[32 : 36 + int.from_bytes(whole[32:36], "big")]
        path.write_bytes(hashlib.sha256(content).digest() + content)
    assert build(forest, tmp_path / "again", cache=keep).findings == []
    assert contents(tmp_path / "again") == contents(built)


def test_nothing_in_the_package_unpickles() -> None:
    named = [path for path in (ROOT / "graph").rglob("*.py") if re.search(r"\b(pickle|marshal|shelve|dill)\b", path.read_text(encoding="utf-8"))]
    assert named == []


def test_a_cache_that_cannot_be_written_to_is_a_warning(forest: list[Path], built: Path, tmp_path: Path, run: Any) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    plant(tmp_path / "in", FOREST)
    for workers in ("1", "2"):
        done = run("build", tmp_path / "in", "--out", tmp_path / "out", "-q", "--workers", workers, YANGFAN_CACHE=str(tmp_path / "file" / "cache"))
        assert done.returncode == 0
        assert done.stderr.startswith("warning: nothing can be kept in ")
        assert "Traceback" not in done.stderr
    assert contents(tmp_path / "out") == contents(built)


def test_the_cap_of_the_cache_is_a_number_of_bytes_that_a_person_sets(tmp_path: Path, run: Any) -> None:
    plant(tmp_path / "in", FOREST)
    keep = tmp_path / "cache"
    run("build", tmp_path / "in", "--out", tmp_path / "out", "-q", YANGFAN_CACHE=str(keep), YANGFAN_CACHE_BYTES="60000")
    kept = [path.stat().st_size for path in keep.rglob("*.*")]
    assert 0 < sum(kept) <= 60000
    assert len(kept) < 8
    run("build", tmp_path / "in", "--out", tmp_path / "out", "-q", "--cache-bytes", "30000", YANGFAN_CACHE=str(keep))
    assert sum(path.stat().st_size for path in keep.rglob("*.*")) <= 30000
    done = run("build", tmp_path / "in", "--out", tmp_path / "out", "-q", YANGFAN_CACHE=str(keep), YANGFAN_CACHE_BYTES="much")
    assert (done.returncode, done.stderr) == (2, "yangfan: YANGFAN_CACHE_BYTES is a number of bytes, not 'much'\n")


def test_readings_depend_on_the_libraries_that_read_them(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.corpus import versions

    assert {"pypdfium2", "shacl", "networkx"} < set(versions.library_versions().replace(",", "").split())
    assert build(forest, tmp_path / "out", cache=tmp_path / "cache").fresh == 4
    monkeypatch.setattr(versions, "library_versions", lambda: "others")
    assert build(forest, tmp_path / "out", cache=tmp_path / "cache").fresh == 4


def test_readings_depend_on_the_code_that_made_them(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.corpus import versions

    assert build(forest, tmp_path / "out", cache=tmp_path / "cache").fresh == 4
    monkeypatch.setattr(versions, "code_version", lambda: "another")
    assert build(forest, tmp_path / "out", cache=tmp_path / "cache").fresh == 4


def test_the_cache_loses_what_was_used_longest_ago(forest: list[Path], tmp_path: Path) -> None:
    build(forest, tmp_path / "out", cache=tmp_path / "cache")
    entries = sorted((tmp_path / "cache").rglob("*.*"))
    assert {path.suffix for path in entries} == {".reading", ".plan", ".build"}
    for age, path in enumerate(entries):
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    assert Cache(tmp_path / "cache").prune(sum(path.stat().st_size for path in entries[:2])) == len(entries) - 2
    assert sorted((tmp_path / "cache").rglob("*.*")) == entries[:2]


def test_what_others_keep_beside_the_cache_is_none_of_its_entries(tmp_path: Path) -> None:
    theirs = tmp_path / "stores" / "of-a-folder" / "one.plan"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"theirs")
    assert Cache(tmp_path).prune(0) == 0
    assert theirs.read_bytes() == b"theirs"


# overlays


OVERLAY = """plan: 梧桐政发〔2024〕1号
sources:
  letter: {title: 印发通知, url: "https://example.org/letter", date: 2024-03-05, status: official}
issuers:
  - {name: 自然资源部, source: letter}
"""


def test_an_overlay_belongs_to_its_plan_alone(forest: list[Path], tmp_path: Path) -> None:
    ours, other = tmp_path / "ours.overlay.yaml", tmp_path / "other.overlay.yaml"
    ours.write_text(OVERLAY, encoding="utf-8")
    other.write_text(OVERLAY.replace("〔2024〕1号", "〔1999〕1号"), encoding="utf-8")
    built = build(forest, tmp_path / "out", [ours, other])
    curated = cells(tmp_path / "out", "edges.csv", {"basis": "curated"})
    assert [(row["subject_zh"][:2], row["object_zh"]) for row in curated] == [("梧桐", "自然资源部")]
    assert "nothing of it was used" in built.report["warnings"]["other.overlay.yaml"][0]
    graph, _ = assemble(read_sources(forest), [Overlay(ours)])
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == export(graph, "turtle")
    assert set(names_of(tmp_path / "out" / "graph.trig")) > {f"{BASE}graph/curated"}


# faults


def test_a_failing_check_keeps_the_previous_exports(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.corpus import plans

    build(forest[:2], tmp_path)
    before = contents(tmp_path)
    monkeypatch.setattr(plans, "check_shapes", lambda *_: [Finding("shapes", "made up")])
    assert build(forest, tmp_path).findings
    assert contents(tmp_path) == before
    assert sorted(path.name for path in tmp_path.parent.iterdir() if ".building-" in path.name) == []


def test_a_false_quote_in_one_document_is_found(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.assembly import builder

    real = passage_of

    def altered(document: Any, span: Any, base: str = BASE) -> Passage:
        passage = real(document, span, base)
        return passage._replace(exact=passage.exact + "。") if "白桦" in document.text else passage

    monkeypatch.setattr(builder, "passage_of", altered)
    findings = build(forest, tmp_path / "strict").findings
    assert {finding.check for finding in findings} == {"quotes"}
    assert all(finding.message.startswith("c.md: ") for finding in findings)
    assert not (tmp_path / "strict").exists()
    lax = build(forest, tmp_path / "lax", strict=False)
    assert lax.findings == []
    assert list(lax.report["rejected"]) == ["c.md"]
    assert "its graph does not hold: " in lax.report["rejected"]["c.md"]
    monkeypatch.undo()
    build([path for path in forest if path.name != "c.md"], tmp_path / "without")
    assert contents(tmp_path / "lax", *TOLD) == contents(tmp_path / "without", *TOLD)


def test_whatever_goes_wrong_with_one_document_costs_no_other(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.assembly import assemble
    from yangfan.corpus import read

    class Unforeseen(Exception):
        pass

    def fails(wanted: str) -> Any:
        def work(data: bytes, name: str, suffix: str) -> Any:
            if name.endswith(wanted):
                raise Unforeseen("something\nbroke")
            return real(data, name, suffix)

        return work

    real = read_bytes
    monkeypatch.setattr(read, "read_bytes", fails("b.md"))
    built = build(forest, tmp_path / "read", strict=False)
    assert built.report["rejected"] == {"b.md": f"{forest[1]}: an unforeseen fault (Unforeseen: something broke)"}
    monkeypatch.setattr(read, "read_bytes", real)

    def infer(builder: Any) -> None:
        if builder.plan_named("白桦政发〔2025〕3号"):
            raise RecursionError

    monkeypatch.setattr(assemble, "infer", infer)
    built = build(forest, tmp_path / "plan", strict=False)
    assert built.report["rejected"] == {"c.md": "its graph does not hold: an unforeseen fault (RecursionError)"}
    assert check_exports(tmp_path / "plan") == []


def test_a_plan_that_knows_a_shared_node_as_another_thing_is_set_aside(
    forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bodies of two plans come to one name, as two labels might that an IRI does not tell apart."""

    def one_name(cls: str, label: str, *rest: Any, **named: Any) -> str:
        return node_iri(cls, "同一机构" if cls == "Organization" and label in ("商务部", "工业和信息化部") else label, *rest, **named)

    monkeypatch.setattr("yangfan.assembly.builder.node_iri", one_name)
    monkeypatch.setattr("yangfan.quality.nodes.node_iri", one_name)
    built = build(forest, tmp_path / "out", strict=False)
    assert built.findings == []
    ((name, reason),) = built.report["rejected"].items()
    assert name in ("b.md", "c.md")
    assert "is taken by Organization" in reason
    rest = [path for path in forest if path.name != name]
    build(rest, tmp_path / "rest", strict=False)
    assert contents(tmp_path / "out", *TOLD) == contents(tmp_path / "rest", *TOLD)
    assert [finding.check for finding in build(forest, tmp_path / "strict").findings] == ["nodes"]


def test_a_plan_that_is_set_aside_stays_a_plan_that_others_cite(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.corpus import plans

    def shapes(records: Any, _: str) -> list[Finding]:
        return [Finding("shapes", "made up")] if any(node.zh.startswith("梧桐") and edges for node, edges in records.entries("Plan")) else []

    monkeypatch.setattr(plans, "check_shapes", shapes)
    built = build(forest, tmp_path, strict=False)
    assert set(built.report["rejected"]) == {"a.md", "d.md"}
    monkeypatch.undo()
    assert check_exports(tmp_path) == []
    (cited,) = cells(tmp_path, "nodes.csv", {"identifier": "梧桐政发〔2024〕1号"})
    assert cells(tmp_path, "edges.csv", {":TYPE": "cites", ":END_ID": cited["iri:ID"]})


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with Crew(2) as crew, pytest.raises(YangfanError, match="ended from outside"):
        list(crew.run(os._exit, [1]))


def test_results_come_in_the_order_of_jobs() -> None:
    for workers in (1, 2):
        with Crew(workers) as crew:
            assert list(crew.run(abs, range(-40, 0))) == list(range(40, 0, -1))


# size


def test_the_page_of_a_large_corpus_shows_plans_and_what_they_share(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.assembly.evidence import all_evidence
    from yangfan.corpus import overview, stored

    seen: list[Any] = []
    real = overview.overview_of

    def look(records: Any, store: Store) -> Any:
        seen.append(real(records, store))
        return seen[0]

    monkeypatch.setattr(stored, "_WHOLE", 10)
    monkeypatch.setattr(overview, "overview_of", look)
    build(forest, tmp_path)
    (graph,) = seen
    whole = assemble(read_sources(forest))[0]
    assert {data["cls"] for _, data in graph.nodes(data=True)} <= {"Plan", "SourceDocument", "Organization", "Industry", "CitedDocument"}
    assert {node for node, data in graph.nodes(data=True) if data["cls"] == "Plan"} == {n for n, d in whole.nodes(data=True) if d["cls"] == "Plan"}
    assert set(graph.edges(keys=True)) <= set(whole.edges(keys=True))
    assert "cites" in {relation for _, _, relation in graph.edges(keys=True)}
    assert all(record.passages[0].exact for record in all_evidence(graph))
    assert (tmp_path / "graph.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_of_a_large_corpus_is_no_fault_for_showing_some_of_its_nodes(
    forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yangfan.corpus import stored
    from yangfan.quality import copies

    monkeypatch.setattr(stored, "_WHOLE", 10)
    build(forest, tmp_path)
    assert "graph.html: its nodes differ in zh" in {finding.message for finding in check_exports(tmp_path)}
    monkeypatch.setattr(copies, "SMALL", 10)
    assert check_exports(tmp_path) == []


def test_a_plan_with_nothing_of_its_own_is_shown_beside_the_one_that_cites_it(tmp_path: Path) -> None:
    bare = FOREST["a.md"].split("为落实")[0]
    assert build(plant(tmp_path / "in", {"a.md": bare, "b.md": FOREST["b.md"]}), tmp_path / "out").findings == []


def test_a_large_folder_is_written_without_what_nobody_opens_whole_unless_it_is_asked_for(
    tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yangfan.formats import registry

    source = tmp_path / "in"
    files = plant(source, FOREST)
    whole, out = tmp_path / "whole", tmp_path / "out"
    build(files, whole)
    monkeypatch.setattr(registry, "SMALL", 10)
    small = {form.file for form in FORMATS.values() if form.small}
    assert small == {"graph.jsonld", "graph.graphml", "graph.gexf"}
    assert build(files, out, cache=tmp_path / "cache").left == ["jsonld", "graphml", "gexf"]
    assert contents(out, "manifest.json") == {name: data for name, data in contents(whole, "manifest.json").items() if name not in small}
    assert check_exports(out) == []
    assert build(files, out, cache=tmp_path / "cache").left == ["jsonld", "graphml", "gexf"]
    # Whoever asks gets it at once, and it goes again with the next build that does not ask.
    assert build(files, out, cache=tmp_path / "cache", formats=["gexf"]).left == ["jsonld", "graphml"]
    assert (out / "graph.gexf").read_bytes() == (whole / "graph.gexf").read_bytes()
    build(files, out, cache=tmp_path / "cache")
    assert not (out / "graph.gexf").exists()
    assert run("export", "gexf", tmp_path / "later.gexf", "--data", out).returncode == 0
    assert (tmp_path / "later.gexf").read_bytes() == (whole / "graph.gexf").read_bytes()


def test_a_build_says_in_one_line_what_it_left_out_and_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from yangfan.cli.main import cli
    from yangfan.formats import registry

    plant(tmp_path / "in", FOREST)
    monkeypatch.setattr(registry, "SMALL", 10)
    done = CliRunner().invoke(cli, ["build", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--no-cache", "--workers", "1"])
    assert "graph.jsonld, graph.graphml, graph.gexf; get one by build --format jsonld, or export jsonld" in done.output


def test_the_report_of_a_large_corpus_lists_what_needs_a_look(forest: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.formats import report

    monkeypatch.setattr(report, "_LISTED", 2)
    built = build(forest, tmp_path)
    assert built.report["all"]["documents"] == 4
    assert len(built.report["documents"]) == 2
    assert len(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["documents"]) == 4
    assert "4 份文件。引用最少的： · 4 documents. Those least quoted:" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_memory_does_not_grow_with_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan.corpus import plans, stored

    monkeypatch.setattr(plans, "check_shapes", lambda *_: [])
    monkeypatch.setattr(stored, "_WHOLE", 0)
    sources = plant(tmp_path / "in", {f"{n}.md": plan(f"梧{chr(0x4E00 + n)}", n + 1) for n in range(48)})

    def peak(count: int) -> int:
        tracemalloc.start()
        build(sources[:count], tmp_path / f"out-{count}")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(2)
    few, many = peak(12), peak(48)
    assert many < 1.5 * few




def test_a_page_of_several_plans_is_headed_by_their_number_and_not_by_the_largest(tmp_path: Path) -> None:
    longer = plan("梧桐", 1) + "\n\n（二）强化要素支撑。建立定期会商机制，完善配套政策。（教育部负责）\n"
    (tmp_path / "a.md").write_text(longer, encoding="utf-8")
    (tmp_path / "b.md").write_text(plan("云溪", 2), encoding="utf-8")
    build([tmp_path / "a.md", tmp_path / "b.md"], tmp_path / "out")
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "<title>政策计划图谱（2 份计划）" in page


def test_edges_of_a_node_that_very_many_leave_are_written_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = plant(tmp_path / "in", FOREST)
    build(files, tmp_path / "out")
    monkeypatch.setattr(shared, "TOGETHER", 1)
    monkeypatch.setattr(stored, "TOGETHER", 1)
    assert build(files, tmp_path / "apart").findings == []
    whole, apart = contents(tmp_path / "out"), contents(tmp_path / "apart")
    assert whole["graph.ttl"] != apart["graph.ttl"]
    for name in ("graph.ttl", "evidence.ttl", "entailed.ttl", "graph.trig"):
        kind = ox.RdfFormat.from_extension(name.rpartition(".")[2])
        assert set(ox.parse(whole[name], format=kind)) == set(ox.parse(apart[name], format=kind)), name
    for name in ("nodes.csv", "edges.csv", "report.json", "graph.jsonld", "graph.graphml"):
        assert whole[name] == apart[name], name
    assert check_exports(tmp_path / "apart") == []


def test_more_edges_of_a_node_are_told_without_what_was_told_of_it_and_not_at_all_where_all_are_only_proposed() -> None:
    node = Node("https://example.org/plan/1", "Plan", "甲计划")
    ends = (node.iri, "cites", "https://example.org/plan/2")
    stated, proposed = (Edge(*ends, ("", ""), (Statement("urn:s", *ends, basis, "rule"),)) for basis in ("stated", "proposed"))
    names = turtle.Shortener({})
    assert "甲计划" in turtle.nodes_text([Entry(node, (stated,))], names)
    more = turtle.nodes_text([Continued(node, (stated,))], names)
    assert more.split() == [f"<{node.iri}>", f"<{YF}cites>", f"<{ends[2]}>", "."]
    assert turtle.nodes_text([Continued(node, (proposed,))], names) == ""
