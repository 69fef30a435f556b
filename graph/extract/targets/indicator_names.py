"""How an indicator is called that a number counts or measures: what is built, what a level is set for, what was spoken of last."""

from __future__ import annotations

import re
from functools import cache, cached_property

from ...core.vocabulary import Vocabulary
from ...text.sentences import clauses_in
from ..context import Context
from .fragments import Piece
from .noun_phrases import LONGEST, Nouns
from .quantities import Quantity
from .years import State

_DIGIT = re.compile(r"\d")
_EDGES = "，,"
_SHORT = 4
_LONGEST_WORK = 6
"""How long the name of work is that a short name of a thing is told apart by (雨污分流改造)."""
_HEAD = 2
"""How many characters tell the kind of a thing (企业 in 龙头企业)."""
_ALL = 100
"""Per cent of all there are."""


@cache
def _declared(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the nouns of what a plan declares a number of, and which therefore is no indicator of its own."""
    roles = ("Indicator", "Action", "Project", "Safeguard", "Task", "Principle", "Direction")
    return tuple(word for role in roles for word in vocabulary.role(f"count.{role}"))


class Namer:
    """Names indicators piece by piece and keeps in mind what a sentence spoke of."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.nouns = Nouns(ctx)
        self._one_of = ctx.vocabulary.role("target.one_of")
        self._durations = ctx.vocabulary.role("measure.duration")
        self._declared = _declared(ctx.vocabulary)
        self.only_builds = False
        """Whether levels are none of the plan's (what an interview tells of today): then only what is built counts."""
        self.literal = ""
        """The name as the text has it, where the indicator's own is put together."""
        self.heading = ""
        """What a numbered item of a box is about, where a colon sets it before the rest."""
        self.item = ""
        """What the item is about that a sentence stands in, where its head names a thing to be built (东湾加工园工程)."""
        self.product = ""
        """What the item is to have made in number, by its head (永磁材料产业化工程)."""
        self.site = ""
        """What the sentence says is to be built, where its size stands behind (建成集散中心，占地60亩)."""
        self.above: int | None = None
        """Where the sentence begins, if another one stands before it in its line."""
        self.part = ""
        """The place that a number of the indicator is for (其中滨湖区5个)."""
        self._builds = False
        self._rated = False
        """Whether the sentence has set a level for a share."""
        self._levels: list[tuple[str, str]] = []
        """The levels that it has set: of what, and in which unit."""
        self.subject = ""
        """What the sentence counted or measured last."""
        self.beside: list[str] = []
        """What its last clause with several numbers counted side by side."""
        self._unit = ""
        """The unit in which it did."""

    # Patterns are compiled when they are first asked for: most documents need few of them, and start-up counts.

    @cached_property
    def build(self) -> re.Pattern[str]:
        """Give the pattern of a verb of building that ends a stretch."""
        return self._ctx.pattern("names.build")

    @cached_property
    def _holds(self) -> re.Pattern[str]:
        return self._ctx.pattern("names.holds")

    @cached_property
    def _money_for(self) -> re.Pattern[str]:
        return self._ctx.pattern("names.money_for")

    @cached_property
    def _treated(self) -> re.Pattern[str]:
        return self._ctx.pattern("names.treated")

    @cached_property
    def _share(self) -> re.Pattern[str]:
        return self._ctx.pattern("names.share")

    @cached_property
    def _rises(self) -> re.Pattern[str]:
        return self._ctx.regex("target.rises")

    @cached_property
    def _acts(self) -> re.Pattern[str]:
        return self._ctx.pattern("names.acts")

    @cached_property
    def _rate(self) -> re.Pattern[str]:
        return self._ctx.pattern("names.rate")

    def forget(self) -> None:
        """Begin a sentence that goes on with nothing."""
        self._builds, self._rated, self._levels, self.subject, self.beside = False, False, [], "", []

    def count(self, label: str, quantity: Quantity) -> None:
        """Keep what was counted last, and in which unit, for the numbers of its parts."""
        self.subject, self._unit = label, quantity.unit.unit_text

    def name(self, piece: Piece, previous: str, state: State) -> str:
        """Give the indicator of a piece; empty where its number is no target. `previous` is the clause before it."""
        self.literal = self.part = ""
        if among := self._ctx.find("names.among_listed")(piece.before):
            # 产值300亿元，其中：养殖业120亿元、加工业150亿元
            piece = piece._replace(before=piece.before[among.end() :])
        if self.holds(piece):
            label = self.nouns.behind(piece.after)
        elif piece.after and not piece.builds and piece.quantity.kind == "bare" and self.nouns.acts(piece.after):
            # 选派特派员50名驻村: what the thing that is built does stands behind.
            label = self._measured(piece, previous, state) or self._counted(piece, previous, state)
        else:
            label = self._counted(piece, previous, state) if piece.after else self._measured(piece, previous, state)
        self._unit = piece.quantity.unit.unit_text if label else self._unit
        return self._headed(label, piece) if label else ""

    def holds(self, piece: Piece) -> bool:
        """Tell whether a number is one that is held: 严守18亿亩耕地红线 may not fall below."""
        return piece.quantity.comparator == "=" and self._holds.search(piece.before) is not None

    def lasts(self, piece: Piece) -> bool:
        """Tell whether a time is a limit that is set for how long something takes (审核时间不超过15个工作日)."""
        noun = self.nouns.before(piece.before) or self.subject
        if not piece.quantity.is_time:
            return False
        # 每年下沉基层服务不少于30天
        spent = piece.quantity.comparator == ">=" and not piece.after and self._ctx.find("names.spends")(noun)
        return bool(spent) or ((piece.quantity.marked or piece.quantity.kind == "level") and noun.endswith(self._durations))

    def shares(self, piece: Piece) -> bool:
        """Tell whether a number is the share of those that will have done what stands behind (80%以上的企业完成改造)."""
        return piece.quantity.is_ratio and not self.nouns.thing(piece.before) and self._share.match(piece.after) is not None

    def _headed(self, label: str, piece: Piece) -> str:
        """Put the heading of an item in a box before a short name that only says something below it (森林消防物资：建设7个中央级库)."""
        if not self.heading or len(label) > _SHORT or piece.quantity.kind != "bare":
            return label
        self.literal = label
        return self.heading + label

    def _counted(self, piece: Piece, previous: str, state: State) -> str:
        """Find what a number in front of a noun counts: 培育5家龙头企业; empty where it only describes."""
        quantity = piece.quantity
        if quantity.is_ratio:
            # 按年度用量的60%—70%估算采购总量: the share by which something is done, named by what is done.
            share = self._share.match(piece.after) if (state.is_goal or state.year or piece.quantity.tail) and self.shares(piece) else None
            if covers := self._covered(piece):
                return covers
            if share:
                # 80%以上的企业完成改造: the share of those that will have done it.
                return self.nouns.behind(share["what"])
            by = self._ctx.find("names.by")(piece.before) and not self._ctx.find("names.charged")(piece.after)
            return self.nouns.behind(piece.after) if by else ""
        # 为 stands before the noun as well as before a value (为不少于200家企业提供诊断).
        lead = piece.before + self._ctx.text[quantity.reach : quantity.start]
        treated = self._treated.match(piece.after) if self._ctx.find("names.on")(lead) else None
        if treated:
            # 对48处灌区渠系进行改造: what so many of are worked on.
            return self.nouns.behind(treated["what"])
        if self.subject and self._ctx.find("names.among")(piece.before) and self._ctx.find("names.meets")(piece.after):
            # 建设卫生室40个，其中不少于10个达到甲级标准: those of what was counted that do so.
            if quantity.unit.unit_text != self._unit:
                return ""
            self.literal = piece.after
            return piece.after + self._ctx.vocabulary.word("particle.of") + self.nouns.unadded(self.subject)
        built = piece.builds or self._lists(piece) or ((piece.joined or self._runs_on(piece, previous)) and self._builds and not piece.before.strip())
        # 40个样板村先行联网: so many of them are to do what stands behind.
        does = None if built or not (state.is_goal or state.year) or self.nouns.thing(piece.before) else self._acts.match(piece.after)
        if does and quantity.kind != "change" and not quantity.is_time and not quantity.is_money:
            self.literal = does["thing"]
            return self.nouns.behind(piece.after)
        # 力争1家企业进入世界500强: so many of them are to rise.
        built = built or (state.is_goal and not self.nouns.thing(piece.before) and self._rises.search(piece.after) is not None)
        if manned := self._ctx.find("names.manned")(piece.after):
            self.literal = manned["who"]
            return manned["who"] + manned["body"] if built and quantity.unit.unit_text in self._ctx.vocabulary.role("unit.people") else ""
        if not built or piece.after.startswith(self._ctx.vocabulary.role("particle.of")) or quantity.kind == "change" or quantity.is_time:
            return ""
        if self._ctx.find("names.sized")(piece.before + piece.after):
            # 建设年产2万吨甲料项目: how large what is built will be.
            return ""
        if quantity.is_money and (not self._money_for.match(piece.after) or self._ctx.find("names.gives")(piece.before)):
            return ""
        # 一 alone is an article (形成一个机制), unless each of several is to have one.
        if quantity.word in self._ctx.vocabulary.role("numeral.one") and not self._ctx.find("nouns.each")(piece.before):
            return ""
        # 拓展两个市场 is a set phrase, unless goals are counted.
        if not state.is_goal and quantity.word in self._ctx.vocabulary.role("numeral.few"):
            return ""
        label = self.nouns.behind(piece.after)
        if self._ctx.vocabulary.word("particle.of") in label and self._ctx.find("names.pushes")(piece.before):
            # 重点推进15个行业的应用: what is pushed on is not they.
            return ""
        if sent := self._ctx.find("names.sent")(label):
            # 选派60名护士到省级中心进修: who is sent is counted.
            label = sent["who"]
        elif paired := self._ctx.find("names.paired")(label):
            # 组织设计师与500家企业结对: those with whom they are paired are counted.
            label = paired["who"]
        elif does := self._ctx.find("names.opens")(label):
            self.literal = does["who"]
        elif then := self._ctx.find("names.then")(label):
            # 遴选10个重点项目予以支持: what is done with them is said behind.
            label = label[: then.start()]
        elif does := self._acts.match(label):
            # 组织200名技术骨干下沉一线
            self.literal = does["thing"]
        if (tasked := self._ctx.find("names.tasked")(label)) and quantity.unit.unit_text not in self._ctx.vocabulary.role("unit.item"):
            # 完成1120户农村危房改造任务
            label = tasked["thing"]
        if piece.joined and self.subject and len(label) == _HEAD and self.nouns.is_noun_of_work(label):
            # 完成46个老旧小区、5200户改造: the work is done on what was counted before.
            label = self.subject if self.subject.endswith(label) else self.subject + label
        if 0 < len(label) < _SHORT and not self.heading and self.nouns.is_work(piece.before):
            # 完成雨污分流改造380个小区: by itself the thing says too little of what is done to it.
            work = self.nouns.cut(piece.before)
            self.literal, label = label, (work if self.nouns.is_work(work) and len(work) <= _LONGEST_WORK else "") + label
        if label.endswith(self._declared):
            # 设置了9项量化指标: what the plan counts of itself.
            return ""
        if label:
            self._builds, self.subject = True, label
        return label

    def _lists(self, piece: Piece) -> bool:
        """Tell whether a verb of building and as many names as are counted stand before a number (新建石门、清溪2座中型水库)."""
        listed = self._ctx.find("names.listed")(piece.before) if piece.quantity.kind == "bare" else None
        return listed is not None and listed["list"].count("、") + 1 == piece.quantity.lower

    def _covered(self, piece: Piece) -> str:
        """Give what so large a share of something is reached by (服务网点覆盖90%以上的行政村); empty where nothing says so."""
        covers, of = self._ctx.find("names.covers")(piece.before), self._ctx.vocabulary.word("particle.of")
        what = self.nouns.behind(piece.after.removeprefix(of)) if covers and piece.after.startswith(of) else ""
        if not covers or not what:
            return ""
        by = self.nouns.cut(piece.before[: covers.start()])
        self.literal = what
        return by + covers[0] + what if by else what

    def again(self, before: str, previous: str) -> str:
        """Give what the clause before says is done in the words that stand before a number: 分年度更换管道，2026年更换180公里; else empty."""
        verb = self.nouns.done(before) if previous else ""
        if self.subject:
            return self.subject if verb and self.subject.startswith(verb) else ""
        if verb and previous.rstrip(_EDGES).endswith(verb):
            # 推进渔港适老化改造，2026年改造35个: what ends in the verb; 对漏损率高于25%的管道分批更换 says it otherwise.
            return self.nouns.before(previous) if not _DIGIT.search(previous) else ""
        thing = previous.rpartition(verb)[2] if verb and verb in previous else ""
        named = self.nouns.behind(thing) if not self._ctx.find("nouns.numbered")(thing) else ""
        return verb + named if named else ""

    def _done_of(self, piece: Piece, previous: str) -> str:
        """Give the work that the clause before names, where so much of it is completed (实施古树抢救，2026年完成260株); else empty."""
        completes = self.nouns.done(piece.before) in self._ctx.vocabulary.role("target.completes") if previous else False
        work = (self.subject or self.nouns.cut(previous)) if completes else ""
        return work if self.nouns.is_work(work) and not self._ctx.find("nouns.numbered")(work) else ""

    def worked(self, before: str, previous: str) -> str:
        """Give what the clause before says is worked on by the verb that stands alone before a number (推进农田建设，建设5万亩); else empty."""
        verb, work = self.nouns.done(before), self.nouns.cut(previous)
        return work.removesuffix(verb) if verb and work.endswith(verb) and not any(map(str.isdigit, work)) else ""

    def _more(self, piece: Piece, previous: str) -> str:
        """Give what the clause before counts by the same unit, where a verb alone stands before a number (现有渔船3200艘，每年更新200艘)."""
        verb = self.nouns.done(piece.before)
        if not verb or self.subject:
            return ""
        there = self._ctx.find("names.there")(previous or self._clause_above())
        if there is None or there["unit"] != piece.quantity.unit.unit_text:
            return ""
        self.literal = there["thing"]
        return verb + there["thing"]

    def _clause_above(self) -> str:
        """Give the last clause of the sentence before; empty for the first one of a line."""
        if self.above is None:
            return ""
        return self._ctx.text[clauses_in(self._ctx.text, *self._ctx.sentence(self.above - 1))[-1].start : self.above]

    def _runs_on(self, piece: Piece, previous: str) -> bool:
        """Tell whether a clause is another number of things like those that the clause before it builds: 培育10家龙头企业，500家服务企业."""
        head = self.subject[-_HEAD:]
        return bool(head) and previous.rstrip("，,").endswith(head) and piece.after.endswith(head)

    def _measured(self, piece: Piece, previous: str, state: State) -> str:
        """Find what a number behind a noun counts or measures: 打造示范园8个, 覆盖率达到90%, 居民满意度95%以上."""
        quantity = piece.quantity
        # 增速高于全国平均2个百分点: a distance to something else.
        apart = quantity.unit.unit_text in self._ctx.vocabulary.role("unit.points") and quantity.kind != "change"
        if quantity.word in self._ctx.vocabulary.role("numeral.one") or apart:
            return ""
        if self.subject and (whose := self._ctx.find("names.whose")(piece.before)):
            # 其中开设夜间门诊的不少于30家: those of what was counted that do so.
            self.literal = whose["does"]
            return whose["does"] + self._ctx.vocabulary.word("particle.of") + self.nouns.unadded(self.subject)
        provided = self._ctx.find("names.provided")(piece.before) if quantity.is_money else None
        if provided and ((provided["treasury"] and not quantity.tail) or provided["bare"] or not quantity.marked):
            # 统筹安排资金5亿元: what is given, and no goal, where it is no floor (安排资金5亿元以上); 财政每年安排资金不少于5亿元 is a provision.
            return ""
        if quantity.kind == "bare":
            site = self.site or self.item
            if site and self.nouns.done(piece.before):
                # 布局综合能源站，2027年建成10座: so many of them.
                self._builds, self.subject = True, site
                return site
            if site and not state.is_goal and (sized := self._ctx.find("names.size")(piece.before)):
                # 建成集散中心，占地60亩，年加工能力3000吨: how large what is built will be.
                self.literal = sized["size"]
                return site + sized["size"] if len(site + sized["size"]) <= LONGEST else sized["size"]
            built = "" if quantity.is_ratio else self.nouns.built(piece.before, works=not quantity.is_money and not quantity.is_time)
            if built and not self.nouns.is_aspect(built):
                self._builds, self.subject = True, built
                self.literal = self.nouns.with_verb(piece.before, built)
                return built
            if lowers := self._ctx.find("names.lowers")(piece.before):
                # 减少有机锡排放30吨以上: without its verb the other way round.
                self._builds, self.subject = True, lowers["label"]
                return lowers["label"]
            if quantity.is_money and (brings := self._ctx.find("names.brings")(piece.before)):
                self.subject = brings["what"]
                return brings["what"]
            if again := self._done_of(piece, previous) or self.again(piece.before, previous) or self._more(piece, previous):
                self._builds, self.subject = True, again
                return again
            if quantity.is_money and quantity.tail and self._ctx.find("names.funds")(piece.before):
                # 三年统筹安排资金9000万元以上: what will be spent, with the word of comparison behind it.
                return self._named(piece, "")
            if serves := self._ctx.find("names.serves")(piece.before):
                self.literal = piece.before.strip()
                return serves["who"]
            yearly = self._ctx.find("names.each_year")(piece.before) if not (piece.after or quantity.is_money or quantity.is_ratio) else None
            if yearly:
                # 年服务企业200家以上: what is done every year.
                self.literal = yearly["does"] + yearly["thing"]
                return self.literal if yearly["keeps"] or len(yearly["thing"]) < _HEAD else yearly["thing"]
            # 招标率达到100%，落实率100%; and all of something is what a plan wants.
            rated = (self.nouns.is_measure(self.subject) and self._rated) or (quantity.lower == _ALL and self._ctx.find("names.rated")(piece.before))
            if not state.is_goal and not piece.after and not quantity.is_ratio and self._builds and self.nouns.is_measure(piece.before):
                # 开展发电试点，试验机组装机容量2兆瓦
                return self._named(piece, "") if not self._ctx.find("names.verbless")(piece.before) and not self.only_builds else ""
            if quantity.is_ratio and not piece.after and not self.only_builds and (rated or self._ctx.find("names.secures")(piece.before)):
                # 实现重点园区5G网络覆盖率100%; 招标率达到100%，落实率100%
                label = self.nouns.before(piece.before)
                return label if self.nouns.is_measure(label) else ""
            goes_on = piece.joined or self._ctx.find("names.among")(piece.before) is not None or self.nouns.is_work(piece.before)
            # 接待游客突破900万人次、旅游收入85亿元: a measure beside one whose level is set.
            beside = piece.joined and self._levels and self.nouns.is_measure(self.nouns.before(piece.before))
            if not state.is_goal and not beside and not (self._builds and goes_on and not quantity.is_ratio):
                return ""
            # What is built goes on without its verb (、省级平台5个), and in the goals a noun and its number are enough.
            return "" if self._ctx.find("names.verbless")(piece.before) or self.only_builds else self._named(piece, "")
        if (quantity.is_time and not (state.is_goal or quantity.reduced or self.lasts(piece))) or self.only_builds:
            return ""
        if quantity.kind == "change" and self.build.search(piece.before):
            # 改造提升60万亩: 提升 is done, and nothing rises by so much.
            return ""
        if any(word in piece.before for word in self._one_of) and not state.is_goal:
            # 对单个企业的投资额不超过20%: a rule for each case.
            return ""
        if not state.is_goal and not (quantity.marked or quantity.reach < quantity.start):
            return ""
        self._rated = self._rated or quantity.is_ratio
        label = self._named(piece, previous)
        self._levels.append((label, quantity.unit.unit_text))
        return label

    def _thing_of(self, label: str, before: str, previous: str) -> str:
        """Give the thing that a bare measure is of: what its own clause speaks of first, else the clause before; empty where that is a measure too.

        粮食播种面积保持稳定、产量达到…: of what measures share, only a beginning that the text joins with this one elsewhere (粮食产量).
        """
        own = self.nouns.cut_leads(before[: before.rfind(label)])
        thing = self.nouns.subject(own or previous)
        if not self.nouns.is_measure(thing):
            return thing
        return next((thing[:size] for size in range(2, len(thing) - 1) if thing[:size] + label in self._ctx.text), "")

    def _said_in_full(self, label: str, piece: Piece) -> str:
        """Give the measure that a sentence set before, in the same unit, and says again in short behind its next year; else empty."""
        unit = piece.quantity.unit.unit_text
        if not self.nouns.is_bare(label):
            return ""
        return next((name for name, of in self._levels if of == unit and name != label and name.endswith(label)), "")

    def _is_part(self, label: str, piece: Piece) -> bool:
        """Tell whether a label is a place, or a part of the land that 其中 or a list speaks of (其中沱水上游3000公顷)."""
        among = piece.joined or self._ctx.find("names.among")(piece.before) is not None
        return self.nouns.is_place(label) or (among and self.nouns.is_part(label))

    def _named(self, piece: Piece, previous: str) -> str:
        """Give what stands before a number, with what the sentence spoke of last where it is left out (规模达到300亿元，年均增长8%)."""
        if self._ctx.find("names.rhythm")(piece.before.strip()):
            # 开行冷链班车，每周不少于6班: of what the clause before says is run.
            return self.subject or self.nouns.built(previous)
        label = self.nouns.before(piece.before, previous)
        if piece.quantity.comparator == ">=" and self._ctx.find("names.spent")(piece.before):
            # 建立台账，每年培训不少于40学时: what the clause itself says, and not the one before it.
            return piece.before.strip()
        if self._ctx.find("names.every")(label) or label in self._ctx.vocabulary.role("whole"):
            # 每个乡镇建设1个服务站，全市不少于46个: of what was spoken of last, else of nothing.
            if self.subject and piece.quantity.unit.unit_text != self._unit:
                # 组建队伍12支，每支队伍不少于20人: how large each is.
                return ""
            return self.subject or self.nouns.built(previous)
        if not label and not self.subject and piece.quantity.kind == "level":
            # 入网追溯主体仅310家，到2026年底扩大到600家
            there = self._ctx.find("names.only")(previous)
            return there["thing"] if there and there["unit"] == piece.quantity.unit.unit_text else ""
        if self._ctx.find("names.per_time")(label):
            # 开设海洋课程，每学期不少于4课时: of what the clause before sets up.
            taught = self._ctx.find("names.taught")(previous.strip())
            times = piece.quantity.unit.unit_text in (*self._ctx.vocabulary.role("unit.times"), *self._ctx.vocabulary.role("unit.held"))
            # 组织演练，每季度不少于1场 says how often.
            label = self.literal = taught["thing"] if taught and not times else ""
            if not label:
                return ""
        if added := self._ctx.find("names.added")(label):
            # 装机容量新增150万千瓦、累计达到400万千瓦
            self.literal, label = added["thing"], added["verb"] + added["thing"]
        if self.subject and label and piece.quantity.kind != "change" and self._is_part(label, piece):
            # 新增林地4万亩，其中滨湖区2万亩、南山县1万亩: of one indicator, each for its place.
            if piece.quantity.unit.unit_text != self._unit:
                return ""
            self.part = label
            return self.subject
        if not self.subject and self._ctx.find("names.among")(piece.before) and self.nouns.is_place(label):
            # 其中滨湖区不少于5: of what is not said.
            return ""
        level = self._ctx.find("names.level")(label)
        levelled = self._ctx.find("names.levelled")(self.subject) if level else None
        if self.subject and level and not levelled:
            # 绿色工厂达到60家，其中国家级15家
            self.literal, label = label, label + self.subject
            return label
        if levelled:
            # 省级平台30家，其中国家级3家
            self.literal, label = label, label + levelled["thing"]
        if len(label) > 1 and self.subject.endswith(label) and not piece.joined:
            # 材料产量达到600万吨；到2030年，产量达到900万吨: the same measure, said in short.
            self.literal, label = label, self.subject
        if (whole := self.nouns.completed(label, previous)):
            # 推广钛石膏综合利用，利用率达到40%: the rate of what is done.
            self.literal, label = label, whole
        if whole := self._said_in_full(label, piece):
            # 水产养殖产量达到11万吨，网箱达到600口；到2030年，产量达到12万吨
            self.literal, label = label, whole
        if self.nouns.is_bare(label) and (thing := self._thing_of(label, piece.before, previous)):
            # 粮食产业提质增效，产量达到500万吨: the measure of what the words before it speak of.
            self.literal, label = label, thing + label
        if label in self._ctx.vocabulary.role("indicator.counted") and self.subject and not self.nouns.is_measure(self.subject):
            # 新建渔港3座，总数达到15座: of what was counted last, the old ones with it.
            thing = self.subject[len(self.nouns.verb_of(self.subject)) :]
            self.literal, label = label, thing + label
        if self.nouns.is_aspect(label):
            # 设立产业基金，总规模不低于50亿元: of what was spoken of last.
            counted = next((word for word in self._ctx.vocabulary.role("indicator.counted") if self.subject.endswith(word)), "")
            of = self.subject.removesuffix(counted) or self.nouns.built(previous)
            if of and "、" not in of and not self.nouns.is_aspect(of) and not self.nouns.is_measure(of):
                self.literal, label = label, of + label
        if self.subject and self._rate.fullmatch(label) and not self._rate.search(self.subject):
            # 收入达到20亿元，年均增速15%: that of what was spoken of last.
            self.literal, label = label, self.subject + label
        if self._ctx.pattern("nouns.share").match(label) and self.subject:
            whole = self._rate.sub("", self.subject) + label
            label = whole if len(whole) <= LONGEST else label
        elif not label and not self.nouns.cut(piece.before):
            # 高标准农田100万亩，其中新建40万亩: another number of the same thing.
            if self._ctx.find("names.in_all")(piece.before):
                # 新增渔船120艘，累计达到300艘: all of them, and not the new ones.
                self.subject = self.nouns.unadded(self.subject)
            done = self.nouns.verbs(piece.before) if self.subject else ""
            self.literal, label = self.subject if done else "", done + self.subject
            return label
        self.subject = label or self.subject
        return label
