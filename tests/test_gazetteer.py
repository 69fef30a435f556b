"""Names of the vocabulary's tables in a text: which of them stand there when they overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest

from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract.gazetteer import INSTRUMENT, TERM, classes_of_terms, gazetteer


def named(text: str, kind: str) -> list[str]:
    return [text[start:end] for start, end in gazetteer(load_vocabulary(), text)[kind]]


def test_of_names_that_begin_at_one_place_the_longest_stands() -> None:
    names = classes_of_terms(load_vocabulary())
    longer = [(short, name) for name in names for short in (name[:-1], name[:-2]) if short in names]
    assert longer
    for short, name in longer:
        assert named(f"建设{name}。", TERM)[0] == name
        assert named(f"建设{short}。", TERM)[0] == short


def test_names_of_one_kind_do_not_overlap_and_keep_the_order_of_the_text() -> None:
    text = "、".join(classes_of_terms(load_vocabulary())) + "".join(classes_of_terms(load_vocabulary()))
    found = gazetteer(load_vocabulary(), text)[TERM]
    assert found
    assert all(former.end <= following.start for former, following in pairwise(found))


def test_what_one_table_holds_does_not_hide_what_stands_in_another() -> None:
    assert named("设立人工智能产业基金", TERM)
    assert named("设立人工智能产业基金", INSTRUMENT)


@pytest.mark.parametrize("before", ["", "甲", "a", "\ud800", "𠀀", "\ud800𠀀\udfff"])
def test_places_are_characters_of_the_text_whatever_stands_before(before: str) -> None:
    text = f"{before}发展智慧医疗"
    assert named(text, TERM) == ["智慧医疗"]
