"""The build on Spark, stage by stage. What a stage gives is kept in the output's folder `_work` until the end, with Spark's `_SUCCESS` as the
mark that it is whole: a build that was stopped goes on where it was, when documents, code and sizes are the same.

The driver holds the names of one slice of documents at a time, overlays, and counts.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..assembly.overlay import UNUSED, Overlay
from ..assembly.proposals import Proposed
from ..core.errors import ReadError, YangfanError
from ..core.limits import limits
from ..core.model import ASSERTED, BASES
from ..core.namespaces import PACKAGE
from ..core.stream import batches
from ..core.version import __version__
from ..corpus.versions import code_version, library_versions
from ..formats.nquads import shard_name
from ..formats.parquet import TABLES
from ..readers.registry import ENDINGS
from . import stages
from .files import Files, Listed, escaped, qualified
from .proposed import fetched, items_of, judged
from .read import entry_in, read
from .resolve import term_of
from .session import session, shipped
from .shards import run_lines, run_of
from .shared import both, either
from .stages import Overlays, Sizes
from .take import refused_in
from .wire import Record, pack, place, unpack

Told = Callable[[str, int, int], None]
_READ = "name string, key string, group string, entry binary, reading binary, fault string"
_PROPOSED = "kind string, group string, key string, data binary"
_GATHERED = "group string, kind string, key string, data binary"
_TAKEN = "kind string, wave int, shard int, key string, data binary"
_TYPES = {"string": "string", "int64": "bigint", "double": "double", "bool": "boolean", "list": "array<string>"}
_SHOWN = 1_000
"""How many documents that were set aside are named in the report; all of them stand in the folder `rejected`."""


class Given(NamedTuple):
    """Files besides the documents: overlays, and what other tools propose."""

    overlays: Sequence[str]
    proposed: Sequence[str]


class Made(NamedTuple):
    """What a build on Spark gives: its report as plain values, and how many slices and waves an earlier run had done already."""

    report: dict[str, Any]
    kept: int


def build(
    source: str,
    out: str,
    *,
    master: str = "",
    overlays: Sequence[str] = (),
    proposed: Sequence[str] = (),
    sizes: Sizes | None = None,
    settings: dict[str, str] | None = None,
    told: Told | None = None,
) -> Made:
    """Build the graph of all documents in a folder of any Hadoop file system into another: `nquads`, `parquet`, `report.json`.

    Of overlays those beside the documents are used, and those that are named here, wherever they are; of the files `proposed`, in which
    other tools say what they extracted, what holds comes in as proposals.

    Raises `ReadError` for a folder without documents, `OutputError` for one that cannot be written to, `MissingLibrary` without PySpark.
    """
    spark = session(master, settings)
    try:
        with shipped(spark), tempfile.TemporaryDirectory(prefix="yangfan-") as folder:
            return _Build(spark, source, out, Given(overlays, proposed), sizes or Sizes(), told, Path(folder)).run()
    except YangfanError:
        raise
    except Exception as error:
        java = getattr(error, "java_exception", None)
        if java is None:
            raise
        raise YangfanError(f"Spark gave up: {' '.join(str(java.getMessage() or java).split())[:300]}") from error
    finally:
        spark.stop()


class _Build:
    def __init__(self, spark: Any, source: str, out: str, given: Given, sizes: Sizes, told: Told | None, here: Path) -> None:
        self.spark, self.files, self.told = spark, Files(spark), told or (lambda *_: None)
        self.named, self.root = source.rstrip("/"), self.files.full(qualified(source))
        self.out = qualified(out)
        self._given = [self.files.full(qualified(path)) for path in given.overlays]
        places = [self.files.full(qualified(path)) for path in given.proposed]
        paths = fetched(self.files, places, here)
        self._items = dict(zip(paths, items_of(paths, places), strict=True))
        self.work = f"{self.out}/_work"
        self.sizes = sizes
        self.kept = 0

    def run(self) -> Made:
        count, slices = self._listed()
        shards = -(-count // self.sizes.shard)
        waves = -(-shards // self.sizes.wave)
        self._stage("read", slices, self._read)
        if self._items:
            self._stage("propose", 1, self._propose)
        overlays, unused = self._overlays()
        self._stage("gather", 1, partial(self._gather, slices))
        self._stage("take", slices, partial(self._take, overlays, shards))
        self._stage("share", 1, partial(self._share, shards))
        self._stage("describe", 1, partial(self._describe, shards))
        for name in ("quads", *TABLES):
            self._stage(f"shard {name}", waves, partial(self._shard, name, shards))
        report = self._report(count, unused)
        self._publish(report, waves)
        return Made(report, self.kept)

    def _stage(self, name: str, parts: int, do: Callable[[int, str], None]) -> None:
        """Do the parts of a stage that have no mark yet; each writes into a folder of its own."""
        for part in range(parts):
            folder = self._folder(name, part)
            if self.files.exists(f"{folder}/_SUCCESS"):
                self.kept += 1
            else:
                do(part, folder)
            self.told(name, part + 1, parts)

    def _folder(self, name: str, part: int) -> str:
        return f"{self.work}/{name.replace(' ', '-')}/{part:05}"

    def _parts(self, name: str, schema: str) -> Any:
        """Give all that a stage has written."""
        folder = f"{self.work}/{name.replace(' ', '-')}"
        listed = [escaped(f"{folder}/{part}") for part in self.files.names(folder)]
        return self.spark.read.schema(schema).parquet(*listed)

    def _keep(self, rows: Any, schema: str, folder: str) -> None:
        frame = self.spark.createDataFrame(rows, schema, verifySchema=False)
        frame.write.mode("overwrite").parquet(folder)

    # the documents

    def _listed(self) -> tuple[int, int]:
        """List the documents into files of a slice each, unless an earlier run has listed the same; gives how many there are, and slices."""
        if not self.files.exists(self.root):
            raise ReadError("no such file or folder", file=self.named)
        state = f"{self.work}/state.json"
        before = json.loads(self.files.read(state)) if self.files.exists(state) else {}
        now = {"code": _code(), "sizes": list(self.sizes), "limits": list(limits())}
        if before and before["made"] == now and self._digest() == before["documents"]:
            return self._state[1], self._state[2]
        self.files.remove(self.work)
        self._digest(write=True)
        found = {"made": now, "documents": self._state[0]}
        if not self._state[1]:
            raise ReadError(f"no documents in this folder (known: {' '.join(ENDINGS)})", file=self.named)
        self.files.write(state, json.dumps(found).encode("utf-8"))
        return self._state[1], self._state[2]

    def _digest(self, *, write: bool = False) -> str:
        digest, count, number = hashlib.sha256(), 0, -1
        self._overlay_files: list[str] = []
        for number, some in enumerate(batches(self._documents(), self.sizes.slice)):
            lines = "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in some).encode("utf-8", "surrogatepass")
            digest.update(lines)
            if write:
                self.files.write(f"{self.work}/list/{number:05}.jsonl", lines)
            count += len(some)
        # An overlay that is named and lies beside its documents is one overlay.
        self._overlay_files = list(dict.fromkeys((*sorted(self._overlay_files), *self._given)))
        for path in self._overlay_files:
            digest.update(self.files.read(path))
        for file in self._items:
            digest.update(b"".join(part.name.encode("utf-8", "surrogatepass") + part.read_bytes() for part in sorted(file.parent.iterdir())))
        self._state = digest.hexdigest(), count, number + 1
        return self._state[0]

    def _documents(self) -> Iterator[Listed]:
        """Give the documents in the folder; hidden ones are left out, and overlays noted."""
        for one in self.files.inside(self.root):
            parts = PurePosixPath(one.path[len(self.root) :]).parts
            if any(part.startswith((".", "_work")) for part in parts):
                continue
            if one.path.endswith(".overlay.yaml"):
                self._overlay_files.append(one.path)
            elif PurePosixPath(one.path).suffix.lower() in ENDINGS:
                yield one

    def _slice(self, part: int) -> list[Listed]:
        lines = self.files.read(f"{self.work}/list/{part:05}.jsonl").decode("utf-8", "surrogatepass")
        return [Listed(*json.loads(line)) for line in lines.splitlines()]

    def _read(self, part: int, folder: str) -> None:
        """Read the documents of a slice; one that is too large, or gone, is told of as such."""
        listed, most = self._slice(part), limits().file * 1_000_000
        fit = [escaped(one.path) for one in listed if 0 < one.size <= most]
        found = self.spark.read.format("binaryFile").load(fit).select("path", "content") if fit else None
        context = self.spark.sparkContext
        rows = found.rdd.mapPartitions(partial(stages.read_rows, root=self.root, named=self.named)) if found else context.emptyRDD()
        fault = f"larger than {most // 1_000_000} MB (--read-file)"
        large = [(self._name(one.path), "", "", b"", b"", f"{self._name(one.path)}: {fault}") for one in listed if one.size > most]
        # Spark gives no row for a file without a byte.
        empty = [tuple(read(self._name(one.path), b"")) for one in listed if not one.size]
        told = [*large, *empty]
        self._keep(rows.union(context.parallelize(told, 1)) if told else rows, _READ, folder)

    def _name(self, path: str) -> str:
        return self.named + path[len(self.root) :]

    def _entries(self) -> Any:
        """Give the entries, of copies of a text the first by name."""
        rows = self._parts("read", _READ).select("key", "name", "entry", "fault").rdd
        return rows.mapPartitions(stages.entries).reduceByKey(min, self._tasks(), partial(_placed, self._tasks()))

    def _tasks(self) -> int:
        """Give into how many tasks a slice is parted, and all that is known of the documents but their texts."""
        return -(-min(self._state[1], self.sizes.slice) // self.sizes.task)

    def _overlays(self) -> tuple[Overlays, list[str]]:
        """Give the overlays by the plan that they are about (among several of one name the first by IRI), and those about none."""
        loaded = {}
        for path in self._overlay_files:
            name, content = PurePosixPath(path).name, self.files.read(path)
            loaded[path] = (_plan_of(name, content), name, content)
        if not loaded:
            return {}, []
        wanted = frozenset(plan for plan, _, _ in loaded.values())
        bearing = self._entries().mapPartitions(partial(_bearers, wanted=wanted)).reduceByKey(min).collect()
        plans = dict(bearing)
        found: Overlays = {}
        for plan, name, content in loaded.values():
            if plan in plans:
                found[plans[plan]] = (*found.get(plans[plan], ()), (name, content))
        return found, [name for plan, name, _ in loaded.values() if plan not in plans]

    def _propose(self, _: int, folder: str) -> None:
        """Keep what holds of other tools' files, each proposal with its group, and what is to be told of the files."""
        rows = self._parts("read", _READ).select("key", "group", "reading", "fault").rdd
        proposed, theirs = judged(self._items, self._entries(), rows)
        kept = [("proposed", group, f"{rank:09}", pack(one)) for rank, (group, one) in enumerate(zip(theirs, proposed.proposals, strict=True))]
        kept += [("warnings", "", name, pack(told)) for name, told in proposed.warnings.items()]
        self._keep(self.spark.sparkContext.parallelize(kept, 1), _PROPOSED, folder)

    # the groups

    def _gather(self, slices: int, _: int, folder: str) -> None:
        """Let citations meet the plans that they mean, and all that belongs to a group come together, into as many slices as were read."""
        tasks = self._tasks()
        index = self._entries().mapPartitions(stages.index)
        meant = index.repartitionAndSortWithinPartitions(tasks, partial(_of_term, tasks)).mapPartitions(stages.resolve)
        read = self._parts("read", _READ).select("name", "key", "group", "reading", "fault").rdd.mapPartitions(stages.readings)
        parts = slices * tasks
        if self._items:
            read = read.union(self._parts("propose", _PROPOSED).where("kind = 'proposed'").rdd.mapPartitions(stages.regrouped))
        together = read.union(meant).repartitionAndSortWithinPartitions(parts, partial(_of_group, parts))
        rows = together.mapPartitionsWithIndex(partial(_sliced, tasks=tasks))
        frame = self.spark.createDataFrame(rows, f"slice int, {_GATHERED}", verifySchema=False)
        frame.write.mode("overwrite").partitionBy("slice").parquet(folder)

    def _take(self, overlays: Overlays, shards: int, part: int, folder: str) -> None:
        """Take apart the groups of a slice; each task writes one file, sorted by what will be asked for."""
        place_ = f"{self._folder('gather', 0)}/slice={part}"
        if not self.files.exists(place_):
            self._keep(self.spark.sparkContext.emptyRDD(), _TAKEN, folder)
            return
        rows = self.spark.read.schema(_GATHERED).parquet(escaped(place_)).where("kind <> 'aside'").rdd.mapPartitions(stages.regrouped)
        tasks = self._tasks()
        together = rows.repartitionAndSortWithinPartitions(tasks, partial(_of_group, tasks))
        done = together.mapPartitions(partial(stages.taken, overlays=overlays, shard_count=shards, wave=self.sizes.wave))
        frame = self.spark.createDataFrame(done, _TAKEN, verifySchema=False)
        frame.sortWithinPartitions("kind", "wave").write.mode("overwrite").parquet(folder)

    def _taken(self, *kinds: str) -> Any:
        listed = ", ".join(f"'{kind}'" for kind in kinds)
        return self._parts("take", _TAKEN).where(f"kind in ({listed})")

    def _share(self, shards: int, _: int, folder: str) -> None:
        """Put together what groups share; each combines its own part before it goes to the others."""
        tasks, wave = self._tasks(), self.sizes.wave
        hashed = partial(_placed, tasks)
        known = self._taken("known").rdd.mapPartitions(stages.known).reduceByKey(both, tasks, hashed)
        said = self._taken("said").rdd.mapPartitions(stages.said).reduceByKey(either, tasks, hashed)
        nodes = known.mapPartitions(partial(stages.nodes_put_together, shard_count=shards, wave=wave))
        edges = said.mapPartitions(partial(stages.edges_put_together, shard_count=shards, wave=wave))
        frame = self.spark.createDataFrame(nodes.union(edges), _TAKEN, verifySchema=False)
        frame.sortWithinPartitions("kind", "wave").write.mode("overwrite").parquet(folder)

    def _describe(self, shards: int, _: int, folder: str) -> None:
        """Describe the run and what it came to, as the default graph has it."""
        bases = self._bases()
        keys = self._taken("source").select("key").orderBy("key")
        told = run_of(lambda: (row.key for row in keys.toLocalIterator()), bases)
        lines = run_lines(told, bases)
        wave = self.sizes.wave
        each = self._taken("source").rdd.mapPartitions(partial(stages.sources, told=told, lines=lines, shard_count=shards, wave=wave))
        first = stages.row_of(Record("quads", "\n", pack("".join(sorted(lines)))), shards, wave)
        rows = each.union(self.spark.sparkContext.parallelize([first], 1))
        self._keep(rows, _TAKEN, folder)

    def _counts(self) -> dict[tuple[str, str], int]:
        rows = self._taken("tally").unionAll(self._parts("share", _TAKEN).where("kind = 'tally'")).rdd
        found: dict[tuple[str, str], int] = dict(rows.mapPartitions(stages.counted).reduceByKey(_added).collect())
        return found

    def _bases(self) -> list[str]:
        counts = self._counts()
        return [basis for basis in BASES if basis != "stated" and counts.get(("statements", basis))]

    # the shards

    def _shard(self, name: str, shards: int, wave: int, folder: str) -> None:
        """Write the shards of a wave, sorted, into files of their own."""
        first = wave * self.sizes.wave
        count = min(self.sizes.wave, shards - first)
        kinds = f"kind = '{name}' and wave = {wave}"
        both_ = [self._parts(stage, _TAKEN) for stage in ("take", "share", *(["describe"] if name == "quads" else []))]
        rows = both_[0].unionAll(both_[1])
        rows = rows.unionAll(both_[2]) if len(both_) > 2 else rows
        listed = rows.where(kinds).rdd.mapPartitions(stages.keyed)
        if name == "quads":
            common = both_[0].where(f"kind = 'common' and wave = {wave}").rdd.mapPartitions(stages.keyed)
            listed = listed.union(common.map(_paired).reduceByKey(_one, self._tasks(), partial(_placed_pair, self._tasks())).keys())
        ordered = listed.repartitionAndSortWithinPartitions(count, partial(_of_shard, first))
        if name == "quads":
            self.files.remove(folder)
            ordered.mapPartitions(stages.lines_of).saveAsTextFile(folder, "org.apache.hadoop.io.compress.GzipCodec")
        else:
            schema = ", ".join(f"`{column}` {_type(kind)}" for column, kind in TABLES[name].columns.items())
            self._keep(ordered.mapPartitions(partial(stages.rows_of, name)), schema, folder)

    def _report(self, count: int, unused: Iterable[str]) -> dict[str, Any]:
        counts = self._counts()
        rejected = self._rejected()
        shown = {row.name: row.reason for row in rejected.orderBy("name").limit(_SHOWN).collect()}
        many = rejected.count()

        def of(kind: str) -> dict[str, int]:
            return {name: number for (what, name), number in sorted(counts.items()) if what == kind and number}

        documents = self._taken("source").count()
        gone = count - self._parts("read", _READ).count()
        warnings = {name: [UNUSED] for name in unused} | self._told_of_proposals()
        for row in self._taken("left").orderBy("key").select("data").limit(_SHOWN).collect():
            name, remark = unpack(bytes(row.data))
            warnings.setdefault(name, []).append(remark)
        if gone:
            warnings[self.named] = [f"{gone} documents went away while the folder was read"]
        return {
            "version": __version__,
            "listed": count,
            "documents": documents,
            "nodes": sum(of("nodes").values()),
            "edges": sum(of("edges").values()),
            "statements": sum(number for basis, number in of("statements").items() if basis in ASSERTED),
            "passages": sum(of("passages").values()),
            "classes": of("nodes"),
            "relations": of("edges"),
            "bases": {basis: number for basis, number in of("statements").items() if basis in ASSERTED},
            "rejected_count": many,
            "rejected": shown,
            "warnings": dict(sorted(warnings.items())),
            **({"proposed": {"edges": of("proposed"), "tools": of("tools"), "candidates": of("candidates")}} if of("tools") else {}),
        }

    def _told_of_proposals(self) -> dict[str, list[str]]:
        """Give what is to be told of other tools' files: what of them does not hold, and what cannot stand in its graph."""
        if not self._items:
            return {}
        told = self._parts("propose", _PROPOSED).where("kind = 'warnings'").collect()
        proposed = Proposed([], {row.key: unpack(bytes(row.data)) for row in told})
        refused = (bytes(row.data) for row in self._taken("refused").orderBy("key").select("data").toLocalIterator())
        proposed.leave_out(map(refused_in, refused))
        return proposed.warnings

    def _rejected(self) -> Any:
        """Give the documents that were set aside, each with its reason: not read, a copy of another, or of a plan that does not hold."""
        read = self._parts("read", _READ).where("fault <> ''").selectExpr("name", "fault as reason")
        gathered = self.spark.read.schema(_GATHERED).parquet(escaped(self._folder("gather", 0))).where("kind = 'aside'").select("data")
        aside = self._taken("aside").select("data").unionAll(gathered)
        clashes = self._parts("share", _TAKEN).where("kind = 'aside'").select("data")
        told = self.spark.createDataFrame(
            aside.unionAll(clashes).rdd.mapPartitions(_asides), "name string, reason string", verifySchema=False
        )
        return read.unionAll(told)

    def _publish(self, report: dict[str, Any], waves: int) -> None:
        """Put what was written in the place of what an earlier build left, the report last; then the work's folder goes."""
        if not report["documents"]:
            raise ReadError("; ".join(list(report["rejected"].values())[:5]) or "no documents", file=self.named)
        self._rejected().coalesce(1).write.mode("overwrite").json(f"{self.work}/rejected")
        self.files.remove(f"{self.out}/report.json")
        names = ("quads", *TABLES)
        for number, name in enumerate(names, start=1):
            folder = f"{self.work}/final/{name}"
            for wave in range(waves):
                place_ = self._folder(f"shard {name}", wave)
                for file in self.files.names(place_):
                    if file.startswith("part-"):
                        shard = wave * self.sizes.wave + int(file[5:10])
                        end = shard_name(shard) if name == "quads" else f"part-{shard:05}.parquet"
                        self.files.rename(f"{place_}/{file}", f"{folder}/{end}")
            # Where an earlier run was stopped behind this, there is nothing left to move.
            if self.files.exists(folder):
                self.files.write(f"{folder}/_SUCCESS", b"")
                self.files.rename(folder, f"{self.out}/{'nquads' if name == 'quads' else f'parquet/{name}'}")
            self.told("publish", number, len(names))
        self.files.rename(f"{self.work}/rejected", f"{self.out}/rejected")
        self.files.write(f"{self.out}/report.json", json.dumps(report, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
        self.files.remove(self.work)


def _code() -> str:
    """Give what decides a result besides documents: code and ontology, also where they lie in a zip file, and the driver's libraries."""
    code = code_version() if PACKAGE.is_dir() else hashlib.sha256(PACKAGE.parent.read_bytes()).hexdigest()
    return f"{code}, {library_versions()}"


def _plan_of(name: str, content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return Overlay(path).plan


def _type(kind: str) -> str:
    if kind.startswith("list<"):
        fields = kind.removeprefix("list<").removesuffix(">").split(", ")
        return f"array<struct<{', '.join(f'{field}: string' for field in fields)}>>"
    return _TYPES[kind]


def _bearers(pairs: Iterable[Any], wanted: frozenset[str]) -> Iterator[tuple[str, str]]:
    for _, (_, data) in pairs:
        entry = entry_in(data)
        yield from ((name, entry.group) for name in entry.names if name in wanted)


def _asides(rows: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for row in rows:
        name, reason = unpack(bytes(row.data))
        yield name, reason


# where records go


def _placed(places: int, key: str) -> int:
    return place(key, places)


def _placed_pair(places: int, pair: tuple[tuple[int, str], bytes]) -> int:
    return place(pair[0][1], places)


def _of_term(places: int, key: Any) -> int:
    return place(term_of(key), places)


def _of_group(places: int, key: tuple[str, str, str]) -> int:
    return place(key[0], places)


def _of_shard(first: int, key: tuple[int, str]) -> int:
    return key[0] - first


def _sliced(number: int, part: Iterable[Any], tasks: int) -> Iterator[tuple[Any, ...]]:
    return ((number // tasks, *row) for row in stages.gathered(part))


def _paired(record: tuple[tuple[int, str], bytes]) -> tuple[tuple[tuple[int, str], bytes], None]:
    return record, None


def _one(_: None, __: None) -> None:
    return None


def _added(a: int, b: int) -> int:
    return a + b


