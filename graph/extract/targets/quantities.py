"""Quantities in running text: comparator, number or range, unit, and whether the number is a change.

`Quantity` is what the figures and the words right beside them say; what is counted, and whether a plan sets it, is for `targets` to tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ...core.model import Attributes, Iri
from ...core.vocabulary import Unit, Vocabulary
from ...text.numerals import CHINESE, CHINESE_DIGITS, NUMBER, parse_number, plain
from ..words import grouped_pattern, trie_pattern

_AFTER = {"以上": ">=", "及以上": ">=", "（含）以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "左右": "~", "上下": "~"}
_BEFORE = {
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "不得低于": ">=", "不得少于": ">=", "不能低于": ">=", "至少": ">=", "超过": ">",
    "超": ">", "突破": ">", "大于": ">", "高于": ">", "多于": ">", "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=",
    "不得超过": "<=", "不得高于": "<=", "不能超过": "<=", "最多": "<=", "至多": "<=", "低于": "<", "小于": "<", "少于": "<",
    "约": "~", "近": "~", "大约": "~", "达到": "=", "达": "=", "控制在": "<=",
    "≥": ">=", "＞": ">", ">": ">", "≤": "<=", "＜": "<", "<": "<", "=": "=", "＝": "=",
}  # fmt: skip
_REACH = (
    "提高到", "提高至", "提升到", "提升至", "增长到", "增长至", "增至", "增加到", "增加至", "扩大到", "扩大至", "上升到", "上升至", "降至",
    "保持在", "稳定在", "维持在", "升至", "发展到", "发展至", "壮大到", "上升为", "扩展至", "拓展至", "达成", "实现", "为", "占比达", "占",
)  # fmt: skip
_REDUCED = (
    "降至", "降到", "降低到", "降低至", "降低为", "下降到", "下降至", "压缩至", "压缩到", "压缩为", "压减至", "压减到", "压缩在", "缩短至",
    "缩短到", "缩短为", "缩减至", "缩减到", "减少到", "减少至", "减至", "精简至", "控制到", "压降至", "缩小到", "缩小至",
)  # fmt: skip
_DOWN = ("下降", "降低", "减少", "压减", "缩短", "下调", "压缩", "压降", "累计下降", "累计降低")
_UP = ("增长", "提高", "提升", "增加", "上升", "递增", "累计增长", "累计提高")
_SCALES = {
    "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000, "十亿": 1_000_000_000,
    "百亿": 10_000_000_000, "千亿": 100_000_000_000, "万亿": 1_000_000_000_000,
}  # fmt: skip
# One set of characters at the start lets the search pass over everything else quickly.
_FIGURE = re.compile(rf"[0-9{CHINESE}翻万亿](?:(?<=[0-9])[0-9]*(?:[,.][0-9]+)*|(?<=[{CHINESE}])[{CHINESE}]*)?")
_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3}
_PURE = Unit("", Decimal(1), "", "")
"""The unit of a number that has none (a coefficient)."""
_TO_ONE = Unit(":1", Decimal(1), ":1", "")
"""The unit of a ratio to one (2.8:1), as it is written behind the number."""
_TIME = frozenset(["年", "个月", "天", "日", "周", "小时", "分钟", "秒", "工作日", "岁", "月"])


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with its unit as it stands: its place, what is said before and after, and its value.

    reach is where the words begin that lead to the number (the comparator, the verb of level or change); kind is `level` (达到98%),
    `change` (下降15%) or `bare`; marked tells that a comparator stands there, reduced that a verb brings a level down (压缩至); word is the
    number as it stands, tail the length of the comparator behind it (以上).
    """

    start: int
    end: int
    reach: int
    kind: str
    comparator: str
    lower: Decimal
    upper: Decimal | None
    unit: Unit
    marked: bool
    word: str
    tail: int
    reduced: bool = False

    def attributes(self) -> Attributes:
        """Give the quantity as the attributes of a target (contract section 4)."""
        attrs: Attributes = {"yf:comparator": self.comparator}
        if self.unit.unit_text:
            attrs["yf:unitText"] = self.unit.unit_text
        if self.unit.qudt:
            attrs["qudt:hasUnit"] = Iri(self.unit.qudt)
        if self.kind == "change":
            attrs["yf:change"] = True
        if self.upper is None:
            attrs["yf:value"] = self.lower
        else:
            attrs["yf:lower"], attrs["yf:upper"] = self.lower, self.upper
        return attrs

    @property
    def is_time(self) -> bool:
        """Tell whether the unit is one of time: a span or a date, seldom a target."""
        return self.unit.unit_text in _TIME

    @property
    def is_money(self) -> bool:
        """Tell whether the unit is one of money."""
        return self.unit.unit_text.endswith("元")

    @property
    def is_ratio(self) -> bool:
        """Tell whether the unit is a share."""
        return self.unit.unit_text in ("%", "百分点", "‰", "倍")


