"""The local engine and Spark on the same documents: time, work, memory of each process, bytes shuffled, and what grows with the documents.

    python -m benchmarks.spark 250 1000            # both engines at both sizes, Spark as local[2]
    python -m benchmarks.spark 1000 10000 --folder /var/tmp
    python -m benchmarks.spark 1000 3000 10000 --engine local --short      # what grows in memory with the number of documents
    python -m benchmarks.spark 400 1600 --engine spark --short --small      # the same, where a task holds little and is soon full
    python -m benchmarks.spark --functions 60       # what the functions of each stage cost, without Spark

Every build is a process of its own that begins from nothing. Of each kind of process (the one that was started, its Java machine, the
others) the largest is told (proportional set size, Linux, four times a second), and what of it is no file's that is mapped: what grows is
told of that, for the pages of a library are parted among all who have it open. A Java machine fills the heap that it is given; so what lives
in it is told, after a collection behind each slice and wave. What is shuffled is what Spark's event log says was written for other tasks to
read, compressed. A document takes about 3 MB while Spark builds it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.corpus import family, memory_of
from benchmarks.documents import write_documents

ROOT = Path(__file__).resolve().parent.parent
_SPARK = """
import json, sys
from pathlib import Path
from pyspark import SparkContext
from yangfan.spark.build import build
from yangfan.spark.stages import Sizes
settings = {"spark.driver.memory": "1g", "spark.eventLog.enabled": "true", "spark.eventLog.dir": "file:" + sys.argv[3],
            "spark.eventLog.compress": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
settings |= json.loads(sys.argv[5])
live = 0
def told(*_):
    global live
    java = SparkContext._active_spark_context._jvm.java.lang
    java.System.gc()
    machine = java.Runtime.getRuntime()
    live = max(live, machine.totalMemory() - machine.freeMemory())
build(sys.argv[1], sys.argv[2], master=sys.argv[4], settings=settings, sizes=Sizes(*json.loads(sys.argv[6])), told=told)
Path(sys.argv[3], ".live").write_text(str(live))
"""
_SMALL = {
    # A heap of less than 600 MiB Spark refuses; the serial collector keeps it small.
    "spark.driver.memory": "600m",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC",
    "spark.sql.files.maxPartitionBytes": str(1 << 20),
}
_SMALL_SIZES = (200, 50, 100, 8)
"""A slice of 200 documents in tasks of 50, shards of 100 documents in waves of 8."""


@dataclass(slots=True)
class Measured:
    """One build: seconds by the clock and of work, the largest process of each kind in bytes, bytes shuffled and written."""

    engine: str
    documents: int
    clock: float
    work: float
    memory: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    """What of the memory is no file's; of Java what lives in its heap."""
    shuffled: int = 0
    written: int = 0


def kind_of(process: int, first: int) -> str:
    """Name a process by what it is to the build."""
    if process == first:
        return "parent"
    try:
        return "java" if "java" in Path(f"/proc/{process}/comm").read_text() else "worker"
    except OSError:
        return "worker"


def work_of(process: int, *, ended: bool = False) -> float:
    """Give the seconds of work that a process has done, with `ended` also of the children that it has waited for; 0 when it is gone itself.

    A Java machine is nobody's child to wait for.
    """
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, told[11 : 15 if ended else 13])) / os.sysconf("SC_CLK_TCK")


def measured(engine: str, documents: int, command: list[str], out: Path) -> Measured:
    """Run a build and measure it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    memory: dict[str, int] = {}
    own: dict[str, int] = {}
    work: dict[int, float] = {}
    while process.poll() is None:
        for one in family(process.pid):
            kind = kind_of(one, process.pid)
            memory[kind] = max(memory.get(kind, 0), memory_of(one))
            own[kind] = max(own.get(kind, 0), memory_of(one, "Pss_Anon"))
            work[one] = max(work.get(one, 0.0), work_of(one))
        time.sleep(0.25)
    clock = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"the build ended with {process.returncode}")
    written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Measured(engine, documents, clock, sum(work.values()), memory, own, 0, written)


def shuffled(log: Path) -> int:
    """Add up what tasks wrote for others, from Spark's event log."""
    total = 0
    for file in log.rglob("*"):
        if file.is_file() and not file.name.startswith("."):
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
                if '"SparkListenerTaskEnd"' in line:
                    metrics = json.loads(line).get("Task Metrics") or {}
                    total += metrics.get("Shuffle Write Metrics", {}).get("Shuffle Bytes Written", 0)
    return total


