"""Graphs of our own shape in any size, for every benchmark: plans with bodies, industries, tasks, measures and targets.

The text is invented in the genre's manner; every edge quotes the sentence of that text which says it, so the evidence
has the proportions of a real build. The same arguments give the same graph.

    python -m benchmarks.generate 1000        # says what a graph of 1,000 nodes holds
"""

from __future__ import annotations

import random
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from yangfan.assembly.builder import GraphBuilder
from yangfan.core.model import Attributes, Claim, Described, Document, Line, Mention, Reading, Span
from yangfan.core.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

_PLACES = "东西南北中上下前后高平长安宁清江河湖海山川云石林泉沙岭港湾洲"
_BODIES = ("发展改革委", "工业和信息化厅", "教育厅", "财政厅", "农业农村厅", "交通运输厅", "商务厅", "文化和旅游厅")
_FIELDS = (
    "制造",
    "矿山",
    "港口",
    "物流",
    "医疗",
    "教育",
    "农业",
    "水利",
    "电力",
    "建造",
    "文旅",
    "纺织",
    "钢铁",
    "园区",
)
_TOOLS = (
    "边缘计算",
    "机器视觉",
    "数字孪生",
    "网络切片",
    "区块链",
    "大模型",
    "北斗定位",
    "工业机器人",
    "物联网",
    "云计算",
)
_VERBS = ("推进", "加强", "完善", "培育", "打造", "优化", "建设", "拓展", "健全", "支持", "研制", "推广")
_THINGS = ("标准", "平台", "试点", "网络", "人才", "场景", "产品", "中心", "机制", "基地", "方案", "服务")
_TABLES = {
    "never_merge.tsv": "class\ta\tb\twhy",
    "organizations.tsv": "label_zh\tlabel_en\taliases_zh\taliases_en\tformer\tkind",
    "industries.tsv": "code\tlabel_zh\tlabel_en\taliases_zh\tbroader\tmatch",
    "technologies.tsv": "label_zh\tlabel_en\taliases_zh",
    "programmes.tsv": "label_zh\tlabel_en\taliases_zh",
    "places.tsv": "code\tlabel_zh\tlabel_en\taliases_zh\tkind",
    "instruments.tsv": "label_zh\tlabel_en\tside\taliases_zh",
    "aliases.tsv": "class\tlabel_zh\taliases_zh\tnote",
    "words.tsv": "role\tword\tnote",
    "units.tsv": "text\tmultiplier\tunit_text\tqudt\tkind",
    "labels_en.tsv": "class\tlabel_zh\tlabel_en\tstatus",
}
_PLAN_NODES = 330


def empty_vocabulary() -> Vocabulary:
    """Give a vocabulary without entries, so that a generated graph does not change when the tables do."""
    with tempfile.TemporaryDirectory() as folder:
        for name, header in _TABLES.items():
            Path(folder, name).write_text(header + "\n", encoding="utf-8")
        return Vocabulary(Path(folder))


class _Writer:
    """Writes one plan's text line by line and collects the claims that each line makes."""

    def __init__(self, number: int, rng: random.Random) -> None:
        self.plan = Mention(
            "Plan", f"第{number}号新型基础设施应用行动计划（{2021 + number % 5}-{2024 + number % 5}年）"
        )
        self.key = f"plan-{number:04d}"
        self.rng = rng
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.claims: list[Claim] = []
        self.described: list[Described] = []
        self.length = 0

    def line(self, text: str, kind: str = "paragraph") -> Span:
        """Write a line and give its span."""
        span = Span(self.length, self.length + len(text))
        self.lines.append(Line(*span, kind))
        self.parts.append(text)
        self.length += len(text) + 1
        return span

    def claim(self, subject: Mention, relation: str, object_: Mention, *spans: Span) -> None:
        """Claim an edge that the spans say."""
        self.claims.append(Claim(subject, relation, object_, spans, "generated"))

    def describe(self, mention: Mention, **attrs: object) -> None:
        """Give a node attributes in the namespace of the ontology."""
        given: Attributes = {f"yf:{name}": value for name, value in attrs.items()}  # type: ignore[misc]
        self.described.append(Described(mention, given))

    def reading(self) -> Reading:
        """Give what was written and claimed as a reading."""
        text = "\n".join(self.parts)
        metadata = {"title": self.plan.label, "date": "2021-07-05"}
        document = Document(self.key, self.plan.label, text, tuple(self.lines), metadata)
        return Reading(document, self.plan, tuple(self.claims), tuple(self.described))


def _pool(cls: str, count: int, names: tuple[str, ...], join: str) -> list[Mention]:
    found: list[Mention] = []
    for index in range(count):
        place, name = divmod(index, len(names))
        prefix = "" if not place else _PLACES[place % len(_PLACES)] + (str(place) if place >= len(_PLACES) else "")
        found.append(Mention(cls, join.format(prefix, names[name])))
    return found


