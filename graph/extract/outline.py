"""The outline of a text: enumerated items, their levels and heads, from the enumerators alone.

Levels come from the kind of enumerator, never from a fixed depth or from where a numbering restarts: in this genre a
numbering may run on across parents (（一）…（二十） through seven chapters) or start again under each. An item's head is the
clause that names it; its body is what follows up to the next item.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from ..core.model import Document, Span
from ..core.rules import fixed_pattern
from ..text.normalize import strip_span
from ..text.numerals import parse_count

# Kinds of enumerators from the highest level to the lowest. A kind that may stand in the middle of a line is found after
# the end of a sentence as well, and then only where its numbers run on (copies flatten lists into one paragraph).
KINDS = {
    "question": -1, "part": 0, "chapter": 1, "section": 2, "article": 3, "major": 4, "minor": 5, "digit": 6, "paren": 7, "circle": 8,
    "ordinal": 9, "numbered": 10, "bullet": 11,
}  # fmt: skip
"""The rank of each kind; `outline.start` says how each is written."""
_RANK = KINDS | {"annex": -2}
_BOX_RANK = 12
_SPOKEN = (_RANK["ordinal"], _RANK["numbered"], _RANK["bullet"])
_FLATTENED = 1500
"""A line longer than this holds a whole document: headings are then looked for inside it too."""
_LONG_LINE = 400
"""A line longer than this may hold several paragraphs that a copy ran together."""
_HEAD_STOP = re.compile(r"[。？！?]")
_CLAUSE_STOP = re.compile(r"[，,；;。：:]")
_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"))
_SHORTEST_QUESTION = 4
_GLUED = ("chapter", "section", "major", "minor", "digit")
"""Kinds of items whose headings stand on lines of their own."""
_DASH = "——"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
LONGEST_HEAD = 34
"""A first sentence longer than this with a comma in it is running text: its first clause is the head."""


_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class Item:
    """One enumerated item: enumerator, level, the span of its head and of its own body, its place in the tree."""

    kind: str
    rank: int
    number: int
    start: int
    head: Span
    heading: Span
    """The head with its enumerator, as a reader sees it."""
    end: int = 0
    body: Span = _NOWHERE
    tail: Span = _NOWHERE
    """The paragraphs behind items that run on inside this one's own paragraph: whose duties a line there tells (责任单位：…)."""
    heading_only: bool = False
    parent: int = -1
    children: list[int] = field(default_factory=list)
    role: str = ""
    label: str | None = None
    above: tuple[Item, ...] | None = field(default=None, compare=False, repr=False)

    def own(self) -> Span:
        """Give the stretch from the enumerator to the end of the item's own body (its children left out)."""
        return Span(self.start, self.body.end)


@dataclass(slots=True)
class Outline:
    """The items of a document in the order of the text, and the boxes (专栏) with the items around them."""

    text: str
    items: list[Item]
    _starts: list[int]

    def label(self, item: Item) -> str:
        """Give an item's head as a label: inner spaces gone, no closing mark."""
        if item.label is None:
            item.label = self.text[item.head.start : item.head.end].replace(" ", "").replace("\t", "").strip("。：:；;，,、 ")
        return item.label

    def at(self, position: int) -> Item | None:
        """Give the innermost item whose own stretch or subtree holds a position, if any."""
        index = bisect_right(self._starts, position) - 1
        while index >= 0:
            item = self.items[index]
            if item.start <= position < item.end:
                return item
            index = item.parent
        return None

    def after(self, position: int) -> Item | None:
        """Give the first item that begins behind a position, if any."""
        index = bisect_right(self._starts, position)
        return self.items[index] if index < len(self.items) else None

    def ancestors(self, item: Item) -> tuple[Item, ...]:
        """Give the items above an item, nearest first; put together once an item."""
        if item.above is None:
            parent = self.items[item.parent] if item.parent >= 0 else None
            item.above = (parent, *self.ancestors(parent)) if parent else ()
        return item.above

    def children(self, item: Item) -> list[Item]:
        """Give the items directly below an item."""
        return [self.items[index] for index in item.children]

    def roots(self) -> list[Item]:
        """Give the items of the highest level."""
        return [item for item in self.items if item.parent < 0]


