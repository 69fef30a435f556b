"""The rooms of the package: few of them, few arrows between them, none back up, and no two modules that need each other."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

from tests.places import ROOT

PACKAGE = ROOT / "graph"


@cache
def imports() -> dict[str, set[str]]:
    """Give the modules that each module imports, wherever in it and for whatever it does so; a package is its ``__init__``."""
    modules = {name_of(path): path for path in PACKAGE.rglob("*.py")}
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        found[name] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1] if package else []
                target = ".".join([*above, *([node.module] if node.module else [])])
                for alias in node.names:
                    inner = f"{target}.{alias.name}".strip(".")
                    found[name].add(inner if inner in modules else target)
    return found


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(module: str) -> str:
    return module.partition(".")[0]


def arrows() -> set[tuple[str, str]]:
    ends = {(room(name), room(other)) for name, others in imports().items() for other in others if name and other}
    return {(a, b) for a, b in ends if a != b}


def test_the_house_has_few_rooms_and_few_arrows() -> None:
    rooms = {room(name) for name in imports() if name}
    assert 10 < len(rooms) <= 20
    assert 20 < len(arrows()) <= 70


def test_no_arrow_runs_back_up() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert {room(name) for name in imports() if name} == set(layers)
    assert [(a, b) for a, b in sorted(arrows()) if layers.index(a) > layers.index(b)] == []


def test_no_two_modules_need_each_other() -> None:
    graph = imports()
    done: set[str] = set()
    above: list[str] = []
    circles: list[list[str]] = []

    def visit(name: str) -> None:
        if name in above:
            circles.append(above[above.index(name) :])
        elif name not in done and name in graph:
            above.append(name)
            for other in sorted(graph[name]):
                visit(other)
            above.pop()
            done.add(name)

    for name in sorted(graph):
        if name:
            visit(name)
    assert circles == []
