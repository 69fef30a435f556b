"""What CONTRIBUTING.md shows as one change is enough: a verb and a question added so are everywhere that they must be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.adding import Copy
from tests.documented import served


@pytest.fixture(scope="module")
def with_verb(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("verb") / "copy", "verb")


@pytest.fixture(scope="module")
def with_question(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("question") / "copy", "question")


def test_a_verb_is_in_the_help_in_both_languages_and_works(with_verb: Copy) -> None:
    assert "  count     Count the nodes of each class.\n" in with_verb.yangfan("--help")
    assert "  count     数每个类的节点。\n" in with_verb.yangfan("--help", "--lang", "zh")
    help_page = with_verb.yangfan("count", "--help")
    assert "yangfan count exports" in help_page
    assert "--lang [zh|en]" in help_page
    assert "Industry 15\n" in with_verb.yangfan("count", "exports")
    assert with_verb.run("build.py", "coutn").stderr.endswith("No such verb 'coutn'. Did you mean 'count'?\n")


def test_a_verb_without_chinese_words_is_told(with_verb: Copy) -> None:
    assert with_verb.run("-m", "tests.messages").stdout == ""
    table = with_verb.folder / "ontology" / "messages.tsv"
    whole = table.read_text(encoding="utf-8")
    table.write_text("".join(line for line in whole.splitlines(keepends=True) if not line.startswith("Count the nodes")), encoding="utf-8")
    told = with_verb.run("-m", "tests.messages").stdout
    table.write_text(whole, encoding="utf-8")
    assert told.startswith("Count the nodes of each class.\t")


@pytest.mark.parametrize("half", ["", "zh/"])
def test_a_verb_and_a_question_are_in_the_documentation(with_verb: Copy, with_question: Copy, half: str) -> None:
    commands = (with_verb.site() / half / "commands.html").read_text(encoding="utf-8")
    assert "yangfan count exports" in commands
    questions = (with_question.site() / half / "questions.html").read_text(encoding="utf-8")
    assert ("引文最多的文件" if half else "Documents with the most quotes") in questions


def test_a_question_is_listed_answered_and_known_to_python_and_the_server(with_question: Copy) -> None:
    assert "most-quoted\n    Documents with the most quotes\n" in with_question.yangfan("query", "--list")
    assert with_question.yangfan("query", "--name", "most-quoted").startswith("document\tquotes\n")
    asked = with_question.run("-c", "import yangfan; print(len(yangfan.load('exports').query('most-quoted')))")
    assert asked.stdout == "1\n", asked.stderr
    command = [sys.executable, "build.py", "serve", "exports", "--port", "0"]
    assert "引文最多的文件" in served(command, with_question.folder, with_question.environment, "query")


def test_what_is_shown_is_a_change_to_this_project(with_verb: Copy, with_question: Copy) -> None:
    assert (with_verb.folder / "graph" / "cli" / "count.py").is_file()
    assert (with_question.folder / "ontology" / "queries" / "most-quoted.rq").is_file()
    assert not (Path(__file__).parent.parent / "graph" / "cli" / "count.py").exists(), "only in the copy"