def _number(kind: str, text: str) -> int:
    if kind == "circle":
        return _CIRCLES.index(text) + 1
    if kind in ("bullet", "question"):
        return 0
    return parse_count(text) or 0


def _markers(document: Document) -> list[Marker]:
    """Find enumerators: (start, end, kind, number), in the order of the text."""
    text = document.text
    found: list[Marker] = []
    annexed = listed = False
    sent_out = document.metadata.get("title", "")
    """关于印发《2026年重点工作清单》的通知 sends the list out: the annex of this name is the paper itself."""
    pending: Marker | None = None
    annex, annex_title, annexes, annexed_line = (fixed_pattern(f"outline.{part}") for part in ("annex", "annex_title", "annexes", "annexed"))
    start, box_name, note = (fixed_pattern(f"outline.{part}") for part in ("start", "box", "note"))
    inside = _inside_lines(document)
    glued_bullet = fixed_pattern("outline.glued_bullet").match
    streams = _streams(document)
    starts = [span.start for span in streams]
    boxed, boxed_head = 0, fixed_pattern("outline.boxed_head")
    for former, line in pairwise((None, *document.lines)):
        above = former.start if former else 0
        if line is None or line.kind in ("row", "title"):
            continue
        if annexed and annex_title.search(text, line.start, line.end) and text[line.start : line.end].strip() not in sent_out:
            found.append((line.start, line.start, "annex", 0))
        named = annexed_line.match(text, line.start) is not None
        annexed = named and annex.match(text, line.start, line.end) is not None
        # 附件：1．任务分工表 2．遴选条件 names what follows and enumerates nothing itself.
        listed = named or bool(listed and annexes.match(text, line.start, line.end))
        if listed or (found and found[-1][0] == line.start):
            continue
        match = start.match(text, line.start, line.end)
        if match and match.lastgroup == "question":
            # 甲报：…？ asks; the answer on the next line, or a line that says no question (供稿单位：…网), does not.
            if text[line.end - 1] in "？?。" and line.end - match.end() > _SHORTEST_QUESTION:
                found.append((line.start, match.end(), "question", 0))
            continue
        if match and match.end() < line.end:
            kind = match.lastgroup or ""
            boxed = 0
            # "3 月" or "5G …": a bare digit and a space is an enumerator only where the rest reads like a heading.
            found.append((line.start, match.end(), kind, _number(kind, match[kind])))
            if kind == "major":
                # 四、优化服务 （八）改进窗口。…: the copy put the first item into its chapter's line, a space between.
                numbers = (1, next((marker[3] for marker in reversed(found) if marker[2] == "minor"), 0) + 1)
                found += [m for m in _glued(text, found[-1:], "minor") if m[1] < line.end and text[m[0] - 1] == " " and m[3] in numbers]
            run = glued_bullet(text, match.end(), line.end) if kind != "bullet" and text.startswith(_DASH, line.end + 1) else None
            if run:
                # （二）基本原则——统筹推进。… with the other bullets on lines of their own: the copy ran the first into its heading.
                found.append((run.end(), run.end() + len(_DASH), "bullet", 0))
        elif box := box_name.match(text, line.start, line.end):
            found.append((line.start, box.end() if box.end() < line.end else line.start, "box", parse_count(box["number"] or "") or 0))
            boxed = 1
        elif boxed and boxed_head.match(text, line.start, line.end):
            # A box whose projects bear no numbers: 渔港改造工程。改造…
            found.append((line.start, line.start, "digit", boxed))
            boxed += 1
        at = bisect_right(starts, line.start) - 1
        if at >= 0 and line.start < streams[at].end:
            continue
        candidates = inside.get(line.start, [])
        # 注：1.…。2.… explains the table above it.
        if candidates and note.match(text, line.start, line.end):
            candidates = []
        if candidates:
            first = found[-1] if found and found[-1][0] >= line.start else None
            if first is None and found and found[-1][0] >= above and found[-1][2] == "numbered":
                # 一是…。二是…。 and on the next line …。三是…: a page or a copy broke the paragraph.
                first = found[-1]
            found.extend(_running(candidates, first, _carried(found)))
        # …以下工作。一是建设平台。 at the end of a paragraph, and 二是… opens the next one.
        if pending and match and (match.lastgroup, _number(match.lastgroup or "", match[match.lastgroup or 0])) == (pending[2], 2):
            found.append(pending)
        pending = candidates[-1] if candidates and candidates[-1][2] in ("numbered", "digit") and candidates[-1][3] == 1 else None
    opening: dict[int, list[Marker]] = {at: [] for at in range(len(streams))}
    kept: list[Marker] = []
    for marker in found:
        at = bisect_right(starts, marker[0]) - 1
        (opening[at] if at >= 0 and marker[0] < streams[at].end else kept).append(marker)
    for at, (low, high) in enumerate(streams):
        # A stretch in the middle of a text carries its numbers on.
        last = {kind: number for place, _, kind, number in sorted(kept) if place < low}
        kept += _stream(text, low, high, opening[at], last)
    return sorted(kept)


