"""Every document written for the tests, and every one of the corpus where it is at hand, becomes a graph whose own check has nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.floors import CORPUS
from tests.places import ROOT
from yangfan.pipeline import build

OURS = sorted(path for path in (ROOT / "tests" / "documents").iterdir() if path.is_file())
FOUND = sorted(path for folder in ("md", "html", "docx") for path in (CORPUS / folder).glob("*") if path.is_file())


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_document_of_ours_passes_its_own_check(path: Path, tmp_path: Path) -> None:
    assert build([path], tmp_path / "out").findings == []


@pytest.mark.skipif(not FOUND, reason="the corpus is not at hand")
def test_no_plan_of_the_corpus_is_set_aside_by_its_check(tmp_path: Path) -> None:
    rejected = build(FOUND, tmp_path / "out").report["rejected"]
    assert {name: why for name, why in rejected.items() if not why.startswith("the same title and text")} == {}
