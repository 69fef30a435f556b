"""The verb `build`: read documents and write the graph with all its exports."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread

import click

from ..core.errors import Stopped
from ..core.files import CORPUS, EXPORTS, cache_folder, processors
from ..core.language import say, translated
from ..formats.registry import ASKED, FORMATS
from .cluster import on_spark
from .nearest import Choice
from .reading import Place, reading_limits

_FEW = 16
"""Up to how many documents one process is as quick as several."""


@contextmanager
def progress(shown: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Show on standard error what is being done, how much of it is done, and how long the rest may take."""
    if not shown:
        yield None
        return
    began: dict[str, float] = {}

    def tell(stage: str, done: int, total: int) -> None:
        start = began.setdefault(stage, time.monotonic())
        left = (time.monotonic() - start) / done * (total - done) if done else 0
        said = say("{stage}: {done} of {total}", stage=say(stage), done=done, total=total)
        if 0 < done < total and left >= 1:
            said += say(", {time} left", time=f"{int(left // 60)}:{int(left % 60):02}")
        click.echo(f"\r\x1b[K{said}", nl=False, err=True)

    try:
        yield tell
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def stopping() -> Iterator[None]:
    """Let the signals that ask a process to stop raise `Stopped`, so that what was begun is cleared away."""

    def stop(number: int, _: object) -> None:
        # The first one is enough: nothing may break into the clearing away.
        for known in held:
            signal.signal(known, signal.SIG_IGN)
        raise Stopped(number)

    if current_thread() is not main_thread():
        yield
        return
    held = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, before in held.items():
            signal.signal(number, before)


