"""The verb `build`: documents in, all exports out."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from graph.namespaces import ROOT

CORPUS, EXPORTS = ROOT / "corpus", ROOT / "exports"


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path(path_type=Path))
@click.option("--out", default=EXPORTS, type=click.Path(path_type=Path), metavar="DIR", help="Where to write.")
@click.option(
    "--overlay",
    "overlays",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file of curated assertions, besides those beside the sources.",
)
@click.option("--strict", is_flag=True, help="Stop at a document that cannot be read instead of reporting it.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but faults.")
def build(sources: tuple[Path, ...], out: Path, overlays: tuple[Path, ...], strict: bool, quiet: bool) -> None:
    """Read files or folders (.md .html .txt .docx .pdf; - is standard input) and write the graph with all its exports.

    Without SOURCE, builds corpus/. Overlays (*.overlay.yaml) beside the sources are used too. What was read is checked before the
    previous exports are replaced.

    \b
    Examples:
      python build.py build
      python build.py build corpus/5g-yangfan-2021.md --out /tmp/plan
    """
    # A build makes many small objects that live to its end, and importing its libraries makes more: collecting garbage on the
    # way only costs time. The process ends with the build.
    gc.disable()
    from graph.overlay import find_overlays
    from graph.pipeline import build as run
    from graph.read import find_sources
    from graph.summary import summary

    roots = list(sources) or [CORPUS]
    found = find_sources(roots)
    beside = find_overlays(roots)
    progress = sys.stderr.isatty() and not quiet and len(found) > 1

    def tell(path: Path) -> None:
        click.echo(f"\r\x1b[Kreading {path.name}", nl=False, err=True)

    one_file = len(found) == 1
    built = run(found, out, [*beside, *overlays], strict=strict or one_file, told=tell if progress else None)
    if progress:
        click.echo("\r\x1b[K", nl=False, err=True)
    if built.findings:
        for finding in built.findings:
            click.echo(f"{finding.check}: {finding.message}", err=True)
        click.echo(f"build.py: {len(built.findings)} checks failed; the previous exports stand", err=True)
        sys.exit(1)
    if not quiet:
        click.echo(summary(built.report, out))
    for name, texts in built.report["warnings"].items():
        for text in texts:
            click.echo(f"warning: {name}: {text}", err=True)
    for name, reason in built.report["rejected"].items():
        click.echo(f"rejected: {name}: {reason}", err=True)
