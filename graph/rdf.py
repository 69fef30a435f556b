"""The graph as RDF: blocks of triples in rdflib's terms, one block a resource, for every serialization to share.

No blank nodes (contract section 2); statements follow RDF reification (RDF Schema 1.1, 5.3) with PROV-O and Web Annotation
selectors (contract section 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef

from graph.evidence import Evidence, Passage, all_evidence, documents_of
from graph.iris import digest, document_iri
from graph.model import Iri, Value
from graph.namespaces import BASE, LICENCE, PREFIXES, RIGHTS, TITLES, YF, expand
from graph.schema import Schema, load_schema

if TYPE_CHECKING:
    import networkx as nx

Term = URIRef | Literal
Triple = tuple[URIRef, URIRef, Term]


@dataclass(frozen=True, slots=True)
class Block:
    """One resource and its properties in reading order: type first, then labels, attributes, relations."""

    subject: URIRef
    properties: tuple[tuple[URIRef, tuple[Term, ...]], ...]

    def triples(self) -> Iterator[Triple]:
        """Give the block's triples in their order."""
        for predicate, objects in self.properties:
            for object_ in objects:
                yield self.subject, predicate, object_


@cache
def term(curie: str) -> URIRef:
    """Give the resource that a CURIE or IRI names."""
    return URIRef(expand(curie))


_TYPE = term("rdf:type")
_STRING = term("xsd:string")


def literal(value: Value, predicate: str, schema: Schema) -> Term:
    """Turn an attribute's value into a term; the datatype follows the ontology's range of the property."""
    if isinstance(value, Iri):
        return term(value)
    datatype = schema.datatypes.get(predicate)
    if datatype is not None:
        lexical = str(value).lower() if isinstance(value, bool) else format(value, "f") if isinstance(value, Decimal) else str(value)
        return Literal(lexical) if URIRef(datatype) == _STRING else Literal(lexical, datatype=URIRef(datatype), normalize=False)
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=term("xsd:date"))
    if isinstance(value, str):
        return Literal(value)
    return Literal(value)


def _labels(data: dict[str, object]) -> Iterator[tuple[URIRef, tuple[Term, ...]]]:
    both: list[Term] = [Literal(data["zh"], lang="zh")]
    if data.get("en"):
        both.append(Literal(data["en"], lang="en"))
    yield term("skos:prefLabel"), tuple(both)
    yield term("rdfs:label"), tuple(both)
    alt = data.get("alt") or ()
    assert isinstance(alt, tuple)
    if alt:
        yield term("skos:altLabel"), tuple(Literal(text, lang=language) for language, text in sorted(alt))


def node_block(graph: nx.MultiDiGraph[str], node: str, relations: dict[str, list[str]] | None = None) -> Block:
    """Describe one node: classes, labels, attributes and its edges out.

    relations, when given, are the edges to write (relation to objects) instead of all that leave the node.
    """
    schema = load_schema()
    data = graph.nodes[node]
    classes = (data["cls"], *sorted(schema.classes[data["cls"]].ancestors))
    properties: list[tuple[URIRef, tuple[Term, ...]]] = [(_TYPE, tuple(URIRef(YF + name) for name in classes))]
    properties.extend(_labels(data))
    for curie in sorted(data["attrs"]):
        values = data["attrs"][curie]
        predicate = term(curie)
        listed = values if isinstance(values, tuple) else (values,)
        properties.append((predicate, tuple(literal(value, str(predicate), schema) for value in listed)))
    if relations is None:
        relations = {}
        for _, object_, relation in graph.out_edges(node, keys=True):
            relations.setdefault(relation, []).append(object_)
    ordered = sorted(relations, key=lambda name: schema.relations[name].rank)
    properties.extend((URIRef(YF + name), tuple(URIRef(iri) for iri in relations[name])) for name in ordered)
    return Block(URIRef(node), tuple(properties))


def _said(evidence: Evidence) -> Iterator[tuple[URIRef, tuple[Term, ...]]]:
    if evidence.value is None:
        yield term("rdf:predicate"), (URIRef(YF + evidence.relation),)
        yield term("rdf:object"), (URIRef(evidence.object),)
        return
    predicate = term(evidence.relation)
    yield term("rdf:predicate"), (predicate,)
    if evidence.relation == "skos:altLabel":
        yield term("rdf:object"), (Literal(evidence.value, lang="zh"),)
    else:
        yield term("rdf:object"), (literal(evidence.value, str(predicate), load_schema()),)


