"""The library of named queries in `ontology/queries/`: SPARQL files that say in comments what they ask and expect.

Head of a file, one key a line: ``# title@zh:``, ``# title@en:``, ``# description@zh:``, ``# description@en:``; any
number of ``# param NAME: TYPE = DEFAULT | Chinese | English`` (TYPE is a class's name, `node`, `class`, `relation`,
`year`, `number` or `text`; without a default the variable stays free); ``# group:`` (who asks it, a line of `groups.tsv`); and what the
committed exports must answer, as
``# expect:`` lines: ``15 rows``, ``at least 3 rows``, ``columns a b``, or values of a row, ``智慧医疗 | 民生服务``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..core.errors import QueryError, VocabularyError
from ..core.namespaces import ONTOLOGY

QUERIES = ONTOLOGY / "queries"
_KEYED = re.compile(r"#\s*(title@zh|title@en|description@zh|description@en|group|expect|param \w+):\s*(.*\S)\s*")
_COUNTED = re.compile(r"(at least )?(\d+) rows?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a named query that a user may bind: its name, type, default ("" for none) and labels."""

    name: str
    type: str
    default: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the library: titles, descriptions, parameters, and what it must answer on the committed exports."""

    name: str
    text: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    parameters: tuple[Parameter, ...]
    expect: tuple[str, ...]
    group: str = ""


def _parameter(name: str, value: str, path: Path, line: int) -> Parameter:
    parts = [part.strip() for part in value.split("|")]
    if len(parts) != 3 or not all(parts):
        raise VocabularyError("a parameter reads NAME: TYPE = DEFAULT | Chinese | English", file=path.name, line=line)
    kind, _, default = (part.strip() for part in parts[0].partition("="))
    return Parameter(name, kind, default, parts[1], parts[2])


def read_query(path: Path) -> NamedQuery:
    """Read one file of the library.

    Raises `VocabularyError` for a missing title, description or expectation and for a broken parameter.
    """
    text = path.read_text(encoding="utf-8")
    found: dict[str, str] = {}
    parameters: list[Parameter] = []
    expect: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _KEYED.fullmatch(line)
        if not match:
            continue
        key, value = match.groups()
        if key == "expect":
            expect.append(value)
        elif key.startswith("param "):
            parameters.append(_parameter(key[6:], value, path, number))
        else:
            found[key] = value
    for key in ("title@zh", "title@en", "description@zh", "description@en"):
        if key not in found:
            raise VocabularyError(f"the query has no {key}", file=path.name)
    if not expect:
        raise VocabularyError("the query says nothing about its answer (# expect:)", file=path.name)
    return NamedQuery(
        path.stem,
        text,
        found["title@zh"],
        found["title@en"],
        found["description@zh"],
        found["description@en"],
        tuple(parameters),
        tuple(expect),
        found.get("group", ""),
    )


@cache
def load_library(folder: Path = QUERIES) -> dict[str, NamedQuery]:
    """Read all named queries, sorted by name.

    Raises `VocabularyError` for a file without the keys that it must have.
    """
    return {path.stem: read_query(path) for path in sorted(folder.glob("*.rq"))}


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one kind of people: its key, what they are called, the questions by name, and the one they ask first."""

    key: str
    zh: str
    en: str
    queries: tuple[NamedQuery, ...]
    first: NamedQuery


@cache
def _words(file: str) -> dict[str, tuple[str, ...]]:
    """Read a table of words in both languages by key, in its order, with what else a line says."""
    lines = (QUERIES / file).read_text(encoding="utf-8").splitlines()[1:]
    return {key: tuple(rest) for key, *rest in (line.split("\t") for line in lines if line)}


@cache
def grouped_library() -> list[Group]:
    """Give all named queries by who asks them, in the order of `groups.tsv`; those of no group last."""
    known = {**_words("groups.tsv"), "": ("其他", "Others", "")}
    library = load_library()
    groups = []
    for key, (zh, en, first) in known.items():
        if queries := tuple(query for query in library.values() if query.group == key):
            groups.append(Group(key, zh, en, queries, library.get(first, queries[0])))
    return groups


def column_words(name: str) -> tuple[str, str]:
    """Give what a column of an answer is called in Chinese and English; a variable of somebody's own by its name.

    >>> column_words("industry"), column_words("x")
    (('行业', 'industry'), ('x', 'x'))
    """
    zh, en = _words("columns.tsv").get(name, (name, name))
    return zh, en


def named_query(name: str) -> NamedQuery:
    """Give a query of the library.

    Raises `QueryError` with the names that are nearest.
    """
    path = QUERIES / f"{name}.rq"
    if re.fullmatch(r"[\w-]+", name) and path.is_file():
        return read_query(path)
    from difflib import get_close_matches

    near = get_close_matches(name, list(load_library()), 3, 0.4)
    hint = f"nearest: {', '.join(near)}" if near else "--list shows them"
    raise QueryError(f"no named query {name}; {hint}")


def unmet(expect: tuple[str, ...], columns: list[str], rows: list[list[str]]) -> list[str]:
    """Tell which expectations an answer does not meet; `rows` hold what the cells show (labels and literals).

    >>> unmet(("at least 2 rows", "columns a b", "x | y"), ["a", "b"], [["x", "y"]])
    ['at least 2 rows: there are 1']
    """
    failed = []
    for wanted in expect:
        counted = _COUNTED.fullmatch(wanted)
        if counted:
            enough = len(rows) >= int(counted[2]) if counted[1] else len(rows) == int(counted[2])
            if not enough:
                failed.append(f"{wanted}: there are {len(rows)}")
        elif wanted.startswith("columns "):
            if columns != wanted.split()[1:]:
                failed.append(f"{wanted}: they are {' '.join(columns)}")
        else:
            values = {value.strip() for value in wanted.split("|")}
            if not any(values <= set(row) for row in rows):
                failed.append(f"no row with {wanted}")
    return failed
