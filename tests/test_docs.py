"""The documentation builds in both languages without a broken link, fetches nothing, and its reference has everything that there is."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.places import ROOT
from yangfan.cli.main import verbs
from yangfan.core.rules import all_rules
from yangfan.core.schema import load_schema
from yangfan.query.library import load_library

LOADED = re.compile(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"([^\"]+)\"|<link\b[^>]*\bhref=\"([^\"]+)\"|url\(([^)]+)\)")
PROMISE = re.compile(r"`(tests/\w+\.py)::(\w+)`")
HALVES = {"en": "", "zh": "zh/"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "docs/build.py", str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def page(site: Path, language: str, name: str) -> str:
    return unescape((site / HALVES[language] / f"{name}.html").read_text(encoding="utf-8"))


def test_both_halves_have_the_same_pages_and_lead_to_each_other(site: Path) -> None:
    english = {path.name for path in site.glob("*.html")}
    assert english == {path.name for path in (site / "zh").glob("*.html")}
    assert {"index.html", "asking.html", "python.html", "ontology.html", "rules.html", "promises.html"} <= english
    assert 'href="zh/asking.html">中文' in page(site, "en", "asking")
    assert 'href="../asking.html">English' in page(site, "zh", "asking")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    pages = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(pages) > 20
    for path in pages:
        for found in LOADED.findall(path.read_text(encoding="utf-8")):
            address = "".join(found).strip("'\"")
            assert not address.startswith(("http:", "https:", "//")), f"{path.name}: {address}"


@pytest.mark.parametrize("language", HALVES)
def test_the_reference_has_every_class_relation_rule_question_and_verb(site: Path, language: str) -> None:
    schema = load_schema()
    ontology, rules = page(site, language, "ontology"), page(site, language, "rules")
    labels = [(one.name, one.zh, one.en) for one in schema.classes.values()]
    labels += [(one.name, one.zh, one.en) for one in schema.relations.values()]
    for name, zh, en in labels:
        assert f"<code>{name}</code> {zh if language == 'zh' else en}" in ontology
    for rule in all_rules():
        assert f"<code>{rule.name}</code>" in rules
        assert (rule.zh if language == "zh" else rule.en).split("`")[0][:12] in rules
    questions = page(site, language, "questions")
    for query in load_library().values():
        assert (query.title_zh if language == "zh" else query.title_en) in questions
    commands = page(site, language, "commands")
    for verb in verbs():
        assert f"<code>yangfan {verb}</code>" in commands
        assert f"yangfan {verb}" in commands.split("<pre>", 1)[1]
    assert ("用法:" if language == "zh" else "Usage:") in commands


@pytest.mark.parametrize("page", ["docs/en/promises.md", "docs/zh/promises.md", "SECURITY.md"])
def test_every_promise_names_a_test_that_there_is(page: str) -> None:
    promises = PROMISE.findall((ROOT / page).read_text(encoding="utf-8"))
    assert len(promises) > 15
    for file, name in promises:
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), f"{file}::{name}"


def test_both_languages_promise_the_same() -> None:
    found = [PROMISE.findall((ROOT / "docs" / language / "promises.md").read_text(encoding="utf-8")) for language in HALVES]
    assert found[0] == found[1]
