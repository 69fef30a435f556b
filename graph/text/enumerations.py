"""Lists in running text: A、B、C和D, with members that may themselves hold 和, quotes or brackets."""

from __future__ import annotations

import re
from itertools import pairwise

from ..core.model import Span
from .normalize import strip_span

_OPEN = {"“": "”", "《": "》", "（": "）", "(": ")", "‘": "’", "〈": "〉", "「": "」", "〔": "〕"}
_ENCLOSES = re.compile(f"[{re.escape(''.join(_OPEN) + ''.join(_OPEN.values()))}]")
_LAST = re.compile(r"以及|和|及|与")
LONGEST_MEMBER = 40
_STOPS = re.compile(r"[。；;！？\n\t]")


def _top_level(text: str, start: int, end: int, mark: str) -> list[int]:
    """Give the places of a mark outside quotes and brackets."""
    at = text.find(mark, start, end)
    if at < 0:
        return []
    inside = _enclosed(text, start, end)
    places = []
    while at >= 0:
        if not any(low <= at < high for low, high in inside):
            places.append(at)
        at = text.find(mark, at + 1, end)
    return places


def _enclosed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the stretches in quotes and brackets; one that nothing closes goes on to the end."""
    found, closing, opened = [], list[str](), start
    for match in _ENCLOSES.finditer(text, start, end):
        char = match[0]
        if closing and char == closing[-1]:
            closing.pop()
            if not closing:
                found.append((opened, match.end()))
        elif char in _OPEN:
            opened = opened if closing else match.start()
            closing.append(_OPEN[char])
    return [*found, (opened, end)] if closing else found


def _tail(text: str) -> str:
    return text[-2:]


def split_list(text: str, start: int, end: int, expected: int | None = None, *, joints: bool = True) -> list[Span]:
    """Split a list into its members.

    Members are parted by 、; the last two also by 和, 及, 以及 or 与. A conjunction inside a member is told from the one
    that closes the list by the declared number of members (`expected`), else by what the two sides have in common: their
    ends are alike, or the list would otherwise end in a member without a partner. With `joints` false only 、 parts.

    >>> text = "甲体系构建及推广工程、乙产品攻坚工程、丙培育示范工程和丁能力锻造工程"
    >>> [text[s:e] for s, e in split_list(text, 0, len(text), 4)]
    ['甲体系构建及推广工程', '乙产品攻坚工程', '丙培育示范工程', '丁能力锻造工程']
    >>> text = "标准研制和应用、人才培养"
    >>> [text[s:e] for s, e in split_list(text, 0, len(text))]
    ['标准研制和应用', '人才培养']
    """
    commas = _top_level(text, start, end, "、")
    edges = [start - 1, *commas, end]
    members = [strip_span(text, a + 1, b) for a, b in pairwise(edges)]
    members = [m for m in members if m.end > m.start]
    if not members or not joints or (expected is not None and len(members) >= expected):
        return members
    last = members[-1]
    inside = _enclosed(text, last.start, last.end)
    best: tuple[int, re.Match[str]] | None = None
    for joint in _LAST.finditer(text, last.start + 1, last.end - 1):
        if any(low <= joint.start() < high for low, high in inside):
            continue
        left, right = text[last.start : joint.start()], text[joint.end() : last.end]
        if min(len(left), len(right)) < 2 and len(members) == 1 and expected != 2:
            continue
        # 与 mostly ties the parts of one name (类器官与再生医学); 和 and 及 close a list.
        score = -2 if joint[0] == "与" else 0
        if expected is not None:
            score += 4 if len(members) + 1 == expected else -2
        if _tail(left) == _tail(right):
            score += 3
        elif left[-1:] == right[-1:]:
            score += 2
        others = members[:-1]
        if others and expected is None:
            mean = sum(m.end - m.start for m in others) / len(others)
            score += 1 if max(len(left), len(right)) <= mean * 2 + 2 else 0
            score += 1 if last.end - last.start > mean * 1.5 else 0
        if best is None or score > best[0] or (score == best[0] and joint.start() > best[1].start()):
            best = (score, joint)
    if best is not None and best[0] >= (1 if len(members) > 1 else 2):
        joint = best[1]
        members[-1:] = [strip_span(text, last.start, joint.start()), strip_span(text, joint.end(), last.end)]
    if expected is not None and 2 < len(members) < expected:
        return _split_inner(text, members, expected)
    return members


def _split_inner(text: str, members: list[Span], expected: int) -> list[Span]:
    """Split members that hold a 和 of their own (甲、乙和丙、丁) where exactly as many do as members are missing."""
    inner = [(member, text.find("和", member.start + 1, member.end - 1)) for member in members]
    if sum(1 for _, joint in inner if joint >= 0) != expected - len(members):
        return members
    parts: list[Span] = []
    for member, joint in inner:
        parts += [member] if joint < 0 else [Span(member.start, joint), Span(joint + 1, member.end)]
    return parts


def clean(member: str) -> str:
    """Make a label of a list member: one pair of enclosing quotes goes, and so do white space and closing marks."""
    member = member.replace(" ", "").strip("，,。；;：: \t")
    if len(member) > 2 and member[0] == "“" and member[-1] == "”" and "“" not in member[1:]:
        member = member[1:-1]
    return member


def is_member(label: str) -> bool:
    """Tell whether a stretch may be a member: short, with balanced brackets, and no stop inside."""
    return (
        1 <= len(label) <= LONGEST_MEMBER
        and not _STOPS.search(label)
        and all(label.count(a) == label.count(b) for a, b in ("“”", "（）", "《》", "()"))
        and not label[0].isspace()
    )
