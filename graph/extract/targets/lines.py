"""The sentences of a line: which of them speak of what is to be so, from where on, and for which year."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from ...core.model import Span
from ...text.sentences import clauses_in
from ..context import Context
from ..locations.names import place_end
from .clauses import Clauses
from .years import SectionYears, State, annual_year

_LEAD = 4
"""How many characters may stand before the year that a sentence opens with (力争到2028年, 全市到2028年)."""


class Lines:
    """Reads lines for targets with the patterns and words of one vocabulary."""

    def __init__(self, ctx: Context, issued: int) -> None:
        self.ctx = ctx
        self.issued = issued
        self.annual = annual_year(ctx, issued)
        # A plan for one year looks to it wherever it names it.
        self._horizon = re.compile(f"(?P<year>{self.annual}){ctx.vocabulary.word('wording.year')}") if self.annual else ctx.pattern("years.horizon")
        self.numerals = [match.start() for match in ctx.everywhere("clauses.numeral")]
        self.grant_for = ctx.vocabulary.role("target.grant_for")
        self.years = SectionYears(ctx)
        self.clauses = Clauses(ctx, issued)
        self.clauses.annual = self.annual is not None

    @cached_property
    def past(self) -> re.Pattern[str]:
        """Give the pattern of a word that makes a sentence one of the past."""
        return self.ctx.regex("target.past")

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
        self.clauses.namer.above = None
        for sentence in self.ctx.sentences_in(low, high):
            joined = text[sentence.start - 1 : sentence.start] == "；"
            if self.clauses.own and not state.is_goal and not joined:
                # 2027年6月底前，出台办法。 改造公交线路，到2027年优化60条。: no year of what other sentences count.
                state.year = until_stop
            if not self.clauses.own:
                until_stop = state.year
            if not joined:
                self.clauses.own, reached = False, None
            self.clauses.opens_until, self.clauses.since = sentence.start + _LEAD, None
            if not self.counts(*sentence):
                continue
            if sentence.start > low:
                self.clauses.namer.above = sentence.start
            past, ahead_from = self._past_from(sentence), sentence.start
            if past <= sentence.start:
                # 截至2025年底，排查隐患217处，…，2028年底前整改率达到90%: what stands behind the past looks ahead.
                ahead_from = self._ahead_from(sentence)
                past = sentence.end
            if ahead_from >= sentence.end:
                # 2025年，产值1860亿元，同比增长19%；渔港20座: what the semicolon joins is told of that year, too.
                reached = max((year for year in self._years(sentence) if year < self.issued), default=reached)
            if ahead_from >= sentence.end or self.clauses.forms.of_others(sentence) or self.ctx.find("clauses.defined")(text, *sentence):
                continue
            horizon = self.ctx.find("years.horizon")(text, *sentence)
            # An interview tells what has been reached as well: a level is a target only where the future is spoken of.
            self.clauses.namer.only_builds = (
                self.ctx.is_interpretation
                and horizon is None
                and not (ahead and ahead.start() < sentence.end)
                and not self.future.search(text, *sentence)
                and not self._looks_ahead(sentence)
            )
            grants = [match.start() for match in self.grant.finditer(text, *sentence)]
            granted, named = False, False
            # 改造小区460个。其中：2027年改造150个: the parts of what the sentence before counted.
            if not (joined or self.ctx.find("clauses.parts")(text, *sentence)) or self._elsewhere(sentence):
                self.clauses.namer.forget()
            self.clauses.stater.fresh = sentence.start
            carried = reached if joined and not self.future.search(text, *sentence) else None
            previous: Span | None = None
            is_goal, year = state.is_goal, state.year
            # 2025年，产量100万吨；渔港20座: what the year of the past was said of goes on behind the semicolon.
            state.year = carried or state.year
            for clause in clauses_in(text, ahead_from, sentence.end):
                in_all = self.clauses.term(clause, state)
                named = named or text.startswith(self.grant_for, clause.start)
                if not self.counts(*clause):
                    # 对消费者发放消费券，单件不超过1000元: for whom a grant is may stand in a clause without numbers.
                    granted = granted or (bool(grants) and grants[0] < clause.end and text.startswith(self.grant_for, clause.start))
                    previous = clause
                    continue
                if clause.end > past and clause.start < self._ahead_from(Span(past, sentence.end)):
                    # 现有渔船3200艘，…，2026年起每年更新200艘: what is there today, up to where a clause looks ahead.
                    previous = clause
                    continue
                if state.year and state.year < self.issued and self.future.match(text, *clause):
                    # 2025年共查处1260起，今后三年办结率须保持在95%以上
                    state.year = year
                self.clauses.date(clause, state)
                state.is_goal = is_goal or in_all or (horizon is not None and horizon.end() <= clause.end)
                # A grant reaches from the clause that says for what it is to the end of the sentence: 对…的，按20%，最高500万元给予支持.
                given = any(clause.start <= place < clause.end for place in grants)
                leads = bool(grants) and grants[-1] > clause.end and self._says_for_whom(clause)
                granted = granted or given or leads
                # In goals (and in all of a plan for one year) a grant is one where a clause says for whom: 对…，按投资额的8%给予补助.
                # 给予最高50万元贴息，全年新增首贷户2000户: what is built is none of the grant.
                apart = granted and not given and bool(grants) and grants[-1] < clause.start and self.clauses.builds(clause)
                self.clauses.read(clause, previous, sentence, state, granted=granted and not apart and (not is_goal or leads or (named and given)))
                if not state.is_goal and self.ctx.find("clauses.on_paper")(text, *clause):
                    # 2026年底前公布名单，试点场次占比不低于15%: no year of what is counted behind.
                    state.year = year
                for part in self.clauses.bracketed(clause):
                    self.clauses.read(part, None, sentence, state, granted=granted and not is_goal)
                previous = clause
            state.is_goal = is_goal
            reached = None
            if state.year and state.year < self.issued:
                state.year, reached = year, state.year
        if self.clauses.own and not state.is_goal:
            state.year = until_stop
        self.clauses.own = False

    def _years(self, sentence: Span) -> list[int]:
        """Give the years that a sentence names."""
        return [int(match["year"]) for match in self.ctx.within(sentence, "nouns.year")]

    def _says_for_whom(self, clause: Span) -> bool:
        """Tell whether a clause says for whom a grant is, by how it opens (对…) or as a condition (收入首次突破5亿元的，给予…)."""
        return self.ctx.text.startswith(self.grant_for, clause.start) or self.ctx.find("clauses.for_whom")(self.ctx.text, *clause) is not None

    def _elsewhere(self, sentence: Span) -> bool:
        """Tell whether a sentence begins with a place of which it says at first what is done there: 甲市发展渔业，…；乙市发展种业，…."""
        clause = clauses_in(self.ctx.text, *sentence)[0]
        return not self.counts(*clause) and place_end(self.ctx.vocabulary, self.ctx.text, clause.start) > 0

    def _past_from(self, sentence: Span) -> int:
        """Give the place from which on a sentence speaks of what has been reached: its start, a word that tells of today, or its end.

        What is there and is to be rebuilt or built on (改扩建现有20个…, 依托现有医院) is not that,
        nor what a target starts from (由目前的60%提升至95%).
        """
        text, uses = self.ctx.text, self.ctx.find("clauses.uses")
        horizon, compares = None, self.ctx.find("clauses.compares")
        for match in self.past.finditer(text, *sentence):
            if match[0] in self.ctx.vocabulary.role("target.ahead"):
                if self.annual and not self.ctx.is_interpretation:
                    # 全年产值增长9%，同比提高2个百分点: a plan for one year reckons its own figures from the year before.
                    continue
                # 到2027年累计完成改造60座, 到2026年比例较上年再降低1个百分点.
                horizon = horizon or self._horizon.search(text, *sentence)
                if horizon and horizon.end() <= match.start() and int(horizon["year"]) >= self.issued:
                    continue
            if match[0] in self.ctx.vocabulary.role("target.before") and compares(text, sentence.start, match.start()):
                # 较上年增加5处, 线上年销售额
                continue
            if match[0] in self.ctx.vocabulary.role("target.today") and uses(text, sentence.start, match.start()):
                continue
            if match[0] not in self.ctx.vocabulary.role("target.today"):
                return sentence.start
            if match[0] not in self.ctx.vocabulary.role("target.there") or not self.clauses.namer.build.search(text, sentence.start, match.start()):
                return match.start()
        return sentence.end

    def _looks_ahead(self, sentence: Span) -> bool:
        """Tell whether a sentence names a year behind the one of the document, or the end of that one as a deadline (2026年底前)."""
        years = self.ctx.within(sentence, "years.ahead")
        return self.issued > 0 and any(int(match["year"]) > self.issued - (match["until"] is not None) for match in years)

    def _ahead_from(self, sentence: Span) -> int:
        """Give the place where a sentence that begins with the past turns to a year ahead, by its clause; its end where it does not."""
        text = self.ctx.text
        ahead = self.ctx.pattern("years.ahead")
        for clause in clauses_in(text, *sentence)[1:]:
            match = ahead.match(text, *clause)
            looks = int(match["year"]) > self.issued > 0 if match else self.future.match(text, *clause)
            if looks and not self.past.search(text, clause.start, sentence.end):
                return clause.start
        return sentence.end
