"""The build: read, extract, assemble, curate, infer, export, check; and only then replace the previous exports."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from .assembly.assemble import assemble
from .assembly.overlay import UNUSED, Overlay
from .assembly.proposals import Proposed, Refused
from .assembly.records import GraphRecords, Records
from .core.errors import OutputError, ReadError, YangfanError, reason_of
from .core.listing import Listing
from .core.model import Reading
from .core.staging import Staging
from .core.stream import Stream
from .core.vocabulary import load_vocabulary
from .extract import extract
from .formats.manifest import MANIFEST, write_manifest
from .formats.registry import FOLDERS, FORMATS, written
from .formats.report import Remarks, Report, make_report, report_json
from .formats.report_markdown import report_markdown
from .formats.text import Text, write_text
from .quality.check import check_records, check_turtle
from .quality.findings import Finding
from .quality.proven import proven
from .quality.shapes import CHECKED
from .readers.read import read_file

_IN_MEMORY = 1
"""How many documents are built in memory; more go through a store on disk."""
Result = TypeVar("Result")
Told = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


@dataclass(slots=True)
class Built:
    """What a build gives: its report, what its check found, and how many documents had to be read (the rest was in the cache).

    With findings nothing was written. notes are what whoever started the build should know and the exports do not.
    """

    report: Report
    findings: list[Finding] = field(default_factory=list)
    fresh: int = 1
    notes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """The formats that were left out because the graph is large, by name."""


def read_sources(paths: Iterable[Path]) -> list[Reading]:
    """Read and extract documents, in the order of their keys; copies of one text are one.

    Raises `ReadError` for a document that cannot be read.
    """
    vocabulary = load_vocabulary()
    readings = {reading.document.key: reading for reading in (extract(read_file(path), vocabulary) for path in paths)}
    return [readings[key] for key in sorted(readings)]


def build(
    paths: Sequence[Path],
    out: Path,
    overlays: list[Path] | None = None,
    *,
    proposed: list[Path] | None = None,
    strict: bool = True,
    workers: int = 1,
    cache: Path | None = None,
    told: Told | None = None,
    formats: Iterable[str] = (),
) -> Built:
    """Build the graph of some documents and write every export into a folder.

    Read, assemble, check, write: the records of the graph are checked and then written, and it is the same for the writers whether they
    come from one graph in memory (one document) or from a store on disk (several, by as many processes as `workers` says, with their
    readings kept in the folder `cache`). The exports are written beside the folder and moved into it only when the check is clean: a failed
    build leaves the previous ones whole. Of the files `proposed`, in which other tools say what they extracted, what holds comes in as
    proposals, apart from all that the graph asserts.

    A statement whose quote does not prove it is left out, with a warning. With several documents, one that cannot be read and a plan in which
    anything else is wrong are set aside and told in the report; `strict` makes all of these findings. formats are those that are to be written
    besides what fits the size of the graph. Raises the errors of its steps, and
    `OutputError` for a folder that cannot be written to.
    """
    asked = list(dict.fromkeys(formats))
    for name in asked:
        if name in FOLDERS:
            FOLDERS[name].require()
    loaded = [Overlay(path) for path in overlays or []]
    if len(paths) > _IN_MEMORY:
        paths = Listing.ordered(paths)
    alone = _foreseen(lambda: read_sources(paths)[0], paths[0]) if len(paths) <= _IN_MEMORY else None
    files = (*(form.file for form in FORMATS.values()), *(form.folder for form in FOLDERS.values()))
    ours = frozenset([MANIFEST, "report.json", "report.md", "texts", *files])
    key = ""
    # What other tools propose is held against the texts each time: no build with it is kept.
    lasting = bool(cache and not alone and not proposed)
    if cache and lasting:
        from .corpus.cache import Cache, largest
        from .corpus.unchanged import fingerprint, keep_build, kept_build

        most, kept = largest(), Cache(cache)
        key = fingerprint(paths, overlays or [], str(strict), *sorted(asked))
        if before := kept_build(kept, key, out, ours - {MANIFEST}):
            kept.prune(most)
            return Built(before[0], fresh=0, left=before[1])
    staging = Staging(out, ours)
    with staging as folder:
        if alone:
            built = _foreseen(lambda: _one(alone, Path(alone.document.name).name, loaded, proposed or [], folder, strict, asked), paths[0])
        else:
            with _records_in(folder):
                built = _several(paths, loaded, proposed or [], folder, strict, workers, cache, told, asked)
        if not built.findings:
            write_manifest(folder)
            staging.commit()
    if lasting:
        if not built.findings:
            keep_build(kept, key, out, ours - {MANIFEST}, built.report, built.left)
        kept.prune(most)
    return built


def _nothing() -> Report:
    """Give the report of a build that came to nothing."""
    import networkx as nx

    return make_report(GraphRecords(nx.MultiDiGraph()))


def _foreseen(work: Callable[[], Result], path: Path) -> Result:
    """Do something with one document; a fault that nobody foresaw is that document's, and told as one that somebody did."""
    try:
        return work()
    except YangfanError:
        raise
    except Exception as error:
        raise ReadError(reason_of(error), file=path) from error


