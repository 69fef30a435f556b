"""Numbers of headings and lists that a DOCX file keeps in its numbering definitions and not in the text.

Office Open XML, ECMA-376 part 1: 17.9 (numbering), 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..text.numerals import BRANCHES, DIGITS, LEGAL, PLAIN, STEMS

if TYPE_CHECKING:
    from docx.document import Document as Opened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
    (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def chinese(number: int, marks: tuple[str, str, str, str] = PLAIN) -> str:
    """Write a number below 10,000 in Chinese.

    >>> chinese(5), chinese(10), chinese(12), chinese(20), chinese(105)
    ('五', '十', '十二', '二十', '一百零五')
    """
    digits, *places = marks
    written = ""
    for place, mark in ((1000, places[2]), (100, places[1]), (10, places[0]), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            written += digits[digit] + mark
        elif written and number and not written.endswith(digits[0]):
            written += digits[0]
    written = written or digits[0]
    return written[1:] if written.startswith(digits[1] + places[0]) and marks is PLAIN else written


def _roman(number: int) -> str:
    written = ""
    for value, mark in _ROMAN:
        count, number = divmod(number, value)
        written += mark * count
    return written


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def write_number(number: int, form: str) -> str:
    """Write a number in one of the number formats of 17.18.59; an unknown one comes out in digits.

    >>> write_number(3, "chineseCounting"), write_number(3, "upperRoman"), write_number(3, "decimalEnclosedCircle")
    ('三', 'III', '③')
    """
    if form in ("none", "bullet"):
        return ""
    if not 0 < number < 10_000:
        return str(number)
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"):
        return chinese(number)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return chinese(number, LEGAL)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(DIGITS[int(digit)] for digit in str(number))
    if form == "ideographTraditional":
        return STEMS[(number - 1) % 10]
    if form == "ideographZodiac":
        return BRANCHES[(number - 1) % 12]
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalEnclosedParen":
        return f"（{number}）"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    if form in ("upperLetter", "lowerLetter"):
        return _letters(number) if form == "upperLetter" else _letters(number).lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    return str(number)


@dataclass(slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    space: bool = True
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


def _value(element: Any, name: str) -> str | None:
    child = element.find(_W + name)
    return None if child is None else child.get(_W + "val")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


class Numbering:
    """Counts the numbered paragraphs of a document as Word does, one call of `enumerator` for each paragraph in order."""

    def __init__(self, opened: Opened) -> None:
        self._lists: dict[str, _List] = {}
        self._by_id: dict[str, _List] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        try:
            root = opened.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            # There is none, or the part that is named is of another kind.
            return
        for definition in root.iter(_W + "abstractNum"):
            self._lists[definition.get(_W + "abstractNumId")] = self._read(definition, _List())
        for num in root.iter(_W + "num"):
            identity = num.get(_W + "numId")
            shared = self._lists.get(_value(num, "abstractNumId") or "")
            if shared is None:
                continue
            for override in num.iter(_W + "lvlOverride"):
                level = _number(override.get(_W + "ilvl"), 0)
                if (start := _value(override, "startOverride")) is not None:
                    self._overrides.setdefault(identity, {})[level] = _number(start, 1)
            if num.find(f"{_W}lvlOverride/{_W}lvl") is not None:
                # A list that redefines its levels counts for itself.
                shared = _List(dict(shared.levels))
                self._read(num, shared)
            self._by_id[identity] = shared

    @staticmethod
    def _read(element: Any, into: _List) -> _List:
        for lvl in element.iter(_W + "lvl"):
            index = _number(lvl.get(_W + "ilvl"), 0)
            restart = _value(lvl, "lvlRestart")
            into.levels[index] = _Level(
                form=_value(lvl, "numFmt") or "decimal",
                text=_value(lvl, "lvlText") or "",
                start=_number(_value(lvl, "start"), 1),
                space=_value(lvl, "suff") != "nothing",
                restart=None if restart is None else _number(restart, index),
                legal=lvl.find(_W + "isLgl") is not None,
            )
        return into

    def enumerator(self, identity: str, level: int) -> str | None:
        """Count one paragraph of a list and give its enumerator; "" for a bullet, None when the list is unknown.

        A space follows the enumerator only where no mark closes it (第一章 总则, but 一、总则 and 1.总则).
        """
        counted = self._by_id.get(identity)
        if counted is None or level not in counted.levels:
            return None
        own = counted.levels[level]
        override = self._overrides.get(identity, {}).get(level)
        if override is not None and (identity, level) not in self._begun:
            counted.counts[level] = override
        else:
            counted.counts[level] = counted.counts.get(level, own.start - 1) + 1
        self._begun.add((identity, level))
        for deeper in [number for number in counted.counts if number > level]:
            restart = counted.levels[deeper].restart if deeper in counted.levels else None
            if restart != 0 and (restart is None or level < restart):
                del counted.counts[deeper]
        if own.form == "bullet":
            return ""
        written = re.sub(r"%([1-9])", lambda m: self._written(counted, int(m[1]) - 1, own.legal), own.text)
        return f"{written} " if own.space and written and written[-1] not in "、．.）)，：:。 " else written

    @staticmethod
    def _written(counted: _List, level: int, legal: bool) -> str:
        definition = counted.levels.get(level, _Level())
        return write_number(counted.counts.get(level, definition.start), "decimal" if legal else definition.form)
