"""The compiled shapes give the verdicts of a general validator, and refuse what they do not know."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.check import check_shapes
from graph.errors import VocabularyError
from graph.resources import Lexical, identity, read_resources
from graph.shapes import compiled, load_shapes

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def conforms(shape: str, data: str) -> bool:
    return not list(compiled((HEAD + shape).encode()).faults(read_resources((HEAD + data).encode())))


def altered(lines: list[str], rng: random.Random) -> str:
    """Exports with one property lost, doubled or given to another resource; lines are those of properties and stay Turtle."""
    free = [n for n, line in enumerate(lines) if line.startswith("    ") and line.endswith(" ;")]
    here, there = rng.sample(free, 2)
    changed = list(lines)
    match rng.randrange(3):
        case 0:
            changed[here] = ""
        case 1:
            changed[here] += "\n" + lines[there]
        case _:
            verb = lines[here].split()[0]
            changed[here] = f"    {verb} {lines[there].strip().split(' ', 1)[1]}"
    return "\n".join(changed)


@pytest.mark.parametrize("seed", range(60))
def test_a_random_fault_gets_the_verdict_of_the_general_validator(seed_exports: Path, seed: int) -> None:
    both = (seed_exports / "graph.ttl").read_text(encoding="utf-8") + (seed_exports / "evidence.ttl").read_text(encoding="utf-8")
    lines = sorted(both.replace(" ,\n        ", " , ").split("\n"), key=lambda line: not line.startswith("@prefix"))
    data = altered(lines, random.Random(seed)).encode()
    told = {finding.message.split(": ")[0] for finding in check_shapes(data)}
    assert {node for node, _, _ in load_shapes().faults(read_resources(data))} == told


@pytest.mark.parametrize("part", ["sh:closed true", "sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:minCount 1 ]", "sh:minExclusive 3"])
def test_what_is_not_known_is_refused_and_not_passed_over(part: str) -> None:
    with pytest.raises(VocabularyError, match="not known"):
        compiled(f"{HEAD} :S a sh:NodeShape ; sh:targetClass :C ; {part} .".encode())


@pytest.mark.parametrize(
    ("constraint", "good", "bad"),
    [
        ("sh:maxCount 1", '"a" , "a"', '"a" , "a"@zh'),
        ("sh:datatype xsd:integer", "7", '"seven"^^xsd:integer'),
        ("sh:nodeKind sh:IRI", ":a", "[]"),
        ("sh:minInclusive 2", "2.0", '"two"'),
        ("sh:in ( :a )", ":a", '"http://example.org/a"'),
        ('sh:languageIn ( "zh" )', '"a"@zh-Hant', '"a"@en'),
        ("sh:disjoint :q", '"y"', '"x"'),
        ("sh:lessThan :r", "4", "5"),
        ("sh:not [ sh:class :C ]", ":a", ":i"),
        ("sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMaxCount 1", ":i , :a", ":i , :k"),
    ],
)
def test_a_constraint_tells_good_from_bad(constraint: str, good: str, bad: str) -> None:
    shape = f":S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; {constraint} ] ."
    rest = ':n :q "x" ; :r 5 . :i a :C . :k a :C .'
    assert conforms(shape, f":n :p {good} . {rest}")
    assert not conforms(shape, f":n :p {bad} . {rest}")


def test_paths_lead_backwards_and_both_ways() -> None:
    shape = ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path [ sh:alternativePath ( [ sh:inversePath :p ] :q ) ] ; sh:minCount 2 ] ."
    assert conforms(shape, ":n a :C ; :q 1 . :m :p :n .")
    assert not conforms(shape, ":n a :C ; :q 1 . :n :p :m .")


def test_a_literal_is_no_iri_of_the_same_text() -> None:
    resources = read_resources(b'<http://example.org/a> <http://example.org/p> "http://example.org/a" , <http://example.org/a> .')
    text, iri = resources["http://example.org/a"]["http://example.org/p"]
    assert isinstance(text, Lexical)
    assert text == iri
    assert identity(text) != identity(iri)
