"""A Spark session, and the package on its way to the workers: as a zip file that Python imports from, as `spark-submit --py-files` does."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..core.errors import MissingLibrary, YangfanError
from ..core.namespaces import ONTOLOGY, PACKAGE

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.parquet.compression.codec": "zstd",
    # Documents are small: many go into a task.
    "spark.sql.files.openCostInBytes": str(256 << 10),
    "spark.sql.files.maxPartitionBytes": str(16 << 20),
    # Above 32 files a job lists them, by default with a task a file.
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": "16",
    # A document that goes away while a folder is read is told of, and costs no more than itself.
    "spark.sql.files.ignoreMissingFiles": "true",
    "spark.sql.shuffle.partitions": "64",
    "spark.sql.session.timeZone": "UTC",
    # What the driver keeps in mind of tasks that are done, by default of a hundred thousand a stage, for pages that are off.
    "spark.ui.retainedJobs": "20",
    "spark.ui.retainedStages": "20",
    "spark.ui.retainedTasks": "1000",
    "spark.sql.ui.retainedExecutions": "20",
    "spark.executorEnv.PYTHONUTF8": "1",
    "spark.executorEnv.PYTHONHASHSEED": "0",
}
"""What holds unless `spark-submit`, `spark-defaults.conf` or the session's owner says otherwise."""


def session(master: str = "", settings: dict[str, str] | None = None) -> Any:
    """Start a session, or take the one that `spark-submit` is about; master is Spark's (`local[2]`, `spark://host:7077`, `yarn`).

    Raises `MissingLibrary` without PySpark, `YangfanError` where Java or the master cannot be reached.
    """
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingLibrary("pyspark", "yangfan[spark]") from error
    conf = SparkConf()
    for name, value in _SETTINGS.items():
        if not conf.contains(name):
            conf.set(name, value)
    for name, value in (settings or {}).items():
        conf.set(name, value)
    if master:
        conf.setMaster(master)
    elif not conf.contains("spark.master"):
        conf.setMaster("local[*]")
    if (conf.get("spark.master") or "").startswith("local"):
        # Workers in this process run in the environment that the build runs in.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    _java()
    try:
        spark = SparkSession.builder.appName("yangfan").config(conf=conf).getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
    except Exception as error:
        # PySpark raises errors of many kinds where its Java side does not come up.
        raise YangfanError(f"Spark does not start: {' '.join(str(error).split())[:200]}") from error
    return spark


def _java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and Path(home, "bin", "java").exists()):
        raise YangfanError("Spark needs Java 17 or later: no java on the path, and no JAVA_HOME")


@contextmanager
def shipped(spark: Any) -> Iterator[None]:
    """Give this package to the workers of a session while it works; those in this process, and those of `spark-submit`, have it already."""
    context = spark.sparkContext
    if context.master.startswith("local") or not PACKAGE.is_dir():
        yield
        return
    # The driver serves the file to every worker that starts.
    with tempfile.TemporaryDirectory(prefix="yangfan-") as folder:
        context.addPyFile(str(packed(Path(folder, "yangfan.zip"))))
        yield


def packed(path: Path) -> Path:
    """Write the package with its ontology into a zip file that Python can import from."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(PACKAGE.rglob("*")):
            if file.is_file() and file.suffix != ".pyc" and ONTOLOGY not in file.parents:
                archive.write(file, f"yangfan/{file.relative_to(PACKAGE).as_posix()}")
        for file in sorted(ONTOLOGY.rglob("*")):
            if file.is_file():
                archive.write(file, f"yangfan/ontology/{file.relative_to(ONTOLOGY).as_posix()}")
    return path
