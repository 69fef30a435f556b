"""How often: 每年举办, 每季度至少召开1次 … before a verb of work, 月调度、季通报; 每年新增5万个 sets a target and says no frequency of work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...core.model import Mention, Span
from ...core.rules import pattern, template
from ...core.vocabulary import Vocabulary
from ...text.sentences import before_first
from ..context import Context
from ..words import grouped_role_pattern
from .work import Work

_EVERY, _RHYTHM = "deadlines.every", "deadlines.rhythm"


@cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    adverbs, verbs = grouped_role_pattern(vocabulary, "adverb"), grouped_role_pattern(vocabulary, "frequency.verb", "verb.work")
    never = grouped_role_pattern(vocabulary, "frequency.never")
    span, about, times = (template(vocabulary, f"deadlines.{part}") for part in ("span", "about", "times"))
    return re.compile(rf"{span.replace('(?P<it>', '(?:')}(?:{adverbs}|{about})*(?!{never})(?:{verbs}|{times})")


def _matches(ctx: Context) -> Iterator[re.Match[str]]:
    """Give the places where a verb follows a span of time; the verbs are compiled only where there is such a span."""
    end = 0
    for span in ctx.everywhere("deadlines.span"):
        match = _pattern(ctx.vocabulary).match(ctx.text, span.start()) if span.start() >= end else None
        if match and not ctx.find("deadlines.rated")(ctx.text, match.end()):
            end = match.end()
            yield match


def _rhythms(ctx: Context) -> Iterator[re.Match[str]]:
    """Give the names of work that say how often it is done; tried where a span of time stands behind a word that leads to it."""
    form, end = ctx.pattern(_RHYTHM), 0
    for mark in ctx.everywhere(_RHYTHM, "mark"):
        match = form.match(ctx.text, max(mark.start(), end)) or form.match(ctx.text, max(mark.end(), end))
        if match:
            end = match.end()
            yield match


def _span_of(rhythm: re.Match[str]) -> str:
    """Give the span of time that a rhythm names, whichever of its forms it has."""
    return rhythm["span"] or rhythm["span2"] or rhythm["span3"] or rhythm["span4"]


@cache
def _intervals(vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """Give the interval (ISO 8601) of each word for a span of time, and the word by which every plan means it."""
    roles = ((role, words) for role, words in vocabulary.words.items() if role.startswith("interval."))
    return {word: (role.rpartition(".")[2].upper(), max(words, key=len)) for role, words in roles for word in words}


def find_frequencies(ctx: Context, work: Work) -> None:
    """Add how often the work of a sentence is done, where a verb of meeting, judging, reporting or renewing follows."""
    if ctx.plan is None or not ctx.tasks or not ctx.has_work:
        return
    for match in _matches(ctx):
        sentence = ctx.sentence(match.start())
        end = before_first(ctx.text, "，。；", match.end(), sentence.end)
        span = match["span"]
        claim_frequency(ctx, work.of(match.start() + 1 + len(span), sentence, end), span, _EVERY)
    past = ctx.regex("told.past")
    for match in _rhythms(ctx):
        sentence = ctx.sentence(match.start())
        around = work.around(match.start())
        if around and not past.search(ctx.text, sentence.start, match.start()):
            claim_frequency(ctx, [(around[0], (sentence, ctx.head_span(around[1])))], _span_of(match), _RHYTHM)


def frequencies_in(ctx: Context, span: Span) -> Iterator[str]:
    """Give the spans of time at which the words of a cell say that something is done (每年组织一次演练; 按季度更新; 每季度 alone)."""
    for found in pattern(ctx.vocabulary, "deadlines.span").finditer(ctx.text, *span):
        behind = ctx.text[found.end() : span.end].strip(" |")
        alone = not ctx.text[span.start : found.start()].strip() and (not behind or ctx.find("deadlines.so_often")(behind))
        if alone or _pattern(ctx.vocabulary).match(ctx.text, found.start(), span.end):
            yield found["span"]
    for found in ctx.pattern(_RHYTHM).finditer(ctx.text, *span):
        yield _span_of(found)


def claim_frequency(ctx: Context, works: list[tuple[Mention, tuple[Span, ...]]], span: str, how: str) -> None:
    """Say of some work that it is done once in a span of time."""
    interval, name = _intervals(ctx.vocabulary)[span]
    every = ctx.vocabulary.word("wording.every")
    frequency = Mention("Frequency", every + name)
    for task, spans in works:
        ctx.claim(task, "repeats", frequency, spans, how)
    if works:
        ctx.describe(frequency, {"yf:interval": interval}, (every + span,) if span != name else ())
