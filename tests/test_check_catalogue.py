"""`check` proves it: a good build broken in one way after another, and each way is found, with its place.

A forger who knows of the manifest writes it anew: every change but those of the files as such is also looked for without its help.
"""

# ruff: noqa: E501 - a table is read line by line

from __future__ import annotations

import base64
import json
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.samples_checked import build_checked
from yangfan.core.errors import YangfanError
from yangfan.formats.manifest import write_manifest
from yangfan.quality.check import check_exports
from yangfan.quality.findings import Finding


class Way(NamedTuple):
    """One way of breaking a build: the file, what is done to its text, which check finds it, and what its message names."""

    name: str
    file: str
    change: Callable[[str], str]
    check: str
    place: str


def swap(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, count)


def within(start: str, old: str, new: str) -> Callable[[str], str]:
    """Change the first `old` behind the first `start`."""

    def change(text: str) -> str:
        head, found, tail = text.partition(start)
        return head + found + tail.replace(old, new, 1)

    return change


def block(start: str, new: str = "") -> Callable[[str], str]:
    """Replace the block of Turtle that begins so."""

    def change(text: str) -> str:
        head, found, tail = text.partition(f"\n{start}")
        assert found
        return head + "\n" + new + tail.partition(" .\n")[2]

    return change


def lines(pattern: str, new: str = "", count: int = 1) -> Callable[[str], str]:
    """Replace lines that fit a pattern."""
    return lambda text: re.sub(rf"(?m)^{pattern}\r?\n", new, text, count=count)


