"""What tells a list of industries from examples, risks, states of affairs and the past."""

from __future__ import annotations

from ...text.enumerations import is_member
from ..context import Context
from ..counts.declared import list_before
from ..guards import Candidate, guard
from ..structure.section_roles import is_work
from ..words import only_verbs

LONGEST_NAME = 14


def is_name(name: str) -> bool:
    """Tell whether a member of a list is short enough, and whole enough, to name an industry."""
    return 2 <= len(name) <= LONGEST_NAME and is_member(name)


def is_known(ctx: Context, name: str) -> bool:
    """Tell whether the vocabulary knows an industry by a name, or by that name and the word of a field (节能环保产业)."""
    return any(ctx.vocabulary.knows("Industry", name + end) for end in ("", *ctx.vocabulary.role("industry.field")))


@guard
def whole_names(ctx: Context, found: Candidate) -> bool:
    """Tell whether all members of a list are short names, none of which begins a list of its own."""
    etc = ctx.pattern("industries.open_name")
    return bool(found.names) and all(is_name(name) and not etc.search(name) for name in found.names)


@guard
def all_industries(ctx: Context, found: Candidate) -> bool:
    """Tell whether all members of a list are the names of industries, known ones or by how they end."""
    ends = ctx.find("industries.business")
    return all(is_name(name) and (is_known(ctx, name) or ends(name) is not None) for name in found.names)


@guard
def parted(ctx: Context, found: Candidate) -> bool:
    """Tell whether 、 parts the list: two names that only 和 joins may be one."""
    return ctx.text.find("、", list_before(ctx, found.start)[0], found.start) >= 0


@guard
def parted_inside(ctx: Context, found: Candidate) -> bool:
    """Tell whether 、 parts a list that stands between words: two names that only 和 joins may be one."""
    return ctx.text.find("、", found.start, found.end) >= 0


@guard
def states_of_affairs(ctx: Context, found: Candidate) -> bool:
    """Tell whether a list says what is to become of things (制度规则统一、要素市场整合) and names no fields."""
    verbs = only_verbs(ctx.vocabulary)
    return sum(1 for name in found.names if verbs.at(name, len(name) - 2) == 2 and len(name) > 4) * 2 > len(found.names)


@guard
def names_a_field(ctx: Context, found: Candidate) -> bool:
    """Tell whether the words that close a list end as the name of a field does (等重点领域, and not 等重点)."""
    return ctx.text[found.start : found.end].endswith(ctx.vocabulary.role("industry.field"))


@guard
def at_risk(ctx: Context, found: Candidate) -> bool:
    """Tell whether the clause around a list speaks of risks (等重点行业领域安全生产执法); its members may (城市治理)."""
    risks = ctx.regex("industry.not")
    sentence = ctx.sentence(found.start)
    end = ctx.text.find("，", found.end, sentence.end)
    start = max(ctx.text.rfind("，", sentence.start, found.start) + 1, sentence.start)
    before = min(list_before(ctx, found.start)[0], ctx.text.find("、", start, found.start))
    behind = risks.search(ctx.text, found.end, end if end >= 0 else sentence.end)
    return behind is not None or risks.search(ctx.text, start, max(start, before)) is not None


@guard
def served(ctx: Context, found: Candidate) -> bool:
    """Tell whether something is made for the fields of a list (等重点领域的科技伦理规范, 等领域数据资源): they are not gone for themselves."""
    return ctx.find("industries.served")(ctx.text, found.end) is not None


@guard
def applied_in(ctx: Context, found: Candidate) -> bool:
    """Tell whether a list says where something else is done (在智能制造、绿色建造等重点领域，大力培育数据商)."""
    start = list_before(ctx, found.start)[0]
    where = ctx.text[start - 1 : start] in ctx.vocabulary.role("industry.where")
    return where and ctx.find("industries.applied")(ctx.text, found.end) is not None


@guard
def past(ctx: Context, found: Candidate) -> bool:
    """Tell whether the sentence speaks of what has been reached (近年来，…)."""
    return ctx.regex("target.past").search(ctx.text, *ctx.sentence(found.start)) is not None


@guard
def told_as_past(ctx: Context, found: Candidate) -> bool:
    """Tell whether an interview speaks of what has been reached; a plan that looks back still names its fields."""
    return ctx.is_interpretation and past(ctx, found)


@guard
def work_named(ctx: Context, found: Candidate) -> bool:
    """Tell whether what is listed is work to be done (加强研制) and no field; a known one (节能环保) may begin like a verb."""
    return any(is_work(ctx, name) and not is_known(ctx, name) for name in found.names)
