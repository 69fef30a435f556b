"""Names of bodies in running text and in lists: known ones from the vocabulary, others by how such names end."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ...core.model import Span
from ...core.vocabulary import Vocabulary
from ...text.enumerations import clean, split_list
from ..context import Context
from ..words import known_names, trie_pattern

_SHORTEST, _LONGEST = 2, 30
_LONGEST_SHORT = 4
_SHORTEST_PART = 3
_LINE = re.compile(r"[^ ]+")
LEVELS = ("province", "city", "county")


def is_body(ctx: Context, name: str) -> bool:
    """Tell whether a name is that of a body: it is known, or it ends like one and holds no verb."""
    known = ctx.is_body.get(name)
    if known is None:
        known = ctx.is_body[name] = _names_body(ctx, name)
    return known


def _names_body(ctx: Context, name: str) -> bool:
    if ctx.vocabulary.knows("Organization", name):
        return True
    if not _SHORTEST <= len(name) <= _LONGEST or ctx.find("bodies.no_name")(name):
        return False
    return ctx.suffixes("org.suffix").end(name) and name not in ctx.vocabulary.role("org.not")


@cache
def _any_name(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give the pattern of how names of bodies end, of known ones that end otherwise, and of what begins those of every place."""
    suffixes = vocabulary.role("org.suffix")
    others = (name for name, _ in vocabulary.names("Organization") if not name.endswith(suffixes))
    return re.compile(trie_pattern((*suffixes, *others, *vocabulary.role("org.each"))))


def may_name(ctx: Context, span: Span) -> bool:
    """Tell cheaply whether a stretch may name a body; a name that a copy broke by a space may stand in any that has one."""
    return _any_name(ctx.vocabulary).search(ctx.text, *span) is not None or ctx.text.find(" ", *span) >= 0


@cache
def last_characters(vocabulary: Vocabulary) -> frozenset[str]:
    """Give the characters that a list of bodies may end with: those of names, of how unknown names end, and of what a list may close with."""
    names = (name for name, _ in vocabulary.names("Organization"))
    return frozenset(word[-1] for word in (*names, *vocabulary.role("org.suffix"), *vocabulary.role("org.list_end")))


class _Told(NamedTuple):
    """What is told of a list as a whole: whether only names of bodies count, of which level (市) its last is a government, whether it has several."""

    strict: bool
    governed: str
    several: bool


def bodies_in(ctx: Context, span: Span, *, strict: bool = True) -> list[tuple[str, Span]]:
    """Split a list of bodies into names and places; what is no body's name is left out (kept when not `strict`)."""
    governed = ctx.find("bodies.government")(ctx.text[span.start : span.end].split("，")[0].rstrip("）)。；"))
    members = _whole(ctx, [part for one in split_list(ctx.text, span.start, span.end, joints=False) for part in _lines(ctx, one)])
    told = _Told(strict, governed[0][0] if governed else "", len(members) > 1)
    found = [(name, member) for member in members for name in _named(ctx, ctx.text[member.start : member.end], told)]
    if governed and found and ctx.find("bodies.place")(found[-1][0]):
        # 甲镇、乙镇等乡镇人民政府: what stands behind 等 is said of those that are named.
        found[-1] = (found[-1][0] + governed["word"], found[-1][1])
    return _governments(ctx, found)


def _named(ctx: Context, raw: str, told: _Told) -> tuple[str, ...]:
    """Give the names of bodies in one member of a list; a document names the same bodies again and again."""
    known = ctx.members.get((raw, told))
    if known is None:
        known = ctx.members[raw, told] = tuple(_read(ctx, raw, told))
    return known


def _read(ctx: Context, raw: str, told: _Told) -> list[str]:
    raw = ctx.pattern("bodies.shortened").sub("", ctx.pattern("bodies.by").sub("", raw))
    name = first_of_two(ctx, clean(ctx.pattern("bodies.others").sub("", raw)))
    # 甲、乙等和各省级人民政府: what 等 leaves open is closed by one more body.
    more, unnamed = ctx.pattern("bodies.more").search(raw), ctx.find("bodies.unnamed")
    if more and is_body(ctx, more["more"]) and not unnamed(more["more"]):
        return [*(part for part in _parts(ctx, name) if part and is_body(ctx, part)), more["more"]]
    if told.several and unnamed(name):
        # 甲、乙、有关部门 : beside named bodies the unnamed ones say nothing.
        return []
    place = ctx.find("bodies.place")
    return [
        part
        for part in _parts(ctx, name, told.governed)
        if part
        and (
            is_body(ctx, part)
            or (not told.strict and _SHORTEST <= len(part) <= _LONGEST)
            or (told.governed and (place(part) or _is_short_of(ctx, part, told.governed)))
        )
    ]


def _is_short_of(ctx: Context, name: str, level: str) -> bool:
    """Tell whether a name is that of a place of a level without the level's word (海州 of 海州市): the table or the text itself has it."""
    short = _SHORTEST <= len(name) <= _LONGEST_SHORT and not is_body(ctx, name)
    return short and (known_names(ctx.vocabulary, "Place").at(name) == len(name) or ctx.text.find(name + level) >= 0)


