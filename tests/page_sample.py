"""A small plan of our own writing, read by hand, for the tests of the network page: every class, every basis."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from benchmarks.generate import empty_vocabulary
from yangfan.assembly.builder import GraphBuilder
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

if TYPE_CHECKING:
    import networkx as nx

PLAN = "滨海市智慧海洋“远航”行动计划（2024-2026年）"
_TEXT = f"""\
《{PLAN}》解读
滨海市海洋局会同滨海市发展改革委、滨海市财政局印发《{PLAN}》（滨海发〔2024〕8号，下称《行动计划》）。
一、总体要求
《行动计划》坚持陆海统筹、创新引领、绿色发展的基本原则，形成海洋经济“远航”格局。
二、主要任务
《行动计划》从感知网络构建、装备能力提升、场景应用深化三个方面提出3大专项行动，并设置2项重点工程，即海底观测网工程和智能船舶示范工程。
（一）感知网络构建。建设近海浮标网，推动5G网络覆盖重点海域。建立海洋数据共享机制，智慧海事平台接入人工智能能力。
（二）装备能力提升。攻关深海传感器，智能船舶运用北斗导航。
（三）场景应用深化。面向智慧渔业、海上风电开展示范，推广无人机巡检。
三、重点行业
《行动计划》面向资源开发、公共服务2大领域，推进6个行业。资源开发领域包括智慧渔业、海上风电、海水利用；公共服务领域包括智慧海事、海洋文旅。
四、发展指标
《行动计划》在网络覆盖方面提出近海5G覆盖率指标，到2026年近海5G覆盖率超过85%；在产业发展方面提出海洋经济增加值、智能船舶数量指标，到2026年海洋经济增加值达到1200亿元，智能船舶数量达到300—400艘。
2023年近海5G覆盖率为61.5%。
五、保障措施
一是加强组织领导。市海洋局牵头建立联席会议制度。
二是强化资金支持。设立海洋产业引导基金。"""
_ENGLISH = {
    PLAN: "Binhai “Voyage” Action Plan for a Smart Ocean (2024–2026)",
    "滨海市海洋局": "Binhai Ocean Bureau",
    "滨海市发展改革委": "Binhai Development and Reform Commission",
    "智慧渔业": "Smart fisheries",
    "海上风电": "Offshore wind power",
    "海水利用": "Seawater use",
    "智慧海事": "Smart maritime affairs",
    "海洋文旅": "Marine culture and tourism",
    "感知网络构建": "Building the sensing network",
    "装备能力提升": "Raising equipment capability",
    "场景应用深化": "Deepening applications",
    "近海5G覆盖率": "5G coverage of coastal waters",
    "资源开发": "Resource development",
    "公共服务": "Public services",
}


def named(cls: str, *labels: str) -> list[Mention]:
    """Give several mentions of a class."""
    return [Mention(cls, label) for label in labels]


def labels_of(graph: nx.MultiDiGraph[str], cls: str = "") -> dict[str, str]:
    """Give the Chinese labels of a graph's nodes, of one class or of all."""
    return {node: data["zh"] for node, data in graph.nodes(data=True) if cls in ("", data["cls"])}


