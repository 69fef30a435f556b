"""The verb `evaluate`: score extraction against gold files: precision, recall, F1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.files import CORPUS
from ..core.language import say
from .columns import left, pad
from .nearest import Choice

if TYPE_CHECKING:
    from ..quality.evaluate import Score


def _values(score: Score) -> dict[str, Any]:
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "right": score.right,
        "missed": [row.text for row in score.missed],
        "wrong": [{"found": fact.text, "sentence": fact.sentence} for fact in score.wrong],
    }


def _line(name: str, score: Score) -> str:
    found, wanted = score.right + len(score.wrong), score.right + len(score.missed)
    return f"  {pad(name, 18)}{score.precision:>9.3f}{score.recall:>9.3f}{score.f1:>9.3f}{wanted:>8}{found:>8}{score.right:>8}"


@click.command()
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...", type=click.Path(path_type=Path))
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the annotated documents are; beside the gold file and in corpus/ they are looked for too.",
)
@click.option("--errors", is_flag=True, help="List what was missed and what was wrong, with its sentence.")
@click.option("--format", "form", type=Choice(["table", "json"]), default="table", help="How to print the scores.")
def evaluate(gold: tuple[Path, ...], documents: tuple[Path, ...], errors: bool, form: str) -> None:
    """Score extraction against gold files: precision, recall and F1 by relation and document.

    \b
    Example:
      yangfan evaluate tests/gold/5g-yangfan-2021.tsv --errors
    """
    from ..quality.evaluate import micro, score_file, total

    results = [score_file(path, [*documents, path.parent, CORPUS, Path()]) for path in gold]
    overall = total([scores for _, scores in results])
    if form == "json":
        data = {
            "documents": {title: {p: _values(s) for p, s in sorted(scores.items())} for title, scores in results},
            "total": {p: _values(s) for p, s in sorted(overall.items())},
            "micro": _values(micro(overall)) | {"missed": None, "wrong": None},
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    columns = (("precision", 9), ("recall", 9), ("F1", 9), ("gold", 8), ("found", 8), ("right", 8))
    head = f"  {pad(say('relation'), 18)}{''.join(left(say(name), size) for name, size in columns)}"
    everything = say("all documents")
    parts = [*results, *([(everything, overall)] if len(results) > 1 else [])]
    for title, scores in parts:
        click.echo(f"{title}\n{head}")
        for predicate, score in sorted(scores.items()):
            click.echo(_line(predicate, score))
        click.echo(_line(say("micro"), micro(scores)))
        if errors and title != everything:
            for score in scores.values():
                for row in score.missed:
                    click.echo(f"    {say('missed')}  {row.text}")
                for fact in score.wrong:
                    click.echo(f"    {pad(say('wrong'), 6)}  {fact.text}   ← {fact.sentence[:80]}")
