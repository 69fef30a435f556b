"""The plan that a document is, or explains: title, number, period, alias, date; and who wrote the explanation."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

from ...core.model import Attributes, Mention, Span
from ...text.dates import CHINESE_DATE, PERIOD, parse_date
from ...text.document_numbers import NUMBER, NUMBER_YEAR, normal_number
from ..bodies.names import is_body
from ..context import SOURCE, Context
from .gate import Found, own_plan
from .headings import QUOTED, bare_title, headings, is_plan_title

_AFTER_TITLE = re.compile(r"\s?(?:[（(](?P<bracket>[^（）()]{0,60}(?:（[^（）]*）[^（）]*)?)[)）])+")
_TITLE_END = re.compile(r"[（(][^（）()]*[)）]$")
_LONGEST_WRITER = 27
_LONGEST_DATE = 26
_SHORTEST_AGENCY, _LONGEST_AGENCY = 3, 9
_SHORTEST_ISSUER = 5
_LONGEST_TITLE = 90
_TOP_LINES = 30
"""How many lines from the top a masthead (title, number, addressees) may take."""
_FIRST_LINES = 3
_FEWEST_QUESTIONS = 2
_ANNOUNCED_WITHIN = 1500
_SHORTEST_SENTENCE = 8


def find_plan(ctx: Context) -> None:
    """Find the plan and what is known of it; a document about none leaves `ctx.plan` empty and says at which gate it stopped."""
    title = ctx.document.metadata["title"]
    own = own_plan(ctx)
    ctx.is_interpretation = _is_interpretation(ctx, title, own)
    found = (_explained(ctx, title) or "an interpretation that names no plan") if ctx.is_interpretation else own
    if isinstance(found, str):
        ctx.has_work = False
        ctx.warnings.append(f"no plan is named here: the document stands in the graph without statements ({found})")
        return
    label, span, rule, ctx.has_work, warning = found
    if warning:
        ctx.warnings.append(warning)
    number_match = _number(ctx, span) if ctx.is_interpretation else _masthead_number(ctx)
    number_match = number_match or (None if ctx.is_interpretation else _number_behind(ctx, label))
    number = normal_number(number_match) if number_match else ""
    if not number and not ctx.is_interpretation:
        number = _from_metadata(ctx)
    plan = Mention("Plan", label, number)
    ctx.plan, ctx.plan_span = plan, span
    alias = _alias(ctx, span)
    core = _TITLE_END.sub("", label)
    ctx.plan_names = tuple(dict.fromkeys(name for name in (label, core, f"《{alias}》" if alias else "") if name))
    attrs: Attributes = {}
    if number:
        attrs["dcterms:identifier"] = number
    if alias:
        attrs["yf:alias"] = alias
    if period := PERIOD.search(label):
        attrs["yf:startYear"], attrs["yf:endYear"] = int(period["start"]), int(period["end"])
    if not ctx.is_interpretation and (issued := _signed(ctx)):
        attrs["dcterms:issued"] = issued
    ctx.describe(plan, attrs, (alias, *((core,) if core != label else ())) if alias else ((core,) if core != label else ()))
    ctx.claim(SOURCE, "describes", plan, (span,), rule)
    if ctx.is_interpretation:
        _writers(ctx)


def _is_interpretation(ctx: Context, title: str, own: Found | str) -> bool:
    """An interpretation says so in its title, or asks questions in its headings, or announces one (进行解读).

    A text that bears an official document's own title with its number, date or addressees announces none, whatever the page around it says.
    """
    marked = not isinstance(own, str) and own.rule == "plan.heading"
    if ctx.regex("interpretation.title").search(title) and not marked:
        return True
    questions = sum(1 for item in ctx.outline.roots() if ctx.text[item.head.end : item.head.end + 1] in ("？", "?"))
    if questions >= _FEWEST_QUESTIONS:
        return True
    return not marked and _masthead_number(ctx) is None and _announces(ctx)


def _announces(ctx: Context) -> bool:
    """Tell whether a sentence near the top says that a plan is explained (对《…》进行解读), as the name of a page's column does not."""
    for match in ctx.regex("interpretation.verb").finditer(ctx.text, 0, _ANNOUNCED_WITHIN):
        sentence = ctx.sentence(match.start())
        if QUOTED.search(ctx.text, *sentence) and sentence.end - sentence.start > match.end() - match.start() + _SHORTEST_SENTENCE:
            return True
    return False


