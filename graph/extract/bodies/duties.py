"""Who is responsible for a task: the bracket or line that ends its item (牵头部门：…；配合部门：…), and rules a document states for all."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ...core.model import Mention, Span
from ...core.rules import template
from ...core.vocabulary import Vocabulary
from ...text.enumerations import split_list
from ..context import Context
from ..outline import Item
from ..words import role_regex
from .duty_owners import closed_paragraph, named_above
from .duty_prose import Prose
from .duty_rules import RELATIONS, Duties, Duty, LineRules, Stated, claim_duties, claim_for_all, line_rules, relation_of
from .names import is_body, names_in

_BRACKET = re.compile(r"[（(【\[〔〖](?P<inside>[^（）()【】\[\]〔〕]*(?:[（(〔][^（）()〔〕]*[)）〕][^（）()【】\[\]〔〕]*)*)[)）】\]〕〗]")
_CLOSES = re.compile(r"[）)】\]〕〗：:]|—")
"""Marks without which an item states no duties, unless it says in words who does what."""
_TAG = "【"
"""What opens the name of a role that stands in brackets (【牵头单位】甲局【配合单位】乙局)."""
_PART = re.compile(r"[^；;。]+")
_NO_NAME = re.compile(r"[，。；：！？\d《》“”*＊★▲☆【】\[\]]")
"""Marks and digits that no body's name holds."""
_FEWEST_BESIDE = 2
_TREE = ("Task", "Action", "Project", "Safeguard")


def find_responsibility(ctx: Context) -> None:
    """Add responsible, leading, supporting and guiding bodies of tasks from the brackets and lines that end them."""
    if ctx.plan is None or not ctx.tasks:
        return
    rules, stated, prose = line_rules(ctx), list[Stated](), Prose(ctx)
    for item in ctx.outline.items:
        task = ctx.tasks.get(item.start)
        if task is None or task.cls not in _TREE:
            continue
        prose.claim(item, task)
        end = max(item.body.end, item.head.end, item.tail.end)
        if not _CLOSES.search(ctx.text, item.start, end) and not prose.says(item.start, end):
            continue
        _of_item(ctx, item, task, rules, stated)
    claim_for_all(ctx, stated)


def _of_item(ctx: Context, item: Item, task: Mention, rules: LineRules, stated: list[Stated]) -> None:
    """Add the duties of one item's lines, and note the task where it has any."""
    task, owner = closed_paragraph(ctx, item, task)
    head = ctx.head_span(owner)
    end = max(item.body.end, item.head.end)
    found = _stated(ctx, item)
    if found and owner is item and (above := _closed_by(ctx, item, found[0][0])):
        task, head = ctx.tasks[above.start], ctx.head_span(above)
    for place, duties in found:
        of = named_above(ctx, item, place)
        about = (task, head) if of is item else (ctx.tasks[of.start], ctx.head_span(of))
        claim_duties(ctx, about[0], duties, (place, about[1]), rules.at(ctx, place))
    if found:
        stated.append(Stated(task, end, head))


def _stated(ctx: Context, item: Item) -> list[tuple[Span, Duties]]:
    """Find the duties that an item's own lines state, and the paragraphs behind it that still are its own."""
    end = max(item.body.end, item.head.end)
    stretches = [(max(line.start, item.start), min(line.end, end)) for line in ctx.lines_in(item.start, max(item.body.end, item.head.end + 1))]
    if item.tail.end > item.tail.start:
        stretches += [(line.start, line.end) for line in ctx.lines_in(item.tail.start + 1, item.tail.end)]
    return [one for low, high in stretches for one in _in_line(ctx, low, high, item.start)]


def _closed_by(ctx: Context, item: Item, place: Span) -> Item | None:
    """Give the action or task that a line of its own closes behind the last of its numbered items, where none of the others has one."""
    if item.kind != "digit" or item.parent < 0 or ctx.text[place.start - 1 : place.start] != "\n":
        return None
    above = ctx.outline.items[item.parent]
    beside = ctx.outline.children(above)
    if above.kind != "minor" or above.start not in ctx.tasks or len(beside) < _FEWEST_BESIDE or beside[-1] is not item:
        return None
    return None if any(_stated(ctx, one) for one in beside[:-1]) else above


