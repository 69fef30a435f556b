"""Places of plans, work, targets and bodies: 海州市…行动计划, 在江苏、山东开展试点, 滨湖区建成渔港3个，南山县建成渔港5个.

Names come from the table of divisions (GB/T 2260) and regions; others are told by how they end, and only where the words around them say that
something is done there. One indicator of five districts is five targets, each of its own place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from ...core.model import Attributes, Mention, Span
from ...core.vocabulary import Vocabulary
from ...text.sentences import before_first, behind_last, clauses_in
from ..bodies.duty_tables import tables_of
from ..bodies.places import Place, place_in, place_of
from ..context import Context
from ..deadlines.work import Work
from ..structure.table_rows import Rows
from ..targets.quantities import quantities_in
from ..targets.target_statements import part_of
from .layout import bare, chosen, layouts, own, scope, shares, short_own, subjects, toward, zones
from .names import Listed, place_behind, place_end, place_pattern, places_from

_WORK, _TARGET, _SCOPE, _SUBJECT, _SHARES = (f"locations.{name}" for name in ("work", "target", "scope", "subject", "shares"))
_KIND = "place.kind."
_SHORT = (2, 3)
"""How many characters the short name of a place has."""


def _done_at(ctx: Context) -> list[Listed]:
    """Give the places where something is done, list by list; tried where a place follows a word that opens such a list."""
    found: list[Listed] = []
    for opening in place_behind(ctx.vocabulary, _WORK, "opens").finditer(ctx.text):
        if not (found and opening.start() < found[-1].span.end) and place_end(ctx.vocabulary, ctx.text, opening.end()):
            listed = _opened(ctx, opening)
            if listed:
                found.append(listed)
    return found


def _opened(ctx: Context, opening: re.Match[str]) -> Listed | None:
    """Read what a word opens: places where something is done (在甲县、乙县开展…), or whose things are (改造甲县码头、乙县航道)."""
    closes, thing, no_thing, joins = (ctx.pattern(_WORK, key) for key in ("closes", "thing", "no_thing", "joins"))
    names: tuple[str, ...] = ()
    at, end = opening.end(), opening.end()
    following: re.Match[str] | None = None
    while listed := places_from(ctx.vocabulary, ctx.text, at, ctx.sentence(opening.start()).end):
        closing = closes.match(ctx.text, listed.span.end)
        following = None if closing or no_thing.match(ctx.text, listed.span.end) else thing.match(ctx.text, listed.span.end)
        if closing is None and following is None:
            break
        names += listed.names
        end = (closing or following or opening).end()
        joint = joins.match(ctx.text, end) if following else None
        if joint is None:
            break
        at = joint.end()
    return Listed(names, Span(opening.start(), end), following is not None) if names else None


def _stated_at(ctx: Context) -> list[Listed]:
    """Give the places of which a sentence says, in any form, that what it sets is set there, list by list."""
    forms = (Listed(found.names, found.span) for form in (chosen, toward) for found in ctx.once(form))
    return sorted((*ctx.once(_done_at), *forms), key=lambda listed: listed.span)


def find_places(ctx: Context, work: Work) -> None:
    """Add the place of the plan, of its bodies, and the places of tasks, measures and targets."""
    if ctx.plan is None:
        return
    here = ctx.once(place_of)
    _plan(ctx, here)
    if not ctx.has_work:
        return
    _targets(ctx)
    rows = work.rows
    _work(ctx, work, here, rows)
    _named(ctx, work, here, rows)
    _columns(ctx, rows)


@cache
def _endings(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Give how names of places end, each with the kind of place that it tells."""
    return tuple((word, role.removeprefix(_KIND)) for role, words in vocabulary.words.items() if role.startswith(_KIND) for word in words)


def _kind(vocabulary: Vocabulary, label: str, otherwise: str = "") -> str:
    """Tell what kind of place a name is: what the text around says of it, else its longest known ending."""
    return otherwise or max(((len(word), kind) for word, kind in _endings(vocabulary) if label.endswith(word)), default=(0, "region"))[1]


