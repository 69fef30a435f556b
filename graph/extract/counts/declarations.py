"""Counts that a document declares (8大专项行动, 15个行业) and the members that it lists for them.

Members stand before the count (从甲、乙、丙等方面提出了3大行动), after it (4大工程，包括甲、乙、丙和丁), as enumerated items below it, or
as the sum of smaller counts of the same noun (7 = 2 + 3 + 2). What is declared is compared with what is found; nothing is padded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache

from ...core.model import Mention, Span
from ...core.rules import pattern, rule, template
from ...core.vocabulary import Vocabulary
from ...text.numerals import parse_count
from ..context import Context
from ..outline import Item
from ..structure.project_tables import project_rows
from ..structure.siblings import NAMED
from .declared import NO_COUNT, Declared, list_before, members_in
from .quoted import quoted_counts
from .unlisted import add_counts_of_anything, counts_behind, matches_at, without_lead, without_verb

_PROJECTS = "declarations.projects"
_SHORT = 4
_NOUN = 2
_NEAR = 40
_MANY = 8
_AFTER_END = re.compile(r"[，。；）)\n]")


@cache
def _counts(vocabulary: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the pattern of the numerals that may count something declared, told by what follows them, and that of the counts."""
    counted = (*_nouns(vocabulary), *vocabulary.role("classifier"), *vocabulary.role("classifier.first"))
    following = "".join(sorted({word[0] for word in counted}))
    numeral = template(vocabulary, "numerals.small")
    return re.compile(rf"{numeral}(?=[{following}])"), pattern(vocabulary, "declarations.count")


@cache
def _nouns(vocabulary: Vocabulary) -> frozenset[str]:
    """Give the nouns of what is counted."""
    return frozenset(word for role, words in vocabulary.words.items() if role.startswith("count.") for word in words)


def _class_of(ctx: Context, noun: str) -> str:
    for role in ("Action", "Project", "Safeguard", "Principle", "Indicator", "Industry", "Domain", "Direction", "Organization", "Task"):
        if noun in ctx.vocabulary.role(f"count.{role}"):
            return role
    return ""


def scan_declarations(ctx: Context) -> list[Declared]:
    """Find the declared counts of a text with their members, in the order of the text."""
    never, least = ctx.pattern("declarations.count", "never"), rule("declarations.count").limit("least")
    announces, ordinals = ctx.vocabulary.role("declared.announces"), (*NO_COUNT, *ctx.vocabulary.role("declared.ordinal"))
    ends, acts = ctx.prefixes("verb.work", "list.noun_end"), ctx.vocabulary.role("declared.acts")
    declared: list[Declared] = []
    numerals, counts = _counts(ctx.vocabulary)
    starts = [match.start() for match in numerals.finditer(ctx.text)]
    for match in matches_at(ctx.text, starts, counts):
        count = parse_count(match["n"])
        if not count or count < least or ctx.text[match.start() - 1 : match.start()] in ordinals:
            continue
        never_counts = never.search(ctx.text, max(0, match.start() - 6), match.start())
        if never_counts and never_counts[0] not in announces:
            continue
        if match["c"] is None and match["noun"] not in ctx.vocabulary.role("declared.bare"):
            continue
        describes = match["noun"].endswith(ctx.vocabulary.role("declared.describes")) and ctx.text[match.end() : match.end() + 1].isalpha()
        if describes and not ends.at(ctx.text, match.end()):
            # 五大重点市场: the noun that it describes is no known one, and read with the counts of anything.
            continue
        noun, kind = match["noun"], match["kind"] or match["base"]
        modifier = noun[: len(noun) - len(match["kind"] or "") - len(match["base"])]
        known = next((at for at in range(_NOUN, len(modifier)) if ends.at(modifier, at) and modifier[:at] in _nouns(ctx.vocabulary)), 0)
        if known:
            # 四大行业打造区域品牌: the noun ends where it is one and a verb begins.
            noun = kind = modifier[:known]
        elif modifier.endswith(acts) or (len(modifier) > _SHORT and any(ends.at(modifier, at) for at in range(1, len(modifier)))):
            # 三大沙区布局基地, 两个街道率先试点: the noun has ended before.
            continue
        cls = _class_of(ctx, noun) or _class_of(ctx, kind)
        end = match.end() - len(match["noun"]) + len(noun)
        found = Declared(count, noun, ctx.text[match.start() : end], Span(match.start(), end), cls)
        if never_counts:
            # 在以下四个方面发力：一是… : the items below it are what it counts, or it counts nothing.
            if _enumerated(ctx, found) and found.holds:
                declared.append(found)
            continue
        listed = _before(ctx, found) or _after(ctx, found)
        # A long noun (三个高端医疗器械产业集聚区) counts something that is declared only where its members are told.
        if listed or len(noun) - len(kind) <= _SHORT:
            declared.append(found)
    declared = add_counts_of_anything(ctx, declared, starts)
    told = {found.span.start for found in declared if found.members}
    quoted = {found.span.start: found for found in quoted_counts(ctx, told)}
    declared = [found for found in declared if found.span.start not in quoted] + [*quoted.values(), *counts_behind(ctx), *_projects(ctx)]
    declared.sort(key=lambda found: found.span)
    of_noun: dict[str, list[tuple[int, Declared]]] = {}
    for index, found in enumerate(declared):
        if found.members:
            of_noun.setdefault(found.noun, []).append((index, found))
    for index, found in enumerate(declared):
        if not found.members:
            _sum(ctx, found, index, of_noun.get(found.noun, [])) or _tabled(ctx, found) or _enumerated(ctx, found)
    return declared


