"""Forty questions that people bring, asked of three plans: answered as a person read them, and alike by two engines."""

from __future__ import annotations

import re

import pytest

from tests.competency.asking import Question, by_oxigraph, by_rdflib, exports, questions
from yangfan.query.examples import EXAMPLES, examples_turtle
from yangfan.query.library import QUERIES, load_library

QUESTIONS = questions()
LIBRARY = load_library()
README = (QUERIES / "README.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| \[([\w-]+)\]", README, re.MULTILINE)
_KINDS = {"Organization", "Place", "Programme", "year"}
OF_PLANS = [name for name in LISTED if any(parameter.type in _KINDS for parameter in LIBRARY[name].parameters)]


def _id(question: Question) -> str:
    return " ".join((question.name, *(value for _, value in question.values)))


@pytest.mark.parametrize("question", QUESTIONS, ids=_id)
def test_a_question_is_answered_as_the_plans_say(question: Question) -> None:
    assert by_oxigraph(question.name, dict(question.values)) == list(question.rows)


@pytest.mark.parametrize("question", QUESTIONS, ids=_id)
def test_another_engine_gives_the_same_answer(question: Question) -> None:
    assert sorted(by_rdflib(question.name, dict(question.values))) == sorted(question.rows)


def test_forty_questions_are_listed_with_who_asks_them_and_their_query() -> None:
    assert len(LISTED) == len(set(LISTED)) >= 40
    assert set(LISTED) <= LIBRARY.keys()
    assert {question.name for question in QUESTIONS} <= set(LISTED)
    asked = {question.name for question in QUESTIONS}
    assert len(asked) >= 40


@pytest.mark.parametrize("name", OF_PLANS)
def test_what_a_person_asks_of_a_body_a_place_or_a_year_names_the_plan(name: str) -> None:
    text = LIBRARY[name].text
    named = text[text.index("SELECT") :].split("WHERE")[0]
    assert "?plan" in named or name in ("bodies-of-place", "payers-of-provisions")


def test_the_examples_are_those_of_the_library() -> None:
    assert EXAMPLES.read_text(encoding="utf-8") == examples_turtle(), "run python -m yangfan.query.examples"


def test_the_examples_are_in_the_form_of_sparql_examples() -> None:
    from rdflib import RDF, RDFS, SH, Graph

    graph = Graph().parse(EXAMPLES)
    executables = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(executables) == len(LIBRARY)
    for one in executables:
        assert {label.language for label in graph.objects(one, RDFS.comment)} == {"zh", "en"}  # type: ignore[attr-defined]
        assert graph.value(one, SH.prefixes) is not None
        forms = [graph.value(one, SH[form]) for form in ("select", "ask", "construct")]
        assert len([form for form in forms if form is not None]) == 1


def test_a_concept_in_two_roles_names_its_other_role_from_either_side() -> None:
    nodes, _ = exports()
    industry, technology = (f"{nodes.base}{role}/人工智能" for role in ("industry", "technology"))
    for one, other in ((industry, technology), (technology, industry)):
        same = [str(value) for name, values in nodes.attributes(one) if name.endswith("exactMatch") for value in values]
        assert same == [f"<{other}>"]
