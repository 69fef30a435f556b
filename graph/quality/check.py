"""Check exports as anyone could who has only the files: shapes, statements, quotes, declared counts.

Everything is read back from the Turtle and the texts; nothing is taken from the program that wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import pyoxigraph as ox

from ..core.errors import ReadError
from ..core.namespaces import ONTOLOGY, PREFIXES, YF
from ..text.numerals import spoken

_RDF, _OA, _PROV = PREFIXES["rdf"], PREFIXES["oa"], PREFIXES["prov"]
_SKOS, _DCTERMS = PREFIXES["skos"], PREFIXES["dcterms"]
Resources = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found: which check, and what is wrong, in one line."""

    check: str
    message: str


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(error.strerror or "cannot be read", file=path) from error


def _resources(data: bytes, path: Path) -> tuple[Resources, list[tuple[str, str, str]]]:
    """Read Turtle into resource → property → values, and the edges between resources by relations of the ontology."""
    resources: Resources = {}
    edges = []
    try:
        for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
            subject, predicate, object_ = triple.subject, triple.predicate.value, triple.object
            assert isinstance(object_, (ox.NamedNode, ox.BlankNode, ox.Literal))
            resources.setdefault(getattr(subject, "value", ""), {}).setdefault(predicate, []).append(object_.value)
            if predicate.startswith(YF) and isinstance(object_, ox.NamedNode) and isinstance(subject, ox.NamedNode):
                edges.append((subject.value, predicate, object_.value))
    except SyntaxError as error:
        raise ReadError(f"broken Turtle: {error}", file=path) from error
    return resources, edges


def check_exports(folder: Path) -> list[Finding]:
    """Run every check on a folder of exports and give what was found; an empty list is a clean bill.

    Raises `ReadError` when a file is missing or cannot be read.
    """
    graph_data, evidence_data = _load(folder / "graph.ttl"), _load(folder / "evidence.ttl")
    # What is no Turtle at all is told here, with its file, before the validator sees it.
    found = check_evidence(graph_data, evidence_data, folder)
    return [*check_shapes(graph_data, evidence_data), *found]


def check_evidence(graph_data: bytes, evidence_data: bytes, folder: Path) -> list[Finding]:
    """Check Turtle of nodes and of evidence against each other and against the texts of a folder of exports.

    Raises `ReadError` for broken Turtle.
    """
    nodes, edges = _resources(graph_data, folder / "graph.ttl")
    evidence, _ = _resources(evidence_data, folder / "evidence.ttl")
    return [
        *check_statements(nodes, edges, evidence),
        *check_quotes(nodes, evidence, folder / "texts"),
        *check_declarations(nodes),
        *check_targets(nodes),
    ]


_AT_WORK = Lock()


@cache
def _validator() -> Any:
    """Give a validator that has read the shapes and holds no data; to set one up takes about as long as to validate a plan."""
    import pyrudof

    validator = pyrudof.Rudof(pyrudof.RudofConfig())
    validator.read_shacl((ONTOLOGY / "shapes.ttl").read_text(encoding="utf-8"), pyrudof.ShaclFormat.Turtle)
    validator.read_data("# nothing yet\n", pyrudof.RDFFormat.Turtle)
    return validator


def prepare() -> None:
    """Set the validator up, so that the first check need not wait for it."""
    with _AT_WORK:
        _validator()


def check_shapes(*turtle: bytes) -> list[Finding]:
    """Validate Turtle against `ontology/shapes.ttl` (SHACL, 3)."""
    import pyrudof

    data = b"\n".join(turtle).decode("utf-8")
    with _AT_WORK:
        validator = _validator()
        # What is read goes into a frame over the empty graph, and with the frame it goes away again.
        validator.begin_staging()
        try:
            # The lax mode would pass over a syntax error in silence.
            validator.read_data(data, pyrudof.RDFFormat.Turtle, reader_mode=pyrudof.ReaderMode.Strict, merge=True)
            report = list(validator.validate_shacl())
        finally:
            validator.rollback_staging()
    return [Finding("shapes", f"{entry.focus_node}: {entry.path or ''} {entry.message or ''}".strip()) for entry in report]


def _one(resource: dict[str, list[str]], predicate: str) -> str:
    return next(iter(resource.get(predicate, ())), "")


def check_statements(nodes: Resources, edges: list[tuple[str, str, str]], evidence: Resources) -> Iterator[Finding]:
    """Every edge has a statement, every statement an edge or an attribute, and each basis what it needs (contract section 5)."""
    statements = {iri: data for iri, data in evidence.items() if YF + "Statement" in data.get(_RDF + "type", ())}
    said = {
        (_one(data, _RDF + "subject"), _one(data, _RDF + "predicate"), _one(data, _RDF + "object"))
        for data in statements.values()
    }
    individuals = {YF + "basis", YF + "translation"}
    wanted = {edge for edge in edges if edge[1] not in individuals}
    for subject, predicate, object_ in sorted(wanted - said):
        yield Finding("statements", f"no statement for {subject} {predicate} {object_}")
    for subject, predicate, object_ in sorted(said):
        if object_ not in nodes.get(subject, {}).get(predicate, ()):
            yield Finding("statements", f"a statement about no edge: {subject} {predicate} {object_}")
    for iri, data in sorted(statements.items()):
        basis = _one(data, YF + "basis").removeprefix(YF)
        derived = data.get(_PROV + "wasDerivedFrom", [])
        if basis == "stated" and not any(YF + "Passage" in evidence.get(p, {}).get(_RDF + "type", ()) for p in derived):
            yield Finding("statements", f"{iri} is stated but quotes nothing")
        if basis == "inferred" and not any(p in statements for p in derived):
            yield Finding("statements", f"{iri} is inferred from nothing")
        if basis == "curated" and not data.get(_DCTERMS + "source"):
            yield Finding("statements", f"{iri} is curated but has no source")