def local(source: Path, documents: int, work: Path) -> Measured:
    """Build a folder with the local engine, two workers."""
    out = work / "local"
    command = [sys.executable, "build.py", "build", str(source), "--out", str(out), "--workers", "2", "--no-cache", "-q"]
    found = measured("local", documents, [*command, "--format", "nquads", "--format", "parquet"], out)
    shutil.rmtree(out)
    return found


def spark(source: Path, documents: int, work: Path, master: str, small: bool) -> Measured:
    """Build a folder with Spark, as it stands or with little in a task."""
    out, log = work / "spark", work / "log"
    log.mkdir()
    told = [json.dumps(_SMALL if small else {}), json.dumps(_SMALL_SIZES if small else ())]
    found = measured("spark", documents, [sys.executable, "-c", _SPARK, str(source), str(out), str(log), master, *told], out)
    found.shuffled = shuffled(log)
    found.own["java"] = int((log / ".live").read_text())
    shutil.rmtree(out)
    shutil.rmtree(log)
    return found


def functions(count: int) -> str:
    """Run the functions of the stages over documents in this process; gives milliseconds of work and bytes of each."""
    from yangfan.formats.parquet import TABLES
    from yangfan.spark import shards
    from yangfan.spark.read import read, reading_in
    from yangfan.spark.take import Group, take

    with tempfile.TemporaryDirectory() as folder:
        documents = [(str(path), path.read_bytes()) for path in write_documents(Path(folder), count)]
    read(*documents[0])
    marks = [time.process_time()]
    found = [read(*one) for one in documents]
    marks.append(time.process_time())
    records = []
    for one in found:
        reading = reading_in(one.reading)
        records += take(Group(one.group if reading.plan else "", (), (reading,), {})).records
    records.sort()
    marks.append(time.process_time())
    text = "\n".join(shards.blocks((one.key, one.data) for one in records if one.kind == "quads")).encode("utf-8")
    packed = gzip.compress(text, 6)
    marks.append(time.process_time())
    for table in TABLES:
        for _ in shards.rows(table, ((one.key, one.data) for one in records if one.kind == table)):
            pass
    marks.append(time.process_time())
    work = [1000 * (b - a) / count for a, b in pairwise(marks)]
    names = ("read", "take", "quads", "tables")
    told = ", ".join(f"{name} {spent:.1f} ms" for name, spent in zip(names, work, strict=True))
    size = sum(len(data) for _, data in documents) / count
    return (
        f"{count} documents of {size / 1024:.1f} KiB; of each: {told}, together {sum(work):.0f} ms; {text.count(10) / count:.0f} quads, "
        f"{len(text) / count / 1024:.0f} KiB plain, {len(packed) / count / 1024:.1f} KiB compressed"
    )


def shown(m: Measured) -> str:
    memory = ", ".join(f"{kind} {size / 2**20:.0f} ({m.own[kind] / 2**20:.1f} of its own)" for kind, size in sorted(m.memory.items()))
    return (
        f"{m.engine:5} {m.documents:6} documents: {m.clock:7.1f} s, {1000 * m.work / m.documents:5.0f} ms of work a document, "
        f"MiB at most: {memory}; {m.shuffled / m.documents / 1024:6.1f} KiB shuffled and {m.written / m.documents / 1024:6.0f} KiB written a document"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[250, 1000])
    parser.add_argument("--folder", default=None, help="where to write")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--engine", choices=("local", "spark"), help="measure one engine alone")
    parser.add_argument("--short", action="store_true", help="short documents, for what hangs on their number")
    parser.add_argument("--small", action="store_true", help="small slices, tasks, shards and heap for Spark")
    parser.add_argument("--functions", type=int, default=0, metavar="N", help="measure the functions alone, over N documents")
    arguments = parser.parse_args()
    if arguments.functions:
        print(functions(arguments.functions))
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        work = Path(folder)
        runs: dict[str, list[Measured]] = {"local": [], "spark": []}
        for documents in arguments.sizes:
            source = work / str(documents)
            write_documents(source, documents, short=arguments.short)
            on_spark = partial(spark, master=arguments.master, small=arguments.small)
            engines: dict[str, Callable[[Path, int, Path], Measured]] = {"local": local, "spark": on_spark}
            for engine in [arguments.engine] if arguments.engine else engines:
                runs[engine].append(engines[engine](source, documents, work))
                print(shown(runs[engine][-1]), flush=True)
            shutil.rmtree(source)
    for engine, measured_ in runs.items():
        if len(measured_) < 2:
            continue
        few, many = measured_[-2:]
        grown = {kind: (many.own[kind] - few.own.get(kind, 0)) / (many.documents - few.documents) for kind in sorted(many.own)}
        print(f"{engine}: bytes that grow with a document: {', '.join(f'{kind} {size:.0f}' for kind, size in grown.items())}")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
