"""A comparison of two plans as lines to read and as plain values: a screen first, the rest on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ..core.comparison import CHANGES, MOVES, SIGNS, Aim, AimChange, Comparison, Plan, Said, Work, WorkChange, cautions
from ..core.labels import words_of
from ..core.language import say, spoken
from ..text.amounts import amount
from ..text.numerals import plain

SCREEN = 40
"""How many lines a screen takes."""
_Group = tuple[str, list[str]]


def plan_lines(comparison: Comparison, most: int | None = SCREEN) -> Iterator[str]:
    """Lay a comparison out as text: counts, then targets and work by what became of them; at most so many lines where a number is given."""
    yield f"{_titled(comparison.before)} → {_titled(comparison.after)}"
    yield say("targets: {counts}", counts=_told((one.move for one in comparison.aims), MOVES))
    yield say("work: {counts}", counts=_told((one.change for one in comparison.work), CHANGES))
    warned = cautions(comparison)
    yield from (words[spoken() == "en"] for words in warned)
    groups = [*_aim_groups(comparison.aims), *_work_groups(comparison.work)]
    total = sum(len(lines) for _, lines in groups)
    # A blank line and a heading a group, and the last line that says how much more there is.
    shares = _shares([len(lines) for _, lines in groups], None if most is None else most - 4 - len(warned) - 2 * len(groups))
    for (heading, lines), share in zip(groups, shares, strict=True):
        if share:
            yield ""
            yield heading
            yield from lines[:share]
    if total > sum(shares):
        yield say("… {count} more lines (--all shows them)", count=total - sum(shares))


def _shares(sizes: list[int], room: int | None) -> list[int]:
    """Share the room out: every group gets the same, and what one does not need goes to the others."""
    if room is None:
        return sizes
    shares = [0] * len(sizes)
    left = max(room, 0)
    while left and (open_ := [at for at, size in enumerate(sizes) if shares[at] < size]):
        for at in open_[:left]:
            shares[at] += 1
        left -= min(left, len(open_))
    return shares


def _titled(plan: Plan) -> str:
    return f"{plan.title} ({plan.number})" if plan.number else plan.title


def _told(changes: Iterable[str], order: Iterable[str]) -> str:
    counts = Counter(changes)
    told = [say("{count} {kind}", count=counts[change], kind=_word(change)) for change in order if counts[change]]
    return say(", ").join(told) or say("none")


def _word(change: str) -> str:
    return words_of(f"pair.{change}")[spoken() == "en"]


def _aim_groups(aims: Iterable[AimChange]) -> Iterator[_Group]:
    for move in MOVES:
        if (rows := [one for one in aims if one.move == move]) and move != "kept":
            yield say("Targets, {kind}: {count}", kind=_word(move), count=len(rows)), [_aim_line(one) for one in rows]


def _work_groups(work: Iterable[WorkChange]) -> Iterator[_Group]:
    for change in CHANGES:
        if (rows := [one for one in work if one.change == change]) and change != "kept":
            yield say("Work, {kind}: {count}", kind=_word(change), count=len(rows)), [_work_line(one) for one in rows]


def _dated(aim: Aim) -> str:
    value = amount(aim, spoken()) or say("no number")
    return f"{value} ({aim.year})" if aim.year else value


def _aim_line(one: AimChange) -> str:
    sign = SIGNS[one.move]
    if one.before is not None and one.after is not None:
        name = one.after.indicator if one.before.indicator == one.after.indicator else f"{one.before.indicator} / {one.after.indicator}"
        return f"{sign} {name}: {_dated(one.before)} → {_dated(one.after)}"
    aim = one.after or one.before
    assert aim is not None
    return f"{sign} {aim.indicator}: {_dated(aim)}"


def _work_line(one: WorkChange) -> str:
    if one.before is not None and one.after is not None:
        return f"{SIGNS[one.change]} {one.before.label} → {one.after.label}"
    work = one.after or one.before
    assert work is not None
    return f"{SIGNS[one.change]} {work.label}"


def plan_data(comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as plain values for JSON, with the words of both documents."""
    return {
        "before": _plan(comparison.before),
        "after": _plan(comparison.after),
        "cautions": [words[1] for words in cautions(comparison)],
        "work": [
            {
                "change": one.change,
                "before": one.before.label if one.before else None,
                "after": one.after.label if one.after else None,
                "alike": one.alike,
                "said": {"before": _said(one.before), "after": _said(one.after)},
            }
            for one in comparison.work
        ],
        "targets": [{"change": one.move, "before": _aim(one.before), "after": _aim(one.after)} for one in comparison.aims],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {"title": plan.title, "number": plan.number, "issuers": list(plan.issuers), "years": list(plan.years)}


def _aim(aim: Aim | None) -> dict[str, Any] | None:
    if aim is None:
        return None
    low, high = (None if end is None else str(plain(end)) for end in (aim.low, aim.high))
    return {
        "indicator": aim.indicator,
        "comparator": aim.comparator,
        "value": low if low == high else [low, high],
        "unit": aim.unit,
        "year": aim.year,
        "isChange": aim.change,
        "said": _said(aim),
    }


def _said(thing: Work | Aim | None) -> dict[str, str] | None:
    said: Said | None = thing.said if thing is not None else None
    return {"text": said.text, "document": said.document, "basis": said.basis} if said and said.text else None
