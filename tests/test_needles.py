"""A text that holds none of a pattern's needles holds no match of it, and every search of a whole text asks for them first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rule_examples import EXAMPLES, made_of
from yangfan.core import rules
from yangfan.core.needles import needles
from yangfan.core.rules import MATCH, needed_by, pattern
from yangfan.core.vocabulary import load_vocabulary
from yangfan.readers.read import find_sources, read_file

ROOT = Path(__file__).resolve().parent.parent
RECOGNISERS = sorted((Path(rules.__file__).parent.parent / "extract").rglob("*.py"))
LINES = [line for path in find_sources([ROOT / "corpus"]) for line in read_file(path).text.split("\n")]
SEARCHED = re.compile(r"pattern\([^()]*\)\.finditer\((?:self\._?)?ctx\.text\)")


def test_no_match_stands_in_a_text_without_the_needles_of_its_pattern() -> None:
    vocabulary = load_vocabulary()
    for rule in rules.all_rules():
        for key in rule.templates:
            known = needed_by(vocabulary, rule.name, key)
            for line in (line for line in LINES if not any(word in line for word in known)) if known else ():
                assert pattern(vocabulary, rule.name, key).search(line) is None, f"{rule.name} {key}: {line}"


def test_an_example_that_a_part_takes_holds_a_needle() -> None:
    vocabulary = load_vocabulary()
    for rule, example in EXAMPLES:
        if not rule.states and example.gives and MATCH in rule.templates and made_of(rule, example.text, vocabulary):
            known = needed_by(vocabulary, rule.name)
            assert not known or any(word in example.text for word in known), f"{rule.name}: {example.text}"


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("(?:由|从)[^，]{0,9}?牵头(?!人)", ("牵头",)),
        ("(?:甲|乙)丙|丁戊+", ("乙丙", "戊", "甲丙")),
        ("甲?乙丙*", ("乙",)),
        ("(?<=前言)[一二](?=方面)", ("前言",)),
        ("(?:甲乙)?丙{2,}", ("丙",)),
        ("甲*|乙", ()),
        ("[^甲]+", ()),
        (r"\d{1,3}", ()),
        ("(?:甲乙){0,2}", ()),
        ("(?!甲乙)", ()),
        ("(?i)甲乙", ()),
    ],
)
def test_needles_are_what_no_match_is_without(form: str, found: tuple[str, ...]) -> None:
    assert needles(form) == found


def test_no_recogniser_searches_a_whole_text_without_asking_for_needles() -> None:
    searched = [path.name for path in RECOGNISERS if SEARCHED.search(path.read_text(encoding="utf-8"))]
    assert searched == [], "ctx.everywhere(rule, key) asks for the words that the rule needs first"
