"""Every rule has a name in both languages, guards that exist, and examples of what it takes and what it leaves; all of them are true."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from tests.rule_examples import EXAMPLES, made_of
from yangfan.assembly.assemble import assemble
from yangfan.assembly.overlay import Overlay
from yangfan.core import rules
from yangfan.core.errors import VocabularyError
from yangfan.core.rules import Example, Rule, all_rules, pattern, rule, rule_label
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.extract.guards import GUARDS
from yangfan.readers.read import find_sources, read_file

RULES = [rule for rule in all_rules() if not rule.name.endswith(f".{rules.ANY}")]
"""All rules but those that stand for what people assert: no text gives that."""
ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(rules.__file__).parent.parent
FILES = sorted(rules.RULES.glob("*.yaml"))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule.name}: {example.text}" for rule, example in EXAMPLES])
def test_an_example_of_a_rule_is_true(rule: Rule, example: Example) -> None:
    assert made_of(rule, example.text, load_vocabulary()) == example.gives


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_says_what_it_is_and_shows_what_it_takes_and_leaves(rule: Rule) -> None:
    assert re.search(r"[^\W\da-zA-Z_]", rule.zh)
    assert re.search(r"[a-z]", rule.en)
    assert any(example.gives for example in rule.examples), "no example that it takes"
    assert any(not example.gives for example in rule.examples), "no example that it leaves"
    assert rule.states or set(rule.templates) - {rules.NEEDS} == {rules.MATCH}, "a part has the one template that its examples are put to"
    for key in rule.templates:
        pattern(load_vocabulary(), rule.name, key)


def test_no_rule_bears_the_name_of_a_role_of_words() -> None:
    assert not {rule.name for rule in RULES} & set(load_vocabulary().words)


NAMED = re.compile(r"[a-z]+(?:\.[a-zA-Z_]+)+")
PARTS = [path for room in ("extract", "assembly") for path in sorted((PACKAGE / room).rglob("*.py"))]


def _named_in(path: Path) -> set[str]:
    """Give what a module calls by a dotted name that is no role of words and no file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if NAMED.fullmatch(text)} - set(load_vocabulary().words)


def test_every_rule_that_the_code_names_has_an_entry() -> None:
    known = {rule.name for rule in all_rules()}
    # A prefix of rules' names is no name of a rule.
    strangers = {name for path in PARTS for name in _named_in(path) if not any(one.startswith(name) for one in known)}
    assert not strangers


def test_every_claim_and_every_statement_of_the_documents_at_hand_has_a_rule_with_a_label() -> None:
    paths = [*find_sources([ROOT / "corpus", ROOT / "tests" / "documents"])]
    readings = [extract(read_file(path), load_vocabulary()) for path in paths if "heldout" not in path.parts]
    graph, _ = assemble(readings, [Overlay(path) for path in sorted((ROOT / "corpus").glob("*.overlay.yaml"))])
    used = {claim.rule for one in readings for claim in one.claims}
    used |= {statement.rule for _, _, data in graph.edges(data=True) for statement in data["statements"]}
    assert len(used) > 40
    for name in used:
        assert {rule_label(name, "zh"), rule_label(name, "en")}.isdisjoint({name, ""}), name


def test_every_guard_that_a_rule_names_is_there_and_every_guard_is_named() -> None:
    assert {name for rule in RULES for name in (*rule.when, *rule.unless)} == set(GUARDS)


def test_a_rule_stands_in_the_file_of_its_subject() -> None:
    for path in FILES:
        assert {name.partition(".")[0] for name in rules.rules_of(path.stem)} == {path.stem}


def _of(value: object) -> object:
    """Give a value as YAML has it in the form in which a rule keeps it."""
    return tuple(value) if isinstance(value, list) else value.replace("\n", "") if isinstance(value, str) else value


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_files_are_yaml_and_say_the_same_to_a_yaml_library(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert list(data) == list(rules.rules_of(path.stem))
    for name, entry in data.items():
        known = rule(name)
        examples = [" -> ".join((example.text, example.gives)).strip() for example in known.examples]
        assert [" -> ".join(part.strip() for part in text.rpartition("->")[::2]).strip() for text in entry.pop("examples", [])] == examples
        held = {"zh": known.zh, "en": known.en, **known.templates, **known.limits}
        held |= {key: value for key in ("states", "when", "unless") if (value := getattr(known, key))}
        held |= {"tried": known.tried} if known.tried != "anywhere" else {}
        assert {key: _of(value) for key, value in entry.items()} == held


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a.b:\n  zh: 甲\na.b:\n  zh: 乙\n", "a.b stands here twice"),
        ("a.b:\n  examples:\n    - 甲\n", ":3: an example is a text, an arrow and what it gives"),
        ("a.b\n", ":1: this is not how a rule is written"),
        ("a.b:\n  tried: often\n", "a.b is tried often"),
    ],
)
def test_a_broken_file_is_one_line_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(rules, "RULES", tmp_path)
    rules.rules_of.cache_clear()
    try:
        with pytest.raises(VocabularyError, match=re.escape(problem)) as caught:
            rules.rules_of("a")
        assert str(caught.value).startswith("a.yaml:")
        assert "\n" not in str(caught.value)
    finally:
        rules.rules_of.cache_clear()


def test_a_rule_that_nobody_wrote_is_an_error_and_its_label_its_name() -> None:
    with pytest.raises(VocabularyError, match=r"industries\.yaml: no rule industries\.unheard_of"):
        rule("industries.unheard_of")
    with pytest.raises(VocabularyError, match=r"nobody\.yaml"):
        rule("nobody.knows")
    assert rule_label("industries.unheard_of", "en") == "industries.unheard_of"
    assert rule_label("industries.opened", "zh") == "重点发展…等产业"
