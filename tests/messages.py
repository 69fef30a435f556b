"""Every message that the program can say, found in its source: what `ontology/messages.tsv` must have in Chinese.

`python -m tests.messages` prints those that it does not have yet, each with the place where it is said, and lines that nothing says any more.
"""

from __future__ import annotations

import ast
import errno
import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click

from tests.places import ROOT
from yangfan.cli.main import cli, verbs
from yangfan.core.language import messages

PACKAGE = ROOT / "graph"
_FIELD = re.compile(r"\{[^{}]*\}")
_FAULTS = re.compile(r"\w+Error|NameNotFound|AmbiguousName|TooLarge|_fail")
_INTERNAL = frozenset({"AttributeError", "KeyError", "ValueError", "AssertionError", "ConnectionError", "OSError", "TypeError", "RuntimeError"})


def template(node: ast.expr) -> str | None:
    """Give a text as a template: what is filled in becomes ``{}``; none for what is no text written here."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = template(node.left), template(node.right)
        return None if left is None and right is None else f"{'{}' if left is None else left}{'{}' if right is None else right}"
    return None


def bare(message: str) -> str:
    """Give a message with nameless fields and folded white space, as it is compared."""
    return " ".join(_FIELD.sub("{}", message).split())


def _said(call: ast.Call) -> Iterator[ast.expr]:
    """Give the arguments of a call that people will read."""
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name in ("say", "both") or (_FAULTS.fullmatch(name) and name not in _INTERNAL):
        yield from call.args[1:2] if name == "_fail" else call.args[:1]
    elif name == "Finding" and len(call.args) > 1:
        yield call.args[1]
    elif name == "append" and isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("warnings"):
        yield from call.args[:1]


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    """Give the texts of an expression that chooses one."""
    if isinstance(node, ast.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _choices(value)
    else:
        yield node


def in_source(folder: Path = PACKAGE) -> Iterator[tuple[str, str]]:
    """Give the messages of faults, findings, warnings and of the command line, each with its place."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for argument in _said(node):
                    for text in map(template, _choices(argument)):
                        if text and _FIELD.sub("", text).strip(" :"):
                            yield text, f"{path.relative_to(folder.parent)}:{node.lineno}"


def in_help() -> Iterator[tuple[str, str]]:
    """Give the paragraphs of help of every verb, and the help of every option."""
    context = click.Context(cli)
    for verb in ("", *verbs()):
        command = cli.get_command(context, verb) if verb else cli
        assert command is not None
        yield from ((verbs()[verb], f"list of verbs: {verb}") for _ in range(bool(verb)))
        for part in inspect.cleandoc(command.help or "").split("\n\n"):
            yield part.split("\n")[1].strip() if part.startswith("\b") else " ".join(part.split()), f"help of {verb}"
        if command.epilog:
            yield " ".join(command.epilog.split()), f"help of {verb}"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield parameter.help, f"{verb} {parameter.opts[0]}"


def missing() -> list[tuple[str, str]]:
    """Give the messages that have no Chinese, each with its place."""
    known = {bare(message) for message in messages()}
    found = {bare(text): place for text, place in (*in_source(), *in_help())}
    return [(text, place) for text, place in found.items() if text not in known]


def _texts(path: Path) -> Iterator[str]:
    """Give every text of a module, docstrings left out, as a template."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = (node.body[0] for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body)
    docstrings = {id(first.value) for first in described if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp)) and id(node) not in docstrings and (text := template(node)):
            yield bare(text)


def _pattern(template: str) -> re.Pattern[str]:
    """Give what a template says, whatever stands in its fields."""
    return re.compile(".*".join(re.escape(part.strip()) for part in template.split("{}")), re.DOTALL)


def dead() -> list[str]:
    """Give the lines of the table that nothing says any more: no text of the program, of click or of the system is one of them.

    A text fits a line whose words are its words, or are what stands in its fields; one with hardly a word of its own fits none.
    """
    modules = [*PACKAGE.rglob("*.py"), *Path(click.__file__).parent.rglob("*.py")]
    texts = {text for path in modules for text in _texts(path)} | {bare(text) for text, _ in in_help()}
    texts |= {os.strerror(code) for code in errno.errorcode}
    filled = [_pattern(text) for text in texts if "{}" in text and len(text.replace("{}", "").strip()) > 5]

    def said(line: str) -> bool:
        told = bare(line)
        return told in texts or any(one.fullmatch(told) for one in filled) or ("{}" in told and any(map(_pattern(told).fullmatch, texts)))

    return [line for line in messages() if not said(line)]


if __name__ == "__main__":
    for text, place in missing():
        print(f"{text}\t\t{place}")
    for text in dead():
        print(f"nothing says: {text}")