G, E = "graph.ttl", "evidence.ttl"
PLAN = "plan/海政发-2024-8"
COVERAGE = "target:海水养殖覆盖率-40-2026年-de18eb5ee589fe57 a"
NODES = [
    Way("two classes on a node", G, swap("technology:大数据 a yf:Technology", "technology:大数据 a yf:Technology , yf:Industry"), "classes", "technology/大数据"),
    Way("an unknown class", G, swap("technology:大数据 a yf:Technology", "technology:大数据 a yf:Wizard"), "classes", "technology/大数据"),
    Way("no class", G, swap("technology:大数据 a yf:Technology ;\n    skos", "technology:大数据 skos"), "classes", "technology/大数据"),
    Way("a class without the one above it", G, swap("a yf:Action , yf:Task", "a yf:Action"), "classes", f"{PLAN}/action/港航服务升级"),
    Way("another class", G, swap("domain:海上生产 a yf:Domain", "domain:海上生产 a yf:Goal"), "nodes", f"{PLAN}/domain/海上生产"),
    Way("an unknown relation", G, swap("yf:hasDomain domain:海上生产", "yf:likes domain:海上生产"), "copies", f"{PLAN}"),
    Way("a relation that is none of the ontology", G, swap("yf:cites work:渔业条例 ;", "yf:cites work:渔业条例 ; yf:loves work:渔业条例 ;"), "copies", "loves"),
    Way("an edge the other way", G, within("industry:海洋牧场 a", "yf:inDomain domain:海上生产", "yf:inDomain industry:深远海养殖"), "shapes", "industry/海洋牧场"),
    Way("an edge to nothing", G, swap("yf:cites work:渔业条例", "yf:cites work:海洋条例"), "statements", "work/渔业条例"),
    Way("an edge too few", G, swap("    yf:cites work:渔业条例 ;\n", ""), "statements", "work/渔业条例"),
    Way("an edge too many", G, swap("yf:hasAction action:港航服务升级", "yf:hasAction action:港航服务升级 , safeguard:加强组织领导"), "statements", "hasAction"),
    Way("an orphan", G, lambda t: t + '\ntechnology:区块链 a yf:Technology ; skos:prefLabel "区块链"@zh ; rdfs:label "区块链"@zh .\n', "nodes", "technology/区块链"),
    Way("a node gone", G, block("work:渔业条例 a"), "statements", "work/渔业条例"),
    Way("a node twice under two names", G,
        lambda t: t.replace("yf:cites work:渔业条例", "yf:cites work:渔业条例 , work:渔业条例二") + '\nwork:渔业条例二 a yf:CitedDocument ; skos:prefLabel "渔业条例"@zh ; rdfs:label "渔业条例"@zh .\n',
        "nodes", "work/渔业条例二"),
    Way("a name of another node for a label", G, swap("农业农村部\"@zh", "农业部\"@zh", 2), "nodes", "organization/农业农村部"),
    Way("a node under another label and name", G,
        lambda t: t.replace('"财政部"@zh', '"国家财政部"@zh').replace("organization:财政部", "organization:国家财政部"), "statements", "国家财政部"),
    Way("no Chinese label", G, lambda t: t.replace('    skos:prefLabel "渔业条例"@zh ;\n    rdfs:label "渔业条例"@zh', '    skos:prefLabel "Fishery Act"@en ;\n    rdfs:label "Fishery Act"@en'), "nodes", "work/渔业条例"),
    Way("two Chinese labels", G, swap('skos:prefLabel "渔业条例"@zh', 'skos:prefLabel "渔业条例"@zh , "渔业法"@zh'), "shapes", "work/渔业条例"),
    Way("another label for display", G, swap('rdfs:label "渔业条例"@zh', 'rdfs:label "渔业法"@zh'), "shapes", "work/渔业条例"),
    Way("a label of no language", G, swap('skos:prefLabel "渔业条例"@zh', 'skos:prefLabel "渔业条例"'), "shapes", "work/渔业条例"),
    Way("an alias too many", G, swap('skos:altLabel "智能港口"@zh', 'skos:altLabel "智能港口"@zh , "数字港口"@zh'), "copies", "数字港口"),
    Way("an alias that a person gave, gone", G, swap('    skos:altLabel "智能港口"@zh ;\n', ""), "statements", "industry/智慧港口"),
    Way("another document number", G, swap('dcterms:identifier "海政发〔2024〕8号"', 'dcterms:identifier "海政发〔2024〕9号"'), "nodes", PLAN),
    Way("another day of issue", G, swap('dcterms:issued "2024-03-05"', 'dcterms:issued "2024-03-06"'), "statements", "dcterms:issued"),
    Way("a day that there is not", G, swap('dcterms:issued "2024-03-05"', 'dcterms:issued "2024-02-31"'), "literals", PLAN),
    Way("a year in words", G, swap('yf:startYear "2024"', 'yf:startYear "二〇二四"'), "literals", PLAN),
    Way("a plan that ends before it starts", G, swap('yf:endYear "2026"', 'yf:endYear "2023"'), "nodes", PLAN),
    Way("a period that ends before it starts", G, swap('yf:endDate "2026-12-31"', 'yf:endDate "2023-12-31"'), "nodes", "period/2024-2026年"),
    Way("a deadline without a date", G, swap('    yf:dueDate "2025-12-31"^^xsd:date ;\n', ""), "shapes", "deadline/2025年底前"),
    Way("another deadline", G, swap('yf:dueDate "2025-12-31"', 'yf:dueDate "2026-12-31"'), "copies", "deadline/2025年底前"),
    Way("the hash of another text", G, swap('yf:textHash "', 'yf:textHash "0'), "texts", "document/"),
    Way("a document under another key", G, swap('    dcterms:identifier "海州市人民政府', '    dcterms:identifier "海洲市人民政府'), "quotes", "海洲市"),
    Way("a target's value", G, within(COVERAGE, 'yf:value "40"', 'yf:value "4"'), "targets", "target/海水养殖覆盖率"),
    Way("a target's value tenfold", G, within(COVERAGE, 'yf:value "40"', 'yf:value "400"'), "targets", "target/海水养殖覆盖率"),
    Way("a target's comparator", G, within(COVERAGE, 'yf:comparator ">"', 'yf:comparator "<"'), "targets", "target/海水养殖覆盖率"),
    Way("a target's unit", G, within(COVERAGE, 'yf:unitText "%"', 'yf:unitText "个"'), "targets", "target/海水养殖覆盖率"),
    Way("a target's year", G, within(COVERAGE, 'yf:year "2026"', 'yf:year "2030"'), "targets", "target/海水养殖覆盖率"),
    Way("a target without a value", G, within(COVERAGE, '    yf:value "40"^^xsd:decimal ;\n', ""), "targets", "target/海水养殖覆盖率"),
    Way("a target without a unit", G, within(COVERAGE, '    yf:unitText "%" ;\n', ""), "targets", "target/海水养殖覆盖率"),
    Way("a target without a year", G, within(COVERAGE, '    yf:year "2026"^^xsd:gYear ;\n', ""), "targets", "target/海水养殖覆盖率"),
    Way("a target whose value is a word", G, within(COVERAGE, 'yf:value "40"', 'yf:value "viel"'), "literals", "target/海水养殖覆盖率"),
    Way("a target of another indicator", G,
        lambda t: t.replace("yf:hasTarget target:深水泊位数量-12个-2026年-9401701e5be66f4b", "yf:hasTarget target:渔港投资-30亿-50亿元-2026年-78b6f1a8ebeb858ex"), "statements", "深水泊位数量"),
    Way("a range upside down", G, lambda t: t.replace('yf:lower "3000000000"', 'yf:lower "X"').replace('yf:upper "5000000000"', 'yf:upper "3000000000"').replace('yf:lower "X"', 'yf:lower "5000000000"'), "nodes", "target/渔港投资"),
    Way("a target that no plan set", G, within(COVERAGE, "    yf:setBy plan:海政发-2024-8 ;\n", ""), "statements", "setBy"),
    Way("a unit that is another", G, within(COVERAGE, "qudt:hasUnit unit:PERCENT", "qudt:hasUnit unit:KiloM"), "copies", "target/海水养殖覆盖率"),
    Way("a count", G, swap("yf:count 4", "yf:count 5"), "declarations", "declaration/4个行业"),
    Way("a count that is no number", G, swap("yf:count 4", 'yf:count "vier"^^xsd:integer'), "literals", "declaration/4个行业"),
    Way("a count that holds and does not", G, within("declaration:4个行业 a", "yf:holds true", "yf:holds false"), "declarations", "declaration/4个行业"),
    Way("a member too few", G, swap('    yf:memberLabel "港航服务升级" , "渔民培训" ;', '    yf:memberLabel "港航服务升级" ;'), "declarations", "declaration/2大行动"),
    Way("a member another", G, swap('yf:memberLabel "港航服务升级"', 'yf:memberLabel "港航服务"'), "copies", "declaration/2大行动"),
    Way("an IRI of another label", G, lambda t: t.replace("work:渔业条例", "work:渔业法"), "nodes", "work/渔业法"),
    Way("an inferred edge gone", G, swap("    yf:inDomain domain:港航服务 ;\n    yf:advancedBy action:港航服务升级 .", "    yf:inDomain domain:港航服务 ."), "statements", "advancedBy"),
]  # fmt: skip
FIRST = "statement:000b19ad05642259263585132f92241f"
"""The statement that the plan cites the act; its name hangs on the plan's text, and a changed sample changes it."""
CITES = "rdf:object work:渔业条例"
PROOFS = [
    Way("a statement gone", E, block(FIRST), "statements", "work/渔业条例"),
    Way("a statement of no basis", E, within(FIRST, "    yf:basis yf:stated ;\n", ""), "statements", "000b19ad05642259263585132f92241f"),
    Way("a statement of an unknown basis", E, within(FIRST, "yf:basis yf:stated", "yf:basis yf:guessed"), "statements", "000b19ad05642259263585132f92241f"),
    Way("a stated one told as inferred", E, within(FIRST, "yf:basis yf:stated", "yf:basis yf:inferred"), "statements", "000b19ad05642259263585132f92241f"),
    Way("a stated one told as curated", E, within(FIRST, "yf:basis yf:stated", "yf:basis yf:curated"), "statements", "000b19ad05642259263585132f92241f"),
    Way("an inferred one told as stated", E, swap("yf:basis yf:inferred", "yf:basis yf:stated"), "statements", "is stated but quotes nothing"),
    Way("a curated one told as stated", E, swap("yf:basis yf:curated", "yf:basis yf:stated"), "statements", "is stated but quotes nothing"),
    Way("an unknown rule", E, swap('yf:rule "citations.quoted"', 'yf:rule "citations.dreamt"'), "rules", "citations.dreamt"),
    Way("a rule that states something else", E, swap('yf:rule "citations.quoted"', 'yf:rule "terms.mentions"'), "rules", "states no cites"),
    Way("a rule of another basis", E, swap('yf:rule "citations.quoted"', 'yf:rule "overlay.plan"'), "rules", "000b19ad05642259263585132f92241f"),
    Way("no rule", E, swap('    yf:rule "citations.quoted" ;\n', ""), "shapes", "000b19ad05642259263585132f92241f"),
    Way("another subject", E, within(FIRST, "rdf:subject plan:海政发-2024-8", "rdf:subject industry:智慧港口"), "statements", "industry/智慧港口"),
    Way("another predicate", E, within(FIRST, "rdf:predicate yf:cites", "rdf:predicate yf:issuedBy"), "statements", "issuedBy"),
    Way("another object", E, swap(CITES, "rdf:object organization:教育部"), "statements", "organization/教育部"),
    Way("no subject", E, within(FIRST, "    rdf:subject plan:海政发-2024-8 ;\n", "    rdf:type rdf:Statement ;\n"), "statements", "000b19ad05642259263585132f92241f"),
    Way("no predicate", E, within(FIRST, "    rdf:predicate yf:cites ;\n", ""), "statements", "000b19ad05642259263585132f92241f"),
    Way("no object", E, swap(f"    {CITES} ;\n", ""), "statements", "000b19ad05642259263585132f92241f"),
    Way("another passage", E, within(FIRST, "prov:wasDerivedFrom passage:136-166", "prov:wasDerivedFrom passage:94-101"), "quotes", "000b19ad05642259263585132f92241f"),
    Way("a passage too few", E, within(FIRST, "prov:wasDerivedFrom passage:136-166 , passage:112-135", "prov:wasDerivedFrom passage:112-135"), "quotes", "渔业条例"),
    Way("a passage that there is not", E, within(FIRST, "passage:136-166", "passage:136-999"), "statements", "136-999"),
    Way("no passage", E, within(FIRST, " ;\n    prov:wasDerivedFrom passage:136-166 , passage:112-135", ""), "statements", "000b19ad05642259263585132f92241f"),
    Way("a statement under another name", E, lambda t: t.replace("000b19ad05642259263585132f92241f", "0000000000000000"), "names", "0000000000000000"),
    Way("an inference from nothing", E, lambda t: re.sub(r'(infer\.domain_named_in_action") ;\n    prov:wasDerivedFrom [^.]+ \.', r"\1 .", t, count=1), "statements", "is inferred from nothing"),
    Way("an inference from itself", E, lambda t: re.sub(r"(statement:(\w+) a yf:Statement ;(?:\n    .*){5}\n    prov:wasDerivedFrom )statement:\w+ , statement:\w+", r"\1statement:\2", t, count=1), "statements", "which is inferred itself"),
    Way("an inference from something else", E, lambda t: re.sub(r'(infer\.domain_named_in_action" ;\n    prov:wasDerivedFrom )statement:\w+', rf"\1{FIRST}", t, count=1), "inferences", "advancedBy"),
    Way("an inference from a statement that is gone", E, lambda t: re.sub(r'(infer\.domain_named_in_action" ;\n    prov:wasDerivedFrom )statement:\w+', r"\1statement:ffffffffffffffff", t, count=1), "statements", "ffffffffffffffff"),
    Way("an inference by another rule", E, swap("infer.domain_named_in_action", "infer.action_named_in_project"), "rules", "advancedBy"),
    Way("a role in words that no passage has", E, swap('yf:wording "负责"', 'yf:wording "主持"'), "statements", "主持"),
    Way("a role in other words of its passage", E, swap('yf:wording "负责"', 'yf:wording "教育部"'), "copies", "教育部"),
    Way("a role without its words", E, swap('    yf:wording "负责" ;\n', ""), "copies", "负责"),
    Way("an assertion without a source", E, swap("    dcterms:source <https://example.org/letter> ;\n", ""), "statements", "is curated but has no source"),
    Way("an assertion of another source", E, swap("https://example.org/letter", "https://example.com/letter"), "names", "statement/"),
    Way("an assertion without a date", E, swap('    dcterms:date "2024-03-05"^^xsd:date ;\n', ""), "shapes", "statement/"),
    Way("an assertion on a day that there is not", E, swap('dcterms:date "2024-03-05"', 'dcterms:date "2024-13-05"'), "shapes", "statement/"),
    Way("an assertion of another title", E, swap('dcterms:bibliographicCitation "印发通知"', 'dcterms:bibliographicCitation "通知"'), "copies", "印发通知"),
    Way("an assertion with another note", E, swap('yf:note "通知所载"', 'yf:note "听说"'), "copies", "通知所载"),
    Way("an assertion of another standing", E, swap('yf:status "official"', 'yf:status "draft"'), "copies", "official"),
    Way("an asserted alias another", E, swap('rdf:object "智能港口"@zh', 'rdf:object "数字港口"@zh'), "statements", "数字港口"),
    Way("an asserted day another", E, swap('rdf:object "2024-03-05"', 'rdf:object "2024-03-06"'), "statements", "2024-03-06"),
    Way("a passage gone", E, block("passage:136-166 a"), "statements", "136-166"),
    Way("a passage of no document", E, lambda t: re.sub(r"(passage:136-166 a yf:Passage ;\n)    oa:hasSource [^;]+;\n", r"\1", t), "shapes", "136-166"),
    Way("a passage of a plan", E, lambda t: re.sub(r"(passage:136-166 a yf:Passage ;\n    oa:hasSource )[^ ]+", r"\1plan:海政发-2024-8", t), "shapes", "136-166"),
    Way("a passage without its quote", E, block("passage:136-166-quote a"), "quotes", "136-166"),
    Way("a passage without its place", E, block("passage:136-166-position a"), "quotes", "136-166"),
    Way("a quote altered", E, swap('oa:exact "为落实《渔业条例》', 'oa:exact "为贯彻《渔业条例》'), "quotes", "136-166"),
    Way("a quote shortened", E, swap('oa:exact "为落实《渔业条例》', 'oa:exact "落实《渔业条例》'), "quotes", "136-166"),
    Way("a quote lengthened", E, swap('oa:exact "为落实', 'oa:exact "因为落实'), "quotes", "136-166"),
    Way("an empty quote", E, lambda t: re.sub(r'(passage:136-166-quote a .*\n    oa:exact )"[^"]*"', r'\1""', t), "quotes", "136-166"),
    Way("the words before another", E, within("passage:136-166-quote", 'oa:prefix "', 'oa:prefix "啊'), "quotes", "136-166"),
    Way("the words behind another", E, within("passage:136-166-quote", 'oa:suffix "', 'oa:suffix "啊'), "quotes", "136-166"),
    Way("a start one too far", E, swap("oa:start 136", "oa:start 137"), "quotes", "136-166"),
    Way("an end one too far", E, swap("oa:end 166", "oa:end 167"), "quotes", "136-166"),
    Way("a start below zero", E, swap("oa:start 136", "oa:start -136"), "quotes", "136-166"),
    Way("a start in words", E, swap("oa:start 136", 'oa:start "viel"^^<http://www.w3.org/2001/XMLSchema#integer>'), "literals", "136-166"),
    Way("a start behind the end", E, swap("oa:start 136", "oa:start 966"), "quotes", "136-166"),
    Way("a passage under another name", E, lambda t: t.replace("passage:136-166", "passage:135-166"), "names", "135-166"),
    Way("a rule's own words", E, swap("目标", "目标们"), "copies", "目标们"),
    Way("a resource of something else", E, lambda t: t + "\n<https://example.org/x> rdfs:label \"x\" .\n", "copies", "example.org/x"),
]  # fmt: skip
TEXT = "texts/*.txt"
TEXTS = [
    Way("a word of the text", TEXT, swap("智慧港口", "智能港口"), "quotes", "passage/"),
    Way("a word that nobody quotes", TEXT, swap("很高兴地", "很难过地"), "texts", "document/"),
    Way("a character before everything", TEXT, lambda t: "啊" + t, "quotes", "passage/"),
    Way("the end of the text", TEXT, lambda t: t[:-20], "texts", "document/"),
    Way("no text", TEXT, lambda t: "", "quotes", "passage/"),
]
NODE_CSV = r"https://w3id.org/yangfan/id/work/渔业条例[^\r\n]*"
EDGE_CSV = r"https://w3id.org/yangfan/id/plan/海政发-2024-8,cites[^\r\n]*"
TABLES = [
    Way("a row of nodes gone", "nodes.csv", lines(NODE_CSV), "copies", "work/渔业条例"),
    Way("a row of nodes twice", "nodes.csv", lambda t: t + re.search(NODE_CSV, t)[0] + "\r\n", "copies", "nodes.csv"),  # type: ignore[index]
    Way("a row of nodes too many", "nodes.csv", lambda t: t + re.search(NODE_CSV, t)[0].replace("渔业条例", "海洋条例") + "\r\n", "copies", "海洋条例"),  # type: ignore[index]
    Way("a class in the table", "nodes.csv", swap("CitedDocument", "Plan"), "copies", "work/渔业条例"),
    Way("a label in the table", "nodes.csv", swap(",渔业条例,", ",渔业法,"), "copies", "work/渔业条例"),
    Way("a value in the table", "nodes.csv", swap(",>,40,", ",>,41,"), "copies", "海水养殖覆盖率"),
    Way("a header of nodes", "nodes.csv", swap("label_zh", "label"), "copies", "nodes.csv"),
    Way("a row of edges gone", "edges.csv", lines(EDGE_CSV), "copies", "cites"),
    Way("a row of edges twice", "edges.csv", lambda t: t + re.search(EDGE_CSV, t)[0] + "\r\n", "copies", "edges.csv"),  # type: ignore[index]
    Way("a relation in the table", "edges.csv", swap(",cites,", ",supersedes,"), "copies", "cites"),
    Way("a basis in the table", "edges.csv", swap(",stated,", ",curated,"), "copies", "edges.csv"),
    Way("a quote in the table", "edges.csv", swap("为落实《渔业条例》", "为贯彻《渔业条例》"), "copies", "edges.csv"),
    Way("a place in the table", "edges.csv", swap(",136,166,", ",137,166,"), "copies", "edges.csv"),
    Way("a source in the table", "edges.csv", swap("https://example.org/letter", "https://example.com/letter"), "copies", "edges.csv"),
    Way("a number of statements in the table", "edges.csv", swap(",1,\r\n", ",2,\r\n"), "copies", "edges.csv"),
    Way("a header of edges", "edges.csv", swap(":TYPE", "TYPE"), "copies", "edges.csv"),
]