def names_in(ctx: Context, span: Span) -> list[str]:
    """Give the names of a list of bodies, what ends like none among them; several rules ask for those of one stretch."""
    known = ctx.lists.get(span)
    if known is None:
        known = ctx.lists[span] = tuple([name for name, _ in bodies_in(ctx, span, strict=False)])
    return [*known]


def first_of_two(ctx: Context, name: str) -> str:
    """Give the first name of a body that bears two (宣传部（融媒体中心）), where each of them is that of a body."""
    first, bracket, second = name.removesuffix("）").partition("（")
    both = bracket and name.endswith("）") and not ctx.vocabulary.knows("Organization", name)
    return first if both and is_body(ctx, first) and is_body(ctx, second) else name


def _lines(ctx: Context, member: Span) -> list[Span]:
    """Part what stands on lines of its own in a cell (甲局 乙局), where each of them is a body; else give it as it is."""
    if ctx.text.find(" ", *member) < 0:
        return [member]
    parts = [Span(*part.span()) for part in _LINE.finditer(ctx.text, *member)]
    each = ctx.vocabulary.role("org.each")
    names = [ctx.text[part.start : part.end].strip("，；。") for part in parts]
    return parts if all(is_body(ctx, name) or (name.startswith(each) and is_body(ctx, name[1:])) for name in names) else [member]


def _whole(ctx: Context, members: list[Span]) -> list[Span]:
    """Put together what 、 parted within one collective name (各市、县人民政府)."""
    whole: list[Span] = []
    levels = ctx.find("bodies.levels")
    for member in members:
        if whole and levels(ctx.text, whole[-1].start, whole[-1].end):
            whole[-1] = Span(whole[-1].start, member.end)
        else:
            whole.append(member)
    return whole


def _governments(ctx: Context, names: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Give places of a list what only the last one bears: 临洲市、望川市人民政府 are two governments, 甲县、乙县教育局 two offices."""
    completed = list(names)
    government, office, place = ctx.find("bodies.government"), ctx.find("bodies.office"), ctx.find("bodies.place")
    suffix = level = ""
    for index in range(len(names) - 1, -1, -1):
        name, member = names[index]
        ending = government(name) or (office(name) if index and place(names[index - 1][0]) else None)
        if ending:
            suffix, level = ending["word"], ending[0][0] if government(name) else ""
        elif suffix and place(name):
            completed[index] = (name + suffix, member)
        elif level and suffix and _is_short_of(ctx, name, level):
            # 海州、江州市人民政府
            completed[index] = (name + level + suffix, member)
        else:
            suffix = ""
    return completed


@cache
def levels(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the words for the levels of government (省, 市, 县), the widest first."""
    return tuple(word for level in LEVELS for word in vocabulary.role(f"place.{level}"))


def _run_together(ctx: Context, name: str) -> list[str]:
    """Part bodies of one level that a cell's lines ran together (市教育局市卫生健康委员会); none where the name is that of one body."""
    level, known_levels = name[:1], levels(ctx.vocabulary)
    if level not in known_levels or ctx.vocabulary.knows("Organization", name):
        return []
    suffixes, known = ctx.vocabulary.role("org.suffix"), ctx.vocabulary.role("org.not")
    at = name.find(level, _SHORTEST_PART)
    while at > 0:
        left, right = name[:at], name[at:]
        if left.endswith(suffixes) and left not in known and left[-1] not in known_levels and is_body(ctx, left):
            rest = _run_together(ctx, right) or ([right] if is_body(ctx, right) else [])
            if rest:
                return [left, *rest]
        at = name.find(level, at + 1)
    return []


def _parts(ctx: Context, name: str, level: str = "") -> list[str]:
    """Split A和B, A会同B when both sides are bodies and the whole is none that the vocabulary knows."""
    if ctx.vocabulary.knows("Organization", name):
        return [name]
    if together := _run_together(ctx, name):
        return together
    unnamed, general = ctx.find("bodies.unnamed"), ctx.vocabulary.role("org.unnamed")
    ending = ctx.find("bodies.government")(name)
    for match in ctx.pattern("bodies.joint").finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        if ending and ctx.find("bodies.place")(left) and ctx.find("bodies.place")(right.removesuffix(ending["word"])):
            # 南湖镇和北山镇人民政府 are two governments.
            return [left + ending["word"], right]
        if is_body(ctx, left) and (is_body(ctx, right) or unnamed(right) or right.startswith(general)):
            return [left, right] if is_body(ctx, right) and not right.startswith(general) else [left]
        of_government = level and (ctx.find("bodies.place")(right) or _is_short_of(ctx, right, level))
        if is_body(ctx, left) and (ctx.find("bodies.every")(right) or of_government):
            # 市教育局及各县（区）, 省交通厅和海州、江州市人民政府, 省水利厅和甲县、乙县人民政府
            return [left, right]
        along = match[0] in ctx.vocabulary.role("role.with") and left.startswith(levels(ctx.vocabulary))
        if along and ctx.find("responsibility.authority")(left) and (is_body(ctx, right) or ctx.find("bodies.every")(right)):
            # 省草原站会同各市林草局: who acts with a body is one by an ending that others bear as well.
            return [left, right]
    return [name]
