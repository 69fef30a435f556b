"""Content negotiation by RFC 9110, section 12.5.1: weights, ranges, forms that are refused."""

from __future__ import annotations

import pytest

from yangfan.server.negotiate import GRAPHS, HTML, RESULTS, Form, by_name, choose, ranges_of


@pytest.mark.parametrize(
    ("accept", "offered", "given"),
    [
        ("", RESULTS, "application/sparql-results+json"),
        ("*/*", GRAPHS, "text/turtle"),
        ("application/sparql-results+xml, */*;q=0.1", RESULTS, "application/sparql-results+xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.3", RESULTS, "text/tab-separated-values"),
        ("text/csv;header=present", RESULTS, "text/csv"),
        ("application/*;q=0.5, application/sparql-results+json;q=0.1", RESULTS, "application/sparql-results+xml"),
        ("APPLICATION/LD+JSON", GRAPHS, "application/ld+json"),
        ("application/rdf+xml;q=0.9,text/html", (*GRAPHS, HTML), "text/html"),
        ("text/html;q=0", (HTML, *GRAPHS), None),
        ("text/turtle;q=zero", GRAPHS, None),
        ("application/xml", RESULTS, "application/xml"),
        ("application/xml;q=0.9, */*;q=0.8", RESULTS, "application/xml"),
        ("image/png", RESULTS, None),
        ("*/*;q=0", RESULTS, None),
    ],
)
def test_the_heaviest_form_is_chosen(accept: str, offered: tuple[Form, ...], given: str | None) -> None:
    chosen = choose(accept, offered)
    assert (chosen.media if chosen else None) == given


def test_among_equals_the_first_offered_is_chosen() -> None:
    chosen = choose("text/csv, application/sparql-results+json", RESULTS)
    assert chosen == RESULTS[0]


def test_a_form_goes_by_its_short_name_and_its_media_type() -> None:
    assert by_name("ttl", GRAPHS) == by_name("text/turtle", GRAPHS) == GRAPHS[0]
    assert by_name("csv", GRAPHS) is None


def test_text_forms_say_that_they_are_utf_8() -> None:
    assert HTML.content_type == "text/html; charset=utf-8"
    assert RESULTS[0].content_type == "application/sparql-results+json"


def test_weights_outside_their_range_are_brought_into_it() -> None:
    assert ranges_of("a/b;q=7, c/d;q=-1,") == (("a/b", 1.0), ("c/d", 0.0))
