"""How fast documents become a graph: reading, extracting and assembling against jieba's bare segmentation of the same texts.

Both run in one process on one core, document after document in turn, so that both meet the same machine. The least of several rounds
counts for each document: what a busy machine adds is no cost of the program.

    python benchmarks/extract.py ../shared/corpus
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from graph.errors import ReadError
from graph.extract import extract
from graph.pipeline import assemble
from graph.read import find_sources, read_file
from graph.vocabulary import load_vocabulary

ENDINGS = (".md", ".html", ".txt")
"""Formats whose reading is text work; DOCX and PDF are dominated by their containers."""


def least(work: Callable[[], object], rounds: int) -> float:
    """Give the least time in seconds that some work took in several rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def measure(paths: list[Path], rounds: int) -> dict[str, float]:
    """Time every step over all documents: seconds by step, and the number of characters."""
    import jieba

    jieba.initialize()
    vocabulary = load_vocabulary()
    total = dict.fromkeys(["characters", "jieba", "read", "extract", "assemble"], 0.0)
    for path in paths:
        document = read_file(path)
        reading = extract(document, vocabulary)
        assemble([reading])
        total["characters"] += len(document.text)
        steps: dict[str, Callable[[], object]] = {
            "jieba": lambda text=document.text: jieba.lcut(text),  # type: ignore[misc]
            "read": lambda path=path: read_file(path),  # type: ignore[misc]
            "extract": lambda document=document: extract(document, vocabulary),  # type: ignore[misc]
            "assemble": lambda reading=reading: assemble([reading]),  # type: ignore[misc]
        }
        for name, work in steps.items():
            total[name] += least(work, rounds)
    return total


def main() -> None:
    """Print the characters per second of each side and the ratio between them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    paths = []
    for path in find_sources(options.sources):
        try:
            read_file(path)
        except ReadError as error:
            print(f"left out: {error}", file=sys.stderr)
        else:
            paths += [path] if path.suffix in ENDINGS else []
    total = measure(paths, options.rounds)
    ours = total["read"] + total["extract"] + total["assemble"]
    print(f"{len(paths)} documents, {total['characters']:,.0f} characters")
    for name in ("read", "extract", "assemble", "jieba"):
        print(f"{name:<10}{total[name]:>8.3f} s{total['characters'] / total[name]:>14,.0f} characters/s")
    print(f"read + extract + assemble: {total['characters'] / ours:,.0f} characters/s, {total['jieba'] / ours:.2f} times jieba")


if __name__ == "__main__":
    main()
