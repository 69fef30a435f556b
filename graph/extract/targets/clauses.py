"""Quantified targets: indicator, comparator, value or range, unit, year.

A number is a target where the plan sets it: in the goals, where a sentence names its horizon, or in a task with a verb that sets it
(达到, 培育 …). A number of the past (截至, 已, a year before the plan's own) is none, and neither is a condition (500万元及以下的, 给予最高100万元).
A year that a sentence opens with (到2025年，…) governs until the next one in its section; one further in is its own in a task.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from ...core.model import Span
from ...text.numerals import parse_count
from ...text.sentences import clauses_in, sentences_in
from ..bodies.duty_tables import divisions_of
from ..context import Context
from ..outline import Item
from ..structure.project_tables import project_rows
from ..structure.section_roles import names_phase
from .clause_forms import Forms
from .fragments import pieces_in
from .indicator_names import Namer
from .quantities import quantities_in
from .target_statements import Stater
from .years import SectionYears, State, annual_year, between, issue_year, next_paragraph

_BRACKET = "（"
_OPEN = "（(《“"
_MARKS = re.compile("[（(《“）)》”]")
_MOST_NUMBERS = 40
"""How many numbers a clause may hold."""
_LEAD = 4
"""How many characters may stand before the year that a sentence opens with (力争到2028年, 全市到2028年)."""
_OPENING = 12
"""Within how many characters a clause says how many years there are."""
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
        _divided(ctx, reader)


def _divided(ctx: Context, reader: _Reader) -> None:
    """Read the cells of tables that divide the work: the task and what is wanted of it (新建基站120座), not who does it and by when."""
    for project in ctx.once(project_rows):
        # What is built until a year is what that year is to bring.
        scale = project.cells.get("scale")
        if scale is not None and reader.counts(*scale):
            reader.line(*scale, State(project.year, None, is_goal=project.year is not None))
    for table, columns in ctx.once(divisions_of):
        if not columns.named:
            continue
        aside = {*columns.bodies, columns.number, columns.deadline}
        for row in table.rows:
            due = row[columns.deadline] if columns.deadline is not None and columns.deadline < len(row) else None
            until = ctx.pattern("years.named").search(ctx.text, *due) if due else None
            year = int(until["year"]) if until and int(until["year"]) >= reader.issued else reader.annual
            for index, cell in enumerate(row):
                if index not in aside and reader.counts(*cell):
                    reader.line(*cell, State(year, None, reader.annual is not None))


def _item(ctx: Context, reader: _Reader, item: Item) -> None:
    end = max(item.body.end, item.head.end)
    if not reader.counts(item.start, end):
        return
    is_goal = item.role == "goal"
    phased = item.role in ("definition", "task") and names_phase(ctx, item)
    # A phase without items below it says in its own sentences what is done until its end.
    until = [int(m["year"]) for m in ctx.pattern("years.named").finditer(ctx.outline.label(item))] if phased and not item.children else []
    works = item.start in ctx.tasks or (item.start in ctx.containers and item.role == "task") or _boxed(ctx, item)
    if not is_goal and not works and not until:
        if (item.role not in ("", "overall") and not phased) or ctx.is_interpretation:
            return
        if not reader.annual:
            reader.horizons(item.start, end)
            return
    # All that a plan for one year counts is what that year is to bring.
    year = reader.years.at(item) if is_goal else max(until, default=None)
    state = State(year or reader.annual, None, is_goal or reader.annual is not None)
    start = item.head.end if item.start in ctx.containers or not item.heading_only else item.start
    if item.kind in ("bullet", "numbered") or item.start not in ctx.containers:
        start = item.head.start
    reader.namer.heading = ctx.outline.label(item) if _boxed(ctx, item) and ctx.text[item.head.end : item.head.end + 1] in "：:" else ""
    built = ctx.find("clauses.item")(ctx.outline.label(item)) if not is_goal else None
    reader.namer.item = built["thing"] if built else ""
    for low, high in [Span(start, end), *(between(ctx, item) if is_goal and item.children else ())]:
        for line in ctx.lines_in(low, high):
            part = Span(max(low, line.start), min(high, line.end))
            if line.kind != "row" and part.start < part.end:
                reader.line(*part, state)
                next_paragraph(ctx, state, part)


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
        self._horizon = re.compile(f"(?P<year>{self.annual}){ctx.vocabulary.word('wording.year')}") if self.annual else ctx.pattern("years.horizon")
        self.numerals = [match.start() for match in ctx.everywhere("clauses.numeral")]
        self.times = ctx.vocabulary.role("unit.times")
        self.grant_for = ctx.vocabulary.role("target.grant_for")
        self.namer = Namer(ctx)
        self.stater = Stater(ctx)
        self.years = SectionYears(ctx)
        self.forms = Forms(ctx, self.namer, self.stater)
        attrs = ctx.attrs_of(ctx.plan) if ctx.plan else {}
        start, end = (int(str(attrs.get(f"yf:{key}Year", 0))) for key in ("start", "end"))
        self._year = ctx.vocabulary.word("wording.year")
        self._ends = (end - start + 1, end) if start and end else None
        """How many years the plan is for, as its title says, and the last of them."""
        self._own = False
        """Whether the year of the sentence is its own: that of a deadline with its month, or one that the sentence does not open with."""
        self._opens_until = 0
        """Up to where a year opens the sentence."""

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
        until_stop: int | None = state.year
        reached: int | None = None
        for sentence in sentences_in(text, low, high):
            if self._own and not state.is_goal and text[sentence.start - 1 : sentence.start] != "；":
                # 2027年6月底前，出台办法。 改造公交线路，到2027年优化60条。: no year of what other sentences count.
                state.year = until_stop
            if not self._own:
                until_stop = state.year
            if text[sentence.start - 1 : sentence.start] != "；":
                self._own, reached = False, None
            self._opens_until = sentence.start + _LEAD
            if not self.counts(*sentence):
                continue
            past, ahead_from = self._past_from(sentence), sentence.start
            if past <= sentence.start:
                # 截至2025年底，排查隐患217处，…，2028年底前整改率达到90%: what stands behind the past looks ahead.
                ahead_from = self._ahead_from(sentence)
                past = sentence.end
            if ahead_from >= sentence.end or self.forms.of_others(sentence):
                continue
            horizon = self.ctx.find("years.horizon")(text, *sentence)
            # An interview tells what has been reached as well: a level is a target only where the future is spoken of.
            self.namer.only_builds = (
                self.ctx.is_interpretation
                and horizon is None
                and not (ahead and ahead.start() < sentence.end)
                and not self.future.search(text, *sentence)
                and not self._looks_ahead(sentence)
            )
            grants = [match.start() for match in self.grant.finditer(text, *sentence)]
            granted = False
            if text[sentence.start - 1 : sentence.start] != "；":
                self.namer.forget()
            self.stater.fresh = sentence.start
            carried = reached if text[sentence.start - 1 : sentence.start] == "；" and not self.future.search(text, *sentence) else None
            previous: Span | None = None
            is_goal, year = state.is_goal, state.year
            # 2025年，产量100万吨；渔港20座: what the year of the past was said of goes on behind the semicolon.
            state.year = carried or state.year
            for clause in clauses_in(text, ahead_from, sentence.end):
                self._term(clause, state)
                if not self.counts(*clause):
                    # 对消费者发放消费券，单件不超过1000元: for whom a grant is may stand in a clause without numbers.
                    granted = granted or (bool(grants) and grants[0] < clause.end and text.startswith(self.grant_for, clause.start))
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
                for part in self._bracketed(clause):
                    self._clause(part, None, sentence, state, granted=granted and not is_goal)
                previous = clause
            state.is_goal = is_goal
            reached = None
            if state.year and state.year < self.issued:
                state.year, reached = year, state.year
        if self._own and not state.is_goal:
            state.year = until_stop
        self._own = False

    def _past_from(self, sentence: Span) -> int:
        """Give the place from which on a sentence speaks of what has been reached: its start, a word that tells of today, or its end.

        What is there and is to be rebuilt or built on (改扩建现有20个…, 依托现有医院) is not that,
        nor what a target starts from (由目前的60%提升至95%).
        """
        text, uses = self.ctx.text, self.ctx.find("clauses.uses")
        horizon = None
        for match in self.past.finditer(text, *sentence):
            if match[0] in self.ctx.vocabulary.role("target.ahead"):
                # 到2027年累计完成改造60座, 到2026年比例较上年再降低1个百分点.
                horizon = horizon or self._horizon.search(text, *sentence)
                if horizon and horizon.end() <= match.start() and int(horizon["year"]) >= self.issued:
                    continue
            if match[0] in self.ctx.vocabulary.role("target.today") and uses(text, sentence.start, match.start()):
                continue
            if match[0] not in self.ctx.vocabulary.role("target.today"):
                return sentence.start
            if match[0] not in self.ctx.vocabulary.role("target.there") or not self.namer.build.search(text, sentence.start, match.start()):
                return match.start()
        return sentence.end

    def _looks_ahead(self, sentence: Span) -> bool:
        """Tell whether a sentence names a year behind the one of the document, or the end of that one as a deadline (2026年底前)."""
        years = self.ctx.pattern("years.ahead").finditer(self.ctx.text, *sentence)
        return self.issued > 0 and any(int(match["year"]) > self.issued - (match["until"] is not None) for match in years)

    def _ahead_from(self, sentence: Span) -> int:
        """Give the place where a sentence that begins with the past turns to a year ahead, by its clause; its end where it does not."""
        text = self.ctx.text
        ahead = self.ctx.pattern("years.ahead")
        for clause in clauses_in(text, *sentence)[1:]:
            match = ahead.match(text, *clause)
            if match and int(match["year"]) > self.issued > 0 and not self.past.search(text, clause.start, sentence.end):
                return clause.start
        return sentence.end

    def _term(self, clause: Span, state: State) -> None:
        """Take a clause that says how many years there are (力争用三年时间，…; 三年累计…): a plan for so many counts to its end."""
        if self._ends is None or self.ctx.text.find(self._year, clause.start, min(clause.end, clause.start + _OPENING)) < 0:
            return
        term = self.ctx.find("clauses.term")(self.ctx.text, *clause)
        if term and parse_count(term["years"] or term["in_all"]) == self._ends[0]:
            state.year = self._ends[1]

    def _years(self, clause: Span, state: State) -> None:
        ctx, text = self.ctx, self.ctx.text
        state.base = None
        for role, later in _RELATIVE:
            if self.issued and text.startswith(ctx.vocabulary.role(role), clause.start):
                state.year = self.issued + later
        aside = enclosed(text, *clause)
        for match in ctx.pattern("nouns.year").finditer(text, clause.start, clause.end):
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
                self._own = match["month"] is not None or match.start() > self._opens_until

    def _clause(self, clause: Span, previous: Span | None, sentence: Span, state: State, *, granted: bool) -> None:
        ctx, text = self.ctx, self.ctx.text
        aside = enclosed(text, *clause)
        found = [
            q
            for q in quantities_in(ctx.vocabulary, text, clause.start, clause.end)
            if not within(aside, q.start)
        ]
        if all(q.is_time and q.kind == "bare" for q in found) or (state.year is not None and state.year < self.issued):
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
        if len(found) > 1 and any(word in text[clause.start : found[0].start] for word in each_own):
            self.forms.respectively(clause, previous, found, sentence, state)
            return
        if any(form(clause, found, sentence, state) for form in (self.forms.fund, self.forms.capability, self.forms.worked_on, self.forms.each)):
            return
        pieces = pieces_in(text, clause, found, self.namer.build)
        # 人数超过30人、井深超过800米的矿山 : several marks of one thing.
        marks = not state.is_goal and bool(pieces) and pieces[-1].after.startswith(ctx.vocabulary.role("particle.of"))
        before = text[previous.start : previous.end] if previous else ""
        own: int | None = None
        self.namer.site = self._site(sentence.start, clause.start) if not state.is_goal else ""
        for piece in pieces:
            quantity = piece.quantity
            own = self._own_year(piece.before) or own
            if quantity.is_time and quantity.kind == "bare":
                continue
            near = text[max(clause.start, quantity.start - 4) : min(quantity.end + 4, clause.end)]
            if (marks and not piece.builds) or (self.never.search(near) and not quantity.reduced and not self.namer.lasts(piece)):
                continue
            # 每年开展不少于2次筛查 says how often; 检查每月不少于2次 sets a level.
            counts_times = quantity.unit.unit_text in self.times and (bool(piece.after) if quantity.marked else quantity.kind == "bare")
            if counts_times and ctx.find("clauses.how_often")(text, clause.start, quantity.end - quantity.tail):
                continue
            if ctx.find("clauses.support_rate")(text, clause.start, quantity.start):
                # 支付比例为90%: what a rule pays, and no goal.
                continue
            label = self.namer.name(piece, before, state)
            if label:
                at_least = self.namer.holds(piece) or (quantity.comparator == "=" and ctx.find("clauses.at_least")(piece.before))
                quantity = quantity._replace(comparator=">=") if at_least else quantity
                dated = ctx.find("clauses.dated_behind")(text, quantity.end) if text.startswith(_BRACKET, quantity.end) else None
                year = int(dated["year"]) if dated and int(dated["year"]) >= self.issued else own
                governing = None if self._every_year(piece.before, sentence.start, quantity.start, state) else state.year
                spot = State(year or governing or self._until(clause.end, sentence.end), state.base, state.is_goal)
                self.stater.state(label, quantity, spot, sentence, self.namer.literal, part=self.namer.part)

    def _bracketed(self, clause: Span) -> list[Span]:
        """Give the clauses of a bracket that goes on counting: 集聚企业100家（其中上市企业3家）."""
        match = self.ctx.find("clauses.bracketed")(self.ctx.text, *clause) if self.ctx.text.find(_BRACKET, *clause) >= 0 else None
        return clauses_in(self.ctx.text, *match.span("inside")) if match else []

    def _own_year(self, before: str) -> int | None:
        """Give the year that a piece of a clause has to itself: 比例2028年达到10%、2030年达到20%."""
        if self.ctx.vocabulary.word("wording.year") not in before:
            return None
        since = self.ctx.vocabulary.role("year.since")
        years = [m for m in self.ctx.pattern("nouns.year").finditer(before) if not m["base"] and m["end"] not in since]
        year = int(years[-1]["year"]) if years and not self.ctx.find("clauses.compared")(before, years[-1].end()) else 0
        return year if year >= self.issued else None

    def _every_year(self, before: str, start: int, end: int, state: State) -> bool:
        """Tell whether a number is one of every year, for which no goal and no year of its own sentence sets an end (每年培养500人)."""
        yearly = not state.is_goal and self.ctx.find("clauses.each_year")(before)
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


def enclosed(text: str, start: int, end: int) -> list[Span]:
    """Give the stretches in brackets, quotes or titles that open in a clause, in one pass."""
    found, depth, opened = [], 0, start
    for mark in _MARKS.finditer(text, start, end):
        if mark[0] in _OPEN:
            depth += 1
            opened = mark.start() if depth == 1 else opened
        elif depth:
            depth -= 1
            if not depth:
                found.append(Span(opened, mark.end()))
    return [*found, Span(opened, end)] if depth else found


def within(stretches: list[Span], position: int) -> bool:
    """Tell whether a place stands in one of some stretches, which stand in the order of the text."""
    at = bisect_right(stretches, (position, position)) - 1
    return any(low < position < high for low, high in stretches[max(at, 0) : at + 2])
