"""The role of each enumerated item: container, principle, goal, safeguard, rationale, definition, or something to be done.

A section's role comes from trigger words in its heading (保障措施, 主要目标, 背景 …) and passes to the items below it. A heading that names
work (强化技术攻关) is no container, whatever its last word is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...core.vocabulary import Vocabulary
from ..context import Context
from ..outline import Item
from ..words import Prefixes

CONTAINERS = ("principle", "goal", "safeguard", "rationale", "definition", "overall", "task")
"""Roles of sections, in the order in which their trigger words are tried."""
_CLOSED = ("principle", "rationale", "definition", "field")
"""Roles that pass to everything below, whatever its heading says."""
_LONGEST_DEFINED = 8
"""A head no longer than this that ends like a definition (布局原则, 建设主体) defines, though it begins with a word that may be a verb."""
_LONGEST_GROUP = 6
_FEWEST_KEPT = 2
_FEWEST_ARTICLES = 4
_LONGEST_PLAIN = 2
"""落实任务 is work; 落实工作措施 announces the section's name."""
LONGEST_FIELD = 16
"""How long the name of a product or a field may be that stands as a heading."""
_LONGEST_CONTAINER = 14
_SHORTEST_GLUED, _SHORTEST_SENTENCE = 4, 8
"""How long a container's name and what the copy ran into it must be to be told apart."""
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]$")
_CLAUSES = re.compile(r"[，,、：]")


def assign_roles(ctx: Context) -> None:
    """Give every item the role of its section, and note which items are containers."""
    opened: dict[int, bool] = {}
    """Whether a sentence opens the items below a section as principles, asked once a section."""
    for item in ctx.outline.items:
        label = ctx.outline.label(item)
        parent = ctx.outline.items[item.parent] if item.parent >= 0 else None
        if ctx.asks(item):
            item.role = _asked_role(ctx, item, label)
            ctx.containers.add(item.start)
            continue
        if item.kind == "annex":
            item.role = "definition"
            ctx.containers.add(item.start)
            continue
        inherited = parent.role if parent else ""
        if parent is not None and parent.role in _CLOSED:
            item.role = inherited
            if container_role(ctx, label) == inherited:
                ctx.containers.add(item.start)
            continue
        if parent is None and _only_reports(ctx, label):
            item.role = "rationale"
            ctx.containers.add(item.start)
            continue
        if parent is not None and item.parent not in opened:
            opened[item.parent] = _after_principles(ctx, parent)
        if parent is not None and opened[item.parent]:
            item.role = "principle"
            continue
        if _lists_fields(ctx, item, label) or (not item.children and label in ctx.vocabulary.role("section.field")):
            item.role = "field"
            ctx.containers.add(item.start)
            continue
        if _is_phase(ctx, item):
            # （一）动员部署阶段（2026年4月—8月）: when the items below it are done.
            item.role = inherited
            ctx.containers.add(item.start)
            continue
        named = container_role(ctx, label)
        if not named and label in ctx.vocabulary.role("section.field") and _mostly_work(ctx, item):
            named = "task"
        if not named and (parent is None or parent.role in ("overall", "goal")):
            named = composed_role(ctx, label)
            if named in _CLOSED and any(container_role(ctx, ctx.outline.label(child)) for child in ctx.outline.children(item)):
                # 一、行动要求（一）总体思路（二）基本原则: it holds sections with names of their own.
                named = ""
        if named == "definition" and label.endswith(ctx.vocabulary.role("section.schedule")) and _mostly_work(ctx, item):
            named = "task"
        if named == "definition" and label.endswith(ctx.vocabulary.role("section.demands")) and _mostly_work(ctx, item):
            # 五、工作要求（一）加强组织领导: how the plan is kept.
            named = "safeguard"
        if parent is None and (_keeps(ctx, item) if named == "task" else not named and _closes_with(ctx, item, label)):
            named = "safeguard"
        # Below an item that says what is to be done, only the very name of a section opens one.
        inside_work = parent is not None and parent.start not in ctx.containers and is_work(ctx, ctx.outline.label(parent))
        # 加强组织实施 below 保障措施 is one of the safeguards.
        if parent is not None and named == inherited and parent.start in ctx.containers and named in ("safeguard", "principle"):
            named = ""
        if named and (not inside_work or label in ctx.vocabulary.role(f"section.{named}")) and item.kind != "bullet":
            item.role = named
            ctx.containers.add(item.start)
        elif not named and parent is None and _groups(ctx, item, label):
            item.role = "task"
            ctx.containers.add(item.start)
        else:
            item.role = inherited


