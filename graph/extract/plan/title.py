"""The plan that a document is, or explains: title, number, period, alias, date; and who wrote the explanation."""

from __future__ import annotations

import re
from datetime import date

from ...core.model import Attributes, Mention, Span
from ...text.dates import CHINESE_DATE, parse_date
from ..context import SOURCE, Context
from ..structure.section_roles import is_work

QUOTED = re.compile(r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
NUMBER = re.compile(
    r"(?P<agency>(?:[^\W\da-zA-Z_]|[（）]){1,14}?)\s?[〔［\[（(]\s?(?P<year>\d{4})\s?[〕］\])）]\s?第?(?P<serial>\d{1,4})\s?号"
)
_ALIAS = re.compile(r"(?:以下|下文|下)(?:统一)?(?:简称|称)为?[：:]?\s?[“《]*(?P<alias>[^《》“”（）()，。]{2,20})[”》]*")
_AFTER_TITLE = re.compile(r"\s?(?:[（(](?P<bracket>[^（）()]{0,60}(?:（[^（）]*）[^（）]*)?)[)）])+")
_PERIOD = re.compile(r"(?P<start>20\d{2})\s?年?\s?[-—–－~～至到]{1,2}\s?(?P<end>20\d{2})\s?年?")
_BRACKETED_PERIOD = re.compile(r"[（(]\s?20\d{2}\s?年?\s?[-—–－~～至到]{1,2}\s?20\d{2}\s?年?\s?[)）]")
_NOTICE = re.compile(r"(?:关于|对)?(?:印发|转发|发布|公布)")
_TITLE_END = re.compile(r"[（(][^（）()]*[)）]$")
_ABOUT = re.compile("对《")
_LONGEST_WRITER = 27
_LONGEST_DATE = 26
_SOMETIMES = ("通知", "报告", "批复")
"""How titles end of documents that are plans where they say what is to be done."""
_SPACED = 40
"""How much longer than its title a title's line may be: spaces between its characters, brackets, a period."""
_TOP_LINES = 30
"""How many lines from the top a masthead (title, number, addressees) may take."""


def normal_number(match: re.Match[str]) -> str:
    """Write a document number in its standard form: 工信部联通信〔2021〕77号 (GB/T 9704—2012, 7.2.5)."""
    return f"{match['agency']}〔{match['year']}〕{match['serial']}号"


def _bare(title: str) -> str:
    """Give a title as a label: no outer brackets or quotes of the copy, no inner spaces."""
    title = title.replace("*", "").replace("_", "").replace(" ", "").replace("(", "（").replace(")", "）")
    title = title.strip("《》")
    return title[1:-1] if title[:1] == "“" and title.find("”") == len(title) - 1 else title


def is_plan_title(ctx: Context, title: str) -> bool:
    """Tell whether a title ends like that of a plan (计划, 方案, 规划 …), brackets with years or 试行 left aside."""
    core = _bare(title)
    while (stripped := _TITLE_END.sub("", core)) != core:
        core = stripped
    return core.endswith(ctx.vocabulary.role("plan.noun")) and not core.endswith(ctx.vocabulary.role("plan.not"))


def find_plan(ctx: Context) -> None:
    """Find the plan and what is known of it; a document about none leaves `ctx.plan` empty and says so."""
    title = ctx.document.metadata["title"]
    ctx.is_interpretation = _is_interpretation(ctx, title)
    found = _explained(ctx) if ctx.is_interpretation else _own(ctx, title)
    if found is None:
        ctx.has_work = False
        ctx.warnings.append("no plan is named here: the document stands in the graph without statements")
        return
    label, span, rule = found
    number_match = _number(ctx, span) if ctx.is_interpretation else _masthead_number(ctx)
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
    if period := _PERIOD.search(label):
        attrs["yf:startYear"], attrs["yf:endYear"] = int(period["start"]), int(period["end"])
    if not ctx.is_interpretation and (issued := _signed(ctx)):
        attrs["dcterms:issued"] = issued
    ctx.describe(plan, attrs, (alias, *((core,) if core != label else ())) if alias else ((core,) if core != label else ()))
    ctx.claim(SOURCE, "describes", plan, (span,), rule)
    if not ctx.is_interpretation:
        ctx.has_work = is_plan_title(ctx, label) or label.endswith(_SOMETIMES)
    else:
        _writers(ctx)


def _is_interpretation(ctx: Context, title: str) -> bool:
    """An interpretation says so in its title, or asks questions in its headings, or announces one (进行解读)."""
    if ctx.regex("interpretation.title").search(title):
        return True
    questions = sum(1 for item in ctx.outline.roots() if ctx.text[item.head.end : item.head.end + 1] in ("？", "?"))
    announced = ctx.regex("interpretation.verb").search(ctx.text, 0, 1500)
    return questions >= 2 or (announced is not None and _masthead_number(ctx) is None)


def _explained(ctx: Context) -> tuple[str, Span, str] | None:
    """Find the plan that an interpretation explains: the title given an alias, else the first plan's title."""
    candidates = [m for m in QUOTED.finditer(ctx.text) if is_plan_title(ctx, m["title"])]
    # A title whose years the heading of the page leaves out is given in full further down.
    aliased = [m for m in candidates if _alias(ctx, Span(m.start(), m.end()))]
    for match in aliased or candidates:
        if len(_bare(match["title"])) > 6:
            return _bare(match["title"]), ctx.sentence(match.start()), "plan.explained"
    return None


def _own(ctx: Context, title: str) -> tuple[str, Span, str] | None:
    """Find the title of the document itself; of a notice, that of the plan that it sends out."""
    text = ctx.text
    noticed = QUOTED.search(title) if _NOTICE.search(title) else None
    wanted = _bare(noticed["title"]) if noticed else _bare(_after_notice(title))
    if not noticed and not (is_plan_title(ctx, wanted) or (wanted.endswith(_SOMETIMES) and _sets_work(ctx))):
        return None
    best: Span | None = None
    for line in ctx.document.lines:
        if line.end - line.start > len(wanted) + _SPACED:
            continue
        bare = _bare(text[line.start : line.end])
        if bare and (bare == wanted or wanted.startswith(bare) or bare.startswith(wanted)) and len(bare) >= min(6, len(wanted)):
            span = Span(line.start, line.end)
            if bare == wanted or (bare.startswith(wanted) and _BRACKETED_PERIOD.search(bare[len(wanted) :])):
                # The plan's own title line, below the notice, is a better place than the page's.
                best, wanted = span, bare
                following = _next_line(ctx, line.end)
                if following and _BRACKETED_PERIOD.fullmatch(_bare(text[following.start : following.end])):
                    best = Span(line.start, following.end)
                    wanted = bare + _bare(text[following.start : following.end])
        if best and line.start - best.end > 2000:
            break
    if best is None:
        at = text.find(wanted)
        best = ctx.sentence(at) if at >= 0 else Span(ctx.document.lines[0].start, ctx.document.lines[0].end)
    return wanted, best, "plan.title"


def _sets_work(ctx: Context) -> bool:
    """Tell whether a plain notice, a reply or a report is a plan all the same.

    At least two of its items name work (a holiday notice's do not), or a section of a report says what is to be done next.
    """
    if not ctx.document.metadata["title"].endswith("报告"):
        return sum(1 for item in ctx.outline.items if is_work(ctx, ctx.outline.label(item))) >= 2
    coming = ctx.regex("section.next")
    return any(coming.search(ctx.outline.label(item)) and len(item.children) > 1 for item in ctx.outline.roots())


def _after_notice(title: str) -> str:
    """Take the plan's title out of that of a notice that sends it out without 《》 (关于印发…方案的通知)."""
    match = re.search(r"关于(?:印发|转发|发布)(?P<title>.+?)的(?:通知|函|公告)$", title)
    return match["title"] if match else title


def _next_line(ctx: Context, position: int) -> Span | None:
    end = ctx.text.find("\n", position + 1)
    return Span(position + 1, len(ctx.text) if end < 0 else end) if position + 1 < len(ctx.text) else None


def _number(ctx: Context, sentence: Span) -> re.Match[str] | None:
    """Find the number in the brackets behind the plan's title."""
    for name in QUOTED.finditer(ctx.text, sentence.start, sentence.end):
        if ctx.plan is None and is_plan_title(ctx, name["title"]):
            bracket = _AFTER_TITLE.match(ctx.text, name.end(), sentence.end)
            return NUMBER.search(bracket[0].lstrip("（(")) if bracket else None
    return None


def _masthead_number(ctx: Context) -> re.Match[str] | None:
    """Find a line that is nothing but a document number, at the top."""
    for line in ctx.document.lines[:_TOP_LINES]:
        match = NUMBER.fullmatch(ctx.text[line.start : line.end].replace(" ", ""))
        if match:
            return match
    return None


def _from_metadata(ctx: Context) -> str:
    match = NUMBER.fullmatch(ctx.document.metadata.get("number", "").replace(" ", ""))
    return normal_number(match) if match else ""


def _alias(ctx: Context, span: Span) -> str:
    """Find the short form in the brackets behind a title (下称《行动计划》)."""
    for match in _ALIAS.finditer(ctx.text, span.start, min(len(ctx.text), span.end + 80)):
        before = ctx.text.rfind("》", span.start, match.start())
        if before >= 0 and "。" not in ctx.text[before : match.start()]:
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
    who_wrote = r"(?P<who>[^\W\da-zA-Z_]{2,24}?(?:司|局|厅|委|部|办公室|处|院|中心))对《[^》]+》[^，。]{0,12}"
    wrote = ctx.regex("interpretation.verb", before=who_wrote)
    # A name may begin anywhere; looking only in front of 对《 spares trying it everywhere.
    places = (start for found in _ABOUT.finditer(ctx.text) for start in range(max(0, found.start() - _LONGEST_WRITER), found.start()))
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