def _in_line(ctx: Context, low: int, high: int, start: int) -> list[tuple[Span, Duties]]:
    """Find the duties that a line states: in brackets that close it or a sentence of it, or as a line of its own."""
    text = ctx.text
    found = []
    for bracket in _BRACKET.finditer(text, low, high):
        if bracket.start() == start:
            continue
        behind = text[bracket.end() : high].lstrip(" ")
        before = text[max(bracket.start() - 1, 0) : bracket.start()]
        if behind.strip("。；;") and not (before in "。；" or behind[0] in "。；"):
            continue
        # Behind a full stop a bracket of nothing but bodies closes its sentence: a paragraph may hold several.
        duties = duties_in(ctx, Span(*bracket.span("inside")), alone=before == "。" or not behind.strip("。；;"))
        if duties:
            found.append((Span(*bracket.span()), duties))
    if not found and text.find(_TAG, low, high) >= 0:
        tags = [(tag, _pieces(ctx, Span(*tag.span("bodies")))) for tag in ctx.pattern("responsibility.bracket", "tagged").finditer(text, low, high)]
        found += [(Span(*tag.span()), [Duty(relation_of(ctx, tag["role"]), names, Span(*tag.span("said")))]) for tag, names in tags if names]
    if not found and any(ctx.within(Span(low, high), "responsibility.bracket", "labelled")):
        match = ctx.pattern("responsibility.bracket", "line").search(text, low, high)
        if match:
            duties = duties_in(ctx, Span(match.start(), high), alone=True)
            if duties:
                found.append((Span(match.start(), high), duties))
    return found


def duties_in(ctx: Context, span: Span, *, alone: bool) -> Duties:
    """Read roles with their bodies: 牵头单位：甲；配合单位：乙、丙, 甲牵头，乙、丙按职责分工负责, 甲、乙负责, or bodies alone."""
    text = ctx.text
    duties: Duties = []
    marked, no_bodies = ctx.find("responsibility.marked"), ctx.find("responsibility.no_bodies")
    pieces = ctx.pattern("responsibility.piece")
    if marked(text, *span):
        return _marked(ctx, span)
    along = ctx.vocabulary.role("role.with")
    for part in _PART.finditer(text, *span):
        pending: list[str] = []
        labelled = False
        for piece in pieces.finditer(text, *part.span()):
            content = text[piece.start() : piece.end()]
            # 责任单位：甲局、乙局（排名第一的为牵头部门）: the bracket tells how to read the names before it.
            aside = ctx.find("responsibility.aside")(content)
            content = content[: aside.start()] if aside and no_bodies(aside[0]) else content
            place = Span(piece.start(), piece.start() + len(content))
            if no_bodies(content):
                continue
            if duties and not labelled and (joined := next((word for word in along if content.startswith(word)), "")):
                # 甲局牵头，会同乙局、丙局（落实）: they help.
                said = _spoken_role(ctx, place)
                along_with = Span(place.start, place.start + len(joined))
                names = _bodies(ctx, Span(along_with.end, said.place.start if said else place.end))
                if names:
                    duties.append(Duty("supportedBy", names, along_with))
                continue
            named = _named_role(ctx, place)
            if named:
                labelled = True
                # 责任单位：甲局牵头，乙局配合: the verb behind the names says more than the word before them.
                said = _spoken_role(ctx, Span(named.end, place.end))
                names = _bodies(ctx, Span(named.end, said.place.start if said else place.end))
                if names:
                    duties.append(Duty((said or named).relation, names, (said or named).place))
                continue
            spoken = _spoken_role(ctx, place)
            if spoken:
                names = pending + _bodies(ctx, Span(place.start, spoken.place.start))
                pending = []
                if names:
                    duties.append(Duty(spoken.relation, names, spoken.place))
                continue
            names = _bodies(ctx, place)
            if labelled and names and duties:
                duties[-1].names.extend(names)
            elif _are_bodies(ctx, place):
                pending += names
            else:
                pending = []
                break
        if pending and alone and not labelled:
            duties.append(Duty("responsibleBody", pending))
    return duties


