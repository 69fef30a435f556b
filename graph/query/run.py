"""SPARQL 1.1 over the graph: run a query with parameters bound, and write its answer in the W3C formats.

The engine is pyoxigraph, in process; `yangfan.query.store` gives it a store made of exports, a file, an `rdflib.Graph` or
the networkx graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pyoxigraph as ox

from ..core.errors import AmbiguousName, NameNotFound, QueryError
from ..core.iris import segment
from ..core.namespaces import BASE, PREFIXES, YF
from .names import Names, fold
from .nodes import Nodes, Term
from .store import DEFAULT, TYPE
from .syntax import bind, explain, from_clauses, keywords

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

RESULT_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS: dict[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
SHARED = (
    "Plan",
    "SourceDocument",
    "CitedDocument",
    "Organization",
    "Industry",
    "Technology",
    "Scenario",
    "Indicator",
    "Programme",
    "Place",
    "Instrument",
    "Deadline",
    "Frequency",
)
_PREFIXED = frozenset({"ttl", "jsonld", "rdf", "trig"})
# Cheap to look for before the query is cut into tokens; a keyword may also be written with escapes.
_MAYBE_FROM = re.compile(r"from|\\u", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_LITERAL = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(@[A-Za-z-]+|\^\^\S+)?""")


@cache
def prefixes(base: str = BASE) -> dict[str, str]:
    """Give the prefixes that every query may use undeclared.

    `id:` is the base of the entities' IRIs; each shared class has one of its own, so that `industry:智慧医疗` is a node.
    """
    return {**PREFIXES, "id": base, **{segment(cls): f"{base}{segment(cls)}/" for cls in SHARED}}


def _merged(
    store: ox.Store, default: list[ox.NamedNode], named: list[ox.NamedNode]
) -> tuple[ox.Store, list[ox.NamedNode]]:
    """Merge some graphs into one of a new store, beside the named ones.

    The engine would give a triple once for each graph that it stands in; a merge has it once (RDF 1.1 Semantics, 4.1).
    """
    target = ox.NamedNode("urn:x-yangfan:merged")
    merged = ox.Store()
    for name in default:
        quads = store.quads_for_pattern(None, None, None, name)
        merged.extend(ox.Quad(quad.subject, quad.predicate, quad.object, target) for quad in quads)
    for name in named:
        merged.extend(store.quads_for_pattern(None, None, None, name))
    return merged, [target]


def run(
    store: ox.Store,
    text: str,
    *,
    values: Mapping[str, str] | None = None,
    default_graphs: Iterable[str] | None = None,
    named_graphs: Iterable[str] | None = None,
    base: str = BASE,
    file: str = "query",
) -> Result:
    """Run a query; `values` bind variables to terms in SPARQL's own notation.

    default_graphs and named_graphs, when one of them is given, are the dataset and override FROM and FROM NAMED
    (SPARQL 1.1 Protocol, 2.1.4). Relative IRIs resolve against `base`. Raises `QueryError` for what cannot be parsed or
    run.
    """
    if "SERVICE" in keywords(text):
        raise QueryError("no other endpoint is asked: SERVICE is not allowed", file=file)
    known = prefixes(base)
    dataset: dict[str, list[ox.NamedNode]] = {}
    try:
        if default_graphs is None and named_graphs is None and _MAYBE_FROM.search(text) and "FROM" in keywords(text):
            default_graphs, named_graphs = from_clauses(text, known, base)
        if default_graphs is not None or named_graphs is not None:
            default = [ox.NamedNode(iri) for iri in dict.fromkeys(default_graphs or ())]
            named = [ox.NamedNode(iri) for iri in dict.fromkeys(named_graphs or ())]
            if len(default) > 1:
                store, default = _merged(store, default, named)
            dataset = {"default_graph": default, "named_graphs": named}
    except ValueError as error:
        raise QueryError(f"no IRI of a graph: {error}") from error
    try:
        return store.query(bind(text, values or {}), base_iri=base, prefixes=known, **dataset)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise explain(error, text, lambda t: ox.Store().query(t, base_iri=base, prefixes=known), file) from None
    except UnicodeEncodeError:
        raise QueryError("the query is no valid Unicode text", file=file) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"cannot run this query: {error}", file=file) from error


