"""How long a whole build takes, against importing the libraries that it is made of. Run: python -m benchmarks.build

Both are whole processes, run in turn; the ratio is taken pair by pair, so that a machine whose speed drifts does not matter.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMPORTS = "import networkx, rdflib, pyvis.network, click"
QUERY = "SELECT ?i { ?i a yf:Industry }"
ROUNDS = 9


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build = ("build.py", "build", "--out", folder)
        seconds("-c", IMPORTS), seconds(*build)
        rounds = [
            (seconds("-c", IMPORTS), seconds(*build), seconds("build.py", "--help"), seconds("-c", "import yangfan"), seconds("-c", "pass"),
             seconds("build.py", "query", QUERY))
            for _ in range(ROUNDS)
        ]  # fmt: skip
    imports, builds, helps, packages, passes, queries = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(row[1] / row[0] for row in rounds)
    help_ratio = statistics.median(row[2] / row[0] for row in rounds)
    query_ratio = statistics.median(row[5] / row[4] for row in rounds)
    print(f"imports  {imports:6.3f} s   {IMPORTS}")
    print(f"build    {builds:6.3f} s   {ratio:.2f} times the imports (at most 1.5)")
    print(f"--help   {helps:6.3f} s   {help_ratio:.2f} times the imports (under 0.33)")
    print(f"query    {queries:6.3f} s   {query_ratio:.1f} times `python -c pass`, {passes:.3f} s (at most 11)")
    print(f"package  {packages - passes:6.3f} s   `import yangfan` of its own (at most 0.15)")


if __name__ == "__main__":
    main()
