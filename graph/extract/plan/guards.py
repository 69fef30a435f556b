"""What tells a title that the plan rests on from its own, from newspapers and from short forms."""

from __future__ import annotations

import re

from ..context import Context
from ..guards import Candidate, guard

_VARIES = re.compile(r"[（(][^（）()]*[)）]$|[《》〈〉<>“”\"'_\s]")
_SHORT = 8
_LONGEST_SHORT_FORM = 40


def _core(title: str) -> str:
    """Give a title without what copies vary in: marks, brackets with years, quotation marks."""
    return _VARIES.sub("", title)


def _own(ctx: Context) -> set[str]:
    """Give the titles that the plan itself bears."""
    return {_core(name.strip("《》")) for name in ctx.plan_names} | {_core(ctx.document.metadata["title"])}


@guard
def own_title(ctx: Context, found: Candidate) -> bool:
    """Tell whether a title is the plan's own, its alias, or a part of it.

    A plan that carries out another names it in its own title (关于贯彻落实《…规划》的实施意见): that one is cited.
    """
    core = _core(found.names[0])
    return core == ctx.plan_names[-1].strip("《》") or any(name.startswith(core) or name.endswith(core) for name in _own(ctx))


@guard
def misspelt_title(ctx: Context, found: Candidate) -> bool:
    """Tell whether a title is the plan's own but for one character that the copy has wrong (规玥 for 规划)."""
    title = _core(found.names[0])
    return any(
        len(title) == len(own) > _SHORT and sum(1 for a, b in zip(title, own, strict=True) if a != b) == 1 for own in _own(ctx)
    )


@guard
def newspaper(ctx: Context, found: Candidate) -> bool:
    """Tell whether a title is that of a newspaper or a journal, or of a work that no plan rests on."""
    title = found.names[0]
    return title in ctx.vocabulary.role("citation.not") or ctx.find("citations.paper")(title) is not None


@guard
def no_document(ctx: Context, found: Candidate) -> bool:
    """Tell whether a title is that of a meeting, a certificate (《…使用权证书》) or a work of art (《…》等一批作品), which nothing rests on."""
    return found.names[0].endswith(ctx.vocabulary.role("citation.not_end")) or ctx.find("citations.work")(ctx.text, found.end) is not None


@guard
def short_form(ctx: Context, found: Candidate) -> bool:
    """Tell whether a title is a short form that the text itself gives to a work (以下简称《…》)."""
    return any(ahead.startswith(found.names[0]) for ahead in ctx.once(_introduced))


def _introduced(ctx: Context) -> list[str]:
    """Give what stands behind each word that introduces a short form, as far as one reaches; each once."""
    ends = (match.end() for match in ctx.everywhere("citations.introduced"))
    return list(dict.fromkeys(ctx.text[end : end + _LONGEST_SHORT_FORM] for end in ends))


@guard
def own_notice(ctx: Context, found: Candidate) -> bool:
    """Tell whether a title is that of the notice that sends the plan out."""
    core = _core(found.names[0])
    return ctx.find("citations.notice")(core) is not None and any(name and name in core for name in _own(ctx))
