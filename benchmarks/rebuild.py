"""What a second build of a folder takes: with nothing changed, with one document changed, against the first.

    python -m benchmarks.rebuild 50 1000
    python -m benchmarks.rebuild 10000 --short          # short documents, for what hangs on their number

Each build is a process of its own with two workers, all with one cache. Seconds of work are those of all processors, which other work on
the machine disturbs less than the clock; what a rebuild writes is compared with a fresh build.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.documents import write_documents

ROOT = Path(__file__).resolve().parent.parent


def build(source: Path, out: Path, cache: Path, *options: str) -> tuple[float, float]:
    """Build a folder; gives seconds by the clock and seconds of work."""
    command = [sys.executable, "build.py", "build", str(source), "--out", str(out), "--workers", "2", "-q", *options]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "YANGFAN_CACHE": str(cache)}, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def alike(one: Path, other: Path) -> bool:
    """Tell whether two folders hold the same files with the same bytes."""
    names = [{str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} for folder in (one, other)]
    return names[0] == names[1] and not any(filecmp.cmpfiles(one, other, names[0], shallow=False)[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[50, 1000])
    parser.add_argument("--folder", default=None, help="where to write")
    parser.add_argument("--short", action="store_true", help="short documents")
    arguments = parser.parse_args()
    for count in arguments.sizes:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            place = Path(folder)
            source, out, cache = place / "in", place / "out", place / "cache"
            write_documents(source, count, short=arguments.short)
            runs = {"first": build(source, out, cache), "unchanged": build(source, out, cache)}
            word, other = "统筹".encode(), "整合".encode()
            changed = next(path for path in sorted(source.iterdir()) if word in path.read_bytes())
            changed.write_bytes(changed.read_bytes().replace(word, other))
            runs["one changed"] = build(source, out, cache)
            build(source, place / "fresh", cache, "--no-cache")
            for name, (clock, work) in runs.items():
                print(f"{count:6} documents, {name:12} {clock:7.2f} s, {work:7.2f} s of work")
            same = "the same bytes as" if alike(out, place / "fresh") else "NOT the bytes of"
            print(f"       {same} a fresh build; {size(out):.0f} MiB written, {size(cache):.0f} MiB kept, load {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
