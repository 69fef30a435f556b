"""The build: read, extract, assemble, curate, infer, export, check; and only then replace the previous exports."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.assemble import GraphBuilder
from graph.check import Finding, check_exports
from graph.errors import OutputError, ReadError
from graph.evidence import documents_of
from graph.export import FORMATS, export
from graph.extract import extract
from graph.infer import infer
from graph.model import Reading
from graph.overlay import Overlay
from graph.read import read_file
from graph.resolve import resolve_citations
from graph.report import make_report, report_json, report_markdown
from graph.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import networkx as nx


@dataclass(slots=True)
class Built:
    """What a build gives: the graph, its report, and what its check found."""

    graph: nx.MultiDiGraph[str]
    report: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)


def read_sources(
    paths: list[Path], *, strict: bool = True, told: Callable[[Path], None] | None = None
) -> tuple[list[Reading], dict[str, str]]:
    """Read and extract documents; with `strict` false, one that cannot be read is given back with its reason instead.

    Raises `ReadError` for a document that cannot be read when `strict`, and when none could be.
    """
    vocabulary = load_vocabulary()
    readings: dict[str, Reading] = {}
    rejected: dict[str, str] = {}
    for path in paths:
        if told:
            told(path)
        try:
            reading = extract(read_file(path), vocabulary)
        except ReadError as error:
            if strict:
                raise
            rejected[path.name] = str(error)
            continue
        if reading.document.key in readings:
            rejected[path.name] = f"the same title and text as {Path(readings[reading.document.key].document.name).name}"
        else:
            readings[reading.document.key] = reading
    if not readings:
        raise ReadError("; ".join(rejected.values()) or "no documents")
    return [readings[key] for key in sorted(readings)], rejected


def assemble(readings: list[Reading], overlays: list[Overlay] | None = None) -> tuple[nx.MultiDiGraph[str], list[str]]:
    """Put readings, overlays and inferences into one graph; also give the overlays whose plan is not among the documents.

    Raises `OverlayError` and `GraphError` as the assembler and the overlays do.
    """
    builder = GraphBuilder()
    for reading in resolve_citations(readings):
        builder.add_reading(reading)
    unused = [overlay.path.name for overlay in overlays or [] if not overlay.apply(builder)]
    infer(builder)
    return builder.finish(), unused


def build(
    paths: list[Path],
    out: Path,
    overlays: list[Path] | None = None,
    *,
    strict: bool = True,
    told: Callable[[Path], None] | None = None,
) -> Built:
    """Build the graph of some documents and write every export into a folder.

    The exports are written beside the folder, checked, and moved into it only when the check is clean: a failed build leaves the
    previous ones whole.

    Raises the errors of its steps, and `OutputError` for a folder that cannot be written to.
    """
    loaded = [Overlay(path) for path in overlays or []]
    readings, rejected = read_sources(paths, strict=strict, told=told)
    graph, unused = assemble(readings, loaded)
    warnings = {Path(r.document.name).name: r.warnings for r in readings}
    for name in unused:
        warnings[name] = (*warnings.get(name, ()), "its plan is not among the documents: nothing of it was used")
    built = Built(graph, make_report(graph, warnings, rejected))
    with _Staging(out) as folder:
        write_exports(built, folder)
        built.findings = check_exports(folder)
        if not built.findings:
            _replace(folder, out)
    return built


def write_exports(built: Built, folder: Path) -> None:
    """Write all files of contract section 6 into a folder.

    Raises `OutputError` when a file cannot be written.
    """
    contents = {file: export(built.graph, name) for name, (file, _) in FORMATS.items()}
    contents["report.json"] = report_json(built.report).encode("utf-8")
    contents["report.md"] = report_markdown(built.report).encode("utf-8")
    for document in documents_of(built.graph).values():
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
        try:
            out.mkdir(parents=True, exist_ok=True)
            self._path = Path(tempfile.mkdtemp(dir=out, prefix=".building-"))
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror}", file=out) from error

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._path, ignore_errors=True)


def _replace(folder: Path, out: Path) -> None:
    """Move checked exports to their place; texts of documents that are gone go too."""
    try:
        (out / "texts").mkdir(exist_ok=True)
        fresh = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        for path in sorted(fresh):
            os.chmod(folder / path, 0o644)
            os.replace(folder / path, out / path)
        for old in (out / "texts").glob("*.txt"):
            if old.relative_to(out) not in fresh:
                old.unlink()
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror}", file=out) from error
