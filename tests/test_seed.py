"""What the seed document gives, and what it must not give."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from yangfan.assembly.evidence import documents_of, evidence_of
from yangfan.core.model import BASES, Statement

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]


def edges(graph: Graph, relation: str) -> set[tuple[str, str]]:
    label = graph.nodes
    return {(label[s]["zh"], label[o]["zh"]) for s, o, r in graph.edges(keys=True) if r == relation}


def labels(graph: Graph, cls: str) -> list[str]:
    return [data["zh"] for _, data in graph.nodes(data=True) if data["cls"] == cls]


def plan(graph: Graph) -> str:
    return labels(graph, "Plan")[0]


def test_the_plan_has_its_title_number_alias_and_period(stated_graph: Graph) -> None:
    node = next(data for _, data in stated_graph.nodes(data=True) if data["cls"] == "Plan")
    assert node["zh"] == "5G应用“扬帆”行动计划（2021-2023年）"
    assert node["attrs"]["dcterms:identifier"] == "工信部联通信〔2021〕77号"
    assert node["attrs"]["yf:alias"] == "行动计划"
    assert (node["attrs"]["yf:startYear"], node["attrs"]["yf:endYear"]) == (2021, 2023)


def test_industries_stand_in_their_domains(stated_graph: Graph) -> None:
    by_domain: dict[str, set[str]] = {}
    for industry, domain in edges(stated_graph, "inDomain"):
        by_domain.setdefault(domain, set()).add(industry)
    assert by_domain == {
        "信息消费": {"新型信息消费", "融合媒体"},
        "实体经济": set("工业互联网 车联网 智慧物流 智慧港口 智慧采矿 智慧电力 智慧油气 智慧农业 智慧水利".split()),
        "民生服务": {"智慧教育", "智慧医疗", "智慧文旅", "智慧城市"},
    }


def test_actions_projects_and_safeguards_are_those_listed(stated_graph: Graph) -> None:
    assert labels(stated_graph, "Action") == (
        "标准体系构建 产业基础强化 信息消费升级 行业应用深化 社会民生服务 网络能力强基 应用生态融通 安全保障提升".split()
    )
    assert labels(stated_graph, "Project") == [
        "5G应用标准体系构建及推广工程",
        "面向行业需求的5G产品攻坚工程",
        "5G应用创新生态培育示范工程",
        "5G应用安全能力锻造工程",
    ]
    assert labels(stated_graph, "Safeguard") == "强化统筹联动 优化发展环境 打造人才队伍 推动国际合作 做好监测评估".split()
    assert labels(stated_graph, "Principle") == "需求牵引 创新驱动 重点突破 协同联动".split()


def test_indicators_stand_in_their_categories_and_have_no_value_in_the_text(stated_graph: Graph) -> None:
    assert Counter(category for _, category in edges(stated_graph, "inCategory")) == {"用户发展": 2, "行业赋能": 3, "网络能力": 2}
    assert len(labels(stated_graph, "Indicator")) == 7
    assert labels(stated_graph, "Target") == []


def test_tasks_hang_on_the_action_that_their_section_is_about(stated_graph: Graph) -> None:
    tasks: dict[str, list[str]] = {}
    for parent, task in sorted(edges(stated_graph, "hasTask")):
        tasks.setdefault(parent, []).append(task)
    assert set(tasks["标准体系构建"]) == {"健全工作机制", "构建标准体系", "落地关键标准"}
    assert set(tasks["安全保障提升"]) == {
        "加强5G应用安全风险评估",
        "开展5G应用安全示范推广",
        "提升5G应用安全评测认证能力",
        "强化5G应用安全供给支撑服务",
    }
    assert {task for task in tasks[plan(stated_graph)] if task.endswith("“团体赛”")} == set(tasks[plan(stated_graph)])
    assert len(tasks[plan(stated_graph)]) == 3


def test_reasons_why_the_plan_matters_are_no_tasks(stated_graph: Graph) -> None:
    assert not [label for label in labels(stated_graph, "Task") if "有利于" in label]


def test_measures_hang_on_safeguards_and_tasks(stated_graph: Graph) -> None:
    measures = edges(stated_graph, "hasMeasure")
    assert ("推动国际合作", "鼓励企业参与5G国际标准化组织的工作") in measures
    assert ("打好5G各级政府间协同联动的“团体赛”", "加强政府部门间协同和部省联动") in measures
    assert {parent for parent, _ in measures} >= set(labels(stated_graph, "Safeguard"))


def test_the_text_names_three_issuers_and_the_overlay_the_ten(stated_graph: Graph, seed_graph: Graph) -> None:
    said = {body for _, body in edges(stated_graph, "issuedBy")}
    assert said == {"工业和信息化部", "中央网络安全和信息化委员会办公室", "国家发展和改革委员会"}
    assert len(edges(seed_graph, "issuedBy")) == 10


def test_two_works_are_cited_and_the_plan_does_not_cite_itself(stated_graph: Graph) -> None:
    assert {work for _, work in edges(stated_graph, "cites")} == {
        "政府工作报告",
        "中华人民共和国国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
    }


def test_the_document_says_who_wrote_it_and_of_which_ministry(stated_graph: Graph) -> None:
    ((_, writer),) = edges(stated_graph, "writtenBy")
    assert writer == "工业和信息化部信息通信发展司"
    assert edges(stated_graph, "unitOf") == {(writer, "工业和信息化部")}


def test_scenarios_and_technologies_are_named(stated_graph: Graph) -> None:
    assert {"5G+AI机器视觉监测", "远程医疗", "在线教育", "远程诊疗", "智能医护机器人"} <= set(labels(stated_graph, "Scenario"))
    assert {"5G", "人工智能", "云计算", "大数据", "区块链"} <= set(labels(stated_graph, "Technology"))
    assert ("5G+AI机器视觉监测", "人工智能") in edges(stated_graph, "usesTechnology")


def test_declared_counts_are_compared_with_what_is_found(stated_graph: Graph) -> None:
    held = {d["zh"]: d["attrs"]["yf:holds"] for _, d in stated_graph.nodes(data=True) if d["cls"] == "Declaration"}
    for declared in ("8大专项行动", "4大重点工程", "15个行业", "三大领域", "7大量化指标", "5方面保障措施", "四个方面"):
        assert held[declared] is True, declared
    # The headline says ten departments, the text nine others; neither names them all.
    assert held["10部门"] is False
    assert held["9部门"] is False


def strongest(statements: tuple[Statement, ...]) -> str:
    return min((said.basis for said in statements), key=BASES.index)


def test_what_names_carry_is_inferred_and_the_rest_is_curated(seed_graph: Graph) -> None:
    bases: dict[str, Counter[str]] = {}
    for s, o, relation in seed_graph.edges(keys=True):
        if relation in ("advancedBy", "includesProject"):
            bases.setdefault(relation, Counter())[strongest(evidence_of(seed_graph, s, relation, o))] += 1
    assert bases == {"advancedBy": {"inferred": 6, "curated": 9}, "includesProject": {"inferred": 1, "curated": 3}}


def test_every_target_is_curated_with_a_source(seed_graph: Graph) -> None:
    targets = {d["zh"]: d["attrs"] for _, d in seed_graph.nodes(data=True) if d["cls"] == "Target"}
    assert targets["5G个人用户普及率 > 40%（2023年）"]["yf:value"] == Decimal(40)
    assert len(targets) == 7
    for s, o, relation in seed_graph.edges(keys=True):
        if relation == "hasTarget":
            for record in evidence_of(seed_graph, s, relation, o):
                assert record.basis == "curated"
                assert record.source is not None
                assert record.source.url.startswith("http")


def test_the_press_form_of_an_indicator_is_another_name_of_it(seed_graph: Graph) -> None:
    names = {d["zh"]: d["alt"] for _, d in seed_graph.nodes(data=True) if d["cls"] == "Indicator"}
    assert ("zh", "大型工业企业的5G应用渗透率") in names["5G在大型工业企业渗透率"]


def test_offsets_are_code_points_of_the_text(stated_graph: Graph) -> None:
    (document,) = documents_of(stated_graph).values()
    assert document.text.startswith("重点推15个行业！")
    assert "\r" not in document.text
    assert "<" not in document.text
    lines = [document.text[line.start : line.end] for line in document.lines]
    assert "\n".join(lines) == document.text


def test_every_node_of_the_plan_has_an_english_label(seed_graph: Graph) -> None:
    assert [data["zh"] for _, data in seed_graph.nodes(data=True) if not data["en"]] == []


def test_own_translations_are_marked(seed_graph: Graph) -> None:
    for _, data in seed_graph.nodes(data=True):
        assert data["attrs"]["yf:translation"] in ("yf:ownTranslation", "yf:officialTranslation")
