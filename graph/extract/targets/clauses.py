"""Quantified targets: indicator, comparator, value or range, unit, year.

A number is a target where the plan sets it: in the goals, where a sentence names its horizon, or in a task with a verb that sets it
(达到, 培育 …). A number of the past (截至, 已, a year before the plan's own) is none, and neither is a condition (500万元及以下的, 给予最高100万元).
A carried year (到2025年，…) governs until the next one in its section.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cached_property

from ...core.model import Span
from ...text.enumerations import clean, split_list
from ...text.sentences import clauses_in, sentences_in
from ..context import Context
from ..outline import Item
from .fragments import pieces_in
from .indicator_names import Namer
from .noun_phrases import LONGEST, YEAR
from .quantities import Quantity, quantities_in
from .target_statements import Stater
from .years import HORIZON, State, annual_year, issue_year, next_paragraph, year_of_section

_OPEN, _CLOSE = "（(《“", "）)》”"
_NUMERAL = re.compile(
    r"[0-9翻百千万亿一二三四五六七八九十两](?:(?<=[0-9])|(?<=翻).番|[个项家种款件条名所座支成]|(?<=[破过到达超].)(?:[百千万亿元人户台辆吨亩]))"
)
_FUND = re.compile(r"的(?P<fund>[^，。；]{2,20}?基金)")
_FOUNDS = re.compile(r"(?:设立|组建|成立|发起|建立|形成|打造)(?:总?规模(?:为|达到?|不低于|超过)?)?(?:不低于|超过|约)?$")
_YEARS = re.compile(r"(?:[到至、和]|20\d{2}年(?:末|底)?)+")
_RAISED = re.compile(r"提高|提升|增|扩大|降|压|缩|达到")
_AT_LEAST = re.compile(r"(?:至少|最少|不少于)[^，。；\d]{0,4}$")
_RELATIVE = (("year.this", 0), ("year.next", 1))
"""Roles of words for years that a reader counts from the document's own."""


def find_targets(ctx: Context) -> None:
    """Add indicators with their targets from goal sections, sentences that name a horizon, and tasks of a plan's own text."""
    if ctx.plan is None or not ctx.has_work:
        return
    reader = _Reader(ctx, issue_year(ctx))
    items = sorted(ctx.outline.items, key=lambda i: i.role != "goal")
    first = min((item.start for item in items), default=len(ctx.text))
    for item in items:
        _item(ctx, reader, item)
    if not ctx.is_interpretation:
        reader.horizons(0, first)


def _item(ctx: Context, reader: _Reader, item: Item) -> None:
    end = max(item.body.end, item.head.end)
    if not reader.counts(item.start, end):
        return
    is_goal = item.role == "goal"
    works = item.start in ctx.tasks or (item.start in ctx.containers and item.role == "task") or _boxed(ctx, item)
    if not is_goal and not works:
        if item.role not in ("", "overall") or ctx.is_interpretation:
            return
        if not reader.annual:
            reader.horizons(item.start, end)
            return
    # All that a plan for one year counts is what that year is to bring.
    state = State((year_of_section(ctx, item) if is_goal else None) or reader.annual, None, is_goal or reader.annual is not None)
    start = item.head.end if item.start in ctx.containers or not item.heading_only else item.start
    if item.kind in ("bullet", "numbered") or item.start not in ctx.containers:
        start = item.head.start
    reader.namer.heading = ctx.outline.label(item) if _boxed(ctx, item) and ctx.text[item.head.end : item.head.end + 1] in "：:" else ""
    for line in ctx.lines_in(start, end):
        low, high = max(start, line.start), min(end, line.end)
        if line.kind != "row" and low < high:
            reader.line(low, high, state)
            next_paragraph(ctx, state, Span(low, high))


def _boxed(ctx: Context, item: Item) -> bool:
    """Tell whether an item stands in a box (专栏3 …), which spells out what the section around it is to do."""
    return item.role in ("", "task") and any(holder.kind == "box" for holder in (item, *ctx.outline.ancestors(item)))


