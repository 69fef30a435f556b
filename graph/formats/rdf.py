"""The graph as RDF: blocks of triples, one block a resource, for every serialization to share.

An IRI is a plain string, all else a `Literal`: a document has ten thousand terms, and these cost next to nothing. No blank
nodes (contract section 2); statements follow RDF reification (RDF Schema 1.1, 5.3) with PROV-O and Web Annotation selectors
(contract section 5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..assembly.evidence import quoted
from ..assembly.records import GraphRecords, Records, graph_name, is_asserted, said_by
from ..core.iris import document_iri, rule_iri, stream_digest
from ..core.labels import in_both
from ..core.model import BASES, PROPOSED, Continued, Entry, Iri, Node, Part, Passage, Statement, Value
from ..core.namespaces import BASE, LICENCE, PREFIXES, YF, expand
from ..core.rules import rule_label
from ..core.schema import Schema, load_schema
from ..core.stream import Stream

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Graph


class Literal(NamedTuple):
    """A literal (RDF 1.1 Concepts, 3.3): its lexical form, and a language tag or the IRI of a datatype; without either it is a string."""

    text: str
    language: str = ""
    datatype: str = ""


Term = str | Literal
Properties = list[tuple[str, Collection[Term]]]


class Block(NamedTuple):
    """One resource and its properties in reading order: type first, then labels, attributes, relations."""

    subject: str
    properties: tuple[tuple[str, Collection[Term]], ...]

    def triples(self) -> Iterator[tuple[str, str, Term]]:
        """Give the block's triples in their order."""
        for predicate, objects in self.properties:
            for object_ in objects:
                yield self.subject, predicate, object_


@cache
def term(curie: str) -> str:
    """Give the resource that a CURIE or IRI names."""
    return expand(curie)


_TYPE = term("rdf:type")
_STRING = term("xsd:string")


_NATURAL: dict[type, str] = {bool: term("xsd:boolean"), int: term("xsd:integer"), Decimal: term("xsd:decimal"), date: term("xsd:date")}
"""The datatype of a value whose property the ontology says nothing of."""


_DATED = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}


def datatype_of_date(text: str) -> str:
    """Give the datatype of a date as exactly as it is given, a day, a month or a year; empty for what is none.

    >>> datatype_of_date("2024-02"), datatype_of_date("2024-02-31")
    ('http://www.w3.org/2001/XMLSchema#gYearMonth', '')
    """
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        return ""
    return term(_DATED[len(text)]) if len(text) in _DATED else ""


def literal(value: Value, predicate: str, schema: Schema) -> Term:
    """Turn an attribute's value into a term; the datatype follows the ontology's range of the property."""
    if isinstance(value, Iri):
        return term(value)
    datatype = schema.datatypes.get(predicate) or _NATURAL.get(type(value), "")
    if predicate == term("dcterms:date"):
        datatype = datatype_of_date(str(value))
    lexical = str(value).lower() if isinstance(value, bool) else format(value, "f") if isinstance(value, Decimal) else str(value)
    return Literal(lexical, datatype="" if datatype == _STRING else datatype)


def _labels(node: Node) -> Iterator[tuple[str, tuple[Term, ...]]]:
    zh, en = Literal(node.zh, "zh"), Literal(node.en, "en")
    both = (zh, en) if en.text else (zh,)
    yield term("skos:prefLabel"), both
    yield term("rdfs:label"), both
    if node.alt:
        yield term("skos:altLabel"), tuple(Literal(text, language) for language, text in sorted(node.alt))


@cache
def _types(cls: str) -> tuple[str, ...]:
    """Give the IRIs of a class and of those above it."""
    return tuple(YF + name for name in (cls, *sorted(load_schema().classes[cls].ancestors)))


def _own(node: Node, schema: Schema) -> Iterator[tuple[str, tuple[Term, ...]]]:
    yield _TYPE, _types(node.cls)
    yield from _labels(node)
    for curie in sorted(node.attrs):
        values = node.attrs[curie]
        predicate = term(curie)
        listed = values if isinstance(values, tuple) else (values,)
        yield predicate, tuple(literal(value, predicate, schema) for value in listed)


def node_block(entry: Entry) -> Block:
    """Describe one node: classes, labels, attributes and the edges that leave it; where all else was told before, the edges alone.

    What is only proposed has its statement and is no triple: who asks for edges is not given it.
    """
    schema = load_schema()
    node = entry.node
    properties: Properties = [] if isinstance(entry, Continued) else [*_own(node, schema)]
    leaving: dict[str, list[str]] = {}
    for edge in filter(is_asserted, entry.edges):
        leaving.setdefault(edge.relation, []).append(edge.object)
    ordered = sorted(leaving, key=lambda name: schema.relations[name].rank)
    properties.extend((YF + name, tuple(leaving[name])) for name in ordered)
    return Block(node.iri, tuple(properties))


