"""The pieces of a clause that each count or measure one thing: 培育龙头企业5家、独角兽企业3家 are two.

A piece may hold further numbers: what describes the thing (产值超百亿元的企业5家) or where it starts from (由10万个增加到20万个).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ...core.model import Span
from .quantities import Quantity

BRACKET = re.compile(r"（(?![^（）]{1,6}）(?<!含）)[^\W\da-zA-Z_])[^（）]*(?:（[^（）]*）[^（）]*)*）")
"""Brackets that only remark; a short one inside a name (乡镇（街道）中心) belongs to it."""
_MARK = re.compile(r"^(?:大关|关口|目标)$")
"""What may stand behind a number without being counted: 突破千亿元大关."""
_JOINS_BEFORE = re.compile(r"\s?(?:、|以及|和|及|与|并)")
_JOINS_BEHIND = re.compile(r"(?:、|以及|和|及|与|并)\s?$")
_FROM = re.compile(r"(?:由|从)(?:目前|现在|现有)?的?(?:20\d{2}年(?:末|底)?)?的?(?:每年)?(?:不足|不到|约|近)?$")
_OF_LEVEL = re.compile(r"^(?P<level>[^\W\da-zA-Z_]{1,4}级)$")
_LEVELLED = re.compile(r"^[^\W\da-zA-Z_]{1,4}级(?P<thing>[^级]{2,})$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One quantity that counts or measures, with what stands before and behind it in its piece of the clause.

    builds tells that a verb of building stands right before the number (打造5个), joined that another piece comes before in the clause.
    """

    quantity: Quantity
    before: str
    after: str
    builds: bool
    joined: bool


def pieces_in(text: str, clause: Span, found: list[Quantity], build: re.Pattern[str]) -> list[Piece]:
    """Cut a clause into pieces of one counting or measuring quantity each; `build` finds a verb that ends a stretch.

    A stretch whose numbers only describe (年产值100亿元以上的企业) gives none.
    """
    groups: list[tuple[int, list[Quantity]]] = [(clause.start, [found[0]])]
    for former, quantity in pairwise(found):
        cut = _cut(text, former, quantity, clause.end, build)
        if cut is None:
            groups[-1][1].append(quantity)
        else:
            groups.append((cut, [quantity]))
    pieces = []
    for index, (start, group) in enumerate(groups):
        end = groups[index + 1][0] if index + 1 < len(groups) else clause.end
        end = start + len(_JOINS_BEHIND.sub("", text[start:end]))
        piece = _piece(text, start, end, group, build, joined=index > 0)
        if piece is not None:
            pieces.append(piece)
    return _completed(pieces)


def _cut(text: str, former: Quantity, quantity: Quantity, end: int, build: re.Pattern[str]) -> int | None:
    """Give where the piece of a quantity begins when a conjunction parts it from the former one: A5家、B3家; 5家A和3家B."""
    gap = text[former.end : quantity.reach]
    behind = _JOINS_BEFORE.match(gap)
    # 营收超1亿元、员工超300人的企业 and 产值超100亿元、竞争力较强的企业2家: several marks of one thing.
    marks = describes(text, quantity, end) or (former.kind == "level" and "的" in gap and quantity.kind == "bare" and not quantity.is_ratio)
    if behind and not marks:
        return former.end + behind.end()
    verb = build.search(gap)
    stem = gap[: verb.start()] if verb else gap
    if _JOINS_BEHIND.search(stem):
        return former.end + len(stem)
    return None


def describes(text: str, quantity: Quantity, end: int) -> bool:
    """Tell whether a number is tied to the noun behind it by 的, so that it describes and does not count."""
    return text.startswith("的", quantity.end, end)


def _bare(text: str) -> str:
    return _MARK.sub("", BRACKET.sub("", text).strip("，,。；、 "))


def _piece(text: str, start: int, end: int, group: list[Quantity], build: re.Pattern[str], *, joined: bool) -> Piece | None:
    main = _main(text, start, end, group, build, joined=joined)
    if main is None:
        return None
    before = text[start : main.reach]
    first = group[0]
    if main is not first:
        origin = _FROM.search(text[start : first.reach])
        if origin and not text[first.end : main.reach].strip("左右以上约 "):
            before = text[start : start + origin.start()]
    return Piece(main, before, _bare(text[main.end : end]), build.search(text[start : main.reach]) is not None, joined)


def _main(text: str, start: int, end: int, group: list[Quantity], build: re.Pattern[str], *, joined: bool) -> Quantity | None:
    """Tell which quantity of a piece counts or measures: the last where nothing is behind it, else the one that is built."""
    if not _bare(text[group[-1].end : end]):
        return group[-1]
    for quantity in group:
        if build.search(text[start : quantity.reach]) and not describes(text, quantity, end):
            return quantity
    if joined and not text[start : group[0].reach].strip():
        return group[0]
    return group[0] if len(group) == 1 else None


def _completed(pieces: list[Piece]) -> list[Piece]:
    """Give a level that stands alone its thing from the next piece: 5个国家级、10个省级示范中心."""
    for index in range(len(pieces) - 2, -1, -1):
        level, following = _OF_LEVEL.match(pieces[index].after), _LEVELLED.match(pieces[index + 1].after)
        if level and following:
            pieces[index] = replace(pieces[index], after=level["level"] + following["thing"])
    return pieces