def statement_block(evidence: Evidence) -> Block:
    """Describe one statement: the edge, its basis and rule, what it was derived from, and a curated source."""
    statement = evidence.statement
    derived = [URIRef(p.iri) for p in evidence.passages] + [URIRef(iri) for iri in statement.derived_from]
    properties: list[tuple[URIRef, tuple[Term, ...]]] = [
        (_TYPE, (URIRef(YF + "Statement"),)),
        (term("rdf:subject"), (URIRef(evidence.subject),)),
        *_said(evidence),
        (URIRef(YF + "basis"), (URIRef(YF + statement.basis),)),
        (URIRef(YF + "rule"), (Literal(statement.rule),)),
    ]
    if derived:
        properties.append((term("prov:wasDerivedFrom"), tuple(derived)))
    if statement.source:
        source = statement.source
        properties.append((term("dcterms:source"), (URIRef(source.url),)))
        properties.append((term("dcterms:bibliographicCitation"), (Literal(source.title),)))
        datatype = term("xsd:date" if len(source.date) > 7 else "xsd:gYearMonth")
        properties.append((term("dcterms:date"), (Literal(source.date, datatype=datatype, normalize=False),)))
        properties.append((URIRef(YF + "status"), (Literal(source.status),)))
    if statement.note:
        properties.append((URIRef(YF + "note"), (Literal(statement.note),)))
    return Block(URIRef(evidence.iri), tuple(properties))


def passage_blocks(passage: Passage) -> tuple[Block, Block, Block]:
    """Describe a passage and its two selectors (Web Annotation, 4.2.2 and 4.2.4)."""
    quote, position = URIRef(passage.iri + "-quote"), URIRef(passage.iri + "-position")
    return (
        Block(
            URIRef(passage.iri),
            (
                (_TYPE, (URIRef(YF + "Passage"),)),
                (term("oa:hasSource"), (URIRef(passage.document),)),
                (term("oa:hasSelector"), (quote, position)),
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
                (term("oa:start"), (Literal(str(passage.span.start), datatype=term("xsd:integer"), normalize=False),)),
                (term("oa:end"), (Literal(str(passage.span.end), datatype=term("xsd:integer"), normalize=False),)),
            ),
        ),
    )


def evidence_blocks(records: Iterable[Evidence]) -> tuple[list[Block], list[Block]]:
    """Describe statements and, each once and in the order of the text, the passages that they quote."""
    statements: list[Block] = []
    passages: dict[str, Passage] = {}
    for record in records:
        statements.append(statement_block(record))
        for passage in record.passages:
            passages[passage.iri] = passage
    ordered = sorted(passages.values(), key=lambda p: (p.key, p.span))
    return statements, [block for passage in ordered for block in passage_blocks(passage)]


def node_sections(graph: nx.MultiDiGraph[str]) -> Iterator[tuple[str, list[Block]]]:
    """Give the graph's nodes as blocks, grouped by class in the ontology's order, each group under its heading."""
    schema = load_schema()
    groups: dict[str, list[str]] = {}
    for node, data in graph.nodes(data=True):
        groups.setdefault(str(data["cls"]), []).append(node)
    for cls in sorted(groups, key=lambda name: schema.classes[name].rank):
        declared = schema.classes[cls]
        heading = f"{declared.zh} {declared.en} ({len(groups[cls])})"
        yield heading, [node_block(graph, node) for node in groups[cls]]


def evidence_sections(graph: nx.MultiDiGraph[str]) -> Iterator[tuple[str, list[Block]]]:
    """Give the graph's statements and passages as blocks under two headings."""
    statements, passages = evidence_blocks(all_evidence(graph))
    yield f"陈述 Statements ({len(statements)})", statements
    yield f"原文片段 Passages ({len(passages) // 3})", passages


