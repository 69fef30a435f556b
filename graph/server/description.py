"""What the server says of itself and its data: the SPARQL service description and the VoID and DCAT description."""

from __future__ import annotations

import pyoxigraph as ox

from ..core.labels import in_both
from ..core.namespaces import LICENCE, ONTOLOGY_IRI, PREFIXES, SHAPES_IRI, YF
from ..query.run import GRAPH_FORMATS, RESULT_FORMATS, write_triples
from .discovery import describing
from .facts import Facts

FOAF = "http://xmlns.com/foaf/0.1/"
_CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"
SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
    "trig": "TriG",
    "nq": "N-Quads",
}


def _iri(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode({**PREFIXES, "sd": SD, "foaf": FOAF}[prefix] + local)


class _Writer:
    """Collects triples about resources that are named by a fragment of one address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.triples: list[ox.Triple] = []

    def part(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.address}#{name}" if name else self.address)

    def say(self, subject: ox.NamedNode, curie: str, *objects: ox.NamedNode | ox.Literal) -> None:
        self.triples.extend(ox.Triple(subject, _iri(curie), value) for value in objects)

    def count(self, subject: ox.NamedNode, curie: str, number: int) -> None:
        self.say(subject, curie, ox.Literal(number))


def service_description(facts: Facts, address: str, form: str) -> bytes:
    """Describe the endpoint at `address` (SPARQL 1.1 Service Description, 3): languages, formats, dataset with counts."""
    w = _Writer(address)
    service, dataset = w.part("service"), w.part("dataset")
    w.say(service, "rdf:type", _iri("sd:Service"))
    w.say(service, "sd:endpoint", w.part(""))
    w.say(service, "sd:supportedLanguage", _iri("sd:SPARQL11Query"))
    w.say(
        service,
        "sd:resultFormat",
        *(ox.NamedNode(_FORMATS + _NAMES[name]) for name in (*RESULT_FORMATS, *GRAPH_FORMATS)),
    )
    w.say(service, "sd:defaultDataset", dataset)
    w.say(dataset, "rdf:type", _iri("sd:Dataset"))
    default = w.part("default-graph")
    w.say(dataset, "sd:defaultGraph", default)
    w.say(default, "rdf:type", _iri("sd:Graph"))
    w.count(default, "void:triples", facts.triples)
    for number, (name, count) in enumerate(facts.graphs.items(), start=1):
        named, graph = w.part(f"named-graph-{number}"), w.part(f"graph-{number}")
        w.say(dataset, "sd:namedGraph", named)
        w.say(named, "rdf:type", _iri("sd:NamedGraph"))
        w.say(named, "sd:name", ox.NamedNode(name))
        w.say(named, "sd:graph", graph)
        w.say(graph, "rdf:type", _iri("sd:Graph"))
        w.count(graph, "void:triples", count)
    return write_triples(w.triples, form)


def _partitions(w: _Writer, dataset: ox.NamedNode, facts: Facts) -> None:
    for number, (iri, count) in enumerate(facts.classes.items(), start=1):
        part = w.part(f"class-{number}")
        w.say(dataset, "void:classPartition", part)
        w.say(part, "void:class", ox.NamedNode(iri))
        w.count(part, "void:entities", count)
    for number, (iri, count) in enumerate(facts.properties.items(), start=1):
        part = w.part(f"property-{number}")
        w.say(dataset, "void:propertyPartition", part)
        w.say(part, "void:property", ox.NamedNode(iri))
        w.count(part, "void:triples", count)


def _catalogue(w: _Writer, dataset: ox.NamedNode, facts: Facts, site: str) -> None:
    """Describe the server as a catalogue with its data and its endpoint: what DCAT-AP 3 asks for at least (4.1 to 4.4)."""
    catalogue, service, publisher = w.part("catalogue"), w.part("endpoint"), w.part("publisher")
    said = [ox.Literal(text, language=language) for language, text in describing(facts)]
    w.say(publisher, "rdf:type", _iri("foaf:Agent"))
    w.say(publisher, "foaf:name", ox.Literal(site))
    w.say(catalogue, "rdf:type", _iri("dcat:Catalog"))
    for what in (catalogue, dataset):
        w.say(what, "dcterms:description", *said)
        w.say(what, "dcterms:publisher", publisher)
        w.say(what, "dcterms:language", ox.NamedNode(_CHINESE))
    w.say(catalogue, "dcterms:title", *(ox.Literal(text, language=language) for language, text in in_both("dataset.title")))
    w.say(catalogue, "foaf:homepage", ox.NamedNode(f"{site}/"))
    w.say(catalogue, "dcat:dataset", dataset)
    w.say(catalogue, "dcat:service", service)
    w.say(dataset, "dcat:landingPage", ox.NamedNode(f"{site}/void"))
    w.say(dataset, "dcat:keyword", *(ox.Literal(word, language="zh") for word in ("政策规划", "知识图谱", "指标")))
    w.say(dataset, "dcterms:conformsTo", ox.NamedNode(ONTOLOGY_IRI), ox.NamedNode(SHAPES_IRI))
    w.say(service, "rdf:type", _iri("dcat:DataService"))
    w.say(service, "dcterms:title", ox.Literal("SPARQL", language="en"))
    w.say(service, "dcat:endpointURL", ox.NamedNode(f"{site}/sparql"))
    w.say(service, "dcat:endpointDescription", ox.NamedNode(f"{site}/sparql"))
    w.say(service, "dcat:servesDataset", dataset)
    w.say(service, "dcterms:conformsTo", ox.NamedNode("http://www.w3.org/TR/sparql11-protocol/"))


def void_description(facts: Facts, site: str, form: str) -> bytes:
    """Describe the data in VoID and DCAT 3 with the counts of what is loaded; `site` is the server's own address."""
    w = _Writer(f"{site}/void")
    dataset = w.part("dataset")
    w.say(w.part(""), "rdf:type", _iri("void:DatasetDescription"))
    w.say(dataset, "rdf:type", _iri("void:Dataset"), _iri("dcat:Dataset"))
    w.say(dataset, "dcterms:title", *(ox.Literal(text, language=language) for language, text in in_both("dataset.title")))
    w.say(dataset, "dcterms:license", ox.NamedNode(LICENCE))
    w.say(dataset, "dcterms:rights", *(ox.Literal(text, language=language) for language, text in in_both("dataset.rights")))
    _catalogue(w, dataset, facts, site)
    w.say(dataset, "void:sparqlEndpoint", ox.NamedNode(f"{site}/sparql"))
    w.say(dataset, "void:uriSpace", ox.Literal(facts.base))
    w.say(dataset, "void:vocabulary", ox.NamedNode(YF))
    w.count(dataset, "void:triples", facts.triples)
    w.count(dataset, "void:entities", facts.entities)
    w.count(dataset, "void:classes", len(facts.classes))
    w.count(dataset, "void:properties", len(facts.properties))
    w.count(dataset, "void:distinctSubjects", facts.subjects)
    w.count(dataset, "void:distinctObjects", facts.objects)
    _partitions(w, dataset, facts)
    for name, count in facts.graphs.items():
        part = ox.NamedNode(name)
        w.say(dataset, "void:subset", part)
        w.say(part, "rdf:type", _iri("void:Dataset"))
        w.count(part, "void:triples", count)
    for name, media in facts.downloads.items():
        file = w.part(f"file-{name}")
        w.say(dataset, "dcat:distribution", file)
        w.say(file, "rdf:type", _iri("dcat:Distribution"))
        w.say(file, "dcterms:title", ox.Literal(name))
        w.say(file, "dcterms:license", ox.NamedNode(LICENCE))
        w.say(file, "dcat:accessURL", ox.NamedNode(f"{site}/data/{name}"))
        w.say(file, "dcat:downloadURL", ox.NamedNode(f"{site}/data/{name}"))
        w.say(file, "dcat:mediaType", ox.NamedNode(f"https://www.iana.org/assignments/media-types/{media}"))
        w.count(file, "dcat:byteSize", (facts.folder / name).stat().st_size)
    return write_triples(w.triples, form)
