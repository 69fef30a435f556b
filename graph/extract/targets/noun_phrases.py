"""What a number counts or measures: the noun phrase beside it, cut free of verbs, adverbs, years and comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from ...core.model import Mention
from ...core.rules import finder
from ...core.vocabulary import Vocabulary, load_vocabulary
from ..context import Context
from ..locations.names import place_end, places_from
from .fragments import unremarked

LONGEST = 40
_STOP = re.compile(r"[，,。；]")
_EDGES = "，,、：:；"
_BARE = 2
_JOINT = "、"
_LONGEST_THING = 10
_SHORTEST_OWN = 4
"""How long a name must be to say what it measures without the plan's subject."""
_DATED = "20"
"""What every year of a plan begins with."""
_ASIDE = re.compile(r"^（[^（）]*）")
_FARTHEST = 240
"""How many characters before a quantity its noun phrase may begin: what is longer is no phrase, and would be searched through again and again."""


class Nouns:
    """Cuts noun phrases with the words of one vocabulary."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._verbs = ctx.prefixes("target.build")
        self._leads = ctx.prefixes("target.lead")
        self._bound = ctx.vocabulary.role("noun.bound")
        self._works = ctx.prefixes("verb.measure", "target.works")
        self._each = ctx.vocabulary.word("wording.every")
        self._framed = ctx.vocabulary.role("target.frame")
        self._openings = ctx.prefixes("target.lead", "adverb")
        self._adverbs = ctx.prefixes("adverb")
        self._does = ctx.prefixes("verb.work", "target.reached", "target.rises", "verb.end", "noun.does")
        self._also_nouns = frozenset(ctx.vocabulary.role("verb.noun"))
        self._generic = frozenset(ctx.vocabulary.role("noun.generic"))
        self._areas = frozenset(ctx.vocabulary.role("place.area"))
        self._townships = ctx.vocabulary.role("place.township")
        self._aspects = frozenset(ctx.vocabulary.role("measure.aspect"))

    @cached_property
    def _year(self) -> re.Pattern[str]:
        return self._ctx.pattern("nouns.year")

    @cached_property
    def _compared(self) -> re.Pattern[str]:
        return self._ctx.pattern("nouns.compared")

    @cached_property
    def _per(self) -> re.Pattern[str]:
        return self._ctx.pattern("nouns.per")

    @cached_property
    def _leading(self) -> tuple[re.Pattern[str], ...]:
        return tuple(self._ctx.pattern(f"nouns.{part}") for part in ("settled", "caused", "yearly", "led"))

    def _unled(self, text: str) -> str:
        """Take off what leads to a noun phrase: what another verb said, the verb of cause, 每年, the means."""
        text = text[-_FARTHEST:]
        for lead in self._leading:
            text = lead.sub("", text)
        means = self._ctx.find("nouns.means")(text)
        return text[means.end() :] if means else text

    def _free(self, text: str) -> str:
        """Take the particle 的 off both ends."""
        return self._behind_free(self._ctx.pattern("nouns.of_before").sub("", text))

    def _behind_free(self, text: str) -> str:
        return self._ctx.pattern("nouns.of_behind").sub("", text)

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        return self._ctx.pattern("nouns.joined")

    @cached_property
    def _inner(self) -> re.Pattern[str]:
        return self._ctx.pattern("nouns.inner")

    @cached_property
    def _trails(self) -> re.Pattern[str]:
        return self._ctx.regex("target.trail", before="(?:", after=")+$")

    @cached_property
    def _summed(self) -> re.Pattern[str]:
        return self._ctx.pattern("nouns.summed")

    @cached_property
    def _measures(self) -> re.Pattern[str]:
        return self._ctx.regex("measure.end", before="(?:", after=")$")

    def cut(self, text: str, *, counted: bool = False) -> str:
        """Cut a stretch to its noun phrase; `counted` for what stands behind a number (5家X), where the end is not trimmed."""
        text = unremarked(text).replace(" ", "")
        if not counted:
            # 主要预期目标是：地区生产总值增长6%
            text = text.rpartition("：")[2]
            text = self._unled(text)
            each = self._ctx.find("nouns.each_place")(text) if self._each in text[: _BARE + 1] else None
            if each and self._verbs.at(text, each.end()):
                # 每县建立服务点: what each of them builds.
                text = text[each.end() :]
            at = self._ctx.find("nouns.at")(text)
            text = text[at.end() :] if at else text
            span = self._ctx.find("nouns.within")(text)
            if span and not self._year.match(text) and len(text) - span.end() >= _BARE:
                text = text[span.end() :]
        while True:
            compared = None if counted else self._compared.search(text)
            if compared:
                text = text[: compared.start()]
                continue
            start = 0 if counted or text.startswith(self._bound) or self._ctx.find("nouns.idiom")(text) else self._leads.skip(text)
            # 稳步实现粮食产量: an adverb goes with the verb that it stands before, and stays with a noun (高标准农田).
            if not counted and (behind := self._adverbs.skip(text, start)) > start and (verb := self._leads.at(text, behind)):
                start = behind + verb
            year = self._year.match(text, start)
            if not counted and not start and not year:
                # 全省实现算力规模, 滨湖区建成渔港: what the whole does, or a place.
                whole = self._where(text)
                start = self._leads.skip(text, whole) if whole and self._leads.at(text, whole) else 0
            cut = text[year.end() if year else start :]
            cut = (cut if counted else self._per.sub("", self._trails.sub("", self._summed.sub("", self._undated(cut))))).strip(_EDGES)
            if cut == text:
                break
            text = cut
        if not counted:
            # 建成区 begins like a verb.
            verb = 0 if text.startswith(self._bound) else self._verb(text)
            if len(text) - verb >= 3:
                # 组织开展职业技能培训: one verb behind the other.
                rest = self._after_verbs(text[verb:]) if verb else text
                text = rest if len(rest) >= 3 else text[verb:]
            if self._only_verbs(text) or self._only_works(text):
                text = ""
        return self._free(text)

    def _undated(self, text: str) -> str:
        """Take off the year that stands between a measure and its number (使用率2028年); a year alone is left."""
        year = self._ctx.find("nouns.year_behind")(text) if _DATED in text else None
        return text[: year.start()] if year and year.start() >= _BARE else text

    def _verb(self, text: str, start: int = 0) -> int:
        """Give the length of the verb of building that a stretch begins with and that is no part of the noun.

        新增X and 新建和改建X keep theirs: without them another thing is counted. 研发投入强度 and 新建小区绿化率 are measures that begin so.
        """
        verb = self._verbs.at(text, start)
        if not verb or self._ctx.find("nouns.new")(text, start) or self._ctx.find("nouns.joins")(text, start + verb):
            return 0
        if self._ctx.find("nouns.once_done")(text, start + verb):
            # 改造后林分平均亩产: of what has been done, and not what is done.
            return 0
        measured = self._measures.search(text) or self._ctx.find("nouns.average")(text)
        if measured and self._ctx.find("nouns.attributed")(text, start + verb):
            # 引入社会资本的项目占比: what the verb does describes what is measured.
            return 0
        if measured and (self._ctx.find("nouns.newly")(text, start) or text[start : start + verb] in self._also_nouns):
            return 0
        return verb

    def _where(self, text: str) -> int:
        """Give the length of the whole (全市), the place or the places (滨湖区、南山县各) that a stretch begins with, with a part of it (镇区)."""
        end = _whole(self._ctx.vocabulary, text) or place_end(self._ctx.vocabulary, text)
        if text.startswith(_JOINT, end) and (listed := places_from(self._ctx.vocabulary, text, 0, len(text))):
            end = listed.span.end
        part = self._ctx.find("nouns.place_part")(text, end)
        return part.end() if part else end

    def is_measure(self, text: str) -> bool:
        """Tell whether a stretch ends in the name of a measure (率, 时间, 规模)."""
        return self._measures.search(text.rstrip()) is not None

    def completed(self, label: str, previous: str) -> str:
        """Give a bare rate with what the clause before it does (推广石膏综合利用 before 利用率: 石膏综合利用率).

        It is empty where that says something else.
        """
        done = self.cut(previous) if previous and self.is_bare(label) else ""
        return done + label[-1] if len(done) > len(label) and done.endswith(label[:-1]) else ""

    def unadded(self, label: str) -> str:
        """Give what a label counts without the verb that says that it is new (新增渔船 → 渔船)."""
        new = self._ctx.find("nouns.new")(label)
        return label[new.end() :] if new and len(label) - new.end() >= _BARE else label

    def is_place(self, label: str) -> bool:
        """Tell whether a label is the name of a place and nothing else."""
        if label in self._areas:
            return True
        township = label[-1:] in self._townships and self._ctx.find("bodies.place")(label) is not None
        if township or place_end(self._ctx.vocabulary, label) == len(label):
            return True
        # A known name may begin a longer one (海东, 海东区).
        return self._ctx.pattern("locations.name").fullmatch(label) is not None

    def is_part(self, label: str) -> bool:
        """Tell whether a label names a part of the land (沱水上游, 北部煤田) and nothing else."""
        return self._ctx.find("nouns.region")(label) is not None

    def is_aspect(self, label: str) -> bool:
        """Tell whether a label names only an aspect of something (总规模, 面积), which alone says nothing."""
        return label in self._aspects

    def behind(self, text: str) -> str:
        """Give what a number in front of a stretch counts: 5家X，… ."""
        return self._fit(self.cut(_STOP.split(unremarked(text))[0], counted=True))

    def built(self, before: str, *, works: bool = False) -> str:
        """Give what stands between a verb of building and the number behind it: 打造核心示范园8个; empty without such a verb.

        With `works` any verb of work will do.
        """
        bare = unremarked(before).replace(" ", "")
        bare = self._unplaced(bare)
        whole = self._where(bare)
        start = self._openings.skip(bare, whole)
        # 其中滨湖区新建…: a place stands behind the words that lead on, too.
        place = self._where(bare[start:]) if start > whole else 0
        start += place if self._verbs.at(bare, start + place) else 0
        year = self._year.match(bare, start)
        if year:
            start = self._openings.skip(bare, year.end())
            # 到2028年滨湖区、南山县各建成…: what may stand in front of the year may stand behind it.
            rest = self._unplaced(bare[start:])
            start = len(bare) - len(rest) + self._where(rest)
        means = self._ctx.find("nouns.means")(bare[start:])
        if means:
            start += means.end()
        begins = year.end() if year else whole
        if not self._verbs.at(bare, start) and self._verbs.at(bare, begins) and not bare.startswith(self._framed, begins):
            # 带动中小企业1500家: the verb may lead to another.
            start = begins
        if works and start > begins and not self._verbs.at(bare, start) and bare[-_BARE:] in self._also_nouns and len(bare) - start > 2 * _BARE:
            # 推进居家适老化改造6000户: so much of what is done.
            return self._fit(bare[start:])
        # 鼓励企业制定标准15项: what is encouraged is built, and counted.
        framed = bare.startswith(self._framed, start) and self._inner.match(bare, start) is not None
        worked = 0 if framed or self._verbs.at(bare, start) else self._works.at(bare, start)
        if works and worked > 1:
            # 盘活闲置用地15亩: any work on a thing that is counted.
            return self._fit(self._behind_free(self._after_verbs(bare[start + worked :])))
        if not self._verbs.at(bare, start):
            # 依托优势企业建设中试平台12个: who builds, or on what, stands before the verb.
            lead = next((at for at in (whole, begins, start) if bare.startswith(self._framed, at)), None)
            inner = self._inner.match(bare, lead) if lead is not None else None
            if not inner:
                return ""
            start = inner.start("verb")
            if len(bare) - inner.end() <= _BARE:
                # 推动企业更新设备1.2万台: without its verb the thing would say too little.
                return self._fit(bare[start:])
        # 新建和改造提升高标准农田: two verbs of one thing.
        joined = self._joined.match(bare, start + self._verbs.at(bare, start))
        if joined:
            return self._fit(self._behind_free(self._after_verbs(bare[joined.end() :])))
        verb = self._verb(bare, start)
        rest = self._after_verbs(bare[start + verb :]) if verb else bare[start:]
        if rest in self._generic:
            # 带动就业9000人: so many of what is done.
            return self._fit(bare[start:])
        return self._fit(self._behind_free(rest))

    def _unplaced(self, bare: str) -> str:
        """Take off what stands in front of a verb of building: who does it, within what time, where, how."""
        former = ""
        while bare != former:
            former = bare
            leads = ("nouns.led", "nouns.within", "nouns.at", "nouns.manner", "nouns.each_place")
            lead = next((m for form in leads if (m := self._ctx.find(form)(bare)) and not (form == "nouns.within" and self._year.match(bare))), None)
            bare = bare[lead.end() :] if lead else bare
        return bare

    def with_verb(self, before: str, thing: str) -> str:
        """Give a thing with the verb right in front of it (完成加装电梯: 加装电梯 for 电梯); empty where none stands there."""
        bare = unremarked(before).replace(" ", "")
        at = bare.rfind(thing)
        sizes = (size for size in range(4, 1, -1) if size <= at)
        verb = next((bare[at - size : at] for size in sizes if max(self._verbs.at(bare, at - size), self._works.at(bare, at - size)) == size), "")
        return verb + thing if verb and at + len(thing) == len(bare) else ""

    def verb_of(self, text: str) -> str:
        """Give the verb of building that a stretch begins with (新建产地冷库 → 新建); empty where it begins otherwise."""
        return text[: self._verbs.at(text)]

    def acts(self, text: str) -> bool:
        """Tell whether a stretch is nothing but what somebody does (驻村, 入驻)."""
        return self._ctx.find("nouns.acts")(text) is not None

    def is_work(self, text: str) -> bool:
        """Tell whether a stretch ends in a noun of work (危桥改造): so much of it is done."""
        return len(text) > 2 * _BARE - 1 and text[-_BARE:] in self._also_nouns

    def is_noun_of_work(self, text: str) -> bool:
        """Tell whether a name is nothing but a noun of work (改造), which does not say of what."""
        return text in self._also_nouns

    def thing(self, text: str) -> str:
        """Give what a stretch names besides the place that it speaks of (全市); empty where there is no more."""
        noun = self.cut(text)
        return "" if noun in self._ctx.vocabulary.role("whole") else noun

    def verbs(self, text: str) -> str:
        """Give the verbs of building that a stretch is made of (其中新建 → 新建); empty where it holds anything else."""
        bare = unremarked(text).replace(" ", "")
        start = self._openings.skip(bare)
        return bare[start:] if self._only_verbs(bare[start:]) else ""

    def done(self, text: str) -> str:
        """Give the verbs of building that a stretch is made of beside the year and the whole that it is done in (到2028年全市累计建成 → 建成)."""
        within = self._ctx.find("nouns.within")(text)
        rest, former = self.cut_leads(text[within.end() :] if within and not self._year.match(text) else text), ""
        while rest != former:
            former = rest
            rest = self.cut_leads(rest[_whole(self._ctx.vocabulary, rest) :])
        return self.verbs(rest)

    def _only_verbs(self, text: str) -> bool:
        """Tell whether a stretch is nothing but verbs (建成投运, 新建): it names no thing."""
        return self._verbs.skip(text) == len(text)

    def _only_works(self, text: str) -> bool:
        """Tell whether a stretch is nothing but verbs of work that are no nouns (流转盘活)."""
        at = 0
        while at < len(text) and (verb := max(self._works.at(text, at), self._verbs.at(text, at))) > 1:
            if text[at : at + verb] in self._also_nouns:
                return False
            at += verb
        return 0 < at == len(text)

    def _after_verbs(self, rest: str) -> str:
        """Give what stands behind all verbs that follow another; nothing where they are all there is (建成投运30处)."""
        new, whole = self._ctx.find("nouns.new"), rest
        while (verb := self._verbs.at(rest)) and rest[:verb] not in self._also_nouns and not new(rest) and len(rest) - verb != 1:
            rest = rest[verb:]
        # 启动新建改扩建项目: without the verbs nothing says which ones.
        return whole if rest in self._generic else rest

    def before(self, text: str, previous: str = "") -> str:
        """Give what a level is set for; where the clause names nothing, the one before it may (再担保业务收费，原则上不高于0.5%)."""
        noun = self.cut(text)
        if len(noun) < 2 and previous and not self._verbs.at(previous) and not self._ctx.find("nouns.numbered")(previous):
            # 鼓励企业制修订标准，三年累计不少于25项
            noun = (self.built(previous) if previous.startswith(self._framed) else "") or self.cut(previous)
        return self._fit(noun)

    def _fit(self, noun: str) -> str:
        sized = self._ctx.find("clauses.dimensions")(noun)
        noun = _ASIDE.sub("", noun[sized.end() :] if sized else noun)
        if any(noun.count(left) != noun.count(right) for left, right in ("（）", "“”", "《》", "()")):
            # A bracket that opens or closes elsewhere: the name is cut in two.
            return ""
        # 规模由…2.5亿元: where it starts from stands in the way, and what is measured is not clear.
        new = self._ctx.find("nouns.new")(noun)
        if new and (new.end() == len(noun) or self._only_works(noun[new.end() :])):
            # 新增安装5万台: of what is not said.
            return ""
        return noun if 2 <= len(noun) <= LONGEST and not self._ctx.find("nouns.starts_from")(noun) else ""

    def cut_leads(self, text: str) -> str:
        """Cut the year and the words that only lead on from the front of a stretch."""
        start = self._openings.skip(text)
        year = self._year.match(text, start)
        return text[self._openings.skip(text, year.end()) if year else start :].strip(_EDGES)

    def is_bare(self, label: str) -> bool:
        """Tell whether a label is the name of a measure alone (产量), which needs its thing."""
        return label in self._ctx.vocabulary.role("measure.bare")

    def subject(self, clause: str) -> str:
        """Give the thing that a clause speaks of in front of its verb (粮食产业提质增效 → 粮食); empty where it opens otherwise."""
        if not clause or self._leads.at(clause) or self._ctx.find("nouns.numbered")(clause):
            return ""
        for at in range(2, min(len(clause) - 1, _LONGEST_THING)):
            behind = self._adverbs.skip(clause, at)
            if self._does.at(clause, behind) >= 2:
                noun = clause[:at]
                for ending in self._ctx.vocabulary.role("industry.field"):
                    noun = noun.removesuffix(ending)
                return "" if self._does.at(noun) or len(noun) < 2 or noun in self._ctx.vocabulary.role("whole") else noun
        return ""


def _whole(vocabulary: Vocabulary, text: str) -> int:
    """Give the length of the whole that a stretch begins with (全市粮食产量); 0 where it begins with none."""
    return next((len(word) for word in vocabulary.role("whole") if text.startswith(word)), 0)


def indicator_named(ctx: Context, label: str) -> Mention:
    """Give the indicator of a name: 全市粮食产量 is the 粮食产量 that the document named before, and the other way round.

    So is one that has the plan's own subject before it (全市渔业总产值, in a plan for 渔业, is 总产值), and one whose verb stands on its
    other side (渔港新建改造, 新建改造渔港). What the text calls it here is a name of it, where it does not hold the other.
    """
    indicator = _known_as(ctx, label)
    if indicator.label not in label:
        ctx.describe(indicator, {}, (label,))
    return indicator


def _known_as(ctx: Context, label: str) -> Mention:
    known = ctx.found("Indicator")
    if label in known:
        return Mention("Indicator", label)
    bare = label[_whole(ctx.vocabulary, label) :]
    for name in (bare, *(whole + bare for whole in ctx.vocabulary.role("whole")), *_turned(ctx, bare)):
        if name in known:
            return known[name]
    generic = ctx.vocabulary.role("measure.bare")
    for name in _without_subject(ctx, bare):
        if name in known and name not in generic:
            return known[name]
    return ctx.once(_short_names).get(bare) or keep_short(ctx, Mention("Indicator", label))


def keep_short(ctx: Context, indicator: Mention) -> Mention:
    """Keep a measure by its names without the plan's own subject, by which the text may go on to call it; give it as it is."""
    label, short = indicator.label, ctx.once(_short_names)
    if ctx.regex("measure.end", before="(?:", after=")$").search(label):
        for name in _without_subject(ctx, label[_whole(ctx.vocabulary, label) :]):
            if name not in ctx.vocabulary.role("measure.bare"):
                short.setdefault(name, indicator)
    return indicator


