"""Reading PDFs: what a reader says that the file does not hold, and what a page costs, beside other libraries.

    python -m benchmarks.pdf FOLDER [--rounds N] [--peers]

Every sentence that a reader gives is looked up in the text of poppler's pdftotext (in its reading order, in the order of the file, by
places), white space aside; the share of characters in sentences that are in none of them is what was made up by joining wrongly. CPU is
that of this process, the least of the rounds. Peers (pdfplumber, pdfminer.six, pypdf, PDFium's own text) are measured where installed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from tests.test_read_pdf_witness import bare, sentences, witnesses
from yangfan.core.model import Document
from yangfan.readers.read import read_file
from yangfan.readers.registry import named


def ours(path: Path) -> Iterator[str]:
    # In this process, so that its CPU is counted; a build reads in a process apart.
    with patch("yangfan.readers.read.read_apart", lambda reader, data, name, _: named(reader).read(data, name)):
        document: Document = read_file(path)
    yield from sentences(document)


def _cut(text: str) -> Iterator[str]:
    yield from (match[0] for match in re.finditer(r"[^。；！？]+[。；！？]?", "".join(text.split())))


def pdfium(path: Path) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    yield from _cut("".join(page.get_textpage().get_text_bounded() for page in document))


def pdfplumber(path: Path) -> Iterator[str]:
    import pdfplumber as library  # type: ignore[import-not-found,unused-ignore]

    with library.open(path) as document:
        yield from _cut("\n".join(page.extract_text() or "" for page in document.pages))


def pdfminer(path: Path) -> Iterator[str]:
    from pdfminer.high_level import extract_text  # type: ignore[import-not-found,unused-ignore]

    yield from _cut(extract_text(str(path)))


def pypdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader  # type: ignore[import-not-found,unused-ignore]

    yield from _cut("\n".join(page.extract_text() for page in PdfReader(path).pages))


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "this project": ours, "PDFium's text": pdfium, "pdfplumber": pdfplumber, "pdfminer.six": pdfminer, "pypdf": pypdf,
}  # fmt: skip


def measure(read: Callable[[Path], Iterator[str]], paths: list[Path], rounds: int, said: dict[Path, list[str]]) -> tuple[float, float, float, int]:
    """Give the share of characters in sentences that no witness has, the worst file's, the CPU of a page in ms, and the characters."""
    from pypdfium2 import PdfDocument

    absent = whole = pages = 0
    worst = spent = 0.0
    for path in paths:
        least = float("inf")
        given: list[str] = []
        for _ in range(rounds):
            start = time.process_time()
            given = list(read(path))
            least = min(least, time.process_time() - start)
        spent += least
        pages += len(PdfDocument(path))
        texts = [bare(text) for text in given]
        lost = sum(len(text) for text in texts if not any(text in witness for witness in said[path]))
        total = sum(map(len, texts))
        absent, whole, worst = absent + lost, whole + total, max(worst, lost / max(1, total))
    return absent / max(1, whole), worst, 1000 * spent / pages, whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    if shutil.which("pdftotext") is None:
        sys.exit("pdftotext (poppler-utils) is not here")
    paths = [path for path in sorted(options.folder.rglob("*.pdf")) if path.read_bytes()[:5] == b"%PDF-"]
    said = {path: witnesses(path) for path in paths}
    print(f"{len(paths)} PDFs")
    for name, read in READERS.items() if options.peers else [("this project", ours)]:
        try:
            share, worst, page, whole = measure(read, paths, options.rounds, said)
        except ImportError:
            print(f"{name:14} is not installed")
            continue
        print(f"{name:14} {whole:8,} characters, in no witness {share:7.3%} (worst file {worst:6.2%}), {page:6.1f} ms of CPU a page")


if __name__ == "__main__":
    main()