def _said(statement: Statement) -> Iterator[tuple[str, tuple[Term, ...]]]:
    if statement.value is None:
        yield term("rdf:predicate"), (YF + statement.relation,)
        yield term("rdf:object"), (statement.object,)
        return
    predicate = term(statement.relation)
    yield term("rdf:predicate"), (predicate,)
    if statement.relation == "skos:altLabel":
        yield term("rdf:object"), (Literal(str(statement.value), "zh"),)
    else:
        yield term("rdf:object"), (literal(statement.value, predicate, load_schema()),)


def statement_block(statement: Statement) -> Block:
    """Describe one statement: the edge, its basis and rule, what it was derived from, and a curated source or the tool that proposed it."""
    derived = [*(p.iri for p in statement.passages), *(p.statement for p in statement.premises)]
    properties: Properties = [
        (_TYPE, (YF + "Statement",)),
        (term("rdf:subject"), (statement.subject,)),
        *_said(statement),
        (YF + "basis", (YF + statement.basis,)),
        (YF + "rule", (Literal(statement.rule),)),
    ]
    if statement.wording:
        properties.append((YF + "wording", (Literal(statement.wording),)))
    if derived:
        # A sub-property (PROV-O, 3.2): who asks what was derived from a passage is not given what a tool made of it.
        how = "prov:wasQuotedFrom" if statement.basis == "proposed" else "prov:wasDerivedFrom"
        properties.append((term(how), tuple(derived)))
    if statement.source and statement.basis == "proposed":
        properties.append((term("prov:wasAttributedTo"), (statement.source.url,)))
        properties.append((term("dcterms:bibliographicCitation"), (Literal(statement.source.title),)))
    elif statement.source:
        source = statement.source
        properties.append((term("dcterms:source"), (source.url,)))
        properties.append((term("dcterms:bibliographicCitation"), (Literal(source.title),)))
        properties.append((term("dcterms:date"), (Literal(source.date, datatype=datatype_of_date(source.date)),)))
        properties.append((YF + "status", (Literal(source.status),)))
    if statement.note:
        properties.append((YF + "note", (Literal(statement.note),)))
    return Block(statement.iri, tuple(properties))


