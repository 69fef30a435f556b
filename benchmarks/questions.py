"""The ten queries that the benchmarks of the engine and of the server ask, and the data that they ask them of."""

from __future__ import annotations

from pathlib import Path

from tests.places import ROOT

OUT = Path(__file__).parent / "out"
SEED = ROOT / "exports"
NODES, EDGES = 22_500, 86_000
JOINS = (
    "industries of domains",
    "plans that share industries",
    "bodies and fields",
    "edges with quotes",
    "quotes of plans",
    "targets",
)

QUESTIONS: dict[str, str] = {
    "industries of domains": """
        SELECT ?plan ?domain ?industry {
          ?plan yf:hasDomain ?domain ; yf:hasIndustry ?industry . ?industry yf:inDomain ?domain }""",
    "plans that share industries": """
        SELECT ?plan ?other (COUNT(?industry) AS ?shared) {
          ?plan yf:hasIndustry ?industry . ?other yf:hasIndustry ?industry . FILTER(STR(?plan) < STR(?other))
        } GROUP BY ?plan ?other ORDER BY DESC(?shared) ?plan ?other LIMIT 100""",
    "bodies and fields": """
        SELECT ?body (COUNT(*) AS ?tasks) {
          ?task yf:concerns ?field . ?plan yf:hasIndustry ?field ; yf:issuedBy ?body } GROUP BY ?body ORDER BY ?body""",
    "edges with quotes": """
        SELECT ?plan ?industry ?quote {
          ?statement rdf:predicate yf:hasIndustry ; rdf:subject ?plan ; rdf:object ?industry ;
                     prov:wasDerivedFrom ?passage .
          ?passage oa:hasSelector ?selector . ?selector oa:exact ?quote } LIMIT 1000""",
    "quotes of plans": """
        SELECT ?relation (COUNT(*) AS ?quotes) {
          ?document yf:describes ?plan . ?passage oa:hasSource ?document .
          ?statement prov:wasDerivedFrom ?passage ; rdf:subject ?plan ; rdf:predicate ?relation
        } GROUP BY ?relation ORDER BY ?relation""",
    "targets": """
        SELECT ?category ?indicator ?comparator ?value {
          ?indicator yf:inCategory ?category ; yf:hasTarget ?target . ?target yf:setBy ?plan .
          OPTIONAL { ?target yf:comparator ?comparator } OPTIONAL { ?target yf:value ?value } }""",
    "counts by relation": """
        SELECT ?relation ?basis (COUNT(*) AS ?n) {
          ?statement rdf:predicate ?relation ; yf:basis ?basis } GROUP BY ?relation ?basis ORDER BY DESC(?n)""",
    "one plan's tree": """
        SELECT ?plan ?task { { SELECT ?plan { ?plan a yf:Plan } ORDER BY ?plan LIMIT 1 }
          ?plan (yf:hasTask|yf:hasAction|yf:hasProject|yf:hasSafeguard|yf:hasMeasure)+ ?task }""",
    "a word in quotes": """
        SELECT ?quote { ?selector oa:exact ?quote . FILTER(CONTAINS(?quote, "平台")) } LIMIT 500""",
    "one neighbourhood": """
        SELECT ?relation ?other { { SELECT ?node { ?node a yf:Industry } ORDER BY ?node LIMIT 1 }
          { ?s rdf:subject ?node ; rdf:predicate ?relation ; rdf:object ?other } UNION
          { ?s rdf:object ?node ; rdf:predicate ?relation ; rdf:subject ?other } } LIMIT 2000""",
}


def million() -> Path:
    """Give a folder of exports with about 1,000,000 triples of our own shape, made once and kept in `benchmarks/out`."""
    folder = OUT / "million"
    if (folder / "graph.trig").is_file():
        return folder
    from benchmarks.generate import generate
    from yangfan.assembly.evidence import documents_of
    from yangfan.formats.registry import FORMATS, export

    graph = generate(NODES, edges=EDGES)
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name in ("turtle", "evidence"):
        (folder / FORMATS[name].file).write_bytes(export(graph, name))
    for document in documents_of(graph).values():
        (folder / "texts" / f"{document.key}.txt").write_text(document.text, encoding="utf-8")
    # The benchmarks ask the default graph alone.
    (folder / "graph.trig").write_text("# no named graphs\n", encoding="utf-8")
    return folder
