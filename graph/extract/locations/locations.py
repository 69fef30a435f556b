"""Places of plans, work, targets and bodies: 海州市…行动计划, 在江苏、山东开展试点, 滨湖区建成渔港3个，南山县建成渔港5个.

Names come from the table of divisions (GB/T 2260) and regions; others are told by how they end, and only where the words around them say that
something is done there. One indicator of five districts is five targets, each of its own place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from ...core.model import Attributes, Mention, Span
from ...core.rules import template
from ...core.vocabulary import Vocabulary
from ...text.sentences import clauses_in
from ..bodies.places import Place, place_in, place_of
from ..context import Context
from ..deadlines.work import Work
from ..targets.quantities import quantities_in
from .layout import bare, chosen, layouts, objects, own, scope, subjects, zones
from .names import place_end, place_pattern, place_template

_WORK, _TARGET = "locations.work", "locations.target"
_KIND = "place.kind."


@cache
def _list_of_places(vocabulary: Vocabulary) -> re.Pattern[str]:
    one = place_template(vocabulary)
    opens, joins, closes = (template(vocabulary, _WORK, key) for key in ("opens", "joins", "closes"))
    return re.compile(rf"{opens}(?P<list>(?:(?(2){joins})({one}))+){closes}")


def _done_at(ctx: Context) -> list[re.Match[str]]:
    """Give the lists of places where something is done; tried where a place follows a word that opens such a list."""
    found: list[re.Match[str]] = []
    for opening in ctx.everywhere(_WORK, "opens"):
        if not (found and opening.start() < found[-1].end()) and place_end(ctx.vocabulary, ctx.text, opening.end()):
            match = _list_of_places(ctx.vocabulary).match(ctx.text, opening.start())
            if match:
                found.append(match)
    return found


@cache
def _opening(vocabulary: Vocabulary) -> re.Pattern[str]:
    one = place_template(vocabulary)
    return re.compile(template(vocabulary, _TARGET, "opens") + f"(?P<places>{one}(?:{template(vocabulary, _TARGET, 'joins')}{one})*)")


def find_places(ctx: Context, work: Work) -> None:
    """Add the place of the plan, of its bodies, and the places of tasks, measures and targets."""
    if ctx.plan is None:
        return
    here = place_of(ctx)
    _plan(ctx, here)
    if not ctx.has_work:
        return
    _bodies(ctx, here)
    _targets(ctx)
    _work(ctx, work)
    _named(ctx, work, here)


@cache
def _endings(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Give how names of places end, each with the kind of place that it tells."""
    return tuple((word, role.removeprefix(_KIND)) for role, words in vocabulary.words.items() if role.startswith(_KIND) for word in words)


def _kind(vocabulary: Vocabulary, label: str, otherwise: str = "") -> str:
    """Tell what kind of place a name is: what the text around says of it, else its longest known ending."""
    return otherwise or max(((len(word), kind) for word, kind in _endings(vocabulary) if label.endswith(word)), default=(0, "region"))[1]


def place(ctx: Context, name: str, kind: str = "", short: str = "") -> Mention:
    """Give the place of a name and say what it is; `kind` is for a name that does not say it itself, `short` the word that stands for it."""
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
    name = here.county or here.city or here.province
    spans = [claim.spans[0] for claim in ctx.claims_of("issuedBy") if name and name in claim.object.label]
    for span in (ctx.plan_span, *spans) if name else ():
        if ctx.text.find(name, *span) >= 0:
            ctx.claim(ctx.plan, "appliesTo", place(ctx, name), ctx.with_plan(span), "locations.plan")
            return


def _bodies(ctx: Context, here: Place) -> None:
    """Add the place that the name of a body begins with, where the text has the name as it stands."""
    for claim in tuple(ctx.bodies.values()):
        body = claim.object
        named = place_in(body.label)
        own_name, short = _own_name(ctx, here, body.label)
        name = named.county or named.city or named.province or own_name
        # Of 甲市、乙市人民政府 only the last bears the whole name; the others stand as their place.
        stands = name if body.label.removeprefix(name) in ctx.vocabulary.role("org.government") else body.label
        span = next((s for s in claim.spans if ctx.text.find(stands or body.label, *s) >= 0), None)
        proper = ctx.vocabulary.knows("Place", name) or ctx.pattern("locations.name").fullmatch(name)
        if name and span is not None and name != body.label and proper:
            ctx.claim(body, "ofPlace", place(ctx, name, short=short), (span,), "locations.body")


def _own_name(ctx: Context, here: Place, label: str) -> tuple[str, str]:
    """Give the plan's own place, and its short name, where a body's name begins with that (海州海关 in a plan of 海州市); else nothing."""
    name = here.county or here.city or here.province
    short = ctx.pattern("locations.own", "unit").sub("", name)
    rest = label.removeprefix(short)
    # 海州湾海关 may be the customs of a bay: what goes on must itself be all that names a body.
    stands = len(short) > 1 and rest != label and rest in ctx.vocabulary.role("org.suffix")
    return (name, short) if stands else ("", "")