def _one(
    reading: Reading, name: str, overlays: list[Overlay], proposed: list[Path], folder: Path, strict: bool, asked: list[str]
) -> Built:
    """Build one document: one graph in memory."""
    found = _proposals(proposed, {reading.document.key: lambda: reading.document.text}, {Path(name): reading.document.key})
    assembled = partial(_assembled, reading, overlays, found, folder)
    checked, left = (assembled(()), {}) if strict else proven(assembled)
    records = checked.records
    found.leave_out(checked.refused)
    warnings = {name: [*reading.warnings, *(one.remark for one in left.values())], **found.warnings}
    for overlay in checked.unused:
        warnings.setdefault(overlay.path.name, []).append(UNUSED)
    remarks = Remarks(sorted((file, texts) for file, texts in warnings.items() if texts))
    built = Built(make_report(records, remarks), checked.findings)
    built.findings = [replace(found, message=f"{name}: {found.message}") for found in built.findings]
    if not built.findings:
        formats, built.left = written(records.classes.total(), asked)
        write_formats(records, folder, (name for name in formats if name not in CHECKED))
        write_rest(records, built.report, remarks, folder)
    return built


class _Checked(NamedTuple):
    """A document's graph: its records, what is wrong, the overlays that are about no plan of it, and the proposals that cannot stand in it."""

    records: GraphRecords
    findings: list[Finding]
    unused: list[Overlay]
    refused: list[Refused]


def _assembled(reading: Reading, overlays: list[Overlay], found: Proposed, folder: Path, without: Collection[str]) -> _Checked:
    """Assemble a document without some statements (their IRIs), and check it; what is checked against the shapes is what is written."""
    refused: list[Refused] = []
    graph, unused = assemble([reading], overlays, found.proposals, refused, without)
    records = GraphRecords(graph)
    write_formats(records, folder, CHECKED)
    return _Checked(records, [*check_records(records), *check_turtle(folder)], unused, refused)


def _proposals(files: list[Path], texts: dict[str, Callable[[], str]], paths: dict[Path, str]) -> Proposed:
    """Give what of other tools' files holds of some texts (by key); a tool may also name a document by its file."""
    if not files:
        return Proposed()
    from .quality.audit.taken import aliases_of, proposals_of

    return proposals_of(files, texts, aliases_of(paths))


@contextmanager
def _records_in(folder: Path) -> Iterator[None]:
    """Tell what SQLite cannot do, at any step, as one fault: the disk is full, a file of records is gone, damaged or locked."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"cannot keep records here: {error}", file=folder) from error


def _several(
    paths: Sequence[Path],
    overlays: list[Overlay],
    proposed: list[Path],
    folder: Path,
    strict: bool,
    workers: int,
    cache: Path | None,
    told: Told | None,
    asked: list[str],
) -> Built:
    """Build a corpus: its records come from a store on disk."""
    from .corpus.build import assemble_corpus, write_all
    from .corpus.index import Index
    from .corpus.pool import Crew
    from .corpus.read import Folders, kept_text, read_corpus

    work = folder / ".work"
    work.mkdir()
    folders = Folders(cache or work / "readings", work / "readings", lasting=cache is not None and not proposed)
    with Crew(workers) as crew, closing(Index(work / "index.sqlite")) as index:
        read_corpus(paths, index, folders, crew, told=told)
        built = Built(_nothing(), fresh=index.fresh)
        if strict:
            built.findings = [Finding("document", reason) for reason in index.unreadable()]
        if built.findings:
            return built
        found = Proposed()
        if proposed:
            texts = index.texts(partial(kept_text, folders))
            found = _proposals(proposed, texts, {entry.path: entry.key for entry in index.entries()})
        assembled = assemble_corpus(index, overlays, folders, work, crew, proposals=found.proposals, wanted=asked, told=told)
        found.leave_out(assembled.refused)
        built.notes = [index.fault] if index.fault else []
        left = [(index.name(path), remark) for path, remark in assembled.left]
        if left and strict:
            built.findings = [Finding("quotes", f"{file}: {remark}") for file, remark in left]
            return built
        for file, remark in left:
            found.warnings.setdefault(file, []).append(remark)
        aside = [(path, findings) for group, findings in assembled.aside for path, _ in group.documents]
        if aside and (strict or len(assembled.aside) == assembled.plans):
            built.findings = [replace(f, message=f"{index.name(path)}: {f.message}") for path, findings in aside for f in findings]
            return built
        for path, findings in aside:
            index.set_aside(path, findings)
        records = assembled.records()
        formats, built.left = written(records.classes.total(), asked)

        def rest() -> None:
            warnings = Stream(partial(index.warnings, assembled.unused, found.warnings))
            remarks = Remarks(warnings, Stream(index.rejected))
            built.report = make_report(records, remarks)
            write_rest(records, built.report, remarks, folder)

        write_all(assembled, folder, crew, formats, rest, told=told)
    shutil.rmtree(work)
    return built


def write_formats(records: Records, folder: Path, formats: Iterable[str]) -> None:
    """Write formats of a graph, by name, into a folder.

    Raises `OutputError` when a file cannot be written.
    """
    for name in formats:
        if name in FOLDERS:
            FOLDERS[name].write(records, folder / FOLDERS[name].folder)
        else:
            write_text(folder / FORMATS[name].file, FORMATS[name].write(records))


def write_rest(records: Records, report: Report, remarks: Remarks, folder: Path) -> None:
    """Write what a build gives besides the formats: its report, and the texts that offsets point into.

    Raises `OutputError` when a file cannot be written.
    """
    write_text(folder / "report.json", report_json(report, records, remarks))
    write_text(folder / "report.md", Text([report_markdown(report)]))
    try:
        (folder / "texts").mkdir(exist_ok=True)
        for document, _ in records.documents():
            (folder / "texts" / f"{document.key}.txt").write_bytes(document.text.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror}", file=folder.parent) from error