def _before(ctx: Context, found: Declared) -> bool:
    """Take the list that stands before the count, directly or with 等方面提出了 between."""
    # 围绕甲、乙等方面，部署了2大… : a comma may stand there only where 等 has closed the list.
    connector = ctx.pattern("declarations.list_before", "tail")
    low = max(0, found.span.start - 300)
    match = connector.search(ctx.text, low, found.span.start)
    end = match.start() if match else found.span.start
    if end <= low:
        return False
    start, end = list_before(ctx, end)
    members = members_in(ctx, start, end, found.count)
    if len(members) > found.count:
        members = without_lead(ctx, members, found.count)
    if len(members) < 2 or ctx.pattern("declarations.list_before", "counted").search(members[-1][0]):
        return False
    is_open = bool(match and match["etc"]) and len(members) < found.count
    if len(members) != found.count and not (is_open and found.cls in _OPEN):
        return False
    found.members, found.open, found.rule = without_verb(ctx, members), is_open, "declarations.list_before"
    return True


def _after(ctx: Context, found: Declared) -> bool:
    """Take the list that stands behind the count (包括…, ：…, （…）)."""
    match = ctx.pattern("declarations.list_after", "opened_by").match(ctx.text, found.span.end)
    if not match:
        return False
    depth_end = _AFTER_END.search(ctx.text, match.end())
    end = depth_end.start() if depth_end else len(ctx.text)
    tail = ctx.pattern("declarations.list_after", "closed_by").search(ctx.text, match.end(), end)
    members = members_in(ctx, match.end(), tail.start() if tail else end, found.count)
    if len(members) < 2 or (len(members) != found.count and not (tail and found.cls in _OPEN)):
        return False
    found.members, found.rule = members, "declarations.list_after"
    found.open = len(members) != found.count
    return True


def _root(ctx: Context, position: int) -> Item | None:
    item = ctx.outline.at(position)
    return ctx.outline.ancestors(item)[-1] if item and item.parent >= 0 else item


def _sum(ctx: Context, found: Declared, index: int, listed: list[tuple[int, Declared]]) -> bool:
    """Add up smaller counts of the same noun further down in the same section (7 = 2 + 3 + 2).

    listed are the counts of this noun that have members, each with its place among all, in their order; index is the place of `found`.
    """
    root = _root(ctx, found.span.start)
    if root is None:
        return False
    parts: list[Declared] = []
    total = 0
    for at in range(bisect_right(listed, index, key=lambda entry: entry[0]), len(listed)):
        part = listed[at][1]
        if part.span.start >= root.end:
            break
        parts.append(part)
        total += part.count
        if total > found.count:
            return False
    if len(parts) < 2 or total != found.count:
        return False
    found.members = [member for part in parts for member in part.members]
    found.rule = "declarations.sum"
    return True


def _enumerated(ctx: Context, found: Declared) -> bool:
    """Take the items that are enumerated below the count."""
    item = ctx.outline.at(found.span.start)
    children = ctx.outline.children(item) if item else []
    if item is None or not children:
        # 从3个方面介绍有关情况。一是… : the items follow the paragraph without a heading of their own.
        children = [i for i in ctx.outline.items if i.parent < 0 and i.start > found.span.end]
        # 30项激励措施 at the top of a notice of thirty items: so many are no chance, however far below they begin.
        many = len(children) == found.count >= _MANY
        children = children[: found.count]
        if not children or children[0].number != 1 or (children[0].start - found.span.end > _NEAR and not many):
            return False
    if item is not None and len(children) != found.count:
        children = _run_behind(children, found)
    if not children or (item is not None and found.span.start >= children[0].start):
        return False
    if len(children) != found.count and found.cls not in _SECTIONED:
        return False
    found.members = [(_untimed(ctx, ctx.outline.label(child)), Span(child.start, child.head.end)) for child in children]
    found.rule = "declarations.enumerated"
    return True


def _untimed(ctx: Context, label: str) -> str:
    """Give the name of a phase without its time (启动阶段 of 启动阶段（2026年3月）); any other label as it is."""
    phase = ctx.pattern("periods.phase_head").fullmatch(label) if label[-1:] in "）)" else None
    return phase["name"] if phase else label


