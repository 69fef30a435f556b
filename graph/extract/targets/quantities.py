"""Quantities in running text: comparator, number or range, unit, and whether the number is a change.

`Quantity` is what the figures and the words right beside them say; what is counted, and whether a plan sets it, is for `targets` to tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ...core.model import Attributes, Iri
from ...core.rules import finder, pattern
from ...core.vocabulary import Unit, Vocabulary
from ...text.numerals import CHINESE_DIGITS, PARTS, SCALES, parse_chinese, parse_number, plain

_SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "about": "~", "eq": "="}
"""Comparators by the last part of the roles of their words (`comparator.before.ge`)."""
_YEAR = "unit:YR"
_PURE = Unit("", Decimal(1), "", "")
"""The unit of a number that has none (a coefficient)."""
_TO_ONE = Unit(":1", Decimal(1), ":1", "")
"""The unit of a ratio to one (2.8:1), as it is written behind the number."""
_OF = "/"
"""What stands between a unit and what each of it is for."""
_ONE_TO = ":"
"""What the unit of a ratio of one to others (1:3) begins with."""


class Quantity(NamedTuple):
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
        return self.unit.kind == "time"

    @property
    def is_money(self) -> bool:
        """Tell whether the unit is one of money."""
        return self.unit.kind == "money"

    @property
    def is_ratio(self) -> bool:
        """Tell whether the unit is a share."""
        return self.unit.kind == "ratio"


_AFTER = ("after", "pureafter", "ratioafter", "roundafter", "roundedafter", "partsafter", "tenthsafter", "shareafter", "tooneafter", "halvedafter")
"""The groups of a number's pattern that hold a comparator behind it."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    number: re.Pattern[str]
    before: re.Pattern[str]
    verb: re.Pattern[str]
    figure: re.Pattern[str]
    signs: dict[str, str]
    """The comparator of each word of comparison."""


@cache
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    signs = {
        word: _SIGNS[role.rpartition(".")[2]] for role, words in vocabulary.words.items() if role.startswith("comparator.") for word in words
    }
    number, before, verb, figure = (pattern(vocabulary, f"quantities.{part}") for part in ("number", "before", "verb", "figure"))
    return _Patterns(number, before, verb, figure, signs)


def quantities_in(vocabulary: Vocabulary, text: str, start: int, end: int) -> list[Quantity]:
    """Find the quantities in a clause: numbers with a unit that `units.tsv` knows."""
    patterns = _patterns(vocabulary)
    found = []
    low = start
    # A number's first character is looked for first: the whole pattern is tried at those places alone.
    for figure in patterns.figure.finditer(text, start, end):
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
        rise = Decimal(100 * (2 ** CHINESE_DIGITS[match["times"]] - 1))
        unit = vocabulary.units["%"]
        return Quantity(match.start(), match.end(), match.start(), "change", "=", rise, None, unit, True, match[0], 0)
    number, unit, scale = _figure(vocabulary, match)
    lower, upper = parse_number(number), parse_number(match["high"]) if match["high"] else None
    if lower is None or (match["high"] and upper is None):
        return None
    if upper is not None and upper <= lower:
        return None
    if unit.qudt == _YEAR and 1900 <= lower < 2100 and "." not in number:
        # 规划期为2025年至2030年: years, and no spans of time.
        return None
    factor = SCALES.get(scale, 1) * unit.multiplier
    comparator, kind, reach, marked, reduced = "=", "bare", match.start(), False, False
    before = patterns.before.search(text, max(low, match.start() - 24), match.start())
    if before:
        comparator, reach, marked = patterns.signs[before["word"]], before.start(), True
        kind, reduced = "level", before["word"] in vocabulary.role("quantity.held")
        if before["per"]:
            unit = _per(unit, before["per"])
    verb = patterns.verb.search(text, max(low, reach - 16), reach)
    if verb:
        reach = verb.start()
        kind = "level" if verb["reach"] else "change"
        reduced = reduced or verb["reach"] in vocabulary.role("quantity.reduced")
        if kind == "change" and text[verb.end() - 1] in vocabulary.role("quantity.arrives"):
            kind = "level"
    after = next(filter(None, match.group(*_AFTER)), "")
    if after:
        comparator, marked = patterns.signs[after], True
    elif match["more"] and comparator == "=":
        comparator = ">"
    if verb and kind == "change" and verb["change"] in vocabulary.role("quantity.down"):
        lower, upper = -lower, -upper if upper is not None else None
        if upper is not None:
            lower, upper = upper, lower
    return Quantity(
        match.start(),
        match.end(),
        reach,
        kind,
        comparator,
        lower if factor == 1 else plain(lower * factor),
        upper if upper is None or factor == 1 else plain(upper * factor),
        unit,
        marked,
        number,
        len(after),
        reduced,
    )


