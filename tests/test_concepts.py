"""Concept schemes: SKOS of the vocabulary's tables, whole, in step with them, and linked with the nodes of a build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, URIRef

from yangfan.core.iris import node_iri
from yangfan.core.kinds import document_kinds, kind_of, scheme
from yangfan.core.namespaces import expand
from yangfan.core.vocabulary import load_vocabulary
from yangfan.formats.concepts import FILE, concepts_turtle


@cache
def concepts() -> Graph:
    return Graph().parse(FILE)


def scheme_node(name: str) -> URIRef:
    return URIRef(expand(scheme(name)))


def industry(label: str) -> URIRef:
    return URIRef(node_iri("Industry", label))


def test_the_file_is_what_the_tables_say() -> None:
    assert FILE.read_text(encoding="utf-8") == concepts_turtle(), "run python -m yangfan.formats.concepts"


def test_each_concept_stands_in_one_scheme_and_below_one_of_it_or_at_its_top() -> None:
    graph = concepts()
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        (scheme,) = graph.objects(concept, SKOS.inScheme)
        above, top = list(graph.objects(concept, SKOS.broader)), list(graph.objects(concept, SKOS.topConceptOf))
        assert len(above) + len(top) == 1, concept
        assert all((one, SKOS.inScheme, scheme) in graph and (one, SKOS.narrower, concept) in graph for one in above)
        assert all(one == scheme and (scheme, SKOS.hasTopConcept, concept) in graph for one in top)
        assert len({label.language for label in graph.objects(concept, SKOS.prefLabel)}) == len(list(graph.objects(concept, SKOS.prefLabel)))  # type: ignore[attr-defined]


def test_the_classification_has_its_sections_and_divisions() -> None:
    """GB/T 4754-2017: 20 sections, 97 divisions, of which three bear the name of their section and are one concept with it."""
    graph = concepts()
    members = set(graph.subjects(SKOS.inScheme, scheme_node("gbt4754")))
    tops = set(graph.objects(scheme_node("gbt4754"), SKOS.hasTopConcept))
    assert len(tops) == 20
    codes = {str(code) for member in members for code in graph.objects(member, SKOS.notation)}
    assert {code for code in codes if code.isalpha()} == set("ABCDEFGHIJKLMNOPQRST")
    assert len(codes) == 20 + 97 == len(members) + 3
    assert (industry("汽车制造业"), SKOS.broader, industry("制造业")) in graph


def test_policy_industries_are_matched_with_classes_and_not_put_below_them() -> None:
    graph = concepts()
    classes = set(graph.subjects(SKOS.inScheme, scheme_node("gbt4754")))
    assert (industry("智慧医疗"), SKOS.broadMatch, industry("卫生")) in graph
    assert set(graph.objects(industry("融合媒体"), SKOS.relatedMatch)) == {industry("新闻和出版业"), industry("广播、电视、电影和录音制作业")}
    assert not list(graph.objects(industry("智慧城市"), SKOS.broadMatch))
    for match in (SKOS.broadMatch, SKOS.relatedMatch):
        assert all(s not in classes and o in classes for s, o in graph.subject_objects(match))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("海州市海洋经济发展行动计划（2024—2026年）", "行动计划"),
        ("关于推进渔港建设的若干意见", "若干意见"),
        ("渔业条例", "条例"),
        ("某办法（试行）", "办法"),
        ("海水养殖试验方法", "方法"),
        ("中华人民共和国海洋环境保护法", "法"),
        ("海洋经济", ""),
    ],
)
def test_the_kind_of_a_document_is_the_longest_name_that_its_title_ends_with(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_nodes_of_a_build_are_concepts_of_the_schemes(seed_exports: Path) -> None:
    graph = Graph().parse(seed_exports / "graph.ttl") + concepts()
    vocabulary = load_vocabulary()
    for cls, scheme_name in (("Industry", "industries"), ("Technology", "technologies")):
        nodes = list(graph.subjects(SKOS.inScheme, scheme_node(scheme_name)))
        assert len(nodes) > 20
        assert all(str(node) in {node_iri(cls, label) for named, label in vocabulary.entries if named == cls} for node in nodes)
    kinds = {str(o).rpartition("#document-")[2] for o in graph.objects(None, DCTERMS.type)}
    assert "行动计划" in kinds
    assert kinds <= document_kinds().keys()
