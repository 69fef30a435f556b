"""`check` sees what was done to proposals: in the Turtle, and in every other export that holds them, tables and shards too."""

# ruff: noqa: E501 - a table is read line by line

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from tests.test_check_catalogue import Way, assert_found, block, element, faults, lines, packed, reported, swap, within
from tests.test_proposals import PLAN, table
from yangfan.formats.manifest import write_manifest
from yangfan.pipeline import build

CANDIDATE = "candidate/海藻纤维-Industry"
TURTLE = "candidate:海藻纤维-Industry"
G, E = "graph.ttl", "evidence.ttl"
TOOL = "    prov:wasAttributedTo yf:rule-proposed.Extractor ;\n"
ROW = rf"[^\r\n]*id/plan/[^\r\n,]*/{CANDIDATE},Candidate[^\r\n]*"
EDGE = rf"[^\r\n]*,hasIndustry,[^\r\n]*{CANDIDATE},[^\r\n]*"
STATEMENT = rf"(?s)(statement:\w+) a yf:Statement ;\n    rdf:subject [^;]*;\n    rdf:predicate yf:hasIndustry ;\n    rdf:object {TURTLE} ;.*? \.\n"

WAYS = [
    Way("a candidate gone", G, block(f"{TURTLE} a"), "statements", CANDIDATE),
    Way("a candidate of another class", G, lambda t: t.replace("yf:proposedClass yf:Industry", "yf:proposedClass yf:Technology"), "copies", CANDIDATE),
    Way("a candidate of an unknown class", G, lambda t: t.replace("yf:proposedClass yf:Industry", "yf:proposedClass yf:Wizard"), "statements", CANDIDATE),
    Way("a candidate of no class", G, lambda t: t.replace(" ;\n    yf:proposedClass yf:Industry", ""), "shapes", CANDIDATE),
    Way("a candidate told as a thing", G, swap(f"{TURTLE} a yf:Candidate", f"{TURTLE} a yf:Industry"), "nodes", CANDIDATE),
    Way("a candidate under another name", G, swap('skos:prefLabel "海藻纤维"@zh', 'skos:prefLabel "海草纤维"@zh'), "shapes", CANDIDATE),
    Way("a candidate that nobody proposes", G, lambda t: t + '\ncandidate:氢能-Industry a yf:Candidate ; skos:prefLabel "氢能"@zh ; rdfs:label "氢能"@zh ; yf:proposedClass yf:Industry .\n', "nodes", "candidate/氢能-Industry"),
    Way("a proposal asserted", G, swap("yf:hasIndustry industry:", f"yf:hasIndustry {TURTLE} , industry:"), "statements", CANDIDATE),
    Way("something else asserted of a candidate", G, swap("yf:hasMeasure measure:建设海洋大数据平台", f"yf:concerns {TURTLE} ;\n    yf:hasMeasure measure:建设海洋大数据平台"), "statements", CANDIDATE),
    Way("a proposal told as stated", E, swap("yf:basis yf:proposed", "yf:basis yf:stated"), "rules", "proposed.Extractor"),
    Way("a proposal told as curated", E, swap("yf:basis yf:proposed", "yf:basis yf:curated"), "rules", "proposed.Extractor"),
    Way("a proposal told as inferred", E, swap("yf:basis yf:proposed", "yf:basis yf:inferred"), "rules", "proposed.Extractor"),
    Way("a stated one told as proposed", E, swap("yf:basis yf:stated", "yf:basis yf:proposed"), "rules", "is proposed, which the rule"),
    Way("a proposal by another tool", E, lambda t: t.replace("proposed.Extractor", "proposed.Nobody"), "copies", "proposed.Nobody"),
    Way("a proposal by a rule of ours", E, swap('yf:rule "proposed.Extractor"', 'yf:rule "industries.opened"'), "rules", "industries.opened"),
    Way("a proposal without its tool", E, swap(TOOL, ""), "statements", "names no tool"),
    Way("a proposal without its quote", E, swap("prov:wasQuotedFrom", "prov:hadPrimarySource"), "statements", "quotes nothing"),
    Way("a proposal gone", E, lambda t: re.sub(STATEMENT, "", t, count=1), "copies", CANDIDATE),
    Way("a proposal of another relation", E, lambda t: re.sub(rf"rdf:predicate yf:hasIndustry ;\n    rdf:object {TURTLE}", f"rdf:predicate yf:cites ;\n    rdf:object {TURTLE}", t, count=1), "statements", f"cites https://w3id.org/yangfan/id/plan/云政发-2026-4/{CANDIDATE} does not go from Plan to Industry"),
    Way("a proposal of an unknown relation", E, lambda t: re.sub(rf"rdf:predicate yf:hasIndustry ;\n    rdf:object {TURTLE}", f"rdf:predicate yf:loves ;\n    rdf:object {TURTLE}", t, count=1), "statements", "loves"),
    Way("a proposal of another end", E, swap(f"rdf:object {TURTLE}", "rdf:object candidate:潮汐能-Technology"), "quotes", "潮汐能"),
    Way("a proposal of an end that there is not", E, swap(f"rdf:object {TURTLE}", "rdf:object candidate:氢能-Industry"), "statements", "candidate/氢能-Industry"),
    Way("a proposal's quote", E, swap('oa:exact "培育海藻纤维新业态"', 'oa:exact "培育海草纤维新业态"'), "quotes", "培育海草纤维新业态"),
    Way("a proposal's note", E, swap("relations.csv, line 2", "relations.csv, line 9"), "copies", "line 9"),
    Way("a candidate of TriG gone", "graph.trig", lambda t: re.sub(rf"(?s)\n    {TURTLE} a .*? \.\n", "\n", t, count=1), "copies", CANDIDATE),
    Way("the graph of proposals under another name", "graph.trig", lambda t: t.replace("id/graph/proposed>", "id/graph/stated>"), "copies", "graph/stated"),
    Way("a basis in TriG", "graph.trig", swap("yf:basis yf:proposed", "yf:basis yf:stated"), "copies", "basis"),
    Way("a candidate of JSON-LD gone", "graph.jsonld", lines(rf'\{{"id": "[^"]*{CANDIDATE}".*\}},'), "copies", CANDIDATE),
    Way("a candidate's class in JSON-LD", "graph.jsonld", within(CANDIDATE, '"proposedClass": "Industry"', '"proposedClass": "Domain"'), "copies", CANDIDATE),
    Way("a row of a candidate gone", "nodes.csv", lines(ROW), "copies", CANDIDATE),
    Way("a candidate's class in the table", "nodes.csv", lambda t: t.replace("yf:proposedClass=yf:Industry", "yf:proposedClass=yf:Domain"), "copies", CANDIDATE),
    Way("a row of a proposal gone", "edges.csv", lines(EDGE), "copies", CANDIDATE),
    Way("a basis in the table", "edges.csv", swap(",proposed,proposed.Extractor", ",stated,proposed.Extractor"), "copies", CANDIDATE),
    Way("a tool in the table", "edges.csv", swap(",proposed,proposed.Extractor", ",proposed,proposed.Other"), "copies", CANDIDATE),
    *(
        way
        for file, value in (("graph.graphml", ">{}<"), ("graph.gexf", 'value="{}"'))
        for way in (
            Way("a candidate gone", file, element("node", CANDIDATE), "copies", CANDIDATE),
            Way("a proposal gone", file, element("edge", CANDIDATE), "copies", CANDIDATE),
            Way("a basis of a proposal", file, swap(value.format("proposed"), value.format("stated")), "copies", CANDIDATE),
            Way("a tool", file, swap(value.format("proposed.Extractor"), value.format("proposed.Other")), "copies", CANDIDATE),
            Way("a candidate's class", file, swap(value.format("yf:Industry"), value.format("yf:Domain")), "copies", CANDIDATE),
        )
    ),
    Way("proposals not reported", "report.json", lambda t: re.sub(r'(?s),\n  "proposed": \{.*?\n  \}', "", t, count=1), "report", "proposed is null"),
    Way("a number of proposals", "report.json", reported("proposed", "edges", "hasIndustry", value=9), "report", "proposed is"),
    Way("a tool reported", "report.json", reported("proposed", "tools", value={"Nobody": 3}), "report", "Nobody"),
    Way("proposals counted as stated", "report.json", reported("relations", "hasIndustry", "stated", value=3), "report", "relations"),
    Way("a line of proposals", "report.md", within("他方提议", "1", "2"), "report", "report.md:"),
    Way("a rule of proposals on the page", "graph.html", packed("evidence", lambda held: held["rules"].__setitem__(next(i for i, rule in enumerate(held["rules"]) if "proposed.Extractor" in str(rule)), "x")), "copies", "statements differ in rules"),
]  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proposals")
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    built = build([folder / "plan.md"], folder / "out", proposed=[table(folder)], formats=["parquet", "nquads", "rdf12"])
    assert built.findings == []
    return folder / "out"


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    shutil.copytree(good, tmp_path / "out")
    return tmp_path / "out"


