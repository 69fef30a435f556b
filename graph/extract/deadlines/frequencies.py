"""How often: 每年举办, 每季度至少召开1次 … before a verb of work; 每年新增5万个 sets a target and says no frequency of work."""

from __future__ import annotations

import re
from functools import cache

from ...core.model import Mention
from ...core.vocabulary import Vocabulary
from ..context import Context
from ..words import grouped_role_pattern
from .work import Work

_SPANS = {"年": "P1Y", "半年": "P6M", "季度": "P3M", "季": "P3M", "月": "P1M", "周": "P1W", "两年": "P2Y", "三年": "P3Y", "五年": "P5Y"}
_NAMES = {"季": "季度"}


@cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    adverbs, verbs = grouped_role_pattern(vocabulary, "adverb"), grouped_role_pattern(vocabulary, "frequency.verb", "verb.work")
    never = grouped_role_pattern(vocabulary, "frequency.never")
    return re.compile(
        rf"每(?P<span>半年|[两三五]年|年|季度?|月|周)(?:度|初|末|底)?(?:[至最]少|不少于|定期)?"
        rf"(?:{adverbs}|对[^，。；]{{2,16}}|通过[^，。；]{{2,12}}方式|(?:组织)?)*(?!{never})(?:{verbs})"
    )


def find_frequencies(ctx: Context, work: Work) -> None:
    """Add how often the work of a sentence is done, where a verb of meeting, judging, reporting or renewing follows."""
    if ctx.plan is None or not ctx.tasks or not ctx.has_work:
        return
    for match in _pattern(ctx.vocabulary).finditer(ctx.text):
        sentence = ctx.sentence(match.start())
        end = min((at for at in (ctx.text.find(mark, match.end(), sentence.end) for mark in "，。；") if at >= 0), default=sentence.end)
        span = match["span"]
        frequency = Mention("Frequency", f"每{_NAMES.get(span, span)}")
        for task, spans in work.of(match.start() + 1 + len(span), sentence, end):
            ctx.claim(task, "repeats", frequency, spans, "deadlines.every")
        ctx.describe(frequency, {"yf:interval": _SPANS[span]}, (f"每{span}",) if span in _NAMES else ())
