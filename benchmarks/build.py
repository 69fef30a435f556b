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
ROUNDS = 9


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build = ("build.py", "build", "--out", folder)
        seconds("-c", IMPORTS), seconds(*build)
        rounds = [(seconds("-c", IMPORTS), seconds(*build), seconds("build.py", "--help")) for _ in range(ROUNDS)]
    imports, builds, helps = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(b / i for i, b, _ in rounds)
    help_ratio = statistics.median(h / i for i, _, h in rounds)
    print(f"imports  {imports:6.3f} s   {IMPORTS}")
    print(f"build    {builds:6.3f} s   {ratio:.2f} times the imports (at most 1.5)")
    print(f"--help   {helps:6.3f} s   {help_ratio:.2f} times the imports (under 0.33)")


if __name__ == "__main__":
    main()