def element(tag: str, mark: str, new: str = "") -> Callable[[str], str]:
    """Replace the XML element of a tag that holds a mark."""
    return lambda text: re.sub(rf"(?s) *<{tag} [^>]*{mark}[^>]*>.*?</{tag}>\n", new, text, count=1)


NETWORKS = [
    way
    for file, value in (("graph.graphml", ">{}<"), ("graph.gexf", 'value="{}"'))
    for way in (
        Way("a node gone", file, element("node", "work/渔业条例"), "copies", "work/渔业条例"),
        Way("an edge gone", file, element("edge", "work/渔业条例"), "copies", "cites"),
        Way("a node under another name", file, swap('<node id="https://w3id.org/yangfan/id/work/渔业条例"', '<node id="https://w3id.org/yangfan/id/work/海洋条例"'), "copies", "海洋条例"),
        Way("a class", file, swap(value.format("CitedDocument"), value.format("Plan")), "copies", "work/渔业条例"),
        Way("a label", file, within("work/渔业条例", "渔业条例", "渔业法"), "copies", "渔业"),
        Way("an edge the other way", file, lambda t: re.sub(r'source="([^"]*)" target="([^"]*渔业条例)"', r'source="\2" target="\1"', t, count=1), "copies", "cites"),
        Way("a relation", file, swap(value.format("cites"), value.format("supersedes")), "copies", "cites"),
        Way("a basis", file, swap(value.format("stated"), value.format("inferred")), "copies", file),
        Way("a quote", file, swap("为落实《渔业条例》", "为贯彻《渔业条例》"), "copies", "cites"),
        Way("a rule", file, swap(value.format("citations.quoted"), value.format("citations.x")), "copies", "cites"),
        Way("a value of a target", file, swap(value.format("40.0"), value.format("41.0")), "copies", "海水养殖覆盖率"),
        Way("a broken file", file, lambda t: t[: len(t) // 2], "copies", file),
    )
]  # fmt: skip
JSON_NODE = r'\{"id": "https://w3id.org/yangfan/id/work/渔业条例".*\},'
ENTAILED = [
    Way("an entailed edge gone", "entailed.ttl", swap("yf:isCitedBy", "yf:isPlanOf"), "copies", "isCitedBy"),
    Way("an entailed edge too many", "entailed.ttl", lambda t: t + "\nplan:海政发-2024-8 yf:hasTask industry:智慧港口 .\n", "copies", "hasTask"),
    Way("an entailed edge the other way", "entailed.ttl", swap("work:渔业条例 yf:isCitedBy plan:海政发-2024-8", "plan:海政发-2024-8 yf:isCitedBy work:渔业条例"), "copies", "isCitedBy"),
    Way("an entailment under another statement", "entailed.ttl", swap(FIRST + " yf:entails", FIRST[:-1] + "0 yf:entails"), "copies", "entails"),
    Way("an entailment of another relation", "entailed.ttl", within(FIRST, "yf:isCitedBy", "yf:isIssuerOf"), "copies", "isIssuerOf"),
]  # fmt: skip
RDF = [
    Way("a node of JSON-LD gone", "graph.jsonld", lines(JSON_NODE), "copies", "work/渔业条例"),
    Way("a label of JSON-LD", "graph.jsonld", within("work/渔业条例\"", "渔业条例", "渔业法"), "copies", "graph.jsonld"),
    Way("a statement of JSON-LD gone", "graph.jsonld", lines(r'\{"id": "https://w3id.org/yangfan/id/statement/000b19ad05642259263585132f92241f".*\},'), "copies", "000b19ad05642259263585132f92241f"),
    Way("a quote of JSON-LD", "graph.jsonld", swap("为落实《渔业条例》", "为贯彻《渔业条例》"), "copies", "passage/"),
    Way("a number of JSON-LD", "graph.jsonld", swap('"2026"', '"2027"'), "copies", "2027"),
    Way("another context", "graph.jsonld", swap("skos:altLabel", "skos:hiddenLabel"), "copies", "altLabel"),
    Way("JSON-LD that is none", "graph.jsonld", swap("[", "("), "copies", "graph.jsonld"),
    Way("a node of TriG gone", "graph.trig", lambda t: re.sub(r"(?s)\n    work:渔业条例 a .*? \.\n", "\n", t), "copies", "work/渔业条例"),
    Way("a statement of TriG gone", "graph.trig", lambda t: re.sub(r"(?s)\n    statement:000b19ad05642259263585132f92241f a .*? \.\n", "\n", t), "copies", "000b19ad05642259263585132f92241f"),
    Way("a label of TriG", "graph.trig", swap('"渔业条例"@zh', '"渔业法"@zh'), "copies", "渔业法"),
    Way("a named graph under another name", "graph.trig", lambda t: t.replace("id/graph/inferred>", "id/graph/concluded>"), "copies", "graph/concluded"),
    Way("a named graph that nobody tells of", "graph.trig", swap("<https://w3id.org/yangfan/id/graph/inferred> a", "<https://w3id.org/yangfan/id/graph/other> a"), "copies", "graph/inferred"),
    Way("TriG that is none", "graph.trig", lambda t: t + "}", "copies", "graph.trig"),
]  # fmt: skip


def packed(part: str, change: Callable[[Any], None]) -> Callable[[str], str]:
    """Change what the page holds of the graph or its evidence."""

    def work(text: str) -> str:
        found = re.search(rf'id="{part}-data">([^<]*)<', text)
        assert found
        held = json.loads(zlib.decompress(base64.b64decode(found[1])))
        change(held)
        again = base64.b64encode(zlib.compress(json.dumps(held, ensure_ascii=False).encode())).decode()
        return text[: found.start(1)] + again + text[found.end(1) :]

    return work


def item(*path: Any, value: Any) -> Callable[[Any], None]:
    def work(held: Any) -> None:
        for key in path[:-1]:
            held = held[key]
        assert held[path[-1]] != value
        held[path[-1]] = value

    return work


P = "graph.html"
PAGE = [
    Way("a label on the page", P, packed("graph", item("nodes", "zh", 3, value="x")), "copies", "nodes differ in zh"),
    Way("a class on the page", P, packed("graph", item("nodes", "cls", 3, value=0)), "copies", "nodes differ in cls"),
    Way("an attribute on the page", P, packed("graph", lambda held: held["nodes"]["attrs"]["0"].update({"yf:endYear": 2030})), "copies", "nodes differ in attrs"),
    Way("a name on the page", P, packed("graph", lambda held: held["nodes"]["alt"].clear()), "copies", "nodes differ in alt"),
    Way("an edge on the page", P, packed("graph", item("edges", "to", 0, value=7)), "copies", "edges differ in to"),
    Way("a relation on the page", P, packed("graph", item("edges", "rel", 0, value=3)), "copies", "edges differ in rel"),
    Way("a basis on the page", P, packed("graph", item("edges", "bases", 0, value=4)), "copies", "edges differ in bases"),
    Way("a text on the page", P, packed("evidence", lambda held: held["documents"][0].update(text="x")), "copies", "its text of"),
    Way("a place on the page", P, packed("evidence", item("passages", 0, 0, value=1)), "copies", "statements differ in passages"),
    Way("a rule on the page", P, packed("evidence", item("rules", 0, value="x")), "copies", "statements differ in rules"),
    Way("a statement on the page", P, packed("evidence", item("counts", 0, value=2)), "copies", "statements differ in counts"),
    Way("a source on the page", P, packed("evidence", lambda held: held["source"].clear()), "copies", "statements differ in source"),
    Way("a page without its graph", P, swap('id="graph-data"', 'id="other-data"'), "copies", P),
    Way("a page with a broken graph", P, lambda t: re.sub(r'(id="graph-data">)....', r"\1!!!!", t), "copies", P),
]  # fmt: skip


def reported(*path: Any, value: Any) -> Callable[[str], str]:
    def work(text: str) -> str:
        held = json.loads(text)
        item(*path, value=value)(held)
        return json.dumps(held, ensure_ascii=False, indent=2) + "\n"

    return work


R = "report.json"
REPORT = [
    Way("a number of nodes", R, reported("nodes", value=1), "report", "nodes is 1"),
    Way("a number of edges", R, reported("edges", value=1), "report", "edges is 1"),
    Way("a number of statements", R, reported("statements", value=1), "report", "statements is 1"),
    Way("a number of a class", R, reported("classes", "Plan", value=2), "report", "classes"),
    Way("a number of a relation", R, reported("relations", "cites", "stated", value=2), "report", "relations"),
    Way("a number of a basis", R, reported("bases", "inferred", value=9), "report", "bases"),
    Way("a number without English", R, reported("without_english", value=0), "report", "without_english"),
    Way("a declared count reported", R, reported("declarations", 0, "count", value=9), "report", "2大行动"),
    Way("a declared count that holds", R, reported("declarations", 0, "holds", value=False), "report", "2大行动"),
    Way("a member reported", R, reported("declarations", 0, "members", value=["x"]), "report", "2大行动"),
    Way("a declared count not reported", R, reported("declarations", value=[]), "report", "tells of 0 declared counts"),
    Way("a document reported", R, reported("documents", 0, "key", value="x"), "report", "x"),
    Way("a number of sentences", R, reported("documents", 0, "sentences", value=99), "report", "sentences is 99"),
    Way("a number quoted", R, reported("documents", 0, "quoted", value=9), "report", "quoted is 9"),
    Way("a number not understood", R, reported("documents", 0, "open", value=99), "report", "do not come to all sentences"),
    Way("a sentence not understood", R, lambda t: t.replace("很高兴地", "很难过地"), "report", "is another"),
    Way("a version", R, reported("version", value="0.0.0"), "report", "version"),
    Way("warnings that are none", R, reported("warnings", value=["x"]), "report", "warnings and rejected"),
    Way("a report that is none", R, lambda t: t[:100], "report", "is no report"),
    Way("a line of the report", "report.md", swap("nodes", "knots"), "report", "report.md:"),
    Way("a report cut short", "report.md", lambda t: t[: len(t) * 3 // 4], "report", "report.md"),
]  # fmt: skip
CONTENT = NODES + PROOFS + TEXTS + TABLES + NETWORKS + RDF + ENTAILED + PAGE + REPORT
FILES = ("graph.ttl", "evidence.ttl", "entailed.ttl", "graph.trig", "graph.jsonld", "graph.graphml", "graph.gexf", "nodes.csv", "edges.csv", "report.json", "report.md", TEXT)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_checked(tmp_path_factory.mktemp("checked"))


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    shutil.copytree(good, tmp_path / "exports")
    return tmp_path / "exports"


def faults(folder: Path) -> list[Finding]:
    """What `check` finds; what it cannot read at all is one fault that names the file."""
    try:
        return check_exports(folder)
    except YangfanError as error:
        return [Finding("unreadable", str(error))]


def test_the_good_build_is_good(copy: Path) -> None:
    assert faults(copy) == []


def test_the_catalogue_is_long_enough() -> None:
    assert len(CONTENT) >= 150
    assert len({(way.name, way.file) for way in CONTENT}) == len(CONTENT)


def assert_found(copy: Path, way: Way) -> None:
    """Break a build in one way, with a manifest that knows of it, and hold the check to naming the place."""
    (path,) = copy.glob(way.file)
    before = path.read_bytes().decode("utf-8")
    after = way.change(before)
    assert after != before, "the change finds nothing to change"
    path.write_bytes(after.encode("utf-8"))
    write_manifest(copy)
    every = faults(copy)
    found = [finding for finding in every if finding.check == way.check]
    assert [finding for finding in found if way.place in finding.message], found[:5] or every[:5]


@pytest.mark.parametrize("way", CONTENT, ids=[f"{way.file}: {way.name}" for way in CONTENT])
def test_a_build_whose_content_is_broken_in_one_way_is_found_by_its_content(copy: Path, way: Way) -> None:
    assert_found(copy, way)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("how", ["gone", "empty", "cut", "one byte", "another's", "longer"])
def test_a_file_that_was_changed_is_found_by_the_manifest(copy: Path, file: str, how: str) -> None:
    (path,) = copy.glob(file)
    data = path.read_bytes()
    middle = len(data) // 2
    changed = {
        "empty": b"",
        "cut": data[:middle],
        "one byte": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "another's": (copy / ("graph.ttl" if file != "graph.ttl" else "evidence.ttl")).read_bytes(),
        "longer": data + b"\n",
    }
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(changed[how])
    name = path.relative_to(copy).as_posix()
    assert any(finding.check in ("files", "unreadable") and name in finding.message for finding in faults(copy))


def test_a_missing_page_is_no_fault_and_a_changed_one_is(copy: Path) -> None:
    (copy / "graph.html").write_text("<p>another page</p>", encoding="utf-8")
    assert Finding("files", "graph.html: is not the file that was built (its SHA-256 differs)") in faults(copy)
    (copy / "graph.html").unlink()
    assert faults(copy) == []


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"algorithm": "SHA-256", "files": {"a": 1}}', '{"algorithm": "MD5", "files": {}}'])
def test_a_manifest_that_is_none_is_told(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text, encoding="utf-8")
    assert Finding("files", "manifest.json: is no manifest") in faults(copy)


def test_a_missing_manifest_and_a_file_that_is_not_listed_are_told(copy: Path) -> None:
    (copy / "texts" / "more.txt").write_text("x", encoding="utf-8")
    assert Finding("files", "texts/more.txt: was not built with the others") in faults(copy)
    (copy / "manifest.json").unlink()
    assert any(finding.check == "files" and "is missing" in finding.message for finding in faults(copy))