def _asked_role(ctx: Context, item: Item, label: str) -> str:
    """Give the role of a question: by its words, unless what its answer enumerates is work all the same."""
    for role in CONTAINERS:
        if f"asked.{role}" in ctx.vocabulary.words and ctx.regex(f"asked.{role}").search(label):
            if role not in ("rationale", "overall", "definition"):
                return role
            heads = [ctx.outline.label(child) for child in ctx.outline.children(item)]
            never = ctx.regex("work.never")
            if heads and sum(1 for head in heads if is_work(ctx, head) and not never.search(head)) * 2 > len(heads):
                break
            return role
    return _answered(ctx, item)


def _answered(ctx: Context, item: Item) -> str:
    """Give the role of a question that its words do not tell: an answer that announces safeguards lists them."""
    first = item.children[0] if item.children else -1
    end = ctx.outline.items[first].start if first >= 0 else item.body.end
    return "safeguard" if ctx.regex("count.Safeguard").search(ctx.text, item.head.end, end) else "task"


def container_role(ctx: Context, label: str) -> str:
    """Give the role of a heading that is a container's name; empty when it is none.

    The name itself (保障措施), with a short word before it (近期主要任务), with a verb that only announces it (强化保障措施), or several
    joined (总体要求和主要目标).
    """
    label = _BRACKETED.sub("", label) if label.endswith(("）", ")")) else label
    if len(label) > _LONGEST_CONTAINER:
        return _glued_container(ctx, label)
    parts = [_one_container(ctx, part) for part in ctx.pattern("sections.parts").split(label)]
    if len(parts) > 1 and all(parts):
        # A chapter of several parts is only what all of them allow: 发展基础和总体要求 holds principles and goals.
        return next((role for role in ("goal", "task", "overall") if role in parts), parts[0])
    return (parts[0] if len(parts) == 1 else _one_container(ctx, label)) or _glued_container(ctx, label)


def composed_role(ctx: Context, label: str) -> str:
    """Give the role of a heading that is put together of words which only rank or announce and a word for what its section holds.

    Authors make such names as they need them (攻坚任务, 整治重点及责任分工, 几点要求). Below a section that says what is to be done they may be
    work themselves, so that this holds at the highest level alone.
    """
    label = _BRACKETED.sub("", label)
    if not 2 <= len(label) <= _LONGEST_CONTAINER:
        return ""
    composed, counted = ctx.find("sections.composed"), ctx.find("sections.counted")
    roles = []
    for part in ctx.pattern("sections.parts").split(label):
        match = composed(part)
        named = _one_container(ctx, part) or ("task" if counted(part) else next((r for r in CONTAINERS if match and match[r]), ""))
        roles.append(named)
    if not all(roles):
        return ""
    return next((role for role in ("goal", "task", "overall") if role in roles), roles[0])


