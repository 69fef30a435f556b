"""What a number counts or measures: the noun phrase beside it, cut free of verbs, adverbs, years and comparisons."""

from __future__ import annotations

import re

from graph.extract.context import Context
from graph.extract.quantities import Quantity

YEAR = re.compile(r"(?P<base>较|比|以|自|于|由|从|相比)?(?:到|至|在|力争|截至|截止)?(?P<year>20\d{2})年(?P<end>末|底|年底|前|度|起|以来)?")
EACH = re.compile(r"每(?:个|家|一|年|[百千万亿]+)?[\u4e00-\u9fff（）、]{1,12}?(?=[，,培打建设配拥达不超有至])")
BRACKET = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）")
LONGEST = 40
_SETTLED = re.compile(r"^.*(?:稳定|提升|提高|增长|增强|完善|优化|扩大|改善|形成|健全|增加|加快)、")
_CAUSED = re.compile(r"^.*(?:将|把|使|让|确保|推动|推进)(?=.{2})")
_COMPARED = re.compile(
    r"(?:较|比|相比)(?:20\d{2}年(?:末|底)?|上年|上年同期|同期|基期|“十[三四]五”末)(?:的?水平)?(?:累计|平均|再|又|翻番)?$"
)
_DESCRIBED = re.compile(r"^.*\d[^的]*的")
_NUMBERED = re.compile(r"\d[^的]*$")
_STOP = re.compile(r"[，,。；]")
_EDGES = "，,、：:；"
_JOINS = "和、或"
_NEW = "新增"
_WHOLES = ("全国", "全市", "全省", "全区", "我国", "本市", "我市", "我省")


class Nouns:
    """Cuts noun phrases with the words of one vocabulary."""

    def __init__(self, ctx: Context) -> None:
        self._verbs = ctx.prefixes("target.build")
        self._leads = ctx.prefixes("target.lead")
        self._openings = ctx.prefixes("target.lead", "adverb")
        self._trails = ctx.regex("target.trail", before="(?:", after=")+$")

    def cut(self, text: str, *, counted: bool = False) -> str:
        """Cut a stretch to its noun phrase; `counted` for what stands behind a number (5家X), where the end is not trimmed."""
        text = BRACKET.sub("", text).replace(" ", "")
        if not counted:
            text = _CAUSED.sub("", _SETTLED.sub("", text))
        while True:
            compared = None if counted else _COMPARED.search(text)
            if compared:
                text = text[: compared.start()]
                continue
            start = self._leads.skip(text)
            year = YEAR.match(text, start)
            cut = text[year.end() if year else start :]
            cut = (cut if counted else self._trails.sub("", cut)).strip(_EDGES)
            if cut == text:
                break
            text = cut
        if not counted:
            verb = self._verbs.at(text)
            if verb and len(text) - verb >= 3 and not text.startswith(_NEW) and text[verb] not in _JOINS:
                text = text[verb:]
        return text.lstrip("的").removesuffix("的")

    def behind(self, text: str) -> str:
        """Give what a number in front of a stretch counts: 5家X，… ."""
        return self._fit(self.cut(_STOP.split(BRACKET.sub("", text))[0], counted=True))

    def between(self, before: str, after: str, quantity: Quantity) -> str:
        """Give what stands between a verb and its number, with nothing behind it: 打造核心示范园8个."""
        bare = before.replace(" ", "")
        start = self._openings.skip(bare)
        verb = self._verbs.at(bare, start)
        if not verb or quantity.is_ratio or BRACKET.sub("", after).strip("，。；、 "):
            return ""
        # 新增X and 新建和改建X keep their verbs: without them another thing is counted.
        if bare.startswith(_NEW, start) or bare[start + verb : start + verb + 1] in tuple(_JOINS):
            verb = 0
        # 打造面积200亩以上的示范园8个: what describes the thing is no part of its name.
        return self._fit(self.cut(_DESCRIBED.sub("", bare[start + verb :])))

    def before(self, text: str, previous: str = "") -> str:
        """Give what a level is set for; where the clause names nothing, the one before it may (再担保业务收费，原则上不高于0.5%)."""
        noun = self.cut(text)
        if len(noun) < 2 and previous and not self._verbs.at(previous) and not _NUMBERED.search(previous):
            noun = self.cut(previous)
        return self._fit(noun)

    def _fit(self, noun: str) -> str:
        return noun if 2 <= len(noun) <= LONGEST else ""


def other_names(label: str) -> tuple[str, ...]:
    """Give the shorter names that an indicator goes by: without 新增, or without the whole that it is measured over.

    >>> other_names("全国粮食产量")
    ('粮食产量',)
    """
    for lead in (_NEW, *_WHOLES):
        if label.startswith(lead) and len(label) - len(lead) >= 2:
            return (label[len(lead) :],)
    return ()
