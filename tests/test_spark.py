"""The build on Spark gives what a local build gives, to the byte, on one machine and on a cluster that loses a worker while it works."""

from __future__ import annotations

import contextlib
import csv
import gzip
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet
import pyoxigraph as ox
import pytest

from benchmarks.documents import write_documents
from tests.places import ROOT
from tests.samples_checked import OVERLAY, PLAN
from tests.test_corpus import FOREST, plant
from yangfan.core.errors import YangfanError
from yangfan.core.staging import locked
from yangfan.formats.parquet import TABLES
from yangfan.pipeline import build as build_here

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java"),
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="no PySpark (the extra spark)"),
    # What PySpark says of pandas, and of sockets that it leaves to the garbage collector.
    pytest.mark.filterwarnings("ignore"),
]
SETTINGS = {
    "spark.driver.memory": "600m",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Make a folder once for all processes that run tests: what is made here is dear."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "spark-once"
    root.mkdir(exist_ok=True)

    def give(name: str, make: Callable[[Path], None]) -> Path:
        place, key = root / name, root / f"{name}.lock"
        place.mkdir(exist_ok=True)
        key.mkdir(exist_ok=True)
        # A build holds the lock of the folder above its output, so that this cannot be that one.
        with locked(key):
            if not (place / "made").exists():
                make(place)
                (place / "made").touch()
        return place

    return give


@pytest.fixture(scope="module")
def folder(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Two hundred plans that cite each other, plans with what is inferred and curated, a copy, and documents that cannot be read."""

    def make(place: Path) -> None:
        folder = place / "plans，[1] 与{2}"
        write_documents(folder / "many", 200)
        plant(folder / "forest", FOREST)
        (folder / "plan.md").write_text(PLAN, encoding="utf-8")
        (folder / "plan.overlay.yaml").write_text(OVERLAY.replace("alt: x, ", ""), encoding="utf-8")
        # Named, and not beside the documents.
        (place / "stray.overlay.yaml").write_text(OVERLAY.replace("alt: x, ", "").replace("海政发〔2024〕8号", "无此计划"), encoding="utf-8")
        (folder / "copy.md").write_text(PLAN, encoding="utf-8")
        (folder / "empty.txt").write_text("", encoding="utf-8")
        (folder / "damaged.pdf").write_bytes(b"%PDF-1.7 damaged")
        (folder / ".hidden.md").write_text(PLAN, encoding="utf-8")
        propose(place / "tools")

    return once("folder", make) / "plans，[1] 与{2}"


HEADER = ("subject", "relation", "object", "quote", "document", "start", "class", "subject_class", "object_class", "tool")
PROPOSED = (
    # Hold: of the first file by its name, of a document that is not named, of one that says where, of a shared node.
    ("建设渔港平台", "usesTechnology", "现有资源", "建设渔港平台。整合现有资源，应用人工智能技术", "copy", "", "", "Task", "Technology", "Extractor"),
    ("海州市渔港建设行动计划（2024—2026年）", "hasIndustry", "深水泊位", "深水泊位数量达到12个以上", "", "", "", "Plan", "Industry", "Extractor"),
    ("智慧港口", "usesTechnology", "人工智能", "应用人工智能技术，服务智慧港口行业", "copy.md", "", "", "Industry", "Technology", "Other"),
    # Stands in almost every document: the first by key has it.
    ("", "", "", "人工智能", "", "", "Technology", "", "", "Other"),
    # Do not: elsewhere, altered, nowhere, of no document, of a copy that does not count; and what cannot stand in the graph.
    ("建设渔港平台", "concerns", "智慧港口", "服务智慧港口行业", "copy", "3", "", "", "", "Other"),
    ("", "", "", "推动智慧港口应用大资料技术", "", "", "Technology", "", "", "Other"),
    ("", "", "", "没有这样的话", "", "", "Technology", "", "", "Other"),
    ("", "", "", "人工智能", "nosuch", "", "Technology", "", "", "Other"),
    ("", "", "", "人工智能", "plan", "", "Technology", "", "", "Other"),
    ("建设渔港平台", "hasTarget", "人工智能", "建设渔港平台。整合现有资源，应用人工智能技术", "copy", "", "", "", "", "Other"),
)


def propose(folder: Path) -> None:
    """Write what two tools propose: a table, and relations that name stretches of text of a table beside theirs."""
    folder.mkdir()
    with (folder / "found.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *PROPOSED])
    units = [{"id": "u1", "text": "推动智慧港口应用大数据技术，制定本计划。"}]
    edges = [{"source": "智慧港口", "type": "usesTechnology", "target": "大数据", "text_unit_ids": ["u1"]}]
    for name, listed in (("text_units", units), ("relationships", edges)):
        parquet.write_table(arrow.Table.from_pylist(listed), folder / f"{name}.parquet")


def proposals(folder: Path) -> list[Path]:
    return [folder.parent / "tools" / name for name in ("found.csv", "relationships.parquet")]


@pytest.fixture(scope="module")
def local(folder: Path, once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """What the local engine makes of the folder."""

    def make(place: Path) -> None:
        files = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".html", ".txt", ".pdf") and path.name[0] != ".")
        overlays = [folder / "plan.overlay.yaml", folder.parent / "stray.overlay.yaml"]
        formats = ["nquads", "parquet"]
        assert build_here(files, place / "out", overlays, proposed=proposals(folder), strict=False, formats=formats).findings == []

    return once("local", make) / "out"


def quads(out: Path) -> list[str]:
    shards = sorted((out / "nquads").glob("part-*.nq.gz"))
    return sorted(line for shard in shards for line in gzip.decompress(shard.read_bytes()).decode("utf-8").splitlines(keepends=True))


def rows(out: Path, table: str) -> list[str]:
    place = out / "parquet" / table
    files = sorted(place.glob("*.parquet")) if place.is_dir() else [place.with_suffix(".parquet")]
    return sorted(json.dumps(row, ensure_ascii=False) for file in files for row in parquet.ParquetFile(file).read().to_pylist())


def on_spark(folder: Path, out: Path, **more: Any) -> Any:
    from yangfan.spark.build import build
    from yangfan.spark.stages import Sizes

    given: dict[str, Any] = {"master": "local[2]", "sizes": Sizes(slice=150, task=80, shard=80, wave=2), "settings": SETTINGS}
    return build(more.pop("source", str(folder)), str(out), **{**given, **more})


@pytest.fixture(scope="module")
def spark(folder: Path, once: Callable[[str, Callable[[Path], None]], Path]) -> tuple[Path, dict[str, Any]]:
    """What Spark makes of the folder in one process, and its report."""
    overlays = [str(folder / "plan.overlay.yaml"), str(folder.parent / "stray.overlay.yaml")]
    given = {"overlays": overlays, "proposed": [*map(str, proposals(folder))]}
    out = once("spark", lambda place: on_spark(folder, place / "out", **given)) / "out"
    return out, json.loads((out / "report.json").read_text(encoding="utf-8"))


def test_the_quads_are_those_of_the_local_engine(local: Path, spark: tuple[Path, dict[str, Any]]) -> None:
    wanted, found = quads(local), quads(spark[0])
    assert len(wanted) > 900_000
    assert found == wanted
    assert any("/graph/inferred>" in line for line in found)
    assert any("/graph/curated>" in line for line in found)
    assert any("/graph/proposed>" in line for line in found)


def test_the_tables_are_those_of_the_local_engine(local: Path, spark: tuple[Path, dict[str, Any]]) -> None:
    for table in TABLES:
        assert rows(spark[0], table) == rows(local, table), table


def test_shards_are_sorted_and_hold_nothing_twice(spark: tuple[Path, dict[str, Any]]) -> None:
    out = spark[0]
    names = [path.name for path in sorted((out / "nquads").iterdir()) if not path.name.startswith(".")]
    assert names == ["_SUCCESS", "part-00000.nq.gz", "part-00001.nq.gz", "part-00002.nq.gz"]
    assert not (out / "_work").exists()
    shard = out / "nquads" / "part-00000.nq.gz"
    graphs = [str(quad.graph_name) for quad in ox.parse(gzip.decompress(shard.read_bytes()), format=ox.RdfFormat.N_QUADS)]
    # The default graph comes first.
    assert graphs[0] == "DEFAULT"
    assert [graph for graph in graphs if graph != "DEFAULT"] == sorted(graph for graph in graphs if graph != "DEFAULT")
    assert len(quads(out)) == len(set(quads(out)))
    for file in (out / "parquet" / "nodes").glob("*.parquet"):
        iris = parquet.read_table(file).column("iri").to_pylist()
        assert iris == sorted(iris)


def test_a_bad_document_costs_itself_alone_and_the_report_says_why(folder: Path, local: Path, spark: tuple[Path, dict[str, Any]]) -> None:
    report = spark[1]
    here = json.loads((local / "report.json").read_text(encoding="utf-8"))

    def told(rejected: dict[str, str]) -> dict[str, str]:
        return {Path(name).name: reason.replace(f"{folder}/", "") for name, reason in rejected.items()}

    assert report["rejected_count"] == 3
    assert told(report["rejected"]) == told(here["rejected"])
    for name in ("nodes", "edges", "statements", "classes"):
        assert report[name] == here[name], name
    assert report["bases"].keys() == {"stated", "inferred", "curated"}
    assert report["warnings"] == {name: here["warnings"][name] for name in ("found.csv", "stray.overlay.yaml")}


def test_what_other_tools_propose_is_judged_and_counted_as_on_one_machine(local: Path, spark: tuple[Path, dict[str, Any]]) -> None:
    here = json.loads((local / "report.json").read_text(encoding="utf-8"))
    assert spark[1]["proposed"] == here["proposed"]
    assert here["proposed"]["tools"] == {"Extractor": 2, "GraphRAG": 1, "Other": 2}
    assert len(here["warnings"]["found.csv"]) == 7


def test_a_file_of_another_tool_that_cannot_be_read_is_one_line_and_costs_no_reading(tmp_path: Path) -> None:
    folder = plant(tmp_path / "forest", FOREST)[0].parent
    (tmp_path / "found.doc").write_text("x", encoding="utf-8")
    for name, message in (("found.doc", "no form that is known"), ("gone.csv", "does not exist")):
        with pytest.raises(YangfanError, match=rf"^file:{tmp_path}/{name}: .*{message}|{name}.*{message}"):
            on_spark(folder, tmp_path / "out", proposed=[str(tmp_path / name)])
    assert not (tmp_path / "out").exists()


def test_a_build_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    sources = plant(tmp_path / "forest", FOREST)
    folder, out = sources[0].parent, tmp_path / "out"

    def stop(behind: str, stage: str, done: int, total: int) -> None:
        if stage == behind:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        on_spark(folder, out, told=partial(stop, "read"))
    # A document more is another build: nothing of the first is used.
    sources.append(folder / "more.md")
    sources[-1].write_text(PLAN, encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        on_spark(folder, out, told=partial(stop, "share"))
    assert not (out / "report.json").exists()
    assert (out / "_work" / "take" / "00000" / "_SUCCESS").exists()
    with pytest.raises(KeyboardInterrupt):
        on_spark(folder, out, told=partial(stop, "publish"))
    assert not (out / "report.json").exists()
    assert (out / "nquads" / "_SUCCESS").exists()
    made = on_spark(folder, out)
    assert made.kept == 11
    assert made.report["documents"] == 5
    build_here(sources, tmp_path / "here", strict=False, formats=["nquads"])
    assert quads(out) == quads(tmp_path / "here")


# a cluster


class Cluster:
    """A master and two workers on loopback, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self.home = Path(pyspark.__file__).parent
        self.folder = folder
        self.running: list[subprocess.Popen[bytes]] = []
        self.logs: list[Path] = []

    def start(self, kind: str, *arguments: str, wait: str) -> str:
        """Start a part of the cluster and give what its log says when it is there."""
        log = self.folder / f"{len(self.running)}.log"
        environment = {
            **os.environ,
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "200m",
            "SPARK_WORKER_DIR": str(self.folder / "work"),
            "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        }
        command = ["/bin/bash", str(self.home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *arguments]
        with log.open("wb") as stream:
            # In a group of its own, so that the script and its Java process end together.
            process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment, start_new_session=True)
        self.running.append(process)
        pause = threading.Event()
        for _ in range(1200):
            found = re.search(wait, log.read_text(encoding="utf-8", errors="replace"))
            if found:
                return found[0]
            if process.poll() is not None:
                break
            pause.wait(0.1)
        raise AssertionError(log.read_text(encoding="utf-8", errors="replace")[-2000:])

    def kill(self, number: int) -> None:
        """Kill a part by its own process group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[number].pid, signal.SIGKILL)
        self.running[number].wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[Cluster, str]]:
    cluster = Cluster(tmp_path)
    try:
        master = cluster.start("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0", wait=r"spark://127\.0\.0\.1:\d+")
        for _ in range(2):
            arguments = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", "1g", master)
            cluster.start("worker.Worker", *arguments, wait="Successfully registered with master")
        yield cluster, master
    finally:
        for number in range(len(cluster.running)):
            cluster.kill(number)


def when_working(act: Callable[[], None]) -> threading.Thread:
    """Do something as soon as a task runs on a worker."""

    def wait() -> None:
        from pyspark import SparkContext

        pause = threading.Event()
        for _ in range(6000):
            context = SparkContext._active_spark_context
            tracker = context.statusTracker() if context else None
            stages = [tracker.getStageInfo(one) for one in tracker.getActiveStageIds()] if tracker else []
            if any(stage and stage.numActiveTasks for stage in stages):
                act()
                return
            pause.wait(0.02)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def test_a_cluster_that_loses_a_worker_while_it_works_gives_the_same_bytes(
    folder: Path, local: Path, cluster: tuple[Cluster, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, master = cluster
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    killed: list[threading.Thread] = []

    def told(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("gather", 1):
            # The groups are about to be taken apart: the worker goes while it is at it.
            killed.append(when_working(lambda: parts.kill(2)))

    settings = {**SETTINGS, "spark.executor.memory": "600m", "spark.cores.max": "2"}
    made = on_spark(folder, tmp_path / "out", master=master, settings=settings, told=told, proposed=[*map(str, proposals(folder))])
    killed[0].join()
    assert parts.running[2].returncode == -signal.SIGKILL
    assert parts.running[1].poll() is None
    assert made.report["documents"] == 205
    assert quads(tmp_path / "out") == quads(local)
    for table in TABLES:
        assert rows(tmp_path / "out", table) == rows(local, table), table


# the command line


def test_what_spark_cannot_reach_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(YangfanError, match=r"nowhere: no such file or folder$"):
        on_spark(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(YangfanError, match=r'^nosuch://plans: No FileSystem for scheme "nosuch"$'):
        on_spark(Path("nosuch://plans"), tmp_path / "out", source="nosuch://plans")
    assert not (tmp_path / "out" / "report.json").exists()


def test_spark_submit_takes_the_wheel_as_it_is(tmp_path: Path) -> None:
    import pyspark

    from yangfan.spark.session import packed

    folder = plant(tmp_path / "forest", {**FOREST, "empty.md": ""})[0].parent
    wheel = packed(tmp_path / "yangfan-0.1.0-py3-none-any.whl")
    script = tmp_path / "run.py"
    script.write_text("from yangfan.cli.main import main\n\nmain()\n", encoding="utf-8")
    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    command = ["/bin/bash", str(home / "bin" / "spark-submit"), "--master", "local[1]", "--driver-memory", "600m", "--py-files", str(wheel)]
    arguments = [str(script), "build", str(folder), "--engine", "spark", "--out", str(tmp_path / "out")]
    done = subprocess.run([*command, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "4 documents, " in done.stdout
    # spark-submit gives both streams of the program as one.
    assert f"rejected: {folder}/empty.md: {folder}/empty.md: an empty file\n" in done.stdout
    # It was the wheel that ran: its ontology was unpacked beside it.
    assert (tmp_path / f"{wheel.name}.ontology" / "yangfan.ttl").is_file()
