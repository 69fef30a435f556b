"""What the heading of one column of a table of figures says: the indicator, its unit, its year, whether it sums up, is a part or holds the base.

The heading may stand over several rows (渔港（个） over 新建 over 2026年); each row may say any of these.
"""

from __future__ import annotations

from typing import NamedTuple

from ..context import Context
from .table_values import unit_behind


class Heading(NamedTuple):
    """The heading of one column, taken apart; what it does not say is empty."""

    label: str
    unit: str
    year: int | None
    base: bool
    sums: bool
    """Whether the column holds the sum of others (三年合计)."""
    part: bool
    """Whether the column counts a part of what the one before it does (其中：)."""
    words: str
    """All its words."""


def heading_of(ctx: Context, parts: tuple[str, ...]) -> Heading:
    """Take the heading of a column apart; `parts` are its cells from the top down."""
    year, sums, of_which, plain = (ctx.find(f"tables.{name}") for name in ("year", "over_years", "of_which", "plain"))
    names: list[str] = []
    unit, when, base, summed, part = "", None, False, False, False
    for said in parts:
        found = year(said)
        if found:
            when, said = int(found["year"]), said.replace(found[0], "", 1)
        base = base or ctx.find("tables.base")(said) is not None
        name, bracketed = unit_behind(base_less(ctx, said))
        unit = bracketed or unit
        if len(parts) > 1 and name in ctx.vocabulary.units:
            unit, name = name, ""
        if opening := of_which(name):
            part, name = True, name[opening.end() :]
        if sums(name):
            summed, name = True, ""
        if name and plain(name) is None:
            names.append(name)
    return Heading(_joined(ctx, names), unit, when, base, summed, part, "".join(parts))


def base_less(ctx: Context, label: str) -> str:
    """Take the bracket or word that marks the base out of a heading (渔港（基期） → 渔港)."""
    found = ctx.find("tables.base")(label)
    return label if found is None else label.replace(found[0], "").replace("（）", "").replace("()", "")


def _joined(ctx: Context, names: list[str]) -> str:
    """Put an indicator's name together: the lowest cell, and what stands above one that names no thing (渔港 over 新建, over 面积)."""
    label = names[-1] if names else ""
    builds = ctx.vocabulary.role("target.build")
    for above in reversed(names[:-1]):
        if label in builds:
            # 新建 and 改造 under 渔港建设.
            label += next((above.removesuffix(verb) for verb in builds if above.endswith(verb) and len(above) > len(verb) + 1), above)
        elif label in ctx.vocabulary.role("measure.bare") or label in ctx.vocabulary.role("measure.aspect"):
            label = above + label
        else:
            break
    return label