def _inside_lines(document: Document) -> dict[int, list[Marker]]:
    """Give the enumerators in the middle of lines, by where their line begins: few lines have any."""
    lines, found = [line.start for line in document.lines], dict[int, list[Marker]]()
    for match in fixed_pattern("outline.inline").finditer(document.text):
        found.setdefault(lines[bisect_right(lines, match.start()) - 1], []).append(_marker(document.text, match))
    return found


def _streams(document: Document) -> list[Span]:
    """Give the stretches whose paragraphs the copy lost: long lines one after another, whose headings run into one another."""
    found: list[tuple[Span, int]] = []
    for line in document.lines:
        size = line.end - line.start
        if size <= _LONG_LINE or line.kind == "row":
            continue
        if found and found[-1][0].end + 1 >= line.start:
            span, longest = found[-1]
            found[-1] = Span(span.start, line.end), max(longest, size)
        else:
            found.append((Span(line.start, line.end), size))
    return [span for span, longest in found if longest > _FLATTENED]


def _stream(text: str, low: int, high: int, opening: list[Marker], last: dict[str, int]) -> list[Marker]:
    """Find the enumerators of a stretch whose paragraphs were lost: each kind where its numbers run on.

    `opening` are those that open a line, `last` the last number of each kind above. A heading may run into the first item
    below it (三、强化监管（一）严格审查。).
    """
    places = {marker[0] for marker in opening}
    inline = [_marker(text, match) for match in fixed_pattern("outline.inline").finditer(text, low, high)]
    inline = [marker for marker in inline if marker[0] not in places]

    def of(kind: str, more: list[Marker]) -> list[Marker]:
        return _run_on(sorted({*(m for m in opening if m[2] == kind), *(m for m in inline if m[2] == kind), *more}), last.get(kind, 0))

    majors = of("major", [_marker(text, match) for match in fixed_pattern("outline.flat").finditer(text, low, high)])
    minors = of("minor", _glued(text, majors, "minor"))
    digits = of("digit", _glued(text, minors, "digit"))
    others = [m for m in opening if m[2] not in ("major", "minor", "digit")]
    rest = _running([m for m in inline if m[2] not in ("minor", "digit")], None)
    return [*majors, *minors, *digits, *others, *rest]


def _run_on(markers: list[Marker], last: int) -> list[Marker]:
    """Keep the enumerators of one kind that begin a run or carry on the last one; one number may be lost on the way."""
    kept: list[Marker] = []
    for marker in markers:
        if marker[3] in (last + 1, last + 2, 1):
            kept.append(marker)
            last = marker[3]
    return kept


