"""Quantities of targets beside a peer: value and unit on the same sentences, this project and Recognizers-Text.

    uv pip install recognizers-text-suite "emoji<2"
    python -m benchmarks.targets [CORPUS]

The documents are those written for the tests (`tests/documents`), with CORPUS the annotated real ones; the targets are those of their gold
files. Each tool reads every sentence that holds a figure or a numeral. A gold target counts as read where one of its document's sentences
gives its value (both bounds of a range), and besides where it gives it with the unit. Values that no gold target has are counted as
`besides`: the peer has no notion of a target and gives every number. Units of the peer are put beside those of texts by `UNITS`; counting
words (家, 项, 个) are no units of its own.
"""

from __future__ import annotations

import re
import sys
import time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.quality.evaluate import read_gold, target_text
from yangfan.readers.read import read_file
from yangfan.text.sentences import Sentences

ROOT = Path(__file__).resolve().parent.parent
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万亿]")
UNITS = {
    "Kilometer": "公里", "Meter": "米", "Square kilometer": "平方公里", "Square meter": "平方米", "Metric ton": "吨", "Ton": "吨", "Mu": "亩",
    "Hectare": "公顷", "Kilogram": "千克", "Chinese yuan": "元", "Kilowatt": "千瓦", "Cubic meter": "立方米", "Day": "天", "Hour": "小时",
    "Minute": "分钟",
}  # fmt: skip
"""Names of units of the peer, and how the gold files write them."""


class Amount(NamedTuple):
    """A value with its unit as gold files write it; `-` where there is none."""

    value: Decimal
    unit: str


def wanted(path: Path) -> list[tuple[Amount, ...]]:
    """Give the amounts of the targets of a gold file: one each, or the two bounds of a range."""
    targets = []
    for row in read_gold(path)[1]:
        if row.predicate != "target":
            continue
        words = next(iter(row.objects)).split()
        unit = words[2] if len(words) > 2 else "-"
        targets.append(tuple(Amount(abs(Decimal(bound)), unit) for bound in words[1].split("..")))
    return targets


def ours(document: Any, vocabulary: Any) -> set[Amount]:
    """Give the amounts of the targets that this project reads."""
    reading = extract(document, vocabulary)
    described = {d.mention: d.attrs for d in reading.described}
    found = set()
    for claim in reading.claims:
        if claim.relation == "hasTarget":
            words = target_text(described[claim.object]).split()
            found |= {Amount(abs(Decimal(bound)), words[2]) for bound in words[1].split("..")}
    return found


def peers(sentences: list[str]) -> set[Amount]:
    """Give the amounts that Recognizers-Text finds in some sentences: numbers, percentages, dimensions, currencies."""
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    found = set()
    for sentence in sentences:
        for recognise in (recognize_number, recognize_percentage, recognize_dimension, recognize_currency):
            for result in recognise(sentence, Culture.Chinese):
                given = result.resolution or {}
                value = str(given.get("value") or "")
                unit = "%" if value.endswith("%") else UNITS.get(str(given.get("unit", "")), "-")
                try:
                    found.add(Amount(abs(Decimal(value.rstrip("%"))), unit))
                except InvalidOperation:
                    continue
    return found


def main() -> None:
    """Print how many of the gold targets each tool reads, with and without their units, and how much it gives besides."""
    vocabulary = load_vocabulary()
    corpus = [Path(argument) for argument in sys.argv[1:2]]
    gold = sorted((ROOT / "tests" / "gold" / ("corpus" if corpus else "")).glob("*.tsv"))
    folders = corpus or [ROOT / "tests" / "documents", ROOT / "corpus"]
    tools: dict[str, list[float]] = {"this project": [0, 0, 0, 0.0], "Recognizers-Text": [0, 0, 0, 0.0]}
    total = characters = 0
    for path in gold:
        header = read_gold(path)[0]
        source = next((folder / header["file"] for folder in folders if (folder / header["file"]).is_file()), None)
        targets = wanted(path)
        if source is None or not targets:
            continue
        document = read_file(source)
        text = document.text
        lines = [text[line.start : line.end] for line in document.lines]
        sentences = [line[a:b] for line in lines for a, b in Sentences(line) if _FIGURE.search(line[a:b])]
        total += len(targets)
        characters += len(text)
        for name in tools:
            start = time.process_time()
            found = ours(document, vocabulary) if name == "this project" else peers(sentences)
            tools[name][3] += time.process_time() - start
            values = {amount.value for amount in found}
            tools[name][0] += sum(all(amount.value in values for amount in target) for target in targets)
            tools[name][1] += sum(all(amount in found for amount in target) for target in targets)
            tools[name][2] += len(values - {amount.value for target in targets for amount in target})
    print(f"{total} targets of {len(gold)} gold files, {characters:,} characters")
    for name, (value, unit, besides, seconds) in tools.items():
        read_whole = f"value and unit {unit:.0f} ({unit / total:.1%})"
        print(f"{name:<18} value {value:.0f} ({value / total:.1%})   {read_whole}   besides {besides:.0f}   {seconds:.2f} s")


if __name__ == "__main__":
    main()