@dataclass(frozen=True, slots=True)
class _Patterns:
    number: re.Pattern[str]
    before: re.Pattern[str]
    verb: re.Pattern[str]


@cache
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    units = grouped_pattern(vocabulary.units)
    rounded = grouped_pattern(unit for unit in vocabulary.units if re.match(r"[十百千]?[万亿].|[百千]元", unit))
    # Chinese numerals count things; 百项, 三家. With any other unit they are mostly words (一度, 三级, 两地).
    chinese = rf"[{CHINESE}]+(?=[个项家种款件条名所座支])"
    number = re.compile(
        rf"(?<![\d.〔第A-Za-z+])(?P<low>{NUMBER}|{chinese})"
        rf"(?:(?P<lowunit>{units})?\s?(?:[-—–－~～]{{1,2}}|至|到)\s?(?P<high>{NUMBER})\s?(?P<highscale>[百千]?[万亿]|万亿)?(?P<highunit>{units})"
        rf"|\s?(?P<scale>[百千]?[万亿]|万亿)?(?P<more>余|多)?(?P<unit>{units}))(?P<per>/(?:[a-zA-Z]+|[^\W\da-zA-Z_]{{1,3}}?(?=以|[，。；、）]|$)))?"
        rf"(?:（含）)?(?P<after>{trie_pattern(_AFTER)})?"
        # 比达到2.8:1 : a ratio to one.
        rf"|(?P<ratio>\d+(?:\.\d+)?)\s?[:：∶]\s?1(?![\d.])(?P<ratioafter>{trie_pattern(_AFTER)})?"
        # 系数提高到0.6以上, 用户数超过5.6亿 : a number without a unit, where nothing follows that could be one; 翻一番 doubles.
        rf"|(?<=[到至达于过破超在])(?P<pure>\d+\.\d+|\d+(?:\.\d+)?(?=[百千]?[万亿]))(?P<purescale>[百千]?[万亿]|万亿)?(?P<pureafter>{trie_pattern(_AFTER)})?"
        r"(?=[，。；、]|$)"
        # 突破千亿元 : the unit is the number.
        rf"|(?<=[到至达过破超])(?P<round>{rounded})(?P<roundafter>{trie_pattern(_AFTER)})?"
        # 达到八成以上 : tenths.
        rf"|(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?P<tenthsafter>{trie_pattern(_AFTER)})?(?=[，。；、的]|$)"
        rf"|翻(?P<times>[一两二三])番"
    )
    steer = r"(?:比例|幅度|均|分别|力争|累计|每年|年均|再|也|要|应|可|平均|了|原则上|一般|合计|总计|总量)*"
    before = re.compile(
        rf"(?P<word>{trie_pattern(_BEFORE)})(?:[^\W\da-zA-Z_]{{1,16}}的|每[百千万亿]+(?:名?[^\W\da-zA-Z_]{{0,3}}))?(?:约|近)?\s?$"
    )
    verb = re.compile(
        rf"(?:(?P<reach>{trie_pattern(_REACH + _REDUCED)})|(?P<change>{trie_pattern(_DOWN + _UP)}))"
        # 增加到2026年的200亿元 : the year may stand between.
        rf"(?:了)?(?![率值额]){steer}(?:20\d\d年(?:末|底)?的?)?\s?$"
    )
    return _Patterns(number, before, verb)


def quantities_in(vocabulary: Vocabulary, text: str, start: int, end: int) -> list[Quantity]:
    """Find the quantities in a clause: numbers with a unit that `units.tsv` knows."""
    patterns = _patterns(vocabulary)
    found = []
    low = start
    # A number's first character is looked for first: the whole pattern is tried at those places alone.
    for figure in _FIGURE.finditer(text, start, end):
        if figure.start() < low:
            continue
        match = patterns.number.match(text, figure.start(), end)
        quantity = _quantity(vocabulary, patterns, text, low, match) if match else None
        if match and quantity is not None:
            found.append(quantity)
            low = match.end()
    return found