def place(ctx: Context, name: str, kind: str = "", short: str = "") -> Mention:
    """Give the place of a name and say what it is; `kind` is for a name that does not say it itself, `short` the word that stands for it."""
    parts = [found[0] for found in place_pattern(ctx.vocabulary).finditer(name)] if not kind else []
    if len(parts) > 1 and "".join(parts) == name:
        # 江苏省南京市 is what the table knows as 南京市; of 青岚县白石镇 no table tells which of all towns of the name it is.
        short = parts[-1]
        name = short if ctx.vocabulary.knows("Place", short) else name
    label = ctx.vocabulary.canonical("Place", name)
    mention = Mention("Place", label)
    entry = ctx.vocabulary.entry("Place", label)
    kind = entry.kind if entry else _kind(ctx.vocabulary, label, kind)
    attrs: Attributes = {"yf:placeKind": kind}
    ctx.describe(mention, attrs, tuple(said for said in (name, short) if said and said != label))
    return mention


def _plan(ctx: Context, here: Place) -> None:
    """Add the place that the plan is for: the narrowest that its issuers or its title name."""
    assert ctx.plan is not None
    name = here.narrowest
    spans = [claim.spans[0] for claim in ctx.claims_of("issuedBy") if name and name in claim.object.label]
    for span in (ctx.plan_span, *spans) if name else ():
        if ctx.text.find(name, *span) >= 0:
            ctx.claim(ctx.plan, "appliesTo", place(ctx, name), ctx.with_plan(span), "locations.plan")
            return


def find_body_places(ctx: Context) -> None:
    """Add the place that the name of a body begins with, where the text has the name as it stands."""
    if ctx.plan is None or not ctx.has_work:
        return
    here = ctx.once(place_of)
    for claim in tuple(ctx.bodies.values()):
        body = claim.object
        name, begins = _name_of(ctx, here, body.label)
        # Of 甲市、乙市人民政府 only the last bears the whole name; the others stand as their place.
        stands = name if body.label.removeprefix(name) in ctx.vocabulary.role("org.government") else body.label
        if name and stands == name and all(ctx.text.find(name, *s) < 0 for s in claim.spans):
            # 甲、乙市人民政府: as its place without its level.
            stands = name[:-1] + "、"
        if name and ctx.find("bodies.office")(body.label) and all(ctx.text.find(body.label, *s) < 0 for s in claim.spans):
            # Of 甲县、乙县教育局 as well.
            stands = name + "、"
        span = next((s for s in claim.spans if ctx.text.find(stands or body.label, *s) >= 0), None)
        proper = ctx.vocabulary.knows("Place", name) or name == here.narrowest or ctx.pattern("locations.name").fullmatch(name)
        if name and span is not None and name != body.label and proper and body.label.startswith(begins):
            short = (stands[:-1] if stands == name[:-1] + "、" else "") if begins.endswith(name) else begins
            ctx.claim(body, "ofPlace", place(ctx, name, short=short), (span,), "locations.body")


def _name_of(ctx: Context, here: Place, label: str) -> tuple[str, str]:
    """Give the place that a body's name begins with, and the words that it begins with; else nothing.

    A short name is that of the plan's own place, or of one that the text names in full (渠阳师范学院, where the text says 渠阳市).
    """
    named = place_in(label)
    if named.name:
        return named.narrowest, named.name
    listed = places_from(ctx.vocabulary, label, 0, len(label))
    alone = listed.names[0] if listed and len(listed.names) == 1 else ""
    if alone and (alone.endswith(ctx.vocabulary.role("place.kind.township")) or label.removeprefix(alone) in ctx.vocabulary.role("org.government")):
        return alone, alone
    short = short_own(ctx, here)
    full = {short: here.narrowest} if len(short) > 1 else {}
    named_in_full = ctx.once(_in_full)
    for length in _SHORT:
        full.setdefault(label[:length], named_in_full.get(label[:length], ""))
    for known, whole in full.items():
        rest = label.removeprefix(known)
        # 海州湾海关 may be the customs of a bay: what goes on must itself be all that names a body.
        if whole and rest != label and rest.endswith(ctx.vocabulary.role("org.suffix")) and not ctx.find("locations.goes_on")(rest):
            return whole, known
    return "", ""


