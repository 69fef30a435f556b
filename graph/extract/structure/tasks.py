"""Principles, actions, projects, tasks and safeguards: from lists of declared counts and from enumerated items, with their tree."""

from __future__ import annotations

from ...core.model import Mention, Span
from ...core.rules import rule
from ...text.normalize import strip_span
from ..context import Context
from ..counts.declared import Declared
from ..outline import Item
from .measures import find_measures
from .principles import (
    LONGEST_HEAD,
    find_principle,
    headed_principles,
    item_span,
    listed_principles,
    unnumbered_heads,
)
from .section_roles import defines, headed_articles, is_work, names_phase, tells_state
from .siblings import NAMED, Kin

_LONGEST_TASK = 120
_SHORTEST_TITLE = 2
_SAME_THING = 4
_QUOTES = str.maketrans("", "", "“”\"")


def find_structure(ctx: Context, declared: list[Declared]) -> None:
    """Add principles, actions, projects, tasks, measures and safeguards, from lists of declared counts and from items."""
    if ctx.plan is None:
        return
    listed_principles(ctx)
    headed_principles(ctx)
    heads = {_unquoted(label): label for label in map(ctx.outline.label, ctx.outline.items)}
    for found in declared:
        _listed(ctx, found, heads)
    kin = Kin(ctx)
    for item in ctx.outline.items:
        if item.role == "principle":
            find_principle(ctx, item)
        elif item.role == "safeguard":
            _safeguard(ctx, item)
        elif item.role in ("", "task") and ctx.has_work:
            _task(ctx, item, kin)
    if ctx.has_work:
        _announced(ctx)


# lists

_LISTED = {"Action": "hasAction", "Project": "hasProject", "Safeguard": "hasSafeguard", "Principle": "hasPrinciple"}


def _unquoted(label: str) -> str:
    return label.translate(_QUOTES)


def _listed(ctx: Context, found: Declared, heads: dict[str, str]) -> None:
    """Actions, projects, safeguards and principles that a declared count lists in its sentence.

    One that an item below spells out (甲、乙两大工程 … （一）甲工程) bears the item's name, and the shorter one as another.
    """
    assert ctx.plan is not None
    relation = _LISTED.get(found.cls)
    if relation is None or found.rule not in ("declarations.list_before", "declarations.list_after"):
        return
    item = ctx.outline.at(found.span.start)
    if ctx.vocabulary.word("classifier.kind") in found.text or (item is not None and item.role == "rationale" and not ctx.is_interpretation):
        # 三类产品提升工程 are kinds of them; and what a review tells of was done before.
        return
    ends = ("", *(end for cls, role in NAMED if cls == found.cls for end in ctx.vocabulary.role(role)))
    for label, place in found.members:
        whole = next((heads[name] for end in ends if (name := _unquoted(label) + end) in heads), label)
        mention = Mention(found.cls, whole)
        if whole != label:
            ctx.describe(mention, alt=(label,))
        ctx.claim(ctx.plan, relation, mention, ctx.with_plan(place), f"structure.{found.cls.lower()}s_listed")


# items


def _is_rule(ctx: Context, item: Item) -> bool:
    """Tell whether an item is an article of rules (第三条 对新建茶园，…) and not one whose head says what is to be done (第三条 提升茶园基地。…)."""
    return item.kind == "article" and item not in ctx.once(headed_articles)


def _unique(ctx: Context, cls: str, item: Item, parent: Mention) -> Mention:
    """Make the mention of an item; a label that stands under another parent already is told apart by its own."""
    label = ctx.outline.label(item)
    known = ctx.found(cls).get(label)
    if known is None or ctx.parent_of.get(known) in (None, parent):
        return Mention(cls, label)
    return Mention(cls, label, under=parent.label if parent is not ctx.plan else "plan")


def _safeguard(ctx: Context, item: Item) -> None:
    assert ctx.plan is not None
    label = ctx.outline.label(item)
    if item.start in ctx.containers:
        if not item.children and not ctx.asks(item):
            for span in unnumbered_heads(ctx, item):
                mention = Mention("Safeguard", ctx.text[span.start : span.end])
                spans = (span, *ctx.with_plan(ctx.head_span(item)))
                ctx.claim(ctx.plan, "hasSafeguard", mention, spans, "structure.safeguards_unnumbered")
        return
    # Below a safeguard what names no work (监督组) tells how it is kept, and is none of its own.
    if any(above.start in ctx.tasks for above in ctx.outline.ancestors(item)) and not is_work(ctx, label):
        return
    if not 2 <= len(label) <= _LONGEST_TASK or not ctx.has_work or item.kind == "box" or _is_rule(ctx, item):
        return
    mention = _unique(ctx, "Safeguard", item, ctx.plan)
    ctx.tasks[item.start] = mention
    spans = (item_span(ctx, item), ctx.plan_near(item.start))
    ctx.claim(ctx.plan, "hasSafeguard", mention, spans, "structure.safeguards_enumerated")
    ctx.describe(mention, {"yf:enumerator": _enumerator(ctx, item)})
    find_measures(ctx, item, mention)