def _glued_container(ctx: Context, label: str) -> str:
    """Give the role of a container's whole name that the copy ran into the sentence behind it (保障措施加大统筹推进力度…)."""
    names = _names(ctx.vocabulary)
    if not names.begins.at(label):
        return ""
    whole = names.whole
    for size in range(min(_LONGEST_CONTAINER, len(label) - _SHORTEST_SENTENCE), _SHORTEST_GLUED - 1, -1):
        role = whole.get(label[:size], "")
        if role:
            opens = ctx.prefixes("verb.launch", "adverb").at(label, size)
            return role if opens > 1 else ""
    return ""


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of containers: roles by whole name, and (name, role) by the last two characters in the order of `CONTAINERS`."""

    whole: dict[str, str]
    endings: dict[str, list[tuple[str, str]]]
    weak: tuple[str, ...]
    begins: Prefixes


@cache
def _names(vocabulary: Vocabulary) -> _Names:
    whole: dict[str, str] = {}
    endings: dict[str, list[tuple[str, str]]] = {}
    for role in CONTAINERS:
        for word in vocabulary.role(f"section.{role}"):
            whole.setdefault(word, role)
            endings.setdefault(word[-2:], []).append((word, role))
    return _Names(whole, endings, vocabulary.role("section.weak"), Prefixes(whole))


def _one_container(ctx: Context, label: str) -> str:
    names = _names(ctx.vocabulary)
    if label in names.whole:
        return names.whole[label]
    candidates = names.endings.get(label[-2:], ())
    if label[-2:] not in ctx.vocabulary.role("section.announces") and not candidates:
        return ""
    prefixes, start = ctx.prefixes("section.prefix"), 0
    while length := prefixes.at(label, start):
        start += length
        # 加大组织保障力度, 落实工作措施 : 工作 may end the announcement or begin the name.
        name = ctx.pattern("sections.announced").sub("", label[start:])
        role = names.whole.get(name, "")
        if role in ("safeguard", "overall", "goal") or (role == "task" and len(name) > _LONGEST_PLAIN):
            return role
        if name.endswith(ctx.vocabulary.role("section.safeguard")) and not name.endswith(names.weak):
            return "safeguard"
    for word, role in candidates:
        if label.endswith(word) and (
            not is_work(ctx, label) or (word not in names.weak and len(label) - len(word) <= 2 and not _begins(ctx, label))
        ):
            return role
    return ""


def _begins(ctx: Context, label: str) -> bool:
    """Tell whether a heading begins with a verb that sets its object to work (推进, 落实), not one that also is a noun (规划, 发展)."""
    return ctx.prefixes("verb.launch").at(label) > 0


def _groups(ctx: Context, item: Item, label: str) -> bool:
    """Tell whether a short noun heads a section whose items are work (推广内容): it groups, though its name is unknown."""
    return len(label) <= _LONGEST_GROUP and not is_work(ctx, label) and _mostly_work(ctx, item)


def names_phase(ctx: Context, item: Item) -> bool:
    """Tell whether an item's head is the name of a phase with its time (（一）启动阶段（2026年4月—6月）): it says when, and not what is done."""
    label = ctx.outline.label(item)
    # The time stands in brackets: most heads need not be tried.
    if label[-1:] not in ("）", ")"):
        return False
    if ctx.pattern("periods.phase_head").fullmatch(label):
        return True
    # （一）动员部署（2026年4月至5月）, below 实施步骤.
    steps = ctx.find("periods.steps")
    return ctx.pattern("periods.step").fullmatch(label) is not None and any(steps(ctx.text, *holder.head) for holder in ctx.outline.ancestors(item))


def _is_phase(ctx: Context, item: Item) -> bool:
    """Tell whether a heading is the name of a phase with its time, which only holds the steps below it."""
    return bool(item.children) and names_phase(ctx, item)


def _mostly_work(ctx: Context, item: Item) -> bool:
    """Tell whether most of at least two items below a heading name work; those below a phase stand for it."""
    children = [below for child in ctx.outline.children(item) for below in (ctx.outline.children(child) if _is_phase(ctx, child) else [child])]
    work = sum(1 for child in children if is_work(ctx, ctx.outline.label(child)))
    return len(children) >= 2 and work * 2 > len(children)


def _keeps(ctx: Context, item: Item) -> bool:
    """Tell whether the last section, whose name only groups (推进措施), holds how the plan is kept: leadership, money, review."""
    return any(root.role == "task" for root in ctx.outline.roots()[:-1]) and _is_kept(ctx, item)


def _is_kept(ctx: Context, item: Item) -> bool:
    """Tell whether a section is the last before the annexes, and most of its items say how the plan is kept."""
    children = ctx.outline.children(item)
    if len(children) < _FEWEST_KEPT or item is not next(root for root in reversed(ctx.outline.roots()) if root.kind != "annex"):
        return False
    keeps = ctx.find("sections.keeps")
    return sum(1 for child in children if keeps(ctx.outline.label(child))) * 3 > len(children) * 2


def _closes_with(ctx: Context, item: Item, label: str) -> bool:
    """Tell whether the last section, headed in two clauses as all are (抓落实，强化组织保障), names one that holds safeguards."""
    before, comma, last = label.rpartition("，")
    kept = ctx.find("sections.kept")
    named = any(_one_container(ctx, part) == "safeguard" or kept(part) for part in (before, last))
    return bool(comma) and len(before) <= _LONGEST_GROUP and named and _is_kept(ctx, item)


