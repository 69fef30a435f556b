"""The seed's Turtle broken in one place after another: shapes or checks see each, without manifest, report or other exports to compare with.

The mutations are made over whatever the seed's graph holds: one for each class, relation, target, count, rule or statement that there is.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.places import ROOT
from yangfan.core.schema import load_schema
from yangfan.quality.check import check_exports

NODE = re.compile(r"(?m)^(?P<name>\S+:\S+) a (?P<classes>yf:\w+(?: , yf:\w+)*) ;\n(?P<rest>(?: .*\n)+)")
EDGE = re.compile(r"(?m)^    yf:(?P<relation>\w+) (?P<object>\w+:[^\s,;]+)")
OWN = ("files", "report")
"""Checks that hold the files against the manifest and the report: they are to play no part here."""


class Mutation(NamedTuple):
    """One change of one file; what is told of it names the place."""

    file: str
    start: int
    end: int
    new: str
    place: str


class Files(NamedTuple):
    """The texts of a folder of exports."""

    graph: str
    evidence: str

    def nodes(self, file: str = "graph") -> list[re.Match[str]]:
        return list(NODE.finditer(getattr(self, file)))

    def of(self, cls: str) -> list[re.Match[str]]:
        return [node for node in self.nodes() if f"yf:{cls}" in node["classes"].split(" , ")]


def tail(name: str) -> str:
    """Give what of a prefixed name stands in its IRI."""
    return name.partition(":")[2].replace("\\", "")


def within(node: re.Match[str], pattern: str, new: str | Callable[[re.Match[str]], str], file: str = "graph") -> Iterator[Mutation]:
    """Change what a pattern finds first in the block of a node; nothing where it is not found."""
    found = re.compile(pattern).search(node.string, node.start(), node.end())
    if found:
        yield Mutation(file, *found.span(), new if isinstance(new, str) else new(found), tail(node["name"]))


def first_of_each_class(files: Files) -> list[re.Match[str]]:
    found: dict[str, re.Match[str]] = {}
    for node in files.nodes():
        found.setdefault(node["classes"], node)
    return list(found.values())


def two_classes(files: Files) -> Iterator[Mutation]:
    for node in first_of_each_class(files):
        other = "yf:Technology" if node["classes"] != "yf:Technology" else "yf:Industry"
        yield Mutation("graph", node.end("classes"), node.end("classes"), f" , {other}", tail(node["name"]))


def unknown_class(files: Files) -> Iterator[Mutation]:
    for node in first_of_each_class(files):
        yield Mutation("graph", *node.span("classes"), "yf:Wizard", tail(node["name"]))


def edges_of_each_relation(files: Files) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    known, seen = load_schema().relations, set()
    for node in files.nodes():
        for edge in EDGE.finditer(node.string, node.start(), node.end()):
            if edge["relation"] in known and edge["relation"] not in seen:
                seen.add(edge["relation"])
                yield node, edge


def unknown_relation(files: Files) -> Iterator[Mutation]:
    for node, edge in edges_of_each_relation(files):
        yield Mutation("graph", *edge.span("relation"), "loves", tail(node["name"]))


def another_relation(files: Files) -> Iterator[Mutation]:
    for node, edge in edges_of_each_relation(files):
        other = "cites" if edge["relation"] != "cites" else "issuedBy"
        yield Mutation("graph", *edge.span("relation"), other, tail(node["name"]))


def edge_to_nothing(files: Files) -> Iterator[Mutation]:
    for node, edge in edges_of_each_relation(files):
        yield Mutation("graph", *edge.span("object"), f"{edge['object']}x", tail(node["name"]))


def orphan(files: Files) -> Iterator[Mutation]:
    for node in first_of_each_class(files):
        name = f"{node['name']}-x"
        block = f'\n{name} a {node["classes"]} ;\n    skos:prefLabel "甲乙丙"@zh ;\n    rdfs:label "甲乙丙"@zh .\n'
        yield Mutation("graph", len(files.graph), len(files.graph), block, tail(name))


def target_without(files: Files) -> Iterator[Mutation]:
    for node in files.of("Target"):
        for name in ("unitText", "year", "value", "comparator"):
            yield from within(node, rf"    yf:{name} [^;\n]*;\n", "")


def comparator_flipped(files: Files) -> Iterator[Mutation]:
    for node in files.of("Target"):
        yield from within(node, r'(?<=yf:comparator ")[<>=]+(?=")', lambda found: found[0].translate(str.maketrans("<>", "><")))


def four_for_forty(files: Files) -> Iterator[Mutation]:
    for node in files.of("Target"):
        yield from within(node, r'(?<=yf:value ")\d+(?=")', lambda found: found[0][:-1] if len(found[0]) > 1 else f"{found[0]}0")


def start_after_end(files: Files) -> Iterator[Mutation]:
    for node in (*files.of("Plan"), *files.of("Period")):
        yield from within(node, r'(?<=yf:startYear ")\d+(?=")', "2099")
        yield from within(node, r'(?<=yf:startDate ")\d+(?=-)', "2099")


def hash_of_another_text(files: Files) -> Iterator[Mutation]:
    for node in files.of("SourceDocument"):
        yield from within(node, r'(?<=yf:textHash ")\w(?=\w)', lambda found: "0" if found[0] != "0" else "1")


def statements(files: Files, basis: str) -> list[re.Match[str]]:
    return [node for node in files.nodes("evidence") if node["classes"] == "yf:Statement" and f"yf:basis yf:{basis} " in node["rest"]]


def inferred_from_itself(files: Files) -> Iterator[Mutation]:
    for node in statements(files, "inferred"):
        yield from within(node, r"(?<=prov:wasDerivedFrom )statement:\w+", node["name"], "evidence")


def unknown_rule(files: Files) -> Iterator[Mutation]:
    seen: set[str] = set()
    for basis in ("stated", "inferred", "curated"):
        for node in statements(files, basis):
            rule = re.search(r'yf:rule "([^"]*)"', node["rest"])
            assert rule
            if rule[1] not in seen and not rule[1].startswith("overlay."):
                seen.add(rule[1])
                yield from within(node, r'(?<=yf:rule ")[^"]*(?=")', "dreams.dreamt", "evidence")


def count_that_is_no_number(files: Files) -> Iterator[Mutation]:
    for node in files.of("Declaration"):
        yield from within(node, r"(?<=yf:count )\d+", '"vier"^^xsd:integer')


def another_count(files: Files) -> Iterator[Mutation]:
    for node in files.of("Declaration"):
        yield from within(node, r"(?<=yf:count )\d+", lambda found: f"{found[0]}0")


KINDS = (
    two_classes, unknown_class, unknown_relation, another_relation, edge_to_nothing, orphan, target_without, comparator_flipped, four_for_forty,
    start_after_end, hash_of_another_text, inferred_from_itself, unknown_rule, count_that_is_no_number, another_count,
)  # fmt: skip


@pytest.fixture(scope="module")
def files() -> Files:
    return Files(*((ROOT / "exports" / name).read_text(encoding="utf-8") for name in ("graph.ttl", "evidence.ttl")))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The seed's Turtle and its texts, and nothing else that could give a change away."""
    for name in ("graph.ttl", "evidence.ttl"):
        shutil.copy(ROOT / "exports" / name, tmp_path)
    shutil.copytree(ROOT / "exports" / "texts", tmp_path / "texts")
    return tmp_path


def told(folder: Path) -> list[str]:
    return [finding.message for finding in check_exports(folder) if finding.check not in OWN]


def test_the_turtle_alone_is_good(bare: Path) -> None:
    assert told(bare) == []


def test_there_are_enough_of_them_and_of_each_kind(files: Files) -> None:
    counts = {kind.__name__: sum(1 for _ in kind(files)) for kind in KINDS}
    assert all(counts.values()), counts
    assert sum(counts.values()) >= 119, counts


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__name__))
def test_each_is_seen_and_its_place_named(kind: Callable[[Files], Iterator[Mutation]], files: Files, bare: Path) -> None:
    got_by = []
    for change in kind(files):
        text: str = getattr(files, change.file)
        path = bare / f"{change.file}.ttl"
        path.write_text(text[: change.start] + change.new + text[change.end :], encoding="utf-8")
        found = told(bare)
        if not any(change.place in message for message in found):
            got_by.append((change, found[:3]))
        path.write_text(text, encoding="utf-8")
    assert got_by == []