class RuleBlocks:
    """Describes rules, those named and those of the statements that went through it: what `yf:rule` names, in words for a reader.

    The literal of a statement is the rule's `skos:notation` (SKOS, 6); its labels come from `ontology/rules/`. The rule of what a tool
    proposes stands for the tool (PROV-O, 3.1).
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._used = set(names)

    def watch(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """Give the statements on and note their rules."""
        for statement in statements:
            self._used.add(statement.rule)
            yield statement

    def __iter__(self) -> Iterator[Block]:
        for name in sorted(self._used):
            labels = tuple(Literal(rule_label(name, language), language) for language in ("zh", "en"))
            kinds = (YF + "Rule", term("prov:SoftwareAgent")) if name.startswith(PROPOSED) else (YF + "Rule",)
            yield Block(
                rule_iri(name),
                ((_TYPE, kinds), (term("skos:notation"), (Literal(name),)), (term("rdfs:label"), labels)),
            )


def selectors(passage: str) -> tuple[str, str]:
    """Give the IRIs of the two selectors of a passage (its IRI): the quote and the position."""
    return f"{passage}-quote", f"{passage}-position"


def passage_blocks(passage: Passage) -> tuple[Block, Block, Block]:
    """Describe a passage and its two selectors (Web Annotation, 4.2.2 and 4.2.4)."""
    quote, position = selectors(passage.iri)
    sure = () if passage.confidence is None else ((YF + "confidence", (Literal(f"{passage.confidence:.2f}", datatype=term("xsd:decimal")),)),)
    return (
        Block(
            passage.iri,
            (
                (_TYPE, (YF + "Passage",)),
                (term("oa:hasSource"), (passage.document,)),
                (term("oa:hasSelector"), (quote, position)),
                *sure,
            ),
        ),
        Block(
            quote,
            (
                (_TYPE, (term("oa:TextQuoteSelector"),)),
                (term("oa:exact"), (Literal(passage.exact),)),
                (term("oa:prefix"), (Literal(passage.prefix),)),
                (term("oa:suffix"), (Literal(passage.suffix),)),
            ),
        ),
        Block(
            position,
            (
                (_TYPE, (term("oa:TextPositionSelector"),)),
                (term("oa:start"), (Literal(str(passage.span.start), datatype=term("xsd:integer")),)),
                (term("oa:end"), (Literal(str(passage.span.end), datatype=term("xsd:integer")),)),
            ),
        ),
    )


def graph_blocks(records: Records) -> Iterator[Block]:
    """Describe every node, statement, passage and rule of a graph."""
    yield from map(node_block, records.entries())
    yield from map(statement_block, said_by(records))
    yield from chain.from_iterable(map(passage_blocks, records.passages()))
    yield from RuleBlocks(records.rules)


Item = Entry | Statement | Passage | Block


def part_items(part: Part) -> Iterator[Item]:
    """Give what a named graph holds: its nodes with their edges, its statements, the passages that they quote, the rules that they name."""
    yield from part.entries
    quoting: list[Statement] = []
    rules = RuleBlocks()
    for said in rules.watch(part.statements):
        yield said
        if said.passages:
            quoting.append(said)
    yield from quoted(quoting)
    yield from rules


def blocks_of(item: Item) -> tuple[Block, ...]:
    """Describe one thing that a named graph holds."""
    if isinstance(item, Statement):
        return (statement_block(item),)
    if isinstance(item, Passage):
        return passage_blocks(item)
    return (item,) if isinstance(item, Block) else (node_block(item),)


def part_blocks(part: Part) -> Iterator[Block]:
    """Describe a named graph."""
    return chain.from_iterable(map(blocks_of, part_items(part)))


def run_name(version: str, documents: Iterable[str], names: Iterable[str]) -> str:
    """Name a run by what it was made with and of: the IRIs of its source documents and named graphs, each sorted."""
    return stream_digest(chain((version,), documents, names), chr(31))


def provenance_blocks(keys: Collection[str], names: Collection[str], version: str, base: str = BASE, *, told: str = "") -> Iterator[Block]:
    """Describe the run in PROV-O and its outcome in VoID and DCAT, without a clock: what was used, what came out, by which version.

    keys are those of the source documents, names the IRIs of the named graphs, both sorted; where these are a part of a run, told is the
    run's name. Neither need be in memory, nor are the resources that are made of them.
    """
    documents = Stream(lambda: (document_iri(key, base) for key in keys))
    told = told or run_name(version, documents, names)
    software = f"{base}software/yangfan-{version}"
    run = f"{base}run/{told}"
    yield Block(
        software,
        (
            (_TYPE, (term("prov:SoftwareAgent"), term("schema:SoftwareApplication"))),
            (term("rdfs:label"), (Literal(f"Yangfan {version}", "en"),)),
            (term("schema:softwareVersion"), (Literal(version),)),
        ),
    )
    yield Block(
        run,
        (
            (_TYPE, (term("prov:Activity"),)),
            (term("rdfs:label"), tuple(Literal(text, language) for language, text in in_both("build.run"))),
            (term("prov:wasAssociatedWith"), (software,)),
            *(((term("prov:used"), documents),) if documents else ()),
        ),
    )
    yield _dataset_block(f"{base}dataset/{told}", software, documents, names, base)
    common = {graph_name(basis, base) for basis in BASES}
    for name in names:
        source = document_iri(name.removeprefix(graph_name("", base)), base)
        yield Block(
            name,
            (
                (_TYPE, (term("prov:Entity"),)),
                (term("prov:wasGeneratedBy"), (run,)),
                *(((term("prov:wasDerivedFrom"), (source,)),) if name not in common else ()),
            ),
        )


def _dataset_block(dataset: str, software: str, documents: Collection[str], names: Collection[str], base: str) -> Block:
    """Describe what a build gives as a dataset (VoID, 2; DCAT 3, 6.6): its titles, licence, creator, sources and parts.

    It stands beside the provenance and not in `graph.ttl`, whose resources are the graph's nodes and nothing else.
    """
    return Block(
        dataset,
        (
            (_TYPE, (term("void:Dataset"), term("dcat:Dataset"))),
            (term("dcterms:title"), tuple(Literal(text, language) for language, text in in_both("dataset.title"))),
            (term("dcterms:license"), (LICENCE,)),
            (term("dcterms:rights"), tuple(Literal(text, language) for language, text in in_both("dataset.rights"))),
            (term("dcterms:creator"), (software,)),
            *(((term("dcterms:source"), documents),) if documents else ()),
            (term("void:uriSpace"), (Literal(base),)),
            (term("void:vocabulary"), (YF,)),
            *(((term("void:subset"), names),) if names else ()),
        ),
    )


def to_rdflib(graph: nx.MultiDiGraph[str], *, evidence: bool = True) -> Graph:
    """Give the graph as one `rdflib.Graph`, with its statements and passages unless `evidence` is false."""
    import rdflib

    def given(term: Term) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(term, str):
            return rdflib.URIRef(term)
        text, language, datatype = term
        return rdflib.Literal(text, lang=language or None, datatype=rdflib.URIRef(datatype) if datatype else None, normalize=False)

    result = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        result.bind(prefix, namespace)
    records = GraphRecords(graph)
    for block in graph_blocks(records) if evidence else map(node_block, records.entries()):
        for subject, predicate, object_ in block.triples():
            result.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), given(object_)))
    return result