def _keep_bytes(_: click.Context, __: click.Parameter, value: int | None) -> None:
    if value is not None:
        os.environ["YANGFAN_CACHE_BYTES"] = str(value)


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=Place())
@click.option("--out", default=EXPORTS, type=Place(), metavar="DIR", help="Where to write.")
@click.option(
    "--overlay",
    "overlays",
    multiple=True,
    type=Place(),
    metavar="FILE",
    help="A file of curated assertions, besides those beside the sources.",
)
@click.option(
    "--proposed",
    multiple=True,
    type=Place(),
    metavar="FILE",
    help="What another tool extracted (see audit); what holds is shown apart, as proposed.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Write nothing where a document cannot be read, a plan does not hold or a quote does not prove its statement; exit with 1 and say which.",
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes for several documents (as many as processors).")
@click.option("--no-cache", is_flag=True, help="Make everything again; keep nothing for the next build ($YANGFAN_CACHE, else ~/.cache/yangfan).")
@click.option(
    "--cache-bytes",
    type=click.IntRange(0, 10**18 - 1),
    metavar="N",
    expose_value=False,
    callback=_keep_bytes,
    help="How many bytes what is kept may take; what was used longest ago goes first [4 GiB; $YANGFAN_CACHE_BYTES].",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=Choice(ASKED),
    metavar="|".join(ASKED),
    help="Write this format as well, however large the graph; may be given several times.",
)
@click.option("--engine", type=Choice(["local", "spark"]), default="local", help="What builds a folder: this machine, or Apache Spark.")
@click.option("--master", default="", metavar="URL", help="Spark's master (local[*] unless spark-submit or its settings say otherwise).")
@reading_limits
@click.option("--verbose", "-v", is_flag=True, help="Print the tables by class and relation too, and how many documents came from the cache.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but faults.")
def build(
    sources: tuple[Path | str, ...],
    out: Path | str,
    overlays: tuple[Path | str, ...],
    proposed: tuple[Path | str, ...],
    strict: bool,
    workers: int | None,
    no_cache: bool,
    formats: tuple[str, ...],
    engine: str,
    master: str,
    verbose: bool,
    quiet: bool,
) -> None:
    """Read files, folders or web addresses (.pdf .docx .doc .ofd .md .html .txt; - is standard input) and write all exports.

    Without SOURCE, builds corpus/. Overlays (*.overlay.yaml) beside the sources are used too. What was read is checked before the
    previous exports are replaced. Of several documents, those that have not changed since the last build are not read and assembled again.

    With --engine spark, SOURCE and DIR are folders of any Hadoop file system, and nquads and parquet are written; a build that was
    stopped goes on where it was.

    \b
    Examples:
      yangfan build
      yangfan build corpus/5g-yangfan-2021.md --out /tmp/plan
      yangfan build corpus --workers 2 --out /tmp/plans
      yangfan build corpus --format parquet --out /tmp/plans
      yangfan build hdfs://cluster/plans --engine spark --out hdfs://cluster/graph
      yangfan build https://www.example.org/plan.html --out /tmp/fetched
      yangfan build plan.pdf --proposed extractions.jsonl --out /tmp/both
    """
    # A build makes many small objects that live to its end, and importing its libraries makes more: collecting garbage on the
    # way only costs time. The process ends with the build.
    gc.disable()
    click.get_current_context().with_resource(stopping())
    if engine == "spark":
        gc.enable()
        with progress(not quiet and sys.stderr.isatty()) as told:
            on_spark(sources or (CORPUS,), out, overlays, proposed, master, told, strict=strict, quiet=quiet)
        return
    out = Path(out)
    from ..readers.read import at_hand, find_sources

    roots = click.get_current_context().with_resource(at_hand(sources or [CORPUS]))
    skipped: list[str] = []
    found = find_sources(roots, skipped)
    from ..assembly.overlay import find_overlays
    from ..pipeline import build as run
    from .summary import summary

    # An overlay that is named and lies beside its source is one overlay.
    beside = list({path.resolve(): path for path in (*find_overlays(roots), *map(Path, overlays))}.values())
    several = len(found) > 1
    cache = None
    if several:
        cache = None if no_cache else cache_folder()
        # Starting processes costs about as much as reading a few documents.
        workers = workers or (processors() if len(found) > _FEW else 1)
    with progress(several and not quiet and sys.stderr.isatty()) as told:
        built = run(
            found,
            out,
            beside,
            proposed=[*map(Path, proposed)],
            strict=strict,
            workers=workers or 1,
            cache=cache,
            told=told,
            formats=formats,
        )
    if verbose:
        taken = len(found) - (built.report["named"]["rejected"] if "named" in built.report else len(built.report["rejected"]))
        click.echo(say("{fresh} of {taken} documents read, the others taken from the cache", fresh=built.fresh, taken=taken), err=True)
    if built.findings:
        for finding in built.findings:
            click.echo(f"{say(finding.check)}: {translated(finding.message)}", err=True)
        failed = say("{count} checks failed; the previous exports stand", count=len(built.findings))
        click.echo(f"yangfan: {failed}", err=True)
        sys.exit(1)
    if not quiet:
        click.echo(summary(built.report, out, full=verbose))
        if built.left:
            files, first = ", ".join(FORMATS[name].file for name in built.left), built.left[0]
            click.echo(say("left out of a graph this large: {files}; get one by build --format {first}, or export {first}", files=files, first=first))
    for note in built.notes:
        click.echo(f"{say('warning')}: {translated(note)}", err=True)
    for name, texts in built.report["warnings"].items():
        for text in texts:
            click.echo(f"{say('warning')}: {name}: {translated(text)}", err=True)
    for place in skipped:
        click.echo(f"{say('skipped')}: {translated(place)}", err=True)
    for name, reason in built.report["rejected"].items():
        click.echo(f"{say('rejected')}: {name}: {translated(reason)}", err=True)
    if named := built.report.get("named"):
        more = named["warnings"] - len(built.report["warnings"]) + named["rejected"] - len(built.report["rejected"])
        click.echo(say("{count} more files are named in report.json.", count=more), err=True)