def _explained(ctx: Context, title: str) -> Found | None:
    """Find the plan that an interpretation explains.

    Of the plans that it names: the one whose alias the page's title or the text goes on with (《意见》明确…), else the first in the page's
    title, else the first.
    """
    candidates = [m for m in QUOTED.finditer(ctx.text) if is_plan_title(ctx, m["title"]) and _is_name(m["title"])]
    if not candidates:
        return None
    aliases = [_alias_behind(ctx, match.end()) for match in candidates]
    said = [ctx.text.count(f"《{alias}》") if alias else 0 for alias in aliases]
    headed = [bare_title(name["title"]) for name in QUOTED.finditer(title)]
    best = candidates[0]
    if any(aliases):
        # Said in the heading, or again and again: a work that is only cited may have an alias too.
        best = max(
            (m for m, alias in zip(candidates, aliases, strict=True) if alias),
            key=lambda m: (_headed(headed, bare_title(m["title"]), aliases[candidates.index(m)]), said[candidates.index(m)], -m.start()),
        )
    elif headed:
        best = next((m for m in candidates if _headed(headed, bare_title(m["title"]), "")), best)
    # A title that a copy broke over two lines stands in no one sentence.
    broken = "\n" in best[0]
    span = Span(best.start(), best.end()) if broken else ctx.sentence(best.start())
    return Found(bare_title(best["title"]), span, "plan.explained", True, "")


def _headed(headed: list[str], title: str, alias: str) -> bool:
    """Tell whether the page's heading names a plan by its title, a part of it, or its alias."""
    return any(name == alias or title.startswith(name) or title.endswith(name) or name.endswith(title) for name in headed)


def _is_name(title: str) -> bool:
    bare = bare_title(title)
    return 6 < len(bare) <= _LONGEST_TITLE and "。" not in bare


def _alias_behind(ctx: Context, position: int) -> str:
    """Find the alias in the brackets right behind a title, after nothing but its number or date."""
    match = ctx.pattern("plan.alias").search(ctx.text, position, min(len(ctx.text), position + 80))
    return match["alias"].strip() if match and not any(mark in ctx.text[position : match.start()] for mark in "《。\n") else ""


def _number(ctx: Context, sentence: Span) -> re.Match[str] | None:
    """Find the number in the brackets behind the plan's title."""
    for name in QUOTED.finditer(ctx.text, sentence.start, sentence.end):
        if ctx.plan is None and is_plan_title(ctx, name["title"]):
            bracket = _AFTER_TITLE.match(ctx.text, name.end(), sentence.end)
            return NUMBER.search(bracket[0].lstrip("（(")) if bracket else None
    return None


def _masthead_number(ctx: Context) -> re.Match[str] | None:
    """Find the document number at the top: a line of its own, or glued to a title or to the line that the title stands in."""
    top = ctx.document.lines[:_TOP_LINES]
    for line in top:
        match = NUMBER.fullmatch(ctx.text[line.start : line.end].replace(" ", ""))
        if match:
            return match
    behind = (NUMBER.match(ctx.text, _past_bracket(ctx.text, head.span.end)) for head in ctx.once(headings))
    before = (NUMBER.match(ctx.text, line.start, line.end) for line in top[:_FIRST_LINES])
    # 某局文件某发〔2026〕7号某局关于…: a masthead that ran into one line.
    mastheads = (match for line in top[:_FIRST_LINES] for match in ctx.pattern("plan.masthead").finditer(ctx.text, line.start, line.end))
    within = (NUMBER.match(ctx.text, match.end()) for match in mastheads)
    behind_bodies = (_number_behind_body(ctx, line.start, line.end) for line in top[:_FIRST_LINES])
    return next(filter(None, chain(within, before, behind, behind_bodies)), None)


