"""Answers for people: words for columns, plans beside what belongs to them, and spreadsheets that run nothing."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from openpyxl import load_workbook

from tests.places import ROOT, Run
from tests.samples import sample_graph, write_exports
from yangfan.pipeline import build
from yangfan.query.library import column_words, grouped_library, load_library
from yangfan.query.nodes import Nodes
from yangfan.query.run import rows, run
from yangfan.query.sheet import Cell, Sheet, sheet_of
from yangfan.query.store import load_store
from yangfan.query.workbook import sheet_csv, sheet_xlsx


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Nodes:
    folder = tmp_path_factory.mktemp("two")
    build([ROOT / "tests/documents" / name for name in ("marine-plan.md", "robotics-plan.md")], folder)
    return Nodes(load_store(folder))


def asked(nodes: Nodes, query: str) -> Sheet:
    result = run(nodes.store, query, base=nodes.base)
    assert isinstance(result, ox.QuerySolutions)
    return sheet_of([column.value for column in result.variables], rows(result), nodes)


def test_every_question_has_somebody_who_asks_it_and_every_column_a_name() -> None:
    groups = grouped_library()
    assert [query.name for group in groups for query in group.queries if not group.key] == []
    assert sorted(query.name for group in groups for query in group.queries) == sorted(load_library())
    columns = {name for query in load_library().values() for line in query.expect if line.startswith("columns ") for name in line.split()[1:]}
    assert {name for name in columns if column_words(name.removesuffix("Label"))[0].isascii()} == set()


def test_what_belongs_to_a_plan_has_the_plans_name_beside_it(two: Nodes) -> None:
    sheet = asked(two, "SELECT ?task ?taskLabel { ?task a yf:Task ; skos:prefLabel ?taskLabel }")
    plans = {two.named(plan).label for plan in two.plans}
    assert len(plans) == 2
    assert {row[0].plan for row in sheet.rows} == plans
    assert [name for name, *_ in sheet.columns] == ["task"]
    beside = asked(two, "SELECT ?plan ?task { ?plan a yf:Plan ; yf:hasTask ?task }")
    assert {cell.plan for row in beside.rows for cell in row} == {""}
    shared = asked(two, "SELECT ?i { ?i a yf:Industry }")
    assert {row[0].plan for row in shared.rows} == {""}


def test_where_there_is_one_plan_its_name_is_not_repeated(sample: Path) -> None:
    nodes = Nodes(load_store(sample))
    assert {row[0].plan for row in asked(nodes, "SELECT ?t { ?t a yf:Target }").rows} == {""}


def test_columns_that_say_nothing_are_left_out_on_the_page() -> None:
    sheet = Sheet((("a", "甲", "a"), ("b", "乙", "b")), ((Cell("1"), Cell("")), (Cell(""), Cell(""))))
    assert [name for name, *_ in sheet.filled.columns] == ["a"]
    assert Sheet((("a", "甲", "a"),), ()).filled.columns == (("a", "甲", "a"),)


def test_a_workbook_keeps_numbers_and_dates_and_runs_no_quote(sample: Path) -> None:
    nodes = Nodes(load_store(sample))
    values = '(50.5 "2023"^^xsd:gYear "=1+1" "2021-07-05"^^xsd:date) (UNDEF UNDEF "+\\u0007甲" UNDEF)'
    query = f"SELECT * {{ VALUES (?value ?year ?quote ?issued) {{ {values} }} }}"
    data = sheet_xlsx(asked(nodes, query), {"问题 Question": "=甲"})
    assert data == sheet_xlsx(asked(nodes, query), {"问题 Question": "=甲"})
    book = load_workbook(io.BytesIO(data))
    page = book["答案 Answer"]
    cells = {cell.value: column for column, cell in enumerate(next(page.iter_rows()), start=1)}
    assert set(cells) == {"数值 value", "年份 year", "原文 quote", "发布日期 issued"}
    row = {name: page.cell(2, column) for name, column in cells.items()}
    assert row["数值 value"].value == 50.5
    assert row["年份 year"].value == 2023
    assert row["发布日期 issued"].value == datetime(2021, 7, 5)
    assert (row["原文 quote"].value, row["原文 quote"].data_type) == ("=1+1", "s")
    assert page.cell(3, cells["原文 quote"]).value == "+�甲"
    assert book["说明 About"].cell(1, 2).data_type == "s"


def test_a_csv_for_spreadsheets_has_words_and_guards(two: Nodes) -> None:
    sheet = asked(two, "SELECT ?task ('=1' AS ?note) { ?task a yf:Task } ORDER BY ?task LIMIT 1")
    text = sheet_csv(sheet).decode("utf-8")
    assert text.startswith("\ufeff")
    head, first = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert head == ["任务 task", "说明 note", "所属计划 of plan"]
    assert first[1] == "'=1"
    assert first[2] in {two.named(plan).label for plan in two.plans}


def test_the_command_line_writes_a_workbook(run: Run, sample: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, str(ROOT / "build.py"), "query", "--name", "targets-due", "--data", str(sample), "--format", "xlsx"]
    done = subprocess.run(command, capture_output=True, check=True)
    page = load_workbook(io.BytesIO(done.stdout)).worksheets[0]
    assert page.max_row == 3
    refused = run("query", "ASK {}", "--data", sample, "--format", "xlsx")
    assert (refused.returncode, refused.stderr) == (2, "yangfan: xlsx holds rows: ask a SELECT query\n")


def test_a_value_that_is_no_date_stays_text(sample: Path) -> None:
    nodes = Nodes(load_store(sample))
    (cells,) = asked(nodes, 'SELECT * { VALUES (?a ?b) { ("2021-13-99"^^xsd:date "many"^^xsd:integer) } }').rows
    assert sorted((cell.text, cell.value) for cell in cells) == [("2021-13-99", None), ("many", None)]
    (whole,) = asked(nodes, 'SELECT * { VALUES ?a { "2021-01-09"^^xsd:date } }').rows
    assert whole[0].value == date(2021, 1, 9)
