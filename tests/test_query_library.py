"""The named queries: whole, bilingual, and each answers on the committed exports what it says it must."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from yangfan.core.errors import QueryError, VocabularyError
from yangfan.core.files import EXPORTS
from yangfan.query.library import QUERIES, NamedQuery, load_library, named_query, read_query, unmet
from yangfan.query.nodes import Nodes
from yangfan.query.run import names_of, rows, run, term_of
from yangfan.query.store import load_store
from yangfan.query.syntax import variables
from yangfan.query.tables import shown

LIBRARY = load_library()
QUESTIONS = [
    "industries-of-actions",
    "projects-of-actions",
    "indicators-and-targets",
    "cited-documents",
    "responsibilities",
    "about-industry",
    "inferred-and-curated",
    "without-english-label",
    "evidence-of-edge",
    "broken-declarations",
    "shared-industries",
    "targets-due",
    "neighbourhood",
    "orphans",
    "counts-by-class",
    "counts-by-relation",
    "provenance-of-build",
]


@cache
def exported() -> Nodes:
    return Nodes(load_store(EXPORTS))


def answer(query: NamedQuery, nodes: Nodes) -> tuple[list[str], list[list[str]]]:
    """Run a query with its defaults; give the columns and what the cells show."""
    names = names_of(nodes)
    values = {p.name: term_of(p.default, nodes, names, p.type) for p in query.parameters if p.default}
    result = run(nodes.store, query.text, values=values, base=nodes.base)
    if isinstance(result, ox.QueryBoolean):
        return [], [[str(bool(result)).lower()]]
    if isinstance(result, ox.QueryTriples):
        return [], [[shown(t, nodes) for t in (x.subject, x.predicate, x.object)] for x in result]
    return [c.value for c in result.variables], [[shown(term, nodes) for term in row] for row in rows(result)]


def test_the_library_holds_the_questions_an_analyst_asks() -> None:
    assert len(LIBRARY) >= 24
    assert set(QUESTIONS) <= LIBRARY.keys()


@pytest.mark.parametrize("name", LIBRARY)
def test_each_question_is_answered_as_its_file_says(name: str) -> None:
    query = LIBRARY[name]
    assert unmet(query.expect, *answer(query, exported())) == []


@pytest.mark.parametrize("name", LIBRARY)
def test_each_parameter_is_a_variable_of_its_query(name: str) -> None:
    query = LIBRARY[name]
    assert {parameter.name for parameter in query.parameters} <= variables(query.text)
    schema = exported().schema
    kinds = {"node", "class", "relation", "year", "number", "text", *schema.classes}
    assert {parameter.type for parameter in query.parameters} <= kinds


@pytest.mark.parametrize("name", LIBRARY)
def test_titles_are_in_the_language_they_are_said_to_be_in(name: str) -> None:
    query = LIBRARY[name]
    for zh, en in ((query.title_zh, query.title_en), (query.description_zh, query.description_en)):
        assert any("\u4e00" <= c <= "\u9fff" for c in zh)
        assert en.isascii()


def test_an_unknown_name_tells_the_nearest_ones() -> None:
    with pytest.raises(QueryError, match="no named query orphan; nearest: orphans"):
        named_query("orphan")


def test_a_name_cannot_lead_out_of_the_library() -> None:
    with pytest.raises(QueryError, match="no named query"):
        named_query("../yangfan")


@pytest.mark.parametrize(
    ("head", "wrong"),
    [
        ("# title@zh: 甲\n", "no title@en"),
        ("# title@zh: 甲\n# title@en: a\n# description@zh: 乙\n# description@en: b\n", "says nothing about its answer"),
        ("# param x: node 甲\n", "a parameter reads"),
    ],
)
def test_a_file_without_what_it_must_say_is_refused(tmp_path: Path, head: str, wrong: str) -> None:
    path = tmp_path / "broken.rq"
    path.write_text(f"{head}\nASK {{}}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=wrong):
        read_query(path)


def test_an_expectation_that_is_not_met_is_told() -> None:
    table = ["a"], [["x"], ["y"]]
    assert unmet(("2 rows", "columns a", "x"), *table) == []
    assert unmet(("3 rows", "columns b", "z"), *table) == [
        "3 rows: there are 2",
        "columns b: they are a",
        "no row with z",
    ]


def test_files_are_all_read() -> None:
    assert {path.stem for path in QUERIES.glob("*.rq")} == LIBRARY.keys()
