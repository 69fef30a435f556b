"""A small plan of our own invention, as a graph and as an exports folder, for the tests of everything that reads one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.generate import empty_vocabulary
from yangfan.assembly.builder import GraphBuilder
from yangfan.assembly.evidence import documents_of
from yangfan.core.model import (
    Attributes,
    Claim,
    Described,
    Document,
    Iri,
    Line,
    Mention,
    Reading,
    Source,
    Span,
)
from yangfan.formats.registry import FORMATS, export

if TYPE_CHECKING:
    import networkx as nx

PLAN = Mention("Plan", "5G应用“远帆”行动计划（2021-2023年）")
SOURCE = Mention("SourceDocument", "“远帆”行动计划解读")
TEXT = (
    "工业和信息化部、教育部印发《5G应用“远帆”行动计划（2021-2023年）》（以下简称《行动计划》）。",
    "一、面向民生服务领域",
    "《行动计划》面向民生服务领域，重点推进智慧医疗、智慧教育等行业。",
    "实施社会民生服务行动，推动智慧医疗发展，运用边缘计算技术，建设远程会诊示范工程。",
    "二、主要指标",
    "到2023年，5G个人用户普及率超过40%，5G网络接入流量占比超过50%。",
    "《行动计划》提出2大专项行动。",
    "面向信息消费领域，推进信息消费行业，实施<b>信息消费升级行动</b> & 更多。",
)


def _reading() -> Reading:
    lines, places, offset = [], [], 0
    for number, line in enumerate(TEXT):
        span = Span(offset, offset + len(line))
        places.append(span)
        lines.append(Line(*span, "heading" if number in (1, 4) else "paragraph"))
        offset = span.end + 1
    document = Document(
        "yuanfan-0001",
        SOURCE.label,
        "\n".join(TEXT),
        tuple(lines),
        {"title": SOURCE.label, "date": "2021-07-13", "url": "https://example.org/yuanfan"},
    )
    medicine, education = Mention("Industry", "智慧医疗"), Mention("Industry", "智慧教育")
    spending, edge = Mention("Industry", "信息消费"), Mention("Technology", "边缘计算")
    people, consumption = Mention("Domain", "民生服务"), Mention("Domain", "信息消费")
    service, upgrade = Mention("Action", "社会民生服务"), Mention("Action", "<b>信息消费升级行动</b>")
    project = Mention("Project", "远程会诊示范工程")
    users, traffic = Mention("Indicator", "5G个人用户普及率"), Mention("Indicator", "5G网络接入流量占比")
    category = Mention("IndicatorCategory", "用户发展")
    forty, fifty = Mention("Target", "5G个人用户普及率>40%"), Mention("Target", "5G网络接入流量占比>50%")
    declared = Mention("Declaration", "2大专项行动")

    def claim(subject: Mention, relation: str, object_: Mention, *numbers: int) -> Claim:
        return Claim(subject, relation, object_, tuple(places[n] for n in numbers), "sample")

    claims = (
        claim(SOURCE, "describes", PLAN, 0),
        claim(PLAN, "issuedBy", Mention("Organization", "工业和信息化部"), 0),
        claim(PLAN, "issuedBy", Mention("Organization", "教育部"), 0),
        claim(PLAN, "hasDomain", people, 2),
        claim(PLAN, "hasDomain", consumption, 7),
        claim(PLAN, "hasIndustry", medicine, 2),
        claim(PLAN, "hasIndustry", education, 2),
        claim(PLAN, "hasIndustry", spending, 7),
        claim(medicine, "inDomain", people, 2, 1),
        claim(education, "inDomain", people, 2, 1),
        claim(spending, "inDomain", consumption, 7),
        claim(PLAN, "hasAction", service, 3),
        claim(PLAN, "hasAction", upgrade, 7),
        claim(medicine, "advancedBy", service, 3, 1),
        claim(service, "usesTechnology", edge, 3),
        claim(PLAN, "hasProject", project, 3),
        claim(service, "includesProject", project, 3),
        claim(PLAN, "hasCategory", category, 5, 4),
        claim(PLAN, "hasIndicator", users, 5),
        claim(PLAN, "hasIndicator", traffic, 5),
        claim(users, "inCategory", category, 5, 4),
        claim(users, "hasTarget", forty, 5),
        claim(traffic, "hasTarget", fifty, 5),
        claim(forty, "setBy", PLAN, 5, 2),
        claim(fifty, "setBy", PLAN, 5, 2),
        claim(PLAN, "declares", declared, 6),
        claim(declared, "member", service, 3, 6),
        claim(declared, "member", upgrade, 7, 6),
    )
    measure: Attributes = {
        "yf:comparator": ">",
        "yf:unitText": "%",
        "qudt:hasUnit": Iri("unit:PERCENT"),
        "yf:year": 2023,
    }
    described = (
        Described(
            PLAN,
            {
                "dcterms:identifier": "工信部联〔2021〕7号",
                "dcterms:issued": date(2021, 7, 5),
                "yf:startYear": 2021,
                "yf:endYear": 2023,
            },
            ("远帆计划",),
        ),
        Described(medicine, {"yf:order": 1}, ("智能医疗",)),
        Described(forty, {**measure, "yf:value": Decimal("40"), "yf:change": False}),
        Described(fifty, {**measure, "yf:value": Decimal("50.5")}),
        Described(declared, {"yf:count": 2, "yf:noun": "专项行动", "yf:holds": True}),
    )
    return Reading(document, PLAN, claims, described)


def sample_graph() -> nx.MultiDiGraph[str]:
    """Build the sample: one document, stated edges, one inferred and one curated."""
    builder = GraphBuilder(empty_vocabulary())
    builder.add_reading(_reading())
    plan = builder.iri(PLAN)
    education = builder.iri(Mention("Industry", "智慧教育"))
    service = builder.iri(Mention("Action", "社会民生服务"), plan)
    builder.node(Mention("Organization", "无边机构"))
    source = Source("“远帆”行动计划全文", "https://example.org/full", "2021-07-14", "official")
    builder.curate_edge(service, "ledBy", builder.iri(Mention("Organization", "教育部")), "overlay", source, "全文第三节的分工")
    edges = (
        (education, "inDomain", builder.iri(Mention("Domain", "民生服务"), plan)),
        (builder.iri(Mention("Industry", "智慧医疗")), "advancedBy", service),
    )
    builder.conclude(education, "advancedBy", service, "same-domain", *edges)
    return builder.finish()


def write_exports(graph: nx.MultiDiGraph[str], folder: Path) -> Path:
    """Write the exports that queries and pages need: graph.ttl, evidence.ttl, graph.trig, ledger.csv and the texts."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name in ("turtle", "evidence", "trig", "ledger"):
        (folder / FORMATS[name].file).write_bytes(export(graph, name))
    for document in documents_of(graph).values():
        (folder / "texts" / f"{document.key}.txt").write_text(document.text, encoding="utf-8", newline="\n")
    return folder