class Sample:
    """Builds the sample; `extra` claims or nodes can be added before `finish`."""

    def __init__(self) -> None:
        self.builder = GraphBuilder(empty_vocabulary())
        self.plan = Mention("Plan", PLAN)
        self.claims: list[Claim] = []
        self.described: list[Described] = []

    def span(self, quote: str) -> Span:
        """Find a quote in the text."""
        start = _TEXT.index(quote)
        return Span(start, start + len(quote))

    def sentence(self, words: str) -> Span:
        """Find the sentence that contains the words."""
        at = _TEXT.index(words)
        start = max(_TEXT.rfind(mark, 0, at) for mark in "。\n") + 1
        ends = [end for mark in "。\n" if (end := _TEXT.find(mark, at)) >= 0]
        end = min(ends) if ends else len(_TEXT)
        return Span(start, end + (_TEXT[end : end + 1] == "。"))

    def say(self, subject: Mention, relation: str, objects: Iterable[Mention], words: str, *heads: str) -> None:
        """Claim edges that the sentence with these words states."""
        spans = (self.sentence(words), *(self.span(head) for head in heads))
        self.claims.extend(Claim(subject, relation, object_, spans, "sample") for object_ in objects)

    def fill(self) -> None:
        """Say everything the text says."""
        plan = self.plan
        source = Mention("SourceDocument", f"《{PLAN}》解读")
        self.say(source, "describes", [plan], "会同")
        bodies = named("Organization", "滨海市海洋局", "滨海市发展改革委", "滨海市财政局")
        self.say(plan, "issuedBy", bodies, "会同")
        self.say(plan, "hasPrinciple", named("Principle", "陆海统筹", "创新引领", "绿色发展"), "坚持陆海")
        self.say(plan, "hasGoal", named("Goal", "形成海洋经济“远航”格局"), "坚持陆海")
        actions = named("Action", "感知网络构建", "装备能力提升", "场景应用深化")
        self.say(plan, "hasAction", actions, "3大专项行动")
        projects = named("Project", "海底观测网工程", "智能船舶示范工程")
        self.say(plan, "hasProject", projects, "3大专项行动")
        declared = named("Declaration", "3大专项行动", "2项重点工程", "6个行业")
        self.say(plan, "declares", declared[:2], "3大专项行动")
        self.say(plan, "declares", declared[2:], "推进6个行业")
        self.say(declared[0], "member", actions, "3大专项行动")
        self.say(declared[1], "member", projects, "3大专项行动")
        measures = named("Measure", "建设近海浮标网", "建立海洋数据共享机制", "推广无人机巡检", "设立海洋产业引导基金")
        self.say(actions[0], "hasMeasure", measures[:1], "近海浮标网", "（一）感知网络构建")
        self.say(actions[0], "hasMeasure", measures[1:2], "数据共享", "（一）感知网络构建")
        self.say(actions[2], "hasMeasure", measures[2:3], "无人机", "（三）场景应用深化")
        five, ai, beidou = named("Technology", "5G", "人工智能", "北斗导航")
        self.say(actions[0], "usesTechnology", [five], "近海浮标网", "（一）感知网络构建")
        self.say(actions[0], "concerns", [five], "近海浮标网", "（一）感知网络构建")
        self.say(actions[0], "usesTechnology", [ai], "人工智能", "（一）感知网络构建")
        self.say(actions[1], "usesTechnology", [beidou], "北斗", "（二）装备能力提升")
        domains = named("Domain", "资源开发", "公共服务")
        self.say(plan, "hasDomain", domains, "2大领域")
        fields = named("Industry", "智慧渔业", "海上风电", "海水利用", "智慧海事", "海洋文旅")
        for index, field in enumerate(fields):
            self.say(field, "inDomain", [domains[index > 2]], "海水利用")
        self.say(plan, "hasIndustry", fields, "海水利用", "《行动计划》面向资源开发、公共服务2大领域，推进6个行业。")
        self.say(declared[2], "member", fields, "海水利用", "推进6个行业")
        self.say(actions[2], "concerns", fields[:2], "智慧渔业、海上风电开展", "（三）场景应用深化")
        categories = named("IndicatorCategory", "网络覆盖", "产业发展")
        cover, added, ships = named("Indicator", "近海5G覆盖率", "海洋经济增加值", "智能船舶数量")
        self.say(plan, "hasIndicator", [cover, added, ships], "网络覆盖方面")
        self.say(plan, "hasCategory", categories, "网络覆盖方面")
        self.say(cover, "inCategory", categories[:1], "网络覆盖方面")
        self.say(added, "inCategory", categories[1:], "网络覆盖方面")
        self.say(ships, "inCategory", categories[1:], "网络覆盖方面")
        targets: tuple[tuple[Mention, str, Attributes], ...] = (
            (cover, "近海5G覆盖率超过85%", {"yf:comparator": ">", "yf:value": Decimal(85), "yf:unitText": "%"}),
            (
                added,
                "海洋经济增加值达到1200亿元",
                {"yf:comparator": ">=", "yf:value": Decimal(120_000_000_000), "yf:unitText": "元"},
            ),
            (
                ships,
                "智能船舶数量达到300—400艘",
                {"yf:lower": Decimal(300), "yf:upper": Decimal(400), "yf:unitText": "艘"},
            ),
        )
        for indicator, label, attrs in targets:
            target = Mention("Target", label)
            self.say(indicator, "hasTarget", [target], "网络覆盖方面")
            self.say(target, "setBy", [plan], "网络覆盖方面")
            extra: Attributes = {"qudt:hasUnit": Iri("unit:PERCENT")} if "%" in label else {}
            self.described.append(Described(target, {**attrs, **extra, "yf:year": 2026}))
        observed = Mention("Observation", "2023年近海5G覆盖率为61.5%")
        self.say(cover, "hasObservation", [observed], "61.5%")
        values: Attributes = {"yf:value": Decimal("61.5"), "yf:unitText": "%", "yf:year": 2023}
        self.described.append(Described(observed, values))
        safeguards = named("Safeguard", "加强组织领导", "强化资金支持")
        self.say(plan, "hasSafeguard", safeguards[:1], "一是加强", "五、保障措施")
        self.say(plan, "hasSafeguard", safeguards[1:], "二是强化", "五、保障措施")
        self.say(safeguards[1], "hasMeasure", measures[3:], "引导基金", "二是强化资金支持。")
        for mention, count, noun, holds in ((declared[0], 3, "专项行动", True), (declared[1], 2, "重点工程", True),
                                            (declared[2], 6, "行业", False)):  # fmt: skip
            self.described.append(Described(mention, {"yf:count": count, "yf:noun": noun, "yf:holds": holds}))
        self.described.append(
            Described(plan, {
                "yf:alias": "行动计划", "dcterms:identifier": "滨海发〔2024〕8号", "dcterms:issued": date(2024, 3, 8),
                "yf:startYear": 2024, "yf:endYear": 2026,
            }, alt=("智慧海洋远航计划",))
        )  # fmt: skip

    def finish(self) -> nx.MultiDiGraph[str]:
        """Give the graph, with one inferred and one curated edge and English labels."""
        self.fill()
        lines, at = [], 0
        for text in _TEXT.split("\n"):
            kind = "heading" if text[:2] in {"一、", "二、", "三、", "四、", "五、"} else "paragraph"
            lines.append(Line(at, at + len(text), kind))
            at += len(text) + 1
        metadata = {"title": f"《{PLAN}》解读", "url": "https://example.org/binhai/8", "number": "滨海发〔2024〕8号"}
        document = Document("binhai-8", "binhai.md", _TEXT, tuple(lines), metadata)
        builder = self.builder
        builder.add_reading(Reading(document, self.plan, tuple(self.claims), tuple(self.described)))
        plan = builder.iri(self.plan)

        def find(cls: str, label: str) -> str:
            return builder.iri(Mention(cls, label), plan)

        fish, action = find("Industry", "智慧渔业"), find("Action", "场景应用深化")
        builder.conclude(fish, "advancedBy", action, "concerned-by-action", (action, "concerns", fish))
        source = Source("滨海市海洋局公告", "https://example.org/binhai/list", "2024-04-01", "official")
        builder.curate_edge(action, "includesProject", find("Project", "智能船舶示范工程"), "overlay", source, "工程名单附于正式文本")
        graph = builder.finish()
        for _, data in graph.nodes(data=True):
            data["en"] = _ENGLISH.get(data["zh"], "")
        return graph


def sample_graph() -> nx.MultiDiGraph[str]:
    """Give the sample plan as a graph."""
    return Sample().finish()
