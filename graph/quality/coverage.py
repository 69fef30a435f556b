"""A floor under how much of a text is accounted for: what is neither evidence nor context was not understood."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from ..core.errors import ReadError
from .findings import Finding


def check_coverage(folder: Path, floor: float) -> list[Finding]:
    """Give the documents of whose sentences a smaller share than `floor` (0 to 1) is evidence or context.

    Raises `ReadError` when the exports have no ledger that can be read.
    """
    path = folder / "ledger.csv"
    sentences: Counter[str] = Counter()
    accounted: Counter[str] = Counter()
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                sentences[row["document"]] += 1
                accounted[row["document"]] += row["state"] in ("evidence", "context")
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise ReadError(f"cannot read the ledger: {error}", file=path) from error
    shares = {key: accounted[key] / count for key, count in sentences.items()}
    return [
        Finding("coverage", f"{key}: {accounted[key]} of {sentences[key]} sentences are evidence or context, {share:.2f} and not {floor:.2f}")
        for key, share in sorted(shares.items())
        if share < floor
    ]