def _used(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Give the declared prefixes that some resource of the triples begins with."""
    resources = {
        term.datatype.value if isinstance(term, ox.Literal) else term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if not isinstance(term, (ox.BlankNode, ox.Triple))
    }
    stems = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in resources}
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in stems}


def write_triples(triples: Iterable[ox.Triple], form: str) -> bytes:
    """Write triples in an RDF format, sorted, so that what is said of one resource stands together."""
    listed = sorted(triples, key=str)
    return (
        ox.serialize(listed, format=GRAPH_FORMATS[form], prefixes=_used(listed) if form in _PREFIXED else None) or b""
    )


def serialize(result: Result, form: str) -> bytes:
    """Write an answer: `csv`, `tsv`, `json` or `xml` for rows and truth values, an RDF format for graphs.

    Raises `QueryError` where the answer has no such form, or where the engine fails while it gives the answer.
    """
    try:
        if isinstance(result, ox.QueryTriples):
            if form not in GRAPH_FORMATS:
                raise QueryError(
                    f"this query gives a graph, which has no {form}: take one of {', '.join(GRAPH_FORMATS)}"
                )
            return result.serialize(format=GRAPH_FORMATS[form]) or b"" if form == "nt" else write_triples(result, form)
        if form not in RESULT_FORMATS:
            gives = "a truth value" if isinstance(result, ox.QueryBoolean) else "rows"
            raise QueryError(f"this query gives {gives}, not a graph: take one of {', '.join(RESULT_FORMATS)}")
        return result.serialize(format=RESULT_FORMATS[form]) or b""
    except (OSError, RuntimeError) as error:
        raise QueryError(f"cannot run this query: {error}") from error


def names_of(nodes: Nodes) -> Names:
    """Index all names of a store's nodes."""
    return Names(nodes.names(), nodes.base)


def _vocabulary(nodes: Nodes, value: str, kind: str) -> list[str]:
    """Find classes (`class`) or relations (`relation`) by local name or label in either language."""
    declared = nodes.schema.classes if kind == "class" else nodes.schema.relations
    wanted = fold(value.removeprefix("yf:").removeprefix(YF))
    found = [item for item in declared.values() if wanted in (fold(item.name), fold(item.zh), fold(item.en))]
    return [YF + item.name for item in found]


def term_of(value: str, nodes: Nodes, names: Names, kind: str = "") -> str:
    """Turn the value of a parameter into a term in SPARQL's notation.

    kind is `node` or a class's name (the value is a label, alias or IRI of a node), `class`, `relation`, `year`,
    `number`, `text`, or empty for whichever of these the value looks like. Raises `NameNotFound`, `AmbiguousName` or
    `QueryError`.
    """
    if kind == "year":
        if not re.fullmatch(r"\d{4}", value):
            raise QueryError(f"no year: {value}")
        return f'"{value}"^^<{PREFIXES["xsd"]}gYear>'
    if kind == "number" or (not kind and _NUMBER.fullmatch(value)):
        if not _NUMBER.fullmatch(value):
            raise QueryError(f"no number: {value}")
        return value
    if kind == "text":
        return str(ox.Literal(value))
    if not kind and _LITERAL.fullmatch(value):
        return value
    if kind in ("class", "relation"):
        found = _vocabulary(nodes, value, kind)
        if len(found) != 1:
            raise (AmbiguousName if found else NameNotFound)(f"no {kind} of the ontology is named {value}")
        return f"<{found[0]}>"
    if kind in nodes.schema.classes:
        bearers = names.candidates(value) or names.spelt(value)
        fitting = [iri for iri in bearers if nodes.schema.is_a(nodes.class_of(iri) or kind, kind)]
        if len(fitting) == 1:
            return f"<{fitting[0]}>"
    return _any_node(value, nodes, names, kind)


def _any_node(value: str, nodes: Nodes, names: Names, kind: str) -> str:
    if not names.candidates(value) and not kind:
        bare = value.removeprefix("<").removesuffix(">")
        prefix, colon, local = bare.partition(":")
        if colon and prefix in PREFIXES:
            return f"<{PREFIXES[prefix]}{local}>"
        if re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|^`\\]+", bare):
            return f"<{bare}>"
        found = _vocabulary(nodes, value, "class") + _vocabulary(nodes, value, "relation")
        if len(found) == 1:
            return f"<{found[0]}>"
    return f"<{names.resolve(value)}>"


def example(nodes: Nodes, kind: str) -> str:
    """Give the IRI of some node of a class, the first by IRI; of any class of the graph's where `kind` names none.

    The empty string where there is none.
    """
    classes = nodes.schema.classes
    for name in [kind] if kind in classes else SHARED:
        quads = nodes.store.quads_for_pattern(None, TYPE, ox.NamedNode(YF + name), DEFAULT)
        first = min((quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)), default="")
        if first:
            return first
    return ""


def rows(result: ox.QuerySolutions) -> Iterator[list[Term | None]]:
    """Give the rows of a SELECT as lists of terms in the order of its variables; none where a variable is unbound."""
    columns = result.variables
    try:
        for solution in result:
            yield [solution[column] for column in columns]
    except (OSError, RuntimeError) as error:
        raise QueryError(f"cannot run this query: {error}") from error