def _in_full(ctx: Context) -> dict[str, str]:
    """Give what the text names in full by what may be its short name (渠阳, where it says 渠阳市), with the first unit that it has."""
    found: dict[str, str] = {}
    for unit in ctx.vocabulary.role("place.short_of"):
        at = ctx.text.find(unit)
        while at >= 0:
            for length in _SHORT:
                if at >= length:
                    found.setdefault(ctx.text[at - length : at], ctx.text[at - length : at + len(unit)])
            at = ctx.text.find(unit, at + 1)
    return found


def _work(ctx: Context, work: Work, here: Place, rows: Rows) -> None:
    """Add the places where a sentence says that work is done."""
    own_names = (ctx.vocabulary.canonical("Place", here.narrowest), short_own(ctx, here))
    for listed in ctx.once(_done_at):
        start = listed.span.start
        sentence = ctx.sentence(start)
        if ctx.regex("told.past").search(ctx.text, sentence.start, start):
            continue
        own_row = rows.at(start)
        # A measure that names the place itself is done there; what else the sentence says may be done elsewhere.
        named: list[tuple[Mention, tuple[Span, ...]]] = [
            (measure, (sentence,)) for measure in work.behind(sentence.start, sentence, sentence.end) if _says(ctx, measure, listed.span)
        ]
        around = None if named else work.around(start)
        if own_row is not None:
            named, around = [(own_row[1], (own_row[0],))] if _in_cell_of(ctx, own_row, listed.span) else [], None
        for subject, spans in named or ([(around[0], (sentence, ctx.head_span(around[1])))] if around else []):
            for name in listed.names:
                # What is said of the plan's own place is said of no part of it, but for what is done in it.
                if not listed.of_things or ctx.vocabulary.canonical("Place", name) not in own_names:
                    ctx.claim(subject, "appliesTo", place(ctx, name), spans, _WORK)


def _named(ctx: Context, work: Work, here: Place, rows: Rows) -> None:
    """Add the places that the form of a sentence names: bare names, the parts of a layout, who is to do it, what is chosen."""
    located = _located(ctx)
    found_once = (ctx.once(form) for form in (chosen, toward))
    forms = (subjects(ctx), zones(ctx), layouts(ctx), *found_once, shares(ctx), scope(ctx))
    for found in (*ctx.once(bare), *(one for form in forms for one in form), *own(ctx, here)):
        sentence, around = ctx.sentence(found.span.start), work.around(found.span.start)
        told = ctx.regex("told.past").search(ctx.text, sentence.start, found.span.end)
        own_row = rows.at(found.span.start)
        if own_row is not None:
            for name in found.names if _in_cell_of(ctx, own_row, found.span) else ():
                ctx.claim(own_row[1], "appliesTo", place(ctx, name, found.kind, found.short), (own_row[0],), found.rule)
            continue
        for name in found.names if around and not told else ():
            assert around is not None
            # 其中甲市建成渔港5个 is a part of what is done everywhere; what 甲市 is to do by itself is done there, besides what is to be reached.
            end = before_first(ctx.text, "，。；", found.span.end, sentence.end)
            is_part = found.among and any(map(str.isdigit, ctx.text[found.span.start : end]))
            if not is_part and (found.rule != _SHARES or (sentence, name) not in located):
                ctx.claim(around[0], "appliesTo", place(ctx, name, found.kind, found.short), (sentence, ctx.head_span(around[1])), found.rule)
        # In the text of a task it is the task that is done there; elsewhere the plan.
        for name in found.names if found.rule == _SCOPE and around is None and ctx.plan else ():
            assert ctx.plan is not None
            ctx.claim(ctx.plan, "appliesTo", place(ctx, name), ctx.with_plan(sentence), found.rule)


def _columns(ctx: Context, rows: Rows) -> None:
    """Add the places that a column of a table gives (建设地点): of the task that the row names."""
    for table in ctx.once(tables_of):
        column = next((i for i, cell in enumerate(table.header) if ctx.find("locations.column")(cell)), None)
        for cells in table.rows if column is not None else ():
            own_row = rows.at(cells[0].start)
            if column is None or own_row is None or column >= len(cells):
                continue
            listed = places_from(ctx.vocabulary, ctx.text, *cells[column])
            for name in listed.names if listed and not ctx.text[listed.span.end : cells[column].end].strip() else ():
                ctx.claim(own_row[1], "appliesTo", place(ctx, name), (own_row[0],), "locations.column")


