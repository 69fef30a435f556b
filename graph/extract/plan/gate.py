"""Whether a text sets out work, and under which title: the witnesses of a title in their order, and why a text stays without a plan.

The witnesses are the copy's own title, the headings of the text, the sentence that hands the plan out (现将《…》印发), a news agency's frame
(…印发了《…》…全文如下) and the file's name. Where none of them bears a plan's title and the text sets out work all the same, the plan is named
after the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ...core.model import Span
from ...text.dates import BRACKETED_PERIOD
from ..context import Context
from ..structure.section_roles import is_work
from .headings import QUOTED, Heading, bare_title, cut_heading, headings, is_plan_title, kind_of

_SPACED = 40
"""How much longer than its title a title's line may be: spaces between its characters, brackets, a period."""
_FILE_NUMBER = re.compile(r"^[\d、.．_\- ]{1,6}|^[（(]\d{1,3}[)）]")
_FAR = 2000
_FRAME_WITHIN = 1500
_LEAST_WORK = 2
_LEAST_UNNAMED = 3
_LEAST_ARTICLES = 3
_SHORTEST_NAME = 8
_HANDED_WITHIN = 60
_SHORTEST_CELL = 6


class Found(NamedTuple):
    """A plan's title with its place, the rule that found it, whether the text sets out work, and what a reader should be told."""

    title: str
    span: Span
    rule: str
    has_work: bool
    warning: str


def own_plan(ctx: Context) -> Found | str:
    """Give the plan that a text itself is, or in words the gate at which it stopped: its kind, its work, its title."""
    given = ctx.document.metadata["title"]
    heads = ctx.once(headings)
    for title, rule in _witnesses(ctx, given, heads):
        # Headlines of a page and of a newspaper bear the titles of plans too: then the text itself must set out work.
        trusted = rule in ("plan.title", "plan.sent_out") and title in given.replace(" ", "") and not _headline(ctx, title)
        if is_plan_title(ctx, title) and (trusted or sets_work(ctx, title)):
            return _placed(ctx, title, rule)
        if kind_of(ctx, title) == "sometimes" and sets_work(ctx, title):
            return _placed(ctx, title, rule)
    return _unnamed(ctx, given, heads)


def _headline(ctx: Context, title: str) -> bool:
    """Tell whether a title tells of a plan as a newspaper does (我市出台…行动方案): so does a text that is none."""
    told = ctx.regex("notice.sends", "title.news").search(title)
    return told is not None and "《" not in title and not title[: told.start()].endswith(ctx.vocabulary.role("title.about"))


def _witnesses(ctx: Context, given: str, heads: list[Heading]) -> Iterator[tuple[str, str]]:
    """Give the titles that the document may have, the most trustworthy first, each with the rule that gives it."""
    cut = cut_heading(ctx, given)
    title = cut.title if cut and cut.kind != "never" else bare_title(given)
    sent = _sent_out(ctx, given)
    official = next((head for head in heads if head.marked and head.kind != "never"), None)
    if sent:
        # A notice that sends out rules is no plan, whatever its own title ends with.
        if kind_of(ctx, sent) != "never":
            yield sent, "plan.sent_out"
        return
    if official is not None and (rules := _sent_out(ctx, official.title)) and kind_of(ctx, rules) == "never":
        return
    if (official is not None and kind_of(ctx, title) != "plan") or (official and _fuller(ctx, official, title)):
        assert official is not None
        yield _sent_out(ctx, official.title) or official.title, "plan.heading"
    if kind_of(ctx, title) not in (None, "never"):
        whole = next((head.title for head in heads if len(title) < _SHORTEST_NAME and head.title.endswith(title)), title)
        yield whole, "plan.title"
    if named := _by_file_name(ctx):
        yield named, "plan.heading"
    yield from ((_sent_out(ctx, head.title) or head.title, "plan.title") for head in heads if head.kind == "plan")
    if framed := _handed_out(ctx):
        yield framed, "plan.frame"
    yield from ((_sent_out(ctx, head.title) or head.title, "plan.title") for head in heads if head.kind == "sometimes")


