"""A few mutated copies of our own documents in each format; `python -m tests.fuzz` runs many, of real ones too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import SUFFIXES, Case, Result, documents, fuzz
from tests.pdf_files import write
from tests.places import ROOT

EACH = 6


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Our documents by their endings; the PDF is printed from one of them."""
    found = {suffix: some[:4] for suffix, some in documents([ROOT / "tests" / "documents"]).items()}
    printed = tmp_path_factory.mktemp("pdf") / "plan.pdf"
    printed.write_bytes(
        write(
            [
                ("title", "海州市海洋产业行动计划"),
                ("flush", "一、重点任务"),
                ("p", "（一）建设深海装备基地。到2026年，建成基地3个。"),
                ("p", "（二）培育企业。"),
            ]
        )
    )
    return {**found, ".pdf": [printed]}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_mutated_document_ends_with_a_graph_or_with_one_line(suffix: str, paths: dict[str, list[Path]]) -> None:
    faults: list[tuple[Case, Result]] = []
    results = fuzz(paths[suffix], EACH, 7, lambda case, result: faults.append((case, result)) if result.fault else None)
    assert faults == []
    assert len(results) == EACH