def _plan(number: int, budget: int, names: float, pools: dict[str, list[Mention]], rng: random.Random) -> Reading:
    """Write one plan with about `budget` nodes of its own; each measure names about `names` bodies and fields."""
    writer = _Writer(number, rng)
    plan = writer.plan
    source = Mention("SourceDocument", plan.label)
    bodies = rng.sample(pools["Organization"], min(10, len(pools["Organization"])))
    fields = rng.sample(pools["Industry"], min(15, len(pools["Industry"])))
    span = writer.line(f"{'、'.join(body.label for body in bodies)}联合印发《{plan.label}》。")
    writer.claim(source, "describes", plan, span)
    for body in bodies:
        writer.claim(plan, "issuedBy", body, span)
    for index, name in enumerate(("生产领域", "生活领域", "治理领域")):
        domain = Mention("Domain", name)
        chosen = fields[index::3]
        span = writer.line(f"《{plan.label}》面向{name}，重点推进{'、'.join(field.label for field in chosen)}等行业。")
        writer.claim(plan, "hasDomain", domain, span)
        for field in chosen:
            writer.claim(plan, "hasIndustry", field, span)
            writer.claim(field, "inDomain", domain, span)
    made = 4
    for index in range(7):
        category = Mention("IndicatorCategory", ("用户发展", "行业赋能", "网络能力")[index % 3])
        indicator = Mention("Indicator", f"第{number}号第{index + 1}项应用渗透率")
        value = rng.randint(10, 90)
        target = Mention("Target", f"{indicator.label}超过{value}%")
        span = writer.line(f"《{plan.label}》在{category.label}方面提出到2025年{target.label}。")
        writer.claim(plan, "hasIndicator", indicator, span)
        writer.claim(plan, "hasCategory", category, span)
        writer.claim(indicator, "inCategory", category, span)
        writer.claim(indicator, "hasTarget", target, span)
        writer.claim(target, "setBy", plan, span)
        writer.describe(target, comparator=">", value=Decimal(value), unitText="%", year=2025)
        made += 2
    action, task, head = plan, plan, span
    for index in range(max(0, budget - made)):
        if index % 32 == 0:
            action = Mention("Action", f"第{index // 32 + 1}专项{rng.choice(_VERBS)}{rng.choice(_THINGS)}行动")
            head = writer.line(f"《{plan.label}》实施{action.label}", "heading")
            writer.claim(plan, "hasAction", action, head)
        elif index % 8 == 1:
            task = Mention("Task", f"{rng.choice(_VERBS)}{rng.choice(_THINGS)}（{index}）")
            span = writer.line(f"（{index // 8 + 1}）{task.label}", "heading")
            writer.claim(action, "hasTask", task, span, head)
            sub = span
        else:
            label = (
                f"{rng.choice(_VERBS)}{rng.choice(_FIELDS)}{rng.choice(_THINGS)}与{rng.choice(_THINGS)}衔接（{index}）"
            )
            measure = Mention("Measure", label)
            count = int(names) + (rng.random() < names % 1)
            led = rng.sample(bodies, min(len(bodies), count // 3))
            tools = rng.sample(pools["Technology"], min(len(pools["Technology"]), (count + 1) // 3))
            named = rng.sample(fields, min(len(fields), count - len(led) - len(tools)))
            said = f"{label}，面向{'、'.join(m.label for m in named)}，" if named else f"{label}，"
            said += f"运用{'、'.join(m.label for m in tools)}，" if tools else ""
            said += f"由{'、'.join(m.label for m in led)}负责。" if led else "到期见效。"
            span = writer.line(said)
            writer.claim(task, "hasMeasure", measure, span, sub)
            for relation, objects in (("concerns", named), ("usesTechnology", tools), ("responsibleBody", led)):
                for object_ in objects:
                    writer.claim(measure, relation, object_, span)
    return writer.reading()


def generate(nodes: int = 400, edges: int | None = None, seed: int = 0) -> nx.MultiDiGraph[str]:
    """Give a graph with exactly `nodes` nodes and about `edges` edges (2.2 a node when not said), each with a quote.

    Raises `ValueError` below 60 nodes, where there is no room for a plan.
    """
    if nodes < 60:
        raise ValueError("a graph of our shape has at least 60 nodes")
    rng = random.Random(seed)
    plans = max(1, round(nodes / _PLAN_NODES))
    shared = max(24, nodes // 14)
    pools = {
        "Organization": _pool("Organization", max(10, shared * 4 // 10), _BODIES, "{}州{}"),
        "Industry": _pool("Industry", max(15, shared * 4 // 10), _FIELDS, "智慧{}{}"),
        "Technology": _pool("Technology", max(6, shared * 2 // 10), _TOOLS, "{}{}"),
    }
    wanted = 2.2 * nodes if edges is None else edges
    # A graph is written, counted and written again with the rest of the nodes spread over the plans' measures.
    budget, names = nodes - plans * 20, max(0.0, (wanted - plans * 70) / nodes - 1.05) * 1.3
    for _ in range(8):
        builder = GraphBuilder(empty_vocabulary())
        for number in range(plans):
            share = budget * (number + 1) // plans - budget * number // plans
            builder.add_reading(_plan(number + 1, share, names, pools, random.Random(rng.random())))
        graph = builder.finish()
        missing = nodes - len(graph)
        if not missing and abs(graph.number_of_edges() - wanted) < max(20, wanted * 0.02):
            break
        budget += missing
        names = max(0.0, names + (wanted - graph.number_of_edges()) / nodes * 1.1)
        rng = random.Random(seed)
    return graph


if __name__ == "__main__":
    from collections import Counter

    made = generate(int(sys.argv[1]) if len(sys.argv) > 1 else 400, int(sys.argv[2]) if len(sys.argv) > 2 else None)
    print(f"{len(made)} nodes, {made.number_of_edges()} edges")
    print(Counter(cls for _, cls in made.nodes(data="cls")))
    print(Counter(relation for _, _, relation in made.edges(keys=True)))
    print(sum(len(document.text) for document in made.graph["documents"].values()), "characters of text")