def _figure(vocabulary: Vocabulary, match: re.Match[str]) -> tuple[str, Unit, str]:
    """Give the number that a match holds, its unit and its scale (万, 亿)."""
    if match["none"]:
        return "0", _PURE, ""
    if match["ratio"]:
        return match["ratio"], _TO_ONE, ""
    if match["halved"]:
        return "50", vocabulary.units["%"], ""
    if match["toone"]:
        others = _ONE_TO + match["toone"]
        return "1", Unit(others, Decimal(1), others, ""), ""
    if match["tenths"]:
        return str(10 * CHINESE_DIGITS[match["tenths"]] + (5 if match["half"] else 0)), vocabulary.units["%"], ""
    if match["parts"]:
        # 三分之二: per cent with two decimals, as a reader would round it.
        share = Decimal(100 * CHINESE_DIGITS[match["of"]]) / (CHINESE_DIGITS.get(match["parts"]) or 10)
        return str(plain(share.quantize(Decimal("0.01")))), vocabulary.units["%"], ""
    if match["hundred"]:
        # 万分之三 are 0.03 per cent.
        share = Decimal(100 * (parse_chinese(match["share"]) or 0)) / PARTS[match["hundred"]]
        return str(plain(share)), vocabulary.units["%"], ""
    if match["rounded"]:
        return "1", _PURE, match["rounded"]
    if match["round"]:
        return "1", vocabulary.units[match["round"]], ""
    if match["pure"]:
        return match["pure"], _PURE, match["purescale"] or ""
    unit = vocabulary.units[match["unit"]]
    if match["per"]:
        unit = _per(unit, match["per"].removeprefix(_OF))
    return match["low"], unit, match["scale"] or match["highscale"] or ""


def _per(unit: Unit, of: str) -> Unit:
    """Give a unit for each of something (85万元/人, 达到每亩85元): QUDT's unit is that of the whole, and has no name here."""
    return replace(unit, unit_text=unit.unit_text + _OF + of, qudt="", kind="")


def number_cell(vocabulary: Vocabulary, cell: str, unit: str) -> Attributes | None:
    """Read a table's cell (下降15%, ≥80, [15], <1%) with the unit of its row; None when it holds no number, or a date (2027年底前).

    >>> from yangfan.core.vocabulary import load_vocabulary
    >>> number_cell(load_vocabulary(), "下降15%", "")["yf:value"]
    Decimal('-15')
    """
    match = finder(vocabulary, "quantities.cell")(cell)
    value = parse_number(match["number"]) if match else None
    if match is None or value is None or (1900 <= value < 2100 and (match["unit"] or "").startswith(vocabulary.word("wording.year"))):
        return None
    name = match["unit"] or unit
    known = vocabulary.units.get(name)
    if known is None and name[:1] in SCALES:
        value, name = plain(value * SCALES[name[0]]), name[1:] or unit
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
        value = -value if match["change"] in vocabulary.role("quantity.down") else value
    attrs["yf:comparator"] = _patterns(vocabulary).signs.get(match["after"] or match["before"] or "", "=")
    attrs["yf:value"] = value
    return attrs
