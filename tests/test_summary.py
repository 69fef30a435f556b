"""What a build prints is read by a person: what was read, what was not understood, what does not hold, where the page is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.places import ROOT, Run

SEED = ROOT / "corpus" / "5g-yangfan-2021.md"
DOCUMENTS = ROOT / "tests" / "documents"


def test_a_build_says_what_it_read_and_what_it_did_not_understand(run: Run, tmp_path: Path) -> None:
    said = run("build", SEED, "--out", tmp_path).stdout
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert "Plan 1 · " in said
    told = report["accounted"]
    assert told["sentences"] == told["evidence"] + told["context"] + told["open"]
    states = f"{told['evidence']} evidence, {told['context']} context, {told['open']} not understood"
    assert f"of {told['sentences']} sentences accounted for: {states}\n" in said
    (document,) = report["documents"]
    worst = next(entry for entry in document["not_understood"] if {"number", "deadline"} & {*entry["holds"]})
    assert f"? {worst['text'][:20]}" in said
    assert f"character {worst['start']}]" in said
    assert f"page: {tmp_path / 'graph.html'} (yangfan view opens it); report: {tmp_path / 'report.md'}" in said


def test_a_summary_is_at_most_a_screen_and_the_tables_come_on_request(run: Run, tmp_path: Path) -> None:
    sources = [DOCUMENTS / name for name in ("marine-plan.md", "robotics-plan.md", "water-qa.md")]
    said = run("build", *sources, "--out", tmp_path).stdout
    assert len(said.splitlines()) <= 30
    assert "hasTask" not in said
    full = run("build", *sources, "--out", tmp_path, "--verbose").stdout
    assert full.startswith(said[: said.index("page: ")])
    assert re.search(r"^  hasTask +\d+ +", full, re.MULTILINE)


def test_a_summary_names_the_document_where_there_are_several(run: Run, tmp_path: Path) -> None:
    sources = [DOCUMENTS / name for name in ("marine-plan.md", "robotics-plan.md")]
    said = run("build", *sources, "--out", tmp_path).stdout
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    titles = [row["title"] for row in report["documents"]]
    assert all(f"  {title}\n" in said for title in titles)
    assert any(f" · {title}]" in said for title in titles)


def test_a_quiet_build_says_nothing(run: Run, tmp_path: Path) -> None:
    done = run("build", SEED, "--out", tmp_path, "--quiet")
    assert (done.stdout, done.stderr) == ("", "")
