"""`nodes.csv` and `edges.csv` are what neo4j-admin imports, by the grammar of its manual: neo4j-admin itself was not at hand.

Neo4j Operations Manual, "Import > CSV header format": a field is `name:TYPE`, `name:TYPE(id space)` or `name:TYPE{options}`, where the type is
a property's, `ID`, `LABEL`, `START_ID`, `END_ID`, `TYPE` or `IGNORE`; "property types": what a typed cell may hold. An empty cell is no property.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.samples_checked import PLAN
from tests.test_corpus import FOREST, plant
from yangfan.pipeline import build

_FIELD = re.compile(r"(?P<name>[^:]*)(?::(?P<type>[A-Za-z_-]+)(?P<array>\[\])?(?:\([^)]*\))?(?:\{[^}]*\})?)?")
_CONTROL = {"ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE"}


def _whole(cell: str, bits: int) -> bool:
    return re.fullmatch(r"[+-]?\d+", cell) is not None and -(2 ** (bits - 1)) <= int(cell) < 2 ** (bits - 1)


def _decimal(cell: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", cell) is not None


def _day(cell: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", cell) is not None and bool(date.fromisoformat(cell))


_HOLDS: dict[str, Callable[[str], bool]] = {
    "string": lambda _: True,
    "int": lambda cell: _whole(cell, 32),
    "long": lambda cell: _whole(cell, 64),
    "double": _decimal,
    "boolean": lambda cell: cell in ("true", "false"),
    "date": _day,
}
"""The property types that the files use, with what a cell of each may hold."""


def fields(header: list[str]) -> list[tuple[str, str, bool]]:
    """Read a header: name, type (a string where none is given) and whether it is an array of each field."""
    found = []
    for cell in header:
        match = _FIELD.fullmatch(cell)
        assert match, f"no field of a header: {cell!r}"
        kind = match["type"] or "string"
        assert kind in _CONTROL or (kind in _HOLDS and match["name"]), f"no type: {cell!r}"
        found.append((match["name"], kind, bool(match["array"])))
    names = Counter(name for name, kind, _ in found if name)
    assert not [name for name, count in names.items() if count > 1]
    return found


def rows(path: Path) -> tuple[list[tuple[str, str, bool]], list[list[str]]]:
    """Read a file as neo4j-admin does: a byte order mark is passed over, quotes are doubled and nothing else escapes them (RFC 4180)."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *listed = csv.reader(stream, strict=True)
    return fields(header), listed


def faults(path: Path) -> list[str]:
    """Say which cells do not hold what their field's type may hold."""
    header, listed = rows(path)
    found = []
    for number, row in enumerate(listed, start=2):
        if len(row) != len(header):
            found.append(f"{path.name}:{number}: {len(row)} cells")
            continue
        for (name, kind, array), cell in zip(header, row, strict=True):
            parts = cell.split(";") if array else [cell]
            if kind in _HOLDS and cell and not all(map(_HOLDS[kind], parts)):
                found.append(f"{path.name}:{number}: {name}:{kind} {cell!r}")
            if kind in _CONTROL and not cell:
                found.append(f"{path.name}:{number}: nothing under {kind}")
    return found


@pytest.fixture(scope="module", params=["seed", "several"])
def exports(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "seed":
        return ROOT / "exports"
    place = tmp_path_factory.mktemp("neo4j")
    assert build(plant(place / "in", {**FOREST, "plan.md": PLAN}), place / "out").findings == []
    return place / "out"


@pytest.mark.parametrize(("name", "control"), [("nodes.csv", ["ID", "LABEL"]), ("edges.csv", ["END_ID", "START_ID", "TYPE"])])
def test_headers_and_cells_are_what_the_import_reads(exports: Path, name: str, control: list[str]) -> None:
    header, listed = rows(exports / name)
    assert sorted(kind for _, kind, _ in header if kind in _CONTROL) == control
    assert len(listed) > 50
    assert faults(exports / name) == []


def test_every_end_of_an_edge_is_a_node_and_none_stands_twice(exports: Path) -> None:
    header, listed = rows(exports / "nodes.csv")
    at = [kind for _, kind, _ in header].index("ID")
    nodes = [row[at] for row in listed]
    assert len(set(nodes)) == len(nodes)
    header, listed = rows(exports / "edges.csv")
    ends = [place for place, (_, kind, _) in enumerate(header) if kind.endswith("_ID")]
    assert {row[place] for row in listed for place in ends} <= set(nodes)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("iri:ID,:LABEL,year:int\r\na,Plan,2021年\r\n", "year:int"),
        ("iri:ID,:LABEL,holds:boolean\r\na,Plan,True\r\n", "holds:boolean"),
        ("iri:ID,:LABEL,issued:date\r\na,Plan,2021\r\n", "issued:date"),
        ("iri:ID,:LABEL,value:double\r\na,Plan,1万\r\n", "value:double"),
        ("iri:ID,:LABEL\r\na,\r\n", "nothing under LABEL"),
    ],
)
def test_what_the_import_would_refuse_is_found(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "nodes.csv").write_text(text, encoding="utf-8")
    (told,) = faults(tmp_path / "nodes.csv")
    assert fault in told


@pytest.mark.parametrize("header", ["value:number", ":ID:LABEL", ":int"])
def test_what_is_no_header_is_refused(header: str) -> None:
    with pytest.raises(AssertionError, match=r"no (field|type)"):
        fields(header.split(","))