Marker = tuple[int, int, str, int]
"""Where an enumerator starts and ends, its kind, its number."""


def _marker(text: str, match: re.Match[str]) -> Marker:
    """Give the enumerator that a match holds, without the mark in front of it."""
    kind = match.lastgroup or ""
    start = match.start()
    if text[start] in "。；;：:！？，," or (text[start] in "）)" and match.end() > start + 1):
        start += 1
    while text[start] in " \t":
        start += 1
    return start, match.end(), kind, _number(kind, match[kind])


def _glued(text: str, above: list[Marker], kind: str) -> list[Marker]:
    """Find the items of a kind that stand right behind the headings above them, without a mark between."""
    found = []
    for _, end, _, _ in above:
        match = fixed_pattern(f"outline.glued_{kind}").match(text, end)
        if match:
            found.append((match.start(kind) - (kind == "minor"), match.end(), kind, _number(kind, match[kind])))
    return found


def _carried(found: list[Marker]) -> int:
    """Give the number of the last digit above, which digits inside a paragraph may carry on: （二）甲。4.乙。5.丙。 behind （一）…。3.丁。"""
    return next((marker[3] for marker in reversed(found) if marker[2] == "digit"), 0)


def _running(matches: list[Marker], first: Marker | None, carried: int = 0) -> list[Marker]:
    """Keep inline enumerators whose numbers run on from one, from the enumerator that opens the line, or (digits) from the last one carried."""
    kept: list[Marker] = []
    by_kind: dict[str, list[Marker]] = {}
    for match in matches:
        by_kind.setdefault(match[2], []).append(match)
    for kind, candidates in by_kind.items():
        expected = first[3] + 1 if first and first[2] == kind else 1
        if kind == "digit" and carried and candidates[0][3] == carried + 1:
            expected = carried + 1
        run: list[Marker] = []
        for candidate in candidates:
            if candidate[3] == expected:
                run.append(candidate)
                expected += 1
            elif candidate[3] == 1:
                kept.extend(run if len(run) > 1 or (first and first[2] == kind) else [])
                run, expected = [candidate], 2
        if len(run) > 1 or (run and first and first[2] == kind):
            kept.extend(run)
    return kept


def _clause_stop(text: str, start: int, end: int) -> int:
    """Give where the first clause of a stretch ends; a comma in a title or in brackets ends none.

    >>> _clause_stop("落实《甲，乙》，丙", 0, 10)
    7
    """
    for stop in _CLAUSE_STOP.finditer(text, start, end):
        if all(text.count(opening, start, stop.start()) <= text.count(closing, start, stop.start()) for opening, closing in _PAIRS):
            return stop.start()
    return end


