"""Words that a text is read by stand in `ontology/`, not in the code: a recogniser holds no word itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import yangfan

PACKAGE = Path(yangfan.__file__).parent
HAN = re.compile(r"[\u4e00-\u9fff]+")
READING = ("core", "readers", "extract", "assembly", "quality", "corpus", "formats")
"""Rooms that read texts or name what was read. `text` is about Chinese itself; rooms above these speak with people."""
MODULES = [path for room in READING for path in sorted((PACKAGE / room).rglob("*.py"))]


def words_in(path: Path) -> set[str]:
    """Give the Chinese words in a module's string literals; docstrings and comments speak to programmers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in told]
    return {word for text in texts for word in HAN.findall(text)}


@pytest.mark.parametrize("path", MODULES, ids=[path.relative_to(PACKAGE).as_posix() for path in MODULES])
def test_a_module_holds_no_word_that_texts_are_read_by(path: Path) -> None:
    assert not words_in(path), "put it under a role in ontology/vocabulary/words.tsv or into a template in ontology/rules/"


def test_words_are_found_where_they_stand(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""渔港"""\nX = f"渔船{1}和"  # 渔民\n', encoding="utf-8")
    assert words_in(module) == {"渔船", "和"}
