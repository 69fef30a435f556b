"""Deadlines: 2025年6月底前，制定…；到2025年底，建成…; 完成时限：2025年12月. The measures that follow in the sentence are due, else its task."""

from __future__ import annotations

import re

from ...core.model import Mention, Span
from ...text.due_dates import BEFORE, UNTIL, WHEN, Due, due_of, end_of_year
from ...text.sentences import before_first, behind_last
from ..context import Context
from ..targets.quantities import quantities_in
from ..targets.years import annual_year, issue_year
from .cells import describe_due
from .work import Work

_LONGEST = 16
_WITHIN = "deadlines.within"
_BRACKET = 4
"""How far behind a title a date may stand that is its own: its closing mark and a bracket."""


def find_deadlines(ctx: Context, work: Work) -> None:
    """Add the deadlines of tasks and measures. A date of the past, of a condition or of a grant is none."""
    if ctx.plan is None or not ctx.tasks or not ctx.has_work:
        return
    reader = _Reader(ctx, work)
    for mark in ctx.everywhere("deadlines.mark"):
        low = max(0, mark.start() - _LONGEST)
        match = next((m for m in BEFORE.finditer(ctx.text, low, mark.end()) if m.end() == mark.end()), None)
        if match:
            reader.read(match, due_of(match, reader.annual or (reader.year if match["of"] else None)))
    for mark in ctx.everywhere("deadlines.until_mark"):
        match = UNTIL.match(ctx.text, mark.start())
        if match and not ctx.pattern("deadlines.mark").match(ctx.text, match.end()) and not ctx.find("deadlines.level")(ctx.text, match.end()):
            reader.read(match, due_of(match))
    for match in ctx.everywhere(_WITHIN):
        reader.read(match, end_of_year(int(match["year"] or reader.issued)), _WITHIN)
    for match in WHEN.finditer(ctx.text):
        if reader.by_then(match):
            reader.read(match, due_of(match), "deadlines.by_then")
    for mark in ctx.everywhere("deadlines.name"):
        match = WHEN.match(ctx.text, mark.end())
        if match:
            reader.read(match, due_of(match), "deadlines.named")


class _Reader:
    """Puts deadlines on work with what is known of one document."""

    def __init__(self, ctx: Context, work: Work) -> None:
        self._ctx = ctx
        self._work = work
        self.issued = issue_year(ctx)
        self.annual = annual_year(ctx, self.issued)
        spans_years = "yf:endYear" in ctx.attrs_of(ctx.plan) if ctx.plan else True
        self.year = None if spans_years else self.issued
        """The year that 年底前 means: that of issue, in a plan that says of no years what it is for."""
        self._grant, self._never = ctx.regex("target.grant"), ctx.regex("deadline.never")
        self._done = ctx.regex("deadline.done")
        self._issues: dict[Span, list[Mention]] = {}
        """The documents that each sentence says are to be issued or revised."""
        for claim in (*ctx.claims_of("toIssue"), *ctx.claims_of("amends")):
            self._issues.setdefault(claim.spans[0], []).append(claim.object)

    def by_then(self, match: re.Match[str]) -> bool:
        """Tell whether a date is one by which something is done: 不迟于… before it, or 完成 right behind one that names more than a year."""
        text, opens, done = self._ctx.text, self._ctx.pattern("deadlines.by_then", "opens"), self._ctx.pattern("deadlines.by_then", "done")
        opened = opens.search(text, max(0, match.start() - 6), match.start())
        dated = match["month"] or match["quarter"] or match["half"] or match["end"]
        behind = done.match(text, match.end())
        return bool(opened or (dated and behind))

    def _works(self, match: re.Match[str], sentence: Span, end: int) -> list[tuple[Mention, tuple[Span, ...]]]:
        """Give what a date is the deadline of.

        到2027年底改造停放场所420处 says by when a number is reached: that is a target of the task, and due is what the clause itself calls work.
        """
        ctx = self._ctx
        start = match.end() + ctx.text.startswith(("，", ","), match.end())
        clause = before_first(ctx.text, "，。；", start, end)
        if match.re is UNTIL and any(not quantity.is_time for quantity in quantities_in(ctx.vocabulary, ctx.text, start, clause)):
            return [(measure, (sentence,)) for measure in self._work.behind(start, sentence, clause)]
        return self._work.of(match.end(), sentence, end)

    def _clause(self, match: re.Match[str], sentence: Span) -> Span:
        """Give the clause that a date stands in: a condition in another one is none of what is due."""
        text, marks = self._ctx.text, "，；。"
        return Span(behind_last(text, marks, sentence.start, match.start()), before_first(text, marks, match.end() + 1, sentence.end))

    def _begins(self, start: int, end: int) -> bool:
        """Tell whether a clause says right behind its date what is done (2026年9月底前启动以旧换新), whatever is given for it in those behind.

        What ends in 的 is for whom it is given.
        """
        ctx = self._ctx
        return ctx.prefixes("verb.work").at(ctx.text, start) > 1 and ctx.text[end - 1] != ctx.vocabulary.word("particle.of")

    def read(self, match: re.Match[str], due: Due | None, how: str = "deadlines.before") -> None:
        """Add one deadline to what it is a deadline of."""
        ctx, text = self._ctx, self._ctx.text
        if due is None or due.day.year < self.issued or ctx.lines_in(match.start(), match.end())[0].kind == "row":
            # A row of a table says when its own task is due, and nothing of the item above the table.
            return
        sentence = ctx.sentence(match.start())
        clause = before_first(text, "，。；", match.end() + 1, sentence.end)
        if how == _WITHIN and any(not quantity.is_time for quantity in quantities_in(ctx.vocabulary, text, match.end(), clause)):
            # 年内新增渔港3个: of which year the number is.
            return
        # Behind the date up to the next stop: what the sentence says before it is due at another time, or at none.
        end = before_first(text, "。；", match.end(), sentence.end)
        beside = ctx.find("deadlines.beside")(text, match.end(), sentence.end)
        if how != "deadlines.named" and (
            ctx.find("deadlines.describes")(text, match.end(), sentence.end)
            or ctx.find("deadlines.starts")(text, sentence.start, match.start())
            or self._grant.search(text, match.start(), beside.start() if beside else clause if self._begins(match.end(), clause) else sentence.end)
            or (self._never.search(text, *self._clause(match, sentence)) and not ctx.pattern("deadlines.by_then", "done").match(text, match.end()))
            or self._done.search(text, match.end(), end)
        ):
            return
        deadline = Mention("Deadline", due.label)
        for work, spans in self._works(match, sentence, end):
            ctx.claim(work, "dueBy", deadline, spans, how)
        for document in self._issues.get(sentence, ()):
            # 2025年底前，出台《…》, or 出台《…》（2025年底前）.
            at = text.find(f"《{document.label}》", *sentence)
            if match.end() <= at < end or 0 <= match.start() - at - len(document.label) <= _BRACKET:
                ctx.claim(document, "dueBy", deadline, (sentence,), how)
        describe_due(ctx, due)
