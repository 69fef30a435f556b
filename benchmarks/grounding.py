"""Where a label stands in its text: this project beside LangExtract's aligner and docling-graph's locator, on the same labels and texts.

    uv pip install langextract && uv pip install --no-deps docling-graph
    python -m benchmarks.grounding [FOLDER]

The documents are those written for the tests, with FOLDER others; the labels are those of the nodes that each document's statements end in
(tasks, bodies, works cited, indicators …), one a statement, in the order of the text, as the text has them. A label that is put together of
words that do not stand side by side (a target with its year) is left out. A place is *found* where a tool gives one, *exact* where the
text there is the label (white space aside), *in its passage* where it lies in a passage that states the very thing: 县教育局 stands in
many lines and answers for one task in each. The passages are this project's, which gives a passage for each statement and therefore has
all of them; what is compared is how often a tool that is given a label alone comes to the same place.

LangExtract aligns the labels of a document in their order (`WordAligner`, tokens of Unicode, exact and fuzzy); docling-graph looks each up
in chunks (here lines) and gives its first place in each of at most six (`anchor_scan`, loaded from its file: no model is needed for it).
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from yangfan.core.model import Document, Reading, Span
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.readers.read import find_sources, read_file

ROOT = Path(__file__).resolve().parent.parent
_PACKAGE = "docling_graph"
_CLAUSES = ("hasMeasure", "hasGoal", "hasProvision")
"""Relations whose objects are whole clauses: no names of things."""


class Label(NamedTuple):
    """A label as the text has it, with the passages that state its statement."""

    text: str
    passages: tuple[Span, ...]


Places = list[list[Span]]
"""For each label the places that a tool gives it."""
Tool = Callable[[Document, list[Label]], Places]


def labels_of(reading: Reading) -> list[Label]:
    """Give the labels of a document's statements that stand in its text word for word, in the order of their passages."""
    others = {described.mention: described.alt for described in reading.described}
    text = reading.document.text
    found = []
    for claim in reading.claims:
        if claim.relation in _CLAUSES:
            continue
        names = (claim.object.label, *others.get(claim.object, ()))
        said = next((name for name in names if any(name in text[low:high] for low, high in claim.spans)), None)
        if said and claim.spans:
            found.append(Label(said, claim.spans))
    return sorted(found, key=lambda label: label.passages[0])


def ours(document: Document, labels: list[Label]) -> Places:
    """Give the place of each label in the first of its statement's passages that holds it."""
    places = []
    for label in labels:
        low, high = next((low, high) for low, high in label.passages if label.text in document.text[low:high])
        at = document.text.find(label.text, low, high)
        places.append([Span(at, at + len(label.text))])
    return places


def langextract() -> Tool:
    """Give LangExtract's aligner with its tokens of Unicode, which part Chinese characters."""
    resolver = importlib.import_module("langextract.resolver")
    data = importlib.import_module("langextract.core.data")
    tokenizer = importlib.import_module("langextract.core.tokenizer").UnicodeTokenizer()

    def align(document: Document, labels: list[Label]) -> Places:
        wanted = [data.Extraction(extraction_class="label", extraction_text=label.text) for label in labels]
        aligned = resolver.WordAligner().align_extractions([wanted], document.text, tokenizer_impl=tokenizer)[0]
        intervals = [one.char_interval for one in aligned]
        return [[Span(at.start_pos, at.end_pos)] if at and at.start_pos is not None else [] for at in intervals]

    return align


def docling_graph() -> Tool:
    """Give docling-graph's locator of verbatim identifiers, without what the package imports for models and graphs."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(_PACKAGE)
    folder = Path(spec.submodule_search_locations[0])
    for name, path in ((_PACKAGE, folder), (f"{_PACKAGE}.core", folder / "core"), (f"{_PACKAGE}.core.provenance", folder / "core" / "provenance")):
        module = types.ModuleType(name)
        module.__path__ = [str(path)]
        sys.modules[name] = module
    scan: Any = importlib.import_module(f"{_PACKAGE}.core.provenance.anchor_scan")

    def locate(document: Document, labels: list[Label]) -> Places:
        starts = [line.start for line in document.lines]
        chunks = {number: document.text[line.start : line.end] for number, line in enumerate(document.lines)}
        return [[Span(starts[n] + low, starts[n] + high) for n, (low, high) in scan.locate_identifier(label.text, chunks)] for label in labels]

    return locate


class Score(NamedTuple):
    """How many labels were found, at how many exact places, and how many lie in a passage that states them; seconds of CPU."""

    labels: int = 0
    found: int = 0
    exact: int = 0
    stated: int = 0
    seconds: float = 0.0


def score(document: Document, labels: list[Label], places: Places, seconds: float) -> Score:
    """Count what a tool gave for the labels of a document; of several places of a label the best counts."""
    exact = stated = 0
    for label, given in zip(labels, places, strict=True):
        same = [place for place in given if "".join(document.text[place.start : place.end].split()) == "".join(label.text.split())]
        exact += bool(same)
        stated += any(low <= place.start and place.end <= high for place in same for low, high in label.passages)
    return Score(len(labels), sum(map(bool, places)), exact, stated, seconds)


def main() -> None:
    """Print a table of the tools that are installed."""
    tools: dict[str, Tool] = {"this project": ours}
    for name, load in (("LangExtract", langextract), ("docling-graph", docling_graph)):
        try:
            tools[name] = load()
        except ImportError as error:
            print(f"{name} is not installed ({error})", file=sys.stderr)
    vocabulary = load_vocabulary()
    folders = [ROOT / "tests" / "documents", *map(Path, sys.argv[1:])]
    totals = dict.fromkeys(tools, Score())
    for path in find_sources(folders):
        if "heldout" in path.parts:
            continue
        reading = extract(read_file(path), vocabulary)
        labels = labels_of(reading)
        if not labels:
            continue
        for name, tool in tools.items():
            started = time.process_time()
            places = tool(reading.document, labels)
            one = score(reading.document, labels, places, time.process_time() - started)
            before = totals[name]
            counts = (before.labels + one.labels, before.found + one.found, before.exact + one.exact, before.stated + one.stated)
            totals[name] = Score(*counts, seconds=before.seconds + one.seconds)
    print("| tool | labels | found | exact | in a passage that states it | CPU |\n|---|---:|---:|---:|---:|---:|")
    for name, total in totals.items():
        shares = " | ".join(f"{count / max(1, total.labels):.1%}" for count in (total.found, total.exact, total.stated))
        print(f"| {name} | {total.labels} | {shares} | {total.seconds:.1f} s |")


if __name__ == "__main__":
    main()
