"""Duties that a sentence of a task's text states: 甲部要会同乙部开展年度评估, 由甲局牵头制定方案."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...core.model import Mention, Span
from ...text.sentences import clauses_in, sentences_in
from ..context import Context
from ..outline import Item
from .duty_rules import relation_of
from .names import bodies_in, is_body

_LONGEST_LIST = 60
_SHORTEST_REST = 4
_SHORTEST_VERB = 2
_SHARED, _WITHIN = "responsibility.shared", "responsibility.within"


class Prose:
    """Reads the sentences of a document's tasks for duties; the words that may state one are looked for once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        # An answer tells of what somebody did as well.
        told = [] if ctx.is_interpretation else ctx.regex("role.said").finditer(ctx.text)
        self._places = [match.start() for match in told]

    def says(self, low: int, high: int) -> bool:
        """Tell whether a stretch holds a word that says who does what."""
        at = bisect_left(self._places, low)
        return at < len(self._places) and self._places[at] < high

    def claim(self, item: Item, task: Mention) -> None:
        """Add the bodies that a sentence of an item's own text names, where it says that they do it, and with whom."""
        # An item whose first clause is its head has no body: what is said of it stands behind that clause.
        low = min(item.head.end, item.body.start)
        if self.says(low, item.body.end):
            for sentence in sentences_in(self._ctx.text, low, item.body.end):
                if self.says(*sentence):
                    _claim(self._ctx, item, task, sentence)


def _claim(ctx: Context, item: Item, task: Mention, sentence: Span) -> None:
    """Add what a sentence says: in the clause that it begins with, else in one that begins with 由, else in any of its clauses."""
    if _of_both(ctx, item, task, sentence, ctx.pattern(_SHARED).match(ctx.text, *sentence), _SHARED):
        return
    if _of_both(ctx, item, task, sentence, ctx.pattern(_WITHIN).search(ctx.text, *sentence), _WITHIN):
        return
    for clause in clauses_in(ctx.text, *sentence):
        if _of_clause(ctx, item, task, Span(clause.start, sentence.end), sentence):
            return


def _of_both(ctx: Context, item: Item, task: Mention, sentence: Span, match: re.Match[str] | None, rule: str) -> bool:
    """Add who leads and who helps where both are said (由甲局牵头，乙局配合，建立…; 制定标准，由甲局牵头，会同乙局…); tell whether they are.

    A sentence that begins so says behind it what is done; a clause of its own says it of what stands before.
    """
    if match is None or (rule == _SHARED and not _says_what(ctx, match.end(), sentence.end)):
        return False
    said = [(match["leads"], _named(ctx, Span(*match.span("lead"))))]
    if match["help"]:
        said.append((match["helps"], _named(ctx, Span(*match.span("help")))))
    if not all(names for _, names in said):
        return False
    sides = [(relation_of(ctx, verb), names) for verb, names in said]
    along = next((word for word in ctx.vocabulary.role("role.with") if ctx.text.startswith(f"，{word}", match.end())), "")
    if along and not match["help"]:
        sides.append(("supportedBy", _others(ctx, match.end() + 1 + len(along), sentence.end)[0]))
    for relation, names in sides:
        for name in names:
            ctx.claim(task, relation, Mention("Organization", name), (sentence, ctx.head_span(item)), rule)
    return True


def _says_what(ctx: Context, start: int, end: int) -> bool:
    """Tell whether a place begins with what is done: a verb of work, or when and of what it is (每年对…开展评价)."""
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "verb.effect"), ctx.prefixes("adverb")
    # 统一 may be the adverb or the verb.
    opens = verbs.at(ctx.text, adverbs.skip(ctx.text, start)) or verbs.at(ctx.text, start)
    return opens > 0 or ctx.find("responsibility.then")(ctx.text, start, end) is not None


def _of_clause(ctx: Context, item: Item, task: Mention, clause: Span, sentence: Span) -> bool:
    """Add the bodies that a clause begins with (甲局会同乙局开展…, 甲局、乙局各自负责本系统…); tell whether it does."""
    match = ctx.pattern("responsibility.prose").match(ctx.text, *clause)
    if match is None or clause.end - match.end() < _SHORTEST_REST:
        return False
    start = match.end()
    names = _named(ctx, Span(*match.span("bodies")))
    if names and match["verb"] in ctx.vocabulary.role("role.with"):
        others, start = _others(ctx, start, clause.end)
        names = [*names, *others] if start else []
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "verb.effect"), ctx.prefixes("adverb")
    own = match["each"] and ctx.find("responsibility.own")(ctx.text, start, clause.end)
    if not names or not (own or verbs.at(ctx.text, adverbs.skip(ctx.text, start))):
        # 甲局负责人…, 甲局牵头，…: who does it is said, and not what.
        return False
    if ctx.find("responsibility.lends")(ctx.text, start, clause.end):
        # 甲中心负责（为…）提供技术支持: it lends a hand and answers for nothing.
        return False
    for name in names:
        ctx.claim(task, relation_of(ctx, match["verb"]), Mention("Organization", name), (sentence, ctx.head_span(item)), "responsibility.prose")
    return True


def _named(ctx: Context, span: Span) -> list[str]:
    """Give the bodies of a list that holds nothing but named bodies, and those of every place (各镇街)."""
    names = [name for name, _ in bodies_in(ctx, span, strict=False)]
    every = ctx.find("bodies.every")
    return names if names and all(is_body(ctx, name) or every(name) for name in names) else []


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
