"""Two plans side by side as one HTML file that works offline: slopes between their targets, their work in two columns.

Everything is drawn here; the page's script only chooses what is shown. Interface words stand in both languages in the file, and the
style sheet shows those of one. Nothing may be fetched, as on the network page (`render.policy`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..core.comparison import CHANGES, MOVES, SIGNS, Aim, AimChange, Comparison, Plan, WorkChange, cautions
from ..core.labels import words_of
from ..core.schema import load_schema
from ..core.version import __version__
from ..text.amounts import amount, number
from .gloss import gloss
from .render import LICENCE, environment, policy
from .slopes import Slope, difference, slope

if TYPE_CHECKING:
    from markupsafe import Markup

_HERE = Path(__file__).parent
_LEAST = 2
"""How many characters in a row count as the same words."""
_GLYPHS = {**SIGNS, "kept": "＝", "reworded": "≈", "new": "＋", "dropped": "－"}
"""The marks of changes, those of one stroke as wide as the others."""


class Part(NamedTuple):
    """A stretch of a name, and whether the other plan has it too."""

    text: str
    same: bool


class TargetRow(NamedTuple):
    """A target as the page shows it: what became of it, its two sides with their amounts (Chinese, English), its slope, by how much it changed."""

    change: str
    before: Aim | None
    after: Aim | None
    amounts: tuple[tuple[str, str], tuple[str, str]]
    slope: Slope | None
    by: tuple[str, str] | None


class WorkRow(NamedTuple):
    """A piece of work as the page shows it: what became of it, and the names of the two sides in stretches."""

    change: str
    row: WorkChange
    before: list[Part]
    after: list[Part]


@cache
def _assets() -> tuple[str, str]:
    style = "".join((_HERE / "style" / f"{name}.css").read_text(encoding="utf-8") for name in ("colours", "side_by_side"))
    return style, (_HERE / "script" / "side_by_side.js").read_text(encoding="utf-8")


def render_comparison(comparison: Comparison) -> str:
    """Give the page of a comparison as text; the same comparison gives the same bytes."""
    from markupsafe import Markup

    style, script = _assets()
    templates = environment()
    templates.globals.update(w=_worded, both=_both, glyphs=_GLYPHS, class_words=_class_words, years=_years, level=_level)
    templates.globals.update(told=lambda title: gloss(title, {}))
    return templates.get_template("side_by_side.html").render(
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        version=__version__,
        licence=LICENCE,
        cautions=cautions(comparison),
        before=comparison.before,
        after=comparison.after,
        targets=[_target(one) for one in comparison.aims],
        work=[WorkRow(one.change, one, *_parts(one)) for one in in_both_orders(comparison)],
        target_counts=_counts((one.move for one in comparison.aims), MOVES),
        work_counts=_counts((one.change for one in comparison.work), CHANGES),
        documents=_documents(comparison),
    )


def in_both_orders(comparison: Comparison) -> list[WorkChange]:
    """Give the work in the order of the later plan, and what it dropped behind what stood before it in the earlier plan."""
    rows = [one for one in comparison.work if one.after is not None]
    gone = {one.before.iri: one for one in comparison.work if one.before is not None and one.after is None}
    behind: dict[str, list[WorkChange]] = {}
    last = ""
    for work in comparison.before.work:
        if work.iri in gone:
            behind.setdefault(last, []).append(gone[work.iri])
        else:
            last = work.iri
    ordered = list(behind.get("", ()))
    for row in rows:
        ordered.append(row)
        if row.before is not None:
            ordered.extend(behind.get(row.before.iri, ()))
    return ordered


def _target(one: AimChange) -> TargetRow:
    sides = (one.before, one.after)
    zh, en = (tuple(amount(aim, language) if aim else "" for aim in sides) for language in ("zh", "en"))
    return TargetRow(one.move, *sides, ((zh[0], en[0]), (zh[1], en[1])), slope(*sides), _by(*sides))


def _by(before: Aim | None, after: Aim | None) -> tuple[str, str] | None:
    """Say by how much a value changed; of two falls also which is steeper, since a lower value is the higher aim there."""
    found = difference(before, after)
    if found is None or not found[0]:
        return None
    sign = "+" if found[0] > 0 else ""
    zh, en = (sign + number(found[0], language) for language in ("zh", "en"))
    points = words_of("pair.points")
    zh, en = (f"{zh}%", f"{en}%") if found[1] == "percent" else (f"{zh} {points[0]}", f"{en} {points[1]}")
    if before and after and before.change and max(before.low or 0, after.low or 0) < 0:
        fall = words_of("pair.steeper" if found[0] < 0 else "pair.gentler")
        zh, en = f"{zh} · {fall[0]}", f"{en} · {fall[1]}"
    return zh, en


def _parts(one: WorkChange) -> tuple[list[Part], list[Part]]:
    """Cut two names into what both have and what one alone has."""
    before, after = (work.label if work else "" for work in (one.before, one.after))
    if one.change != "reworded":
        return [Part(before, True)], [Part(after, True)]
    left: list[Part] = []
    right: list[Part] = []
    at = to = 0
    blocks = [block for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks() if block.size >= _LEAST]
    for start, other, size in [*((b.a, b.b, b.size) for b in blocks), (len(before), len(after), 0)]:
        left += [Part(before[at:start], False), Part(before[start : start + size], True)]
        right += [Part(after[to:other], False), Part(after[other : other + size], True)]
        at, to = start + size, other + size
    return [part for part in left if part.text], [part for part in right if part.text]


def _counts(changes: Iterable[str], order: Sequence[str]) -> list[tuple[str, int]]:
    counts = Counter(changes)
    return [(change, counts[change]) for change in order if counts[change]]


def _documents(comparison: Comparison) -> list[str]:
    aims = [aim for one in comparison.aims for aim in (one.before, one.after)]
    work = [piece for one in comparison.work for piece in (one.before, one.after)]
    return sorted({thing.said.document for thing in (*aims, *work) if thing is not None and thing.said.document})


def _both(zh: str, en: str) -> Markup:
    """Give a text in both languages, of which the style sheet shows one."""
    from markupsafe import Markup

    if zh == en:
        return Markup("{}").format(zh)
    return Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


def _worded(name: str) -> Markup:
    return _both(*words_of(f"pair.{name}"))


def _class_words(name: str) -> Markup:
    found = load_schema().classes[name]
    return _both(found.zh, found.en)


def _level(placed: Slope | None, end: int) -> int:
    """Give in which fifth of the slope's height an end stands, from the top, so that its value can
    stand beside it; the middle without one."""
    if placed is None:
        return 2
    ends = placed.after if end else placed.before
    if ends is None or placed.nought is None:
        return 0
    return min(4, int((ends[0] + ends[1]) / 2 / placed.height * 5))


def _years(plan: Plan) -> str:
    return "–".join(str(year) for year in dict.fromkeys(plan.years))

