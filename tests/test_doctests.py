"""The examples in docstrings are true: every module of the package that has some is imported and its doctests are run."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import yangfan

PACKAGE = Path(yangfan.__file__).parent
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if ">>> " in path.read_text(encoding="utf-8")]


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(("yangfan", *parts)).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_examples_of_a_module_are_true(path: Path) -> None:
    module = importlib.import_module(name_of(path))
    told: list[str] = []
    runner = doctest.DocTestRunner()
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        runner.run(test, out=told.append)
    assert not runner.failures, "".join(told)
    assert runner.tries, "the module shows an example where no docstring is"


def test_many_modules_have_examples() -> None:
    assert len(MODULES) > 20
