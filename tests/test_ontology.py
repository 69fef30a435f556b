"""The ontology says what the contract says, its shapes tell good data from bad, its vocabularies are unambiguous."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from yangfan.core.labels import english_unit
from yangfan.quality.shapes import validate

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
VOCABULARY = ONTOLOGY / "vocabulary"
SAMPLE = (ROOT / "tests" / "ontology_sample.ttl").read_text(encoding="utf-8")
YF = Namespace("https://w3id.org/yangfan/ontology#")
SCHEMA = Namespace("https://schema.org/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
VANN = Namespace("http://purl.org/vocab/vann/")

def contract(name: str) -> list[tuple[str, ...]]:
    """Give the rows of one of the contract's tables (`tests/contract`): what must never be renamed, and the project's extensions."""
    lines = (ROOT / "tests" / "contract" / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines[1:]]


CLASSES = contract("classes.tsv")
"""Contract section 3: name, zh, scope."""
RELATIONS = contract("relations.tsv")
"""Contract section 4: name, zh, from, to, the relation above it."""
ATTRIBUTES = {row[0]: row[1] for row in contract("attributes.tsv")}


@cache
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "yangfan.ttl")


@cache
def shapes() -> Graph:
    return Graph().parse(ONTOLOGY / "shapes.ttl")


@cache
def context() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return loaded


def in_language(predicate: URIRef, language: str, subject: Node) -> list[str]:
    values = ontology().objects(subject, predicate)
    return [str(value) for value in values if isinstance(value, Literal) and value.language == language]


def ends(relation: str, predicate: URIRef) -> set[str]:
    return {str(value).removeprefix(YF) for value in ontology().objects(YF[relation], predicate)}


def with_usage(usage: str) -> set[str]:
    return {str(s).removeprefix(YF) for s in ontology().subjects(YF.usage, Literal(usage))}


def own_terms() -> list[URIRef]:
    return sorted({s for s in ontology().subjects() if isinstance(s, URIRef) and s.startswith(YF)})


def test_the_ontology_holds_no_blank_nodes() -> None:
    assert not [triple for triple in ontology() if any(isinstance(term, BNode) for term in triple)]


def test_the_ontology_carries_the_metadata_of_a_published_one() -> None:
    head = URIRef("https://w3id.org/yangfan/ontology")
    assert (head, RDF.type, OWL.Ontology) in ontology()
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert in_language(predicate, "zh", head)
        assert in_language(predicate, "en", head)
    for predicate in (DCTERMS.creator, DCTERMS.license, DCTERMS.issued, DCTERMS.modified, OWL.versionIRI):
        assert (head, predicate, None) in ontology()
    assert str(ontology().value(head, VANN.preferredNamespacePrefix)) == "yf"
    assert str(ontology().value(head, VANN.preferredNamespaceUri)) == str(YF)
    version = ontology().value(head, OWL.versionInfo)
    assert str(ontology().value(head, OWL.versionIRI)).endswith(f"/{version}")


def test_every_term_has_one_label_and_one_definition_in_each_language() -> None:
    wrong = [
        (term, predicate, language)
        for term in own_terms()
        for predicate in (RDFS.label, SKOS.definition)
        for language in ("zh", "en")
        if len(in_language(predicate, language, term)) != 1
    ]
    assert not wrong


def test_every_term_says_by_which_ontology_it_is_defined() -> None:
    head = URIRef("https://w3id.org/yangfan/ontology")
    assert not [term for term in own_terms() if list(ontology().objects(term, RDFS.isDefinedBy)) != [head]]


def test_every_class_and_relation_has_an_example_in_each_language() -> None:
    named = [YF[row[0]] for row in (*CLASSES, *RELATIONS)]
    assert not [(t, lang) for t in named for lang in ("zh", "en") if len(in_language(SKOS.example, lang, t)) != 1]


def test_classes_are_those_of_the_contract() -> None:
    declared = {str(s).removeprefix(YF) for s in ontology().subjects(RDF.type, OWL.Class) if str(s).startswith(YF)}
    assert declared == {name for name, _, _ in CLASSES}
    for name, zh, scope in CLASSES:
        assert in_language(RDFS.label, "zh", YF[name]) == [zh]
        assert [str(value) for value in ontology().objects(YF[name], YF.scope)] == [scope]


def test_relations_are_those_of_the_contract() -> None:
    assert with_usage("relation") == {row[0] for row in RELATIONS}
    for name, zh, source, goal, above in RELATIONS:
        assert in_language(RDFS.label, "zh", YF[name]) == [zh]
        assert ends(name, SCHEMA.domainIncludes) == set(source.split()), name
        assert ends(name, SCHEMA.rangeIncludes) == set(goal.split()), name
        values = [str(value) for value in ontology().objects(YF[name], RDFS.subPropertyOf)]
        over = {value.removeprefix(YF) for value in values if value.startswith(YF)}
        assert over == ({above} if above else set()), name


def test_domain_and_range_never_narrow_what_the_relation_allows() -> None:
    above = {str(s): str(o) for s, o in ontology().subject_objects(RDFS.subClassOf) if str(o).startswith(YF)}
    for name in with_usage("relation") | with_usage("inverse"):
        for wide, strict in ((SCHEMA.domainIncludes, RDFS.domain), (SCHEMA.rangeIncludes, RDFS.range)):
            allowed = {str(value) for value in ontology().objects(YF[name], wide)}
            for value in ontology().objects(YF[name], strict):
                assert all(cls == str(value) or above.get(cls) == str(value) for cls in allowed), name


def test_every_relation_has_a_named_inverse_with_its_ends_turned_round() -> None:
    for name, *_ in RELATIONS:
        inverse = ontology().value(YF[name], OWL.inverseOf)
        assert inverse is not None, name
        back = str(inverse).removeprefix(YF)
        assert back in with_usage("inverse")
        assert (inverse, OWL.inverseOf, YF[name]) in ontology()
        assert ends(back, SCHEMA.domainIncludes) == ends(name, SCHEMA.rangeIncludes)
        assert ends(back, SCHEMA.rangeIncludes) == ends(name, SCHEMA.domainIncludes)
    assert len(with_usage("inverse")) == len(RELATIONS)


def test_attributes_have_their_datatypes() -> None:
    ranges = {
        str(s).removeprefix(YF): str(ontology().value(s, RDFS.range)).removeprefix(str(XSD))
        for kind in (OWL.DatatypeProperty, OWL.AnnotationProperty)
        for s in ontology().subjects(RDF.type, kind)
        if (s, YF.usage, Literal("attribute")) in ontology() and s != YF.proposedClass
    }
    assert ranges == ATTRIBUTES
    assert with_usage("attribute") == {*ATTRIBUTES, "basis", "proposedClass", "translation", "entails"}


def test_relations_and_classes_are_told_apart_by_their_chinese_labels() -> None:
    for terms in ([YF[row[0]] for row in RELATIONS], [YF[row[0]] for row in CLASSES]):
        counted = Counter(in_language(RDFS.label, "zh", term)[0] for term in terms)
        assert not [label for label, times in counted.items() if times > 1]


def test_every_class_and_relation_has_a_shape() -> None:
    targeted = set(shapes().objects(None, SH.targetClass))
    assert {YF[name] for name, *_ in CLASSES} <= targeted
    assert set(shapes().objects(None, SH.targetSubjectsOf)) >= {YF[row[0]] for row in RELATIONS}


def test_every_constraint_speaks_both_languages() -> None:
    speaking = [s for s in set(shapes().subjects(SH.path)) if (s, SH.message, None) in shapes()]
    assert len(speaking) > 80
    for shape in speaking:
        spoken = {v.language for v in shapes().objects(shape, SH.message) if isinstance(v, Literal)}
        assert spoken == {"zh", "en"}


def test_statements_may_be_about_every_relation_and_what_a_person_may_assert() -> None:
    lists = [
        {str(term) for term in Collection(shapes(), head)}
        for shape in shapes().subjects(SH.path, RDF.predicate)
        for head in shapes().objects(shape, SH["in"])
    ]
    asserted = {str(SKOS.altLabel), str(DCTERMS.issued)}
    assert lists == [{str(YF[row[0]]) for row in RELATIONS} | asserted]


# One fault at a time: what it is, the text of the sample to replace, what to put there.
FAULTS = [
    ("no Chinese label", 'skos:prefLabel "民生"@zh', 'skos:prefLabel "livelihood"@en'),
    ("two Chinese labels", 'skos:prefLabel "民生"@zh', 'skos:prefLabel "民生"@zh , "生活"@zh'),
    ("a label that differs", 'rdfs:label "民生"@zh', 'rdfs:label "生活"@zh'),
    ("a label without a language", 'skos:altLabel "行动计划"@zh', 'skos:altLabel "行动计划"'),
    ("a date that is none", '"2024-01-05"^^xsd:date', '"2024-13-05"^^xsd:date'),
    ("a year as an integer", 'yf:endYear "2026"^^xsd:gYear', "yf:endYear 2026"),
    ("a short hash", '"0123456789abcdef0', '"123456789abcdef0'),
    ("an edge from the wrong class", "yf:ledBy id:org", "yf:ledBy id:org ; yf:issuedBy id:org"),
    ("an edge to the wrong class", "yf:issuedBy id:org", "yf:issuedBy id:industry"),
    ("an edge to a text", "yf:issuedBy id:org", 'yf:issuedBy "绿化司"'),
    ("a task of no plan", "yf:hasTask id:subtask ;", ""),
    ("a principle of no plan", "yf:hasPrinciple id:principle ;", ""),
    ("an action that is a project", "a yf:Action", "a yf:Action , yf:Project"),
    ("an observation that is a target", "a yf:Observation", "a yf:Observation , yf:Target"),
    ("a code outside the classification", 'skos:notation "78"', 'skos:notation "-"'),
    ("a goal with a number", "a yf:Goal", "a yf:Goal ; yf:value 3.0"),
    ("no comparator", 'yf:comparator ">=" ;', ""),
    ("an unknown comparator", 'yf:comparator ">="', 'yf:comparator "≥"'),
    ("no number", 'yf:value "500"^^xsd:decimal ;', ""),
    ("a value and a range", 'yf:value "500"^^xsd:decimal', "yf:value 500.0 ; yf:lower 1.0 ; yf:upper 2.0"),
    ("half a range", "yf:upper 400.0 ;", ""),
    ("bounds the wrong way round", "yf:lower 300.0", "yf:lower 500.0"),
    ("a value as an integer", '"500"^^xsd:decimal', "500"),
    ("a unit as a text", "qudt:hasUnit unit:KiloM", 'qudt:hasUnit "km"'),
    ("a target that no plan set", "yf:change false ;\n    yf:setBy id:plan", "yf:change false"),
    ("a target of no indicator", "yf:hasTarget id:target , id:range", "yf:hasTarget id:range"),
    ("an observation without a time", 'yf:period "2023"', 'rdfs:comment "2023"'),
    ("a count of nothing", "yf:count 1", "yf:count 0"),
    ("a count in words", "yf:count 1", 'yf:count "eins"^^xsd:integer'),
    ("a count that is a fraction", "yf:count 1", "yf:count 1.5"),
    ("a year in words", 'yf:endYear "2026"', 'yf:endYear "二〇二六"'),
    ("a value in words", 'yf:value "500"', 'yf:value "viel"'),
    ("two comparators", 'yf:comparator ">="', 'yf:comparator ">=" , "<"'),
    ("a technology of no known class", "a yf:Technology", "a yf:Wizard"),
    ("a technology that is an industry", "a yf:Technology", "a yf:Technology , yf:Industry"),
    ("a statement that rests on two bases", "yf:basis yf:stated", "yf:basis yf:stated , yf:curated"),
    ("a count that nobody checked", "yf:holds true ;", ""),
    ("a statement about an unknown relation", "rdf:predicate yf:hasIndustry", "rdf:predicate yf:likes"),
    ("a statement about an inverse", "rdf:predicate yf:hasIndustry", "rdf:predicate yf:isIndustryOf"),
    ("a statement on no known basis", "yf:basis yf:stated", "yf:basis yf:guessed"),
    ("a statement without a rule", 'yf:rule "industries.list" ;', ""),
    ("a stated edge without a passage", "prov:wasDerivedFrom id:p1", "prov:wasDerivedFrom id:s2"),
    ("an inferred edge from nothing", "prov:wasDerivedFrom id:s1", 'rdfs:comment "x"'),
    ("a curated edge without a source", 'dcterms:source "绿发〔2024〕1号" , <https://example.org/notice> ;', ""),
    ("a curated edge without a date", 'dcterms:date "2024-01-08"^^xsd:date ;', ""),
    ("a passage of a plan", "oa:hasSource id:doc", "oa:hasSource id:plan"),
    ("a passage without a position", "oa:hasSelector id:q1 , id:o1", "oa:hasSelector id:q1"),
    ("an empty quote", 'oa:exact "重点推进智慧园林"', 'oa:exact ""'),
    ("a start after the end", "oa:start 12", "oa:start 21"),
    ("a deadline without its precision", 'yf:precision "month"', 'rdfs:comment "month"'),
    ("a deadline that is no date", '"2025-06-30"^^xsd:date', '"2025-13-30"^^xsd:date'),
    ("an interval in words", 'yf:interval "P1Y"', 'yf:interval "每年"'),
    ("a period that ends before it begins", '"2024-01-01"^^xsd:date', '"2027-01-01"^^xsd:date'),
    ("a period without an end", 'yf:endDate "2024-06-30"^^xsd:date', 'rdfs:comment "x"'),
    ("a place of no known kind", 'yf:placeKind "prefecture"', 'yf:placeKind "town"'),
    ("a code of a county", 'skos:notation "370200"', 'skos:notation "370202"'),
    ("a programme that is a plan", "a yf:Programme", "a yf:Programme , yf:Plan"),
    ("an instrument of no side", "skos:broader yf:supplySide", 'rdfs:comment "x"'),
    ("a rate below zero", "yf:rate 30.0", "yf:rate -30.0"),
    ("a provision of nothing", "yf:rate 30.0 ;\n    yf:cap 50000.0 ;\n    yf:amount 10000.0", 'rdfs:comment "x"'),
    ("a term without a definition", 'skos:definition "一公顷以下的公园。"', 'rdfs:comment "x"'),
    ("a proposal that quotes nothing", "prov:wasQuotedFrom id:p1", 'rdfs:comment "x"'),
    ("a proposal of nobody", "prov:wasAttributedTo id:tool", 'rdfs:comment "x"'),
    ("a candidate of no class", "yf:proposedClass yf:Industry", 'rdfs:comment "x"'),
    ("a candidate that nobody proposes", "rdf:object id:candidate", "rdf:object id:industry"),
    ("a fifth basis", "id:s1\n", "id:guessed a yf:Basis .\n\nid:s1\n"),
]


def by_library(data: str) -> bool:
    return validate(data).conforms


def by_pyshacl(data: str) -> bool:
    import pyshacl

    conforms, _, _ = pyshacl.validate(Graph().parse(data=data, format="turtle"), shacl_graph=shapes())
    return bool(conforms)


def test_both_engines_accept_the_good_sample() -> None:
    assert by_pyshacl(SAMPLE)
    assert by_library(SAMPLE)


def test_the_good_sample_stays_good_beside_the_ontology() -> None:
    assert by_pyshacl(SAMPLE + (ONTOLOGY / "yangfan.ttl").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("old", "new"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_both_engines_reject_a_sample_with_one_fault(old: str, new: str) -> None:
    assert old in SAMPLE
    broken = SAMPLE.replace(old, new, 1)
    assert not by_pyshacl(broken)
    assert not by_library(broken)


def test_the_sample_shows_every_class_and_relation() -> None:
    used = {str(term) for triple in Graph().parse(data=SAMPLE, format="turtle") for term in triple[1:]}
    values = {"Basis", "TranslationStatus"}
    assert not {str(YF[name]) for name, *_ in CLASSES if name not in values} - used
    assert not {str(YF[row[0]]) for row in RELATIONS} - used


def expand(curie: str) -> str:
    prefix, colon, local = curie.partition(":")
    namespace = context().get(prefix)
    return namespace + local if colon and isinstance(namespace, str) else curie


def test_the_context_names_every_term_of_the_ontology() -> None:
    for term in own_terms():
        definition = context()[term.removeprefix(YF)]
        assert expand(definition if isinstance(definition, str) else definition["@id"]) == str(term)


def test_json_ld_of_the_context_expands_to_the_triples_of_the_turtle() -> None:
    names = {expand(v["@id"]): (key, v) for key, v in context().items() if isinstance(v, dict)}
    plain = {expand(v): key for key, v in context().items() if isinstance(v, str) and ":" in v}
    expected = set(ox.parse(SAMPLE.encode(), format=ox.RdfFormat.TURTLE))
    nodes: dict[str, dict[str, Any]] = {}
    for triple in expected:
        assert isinstance(triple.subject, ox.NamedNode)
        node = nodes.setdefault(triple.subject.value, {"id": triple.subject.value})
        value = triple.object
        if triple.predicate.value == str(RDF.type):
            assert isinstance(value, ox.NamedNode)
            node.setdefault("type", []).append(plain[value.value])
            continue
        key, definition = names[triple.predicate.value]
        kind = definition.get("@type")
        if isinstance(value, ox.NamedNode):
            node.setdefault(key, []).append(value.value if kind in ("@id", "@vocab") else {"@id": value.value})
        elif isinstance(value, ox.Literal) and value.language:
            assert definition["@container"] == "@language"
            node.setdefault(key, {}).setdefault(value.language, []).append(value.value)
        else:
            assert isinstance(value, ox.Literal)
            assert value.datatype.value == expand(kind or "xsd:string"), key
            node.setdefault(key, []).append(value.value)
    document = json.dumps({"@context": context(), "graph": list(nodes.values())}, ensure_ascii=False)
    assert set(ox.parse(document.encode(), format=ox.RdfFormat.JSON_LD)) == expected


COLUMNS = {
    "wording.tsv": "name zh en",
    "units_en.tsv": "unit_text one many",
    "organizations.tsv": "label_zh label_en aliases_zh aliases_en former kind",
    "industries.tsv": "code label_zh label_en aliases_zh broader match",
    "technologies.tsv": "label_zh label_en aliases_zh",
    "units.tsv": "text multiplier unit_text qudt kind",
    "programmes.tsv": "label_zh label_en aliases_zh",
    "places.tsv": "code label_zh label_en aliases_zh kind",
    "instruments.tsv": "label_zh label_en side aliases_zh",
    "periods.tsv": "name start end label_en",
    "never_merge.tsv": "class a b why",
}


def table(name: str) -> list[dict[str, str]]:
    lines = (VOCABULARY / name).read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    assert columns == COLUMNS[name].split()
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            assert len(cells) == len(columns), f"{name} line {number}"
            assert not [cell for cell in cells if cell != cell.strip()], f"{name} line {number}"
            rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def names_of(name: str) -> list[str]:
    return [text for row in table(name) for text in (row["label_zh"], *parts(row["aliases_zh"]))]


@pytest.mark.parametrize("name", ["organizations.tsv", "industries.tsv", "technologies.tsv", "programmes.tsv", "places.tsv", "instruments.tsv"])
def test_no_name_stands_for_two_rows(name: str) -> None:
    assert not [text for text, times in Counter(names_of(name)).items() if times > 1]
    assert all(row["label_zh"] and row["label_en"] for row in table(name))
    assert not [label for label, times in Counter(row["label_en"] for row in table(name)).items() if times > 1]


def test_no_name_is_both_an_industry_and_a_technology() -> None:
    assert not set(names_of("industries.tsv")) & set(names_of("technologies.tsv"))


def test_the_national_classification_is_whole() -> None:
    codes = [code for row in table("industries.tsv") for code in [row["code"]] if code != "-"]
    # Three sections have one division of their own name: K 70, P 83, T 97 are one row each.
    shared = [row["match"] for row in table("industries.tsv") if row["code"].isalpha() and row["match"]]
    assert sorted(shared) == ["70", "83", "97"]
    assert sorted(codes + shared) == sorted([f"{n:02}" for n in range(1, 98)] + list("ABCDEFGHIJKLMNOPQRST"))


def test_industries_point_at_rows_and_codes_that_exist() -> None:
    rows = table("industries.tsv")
    labels = {row["label_zh"] for row in rows}
    codes = {row["code"] for row in rows} - {"-"} | {"70", "83", "97"}
    assert {row["broader"] for row in rows} - {""} <= labels
    assert {code for row in rows for code in parts(row["match"])} <= codes
    # Every division names its section.
    assert all(row["broader"] for row in rows if re.fullmatch(r"[0-9]{2}", row["code"]))


def test_former_bodies_have_rows_of_their_own_and_are_no_aliases() -> None:
    rows = table("organizations.tsv")
    former = {row["label_zh"] for row in rows if row["kind"] == "former"}
    assert {label for row in rows for label in parts(row["former"])} == former
    assert not former & {alias for row in rows for alias in parts(row["aliases_zh"])}


def test_never_merged_names_do_not_share_a_row() -> None:
    files = {"Organization": "organizations.tsv", "Industry": "industries.tsv", "Technology": "technologies.tsv"}
    for row in table("never_merge.tsv"):
        assert row["a"] != row["b"]
        assert row["why"].endswith(".")
        assert row["class"] in {name for name, *_ in CLASSES}
        if row["class"] in files:
            together = [
                r for r in table(files[row["class"]])
                if {row["a"], row["b"]} <= {r["label_zh"], *parts(r["aliases_zh"])}
            ]  # fmt: skip
            assert not together, row
            assert {row["a"], row["b"]} & set(names_of(files[row["class"]])), row


def test_every_province_and_the_cities_of_each_have_their_code() -> None:
    rows = table("places.tsv")
    codes = [row["code"] for row in rows if row["code"] != "-"]
    assert len(codes) == len(set(codes))
    provinces = {row["code"][:2] for row in rows if row["kind"] == "province"}
    assert len(provinces) == 34
    assert {code[:2] for code in codes} == provinces
    assert all(re.fullmatch(r"[1-8]\d0000" if row["kind"] == "province" else r"[1-8]\d{3}00", row["code"]) for row in rows if row["code"] != "-")
    assert {row["kind"] for row in rows} == {"province", "prefecture", "region"}


def test_named_periods_follow_one_another() -> None:
    rows = table("periods.tsv")
    assert [int(row["end"]) - int(row["start"]) for row in rows] == [4] * len(rows)
    assert [int(row["start"]) for row in rows[1:]] == [int(row["end"]) + 1 for row in rows[:-1]]


def test_every_unit_has_english_words_once_and_a_counter_none() -> None:
    rows = table("units_en.tsv")
    assert not [text for text, times in Counter(row["unit_text"] for row in rows).items() if times > 1]
    assert all(bool(row["one"]) == bool(row["many"]) for row in rows)
    assert all((row["one"] + row["many"]).isprintable() and not re.search("[\u3400-\u9fff]", row["one"] + row["many"]) for row in rows)
    assert (english_unit("个/行业"), english_unit("亿/无名")) == (("per industry", "per industry"), None)


def test_units_multiply_by_a_power_of_ten_and_name_one_unit_each() -> None:
    rows = table("units.tsv")
    assert not [text for text, times in Counter(row["text"] for row in rows).items() if times > 1]
    named: dict[str, set[str]] = {}
    for row in rows:
        assert Decimal(row["multiplier"]).log10() % 1 == 0, row
        assert re.fullmatch(r"(unit:[A-Za-z][A-Za-z0-9_-]*)?", row["qudt"]), row
        named.setdefault(row["unit_text"], set()).add(row["qudt"])
    assert not {text: units for text, units in named.items() if len(units) > 1}
    by_text = {row["text"]: row for row in rows}
    assert by_text["亿元"]["multiplier"] == "100000000"
    assert by_text["亿元"]["unit_text"] == "元"
    assert by_text["万亩"]["multiplier"] == "10000"
