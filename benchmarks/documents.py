"""Plans of our own invention, as many as wanted, for measuring a corpus: about 3,000 characters each in the genre's manner.

No such place and no such plan exists. A document depends on its number and the seed alone, cites earlier ones by number or by title,
and shares bodies, industries and technologies with the others.

    python -m benchmarks.documents 100 /tmp/plans
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_FIRST, _SECOND = "岚澜云沐霁栖砚朔渌翎茗淞汀棠泠", "山江溪港泽原州川陵浦屏津岭桥宁"
_UNITS = ("市", "省", "区", "县", "自治州")
_FIELDS = (
    "智慧农业", "智慧医疗", "智慧教育", "智慧物流", "工业互联网", "智慧文旅", "智慧水利", "车联网", "智慧港口", "智慧电力", "氢能产业",
    "银发经济", "数字商贸", "海洋装备", "生物制造", "绿色建筑", "冷链物流", "低空经济", "森林康养", "新型储能",
)  # fmt: skip
_INDUSTRIES = ("农业", "制造业", "批发和零售业", "金融业", "教育", "房地产业", "建筑业", "采矿业", "住宿和餐饮业", *_FIELDS[:10])
_TECHNOLOGIES = ("人工智能", "大数据", "物联网", "区块链", "云计算", "边缘计算", "数字孪生", "机器视觉", "北斗", "5G", "虚拟现实", "网络切片")
_BODIES = (
    "发展改革委", "工业和信息化部", "财政部", "教育部", "农业农村部", "交通运输部", "商务部", "文化和旅游部", "生态环境部", "市场监管总局",
    "国家卫生健康委", "自然资源部", "水利部", "科技部", "人力资源社会保障部", "住房城乡建设部",
)  # fmt: skip
_VERBS = ("建设", "完善", "培育", "推广", "优化", "打造", "健全", "拓展", "布局", "升级", "整合", "开放")
_OBJECTS = (
    "公共服务平台", "标准规范体系", "示范应用场景", "关键基础设施", "人才培养基地", "数据共享机制", "检验检测中心", "产业链协同网络",
    "绿色供应链", "技术攻关清单", "多元投入机制", "安全监测体系", "基层服务站点", "龙头骨干企业", "特色产业园区", "运营管理模式",
)  # fmt: skip
_HOW = (
    "统筹现有资源，打通部门之间的堵点", "坚持试点先行，成熟一批推广一批", "引导社会资本参与，形成共建共享的格局",
    "分类制定技术指南，明确建设和运维要求",
    "面向基层需求，降低使用门槛", "建立动态调整的任务清单", "鼓励高校、科研院所和企业联合攻关", "推动线上线下服务衔接", "强化全过程质量管理",
    "依托骨干企业开展应用验证", "对接上下游需求，组织供需对接活动", "加快老旧设施更新改造",
)  # fmt: skip
_WHY = (
    "提升服务的可及性和便利度", "为产业集聚提供支撑", "让群众和企业有更多获得感", "推动成果尽快转化", "筑牢安全底线", "降低企业综合成本",
    "补齐区域发展短板", "促进城乡均衡发展",
)  # fmt: skip
_INDICATORS = (
    ("服务网点覆盖率", "%", 60, 99), ("示范项目数量", "个", 12, 300), ("产业规模", "亿元", 20, 900), ("重点企业数字化普及率", "%", 40, 95),
    ("从业人员培训人次", "人次", 800, 9000), ("公共平台接入率", "%", 50, 98), ("新增专利授权量", "件", 60, 2000), ("应用场景数量", "个", 15, 120),
)  # fmt: skip
_COMPARED = ("达到{}{}", "达到{}{}以上", "超过{}{}", "不低于{}{}")
_PRINCIPLES = ("需求牵引", "系统推进", "创新驱动", "安全可控", "因地制宜", "协同联动", "以人为本", "绿色低碳", "开放合作", "稳妥有序")
_MEANT = (
    "从实际出发确定重点和节奏，不搞一刀切", "政府引导与市场主导相结合，形成工作合力", "把质量和效益放在首位，防止低水平重复",
    "守住底线，边建设边评估",
)  # fmt: skip
_SAFEGUARDS = ("加强组织领导", "强化资金支持", "完善人才保障", "营造良好氛围", "严格督导评估", "优化营商环境")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Plan:
    """What other documents may say of a plan."""

    title: str
    number: str
    issued: date
    body: str


def plan(number: int, seed: int = 0) -> Plan:
    """Give the title, number and date of the plan with this serial number."""
    rng = random.Random(f"{seed}:{number}:head")
    first, second = divmod(number, len(_SECOND))
    place = _FIRST[first % len(_FIRST)] + _SECOND[second] + _UNITS[first // len(_FIRST) % len(_UNITS)]
    field = _FIELDS[(number // (len(_FIRST) * len(_SECOND) * len(_UNITS)) + rng.randrange(len(_FIELDS))) % len(_FIELDS)]
    issued = date(2019, 1, 7) + timedelta(days=number * 3 % 2400)
    kind = rng.choice(("行动计划", "实施方案", "规划"))
    title = f"{place}{field}高质量发展{kind}（{issued.year}—{issued.year + 3}年）"
    return Plan(title, f"{place[:2]}政办发〔{issued.year}〕{number + 1}号", issued, f"{place}人民政府办公室")


def _some(rng: random.Random, pool: Sequence[str], low: int, high: int) -> list[str]:
    return rng.sample(list(pool), rng.randint(low, high))


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _cited(number: int, seed: int, rng: random.Random) -> str:
    """Cite up to three earlier plans, by number or by title."""
    works = ["《关于推进数字基础设施共建共享的指导意见》（示范发〔2018〕6号）"]
    for other in sorted({rng.randrange(number) for _ in range(3)}) if number else ():
        earlier = plan(other, seed)
        works.append(f"《{earlier.title}》" + (f"（{earlier.number}）" if rng.random() < 0.6 else ""))
    return "、".join(works)


def _sentence(rng: random.Random) -> str:
    text = f"{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}，{rng.choice(_HOW)}"
    if rng.random() < 0.5:
        text += f"，应用{'、'.join(_some(rng, _TECHNOLOGIES, 1, 3))}等技术"
    if rng.random() < 0.4:
        text += f"，服务{'、'.join(_some(rng, _INDUSTRIES, 1, 2))}等行业"
    return f"{text}，{rng.choice(_WHY)}。"


def lines(number: int, seed: int = 0, *, short: bool = False) -> list[tuple[int, str]]:
    """Give a document line by line, each with the level of its heading (0 for a paragraph); a short one has one task."""
    rng = random.Random(f"{seed}:{number}:body")
    this = plan(number, seed)
    year = this.issued.year + 3
    found: list[tuple[int, str]] = [
        (0, this.number),
        (0, "各有关单位："),
        (0, f"现将《{this.title}》印发给你们，请结合实际认真贯彻落实。"),
        (0, this.body),
        (0, _said(this.issued)),
        (1, this.title),
        (0, f"为贯彻落实{_cited(number, seed, rng)}等部署，推动相关产业高质量发展，结合实际，制定本方案。"),
        (1, "一、总体要求"),
        (0, f"（一）指导思想。完整准确全面贯彻新发展理念，{rng.choice(_HOW)}，{rng.choice(_WHY)}。"),
        (0, "（二）基本原则。"),
    ]
    found += ((0, f"{name}。{rng.choice(_MEANT)}。") for name in _some(rng, _PRINCIPLES, 3, 4))
    said = []
    for name, unit, low, high in rng.sample(_INDICATORS, 5):
        said.append(f"{name}{rng.choice(_COMPARED).format(rng.randint(low, high), unit)}")
    found.append((0, f"（三）主要目标。到{year}年，{'，'.join(said)}，{rng.choice(_WHY)}。"))
    if short:
        return [*found, (1, "二、重点任务"), (2, f"（一）{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}"), (0, f"（{rng.choice(_BODIES)}负责）")]
    tasks = rng.randint(5, 6)
    found.append((1, "二、重点任务"))
    for index in range(tasks):
        found.append((2, f"（{_NUMERALS[index]}）{rng.choice(_VERBS)}{rng.choice(_FIELDS)}{rng.choice(_OBJECTS)}"))
        for place in range(rng.randint(3, 4)):
            bodies = _some(rng, _BODIES, 2, 4)
            head = f"{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}"
            by = f"（{bodies[0]}牵头，{'、'.join(bodies[1:])}按职责分工负责）" if rng.random() < 0.5 else f"（{'、'.join(bodies)}负责）"
            found.append((0, f"{place + 1}.{head}。{_sentence(rng)}{_sentence(rng)}{by}"))
    projects = rng.sample(_OBJECTS, 3)
    found.append((1, "三、重点工程"))
    found += ((0, f"{place + 1}.{name}提升工程。{_sentence(rng)}") for place, name in enumerate(projects))
    found.append((1, "四、保障措施"))
    for place, name in enumerate(rng.sample(_SAFEGUARDS, 4)):
        found.append((0, f"（{_NUMERALS[place]}）{name}。{rng.choice(_HOW)}，{rng.choice(_WHY)}。（{'、'.join(_some(rng, _BODIES, 1, 3))}负责）"))
    return found


def document(number: int, seed: int = 0, *, short: bool = False) -> tuple[str, str]:
    """Give a document's file name and its content; of ten documents seven are Markdown, two HTML and one plain text."""
    this = plan(number, seed)
    title = f"{this.body}关于印发《{this.title}》的通知"
    body = lines(number, seed, short=short)
    name = f"plan-{number:05d}"
    if number % 10 == 3:
        return f"{name}.txt", "\n".join([title, *(text for _, text in body)]) + "\n"
    if number % 10 in (5, 8):
        parts = [f"<h{level + 1}>{text}</h{level + 1}>" if level else f"<p>{text}</p>" for level, text in body]
        inner = "\n".join(parts)
        return f"{name}.html", f"<!doctype html>\n<html><head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n{inner}\n</body></html>\n"
    text = "\n\n".join(f"{'#' * (level + 1)} {text}" if level else text for level, text in body)
    return f"{name}.md", f"---\ntitle: {title}\ndate: {this.issued.isoformat()}\n---\n\n{text}\n"


def write_documents(folder: Path, count: int, seed: int = 0, start: int = 0, *, short: bool = False) -> list[Path]:
    """Write documents into a folder and give their paths; short ones are for what hangs on their number alone."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(start, start + count):
        name, text = document(number, seed, short=short)
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    written = write_documents(Path(sys.argv[2]), int(sys.argv[1]))
    print(f"{len(written)} documents, {sum(path.stat().st_size for path in written)} bytes")
