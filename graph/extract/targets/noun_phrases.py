"""What a number counts or measures: the noun phrase beside it, cut free of verbs, adverbs, years and comparisons."""

from __future__ import annotations

import re
from functools import cached_property

from ...core.model import Mention
from ..context import Context
from ..locations.names import place_pattern
from .fragments import BRACKET

YEAR = re.compile(r"(?P<base>较|比|以|自|于|由|从|相比)?(?:到|至|在|力争|截至|截止)?(?P<year>20\d{2})年(?P<end>(?:末|底|年底)?(?:之?前)?|度|起|以来)")
EACH = re.compile(
    r"每(?:(?:[十百千万亿]+|\d+[万亿]?)(?:名|个)?(?:常住|户籍)?(?:人口|儿童|老年人|老人|居民|学生|职工|劳动力|人|户|亩|公里|平方公里)|[年月天日](?!均)"
    r"|(?:个|家|一|所)?(?:[^\W\da-zA-Z_]|[（）、]){1,12}?(?=[，,培打建设配拥达不超有至]))"
)
LONGEST = 40
_SETTLED = re.compile(r"^.*(?:稳定|提升|提高|增长|增强|完善|优化|扩大|改善|形成|健全|增加|加快)、")
_CAUSED = re.compile(r"^(?:.*(?:将|把|使(?!用)|让|确保)|.{0,4}(?:推动|推进))(?=.{2})")
_WITHIN = re.compile(r"(?:用|力争|争取)?[一二三四五六七八九十\d]{1,2}(?:至|到|—|-)?[一二三四五六七八九十\d]{0,2}年(?:内|左右|时间|之?内)*(?:，|$)?")
_BY_MEANS = re.compile(r"^(?:通过|采取|以|按照)[^，。；]{2,16}?(?:方式|形式|模式|途径|机制)")
_COMPARED = re.compile(
    r"(?:较|比|相比)(?:20\d{2}年(?:末|底)?|上年|上年同期|同期|基期|“十[三四]五”末)(?:的?水平)?(?:累计|平均|再|又|翻番)?$"
)
_DESCRIBED = re.compile(r"^.*\d[^的]*的")
_PER = re.compile(r"(?<=[^\W\da-zA-Z_]{2})每[百千万]+[^\W\da-zA-Z_]{0,4}$")
_FROM = re.compile(r"[由从][^的]*\d")
_NUMBERED = re.compile(r"\d[^的]*$")
_STOP = re.compile(r"[，,。；]")
_EDGES = "，,、：:；"
_JOINS = "和、或"
_NEW = "新增"
_STATES = "新改扩在"
"""新建小区绿化率: of what is newly built, and nothing to be built."""
_BARE = 2
_LONGEST_THING = 10
_ASIDE = re.compile(r"^（[^（）]*）")
_WHOLES = ("全国", "全市", "全省", "全区", "我国", "本市", "我市", "我省")


