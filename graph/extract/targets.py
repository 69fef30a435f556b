"""Quantified targets: indicator, comparator, value or range, unit, year.

A number is a target where the plan sets it: in the goals, where a sentence names its horizon, or in a task with a verb that sets it
(达到, 培育 …). A number of the past (截至, 已, a year before the plan's own) is none, and neither is a condition (500万元及以下的, 给予最高100万元).
A carried year (到2025年，…) governs until the next one in its section.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal

from graph.extract.context import Context
from graph.extract.horizons import HORIZON, State, annual_year, issue_year, next_paragraph, year_of_section
from graph.extract.nouns import EACH, LONGEST, YEAR, Nouns, indicator_named, other_names
from graph.extract.pieces import Piece, pieces_in
from graph.extract.quantities import Quantity, quantities_in
from graph.extract.sentences import clauses_in, sentences_in
from graph.lists import clean, split_list
from graph.model import Attributes, Mention, Span
from graph.numerals import spoken
from graph.outline import Item

_OPEN, _CLOSE = "（(《“", "）)》”"
_NUMERAL = re.compile(
    r"[0-9翻百千万亿一二三四五六七八九十两](?:(?<=[0-9])|(?<=翻).番|[个项家种款件条名所座支成]|(?<=[破过到达超].)(?:[百千万亿元人户台辆吨亩]))"
)
_BY = re.compile(r"^按(?:照)?(?!规定)(?:[^，。；]*的)?$")
_FUND = re.compile(r"的(?P<fund>[^，。；]{2,20}?基金)")
_FOUNDS = re.compile(r"(?:设立|组建|成立|发起|建立|形成|打造)(?:总?规模(?:为|达到?|不低于|超过)?)?(?:不低于|超过|约)?$")
_MONEY_FOR = re.compile(r"^[^，。；的]{2,16}(?:基金|贷款|投资|资金)$")
_YEARS = re.compile(r"(?:[到至、和]|20\d{2}年(?:末|底)?)+")
_GRANT_FOR = ("对", "按", "经", "凡", "每家", "每个", "每户", "每人", "单个", "符合", "获", "入选", "首次", "达到")
_RAISED = re.compile(r"提高|提升|增|扩大|降|压|缩|达到")
_TRIES = re.compile(r"(?:开展|进行|作为|先行)[^，。；]{0,6}(?:试点|先试|示范创建)$")
_FEW = tuple("两二三四五六七八九")
_SHORT = 4
_ON = re.compile(r"(?:^|[，、并])(?:对|为|给|将)(?:[^，。；\d]{0,6}的)?(?:不少于|超过|近|约)?$")
_TREATED = re.compile(r"(?P<what>[^，。；的]{2,20}?)(?:进行|开展|实施|完成|提供)(?!.*(?:奖励|补助|补贴|处罚|检查|抽查|评估|考核|通报|约谈))")
_ONE_OF = ("对单个", "对每个", "对每家", "对单家", "对同一")
_AT_LEAST = re.compile(r"(?:至少|最少|不少于)[^，。；\d]{0,4}$")
_RELATIVE = (("今年", 0), ("本年度", 0), ("明年", 1))
_DURATIONS = ("时间", "时限", "周期", "时长", "用时", "时效")
_THERE = ("现有", "已有")
_VERBLESS = re.compile(r"[，。；：]|将|须|请|不得|如果|超出|(?<![供响适反效对感])应(?![急用变])|(?<![需主重必])要(?![素求件])")
_SHARE = re.compile(r"的(?P<what>[^，。；]{2,36}?(?:完成|实现|达到|建成|通|具备|开展|设立|拥有|配备|建有|接入|使用|采用)[^，。；]*)$")
_RISES = re.compile(r"进入|入选|上市|跻身|获评|获批|挂牌|通过")
_RATE = re.compile(r"(?:年均)?(?:增速|增长率|增幅)$")
_LEVELLED = re.compile(r"^[\u4e00-\u9fff]{1,4}级(?:以上|及以上)?(?P<thing>[^级]{2,})$")
_LEVEL = re.compile(r"^[\u4e00-\u9fff]{1,4}级$")


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
        if item.role in ("", "overall") and not ctx.is_interpretation:
            reader.horizons(item.start, end)
        return
    state = State((year_of_section(ctx, item) if is_goal else None) or reader.annual, None, is_goal)
    start = item.head.end if item.start in ctx.containers or not item.heading_only else item.start
    if item.kind in ("bullet", "numbered") or item.start not in ctx.containers:
        start = item.start
    reader.heading = ctx.outline.label(item) if _boxed(ctx, item) and ctx.text[item.head.end : item.head.end + 1] in "：:" else ""
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
        self.past = ctx.regex("target.past")
        self.never = ctx.regex("target.never")
        self.numerals = [match.start() for match in _NUMERAL.finditer(ctx.text)]
        self.future = ctx.regex("target.future")
        self.next = ctx.regex("target.next")
        self.grant = ctx.regex("target.grant")
        self.build = ctx.regex("target.build", before="(?P<verb>", after=")(?:出|成|了|一批|形成|不少于|至少|超过|约|近|现有|年产)*$")
        self.holds = ctx.regex("target.hold", before="(?:", after=")(?:好|住)?$")
        self.nouns = Nouns(ctx)
        self.only_builds = False
        self.known: dict[tuple[str, str, str], list[str]] = {}
        described = {d.mention: d.attrs for d in ctx.described()}
        for claim in ctx.claims():
            if claim.relation == "hasTarget":
                # What a table states and a task says again is one target.
                self.known.setdefault(_amount(described[claim.object]), []).append(claim.subject.label)
        # What one sentence carries from clause to clause.
        self.builds = False
        self.subject = ""
        self.fresh = 0
        self.literal = ""
        """The name of an indicator as the text has it, where the indicator's own is put together."""
        self.heading = ""
        """What a numbered item of a box is about, where a colon sets it before the rest."""

    def counts(self, low: int, high: int) -> bool:
        """Tell whether a stretch holds a numeral that may count or measure."""
        at = bisect_left(self.numerals, low)
        return at < len(self.numerals) and self.numerals[at] < high

    def horizons(self, low: int, high: int) -> None:
        """Read paragraphs that are no goals by their heading from the sentence on that names a horizon (到2027年，…)."""
        text = self.ctx.text
        for line in self.ctx.lines_in(low, high):
            start, end = max(low, line.start), min(high, line.end)
            horizon = HORIZON.search(text, start, end)
            if line.kind == "row" or not horizon or not self.issued <= int(horizon["year"]):
                continue
            self.line(self.ctx.sentence(horizon.start()).start, end, State(None, None, True))

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
            if self._is_past(sentence):
                continue
            horizon = HORIZON.search(text, *sentence)
            # An interview tells what has been reached as well: a level is a target only where the future is spoken of.
            self.only_builds = (
                self.ctx.is_interpretation
                and horizon is None
                and not (ahead and ahead.start() < sentence.end)
                and not self.future.search(text, *sentence)
            )
            grants = [match.start() for match in self.grant.finditer(text, *sentence)]
            granted = False
            if text[sentence.start - 1 : sentence.start] != "；":
                self.builds, self.subject = False, ""
            self.fresh = sentence.start
            previous: Span | None = None
            is_goal, year = state.is_goal, state.year
            for clause in clauses_in(text, sentence.start, sentence.end):
                if not self.counts(*clause):
                    previous = clause
                    continue
                self._years(clause, state)
                state.is_goal = is_goal or (horizon is not None and horizon.end() <= clause.end)
                # A grant reaches from the clause that says for what it is to the end of the sentence: 对…的，按20%，最高500万元给予支持.
                given = any(clause.start <= place < clause.end for place in grants)
                leads = bool(grants) and grants[-1] > clause.end and text.startswith(_GRANT_FOR, clause.start)
                granted = granted or given or leads
                self._clause(clause, previous, sentence, state, granted=granted and not is_goal)
                previous = clause
            state.is_goal = is_goal
            if state.year and state.year < self.issued:
                state.year = year

    def _is_past(self, sentence: Span) -> bool:
        """Tell whether a sentence speaks of what has been reached; what is there and is to be rebuilt (改扩建现有20个…) is not that."""
        text = self.ctx.text
        for match in self.past.finditer(text, *sentence):
            if match[0] not in _THERE or not self.build.search(text, sentence.start, match.start()):
                return True
        return False

    def _years(self, clause: Span, state: State) -> None:
        text = self.ctx.text
        state.base = None
        for word, later in _RELATIVE:
            if self.issued and text.startswith(word, clause.start):
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
        pieces = pieces_in(text, clause, found, self.build)
        # 人数超过30人、井深超过800米的矿山 : several marks of one thing.
        marks = not state.is_goal and bool(pieces) and pieces[-1].after.startswith("的")
        before = text[previous.start : previous.end] if previous else ""
        for piece in pieces:
            quantity = piece.quantity
            if quantity.is_time and quantity.kind == "bare":
                continue
            self.literal = ""
            near = text[max(clause.start, quantity.start - 4) : quantity.end + 4]
            if (marks and not piece.builds) or (self.never.search(near) and not quantity.reduced and not self._lasts(piece)):
                continue
            if quantity.comparator == "=" and self.holds.search(piece.before):
                # 严守18亿亩耕地红线: what is held may not fall below.
                quantity, label = replace(quantity, comparator=">="), self.nouns.behind(piece.after)
            else:
                label = self._counted(piece, state) if piece.after else self._measured(piece, before, state)
            if label:
                label = self._headed(label, piece)
                at_least = quantity.comparator == "=" and _AT_LEAST.search(piece.before)
                self._target(label, replace(quantity, comparator=">=") if at_least else quantity, state, sentence)

    def _headed(self, label: str, piece: Piece) -> str:
        """Put the heading of an item in a box before a short name that only says something below it (森林消防物资：建设7个中央级库)."""
        if not self.heading or len(label) > _SHORT or piece.quantity.kind != "bare":
            return label
        self.literal = label
        return self.heading + label

    def _fund(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> bool:
        """Take the size of a fund that is set up: 设立总规模20亿元的产业基金."""
        quantity = found[0]
        fund = _FUND.match(self.ctx.text, quantity.end, clause.end)
        if not fund or not quantity.is_money or not _FOUNDS.search(self.ctx.text, clause.start, quantity.start):
            return False
        self._target(fund["fund"], quantity, state, sentence)
        return True

    def _counted(self, piece: Piece, state: State) -> str:
        """Find what a number in front of a noun counts: 培育5家龙头企业; empty where it only describes."""
        quantity = piece.quantity
        if quantity.is_ratio:
            # 按年度用量的60%—70%估算采购总量: the share by which something is done, named by what is done.
            share = _SHARE.match(piece.after) if state.is_goal and not self.nouns.thing(piece.before) else None
            if share:
                # 80%以上的企业完成改造: the share of those that will have done it.
                return self.nouns.behind(share["what"])
            return self.nouns.behind(piece.after) if _BY.search(piece.before) else ""
        treated = _TREATED.match(piece.after) if _ON.search(piece.before) else None
        if treated:
            # 对48处灌区渠系进行改造: what so many of are worked on.
            return self.nouns.behind(treated["what"])
        built = piece.builds or (piece.joined and self.builds and not piece.before.strip())
        # 力争1家企业进入世界500强: so many of them are to rise.
        built = built or (state.is_goal and not self.nouns.thing(piece.before) and _RISES.search(piece.after) is not None)
        if not built or piece.after.startswith("的") or quantity.kind == "change" or quantity.is_time:
            return ""
        if quantity.is_money and not _MONEY_FOR.match(piece.after):
            return ""
        # 一 alone is an article (形成一个机制), unless each of several is to have one.
        if quantity.word == "一" and not EACH.search(piece.before):
            return ""
        # 拓展两个市场 is a set phrase and 遴选10个城市开展试点 says where one begins, unless goals are counted.
        if not state.is_goal and (quantity.word in _FEW or _TRIES.search(piece.after)):
            return ""
        label = self.nouns.behind(piece.after)
        if label:
            self.builds, self.subject = True, label
        return label

    def _measured(self, piece: Piece, previous: str, state: State) -> str:
        """Find what a number behind a noun counts or measures: 打造示范园8个, 覆盖率达到90%, 居民满意度95%以上."""
        quantity = piece.quantity
        # 增速高于全国平均2个百分点: a distance to something else.
        apart = quantity.unit.unit_text == "百分点" and quantity.kind != "change"
        if quantity.word == "一" or apart:
            return ""
        if quantity.kind == "bare":
            built = "" if quantity.is_ratio else self.nouns.built(piece.before)
            if built:
                self.builds, self.subject = True, built
                return built
            goes_on = piece.joined or piece.before.lstrip().startswith("其中")
            if not state.is_goal and not (self.builds and goes_on and not quantity.is_ratio):
                return ""
            # What is built goes on without its verb (、省级平台5个), and in the goals a noun and its number are enough.
            return "" if _VERBLESS.search(piece.before) or self.only_builds else self._named(piece, "")
        if (quantity.is_time and not (state.is_goal or quantity.reduced or self._lasts(piece))) or self.only_builds:
            return ""
        if quantity.kind == "change" and self.build.search(piece.before):
            # 改造提升60万亩: 提升 is done, and nothing rises by so much.
            return ""
        if piece.before.lstrip().startswith(_ONE_OF) and not state.is_goal:
            # 对单个企业的投资额不超过20%: a rule for each case.
            return ""
        if not state.is_goal and not (quantity.marked or quantity.reach < quantity.start):
            return ""
        return self._named(piece, previous)

    def _lasts(self, piece: Piece) -> bool:
        """Tell whether a time is a limit that is set for how long something takes (审核时间不超过15个工作日)."""
        noun = self.nouns.before(piece.before) or self.subject
        return piece.quantity.is_time and piece.quantity.marked and noun.endswith(_DURATIONS)

    def _named(self, piece: Piece, previous: str) -> str:
        """Give what stands before a number, with what the sentence spoke of last where it is left out (规模达到300亿元，年均增长8%)."""
        label = self.nouns.before(piece.before, previous)
        levelled = _LEVELLED.match(self.subject) if _LEVEL.match(label) else None
        if levelled:
            # 省级平台30家，其中国家级3家
            self.literal, label = label, label + levelled["thing"]
        if self.nouns.is_aspect(label):
            # 设立产业基金，总规模不低于50亿元: of what was spoken of last.
            of = self.subject or self.nouns.built(previous)
            if of and not self.nouns.is_aspect(of) and not self.nouns.is_measure(of):
                self.literal, label = label, of + label
        if label.startswith("占") and self.subject:
            whole = _RATE.sub("", self.subject) + label
            label = whole if len(whole) <= LONGEST else label
        elif not label and not self.nouns.cut(piece.before):
            # 高标准农田100万亩，其中新建40万亩: another number of the same thing.
            done = self.nouns.verbs(piece.before) if self.subject else ""
            self.literal, label = self.subject if done else "", done + self.subject
            return label
        self.subject = label or self.subject
        return label

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
                label = self.nouns.cut(_YEARS.sub("", text[clause.start : at], count=1))
                spot = State(years[index], state.base, state.is_goal)
            elif len(nouns) == len(found) and all(len(noun) > 1 for noun in nouns):
                label, spot = self.nouns.cut(nouns[index]), state
            else:
                return
            if 2 <= len(label) <= LONGEST:
                self._target(label, own, spot, sentence)

    def _target(self, label: str, quantity: Quantity, state: State, sentence: Span) -> None:
        ctx = self.ctx
        assert ctx.plan is not None
        attrs = quantity.attributes()
        key = _amount(attrs)
        if state.year is None and any(label.endswith(known) or known.endswith(label) for known in self.known.get(key, ())):
            # Said in the goals with its year and again in a task: one target.
            return
        if state.year:
            attrs["yf:year"] = state.year
        if state.base and quantity.kind == "change":
            attrs["yf:baseYear"] = state.base
        each = EACH.search(ctx.text, self.fresh, quantity.start)
        if each:
            attrs["yf:perUnit"] = each[0].removesuffix("拥有")
        self.fresh = quantity.end
        indicator = indicator_named(ctx, label)
        target = Mention("Target", target_label(label, attrs, state.year))
        self.known.setdefault(key, []).append(label)
        state_target(ctx, indicator, target, attrs, sentence, "targets.quantified")
        if self.literal and self.literal != label:
            ctx.describe(indicator, {}, (self.literal,))


def _amount(attrs: Attributes) -> tuple[str, str, str]:
    return str(attrs.get("yf:value", attrs.get("yf:upper"))), str(attrs.get("yf:unitText", "")), str(attrs["yf:comparator"])


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


def target_label(indicator: str, attrs: Attributes, year: int | None) -> str:
    """Name a target as a person would: 普及率 > 40%（2023年）."""
    bounds = (attrs["yf:lower"], attrs["yf:upper"]) if "yf:lower" in attrs else (attrs["yf:value"],)
    amount = "—".join(spoken(Decimal(str(bound))) for bound in bounds)
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
