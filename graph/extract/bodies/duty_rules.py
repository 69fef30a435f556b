"""Rules that a document states once for all its lines of duties: who of several leads (列第一位者为牵头单位，下同), who takes part in everything."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...core.model import Mention, Span
from ...core.rules import fixed_pattern
from ...text.numerals import parse_count
from ..context import Context
from .names import is_body, names_in

RELATIONS = (("ledBy", "role.led"), ("supportedBy", "role.supported"), ("guidedBy", "role.guided"), ("responsibleBody", "role.responsible"))
_EVERYONE, _TABLED, _ROLE = "responsibility.everyone", "responsibility.tabled", "responsibility.tabled_role"


class Duty(NamedTuple):
    """The bodies of one role: their relation, their names, and where the text says the role in words; None where no word says it."""

    relation: str
    names: list[str]
    wording: Span | None = None


Duties = list[Duty]


def relation_of(ctx: Context, verb: str) -> str:
    """Give the relation that a verb of doing states (牵头, 配合, 指导, 负责)."""
    return next((relation for relation, role in RELATIONS if verb in ctx.vocabulary.role(role)), "responsibleBody")


class LineRules(NamedTuple):
    """Where the rules that hold for a line are said: the first of several bodies leads, those before the semicolon do, those behind it support."""

    first_leads: Span | None
    before_semicolon: Span | None
    behind_semicolon: Span | None

    def at(self, ctx: Context, place: Span) -> LineRules:
        """Give the rules that hold at a place: those of the whole document, and those that it states for itself."""
        here = (ctx.find(f"responsibility.{name}")(ctx.text, *place) for name in LineRules._fields)
        return LineRules(*(Span(*stated.span()) if stated else always for always, stated in zip(self, here, strict=True)))


def line_rules(ctx: Context, *, tabled: bool = False) -> LineRules:
    """Give the rules that a document states for all its lines, or for all rows of its tables."""
    return LineRules(*(_everywhere(ctx, f"responsibility.{name}", tabled=tabled) for name in LineRules._fields))


def _everywhere(ctx: Context, name: str, *, tabled: bool) -> Span | None:
    """Give where a rule is stated for the document: outside brackets, or in one that says 下同. Without it, it holds for that bracket alone.

    What is said of a table (表中列第一位者为牵头单位; 分工见表2，列首位的为牵头单位), or in a note on one, holds for rows only.
    """
    everywhere = ctx.pattern("responsibility.first_leads", "everywhere")
    for match in ctx.everywhere(name):
        if not tabled and (match.groupdict().get("table") or _beside_table(ctx, match.start())):
            continue
        sentence = ctx.sentence(match.start())
        bracketed = ctx.text.count("（", sentence.start, match.start()) > ctx.text.count("）", sentence.start, match.start())
        # The bracket may have stops of its own: what is said behind its last one closes it.
        closed = ctx.text.find("）", match.end(), sentence.end + 1) >= 0
        if not (bracketed or closed) or everywhere.search(ctx.text, *sentence):
            return Span(*match.span())
    return None


def claim_duty(ctx: Context, task: Mention, duty: Duty, name: str, spans: tuple[Span, ...], rule: str) -> None:
    """Add one body of a task, with the words that say its role; what says them elsewhere (a column's head, a rule for all) is quoted as well."""
    wording = duty.wording
    if wording is not None and not any(span.start <= wording.start and wording.end <= span.end for span in spans):
        spans = (*spans, ctx.sentence(wording.start))
    said = ctx.text[wording.start : wording.end] if wording is not None else ""
    ctx.claim(task, duty.relation, Mention("Organization", name), spans, rule, said)


def claim_duties(ctx: Context, task: Mention, duties: Duties, spans: tuple[Span, ...], rules: LineRules) -> None:
    """Add who does what for a task, by the rules that hold for its line."""
    parted = len(duties) > 1 and all(duty.relation == "responsibleBody" for duty in duties)
    for part, duty in enumerate(duties):
        said, rule = duty, "responsibility.bracket"
        if parted and part == 0 and rules.before_semicolon:
            said, rule = Duty("ledBy", duty.names, rules.before_semicolon), "responsibility.before_semicolon"
        elif parted and part > 0 and rules.behind_semicolon:
            said, rule = Duty("supportedBy", duty.names, rules.behind_semicolon), "responsibility.behind_semicolon"
        for index, name in enumerate(duty.names):
            claim_duty(ctx, task, said, name, spans, rule)
            if index == 0 and said.relation == "responsibleBody":
                claim_first(ctx, task, duty.names, spans, rules)


def claim_first(ctx: Context, task: Mention, names: list[str], spans: tuple[Span, ...], rules: LineRules) -> None:
    """Add that the first of several bodies leads, where the rules say so and it has a name."""
    if rules.first_leads and len(names) > 1 and not ctx.find("responsibility.unnamed")(names[0]):
        claim_duty(ctx, task, Duty("ledBy", names, rules.first_leads), names[0], spans, "responsibility.first_leads")


def _chapter(ctx: Context, position: int) -> Span:
    """Give the chapter that a place stands in (本章各项任务…): the item around it and all below it."""
    item = ctx.outline.at(position)
    return Span(item.start, item.end) if item is not None else Span(0, len(ctx.text))


class Stated(NamedTuple):
    """A task with a line of duties: where its text ends, and its head."""

    task: Mention
    end: int
    head: Span
    number: int = 0
    """What a table numbers its row with; 0 where it has no such column."""


def claim_for_all(ctx: Context, stated: list[Stated]) -> None:
    """Add the bodies that the text names once for all tasks with duties: those below (以下均需…), or every one (各项工作均需…)."""
    below = ctx.find("responsibility.for_all")(ctx.text)
    every = [match for match in ctx.everywhere(_EVERYONE) if not _beside_table(ctx, match.start())] if stated else []
    for match, rule in [*([(below, "responsibility.for_all")] if below else []), *((match, _EVERYONE) for match in every)]:
        if rule == _EVERYONE and match["first"]:
            _claim(ctx, match, _ranged(ctx, match), rule, listed=True)
            continue
        low, high = _chapter(ctx, match.start()) if rule == _EVERYONE and match["here"] else (0, len(ctx.text))
        # The item that states the rule is the first that it holds for.
        held = [one for one in stated if low <= one.head.start < high and (rule == _EVERYONE or one.end > match.start())]
        _claim(ctx, match, held, rule, listed=rule == _EVERYONE)


def _ranged(ctx: Context, match: re.Match[str]) -> list[Stated]:
    """Give the tasks of a range of items (第（三）至（十一）项); none where their numbers begin anew in a chapter, or one is no task."""
    kind = "minor" if match["first"][0] == "（" else "digit"
    first, last = (parse_count(match[end].strip("（）")) or 0 for end in ("first", "last"))
    items = [item for item in ctx.outline.items if item.kind == kind and first <= item.number <= last]
    if [item.number for item in items] != list(range(first, last + 1)) or any(item.start not in ctx.tasks for item in items):
        return []
    return [Stated(ctx.tasks[item.start], item.end, ctx.head_span(item)) for item in items]


def _beside_table(ctx: Context, position: int) -> bool:
    """Tell whether a place stands in a note on a table (注：…), whose rules are those of its rows."""
    line = ctx.lines_in(position, position + 1)[0]
    return fixed_pattern("outline.note").match(ctx.text, line.start) is not None


def claim_for_rows(ctx: Context, places: list[Span], rows: list[Stated]) -> None:
    """Add the bodies that a remark beside a table names once for all its rows (各县人民政府对所列任务均承担落实责任，表中不再列出).

    places hold the remarks: the line right above the table, the notes right behind it.
    """
    for place in places:
        noted = fixed_pattern("outline.note").match(ctx.text, place.start) is not None
        for rule in (_TABLED, _ROLE, _EVERYONE) if noted else (_TABLED, _ROLE):
            match = ctx.pattern(rule).search(ctx.text, *place)
            if match is not None:
                first, last = (int(match[end]) if rule == _ROLE and match[end] else 0 for end in ("first", "last"))
                held = [row for row in rows if first <= row.number <= last] if first else rows
                # 第7项至第12项: sure only where the table numbers each of them.
                if not first or [row.number for row in held] == list(range(first, last + 1)):
                    _claim(ctx, match, held, rule, listed=True)
                break


def _claim(ctx: Context, match: re.Match[str], stated: list[Stated], rule: str, *, listed: bool) -> None:
    """Add the bodies that a sentence names for some tasks; where they are to be listed, nothing but bodies and those of every place may be."""
    names = names_in(ctx, Span(*match.span("bodies")))
    each = ctx.vocabulary.role("org.each")
    if listed and not all(is_body(ctx, name) or name.startswith(each) for name in names):
        return
    duty = Duty(relation_of(ctx, match["verb"]), names, Span(*match.span("verb")) if match["verb"] else None)
    for one in stated:
        for name in names:
            claim_duty(ctx, one.task, duty, name, (ctx.sentence(match.start()), one.head), rule)
