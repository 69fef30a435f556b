"""Titles as copies bear them: cut free of what is glued to them, put together where they stand over several lines.

A title ends with the name of a kind of document (计划, 意见, 的通知), at a place where a title may end: the line ends there, or a document
number, a date, the addressees, the fields of a web page or the name of the site follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from ...core.model import Line, Span
from ...core.rules import pattern
from ...core.vocabulary import Vocabulary
from ...text.dates import ANY_DATE, CHINESE_DATE
from ...text.document_numbers import NUMBER
from ..bodies.names import is_body
from ..context import Context
from ..outline import starts_item
from ..words import role_pattern

Kind = Literal["plan", "sometimes", "never"]
QUOTED = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_BRACKETS = re.compile(r"\s?[（(【\[](?P<inside>[^（）()【】\[\]]{1,40})[)）】\]]")
_SEPARATED = re.compile(r"\s?[-_—–|｜·/]+\s?|\s")
_LIST_MARKS = re.compile(r"[、/ ，,]+")
_FRONT = re.compile(r"[【\[][^】\]]{1,12}[】\]]|.*[>»]\s?")
_OPEN, _CLOSE = "《〈“（(", "》〉”）)"
_SHORTEST, _LONGEST = 6, 110
_LONGEST_REST = 60
_LONGEST_LINE = 60
_MOST_LINES = 4
_WINDOW = 400
"""How far a title and what is glued to it may reach into a line that holds the whole text."""
_TOP_LINES = 40


class Heading(NamedTuple):
    """A title with its kind: `plan` by its last word, `sometimes` where the text decides, `never` for what sets out no work.

    span is its place (empty for a title that is not of the text); marked tells that an official document's number, date or addressees
    follow, which a heading of a page or a title that is only mentioned does not have.
    """

    title: str
    kind: Kind
    span: Span
    marked: bool


@cache
def _patterns(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    kinds = re.compile(role_pattern(vocabulary, "plan.noun", "plan.sometimes", "plan.not"))
    fields = re.compile(rf"\s?(?:{role_pattern(vocabulary, 'title.field')})")
    addressed = re.compile(rf"\s?(?P<lead>[^。；：:]{{0,30}}?)(?:{role_pattern(vocabulary, 'title.addressee')})[^。；：:]{{0,240}}[：:]")
    annex = pattern(vocabulary, "plan.annex_lead")
    frame = re.compile(rf"[^。\n]{{0,60}}?(?:{role_pattern(vocabulary, 'title.dispatch')})")
    return kinds, fields, addressed, annex, frame


_LAST_BRACKET = re.compile(r"（[^（）]*）$")


def bare_title(title: str) -> str:
    """Give a title as a label: no outer brackets or quotes of the copy, no white space.

    >>> bare_title("《 海州市 行动计划(2024年) 》"), bare_title("“智慧海州”")
    ('海州市行动计划（2024年）', '智慧海州')
    """
    title = "".join(title.replace("*", "").replace("_", "").split()).replace("(", "（").replace(")", "）")
    if title[:1] == "《" and title.find("》") in (len(title) - 1, -1):
        title = title.strip("《》")
    return title[1:-1] if title[:1] == "“" and title.find("”") == len(title) - 1 else title


def kind_of(ctx: Context, title: str) -> Kind | None:
    """Tell what kind of document a title ends like, brackets at its end left aside; None for no kind that is known."""
    core = bare_title(title)
    while core.endswith("）") and (bracket := _LAST_BRACKET.search(core)):
        core = core[: bracket.start()]
    if ctx.suffixes("plan.not").end(core):
        return "never"
    if ctx.suffixes("plan.noun").end(core):
        return "plan"
    return "sometimes" if core.endswith(ctx.vocabulary.role("plan.sometimes")) else None


def is_plan_title(ctx: Context, title: str) -> bool:
    """Tell whether a title ends like that of a plan (计划, 方案, 规划 …), brackets with years or 试行 left aside."""
    return kind_of(ctx, title) == "plan"


def cut_heading(ctx: Context, text: str, start: int = 0, end: int | None = None) -> Heading | None:
    """Find the title that a stretch begins with and cut off what is glued to it; None where it begins with none."""
    end = min(len(text) if end is None else end, start + _WINDOW)
    kinds, _, _, annex, frame = _patterns(ctx.vocabulary)
    if not kinds.search(text, start, end):
        return None
    low = _past_front(text, start, end, (NUMBER, annex, _FRONT, frame))
    if text.startswith(ctx.vocabulary.role("title.not_start"), low):
        return None
    depth, at = 0, low
    for match in kinds.finditer(text, low, min(end, low + _LONGEST)):
        for char in text[at : match.start()]:
            depth += (char in _OPEN) - (char in _CLOSE)
        at = match.start()
        if depth > 0:
            continue
        if any(mark in text[low : match.start()] for mark in "。；？！"):
            return None
        stop, marked = _end(ctx, text, match.end(), end)
        if stop < 0:
            continue
        title = bare_title(text[low:stop])
        kind = kind_of(ctx, title)
        if kind is None or len(title) < _SHORTEST:
            return None
        return Heading(title, kind, Span(low, stop), marked)
    return None


def _past_front(text: str, low: int, end: int, fronts: tuple[re.Pattern[str], ...]) -> int:
    """Give where a title begins behind what stands in front of it on its line: a number, the mark of an annex, a path of links, a dateline."""
    while True:
        front = next(filter(None, (pattern.match(text, low, min(end, low + _LONGEST)) for pattern in fronts)), None)
        if front is None or front.end() == low:
            return low
        low = front.end()
        while low < end and text[low].isspace():
            low += 1


def _end(ctx: Context, text: str, position: int, end: int) -> tuple[int, bool]:
    """Give where the title ends that a kind of document closes at a position, and whether it is marked; -1 where it goes on."""
    _, fields, addressed, _, _ = _patterns(ctx.vocabulary)
    marked = False
    if text[position : position + 1] in ("》", "”", "*") and position < end:
        position += 1
    while bracket := _BRACKETS.match(text, position, end):
        if CHINESE_DATE.search(bracket["inside"]):
            return position, True
        if NUMBER.match(bracket["inside"]):
            return position, True
        if _numbered(ctx, text, position, end):
            break
        position = bracket.end()
    if not text[position:end].strip():
        return position, marked
    to = addressed.match(text, position, end)
    if _numbered(ctx, text, position, end) or (to and not _of_title(ctx, to["lead"])):
        return position, True
    if ANY_DATE.match(text, position, end) or fields.match(text, position, end):
        return position, False
    rest = text[position:end].split("\n")[0]
    if not rest.strip():
        return position, marked
    if len(rest) > _LONGEST_REST or "。" in rest:
        return -1, False
    if rest[0] in "，,":
        names = [name for name in _LIST_MARKS.split(rest) if name]
        return (position, False) if names and all(is_body(ctx, name) for name in names) else (-1, False)
    behind = _SEPARATED.match(rest)
    if behind and any(part.endswith(ctx.vocabulary.role("title.site")) for part in _SEPARATED.split(rest) if part):
        return position, False
    return -1, False


def _numbered(ctx: Context, text: str, position: int, end: int) -> bool:
    """Tell whether a document number stands at a place, whose agency is no rest of the title (纲要的通知国发〔2015〕50号)."""
    number = NUMBER.match(text, position, end)
    return number is not None and not _of_title(ctx, number["agency"])


def _of_title(ctx: Context, text: str) -> bool:
    """Tell whether what stands behind a kind of document may belong to a title that goes on: 行动|纲要的通知国发."""
    return any(of in text for of in ctx.vocabulary.role("particle.of")) or _patterns(ctx.vocabulary)[0].search(text) is not None


def headings(ctx: Context) -> list[Heading]:
    """Give the titles among the first lines, each once: on a line of its own, over several, or glued to what follows."""
    return list(_headings(ctx))


def _headings(ctx: Context) -> Iterator[Heading]:
    text, lines = ctx.text, ctx.document.lines
    seen: set[str] = set()
    opens = cache(lambda index: starts_item(text, lines[index].start, lines[index].end))
    for index, line in enumerate(lines[:_TOP_LINES]):
        if opens(index):
            if seen:
                # The text has begun below its title.
                return
            continue
        if text[line.start] in "（(" and text[line.end - 1] in "）)" and _BRACKETS.fullmatch(text, line.start, line.end):
            # （此件公开发布）: a remark in brackets begins no title.
            continue
        for count in range(1, _MOST_LINES + 1):
            if index + count > len(lines):
                break
            last = lines[index + count - 1]
            if count > 1 and (opens(index + count - 1) or not _goes_on(ctx, lines[index + count - 2], last)):
                break
            found = cut_heading(ctx, text, line.start, last.end)
            if found and (count == 1 or found.span.end > last.start):
                if not found.marked and found.span.end >= last.end and index + count < len(lines):
                    following = lines[index + count]
                    behind = following.start + (text[following.start] in "（(")
                    numbered = NUMBER.match(text, following.start, following.end) or CHINESE_DATE.match(text, behind, following.end)
                    found = found._replace(marked=numbered is not None)
                if found.title not in seen:
                    seen.add(found.title)
                    yield found
                break


def _goes_on(ctx: Context, line: Line, following: Line) -> bool:
    """Tell whether a line may be one of several that make up a title: short, without a stop, no number, no addressee."""
    text, start, end = ctx.text, line.start, line.end
    if end - start > _LONGEST_LINE or text[end - 1] in "。；：:！？，" or following.end - following.start > _WINDOW:
        return False
    return not (NUMBER.fullmatch(text, start, end) or CHINESE_DATE.search(text, start, end))