def _fuller(ctx: Context, official: Heading, title: str) -> bool:
    """Tell whether an official heading is to be taken before the copy's title: it is that title in full, or the copy's is the page's own."""
    if official.kind != "plan" or official.title == title:
        return False
    if official.title.endswith(title):
        # 国务院关于… : who issues it is said beside the copy's title; what the copy's title lacks else is its own beginning.
        return len(title) < _SHORTEST_NAME or not any(about in title for about in ctx.vocabulary.role("title.about"))
    below = [line for line in ctx.document.lines[1:_SPACED] if line.end - line.start <= len(title) + _SPACED]
    return not any(bare_title(ctx.text[line.start : line.end]) == title for line in below)


def _sent_out(ctx: Context, title: str) -> str:
    """Give the title of the plan that a notice's title sends out: 关于印发《X》的通知, 关于印发X的通知; empty for any other title."""
    verb = ctx.regex("notice.sends").search(title)
    if verb is None or "，" in title[: verb.start()] or title.startswith(ctx.vocabulary.role("title.not_start")):
        return ""
    quoted = QUOTED.search(title, verb.start())
    if quoted:
        return bare_title(quoted["title"])
    plain = ctx.find("plan.sent_title")(title.strip(), verb.end())
    if plain:
        return bare_title(plain["title"])
    # …关于印发X行动方案, whose last words (的通知) the copy has on another line.
    rest = bare_title(title[verb.end() :])
    return rest if is_plan_title(ctx, rest) and title[: verb.start()].endswith(ctx.vocabulary.role("title.about")) else ""


def _handed_out(ctx: Context) -> str:
    """Give the title in the sentence that hands the plan out: 现将《X》印发给你们, 印发了《X》，…全文如下."""
    text = ctx.text
    follows = ctx.regex("notice.in_full").search(text, 0, _FRAME_WITHIN)
    for quoted in QUOTED.finditer(text, 0, _FRAME_WITHIN):
        if not is_plan_title(ctx, quoted["title"]):
            continue
        before = text[max(0, quoted.start() - 4) : quoted.start()]
        behind = text[quoted.end() : quoted.end() + _HANDED_WITHIN].split("。")[0]
        handed = before.endswith(ctx.vocabulary.role("notice.hands")) and ctx.regex("notice.sends").search(behind)
        framed = follows is not None and ctx.find("plan.sends")(before)
        if handed or framed:
            return bare_title(quoted["title"])
    return ""


def _by_file_name(ctx: Context) -> str:
    """Give the title that the file is named after and that the text bears, in full as the text has it."""
    stem = _FILE_NUMBER.sub("", Path(ctx.document.name).stem)
    cut = cut_heading(ctx, stem)
    if cut is None or cut.kind != "plan" or len(cut.title) < _SHORTEST_NAME:
        return ""
    wanted = _letters(cut.title)
    for line in ctx.document.lines:
        head = _letters(ctx.text[line.start : line.start + _SPACED * 4])
        at = head.find(wanted) if len(head) >= len(wanted) else -1
        if at < 0:
            continue
        found = cut_heading(ctx, ctx.text, line.start, line.end)
        if found and _letters(found.title).endswith(wanted):
            return found.title
    return ""


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _placed(ctx: Context, wanted: str, rule: str) -> Found:
    """Find the place of a title: a line of its own, below a notice rather than at its top; the years may stand behind or below it."""
    text = ctx.text
    best: Span | None = None
    for line in ctx.document.lines:
        if line.end - line.start > len(wanted) + _SPACED:
            continue
        bare = bare_title(text[line.start : line.end]) if text.find(wanted[0], line.start, line.end) >= 0 else ""
        # The years may stand on a line of their own below the title, and be said by the notice (印发《甲行动计划（2026—2028年）》) or not.
        following = _next_line(ctx, line.end) if bare and wanted.startswith(bare) else None
        years = bare_title(text[following.start : following.end]) if following else ""
        below = following if BRACKETED_PERIOD.fullmatch(years) else None
        if bare == wanted or (below and bare + years == wanted) or (bare.startswith(wanted) and BRACKETED_PERIOD.fullmatch(bare[len(wanted) :])):
            # The plan's own title line, below the notice, is a better place than the page's.
            best, wanted = Span(line.start, below.end if below else line.end), bare + (years if below else "")
        if best and line.start - best.end > _FAR:
            break
    if best is None:
        best = next((head.span for head in ctx.once(headings) if head.title == wanted), None)
    if best is None:
        at = text.find(wanted)
        first = ctx.document.lines[0]
        best = ctx.sentence(at) if at >= 0 else Span(first.start, first.end)
    return Found(wanted, best, rule, is_plan_title(ctx, wanted) or kind_of(ctx, wanted) == "sometimes", "")


