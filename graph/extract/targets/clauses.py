"""One clause with numbers: which of them a plan sets, of what, and for which year."""

from __future__ import annotations

import re
from functools import cached_property

from ...core.model import Span
from ...text.numerals import parse_count
from ...text.sentences import clauses_in
from ..context import Context
from .brackets import enclosed, within
from .clause_forms import Forms
from .fragments import pieces_in
from .indicator_names import Namer
from .quantities import Quantity, quantities_in
from .target_statements import Stater
from .years import State, plan_years

_BRACKET = "（"
_JOINT = "、"
_MOST_NUMBERS = 40
"""How many numbers a clause may hold."""
_OPENING = 12
"""Within how many characters a clause says how many years there are."""
_CENTURY = "20"
"""What every year of a plan begins with."""
_SHORT_RATE = 3
"""How long the name of a rate is that has its thing from the one before it (及时率、处置率)."""
_RELATIVE = (("year.this", 0), ("year.next", 1))
"""Roles of words for years that a reader counts from the document's own."""


class Clauses:
    """Reads clauses for targets with the patterns and words of one vocabulary."""

    def __init__(self, ctx: Context, issued: int) -> None:
        self.ctx = ctx
        self.issued = issued
        self.times = ctx.vocabulary.role("unit.times")
        self.namer = Namer(ctx)
        self.stater = Stater(ctx)
        self.forms = Forms(ctx, self.namer, self.stater)
        start, end = plan_years(ctx)
        self._five = ctx.vocabulary.word("wording.five")
        self._terms = (ctx.vocabulary.word("wording.year"), ctx.vocabulary.word("wording.term"))
        self._ends = (end - start + 1, end) if start and end else None
        """How many years the plan is for, as its title says, and the last of them."""
        self.own = False
        """Whether the year of the sentence is its own: that of a deadline with its month, or one that the sentence does not open with."""
        self.annual = False
        """Whether the plan is for one year, whose goals all of its text sets."""
        self.opens_until = 0
        """Up to where a year opens the sentence."""
        self.since: int | None = None
        """The year that the sentence opens with, where what it says is to be so from then on (2027年起)."""

    @cached_property
    def never(self) -> re.Pattern[str]:
        """Give the pattern of what stands beside numbers that are no targets."""
        return self.ctx.regex("target.never")

    def term(self, clause: Span, state: State) -> bool:
        """Take a clause that says how many years there are (力争用三年时间，…; 三年累计…; 规划期内…): a plan for so many counts to its end.

        So does one for the years of a five-year plan (到“十五五”末). Tell whether the clause sums up what there is to be then
        (贷款三年累计发放4亿元): for that a noun and its number are enough.
        """
        near = min(clause.end, clause.start + _OPENING)
        period = self.ctx.find("years.period")(self.ctx.text, *clause) if self.ctx.text.find(self._five, clause.start, near) >= 0 else None
        ends = [p.end for p in self.ctx.vocabulary.periods if p.name.strip("“”") == period["name"].strip("“”")] if period else []
        if ends and ends[0] > self.issued > 0:
            state.year, self.own = ends[0], clause.start > self.opens_until
        if self._ends is None:
            return False
        in_all = self.ctx.pattern("clauses.summed").search(self.ctx.text, *clause) if self.ctx.text.find(self._terms[0], *clause) >= 0 else None
        if in_all and not self.ctx.is_interpretation and parse_count(in_all["years"]) == self._ends[0]:
            state.year, self.own = self._ends[1], in_all.start() > self.opens_until
            return True
        if not any(self.ctx.text.find(word, clause.start, near) >= 0 for word in self._terms):
            return False
        term = self.ctx.find("clauses.term")(self.ctx.text, *clause)
        if term and self.ctx.is_interpretation and not term["years"]:
            return False
        if term and (term["whole"] or parse_count(term["years"] or term["in_all"]) == self._ends[0]):
            state.year, self.own = self._ends[1], clause.start > self.opens_until
        return False

    def date(self, clause: Span, state: State) -> None:
        """Take the year that a clause names, and that which a change is reckoned from."""
        ctx, text = self.ctx, self.ctx.text
        state.base = None
        for role, later in _RELATIVE:
            if self.issued and text.startswith(ctx.vocabulary.role(role), clause.start):
                state.year = self.issued + later
        for match in ctx.within(clause, "nouns.year"):
            aside = enclosed(text, *clause)
            if within(aside, match.start()):
                # 第二阶段（2028—2030年），…: the bracket says until when the phase goes on.
                opened = max(start for start, _ in aside if start <= match.start())
                if ctx.pattern("years.phase").search(text, clause.start, opened):
                    state.year = int(match["year"])
                continue
            if match["base"] or ctx.find("clauses.compared")(text, match.end()):
                state.base = int(match["year"])
            elif match["end"] not in ctx.vocabulary.role("year.since"):
                state.year = int(match["year"])
                # 2026—2030年，财政每年安排5000万元。: through these years, and for no other sentence's number.
                through = match[0].count(_CENTURY) > 1
                self.own = match["month"] is not None or match.start() > self.opens_until or through
            elif match.start() <= self.opens_until and int(match["year"]) >= self.issued:
                self.since = int(match["year"])

    def read(self, clause: Span, previous: Span | None, sentence: Span, state: State, *, granted: bool) -> None:
        """State the targets of a clause; `previous` is the clause before it, `granted` tells that the sentence says what is paid for something."""
        ctx, text = self.ctx, self.ctx.text
        if (state.year is not None and state.year < self.issued) or ctx.find("clauses.by_standard")(text, *clause):
            # 按照每1000户设置1处的标准，…: how it is done, and of what size each is.
            return
        aside, ages = enclosed(text, *clause), ctx.vocabulary.role("unit.age")
        found = [
            q
            for q in quantities_in(ctx.vocabulary, text, clause.start, clause.end)
            if not within(aside, q.start) and not (q.unit.unit_text in ages and ctx.find("clauses.aged")(text, q.end - q.tail))
        ]
        if all(q.is_time and q.kind == "bare" for q in found):
            return
        if granted:
            # 给予最高30%的补助 is support; 补助资金用于产业的比重提高到60% says where the money is to go.
            # 资金总投入超过4800万元 is what will be spent in all, and no rate of support.
            in_all = ctx.pattern("clauses.in_all")
            found = [
                q
                for q in found
                if (q.is_ratio and ctx.find("clauses.raised")(text, q.reach)) or (q.is_money and in_all.search(text, clause.start, q.reach))
            ]
        if not found:
            return
        if len(found) > _MOST_NUMBERS:
            # A table that lost its cells: which number is whose is not clear.
            return
        each_own = ctx.vocabulary.role("target.each_own")
        several = ctx.find("clauses.several")(text, *clause) if len(found) > 2 else None
        if several and found[0].start == several.start():
            # 两个片区集聚企业分别达到80家、50家: of how many places the values are.
            found = found[1:]
        if len(found) > 1 and any(word in text[clause.start : found[0].start] for word in each_own):
            self.forms.respectively(clause, previous, found, sentence, state)
            return
        forms = (self.forms.fund, self.forms.capability, self.forms.worked_on, self.forms.each, self.forms.each_year)
        if any(form(clause, found, sentence, state) for form in forms):
            return
        pieces = pieces_in(text, clause, found, self.namer.build)
        # 人数超过30人、井深超过800米的矿山 : several marks of one thing.
        marks = not state.is_goal and bool(pieces) and pieces[-1].after.startswith(ctx.vocabulary.role("particle.of"))
        marks = marks and not (pieces[-1].quantity.is_ratio and pieces[-1].quantity.tail and not pieces[-1].before.strip())
        before = text[previous.start : previous.end] if previous else ""
        own, beside = None, list[str]()
        waiting: tuple[str, Quantity, int] | None = None
        self.namer.site = self._site(sentence.start, clause.start)
        for piece in pieces:
            quantity = piece.quantity
            own = self._own_year(piece.before, kept=quantity.kind == "level" and quantity.is_ratio) or own
            if quantity.kind == "bare" and (quantity.is_time or ctx.find("clauses.graded")(text, quantity.start, clause.end)):
                continue
            near = text[max(clause.start, quantity.start - 4) : min(quantity.end + 4, clause.end)]
            if marks and not piece.builds and not self.namer.shares(piece):
                continue
            if self._never_in(near) and not quantity.reduced and not self.namer.lasts(piece):
                continue
            # 每年开展不少于2次筛查 says how often; 检查每月不少于2次 sets a level.
            of_times = quantity.unit.unit_text in self.times
            counts_times = of_times and (bool(piece.after) if quantity.marked else quantity.kind == "bare")
            if counts_times and ctx.find("clauses.how_often")(text, clause.start, quantity.end - quantity.tail):
                continue
            if quantity.is_money and not state.is_goal and ctx.find("names.gives")(text[(previous or clause).start : quantity.reach]):
                # 市财政局每年安排渔业专项不少于800万元, 设立专项资金，五年安排15亿元: what is paid, and no goal.
                continue
            if ctx.find("clauses.support_rate")(text, clause.start, quantity.start):
                # 支付比例为90%: what a rule pays, and no goal.
                continue
            if (quantity.is_time or of_times) and ctx.find("clauses.weekly")(text, clause.start, quantity.start):
                # 每周开放不少于14小时; 每周开行不少于6班 counts what is done.
                continue
            label = self.namer.name(piece, before, state)
            done = self.namer.nouns.done(piece.before.lstrip(_JOINT)) if own else ""
            if waiting and label and (waiting[0], waiting[1].unit) == (done, quantity.unit):
                # 2026年完成60家、2027年完成75家市场改造: what the first number counts stands behind the second.
                self.stater.state(label, waiting[1], State(waiting[2], state.base, state.is_goal), sentence)
            waiting = (done, quantity, own) if own and done and not label and not piece.after.strip(_JOINT) else None
            if label:
                beside.append(label)
                at_least = self.namer.holds(piece) or (quantity.comparator == "=" and ctx.find("clauses.at_least")(piece.before))
                quantity = quantity._replace(comparator=">=") if at_least else quantity
                dated = ctx.find("clauses.dated_behind")(text, quantity.end) if text.startswith(_BRACKET, quantity.end) else None
                year = int(dated["year"]) if dated and int(dated["year"]) >= self.issued else own
                governing = None if self._every_year(piece.before, sentence.start, quantity.start, state) else state.year
                # 2027年起，办结率达到90%以上: the level is there from that year on.
                since = self.since if quantity.kind == "level" else None
                spot = State(year or since or governing or self._until(clause.end, sentence.end), state.base, state.is_goal)
                for one, literal in self._each_of(label) or [(label, self.namer.literal)]:
                    self.stater.state(one, quantity, spot, sentence, literal, part=self.namer.part)
        if len(beside) > 1:
            self.namer.beside = beside

    def builds(self, clause: Span) -> bool:
        """Tell whether a clause says that so many of something are built or done (新增首贷户2000户)."""
        found = quantities_in(self.ctx.vocabulary, self.ctx.text, *clause)[:1]
        counted = found and found[0].kind != "change" and not (found[0].is_money or found[0].is_ratio or found[0].is_time)
        return bool(counted and self.namer.nouns.built(self.ctx.text[clause.start : found[0].reach]))

    def _never_in(self, near: str) -> bool:
        """Tell whether what stands beside a number says that it is no target; 年内 alone is this year, and no span of years."""
        never = self.never.search(near)
        return never is not None and not self.ctx.find("clauses.this_year")(near, never.start())

    def _each_of(self, label: str) -> list[tuple[str, str]]:
        """Give the measures that a label lists and that one value is set for (报告及时率、处置率), with the name of each in the text; else none.

        One that is as short as the end of the first is of the same thing.
        """
        first, *others = label.split("、")
        if not others or not all(map(self.namer.nouns.is_measure, (first, *others))):
            return []
        shared = [first[: -len(other)] + other if len(first) > len(other) + 1 and len(other) <= _SHORT_RATE else other for other in others]
        return [(first, first), *zip(shared, others, strict=True)]

    def bracketed(self, clause: Span) -> list[Span]:
        """Give the clauses of a bracket that goes on counting: 集聚企业100家（其中上市企业3家）."""
        match = self.ctx.find("clauses.bracketed")(self.ctx.text, *clause) if self.ctx.text.find(_BRACKET, *clause) >= 0 else None
        return clauses_in(self.ctx.text, *match.span("inside")) if match else []

    def _own_year(self, before: str, *, kept: bool) -> int | None:
        """Give the year that a piece of a clause has to itself: 比例2028年达到10%、2030年达到20%.

        Of a share that is kept it may be the year from which on it is (2027年起佩戴率保持在99%以上).
        """
        if self.ctx.vocabulary.word("wording.year") not in before:
            return None
        since = () if kept else self.ctx.vocabulary.role("year.since")
        years = [m for m in self.ctx.pattern("nouns.year").finditer(before) if not m["base"] and m["end"] not in since]
        year = int(years[-1]["year"]) if years and not self.ctx.find("clauses.compared")(before, years[-1].end()) else 0
        return year if year >= self.issued else None

    def _every_year(self, before: str, start: int, end: int, state: State) -> bool:
        """Tell whether a number is one of every year, for which no goal and no year of its own sentence sets an end (每年培养500人).

        In a plan for one year it is one, whatever the plan counts for that year.
        """
        yearly = (self.annual or not state.is_goal) and self.ctx.find("clauses.each_year")(before)
        return bool(yearly) and not self.ctx.pattern("nouns.year").search(self.ctx.text, start, end)

    def _until(self, start: int, end: int) -> int | None:
        """Give the year by which a sentence wants done what it counted before: 改造渔港20座，2027年底前全部完成."""
        # What is told of a site's size is told of one thing: when it is to be there may stand behind all of it.
        form = self.ctx.pattern("clauses.done_by")
        match = form.search(self.ctx.text, start, end) if self.namer.site else form.match(self.ctx.text, start, end)
        return int(match["year"]) if match and int(match["year"]) >= self.issued else None

    def _site(self, start: int, end: int) -> str:
        """Give what the clauses before say is to be built, whose size is told next: 建成集散中心，占地60亩; empty where they say of nothing."""
        if end <= start:
            return ""
        forms = (self.ctx.find(f"clauses.{form}")(self.ctx.text, start, end) for form in ("site", "site_by"))
        return next((match["thing"] for match in forms if match), "")
