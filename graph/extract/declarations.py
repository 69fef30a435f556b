"""Counts that a document declares (8大专项行动, 15个行业) and the members that it lists for them.

Members stand before the count (从甲、乙、丙等方面提出了3大行动), after it (4大工程，包括甲、乙、丙和丁), as enumerated items below it, or
as the sum of smaller counts of the same noun (7 = 2 + 3 + 2). What is declared is compared with what is found; nothing is padded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from graph.extract.context import Context
from graph.extract.words import trie_pattern
from graph.lists import clean, is_member, split_list
from graph.model import Mention, Span
from graph.numerals import parse_count
from graph.outline import Item
from graph.vocabulary import Vocabulary

_NUMERAL = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_CLASSIFIER = r"(?:个方面|方面|大类|大|个|项|类|种|条|张|位)"
_STOP = re.compile(r"[。；：！？\n，,;:]")
_AFTER = re.compile(
    r"(?:[（(]|——|：|[，,]\s?(?:分别|主要|具体)?(?:包括|即|为|是|涵盖|涉及)|(?:分别|主要|具体)?(?:包括|即|分别为|分别是|是指|为：|是：))"
    r"(?:了|：)?(?:实施|开展|推进|建设)?"
)
_AFTER_END = re.compile(r"[，。；）)\n]")


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


@cache
def _counts(vocabulary: Vocabulary) -> re.Pattern[str]:
    nouns = {word for role, words in vocabulary.words.items() if role.startswith("count.") for word in words}
    return re.compile(
        rf"(?<![\d.〔第年月每近])(?P<n>{_NUMERAL})(?P<c>{_CLASSIFIER})?(?P<noun>{trie_pattern(nouns)})(?![\u4e00-\u9fff]*?以上)"
    )


def _class_of(ctx: Context, noun: str) -> str:
    for role in ("Action", "Project", "Safeguard", "Principle", "Indicator", "Industry", "Domain", "Organization", "Task"):
        if noun in ctx.vocabulary.role(f"count.{role}"):
            return role
    return ""


def scan_declarations(ctx: Context) -> list[Declared]:
    """Find the declared counts of a text with their members, in the order of the text."""
    never = ctx.regex("declared.never", before="(?:", after=")$")
    declared: list[Declared] = []
    for match in _counts(ctx.vocabulary).finditer(ctx.text):
        count = parse_count(match["n"])
        if not count or count < 2 or never.search(ctx.text, max(0, match.start() - 6), match.start()):
            continue
        if match["c"] is None and match["noun"] not in ctx.vocabulary.role("declared.bare") and match["noun"] != "方面":
            continue
        found = Declared(count, match["noun"], match[0], Span(*match.span()), _class_of(ctx, match["noun"]))
        _before(ctx, found) or _after(ctx, found)
        declared.append(found)
    for index, found in enumerate(declared):
        if not found.members:
            _sum(ctx, found, declared[index + 1 :]) or _enumerated(ctx, found)
    return declared


def _members(ctx: Context, start: int, end: int, expected: int | None) -> list[tuple[str, Span]]:
    spans = split_list(ctx.text, start, end, expected)
    found = []
    for span in spans:
        label = clean(ctx.text[span.start : span.end])
        if not label or not is_member(label):
            return []
        found.append((label, ctx.sentence(span.start)))
    return found


def list_before(ctx: Context, end: int, expected: int | None = None) -> tuple[int, int]:
    """Find where the list that ends at a position begins: behind its preposition or verb, within the clause."""
    low = max((m.end() for m in _STOP.finditer(ctx.text, max(0, end - 240), end)), default=max(0, end - 240))
    first = ctx.text.find("、", low, end)
    if first < 0:
        joint = max((ctx.text.rfind(mark, low, end) for mark in "和与及"), default=-1)
        first = joint if joint >= 0 else end
    for role in ("list.preposition", "list.verb"):
        last = None
        for last in ctx.regex(role).finditer(ctx.text, low, first):
            pass
        if last is not None:
            return last.end(), end
    return low, end


def _before(ctx: Context, found: Declared) -> bool:
    """Take the list that stands before the count, directly or with 等方面提出了 between."""
    connector = ctx.regex("list.connector", before=rf"(?P<etc>等)?(?:{ctx.role_pattern('list.tail')})?(?:", after=")*$")
    low = max(0, found.span.start - 300)
    match = connector.search(ctx.text, low, found.span.start)
    end = match.start() if match else found.span.start
    if end <= low:
        return False
    start, end = list_before(ctx, end, found.count)
    members = _members(ctx, start, end, found.count)
    if len(members) < 2 or re.search(rf"(?:{_NUMERAL}){_CLASSIFIER}", members[-1][0]):
        return False
    is_open = bool(match and match["etc"]) and len(members) < found.count
    if len(members) != found.count and not is_open:
        return False
    found.members, found.open, found.rule = members, is_open, "declarations.list_before"
    return True


def _after(ctx: Context, found: Declared) -> bool:
    """Take the list that stands behind the count (包括…, ：…, （…）)."""
    match = _AFTER.match(ctx.text, found.span.end)
    if not match:
        return False
    depth_end = _AFTER_END.search(ctx.text, match.end())
    end = depth_end.start() if depth_end else len(ctx.text)
    tail = ctx.regex("list.tail", before="等(?:", after=")?$").search(ctx.text, match.end(), end)
    members = _members(ctx, match.end(), tail.start() if tail else end, found.count)
    if len(members) < 2 or (len(members) != found.count and not tail):
        return False
    found.members, found.rule = members, "declarations.list_after"
    found.open = len(members) != found.count
    return True


def _root(ctx: Context, position: int) -> Item | None:
    item = ctx.outline.at(position)
    return ctx.outline.ancestors(item)[-1] if item and item.parent >= 0 else item


def _sum(ctx: Context, found: Declared, later: list[Declared]) -> bool:
    """Add up smaller counts of the same noun further down in the same section (7 = 2 + 3 + 2)."""
    root = _root(ctx, found.span.start)
    if root is None:
        return False
    parts = [d for d in later if d.noun == found.noun and d.span.start < root.end and d.members]
    if len(parts) < 2 or sum(part.count for part in parts) != found.count:
        return False
    found.members = [member for part in parts for member in part.members]
    found.rule = "declarations.sum"
    return True


def _enumerated(ctx: Context, found: Declared) -> bool:
    """Take the items that are enumerated below the count."""
    item = ctx.outline.at(found.span.start)
    children = ctx.outline.children(item) if item else []
    if item is None or not children:
        # 从3个方面介绍有关情况。一是… : the items follow the paragraph without a heading of their own.
        children = [i for i in ctx.outline.items if i.parent < 0 and i.start > found.span.end][: found.count]
        if not children or children[0].number != 1 or children[0].start - found.span.end > 40:
            return False
    if item is not None and found.span.start >= children[0].start:
        return False
    if len(children) != found.count and not found.cls:
        return False
    found.members = [(ctx.outline.label(child), Span(child.start, child.head.end)) for child in children]
    found.rule = "declarations.enumerated"
    return True


def claim_declarations(ctx: Context, declared: list[Declared]) -> None:
    """Add the declarations to the graph, with an edge to each member that is a node."""
    if ctx.plan is None:
        return
    told = {found.text for found in declared if found.members}
    seen: dict[tuple[str, tuple[str, ...]], Mention] = {}
    for found in declared:
        sentence = ctx.sentence(found.span.start)
        members = tuple(label for label, _ in found.members)
        if not members and found.text in told:
            # Said again elsewhere, there with its members (重点推15个行业 in a headline).
            members = next(tuple(label for label, _ in d.members) for d in declared if d.text == found.text and d.members)
        elif not members and found.cls not in _TOLD_WITHOUT_MEMBERS:
            continue
        occurrence = len([key for key in seen if key[0] == found.text]) + 1
        mention = seen.setdefault(
            (found.text, members), Mention("Declaration", found.text, "" if occurrence == 1 else str(occurrence))
        )
        ctx.claim(ctx.plan, "declares", mention, ctx.with_plan(sentence), found.rule or "declarations.count")
        if members and not found.members:
            continue
        labels = tuple(dict.fromkeys(label for label, _ in found.members))
        ctx.describe(
            mention,
            {
                "yf:count": found.count,
                "yf:noun": found.noun,
                "yf:holds": found.holds,
                **({"yf:memberLabel": labels} if labels else {}),
            },
        )
        for label, place in found.members:
            member = _node_of(ctx, found.cls, label)
            if member is not None:
                ctx.claim(mention, "member", member, (place, sentence), found.rule)


_TOLD_WITHOUT_MEMBERS = ("Action", "Project", "Industry", "Indicator", "Safeguard", "Organization")
_MEMBER_CLASSES = (
    "Action", "Project", "Safeguard", "Principle", "Industry", "Domain", "Indicator", "IndicatorCategory", "Task",
    "Technology", "Scenario", "Organization", "Goal",
)  # fmt: skip


def _node_of(ctx: Context, cls: str, label: str) -> Mention | None:
    """Find the node that a member names: of the noun's class first."""
    for candidate in (cls, *_MEMBER_CLASSES):
        mention = ctx.found(candidate).get(label)
        if mention is not None:
            return mention
    return None
