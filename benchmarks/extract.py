"""How fast documents become a graph: reading, extracting and assembling against jieba's bare segmentation of the same texts.

Both run in one process on one core, document after document in turn, so that both meet the same machine, and both without the collector of
cycles, as a build runs (`cli/build`). The least of several rounds counts for each document: what a busy machine adds is no cost of the program.

    python benchmarks/extract.py ../shared/corpus
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from yangfan.assembly.assemble import assemble
from yangfan.core.errors import ReadError
from yangfan.core.model import Document, Reading
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.readers.read import find_sources, read_file

ENDINGS = (".md", ".html", ".txt")
"""Formats whose reading is text work; DOCX and PDF are dominated by their containers."""


def clock(work: Callable[[], object]) -> float:
    """Give the time in seconds that some work takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(paths: list[Path], rounds: int) -> dict[str, float]:
    """Time every step over all documents: seconds by step, and the number of characters.

    Each round takes every document once, as a build does: no side meets a text that it has just had in its caches.
    """
    import jieba

    jieba.initialize()
    vocabulary = load_vocabulary()
    texts = [read_file(path).text for path in paths]
    best: dict[tuple[str, int], float] = {}
    gc.disable()
    for _ in range(rounds):
        gc.collect()
        for number, path in enumerate(paths):
            made: list[Document | Reading] = []
            steps: tuple[tuple[str, Callable[[], object]], ...] = (
                ("jieba", lambda number=number: jieba.lcut(texts[number])),  # type: ignore[misc]
                ("read", lambda path=path, made=made: made.append(read_file(path))),  # type: ignore[misc]
                ("extract", lambda made=made: made.append(extract(made[0], vocabulary))),  # type: ignore[misc]
                ("assemble", lambda made=made: assemble([made[1]])),  # type: ignore[misc]
            )
            for name, work in steps:
                taken = clock(work)
                best[name, number] = min(taken, best.get((name, number), taken))
    total = {"characters": float(sum(map(len, texts)))}
    for (name, _), taken in best.items():
        total[name] = total.get(name, 0.0) + taken
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