def test_the_good_build_is_good(copy: Path) -> None:
    assert faults(copy) == []


@pytest.mark.parametrize("way", WAYS, ids=[f"{way.file}: {way.name}" for way in WAYS])
def test_a_build_whose_proposals_are_broken_in_one_way_is_found(copy: Path, way: Way) -> None:
    assert_found(copy, way)


def changed(name: str, chosen: Callable[[dict[str, Any]], bool], change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Callable[[Path], None]:
    """Change, or take out, the first row of a table that is meant."""

    def work(folder: Path) -> None:
        path = folder / "parquet" / f"{name}.parquet"
        held = parquet.read_table(path)
        rows = held.to_pylist()
        at = next(number for number, row in enumerate(rows) if chosen(row))
        row = change(rows[at])
        parquet.write_table(type(held).from_pylist([*rows[:at], *([row] if row else []), *rows[at + 1 :]], schema=held.schema), path)

    return work


def requaded(change: Callable[[str], str], file: str = "nquads/part-00000.nq.gz") -> Callable[[Path], None]:
    """Change the text of a shard, or of the file of triple terms."""

    def work(folder: Path) -> None:
        path = folder / file
        packed_ = file.endswith(".gz")
        data = path.read_bytes()
        text = (gzip.decompress(data) if packed_ else data).decode("utf-8")
        after = change(text)
        assert after != text
        path.write_bytes(gzip.compress(after.encode()) if packed_ else after.encode())

    return work


def is_proposed(row: dict[str, Any]) -> bool:
    return "proposed" in str(row.get("basis", ""))


def is_candidate(row: dict[str, Any]) -> bool:
    return str(row.get("class", row.get("cls", ""))) == "Candidate"


def proposal_lines(text: str) -> list[str]:
    return [line for line in text.splitlines(keepends=True) if "#proposed>" in line]


OTHERS: list[tuple[str, Callable[[Path], None], str]] = [
    ("parquet: a basis of an edge", changed("edges", is_proposed, lambda row: {**row, "basis": "stated"}), "edges.parquet"),
    ("parquet: a proposal gone", changed("edges", is_proposed, lambda row: None), "edges.parquet"),
    ("parquet: a basis of a statement", changed("statements", is_proposed, lambda row: {**row, "basis": "stated"}), "statements.parquet"),
    ("parquet: a tool", changed("statements", is_proposed, lambda row: {**row, "rule": "proposed.Nobody"}), "statements.parquet"),
    ("parquet: a statement gone", changed("statements", is_proposed, lambda row: None), "statements.parquet"),
    ("parquet: a candidate gone", changed("nodes", is_candidate, lambda row: None), "nodes.parquet"),
    ("parquet: a candidate told as a thing", changed("nodes", is_candidate, lambda row: {**row, "class": "Industry"}), "nodes.parquet"),
    ("nquads: a basis", requaded(lambda t: t.replace("#proposed>", "#stated>", 1)), "nquads"),
    ("nquads: a proposal gone", requaded(lambda t: t.replace(proposal_lines(t)[0], "", 1)), "nquads"),
    ("nquads: the graph under another name", requaded(lambda t: t.replace("id/graph/proposed>", "id/graph/stated>")), "nquads"),
    ("nquads: a candidate's class", requaded(lambda t: t.replace("proposedClass> <https://w3id.org/yangfan/ontology#Industry>", "proposedClass> <https://w3id.org/yangfan/ontology#Domain>")), "nquads"),
    ("rdf12: a basis", requaded(lambda t: t.replace("#proposed>", "#stated>", 1), "rdf12/graph.nt"), "rdf12"),
]  # fmt: skip


@pytest.mark.parametrize(("breaks", "place"), [way[1:] for way in OTHERS], ids=[way[0] for way in OTHERS])
def test_tables_and_shards_whose_proposals_are_others_are_found(copy: Path, breaks: Callable[[Path], None], place: str) -> None:
    breaks(copy)
    write_manifest(copy)
    found = faults(copy)
    assert [one for one in found if one.check == "copies" and place in one.message], found[:5]