def _after_principles(ctx: Context, parent: Item) -> bool:
    """Tell whether a sentence opens the items below a section as principles (工作中要把握好以下原则：)."""
    first = ctx.outline.items[parent.children[0]].start if parent.children else 0
    return ctx.find("sections.principles_follow")(ctx.text[parent.head.end : first].rstrip()) is not None


def _only_reports(ctx: Context, label: str) -> bool:
    """Tell whether a section of a report tells what was done: all do but the one that says what is next."""
    return ctx.plan is not None and ctx.plan.label.endswith(ctx.vocabulary.role("plan.report")) and not ctx.regex("section.next").search(label)


def _lists_fields(ctx: Context, item: Item, label: str) -> bool:
    """Tell whether a heading (重点发展产品, 重点领域) heads items that only name products or fields, and no work on them."""
    if len(label) > _LONGEST_CONTAINER or not label.endswith(ctx.vocabulary.role("section.field")):
        return False
    heads = [ctx.outline.label(child) for child in ctx.outline.children(item)]
    names = sum(1 for head in heads if len(head) <= LONGEST_FIELD and not _CLAUSES.search(head) and not is_work(ctx, head))
    return len(heads) >= 2 and names * 3 > len(heads) * 2


def is_work(ctx: Context, label: str) -> bool:
    """Tell whether a head names work: a clause of it begins with a verb of work, or it ends in one."""
    known = ctx.work.get(label)
    if known is None:
        known = ctx.work[label] = _names_work(ctx, label)
    return known


def _names_work(ctx: Context, label: str) -> bool:
    if defines(ctx, label):
        return False
    verbs, adverbs, of = ctx.prefixes("verb.work"), ctx.prefixes("adverb"), ctx.vocabulary.word("particle.of")
    for clause in _CLAUSES.split(label):
        start = adverbs.skip(clause)
        # An adverb may itself be the verb (统筹推进, 统筹国际资源).
        # 推广的改革举措: what a verb with 的 only describes.
        if any(size and not clause.startswith(of, at + size) for at in {start, 0} if (size := verbs.at(clause, at))):
            return True
    return label.endswith(ctx.vocabulary.role("verb.end"))


def defines(ctx: Context, label: str) -> bool:
    """Tell whether a short head ends like a definition: 功能定位, 建设主体, 试点范围."""
    words = ctx.suffixes("work.not")
    if not words.end(label):
        return False
    if label.startswith(ctx.vocabulary.role("work.renews")) and label.endswith(ctx.vocabulary.role("work.renewed")):
        # 创新服务方式: how it is done is what is to change.
        return False
    verb = ctx.prefixes("verb.work").at(label)
    # 集中采购形式, 建设主体: the verb is part of the noun; 明确审核范围 sets its object to work.
    bound = verb == 0 or label[:verb] in ctx.vocabulary.role("verb.noun")
    parts = ctx.pattern("sections.parts").split(label)
    return bound and (len(label) <= _LONGEST_DEFINED or (len(parts) > 1 and all(map(words.end, parts))))


def tells_state(ctx: Context, label: str) -> bool:
    """Tell whether a head tells what was reached or what is lacking (创新能力不断增强, 发展不平衡), and not what is to be done.

    One that opens with a verb of work (加快补齐…不足) does say it.
    """
    if not ctx.suffixes("work.lack_end").end(label):
        if not ctx.suffixes("work.result_end").end(label):
            return False
        ending = next(word for word in ctx.vocabulary.role("work.result_end") if label.endswith(word))
        if not label.removesuffix(ending).endswith(ctx.vocabulary.role("work.result_adverb")):
            return False
    start = ctx.prefixes("adverb").skip(label)
    launched = ctx.prefixes("verb.launch", "verb.measure", "verb.effect").at(label, start)
    return not launched or ctx.prefixes("measure.noun").at(label, start) > 0


def headed_articles(ctx: Context) -> list[Item]:
    """Give the articles of a plan that begin with a short head of work (第三条 提升茶园基地。…), where most of its articles do; else none."""
    articles = [item for item in ctx.outline.items if item.kind == "article"]
    headed = [item for item in articles if item.head.end - item.head.start <= LONGEST_FIELD and not item.heading_only]
    work = [item for item in headed if is_work(ctx, ctx.outline.label(item))]
    return work if len(work) >= _FEWEST_ARTICLES and len(work) * 2 >= len(articles) else []
