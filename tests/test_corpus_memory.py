"""What lies in memory while a folder is built does not hang on how many documents it has: at most 100 bytes for each.

Python's own memory is counted (`tracemalloc`); of whole processes `python -m benchmarks.spark 1000 3000 --engine local --short` tells.
"""

from __future__ import annotations

import gc
import json
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from yangfan.assembly.coverage import Coverage
from yangfan.assembly.records import graph_name
from yangfan.core.listing import Listing
from yangfan.core.model import Document, Edge, Line, Mention, Node, Passage, Span, Statement
from yangfan.core.namespaces import BASE
from yangfan.core.stream import Stream
from yangfan.corpus import unchanged
from yangfan.corpus.encoding import pack_document, pack_edges, pack_nodes
from yangfan.corpus.groups import DocumentEntry
from yangfan.corpus.index import Index
from yangfan.corpus.shared import unite
from yangfan.corpus.store import OF_DOCUMENTS, Store
from yangfan.corpus.stored import StoreRecords
from yangfan.corpus.tally import Tally
from yangfan.formats import turtle
from yangfan.formats.manifest import MANIFEST, manifest_of
from yangfan.formats.nquads import quads
from yangfan.formats.parquet import TABLES, TableFile, read_table
from yangfan.formats.report import Remarks, document_row, make_report, report_json
from yangfan.formats.text import encoded
from yangfan.formats.turtle import trig_file

FEW, MANY = 1100, 3100
MOST = 100
"""Bytes a document."""
CALLS = [FEW, *(FEW, MANY) * 3]
"""With how many documents each work is done: once to warm up, then in turn."""


@pytest.fixture(scope="module", autouse=True)
def _room() -> None:
    """Let the table of Python's own names, which takes in the parts of every path and gives them back, grow beforehand and not at a time."""
    names = [sys.intern(f"a name that nobody uses {number}") for number in range(200_000)]
    assert len(names) == 200_000


def grown(work: Callable[[int], None]) -> float:
    """Give by how many bytes a document the peak of memory grows from few documents to many.

    The least of three peaks counts: the interpreter's table of names is made anew now and then, which is some megabytes at once.
    """

    def peak(count: int) -> int:
        gc.collect()
        # As a build does; whoever makes circles for each document is found by them.
        gc.disable()
        tracemalloc.start()
        work(count)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        gc.enable()
        return most

    warm, *rounds = CALLS
    work(warm)
    peaks = [(count, peak(count)) for count in rounds]
    few, many = (min(most for count, most in peaks if count == wanted) for wanted in (FEW, MANY))
    return (many - few) / (MANY - FEW)


def paths(count: int) -> Iterator[Path]:
    """Names of files as people give them; no such place exists."""
    return (Path(f"/plans/海州市人民政府办公室文件/海州市第{number:05}号渔港建设行动计划（2024—2026年）.docx") for number in range(count))


def entries(count: int) -> Iterator[DocumentEntry]:
    """Documents that cite the plan before them and, as all do, one from outside."""
    plans = [Mention("Plan", f"海州市第{n}渔港建设行动计划", f"海政发〔2024〕{n}号") for n in range(2)]
    for number, path in enumerate(paths(count)):
        plan = Mention("Plan", f"海州市第{number}渔港建设行动计划", f"海政发〔2024〕{number}号")
        cited = ((plans[0]._replace(cls="CitedDocument", number=""), ""), (Mention("Plan", "渔业纲要", "示范发〔2018〕6号"), "示范发〔2018〕6号"))
        day, names = date(2024, 3, 5), (plan.label, plan.number)
        kept = Path("kept") / f"{number:064x}"
        yield DocumentEntry(f"海州市第{number:05}号-{number:032x}", plan, day, names, (), cited, path=path, kept=kept)


def test_a_list_of_files_takes_little_for_each() -> None:
    kept = []

    def list_them(count: int) -> None:
        kept.append(sum(1 for _ in Listing.ordered(paths(count))))

    assert grown(list_them) < MOST
    assert kept == CALLS
    assert list(Listing.ordered(paths(1000))) == list(paths(1000))


def test_what_is_known_of_documents_and_their_plans_lies_on_disk(tmp_path: Path) -> None:
    counts: list[int] = []

    def index_them(count: int) -> None:
        (tmp_path / "index.sqlite").unlink(missing_ok=True)
        index = Index(tmp_path / "index.sqlite")
        for entry in entries(count):
            index.add([entry])
        index.settle()
        plans = index.resolve()
        counts.append(sum(1 for group in index.groups(plans, {}) if group.basis))
        index.close()

    assert grown(index_them) < MOST
    assert counts == CALLS


