"""Every document of a corpus of real ones is read; skipped where no such corpus is at hand (YANGFAN_CORPUS names its folder)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yangfan.readers.read import read_file
from yangfan.readers.registry import ENDINGS

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("YANGFAN_CORPUS") or ROOT.parent / "shared" / "corpus")
DOCUMENTS = sorted(path for path in CORPUS.rglob("*") if path.suffix.lower() in ENDINGS and path.suffix != ".pdf") if CORPUS.is_dir() else []
PAIRS = [(path, path.parent.parent / "md" / f"{path.stem}.md") for path in DOCUMENTS if path.suffix == ".docx"]

pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="no corpus of real documents here")


def test_every_document_is_read_with_a_title_and_without_residue() -> None:
    for path in DOCUMENTS:
        document = read_file(path)
        assert len(document.text) > 300, path.name
        assert len(document.metadata["title"]) >= 8, path.name
        assert not any("no title" in warning or "cut off" in warning for warning in document.warnings), path.name
        for mark in ("**", "&nbsp", "<p", "\u3000", "  ", "【原文下载】", "【高亮说明】", "发布日期**"):
            assert mark not in document.text, (path.name, mark)


def test_no_paragraph_of_running_text_breaks_off() -> None:
    for path in DOCUMENTS:
        document = read_file(path)
        for line in document.lines:
            text = document.text[line.start : line.end]
            if line.kind == "paragraph" and "。" in text:
                # A news page prints the credit of a photograph behind the paragraph above it.
                assert text[-1] in "。；：！？）”》" or text.endswith(("供图", "摄")), (path.name, text[-20:])


def test_copies_of_one_document_in_two_formats_give_the_same_text() -> None:
    same = [(word, mark) for word, mark in PAIRS if mark.exists()]
    for word, mark in same:
        a, b = read_file(word), read_file(mark)
        assert a.text == b.text, word.name
        assert a.metadata | {"format": ""} == b.metadata | {"format": ""}, word.name
