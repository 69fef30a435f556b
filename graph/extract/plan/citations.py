"""Works that the plan rests on: titles in 《》, with the number and the year beside them."""

from __future__ import annotations

import re

from ...core.model import Attributes, Mention
from ..context import Context
from .headings import NUMBER, QUOTED
from .title import normal_number

_SHORT = 8
_PAPER = re.compile(r"[^关于]{2,6}(?<![通公简快汇预])报|[^关于]{2,6}(?:周刊|杂志|月刊|电视台)|.*(?:简报|专报|快报)")
"""A newspaper or a journal, which is not what a plan rests on."""
_INTRODUCED = re.compile(r"称[：:]?[“《]{1,2}")
_LONGEST_SHORT_FORM = 40
_YEAR_BEFORE = re.compile(r"(?P<year>(?:19|20)\d{2})年(?:的|国务院|中央)?$")
_VARIES = re.compile(r"[（(][^（）()]*[)）]$|[《》〈〉<>“”\"'_\s]")
_ENDS = re.compile(r"(?:自[^，。；]{0,16}起)?(?:同时|即行|相应)?(?:予以)?废止")
_REPLACES = re.compile(r"(?:同时废止|废止|接续|替代|取代)了?原?$")
_NUMBER_AFTER = re.compile(r"\s?[（(](?P<inside>[^（）()]{4,60})[)）]")


def find_citations(ctx: Context) -> None:
    """Add cited works. The plan itself, its short form, newspapers and titles announced as attachments are none."""
    if ctx.plan is None:
        return
    own = {_core(name.strip("《》")) for name in ctx.plan_names} | {_core(ctx.document.metadata["title"])}
    aliases = {ctx.plan_names[-1].strip("《》")}
    never = ctx.vocabulary.role("citation.not")
    short_forms = _short_forms(ctx.text)
    for match in QUOTED.finditer(ctx.text):
        title = match["title"].replace(" ", "").strip()
        core = _core(title)
        # A plan that carries out another names it in its own title (关于贯彻落实《…规划》的实施意见): that one is cited.
        if len(title) < 4 or core in aliases or any(name.startswith(core) or name.endswith(core) for name in own):
            continue
        if any(_alike(core, name) for name in own):
            continue
        if title in never or _PAPER.fullmatch(title) or any(form.startswith(title) for form in short_forms):
            continue
        if core.endswith("的通知") and any(name and name in core for name in own):
            continue
        before = _YEAR_BEFORE.search(ctx.text, max(0, match.start() - 12), match.start())
        after = _NUMBER_AFTER.match(ctx.text, match.end())
        number = NUMBER.search(after["inside"]) if after else None
        attrs: Attributes = {}
        if number:
            attrs["dcterms:identifier"] = normal_number(number)
        if before:
            attrs["yf:year"] = int(before["year"])
        label = title.replace("〈", "《").replace("〉", "》").replace("<", "《").replace(">", "》")
        sentence = ctx.sentence(match.start())
        spans = ctx.with_plan(sentence)
        if _replaced(ctx, match.start(), match.end() if after is None else after.end(), sentence.end):
            # A plan that this one takes the place of is a plan, and one node.
            earlier = Mention("Plan", label, attrs.get("dcterms:identifier", ""))  # type: ignore[arg-type]
            ctx.claim(ctx.plan, "supersedes", earlier, spans, "citations.superseded")
            ctx.claim(ctx.plan, "cites", earlier, spans, "citations.quoted")
            ctx.describe(earlier, attrs)
            continue
        cited = Mention("CitedDocument", label, year=before["year"] if before else "")
        ctx.claim(ctx.plan, "cites", cited, spans, "citations.quoted")
        ctx.describe(cited, attrs)


def _replaced(ctx: Context, start: int, end: int, stop: int) -> bool:
    """Tell whether the text says that this plan takes a title's place: 《…》同时废止, 废止《…》, 接续《…》."""
    return bool(_ENDS.match(ctx.text, end, stop) or _REPLACES.search(ctx.text, max(0, start - 8), start))


def _core(title: str) -> str:
    """Give a title without what copies vary in: marks, brackets with years, quotation marks."""
    return _VARIES.sub("", title)


def _alike(title: str, own: str) -> bool:
    """Tell whether a title is the plan's own but for one character that the copy has wrong (规玥 for 规划)."""
    return len(title) == len(own) > _SHORT and sum(1 for a, b in zip(title, own, strict=True) if a != b) == 1


def _short_forms(text: str) -> tuple[str, ...]:
    """Give the short forms that the text itself gives to works (以下简称《…》), with what stands behind them."""
    return tuple(text[match.end() : match.end() + _LONGEST_SHORT_FORM] for match in _INTRODUCED.finditer(text))
