"""What extraction does grows with the text and no faster, whatever the text repeats; counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.extract.context import Context
from yangfan.extract.outline import build_outline
from yangfan.extract.targets.noun_phrases import Nouns
from yangfan.readers.read import read_bytes

HEAD = "# 云洲市海洋产业发展规划（2026—2030年）\n\n云政发〔2026〕4号\n\n## 一、主要目标\n\n"
REPEATED: dict[str, Callable[[int], str]] = {
    "targets": lambda n: "到2025年达到1" * n,
    "periods": lambda n: "到2025年，产值达到1亿元，" * n + "。",
    "nested brackets": lambda n: "（" * n + "）" * n,
    "brackets of bodies": lambda n: "（市财政局负责）" * n,
    "enumerated lines": lambda n: "\n\n".join(f"（{'一二三四五六七八九十'[i % 10]}）建设渔港{i}" for i in range(n)),
    "enumerators in a line": lambda n: "".join(f"{i}.建设渔港" for i in range(n)),
    "a list": lambda n: "重点发展" + "、".join(f"深海装备{i}" for i in range(n)) + "等产业。",
    "cited works": lambda n: "《海洋条例》" * n,
    "titles that never end": lambda n: "《海洋" * n,
    "bodies": lambda n: "由" + "、".join(["市财政局"] * n) + "负责。",
    "years": lambda n: "2025年" * n,
    "numbered measures": lambda n: "一是建设渔港；" * n,
    "a phrase that never ends": lambda n: "的海洋" * n + "达到5亿元。",
    "declared counts": lambda n: "实施8大专项行动，" * n + "。",
    "places": lambda n: "在云洲市" * n + "建设渔港。",
    "headings": lambda n: "\n\n".join(f"## 加强{i}" for i in range(n)),
    "rows": lambda n: "| 指标 | 2025年 |\n|---|---|\n" + "\n".join(f"| 产值{i} | {i} |" for i in range(n)),
}


def work(text: str) -> int:
    """Count the calls of Python functions and of those of the library's that extraction makes."""
    document = read_bytes((HEAD + text + "\n").encode(), "plan.md", ".md")
    vocabulary = load_vocabulary()
    calls = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(document, vocabulary)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("name", list(REPEATED))
def test_work_grows_with_the_text_and_no_faster(name: str) -> None:
    work(REPEATED[name](20))  # patterns are compiled when they are first used
    few, many = work(REPEATED[name](200)), work(REPEATED[name](800))
    assert many < 6 * few + 20_000, f"four times the text made {many / few:.1f} times the calls"


def test_a_phrase_is_looked_for_no_further_back_than_a_phrase_reaches() -> None:
    """What patterns search cannot be counted in calls: the stretch that they are given is bounded."""
    document = read_bytes((HEAD + "产值达到5亿元。\n").encode(), "plan.md", ".md")
    nouns = Nouns(Context(document, build_outline(document), load_vocabulary()))
    phrase = "海洋的装备" * 50
    assert nouns.before("的海洋" * 20_000 + phrase) == nouns.before(phrase)
