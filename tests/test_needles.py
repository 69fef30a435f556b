"""A text that holds none of a pattern's needles holds no match of it, and every search of a whole text asks for them first."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from tests.rule_examples import EXAMPLES, made_of
from yangfan.core import rules
from yangfan.core.needles import needles
from yangfan.core.rules import MATCH, NEEDS, has_template, needed_by, pattern
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.extract.context import Context
from yangfan.extract.locations.names import place_behind
from yangfan.readers.read import find_sources, read_file

ROOT = Path(__file__).resolve().parent.parent
RECOGNISERS = sorted((Path(rules.__file__).parent.parent / "extract").rglob("*.py"))
LINES = [line for path in find_sources([ROOT / "corpus"]) for line in read_file(path).text.split("\n")]
DOCUMENTS = [path for path in find_sources([ROOT / "corpus", ROOT / "tests" / "documents"]) if path.suffix in (".md", ".txt", ".html")]
PLACES = tuple(f"locations.{name}" for name in ("work", "chosen", "toward", "scope"))
"""Rules behind whose words places are looked for in whole texts."""
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


def test_what_a_rule_says_that_it_needs_stands_in_every_text_that_it_takes() -> None:
    vocabulary = load_vocabulary()
    known = [rule for rule in rules.all_rules() if has_template(rule.name, NEEDS)]
    texts = [*(example.text for rule in known for example in rule.examples), *(read_file(path).text for path in DOCUMENTS)]
    for rule in known:
        taken = [match[0] for text in texts for match in pattern(vocabulary, rule.name).finditer(text)]
        assert taken
        assert all("\n" not in match for match in taken), f"{rule.name}: only the lines that hold what it needs are searched"
        missed = [text for text in texts if _stands_in_lines(text, rule.name) != len(pattern(vocabulary, rule.name).findall(text))]
        assert missed == [], rule.name


def _stands_in_lines(text: str, rule: str) -> int:
    """Count the places where a rule's template stands in the lines of a text that hold what the rule needs."""
    main, needs = pattern(load_vocabulary(), rule), pattern(load_vocabulary(), rule, NEEDS)
    return sum(len(main.findall(line)) for line in text.split("\n") if needs.search(line))


def test_a_template_that_is_put_to_whole_texts_tells_cheaply_where_it_may_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    parser, compiler = importlib.import_module("re._parser"), importlib.import_module("re._compiler")
    vocabulary, asked, everywhere = load_vocabulary(), set[tuple[str, str]](), Context.everywhere

    def note(ctx: Context, rule: str, key: str = MATCH) -> object:
        asked.add((rule, key))
        return everywhere(ctx, rule, key)

    monkeypatch.setattr(Context, "everywhere", note)
    for path in DOCUMENTS:
        extract(read_file(path), vocabulary)
    assert len(asked) > 20
    texts = [read_file(path).text for path in DOCUMENTS]

    def plain(form: str) -> bool:
        parsed = parser.parse(form)
        return bool(compiler._get_literal_prefix(parsed, 0)[0] or compiler._get_charset_prefix(parsed, 0))

    def rare(words: tuple[str, ...]) -> bool:
        return bool(words) and sum(any(word in text for word in words) for text in texts) * 3 < len(texts)

    slow = [
        f"{rule} {key}"
        for rule, key in sorted(asked)
        if not plain(pattern(vocabulary, rule, key).pattern)
        and not (key == MATCH and has_template(rule, NEEDS))
        and not rare(needed_by(vocabulary, rule, key))
    ]
    slow += [rule for rule in PLACES if not plain(place_behind(vocabulary, rule, "opens").pattern)]
    assert slow == [], "each alternative is to begin with a character or a set of them, or the rule is to say what it needs"


def test_no_recogniser_searches_a_whole_text_without_asking_for_needles() -> None:
    searched = [path.name for path in RECOGNISERS if SEARCHED.search(path.read_text(encoding="utf-8"))]
    assert searched == [], "ctx.everywhere(rule, key) asks for the words that the rule needs first"
