"""What is told about a SPARQL text without the engine, and how a syntax error is explained."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangfan.core.errors import QueryError
from yangfan.query.run import prefixes, run
from yangfan.query.syntax import SparqlError, bind, explain, keywords, query_form, tokens


def wrong(text: str) -> SparqlError:
    """Give the explanation of a query that cannot be parsed."""
    with pytest.raises(SparqlError) as caught:
        run(ox.Store(), text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("SELECT ?s WERE { ?s ?p ?o }", 1, 11, "unexpected WERE"),
        ("SELECT * WHERE {\n  ?s foo:p ?o\n}", 2, 6, "no such prefix"),
        ('SELECT * WHERE {\n ?s "中文中文" ?p }', 2, 5, 'unexpected "中文中文"'),
        ("SELECT * { ?s ?p ?o\n", 1, 20, "the query ends too early"),
        ("SELECT * { ?s ?p ?o . FILTR(?o > 1) }", 1, 23, "unexpected FILTR"),
        ("# 注释 {\nSELECT * { FILTER(lang(?l) = ) }", 2, 30, "unexpected )"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", 1, 33, "SELECT names a variable that has no value here"),
    ],
)
def test_a_syntax_error_shows_line_and_column(text: str, line: int, column: int, reason: str) -> None:
    error = wrong(text)
    assert (error.line, error.column, error.reason) == (line, column, reason)
    assert error.source == text.split("\n")[line - 1]
    assert f"line {line}, column {column}" in str(error)


def test_a_syntax_error_shows_the_line_itself_on_one_line() -> None:
    assert str(wrong("ASK {\n  ?s a }")) == "query: line 2, column 8: unexpected }: ?s a ⟪here⟫}"


def test_an_empty_query_is_told_to_be_empty() -> None:
    with pytest.raises(QueryError, match="the query is empty"):
        run(ox.Store(), "  \n")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PREFIX a: <b> BASE <c> # SELECT\n ask {}", "ASK"),
        ("construct { ?s ?p ?o } where { ?s ?p ?o }", "CONSTRUCT"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
        (r"\u0044ROP ALL", "DROP"),
        ("42", ""),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text: str, form: str) -> None:
    assert query_form(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b)SERVICE<http://example.org/>{ ?s ?p ?o } }",
    ],
)
def test_service_is_found_wherever_it_is_a_keyword(text: str) -> None:
    assert "SERVICE" in keywords(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service <http://example.org/SERVICE> 'SERVICE' } # SERVICE",
        'ASK { ?s ?p """SERVICE " ""\nSERVICE""" }',
        "PREFIX SERVICE: <a:> ASK { SERVICE:x ex:SERVICE _:SERVICE }",
    ],
)
def test_service_is_no_keyword_in_names_strings_and_comments(text: str) -> None:
    assert "SERVICE" not in keywords(text)


def test_binding_works_in_every_form() -> None:
    store = ox.Store()
    a, p, b = (ox.NamedNode(f"a:{name}") for name in "apb")
    store.extend([ox.Quad(a, p, b), ox.Quad(b, p, a)])
    values = {"s": "<a:a>"}
    solutions = run(store, "SELECT ?s ?o { ?s ?p ?o }", values=values)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [row["o"] for row in solutions] == [b]
    assert bool(run(store, "ASK { ?s ?p <a:a> }", values=values)) is False
    for text in ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE ?s", "DESCRIBE ?s WHERE { ?s ?p ?o }"):
        triples = run(store, text, values=values)
        assert isinstance(triples, ox.QueryTriples)
        assert list(triples) == [ox.Triple(a, p, b)]


def test_binding_a_variable_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(QueryError, match="no variable \\?x; its variables: o, p, s"):
        bind("SELECT * { ?s ?p ?o }", {"x": "1"})


def test_binding_refuses_the_short_construct() -> None:
    with pytest.raises(QueryError, match="needs a CONSTRUCT with a template"):
        bind("CONSTRUCT WHERE { ?s ?p ?o }", {"s": "<a:a>"})


@given(st.text(max_size=60))
def test_any_text_is_cut_into_tokens_that_stand_in_it(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.start + len(token.text)] == token.text


@given(st.text(alphabet="SELCTASK{}?sp.()<>:#'\"\\ \n中u0041", max_size=40))
def test_any_syntax_error_is_explained_at_a_place_that_exists(text: str) -> None:
    def parse(query: str) -> object:
        return ox.Store().query(query, prefixes=prefixes())

    try:
        parse(text)
    except SyntaxError as error:
        explained = explain(error, text, parse)
        if isinstance(explained, SparqlError):
            assert explained.source == text.split("\n")[explained.line - 1]
            assert 1 <= explained.column <= len(explained.source) + 1


def test_the_terms_of_the_ontology_are_those_that_a_parser_finds() -> None:
    import pyoxigraph as ox

    from yangfan.core.namespaces import ONTOLOGY, YF
    from yangfan.query.hints import ontology_terms

    subjects = {triple.subject for triple in ox.parse(path=ONTOLOGY / "yangfan.ttl", format=ox.RdfFormat.TURTLE)}
    named = {subject.value.removeprefix(YF) for subject in subjects if isinstance(subject, ox.NamedNode) and subject.value.startswith(YF)}
    assert ontology_terms() == named