def _short_names(ctx: Context) -> dict[str, Mention]:
    """Give the measures of a document by their names without the plan's own subject: none at first, `keep_short` adds them."""
    return {}


def _without_subject(ctx: Context, name: str) -> Iterator[str]:
    """Give what a name is without the plan's own subject in front of it, from the longest on."""
    title = ctx.plan.label if ctx.plan else ""
    for size in range(_BARE, len(name) - _SHORTEST_OWN + 1):
        if name[:size] not in title:
            return
        yield name[size:]


def _turned(ctx: Context, name: str) -> Iterator[str]:
    """Give the names that say the same with a verb of building of two or four characters on the other side (渔港改造, 改造渔港)."""
    verbs = ctx.prefixes("target.build")
    for size in (2 * _BARE, _BARE):
        if len(name) < size + _BARE:
            continue
        if verbs.skip(name[-size:]) == size:
            yield name[-size:] + name[:-size]
        if verbs.skip(name[:size]) == size:
            yield name[size:] + name[:size]


def other_names(label: str, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """Give the shorter names that an indicator goes by: without 新增, without the whole that it is measured over, without what describes it.

    >>> other_names("全国粮食产量"), other_names("年产值超100亿元的龙头企业"), other_names("海洋产业规模占地区生产总值的比重")
    (('粮食产量',), ('龙头企业',), ('占地区生产总值的比重',))
    """
    vocabulary = vocabulary or load_vocabulary()
    names = []
    new = finder(vocabulary, "nouns.new")(label)
    lead = len(new[0]) if new and len(label) - len(new[0]) >= 2 else _whole(vocabulary, label)
    if lead and len(label) - lead >= 2:
        names.append(label[lead:])
    described = finder(vocabulary, "nouns.described")(label)
    if described and len(label) - described.end() >= 2:
        names.append(label[described.end() :])
    listed = finder(vocabulary, "nouns.kinds")(label)
    if listed:
        names.append(listed["it"])
    share = finder(vocabulary, "nouns.share")(label, 2)
    if share and len(label) - share.start() >= 4:
        names.append(label[share.start() :])
    return tuple(names)