def _number_behind_body(ctx: Context, start: int, end: int) -> re.Match[str] | None:
    """Find the number that a masthead's last body runs into: …委员会屏教联发〔2026〕33号关于印发…."""
    at = NUMBER_YEAR.search(ctx.text, start, end)
    if at is None:
        return None
    for cut in range(at.start() - 2, max(start, at.start() - _LONGEST_AGENCY), -1):
        body = ctx.text[max(start, cut - _LONGEST_WRITER) : cut].split(" ")[-1]
        # 国信办发文〔2021〕7号 begins like a body itself: what the number may run into is a name in full.
        if at.start() - cut >= _SHORTEST_AGENCY and any(is_body(ctx, body[low:]) for low in range(max(0, len(body) - _SHORTEST_ISSUER + 1))):
            return NUMBER.match(ctx.text, cut)
    return None


def _number_behind(ctx: Context, label: str) -> re.Match[str] | None:
    """Find the number in the brackets behind the plan's own title where a sentence near the top names it: 印发《X》（甲发〔2026〕5号）."""
    for name in QUOTED.finditer(ctx.text, 0, _ANNOUNCED_WITHIN):
        if bare_title(name["title"]) == label:
            bracket = _AFTER_TITLE.match(ctx.text, name.end())
            number = NUMBER.match(bracket[0].lstrip("（(")) if bracket else None
            if number:
                return number
    return None


def _past_bracket(text: str, position: int) -> int:
    while text[position : position + 1] in (" ", "（", "(", "\n") and position < len(text):
        position += 1
    return position


def _from_metadata(ctx: Context) -> str:
    match = NUMBER.fullmatch(ctx.document.metadata.get("number", "").replace(" ", ""))
    return normal_number(match) if match else ""


def _alias(ctx: Context, span: Span) -> str:
    """Find the short form in the brackets behind a title (下称《行动计划》)."""
    for match in ctx.pattern("plan.alias").finditer(ctx.text, span.start, min(len(ctx.text), span.end + 80)):
        before = ctx.text.rfind("》", span.start, match.start())
        # A title that opens behind the plan's own is that of another work, and so is the form (为落实《…》（以下简称《规划》）).
        another = ctx.text.find("《", span.end, match.start()) >= 0
        if before >= 0 and not another and "。" not in ctx.text[before : match.start()]:
            return match["alias"].strip()
    return ""


def _signed(ctx: Context) -> date | None:
    """Find the date on a line of its own: the signature of a notice or of the plan."""
    for line in ctx.document.lines:
        if line.end - line.start > _LONGEST_DATE:
            continue
        content = ctx.text[line.start : line.end].strip("（）() ")
        if (match := CHINESE_DATE.search(content)) and match.end() >= len(content) - 2:
            return parse_date(match[0])
    return None


def _writers(ctx: Context) -> None:
    """Find who wrote an interpretation (…司对《行动计划》进行解读)."""
    wrote = ctx.pattern("plan.writer")
    # A name may begin anywhere; looking only in front of 对《 spares trying it everywhere.
    about = ctx.everywhere("plan.about")
    places = (start for found in about for start in range(max(0, found.start() - _LONGEST_WRITER), found.start()))
    for match in filter(None, (wrote.match(ctx.text, start) for start in places)):
        # The name starts behind the last mark or the last verb that introduces it.
        who = ctx.regex("org.before").split(match["who"])[-1]
        start = match.end("who") - len(who)
        sentence = ctx.sentence(start)
        writer = Mention("Organization", who)
        ctx.claim(SOURCE, "writtenBy", writer, (sentence,), "plan.writer")
        for cut in range(len(who) - 2, 1, -1):
            if ctx.vocabulary.knows("Organization", who[:cut]) and len(who) - cut >= 3:
                # 工信部信息通信发展司: the ministry's name and its department's stand together.
                ctx.describe(writer, {}, (who[cut:],))
                ctx.claim(writer, "unitOf", Mention("Organization", who[:cut]), (sentence,), "plan.writer")
                break
        return