def check_quotes(nodes: Resources, evidence: Resources, texts: Path) -> Iterator[Finding]:
    """Every quote stands at its place in the exported text, and a stated edge's ends are named in its quotes."""
    contents: dict[str, str] = {}
    quotes: dict[str, str] = {}
    for iri, data in sorted(evidence.items()):
        if YF + "Passage" not in data.get(_RDF + "type", ()):
            continue
        document = _one(data, _OA + "hasSource")
        if document not in contents:
            key = _one(nodes.get(document, {}), _DCTERMS + "identifier")
            path = texts / f"{key}.txt"
            try:
                contents[document] = path.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                contents[document] = ""
                yield Finding("quotes", f"{path}: {error}")
        text = contents[document]
        selectors = [evidence.get(selector, {}) for selector in data.get(_OA + "hasSelector", ())]
        position = next((s for s in selectors if _OA + "start" in s), {})
        quote = next((s for s in selectors if _OA + "exact" in s), {})
        try:
            start, end = int(_one(position, _OA + "start")), int(_one(position, _OA + "end"))
        except ValueError:
            yield Finding("quotes", f"{iri} has no place")
            continue
        exact, prefix, suffix = (_one(quote, _OA + name) for name in ("exact", "prefix", "suffix"))
        quotes[iri] = exact
        if text[start:end] != exact or not exact:
            yield Finding("quotes", f"{iri}: the text has {text[start:end][:30]!r} there, not {exact[:30]!r}")
        elif text[max(0, start - len(prefix)) : start] != prefix or text[end : end + len(suffix)] != suffix:
            yield Finding("quotes", f"{iri}: the words around the quote differ")
    yield from _named(nodes, evidence, quotes)


_BRACKET = re.compile(r"（[^（）]*）")
_LEFT_OUT = re.compile(r"[\s《》〈〉<>“”\"]+")
_COMPOSED = {YF + name for name in ("Declaration", "Target", "Observation", "SourceDocument", "Deadline", "Period")}


def _named(nodes: Resources, evidence: Resources, quotes: dict[str, str]) -> Iterator[Finding]:
    """Both ends of a stated edge are named in its quotes; labels that the program composed (targets, counts) are left out."""
    bare = {iri: _bare(quote) for iri, quote in quotes.items()}
    names: dict[str, list[str]] = {}
    for iri, data in sorted(evidence.items()):
        if _one(data, YF + "basis") != YF + "stated":
            continue
        passage = "".join(bare.get(p, "") for p in data.get(_PROV + "wasDerivedFrom", ()))
        for end in (_one(data, _RDF + "subject"), _one(data, _RDF + "object")):
            node = nodes.get(end, {})
            if _COMPOSED.intersection(node.get(_RDF + "type", ())):
                continue
            if end not in names:
                names[end] = [_bare(name) for name in node.get(_SKOS + "prefLabel", []) + node.get(_SKOS + "altLabel", []) if name]
            if any(name in passage for name in names[end]):
                continue
            unbracketed = _BRACKET.sub("", passage)
            if not any(name in unbracketed for name in names[end]):
                label = next(iter(node.get(_SKOS + "prefLabel", []) + node.get(_SKOS + "altLabel", [])), end)
                yield Finding("quotes", f"{iri}: {label} is not named in what it quotes")


def _bare(text: str) -> str:
    """Leave out what labels leave out: white space and enclosing marks."""
    return _LEFT_OUT.sub("", text)


def check_declarations(nodes: Resources) -> Iterator[Finding]:
    """A declared count says that it holds exactly when it has as many members as declared."""
    for iri, data in sorted(nodes.items()):
        if YF + "Declaration" not in data.get(_RDF + "type", ()):
            continue
        count, holds = int(_one(data, YF + "count") or 0), _one(data, YF + "holds") == "true"
        members = len(data.get(YF + "memberLabel", ()))
        if holds != (members == count):
            yield Finding("declarations", f"{iri}: {count} declared, {members} found, but holds is {str(holds).lower()}")


def check_targets(nodes: Resources) -> Iterator[Finding]:
    """A target's label, which is made of its indicator and its quantity, gives the very numbers that the target carries."""
    for iri, data in sorted(nodes.items()):
        if YF + "Target" not in data.get(_RDF + "type", ()):
            continue
        label = _one(data, _SKOS + "prefLabel")
        for name in ("value", "lower", "upper", "year"):
            number = _one(data, YF + name)
            if number and number not in label and (name == "year" or spoken(Decimal(number)) not in label):
                yield Finding("targets", f"{iri}: {name} is {number}, but its label says {label}")