def _projects(ctx: Context) -> list[Declared]:
    """Find counts of projects behind their noun (安排重点项目8个，…，详见表1), where a table lists as many."""
    found = []
    for match in ctx.everywhere(_PROJECTS):
        if ctx.find("declarations.points")(ctx.text, match.end(), ctx.sentence(match.start()).end):
            one = Declared(parse_count(match["n"]) or 0, match["noun"], match[0], Span(*match.span()), "Project")
            if _listed(ctx, one):
                one.rule = _PROJECTS
                found.append(one)
    return found


def _tabled(ctx: Context, found: Declared) -> bool:
    """Take the projects of the table that the count's sentence points at (五项重点工程，项目情况见表2), where they are as many."""
    if found.cls != "Project" or not ctx.find("projects.refers")(ctx.text, *ctx.sentence(found.span.start)):
        return False
    return _listed(ctx, found)


def _listed(ctx: Context, found: Declared) -> bool:
    """Take the projects of the first table behind a count, where they are as many."""
    rows = [row for row in ctx.once(project_rows) if row.title.start > found.span.end]
    rows = [row for row in rows if row.title == rows[0].title]
    if len(rows) != found.count:
        return False
    found.members = [(row.project.label, row.row) for row in rows]
    found.rule = "declarations.tabled"
    return True


def _run_behind(children: list[Item], found: Declared) -> list[Item]:
    """Give the items that count from one right behind a count, where others of their level stand around (several speakers answer)."""
    behind = [child for child in children if child.start > found.span.end]
    if not behind or behind[0].number != 1 or behind[0].start - found.span.end > _NEAR:
        return children
    run = [child for number, child in enumerate(behind, start=1) if child.number == number]
    length = next((at for at, child in enumerate(behind) if child.number != at + 1), len(behind))
    return run[:length] if length == found.count else children


def claim_declarations(ctx: Context, declared: list[Declared]) -> None:
    """Add the declarations to the graph, with an edge to each member that is a node."""
    if ctx.plan is None:
        return
    told = {found.text: tuple(label for label, _ in found.members) for found in reversed(declared) if found.members}
    seen: dict[tuple[str, tuple[str, ...]], Mention] = {}
    times: Counter[str] = Counter()
    for found in declared:
        sentence = ctx.sentence(found.span.start)
        members = tuple(label for label, _ in found.members)
        if not members and found.text in told:
            # Said again elsewhere, there with its members (重点推15个行业 in a headline).
            members = told[found.text]
        elif not members and (found.cls not in _TOLD_WITHOUT_MEMBERS or _looks_back(ctx, found)):
            continue
        mention = seen.get((found.text, members))
        if mention is None:
            times[found.text] += 1
            occurrence = times[found.text]
            mention = seen[found.text, members] = Mention("Declaration", found.text, nth=occurrence)
        ctx.claim(ctx.plan, "declares", mention, ctx.with_plan(sentence), found.rule or "declarations.count")
        if members and not found.members:
            continue
        labels = tuple(dict.fromkeys(label for label, _ in found.members))
        ctx.describe(
            mention,
            {
                "yf:count": found.count,
                "yf:noun": found.noun,
                "yf:holds": found.holds,
                **({"yf:memberLabel": labels} if labels else {}),
                **({"yf:listOpen": True} if found.open else {}),
            },
        )
        for label, place in found.members:
            member = _node_of(ctx, found.cls, label)
            if member is not None:
                ctx.claim(mention, "member", member, (place, sentence), found.rule)


def _looks_back(ctx: Context, found: Declared) -> bool:
    """Tell whether a count stands where a plan tells what came before it (上一规划确定的12项指标全部完成)."""
    item = ctx.outline.at(found.span.start)
    return not ctx.is_interpretation and item is not None and item.role == "rationale"


_SECTIONED = ("Action", "Project", "Safeguard", "Principle", "Task")
"""Classes whose members are items of a section: there a number that differs from the declared one is worth telling."""
_OPEN = ("Organization", "Action", "Project", "Safeguard", "Indicator")
"""Classes whose incomplete lists (等9部门) still name members; of others the members told are examples."""
_TOLD_WITHOUT_MEMBERS = ("Action", "Project", "Industry", "Indicator", "Safeguard", "Organization")
_MEMBER_CLASSES = (
    "Action", "Project", "Safeguard", "Principle", "Industry", "Domain", "Indicator", "IndicatorCategory", "Task",
    "Technology", "Scenario", "Organization", "Goal",
)  # fmt: skip


def _node_of(ctx: Context, cls: str, label: str) -> Mention | None:
    """Find the node that a member names: of the noun's class first."""
    for candidate in (cls, *_MEMBER_CLASSES):
        mention = ctx.found(candidate).get(label)
        if mention is not None:
            return mention
    # 甲、乙两大工程: the items below spell their names out (甲工程).
    ends = (end for candidate, role in NAMED if candidate == cls for end in ctx.vocabulary.role(role))
    return next(filter(None, (ctx.found(cls).get(label + end) for end in ends)), None)