def _next_line(ctx: Context, position: int) -> Span | None:
    end = ctx.text.find("\n", position + 1)
    return Span(position + 1, len(ctx.text) if end < 0 else end) if position + 1 < len(ctx.text) else None


def sets_work(ctx: Context, title: str) -> bool:
    """Tell whether a plain notice, a reply or a report is a plan all the same.

    At least two of its items name work (a holiday notice's do not), or a section of a report says what is to be done next.
    """
    if not title.endswith(ctx.vocabulary.role("plan.report")):
        heads = sum(1 for item in ctx.outline.items if is_work(ctx, ctx.outline.label(item)))
        return heads >= _LEAST_WORK or _rows_of_work(ctx) >= _LEAST_UNNAMED
    coming = ctx.regex("section.next")
    return any(coming.search(ctx.outline.label(item)) and len(item.children) > 1 for item in ctx.outline.roots())


def _rows_of_work(ctx: Context) -> int:
    """Count the rows of tables with a cell that says what is to be done."""
    count = 0
    for line in ctx.document.lines:
        if line.kind == "row":
            cells = ctx.text[line.start : line.end].split("\t")
            count += any(len(cell) >= _SHORTEST_CELL and is_work(ctx, cell.partition("。")[0]) for cell in cells)
    return count


def _unnamed(ctx: Context, given: str, heads: list[Heading]) -> Found | str:
    """Name the plan of a text that sets out work, but bears no plan's title, after its file; or say why it sets out none."""
    cut = cut_heading(ctx, given)
    sent = _sent_out(ctx, given)
    kinds = [head.title for head in (cut, *heads[:1]) if head is not None and head.kind == "never"]
    if sent and kind_of(ctx, sent) == "never":
        kinds = [sent]
    if kinds:
        return f"stopped at its kind: {kinds[0]} is no plan's title"
    for role in ("gate.speech", "gate.standard", "gate.award"):
        if said := ctx.regex(role).search(ctx.text):
            return f"stopped at its kind: {said[0]}"
    articles = sum(1 for item in ctx.outline.items if item.kind == "article")
    if articles >= _LEAST_ARTICLES:
        return f"stopped at its kind: {articles} articles of a law or rules"
    items = [item for item in ctx.outline.items if item.kind not in ("article", "bullet", "question")]
    work = sum(1 for item in items if is_work(ctx, ctx.outline.label(item)))
    if work < _LEAST_UNNAMED or work * 2 < len(items):
        return f"stopped at its work: {work} of {len(items)} items say what is to be done"
    stem = _FILE_NUMBER.sub("", Path(ctx.document.name).stem).strip() or bare_title(given)
    first = ctx.document.lines[0]
    wanted = _letters(stem)
    place = next((Span(line.start, line.end) for line in ctx.document.lines if _letters(ctx.text[line.start : line.end]) == wanted), None)
    warning = f"no title of a plan is found here: its {work} items of work stand under a plan named after the file"
    return Found(bare_title(stem), place or Span(first.start, first.end), "plan.file_name", True, warning)
