"""The build: read, extract, assemble, curate, infer, export, check; and only then replace the previous exports."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .assembly.assemble import assemble
from .assembly.evidence import documents_of
from .assembly.overlay import UNUSED, Overlay
from .core.errors import OutputError
from .core.model import Reading
from .core.vocabulary import load_vocabulary
from .extract import extract
from .formats.registry import FORMATS, export
from .formats.report import make_report, report_json, report_markdown
from .quality.check import Finding, check_evidence, check_shapes
from .readers.read import read_file

if TYPE_CHECKING:
    import networkx as nx

Told = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


@dataclass(slots=True)
class Built:
    """What a build gives: its report, what its check found, and how many documents had to be read (the rest was in the cache)."""

    report: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    fresh: int = 1


def read_sources(paths: list[Path]) -> list[Reading]:
    """Read and extract documents, in the order of their keys; copies of one text are one.

    Raises `ReadError` for a document that cannot be read.
    """
    vocabulary = load_vocabulary()
    readings = {reading.document.key: reading for reading in (extract(read_file(path), vocabulary) for path in paths)}
    return [readings[key] for key in sorted(readings)]


def build(
    paths: list[Path],
    out: Path,
    overlays: list[Path] | None = None,
    *,
    strict: bool = True,
    workers: int = 1,
    cache: Path | None = None,
    told: Told | None = None,
) -> Built:
    """Build the graph of some documents and write every export into a folder.

    The exports are written beside the folder, checked, and moved into it only when the check is clean: a failed build leaves the
    previous ones whole. One document is a matter of one graph in memory; several are streamed through a store on disk, by as many
    processes as `workers` says, and their readings kept in the folder `cache` (for this build alone when there is none).

    Raises the errors of its steps, and `OutputError` for a folder that cannot be written to.
    """
    loaded = [Overlay(path) for path in overlays or []]
    alone = read_sources(paths)[0] if len(paths) == 1 else None
    with _Staging(out) as folder:
        if alone:
            built = _one(alone, Path(alone.document.name).name, loaded, folder)
        else:
            built = _several(paths, loaded, folder, strict, workers, cache, told)
        if not built.findings:
            _replace(folder, out)
    return built


def _one(reading: Reading, name: str, overlays: list[Overlay], folder: Path, rejected: dict[str, str] | None = None) -> Built:
    """Build one document: one graph in memory, each export a function of it."""
    graph, unused = assemble([reading], overlays)
    warnings = {name: list(reading.warnings)}
    for overlay in unused:
        warnings.setdefault(overlay.path.name, []).append(UNUSED)
    built = Built(make_report(graph, warnings, rejected))
    turtle, evidence = export(graph, "turtle"), export(graph, "evidence")
    with ThreadPoolExecutor(1) as beside:
        # The validator is native code that takes a while: it reads the Turtle while the other formats are made from the graph.
        shapes = beside.submit(lambda: list(check_shapes(turtle, evidence)))
        write_exports(graph, built.report, folder, {"turtle": turtle, "evidence": evidence})
        built.findings = [*shapes.result(), *check_evidence(turtle, evidence, folder)]
    return built


def _several(
    paths: list[Path], overlays: list[Overlay], folder: Path, strict: bool, workers: int, cache: Path | None, told: Told | None
) -> Built:
    """Build a corpus; when all but one of its documents are refused, that one is built as if it were alone."""
    from .corpus.build import write_corpus
    from .corpus.cache import Cache
    from .corpus.pool import Crew
    from .corpus.read import kept_reading, read_corpus

    with Crew(workers) as crew:
        readings = Cache(cache or folder / ".readings")
        corpus = read_corpus(paths, readings.folder, crew, strict=strict, told=told)
        if len(corpus.entries) == 1:
            (entry,) = corpus.entries
            reading = kept_reading(entry.path, entry.kept, readings)
            built = _one(reading, corpus.names[entry.path], overlays, folder, corpus.rejected)
        else:
            built = Built(*write_corpus(corpus, overlays, readings.folder, folder, crew, told=told))
        built.fresh = corpus.fresh
    if cache:
        readings.prune()
    return built


def write_exports(graph: nx.MultiDiGraph[str], report: dict[str, Any], folder: Path, made: dict[str, bytes]) -> None:
    """Write all files of contract section 6 into a folder; `made` holds formats that are made already.

    Raises `OutputError` when a file cannot be written.
    """
    contents = {file: made.get(name) or export(graph, name) for name, (file, _) in FORMATS.items()}
    contents["report.json"] = report_json(report).encode("utf-8")
    contents["report.md"] = report_markdown(report).encode("utf-8")
    for document in documents_of(graph).values():
        contents[f"texts/{document.key}.txt"] = document.text.encode("utf-8")
    try:
        (folder / "texts").mkdir(exist_ok=True)
        for file, content in contents.items():
            (folder / file).write_bytes(content)
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror}", file=folder.parent) from error


class _Staging:
    """A folder inside the output folder that goes away again: files can be renamed out of it without copying."""

    def __init__(self, out: Path) -> None:
        self._out, self._made = out, not out.exists()
        try:
            out.mkdir(parents=True, exist_ok=True)
            self._path = Path(tempfile.mkdtemp(dir=out, prefix=".building-"))
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror}", file=out) from error

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._path, ignore_errors=True)
        if self._made:
            # A build that wrote nothing leaves no folder behind.
            with contextlib.suppress(OSError):
                self._out.rmdir()


def _replace(folder: Path, out: Path) -> None:
    """Move checked exports to their place; texts of documents that are gone go too."""
    try:
        (out / "texts").mkdir(exist_ok=True)
        fresh = {path.relative_to(folder) for path in (*folder.glob("[!.]*"), *folder.glob("texts/*")) if path.is_file()}
        for path in sorted(fresh):
            os.chmod(folder / path, 0o644)
            os.replace(folder / path, out / path)
        for old in (out / "texts").glob("*.txt"):
            if old.relative_to(out) not in fresh:
                old.unlink()
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror}", file=out) from error