def _enumerator(ctx: Context, item: Item) -> str:
    return ctx.text[item.start : item.head.start].strip()


def _holder(ctx: Context, item: Item) -> tuple[Mention, tuple[Span, ...]]:
    """Give the task that an item belongs to, with the passages that name it; else the plan."""
    assert ctx.plan is not None
    above = _of_box(ctx, ctx.outline.ancestors(item))
    for holder in above:
        mention = ctx.tasks.get(holder.start)
        if mention is not None:
            return mention, (ctx.head_span(holder),)
    if ctx.is_interpretation and above:
        about = _action_of(ctx, above[-1])
        if about is not None:
            return about
    return ctx.plan, (ctx.plan_near(item.start),)


def _of_box(ctx: Context, above: tuple[Item, ...]) -> tuple[Item, ...]:
    """Leave out the item that a box only stands behind, where its title takes up the heading above that item.

    专栏1 港口能力提升工程 behind （三）培训渔民 belongs to 二、提升港口能力.
    """
    box = next((at for at, holder in enumerate(above) if holder.kind == "box"), -1)
    if box < 0 or box + 2 >= len(above):
        return above
    title = ctx.outline.label(above[box])
    near, section = (_shares(title, ctx.outline.label(holder)) for holder in above[box + 1 : box + 3])
    return (*above[: box + 1], *above[box + 2 :]) if section and not near else above


def _shares(title: str, heading: str) -> bool:
    """Tell whether two headings have so many characters in a row in common that they name one thing."""
    return any(title[at : at + _SAME_THING] in heading for at in range(len(title) - _SAME_THING + 1))


def _action_of(ctx: Context, section: Item) -> tuple[Mention, tuple[Span, ...]] | None:
    """Give the listed action that a section is about: its heading, or the sentence under it, names the action.

    的 is left out of the comparison: 5G应用标准体系的构建 names 标准体系构建.
    """
    of = ctx.vocabulary.word("particle.of")
    lead = Span(section.body.start, ctx.sentence(section.body.start).end)
    for span in (ctx.head_span(section), lead):
        passage = ctx.text[span.start : span.end].replace(of, "")
        matches = [m for label, m in ctx.found("Action").items() if label.removesuffix(ctx.vocabulary.word("name.action")).replace(of, "") in passage]
        if len(matches) == 1:
            # The sentence that lists the action bears its name as it is written there.
            listed = ctx.first_place[matches[0]]
            return matches[0], (span,) if matches[0].label in ctx.text[span.start : span.end] else (span, listed)
    return None


def _task(ctx: Context, item: Item, kin: Kin) -> None:
    assert ctx.plan is not None
    if item.start in ctx.containers or item.kind == "bullet" or _is_rule(ctx, item):
        return
    label = ctx.outline.label(item)
    if not 2 <= len(label) <= _LONGEST_TASK:
        return
    if names_phase(ctx, item):
        # What is done in a phase is its sentences' to say, of the plan.
        if not item.children:
            find_measures(ctx, item, ctx.plan)
        return
    above = ctx.outline.ancestors(item)
    if not _stands_as_task(ctx, item, label, above, kin):
        return
    parent, parent_spans = _holder(ctx, item)
    cls = _class_of(ctx, item, label, kin)
    relation = "hasTask"
    if cls == "Action" and any(holder.kind == "box" for holder in above):
        # A box of 行动 lists the plan's own, wherever it stands.
        parent, parent_spans = ctx.plan, (ctx.plan_near(item.start),)
    if cls == "Action":
        relation = "hasAction" if parent is ctx.plan else "hasTask"
    elif cls == "Project":
        relation = "hasProject" if parent is ctx.plan else "includesProject"
    if cls == "Action" and relation == "hasTask":
        cls = "Task"
    mention = _unique(ctx, cls, item, parent)
    if mention == parent:
        return
    ctx.tasks[item.start] = mention
    spans = (item_span(ctx, item), *parent_spans)
    ctx.claim(parent, relation, mention, spans, f"structure.{cls.lower()}s_enumerated")
    ctx.describe(mention, {"yf:enumerator": _enumerator(ctx, item)})
    find_measures(ctx, item, mention)