def _head(text: str, start: int, end: int, kind: str) -> tuple[Span, bool]:
    """Find the head in a stretch of one line: its span, and whether it is all there is in the line."""
    if kind == "question":
        return strip_span(text, start, end - 1), True
    duty = fixed_pattern("outline.duty").search(text, start, end) if text[end - 1] in "）)】" else None
    if duty and text.find("。", start, duty.start()) < 0:
        # （一）加强统筹（责任单位：甲、乙）: who is responsible is no part of the head.
        return strip_span(text, start, duty.start()), False
    glued = fixed_pattern("outline.glued_text").match(text, start, end) if kind in _GLUED else None
    if glued:
        # 八、加强组织实施各地区、各部门要…: a copy that lost the line's end ran the text into the heading.
        return Span(start, glued.end()), False
    stop = _HEAD_STOP.search(text, start, end)
    sentence_end = stop.start() if stop else end
    if text[sentence_end : sentence_end + 1] in ("？", "?"):
        return strip_span(text, start, sentence_end), sentence_end + 1 >= end
    whole = sentence_end >= end or not text[sentence_end + 1 : end].strip("”’）) ")
    # A short sentence is a head as it stands.
    clause_end = _clause_stop(text, start, sentence_end) if kind == "numbered" or sentence_end - start > LONGEST_HEAD else sentence_end
    if kind == "numbered" and fixed_pattern("outline.by_what").match(text, start) and clause_end < sentence_end:
        # 一是以一流营商环境，促进…: what it is done with is only the half of it.
        clause_end = _clause_stop(text, clause_end + 1, sentence_end)
    if kind == "numbered" and not (sentence_end - start <= 16 and not whole):
        return strip_span(text, start, clause_end), whole
    closed = sentence_end < end
    if sentence_end - start > LONGEST_HEAD and (closed or sentence_end - start > 60) and clause_end < sentence_end:
        return strip_span(text, start, clause_end), False
    colon = text.find("：", start, sentence_end)
    if 0 < colon - start <= 20 and not whole:
        return strip_span(text, start, colon), False
    if colon > 0 and fixed_pattern("outline.boxed_head").match(text, start, colon + 2):
        # 2.渔船更新工程：更新渔船。: the name of a project is its head, however little stands behind.
        return strip_span(text, start, colon), False
    if 0 < colon - start <= 12 and sentence_end - colon > 12:
        return strip_span(text, start, colon), False
    return strip_span(text, start, sentence_end), whole


def starts_item(text: str, start: int, end: int) -> bool:
    """Tell whether a line begins with an enumerator or with the name of a box."""
    return any(fixed_pattern(f"outline.{part}").match(text, start, end) for part in ("start", "box"))


def build_outline(document: Document) -> Outline:
    """Find the items of a document and put them into a tree by the level of their enumerators."""
    text = document.text
    markers = _markers(document)
    line_ends = [line.end for line in document.lines]
    line_starts = [line.start for line in document.lines]
    items: list[Item] = []
    stack: list[int] = []
    boxed = 0
    for index, (start, after, kind, number) in enumerate(markers):
        following = markers[index + 1][0] if index + 1 < len(markers) else len(text)
        line = bisect_right(line_starts, start) - 1
        limit = min(line_ends[line], following)
        rank = _BOX_RANK if kind == "box" else _RANK[kind]
        # What a box numbers from 1 is its own, though such numbers stand above boxes outside; it ends where they do not run on.
        if kind == "box":
            boxed = 1
        elif boxed and rank >= _RANK["digit"] and (number in (0, boxed) or rank > _RANK["digit"]):
            boxed += rank == _RANK["digit"]
            rank += _BOX_RANK
        else:
            boxed = 0
        # （1）…；（2）… inside a paragraph are clauses as 一是… are: they end with it.
        spoken = rank in _SPOKEN or (kind == "paren" and start > line_starts[line])
        head, whole = _head(text, after, limit, "numbered" if spoken and kind == "paren" else kind)
        item = Item(kind, rank, number, start, head, Span(start, head.end), heading_only=whole)
        marked = not text[head.end : head.end + 1].isalnum()
        body_start = min(head.end + marked, limit) if not whole else limit
        # A spoken enumerator (第一，/一是) governs its paragraph; the next paragraph is somebody's next thought.
        item.body = strip_span(text, body_start, limit if spoken else following)
        # A box belongs to its section and not to the last numbered item before it.
        level = _RANK["digit"] if kind == "box" else rank
        while stack and items[stack[-1]].rank >= level:
            stack.pop()
        item.parent = stack[-1] if stack else -1
        if stack:
            items[stack[-1]].children.append(index)
        if spoken and following > limit and stack:
            above = next((at for at in reversed(stack) if items[at].rank not in _SPOKEN), stack[-1])
            items[above].tail = Span(limit, following)
        items.append(item)
        stack.append(index)
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        item.end = max([item.body.end, item.head.end, *(items[child].end for child in item.children)])
    return Outline(text, items, [item.start for item in items])
