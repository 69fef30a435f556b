"""Whether a store answers as the exports do: the named queries asked of both, and their answers held against each other.

Counting triples is not enough: a store that holds every graph still answers wrongly where its default graph is the heap of all of them.
Rows are compared as a bag, for order is a store's own where a query leaves it open. What stores write in another way is taken for the same
only where the difference has a name here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from ..core.errors import AmbiguousName, NameNotFound
from ..core.namespaces import BASE, PREFIXES
from ..query.library import NamedQuery, Parameter
from ..query.nodes import Nodes
from ..query.run import example, names_of, prefixes, run, serialize, term_of
from ..query.syntax import bind, is_distinct, keywords, query_form
from .client import PublishError
from .stores import ASKED, Dataset, GraphStore

_XSD = PREFIXES["xsd"]
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "int", "long", "nonNegativeInteger", "double", "float"))

Cell = tuple[str, ...]
Row = tuple[tuple[str, Cell], ...]


def _cell(term: Mapping[str, Any]) -> Cell:
    """Give a term of a JSON result in one form: numbers by their value, strings without a type, languages in lower case."""
    kind, value = str(term["type"]), str(term["value"])
    if kind in ("uri", "bnode"):
        return kind, value if kind == "uri" else ""
    if term.get("xml:lang"):
        return "literal", value, "@" + str(term["xml:lang"]).lower()
    datatype = str(term.get("datatype") or _XSD + "string")
    if datatype in _NUMBERS:
        try:
            return "number", str(Decimal(value).normalize())
        except InvalidOperation:
            return "literal", value, datatype
    return "literal", value, datatype


def _triple(triple: ox.Triple) -> Row:
    ends = (triple.subject, triple.predicate, triple.object)
    return tuple(("spo"[place], ("" if isinstance(term, ox.BlankNode) else str(term),)) for place, term in enumerate(ends))


def _boolean(cell: Cell) -> Cell:
    """Take a truth value for the number that SQL has for it."""
    if cell[0] == "literal" and cell[-1] == _XSD + "boolean":
        return "number", "1" if cell[1] in ("true", "1") else "0"
    return cell


def _numbers_for_truth(rows: Counter[Row]) -> Counter[Row]:
    changed: Counter[Row] = Counter()
    for row, count in rows.items():
        changed[tuple((name, _boolean(cell)) for name, cell in row)] += count
    return changed


def _once(rows: Counter[Row]) -> Counter[Row]:
    return Counter(rows.keys())


TRUTH = "truth values are written as 1 and 0"
REPEATED = "rows are repeated in spite of DISTINCT"
DIFFERENCES: dict[str, Callable[[Counter[Row]], Counter[Row]]] = {TRUTH: _numbers_for_truth, REPEATED: _once}
"""What stores do in their own way, by the words in which that is told: Virtuoso 7 does both."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a store's answer to one named query compares: how many rows on both sides, and what differs ("" where nothing does)."""

    query: str
    here: int
    there: int
    same: bool
    difference: str = ""


def _rows(results: Mapping[str, Any]) -> Counter[Row]:
    if "boolean" in results:
        return Counter([(("boolean", ("literal", str(results["boolean"]).lower(), _XSD + "boolean")),)])
    found: Counter[Row] = Counter()
    try:
        if ASKED in results["head"]["vars"] and not results["results"]["bindings"]:
            found[(("boolean", ("number", "0")),)] += 1
        for row in results["results"]["bindings"]:
            found[tuple(sorted(("boolean" if name == ASKED else name, _cell(term)) for name, term in row.items()))] += 1
    except (LookupError, TypeError, AttributeError) as error:
        raise PublishError(f"the rows of an answer are no SPARQL result: {error}") from None
    return found


def compare(query: str, here: Counter[Row], there: Counter[Row], distinct: bool = False) -> Comparison:
    """Hold the rows of two answers against each other; distinct says that the query asks for each row once."""
    sizes = here.total(), there.total()
    if here == there:
        return Comparison(query, *sizes, same=True)
    for words, change in DIFFERENCES.items():
        if (distinct or words != REPEATED) and change(here) == change(there):
            return Comparison(query, *sizes, same=True, difference=words)
    row = next(iter((here - there) or (there - here)))
    shown = ", ".join(f"{name} {' '.join(cell[1:] or cell)}" for name, cell in row)[:200]
    side = "the store lacks" if here - there else "the store adds"
    return Comparison(query, *sizes, same=False, difference=f"{side} {shown}")


class Answers:
    """The answers that a store of the exports gives to named queries with their defaults."""

    def __init__(self, store: ox.Store, base: str = BASE) -> None:
        self._store = store
        self._nodes = Nodes(store)
        self._names = names_of(self._nodes)
        self._base = base
        self._known = prefixes(base)

    def text(self, query: NamedQuery) -> str:
        """Give a named query as it is sent to another store: its parameters bound, its prefixes declared."""
        values = {p.name: self._value(p) for p in query.parameters if p.default}
        head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in self._known.items() if f"{prefix}:" in query.text)
        return head + bind(query.text, values)

    def _value(self, parameter: Parameter) -> str:
        """Give a parameter's default as a term; where this graph has no such node, one that it has."""
        try:
            return term_of(parameter.default, self._nodes, self._names, parameter.type)
        except (NameNotFound, AmbiguousName):
            return f"<{example(self._nodes, parameter.type)}>"

    def rows(self, text: str) -> Counter[Row]:
        """Answer a query here."""
        result = run(self._store, text, base=self._base)
        if isinstance(result, ox.QueryTriples):
            return Counter({_triple(triple) for triple in result})
        return _rows(json.loads(serialize(result, "json")))

    def compared(self, query: NamedQuery, there: GraphStore, dataset: Dataset) -> Comparison:
        """Ask a store a named query and compare its answer with the one from here."""
        text = self.text(query)
        words = keywords(text)
        # Graphs are named only for the queries that look into them: a corpus has thousands.
        asked = dataset if "GRAPH" in words else Dataset(dataset.default)
        if query_form(text) in ("CONSTRUCT", "DESCRIBE"):
            found = Counter({_triple(triple) for triple in there.construct(text, asked)})
        else:
            found = _rows(there.select(text, asked))
        return compare(query.name, self.rows(text), found, is_distinct(text))


def compare_all(queries: list[NamedQuery], answers: Answers, there: GraphStore, dataset: Dataset) -> Iterator[Comparison]:
    """Compare the answers to all queries; one that the store cannot answer is a difference and stops nothing."""
    for query in queries:
        try:
            yield answers.compared(query, there, dataset)
        except PublishError as error:
            yield Comparison(query.name, 0, 0, same=False, difference=str(error))