def _says(ctx: Context, task: Mention, span: Span) -> bool:
    """Tell whether a task's own words hold those of a stretch."""
    return ctx.text[span.start : span.end].replace(" ", "") in task.label


def _in_cell_of(ctx: Context, row: tuple[Span, Mention], span: Span) -> bool:
    """Tell whether a stretch of a row stands in the cell that names its task: other cells name bodies, dates and more."""
    (low, high), task = row
    cell = ctx.text[behind_last(ctx.text, "\t", low, span.start) : before_first(ctx.text, "\t", span.end, high)]
    return task.label in cell.replace(" ", "")


def _located(ctx: Context) -> set[tuple[Span, str]]:
    """Give the places that targets and measures have in each sentence: the task that holds them is not said to be there as well."""
    return {(c.spans[0], c.object.label) for c in ctx.claims_of("appliesTo") if c.subject.cls in ("Target", "Measure")}


def _targets(ctx: Context) -> None:
    """Add the place of each target whose clause begins with one, or follows in the sentence a clause that does; each number may have its own."""
    by_sentence: dict[Span, list[Mention]] = {}
    for claim in ctx.claims_of("hasTarget"):
        by_sentence.setdefault(claim.spans[0], []).append(claim.object)
        if whose := part_of(claim):
            # 其中滨湖区3家, and a table whose rows are places: the target's own name says whose it is.
            ctx.claim(claim.object, "appliesTo", place(ctx, whose), (claim.spans[0],), _TARGET)
    lists = ctx.once(_stated_at) if by_sentence else []
    starts = [listed.span.start for listed in lists]
    leaves, among_them, shared, apart = (ctx.pattern(_TARGET, key) for key in ("leaves", "among", "each", "apart"))
    for sentence, targets in by_sentence.items():
        here: tuple[str, ...] = ()
        # What is done 在甲、乙等地 goes on in the clauses behind, but for what is said of the whole, of another year or of no place at all.
        done_here = elsewhere = False
        for clause in clauses_in(ctx.text, *sentence):
            opening = _opening(ctx, clause)
            at = bisect_left(starts, clause.start)
            done = lists[at] if at < len(lists) and lists[at].span.start < clause.end else None
            if opening:
                here, done_here = opening.names, False
            elif done:
                here, done_here = done.names, True
            elif elsewhere or (done_here and leaves.search(ctx.text[clause.start : clause.end])):
                here = ()
            # 新建管网620公里，其中甲区260公里，新增处理能力12万吨: the part is of one clause.
            among = opening is not None and among_them.match(ctx.text, *clause) is not None
            each = opening is not None and shared.search(ctx.text, opening.span.end, clause.end) is not None
            # 甲镇、乙镇分别新建…900亩，比例达到85%: what each of them builds is of one clause, too.
            named = done is not None and not opening and (done.of_things or apart.search(ctx.text, *clause) is not None)
            elsewhere = among or each or named
            quantities = quantities_in(ctx.vocabulary, ctx.text, *clause) if here else []
            if each and len(quantities) != len(here):
                # 甲、乙、丙分别建成若干: which of the places each number is for is not said.
                continue
            former = clause.start
            for number, quantity in enumerate(quantities):
                # 其中甲县建成3个、乙县建成5个: the number has a place of its own.
                own = None if each else _opening(ctx, Span(former, quantity.start))
                former = quantity.end
                here = own.names if own else here
                for target in targets:
                    attrs = ctx.attrs_of(target)
                    if attrs.get("yf:value") == quantity.lower and attrs.get("yf:unitText", "") == quantity.unit.unit_text:
                        names = here[number : number + 1] if each else here
                        # 甲省、乙省各不少于3家: what bears the name of one of them is the target of that one.
                        for name in [name for name in names if target.label.startswith(name)] or names:
                            ctx.claim(target, "appliesTo", place(ctx, name), (sentence,), _TARGET)


def _opening(ctx: Context, span: Span) -> Listed | None:
    """Give the places that a stretch begins with."""
    opens = ctx.pattern(_TARGET, "opens").match(ctx.text, *span)
    at = opens.end() if opens else span.start
    return places_from(ctx.vocabulary, ctx.text, at, span.end)
