"""The floors below which no relation's score may fall, and how they are raised.

    python -m tests.floors               print the scores beside their floors
    python -m tests.floors --update      raise floors to the scores; a score below its floor is refused
    python -m tests.floors --update --lower "why"   lower them all the same, and keep the reason in the file

`own` are documents written for these tests, scored always; `corpus` are real documents, scored where they are at hand
(`YANGFAN_CORPUS`, else ../shared/corpus beside the repository).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from yangfan.quality.evaluate import Score, micro, score_file, total

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
FLOORS = GOLD / "floors.json"
CORPUS = Path(os.environ.get("YANGFAN_CORPUS") or ROOT.parent / "shared" / "corpus")
MEASURES = ("precision", "recall", "f1")
Floors = dict[str, dict[str, dict[str, float]]]


def groups() -> dict[str, tuple[list[Path], list[Path]]]:
    """Give each group's gold files and the folders of its documents; groups whose documents are missing are left out."""
    found = {"own": (sorted(GOLD.glob("*.tsv")), [ROOT / "tests" / "documents", ROOT / "corpus", ROOT])}
    if CORPUS.is_dir():
        found["corpus"] = (sorted((GOLD / "corpus").glob("*.tsv")), [CORPUS])
    return found


def measure(group: str) -> dict[str, dict[str, float]]:
    """Score a group: precision, recall and F1 by relation, and `micro` over all relations."""
    gold, folders = groups()[group]
    overall: dict[str, Score] = total([score_file(path, folders)[1] for path in gold])
    overall["micro"] = micro(overall)
    return {
        relation: {name: _floor(getattr(score, name)) for name in MEASURES}
        for relation, score in sorted(overall.items())
    }


def _floor(value: float) -> float:
    """Cut after the fourth decimal: rounding up would pin a floor above the score."""
    return int(value * 10_000 + 1e-9) / 10_000


def below(scores: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """Tell which scores lie below their floors."""
    nothing = dict.fromkeys(MEASURES, 0.0)
    return [
        f"{relation} {name}: {scores.get(relation, nothing)[name]} is below {floor}"
        for relation, pinned in floors.items()
        for name, floor in pinned.items()
        if name in MEASURES and scores.get(relation, nothing)[name] < floor
    ]


def read_floors() -> Floors:
    """Read the pinned floors, by group and relation."""
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"] if FLOORS.is_file() else {}
    return floors


def update(reason: str = "") -> list[str]:
    """Raise the floors to today's scores; what would be lowered is refused and told, unless a reason is given."""
    floors = read_floors()
    fresh = {group: measure(group) for group in groups()}
    lower = [f"{group}: {line}" for group, scores in fresh.items() for line in below(scores, floors.get(group, {}))]
    if lower and not reason:
        return lower
    lowered = json.loads(FLOORS.read_text(encoding="utf-8")).get("lowered", []) if FLOORS.is_file() else []
    if lower:
        lowered.append({"reason": reason, "floors": lower})
    content = {"floors": {**floors, **fresh}, "lowered": lowered}
    FLOORS.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return []


def main() -> None:
    """Print scores and floors, or update the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to the scores of today")
    parser.add_argument("--lower", default="", metavar="WHY", help="allow floors to go down, and say why")
    options = parser.parse_args()
    if options.update:
        refused = update(options.lower)
        if refused:
            print("\n".join(refused), file=sys.stderr)
            raise SystemExit(1)
        return
    floors = read_floors()
    for group in groups():
        for relation, scores in measure(group).items():
            pinned = floors.get(group, {}).get(relation, {})
            print(
                f"{group:<8}{relation:<18}" + "".join(f"{scores[n]:>9.4f} ({pinned.get(n, 0):.4f})" for n in MEASURES)
            )


if __name__ == "__main__":
    main()
