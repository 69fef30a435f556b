"""How far two people agree who annotated the same documents, by relation: one's rows scored against the other's.

    python -m benchmarks.agreement tests/gold/corpus tests/gold/heldout tests/gold/second

The last folder holds the second person's files, the folders before it the first's.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from yangfan.quality.evaluate import Found, Score, compare, micro, read_gold, total


def agreement(first: Path, second: Path) -> dict[str, Score]:
    """Score the second annotator's rows against the first's."""
    rows = read_gold(first)[1]
    found = [Found(row.subjects, row.predicate, row.objects, row.text, "") for row in read_gold(second)[1]]
    return compare(rows, found)


def main() -> None:
    """Print F1 by relation over all documents that both folders annotate, and what only one of the two has."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path, nargs="+")
    parser.add_argument("second", type=Path)
    options = parser.parse_args()
    seconds = sorted(options.second.glob("*.tsv"))
    pairs = [(folder / path.name, path) for path in seconds for folder in options.first if (folder / path.name).is_file()]
    by_document = {first.stem: agreement(first, second) for first, second in pairs}
    overall = total(list(by_document.values()))
    for name, scores in [*by_document.items(), ("all", overall)]:
        whole = micro(scores)
        print(f"{name}: F1 {whole.f1:.3f} ({whole.right} in common, {len(whole.missed)} and {len(whole.wrong)} alone)")
    for predicate, score in sorted(overall.items()):
        print(f"  {predicate:<18}{score.f1:.3f}  ({score.right} in common, {len(score.missed)} and {len(score.wrong)} alone)")


if __name__ == "__main__":
    main()