class Nouns:
    """Cuts noun phrases with the words of one vocabulary."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._places = place_pattern(ctx.vocabulary)
        self._verbs = ctx.prefixes("target.build")
        self._leads = ctx.prefixes("target.lead")
        self._bound = ctx.vocabulary.role("noun.bound")
        self._works = ctx.prefixes("verb.measure", "target.works")
        self._framed = ctx.vocabulary.role("target.frame")
        self._openings = ctx.prefixes("target.lead", "adverb")
        self._adverbs = ctx.prefixes("adverb")
        self._does = ctx.prefixes("verb.work", "target.reached", "target.rises", "verb.end", "noun.does")
        self._also_nouns = frozenset(ctx.vocabulary.role("verb.noun"))
        self._aspects = frozenset(ctx.vocabulary.role("measure.aspect"))

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        return self._ctx.regex("target.build", before=r"(?:和|、|及|或|并)(?:", after=r")")

    @cached_property
    def _inner(self) -> re.Pattern[str]:
        return self._ctx.regex("target.build", before=r".{4,}?(?P<verb>", after=r")(?=[^的和、与].)")

    @cached_property
    def _trails(self) -> re.Pattern[str]:
        return self._ctx.regex("target.trail", before="(?:", after=")+$")

    @cached_property
    def _measures(self) -> re.Pattern[str]:
        return self._ctx.regex("measure.end", before="(?:", after=")$")

    def cut(self, text: str, *, counted: bool = False) -> str:
        """Cut a stretch to its noun phrase; `counted` for what stands behind a number (5家X), where the end is not trimmed."""
        text = BRACKET.sub("", text).replace(" ", "")
        if not counted:
            # 主要预期目标是：地区生产总值增长6%
            text = text.rpartition("：")[2]
            text = _BY_MEANS.sub("", _CAUSED.sub("", _SETTLED.sub("", text)).removeprefix("每年"))
        while True:
            compared = None if counted else _COMPARED.search(text)
            if compared:
                text = text[: compared.start()]
                continue
            start = 0 if counted or text.startswith(self._bound) else self._leads.skip(text)
            # 稳步实现粮食产量: an adverb goes with the verb that it stands before, and stays with a noun (高标准农田).
            if not counted and (behind := self._adverbs.skip(text, start)) > start and (verb := self._leads.at(text, behind)):
                start = behind + verb
            year = YEAR.match(text, start)
            if not counted and not start and not year:
                # 全省实现算力规模, 滨湖区建成渔港: what the whole does, or a place.
                whole = self._where(text)
                start = self._leads.skip(text, whole) if whole and self._leads.at(text, whole) else 0
            cut = text[year.end() if year else start :]
            cut = (cut if counted else _PER.sub("", self._trails.sub("", cut))).strip(_EDGES)
            if cut == text:
                break
            text = cut
        if not counted:
            verb = self._verb(text)
            if len(text) - verb >= 3:
                text = text[verb:]
            if self._only_verbs(text):
                text = ""
        return text.lstrip("的").removesuffix("的")

    def _verb(self, text: str, start: int = 0) -> int:
        """Give the length of the verb of building that a stretch begins with and that is no part of the noun.

        新增X and 新建和改建X keep theirs: without them another thing is counted. 研发投入强度 and 新建小区绿化率 are measures that begin so.
        """
        verb = self._verbs.at(text, start)
        if not verb or text.startswith(_NEW, start) or text[start + verb : start + verb + 1] in tuple(_JOINS):
            return 0
        if self._measures.search(text) and (text[start] in _STATES or text[start : start + verb] in self._also_nouns):
            return 0
        return verb

    def _where(self, text: str) -> int:
        """Give the length of the whole (全市) or the place (滨湖区) that a stretch begins with."""
        whole = _whole(text)
        place = None if whole else self._places.match(text)
        return place.end() if place else whole

    def is_measure(self, text: str) -> bool:
        """Tell whether a stretch ends in the name of a measure (率, 时间, 规模)."""
        return self._measures.search(text.rstrip()) is not None

    def is_aspect(self, label: str) -> bool:
        """Tell whether a label names only an aspect of something (总规模, 面积), which alone says nothing."""
        return label in self._aspects

    def behind(self, text: str) -> str:
        """Give what a number in front of a stretch counts: 5家X，… ."""
        return self._fit(self.cut(_STOP.split(BRACKET.sub("", text))[0], counted=True))

    def built(self, before: str, *, works: bool = False) -> str:
        """Give what stands between a verb of building and the number behind it: 打造核心示范园8个; empty without such a verb.

        With `works` any verb of work will do.
        """
        bare = BRACKET.sub("", before).replace(" ", "")
        within = _WITHIN.match(bare)
        if within and not YEAR.match(bare):
            bare = bare[within.end() :]
        whole = self._where(bare)
        start = self._openings.skip(bare, whole)
        year = YEAR.match(bare, start)
        if year:
            start = self._openings.skip(bare, year.end())
        means = _BY_MEANS.match(bare[start:])
        if means:
            start += means.end()
        worked = 0 if self._verbs.at(bare, start) else self._works.at(bare, start)
        if works and worked > 1:
            # 盘活闲置用地15亩: any work on a thing that is counted.
            return self._fit(self._after_verbs(bare[start + worked :]).removesuffix("的"))
        if not self._verbs.at(bare, start):
            # 依托优势企业建设中试平台12个: who builds, or on what, stands before the verb.
            lead = next((at for at in (whole, start) if bare.startswith(self._framed, at)), None)
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
            return self._fit(self._after_verbs(bare[joined.end() :]).removesuffix("的"))
        verb = self._verb(bare, start)
        rest = self._after_verbs(bare[start + verb :]) if verb else bare[start:]
        return self._fit(rest.removesuffix("的"))

    def thing(self, text: str) -> str:
        """Give what a stretch names besides the place that it speaks of (全市); empty where there is no more."""
        noun = self.cut(text)
        return "" if noun in _WHOLES else noun

    def verbs(self, text: str) -> str:
        """Give the verbs of building that a stretch is made of (其中新建 → 新建); empty where it holds anything else."""
        bare = BRACKET.sub("", text).replace(" ", "")
        start = self._openings.skip(bare)
        return bare[start:] if self._only_verbs(bare[start:]) else ""

    def _only_verbs(self, text: str) -> bool:
        """Tell whether a stretch is nothing but verbs (建成投运, 新建): it names no thing."""
        return self._verbs.skip(text) == len(text)

    def _after_verbs(self, rest: str) -> str:
        """Give what stands behind all verbs that follow another; nothing where they are all there is (建成投运30处)."""
        while (verb := self._verbs.at(rest)) and rest[:verb] not in self._also_nouns and not rest.startswith(_NEW) and len(rest) - verb != 1:
            rest = rest[verb:]
        return rest

    def before(self, text: str, previous: str = "") -> str:
        """Give what a level is set for; where the clause names nothing, the one before it may (再担保业务收费，原则上不高于0.5%)."""
        noun = self.cut(text)
        if len(noun) < 2 and previous and not self._verbs.at(previous) and not _NUMBERED.search(previous):
            noun = self.cut(previous)
        return self._fit(noun)

    def _fit(self, noun: str) -> str:
        sized = self._ctx.find("clauses.dimensions")(noun)
        noun = _ASIDE.sub("", noun[sized.end() :] if sized else noun)
        if any(noun.count(left) != noun.count(right) for left, right in ("（）", "“”", "《》", "()")):
            # A bracket that opens or closes elsewhere: the name is cut in two.
            return ""
        # 规模由…2.5亿元: where it starts from stands in the way, and what is measured is not clear.
        return noun if 2 <= len(noun) <= LONGEST and not _FROM.search(noun) else ""

    def cut_leads(self, text: str) -> str:
        """Cut the year and the words that only lead on from the front of a stretch."""
        start = self._openings.skip(text)
        year = YEAR.match(text, start)
        return text[self._openings.skip(text, year.end()) if year else start :].strip(_EDGES)

    def is_bare(self, label: str) -> bool:
        """Tell whether a label is the name of a measure alone (产量), which needs its thing."""
        return label in self._ctx.vocabulary.role("measure.bare")

    def subject(self, clause: str) -> str:
        """Give the thing that a clause speaks of in front of its verb (粮食产业提质增效 → 粮食); empty where it opens otherwise."""
        if not clause or self._leads.at(clause) or _NUMBERED.search(clause):
            return ""
        for at in range(2, min(len(clause) - 1, _LONGEST_THING)):
            behind = self._adverbs.skip(clause, at)
            if self._does.at(clause, behind) >= 2:
                noun = clause[:at]
                for ending in self._ctx.vocabulary.role("industry.field"):
                    noun = noun.removesuffix(ending)
                return "" if self._does.at(noun) or len(noun) < 2 or noun in _WHOLES else noun
        return ""


def _whole(text: str) -> int:
    """Give the length of the whole that a stretch begins with (全市粮食产量); 0 where it begins with none."""
    return next((len(word) for word in _WHOLES if text.startswith(word)), 0)


def indicator_named(ctx: Context, label: str) -> Mention:
    """Give the indicator of a name: 全市粮食产量 is the 粮食产量 that the document named before, and the other way round."""
    known = ctx.found("Indicator")
    if label not in known:
        bare = label[_whole(label) :]
        for name in (bare, *(whole + bare for whole in _WHOLES)):
            if name in known:
                return known[name]
    return Mention("Indicator", label)


def other_names(label: str) -> tuple[str, ...]:
    """Give the shorter names that an indicator goes by: without 新增, without the whole that it is measured over, without what describes it.

    >>> other_names("全国粮食产量"), other_names("年产值超100亿元的龙头企业"), other_names("海洋产业规模占地区生产总值的比重")
    (('粮食产量',), ('龙头企业',), ('占地区生产总值的比重',))
    """
    names = []
    for lead in (_NEW, *_WHOLES):
        if label.startswith(lead) and len(label) - len(lead) >= 2:
            names.append(label[len(lead) :])
            break
    described = _DESCRIBED.match(label)
    if described and len(label) - described.end() >= 2:
        names.append(label[described.end() :])
    share = label.find("占", 2)
    if share > 0 and len(label) - share >= 4:
        names.append(label[share:])
    return tuple(names)
