"""Quantified targets: indicator, comparator, value or range, unit, year.

A number is a target where the plan sets it: in the goals, or in a task with a verb that sets it (达到, 培育 …). A number of the
past (截至, 已, a year before the plan's own) is none, and neither is a condition (500万元及以下的, 给予最高100万元). A carried year (到2025年，…)
governs until the next one in its section.
"""

from __future__ import annotations

import re

from graph.extract.context import Context
from graph.extract.horizons import HORIZON, State, issue_year, next_paragraph, year_of_section
from graph.extract.nouns import EACH, LONGEST, YEAR, Nouns, other_names
from graph.extract.quantities import Quantity, quantities_in
from graph.extract.sentences import clauses_in, sentences_in
from graph.lists import clean, split_list
from graph.model import Attributes, Mention, Span

_OPEN, _CLOSE = "（(《“", "）)》”"
_MODIFIES = re.compile(r"(?:的|及以上|及以下)|(?:[\u4e00-\u9fff]{0,6}(?:以上|以下|以内|左右|以上规模))的?(?=[\u4e00-\u9fff])")
_NUMERAL = re.compile(r"[0-9翻百千一二三四五六七八九十两](?:(?<=[0-9])|(?<=翻).番|[个项家种款件条名所座支])")
_BY = re.compile(r"^按(?:照)?(?!规定)(?:[^，。；]*的)?$")
_FUND = re.compile(r"的(?P<fund>[^，。；]{2,20}?基金)")
_FOUNDS = re.compile(r"(?:设立|组建|成立|发起|建立|形成|打造)(?:总?规模(?:为|达到?|不低于|超过)?)?(?:不低于|超过|约)?$")
_YEARS = re.compile(r"(?:[到至、和]|20\d{2}年(?:末|底)?)+")


def find_targets(ctx: Context) -> None:
    """Add indicators with their targets from goal sections and tasks of a plan's own text."""
    if ctx.plan is None or not ctx.has_work:
        return
    issued = issue_year(ctx)
    reader = _Reader(ctx, issued)
    for item in sorted(ctx.outline.items, key=lambda i: i.role != "goal"):
        is_goal = item.role == "goal"
        if not is_goal and item.start not in ctx.tasks and not (item.start in ctx.containers and item.role == "task"):
            continue
        if not _NUMERAL.search(ctx.text, item.start, max(item.body.end, item.head.end)):
            continue
        state = State(year_of_section(ctx, item) if is_goal else None, None, is_goal)
        start = item.head.end if item.start in ctx.containers or not item.heading_only else item.start
        if item.kind in ("bullet", "numbered") or item.start not in ctx.containers:
            start = item.start
        for line in ctx.lines_in(start, max(item.body.end, item.head.end)):
            low, high = max(start, line.start), min(max(item.body.end, item.head.end), line.end)
            if line.kind != "row" and low < high:
                reader.line(low, high, state)
                next_paragraph(ctx, state, Span(low, high))