def _work(ctx: Context, work: Work) -> None:
    """Add the places where a sentence says that work is done."""
    for match in ctx.once(_done_at):
        sentence = ctx.sentence(match.start())
        if ctx.regex("told.past").search(ctx.text, sentence.start, match.start()):
            continue
        # A measure that names the place itself is done there; what else the sentence says may be done elsewhere.
        measures = [measure for measure in work.behind(sentence.start, sentence, sentence.end) if match[0] in measure.label]
        named: list[tuple[Mention, tuple[Span, ...]]] = [(measure, (sentence,)) for measure in measures]
        around = None if named else work.around(match.start())
        for subject, spans in named or ([(around[0], (sentence, ctx.head_span(around[1])))] if around else []):
            for found in place_pattern(ctx.vocabulary).finditer(match["list"]):
                ctx.claim(subject, "appliesTo", place(ctx, found[0]), spans, _WORK)


def _named(ctx: Context, work: Work, here: Place) -> None:
    """Add the places that the form of a sentence names: bare names, the parts of a layout, who is to do it, what is chosen."""
    located, rows = _located(ctx), _rows(ctx)
    for found in (*ctx.once(bare), *subjects(ctx), *zones(ctx), *layouts(ctx), *chosen(ctx), *objects(ctx), *own(ctx, here)):
        sentence, around = ctx.sentence(found.span.start), work.around(found.span.start)
        told = ctx.regex("told.past").search(ctx.text, sentence.start, found.span.end)
        said = ctx.text[found.span.start : found.span.end].replace(" ", "")
        # A row speaks of its own task and of nothing above the table; the cell that names the task is meant, and none beside it.
        own_row = next(((row, task) for row, task in rows if row.start <= found.span.start < row.end), None)
        if own_row is not None:
            for name in found.names if said in own_row[1].label else ():
                ctx.claim(own_row[1], "appliesTo", place(ctx, name, found.kind, found.short), (own_row[0],), found.rule)
            continue
        for name in found.names if around and not told else ():
            assert around is not None
            if (sentence, name) not in located:
                ctx.claim(around[0], "appliesTo", place(ctx, name, found.kind, found.short), (sentence, ctx.head_span(around[1])), found.rule)
    for found in scope(ctx):
        # In the text of a task it is the task that is done there.
        for name in found.names if ctx.plan and work.around(found.span.start) is None else ():
            assert ctx.plan is not None
            ctx.claim(ctx.plan, "appliesTo", place(ctx, name), ctx.with_plan(ctx.sentence(found.span.start)), found.rule)


def _rows(ctx: Context) -> list[tuple[Span, Mention]]:
    """Give the tasks that only a row of a table names, each with its row."""
    return [(c.spans[0], c.object) for c in ctx.claims_of("hasTask") if c.rule == "divisions.tabled"]


def _located(ctx: Context) -> set[tuple[Span, str]]:
    """Give the places that targets and measures have in each sentence: the task that holds them is not said to be there as well."""
    return {(c.spans[0], c.object.label) for c in ctx.claims_of("appliesTo") if c.subject.cls in ("Target", "Measure")}


def _targets(ctx: Context) -> None:
    """Add the place of each target whose clause begins with one, or follows in the sentence a clause that does."""
    by_sentence: dict[Span, list[Mention]] = {}
    for claim in ctx.claims_of("hasTarget"):
        by_sentence.setdefault(claim.spans[0], []).append(claim.object)
    lists = ctx.once(_done_at) if by_sentence else []
    starts = [match.start() for match in lists]
    for sentence, targets in by_sentence.items():
        here: list[str] = []
        # What is done 在甲、乙等地 is said of one clause; a clause that begins with a place speaks for those behind it too.
        elsewhere = False
        for clause in clauses_in(ctx.text, *sentence):
            opening = _opening(ctx.vocabulary).match(ctx.text, clause.start, clause.end)
            at = bisect_left(starts, clause.start)
            done = lists[at] if at < len(lists) and lists[at].end() <= clause.end else None
            each = False
            if opening:
                here = [found[0] for found in place_pattern(ctx.vocabulary).finditer(opening["places"])]
                each = ctx.pattern(_TARGET, "each").search(ctx.text, opening.end(), clause.end) is not None
            elif done:
                here = [found[0] for found in place_pattern(ctx.vocabulary).finditer(done["list"])]
            elif elsewhere:
                here = []
            elsewhere = bool(done and not opening)
            quantities = quantities_in(ctx.vocabulary, ctx.text, *clause) if here else []
            if each and len(quantities) != len(here):
                # 甲、乙、丙分别建成若干: which of the places each number is for is not said.
                continue
            for number, quantity in enumerate(quantities):
                for target in targets:
                    attrs = ctx.attrs_of(target)
                    if attrs.get("yf:value") == quantity.lower and attrs.get("yf:unitText", "") == quantity.unit.unit_text:
                        for name in here[number : number + 1] if each else here:
                            ctx.claim(target, "appliesTo", place(ctx, name), (sentence,), _TARGET)