def named_sections(graph: nx.MultiDiGraph[str]) -> Iterator[tuple[URIRef, list[Block]]]:
    """Give the graph as named graphs: one a source document, one for what was curated, one for what was inferred.

    Each holds the nodes that its edges join, the edges, their statements and passages; their union is `graph.ttl` and
    `evidence.ttl` together.
    """
    base = graph.graph.get("base", BASE)
    names = {iri: URIRef(f"{base}graph/{doc.key}") for iri, doc in documents_of(graph).items()}
    parts: dict[URIRef, list[Evidence]] = {name: [] for name in names.values()}
    for record in all_evidence(graph):
        name = names.get(record.statement.document) or URIRef(f"{base}graph/{record.statement.basis}")
        parts.setdefault(name, []).append(record)
    for name in sorted(parts):
        relations: dict[str, dict[str, list[str]]] = {}
        for record in parts[name]:
            if record.value is not None:
                relations.setdefault(record.subject, {})
                continue
            objects = relations.setdefault(record.subject, {}).setdefault(record.relation, [])
            if record.object not in objects:
                objects.append(record.object)
            relations.setdefault(record.object, {})
        for iri, graph_name in names.items():
            if graph_name == name:
                relations.setdefault(iri, {})
        nodes = [node_block(graph, node, relations[node]) for node in graph.nodes if node in relations]
        statements, passages = evidence_blocks(parts[name])
        yield name, [*nodes, *statements, *passages]


def provenance_blocks(keys: Iterable[str], names: Iterable[str], version: str, base: str = BASE) -> Iterator[Block]:
    """Describe the run in PROV-O and its outcome in VoID and DCAT, without a clock: what was used, what came out, by which version.

    keys are those of the source documents, names the IRIs of the named graphs.
    """
    documents = sorted(document_iri(key, base) for key in keys)
    listed = sorted(names)
    software = URIRef(f"{base}software/yangfan-{version}")
    told = digest(chr(31).join([version, *documents, *listed]))
    run = URIRef(f"{base}run/{told}")
    yield Block(
        software,
        (
            (_TYPE, (term("prov:SoftwareAgent"), term("schema:SoftwareApplication"))),
            (term("rdfs:label"), (Literal(f"Yangfan {version}", lang="en"),)),
            (term("schema:softwareVersion"), (Literal(version),)),
        ),
    )
    yield Block(
        run,
        (
            (_TYPE, (term("prov:Activity"),)),
            (term("rdfs:label"), (Literal("图谱构建", lang="zh"), Literal("Build of the graph", lang="en"))),
            (term("prov:wasAssociatedWith"), (software,)),
            *(((term("prov:used"), tuple(map(URIRef, documents))),) if documents else ()),
        ),
    )
    yield _dataset_block(URIRef(f"{base}dataset/{told}"), software, documents, listed, base)
    sources = set(documents)
    for name in listed:
        source = document_iri(name.removeprefix(f"{base}graph/"), base)
        yield Block(
            URIRef(name),
            (
                (_TYPE, (term("prov:Entity"),)),
                (term("prov:wasGeneratedBy"), (run,)),
                *(((term("prov:wasDerivedFrom"), (URIRef(source),)),) if source in sources else ()),
            ),
        )


def _dataset_block(dataset: URIRef, software: URIRef, documents: list[str], names: list[str], base: str) -> Block:
    """Describe what a build gives as a dataset (VoID, 2; DCAT 3, 6.6): its titles, licence, creator, sources and parts.

    It stands beside the provenance and not in `graph.ttl`, whose resources are the graph's nodes and nothing else.
    """
    return Block(
        dataset,
        (
            (_TYPE, (term("void:Dataset"), term("dcat:Dataset"))),
            (term("dcterms:title"), tuple(Literal(text, lang=language) for language, text in TITLES)),
            (term("dcterms:license"), (URIRef(LICENCE),)),
            (term("dcterms:rights"), tuple(Literal(text, lang=language) for language, text in RIGHTS)),
            (term("dcterms:creator"), (software,)),
            *(((term("dcterms:source"), tuple(map(URIRef, documents))),) if documents else ()),
            (term("void:uriSpace"), (Literal(base),)),
            (term("void:vocabulary"), (URIRef(YF),)),
            *(((term("void:subset"), tuple(map(URIRef, names))),) if names else ()),
        ),
    )


def to_rdflib(graph: nx.MultiDiGraph[str], *, evidence: bool = True) -> Graph:
    """Give the graph as one `rdflib.Graph`, with its statements and passages unless `evidence` is false."""
    result = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        result.bind(prefix, namespace)
    for _, blocks in node_sections(graph):
        for block in blocks:
            for triple in block.triples():
                result.add(triple)
    if evidence:
        for _, blocks in evidence_sections(graph):
            for block in blocks:
                for triple in block.triples():
                    result.add(triple)
    return result
