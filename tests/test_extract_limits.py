"""No document may take the machine by what is extracted from it: work, memory and statements have limits, and sentences a length."""

from __future__ import annotations

import re
import resource
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.places import Run
from yangfan.core.errors import ReadError
from yangfan.core.model import Reading
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.readers.read import read_bytes
from yangfan.text.sentences import LONGEST, Sentences

HEAD = "# 云洲市海洋产业发展规划（2026—2030年）\n\n云政发〔2026〕4号\n\n## 一、主要目标\n\n"
PERIODS = "到2025年，产值达到1亿元，"
"""Repeated without a stop: every number of it is looked at with what stands before and behind it."""


def rows(count: int) -> str:
    return "| 指标 | 2025年 |\n|---|---|\n" + "".join(f"| 产值{i} | {i} |\n" for i in range(count))


def reading(text: str) -> Reading:
    return extract(read_bytes((HEAD + text + "\n").encode(), "plan.md", ".md"), load_vocabulary())


@pytest.mark.parametrize(
    ("limit", "value", "text", "said"),
    [
        ("SECONDS", "1", PERIODS * 30_000, r"takes more than 1 seconds to extract from \(--extract-seconds\)"),
        ("STATEMENTS", "100", rows(100), r"gives \d{3} statements \(at most 100: --extract-statements\)"),
    ],
)
def test_a_document_that_asks_for_too_much_is_refused_in_one_line(
    limit: str, value: str, text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"YANGFAN_EXTRACT_{limit}", value)
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(ReadError, match=rf"^plan\.md: {said}$"):
        reading(text)
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGVTALRM)) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    # The next document is extracted from as if nothing had been.
    assert reading("到2026年，产值达到5亿元。").claims


def test_a_document_that_asks_for_too_much_memory_is_refused_and_the_next_one_built(run: Run, tmp_path: Path) -> None:
    """In a process of its own: this one may have memory to spare from the tests before."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.md").write_text(HEAD + rows(20_000), encoding="utf-8")
    (folder / "b.md").write_text(HEAD.replace("海洋", "林业").replace("4号", "5号") + "到2026年，产值达到5亿元。\n", encoding="utf-8")
    done = run("build", folder, "--out", tmp_path / "out", "--workers", "1", "--extract-memory", "8")
    assert done.returncode == 0
    assert "a.md: takes more than 8 MiB of memory to extract from (--extract-memory)" in done.stderr
    assert "林业产业" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


def test_nobody_is_interrupted_outside_the_main_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YANGFAN_EXTRACT_SECONDS", "1")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(reading, rows(30)).result().claims


def test_the_options_of_build_set_the_limits_and_other_documents_are_built(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "many.md").write_text(HEAD + rows(100), encoding="utf-8")
    (folder / "few.md").write_text(HEAD.replace("海洋", "林业").replace("4号", "5号") + "到2026年，产值达到5亿元。\n", encoding="utf-8")
    done = run("build", folder, "--out", tmp_path / "out", "--extract-statements", "100")
    assert done.returncode == 0
    assert "many.md: gives " in done.stderr
    assert "statements (at most 100: --extract-statements)" in done.stderr
    assert "林业产业" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    alone = run("build", folder / "many.md", "--out", tmp_path / "out", "--extract-statements", "100")
    assert (alone.returncode, alone.stderr.count("\n")) == (2, 1)


SHAPES: dict[str, Callable[[int], str]] = {
    "no stop": lambda n: "海" * n,
    "commas": lambda n: PERIODS * (n // len(PERIODS)),
    "closing marks": lambda n: "”" * n,
    "lines": lambda n: "\n".join(["海" * (LONGEST + 5), "洋。" * 3, "海" * n]),
}

SENTENCE = re.compile(rf"[^。！？；\n]{{1,{LONGEST}}}[。！？；]?")


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("size", [LONGEST - 1, LONGEST, LONGEST + 1, 3 * LONGEST, 3 * LONGEST + 1])
def test_a_sentence_that_never_ends_is_cut(name: str, size: int) -> None:
    text = SHAPES[name](size)
    sentences = list(Sentences(text))
    assert sentences == [match.span() for match in SENTENCE.finditer(text)] == Sentences(text).within(0, len(text))
    assert all(span.end - span.start <= LONGEST + 1 for span in sentences)
    assert "".join(text[span.start : span.end] for span in sentences) == text.replace("\n", "")
    found = Sentences(text)
    for span in sentences if "”" not in text else ():
        assert {found.at(span.start), found.at(span.end - 1)} == {span}


def test_short_forms_are_looked_for_once() -> None:
    """A text of many cited works that introduces many short forms is read in time linear in both."""
    text = "".join(f"依据《海洋条例{i}》（以下简称《条例{i}》）。" for i in range(300)) + "落实《条例7》《陆地条例》。"
    cited = {claim.object.label for claim in reading(text).claims if claim.relation == "cites"}
    assert {"海洋条例7", "陆地条例"} <= cited
    assert "条例7" not in cited
