"""How a build behaves when documents become many: documents per second, what a second process gains, memory, time per document.

    python -m benchmarks.corpus 1000 3000              # both sizes with two workers, the smaller one also with one
    python -m benchmarks.corpus 1000 10000 --folder /var/tmp

Every build is a process of its own that reads each document anew. Memory is the largest sum, over the build and its workers, of the
memory that is theirs (proportional set size, Linux); seconds of work are those of all processors, which other work on the machine
disturbs less than the clock. A document's exports take about 1.5 MB.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.documents import write_documents

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """One build: seconds by the clock, seconds of work, peak memory in bytes, bytes written."""

    documents: int
    workers: int
    clock: float
    work: float
    memory: int
    written: int


def _children(process: int, task: str) -> list[str]:
    try:
        return Path(f"/proc/{process}/task/{task}/children").read_text().split()
    except OSError:
        return []


def family(process: int) -> list[int]:
    """Give a process and all that it started, directly or not."""
    found = [process]
    for parent in found:
        with contextlib.suppress(OSError):  # it may end while it is looked at
            found += (int(child) for task in os.listdir(f"/proc/{parent}/task") for child in _children(parent, task))
    return found


def memory_of(process: int, what: str = "Pss") -> int:
    """Give the memory of a process in bytes (what: as the kernel names it, proportional set size; `Pss_Anon` without files); 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{what}:")), 0)


def measure(source: Path, documents: int, workers: int, out: Path) -> Measured:
    """Build a folder of documents and measure it."""
    command = [sys.executable, "build.py", "build", str(source), "--out", str(out), "--workers", str(workers), "--no-cache", "-q"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(memory_of, family(process.pid))))
        time.sleep(0.25)
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    shutil.rmtree(out)
    return Measured(documents, workers, clock, work, peak, written)


def shown(measured: Measured) -> str:
    m = measured
    return (
        f"{m.documents:6} documents, {m.workers} workers: {m.clock:7.1f} s, {m.documents / m.clock:5.2f} documents/s, "
        f"{1000 * m.clock / m.documents:5.0f} ms a document ({1000 * m.work / m.documents:5.0f} ms of work), "
        f"{m.memory / 2**20:5.0f} MiB at most, {m.written / 2**20:7.0f} MiB written"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("few", type=int, nargs="?", default=1000)
    parser.add_argument("many", type=int, nargs="?", default=3000)
    parser.add_argument("--folder", default=None, help="where to write (a document takes about 3 MB while it is built, 5 with N-Quads)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        work = Path(folder)
        runs = {}
        for documents, workers in ((arguments.few, 1), (arguments.few, 2), (arguments.many, 2)):
            source = work / str(documents)
            if not source.exists():
                write_documents(source, documents)
            runs[documents, workers] = measure(source, documents, workers, work / "out")
            print(shown(runs[documents, workers]), flush=True)
    one, two, many = runs.values()
    print(f"two workers are {one.clock / two.clock:.2f} times as fast as one (at least 1.8), load {os.getloadavg()[0]:.1f}")
    print(f"memory at {many.documents} documents is {many.memory / two.memory:.2f} times that at {two.documents} (at most 1.5)")
    grown = many.work / many.documents / (two.work / two.documents) - 1
    print(f"work per document at {many.documents} differs by {100 * grown:+.1f} % (at most 10 %)")


if __name__ == "__main__":
    main()