def _quantity(vocabulary: Vocabulary, patterns: _Patterns, text: str, low: int, match: re.Match[str]) -> Quantity | None:
    if match["times"]:
        rise = Decimal(100 * (2 ** _DIGITS[match["times"]] - 1))
        unit = vocabulary.units["%"]
        return Quantity(match.start(), match.end(), match.start(), "change", "=", rise, None, unit, True, match[0], 0)
    number, unit, scale = _figure(vocabulary, match)
    lower, upper = parse_number(number), parse_number(match["high"]) if match["high"] else None
    if lower is None or (match["high"] and upper is None):
        return None
    if upper is not None and upper <= lower:
        return None
    if unit.unit_text == "年" and 1900 <= lower < 2100 and "." not in number:
        # 规划期为2025年至2030年: years, and no spans of time.
        return None
    factor = _SCALES.get(scale, 1) * unit.multiplier
    comparator, kind, reach, marked, reduced = "=", "bare", match.start(), False, False
    before = patterns.before.search(text, max(low, match.start() - 24), match.start())
    if before:
        comparator, reach, marked = _BEFORE[before["word"]], before.start(), True
        kind, reduced = "level", before["word"] == "控制在"
    verb = patterns.verb.search(text, max(low, reach - 16), reach)
    if verb:
        reach = verb.start()
        kind = "level" if verb["reach"] else "change"
        reduced = reduced or verb["reach"] in _REDUCED
        if kind == "change" and text[verb.end() - 1] in "到至":
            kind = "level"
    after = match["after"] or match["pureafter"] or match["ratioafter"] or match["roundafter"] or match["tenthsafter"] or ""
    if after:
        comparator, marked = _AFTER[after], True
    elif match["more"] and comparator == "=":
        comparator = ">"
    if verb and kind == "change" and verb["change"] in _DOWN:
        lower, upper = -lower, -upper if upper is not None else None
        if upper is not None:
            lower, upper = upper, lower
    return Quantity(
        match.start(),
        match.end(),
        reach,
        kind,
        comparator,
        plain(lower * factor),
        None if upper is None else plain(upper * factor),
        unit,
        marked,
        number,
        len(after),
        reduced,
    )


def _figure(vocabulary: Vocabulary, match: re.Match[str]) -> tuple[str, Unit, str]:
    """Give the number that a match holds, its unit and its scale (万, 亿)."""
    if match["ratio"]:
        return match["ratio"], _TO_ONE, ""
    if match["tenths"]:
        return str(10 * CHINESE_DIGITS[match["tenths"]] + (5 if match["half"] else 0)), vocabulary.units["%"], ""
    if match["round"]:
        return "1", vocabulary.units[match["round"]], ""
    if match["pure"]:
        return match["pure"], _PURE, match["purescale"] or ""
    unit = vocabulary.units[match["unit"] or match["highunit"]]
    if match["per"]:
        # 85万元/人: QUDT's unit is that of the whole, and has no name here.
        unit = replace(unit, unit_text=unit.unit_text + match["per"], qudt="")
    return match["low"], unit, match["scale"] or match["highscale"] or ""


_CELL = re.compile(
    rf"(?:累计|年均)?(?P<change>{trie_pattern(_DOWN + _UP)})?(?P<before>{trie_pattern(_BEFORE)})?\s?[\[【〔]?(?P<number>{NUMBER})[\]】〕]?"
    rf"\s?(?P<unit>[^\d\[\]（）以左]{{1,6}}?)?(?P<after>{trie_pattern(_AFTER)})?$"
)


def number_cell(vocabulary: Vocabulary, cell: str, unit: str) -> Attributes | None:
    """Read a table's cell (下降15%, ≥80, [15], <1%) with the unit of its row; None when it holds no number.

    >>> from yangfan.core.vocabulary import load_vocabulary
    >>> number_cell(load_vocabulary(), "下降15%", "")["yf:value"]
    Decimal('-15')
    """
    match = _CELL.match(cell)
    value = parse_number(match["number"]) if match else None
    if match is None or value is None:
        return None
    name = match["unit"] or unit
    known = vocabulary.units.get(name)
    if known is None and name[:1] in _SCALES:
        value, name = plain(value * _SCALES[name[0]]), name[1:] or unit
        known = vocabulary.units.get(name)
    attrs: Attributes = {}
    if known is not None:
        value = plain(value * known.multiplier)
        attrs["yf:unitText"] = known.unit_text
        if known.qudt:
            attrs["qudt:hasUnit"] = Iri(known.qudt)
    elif name:
        attrs["yf:unitText"] = name
    if match["change"]:
        attrs["yf:change"] = True
        value = -value if match["change"] in _DOWN else value
    attrs["yf:comparator"] = _AFTER.get(match["after"] or "", _BEFORE.get(match["before"] or "", "="))
    attrs["yf:value"] = value
    return attrs