class _Reader:
    """Reads lines for targets with the patterns and words of one vocabulary."""

    def __init__(self, ctx: Context, issued: int) -> None:
        self.ctx = ctx
        self.issued = issued
        self.annual = annual_year(ctx, issued)
        # A plan for one year looks to it wherever it names it.
        self._horizon = re.compile(rf"(?P<year>{self.annual})年") if self.annual else HORIZON
        self.numerals = [match.start() for match in _NUMERAL.finditer(ctx.text)]
        self.grant_for = ctx.vocabulary.role("target.grant_for")
        self.namer = Namer(ctx)
        self.stater = Stater(ctx)

    @cached_property
    def past(self) -> re.Pattern[str]:
        """Give the pattern of a word that makes a sentence one of the past."""
        return self.ctx.regex("target.past")

    @cached_property
    def never(self) -> re.Pattern[str]:
        """Give the pattern of what stands beside numbers that are no targets."""
        return self.ctx.regex("target.never")

    @cached_property
    def future(self) -> re.Pattern[str]:
        """Give the pattern of a word that looks ahead."""
        return self.ctx.regex("target.future")

    @cached_property
    def next(self) -> re.Pattern[str]:
        """Give the pattern of a phrase after which an answer looks ahead."""
        return self.ctx.regex("target.next")

    @cached_property
    def grant(self) -> re.Pattern[str]:
        """Give the pattern of a word of support."""
        return self.ctx.regex("target.grant")

    def counts(self, low: int, high: int) -> bool:
        """Tell whether a stretch holds a numeral that may count or measure."""
        at = bisect_left(self.numerals, low)
        return at < len(self.numerals) and self.numerals[at] < high

    def horizons(self, low: int, high: int) -> None:
        """Read paragraphs that are no goals by their heading from the sentence on that names a horizon (到2027年，…)."""
        text = self.ctx.text
        for line in self.ctx.lines_in(low, high):
            start, end = max(low, line.start), min(high, line.end)
            horizon = self._horizon.search(text, start, end)
            if line.kind == "row" or not horizon or not self.issued <= int(horizon["year"]):
                continue
            self.line(max(self.ctx.sentence(horizon.start()).start, start), end, State(self.annual, None, True))

    def line(self, low: int, high: int, state: State) -> None:
        """Read the sentences of one line."""
        text = self.ctx.text
        if not self.counts(low, high):
            return
        # Once an answer speaks of what comes next (下一步，…), the rest of it does.
        paragraph = self.ctx.lines_in(low, high)[0].start if self.ctx.is_interpretation else low
        ahead = self.next.search(text, paragraph, high) if self.ctx.is_interpretation else None
        for sentence in sentences_in(text, low, high):
            if not self.counts(*sentence):
                continue
            past = self._past_from(sentence)
            if past <= sentence.start:
                continue
            horizon = HORIZON.search(text, *sentence)
            # An interview tells what has been reached as well: a level is a target only where the future is spoken of.
            self.namer.only_builds = (
                self.ctx.is_interpretation
                and horizon is None
                and not (ahead and ahead.start() < sentence.end)
                and not self.future.search(text, *sentence)
            )
            grants = [match.start() for match in self.grant.finditer(text, *sentence)]
            granted = False
            if text[sentence.start - 1 : sentence.start] != "；":
                self.namer.forget()
            self.stater.fresh = sentence.start
            previous: Span | None = None
            is_goal, year = state.is_goal, state.year
            for clause in clauses_in(text, sentence.start, sentence.end):
                if not self.counts(*clause):
                    previous = clause
                    continue
                if clause.end > past:
                    break
                self._years(clause, state)
                state.is_goal = is_goal or (horizon is not None and horizon.end() <= clause.end)
                # A grant reaches from the clause that says for what it is to the end of the sentence: 对…的，按20%，最高500万元给予支持.
                given = any(clause.start <= place < clause.end for place in grants)
                leads = bool(grants) and grants[-1] > clause.end and text.startswith(self.grant_for, clause.start)
                granted = granted or given or leads
                self._clause(clause, previous, sentence, state, granted=granted and not is_goal)
                previous = clause
            state.is_goal = is_goal
            if state.year and state.year < self.issued:
                state.year = year

    def _past_from(self, sentence: Span) -> int:
        """Give the place from which on a sentence speaks of what has been reached: its start, a word that tells of today, or its end.

        What is there and is to be rebuilt (改扩建现有20个…) is not that, and neither is what a target starts from (由目前的60%提升至95%).
        """
        text = self.ctx.text
        for match in self.past.finditer(text, *sentence):
            if text[match.start() - 1] in "由从" and match[0] in self.ctx.vocabulary.role("target.today"):
                continue
            if match[0] not in self.ctx.vocabulary.role("target.today"):
                return sentence.start
            if match[0] not in self.ctx.vocabulary.role("target.there") or not self.namer.build.search(text, sentence.start, match.start()):
                return match.start()
        return sentence.end

    def _years(self, clause: Span, state: State) -> None:
        ctx, text = self.ctx, self.ctx.text
        state.base = None
        for role, later in _RELATIVE:
            if self.issued and text.startswith(ctx.vocabulary.role(role), clause.start):
                state.year = self.issued + later
        for match in YEAR.finditer(text, clause.start, clause.end):
            if inside(text, clause.start, match.start()):
                continue
            following = text[match.end() : match.end() + 4]
            if match["base"] or following.startswith(("相比", "基础上", "增长", "提高", "的基础")):
                state.base = int(match["year"])
            elif match["end"] not in ("起", "以来"):
                state.year = int(match["year"])

    def _clause(self, clause: Span, previous: Span | None, sentence: Span, state: State, *, granted: bool) -> None:
        ctx, text = self.ctx, self.ctx.text
        found = [
            q
            for q in quantities_in(ctx.vocabulary, text, clause.start, clause.end)
            if not inside(text, clause.start, q.start)
        ]
        if all(q.is_time and q.kind == "bare" for q in found) or (state.year is not None and state.year < self.issued):
            return
        if granted:
            # 给予最高30%的补助 is support; 补助资金用于产业的比重提高到60% says where the money is to go.
            found = [q for q in found if q.is_ratio and _RAISED.match(text, q.reach)]
        if not found:
            return
        if "分别" in text[clause.start : found[0].start] and len(found) > 1:
            self._respectively(clause, previous, found, sentence, state)
            return
        if self._fund(clause, found, sentence, state):
            return
        pieces = pieces_in(text, clause, found, self.namer.build)
        # 人数超过30人、井深超过800米的矿山 : several marks of one thing.
        marks = not state.is_goal and bool(pieces) and pieces[-1].after.startswith("的")
        before = text[previous.start : previous.end] if previous else ""
        for piece in pieces:
            quantity = piece.quantity
            if quantity.is_time and quantity.kind == "bare":
                continue
            near = text[max(clause.start, quantity.start - 4) : quantity.end + 4]
            if (marks and not piece.builds) or (self.never.search(near) and not quantity.reduced and not self.namer.lasts(piece)):
                continue
            label = self.namer.name(piece, before, state)
            if label:
                at_least = self.namer.holds(piece) or (quantity.comparator == "=" and _AT_LEAST.search(piece.before))
                quantity = replace(quantity, comparator=">=") if at_least else quantity
                self.stater.state(label, quantity, state, sentence, self.namer.literal)

    def _fund(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> bool:
        """Take the size of a fund that is set up: 设立总规模20亿元的产业基金."""
        quantity = found[0]
        fund = _FUND.match(self.ctx.text, quantity.end, clause.end)
        if not fund or not quantity.is_money or not _FOUNDS.search(self.ctx.text, clause.start, quantity.start):
            return False
        self.stater.state(fund["fund"], quantity, state, sentence)
        return True

    def _respectively(self, clause: Span, previous: Span | None, found: list[Quantity], sentence: Span, state: State) -> None:
        """Pair nouns or years with values: 甲、乙分别达到60%和80%; nothing is guessed where their numbers differ."""
        text = self.ctx.text
        at = text.index("分别", clause.start)
        nouns = [clean(text[s.start : s.end]) for s in split_list(text, clause.start, at, len(found))]
        years = _years_in(text, clause.start, at) or (_years_in(text, *previous) if previous else [])
        lead = found[0]
        for index, quantity in enumerate(found):
            own = quantity if quantity.kind != "bare" else _like(quantity, lead)
            if len(years) == len(found):
                label = self.namer.nouns.cut(_YEARS.sub("", text[clause.start : at], count=1))
                spot = State(years[index], state.base, state.is_goal)
            elif len(nouns) == len(found) and all(len(noun) > 1 for noun in nouns):
                label, spot = self.namer.nouns.cut(nouns[index]), state
            else:
                return
            if 2 <= len(label) <= LONGEST:
                self.stater.state(label, own, spot, sentence)



def _years_in(text: str, start: int, end: int) -> list[int]:
    return [int(m["year"]) for m in YEAR.finditer(text, start, end) if not m["base"]]


def _like(quantity: Quantity, lead: Quantity) -> Quantity:
    """Give a value of a list the comparator and kind that its first value bears."""
    return Quantity(
        quantity.start, quantity.end, quantity.reach, lead.kind, lead.comparator if not quantity.marked else quantity.comparator,
        quantity.lower, quantity.upper, quantity.unit, quantity.marked, quantity.word, quantity.tail, quantity.reduced,
    )  # fmt: skip


def inside(text: str, start: int, position: int) -> bool:
    """Tell whether a place stands in brackets, quotes or a title that opened in the clause."""
    depth = 0
    for char in text[start:position]:
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(depth - 1, 0)
    return depth > 0