def _class_of(ctx: Context, item: Item, label: str, kin: Kin) -> str:
    """Tell a named 行动 or 工程 from work on one: 融合应用创新工程 is a project, 推进民生工程 is not, unless all its siblings are named so."""
    for cls, role in NAMED:
        names = ctx.vocabulary.role(role)
        if not label.endswith(names):
            continue
        launched = ctx.prefixes("verb.launch").at(label, ctx.prefixes("adverb").skip(label)) > 0
        if item.kind == "box" or not launched or kin.mostly_named(item, cls):
            return cls
    return "Action" if _stands_as_action(ctx, item, label) else "Task"


def _stands_as_action(ctx: Context, item: Item, label: str) -> bool:
    """Tell whether an item that a section of 行动 (二、重点行动) groups is only named (“智慧+”渔业): it is one of them, whatever it is called."""
    section = ctx.outline.items[item.parent] if item.parent >= 0 else None
    if section is None or section.start not in ctx.containers or not ctx.outline.label(section).endswith(ctx.vocabulary.role("name.action")):
        return False
    opens = ctx.prefixes("verb.work", "verb.measure", "verb.effect", "verb.launch")
    return not opens.at(label, ctx.prefixes("adverb").skip(label))


def _stands_as_task(ctx: Context, item: Item, label: str, above: tuple[Item, ...], kin: Kin) -> bool:
    """Tell whether an item is a task.

    Below a task or a container of tasks everything enumerated is one, unless it defines (功能定位). At the highest level it must name
    work, or have items that do.
    """
    if ctx.regex("work.never").search(label) or defines(ctx, label) or ctx.find("structure.counted_head")(label):
        return False
    if ctx.suffixes("work.not").end(label) and not is_work(ctx, label):
        return False
    if tells_state(ctx, label):
        return False
    # Below an item that is neither a container nor a task nothing is to be done: it defines or describes.
    for holder in above:
        if holder.role != "task" and holder.start not in ctx.tasks and holder.kind != "box":
            return False
    boxed = item.kind == "box" or any(holder.kind == "box" for holder in above)
    titles = (*ctx.vocabulary.role("count.Project"), *ctx.vocabulary.role("count.Action"))
    if item.kind == "box" and (item.children or label.endswith(tuple(title for title in titles if len(title) > _SHORTEST_TITLE))):
        # 专栏1 民生重点工程 is the title of a box of projects.
        return False
    if boxed:
        named = (*ctx.vocabulary.role("name.project"), *ctx.vocabulary.role("name.action"))
        return label.endswith(named) or (item.kind != "box" and is_work(ctx, label)) or _lists_projects(ctx, item, above[0])
    if above and item.kind in ("paren", "circle") and ctx.text[item.start - 1 : item.start] not in ("\n", "") and not kin.mostly_work(item):
        # 按以下标准选取：（1）占比居前；（2）方案成熟。: clauses of a paragraph that set conditions.
        return False
    if above:
        return above[0].start in ctx.tasks or above[0].start in ctx.containers
    if is_work(ctx, label):
        return kin.mostly_work(item)
    children = ctx.outline.children(item)
    return len(children) >= 2 and sum(1 for c in children if is_work(ctx, ctx.outline.label(c))) * 2 > len(children)


def _lists_projects(ctx: Context, item: Item, box: Item) -> bool:
    """Tell whether an item with a number stands right below a box of projects (专栏2 重点项目): each is to be carried out, whatever its name."""
    return box.kind == "box" and item.kind == "digit" and ctx.outline.label(box).endswith(ctx.vocabulary.role("box.projects"))


# paragraphs without enumerators



def _announced(ctx: Context) -> None:
    """Add tasks of paragraphs that a sentence announces (包含以下几方面内容。) and that each begin with a short head of work."""
    assert ctx.plan is not None
    for match in ctx.everywhere("structure.tasks_announced"):
        heads: list[Span] = []
        for line in ctx.lines_in(match.end() + 1, len(ctx.text)):
            stop = ctx.text.find("。", line.start, line.end)
            label = ctx.text[line.start : stop] if stop > 0 else ""
            item = ctx.outline.at(line.start)
            if not 4 <= len(label) <= LONGEST_HEAD or not is_work(ctx, label) or (item and item.kind != "question"):
                break
            heads.append(strip_span(ctx.text, line.start, stop))
        if len(heads) < rule("structure.tasks_announced").limit("least"):
            continue
        for span in heads:
            label = ctx.text[span.start : span.end].replace(" ", "")
            ctx.claim(ctx.plan, "hasTask", Mention("Task", label), ctx.with_plan(span), "structure.tasks_announced")