@pytest.mark.parametrize("written", [lambda records: quads(records), lambda records: trig_file(records).body], ids=["nquads", "trig"])
def test_the_run_is_described_without_holding_its_documents(
    tmp_path: Path, written: Callable[[StoreRecords], Iterator[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turtle, "_KNOWN", 100)
    lengths: list[int] = []

    def write(count: int) -> None:
        (tmp_path / "store.sqlite").unlink(missing_ok=True)
        store = Store(tmp_path / "store.sqlite", fresh=True)
        for entry in entries(count):
            store.add({"source": [(entry.key, b"")]})
        store.index()
        records = StoreRecords(store, Tally(), BASE)
        # The named graphs themselves are no matter here.
        records.parts = lambda: iter(())  # type: ignore[method-assign]
        records.part_texts = lambda *_: iter(())  # type: ignore[method-assign]
        last = graph_name(f"海州市第{count - 1:05}号-{count - 1:032x}", BASE)
        texts = sum(last.rpartition("/")[2] in text for text in written(records))
        assert texts >= 3
        lengths.append(len(records.keys))
        store.close()

    assert grown(write) < MOST
    assert lengths == CALLS


def test_a_report_is_written_document_by_document(tmp_path: Path) -> None:
    rows: list[int] = []

    def report(count: int) -> None:
        (tmp_path / "store.sqlite").unlink(missing_ok=True)
        store = Store(tmp_path / "store.sqlite", fresh=True)
        for entry in entries(count):
            document = Document(entry.key, entry.path.name, "建设渔港。", (Line(0, 5),), {"title": "渔港计划"})
            row = json.dumps(document_row(document, Coverage(1, 0, {}, ())))
            account: list[tuple[object, ...]] = [("account", OF_DOCUMENTS, entry.key, "", encoded(row))]
            store.add({"source": [(entry.key, pack_document(document, ()))], "text": account})
        store.index()
        records = StoreRecords(store, Tally(), BASE)
        named = (Stream(lambda: ((entry.path.name, ["the copy gives no date"]) for entry in entries(count))) for _ in range(2))
        remarks = Remarks(*named)  # type: ignore[arg-type]
        whole = report_json(make_report(records, remarks), records, remarks)
        found = [0, 0]
        for text in whole.body:
            found = [found[0] + encoded(text).count(b'"characters": 5'), found[1] + encoded(text).count(b"gives no date")]
        assert found[1] == 2 * count
        rows.append(found[0])
        store.close()

    assert grown(report) < MOST
    assert rows == CALLS


def test_warnings_of_documents_lie_on_disk(tmp_path: Path) -> None:
    counts: list[int] = []

    def warn(count: int) -> None:
        (tmp_path / "index.sqlite").unlink(missing_ok=True)
        index = Index(tmp_path / "index.sqlite")
        for entry in entries(count):
            index.add([replace(entry, warnings=("the copy gives no date",))], [(entry.path.with_suffix(".pdf"), "an empty file")])
        index.settle()
        counts.append(sum(1 for _ in index.warnings()))
        assert sum(1 for _ in index.rejected()) == count
        index.close()

    assert grown(warn) < MOST
    assert counts == CALLS


def test_a_manifest_is_written_file_by_file(tmp_path: Path) -> None:
    def files(count: int) -> None:
        assert sum(1 for _ in manifest_of(exported(tmp_path, count))) == count + 2

    files(MANY)
    assert grown(files) < MOST


def test_exports_are_found_to_be_unchanged_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "_TICK", -(1 << 62))
    states: list[str] = []

    def files(count: int) -> None:
        states.append(unchanged.state_of(exported(tmp_path, count), frozenset(["texts"])))

    files(MANY)
    assert grown(files) < MOST
    assert len(set(states)) == 2


def exported(place: Path, count: int) -> Path:
    """Give a folder with the texts of some documents and a manifest, as a build leaves it."""
    folder = place / str(count)
    if not folder.exists():
        (folder / "texts").mkdir(parents=True)
        for entry in entries(count):
            (folder / "texts" / f"{entry.key}.txt").write_bytes(b"")
        (folder / MANIFEST).write_bytes(b"{}")
    return folder


def test_a_row_group_of_a_table_waits_on_disk(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    table = TABLES["documents"]._replace(group=MANY)
    waiting: list[int] = []

    def rows(count: int) -> None:
        with TableFile(tmp_path / "documents.parquet", table) as file:
            for nth, entry in enumerate(entries(count)):
                if nth == count - 1:
                    # Arrow's memory is not Python's.
                    waiting.append(arrow.total_allocated_bytes())
                file.add({"iri": entry.key, "key": entry.key, "characters": 5, "text": f"建设渔港。{entry.key}"})

    assert grown(rows) < MOST
    assert max(waiting) - min(waiting) < MOST * (MANY - FEW)
    assert sum(1 for _ in read_table(tmp_path / "documents.parquet", table)) == MANY
    assert [path.name for path in tmp_path.iterdir()] == ["documents.parquet"]


def test_the_edges_of_what_all_plans_share_are_put_together_some_at_a_time(tmp_path: Path) -> None:
    counts: list[int] = []
    node = Node("https://example.org/industry", "Industry", "智慧渔业", "Smart fishing")

    def share(count: int) -> None:
        (tmp_path / "store.sqlite").unlink(missing_ok=True)
        store = Store(tmp_path / "store.sqlite", fresh=True)
        for entry in entries(count):
            task = f"https://example.org/{entry.key}/task"
            passage = Passage(f"{task}/passage", entry.key, entry.key, Span(0, 5), "建设渔港。", "", "")
            said = Statement(f"{task}/statement", node.iri, "advancedBy", task, "stated", "industries.opened", (passage,))
            edge = Edge(node.iri, "advancedBy", task, ("智慧渔业", "建设渔港"), (said,))
            known = (0, node.iri, entry.key, entry.key, pack_nodes([node]))
            store.add({"known": [known], "said": [(0, node.iri, 0, 0, entry.key, 0, 0, task, entry.key, pack_edges([edge]))]})
        store.index()
        tally, clashing = unite(store)
        assert not clashing
        counts.append(tally.statements)
        store.close()

    assert grown(share) < MOST
    assert counts == CALLS
