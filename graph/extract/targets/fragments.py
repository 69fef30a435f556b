"""The pieces of a clause that each count or measure one thing: 培育龙头企业5家、独角兽企业3家 are two.

A piece may hold further numbers: what describes the thing (产值超百亿元的企业5家) or where it starts from (由10万个增加到20万个).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from ...core.model import Span
from ...core.rules import fixed_pattern
from .quantities import Quantity


class Piece(NamedTuple):
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
        end = start + len(fixed_pattern("fragments.joins_behind").sub("", text[start:end]))
        piece = _piece(text, start, end, group, build, joined=index > 0)
        if piece is not None:
            pieces.append(piece)
    return _completed(pieces)


def _cut(text: str, former: Quantity, quantity: Quantity, end: int, build: re.Pattern[str]) -> int | None:
    """Give where the piece of a quantity begins when a conjunction parts it from the former one: A5家、B3家; 5家A和3家B."""
    gap = text[former.end : quantity.reach]
    behind = fixed_pattern("fragments.joins_before").match(gap)
    # 营收超1亿元、员工超300人的企业 and 产值超100亿元、竞争力较强的企业2家: several marks of one thing.
    tied = former.kind == "level" and quantity.kind == "bare" and not quantity.is_ratio and fixed_pattern("fragments.of").search(gap)
    marks = describes(text, quantity, end) or tied
    if behind and not marks:
        return former.end + behind.end()
    verb = build.search(gap)
    stem = gap[: verb.start()] if verb else gap
    if fixed_pattern("fragments.joins_behind").search(stem):
        return former.end + len(stem)
    return None


def describes(text: str, quantity: Quantity, end: int) -> bool:
    """Tell whether a number is tied to the noun behind it by 的, so that it describes and does not count."""
    return fixed_pattern("fragments.of").match(text, quantity.end, end) is not None


def unremarked(text: str) -> str:
    """Take out brackets that only remark; a short one inside a name (乡镇（街道）中心) belongs to it."""
    return fixed_pattern("fragments.remark").sub("", text) if "（" in text else text


def _bare(text: str) -> str:
    return fixed_pattern("fragments.mark").sub("", unremarked(text).strip("，,。；、 "))


def _piece(text: str, start: int, end: int, group: list[Quantity], build: re.Pattern[str], *, joined: bool) -> Piece | None:
    main = _main(text, start, end, group, build, joined=joined)
    if main is None:
        return None
    before = text[start : main.reach]
    first = group[0]
    if main is not first:
        origin = fixed_pattern("fragments.starts_from").search(text[start : first.reach])
        if origin and fixed_pattern("fragments.loosely").fullmatch(text, first.end, main.reach):
            before = text[start : start + origin.start()]
    return Piece(main, before, _bare(text[main.end : end]), build.search(text[start : main.reach]) is not None, joined)


def _main(text: str, start: int, end: int, group: list[Quantity], build: re.Pattern[str], *, joined: bool) -> Quantity | None:
    """Tell which quantity of a piece counts or measures: the last where nothing is behind it, else the one that is built."""
    if not _bare(text[group[-1].end : end]):
        return group[-1]
    if group[0].is_ratio and describes(text, group[0], end) and fixed_pattern("fragments.around").match(text, group[-1].end, end):
        # 70%以上的站点50米范围内设置停车点: the share of those that will have it.
        return group[0]
    for quantity in group:
        if build.search(text[start : quantity.reach]) and not describes(text, quantity, end):
            return quantity
    if joined and not text[start : group[0].reach].strip():
        return group[0]
    return group[0] if len(group) == 1 else None


def _completed(pieces: list[Piece]) -> list[Piece]:
    """Give a level that stands alone its thing from the next piece: 5个国家级、10个省级示范中心."""
    of_level, levelled = fixed_pattern("fragments.of_level"), fixed_pattern("fragments.levelled")
    for index in range(len(pieces) - 2, -1, -1):
        level, following = of_level.match(pieces[index].after), levelled.match(pieces[index + 1].after)
        if level and following:
            pieces[index] = pieces[index]._replace(after=level["level"] + following["thing"])
    return pieces