def _marked(ctx: Context, span: Span) -> Duties:
    """Read a list whose bodies bear marks of their roles: 责任单位：甲（牵头）、乙、丙; 甲（牵头）、乙（配合）."""
    named = _named_role(ctx, span)
    start = named.end if named else span.start
    told: dict[str, Duty] = {}
    others: list[str] = []
    marked, pieces = ctx.find("responsibility.marked"), ctx.pattern("responsibility.piece")
    for member in split_list(ctx.text, start, span.end, joints=False):
        for piece in pieces.finditer(ctx.text, *member):
            mark = marked(ctx.text, *piece.span())
            names = _bodies(ctx, Span(piece.start(), mark.start() if mark else piece.end()))
            names = [name for name in names if is_body(ctx, name) or name.startswith(_general(ctx))]
            if mark and names:
                relation = relation_of(ctx, mark["role"])
                told.setdefault(relation, Duty(relation, [], Span(mark.start() + 1, mark.end() - 1))).names.extend(names)
            elif not mark:
                others += names
    rest = Duty(named.relation, others, named.place) if named else Duty("responsibleBody", others)
    return [*told.values(), rest] if others else [*told.values()]


class _Role(NamedTuple):
    """A role as a text says it: its relation, where its words stand, and where what belongs to them ends (a colon)."""

    relation: str
    place: Span
    end: int


@cache
def _roles(vocabulary: Vocabulary) -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """Give each relation with the pattern of its role's name (牵头单位：) and that of its verb (牵头负责)."""
    before, after, opened, closed = (
        template(vocabulary, "responsibility.bracket", key) for key in ("before_role", "after_role", "before_verb", "after_verb")
    )
    return [
        (relation, role_regex(vocabulary, role, before=before, after=after), role_regex(vocabulary, role, before=opened, after=closed))
        for relation, role in RELATIONS
    ]


def _general(ctx: Context) -> tuple[str, ...]:
    """Give the words that names of unnamed bodies begin with (各区, 有关部门)."""
    return (*ctx.vocabulary.role("org.each"), *ctx.vocabulary.role("org.unnamed"))


def _says_role(ctx: Context, span: Span) -> bool:
    """Tell whether a stretch holds the word of any role: most hold names alone."""
    return ctx.regex(*(role for _, role in RELATIONS)).search(ctx.text, *span) is not None


def _named_role(ctx: Context, span: Span) -> _Role | None:
    """Find the name of a role that a stretch begins with (牵头单位：)."""
    if not _says_role(ctx, span):
        return None
    for relation, pattern, _ in _roles(ctx.vocabulary):
        named = pattern.match(ctx.text, *span)
        if named:
            return _Role(relation, Span(named.end("before"), named.start("behind")), named.end())
    return None


def _spoken_role(ctx: Context, span: Span) -> _Role | None:
    """Find the verb that ends a list of bodies (按职责分工负责); 牵头负责 leads."""
    if not _says_role(ctx, span):
        return None
    end = span.start + len(ctx.text[span.start : span.end].rstrip())
    for relation, _, pattern in _roles(ctx.vocabulary):
        verb = pattern.search(ctx.text, span.start, end)
        if verb:
            return _Role(relation, Span(*verb.span()), verb.end())
    return None


def _bodies(ctx: Context, span: Span) -> list[str]:
    return [name for name in names_in(ctx, span) if _may_be_body(ctx, name)]


def _pieces(ctx: Context, span: Span) -> list[str]:
    """Give the bodies of a list that commas part as well (甲局、乙局，丙县人民政府)."""
    return [name for piece in ctx.pattern("responsibility.piece").finditer(ctx.text, *span) for name in _bodies(ctx, Span(*piece.span()))]


def _may_be_body(ctx: Context, name: str) -> bool:
    return is_body(ctx, name) or name.startswith(_general(ctx)) or (2 <= len(name) <= 20 and not _NO_NAME.search(name))


def _are_bodies(ctx: Context, span: Span) -> bool:
    """Tell whether a list without any role word holds nothing but bodies."""
    names = names_in(ctx, span)
    return bool(names) and all(is_body(ctx, name) or name.startswith(_general(ctx)) for name in names)
