"""How large a label's card is, reckoned without a browser: the layouts place cards so that none covers another.

Widths are in em and deliberately a little generous, so that a browser's real font never needs more room than was kept.
`script/cards.js` wraps and draws by the same rules; a browser test holds the two together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

FONT = 13
LINE = {"zh": 17, "en": 16}
PAD_X, PAD_Y = 8, 5
GLYPH = 17
"""Pixels at zoom 1: font size, line height by language, padding inside a card, and the room its class mark takes."""

OF_PLANS = 1.25
"""How much larger than the others the card of a plan is."""

# An opening mark never ends a line and a closing one never begins one, so each goes with its neighbour; a number keeps the sign before
# it, its range, its 万 or 亿 and the first character of its unit.
_TOKEN = re.compile(
    r"[“‘《（〈【〔]*(?:[<>=≥≤≈] ?)?(?:[A-Za-z0-9.,'’&/()+%—–-]+(?:(?<=[0-9])[\u4e07\u4ebf]*[\u4e00-\u9fff])?|\s+|[^\s])[，。、；：？！）》”’】〉〕]*"
)
_NARROW, _SLIM, _MIDDLE, _WIDE_LATIN = 0.36, 0.5, 0.58, 0.72
_LIMITS = {"zh": 11.5, "en": 19}


class Box(NamedTuple):
    """A card's width and height in pixels at zoom 1."""

    width: int
    height: int


def ems(text: str) -> float:
    """Give the width of a text in em: a Chinese character is one, a Latin letter about half.

    >>> ems("5G应用")
    3.44
    """
    total = 0.0
    for character in text:
        if ord(character) >= 0x2E80 or character in "“”‘’—…〔〕":
            total += 1
        elif character.isupper() or character.isdigit() or character in "+%&@mwMW<>=":
            total += _WIDE_LATIN
        elif character in " fijlrt.,;:'|!()[]-/":
            total += _NARROW
        elif character in "csvyz":
            total += _SLIM
        else:
            total += _MIDDLE
    return round(total, 2)


def _fill(tokens: list[str], limit: float) -> list[str]:
    lines, line, width = [], "", 0.0
    for token in tokens:
        size = ems(token)
        if line and width + size > limit:
            lines.append(line.rstrip())
            line, width = "", 0.0
        if line or not token.isspace():
            line += token
            width += size
    return [*lines, line.rstrip()]


def wrap(text: str, limit: float) -> list[str]:
    """Break a text into balanced lines of about `limit` em; words and numbers stay whole, nothing is ever cut.

    >>> wrap("5G应用标准体系构建及推广工程", 11.5)
    ['5G应用标准体系', '构建及推广工程']
    """
    tokens = _TOKEN.findall(text) or [""]
    lines = _fill(tokens, limit)
    if len(lines) > 1:
        balanced = _fill(tokens, max(ems(text) / len(lines) + 1, max(map(ems, tokens))))
        if len(balanced) <= len(lines):
            return balanced
    return lines


def card_lines(text: str, language: str, scale: float = 1) -> list[str]:
    """Give the lines in which a card shows a label in a language."""
    return wrap(text, _LIMITS[language] * (1.2 if scale > 1 else 1))


@lru_cache(maxsize=100_000)
def card(text: str, language: str, scale: float = 1, below: tuple[str, ...] = ()) -> Box:
    """Give the size of the card that shows a label in a language, all of it, and `below` it lines that are never broken."""
    lines = [*card_lines(text, language, scale), *below]
    width = max(map(ems, lines)) * FONT * scale + 2 * PAD_X + GLYPH
    return Box(int(width + 0.999), int(len(lines) * LINE[language] * scale + 2 * PAD_Y))
