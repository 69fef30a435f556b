"""`ledger.csv`: every sentence with what became of it, from a build, from exports read back, and in a data frame."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.places import ROOT, Run
from yangfan.assembly.coverage import coverage
from yangfan.assembly.records import GraphRecords
from yangfan.formats.load import load_graph
from yangfan.formats.registry import export


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "ledger.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_ledger_has_every_sentence_once_and_adds_up_to_the_report(seed_exports: Path) -> None:
    listed = rows(seed_exports)
    ((document, covered),) = coverage(GraphRecords(load_graph(seed_exports)))
    assert len(listed) == covered.sentences
    states = [row["state"] for row in listed]
    assert (states.count("evidence"), states.count("context"), states.count("open")) == (
        covered.evidence, sum(covered.context.values()), len(covered.open),
    )  # fmt: skip
    for row in listed:
        assert document.text[int(row["start"]) : int(row["end"])] == row["sentence"].removeprefix("'")
        assert (row["state"] == "evidence") == (int(row["statements"]) > 0) == bool(row["edges"])
        assert bool(row["reason"]) == (row["state"] == "context")


def test_an_edge_that_a_sentence_is_evidence_for_is_in_the_graph(seed_exports: Path) -> None:
    graph = load_graph(seed_exports)
    named = [edge for row in rows(seed_exports) for edge in row["edges"].split(";") if edge]
    assert named
    for edge in named:
        subject, relation, object_ = edge.split(" ")
        assert graph.has_edge(subject, object_, key=relation)


def test_exports_read_back_give_the_same_ledger(seed_exports: Path) -> None:
    assert export(load_graph(seed_exports), "ledger") == (seed_exports / "ledger.csv").read_bytes()


def test_a_folder_gives_the_ledger_of_each_document(run: Run, tmp_path: Path) -> None:
    sources = [ROOT / "tests" / "documents" / name for name in ("marine-plan.md", "holiday-notice.html", "water-qa.md")]
    assert run("build", *sources, "--out", tmp_path / "all").returncode == 0
    together: dict[str, list[tuple[str, str]]] = {}
    for row in rows(tmp_path / "all"):
        together.setdefault(row["document"], []).append((row["start"], row["state"]))
    assert len(together) == len(sources)
    for number, source in enumerate(sources):
        assert run("build", source, "--out", tmp_path / str(number)).returncode == 0
        alone = rows(tmp_path / str(number))
        assert together[alone[0]["document"]] == [(row["start"], row["state"]) for row in alone]


def test_the_ledger_is_a_data_frame(seed_exports: Path) -> None:
    pytest.importorskip("pandas")
    import yangfan

    frame = yangfan.load(seed_exports).coverage
    assert set(frame["state"]) == {"evidence", "context", "open"}
    assert len(frame) == len(rows(seed_exports))


def test_a_floor_finds_documents_that_are_understood_too_little(run: Run, seed_exports: Path) -> None:
    low, high = run("check", seed_exports, "--coverage", "0.5"), run("check", seed_exports, "--coverage", "0.99")
    assert low.returncode == 0
    assert high.returncode == 1
    assert "sentences are evidence or context" in high.stdout
    assert run("check", seed_exports, "--coverage", "7").returncode == 2
