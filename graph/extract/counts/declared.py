"""A declared count and the list that stands beside it: what the recognisers of counts and of industries share."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...core.model import Span
from ...text.enumerations import clean, is_member, split_list
from ...text.sentences import behind_last
from ..bodies.names import is_body
from ..context import Context

NO_COUNT = tuple("0123456789.〔")
"""Marks before numerals that count nothing, beside words of dates and ordinals: they are parts of larger numbers."""
_STOPS = "。；：！？\n，,;:\t"
_FARTHEST = 240
"""How far before its end a list may begin."""


@dataclass(slots=True)
class Declared:
    """A declared count: how many of what, where it stands, and the members found with the places that name them."""

    count: int
    noun: str
    text: str
    span: Span
    cls: str
    members: list[tuple[str, Span]] = field(default_factory=list)
    open: bool = False
    rule: str = ""

    @property
    def holds(self) -> bool:
        """Tell whether exactly as many members were found as declared."""
        return len({label for label, _ in self.members}) == self.count


def members_in(ctx: Context, start: int, end: int, expected: int | None) -> list[tuple[str, Span]]:
    """Give the members of a list as labels with the sentences that name them; none when one of them is no member."""
    spans = split_list(ctx.text, start, end, expected)
    found = []
    for span in spans:
        label = clean(ctx.text[span.start : span.end])
        if not label or not is_member(label):
            return []
        found.append((label, ctx.sentence(span.start)))
    return found


def list_before(ctx: Context, end: int) -> tuple[int, int]:
    """Find where the list that ends at a position begins: behind its preposition or verb, within the clause."""
    low = behind_last(ctx.text, _STOPS, max(0, end - _FARTHEST), end)
    first = ctx.text.find("、", low, end)
    if first < 0:
        joint = max((ctx.text.rfind(mark, low, end) for mark in ctx.vocabulary.role("list.joint")), default=-1)
        first = joint if joint >= 0 else end
    verbs = ctx.prefixes("verb.work")
    for by_preposition, opens in ((True, ctx.pattern("declarations.list_before", "led_by")), (False, ctx.regex("list.verb"))):
        # 覆盖 in 数据覆盖率 opens no list: a member must be left.
        found = [match for match in opens.finditer(ctx.text, low, first) if match.end() < first - 1 or first == end]
        # 从统筹甲、推进乙两个方面: where the second member begins with a verb, the first one's verb is its own.
        own = found and len(found[-1][0]) > 1 and verbs.at(found[-1][0]) == len(found[-1][0])
        if own and verbs.at(ctx.text, first + 1) > 1:
            return (found[-2].end() if len(found) > 1 else found[-1].start()), end
        if found and by_preposition:
            return found[-1].end(), end
        if found:
            # 会同市发展改革委、市财政局: a verb inside a body's name opens no list.
            starts = [ctx.prefixes("verb.work", "adverb", "list.lead").skip(ctx.text, low), *(match.end() for match in found[:-1])]
            return next((start for start in starts if is_body(ctx, ctx.text[start:first])), found[-1].end()), end
    return low, end