class _Reader:
    """Reads lines for targets with the patterns and words of one vocabulary."""

    def __init__(self, ctx: Context, issued: int) -> None:
        self.ctx = ctx
        self.issued = issued
        self.past = ctx.regex("target.past")
        self.never = ctx.regex("target.never")
        self.future = ctx.regex("target.future")
        self.grant = ctx.regex("target.grant")
        self.build = ctx.regex("target.build", before="(?P<verb>", after=")(?:出|成|了|一批|形成|不少于|至少|超过|约|近)*$")
        self.nouns = Nouns(ctx)
        self.only_builds = False
        self.known: dict[tuple[str, str, str], list[str]] = {}

    def line(self, low: int, high: int, state: State) -> None:
        """Read the sentences of one line."""
        text = self.ctx.text
        if not _NUMERAL.search(text, low, high):
            return
        for sentence in sentences_in(text, low, high):
            if not _NUMERAL.search(text, *sentence):
                continue
            if self.past.search(text, sentence.start, sentence.end):
                continue
            # An interview tells what has been reached as well: a level is a target only where the future is spoken of.
            self.only_builds = (
                self.ctx.is_interpretation and not self.future.search(text, *sentence) and not HORIZON.search(text, *sentence)
            )
            granted = self.grant.search(text, sentence.start, sentence.end) is not None
            previous: Span | None = None
            is_goal = state.is_goal
            for clause in clauses_in(text, sentence.start, sentence.end):
                if not _NUMERAL.search(text, *clause):
                    previous = clause
                    continue
                self._years(clause, state)
                state.is_goal = is_goal or bool(HORIZON.search(text, sentence.start, clause.end))
                if not granted or is_goal:
                    self._clause(clause, previous, sentence, state)
                previous = clause
            state.is_goal = is_goal

    def _years(self, clause: Span, state: State) -> None:
        text = self.ctx.text
        for match in YEAR.finditer(text, clause.start, clause.end):
            if inside(text, clause.start, match.start()):
                continue
            following = text[match.end() : match.end() + 4]
            if match["base"] or following.startswith(("相比", "基础上", "增长", "提高", "的基础")):
                state.base = int(match["year"])
            elif match["end"] not in ("起", "以来"):
                state.year, state.base = int(match["year"]), None

    def _clause(self, clause: Span, previous: Span | None, sentence: Span, state: State) -> None:
        ctx, text = self.ctx, self.ctx.text
        found = [
            q
            for q in quantities_in(ctx.vocabulary, text, clause.start, clause.end)
            if not inside(text, clause.start, q.start) and not (q.is_time and q.kind == "bare")
        ]
        if not found or (state.year is not None and state.year < self.issued):
            return
        if "分别" in text[clause.start : found[0].start] and len(found) > 1:
            self._respectively(clause, found, sentence, state)
            return
        start = clause.start
        for index, quantity in enumerate(found):
            before, after = text[start : quantity.reach], text[quantity.end : clause.end]
            if self.never.search(text[max(start, quantity.start - 4) : quantity.end + 4]):
                continue
            builds = self.build.search(before)
            fund = _FUND.match(text, quantity.end, clause.end)
            if fund and not self.only_builds and quantity.unit.unit_text == "元" and _FOUNDS.search(text, start, quantity.start):
                self._target(fund["fund"], quantity, state, sentence)
                start = quantity.end
                continue
            if _MODIFIES.match(text, quantity.end - quantity.tail, clause.end) and not (
                builds and not quantity.is_ratio and not after.startswith("的")
            ):
                # 年产值100亿元以上的企业: the number describes what is counted, it is not the count.
                if index + 1 == len(found) and not (builds and quantity.kind == "bare"):
                    continue
                if not builds:
                    continue
            label = self._label(quantity, before, after, builds, previous, state)
            if label:
                self._target(label, quantity, state, sentence)
                start = quantity.end

    def _label(
        self, quantity: Quantity, before: str, after: str, builds: re.Match[str] | None, previous: Span | None, state: State
    ) -> str:
        """Find what the number counts or measures: behind it when something is built, in front of it when a level is set."""
        # 人数超过30人、井深超过800米的矿山 : several marks of one thing.
        if not builds and (after.endswith("的") or (after.startswith("、") and not state.is_goal)):
            return ""
        if quantity.is_ratio and after and _BY.search(before):
            # 按年度用量的60%—70%估算采购总量: the share by which something is done, named by what is done.
            return self.nouns.behind(after)
        if quantity.kind == "bare" or (builds and quantity.kind == "level" and not quantity.is_ratio):
            if builds:
                # 一 alone is an article (形成一个机制), unless each of several is to have one.
                return "" if quantity.word == "一" and not EACH.search(before) else self.nouns.behind(after)
            return self.nouns.between(before, after, quantity)
        if quantity.word == "一":
            return ""
        if (quantity.is_time and not state.is_goal) or self.only_builds:
            return ""
        if not state.is_goal and not (quantity.marked or quantity.reach < quantity.start):
            return ""
        return self.nouns.before(before, self.ctx.text[previous.start : previous.end] if previous else "")

    def _respectively(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> None:
        """Pair nouns or years with values: 甲、乙分别达到60%和80%; nothing is guessed where their numbers differ."""
        text = self.ctx.text
        at = text.index("分别", clause.start)
        nouns = [clean(text[s.start : s.end]) for s in split_list(text, clause.start, at, len(found))]
        years = [int(m["year"]) for m in YEAR.finditer(text, clause.start, at) if not m["base"]]
        lead = found[0]
        for index, quantity in enumerate(found):
            own = quantity if quantity.kind != "bare" else _like(quantity, lead)
            if len(years) == len(found):
                label = self.nouns.cut(_YEARS.sub("", text[clause.start : at], count=1))
                spot = State(years[index], state.base, state.is_goal)
            elif len(nouns) == len(found):
                label, spot = self.nouns.cut(nouns[index]), state
            else:
                return
            if 2 <= len(label) <= LONGEST:
                self._target(label, own, spot, sentence)

    def _target(self, label: str, quantity: Quantity, state: State, sentence: Span) -> None:
        ctx = self.ctx
        assert ctx.plan is not None
        attrs = quantity.attributes()
        key = (str(attrs.get("yf:value", attrs.get("yf:upper"))), quantity.unit.unit_text, quantity.comparator)
        if state.year is None and any(label.endswith(known) or known.endswith(label) for known in self.known.get(key, ())):
            # Said in the goals with its year and again in a task: one target.
            return
        if state.year:
            attrs["yf:year"] = state.year
        if state.base:
            attrs["yf:baseYear"] = state.base
        each = EACH.search(ctx.text, sentence.start, quantity.start)
        if each:
            attrs["yf:perUnit"] = each[0].removesuffix("拥有")
        indicator = Mention("Indicator", label)
        target = Mention("Target", target_label(label, attrs, state.year))
        self.known.setdefault(key, []).append(label)
        state_target(ctx, indicator, target, attrs, sentence, "targets.quantified")


def _like(quantity: Quantity, lead: Quantity) -> Quantity:
    """Give a value of a list the comparator and kind that its first value bears."""
    return Quantity(
        quantity.start, quantity.end, quantity.reach, lead.kind, lead.comparator if not quantity.marked else quantity.comparator,
        quantity.lower, quantity.upper, quantity.unit, quantity.marked, quantity.word, quantity.tail,
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


def target_label(indicator: str, attrs: Attributes, year: int | None) -> str:
    """Name a target as a person would: 普及率 > 40%（2023年）."""
    amount = f"{attrs['yf:lower']}—{attrs['yf:upper']}" if "yf:lower" in attrs else str(attrs["yf:value"])
    sign = {"=": "=", ">=": "≥", "<=": "≤", "~": "≈"}.get(str(attrs["yf:comparator"]), str(attrs["yf:comparator"]))
    change = "变化 " if attrs.get("yf:change") else ""
    return f"{indicator} {change}{sign} {amount}{attrs.get('yf:unitText', '')}" + (f"（{year}年）" if year else "")


def state_target(
    ctx: Context, indicator: Mention, target: Mention, attrs: Attributes, place: Span, rule: str, head: Span | None = None
) -> None:
    """Add an indicator with its target and the plan that sets it; `head` is the heading that a table stands under."""
    assert ctx.plan is not None
    spans = (*ctx.with_plan(place), *((head,) if head else ()))
    ctx.claim(ctx.plan, "hasIndicator", indicator, spans, rule)
    ctx.claim(indicator, "hasTarget", target, (place, *((head,) if head else ())), rule)
    ctx.claim(target, "setBy", ctx.plan, spans, rule)
    ctx.describe(target, attrs)
    if names := other_names(indicator.label):
        ctx.describe(indicator, {}, names)
