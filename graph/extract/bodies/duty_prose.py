"""Duties that a sentence of a task's text states: 甲部要会同乙部开展年度评估, 由甲局牵头制定方案."""

from __future__ import annotations

from bisect import bisect_left

from ...core.model import Mention, Span
from ...text.sentences import sentences_in
from ..context import Context
from ..outline import Item
from .duty_rules import RELATIONS
from .names import bodies_in, is_body

_LONGEST_LIST = 60
_SHORTEST_REST = 4
_SHORTEST_VERB = 2
_SHARED = "responsibility.shared"


class Prose:
    """Reads the sentences of a document's tasks for duties; the words that may state one are looked for once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        # An answer tells of what somebody did as well.
        told = [] if ctx.is_interpretation else ctx.regex("role.said").finditer(ctx.text)
        self._places = [match.start() for match in told]

    def _said(self, low: int, high: int) -> bool:
        at = bisect_left(self._places, low)
        return at < len(self._places) and self._places[at] < high

    def claim(self, item: Item, task: Mention) -> None:
        """Add the bodies that a sentence of an item's own text begins with, where it says that they do it, and with whom."""
        if self._said(*item.body):
            for sentence in sentences_in(self._ctx.text, *item.body):
                if self._said(*sentence):
                    _claim(self._ctx, item, task, sentence)


def _shared(ctx: Context, item: Item, task: Mention, sentence: Span) -> bool:
    """Add who leads and who helps where a sentence begins with both (由甲局牵头，乙局配合，建立…); tell whether it does."""
    match = ctx.pattern(_SHARED).match(ctx.text, *sentence)
    if match is None:
        return False
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "verb.effect"), ctx.prefixes("adverb")
    sides = [(match["leads"], _named(ctx, Span(*match.span("lead")))), (match["helps"], _named(ctx, Span(*match.span("help"))))]
    if not all(names for _, names in sides) or not verbs.at(ctx.text, adverbs.skip(ctx.text, match.end())):
        return False
    for verb, names in sides:
        relation = next((r for r, role in RELATIONS if verb in ctx.vocabulary.role(role)), "responsibleBody")
        for name in names:
            ctx.claim(task, relation, Mention("Organization", name), (sentence, ctx.head_span(item)), _SHARED)
    return True


def _claim(ctx: Context, item: Item, task: Mention, sentence: Span) -> None:
    if _shared(ctx, item, task, sentence):
        return
    match = ctx.pattern("responsibility.prose").match(ctx.text, *sentence)
    if match is None or sentence.end - match.end() < _SHORTEST_REST:
        return
    start = match.end()
    names = _named(ctx, Span(*match.span("bodies")))
    if names and match["verb"] in ctx.vocabulary.role("role.with"):
        others, start = _others(ctx, start, sentence.end)
        names = [*names, *others] if start else []
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "verb.effect"), ctx.prefixes("adverb")
    if not names or not verbs.at(ctx.text, adverbs.skip(ctx.text, start)):
        # 甲局负责人…, 甲局牵头，…: who does it is said, and not what.
        return
    if ctx.find("responsibility.lends")(ctx.text, start, sentence.end):
        # 甲中心负责（为…）提供技术支持: it lends a hand and answers for nothing.
        return
    relation = next((r for r, role in RELATIONS if match["verb"] in ctx.vocabulary.role(role)), "responsibleBody")
    for name in names:
        ctx.claim(task, relation, Mention("Organization", name), (sentence, ctx.head_span(item)), "responsibility.prose")


def _named(ctx: Context, span: Span) -> list[str]:
    """Give the bodies of a list that holds nothing but named bodies."""
    names = [name for name, _ in bodies_in(ctx, span, strict=False)]
    return names if names and all(is_body(ctx, name) for name in names) else []


def _others(ctx: Context, start: int, end: int) -> tuple[list[str], int]:
    """Give the bodies that stand between 会同 and the verb of work, and where that one begins; 0 where none are told apart."""
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "verb.effect"), ctx.prefixes("adverb")
    unnamed = ctx.vocabulary.role("org.unnamed")
    for stop in range(start + 2, min(end, start + _LONGEST_LIST)):
        # 等部门，加强统筹: the verb may stand behind a comma. A verb of one character may be a part of a name (银保监会).
        behind = stop + (ctx.text[stop] == "，")
        if verbs.at(ctx.text, adverbs.skip(ctx.text, behind)) < _SHORTEST_VERB:
            continue
        if ctx.text.startswith(unnamed, start):
            return [], behind
        # 发展改革委 begins like a verb: the list ends where all of it are bodies.
        if names := _named(ctx, Span(start, stop)):
            return names, behind
        if ctx.find("bodies.of_field")(ctx.text, start, stop):
            # 会同省空管部门: it is said of what field they are, and not which.
            return [], behind
    return [], 0
