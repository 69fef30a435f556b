"""The verb `audit`: hold another tool's extractions against the texts that they quote."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import printable
from ..core.language import say, translated
from .nearest import Choice

if TYPE_CHECKING:
    from ..quality.audit.judge import Judgement

_COLUMNS = ("place", "verdict", "document", "start", "end", "alike", "holds", "faults", "quote")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--text", "texts", required=True, type=click.Path(path_type=Path), metavar="DIR", help="The folder of the texts (*.txt) that it quotes."
)
@click.option("--format", "form", type=Choice(["text", "json", "csv"]), default="text", help="How to print the judgements.")
@click.option("--all", "everything", is_flag=True, help="List the items that hold, too.")
def audit(file: Path, texts: Path, form: str, everything: bool) -> None:
    """Hold another tool's extractions against the texts that they quote.

    FILE is LangExtract's .jsonl, docling-graph's provenance.json, GraphRAG's relationships.parquet or entities.parquet (text_units.parquet
    beside it), or a .csv or .tsv with the columns subject, relation, object, quote (and document, start, end, class where known). Of each
    item it is said whether its quote is verbatim at its place, elsewhere, altered or nowhere, whether the quote (or the title or a head
    above it) names both ends, and whether class and relation are in the ontology. `yangfan build --proposed FILE` takes what holds into a
    graph, apart. Exits with 1 when something speaks against any item.

    \b
    Examples:
      yangfan audit extractions.jsonl --text exports/texts
      yangfan audit relations.csv --text exports/texts --format csv
    """
    from ..core.schema import load_schema
    from ..core.vocabulary import load_vocabulary
    from ..formats.tables import csv_lines
    from ..quality.audit.judge import Texts, judge, tally
    from ..quality.audit.sources import read_items

    judgements = list(judge(read_items(file), Texts.of_folder(texts), load_schema(), load_vocabulary()))
    rows = [_row(one) for one in judgements if everything or not one.holds]
    counts = tally(judgements)
    if form == "json":
        items = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        click.echo(json.dumps({"items": items, "counts": {"items": len(judgements), **dict(sorted(counts.items()))}}, ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(csv_lines([_COLUMNS, *rows]), nl=False)
    else:
        for one in judgements:
            if everything or not one.holds:
                faults = "; ".join(map(translated, one.faults)) or say("holds")
                click.echo(printable(f"{one.item.place}: {faults}: {' '.join(one.item.quote.split())[:60]}"))
        told = ", ".join(f"{counts[name]} {say(name)}" for name in ("verbatim", "elsewhere", "altered", "nowhere") if counts.get(name))
        sums = {"holding": counts.get("holds", 0), "count": len(judgements), "quotes": told or say("none")}
        click.echo(say("{holding} of {count} items hold; quotes: {quotes}", **sums))
    if counts.get("holds", 0) < len(judgements):
        sys.exit(1)


def _row(one: Judgement) -> tuple[str, str, str, int, int, float, str, str, str]:
    """Give a judgement's cells under the columns."""
    found = one.found
    holds = "true" if one.holds else "false"
    return one.item.place, found.verdict, one.document, found.span.start, found.span.end, found.alike, holds, "; ".join(one.faults), one.item.quote
